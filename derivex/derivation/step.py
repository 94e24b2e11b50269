"""One rewrite: which rule, what it matched, what it put in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

from sympy.core.basic import Basic

from derivex.derivation.rewriting import steps_of
from derivex.matching import NO_FACTS, Context, Direct, Found
from derivex.notation import TextWriter
from derivex.rulebook import Form, Procedure, Rule

__all__ = ["Step", "Steps"]


class Step(NamedTuple):
    """A local rewrite, independent of where the expression stands.

    Args:
        applied: the form of a rule, or the procedure, that was applied.
        redex: the expression that it matched.
        replacement: what it put in its place, new derivatives inside it unevaluated.
        slots: what the letters of the form stand for; empty for a procedure.
    """

    applied: Form | Procedure
    redex: Basic
    replacement: Basic
    slots: tuple[Basic | tuple[Basic, ...] | None, ...] = ()

    @property
    def rule(self) -> Rule:
        """The rule that was applied."""
        return self.applied.rule

    @property
    def bindings(self) -> dict[str, Basic | tuple[Basic, ...]]:
        """What each letter of the rule stands for; empty for a procedure."""
        return self.applied.names(list(self.slots)) if isinstance(self.applied, Form) else {}

    @property
    def conditions(self) -> tuple[Basic, ...]:
        """What the rule takes for granted beyond what can be seen: relations to be said."""
        if isinstance(self.applied, Form) and self.applied.provisions is not None:
            return self.applied.conditions_of(list(self.slots))
        return ()

    @property
    def unevaluated(self) -> Basic:
        """The replacement before arithmetic on the literals of the rule: 2x^(2 − 1) for 2x."""
        if isinstance(self.applied, Form):
            return self.applied.build_raw(list(self.slots), Context())
        return self.replacement

    def __str__(self) -> str:
        writer = TextWriter()
        return f"{self.rule.name}: {writer.write(self.redex)} → {writer.write(self.replacement)}"

    def redo(self, context: Context | None = None) -> Basic | None:
        """Apply the rule to the redex again; None if it does not match.

        Args:
            context: what was found out about dependence while other steps were redone.
        """
        if isinstance(self.applied, Procedure):
            return self.applied.apply(self.redex, context.facts if context else NO_FACTS)
        context = context or Context()
        unknown = self.applied.letters.unknown
        chosen = None if unknown is None else self.slots[self.applied.letters.slot(unknown)]
        slots = self.applied.match(self.redex, context, cast("Basic | None", chosen))
        return None if slots is None else self.applied.build(slots, context)


class Steps(Mapping[Basic, Step]):
    """The steps of a run by what they rewrite, in the order in which they were made.

    A run notes what it applied, what that gave and what the letters of the rule stand for; the
    steps themselves are made when they are looked at first.

    Args:
        start: what a run began with that worked derivatives out in one go.
        run: that run, which says what was applied.
    """

    __slots__ = ("_made", "_noted", "_run", "_start")

    def __init__(self, start: Basic | None = None, run: Direct | None = None) -> None:
        self._start = start
        self._run = run
        self._noted: dict[Basic, Found] | None = None if run is not None else {}
        self._made: dict[Basic, Step] | None = None

    @property
    def noted(self) -> dict[Basic, Found]:
        """What was applied to each expression, what that gave, and what the letters stand for."""
        if self._noted is None:
            assert self._start is not None and self._run is not None
            self._noted = steps_of(self._start, self._run)
            self._start = self._run = None
        return self._noted

    def made(self) -> dict[Basic, Step]:
        """The steps as a dictionary."""
        if self._made is None or len(self._made) < len(self.noted):
            self._made = {
                redex: Step(applied, redex, replacement, tuple(slots))
                for redex, (applied, replacement, *slots) in self.noted.items()
            }
        return self._made

    def __getitem__(self, redex: Basic) -> Step:
        return self.made()[redex]

    def __iter__(self) -> Iterator[Basic]:
        return iter(self.noted)

    def __len__(self) -> int:
        return len(self.noted)
