"""Equations that a text poses rather than claims, and those of a function that they determine.

"The curve x² + y² = 25" and "f'(x) = 0 gives" are no claims; dy/dx is what follows from them.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.links import DERIVATIVES, Finding, judge_link
from derivex.checking.plain_unknowns import with_plain_unknowns
from derivex.checking.premises import unknowns
from derivex.checking.progress import Progress, Spot
from derivex.checking.systems import judge_equations
from derivex.expression import (
    Apply,
    Decimal,
    Over,
    Times,
    free_symbols,
    function_of,
    postorder,
    substitute,
    value_of,
)
from derivex.expression.array_nodes import ArrayName

__all__ = [
    "estimate",
    "functions_in",
    "is_claim",
    "is_posed",
    "solution_in_words",
    "states_value",
]


def is_posed(equation: Basic, spot: Spot, progress: Progress) -> bool:
    """Whether an equation is no claim by the words around it, nor a conclusion from others.

    There are no more equations to be solved than unknowns; what comes after these is deduced.
    """
    before, after = equation.args
    inline = progress.derivation.inline
    zero = value_of(after) == 0
    if not (spot.row.said == "posed" or (inline and zero and spot.row.said != "claim")):
        return False
    known = _is_known(before, progress) and not unknowns(before, progress.knowledge)
    if known and (free_symbols(after) or not free_symbols(before)):
        return False  # f'(x) = 2x says what the derivative is
    equations = [each for system in progress.systems for each in system]
    letters = {name for each in (*equations, equation) for name in free_symbols(each)}
    return len(equations) < len(letters)


def solution_in_words(equation: Basic, spot: Spot, progress: Progress) -> Finding | None:
    """What is found of "and find x = 3" behind an equation for x; None for anything else."""
    name, number = equation.args
    if spot.row.said != "claim" or not isinstance(name, Symbol) or free_symbols(number):
        return None
    given = progress.context.earlier[-1] if progress.context.earlier else ()
    if {letter for each in given for letter in free_symbols(each)} != {name}:
        return None
    known = replace(progress.knowledge, values={})
    sides = [[substitute(side, {name: number}) for side in each.args] for each in given]
    found = [judge_link(left, right, known) for left, right in sides]
    if all(each.holds for each in found):
        return Finding("tested", "solves the equation before")
    wrong = next((each for each in found if each.verdict == "wrong"), None)
    if wrong is None or any(isinstance(node, Decimal) for node in postorder(number)):
        return None
    return replace(wrong, note="does not solve the equation before")


def is_claim(before: Basic, spot: Spot, progress: Progress) -> bool:
    """Whether an equality in a sentence says something of what is known."""
    return spot.row.said == "claim" or not free_symbols(before) or _is_known(before, progress)


def states_value(before: Basic, after: Basic, progress: Progress) -> bool:
    """Whether it is said what the derivative, or the value, of a known function is.

    y' = 2x says so where y is x³, and is no equation to be solved: no other letters come in.
    y'/y = … does as well.
    """
    known = progress.knowledge
    factors = before.args if type(before) in (Times, Over) else (before,)
    factors = tuple(
        part for each in factors for part in (each.args if type(each) is Over else (each,))
    )
    slopes = [each for each in factors if type(each) in (*DERIVATIVES, Apply)]
    if len(slopes) != 1 or not _is_known(slopes[0], progress):
        return False
    if type(slopes[0]) is Apply and len(factors) > 1 and not function_of(slopes[0].args[0])[1]:
        return False
    if unknowns(before, known) or not free_symbols(after):
        return False
    whole = known.filled_in(before)
    letters = {**free_symbols(before), **free_symbols(whole)}
    arrays = [node for node in postorder(whole) if isinstance(node, ArrayName)]
    sizes = {size for array in arrays for size in (array.rows, array.columns)}
    told = letters.keys() | sizes
    said = (free_symbols(side).keys() <= told for side in (after, known.filled_in(after)))
    return not unknowns(whole, known) and any(said)


def _is_known(root: Basic, progress: Progress) -> bool:
    """Whether something is a derivative, a value of a function, or a name that is defined."""
    if isinstance(root, Symbol):
        return progress.knowledge.defines(root.name)
    return type(root) in DERIVATIVES or (type(root) is Apply and _calls_known(root, progress))


def _calls_known(call: Basic, progress: Progress) -> bool:
    head, places = function_of(call.args[0])
    return bool(places) or progress.knowledge.defines(head.name)


def functions_in(root: Basic) -> frozenset[str]:
    """The names of the functions that are called in an expression.

    >>> from derivex.expression import D, function_name, symbol
    >>> functions_in(D(Apply(function_name("f"), symbol("x")), symbol("x")))
    frozenset({'f'})
    """
    return frozenset(
        function_of(node.args[0])[0].name for node in postorder(root) if type(node) is Apply
    )


def estimate(equation: Basic, progress: Progress) -> Finding | None:
    """What is found of σ̂² = … after an equation for σ, a few words before; None if it is none."""
    if progress.systems or not progress.earlier:
        return None
    plain = with_plain_unknowns(equation, progress.earlier[-1:], progress.knowledge.sequences)
    if plain is equation:
        return None
    found = judge_equations(progress.earlier[-1:], [plain], progress.knowledge, "⇒")
    if found is not None and found.holds:
        return found
    return Finding("definition", "a new name, of which nothing was said before")
