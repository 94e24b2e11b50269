"""What testing a rule finds: a verdict, and the errors that a reader of its file is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sympy.core.basic import Basic

from derivex.equality import Counterexample
from derivex.errors import RuleError
from derivex.notation import TextWriter
from derivex.rulebook.rule import Rule

__all__ = ["FEW", "Finding", "Kind", "combined", "shown", "where", "with_minus"]

Kind = Literal["proven", "tested", "undecided", "wrong"]

FEW = 3
"""Fewer usable instances than this say too little."""


@dataclass(frozen=True)
class Finding:
    """What testing a rule, or one form of it, found.

    Args:
        rule: the rule.
        kind: ``proven`` for all that its letters may stand for, ``tested`` at instances,
            ``undecided`` where none could be used, or ``wrong``.
        instances: how many instances were compared.
        errors: why it is refused, each with its place.
        warnings: what else is to be said.
        shows: in the place of a verdict, what a misconception does at its point.
    """

    rule: Rule
    kind: Kind
    instances: int = 0
    errors: tuple[RuleError, ...] = ()
    warnings: tuple[str, ...] = ()
    shows: str = ""

    @property
    def text(self) -> str:
        """The verdict in words.

        >>> from derivex.rulebook import shipped_book
        >>> print(Finding(shipped_book().rules["chain"], "tested", 20).text)
        tested: 20 instances agree
        """
        if self.kind == "wrong":
            return "wrong"
        if self.shows:
            return self.shows
        if self.kind == "proven":
            return "proven"
        if self.kind == "undecided":
            return "undecided: nothing could be compared"
        agree = "1 instance agrees" if self.instances == 1 else f"{self.instances} instances agree"
        return f"tested: {agree}"


def combined(rule: Rule, findings: Iterable[Finding]) -> Finding:
    """One finding about a rule out of those about its parts: the worst counts."""
    order: tuple[Kind, ...] = ("proven", "tested", "undecided", "wrong")
    parts = list(findings)
    return Finding(
        rule,
        max((part.kind for part in parts), key=order.index, default="undecided"),
        sum(part.instances for part in parts),
        tuple(error for part in parts for error in part.errors),
        tuple(dict.fromkeys(warning for part in parts for warning in part.warnings)),
        next((part.shows for part in parts if part.shows), ""),
    )


def shown(node: Basic) -> str:
    """An expression in a message."""
    return TextWriter().write(node)


def with_minus(text: str) -> str:
    """A number as formulas write it."""
    return text.replace("-", "−")


def where(witness: Counterexample) -> str:
    """The point of a counterexample: ``at x = 2, a = −1`` followed by a space, or nothing."""
    point = ", ".join(f"{name} = {with_minus(value)}" for name, value in witness.point)
    return f"at {point} " if point else ""
