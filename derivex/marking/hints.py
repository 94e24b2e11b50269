"""Hints for a blank, in three strengths: which kind of rule, which rule, and the line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sympy.core.basic import Basic

from derivex.derivation import listed
from derivex.expression import Dots, Times, postorder
from derivex.marking.reasons import is_algebra
from derivex.matching import Context
from derivex.rulebook import Form, Judgement, Rule, RuleBook
from derivex.sheets import Blank, BlankKind, SheetRow

__all__ = ["STRENGTHS", "hint"]

STRENGTHS = 3
"""The strengths of hints, from 1."""

_MOST_FORMS = 3
_ASIDE = frozenset(("arithmetic", "tidying", "shortening"))
"""The tables whose rules go along with those of others."""

_KINDS = {
    "a step from one equation to the next": (
        "zero-products vector-equations inverses angles undoing equations"
    ),
    "a rule for subgradients": (
        "subdifferentials chained-subdifferentials smooth-subdifferentials sets case-by-case"
        " conditions"
    ),
    "a law of limits": "limit-laws continuity one-sided-limits standard-limits limits-inside",
    "a definition": "definition entries components means vector-form",
    "a rule for sums over an index": "indices splitting linearity",
    "algebra with fractions": (
        "denominators fractions common-denominator common-numbers cancelling"
    ),
    "algebra with brackets": (
        "expanding factoring factoring-polynomials collecting signs conjugates"
    ),
    "a law of powers, logarithms or angles": (
        "powers-as-roots addition-theorems signs-of-arguments sums-of-powers cosines-as-sines"
        " exponentials-as-powers"
    ),
}
_KIND_OF = {table: kind for kind, tables in _KINDS.items() for table in tables.split()}


def hint(
    strength: int,
    blank: Blank,
    row: SheetRow,
    before: SheetRow | None,
    book: RuleBook,
    write: Callable[[Basic], str],
) -> str:
    """A hint as a sentence; it follows from the row in which the blank stands.

    Args:
        strength: 1 for the kind of rule that leads to the row, 2 for the rule, 3 for the line.
            Where the rule itself is asked for, 2 gives its formula and 3 its name.
        blank: what is asked for.
        row: where it stands.
        before: the row before that one, if there is one.
        book: the rules.
        write: writes the formulas.
    """
    rules = [book.rules[name] for name in blank.rules or row.rules if name in book.rules]
    rules = [rule for rule in rules if rule.table not in _ASIDE] or rules
    if strength <= 1:
        kinds = list(dict.fromkeys(map(_kind, rules)))
        if not kinds:
            return "Look at what is different in the lines before and after it."
        return f"What is needed here is {listed(kinds)}."
    if strength == 2:
        told = [_told(form, write) for form in _used(rules, before, book)]
        formulas = "; ".join(list(dict.fromkeys(told))[:_MOST_FORMS])
        if blank.kind is BlankKind.RULE:
            first = blank.says.removeprefix("using ").removeprefix("the ").split()[0]
            return f"It says: {formulas}" if formulas else f"Its name begins with “{first}”."
        says = row.says or "no rule: it is given"
        return f"The reason is: {says}." + (f" It says: {formulas}" if formulas else "")
    if blank.kind is BlankKind.RULE:
        return f"The reason is: {blank.says}."
    sign = f"{row.relation} " if row.relation else ""
    return f"The line reads: {sign}{write(row.expression)}"


def _kind(rule: Rule) -> str:
    if rule.is_move:
        return "a step from one equation to the next"
    if rule.phrase == "arithmetic":
        return rule.phrase
    if rule.table == "intermediate" and "{" in rule.phrase:
        return "what a name stands for"
    if rule.table not in _KIND_OF and not is_algebra(rule):
        if rule.function is not None:
            return "the derivative of a known function"
        return "a rule of differentiation"
    return _KIND_OF.get(rule.table, "algebra")


def _used(rules: Sequence[Rule], before: SheetRow | None, book: RuleBook) -> Iterator[Form]:
    """Of each rule the forms that fit something in the row before: those that are used."""
    start = None if before is None else before.expression
    nodes = [] if start is None else list(dict.fromkeys(postorder(start)))
    context = Context(start, functions=book.functions)
    for rule in rules:
        if rule.judgement is not Judgement.EQUALITY or rule.table == "arithmetic":
            continue
        forms = sorted(rule.forms, key=lambda form: form.specificity, reverse=True)
        fitting = [
            next((form for form in forms if form.match(node, context)), None) for node in nodes
        ]
        if not any(fitting) and len(forms) == 1:
            fitting = [*forms]
        yield from (form for form in fitting if form is not None)


def _told(form: Form, write: Callable[[Basic], str]) -> str:
    """A form as a formula; where dots are factors it says little, and an example more."""
    dotted = any(
        type(node) is Times and any(type(part) is Dots for part in node.args)
        for node in postorder(form.after)
    )
    left, right = form.before, form.after
    if dotted and form.rule.examples:
        left, right = form.rule.examples[0].sides
    return f"{write(left)} = {write(right)}"
