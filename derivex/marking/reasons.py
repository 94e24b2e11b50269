"""Judging the answer to “by which rule?”."""

from __future__ import annotations

from derivex.derivation.lines import ROUTINE
from derivex.diagnosis import ALGEBRA, understood
from derivex.expression.array_nodes import DERIVATIVES
from derivex.rulebook import Rule, RuleBook
from derivex.sheets import Blank

__all__ = ["is_algebra", "judged_reason"]

_NO_WORDS = frozenset(("using", "by", "with", "the", "a", "an", "rule", "rules"))


def judged_reason(blank: Blank, words: str, book: RuleBook) -> tuple[str, str]:
    """The verdict on the words for a rule, and a note.

    Any of the rules that were used in the line is right, and so are several of them; a rule
    that was not used makes the answer wrong, so that naming all of them is no way out.

    Args:
        blank: a blank for a rule.
        words: what was answered, as people say it: "product rule".
        book: the rules, which know what they are called.
    """
    if _said(words) == _said(blank.says):
        return "right", ""
    claim = understood(words, book)
    if claim is None:
        return "unreadable", "these words name no rule that is known"
    used = frozenset(blank.rules)
    algebra = bool(used) and all(is_algebra(book.rules.get(name)) for name in used)
    unused = [
        part
        for part in claim.parts
        if part.isdisjoint(used) and not (algebra and part == {ALGEBRA})
    ]
    if not unused:
        return "right", ""
    if len(claim.parts) == 1:
        return "wrong", "that is not the rule that leads to this line"
    if len(unused) < len(claim.parts):
        return "wrong", "not all of these rules lead to this line"
    return "wrong", "these are not the rules that lead to this line"


def _said(words: str) -> list[str]:
    kept = [word.strip(".,;:!") for word in words.casefold().split()]
    return [word for word in kept if word and word not in _NO_WORDS]


def is_algebra(rule: Rule | None) -> bool:
    """Whether a rule changes no derivative: arithmetic, multiplying out, moves of equations."""
    if rule is None or rule.table == ROUTINE:
        return False
    heads: list[type] = [type(form.before) for form in rule.forms]
    if rule.procedure is not None:
        heads += rule.procedure.heads
    return DERIVATIVES.isdisjoint(heads)
