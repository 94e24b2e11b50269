"""``gradient of … , backward``: the gradient by backpropagation."""

from __future__ import annotations

from derivex.derivation import Derivation
from derivex.engine import Form, GradientDerivation, evaluate
from derivex.engine.backward import BackwardDerivation, backward
from derivex.expression import Row
from derivex.lessons.asked_form import split_form
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.passage import Passage
from derivex.lessons.working import gradient_statement, one_clause_each

__all__ = ["any_gradient_statement"]


def any_gradient_statement(
    knowledge: Knowledge, rest: Passage
) -> tuple[GradientDerivation | BackwardDerivation | Derivation, ...]:
    """``gradient of loss by s, b``; ``gradient of loss by s, b at s = 1, b = 0, backward``."""
    if _goes_backward(rest):
        return (_backward(knowledge, rest),)
    return gradient_statement(knowledge, rest)


def _goes_backward(rest: Passage) -> bool:
    """Whether a part of the statement, or its last word, is “backward”."""
    parts = [part.text for part in rest.parts(",")]
    return "backward" in parts or parts[-1].split()[-1:] == ["backward"]


def _backward(knowledge: Knowledge, rest: Passage) -> BackwardDerivation:
    """The gradient by backpropagation, with all values where a point is given.

    The result of the statement is the gradient in the variables alone, or its value.
    """
    head, clauses, form = _split_backward(knowledge, rest)
    expression = knowledge.expression(head)
    by, at = clauses.get("by"), clauses.get("at")
    variables = knowledge.names(by) if by else knowledge.variables(expression)
    if not variables:
        raise head.error("there is no variable to differentiate by", "write: gradient of x^2 by x")
    book = knowledge.book
    found = head.locate(lambda: backward(expression, variables, book, knowledge.definitions))
    knowledge.add_notes(*found.notes)
    if form is not None:
        found = rest.locate(lambda: found.substituted(form))
    knowledge.last = found.gradient
    if found.written_out:
        knowledge.last = Row(*[each.result for each in found.written_out])
    if at is None and not knowledge.data:
        return found
    point = knowledge.values(at) if at else {}
    data = knowledge.data
    valued = rest.locate(lambda: found.evaluated(point, data))
    knowledge.last = rest.locate(lambda: evaluate(found.gradient, point, data, book)).result
    return valued


def _split_backward(
    knowledge: Knowledge, rest: Passage
) -> tuple[Passage, dict[str, Passage], Form | None]:
    """The expression, the clauses, and the form that the partial derivatives are brought into."""
    if not rest.begins_with("of"):
        raise rest.error("“of” is expected here", "write: gradient of loss by s, b, backward")
    plain, form = split_form(knowledge, rest.after("of"))
    before, after = plain.split_last("backward")
    if after:
        raise after.error("nothing but a form can follow “backward”", "write it at the end")
    *parts, last = before.parts(",")
    if parts and not last:
        before = Passage(before.statement, before.start, parts[-1].end)
    head, clauses = before.clauses("by", "at")
    return head, one_clause_each(clauses), form
