"""Excuses: why a link that is no identity may be right all the same, because of what it means.

Each excuse is a function of a case.  It says what the link is taken for, and notes what is known
from there on; where it does not apply it gives None.  The two tables at the end have them in the
order in which they are tried.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derivex.checking.case import Case
from derivex.checking.excused_consequences import (
    as_concluded,
    as_contradiction,
    as_filled_in,
    as_implied,
    as_solution_in_words,
    as_stated_value,
    as_undecided_conclusion,
)
from derivex.checking.excused_definitions import (
    as_another_function,
    as_definition,
    as_definition_by_inverse,
    as_function_for_a_name,
    as_function_from_which,
    as_function_of_another_section,
    as_names,
    as_new_name,
    as_one_of_several,
    as_recurrence,
    as_tangent,
)
from derivex.checking.excused_equations import (
    as_both_sides,
    as_condition,
    as_determining_equation,
    as_equation,
    as_equation_of_motion,
    as_equation_of_new_letters,
    as_fixed_point,
    as_posed,
    as_restriction,
    as_value_with_parameters,
)
from derivex.checking.excused_premises import (
    as_data,
    as_in_a_sentence,
    as_nothing_known,
    as_premise,
    as_system,
    as_unknown_dependence,
    as_unknown_parts,
    as_unreadable_consequence,
    as_whole_of_entries,
)
from derivex.checking.links import Finding, judge_link
from derivex.checking.summation_convention import as_summed_over
from derivex.checking.unsaid import behind
from derivex.expression import At, D, free_symbols

__all__ = ["excused"]


def excused(case: Case) -> Finding:
    """What the first excuse says that applies to a link; else what was found by comparing."""
    table = _OF_STATEMENTS if case.spot.opening else _OF_CONTINUATIONS
    return next(filter(None, (excuse(case) for excuse in table)), case.finding)


def _name_of_another_section(case: Case) -> Finding | None:
    """The y of another exercise has nothing to do with this one: y, and y', are judged without."""
    name = case.before
    while type(name) in (D, At):
        name = name.args[0]
    elsewhere = str(name) in case.progress.derivation.elsewhere
    if case.finding.verdict != "wrong" or not elsewhere or name not in case.known.names:
        return _letters_of_another_section(case)
    case.progress.knowledge = case.known.forgetting([str(name)])
    finding = judge_link(case.before, case.after, case.known)
    return finding if finding.holds else excused(replace(case, finding=finding))


def _letters_of_another_section(case: Case) -> Finding | None:
    """It holds for letters of its own: the y in S = x y is not the y = x³ of another section."""
    known, elsewhere = case.known, case.progress.derivation.elsewhere
    if case.finding.verdict != "wrong" or not elsewhere:
        return None
    letters = {
        str(name)
        for side in (case.before, case.after)
        for root in behind(side, known)
        for name in free_symbols(root)
        if name in known.names and str(name) in elsewhere
    }
    if not letters:
        return None
    own = known.forgetting(letters)
    finding = judge_link(case.before, case.after, own)
    if not finding.holds:
        return None
    case.progress.knowledge = own
    return finding


Excuse = Callable[[Case], Finding | None]

_OF_STATEMENTS: tuple[Excuse, ...] = (
    as_function_from_which,
    as_tangent,
    as_solution_in_words,
    as_summed_over,
    as_concluded,
    as_implied,
    as_one_of_several,
    as_another_function,
    as_function_for_a_name,
    as_function_of_another_section,
    _name_of_another_section,
    as_definition,
    as_definition_by_inverse,
    as_recurrence,
    as_both_sides,
    as_posed,
    as_equation_of_motion,
    as_equation_of_new_letters,
    as_value_with_parameters,
    as_unknown_dependence,
    as_whole_of_entries,
    as_stated_value,
    as_determining_equation,
    as_contradiction,
    as_premise,
    as_nothing_known,
    as_names,
    as_equation,
    as_fixed_point,
    as_system,
    as_new_name,
    as_condition,
    as_in_a_sentence,
    as_unreadable_consequence,
    as_data,
    as_undecided_conclusion,
)
"""For what a statement begins with."""
_OF_CONTINUATIONS: tuple[Excuse, ...] = (
    as_summed_over,
    _letters_of_another_section,
    as_filled_in,
    as_contradiction,
    as_premise,
    as_definition_by_inverse,
    as_new_name,
    as_condition,
    as_restriction,
    as_unknown_parts,
    as_data,
    as_unknown_dependence,
    as_whole_of_entries,
)
"""For what goes on with something."""
