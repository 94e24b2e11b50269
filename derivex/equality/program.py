"""A written tree as a list of steps that can be run at many points, in any ring.

Shared subexpressions are one step.  The body of a sum and the operand of a derivative are
programs of their own, since they run with an index or an infinitesimal that is theirs; all
derivatives by the same variable share one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sympy import Integer, NumberSymbol, Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import ImaginaryUnit, Infinity

from derivex.equality import choices, steps
from derivex.equality.clock import worked
from derivex.equality.directions import lengths_of, one_sided, variables_of
from derivex.equality.jets import MOST_DERIVATIVES
from derivex.equality.rings import Ring, UndefinedError, UnsupportedError
from derivex.equality.supports import OneSided
from derivex.equality.surroundings import Surroundings, TimeUpError
from derivex.equality.unfolding import unfolded
from derivex.expression.data import COUNT
from derivex.expression.elementary import ELEMENTARY
from derivex.expression.functions import Functions
from derivex.expression.infinity import infinite_sign
from derivex.expression.literals import value_of
from derivex.expression.nodes import (
    And,
    Apply,
    At,
    Binder,
    Cases,
    D,
    Decimal,
    Delta,
    Integral,
    LeftLimit,
    Limit,
    Named,
    Negative,
    Node,
    Or,
    Over,
    Plus,
    Power,
    Product,
    Relation,
    RightLimit,
    Substituted,
    Times,
    Total,
)
from derivex.expression.traverse import contains

__all__ = ["Program"]

_MOST_NESTED = 40  # sums and derivatives inside one another
COUNTING_LETTERS = frozenset("ijkmnMN")
"""The letters that go to ∞ through the integers, as those of sequences and sums do."""
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
        guarded: whether there is a case distinction around this, so that a value that does
            not exist may not be needed.
    """

    def __init__(
        self,
        roots: Sequence[Basic],
        given: Mapping[Basic, int] = _NOTHING,
        shifted: Mapping[Basic, int] = _NOTHING,
        derivatives: int = 0,
        nested: int = 0,
        guarded: bool = False,
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
        self.guarded = guarded or any(type(node) is Cases for node in order)
        self._reads: list[Sequence[int]] = []  # the registers that each step must have
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
        values = self.run_each(ring, surroundings)
        return list(map(choices.known, values)) if self.guarded else values

    def run_each(self, ring: Ring, surroundings: Surroundings) -> list[Any]:
        """The same, but if the program is guarded an UndefinedError may stand for a value."""
        if surroundings.deadline is not None and worked() > surroundings.deadline:
            raise TimeUpError
        registers: list[Any] = []
        append = registers.append
        if not self.guarded:
            for step, detail in self.steps:
                append(step(ring, surroundings, registers, detail))
            return [registers[position] for position in self.results]
        for (step, detail), reads in zip(self.steps, self._reads, strict=True):
            try:
                for register in reads:
                    choices.known(registers[register])
                append(step(ring, surroundings, registers, detail))
            except UndefinedError as error:
                append(error.with_traceback(None))
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
            return _places(node._args[1])
        if kind is OneSided:
            moved = variables_of(node._args[1])
            return tuple(part for variable in moved for part in _places(variable))
        if isinstance(node, Binder):
            return node._args[2:]
        if kind is Cases:
            return tuple(part for branch in node._args for part in branch._args)
        if kind is At or kind is Apply or kind is Named:
            return node._args[1:]
        return node._args

    def _emit(
        self, node: Basic, step: Callable[..., Any], detail: Any, reads: Sequence[int] = ()
    ) -> None:
        self._register[node] = len(self.steps)
        self.steps.append((step, detail))
        self._reads.append(reads)

    def _add(self, node: Basic) -> None:
        if node in self._given:
            self._emit(node, steps.given, node)
            return
        operands = [self._register[part] for part in self._parts(node)]
        kind = type(node)
        simple = _SIMPLE.get(kind)
        if simple is not None:
            self._emit(node, simple, operands, operands)
        elif isinstance(node, Symbol):
            self._emit(node, steps.count if node is COUNT else steps.symbol, node)
        elif isinstance(node, Integer):
            self._emit(node, steps.number, int(node.p))
        elif isinstance(node, Decimal):
            self._emit(node, steps.number, node.value)
        elif isinstance(node, (NumberSymbol, ImaginaryUnit, Infinity)):
            self._emit(node, steps.constant, type(node).__name__)
        elif kind is Power:
            assert isinstance(node, Node)
            if len(operands) == 1:
                detail = (operands[0], _whole(node._args[1]))
                self._emit(node, steps.integer_power, detail, operands)
            else:
                self._emit(node, steps.power, operands, operands)
        elif kind is Apply:
            assert isinstance(node, Node)
            name = str(node._args[0])
            if name not in ELEMENTARY:
                raise UnsupportedError(f"nothing is known of the values of the function {name}")
            self._emit(node, steps.apply, (name, operands, node), operands)
        elif kind is At:
            assert isinstance(node, Node)
            if not isinstance(node._args[0], Symbol):
                raise UnsupportedError("an index on something that is not a name")
            self._emit(node, steps.entry, (node._args[0], operands), operands)
        elif kind is Named:
            self._emit(node, steps.named, operands[0], operands)
        elif kind is D:
            self._add_derivatives(node)
        elif kind is OneSided:
            self._add_one_sided(node)
        elif kind is Total or kind is Product:
            self._add_over_index(node, operands)
        elif isinstance(node, Relation):
            self._emit(node, choices.relation, (kind, *operands), operands)
        elif kind is And or kind is Or:
            self._emit(node, choices.all_of if kind is And else choices.any_of, operands)
        elif kind is Cases:
            branches = [[self._register[part] for part in branch._args] for branch in node._args]
            pairs = [(branch[0], branch[1] if len(branch) > 1 else None) for branch in branches]
            self._emit(node, choices.cases, pairs)
        elif kind is Integral:
            assert isinstance(node, Node)
            ends = _bounds(node, operands)
            self._emit(node, steps.integral, (self._under(node), node._args[1], ends), operands)
        elif kind is Substituted:
            assert isinstance(node, Node)
            program = self._under(node)
            self._emit(node, steps.substituted, (program, node._args[1], operands[0]), operands)
        elif issubclass(kind, Limit):
            self._add_limit(node, operands)
        else:
            raise UnsupportedError(f"an expression with {kind.__name__} has no single value")
        bits = self._shifted.get(node)
        if bits is not None:
            register = self._register[node]
            self._emit(node, steps.shift, (register, bits), [register])

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
            self.guarded,
        )
        reads: list[int] = []
        if isinstance(variable, Symbol):
            place: Any = None
        elif type(variable) is At:
            place = reads = [self._register[part] for part in variable._args[1:]]
        else:
            place = self._register[variable]
            reads = [place]
        position = len(self.steps)
        self.steps.append((steps.derive, (program, variable, place, bit)))
        self._reads.append(reads)
        for number, member in enumerate(group):
            self._emit(member, steps.pick, (position, number), [position])

    def _add_one_sided(self, node: Basic) -> None:
        operand, variable, direction = node.args
        moved = variables_of(variable)
        bit = 1 << self._derivatives
        opaque = {
            each: bit for each in moved if not isinstance(each, Symbol) and type(each) is not At
        }
        program = Program(
            [operand],
            opaque,
            {**self._shifted, **self._given},
            self._derivatives + 1,
            self._nested + 1,
            self.guarded,
        )
        places: list[Any] = []
        reads: list[int] = []
        for each in moved:
            found = [self._register[part] for part in _places(each)]
            reads += found
            places.append(found if type(each) is At else found[0] if found else None)
        detail = list(zip(moved, places, lengths_of(direction), strict=True))
        self._emit(node, one_sided, (program, detail, bit), reads)

    def _add_over_index(self, node: Basic, bounds: list[int]) -> None:
        whole = node if self._nested == 0 else None
        ends = _bounds(node, bounds)
        detail = (self._under(node), node._args[1], ends, whole, type(node) is Product)
        self._emit(node, steps.over_index, detail, bounds)

    def _under(self, binder: Node) -> Program:
        """The program for the body of a node that binds a name."""
        body, name = binder._args[:2]
        return Program(
            [body],
            {node: bits for node, bits in self._given.items() if not contains(node, name)},
            {node: bits for node, bits in self._shifted.items() if not contains(node, name)},
            self._derivatives,
            self._nested + 1,
        )

    def _add_limit(self, node: Node, point: list[int]) -> None:
        sides = {RightLimit: (1,), LeftLimit: (-1,)}.get(type(node), (1, -1))
        name, side = node._args[1], infinite_sign(node._args[2])
        if side:
            far = (self._under(node), name, side, str(name) in COUNTING_LETTERS)
            self._emit(node, steps.limit_far_away, far)
            return
        detail = (self._under(node), name, point[0], sides)
        self._emit(node, steps.limit, detail, point)


def _bounds(binder: Basic, registers: Sequence[int]) -> list[tuple[int, int]]:
    """The registers of the bounds of a sum or an integral, and which of them are ±∞."""
    signs = map(infinite_sign, binder.args[2:])
    return list(zip(registers, signs, strict=True))


def _places(variable: Basic) -> tuple[Basic, ...]:
    """What tells where the variable of a derivative is, or its value if it is an expression."""
    if isinstance(variable, Symbol):
        return ()
    return variable._args[1:] if type(variable) is At else (variable,)


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
        Delta: steps.delta,
    }
)
