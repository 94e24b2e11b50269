"""Excuses: links that say what something is from there on."""

from __future__ import annotations

import re
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.case import Case, as_given
from derivex.checking.given import is_of_name
from derivex.checking.links import Finding, judge_link
from derivex.checking.posed import functions_in
from derivex.checking.premises import definition_in, names_of_new_vector, unknowns
from derivex.checking.progress import Progress
from derivex.checking.systems import slopes_in
from derivex.expression import (
    TWO,
    Apply,
    At,
    Over,
    Plus,
    Power,
    Times,
    contains,
    free_symbols,
    function_name,
    function_of,
    postorder,
    substitute,
    symbol,
    value_of,
)
from derivex.notation import Definition

__all__ = [
    "as_another_function",
    "as_definition",
    "as_definition_by_inverse",
    "as_function_for_a_name",
    "as_function_from_which",
    "as_function_of_another_section",
    "as_names",
    "as_new_name",
    "as_one_of_several",
    "as_recurrence",
    "as_tangent",
    "define_anew",
]

_TANGENT = re.compile(
    r"tangent(?!\()|\blinear(?:i[sz]|\s+approx)|\btangente|point.slope", re.IGNORECASE
)
_NEAR = 400  # characters before a formula in which its subject is named


def as_one_of_several(case: Case) -> Finding | None:
    """One of several cases: x = 1 or x = 2."""
    return as_given("one of several cases") if case.spot.row.connective == "or" else None


def as_another_function(case: Case) -> Finding | None:
    """The words say that a function is another one from here on: it is forgotten."""
    other = case.spot.chain.renews
    if not (other and case.known.defines(other)):
        return None
    case.progress.knowledge = case.known.forgetting([other])
    return as_given(f"a premise: {other} is another function than before")


def as_function_for_a_name(case: Case) -> Finding | None:
    """S(x) = … where S = … was said: S is that function."""
    if not is_of_name(case.before, case.known):
        return None
    name = function_of(case.before.args[0])[0].name
    same, definition = judge_link(symbol(name), case.after, case.known), case.definition
    if not same.holds or definition is None:
        return None
    case.progress.define(definition)
    return same


def as_function_from_which(case: Case) -> Finding | None:
    """f(x) = x³ ⟹ f'(x) = 3x²: another f than before, from which something is deduced."""
    definition, spot = definition_in(case.before, case.after), case.spot
    if definition is None or not definition.parameters or not (spot.solved and spot.at_end):
        return None
    if spot.row.said == "claim" or not free_symbols(case.after) or unknowns(case.after, case.known):
        return None
    case.progress.define(definition, said=True)
    return case.solved(as_given(f"the definition of {definition.name}"))


def as_function_of_another_section(case: Case) -> Finding | None:
    """Of the f of another section it is not so: that one is forgotten."""
    renewed = functions_in(case.before) & case.progress.derivation.elsewhere
    if case.finding.verdict != "wrong" or not renewed:
        return None
    case.progress.knowledge = case.known.forgetting(renewed)
    told = " and ".join(sorted(renewed))
    return as_given(f"taken as given: it is not so for the {told} of another section")


def as_definition(case: Case) -> Finding | None:
    """A name, or f(x), for what stands after it."""
    definition = case.definition
    if definition is None:
        return None
    unclear = case.known.defines(definition.name) and bool(unknowns(case.after, case.known))
    if unclear or not _may_define(case.before, definition, case.progress):
        return None
    case.progress.define(definition)
    found = as_given(f"the definition of {definition.name}")
    return case.solved(found) if case.spot.solved and case.spot.at_end else found


def _may_define(before: Basic, definition: Definition, progress: Progress) -> bool:
    """Whether a name may get a definition here: it is no unknown, and has none yet."""
    if progress.solving_for(before):
        return False
    if definition.name in progress.defined and progress.said_last is before:
        return False  # f(x) = …, and again f(x) = …: that is a claim
    known = progress.knowledge.functions.get(definition.name)
    if definition.parameters and known is not None and known.means is not None:
        return False
    progress.defined.add(definition.name)
    progress.said_last = before
    return True


def as_definition_by_inverse(case: Case) -> Finding | None:
    """σ² = 1/n Σ (x_i − μ)², or log L = Σ log p_i, says what σ, or L, is, if that is new."""
    before, after = case.before, case.after
    found = _solved_for_a_name(before, after)
    if found is None or contains(after, found[0]) or not free_symbols(after):
        return None
    name, body, by = found
    defined = case.known.defines(name.name) or name in case.known.values
    given = [*case.progress.context.thread, *case.progress.systems]
    if defined or any(contains(each, name) for system in given for each in system):
        return None
    case.progress.define(Definition(name.name, (), body))
    return as_given(f"the definition of {name}, by its {by}")


def _solved_for_a_name(before: Basic, after: Basic) -> tuple[Symbol, Basic, str] | None:
    """The name of which a formula is the square or the logarithm, what it is, and by what."""
    inner = before.args[0 if type(before) is Power else -1] if before.args else before
    if not isinstance(inner, Symbol):
        return None
    if type(before) is Power and before.args[1] is TWO:
        return inner, Apply(function_name("sqrt"), after), "power"
    if type(before) is Apply and before.args[0] is function_name("log"):
        return inner, Apply(function_name("exp"), after), "logarithm"
    return None


