"""Checking hand derivations: text or a file in, a verdict for every line out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derivex.api.check_records import VERSION, document_as_dict
from derivex.api.displayed import Displayed
from derivex.api.premises import make_premises
from derivex.api.values import Data
from derivex.checking import CheckedDocument, CheckedLine, LineVerdict
from derivex.derivation import Detail
from derivex.rulebook import RuleBook
from derivex.text_files import MAX_DOCUMENT_FILE, read_text_file

if TYPE_CHECKING:
    from derivex.rendering.document import Document

__all__ = ["Checked", "check"]


@dataclass(frozen=True)
class Checked(Displayed):
    """A document with a verdict for every line.

    Args:
        found: what was found.
        book: the rules that were used.
    """

    found: CheckedDocument
    book: RuleBook

    @property
    def verdict(self) -> LineVerdict:
        """The gravest verdict: "wrong" if any line is."""
        return self.found.verdict

    @property
    def holds(self) -> bool:
        """Whether every line holds."""
        return all(line.holds for line in self.found.lines)

    @property
    def lines(self) -> tuple[CheckedLine, ...]:
        """All lines, in order."""
        return self.found.lines

    @property
    def wrong(self) -> tuple[CheckedLine, ...]:
        """The lines that are wrong."""
        return tuple(line for line in self.lines if line.verdict == "wrong")

    def document(self, detail: str | Detail = Detail.TEXTBOOK, highlight: bool = True) -> Document:
        """The findings as a page: every judged equality, and what is wrong."""
        from derivex.rendering.checked_document import checked_document

        return checked_document(self.found, self.book.functions)

    def to_dict(self) -> dict[str, Any]:
        """What :meth:`to_json` writes."""
        return {
            "version": VERSION,
            "kind": "check",
            "files": [document_as_dict(self.found, self.book.functions)],
        }

    def to_json(self, indent: int | None = None) -> str:
        """All that was found, as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_text(self, width: int | None = None, unicode: bool = True) -> str:
        """The document with marks in the margin and what is wrong below each line."""
        from derivex.rendering.checked import checked_text

        record = document_as_dict(self.found, self.book.functions)
        return checked_text(record, self.found.source, width=width, unicode=unicode).plain.rstrip()

    def __str__(self) -> str:
        return self.to_text()


def check(
    source: str | Path,
    *,
    name: str | None = None,
    let: str | Iterable[str] = (),
    assume: str | Iterable[str] = (),
    data: Data = None,
    rules: str | Path | RuleBook | None = None,
) -> Checked:
    """Judge every line of a hand derivation.

    Args:
        source: the text of a document, in plain text, LaTeX or Markdown, or a path to a file
            (.tex, .md, .txt, .ipynb).
        name: what the text is called; its ending says what it is, ``"notes.tex"``.
        let: definitions that the document leaves out: ``"y = sin(x^2)"``.
        assume: what is known of letters, ``"x > 0"``, and what is equal: ``"sum_j t_j = 1"``.
        data: columns of numbers for indexed names.
        rules: a rule file whose rules are used as well, or a rule book used instead.

    Raises:
        DerivexError: a premise that cannot be read, or a file that cannot be opened.  What
            cannot be read in the document is a verdict, not an error.

    >>> print(check("d/dx (3x^2 + 1)^4\\n  = 4 (3x^2 + 1)^3"))
    derivation: 1 line judged: 1 wrong
    <BLANKLINE>
    · 1  d/dx (3x^2 + 1)^4
    ✗ 2    = 4 (3x^2 + 1)^3
           wrong: = 4 (3x^2 + 1)^3 — at x = 0: left 0, right 4
           the inner derivative 6x was forgotten
           it should read: 4(3x² + 1)³ · 6x
    """
    premises = make_premises(let, assume, data, rules)
    if isinstance(source, Path):
        name = name or str(source)
        source = read_text_file(source, MAX_DOCUMENT_FILE)
    return Checked(premises.judged(source, name), premises.book)
