"""Equations that follow from one a few words before: "Solving for p gives p = k/n"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.implied import at_given_values
from derivex.checking.links import Finding
from derivex.checking.plain_unknowns import with_plain_unknowns
from derivex.checking.progress import Progress, Spot
from derivex.checking.set_to_zero import is_derivative, set_to_zero
from derivex.checking.systems import judge_equations
from derivex.expression import (
    ZERO,
    Apply,
    D,
    Total,
    contains,
    free_symbols,
    function_of,
    postorder,
    substitute,
    symbol,
    value_of,
)
from derivex.expression.array_nodes import ArrayName, Identity

__all__ = ["concluded"]

_LOST = ("a solution is lost", "holds for some solutions only")


def concluded(equation: Basic, spot: Spot, progress: Progress) -> Finding | None:
    """What is found of an equation that may follow from those above it or a few words before.

    It is refuted only if it says what the unknown of theirs is; or if it is made of the same
    letters, and words such as "gives" stand before it.

    Returns:
        None where nothing is known of that.
    """
    above, thread = progress.systems, progress.context.thread
    derived: Sequence[Sequence[Basic]] = ()
    zero = any(value_of(side) == 0 for side in equation.args)
    if zero and not above and not is_derivative(equation.args[0]):
        derived = set_to_zero(progress.derivation.rows[: spot.number])
    given = [*thread, *derived, *above]
    claimed = bool(above or derived) or spot.row.said in ("claim", "posed") or progress.context.zero
    if not given or spot.row.said == "let":
        return None
    plain = _with_arrays(with_plain_unknowns(equation, given, progress.knowledge.sequences), given)
    plain = _with_bounds(plain, given)
    name, value = plain.args
    if isinstance(name, (Symbol, ArrayName, D)):
        if contains(value, name) or not any(contains(each, name) for each in given[-1]):
            return None
        if progress.knowledge.defines(str(name)):
            return None
        solved = bool(above) and isinstance(name, ArrayName)  # (XᵀX) w = Xᵀy, w = …
        claimed = claimed or (name in progress.context.unknowns and bool(free_symbols(value)))
        slope = not above and bool(free_symbols(value)) and _is_slope(name, given[-1])
        alike = solved or slope or _is_unknown(name, given[-1], progress)
    else:
        alike = not above and _letters([plain], progress) == _letters(given[-1], progress)
        one = len(given[-1]) == len(_letters(given[-1], progress)) == 1
        claimed = claimed or (one and progress.context.directly)
        if not (alike or claimed):
            return None
    found = judge_equations(given, [plain], progress.knowledge, "⇒")
    if found is None or found.holds:
        return found
    if found.note.startswith(_LOST):
        return Finding("tested", "one of the solutions of the equation before")
    if found.verdict == "undecided":
        return found if alike and not isinstance(name, (Symbol, ArrayName, D)) else None
    repaired = _repaired(plain, given, spot, progress)
    if repaired is not None:
        return repaired
    letters = set().union(*(_letters(system, progress) for system in given))
    claimed = claimed or isinstance(name, D)
    if alike and claimed and _letters([plain], progress) <= letters:
        at_values = at_given_values(plain, progress)
        return replace(at_values or found, given=given)
    return None


def _repaired(
    equation: Basic, given: Sequence[Sequence[Basic]], spot: Spot, progress: Progress
) -> Finding | None:
    """What is found of an equation that follows from those before a wrong one."""
    sound = [[each for each in system if each not in progress.refuted] for system in given]
    if list(map(len, sound)) == list(map(len, given)):
        return None
    derived = set_to_zero(progress.derivation.rows[: spot.number])
    sound = [*derived, *(system for system in sound if system)]
    if not sound:
        return None
    found = judge_equations(sound, [equation], progress.knowledge, "⇒")
    if found is None or not found.holds:
        return None
    note = "this does not follow from the line before, but is right: a mistake is silently repaired"
    return replace(found, note=note)


def _is_unknown(name: Basic, system: Sequence[Basic], progress: Progress) -> bool:
    """Whether an equation can only be solved for a name: it is differentiated by, or alone."""
    if isinstance(name, Symbol | ArrayName):
        return name in progress.context.unknowns or _letters(system, progress) == {name}
    return not _letters([substitute(each, {name: ZERO}) for each in system], progress)


def _is_slope(name: Basic, system: Sequence[Basic]) -> bool:
    """Whether it is y', and the only derivative in an equation of x and y."""
    slopes = {node for each in system for node in postorder(each) if type(node) is D}
    return slopes == {name} and all(isinstance(each, Symbol) for each in name.args)


def _with_arrays(equation: Basic, thread: Sequence[Sequence[Basic]]) -> Basic:
    """An equation with the vectors and matrices of those before, which their letters stand for."""
    arrays = {
        symbol(node.name): node
        for system in thread
        for each in system
        for node in postorder(each)
        if isinstance(node, ArrayName)
    }
    return substitute(equation, arrays)


def _with_bounds(equation: Basic, thread: Sequence[Sequence[Basic]]) -> Basic:
    """An equation with the bounds of the sums before it, if these all have the same."""
    found = {
        node.args[2:]
        for system in thread
        for each in system
        for node in postorder(each)
        if type(node) is Total
    }
    if len(found) != 1 or () in found:
        return equation
    (bounds,) = found
    bare = [node for node in postorder(equation) if type(node) is Total and len(node.args) == 2]
    return substitute(equation, {node: Total(*node.args, *bounds) for node in bare})


def _letters(roots: Sequence[Basic], progress: Progress) -> set[Basic]:
    """The letters, vectors and matrices in expressions, and in what these are said to be."""
    found: set[Basic] = set()
    sizes: set[Basic] = set()
    waiting = list(roots)
    while waiting:
        for node in postorder(waiting.pop()):
            if isinstance(node, (Symbol, ArrayName)) and node not in found:
                found.add(node)
                waiting += (
                    [progress.knowledge.names[node]] if node in progress.knowledge.names else []
                )
            elif type(node) is Identity:
                sizes.add(node.args[0])
            elif type(node) is Apply:
                function = progress.knowledge.functions.get(function_of(node.args[0])[0].name)
                body = None if function is None else function.definition
                if body is not None and body not in found:
                    found.add(body)
                    waiting.append(body)
    return {each for each in found - sizes if isinstance(each, (Symbol, ArrayName))}
