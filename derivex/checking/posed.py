"""Equations that a text poses rather than claims, and those of a function that they determine.

"The curve x² + y² = 25" and "f'(x) = 0 gives" are no claims; dy/dx is what follows from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.knowledge import Knowledge
from derivex.checking.links import DERIVATIVES, Finding, judge_link
from derivex.checking.plain_unknowns import with_plain_unknowns
from derivex.checking.premises import unknowns
from derivex.checking.progress import Progress, Spot
from derivex.checking.systems import judge_equations
from derivex.expression import (
    Apply,
    D,
    Decimal,
    free_symbols,
    function_of,
    postorder,
    substitute,
    symbol,
    value_of,
)

__all__ = [
    "differentiates_unknown",
    "estimate",
    "functions_in",
    "is_claim",
    "is_continued",
    "is_deduced",
    "is_known",
    "is_posed",
    "names_solution",
    "solution_in_words",
    "with_calls",
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
    if not free_symbols(before) and is_known(before, progress):
        return False
    if is_known(before, progress) and free_symbols(after):
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
    return spot.row.said == "claim" or not free_symbols(before) or is_known(before, progress)


def is_known(root: Basic, progress: Progress) -> bool:
    """Whether something is a derivative, a value of a function, or a name that is defined."""
    if isinstance(root, Symbol):
        return progress.knowledge.defines(root.name)
    return type(root) in DERIVATIVES or (type(root) is Apply and _calls_known(root, progress))


def _calls_known(call: Basic, progress: Progress) -> bool:
    head, places = function_of(call.args[0])
    return bool(places) or progress.knowledge.defines(head.name)


def differentiates_unknown(equation: Basic, progress: Progress) -> bool:
    """Whether there is a derivative dy/dx, or y', of what is known only by an equation."""
    return bool(_slopes(equation, progress.knowledge))


def _slopes(root: Basic, knowledge: Knowledge) -> set[Basic]:
    """The derivatives of names and functions of which nothing is said."""
    found: set[Basic] = set()
    for node in postorder(root):
        if type(node) is D:
            operand = node.args[0]
            called = type(operand) is Apply and bool(unknowns(operand, knowledge))
            if called or operand in knowledge.implicit:
                found.add(node)
        elif type(node) is Apply and function_of(node.args[0])[1] and unknowns(node, knowledge):
            found.add(node)
    return found


def with_calls(earlier: Basic, equation: Basic) -> Basic:
    """An earlier equation with y(x) for the y that is a function in another one."""
    calls = {
        symbol(function_of(node.args[0])[0].name): node
        for node in postorder(equation)
        if type(node) is Apply and len(node.args) == 2 and isinstance(node.args[1], Symbol)
    }
    return substitute(earlier, calls)


def is_deduced(equation: Basic, spot: Spot, progress: Progress) -> bool:
    """Whether words such as "so" say that a derivative dy/dx follows from the equation before."""
    if names_solution(equation, progress.systems):
        return True
    if spot.row.said != "claim" or progress.systems:
        return False
    slopes = _slopes(equation, progress.knowledge)
    return any(
        node in slopes
        for each in progress.earlier[-1]
        for node in postorder(with_calls(each, equation))
    )


def functions_in(root: Basic) -> frozenset[str]:
    """The names of the functions that are called in an expression.

    >>> from derivex.expression import function_name
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
    plain = with_plain_unknowns(equation, progress.earlier[-1:])
    if plain is equation:
        return None
    found = judge_equations(progress.earlier[-1:], [plain], progress.knowledge, "⇒")
    if found is not None and found.holds:
        return found
    return Finding("definition", "a new name, of which nothing was said before")


def names_solution(equation: Basic, systems: Sequence[Sequence[Basic]]) -> bool:
    """Whether a name such as θ̂ is said to be what solves dL/dθ = 0."""
    plain = with_plain_unknowns(equation, systems)
    if not systems or plain is equation:
        return False
    name = plain.args[0]
    by = {node.args[1] for each in systems[-1] for node in postorder(each) if type(node) is D}
    letters = {letter for each in systems[-1] for letter in free_symbols(each)}
    return isinstance(name, Symbol) and (name in by or letters == {name})


def is_continued(spot: Spot, progress: Progress) -> bool:
    """Whether the next row of the column goes on with what stands here."""
    rows = progress.derivation.rows[spot.number + 1 :]
    later = next((row for row in rows if row.column == spot.row.column), None)
    return later is not None and any(chain.continues for chain in later.chains)
