"""What ``derivex.gradient`` gives: every partial derivative, and the gradient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sympy.core.basic import Basic

from derivex.api.declarations import NOTHING_DECLARED, Declarations
from derivex.api.derivative import Derivative
from derivex.api.functions import make_form
from derivex.api.inputs import Data, Expression, Point, Variables, make_problem
from derivex.api.records import Writers, as_dict, status_of
from derivex.api.showing import Shown
from derivex.derivation import Derivation, Detail, Line, Status
from derivex.engine import GradientDerivation, evaluate
from derivex.engine import gradient as derive_gradient
from derivex.errors import ProblemError
from derivex.expression.lower import lower
from derivex.notation import TextWriter
from derivex.rendering.outline import Block, Lines, outline
from derivex.rulebook import RuleBook

__all__ = ["Gradient", "gradient"]


@dataclass(frozen=True, repr=False)
class Gradient(Shown):
    """The gradient of an expression.

    Args:
        record: the derivation of every partial derivative.
        value: the gradient at the point asked for, with its arithmetic; or None.
        book: the rules used.
        notes: remarks, such as how the input was read.
        declarations: the definitions and data that it rests on.

    >>> import derivex
    >>> derivex.gradient("x^2 + x y", by="x,y").result
    Matrix([[2*x + y, x]])
    """

    record: GradientDerivation
    value: Derivation | None
    book: RuleBook
    notes: tuple[str, ...] = ()
    declarations: Declarations = NOTHING_DECLARED

    @property
    def partials(self) -> tuple[Derivative, ...]:
        """The partial derivatives, in the order of the variables."""
        return tuple(Derivative(each, self.declarations) for each in self.record.partials)

    @property
    def expression(self) -> Basic:
        """The gradient as a written row vector; at the point, if one was asked for."""
        return self.record.row if self.value is None else self.value.result

    @cached_property
    def result(self) -> Any:
        """The gradient as a SymPy matrix with one row."""
        return lower(self.expression, self.book.functions)

    @property
    def status(self) -> Status:
        """Whether a derivative is left that no rule covers."""
        return status_of(self.record)

    def summary(self) -> list[Line]:
        """The gradient in one line, and its value at the point."""
        whole = [Line(self.record.start), Line(self.record.row)]
        return whole + (list(self.value.lines())[1:] if self.value is not None else [])

    def blocks(
        self, detail: str | Detail = Detail.TEXTBOOK, unicode: bool = True
    ) -> Iterator[Block]:
        """All derivations, and the gradient below them."""
        for partial in self.record.partials:
            yield from outline(partial, Detail(detail), TextWriter(unicode))
        yield Lines(tuple(self.summary()))

    def to_dict(self, detail: str | Detail = Detail.TEXTBOOK) -> dict[str, Any]:
        """What :meth:`to_json` writes."""
        writers = Writers(self.book.functions, detail)
        value = None if self.value is None else as_dict(self.value, writers)
        return {**super().to_dict(detail), "value": value}

    def replay(self) -> None:
        """Redo every step from the rules.

        Raises:
            RecordError: naming the first step that does not come out as recorded.
        """
        self.record.replay()
        if self.value is not None:
            self.value.replay()


def gradient(
    expression: Expression,
    by: Variables = None,
    *,
    at: Point = None,
    let: str | Iterable[str] = (),
    data: Data = None,
    form: str | None = None,
    rules: str | Path | RuleBook | None = None,
    assume: str | Iterable[str] = (),
) -> Gradient:
    """All partial derivatives of an expression, and its gradient as a row vector.

    Args:
        expression: text or a SymPy expression.
        by: the variables; all letters of the expression, in order, if left out.
        at: a point at which the gradient is evaluated as well.
        let: definitions that the expression uses.
        data: columns of numbers for indexed names.
        form: the form of each partial derivative.
        rules: a rule file whose rules are used as well, or a rule book used instead.
        assume: what is known of letters, such as ``"x > 0"``.

    Raises:
        DerivexError: something that cannot be read, or a question without an answer.
    """
    problem = make_problem(expression, by, at, let, data, rules, assume=assume)
    variables = problem.by or problem.variables()
    if not variables:
        raise ProblemError("there is no variable in the expression", hint="for example: --by x")
    record = derive_gradient(
        problem.expression,
        variables,
        problem.book,
        make_form(form) if form is not None else None,
        problem.definitions,
        problem.assumptions,
    )
    value = None
    if problem.point or problem.columns:
        value = evaluate(
            record.row, problem.point, problem.columns, problem.book, conditions=record.conditions
        )
    return Gradient(record, value, problem.book, problem.notes, problem.declarations)
