"""What ``derivex.gradient`` gives: every partial derivative, and the gradient."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sympy.core.basic import Basic

from derivex.api.derivative import Derivative
from derivex.api.functions import make_form
from derivex.api.inputs import Variables, make_problem
from derivex.api.records import Writers, as_dict
from derivex.derivation import Derivation, Line
from derivex.engine import GradientDerivation, evaluate
from derivex.engine import gradient as derive_gradient
from derivex.errors import ProblemError
from derivex.expression.lower import lower
from derivex.notation import LatexWriter, TextWriter
from derivex.rendering import inline_lines
from derivex.rulebook import RuleBook

__all__ = ["Gradient", "gradient"]


@dataclass(frozen=True)
class Gradient:
    """The gradient of an expression.

    Args:
        record: the derivation of every partial derivative.
        value: the gradient at the point asked for, with its arithmetic; or None.
        book: the rules used.
        notes: remarks, such as how the input was read.

    >>> import derivex
    >>> derivex.gradient("x^2 + x y", by="x,y").result
    Matrix([[2*x + y, x]])
    """

    record: GradientDerivation
    value: Derivation | None
    book: RuleBook
    notes: tuple[str, ...] = ()

    @property
    def partials(self) -> tuple[Derivative, ...]:
        """The partial derivatives, in the order of the variables."""
        return tuple(map(Derivative, self.record.partials))

    @property
    def expression(self) -> Basic:
        """The gradient as a written row vector; at the point, if one was asked for."""
        return self.record.row if self.value is None else self.value.result

    @cached_property
    def result(self) -> Any:
        """The gradient as a SymPy matrix with one row."""
        return lower(self.expression, self.book.functions)

    def summary(self) -> list[Line]:
        """The gradient in one line, and its value at the point."""
        whole = [Line(self.record.start), Line(self.record.row)]
        return whole + (list(self.value.lines())[1:] if self.value is not None else [])

    def replay(self) -> None:
        """Redo every step from the rules.

        Raises:
            RecordError: naming the first step that does not come out as recorded.
        """
        self.record.replay()

    def to_text(self, detail: str = "textbook", unicode: bool = True) -> str:
        """All derivations, and the gradient below them."""
        blocks = [partial.to_text(detail, unicode) for partial in self.partials]
        blocks.append("\n".join(inline_lines(self.summary(), TextWriter(unicode))))
        return "\n\n".join(blocks)

    def to_latex(self, detail: str = "textbook") -> str:
        """All derivations as ``align*`` environments, and the gradient below them."""
        writer = LatexWriter(self.book.functions)
        blocks = [partial.to_latex(detail) for partial in self.partials]
        whole = " = ".join(writer.write(line.expression) for line in self.summary())
        return "\n".join([*blocks, f"\\[ {whole} \\]"])

    def to_json(self, detail: str = "textbook", indent: int | None = None) -> str:
        """The gradient as JSON."""
        return json.dumps(self.to_dict(detail), ensure_ascii=False, indent=indent)

    def to_dict(self, detail: str = "textbook") -> dict[str, Any]:
        """What :meth:`to_json` writes."""
        writers = Writers(self.book.functions, detail)
        return {
            **as_dict(self.record, writers),
            "notes": list(self.notes),
            "value": None if self.value is None else as_dict(self.value, writers),
        }

    def __repr__(self) -> str:
        return self.to_text()


def gradient(
    expression: str | Basic,
    by: Variables = None,
    *,
    at: str | Mapping[Any, Any] | None = None,
    let: str | Iterable[str] = (),
    data: Mapping[str, Sequence[Any]] | None = None,
    form: str | None = None,
    rules: str | Path | RuleBook | None = None,
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

    Raises:
        DerivexError: something that cannot be read, or a question without an answer.
    """
    problem = make_problem(expression, by, at, let, data, rules)
    variables = problem.by or problem.variables()
    if not variables:
        raise ProblemError("there is no variable in the expression", hint="for example: --by x")
    record = derive_gradient(
        problem.expression,
        variables,
        problem.book,
        make_form(form) if form is not None else None,
        problem.definitions,
    )
    value = None
    if problem.point or problem.columns:
        value = evaluate(record.row, problem.point, problem.columns, problem.book)
    return Gradient(record, value, problem.book, problem.notes)
