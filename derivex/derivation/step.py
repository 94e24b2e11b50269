"""One rewrite: which rule, what it matched, what it put in its place."""

from __future__ import annotations

from typing import NamedTuple

from sympy.core.basic import Basic

from derivex.matching import Context
from derivex.notation import TextWriter
from derivex.rulebook import Form, Procedure, Rule

__all__ = ["Step"]


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
            return self.applied.apply(self.redex)
        context = context or Context()
        slots = self.applied.match(self.redex, context)
        return None if slots is None else self.applied.build(slots, context)
