"""Subdifferentials: all subgradients of a convex function, case by case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sympy.core.basic import Basic

from derivex.derivation import Derivation, Entry, Phase, Status, Step
from derivex.derivation.rewriting import rewrite
from derivex.engine.components import by_components, has_arrays
from derivex.engine.conventions import Convention, choose_by_convention
from derivex.engine.definitions import NO_DEFINITIONS, Definitions, fill_in_definitions, followed_by
from derivex.engine.differentiate import check_variable, refuse_index
from derivex.engine.set_arithmetic import SetNormaliser, set_phase
from derivex.engine.verdicts import optimality
from derivex.expression import (
    Cases,
    D,
    Subdifferential,
    postorder,
    substitute,
)
from derivex.matching import Facts
from derivex.rulebook import RuleBook

__all__ = ["SubgradientDerivation", "subdifferential", "subgradients"]


@dataclass(frozen=True)
class SubgradientDerivation:
    """A subdifferential, step by step, and what it tells.

    Args:
        derivation: up to the set, or to the number that a convention chose.
        verdict: at a point, whether the function is least there; else empty.
    """

    derivation: Derivation
    verdict: str = ""

    @property
    def result(self) -> Basic:
        """The set, the case distinction, or the number."""
        return self.derivation.result

    def replay(self) -> None:
        """Redo every step; an error names the first that does not come out as recorded."""
        self.derivation.replay()


def subgradients(
    expression: Basic,
    by: Basic,
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
    notes: tuple[str, ...] = (),
    point: Mapping[Basic, Basic] | None = None,
    convention: Convention | None = None,
    assumptions: tuple[Basic, ...] = (),
) -> SubgradientDerivation:
    """All subgradients, those at a point, or the one that a convention chooses.

    Args:
        expression: a function of the variable.
        by: the variable.
        book: the rules.
        definitions: functions and abbreviations that are filled in first.
        notes: remarks that the derivation carries on.
        point: values that are filled in, if any.
        convention: what a set of several subgradients is replaced by, if anything.
        assumptions: relations that side conditions may rely on: a > 0.

    >>> from derivex.expression import Apply, ZERO, function_name, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x = symbol("x")
    >>> norm = Apply(function_name("abs"), x)
    >>> subgradients(norm, x, shipped_book(), point={x: ZERO}).verdict
    '0 lies in [−1, 1] and the function is convex, so x = 0 minimises it'
    """
    found = subdifferential(expression, by, book, definitions, notes, assumptions)
    verdict = ""
    if found.status is Status.FINISHED:
        if point:
            found = _at(found, point)
            verdict = optimality(found.result, by, point)
        if convention is not None:
            found = choose_by_convention(found, convention)
    return SubgradientDerivation(found, verdict)


_RULES = ("smooth-subdifferentials", "subdifferentials", "chained-subdifferentials", "sets")
_FINISHING = ("sets", "case-by-case")


def subdifferential(
    expression: Basic,
    by: Basic,
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
    notes: tuple[str, ...] = (),
    assumptions: tuple[Basic, ...] = (),
) -> Derivation:
    """The derivation of a subdifferential as a set, or as a case distinction of sets.

    Where no rule applies (the rules ask for convexity, and go by what they can show) the
    status says so, and ``stuck`` has what is left.

    Args:
        expression: a function of the variable.
        by: the variable.
        book: the rules.
        definitions: functions and abbreviations that are filled in first.
        notes: remarks that the derivation carries on.
        assumptions: relations that side conditions may rely on: a > 0.

    Raises:
        ProblemError: the variable is no variable, or an index.

    >>> from derivex.expression import Apply, function_name, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x = symbol("x")
    >>> found = subdifferential(Apply(function_name("abs"), x), x, shipped_book())
    >>> print(list(found.lines())[-1].text)
    if x < 0 then {−1} else if x = 0 then [−1, 1] else if x > 0 then {1}
    """
    check_variable(by)
    refuse_index(by, expression)
    start: Basic = Subdifferential(expression, by)
    phases = fill_in_definitions(start, definitions)
    start = phases[-1].start if phases else start
    if has_arrays(start):
        written = by_components(start, book)
        phases = followed_by(phases, written)
        start = written.result
    first = SetNormaliser(book, _RULES, facts=Facts(assumptions)).run(start)
    phases = followed_by(phases, first)
    stuck = tuple(node for node in postorder(first.result) if type(node) in (Subdifferential, D))
    if not stuck:
        phases += _finished(first.result, by, book)
    status = Status.STUCK if stuck else Status.FINISHED
    return Derivation(tuple(phases), book, (by,), status, stuck, notes, assumptions)


def _finished(start: Basic, by: Basic, book: RuleBook) -> list[Phase]:
    """The conditions solved for the variable, one case distinction, its cases in order."""
    phases: list[Phase] = []

    def go_on(step: Callable[[Basic], Phase]) -> None:
        phase = step(phases[-1].result if phases else start)
        if phase.steps:
            phases.append(phase)

    def tidied(latest: Basic) -> Phase:
        return set_phase(latest, book, "sets")

    go_on(tidied)
    go_on(lambda latest: _on_cases(latest, "solve-conditions", (by,), book))
    go_on(tidied)
    go_on(lambda latest: set_phase(latest, book, *_FINISHING))
    go_on(lambda latest: _on_cases(latest, "order-cases", (), book))
    go_on(tidied)
    return phases


def _on_cases(start: Basic, name: str, parameters: tuple[Basic, ...], book: RuleBook) -> Phase:
    """A procedure applied to every case distinction, those inside of others first."""
    procedure = book.rules[name].procedure
    assert procedure is not None
    if parameters:
        procedure = procedure.with_parameters(parameters)
    steps: dict[Basic, Step] = {}

    def apply(node: Basic) -> Basic | None:
        changed = procedure.apply(node) if type(node) is Cases else None
        if changed is not None:
            steps[node] = Step(procedure, node, changed)
        return changed

    result = rewrite(start, apply, apply, set())
    return Phase(start, steps, result)


def _at(derivation: Derivation, point: Mapping[Basic, Basic]) -> Derivation:
    """The derivation continued by the subdifferential at a point."""
    before = derivation.result
    after = substitute(before, point)
    if after is before:
        return derivation
    entry = Entry("filling in the values", point)
    tidied = set_phase(after, derivation.book, *_FINISHING)
    return derivation.then(replace(tidied, entry=entry))
