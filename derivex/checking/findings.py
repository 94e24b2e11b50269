"""What is said of a hand derivation: verdicts for lines, derivations and whole documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sympy.core.basic import Basic

from derivex.equality import Counterexample
from derivex.errors import Place

__all__ = [
    "VERDICTS",
    "CheckedDerivation",
    "CheckedDocument",
    "CheckedLine",
    "ClaimKind",
    "LineVerdict",
    "overall",
]

LineVerdict = Literal[
    "proven", "tested", "wrong", "undecided", "unreadable", "outside the domain", "definition"
]

VERDICTS: tuple[LineVerdict, ...] = (
    "wrong",
    "unreadable",
    "undecided",
    "outside the domain",
    "tested",
    "proven",
    "definition",
)
"""From the gravest to the lightest: the verdict of several lines is the first that occurs."""

ClaimKind = Literal["expected", "another rule", "several rules", "a detour", "only rearranged"]


@dataclass(frozen=True)
class CheckedLine:
    """One line: what was written, how it was read, and what is found about it.

    Args:
        place: where what is judged stands.
        text: as it is written.
        read: the written trees that it was read as, with the signs before them.
        verdict: whether it holds.  ``"definition"`` is said of all that is taken as given: the
            start, a definition, an equation to be solved, an update, an inequality.
        note: what the verdict rests on, in a sentence; empty if it needs none.
        claimed: the justification that is written there; None if there is none.
        claim: whether the claimed justification is the one that leads here; None where nothing
            is claimed or nothing is known.
        found: the names of the rules that lead here.
        counterexample: values at which the two sides differ, for a wrong line.
        diagnosis: the likely mistakes, each a sentence.
        expected: the line as it should read; None if it is right or nothing better is known.
        row: the number of the row in its derivation, from 0.
        cell: the cell of a notebook, from 1; None elsewhere.
    """

    place: Place
    text: str
    read: tuple[tuple[str, Basic], ...]
    verdict: LineVerdict
    note: str = ""
    claimed: str | None = None
    claim: ClaimKind | None = None
    found: tuple[str, ...] = ()
    counterexample: Counterexample | None = None
    diagnosis: tuple[str, ...] = ()
    expected: Basic | None = None
    row: int = 0
    cell: int | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing is said against the line."""
        return self.verdict in ("proven", "tested", "definition")


@dataclass(frozen=True)
class CheckedDerivation:
    """The lines of one derivation, in order."""

    lines: tuple[CheckedLine, ...]

    @property
    def verdict(self) -> LineVerdict:
        """The gravest verdict of its lines."""
        return overall(line.verdict for line in self.lines)


@dataclass(frozen=True)
class CheckedDocument:
    """A document with what is found about its derivations.

    Args:
        name: what the file is called; None if it has no name.
        source: its text.
        derivations: in order.
    """

    name: str | None
    source: str
    derivations: tuple[CheckedDerivation, ...]

    @property
    def verdict(self) -> LineVerdict:
        """The gravest verdict of its derivations."""
        return overall(derivation.verdict for derivation in self.derivations)

    @property
    def lines(self) -> tuple[CheckedLine, ...]:
        """All lines, in order."""
        return tuple(line for derivation in self.derivations for line in derivation.lines)

    @property
    def counts(self) -> dict[str, int]:
        """How many lines have each verdict."""
        return dict(Counter(line.verdict for line in self.lines))


def overall(verdicts: Iterable[LineVerdict]) -> LineVerdict:
    """The gravest of some verdicts; of none, that nothing was claimed.

    >>> overall(["proven", "definition", "tested"])
    'tested'
    """
    found = set(verdicts)
    return next((each for each in VERDICTS if each in found), "definition")
