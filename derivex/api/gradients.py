"""What ``derivex.gradient`` gives: every partial derivative, and the gradient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal, TypedDict, Unpack, overload

from sympy.core.basic import Basic

from derivex.api.derivative import Derivative
from derivex.api.functions import make_form
from derivex.api.inputs import Data, Expression, Point, Problem, Variables, make_problem
from derivex.api.showing import Shown
from derivex.derivation import Derivation, Detail, Line, Status
from derivex.engine import GradientDerivation, Layout, evaluate
from derivex.engine import gradient as derive_gradient
from derivex.errors import ProblemError
from derivex.notation import TextWriter
from derivex.rendering.outline import Block, Lines, outline
from derivex.rulebook import RuleBook

if TYPE_CHECKING:
    from derivex.api.backpropagation import Backpropagation

__all__ = ["Gradient", "gradient", "make_layout", "variables_of"]


@dataclass(frozen=True, repr=False, eq=False)
class Gradient(Shown):
    """The gradient of an expression; its ``result`` is a SymPy matrix with one row.

    Args:
        record: the derivation of every partial derivative.
        value: the gradient at the point asked for, with its arithmetic; or None.

    >>> import derivex
    >>> derivex.gradient("x^2 + x y", by="x,y").result
    Matrix([[2*x + y, x]])
    """

    what: ClassVar[str] = "The gradient of"
    record: GradientDerivation
    value: Derivation | None = None

    @property
    def partials(self) -> tuple[Derivative, ...]:
        """The partial derivatives, in the order of the variables."""
        return tuple(Derivative(each, self.declarations) for each in self.record.partials)

    @property
    def expression(self) -> Basic:
        """The gradient as a written row vector; at the point, if one was asked for."""
        return self.record.row if self.value is None else self.value.result

    @property
    def status(self) -> Status:
        """Whether a derivative is left that no rule covers."""
        return self.record.status

    def summary(self) -> list[Line]:
        """The gradient in one line, and its value at the point; empty if that is said already."""
        if self.record.is_one_derivation and self.value is None:
            return []
        whole = [Line(self.record.start), Line(self.record.row)]
        return whole + (list(self.value.lines())[1:] if self.value is not None else [])

    def blocks(
        self, detail: str | Detail = Detail.TEXTBOOK, unicode: bool = True
    ) -> Iterator[Block]:
        """All derivations, and the gradient below them."""
        for partial in self.record.partials:
            yield from outline(partial, Detail(detail), TextWriter(unicode))
        if summary := self.summary():
            yield Lines(tuple(summary))

    def replay(self) -> None:
        """Redo every step from the rules.

        Raises:
            RecordError: naming the first step that does not come out as recorded.
        """
        self.record.replay()
        if self.value is not None:
            self.value.replay()


def make_layout(text: str | None) -> Layout | None:
    """A layout by its name.

    Raises:
        ProblemError: there is no such layout.
    """
    if text is None:
        return None
    try:
        return Layout(text)
    except ValueError:
        raise ProblemError(
            f"“{text}” is no layout of derivatives",
            hint="numerator: gradients are rows; denominator: gradients are columns",
        ) from None


def variables_of(problem: Problem) -> tuple[Basic, ...]:
    """What a gradient, Jacobian or Hessian is by: what was named, else all letters.

    Raises:
        ProblemError: it is not clear which are meant, or there are none.
    """
    variables: tuple[Basic, ...] = problem.by or problem.variables()
    if not problem.by and (arrays := problem.arrays()):
        if variables or len(arrays) > 1:
            names = ", ".join(each.name for each in (*arrays, *variables))
            raise ProblemError(
                f"the expression has several variables ({names}), so say by which to differentiate",
                hint=f"for example: --by {arrays[-1].name}",
            )
        variables = arrays
    if not variables:
        raise problem.without_variable()
    return variables


class _Asked(TypedDict, total=False):
    """What else :func:`gradient` takes, in whichever way it goes."""

    at: Point
    let: str | Iterable[str]
    data: Data
    form: str | None
    layout: str | None
    components: bool
    rules: str | Path | RuleBook | None
    assume: str | Iterable[str]
    substitute: bool


@overload
def gradient(
    expression: Expression,
    by: Variables = None,
    *,
    backward: Literal[False] = False,
    **asked: Unpack[_Asked],
) -> Gradient: ...


@overload
def gradient(
    expression: Expression, by: Variables = None, *, backward: bool, **asked: Unpack[_Asked]
) -> Gradient | Backpropagation: ...


def gradient(
    expression: Expression,
    by: Variables = None,
    *,
    at: Point = None,
    let: str | Iterable[str] = (),
    data: Data = None,
    form: str | None = None,
    layout: str | None = None,
    components: bool = False,
    rules: str | Path | RuleBook | None = None,
    assume: str | Iterable[str] = (),
    backward: bool = False,
    substitute: bool = False,
) -> Gradient | Backpropagation:
    """All partial derivatives of an expression, and its gradient.

    By letters the gradient is a row vector, by a vector or matrix an array of its shape.

    Args:
        expression: text or a SymPy expression.
        by: the variables; all letters of the expression, in order, if left out.
        at: a point at which the gradient is evaluated as well.
        let: definitions that the expression uses.
        data: columns of numbers for indexed names.
        form: the form of each partial derivative.
        layout: ``"numerator"`` for the gradient as a row, ``"denominator"`` as a column.
        components: whether the gradient by a vector is derived by components, ∂f/∂w_k with δ,
            and brought back to vector form.
        rules: a rule file whose rules are used as well, or a rule book used instead.
        assume: what is known of letters, such as ``"x > 0"``.
        backward: whether to go by backpropagation: the expression is taken apart into named
            quantities (those that ``let`` names, if it names any), and the derivative by each
            of them is found from those that are made of it.
        substitute: with ``backward``, whether the names in the partial derivatives are
            replaced in the end by what they stand for; a form asks for that, too.

    Raises:
        DerivexError: something that cannot be read, or a question without an answer.

    >>> gradient("tanh(w x + b)", by="w, b", backward=True).expression
    Row(Times(z̄_1, x), z̄_1)
    """
    problem = make_problem(expression, by, at, let, data, rules, assume=assume)
    variables = variables_of(problem)
    if backward and components:
        raise ProblemError("a gradient goes either backward or by components, not both")
    if backward:
        from derivex.api.backpropagation import backpropagation  # others need not wait for it

        return backpropagation(problem, variables, form, substitute)
    if substitute:
        raise ProblemError(
            "there are no names to put anything in the place of",
            hint="substitute goes with backward",
        )
    chosen = make_form(form) if form is not None else None
    if components:
        if len(variables) != 1 or chosen is not None or layout is not None:
            raise ProblemError("by components there is the gradient by one vector, as it comes out")
        # Imported here, because few gradients are asked for in this way.
        from derivex.engine.components import gradient_by_components

        record = gradient_by_components(
            problem.expression,
            variables[0],
            problem.book,
            problem.definitions,
            problem.assumptions,
        )
    else:
        record = derive_gradient(
            problem.expression,
            variables,
            problem.book,
            chosen,
            problem.definitions,
            problem.assumptions,
            make_layout(layout),
        )
    value = None
    if problem.point or problem.columns:
        problem.refuse_outside(problem.expression)
        value = evaluate(
            record.row, problem.point, problem.columns, problem.book, conditions=record.conditions
        )
        for partial in record.partials:
            problem.refuse_outside(partial.result, derivative=True)
    return Gradient(record, problem.book, problem.notes, problem.declarations, value)
