"""Other forms of a result, on request: expanded, factored, collected, with means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from sympy.core.basic import Basic

from derivex.derivation import Derivation, Phase, Step
from derivex.engine.normalise import normal_phase
from derivex.engine.one_fraction import shorter_form, size_of
from derivex.errors import ProblemError
from derivex.rulebook import RuleBook

__all__ = ["Form", "FormKind", "bring_into_form", "normal_phase"]


class FormKind(Enum):
    """The forms that a result can be asked for in; tidied is the default."""

    EXPANDED = "expanded"
    FACTORED = "factored"
    COLLECTED = "collected"
    SIMPLIFIED = "simplified"


_TABLES = {
    FormKind.EXPANDED: ("arithmetic", "expanding", "tidying"),
    FormKind.FACTORED: ("arithmetic", "tidying", "shortening", "factoring"),
    FormKind.COLLECTED: ("arithmetic", "expanding", "tidying"),
}


@dataclass(frozen=True)
class Form:
    """A form, and the symbols to collect by where it is ``COLLECTED``."""

    kind: FormKind
    symbols: tuple[Basic, ...] = ()


def bring_into_form(derivation: Derivation, form: Form) -> Derivation:
    """The derivation continued until its result has the form.

    Raises:
        ProblemError: multiplying out would make too many terms, or nothing to collect by.
    """
    if form.kind is FormKind.SIMPLIFIED:
        return derivation.then(*_shortest(derivation.result, derivation.book))
    phase = normal_phase(derivation.result, derivation.book, *_TABLES[form.kind])
    continued = derivation.then(phase) if phase.steps else derivation
    if form.kind is not FormKind.COLLECTED:
        return continued
    if not form.symbols:
        raise ProblemError("it is not said by what to collect", hint="write: collected by x")
    collected = collect_phase(continued.result, form.symbols, derivation.book)
    return continued.then(collected) if collected is not None else continued


def _shortest(start: Basic, book: RuleBook) -> list[Phase]:
    """The phases to the shortest of some forms: as it is, factored, over one denominator."""
    found: list[list[Phase]] = [[]]
    for phases in ([], shorter_form(start, book)):
        found.append(phases)
        before = phases[-1].result if phases else start
        factored = normal_phase(before, book, *_TABLES[FormKind.FACTORED])
        if factored.result is not before:
            found.append([*phases, factored])
    return min(found, key=lambda phases: size_of(phases[-1].result if phases else start))


def collect_phase(start: Basic, symbols: Sequence[Basic], book: RuleBook) -> Phase | None:
    """Collect the terms of a sum by powers of some symbols; None where that changes nothing."""
    procedure = book.rules["collect"].procedure
    assert procedure is not None
    collecting = procedure.with_parameters(tuple(symbols))
    collected = collecting.apply(start)
    if collected is None:
        return None
    step = Step(collecting, start, collected)
    tidied = normal_phase(collected, book, "arithmetic", "tidying")
    return Phase(start, {start: step, **tidied.steps}, tidied.result)
