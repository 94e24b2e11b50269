"""Saying which rules were used: "using the constant and exponent rules"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sympy.core.basic import Basic

from derivex.derivation.step import Step
from derivex.expression import Named
from derivex.notation import TextWriter
from derivex.rulebook import Form, Rule

__all__ = ["listed", "names_of", "phrase_of", "say"]

_RULE = re.compile(r"the (.+) rule")


def names_of(steps: Iterable[Step]) -> tuple[str, ...]:
    """The names of the rules used, each once, in order of first use."""
    return tuple(dict.fromkeys(step.rule.name for step in steps))


_LETTER = re.compile(r"\{(\w)\}")


def phrase_of(step: Step) -> str:
    """What a reader sees of the rule of a step, with the names that it speaks of.

    The phrase of a rule may hold letters of the rule in braces: δ picks out {i} = {k}.  That of
    a procedure may hold ``{names}`` and ``{definitions}``: those of the named quantities that it
    was set to work by.
    """
    phrase = step.rule.phrase
    if "{" not in phrase:
        return phrase
    write = TextWriter().write
    if isinstance(step.applied, Form):
        bindings = step.bindings

        def formula(found: re.Match[str]) -> str:
            part = bindings[found.group(1)]
            return write(part) if isinstance(part, Basic) else ", ".join(map(write, part))

        return _LETTER.sub(formula, phrase)
    named = [each for each in step.applied.parameters if type(each) is Named]
    definitions = [f"{write(each)} = {write(each._args[1])}" for each in named]
    return phrase.replace("{names}", listed([write(each) for each in named])).replace(
        "{definitions}", ", ".join(definitions)
    )


def say(rules: Iterable[Rule | str]) -> str:
    """The justification of a line.

    Args:
        rules: the rules, or their phrases.

    >>> say(["the constant rule", "the exponent rule", "the constant rule"])
    'using the constant and exponent rules'
    >>> say(["arithmetic"])
    'arithmetic'
    >>> say(["the chain rule", "the derivative of sin"])
    'using the chain rule and the derivative of sin'
    """
    used: list[str] = []  # nouns: "the derivative of sin"; rules are told together
    named: list[str] = []
    doing: list[str] = []  # "arithmetic", "multiplying out"
    at = 0
    for phrase in dict.fromkeys(each if isinstance(each, str) else each.phrase for each in rules):
        if found := _RULE.fullmatch(phrase):
            if not named:
                at = len(used)
            named.append(found.group(1))
        elif phrase.startswith("the "):
            used.append(phrase)
        else:
            doing.append(phrase)
    if named:
        used.insert(at, f"the {listed(named)} rule{'s' if len(named) > 1 else ''}")
    return ", ".join([*([f"using {listed(used)}"] if used else []), *doing])


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence.

    >>> listed(["s"]), listed(["a", "b", "c"])
    ('s', 'a, b and c')
    """
    if len(words) < 3:
        return " and ".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
