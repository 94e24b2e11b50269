"""Excuses: links that are equations to be solved, or conditions."""

from __future__ import annotations

from dataclasses import replace

from sympy import Symbol

from derivex.checking.case import Case, as_given
from derivex.checking.differentiated import dependencies, differentiated_names
from derivex.checking.identities import says_weights
from derivex.checking.links import Finding, identity_link, over_data
from derivex.checking.posed import is_posed
from derivex.checking.premises import is_condition
from derivex.checking.systems import judge_equations, slopes_in
from derivex.expression import Apply, D, Equation, contains, free_symbols, postorder

__all__ = ["as_condition", "as_determining_equation", "as_equation", "as_posed", "as_restriction"]


def as_posed(case: Case) -> Finding | None:
    """An equation that is solved in the next row, or posed by the words around it."""
    spot = case.spot
    if not spot.at_end or not (spot.solved or is_posed(case.equation, spot, case.progress)):
        return None
    return case.solved(as_given("an equation to be solved"))


def as_determining_equation(case: Case) -> Finding | None:
    """An equation such as x² + y² = 25, which says what y is, and from which the next follows."""
    inside = free_symbols(case.equation)
    names = [name for name in case.known.implicit if name in inside]
    slopes = [side for side in case.equation.args if type(side) is D and side.args[0] in names]
    alone = any(side in names for side in case.equation.args)
    return as_equation(case) if names and not slopes and not alone else None


def as_equation(case: Case) -> Finding | None:
    """An equation from which the next row is deduced, perhaps by differentiating both sides."""
    if not _leads_on(case):
        return None
    return case.solved(as_given("an equation: what follows is deduced from it"))


def _leads_on(case: Case) -> bool:
    formulas = case.progress.next_statement(case.spot)
    sides = [formula.expression for formula in formulas if formula.expression is not None]
    if len(sides) < 2:
        return False
    deduced, known = Equation(*sides), case.known
    implicit = dependencies(differentiated_names([deduced]), known.names)
    if any(contains(case.equation, name) for name in implicit) and not slopes_in(case.equation):
        return True  # it says how y depends on x, of which dy/dx is found
    if identity_link(deduced.args[0], deduced.args[1], known).holds:
        return False  # that holds anyhow
    knowledge = replace(known, implicit={**known.implicit, **implicit})
    follows = judge_equations([[case.equation]], [deduced], knowledge, "⇒")
    return follows is not None and follows.holds


def as_condition(case: Case) -> Finding | None:
    """A number behind the sign that the formula has for some values only: … = 0."""
    if not case.spot.at_end:
        return None
    columns, spot = case.known.columns, case.spot
    left, right = (over_data(side, columns) for side in (case.before, case.after))
    if not is_condition(left, right, spot.opening, spot.solved):
        return None
    found = as_given("a condition: it is not so for all values")
    if spot.opening and says_weights(case.before, case.after):
        case.progress.identify(case.before, case.after)
        return found
    return case.solved(found)


def as_restriction(case: Case) -> Finding | None:
    """A chain gives a name and then a number for it: V = x² h = 32."""
    name = case.spot.chain.formulas[0].expression
    restricts = (
        case.spot.at_end
        and case.spot.position == 2
        and isinstance(name, Symbol)
        and case.known.defines(name.name)
        and bool(free_symbols(case.before))
        and not free_symbols(case.after)
        and not any(type(node) in (Apply, D) for node in postorder(case.after))
    )
    return case.solved(as_given("a condition: it is not so for all values")) if restricts else None
