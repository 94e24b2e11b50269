r"""Documents as Markdown, as GitHub shows it: formulas between ``$$``, prose as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sympy.core.basic import Basic

from derivex.derivation import Line
from derivex.expression.functions import Functions
from derivex.notation import LatexWriter, TextWriter
from derivex.rendering.document import Document, Item, Prose, Statement
from derivex.rendering.equations import LATEX_SIGNS, EquationRow, parted_at_the_sign
from derivex.rendering.figures import figure_as_markdown
from derivex.rendering.number_table import NumberTable, cell
from derivex.rendering.outline import Equations, Figure, Lines, Remark, SideBySide

__all__ = [
    "GitHubWriter",
    "aligned_rows",
    "as_plain_markdown",
    "has_title",
    "markdown_document",
    "markdown_items",
    "words_in_formula",
]

# What Markdown, or the HTML inside of it, would take for markup.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~$&]|^[-+=]|(?<=^\d)[.)](?=\s)")
_HEADING = re.compile(r"\s*#\s")


def markdown_document(document: Document) -> str:
    """A document in GitHub's Markdown.

    >>> print(markdown_document(Document("Nothing *yet*", (Remark("1 < 2"),))), end="")
    # Nothing \\*yet\\*
    <BLANKLINE>
    1 \\< 2
    """
    parts: list[str] = []
    if not has_title(document):
        parts.append(f"# {as_plain_markdown(document.title)}")
    parts += [f"*Note: {as_plain_markdown(note)}*" for note in document.notes]
    parts.append(markdown_items(document.items, document.functions))
    return "\n\n".join(part for part in parts if part) + "\n"


class GitHubWriter(LatexWriter):
    r"""Writes trees as LaTeX without ``\operatorname``, which GitHub does not let through."""

    def write(self, node: Basic) -> str:
        return _OPERATOR.sub(_operator, super().write(node))


_OPERATOR = re.compile(r"\\operatorname\{((?:[^{}]|\\_)*)\}(?=(.?))", re.DOTALL)


def _operator(found: re.Match[str]) -> str:
    r"""The name of a function, with the room that ``\operatorname`` gives it.

    With a power or an index, ``\mathop`` would set these above and below.
    """
    name = rf"\mathrm{{{found[1]}}}"
    return name if found[2] in ("^", "_") else rf"\mathop{{{name}}}"


def has_title(document: Document) -> bool:
    """Whether a document begins with prose that begins with a heading of the first level."""
    first = document.items[0] if document.items else None
    return isinstance(first, Prose) and _HEADING.match(first.markdown) is not None


def markdown_items(items: Iterable[Item], functions: Functions) -> str:
    """Items of a document in Markdown, without a title above them."""
    writer, text = GitHubWriter(functions), TextWriter()
    parts = [part for item in items for part in _item(item, writer, text)]
    return "\n\n".join(part for part in parts if part)


def _item(item: Item, writer: LatexWriter, text: TextWriter) -> Iterator[str]:
    if isinstance(item, Prose):
        yield item.markdown.strip("\n")
    elif isinstance(item, Statement):
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", item.text)), default=0))
        yield f"{fence}\n{item.text}\n{fence}"
    elif isinstance(item, Remark):
        yield f"**{as_plain_markdown(item.text)}**" if item.failed else as_plain_markdown(item.text)
    elif isinstance(item, Lines):
        yield aligned_rows(_lines(item.lines, writer))
    elif isinstance(item, Equations):
        labelled = any(row.label for row in item.rows)
        yield aligned_rows(_row(row, labelled, writer) for row in item.rows)
    elif isinstance(item, SideBySide):
        for column in item.columns:
            yield from _item(column, writer, text)
    elif isinstance(item, Figure):
        yield figure_as_markdown(item)
    elif isinstance(item, NumberTable):
        yield _table(item, writer, text)


def aligned_rows(rows: Iterable[str]) -> str:
    """Rows as one formula.  There is no empty line in it, at which GitHub would end it."""
    inside = " \\\\\n".join(rows)
    return f"$$\n\\begin{{aligned}}\n{inside}\n\\end{{aligned}}\n$$"


def _lines(lines: Sequence[Line], writer: LatexWriter) -> Iterator[str]:
    for number, line in enumerate(lines):
        # The start has a row of its own, so that a long one pushes nothing to the right.
        relation = r"&\quad = " if number else "&"
        yield relation + writer.write(line.expression) + _says(line.says)


def _row(row: EquationRow, labelled: bool, writer: LatexWriter) -> str:
    label = f"{words_in_formula(row.label)} && " if labelled else ""
    parted = parted_at_the_sign(row.shown(False))
    if parted is None:
        formula = f"& {writer.write(row.expression)}"
    else:
        left, sign, right = parted
        left_side, right_side = writer.write(left.expression), writer.write(right.expression)
        formula = f"{left_side} &{LATEX_SIGNS[sign]} {right_side}"
    return label + formula + _says(row.says)


def _says(says: str) -> str:
    return f" && {words_in_formula(says)}" if says.strip() else ""


def words_in_formula(words: str) -> str:
    r"""Words inside of a formula, where other characters than these four stand for themselves.

    >>> print(words_in_formula("filling in a_1 = {−1}"))
    \text{filling in a_1 = \{−1\}}
    """
    escaped = re.sub(r"[\\{}$]", r"\\\g<0>", words)
    return rf"\text{{{escaped}}}" if words else ""


def _table(table: NumberTable, writer: LatexWriter, text: TextWriter) -> str:
    heading = [
        as_plain_markdown(each) if isinstance(each, str) else f"${_in_a_cell(writer.write(each))}$"
        for each in table.heading
    ]
    rows = [[as_plain_markdown(cell(entry, text)) for entry in row] for row in table.rows]
    lines = [heading, ["--:"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _in_a_cell(latex: str) -> str:
    """A formula without the bars at which GitHub would end the cell, and no space before the $."""
    return latex.replace(r"\|", r"\Vert ").replace("|", r"\vert ").strip()


def as_plain_markdown(text: str) -> str:
    """Text in which nothing is markup."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
