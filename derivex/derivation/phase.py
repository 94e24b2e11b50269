"""A phase: a start, the rewrites that were made, and the result they lead to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sympy.core.basic import Basic

from derivex.derivation.rewriting import rewrite
from derivex.derivation.step import Step
from derivex.errors import RecordError
from derivex.expression.functions import NO_FUNCTIONS, Functions
from derivex.matching import NO_FACTS, Context, Facts
from derivex.notation import TextWriter

__all__ = ["Entry", "Phase", "follow"]


@dataclass(frozen=True, eq=False)
class Entry:
    """How a phase begins where it does not begin with the result of the one before.

    Args:
        says: the justification: "filling in s = 1, b = 0".
        replacements: what was put in the place of what, all at once.
    """

    says: str
    replacements: Mapping[Basic, Basic]


@dataclass(frozen=True, eq=False)
class Phase:
    """A run of rewrites towards one end: no derivative is left, or all is multiplied out.

    Args:
        start: the expression at the beginning.
        steps: the step that rewrites each expression that was rewritten.  Steps form a
            graph: an expression that occurs in many places is rewritten once.
        result: the expression in which nothing is left to rewrite.
        entry: what was filled in at its beginning, if anything.
    """

    start: Basic
    steps: Mapping[Basic, Step]
    result: Basic
    entry: Entry | None = None

    def __init__(
        self,
        start: Basic,
        steps: Mapping[Basic, Step],
        result: Basic,
        entry: Entry | None = None,
    ):
        # What keeps the fields from being changed makes writing each of them dear.
        fields = self.__dict__
        fields["start"] = start
        fields["steps"] = steps
        fields["result"] = result
        if entry is not None:  # else it is that of the class
            fields["entry"] = entry

    def replay(self, facts: Facts = NO_FACTS, functions: Functions = NO_FUNCTIONS) -> None:
        """Redo every step from its rule, and the result from the steps.

        Args:
            facts: what was assumed.
            functions: the known functions, for conditions that ask for their shape.

        Raises:
            RecordError: naming the first step that does not come out as recorded.
        """
        context = Context(self.start, facts, functions)
        for number, step in enumerate(self.steps.values(), 1):
            again = step.redo(context)
            if again is not step.replacement:
                write = TextWriter().write
                outcome = "does not apply" if again is None else f"gives {write(again)}"
                raise RecordError(
                    f"step {number}: {step.rule.name} on {write(step.redex)} {outcome}, "
                    f"not {write(step.replacement)}"
                )
        result = follow(self.start, self.steps)
        if result is not self.result:
            write = TextWriter().write
            raise RecordError(f"the steps lead to {write(result)}, not to {write(self.result)}")


def follow(start: Basic, steps: Mapping[Basic, Step]) -> Basic:
    """Rewrite by the recorded steps until none applies."""

    replacements = {redex: step.replacement for redex, step in steps.items()}
    return rewrite(start, replacements.get, replacements.get, set())
