"""Are the rules of subdifferentials sound?  The right-hand side must be the whole set.

At random points, and at the corners of the function, both sides must have the same support
function: that of the left-hand side is found from the derivatives from both sides, so the right
one is neither too large nor too small.  And each of its elements must be a subgradient, which is
checked by the defining inequality f(y) ≥ f(x) + g (y − x).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality import Verdict, judge
from derivex.equality.balls import evaluate
from derivex.equality.sampling import random_value
from derivex.equality.supports import supports
from derivex.equality.unfolding import unfolded
from derivex.errors import ProblemError, RuleError
from derivex.expression import (
    ONE,
    Apply,
    Negative,
    Over,
    Plus,
    Times,
    free_symbols,
    function_name,
    substitute,
    symbol,
)
from derivex.expression.functions import Functions
from derivex.expression.nodes import ZERO
from derivex.rulebook.findings import FEW, Finding, shown, where, with_minus
from derivex.rulebook.form import Form
from derivex.rulebook.instances import Instance, instances

__all__ = ["check_membership_form"]

_TRIES = 40
_SECONDS = 3.0
_POINTS = 24
_CORNERS = (0, 1, -1, 2, Fraction(1, 2), -2, 3)


def check_membership_form(form: Form, functions: Functions) -> Finding:
    """Test one form of a rule about a subdifferential at random instances."""
    used = 0
    tried: set[Basic] = set()
    for instance in instances(form, functions, _TRIES):
        if instance.before in tried:
            continue
        tried.add(instance.before)
        refusal = _too_large(form, instance, functions)
        if refusal is not None:
            return Finding(form.rule, "wrong", used + 1, (refusal,))
        verdict = judge(instance.before, instance.after, functions, seconds=_SECONDS)
        if verdict.kind == "wrong":
            return Finding(form.rule, "wrong", used + 1, (_refusal(form, instance, verdict),))
        used += verdict.holds
    warnings: tuple[str, ...] = ()
    if used < min(FEW, len(tried) or FEW):
        warnings = (f"the rule {form.rule.name} could be tested at {used} instances only",)
    return Finding(form.rule, "tested" if used else "undecided", used, (), warnings)


def _too_large(form: Form, instance: Instance, functions: Functions) -> RuleError | None:
    """A refusal where an element of the right-hand side breaks the inequality."""
    operand, variable = instance.before.args
    random = Random(form.rule.name)
    there = symbol("there")
    gap = _gap(operand, variable, there, instance.after, functions)
    if gap is None:
        return None
    gap_left, subgradient = gap
    for point in _points(operand, variable, random):
        for side in (1, -1):
            step = side * abs(random_value(random))
            values = {**point, there: point[variable] + step}
            try:
                missing = evaluate(gap_left, values, functions, real=True)
            except ProblemError:
                continue
            if not missing.imag.is_zero() or not missing.real < -(2.0**-60):
                continue
            told = ", ".join(
                f"{name.name} = {with_minus(str(value))}" for name, value in point.items()
            )
            g = evaluate(subgradient, values, functions, real=True).real
            return RuleError(
                f"the rule {form.rule.name} is not sound: at {told} the right-hand side holds "
                f"{with_minus(g.str(6, radius=False))}, which is no subgradient: the line with "
                f"this slope is above the function at {with_minus(str(values[there]))}",
                form.place,
                f"{shown(instance.before)} ≠ {shown(instance.after)}",
            )
    return None


def _gap(
    operand: Basic, variable: Basic, there: Symbol, right: Basic, functions: Functions
) -> tuple[Basic, Basic] | None:
    """f(y) − f(x) − g (y − x) for the element g of the set that makes it least, and that g."""
    if not isinstance(variable, Symbol):
        return None
    operand, right = unfolded([operand, right], functions)
    along, against = supports(right, 1)
    step = Plus(there, Negative(variable))
    back = Plus(variable, Negative(there))

    def positive(value: Basic) -> Basic:
        return Apply(function_name("max"), value, ZERO)

    steepest = Plus(Times(positive(step), along), Times(positive(back), against))
    gap = Plus(substitute(operand, {variable: there}), Negative(operand), Negative(steepest))
    length = Apply(function_name("abs"), step)
    return gap, Times(steepest, Apply(function_name("sign"), step), Over(ONE, length))


def _points(operand: Basic, variable: Symbol, random: Random) -> Iterator[dict[Symbol, Fraction]]:
    names = list(dict.fromkeys([variable, *free_symbols(operand)]))
    for position in range(_POINTS):
        if position < len(_CORNERS):
            yield {
                name: Fraction(_CORNERS[(position + at) % len(_CORNERS)])
                for at, name in enumerate(names)
            }
        else:
            yield {name: random_value(random) for name in names}


def _refusal(form: Form, instance: Instance, verdict: Verdict) -> RuleError:
    witness = verdict.witness
    assert witness is not None
    return RuleError(
        f"the rule {form.rule.name} is not sound: {where(witness)}the subgradients are "
        f"{_interval(witness.left)}, the right-hand side is {_interval(witness.right)}",
        form.place,
        f"{shown(instance.before)} ≠ {shown(instance.after)}",
    )


def _interval(ends: str) -> str:
    """The set of numbers that two values of a support function belong to."""
    values = [part.strip() for part in ends.strip("()").split(",")]
    if len(values) != 2:
        return with_minus(ends)
    greatest, least = values[0], _opposite(values[1])
    if greatest == least:
        return with_minus(f"{{{greatest}}}")
    return with_minus(f"[{least}, {greatest}]")


def _opposite(value: str) -> str:
    if value == "0":
        return value
    return value[1:] if value.startswith("-") else f"-{value}"
