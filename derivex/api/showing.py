"""What all result objects share: they show themselves as text, LaTeX and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from sympy.core.basic import Basic

from derivex.api.declarations import NOTHING_DECLARED, Declarations
from derivex.api.displayed import Displayed
from derivex.api.plain import in_ascii
from derivex.api.storable import Storable
from derivex.derivation import Detail
from derivex.expression.lower import lower
from derivex.notation import LatexWriter, TextWriter
from derivex.rendering import (
    Style,
    show_equations,
    show_lines,
    side_by_side,
)
from derivex.rendering.block_text import WIDEST, block_text
from derivex.rendering.document import Document, title_with
from derivex.rendering.figures import figure_as_text
from derivex.rendering.number_table import NumberTable, number_table_as_text
from derivex.rendering.outline import Block, Equations, Figure, Lines, Remark, SideBySide, outline
from derivex.rulebook import RuleBook

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["Shown", "block_text", "show_block"]


@dataclass(frozen=True, repr=False, eq=False)
class Shown(Storable, Displayed):
    """A result that shows itself by the outline of its record.

    A subclass says ``what`` it is, for titles, and which kind of record it has.

    Args:
        record: how it was found; everything else follows from it.
        book: the rules used.
        notes: remarks, such as how the input was read.
        declarations: the definitions, the data and the assumptions that it rests on.
    """

    what: ClassVar[str]
    record: Any
    book: RuleBook
    notes: tuple[str, ...] = ()
    declarations: Declarations = NOTHING_DECLARED

    def blocks(
        self, detail: str | Detail = Detail.TEXTBOOK, unicode: bool = True
    ) -> Iterator[Block]:
        """The blocks of the result, as they stand below one another."""
        return outline(self.record, Detail(detail), TextWriter(unicode))

    @property
    def asked(self) -> Basic:
        """What was handed in, as it was read."""
        asked: Basic = self.record.expression
        return asked

    @property
    def expression(self) -> Any:
        """What was found, as a written tree, or what each name is, as written trees."""
        raise NotImplementedError

    @cached_property
    def result(self) -> Any:
        """What was found, as an ordinary SymPy object."""
        return lower(self.expression, self.book.functions)

    def _what(self) -> str:
        """What stands before the formula in a title."""
        return self.what

    def document(self, detail: str | Detail = Detail.TEXTBOOK, highlight: bool = True) -> Document:
        """The whole result as a page, which any output format can write.

        Args:
            detail: ``"full"``, ``"textbook"`` or ``"brief"``.
            highlight: whether what each line rewrites is marked, and what replaced it.
        """
        title = title_with(self._what(), self.asked)
        blocks = tuple(self.blocks(detail))
        return Document(title, blocks, self.notes, self.book.functions, highlight)

    def to_text(self, detail: str | Detail = Detail.TEXTBOOK, unicode: bool = True) -> str:
        """The whole result as text."""
        text = "\n\n".join(block_text(block, unicode) for block in self.blocks(detail, unicode))
        return text if unicode else in_ascii(text)

    def to_latex(self, detail: str | Detail = Detail.TEXTBOOK) -> str:
        """The whole result as LaTeX."""
        from derivex.rendering.latex import latex_block  # most results are read in a terminal

        writer = LatexWriter(self.book.functions)
        return "\n\n".join(latex_block(block, writer) for block in self.blocks(detail))

    def replay(self) -> None:
        """Redo every step and every move from the rules.

        Raises:
            RecordError: naming the first that does not come out as recorded.
        """
        self.record.replay()

    def __hash__(self) -> int:
        return hash((type(self), self.declarations, self.notes))

    def __repr__(self) -> str:
        return self.to_text()

    def __rich_console__(self, console: Any, options: Any) -> Iterator[Text]:
        from rich.text import Text

        unicode = options.encoding.startswith("utf")
        width = options.max_width
        for block in self.blocks(unicode=unicode):
            if isinstance(block, Remark):
                yield Text(block.text)
            else:
                yield show_block(block, "stacked", width, unicode, highlight=True)
            yield Text()


def show_block(
    block: Lines | Equations | SideBySide | NumberTable | Figure,
    style: Style,
    width: int | None,
    unicode: bool,
    highlight: bool = False,
) -> Text:
    """A block of formulas for a terminal; a width of None leaves every line as long as it is."""
    if isinstance(block, Figure):
        from rich.text import Text

        return Text(figure_as_text(block, width, unicode))
    if isinstance(block, NumberTable):
        from rich.text import Text

        return Text(number_table_as_text(block, unicode))
    if isinstance(block, Lines):
        return show_lines(
            block.lines, style=style, width=width, unicode=unicode, highlight=highlight
        )
    columns = (block,) if isinstance(block, Equations) else block.columns
    first, *others = [
        show_equations(column.rows, style=style, width=width, unicode=unicode, highlight=highlight)
        for column in columns
    ]
    for other in others:
        first = side_by_side(first, other, width or WIDEST)
    return first
