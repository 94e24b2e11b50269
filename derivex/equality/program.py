"""A written tree as a list of steps that can be run at many points, in any ring.

Shared subexpressions are one step.  The body of a sum and the operand of a derivative are
programs of their own, since they run with an index or an infinitesimal that is theirs; all
derivatives by the same variable share one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from time import monotonic
from types import MappingProxyType
from typing import Any

from sympy import Integer, NumberSymbol, Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import ImaginaryUnit

from derivex.equality import steps
from derivex.equality.jets import MOST_DERIVATIVES
from derivex.equality.rings import Ring, UnsupportedError
from derivex.equality.surroundings import Surroundings, TimeUpError
from derivex.equality.unfolding import unfolded
from derivex.expression.data import COUNT
from derivex.expression.elementary import ELEMENTARY
from derivex.expression.functions import Functions
from derivex.expression.literals import value_of
from derivex.expression.nodes import (
    Apply,
    At,
    D,
    Decimal,
    Negative,
    Node,
    Over,
    Plus,
    Power,
    Times,
    Total,
)
from derivex.expression.traverse import contains

__all__ = ["Program"]

_MOST_NESTED = 40  # sums and derivatives inside one another
_NOTHING: Mapping[Basic, int] = MappingProxyType({})


class Program:
    """The steps that evaluate some expressions together.

    Args:
        roots: the expressions, with definitions and means written out.
        given: the expression that a derivative around this is by, with the bits of its
            infinitesimals; its value comes from outside.
        shifted: expressions that get infinitesimals added to what they evaluate to.
        derivatives: how many derivatives there are around this.
        nested: how many sums and derivatives there are around this.
    """

    def __init__(
        self,
        roots: Sequence[Basic],
        given: Mapping[Basic, int] = _NOTHING,
        shifted: Mapping[Basic, int] = _NOTHING,
        derivatives: int = 0,
        nested: int = 0,
    ):
        if nested > _MOST_NESTED:
            raise UnsupportedError("sums and derivatives are nested too deeply in one another")
        self._given = given
        self._shifted = shifted
        self._derivatives = derivatives
        self._nested = nested
        self.steps: list[tuple[Callable[..., Any], Any]] = []
        self._register: dict[Basic, int] = {}
        order = list(self._walk(roots))
        self._groups: dict[Basic, list[Node]] = {}
        for node in order:
            if type(node) is D:
                self._groups.setdefault(node._args[1], []).append(node)
        for node in order:
            if node not in self._register:
                self._add(node)
        self.results = [self._register[root] for root in roots]

    @classmethod
    def of(cls, roots: Sequence[Basic], functions: Functions) -> Program:
        """The program for scalar expressions, with definitions and means written out.

        Raises:
            UnsupportedError: for vectors, dots and the like, and for functions without a meaning.
        """
        return cls(unfolded(roots, functions))

    def run(self, ring: Ring, surroundings: Surroundings) -> list[Any]:
        """The values of the roots.

        Raises:
            UndefinedError: where one of them has no value.
            TimeUpError: after the deadline.
        """
        if surroundings.deadline is not None and monotonic() > surroundings.deadline:
            raise TimeUpError
        registers: list[Any] = []
        append = registers.append
        for step, detail in self.steps:
            append(step(ring, surroundings, registers, detail))
        return [registers[position] for position in self.results]

    def _walk(self, roots: Iterable[Basic]) -> Iterable[Basic]:
        """Operands before nodes; bodies of sums and operands of derivatives left out."""
        seen: set[Basic] = set()
        stack: list[tuple[Basic, bool]] = [(root, False) for root in reversed(list(roots))]
        while stack:
            node, ready = stack.pop()
            if ready:
                yield node
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack.extend((part, False) for part in reversed(self._parts(node)))

    def _parts(self, node: Basic) -> tuple[Basic, ...]:
        """The operands that are evaluated before the node, in the same program."""
        kind = type(node)
        if node in self._given or not isinstance(node, Node):
            return ()
        if kind is Power and _whole(node._args[1]) is not None:
            return node._args[:1]
        if kind is D:
            variable = node._args[1]
            if isinstance(variable, Symbol):
                return ()
            return variable._args[1:] if type(variable) is At else (variable,)
        if kind is Total:
            return node._args[2:]
        if kind is At or kind is Apply:
            return node._args[1:]
        return node._args

    def _emit(self, node: Basic, step: Callable[..., Any], detail: Any) -> None:
        self._register[node] = len(self.steps)
        self.steps.append((step, detail))

    def _add(self, node: Basic) -> None:
        if node in self._given:
            self._emit(node, steps.given, node)
            return
        operands = [self._register[part] for part in self._parts(node)]
        kind = type(node)
        simple = _SIMPLE.get(kind)
        if simple is not None:
            self._emit(node, simple, operands)
        elif isinstance(node, Symbol):
            self._emit(node, steps.count if node is COUNT else steps.symbol, node)
        elif isinstance(node, Integer):
            self._emit(node, steps.number, int(node.p))
        elif isinstance(node, Decimal):
            self._emit(node, steps.number, node.value)
        elif isinstance(node, (NumberSymbol, ImaginaryUnit)):
            self._emit(node, steps.constant, type(node).__name__)
        elif kind is Power:
            assert isinstance(node, Node)
            if len(operands) == 1:
                self._emit(node, steps.integer_power, (operands[0], _whole(node._args[1])))
            else:
                self._emit(node, steps.power, operands)
        elif kind is Apply:
            assert isinstance(node, Node)
            name = str(node._args[0])
            if name not in ELEMENTARY:
                raise UnsupportedError(f"nothing is known of the values of the function {name}")
            self._emit(node, steps.apply, (name, operands, node))
        elif kind is At:
            assert isinstance(node, Node)
            if not isinstance(node._args[0], Symbol):
                raise UnsupportedError("an index on something that is not a name")
            self._emit(node, steps.entry, (node._args[0], operands))
        elif kind is D:
            self._add_derivatives(node)
        elif kind is Total:
            self._add_total(node, operands)
        else:
            raise UnsupportedError(f"an expression with {kind.__name__} has no single value")
        bits = self._shifted.get(node)
        if bits is not None:
            self._emit(node, steps.shift, (self._register[node], bits))

    def _add_derivatives(self, node: Basic) -> None:
        """One step for all derivatives by this variable, and one to pick each."""
        variable = node._args[1]
        if value_of(variable) is not None:
            raise UnsupportedError("a derivative by a number has no value")
        if self._derivatives >= MOST_DERIVATIVES:
            raise UnsupportedError(
                f"more than {MOST_DERIVATIVES} derivatives inside one another are not evaluated"
            )
        bit = 1 << self._derivatives
        group = self._groups[variable]
        # A variable that was given its value outside moves when this one does, so it is
        # evaluated anew, and its own infinitesimals are added to it.
        shifted = {**self._shifted, **self._given}
        mine = shifted.pop(variable, 0) | bit
        is_name = isinstance(variable, Symbol) or type(variable) is At
        program = Program(
            [member._args[0] for member in group],
            {} if is_name else {variable: mine},
            shifted,
            self._derivatives + 1,
            self._nested + 1,
        )
        if isinstance(variable, Symbol):
            place: Any = None
        elif type(variable) is At:
            place = [self._register[part] for part in variable._args[1:]]
        else:
            place = self._register[variable]
        position = len(self.steps)
        self.steps.append((steps.derive, (program, variable, place, bit)))
        for number, member in enumerate(group):
            self._emit(member, steps.pick, (position, number))

    def _add_total(self, node: Basic, bounds: list[int]) -> None:
        body, index = node._args[:2]
        program = Program(
            [body],
            {node: bits for node, bits in self._given.items() if not contains(node, index)},
            {node: bits for node, bits in self._shifted.items() if not contains(node, index)},
            self._derivatives,
            self._nested + 1,
        )
        whole = node if self._nested == 0 else None
        self._emit(node, steps.total, (program, index, bounds, whole))


def _whole(node: Basic) -> int | None:
    """The integer that is written there, if it is one."""
    value = value_of(node)
    return value.numerator if value is not None and value.denominator == 1 else None


_SIMPLE: Mapping[type[Basic], Callable[..., Any]] = MappingProxyType(
    {
        Plus: steps.plus,
        Times: steps.times,
        Negative: steps.negative,
        Over: steps.over,
    }
)
