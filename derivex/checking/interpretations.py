"""In which ways a derivation can be understood, and the one that leaves fewest lines wrong.

A name without a definition that is differentiated, as in dy/dx, may be a function of x, or a
variable of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.dependents import (
    Dependence,
    dependents_in,
    raised_indices,
    with_raised_indices,
)
from derivex.checking.differentiated import dependencies, differentiated_names
from derivex.checking.entries import entries_of_matrices
from derivex.checking.findings import CheckedLine
from derivex.checking.knowledge import Knowledge
from derivex.checking.links import judge_link
from derivex.checking.own_names import names_of_before, with_own_names
from derivex.checking.premises import definition_in
from derivex.checking.progress import Context, formulas_of
from derivex.checking.record import Link
from derivex.checking.second_readings import other_readings
from derivex.checking.unsaid import EXCUSES
from derivex.checking.walk import Walk
from derivex.documents import Formula, HandDerivation
from derivex.equality.clock import worked
from derivex.expression import (
    ONE,
    ZERO,
    Apply,
    At,
    D,
    Dotted,
    Prime,
    contains,
    free_symbols,
    function_of,
    postorder,
    substitute,
    symbol,
)
from derivex.expression.array_nodes import ArrayName
from derivex.notation import Definition

__all__ = ["Walked", "own_definitions", "walk_derivation"]

_SECONDS = 0.6  # to look for other readings of a derivation that is wrong


class Walked(NamedTuple):
    """The way through a derivation that is taken.

    Args:
        lines: with their verdicts.
        links: what led to each of them.
        knowledge: what holds after it.
        systems: the equations that were solved, row by row.
    """

    lines: Sequence[CheckedLine]
    links: Sequence[Link | None]
    knowledge: Knowledge
    systems: list[list[Basic]]


def walk_derivation(
    derivation: HandDerivation,
    knowledge: Knowledge,
    context: Context,
) -> Walked:
    """Judge a derivation, understood in the way that leaves fewest lines wrong.

    Args:
        derivation: as it was read.
        knowledge: what holds before it.
        context: what stands around it.
    """
    deadline = worked() + _SECONDS
    best = _walked(derivation, knowledge, context)
    found = True
    while found and _wrong(best.lines):
        found = False
        for other in other_readings(derivation, _wrong(best.lines)):
            if worked() > deadline:
                return best
            walked = _walked(other, knowledge, context)
            if _mends(walked.lines, best.lines) and not _repeats(walked, best.lines):
                best, derivation, found = walked, other, True
                break
    if any(_faults(best.lines)):
        names = names_of_before(derivation, knowledge, context.previous)
        if names:
            other = with_own_names(derivation, names)
            walked = _walked(other, knowledge.forgetting(names), context)
            if _mends(walked.lines, best.lines):
                return walked
    return best


def _wrong(lines: Sequence[CheckedLine]) -> list[CheckedLine]:
    return [line for line in lines if line.verdict == "wrong"]


def _mends(lines: Sequence[CheckedLine], before: Sequence[CheckedLine]) -> bool:
    """Whether lines that were wrong or undecided hold now, and none got worse."""
    mended = 0
    for now, was in zip(lines, before, strict=True):
        if was.verdict in ("wrong", "undecided"):
            mended += now.verdict in ("proven", "tested")
            if now.verdict not in (was.verdict, "proven", "tested"):
                return False  # it was only got out of the way
        elif now.verdict != was.verdict and not now.holds:
            return False
    return mended > 0


def _repeats(walked: Walked, before: Sequence[CheckedLine]) -> bool:
    """Whether a line that was wrong would only say the same twice: nobody means that.

    Σ (x_i + c) = Σ x_i + c is a mistake, though the right side may be read as the left one.
    """
    return any(
        was.verdict == "wrong" and now.holds and link is not None and link.before is link.after
        for now, was, link in zip(walked.lines, before, walked.links, strict=True)
    )


def _walked(derivation: HandDerivation, knowledge: Knowledge, context: Context) -> Walked:
    """Judge a derivation as it was read."""
    knowledge = _with_premises(derivation, knowledge, context)
    raised = raised_indices(formulas_of(derivation))
    if raised:
        derivation = _rewritten(derivation, lambda root: with_raised_indices(root, raised))
    entries = entries_of_matrices(formulas_of(derivation), knowledge)
    if entries:
        derivation = _rewritten(derivation, lambda root: substitute(root, entries))
    best: Walk | None = None
    for way in _ways(derivation, knowledge, context):
        walk = Walk(derivation, way, context)
        walk.run()
        if best is None or (
            _worth(walk.lines) > _worth(best.lines) and not _only_vanishes(walk, way)
        ):
            best = walk
        if not any(_faults(walk.lines)) and not _unsaid(walk.lines):
            break
    assert best is not None
    met = {**knowledge.met, **best.knowledge.implicit}
    after = replace(
        best.knowledge, implicit=knowledge.implicit, met=met, dependence=knowledge.dependence
    )
    return Walked(best.lines, best.links, after, best.systems)


def _only_vanishes(walk: Walk, way: Knowledge) -> bool:
    """Whether a line holds only because each of its sides is 0: (uv)′ = u′v′ of constants.

    Nobody writes derivatives of constants, unless to say that they are 0.
    """
    if way.implicit or way.dependence:
        return False
    return any(
        line.holds
        and link is not None
        and any(type(node) is D for node in postorder(link.after))
        and judge_link(link.after, ZERO, way).holds
        for line, link in zip(walk.lines, walk.links, strict=True)
    )


def _with_premises(derivation: HandDerivation, knowledge: Knowledge, context: Context) -> Knowledge:
    """What is known, and what the prose before a derivation says.

    What was said before the previous derivation may have got another meaning there.
    """
    before: set[int] = set()
    previous = context.previous
    if previous is not None:
        before = {id(given) for given in previous.scope}
        now = {given.definition.name for given in derivation.scope}
        named = {given.definition.name for given in previous.scope}
        knowledge = knowledge.forgetting(named - now)
    for given in derivation.scope:
        told = given.definition.name
        old = id(given) in before
        if old and (knowledge.defines(told) or symbol(told) in knowledge.entries):
            continue
        if old and told in knowledge.over:
            continue
        body = given.definition.body
        if given.indices and body is not None:
            entry = At(symbol(given.base), *given.indices)
            knowledge = knowledge.defining_entry(entry, body)
        else:
            knowledge = knowledge.defining(given.definition, given.said != "form")
    knowledge = knowledge.forgetting(_posed_anew(derivation) & context.stale, for_good=True)
    nodes = [node for root in formulas_of(derivation) for node in postorder(root)]
    entries = {node.args[0] for node in nodes if type(node) is At}
    primed = {function_of(node)[0] for node in nodes if type(node) is Prime}
    for chain in derivation.given:  # "for s = 1 and b = 0" before a display
        name, value = (each.expression for each in (*chain.formulas[:2], *chain.formulas)[:2])
        if isinstance(name, Symbol) and value is not None and chain.signs[1:2] == ("=",):
            other = context.stale | derivation.elsewhere
            here = knowledge.defines(name.name) and name.name not in other
            known = here or name in entries
            clear = knowledge.knows_functions_of([value]) and not _has_arrays(value)
            clear = clear or (type(value) is Apply and value.args[0] in primed)  # x = f(t), f'(t)
            if not free_symbols(value) or (clear and not known):
                knowledge = knowledge.defining(Definition(name.name, (), value))
    return knowledge


def _posed_anew(derivation: HandDerivation) -> frozenset[str]:
    """The letters of equations that the words before pose: y of "if x e^y = y, then"."""
    sides = [[each.expression for each in chain.formulas] for chain in derivation.given]
    return frozenset(
        letter.name
        for each in sides
        if not isinstance(each[0], Symbol) and type(each[0]) is not Apply
        for side in each
        if side is not None
        for letter in free_symbols(side)
    )


def _has_arrays(root: Basic) -> bool:
    return any(isinstance(node, (ArrayName, Dotted)) for node in postorder(root))


def _ways(derivation: HandDerivation, knowledge: Knowledge, context: Context) -> list[Knowledge]:
    """What may be meant by the names that are differentiated, the likeliest first."""
    trees = formulas_of(derivation)
    known: Mapping[Basic, Basic] = {
        **knowledge.turned,
        **knowledge.names,
        **own_definitions(derivation),
    }
    found = differentiated_names([*trees, *known.values()])
    implicit = {
        name: by
        for name, by in dependencies(found, known).items()
        if not knowledge.defines(name.name)
    }
    by_now = {variable for variables in found.values() for variable in variables}
    inside = {letter for name in found for letter in free_symbols(known.get(name, name))}
    for name, by in knowledge.met.items():  # r of V = πr³, if dr/dt was met and dV/dt is here
        if name in inside and name not in found and not by_now.isdisjoint(by):
            implicit.setdefault(name, by)
    known = {**known, **knowledge.entries, **_own_entries(derivation)}
    dependence = frozenset(
        (name, by)
        for name, by in dependents_in(trees, known, knowledge.functions)
        if not _by_way_of_arguments(name, by, trees, implicit)
    )
    ways = [replace(knowledge, implicit=implicit, dependence=dependence)]
    moving = _moving(found, {**known, **{symbol(name): ONE for name in context.later}}, implicit)
    if moving and not knowledge.rates:  # where there is a ṙ, what moves has a dot somewhere
        ways.insert(0, replace(ways[0], implicit={**implicit, **moving}))
    if _may_be_independent({**implicit, **_by_entries(dependence)}, trees, derivation):
        ways.append(replace(knowledge, implicit={}, dependence=frozenset()))
    return ways


def _by_way_of_arguments(
    name: str,
    by: str,
    trees: Sequence[Basic],
    implicit: Mapping[Symbol, tuple[Symbol, ...]],
) -> bool:
    """Whether a function depends on a letter by what it is called with: u(v) on x, with dv/dx."""
    calls = [
        node
        for tree in trees
        for node in postorder(tree)
        if type(node) is Apply and str(node.args[0]) == name
    ]
    moved = {letter for letter, letters in implicit.items() if symbol(by) in letters}
    return bool(calls) and all(
        not moved.isdisjoint(free_symbols(argument)) for call in calls for argument in call.args[1:]
    )


def _moving(
    found: Mapping[Symbol, Mapping[Symbol, None]],
    known: Mapping[Basic, Basic],
    implicit: Mapping[Symbol, tuple[Symbol, ...]],
) -> dict[Symbol, tuple[Symbol, ...]]:
    """The letters of V = 4/3 π r³ as functions of t, where dV/dt is written and no dr/dt."""
    moving: dict[Symbol, tuple[Symbol, ...]] = {}
    for name, variables in found.items():
        letters = set(free_symbols(known[name])) if name in known else set()
        for letter in list(letters):
            letters |= set(implicit.get(letter, ()))
        for variable in variables:
            if letters and variable not in letters and not {variable, *letters} & known.keys():
                moving.update({each: (variable,) for each in letters if isinstance(each, Symbol)})
    return moving


def _by_entries(dependence: Dependence) -> dict[Symbol, tuple[Symbol, ...]]:
    found: dict[Symbol, tuple[Symbol, ...]] = {}
    for name, by in dependence:
        found[symbol(name)] = (*found.get(symbol(name), ()), symbol(by))
    return found


def _rewritten(derivation: HandDerivation, meant: Callable[[Basic], Basic]) -> HandDerivation:
    """The derivation with what is meant in the place of what is written."""

    def formula(each: Formula) -> Formula:
        if each.expression is None:
            return each
        return replace(each, expression=meant(each.expression))

    rows = [
        replace(
            row,
            chains=tuple(
                replace(chain, formulas=tuple(map(formula, chain.formulas))) for chain in row.chains
            ),
        )
        for row in derivation.rows
    ]
    return replace(derivation, rows=tuple(rows))


def _may_be_independent(
    implicit: Mapping[Symbol, tuple[Symbol, ...]],
    trees: Sequence[Basic],
    derivation: HandDerivation,
) -> bool:
    """Whether ∂z/∂y may be 0: something with both z and y in it is differentiated by y."""
    if not implicit or any(row.joint in ("⇒", "⇔") for row in derivation.rows):
        return False
    return any(
        type(node) is D
        and not isinstance(node.args[0], Symbol)
        and any(
            node.args[1] in by and contains(node.args[0], name) for name, by in implicit.items()
        )
        for tree in trees
        for node in postorder(tree)
    )


def own_definitions(derivation: HandDerivation) -> dict[Basic, Basic]:
    """The names that are defined in the derivation itself."""
    names: dict[Basic, Basic] = {}
    for row in derivation.rows:
        for chain in row.chains:
            if chain.definition is not None:
                names.update(Knowledge().defining(chain.definition.definition).names)
            elif row.joint in ("start", "next") and len(chain.formulas) > 1:
                left, right = (formula.expression for formula in chain.formulas[:2])
                if left is None or right is None:
                    continue
                definition = definition_in(left, right)
                if definition is not None:
                    names.update(Knowledge().defining(definition).names)
    return names


def _own_entries(derivation: HandDerivation) -> dict[Basic, Basic]:
    """The names of which an entry is said to be something in the derivation itself: y_i = …"""
    found: dict[Basic, Basic] = {}
    for row in derivation.rows:
        for chain in row.chains:
            first = chain.formulas[0].expression
            if type(first) is At and not chain.continues and len(chain.formulas) > 1:
                found.setdefault(first.args[0], first)
    return found


def _worth(lines: Sequence[CheckedLine]) -> tuple[int, int, int]:
    """How good a way is: few faults, then many lines that are judged and hold."""
    wrong, undecided = _faults(lines)
    return (
        -wrong,
        -undecided - _unsaid(lines),
        sum(line.verdict in ("proven", "tested") for line in lines),
    )


def _faults(lines: Sequence[CheckedLine]) -> tuple[int, int]:
    """How many lines are wrong, and how many undecided."""
    verdicts = [line.verdict for line in lines]
    return verdicts.count("wrong"), verdicts.count("undecided")


def _unsaid(lines: Sequence[CheckedLine]) -> int:
    """How many lines are excused only because something is not said."""
    return sum(line.note.startswith(EXCUSES) for line in lines)
