"""``gradcheck``: is a gradient right?"""

from __future__ import annotations

from fractions import Fraction

from sympy.core.basic import Basic

from derivex.descent import EPSILON, GradientCheck, check_formula, exact_value
from derivex.lessons.declaring import number_in
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.passage import Passage
from derivex.lessons.working import gradient_of, one_clause_each
from derivex.notation import read_components

__all__ = ["gradcheck_statement"]

_USAGE = "write: gradcheck loss at s = 1, b = 0 against (2s, 2b)"


def gradcheck_statement(knowledge: Knowledge, rest: Passage) -> tuple[GradientCheck]:
    """``gradcheck loss at s = 1, b = 0 against (2s, 2b) with ε = 0.001``.

    Without ``against`` it is the derived gradient that is checked.
    """
    head, clauses = rest.clauses("by", "at", "against", "with")
    named = one_clause_each(clauses)
    if "at" not in named:
        raise rest.error("it is not said where the gradient is checked", _USAGE)
    point = {
        name: number_in(knowledge, named["at"], value, _USAGE)
        for name, value in knowledge.values(named["at"]).items()
    }
    derived = gradient_of(knowledge, head, named.get("by"))
    claims: list[Basic] | None = None
    if "against" in named:
        scope = knowledge.scope.declare(*(str(name) for name in derived.by))
        found = named["against"].read(lambda text: read_components(text, scope))
        claims = [knowledge.fill_in(each) for each in found]
    epsilon = _epsilon(knowledge, named["with"]) if "with" in named else EPSILON
    whole = knowledge.fill_in(derived.expression)
    check = rest.locate(
        lambda: check_formula(
            derived, whole, point, claims, knowledge.data, knowledge.book, epsilon
        )
    )
    return (check,)


def _epsilon(knowledge: Knowledge, clause: Passage) -> Fraction:
    values = knowledge.values(clause)
    if len(values) != 1:
        raise clause.error("one step is expected here", "write: with ε = 0.001")
    (value,) = values.values()
    return exact_value(number_in(knowledge, clause, value, "write: with ε = 0.001"))
