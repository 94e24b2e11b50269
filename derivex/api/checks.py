"""Checking hand derivations: text or a file in, a verdict for every line out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sympy import Symbol

from derivex.api.check_records import VERSION, document_as_dict
from derivex.api.displayed import Displayed
from derivex.api.inputs import definitions_from
from derivex.api.values import Data, read_assumptions, read_columns
from derivex.checking import CheckedDocument, CheckedLine, Knowledge, LineVerdict, check_document
from derivex.derivation import Detail
from derivex.documents import read_document
from derivex.errors import ReadError
from derivex.limits import MAX_CHARACTERS
from derivex.matching import Facts
from derivex.notation import Definition, Scope, read_relation
from derivex.rulebook import RuleBook, load_rules, shipped_book

if TYPE_CHECKING:
    from derivex.rendering.document import Document

__all__ = ["Checked", "Premises", "check", "make_premises"]


@dataclass(frozen=True)
class Premises:
    """What holds where a document begins, made once for many documents.

    Args:
        scope: what the reader may take for granted about names.
        knowledge: what the judge may take for granted.
        book: the rules.
    """

    scope: Scope
    knowledge: Knowledge
    book: RuleBook

    def check(self, text: str, name: str | None = None) -> Checked:
        """Check one document."""
        document = read_document(text, name, self.scope)
        return Checked(check_document(document, self.knowledge, self.book), self.book)


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
        source = read_source(source)
    return premises.check(source, name)


def make_premises(
    let: str | Iterable[str] = (),
    assume: str | Iterable[str] = (),
    data: Data = None,
    rules: str | Path | RuleBook | None = None,
) -> Premises:
    """Read what a document leaves out.

    Raises:
        DerivexError: a definition, an assumption or an entry that cannot be read.
    """
    if isinstance(rules, RuleBook):
        book = rules
    else:
        book = shipped_book() if rules is None else load_rules(Path(rules), shipped_book())
    columns = read_columns(data)
    names = [name.name for name in columns]
    scope = Scope(functions=book.functions).declare(*names).with_data(*names)
    definitions, scope, _ = definitions_from(let, scope)
    told = [assume] if isinstance(assume, str) else list(assume)
    equal = [text for text in told if _is_equation(text)]
    identities = [read_relation(text, scope).expression.args for text in equal]
    conditions = read_assumptions([text for text in told if text not in equal], scope, {})
    knowledge = Knowledge(
        functions={**book.functions, **definitions.functions},
        kinds=Facts(conditions).kinds,
        conditions=conditions,
        columns=columns,
        identities=tuple((left, right) for left, right in identities),
    )
    for name, body in definitions.abbreviations.items():
        if isinstance(name, Symbol):
            knowledge = knowledge.defining(Definition(name.name, (), body), said=True)
        else:
            knowledge = replace(knowledge, names={**knowledge.names, name: body})
    return Premises(scope, knowledge, book)


def _is_equation(text: str) -> bool:
    """Whether an assumption is that two expressions are equal, not that one is larger."""
    return "=" in text and not any(sign in text for sign in ("<", ">", "≤", "≥", "≠", "!="))


def read_source(path: Path) -> str:
    """The text of a file.

    Raises:
        ReadError: there is no such file, it is no text, or it is too long.
    """
    most = 20 * MAX_CHARACTERS
    try:
        with path.open("rb") as file:
            raw = file.read(4 * most + 1)
    except OSError as error:
        raise ReadError(f"{path} cannot be opened: {error.strerror}") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{path} is not UTF-8 text: byte {raw[error.start]:#04x} at position {error.start + 1}",
            hint="save it as UTF-8",
        ) from None
    if len(text) > most:
        raise ReadError(f"{path} has more than {most} characters")
    return text
