"""What backpropagation costs, beside one derivative per weight by SymPy and by symengine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from time import perf_counter

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine.backward import BackwardDerivation, backward
from derivex.expression import D, Node, Plus, Times, postorder
from derivex.expression.lower import lower
from derivex.rulebook import RuleBook
from tests.benchmarks.expressions import written_network
from tests.benchmarks.measuring import forget, seconds

__all__ = ["BackwardComparison", "compare_backward", "operations", "operations_of"]

_SAMPLE = 2  # weights that SymPy differentiates by; it takes minutes for all of them


@dataclass(frozen=True)
class BackwardComparison:
    """Times in seconds; that of symengine is None where it is not installed.

    Args:
        weights: how many variables there are.
        sympy: one ``sympy.diff`` for each weight, estimated from a few.
        symengine: one ``diff`` of symengine's for each weight.
        derivex: the gradient backward, all steps recorded.
        loss: the operations in the loss.
        both: the operations in the loss and its gradient together.
    """

    weights: int
    sympy: float
    symengine: float | None
    derivex: float
    loss: int
    both: int


def operations(*roots: Basic) -> int:
    """The additions, multiplications, … that it takes to evaluate them; shared parts once."""
    seen = {node for root in roots for node in postorder(root)}
    return sum(
        len(node.args) - 1 if type(node) in (Plus, Times) else 1
        for node in seen
        if isinstance(node, Node) and node.args and type(node) is not D
    )


def operations_of(found: BackwardDerivation) -> int:
    """The operations of the walk forward and the walk backward."""
    passed = (*found.adjoints, *found.partials)
    return operations(*(each.body for each in found.quantities), *(each.result for each in passed))


def compare_backward(hidden: int, inputs: int, book: RuleBook) -> BackwardComparison:
    """Measure a network with one hidden layer of tanh units and squared loss.

    SymPy is told that all letters are real: of complex ones it asks questions that take it
    fifty times as long.
    """
    loss, weights = written_network(hidden, inputs)
    plain, letters = _real(lower(loss, book.functions), weights)
    sample = letters[:: max(1, len(letters) // _SAMPLE)][:_SAMPLE]
    forget()
    began = perf_counter()
    for letter in sample:
        plain.diff(letter)
    slow = (perf_counter() - began) / len(sample) * len(letters)
    found = backward(loss, weights, book)
    return BackwardComparison(
        len(weights),
        slow,
        _symengine(plain, letters) if find_spec("symengine") else None,
        seconds(partial(backward, loss, weights, book)),
        operations(loss),
        operations_of(found),
    )


def _real(plain: Basic, weights: list[Basic]) -> tuple[Basic, list[Basic]]:
    names = {name: Symbol(name.name, real=True) for name in plain.free_symbols}
    return plain.xreplace(names), [names[weight] for weight in weights]


def _symengine(plain: Basic, letters: list[Basic]) -> float:
    import symengine

    other = symengine.sympify(plain)
    names = [symengine.sympify(letter) for letter in letters]
    began = perf_counter()
    for name in names:
        other.diff(name)
    return perf_counter() - began
