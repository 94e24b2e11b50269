"""What all results share: they can be written as JSON and loaded again."""

from __future__ import annotations

from typing import Any, Self

from derivex.derivation import Detail
from derivex.rulebook import RuleBook, shipped_book

__all__ = ["Storable"]


class Storable:
    """A result that has a JSON form.

    The forms of all kinds are imported when the first is asked for.
    """

    def __eq__(self, other: object) -> bool:
        """Whether two results hold the same, by what is stored of them."""
        if type(other) is not type(self):
            return NotImplemented
        from derivex.api.documents import same

        return same(self, other)

    def __hash__(self) -> int:
        raise NotImplementedError  # a subclass says what tells its results apart

    def to_dict(self, detail: str | Detail = Detail.TEXTBOOK) -> dict[str, Any]:
        """What :meth:`to_json` writes, as a dictionary.

        Args:
            detail: how many lines the derivations show.
        """
        from derivex.api.documents import to_dict

        return to_dict(self, detail)

    def to_json(self, detail: str | Detail = Detail.TEXTBOOK, indent: int | None = None) -> str:
        """The result as JSON; :meth:`from_json` and ``derivex.load`` read it again.

        Args:
            detail: how many lines the derivations show: ``"full"``, ``"textbook"``, ``"brief"``.
            indent: blanks by which the JSON is indented; None for one line.
        """
        from derivex.api.documents import to_json

        return to_json(self, detail, indent)

    @classmethod
    def from_json(cls, text: str, book: RuleBook | None = None) -> Self:
        """The result that :meth:`to_json` wrote; it is replayed while it is loaded.

        Args:
            text: the JSON.
            book: the rules that it cites; those that come with derivex if left out.

        Raises:
            RecordError: the text is no such result, or does not replay.

        >>> import derivex
        >>> found = derivex.subgradient("|x|", at="x = 0")
        >>> derivex.Subgradient.from_json(found.to_json()) == found
        True
        """
        from derivex.api.documents import read_document, read_json

        result: Self = read_document(read_json(text), book or shipped_book(), cls)
        return result
