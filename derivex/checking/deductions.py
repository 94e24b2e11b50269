"""Rows after an arrow: whether their equations follow from what is being solved."""

from __future__ import annotations

from collections.abc import Set

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.links import Finding, identity_link
from derivex.checking.plain_unknowns import plain_name_of, with_plain_unknowns
from derivex.checking.premises import new_premise, unknowns
from derivex.checking.progress import Progress
from derivex.checking.set_to_zero import is_derivative
from derivex.checking.systems import judge_equations
from derivex.checking.vector_equations import arrays_in
from derivex.documents import Chain, HandRow
from derivex.expression import Apply, Equation, contains, free_symbols, function_of

__all__ = ["equations_in", "follows", "row_follows"]

_EQUALITIES = ("=", "≈")


def equations_in(row: HandRow) -> list[Basic]:
    """The first equation of each chain of a row."""
    found: list[Basic] = []
    for chain in row.chains:
        if len(chain.formulas) > 1 and chain.signs[1] in _EQUALITIES:
            left, right = (formula.expression for formula in chain.formulas[:2])
            if left is not None and right is not None:
                found.append(Equation(left, right))
    return found


def row_follows(row: HandRow, progress: Progress) -> Finding | None:
    """Whether the equations of a row follow together; None if nothing is being solved."""
    return judge_equations(
        progress.systems, equations_in(row), progress.knowledge, row.joint, row.claim
    )


def follows(
    equation: Basic, row: HandRow, chain: Chain, whole: Finding | None, progress: Progress
) -> Finding:
    """Whether one equation of a row follows.

    Args:
        equation: which one.
        row: the row.
        chain: the chain that it begins.
        whole: what was found about all equations of the row together.
        progress: what is known; a definition or a premise is added to it.
    """
    left, right = equation.args
    identity = identity_link(left, right, progress.knowledge)
    if identity.holds:
        return identity
    if whole is not None and whole.holds:
        return whole
    alone = whole
    if row.joint != "⇒" or len(equations_in(row)) > 1:
        alone = judge_equations(progress.systems, [equation], progress.knowledge, "⇒", row.claim)
    if alone is None:
        definition = chain.definition
        if definition is not None:
            progress.define(definition.definition)
            return Finding("definition", f"the definition of {definition.definition.name}")
        if identity.verdict == "wrong" and is_derivative(left) and _is_known(left, progress):
            return identity  # f'(x) of what f is said to be
        return Finding("undecided", "it is not known what it should follow from")
    if alone.holds and whole is not None and len(row.chains) > 1 and row.joint == "⇒":
        return alone
    if alone.holds and whole is not None:
        return whole
    solved_for = {
        name.name for system in progress.systems for each in system for name in free_symbols(each)
    }
    premise = new_premise(left, right, progress.knowledge, progress.facts)
    solved = [each for system in progress.systems for each in system]
    arrays = arrays_in([equation])
    if alone.verdict == "wrong" and arrays and arrays <= arrays_in(solved):
        return alone
    if alone.verdict == "wrong" and not arrays:
        alone = _of_new_letters(equation, solved_for, progress) or alone
        alone = _with_earlier(equation, progress) or alone
    if premise and solved_for.isdisjoint(unknowns(equation, progress.knowledge)):
        progress.facts.setdefault(left, right)
        return Finding("definition", premise)
    return alone


def _with_earlier(equation: Basic, progress: Progress) -> Finding | None:
    """What follows with what derivations before came to: μ̂ = x̄ put in for μ."""
    systems, known = progress.systems, progress.knowledge
    earlier = [
        with_plain_unknowns(each, systems, known.sequences)
        for system in progress.earlier
        for each in system
    ]
    if not earlier or not systems:
        return None
    found = judge_equations([[*earlier, *systems[-1]]], [equation], known, "⇒")
    return found if found is not None and found.holds else None


def _is_known(derivative: Basic, progress: Progress) -> bool:
    """Whether a derivative is that of a function of which it has been said what it is."""
    head = derivative.args[0]
    return type(derivative) is Apply and progress.knowledge.defines(str(function_of(head)[0]))


def _of_new_letters(equation: Basic, solved_for: Set[str], progress: Progress) -> Finding | None:
    """What is found of a name of which the equations above say nothing: y = 2, x = 4.

    It may follow from them together with those that derivations before came to.
    """
    known = progress.knowledge
    name = equation.args[0]
    if not isinstance(name, Symbol) or known.defines(name.name) or name in known.implicit:
        return None
    if name in free_symbols(equation.args[1]):
        return None
    if not solved_for.isdisjoint((name.name, plain_name_of(name.name))):
        return None
    earlier = [each for system in progress.earlier for each in system]
    if any(contains(each, name) for each in earlier):
        together = [[*earlier, *progress.systems[-1]]]
        found = judge_equations(together, [equation], known, "⇒")
        if found is not None and found.holds:
            return found
    return Finding("definition", f"taken as given: nothing before says what {name} is")
