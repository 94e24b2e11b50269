"""Excuses: links about things of which nothing is known."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.case import Case, as_given
from derivex.checking.excused_definitions import define_anew
from derivex.checking.implied import is_of_implicit
from derivex.checking.links import DERIVATIVES, Finding
from derivex.checking.posed import functions_in, is_claim
from derivex.checking.premises import fills_in_data, is_vector, new_premise, unknowns
from derivex.checking.systems import slopes_in
from derivex.checking.unsaid import (
    FURTHER_DOWN,
    ONLY_ENTRIES,
    UNSAID,
    depends_by_something_unsaid,
    wholes,
)
from derivex.documents import HandRow
from derivex.expression import Apply, D, contains, free_symbols, function_of, postorder
from derivex.notation import TextWriter

__all__ = [
    "as_data",
    "as_in_a_sentence",
    "as_nothing_known",
    "as_premise",
    "as_system",
    "as_unknown_dependence",
    "as_unknown_parts",
    "as_unreadable_consequence",
    "as_whole_of_entries",
]


def as_premise(case: Case) -> Finding | None:
    """It says something of what nothing is known of, such as what dy/dx is."""
    progress, spot = case.progress, case.spot
    note = new_premise(case.before, case.after, case.known, progress.facts)
    if not note or _is_of_facts(case):
        return None
    progress.facts.setdefault(case.before, case.after)
    if not spot.opening:
        define_anew(case)
    elif spot.at_end and not progress.continues(spot) and is_of_implicit(case.equation, case.known):
        return case.solved(as_given(note))  # what it leads to may stand behind the next words
    return as_given(note)


def _is_of_facts(case: Case) -> bool:
    """Whether all that was unknown in it has been told: d/dx log p(x), after what log p(x) is."""
    sides = (case.before, case.after)
    told = [case.progress.with_facts(side) for side in sides]
    return told != [*sides] and not any(unknowns(side, case.known) for side in told)


def as_nothing_known(case: Case) -> Finding | None:
    """What could not be compared is about things of which nothing is known."""
    if case.finding.verdict != "undecided":
        return None
    if isinstance(case.before, Symbol) and is_vector(case.after):
        return as_given(f"the entries of {case.before}")
    names = dict.fromkeys(unknowns(case.before, case.known).values())
    return as_given(f"taken as given: nothing is known of {' and '.join(names)}") if names else None


def as_whole_of_entries(case: Case) -> Finding | None:
    """Something is said of a whole list, of which only the entries were said to be something.

    ∂L/∂x = γ ∂L/∂y, where y_i = γ x_i + β, is meant for every entry.
    """
    if case.finding.verdict != "wrong" or not case.known.entries:
        return None
    for node in (node for side in case.equation.args for node in wholes(side, case.known)):
        return as_given(f"{ONLY_ENTRIES} of {node} were said to be something")
    return None


def as_unknown_dependence(case: Case) -> Finding | None:
    """A derivative would be 0, since nothing is said of how z depends on θ in ∂σ(z)/∂θ."""
    if case.finding.verdict != "wrong":
        return None
    for node in (node for node in postorder(case.equation) if type(node) is D):
        names = {str(part) for part in node.args if not case.known.defines(str(part))}
        later = sorted(names & case.progress.context.later)
        around = case.progress.context
        by_later = str(node.args[1]) in later
        unsaid = depends_by_something_unsaid(node, case.known, by_later, around.unread)
        if not unsaid and not (isinstance(node.args[0], Symbol) and later):
            continue
        if type(case.before) is D:
            case.progress.facts.setdefault(case.before, case.after)
        if not unsaid:
            return as_given(f"{FURTHER_DOWN} what {later[0]} is")
        operand, by = (TextWriter().write(part) for part in node.args)
        return as_given(f"{UNSAID} how {operand} depends on {by}")
    return None


def as_system(case: Case) -> Finding | None:
    """One of the equations of a system, 2x = 2λx, with a letter that has only one of its sides.

    Such a letter stands in several rows, or the row has a number.
    """
    row, rows = case.spot.row, case.progress.derivation.rows
    told = any(
        type(node) in DERIVATIVES or (type(node) is Apply and function_of(node.args[0])[1])
        for node in postorder(case.equation)
    )
    named = isinstance(case.before, Symbol) or functions_in(case.before)
    if told or named or not case.spot.at_end:
        return None
    left, right = (free_symbols(case.known.filled_in(side)) for side in case.equation.args)
    alone = [each for each in {**left, **right} if (each in left) != (each in right)]
    shared = [
        each
        for each in alone
        if not case.known.defines(each.name)
        and (
            row.number
            or sum(any(contains(part, each) for part in of.expressions) for of in rows) > 1
        )
    ]
    if not (shared and left and right) or _is_one_of(case.before, rows[: case.spot.number]):
        return None
    return case.solved(as_given("one of the equations of a system"))


def _is_one_of(before: Basic, rows: Sequence[HandRow]) -> bool:
    """Whether a formula stands in rows before: then what follows says what it is equal to."""
    return any(part is before for row in rows for part in row.expressions)


def as_unknown_parts(case: Case) -> Finding | None:
    """What is made of new names only, T − V of L = T − V = ½ m v² − …, is said to be what follows.

    What follows has none of them, so nobody can have meant to change the one into the other.
    """
    progress, spot = case.progress, case.spot
    names, others = free_symbols(case.before), free_symbols(case.after)
    if case.finding.verdict != "wrong" or len(names) < 2 or not others or names.keys() & others:
        return None
    if any(type(node) is not Symbol for node in postorder(case.before) if not node.args):
        return None
    known = case.known
    if any(known.defines(str(name)) or name in known.values for name in names):
        return None
    rows = progress.derivation.rows[: spot.number + 1]
    said = [part for row in rows for part in row.expressions if part is not case.before]
    before = [each for system in (*progress.earlier, *progress.systems) for each in system]
    if any(contains(part, name) for part in (*said, *before) for name in names):
        return None
    define_anew(case)
    return as_given("what stands before is made of names of which nothing else is known")


def as_in_a_sentence(case: Case) -> Finding | None:
    """An equation between words that says nothing of what is known."""
    inline = case.progress.derivation.inline
    if not inline or is_claim(case.before, case.spot, case.progress):
        return None
    return as_given("an equation in a sentence: left alone")


def as_unreadable_consequence(case: Case) -> Finding | None:
    """What may be deduced from it cannot be read."""
    formulas = case.progress.next_statement(case.spot)
    unreadable = any(formula.expression is None for formula in formulas)
    if not (case.spot.at_end and unreadable) or slopes_in(case.before):
        return None
    note = "an identity it is not; what may be deduced from it cannot be read"
    return Finding("undecided", note)


def as_data(case: Case) -> Finding | None:
    """Numbers are put in for data that the text does not give."""
    if slopes_in(case.before) or not fills_in_data(case.before, case.after, case.known):
        return None
    return as_given("taken as given: numbers are put in for data that the text does not give")
