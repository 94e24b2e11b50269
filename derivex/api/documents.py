"""Every kind of result as JSON: written, and loaded again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from derivex.api.document import VERSION
from derivex.api.inputs import read_book
from derivex.api.kinds import kind_named, kind_of
from derivex.derivation import Detail
from derivex.errors import DerivexError, RecordError
from derivex.rulebook import RuleBook
from derivex.storage import EntryError, Writing, short

__all__ = ["load", "read_document", "read_json", "same", "stored_form", "to_dict", "to_json"]


def to_dict(result: Any, detail: str | Detail = Detail.TEXTBOOK) -> dict[str, Any]:
    """A result as a dictionary, ready for ``json.dump``; the JSON Schema says what is in it.

    Args:
        result: what a function of derivex gave.
        detail: how many lines the derivations show: ``"full"``, ``"textbook"`` or ``"brief"``.

    Raises:
        TypeError: it is no result of derivex.
    """
    return kind_of(result).write(result, Writing(result.book.functions, detail))


def to_json(result: Any, detail: str | Detail = Detail.TEXTBOOK, indent: int | None = None) -> str:
    """A result as JSON, which :func:`load` reads again; the JSON Schema says what is in it.

    Args:
        result: what a function of derivex gave.
        detail: how many lines the derivations show: ``"full"``, ``"textbook"`` or ``"brief"``.
        indent: blanks by which the JSON is indented; None for one line.

    Raises:
        TypeError: it is no result of derivex.

    >>> import derivex
    >>> to_json(derivex.diff("x^2"))[:35]
    '{"version": 1, "kind": "derivation"'
    """
    return json.dumps(to_dict(result, detail), ensure_ascii=False, indent=indent)


def stored_form(result: Any) -> dict[str, Any]:
    """What :func:`to_dict` gives without what is only there for readers, such as the lines.

    It takes time and space in proportion to the number of steps, however long the lines are.
    """
    return kind_of(result).write(result, Writing(result.book.functions, shown=False))


def same(first: Any, second: Any) -> bool:
    """Whether two results hold the same, by what is stored of them."""
    return stored_form(first) == stored_form(second)


def read_json(text: str) -> Any:
    """What a text in JSON says.

    Raises:
        RecordError: the text is no JSON.
    """

    def refuse(word: str) -> NoReturn:
        raise ValueError(f"{word} is no number of JSON")

    try:
        return json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise RecordError(f"this is not JSON: {error}") from None
    except (RecursionError, ValueError, TypeError) as error:
        raise RecordError(f"this cannot be read as JSON: {error}") from None


def load(text: str, rules: str | Path | RuleBook | None = None) -> Any:
    """The result that :func:`to_json` wrote, whatever its kind; it is replayed while it is loaded.

    Args:
        text: the JSON.
        rules: a rule file whose rules the result uses as well, or the rule book that it uses.

    Raises:
        RecordError: the text is no JSON of this version, something in it is not as the schema
            says (with the path to it), or a step does not come out as it was stored.

    >>> import derivex
    >>> found = derivex.gradient("x^2 y", by="x,y")
    >>> derivex.load(found.to_json()) == found
    True
    """
    return read_document(read_json(text), read_book(rules))


def read_document(told: Any, book: RuleBook, of: type | None = None) -> Any:
    """The result that :func:`to_dict` gave.

    Args:
        told: the dictionary.
        book: the rules that it cites.
        of: the class that the result has to be of; None for any.

    Raises:
        RecordError: it is something else, or does not replay.
    """
    try:
        result = _read(told, book, of)
        result.replay()
    except EntryError as error:
        raise RecordError(f"this cannot be loaded: {error}") from None
    except RecordError:
        raise
    except DerivexError as error:
        raise RecordError(f"this cannot be loaded: {error.message}") from None
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, AssertionError) as error:
        raise RecordError(f"what is stored is damaged: {error!r}") from None
    return result


def _read(told: Any, book: RuleBook, of: type | None) -> Any:
    if not isinstance(told, dict):
        raise EntryError(f"{short(told)} is no object")
    version, kind = told.get("version"), told.get("kind")
    if type(version) is not int or version != VERSION:
        raise EntryError(
            f"{short(version)} is not {VERSION}, the version that is read here", "version"
        )
    document = kind_named(kind)
    if of is not None and document.of is not of:
        raise EntryError(f"{short(kind)} is no {of.__name__}", "kind")
    return document.read(told, book)
