"""A link that is no identity, for which an excuse is looked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sympy.core.basic import Basic

from derivex.checking.concluded import concluded
from derivex.checking.knowledge import Knowledge
from derivex.checking.links import Finding
from derivex.checking.premises import definition_in
from derivex.checking.progress import Progress, Spot
from derivex.expression import Equation, free_symbols
from derivex.notation import Definition

__all__ = ["Case", "as_given"]


@dataclass(frozen=True)
class Case:
    """A link that is no identity.

    Args:
        before: what stands before the sign.
        after: what stands after it.
        spot: where that is.
        system: the equations of this row, to which it may be added.
        finding: what was found by comparing.
        progress: what is known; definitions and premises are added to it.
    """

    before: Basic
    after: Basic
    spot: Spot
    system: list[Basic]
    finding: Finding
    progress: Progress

    @property
    def equation(self) -> Equation:
        """The link as an equation."""
        return Equation(self.before, self.after)

    @property
    def known(self) -> Knowledge:
        """What is known here."""
        return self.progress.knowledge

    @property
    def definition(self) -> Definition | None:
        """The definition that it may be, that of a function of powers, L(m, s²), included."""
        found = definition_in(self.before, self.after)
        read = self.spot.chain.definition
        if found is None and read is not None and read.definition.parameters:
            return read.definition if read.definition.body is self.after else None
        return found

    @cached_property
    def conclusion(self) -> Finding | None:
        """What is found of it as what follows from equations above or a few words before."""
        return concluded(self.equation, self.spot, self.progress)

    def solved(self, finding: Finding) -> Finding:
        """The finding; from here on the equation is one of those that are being solved.

        What its letters stood for in a question before, which it contradicts, is forgotten.
        """
        self.system.append(self.equation)
        if finding.verdict == "definition" and self.finding.verdict == "wrong":
            stale = self.progress.context.stale - self.progress.defined
            letters = {letter.name for letter in free_symbols(self.equation)} & stale
            self.progress.knowledge = self.known.forgetting(letters, for_good=True)
        if finding.verdict == "wrong":
            self.progress.refuted.add(self.equation)
        return finding


def as_given(note: str) -> Finding:
    """A finding that something is taken as given, and why."""
    return Finding("definition", note)
