"""The gradient by a vector through its components: ∂f/∂w_k by δ, and back to vector form."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Phase, Step
from derivex.engine.definitions import NO_DEFINITIONS, Definitions, fill_in_definitions, followed_by
from derivex.engine.differentiate import TIDYING, ending
from derivex.engine.gradient import GradientDerivation
from derivex.engine.normalise import Normaliser
from derivex.errors import ProblemError
from derivex.expression import At, D, postorder, symbol
from derivex.expression.array_nodes import ArrayName
from derivex.expression.nodes import ONE, Binder
from derivex.matching import NO_FACTS, Facts
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook

__all__ = ["by_components", "gradient_by_components", "has_arrays"]

_LETTERS = "kpqmc"  # for the entry that one differentiates by


def gradient_by_components(
    expression: Basic,
    variable: Basic,
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
    assumptions: tuple[Basic, ...] = (),
) -> GradientDerivation:
    """The gradient by a vector, one entry for all: written out, differentiated, put together.

    Args:
        expression: a number.
        variable: a vector.
        book: the rules.
        definitions: functions and abbreviations that are filled in first.
        assumptions: relations that side conditions may rely on.

    Raises:
        ProblemError: it is no vector, or something in the expression has no components here.

    >>> from derivex.expression import TWO, Power
    >>> from derivex.expression.array_nodes import Norm
    >>> from derivex.rulebook import shipped_book
    >>> w = ArrayName("w: d")
    >>> gradient_by_components(Power(Norm(w), TWO), w, shipped_book()).row
    Times(2, w: d)
    """
    if type(variable) is not ArrayName or variable.columns is not ONE:
        raise ProblemError(
            "a gradient by components is taken by one vector",
            hint="declare the shape of the vector that it is by: w: d",
        )
    entry = At(variable, _free_letter(expression, variable))
    start: Basic = D(expression, entry)
    phases = fill_in_definitions(start, definitions)
    start = phases[-1].start if phases else start
    writing = by_components(start, book)
    run = Normaliser(book, TIDYING, facts=Facts(assumptions) if assumptions else NO_FACTS)
    deriving = run.run(writing.result)
    found = followed_by(followed_by(phases, writing), deriving)
    vector: Basic | None = None
    result = deriving.result
    if type(result) is At and result._args[0] is not variable:
        vector = result._args[0]
    elif not run.stuck:
        together = _as_vector(result, entry._args[1], book)
        if together is not None:
            found.append(together)
            vector = together.result._args[0]
    derivation = Derivation(
        tuple(found), book, (entry,), ending(run), tuple(run.stuck), (), assumptions
    )
    return GradientDerivation(expression, (variable,), (derivation,), None, vector)


def has_arrays(expression: Basic) -> bool:
    """Whether vectors or matrices occur in an expression."""
    return any(type(node) is ArrayName for node in postorder(expression))


def by_components(start: Basic, book: RuleBook) -> Phase:
    """Norms, dot products and rows times columns written as sums over the entries.

    Raises:
        ProblemError: something has no components here.
    """
    writing = Normaliser(book, ("components",), as_written=False).run_outside(start)
    _refuse_arrays(writing.result)
    return writing


def _as_vector(entries: Basic, index: Basic, book: RuleBook) -> Phase | None:
    procedure = book.rules["entries-as-vector"].procedure
    assert procedure is not None
    putting = procedure.with_parameters((index,))
    made = putting.apply(entries)
    return None if made is None else Phase(entries, {entries: Step(putting, entries, made)}, made)


def _free_letter(expression: Basic, variable: ArrayName) -> Symbol:
    taken = {str(variable.rows)}
    for node in postorder(expression):
        if type(node) is ArrayName:
            taken |= {node.name, str(node.rows), str(node.columns)}
        elif isinstance(node, Symbol):
            taken.add(node.name)
        elif isinstance(node, Binder):
            taken.add(str(node.args[1]))
    return symbol(next(letter for letter in _LETTERS if letter not in taken))


def _refuse_arrays(written: Basic) -> None:
    """All that is left of arrays must be their entries."""
    for node in postorder(written):
        if type(node) is At:
            stays = bool(node.args[0].args)  # the entry of what is no name
        else:
            stays = any(type(part) is ArrayName for part in node.args)
        if stays:
            shown = TextWriter().write(node)
            raise ProblemError(
                f"{shown} is not written by components here",
                hint="ask for the gradient without components, by the rules for vectors",
            )
