"""Which rules lead from one line to the next, and whether they are those that are claimed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from sympy.core.basic import Basic

from derivex.derivation import say
from derivex.derivation.lines import ROUTINE
from derivex.diagnosis.claims import ALGEBRA, Claim, understood
from derivex.diagnosis.transition import transition
from derivex.diagnosis.ways import Way
from derivex.expression.array_nodes import DERIVATIVES
from derivex.rulebook import Rule, RuleBook

__all__ = ["Justification", "JustificationKind", "justify"]

JustificationKind = Literal["expected", "other", "several", "detour", "rearranged"]


@dataclass(frozen=True)
class Justification:
    """How a line follows from the one before.

    Args:
        kind: ``expected``: by the rules that are claimed, or, where nothing is claimed, by those
            that the engine uses there; ``other``: it is right, but not by what is claimed;
            ``several``: by what is claimed and other rules besides, all at once; ``detour``: it
            has the same value, but no path of rules was found; ``rearranged``: no derivative is
            worked out, and only order, signs, coefficients and the form of fractions differ, or
            an identity leads there that no single rule is.
        rules: the names of the rules that lead there.
        phrases: the same as readers see them.
        claim: how the claim was understood, None if there is none that was.
        beyond: the phrases of those rules that go beyond the claim.
    """

    kind: JustificationKind
    rules: tuple[str, ...]
    phrases: tuple[str, ...]
    claim: Claim | None = None
    beyond: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether the claim, if there is one, is not contradicted."""
        return self.kind != "other"

    @property
    def says(self) -> str:
        """The rules that lead there, as a derivation says them: "using the chain rule"."""
        if self.phrases:
            return say(self.phrases)
        return "rearranging" if self.kind == "rearranged" else ""


def justify(
    before: Basic,
    after: Basic,
    book: RuleBook,
    *,
    claimed: str = "",
    assumptions: tuple[Basic, ...] = (),
    seconds: float = 2.0,
) -> Justification | None:
    """Which rules lead from one line to the next.

    Args:
        before: the first line; definitions are filled in.
        after: the second line.
        book: the rules.
        claimed: what is said to justify it: "chain rule".
        assumptions: relations that may be relied on.
        seconds: how long to look.

    Returns:
        None where the two lines are not known to be equal.

    Method: of the derivatives that the engine meets on its way from the first line, those are
    worked out that the second does not have any more.  If that is the second line but for its
    order, these are the rules; else it is tidied, and multiplied out on both sides.

    >>> from derivex.notation import Scope, read_text
    >>> from derivex.rulebook import shipped_book
    >>> scope = Scope(functions=shipped_book().functions)
    >>> line = lambda text: read_text(text, scope).expression
    >>> found = justify(line("d/dx sin(x^2)"), line("cos(x^2) 2x"), shipped_book())
    >>> found.kind, found.says
    ('expected', 'using the chain and exponent rules and the derivative of sin')
    >>> found = justify(line("d/dx (x + 1)"), line("d/dx x + d/dx 1"), shipped_book(),
    ...                 claimed="product rule")
    >>> found.kind, found.says
    ('other', 'using the sum rule')
    """
    claim = understood(claimed, book) if claimed else None
    way = Way(transition(before, after, book, assumptions, seconds))
    found = way.find()
    if found is None:
        return None
    made = _compared(*found, claim, book)
    if made.kind == "other" and claim is not None and found[0]:
        another = way.by_claimed(claim)
        if another is not None:
            made = _compared(another, [], "rules", claim, book)
    told = {rule.phrase: phrase for rule, phrase in way.phrases.items()}
    phrases = [told.get(phrase, phrase) for phrase in made.phrases]
    if made.kind == "expected" and _with_another_number(claimed, phrases):
        made = replace(made, kind="other")
    return replace(made, phrases=tuple(dict.fromkeys((*phrases, *way.moves))))


_WITH = (
    r"(?:add|subtract|(?:divide|multiply)(?: both sides)? by)\s+[-−]?(\d+(?:[./]\d+)?)(?![\w./])"
)
_MOVED = re.compile(_WITH, re.IGNORECASE)


def _with_another_number(claimed: str, phrases: Iterable[str]) -> bool:
    """Whether 2 is said to be subtracted where 6 was."""
    said, made = (_MOVED.findall(text) for text in (claimed, "; ".join(phrases)))
    if len(said) != 1 or len(made) != 1:
        return False
    first, second = Fraction(said[0]), Fraction(made[0])
    return first != second and first * second != 1


def _compared(
    rules: list[Rule], algebra: list[Rule], how: str, claim: Claim | None, book: RuleBook
) -> Justification:
    """The justification, given what is claimed."""
    told = rules or algebra
    names = tuple(rule.name for rule in told)
    phrases = tuple(dict.fromkeys(rule.phrase for rule in told))
    kind: JustificationKind
    if not rules:
        kind = _ALGEBRA[how]
        if claim is not None and not _fits_algebra(claim, algebra, book):
            kind = "other" if how not in ("value", "identity") else "detour"
        elif claim is not None and how == "identity":
            kind = "expected"
        return Justification(kind, names, phrases, claim)
    main = [rule for rule in rules if rule.table != ROUTINE]
    if claim is None:
        kind = "several" if len(main) > 1 else "expected"
        return Justification(kind, names, phrases, claim)
    meant = claim.rules
    if meant.isdisjoint(names):
        return Justification("other", names, phrases, claim)
    beyond = tuple(dict.fromkeys(rule.phrase for rule in main if rule.name not in meant))
    return Justification("several" if beyond else "expected", names, phrases, claim, beyond)


_ALGEBRA: Mapping[str, JustificationKind] = {
    "order": "rearranged",
    "rules": "rearranged",
    "algebra": "expected",
    "identity": "rearranged",
    "value": "detour",
}
"""What a line is in which no derivative was worked out, by how it is known to be equal."""


def _fits_algebra(claim: Claim, algebra: Iterable[Rule], book: RuleBook) -> bool:
    """Whether a claim may stand for a line in which no derivative was worked out."""
    moves = {rule.name for rule in algebra if rule.is_move}
    if moves and all(name in book.rules and book.rules[name].is_move for name in claim.rules):
        return not claim.rules.isdisjoint(moves)
    if ALGEBRA in claim.rules or not claim.rules.isdisjoint(rule.name for rule in algebra):
        return True
    return not all(
        _is_about_derivatives(book.rules[name]) for name in claim.rules if name in book.rules
    )


def _is_about_derivatives(rule: Rule) -> bool:
    heads: list[type] = [type(form.before) for form in rule.forms]
    if rule.procedure is not None:
        heads += rule.procedure.heads
    return not DERIVATIVES.isdisjoint(heads)
