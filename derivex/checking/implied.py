"""What equations that were written before say of another one: that it follows, or cannot be.

They are those that are being solved, those that derivations before came to, and the curves that say
how y depends on x.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.knowledge import Knowledge
from derivex.checking.links import Finding
from derivex.checking.plain_unknowns import names_solution
from derivex.checking.premises import unknowns
from derivex.checking.progress import Progress, Spot
from derivex.checking.systems import judge_equations, slopes_in
from derivex.expression import (
    ZERO,
    Apply,
    D,
    Equation,
    contains,
    free_symbols,
    function_of,
    postorder,
    substitute,
    symbol,
)

__all__ = ["at_given_values", "contradicted", "implied", "is_deduced", "is_of_implicit"]


def implied(equation: Basic, progress: Progress) -> Finding | None:
    """Whether an equation follows from what is being solved, or was before: (2) put into (1).

    Where it does not, it may at the values that are given: at (3, 4).  None where there is
    nothing that it could follow from.
    """
    found = _implied(equation, progress)
    if found is None or found.holds:
        return found
    at_values = at_given_values(equation, progress)
    return at_values if at_values is not None and at_values.holds else found


def at_given_values(equation: Basic, progress: Progress) -> Finding | None:
    """What is found of an equation at the values that the words before it give."""
    values: list[Basic] = []
    for chain in progress.derivation.given:
        name, value = (each.expression for each in (chain.formulas[0], chain.formulas[-1]))
        if isinstance(name, Symbol) and value is not None and not free_symbols(value):
            values.append(Equation(name, value))
    before = [*progress.earlier, *progress.context.thread, *progress.systems]
    if not values or not before:
        return None
    return judge_equations([*before, values], [equation], progress.knowledge, "⇒")


def _implied(equation: Basic, progress: Progress) -> Finding | None:
    if progress.systems:
        found = judge_equations(progress.systems, [equation], progress.knowledge, "⇒")
        if found is None or found.holds or not progress.earlier:
            return found
    earlier = [[_with_calls(each, equation) for each in some] for some in progress.earlier]
    known = progress.knowledge
    if is_of_implicit(equation, known) or _unknown_slopes(equation, known):
        before = [*earlier, *progress.systems]
        return judge_equations(before, [equation], known, "⇒") if before else None
    if progress.systems or len(earlier) < 2:
        return None
    alone = judge_equations(earlier[-1:], [equation], known, "⇒")
    if alone is not None and alone.holds:
        return None  # it says no more than that one; perhaps it begins something new
    both = [each for conclusion in earlier for each in conclusion]
    return judge_equations([both], [equation], known, "⇒")


def contradicted(equation: Basic, spot: Spot, progress: Progress) -> Finding | None:
    """That an equation contradicts the one that says how y depends on x; None if it does not.

    Numbers are another matter: dy/dx = 0 is what is looked for, 6 + 8 dy/dx = 0 holds at a point.
    """
    knowledge = progress.knowledge
    if spot.row.said == "let" or not is_of_implicit(equation, knowledge):
        return None
    by = {node.args[1] for node in slopes_in(equation)}
    letters = {
        *knowledge.implicit,
        *(each for some in knowledge.implicit.values() for each in some),
    }
    said = equation if spot.opening else equation.args[1]
    rest = substitute(said, dict.fromkeys(slopes_in(said), ZERO))
    if (spot.opening and not by) or not letters & free_symbols(rest).keys():
        return None
    before = [*progress.context.thread, *progress.systems]
    given = list(dict.fromkeys(each for system in before for each in system))
    curves = [each for each in given if is_of_implicit(each, knowledge) and not slopes_in(each)]
    if not curves:
        return None
    by |= {node.args[1] for each in given for node in slopes_in(each)}
    curves += [Equation(*[D(side, each) for side in curve.args]) for curve in curves for each in by]
    for each in given:
        if slopes_in(each):
            found = judge_equations([curves], [each], knowledge, "⇒")
            if found is None or not found.holds:
                curves.append(each)
    found = judge_equations([curves], [equation], knowledge, "⇒")
    if found is None or found.verdict != "wrong":
        return None
    return replace(found, given=[curves])


def is_deduced(equation: Basic, spot: Spot, progress: Progress) -> bool:
    """Whether words such as "so" say that a derivative dy/dx follows from the equation before."""
    if names_solution(equation, progress.systems, progress.knowledge.sequences):
        return True
    if _has_numbers_put_in(equation, progress):
        return False
    if spot.row.said != "claim" or progress.systems:
        return False
    slopes = _unknown_slopes(equation, progress.knowledge)
    return any(
        node in slopes
        for each in progress.earlier[-1]
        for node in postorder(_with_calls(each, equation))
    )


def _has_numbers_put_in(equation: Basic, progress: Progress) -> bool:
    """Whether dy/dt = 0.3(−50) + 0.4(−60) has numbers for letters whose values nobody gave."""
    if free_symbols(equation.args[1]) or not progress.earlier:
        return False
    values = {chain.formulas[0].expression for chain in progress.derivation.given}
    slopes = slopes_in(equation)
    for each in progress.earlier[-1]:
        others = slopes_in(each) - slopes
        rest = free_symbols(substitute(each, dict.fromkeys(slopes_in(each), ZERO)))
        if others or not rest.keys() <= {*values, *progress.knowledge.values}:
            return True
    return False


def is_of_implicit(equation: Basic, knowledge: Knowledge) -> bool:
    """Whether an equation says how something depends on a letter that nothing else tells."""
    return any(contains(equation, name) for name in knowledge.implicit)


def _unknown_slopes(root: Basic, knowledge: Knowledge) -> set[Basic]:
    """The derivatives of names and functions of which nothing is said."""
    primed = {
        node for node in postorder(root) if type(node) is Apply and function_of(node.args[0])[1]
    }
    return {
        node
        for node in slopes_in(root) | primed
        if (node.args[0] in knowledge.implicit)
        or (type(node) is Apply and unknowns(node, knowledge))
        or (type(node.args[0]) is Apply and unknowns(node.args[0], knowledge))
    }


def _with_calls(earlier: Basic, equation: Basic) -> Basic:
    """An earlier equation with y(x) for the y that is a function in another one."""
    calls = {
        symbol(function_of(node.args[0])[0].name): node
        for node in postorder(equation)
        if type(node) is Apply and len(node.args) == 2 and isinstance(node.args[1], Symbol)
    }
    return substitute(earlier, calls)
