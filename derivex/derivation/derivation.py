"""A derivation: the record that everything else stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from sympy.core.basic import Basic

from derivex.derivation.lines import Detail, Line, lines_of
from derivex.derivation.long_lines import without_long_runs
from derivex.derivation.phase import Phase
from derivex.derivation.step import Step
from derivex.errors import RecordError
from derivex.expression import substitute
from derivex.matching import Facts
from derivex.rulebook import RuleBook

__all__ = ["Derivation", "Status"]


class Status(Enum):
    """How a derivation ended."""

    FINISHED = "finished"
    STUCK = "stuck"
    """A derivative is left that no rule covers."""
    LIMIT = "limit reached"
    """The limit on steps was reached first."""


@dataclass(frozen=True, eq=False)
class Derivation:
    """An immutable record of a derivation; its result is what its steps produce.

    Args:
        phases: differentiation with its tidying, then any other forms asked for.
        book: the rules used.
        by: the variables differentiated by, in order.
        status: how it ended.
        stuck: the derivatives that no rule covers.
        notes: remarks for the reader, such as how an ambiguous input was read.
        assumptions: what side conditions could rely on, such as x > 0.
    """

    phases: tuple[Phase, ...]
    book: RuleBook
    by: tuple[Basic, ...] = ()
    status: Status = Status.FINISHED
    stuck: tuple[Basic, ...] = ()
    notes: tuple[str, ...] = ()
    assumptions: tuple[Basic, ...] = ()

    def __init__(
        self,
        phases: tuple[Phase, ...],
        book: RuleBook,
        by: tuple[Basic, ...] = (),
        status: Status = Status.FINISHED,
        stuck: tuple[Basic, ...] = (),
        notes: tuple[str, ...] = (),
        assumptions: tuple[Basic, ...] = (),
    ):
        # What keeps the fields from being changed makes writing each of them dear.
        fields = self.__dict__
        fields["phases"] = phases
        fields["book"] = book
        fields["by"] = by
        fields["status"] = status
        if stuck or notes or assumptions:  # else they are those of the class
            fields["stuck"] = stuck
            fields["notes"] = notes
            fields["assumptions"] = assumptions

    @property
    def start(self) -> Basic:
        """The expression at the beginning."""
        return self.phases[0].start

    @property
    def result(self) -> Basic:
        """The expression at the end."""
        return self.phases[-1].result

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, in the order in which they were made."""
        return tuple(step for phase in self.phases for step in phase.steps.values())

    @property
    def facts(self) -> Facts:
        """What follows from the assumptions."""
        return Facts(self.assumptions)

    @property
    def conditions(self) -> tuple[Basic, ...]:
        """The relations under which the derivation holds, each once: 1 ≤ k, k ≤ n, u ≠ 0."""
        said = dict.fromkeys(each for step in self.steps for each in step.conditions)
        return self.facts.beyond(said)

    def lines(self, detail: Detail = Detail.TEXTBOOK) -> Iterator[Line]:
        """Whole expressions from the start to the result, made while they are read.

        Unless the detail is full, of many long lines the first and the last are there.
        """
        lines = lines_of(self.phases, detail, self.assumptions)
        return lines if detail is Detail.FULL else without_long_runs(lines)

    def replay(self) -> None:
        """Redo every step from the rules.

        Raises:
            RecordError: naming the first mismatch.
        """
        facts = self.facts
        for number, phase in enumerate(self.phases):
            if number:
                before = self.phases[number - 1].result
                if phase.entry is not None:
                    before = substitute(before, phase.entry.replacements)
                if before is not phase.start:
                    raise RecordError(f"a phase begins with {phase.start}, not with {before}")
            phase.replay(facts, self.book.functions)

    def then(self, *phases: Phase) -> Derivation:
        """The derivation continued by more phases."""
        return replace(self, phases=self.phases + phases)

    def _content(self) -> tuple[object, ...]:
        steps = tuple((step.rule.name, step.redex, step.replacement) for step in self.steps)
        return (
            self.start,
            self.result,
            steps,
            self.by,
            self.status,
            self.stuck,
            self.assumptions,
            self.book.fingerprint,
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Derivation):
            return NotImplemented
        return self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())
