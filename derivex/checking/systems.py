"""Equations that are being solved: whether one row follows from those before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.array_equations import by_entries, has_arrays
from derivex.checking.knowledge import Knowledge
from derivex.checking.links import Finding
from derivex.checking.plain_unknowns import with_plain_unknowns
from derivex.checking.premises import unknowns
from derivex.checking.solutions import SolutionPoint, Solutions
from derivex.documents import Claim
from derivex.equality import Counterexample
from derivex.equality.rings import UnsupportedError
from derivex.errors import DerivexError
from derivex.expression import (
    And,
    Apply,
    D,
    Equation,
    Relation,
    free_symbols,
    function_of,
    postorder,
)
from derivex.notation import Scope, read_condition

__all__ = ["conditions_in", "judge_equations", "one_holds", "slopes_in"]

_MOST_SOURCES = 16

_RESTRICTING = re.compile(
    r"[<>≠≤≥]|\b(for|since|because|as|where|if|assum\w*|positive|negative|nonzero|interior|domain)\b"
)
_LIKELIEST = 2  # sources of an equation, which are looked at in any case
_SIGNS = re.compile(r"<|>|≠|≤|≥|!=")
_WORDS = re.compile(
    r"\b(?:for|since|because|as|where|when|if|and|with|let|assum\w*|we|have|is|so|note|that|all)\b"
)


def judge_equations(
    systems: Sequence[Sequence[Basic]],
    equations: Sequence[Basic],
    knowledge: Knowledge,
    joint: str,
    claim: Claim | None = None,
) -> Finding | None:
    """Whether equations follow from those of the rows before; None if there are none.

    They may follow from the last row, from it and earlier ones, or by differentiating both
    sides.  After ⇔ they must have the same solutions as the last row; after ⇒ a solution may
    come in, but none may get lost.

    Args:
        systems: the equations of each row so far.
        equations: those of this row.
        knowledge: what is known.
        joint: "⇒" or "⇔".
        claim: the justification, in which a restriction may stand: "since x > 0".
    """
    if not systems or not equations:
        return None
    equations = [with_plain_unknowns(each, systems, knowledge.sequences) for each in equations]
    conditions = conditions_in(claim.text, knowledge) if claim is not None else []
    finding: Finding | None = None
    for number, given in enumerate(_sources(systems, equations)):
        if number >= _LIKELIEST and knowledge.patience is not None and knowledge.patience.spent:
            break
        found = _follows(given, equations, knowledge, conditions, claim)
        if found.holds and joint == "⇔":
            back = _follows(equations, given, knowledge, conditions, claim, back=True)
            if back.verdict == "wrong":
                found = back
        if found.holds:
            return found
        if finding is None or (finding.verdict == "undecided" and found.verdict != "undecided"):
            finding = found
    return finding


def one_holds(
    given: Sequence[Basic], alternatives: Sequence[Basic], knowledge: Knowledge
) -> list[Finding]:
    """Whether at every solution of some equations one of several others holds, perhaps rounded.

    Returns:
        a finding for each of these; where a solution is lost, it is told of those that hold at
        none, or else of the last one.
    """
    try:
        points = list(Solutions(given, alternatives, knowledge).points())
    except UnsupportedError as error:
        return [Finding("undecided", str(error))] * len(alternatives)
    if not points:
        note = "no solution of the equations before was found"
        return [Finding("undecided", note)] * len(alternatives)
    note = "holds at a solution of the equations before"
    findings = [Finding("tested", note)] * len(alternatives)
    lost = next((point for point in points if len(point.fails) == len(alternatives)), None)
    if lost is None:
        return findings
    nowhere = set(range(len(alternatives))).intersection(*(point.fails for point in points))
    for number in nowhere or {len(alternatives) - 1}:
        told = ", ".join(f"{name} = {value}" for name, value in lost.shown)
        findings[number] = Finding("wrong", f"a solution is lost: {told}", _counterexample(lost))
    return findings


def conditions_in(text: str, knowledge: Knowledge) -> list[Basic]:
    """The relations that stand in a justification.

    >>> conditions_in("for 0 < x < 1", Knowledge())
    [Less(0, x), Less(x, 1)]
    """
    scope = Scope(functions=knowledge.functions)
    found: list[Basic] = []
    for part in _WORDS.sub(",", text).split(","):
        if not _SIGNS.search(part):
            continue
        try:
            condition = read_condition(part.strip(" .;:"), scope).expression
        except DerivexError:
            continue
        found += condition.args if type(condition) is And else [condition]
    return [each for each in found if isinstance(each, Relation) and type(each) is not Equation]


def _sources(systems: Sequence[Sequence[Basic]], equations: Sequence[Basic]) -> list[list[Basic]]:
    """What the equations may follow from, the last row first."""
    last = list(systems[-1])
    found = [last]
    for earlier in reversed(systems[:-1]):
        found.append([*last, *earlier])
        found.append(list(earlier))
        if len(earlier) > 1:  # what was wrong before may contradict the rest
            found += [[*last, each] for each in earlier]
    if len(systems) > 2:
        found.append(list(dict.fromkeys(each for system in systems for each in system)))
    by = {node.args[1] for each in equations for node in slopes_in(each)}
    for letter in by:
        for system in reversed(systems):
            derived = _differentiated(system, letter)
            found.append(derived)
            found.append([*system, *derived])
            if system is not systems[-1]:
                found.append([*last, *derived])
    if by and len(systems) > 1:
        together = list(dict.fromkeys(each for system in systems for each in system))
        curves = [each for each in together if not slopes_in(each)]
        slopes = [each for letter in by for each in _differentiated(curves, letter)]
        found = [*found[: _MOST_SOURCES - 1], [*together, *slopes]] if slopes else found
    twice = {
        node.args[1] for each in equations for node in slopes_in(each) if slopes_in(node.args[0])
    }
    for letter in twice:  # y″ of a curve
        for system in reversed(systems):
            if not any(map(slopes_in, system)):
                first = _differentiated(system, letter)
                second = _differentiated(first, letter)
                found.insert(_LIKELIEST, [*system, *first, *second])
    return found[:_MOST_SOURCES]


def _differentiated(system: Sequence[Basic], by: Basic) -> list[Basic]:
    """Equations with the derivatives of both sides in the place of these."""
    return [Equation(*[D(side, by) for side in each.args]) for each in system]


def slopes_in(root: Basic) -> set[Basic]:
    """The derivatives in an expression.

    >>> from derivex.expression import symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> slopes_in(Equation(D(y, x), x))
    {D(y, x)}
    """
    return {node for node in postorder(root) if type(node) is D}


def _follows(
    given: Sequence[Basic],
    asked: Sequence[Basic],
    knowledge: Knowledge,
    conditions: Sequence[Basic],
    claim: Claim | None,
    back: bool = False,
) -> Finding:
    unknowns: Sequence[tuple[Symbol, ...]] = ()
    try:
        if has_arrays([*given, *asked]):
            (given, asked), unknowns = by_entries([given, asked], knowledge)
            knowledge = replace(knowledge, names={}, implicit={})
        solutions = Solutions(given, asked, knowledge, conditions, unknowns)
        points = list(solutions.points())
    except UnsupportedError as error:
        return Finding("undecided", str(error))
    if not points:
        return Finding("undecided", "no solution of the equations before was found")
    failing = [point for point in points if point.fails]
    unclear = _unknown_functions(given, knowledge) - _unknown_functions(asked, knowledge)
    if failing and unclear and not back:
        told = " and ".join(sorted(unclear))
        verb = "is" if len(unclear) == 1 else "are"
        return Finding("undecided", f"the text does not say what {told} {verb}")
    if not failing and len(points) == 1 and len(points[0].shown) > len(given):
        # There are many, and one may be special: x = 0 solves x y' = 0 for all y'.
        return Finding("undecided", "only one solution of the equations before was found")
    if not failing:
        noun = "solution" if len(points) == 1 else "solutions"
        return Finding("tested", f"holds at {len(points)} {noun} of the equations before")
    witness = _counterexample(failing[0])
    if back:
        return Finding(
            "wrong", "a solution is added: it does not solve what stands before", witness
        )
    if len(failing) < len(points) and _some_solve(asked, given, knowledge, conditions):
        told = ", ".join(f"{name} = {value}" for name, value in witness.point)
        parameters = {name for each in asked for name in free_symbols(each)}
        restricted = claim is not None and _RESTRICTING.search(claim.text.casefold())
        if restricted or len(parameters) > len(asked):
            note = f"holds for some solutions only, not at {told}"
            return Finding("outside the domain", note, witness)
        return Finding("wrong", f"a solution is lost: {told}", witness)
    return Finding("wrong", "does not follow from the equations before", witness)


def _some_solve(
    asked: Sequence[Basic],
    given: Sequence[Basic],
    knowledge: Knowledge,
    conditions: Sequence[Basic],
) -> bool:
    """Whether what is asked leads back to what is given, so that only a solution got lost."""
    try:
        points = list(Solutions(asked, given, knowledge, conditions).points())
    except UnsupportedError:
        return False
    return bool(points) and not any(point.fails for point in points)


def _unknown_functions(equations: Sequence[Basic], knowledge: Knowledge) -> set[str]:
    """The functions of which nothing is known, so that no values of theirs refute anything."""
    calls = {
        function_of(node.args[0])[0].name
        for each in equations
        for node in postorder(each)
        if type(node) is Apply
    }
    return calls & set().union(*(unknowns(each, knowledge).values() for each in equations))


def _counterexample(point: SolutionPoint) -> Counterexample:
    left, right = point.sides[point.fails[0]]
    return Counterexample(point.shown, left, right)
