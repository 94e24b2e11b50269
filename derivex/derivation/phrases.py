"""Saying which rules were used: "using the constant and exponent rules"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derivex.derivation.step import Step
from derivex.rulebook import Rule

__all__ = ["names_of", "say"]

_RULE = re.compile(r"the (.+) rule")


def names_of(steps: Iterable[Step]) -> tuple[str, ...]:
    """The names of the rules used, each once, in order of first use."""
    return tuple(dict.fromkeys(step.rule.name for step in steps))


def say(rules: Iterable[Rule]) -> str:
    """The justification of a line.

    >>> from derivex.rulebook import Judgement, Rule
    >>> from derivex.errors import Place
    >>> def rule(phrase):
    ...     return Rule(phrase, phrase, "", Judgement.EQUALITY, Place("", 0, 0))
    >>> say([rule("the constant rule"), rule("the exponent rule"), rule("the constant rule")])
    'using the constant and exponent rules'
    >>> say([rule("arithmetic")])
    'arithmetic'
    >>> say([rule("the chain rule"), rule("the derivative of sin")])
    'using the chain rule and the derivative of sin'
    """
    phrases = list(dict.fromkeys(rule.phrase for rule in rules))
    rules_named = [found.group(1) for phrase in phrases if (found := _RULE.fullmatch(phrase))]
    others = [phrase for phrase in phrases if not _RULE.fullmatch(phrase)]
    nouns = [phrase for phrase in others if phrase.startswith(("the ", "d/d"))]
    doing = [phrase for phrase in others if phrase not in nouns]
    used: list[str] = []
    if len(rules_named) == 1:
        used.append(f"the {rules_named[0]} rule")
    elif rules_named:
        used.append(f"the {_enumerate(rules_named)} rules")
    used += nouns
    parts = ([f"using {_enumerate(used)}"] if used else []) + doing
    return ", ".join(parts)


def _enumerate(words: list[str]) -> str:
    if len(words) < 3:
        return " and ".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
