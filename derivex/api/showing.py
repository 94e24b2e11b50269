"""What all result objects share: they show themselves as text, LaTeX and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from derivex.api.records import Writers, as_dict
from derivex.derivation import Detail
from derivex.notation import LatexWriter, TextWriter
from derivex.rendering import inline_lines, show_equations, side_by_side
from derivex.rendering.latex import latex_block
from derivex.rendering.outline import Block, Equations, Lines, Remark, outline
from derivex.rulebook import RuleBook

__all__ = ["Shown", "block_text"]

_WIDEST = 120  # columns up to which equations stand side by side


class Shown:
    """A result that shows itself by the outline of its record.

    A subclass has a ``record`` and the ``book`` of rules.
    """

    record: Any
    book: RuleBook

    def blocks(self, detail: str | Detail = Detail.TEXTBOOK, unicode: bool = True) -> Iterator[Block]:
        """The blocks of the result, as they stand below one another."""
        return outline(self.record, Detail(detail), TextWriter(unicode))

    def to_text(self, detail: str | Detail = Detail.TEXTBOOK, unicode: bool = True) -> str:
        """The whole result as text."""
        return "\n\n".join(block_text(block, unicode) for block in self.blocks(detail, unicode))

    def to_latex(self, detail: str | Detail = Detail.TEXTBOOK) -> str:
        """The whole result as LaTeX."""
        writer = LatexWriter(self.book.functions)
        return "\n\n".join(latex_block(block, writer) for block in self.blocks(detail))

    def to_dict(self, detail: str | Detail = Detail.TEXTBOOK) -> dict[str, Any]:
        """What :meth:`to_json` writes."""
        return as_dict(self.record, Writers(self.book.functions, detail))

    def to_json(
        self, detail: str | Detail = Detail.TEXTBOOK, indent: int | None = None
    ) -> str:
        """The whole result as JSON."""
        return json.dumps(self.to_dict(detail), ensure_ascii=False, indent=indent)

    def replay(self) -> None:
        """Redo every step and every move from the rules.

        Raises:
            RecordError: naming the first that does not come out as recorded.
        """
        self.record.replay()

    def __repr__(self) -> str:
        return self.to_text()


def block_text(block: Block, unicode: bool = True) -> str:
    """One block as plain text of any width."""
    if isinstance(block, Remark):
        return block.text
    if isinstance(block, Lines):
        return "\n".join(inline_lines(block.lines, TextWriter(unicode)))
    if isinstance(block, Equations):
        return show_equations(block.rows, unicode=unicode).plain
    return joined_columns(block.columns, unicode)


def joined_columns(columns: Iterable[Equations], unicode: bool) -> str:
    """Columns of equations next to each other, as plain text."""
    first, *others = [show_equations(column.rows, unicode=unicode) for column in columns]
    for other in others:
        first = side_by_side(first, other, _WIDEST)
    return first.plain
