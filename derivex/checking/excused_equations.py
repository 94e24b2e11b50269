"""Excuses: links that are equations to be solved, or conditions."""

from __future__ import annotations

from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.case import Case, as_given
from derivex.checking.differentiated import dependencies, differentiated_names
from derivex.checking.identities import lengths, says_length, says_weights
from derivex.checking.knowledge import Knowledge
from derivex.checking.links import (
    Finding,
    assignments,
    identity_link,
    judge_link,
    over_data,
    put_in_values,
)
from derivex.checking.posed import is_posed
from derivex.checking.premises import is_condition
from derivex.checking.rates import TIME
from derivex.checking.systems import judge_equations, slopes_in
from derivex.expression import (
    ZERO,
    Apply,
    At,
    Binder,
    D,
    Equation,
    contains,
    free_symbols,
    function_of,
    postorder,
)

__all__ = [
    "as_both_sides",
    "as_condition",
    "as_determining_equation",
    "as_equation_of_new_letters",
    "as_equation",
    "as_equation_of_motion",
    "as_fixed_point",
    "as_posed",
    "as_restriction",
    "as_value_with_parameters",
]


def as_posed(case: Case) -> Finding | None:
    """An equation that is solved in the next row, or posed by the words around it."""
    spot = case.spot
    if not spot.at_end or not (spot.solved or is_posed(case.equation, spot, case.progress)):
        return None
    return case.solved(as_given("an equation to be solved"))


def as_determining_equation(case: Case) -> Finding | None:
    """An equation such as x² + y² = 25, which says what y is, and from which the next follows."""
    inside = free_symbols(case.equation)
    names = [name for name in case.known.implicit if name in inside]
    slopes = [side for side in case.equation.args if type(side) is D and side.args[0] in names]
    alone = any(side in names for side in case.equation.args)
    return as_equation(case) if names and not slopes and not alone else None


def as_equation_of_motion(case: Case) -> Finding | None:
    """d/dt ∂L/∂θ̇ = ∂L/∂θ, which is so for those θ(t) only that are looked for."""
    sides = case.equation.args
    by_time = [
        each for each in slopes_in(case.equation) if each.args[1] is TIME and case.known.rates
    ]
    if not case.spot.opening or not by_time:
        return None
    if any(side is not ZERO and not slopes_in(side) for side in sides):
        return None
    return as_given("an equation of motion")


def as_equation(case: Case) -> Finding | None:
    """An equation from which the next row is deduced, perhaps by differentiating both sides."""
    if not _leads_on(case):
        return None
    return case.solved(as_given("an equation: what follows is deduced from it"))


def _leads_on(case: Case) -> bool:
    formulas = case.progress.next_statement(case.spot)
    sides = [formula.expression for formula in formulas if formula.expression is not None]
    if len(sides) < 2:
        return False
    deduced, known = Equation(*sides), case.known
    implicit = dependencies(differentiated_names([deduced]), known.names)
    if any(contains(case.equation, name) for name in implicit) and not slopes_in(case.equation):
        return True  # it says how y depends on x, of which dy/dx is found
    if identity_link(deduced.args[0], deduced.args[1], known).holds:
        return False  # that holds anyhow
    knowledge = replace(known, implicit={**known.implicit, **implicit})
    follows = judge_equations([[case.equation]], [deduced], knowledge, "⇒")
    return follows is not None and follows.holds


def as_condition(case: Case) -> Finding | None:
    """A number behind the sign that the formula has for some values only: … = 0."""
    if not case.spot.at_end:
        return None
    columns, spot = case.known.columns, case.spot
    left, right = (over_data(side, columns) for side in (case.before, case.after))
    if not is_condition(left, right, spot.opening, spot.solved):
        return None
    if spot.row.said != "posed" and (at_values := _at_given_values(case)) is not None:
        return at_values
    found = as_given("a condition: it is not so for all values")
    if spot.opening and says_weights(case.before, case.after):
        case.progress.identify(case.before, case.after)
        return found
    if says_length(case.before, case.after):
        for left, right in lengths(case.before, case.after):
            case.progress.identify(left, right)
        return found
    return case.solved(found)


