"""The chain rule of several variables: differentiating through intermediate variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Phase, Step, follow
from derivex.engine.definitions import NO_DEFINITIONS, Definitions, fill_in_definitions, filled_in
from derivex.engine.differentiate import TIDYING, check_variable, ending
from derivex.engine.forms import normal_phase
from derivex.engine.intermediate_names import Intermediates, find_intermediates, name_parts
from derivex.engine.normalise import Normaliser
from derivex.expression import (
    D,
    Named,
    Negative,
    Plus,
    contains,
    postorder,
    substitute,
    symbol,
    transform,
)
from derivex.rulebook import Procedure, RuleBook
from derivex.rulebook.procedures.intermediate import intermediates_in

__all__ = ["differentiate_through"]


def differentiate_through(
    expression: Basic,
    variable: Basic,
    intermediates: Intermediates,
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
    notes: tuple[str, ...] = (),
) -> Derivation:
    """The derivative by the chain rule of several variables, ∂y/∂x = Σ_j ∂y/∂u_j · ∂u_j/∂x.

    The parts of the expression get names, the sum is written out, every factor differentiated
    by the rules, and the names are replaced by what they stand for.  Where the variable also
    occurs outside of the named parts, it gets a name itself: with u₁ = x², u₂ = x.

    Args:
        expression: what is differentiated.
        variable: the variable.
        intermediates: the names and what they stand for.
        book: the rules.
        definitions: functions and abbreviations that are filled in first.
        notes: remarks that the derivation carries on.

    Raises:
        ProblemError: a name that does not occur, is the variable, or leads back to itself.

    >>> from derivex.expression import TWO, Plus, Power, Times, integer, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x, u = symbol("x"), symbol("u")
    >>> inner = Plus(Times(integer(3), x), TWO)
    >>> found = differentiate_through(
    ...     Power(inner, integer(5)), x, Intermediates({u: inner}), shipped_book()
    ... )
    >>> for line in found.lines():
    ...     print(line)
    ∂(3x + 2)⁵/∂x
    ∂u⁵/∂x     with u = 3x + 2
    ∂u⁵/∂u · ∂u/∂x     using the chain rule
    ∂u⁵/∂u · ∂(3x + 2)/∂x     filling in u
    5u⁴ · ∂(3x + 2)/∂x     using the exponent rule
    5u⁴ (∂(3x)/∂x + ∂2/∂x)     using the sum rule
    5u⁴ (3 · ∂x/∂x + ∂2/∂x)     using the constant factor rule
    5u⁴ (3 · 1 + 0)     using the exponent and constant rules
    15u⁴     arithmetic
    15(3x + 2)⁴     substituting u back
    """
    check_variable(variable)
    given = {
        name: _filled(body, definitions, intermediates.given)
        for name, body in intermediates.given.items()
    }
    rest = Definitions(
        definitions.functions,
        {name: body for name, body in definitions.abbreviations.items() if name not in given},
    )
    if intermediates.found:
        given = find_intermediates(filled_in(expression, rest), variable)
    named, remarks = name_parts(filled_in(expression, rest), variable, given)
    # Names that the user wrote are the quantities from the start.
    start = D(
        substitute(expression, {symbol(str(each._args[0])): each for each in named}), variable
    )
    run = fill_in_definitions(start, rest)
    start = run[-1].start if run else start
    naming = _naming_phase(start, named, book)
    if naming is not None:
        run.append(replace(naming, entry=run.pop().entry) if run else naming)
    chain = _chain_phase(run[-1].result if run else start, book)
    if naming is None and run:
        chain = replace(chain, entry=run.pop().entry)
    run.append(chain)
    normaliser = Normaliser(book, TIDYING)
    run.append(normaliser.run(run[-1].result))
    run += _back_phases(run[-1].result, start.args[0], named, book)
    status = ending(normaliser)
    stuck = tuple(normaliser.stuck)
    return Derivation(tuple(run), book, (variable,), status, stuck, (*notes, *remarks))


def _filled(body: Basic, definitions: Definitions, names: Mapping[Symbol, Basic]) -> Basic:
    """A definition with what was defined elsewhere filled in."""
    rest = Definitions(
        definitions.functions,
        {name: each for name, each in definitions.abbreviations.items() if name not in names},
    )
    return filled_in(body, rest)


def _procedure(book: RuleBook, name: str, named: Sequence[Basic] = ()) -> Procedure:
    procedure = book.rules[name].procedure
    assert procedure is not None
    return procedure.with_parameters(tuple(named)) if named else procedure


def _naming_phase(start: Basic, named: Sequence[Named], book: RuleBook) -> Phase | None:
    """The phase that gives the parts their names; None if they have them already."""
    naming = _procedure(book, "name-intermediates", named)
    written = start._args[0]
    through = naming.apply(written)
    if through is None:
        return None
    steps = {written: Step(naming, written, through)}
    return Phase(start, steps, follow(start, steps))


def _chain_phase(start: Basic, book: RuleBook) -> Phase:
    """The phase that writes the chain rule out and fills the definitions in."""
    several = _procedure(book, "chain-several-variables")
    single = _procedure(book, "chain-through")
    steps: dict[Basic, Step] = {}
    variable = start._args[1]
    waiting: list[tuple[Basic, Sequence[Basic]]] = [(start, ())]
    while waiting:
        node, beside = waiting.pop()
        if node in steps:
            continue
        if type(node._args[0]) is Named:
            procedure = _procedure(book, "fill-in-intermediates", beside)
            made = procedure.apply(node)
        else:
            beside = intermediates_in(node._args[0])
            procedure = several if len(beside) > 1 else single
            made = procedure.apply(node)
        if made is not None:
            steps[node] = Step(procedure, node, made)
            waiting += [
                (each, beside)
                for each in postorder(made)
                if type(each) is D and each._args[1] is variable
            ]
    return Phase(start, steps, follow(start, steps))


def _without_names(node: Basic) -> Basic:
    return transform(node, lambda part: part._args[1] if type(part) is Named else part)


def _terms_of(node: Basic) -> tuple[Basic, ...]:
    """The terms of a sum; any other node is its own only term."""
    return node._args if type(node) is Plus else (node,)


def _back_phases(
    start: Basic, plain: Basic, named: Sequence[Named], book: RuleBook
) -> Iterator[Phase]:
    """The phases that put the definitions in the place of the names, and tidy up."""
    used = [each for each in named if contains(start, each)]
    if not used:
        return
    back = _procedure(book, "substitute-back", used)
    steps: dict[Basic, Step] = {}
    for each in used:  # names inside of definitions go first
        node = Named(each._args[0], _without_names(each._args[1]))
        steps[node] = Step(back, node, node._args[1])
    phase = Phase(start, steps, follow(start, steps))
    yield phase
    tidied = normal_phase(phase.result, book, *TIDYING)
    if tidied.steps:
        yield tidied
    ordering = _procedure(book, "factors-as-written", [_without_names(plain)])
    steps = {}
    for term in _terms_of(tidied.result):
        node = term._args[0] if type(term) is Negative else term
        made = ordering.apply(node)
        if made is not None:
            steps[node] = Step(ordering, node, made)
    if steps:
        yield Phase(tidied.result, steps, follow(tidied.result, steps))
