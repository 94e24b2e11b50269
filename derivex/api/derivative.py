"""What ``derivex.diff`` gives: a derivation that can show itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sympy.core.basic import Basic

from derivex.api.declarations import NOTHING_DECLARED, Declarations
from derivex.api.displayed import Displayed
from derivex.api.plain import in_ascii
from derivex.api.storable import Storable
from derivex.derivation import Derivation, Detail, Line, Status, Step
from derivex.errors import ProblemError
from derivex.expression import D
from derivex.expression.array_nodes import Hessian, Jacobian, Nabla, differentiated
from derivex.expression.lower import lower
from derivex.notation import LatexWriter, TextWriter
from derivex.rendering import inline_lines, show_lines
from derivex.rendering.document import Document, title_with
from derivex.rendering.outline import outline
from derivex.rendering.readable import readable
from derivex.rulebook import RuleBook

__all__ = ["Derivative"]

_KINDS: dict[type, str] = {
    D: "The derivative of",
    Nabla: "The gradient of",
    Jacobian: "The Jacobian of",
    Hessian: "The Hessian of",
}


@dataclass(frozen=True)
class Derivative(Storable, Displayed):
    """An annotated derivative, or the value of an expression.

    Args:
        derivation: the record that everything here is made from.
        declarations: the definitions and data that it rests on.

    >>> import derivex
    >>> derivex.diff("x^3", by="x")
    ∂x³/∂x
      = 3x²     using the exponent rule
    >>> derivex.diff("x^3", by="x").result
    3*x**2
    """

    derivation: Derivation
    declarations: Declarations = NOTHING_DECLARED

    @property
    def expression(self) -> Basic:
        """The result as a written tree, in the order in which it came about."""
        return self.derivation.result

    @cached_property
    def result(self) -> Any:
        """The result as an ordinary SymPy object."""
        return lower(self.derivation.result, self.derivation.book.functions)

    @property
    def book(self) -> RuleBook:
        """The rules used."""
        return self.derivation.book

    @property
    def asked(self) -> Basic:
        """The expression as it was read, before it was differentiated."""
        return differentiated(self.derivation.start, len(self.derivation.by))

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every rewrite, in the order in which it was made."""
        return self.derivation.steps

    @property
    def status(self) -> Status:
        """Whether a derivative is left that no rule covers."""
        return self.derivation.status

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks: how the input was read, a variable that does not occur."""
        return self.derivation.notes

    def lines(self, detail: str | Detail = Detail.TEXTBOOK) -> list[Line]:
        """Whole expressions from the start to the result, each with what led to it.

        Args:
            detail: ``"full"``, ``"textbook"`` or ``"brief"``.
        """
        return list(self.iterate_lines(detail))

    def iterate_lines(self, detail: str | Detail = Detail.TEXTBOOK) -> Iterator[Line]:
        """The lines one by one, each made when it is asked for."""
        return self.derivation.lines(Detail(detail))

    def replay(self) -> None:
        """Redo every step from the rules.

        Raises:
            RecordError: naming the first step that does not come out as recorded.
        """
        self.derivation.replay()

    def document(self, detail: str | Detail = Detail.TEXTBOOK, highlight: bool = True) -> Document:
        """The derivation as a page, which any output format can write.

        Args:
            detail: ``"full"``, ``"textbook"`` or ``"brief"``.
            highlight: whether what each line rewrites is marked, and what replaced it.
        """
        what = _KINDS.get(type(self.derivation.start), "The value of")
        blocks = tuple(outline(self.derivation, Detail(detail), TextWriter()))
        functions = self.derivation.book.functions
        return Document(title_with(what, self.asked), blocks, self.notes, functions, highlight)

    def to_text(self, detail: str | Detail = Detail.TEXTBOOK, unicode: bool = True) -> str:
        """The derivation in lines of text, justifications in a column of their own.

        Raises:
            ProblemError: it would be too long for anybody to read, since parts of it are shared.
        """
        text = "\n".join(
            inline_lines(list(readable(self.iterate_lines(detail))), TextWriter(unicode))
        )
        return text if unicode else in_ascii(text)

    def to_latex(self, detail: str | Detail = Detail.TEXTBOOK) -> str:
        """The derivation as an ``align*`` environment, justifications in the last column.

        Raises:
            ProblemError: it would be too long for anybody to read, since parts of it are shared.
        """
        from derivex.rendering.latex import latex_lines  # most results are read in a terminal

        writer = LatexWriter(self.derivation.book.functions)
        return latex_lines(list(readable(self.iterate_lines(detail))), writer)

    def __repr__(self) -> str:
        try:
            return self.to_text()
        except ProblemError as error:  # too long to be written
            return f"<{type(self).__name__}: {error.message}>"

    def __rich_console__(self, console: Any, options: Any) -> Any:
        encoding = options.encoding.startswith("utf")
        yield show_lines(
            list(self.lines()),
            style="stacked",
            width=options.max_width,
            unicode=encoding,
            highlight=True,
        )
