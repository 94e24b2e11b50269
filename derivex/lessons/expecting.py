"""``expect``: what must come out, so that a lesson is a test of itself."""

from __future__ import annotations

from collections.abc import Mapping

from sympy.core.basic import Basic

from derivex.engine import Columns, evaluate, normal_phase
from derivex.equality import judge
from derivex.errors import ProblemError
from derivex.expression import (
    Mean,
    Negative,
    Plus,
    Row,
    free_symbols,
    postorder,
    value_of,
)
from derivex.expression.data import COUNT
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.outcomes import Expectation
from derivex.lessons.passage import Passage
from derivex.lessons.rounding import rounded_like
from derivex.lessons.working import (
    hessian_statement,
    jacobian_statement,
    split_gradient,
    value_at,
)

__all__ = ["expect"]

_USAGE = "write: expect s = 5, b = 30"
_FLAT = ("arithmetic", "expanding", "tidying")
"""The tables of rules by which a difference is brought to its normal form."""


def expect(knowledge: Knowledge, rest: Passage) -> tuple[Expectation, ...]:
    """``expect s = 5, b = 30``, ``expect gradient of loss at s = 1, b = 0 = (-260, -114)``.

    After ≈ stand decimals: ``expect loss at w = 1 ≈ 0.2143`` holds if the value of the left
    side, rounded to as many places, is that.

    Two formulas are compared as formulas.  Where they are not the same and have no letter in
    common, as in s = 5, the values that were found before are filled in on both sides, and
    then, unless both sides are formulas in the data, the data.

    Raises:
        DerivexError: a side cannot be read or worked out; located in the file.
    """
    # In these the commas belong to the names and values of a single claim.
    single = rest.noun(*_DERIVED, "gradient", "derivative") or rest.split_first("at")[1] is not None
    claims = [rest] if single else rest.parts(",")
    return tuple(_expectation(knowledge, claim) for claim in claims)


def _expectation(knowledge: Knowledge, claim: Passage) -> Expectation:
    # A result is told by one formula, which may have conditions such as x = 0 in it.
    split = claim.split_first if claim.begins_with("result") else claim.split_last
    subject, right = split("≈")
    rounded = right is not None
    if right is None:
        subject, right = split("=")
    if right is None or not subject or not right:
        raise claim.error("an expectation has an = with something on both sides", _USAGE)
    expected = knowledge.vector_or_expression(right)
    found = _subject(knowledge, subject)
    name = " ".join(subject.text.split())
    if rounded:
        return claim.locate(lambda: _approximately(knowledge, name, found, expected))
    return claim.locate(lambda: _compare(knowledge, name, found, expected))


def _subject(knowledge: Knowledge, subject: Passage) -> Basic:
    """What stands on the left, as a formula."""
    if subject.text == "result":
        if knowledge.last is None:
            raise subject.error(
                "there is no result yet", "first differentiate, evaluate or take a gradient"
            )
        return knowledge.last
    noun = subject.noun(*_DERIVED, "gradient")
    if noun is not None:
        rest = Passage(subject.statement, noun.end, subject.end)
        return _derived(knowledge, noun.text, rest)
    head, clauses = subject.clauses("at")
    expression = knowledge.vector_or_expression(head)
    return _at(knowledge, expression, clauses[0][1] if clauses else None)


def _derived(knowledge: Knowledge, noun: str, rest: Passage) -> Basic:
    """The gradient, the Jacobian or the Hessian of what follows; the last result stays."""
    if noun == "gradient":
        gradient, at = split_gradient(knowledge, rest)
        return _at(knowledge, gradient.row, at)
    last = knowledge.last
    found = _DERIVED[noun](knowledge, rest)[-1].result
    knowledge.last = last
    return found


_DERIVED = {
    "jacobian": jacobian_statement,
    "hessian": hessian_statement,
}


