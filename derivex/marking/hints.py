"""Hints for a blank, in three strengths: which kind of rule, which rule, and the line."""

from __future__ import annotations

from collections.abc import Callable

from sympy.core.basic import Basic

from derivex.marking.reasons import is_algebra
from derivex.rulebook import Judgement, Rule, RuleBook
from derivex.sheets import Blank, BlankKind, SheetRow

__all__ = ["STRENGTHS", "hint"]

STRENGTHS = 3
"""The strengths of hints, from 1."""

_MOST_FORMS = 3


def hint(
    strength: int, blank: Blank, row: SheetRow, book: RuleBook, write: Callable[[Basic], str]
) -> str:
    """A hint as a sentence; it follows from the row in which the blank stands.

    Args:
        strength: 1 for the kind of rule that leads to the row, 2 for the rule, 3 for the line.
            Where the rule itself is asked for, 2 gives its formula and 3 its name.
        blank: what is asked for.
        row: where it stands.
        book: the rules.
        write: writes the formulas.
    """
    rules = [book.rules[name] for name in blank.rules or row.rules if name in book.rules]
    if strength <= 1:
        kinds = list(dict.fromkeys(_kind(rule) for rule in rules))
        if not kinds:
            return "Look at what is different in the lines before and after it."
        return f"What is needed here is {_listed(kinds)}."
    if strength == 2:
        told = [_formula(rule, write) for rule in rules[:_MOST_FORMS]]
        formulas = "; ".join(formula for formula in dict.fromkeys(told) if formula)
        if blank.kind is BlankKind.RULE:
            return f"It says: {formulas}" if formulas else "It has no formula: it is a procedure."
        says = row.says or "no rule: it is given"
        return f"The reason is: {says}." + (f" It says: {formulas}" if formulas else "")
    if blank.kind is BlankKind.RULE:
        return f"The reason is: {blank.says}."
    sign = f"{row.relation} " if row.relation else ""
    return f"The line reads: {sign}{write(row.expression)}"


def _kind(rule: Rule) -> str:
    if rule.is_move:
        return "a move that is made on both sides of an equation"
    if not is_algebra(rule):
        return (
            "the derivative of a known function"
            if rule.function is not None
            else "a rule of differentiation"
        )
    table = rule.table.replace("-", " ")
    return "arithmetic" if table == "arithmetic" else f"algebra ({table})"


def _formula(rule: Rule, write: Callable[[Basic], str]) -> str:
    """The first form of a rule; "" for one that is an algorithm, or no equality."""
    if rule.judgement is not Judgement.EQUALITY or not rule.forms:
        return ""
    form = rule.forms[0]
    return f"{write(form.before)} = {write(form.after)}"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
