"""The rule table as a document in LaTeX."""

from __future__ import annotations

from collections.abc import Iterator

from derivex.errors import RuleError
from derivex.notation import LatexWriter, TextWriter
from derivex.rendering.latex_aligned import A4_ROOM, AlignedRow, aligned
from derivex.rendering.latex_document import latex_page
from derivex.rendering.latex_text import escaped, latex_text
from derivex.rendering.rule_table import (
    form_as_written,
    form_sides,
    phrase_pieces,
    rule_tables,
    said_of,
    works_on,
)
from derivex.rulebook import Rule, RuleBook
from derivex.rulebook.said import pieces_of

__all__ = ["rules_as_latex"]


def rules_as_latex(book: RuleBook) -> str:
    r"""The table as a document.

    >>> from derivex.rulebook import shipped_book
    >>> r"\subsection*{Differentiation}" in rules_as_latex(shipped_book())
    True
    """
    latex, text = LatexWriter(book.functions), TextWriter()
    lines = [r"\raggedright"]  # phrases and names cannot be hyphenated
    for table, rules in rule_tables(book):
        heading = (table[:1].upper() + table[1:]).replace("-", " ")
        lines.append(rf"\subsection*{{{escaped(heading)}}}")
        for rule in rules:
            phrase, name = _phrase(rule, latex, book), escaped(rule.name)
            lines.append(f"\n\\textbf{{{phrase}}} \\texttt{{{name}}}")
            lines += _formulas(rule, latex, text)
    return latex_page("The rules", "\n".join(lines))


def _formulas(rule: Rule, latex: LatexWriter, text: TextWriter) -> Iterator[str]:
    for form in rule.forms:
        said = said_of(form_as_written(form, latex, text)[2])
        yield aligned([AlignedRow(*form_sides(form, latex), said)], A4_ROOM)
    if rule.procedure is None:
        return
    yield f"\\\\\nworks on {latex_text(works_on(rule.procedure))}"
    for example in rule.examples:
        before, after = example.sides
        yield aligned([AlignedRow(latex.write(before), f"= {latex.write(after)}")], A4_ROOM)


def _phrase(rule: Rule, writer: LatexWriter, book: RuleBook) -> str:
    """What a rule is called, its letters set as mathematics."""
    if rule.is_misconception:
        return "".join(
            latex_text(piece) if isinstance(piece, str) else f"${writer.write(piece)}$"
            for piece in pieces_of(rule.forms[0], book.functions)
            if not isinstance(piece, RuleError)
        )
    pieces = phrase_pieces(rule)
    text = latex_text(pieces[0])
    for sign, letter, after in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        text += f"${sign}{letter}${latex_text(after)}"
    return text
