"""``implicit``: the derivative of a function that an equation determines."""

from __future__ import annotations

from sympy import Symbol

from derivex.derivation import Derivation
from derivex.expression import Equation, symbol
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.passage import Passage
from derivex.lessons.working import one_clause_each
from derivex.notation import read_definition, refuse_called
from derivex.solving import ImplicitDerivative, implicit_derivative, slope_at

__all__ = ["implicit_statement"]

_USAGE = "write: implicit x^2 + y^2 = 25 of y by x"


def implicit_statement(
    knowledge: Knowledge, rest: Passage
) -> tuple[ImplicitDerivative | Derivation, ...]:
    """``implicit x^2 + y^2 = 25 of y by x``, ``implicit … of z(x, y) by x by y at x = 1, …``.

    Raises:
        DerivexError: the equation cannot be read, or does not determine the derivative;
            located in the file.
    """
    head, clauses = rest.clauses("of", "by", "at")
    named = one_clause_each(clauses, several=frozenset({"by"}))
    if not head:
        raise rest.error("there is no equation here", _USAGE)
    if "of" not in named or "by" not in named:
        missing = "which letter is the function" if "of" not in named else "by what"
        raise rest.error(f"it is not said {missing}", _USAGE)
    by = tuple(_symbol(knowledge, clause) for word, clause in clauses if word == "by")
    of = named["of"]
    if "(" in of.text:
        definition = of.read(read_definition)
        name, arguments = symbol(definition.name), definition.parameters
    else:
        name, arguments = _symbol(knowledge, of), tuple(dict.fromkeys(by))
    knowledge.declare(name, *arguments, *by)
    head.read(lambda text: refuse_called(text, name))
    sides = [knowledge.fill_in(side) for side in knowledge.equation(head).args]
    found = head.locate(
        lambda: implicit_derivative(Equation(*sides), name, arguments, by, knowledge.book)
    )
    knowledge.last = found.result
    at = named.get("at")
    if at is None:
        return (found,)
    point = knowledge.values(at)
    value = at.locate(lambda: slope_at(found, point, knowledge.book))
    knowledge.last = value.result
    return found, value


def _symbol(knowledge: Knowledge, clause: Passage) -> Symbol:
    names = knowledge.names(clause)
    if len(names) != 1 or not isinstance(names[0], Symbol):
        raise clause.error("one plain name is expected here", _USAGE)
    return names[0]