def _at_given_values(case: Case) -> Finding | None:
    """That "at x = 5: f'(x) = 11" is wrong there; None where x has no value, or it is right."""
    values: dict[Basic, Basic] = {}
    for chain in case.progress.derivation.given:
        name, value = (each.expression for each in (chain.formulas[0], chain.formulas[-1]))
        if isinstance(name, Symbol) and value is not None and not free_symbols(value):
            values[name] = value
    letters = free_symbols(case.known.filled_in(case.before)).keys()
    if not values or not letters or not letters <= values.keys():
        return None
    left = put_in_values(case.before, values)
    found = judge_link(left, case.after, case.known, case.spot.sign)
    note = "with " + assignments({name: values[name] for name in letters})
    return replace(found, note=note) if found.verdict == "wrong" else None


def as_restriction(case: Case) -> Finding | None:
    """A chain gives a name and then a number for it: V = x² h = 32, g(x, y) = x² + y = 1."""
    name = case.spot.chain.formulas[0].expression
    restricts = (
        case.spot.at_end
        and case.spot.position == 2
        and _is_defined(name, case.known)
        and bool(free_symbols(case.before))
        and not free_symbols(case.after)
        and not any(type(node) in (Apply, D) for node in postorder(case.after))
    )
    return case.solved(as_given("a condition: it is not so for all values")) if restricts else None


def _is_defined(name: Basic | None, known: Knowledge) -> bool:
    """Whether something is a name, or a function of letters, that has a definition."""
    if type(name) is Apply and all(isinstance(each, Symbol) for each in name.args[1:]):
        return known.defines(function_of(name.args[0])[0].name)
    return isinstance(name, Symbol) and known.defines(name.name)


def as_both_sides(case: Case) -> Finding | None:
    """d/dx (x + y) = d/dx sin(x y): both sides of an equation between x and y."""
    left, right = case.before, case.after
    if not (type(left) is D and case.spot.at_end and type(left.args[0]) not in (Symbol, Apply, D)):
        return None
    number = not free_symbols(right)
    if not number and not (type(right) is D and right.args[1] is left.args[1]):
        return None
    letters = free_symbols(left.args[0]).keys() | free_symbols(right).keys()
    free = [each for each in letters - {left.args[1]} if not case.known.defines(str(each))]
    if not free or (number and type(right) is not D):
        return None
    return case.solved(as_given("both sides of an equation are differentiated"))


def as_equation_of_new_letters(case: Case) -> Finding | None:
    """y − y_1 = m(x − x_1): letters that stood nowhere before cannot follow from anything."""
    before, spot = case.before, case.spot
    if isinstance(before, Symbol) or type(before) is Apply or slopes_in(case.equation):
        return None
    if any(isinstance(node, (At, Binder)) for node in postorder(case.equation)):
        return None  # an identity between sums may rest on what is not said
    rows = case.progress.derivation.rows[: spot.number]
    chains = spot.row.chains[: spot.row.chains.index(spot.chain)]
    said = [each for row in rows for each in row.expressions]
    said += [each.expression for chain in chains for each in chain.formulas if each.expression]
    told = {letter for each in said for letter in free_symbols(each)} | case.progress.context.seen
    given = (each.expression for chain in case.progress.derivation.given for each in chain.formulas)
    told |= {letter for each in given if each is not None for letter in free_symbols(each)}
    new = [
        letter
        for letter in free_symbols(case.equation)
        if letter not in told and not case.known.defines(letter.name)
    ]
    if not new or not spot.at_end or not told & free_symbols(case.equation).keys():
        return None
    return case.solved(as_given(f"an equation for {new[0]}"))


def as_value_with_parameters(case: Case) -> Finding | None:
    """g(1) = 2, for g(x) = a x² + b: a condition for a and b."""
    call = case.before
    if type(call) is not Apply or free_symbols(call) or free_symbols(case.after):
        return None
    function = case.known.functions.get(function_of(call.args[0])[0].name)
    if function is None or function.definition is None or not case.spot.at_end:
        return None
    body = case.known.filled_in(function.definition)
    letters = free_symbols(body).keys() - {*function.parameters, *case.known.values}
    note = "a condition: it is not so for all values"
    return case.solved(as_given(note)) if letters else None


def as_fixed_point(case: Case) -> Finding | None:
    """x = cos x, an equation for x: nobody says that of every x."""
    name, after, known = case.before, case.after, case.known
    if not (isinstance(name, Symbol) and contains(after, name) and case.spot.at_end):
        return None
    if name in {**known.names, **known.values, **known.implicit}:
        return None
    return case.solved(as_given(f"an equation for {name}"))