def _at(knowledge: Knowledge, expression: Basic, at: Passage | None) -> Basic:
    if at is None:
        return expression
    point = knowledge.values(at)
    return at.locate(lambda: value_at(knowledge, expression, point)).result


def _compare(knowledge: Knowledge, name: str, subject: Basic, expected: Basic) -> Expectation:
    sides = knowledge.work_out(subject).result, knowledge.work_out(expected).result
    left, right = sides
    same, says = _equal(knowledge, left, right)
    if not same and not _letters(knowledge, left) & _letters(knowledge, right):
        left, right = (_filled(knowledge, side, knowledge.found, {}) for side in sides)
        same, says = _equal(knowledge, left, right)
        certain = same and not says
        if not certain and not (_has_data(knowledge, left) and _has_data(knowledge, right)):
            numbers = knowledge.numbers
            left, right = (_filled(knowledge, side, numbers, knowledge.data) for side in sides)
            same, says = _equal(knowledge, left, right)
    return Expectation(name, expected, left, same, says)


def _approximately(knowledge: Knowledge, name: str, subject: Basic, expected: Basic) -> Expectation:
    """Whether numbers are those expected, rounded to the places that are written."""
    values = _filled(
        knowledge, knowledge.work_out(subject).result, knowledge.numbers, knowledge.data
    )
    pairs = [(values, expected)]
    if type(values) is Row or type(expected) is Row:
        if len(values.args) != len(expected.args) or type(values) is not type(expected):
            return Expectation(name, expected, values, False, "not as many entries", True)
        pairs = list(zip(values.args, expected.args, strict=True))
    found = [rounded_like(value, written, knowledge.functions) for value, written in pairs]
    shown = Row(*found) if type(values) is Row else found[0]
    holds = all(
        value_of(one) == value_of(each) for one, (_, each) in zip(found, pairs, strict=True)
    )
    return Expectation(name, expected, shown, holds, "", True)


def _filled(
    knowledge: Knowledge, expression: Basic, values: Mapping[Basic, Basic], columns: Columns
) -> Basic:
    return evaluate(expression, values, columns, knowledge.book).result


def _has_data(knowledge: Knowledge, expression: Basic) -> bool:
    return any(name in knowledge.columns for name in free_symbols(expression))


def _letters(knowledge: Knowledge, expression: Basic) -> set[Basic]:
    """The letters whose values may vary: neither data nor n."""
    return {
        name
        for name in free_symbols(expression)
        if name not in knowledge.columns and name is not COUNT
    }


def _equal(knowledge: Knowledge, left: Basic, right: Basic) -> tuple[bool, str]:
    """Whether two expressions are equal, and how that is known where it is not exact."""
    if left is right:
        return True, ""
    if type(left) is Row and type(right) is Row:
        if len(left.args) != len(right.args):
            return False, f"{len(left.args)} entries, not {len(right.args)}"
        pairs = zip(left.args, right.args, strict=True)
        answers = [_equal(knowledge, *pair) for pair in pairs]
        return all(same for same, _ in answers), next((says for _, says in answers if says), "")
    values = value_of(left), value_of(right)
    if None not in values:
        return values[0] == values[1], ""
    if Row in (type(left), type(right)):
        return False, "one is a vector, the other is not"
    verdict = judge(left, right, knowledge.functions)
    if verdict.kind == "proven":
        return True, ""
    # Sums over the data are tested by the judge, but proven by the rules.
    if verdict.kind != "wrong" and _difference_vanishes(knowledge, left, right):
        return True, ""
    return verdict.holds, str(verdict)


def _difference_vanishes(knowledge: Knowledge, left: Basic, right: Basic) -> bool:
    difference = Plus(left, Negative(right))
    has_mean = any(type(node) is Mean for node in postorder(difference))
    tables = (*_FLAT, "means") if has_mean else _FLAT
    try:
        return value_of(normal_phase(difference, knowledge.book, *tables).result) == 0
    except ProblemError:  # too many terms when multiplied out
        return False