def define_anew(case: Case) -> None:
    """In A = l w = (10 − w) w the name stands for what l was put into."""
    chain = case.spot.chain
    if chain.continues or len(chain.formulas) < 2:
        return
    first, second = (formula.expression for formula in chain.formulas[:2])
    if first is not None and second is not None:
        definition = definition_in(first, second)
        if definition is not None and case.known.defines(definition.name):
            case.progress.define(replace(definition, body=case.after))


def as_recurrence(case: Case) -> Finding | None:
    """An entry is said to come from others of the same list: x_(k+1) = 0.8 x_k.

    So is w_ij^(t+1) = w_ij^(t) − η g, where one of the indices tells the step.
    """
    before, after = case.before, case.after
    if type(before) is not At or before.args[0] in case.known.columns:
        return None
    others = {
        node
        for node in postorder(after)
        if type(node) is At
        and node.args[0] is before.args[0]
        and len(node.args) == len(before.args)
    }
    moved = all(
        node is not before and free_symbols(node).keys() == free_symbols(before).keys()
        for node in others
    )
    several = len(before.args) > 2 and not any(index.args for index in before.args)
    if not (others and moved) or several:
        return None
    sequences = case.known.sequences | {before.args[0]}
    case.progress.knowledge = replace(case.known, sequences=sequences)
    return as_given("how one entry comes from another")


def as_names(case: Case) -> Finding | None:
    """The left side is a new entry, y_i = …, or a vector of names."""
    before = case.before
    new = bool(names_of_new_vector(before))
    if type(before) is At:
        new = _is_next_entry(case)
        if not new and _is_new(before, before, case):
            case.progress.knowledge = case.known.defining_entry(before, case.after)
            new = True
    return as_given("names for what follows") if new else None


def _is_next_entry(case: Case) -> bool:
    """Whether a line says what the next entry is, x_{k+1} = x_k - …, or one with a number.

    z_2 = w a_1 + b says what z_2 is where nothing was said of it before.
    """
    entry, known = case.before, case.known
    base, index = entry.args[0], entry.args[-1]
    shifted = bool(index.args) and bool(free_symbols(index))
    if contains(case.after, entry) or not (shifted or value_of(index) is not None):
        return False
    rows = case.progress.derivation.rows[: case.spot.number]
    said_before = any(contains(each, entry) for row in rows for each in row.expressions)
    if said_before or base in known.entries:
        return False
    if not shifted:
        case.progress.identify(entry, case.after)
    return shifted or symbol(str(base)) not in known.columns


def as_new_name(case: Case) -> Finding | None:
    """A name behind the sign that does not occur in the rows before, perhaps below Σ and −."""
    name = _in_its_place(case.before, case.after)
    new = _is_new(name, case.after, case)
    return as_given("a new name for what stands before") if new else None


def _in_its_place(before: Basic, after: Basic) -> Basic:
    """The part of a formula that has another one in its place in the formula before.

    >>> x, l, k = symbol("x"), symbol("l"), symbol("k")
    >>> from derivex.expression import Total
    >>> _in_its_place(Total(Power(At(x, k), TWO), k), Total(At(l, k), k))
    At(l, k)
    """
    while type(before) is type(after) and len(before.args) == len(after.args):
        pairs = zip(before.args, after.args, strict=True)
        other = [(left, right) for left, right in pairs if left is not right]
        if len(other) != 1 or type(after) is At:
            break
        ((before, after),) = other
    return after


def _is_new(name: Basic, formula: Basic, case: Case) -> bool:
    """Whether a name does not occur in the rows so far but for the formula it stands in."""
    base = name.args[0] if type(name) is At else name
    if not isinstance(base, Symbol) or base in case.known.names:
        return False
    rows = case.progress.derivation.rows[: case.spot.number + 1]
    met = (each for row in rows for each in row.expressions)
    return not any(each is not formula and contains(each, base) for each in met)


def as_tangent(case: Case) -> Finding | None:
    """The z of a tangent plane, or the y of a tangent, is another than that of the surface.

    From there on it is that of the tangent.
    """
    start = case.spot.formula.place.start
    near = case.spot.formula.place.source[max(0, start - _NEAR) : start]
    if _TANGENT.search(near) is None or not all(_is_affine(side, case) for side in _sides(case)):
        return None
    bent = [
        name
        for name in free_symbols(case.before)
        if (name in case.known.names and not _is_affine(case.known.names[name], case))
        or (name in {**case.known.implicit, **case.known.met} and not slopes_in(case.equation))
    ]
    if len(bent) != 1:
        return None
    name = bent[0]
    if name is case.before:
        case.progress.define(Definition(name.name, (), case.after))
    else:  # y − 4 = 3(x − 2)
        case.progress.knowledge = case.known.forgetting([str(name)])
        case.solved(case.finding)
        case.progress.refuted.discard(case.equation)
    return as_given(f"a tangent: its {name} is another one")


def _sides(case: Case) -> tuple[Basic, ...]:
    """What has to be linear in the equation of a tangent."""
    return (case.after,) if isinstance(case.before, Symbol) else (case.before, case.after)


def _is_affine(root: Basic, case: Case) -> bool:
    """Whether it is linear but for a constant: halfway between two points it is the mean."""
    letters = list(free_symbols(root))
    others = {letter: symbol(f"{letter}·") for letter in letters}
    halfway = {letter: Over(Plus(letter, other), TWO) for letter, other in others.items()}
    both = Plus(root, substitute(root, others))
    twice = Times(TWO, substitute(root, halfway))
    return bool(letters) and judge_link(twice, both, replace(case.known, names={})).holds
