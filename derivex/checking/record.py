"""The findings about the lines of a derivation, as they come in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sympy.core.basic import Basic

from derivex.checking.corrections import Accepts, equal_to, following_from
from derivex.checking.findings import CheckedLine
from derivex.checking.knowledge import Knowledge
from derivex.checking.links import Finding
from derivex.checking.progress import Spot
from derivex.documents import Formula
from derivex.expression import And, Equation

__all__ = ["Link", "LineRecord"]


class Link(NamedTuple):
    """What led to a line, what it is, what was known then, and what would have held there."""

    before: Basic
    after: Basic
    knowledge: Knowledge
    accepts: Accepts

    @classmethod
    def between(cls, before: Basic, after: Basic, knowledge: Knowledge) -> Link:
        """A single step, from one formula to another or from equations to what follows."""
        if isinstance(before, (Equation, And)):
            given = before.args if type(before) is And else (before,)
            return cls.following([given], after, knowledge)
        return cls(before, after, knowledge, equal_to(before, knowledge))

    @classmethod
    def following(
        cls,
        given: Sequence[Sequence[Basic]],
        after: Basic,
        knowledge: Knowledge,
        joint: str = "⇒",
    ) -> Link:
        """A step from equations, row by row, of which the last row leads to another one."""
        last = given[-1]
        before = last[0] if len(last) == 1 else And(*last)
        return cls(before, after, knowledge, following_from(given, knowledge, joint))


class LineRecord:
    """Lines with their verdicts, and for each what led to it; None where that is nothing."""

    def __init__(self) -> None:
        self.lines: list[CheckedLine] = []
        self.links: list[Link | None] = []

    def unreadable(self, spot: Spot) -> None:
        """A formula that cannot be read."""
        formula, error = spot.formula, spot.formula.error
        place = error.place if error is not None and error.place is not None else formula.place
        note = error.message if error is not None else "it cannot be read"
        if error is not None and error.hint:
            note = f"{note}; {error.hint}"
        text = _written(formula, spot.sign)
        line = CheckedLine(place, text, (), "unreadable", note, row=spot.number, cell=spot.row.cell)
        self.lines.append(line)
        self.links.append(None)

    def add(
        self, spot: Spot, finding: Finding, link: Link | None = None, *, whole: bool = False
    ) -> None:
        """What is found about a formula.

        Args:
            spot: where it stands.
            finding: what is found.
            link: what led to it.
            whole: whether the line begins with the first formula of the chain.
        """
        formula, sign = spot.formula, spot.sign
        itself = formula.operand if formula.expression is None else formula.expression
        read: tuple[tuple[str, Basic], ...] = () if itself is None else ((sign, itself),)
        text, place = _written(formula, sign), formula.place
        first = spot.chain.formulas[0]
        if whole and read and first.expression is not None:
            read = (("", first.expression), *read)
            text, place = f"{first.text.strip()} {text}", first.place
        claim = spot.row.claim
        self.lines.append(
            CheckedLine(
                place,
                text,
                read,
                finding.verdict,
                finding.note,
                claim.text if claim is not None else None,
                counterexample=finding.counterexample,
                row=spot.number,
                cell=spot.row.cell,
            )
        )
        self.links.append(link)


def _written(formula: Formula, sign: str) -> str:
    text = formula.text.strip()
    return f"{sign} {text}" if sign else text
