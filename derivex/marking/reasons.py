"""Judging the answer to “by which rule?”."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from derivex.derivation.lines import ROUTINE
from derivex.diagnosis import ALGEBRA, understood
from derivex.expression.array_nodes import DERIVATIVES
from derivex.rulebook import Rule, RuleBook, shipped_words
from derivex.rulebook.rule import PUTTING_IN
from derivex.sheets import Blank

__all__ = ["is_algebra", "judged_reason"]

_WORD = re.compile(r"[^\W\d_]{4,}")
_RUN_TOGETHER = re.compile(r"\b([^\W\d_]{3,})(rules?|laws?)\b", re.IGNORECASE)
_MOST_WORDS = 12
_NEAR = 0.8  # of the letters are the same
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
    spelled, slips = _spelled(words, book)
    note = "; ".join(f"“{slip}” is read as “{meant}”" for slip, meant in slips.items())
    claim = understood(spelled, book)
    if claim is None:
        return "unreadable", "these words name no rule that is known"
    used = frozenset(blank.rules)
    algebra = bool(used) and all(is_algebra(book.rules.get(name)) for name in used)
    unused = [
        part
        for part in claim.parts
        if part.isdisjoint(used) and not (algebra and part <= {ALGEBRA, PUTTING_IN})
    ]
    if not unused:
        return "right", note
    if len(claim.parts) == 1:
        return "wrong", "that is not the rule that leads to this line"
    if len(unused) < len(claim.parts):
        return "wrong", "not all of these rules lead to this line"
    return "wrong", "these are not the rules that lead to this line"


def _spelled(words: str, book: RuleBook) -> tuple[str, dict[str, str]]:
    """Words without slips of the pen, and what was changed."""
    words = _RUN_TOGETHER.sub(r"\1 \2", words)
    known = _words_of_rules(book)
    slips: dict[str, str] = {}
    for word in dict.fromkeys(_WORD.findall(words.casefold())[:_MOST_WORDS]):
        if word not in known and (near := get_close_matches(word, known, 1, _NEAR)):
            slips[word] = near[0]
    return _WORD.sub(lambda found: slips.get(found[0].casefold(), found[0]), words), slips


@lru_cache(maxsize=8)
def _words_of_rules(book: RuleBook) -> tuple[str, ...]:
    """The longer words in what rules are called."""
    phrases = [rule.phrase for rule in book.rules.values()]
    phrases += [each for words in (*shipped_words(), *book.words) for each in words.phrases]
    return tuple(dict.fromkeys(_WORD.findall(" ".join(phrases).casefold())))


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
