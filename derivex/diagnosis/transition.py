"""Two lines, one after the other, about which something is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from sympy.core.basic import Basic

from derivex.equality.clock import worked
from derivex.matching import NO_FACTS, Facts
from derivex.rulebook import RuleBook

__all__ = ["Transition", "transition"]


@dataclass(frozen=True)
class Transition:
    """The step from one line to the next.

    Args:
        before: the first line; definitions are filled in.
        after: the second line.
        book: the rules.
        assumptions: relations that may be relied on.
        deadline: the moment, by ``equality.clock.worked``, after which nothing is looked for any
            more: work counts, not waiting, so a busy machine finds the same.
    """

    before: Basic
    after: Basic
    book: RuleBook
    assumptions: tuple[Basic, ...]
    deadline: float

    @cached_property
    def facts(self) -> Facts:
        """What the assumptions say."""
        return Facts(self.assumptions) if self.assumptions else NO_FACTS

    def between(self, before: Basic, after: Basic, share: float = 1.0) -> Transition:
        """The step between two other lines, such as the sides of equations.

        Args:
            before: the first of them.
            after: the second.
            share: of the time that is left.
        """
        left = (self.deadline - worked()) * share
        return replace(self, before=before, after=after, deadline=worked() + left)


def transition(
    before: Basic,
    after: Basic,
    book: RuleBook,
    assumptions: tuple[Basic, ...],
    seconds: float,
) -> Transition:
    """A step that is looked into for so many seconds from now."""
    return Transition(before, after, book, assumptions, worked() + seconds)
