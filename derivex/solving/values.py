"""The numbers that a general solution takes for given data, with their arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Entry, Phase, Step, follow
from derivex.engine import TIDYING, Columns, evaluate, length_of, normal_phase
from derivex.engine.evaluate import check_defined
from derivex.expression import Mean, Over, Total, integer, postorder, substitute
from derivex.expression.data import COUNT
from derivex.expression.nodes import Node
from derivex.rulebook import RuleBook

__all__ = ["Values", "values_of"]


@dataclass(frozen=True, eq=False)
class Values:
    """What a solution comes to with the data filled in.

    Args:
        statistics: the derivation of each mean or sum over the data that occurs.
        unknowns: the derivation of each unknown's value, in the order of calculation.
    """

    statistics: Mapping[Basic, Derivation]
    unknowns: Mapping[Symbol, Derivation]

    @property
    def results(self) -> dict[Symbol, Basic]:
        """The value of each unknown."""
        return {unknown: found.result for unknown, found in self.unknowns.items()}


def values_of(isolated: Sequence[tuple[Symbol, Basic]], columns: Columns, book: RuleBook) -> Values:
    """Fill the data into expressions for unknowns, each of which may use those before it.

    Raises:
        ProblemError: a column is missing, or a denominator comes to zero.
    """
    statistics: dict[Basic, Derivation] = {}
    for _, expression in isolated:
        for node in _statistics_in(expression):
            if node not in statistics:
                statistics[node] = evaluate(node, {}, columns, book)
    known: dict[Basic, Basic] = {node: found.result for node, found in statistics.items()}
    known[COUNT] = integer(length_of(columns))
    unknowns: dict[Symbol, Derivation] = {}
    for unknown, expression in isolated:
        unknowns[unknown] = _filled(expression, known, book)
        known[unknown] = unknowns[unknown].result
    return Values(statistics, unknowns)


def _statistics_in(expression: Basic) -> list[Basic]:
    return [node for node in postorder(expression) if type(node) in (Mean, Total)]


def _filled(expression: Basic, known: Mapping[Basic, Basic], book: RuleBook) -> Derivation:
    phases = [Phase(expression, {}, expression)]
    filled = substitute(expression, known)
    if filled is not expression:
        phases.append(Phase(filled, {}, filled, Entry("filling in the data", dict(known))))
    inner = _operands_first(filled, book)
    if inner is not None:
        phases.append(inner)
    last = normal_phase(phases[-1].result, book, *TIDYING)
    if last.result is not last.start:
        phases.append(last)
    check_defined(phases[-1].result)
    return Derivation(tuple(phases), book)


def _operands_first(start: Basic, book: RuleBook) -> Phase | None:
    """The arithmetic above and below a fraction line, before the division itself."""
    if type(start) is not Over:
        return None
    steps: dict[Basic, Step] = {}
    for operand in start.args:
        steps.update(normal_phase(operand, book, *TIDYING).steps)
    if not steps:
        return None
    operands = [follow(operand, steps) for operand in start.args]
    after = Over(*operands)
    assert isinstance(after, Node)
    if follow(start, steps) is not after:
        return None  # the fraction itself is among the steps
    return Phase(start, steps, after)
