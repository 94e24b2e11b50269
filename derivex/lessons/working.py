"""``evaluate``, ``differentiate``, ``derivative`` and ``gradient``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.engine import (
    Form,
    GradientDerivation,
    Layout,
    bring_into_form,
    differentiate,
    differentiate_through,
    evaluate,
    gradient,
    read_intermediates,
)
from derivex.engine.components import gradient_by_components
from derivex.engine.first_principles import differentiate_by_limit
from derivex.engine.jacobian import hessian, jacobian
from derivex.expression import D, postorder
from derivex.lessons.asked_form import split_form
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.passage import Passage

__all__ = [
    "derivative_statement",
    "differentiate_statement",
    "evaluate_statement",
    "from_limit",
    "gradient_of",
    "gradient_statement",
    "increment_in",
    "hessian_statement",
    "jacobian_statement",
    "one_clause_each",
    "split_gradient",
    "value_at",
]


def one_clause_each(
    clauses: Sequence[tuple[str, Passage]], several: frozenset[str] = frozenset()
) -> dict[str, Passage]:
    """The clauses by their words.

    Raises:
        LessonError: a clause occurs twice, or says nothing.
    """
    found: dict[str, Passage] = {}
    for word, clause in clauses:
        if not clause:
            raise clause.error(f"something is missing after “{word}”")
        if word in found and word not in several:
            raise clause.error(f"“{word}” occurs twice", "say it once")
        found[word] = clause
    return found


# -- evaluate -------------------------------------------------------------------------------


def evaluate_statement(knowledge: Knowledge, rest: Passage) -> tuple[Derivation, ...]:
    """``evaluate loss(1, 0)``, ``evaluate 3a^2 at a = 2``, ``evaluate s, b``."""
    head, clauses = rest.clauses("at")
    at = one_clause_each(clauses).get("at")
    point = knowledge.values(at) if at else {}
    derivations = tuple(_value(knowledge, part, point) for part in head.parts(","))
    knowledge.last = derivations[-1].result
    return derivations


def _value(knowledge: Knowledge, part: Passage, point: Mapping[Basic, Basic]) -> Derivation:
    if not part:
        raise part.error("an expression is missing here", "write: evaluate 3a^2 at a = 2")
    expression = knowledge.vector_or_expression(part)
    return part.locate(lambda: value_at(knowledge, expression, point))


def value_at(knowledge: Knowledge, expression: Basic, point: Mapping[Basic, Basic]) -> Derivation:
    """The value of an expression at a point, with the data, and values found before filled in."""
    if isinstance(expression, Symbol) and expression not in point:
        worked = knowledge.worked.get(expression)
        if worked is not None:
            return worked
    values = {**knowledge.numbers, **point}
    definitions = knowledge.definitions
    if not any(type(node) is D for node in postorder(knowledge.fill_in(expression))):
        return evaluate(expression, values, knowledge.data, knowledge.book, definitions)
    # A letter must not get its value while something is still to be differentiated by it.
    derived = knowledge.work_out(expression)
    value = evaluate(
        derived.result, values, knowledge.data, knowledge.book, conditions=derived.conditions
    )
    return derived.then(*value.phases)


# -- differentiate --------------------------------------------------------------------------


def differentiate_statement(knowledge: Knowledge, rest: Passage) -> tuple[Derivation, ...]:
    """``differentiate loss by s, expanded``, ``differentiate x^3 y by x by y at x = 1, y = 2``,
    ``differentiate x^2 from the limit with Δx``.
    """
    plain, form = split_form(knowledge, rest)
    head, clauses = plain.clauses("by", "through", "from", "with", "at")
    named = one_clause_each(clauses, several=frozenset({"by"}))
    expression = knowledge.expression(head)
    by = [_variable(knowledge, clause) for word, clause in clauses if word == "by"]
    if not by:
        by = [knowledge.only_variable(expression, head, "differentiate")]
    through = named.get("through")
    if from_limit(named):
        increment = increment_in(knowledge, named.get("with"))
        derivation = head.locate(
            lambda: differentiate_by_limit(
                expression, by, knowledge.book, knowledge.definitions, (), increment
            )
        )
    elif through is not None:
        derivation = _through(knowledge, expression, by, through)
    else:
        derivation = head.locate(
            lambda: differentiate(expression, by, knowledge.book, knowledge.definitions)
        )
    return _as_asked(knowledge, rest, derivation, form, named.get("at"))


def _as_asked(
    knowledge: Knowledge,
    rest: Passage,
    derivation: Derivation,
    form: Form | None,
    at: Passage | None,
) -> tuple[Derivation, ...]:
    """A derivation in the form that is asked for, and its value at a point if there is one."""
    knowledge.add_notes(*derivation.notes)
    if form is not None:
        derivation = rest.locate(lambda: bring_into_form(derivation, form))
    knowledge.last = derivation.result
    return (derivation, *_at_point(knowledge, derivation.result, at, derivation.conditions))


def derivative_statement(knowledge: Knowledge, rest: Passage) -> tuple[Derivation, ...]:
    """``derivative of f by x at x = 2``: what ``differentiate f by x at x = 2`` is."""
    if not rest.begins_with("of"):
        raise rest.error("“of” is expected here", "write: derivative of x^2 by x")
    return differentiate_statement(knowledge, rest.after("of"))


def from_limit(clauses: Mapping[str, Passage]) -> bool:
    """Whether ``from the limit`` is asked for, perhaps ``with Δx``.

    Raises:
        LessonError: something else follows ``from``, or ``with`` stands alone.
    """
    asked = clauses.get("from")
    if asked is None:
        if "with" in clauses:
            raise clauses["with"].error(
                "“with” names the increment of a limit", "write: from the limit with Δx"
            )
        return False
    if " ".join(asked.text.split()) not in ("the limit", "limit"):
        raise asked.error("“the limit” is expected here", "write: from the limit")
    return True


def increment_in(knowledge: Knowledge, clause: Passage | None) -> Symbol | None:
    """The letter for the increment of a difference quotient, where one is named."""
    if clause is None:
        return None
    names = knowledge.names(clause)
    if len(names) != 1 or not isinstance(names[0], Symbol):
        raise clause.error("the increment is one plain letter", "write: with Δx")
    return names[0]


def _through(
    knowledge: Knowledge, expression: Basic, by: Sequence[Basic], clause: Passage
) -> Derivation:
    """The derivative through the intermediate variables that a clause names."""
    if len(by) > 1:
        raise clause.error("intermediate variables are for a first derivative")
    definitions = knowledge.definitions
    intermediates = clause.read(lambda text: read_intermediates(text, knowledge.scope, definitions))
    return clause.locate(
        lambda: differentiate_through(expression, by[0], intermediates, knowledge.book, definitions)
    )


def _variable(knowledge: Knowledge, clause: Passage) -> Basic:
    names = knowledge.names(clause)
    if len(names) > 1:
        raise clause.error(
            "a derivative is taken by one variable at a time",
            "write: by x by y; or ask for the gradient: gradient of … by x, y",
        )
    if names[0] in knowledge.columns:
        raise clause.error(
            f"{names[0]} is a column of data, so there is no derivative by it",
            f"differentiate by one of its entries, such as {names[0]}_k",
        )
    return names[0]


def _at_point(
    knowledge: Knowledge, expression: Basic, at: Passage | None, conditions: tuple[Basic, ...]
) -> tuple[Derivation, ...]:
    """The value at the point after ``at``; nothing where there is no such clause."""
    if at is None:
        return ()
    point = knowledge.values(at)
    value = at.locate(
        lambda: evaluate(expression, point, knowledge.data, knowledge.book, conditions=conditions)
    )
    knowledge.last = value.result
    return (value,)


# -- gradient -------------------------------------------------------------------------------


def gradient_statement(
    knowledge: Knowledge, rest: Passage
) -> tuple[GradientDerivation | Derivation, ...]:
    """``gradient of loss by s, b, expanded``, ``gradient of loss at s = 1, b = 0``."""
    derived, at = split_gradient(knowledge, rest)
    knowledge.last = derived.row
    return (derived, *_at_point(knowledge, derived.row, at, derived.conditions))


def jacobian_statement(knowledge: Knowledge, rest: Passage) -> tuple[Derivation, ...]:
    """``jacobian of (x^2 y, 5x + sin y) by x, y``, and at a point."""
    return _matrix_statement(knowledge, rest, jacobian)


def hessian_statement(knowledge: Knowledge, rest: Passage) -> tuple[Derivation, ...]:
    """``hessian of loss by s, b``, and at a point."""
    return _matrix_statement(knowledge, rest, hessian)


def _matrix_statement(
    knowledge: Knowledge, rest: Passage, derive: Callable[..., Derivation]
) -> tuple[Derivation, ...]:
    if not rest.begins_with("of"):
        raise rest.error("“of” is expected here", "write: hessian of loss by s, b")
    plain, form = split_form(knowledge, rest.after("of"))
    head, clauses = plain.clauses("by", "at")
    named = one_clause_each(clauses)
    expression = knowledge.expression(head)
    by = named.get("by")
    variables = knowledge.names(by) if by else knowledge.variables(expression)
    if not variables:
        raise head.error("there is no variable to differentiate by", "write: hessian of x^2 by x")
    derivation = head.locate(
        lambda: derive(expression, variables, knowledge.book, knowledge.definitions)
    )
    return _as_asked(knowledge, rest, derivation, form, named.get("at"))


def split_gradient(
    knowledge: Knowledge, rest: Passage
) -> tuple[GradientDerivation, Passage | None]:
    """The gradient that ``of … by … , form`` asks for, and the passage after ``at``."""
    if not rest.begins_with("of"):
        raise rest.error("“of” is expected here", "write: gradient of loss by s, b")
    asked, layout = _split_last(rest.after("of"), _LAYOUTS)
    asked, components = _split_last(asked, {"by components": True})
    plain, form = split_form(knowledge, asked)
    head, clauses = plain.clauses("by", "at")
    named = one_clause_each(clauses)
    if components:
        if form is not None or layout is not None or "by" not in named:
            raise rest.error("by components there is the gradient by one vector, as it comes out")
        return _by_components(knowledge, head, named["by"]), named.get("at")
    return gradient_of(knowledge, head, named.get("by"), form, layout), named.get("at")


_LAYOUTS = {"as a row": Layout.NUMERATOR, "as a column": Layout.DENOMINATOR}


def _by_components(knowledge: Knowledge, head: Passage, by: Passage) -> GradientDerivation:
    expression, variables = knowledge.expression(head), knowledge.names(by)
    book, definitions = knowledge.book, knowledge.definitions
    return head.locate(lambda: gradient_by_components(expression, variables[0], book, definitions))


Wanted = TypeVar("Wanted")


def _split_last(rest: Passage, known: Mapping[str, Wanted]) -> tuple[Passage, Wanted | None]:
    """What stands before a last clause such as ``, as a column``, and what that stands for."""
    *before, last = rest.parts(",")
    found = known.get(" ".join(last.text.split()))
    if found is None or not before:
        return rest, None
    return Passage(rest.statement, rest.start, before[-1].end), found


def gradient_of(
    knowledge: Knowledge,
    head: Passage,
    by: Passage | None,
    form: Form | None = None,
    layout: Layout | None = None,
) -> GradientDerivation:
    """The gradient of the expression in a passage, by the names in another one.

    Raises:
        DerivexError: there is no variable, or a formula cannot be read; located in the file.
    """
    expression = knowledge.expression(head)
    variables = knowledge.names(by) if by else knowledge.variables(expression)
    if not variables:
        raise head.error("there is no variable to differentiate by", "write: gradient of x^2 by x")
    book, definitions = knowledge.book, knowledge.definitions
    return head.locate(
        lambda: gradient(expression, variables, book, form, definitions, layout=layout)
    )
