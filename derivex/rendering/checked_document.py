"""What is found about hand derivations as a page: every judged equality, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from sympy.core.basic import Basic

from derivex.checking import CheckedDerivation, CheckedDocument, CheckedLine
from derivex.expression import Equation
from derivex.expression.functions import Functions
from derivex.notation.text_writer import TextWriter
from derivex.rendering.document import Document, Item
from derivex.rendering.equations import EquationRow
from derivex.rendering.outline import Equations, Remark

__all__ = ["checked_document"]


def checked_document(document: CheckedDocument, functions: Functions) -> Document:
    """The page.

    Args:
        document: what was found.
        functions: how the names of functions are written.
    """
    items = [item for each in document.derivations for item in _items(each)]
    title = f"{document.name or 'A derivation'}: {document.verdict}"
    return Document(title, tuple(items), functions=functions, highlight=False)


def _items(derivation: CheckedDerivation) -> Iterator[Item]:
    rows: list[EquationRow] = []
    before: Basic | None = None
    for line in derivation.lines:
        if line.read:
            after = line.read[-1][1]
            left = line.read[0][1] if len(line.read) > 1 else before
            joined = len(line.read) > 1 or line.read[-1][0] in ("=", "≈", "≡")
            equal = joined and left is not None
            shown = Equation(left, after) if equal and left is not None else after
            rows.append(EquationRow(shown, _says(line), f"line {line.place.line}"))
            before = after
        remarks = list(_remarks(line))
        if remarks and rows:
            yield Equations(tuple(rows))
            rows = []
        yield from remarks
    if rows:
        yield Equations(tuple(rows))


def _says(line: CheckedLine) -> str:
    if line.verdict == "definition":
        return line.note
    if line.holds and line.found:
        return f"{line.verdict}: {', '.join(line.found)}"
    return line.verdict


def _remarks(line: CheckedLine) -> Iterator[Remark]:
    """What is to be said below a line."""
    if line.verdict == "wrong":
        if line.counterexample is not None:
            yield Remark(f"{line.counterexample}", failed=True)
        for sentence in line.diagnosis:
            yield Remark(sentence, failed=True)
        if line.expected is not None:
            yield Remark(f"it should read: {TextWriter().write(line.expected)}")
    elif line.verdict in ("unreadable", "undecided", "outside the domain"):
        yield Remark(f"line {line.place.line}, {line.verdict}: {line.note}", failed=True)
