"""The steps of a program: each computes one value from those before it.

Every step takes the ring, the surroundings, the values computed so far, and a detail of its
own, such as the positions of its operands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality import rings
from derivex.equality.choices import known
from derivex.equality.jets import Jet, perturbed
from derivex.equality.rings import Ring, UndefinedError, UnsupportedError
from derivex.equality.surroundings import Surroundings

if TYPE_CHECKING:
    from derivex.equality.program import Program

_MOST_TERMS = 10_000  # of one sum that is evaluated

Registers = list[Any]
Bounds = Sequence[tuple[int, int]]
"""Of each bound its register, and 1 or −1 where it is ∞ or −∞."""


def number(ring: Ring, around: Surroundings, registers: Registers, value: int | Fraction) -> Any:
    return ring.number(value)


def constant(ring: Ring, around: Surroundings, registers: Registers, name: str) -> Any:
    return ring.constant(name)


def symbol(ring: Ring, around: Surroundings, registers: Registers, name: Basic) -> Any:
    try:
        return around.values[name]
    except KeyError:
        raise UnsupportedError(f"{name} has no value") from None


def count(ring: Ring, around: Surroundings, registers: Registers, name: Basic) -> Any:
    """n: a name like any other, or else the number of data."""
    if name not in around.values and around.count is not None:
        return ring.number(around.count)
    return symbol(ring, around, registers, name)


def given(ring: Ring, around: Surroundings, registers: Registers, node: Basic) -> Any:
    return around.given[node]


def plus(ring: Ring, around: Surroundings, registers: Registers, operands: list[int]) -> Any:
    total = registers[operands[0]]
    for operand in operands[1:]:
        total = total + registers[operand]
    return total


def times(ring: Ring, around: Surroundings, registers: Registers, operands: list[int]) -> Any:
    product = registers[operands[0]]
    for operand in operands[1:]:
        product = product * registers[operand]
    return product


def named(ring: Ring, around: Surroundings, registers: Registers, operand: int) -> Any:
    return registers[operand]


def negative(ring: Ring, around: Surroundings, registers: Registers, operands: list[int]) -> Any:
    return -registers[operands[0]]


def over(ring: Ring, around: Surroundings, registers: Registers, operands: list[int]) -> Any:
    return rings.quotient(ring, registers[operands[0]], registers[operands[1]])


def integer_power(
    ring: Ring, around: Surroundings, registers: Registers, detail: tuple[int, int]
) -> Any:
    base, exponent = detail
    return rings.integer_power(ring, registers[base], exponent)


def power(ring: Ring, around: Surroundings, registers: Registers, operands: list[int]) -> Any:
    return ring.power(registers[operands[0]], registers[operands[1]])


def apply(
    ring: Ring, around: Surroundings, registers: Registers, detail: tuple[str, list[int], Basic]
) -> Any:
    name, operands, node = detail
    return ring.apply(name, [registers[operand] for operand in operands], node)


def entry(
    ring: Ring, around: Surroundings, registers: Registers, detail: tuple[Basic, list[int]]
) -> Any:
    base, operands = detail
    known = [ring.as_integer(registers[operand]) for operand in operands]
    if None in known:
        return ring.entry(base, [registers[operand] for operand in operands])
    indices = tuple(index for index in known if index is not None)
    value = around.entries.get((base, indices))
    if value is None:
        raise UndefinedError(f"there is no entry {', '.join(map(str, indices))} of {base}")
    return value


def shift(ring: Ring, around: Surroundings, registers: Registers, detail: tuple[int, int]) -> Any:
    """A value with the infinitesimals of some derivatives added."""
    register, bits = detail
    value = registers[register]
    while bits:
        bit = bits & -bits
        value = perturbed(value, bit, ring.one)
        bits ^= bit
    return value


def derive(
    ring: Ring,
    around: Surroundings,
    registers: Registers,
    detail: tuple[Program, Basic, Any, int],
) -> list[Any]:
    """The derivatives of some expressions by one variable."""
    program, variable, place, bit = detail
    if isinstance(variable, Symbol):
        at = count(ring, around, registers, variable)
        inner = around.with_value(variable, perturbed(at, bit, ring.one))
    elif isinstance(place, list):
        base = variable.args[0]
        ring.moves_entry(base)
        key = (base, indices_of(ring, registers, place))
        at = around.entries.get(key)
        if at is None:
            raise UndefinedError(f"there is no such entry of {base}")
        inner = around.with_entry(key, perturbed(at, bit, ring.one))
    else:
        inner = around.with_given(variable, perturbed(registers[place], bit, ring.one))
    derivatives = []
    for value in program.run_each(ring, inner):
        if isinstance(value, UndefinedError):
            derivatives.append(value)
            continue
        part = value.derivative(bit) if isinstance(value, Jet) else None
        derivatives.append(ring.zero if part is None else part)
    return derivatives


def pick(ring: Ring, around: Surroundings, registers: Registers, detail: tuple[int, int]) -> Any:
    position, member = detail
    return known(registers[position][member])


def substituted(
    ring: Ring, around: Surroundings, registers: Registers, detail: tuple[Program, Basic, int]
) -> Any:
    """The value of a body where a name has a value of its own."""
    program, name, value = detail
    return program.run(ring, around.with_value(name, registers[value]))[0]


def delta(ring: Ring, around: Surroundings, registers: Registers, operands: list[int]) -> Any:
    """Kronecker's δ of two indices; equal ones need not be known."""
    first, second = (registers[operand] for operand in operands)
    known = ring.as_integer(first), ring.as_integer(second)
    if None not in known:
        return ring.one if known[0] == known[1] else ring.zero
    return ring.delta(first, second)


def integral(
    ring: Ring, around: Surroundings, registers: Registers, detail: tuple[Program, Basic, Bounds]
) -> Any:
    """An integral, as one over s from 0 to 1 along t = a + s (b − a).

    So the infinitesimals of the bounds are inside of the integrand like all others.
    """
    program, name, bounds = detail

    def between(lower: Any, upper: Any) -> Any:
        length = upper - lower

        def integrand(inside: Ring, place: Any) -> Any:
            at = lower + length * place
            return program.run(inside, around.with_value(name, at))[0] * length

        return ring.integral(integrand)

    return _between(ring, between, registers, bounds)


def over_index(
    ring: Ring,
    around: Surroundings,
    registers: Registers,
    detail: tuple[Program, Basic, Bounds, Basic | None, bool],
) -> Any:
    """A sum or product over an index: from bound to bound, or over all data.

    The detail names the node itself where it may be taken as a whole: where nothing around it
    gives its letters other values; and it says whether it is a product.
    """
    program, index, bounds, whole, multiplies = detail

    def between(first: Any, last: Any) -> Any:
        lower, upper = ring.as_integer(first), ring.as_integer(last)
        if lower is None or upper is None:
            return over_letters(first, last)
        return terms(lower, upper)

    def over_letters(*ends: Any) -> Any:
        def body(value: Any) -> Any:
            return program.run(ring, around.with_value(index, value))[0]

        return ring.over_letters(body, ends, multiplies, whole)

    def terms(lower: int, upper: int) -> Any:
        if upper - lower >= _MOST_TERMS:
            raise UnsupportedError(f"a sum of more than {_MOST_TERMS} terms is not evaluated")
        result = ring.one if multiplies else ring.zero
        for k in range(lower, upper + 1):
            inner = around.with_value(index, ring.number(k))
            value = program.run(ring, inner)[0]
            result = result * value if multiplies else result + value
        return result

    if bounds:
        return _between(ring, between, registers, bounds, True, multiplies)
    return over_letters() if around.count is None else terms(1, around.count)


def _between(
    ring: Ring,
    between: Callable[[Any, Any], Any],
    registers: Registers,
    bounds: Bounds,
    whole: bool = False,
    multiplies: bool = False,
) -> Any:
    """A sum, a product or an integral from bound to bound, one of which may be ∞ or −∞.

    Args:
        ring, registers: what it is evaluated in.
        between: its value from a finite bound to another one.
        bounds: the two bounds.
        whole: whether it runs over integers.
        multiplies: whether it is a product.
    """
    (first, below), (last, above) = bounds

    def farther(start: Any, side: int) -> Any:
        ordered = between if side > 0 else lambda near, far: between(far, near)
        return ring.total_far_away(ordered, start, side, whole, multiplies)

    if below and above:
        lower, upper = farther(ring.number(-1) if whole else ring.zero, -1), farther(ring.zero, 1)
        return lower * upper if multiplies else lower + upper
    if below:
        return farther(registers[last], below)
    return farther(registers[first], above) if above else between(registers[first], registers[last])


def limit(
    ring: Ring,
    around: Surroundings,
    registers: Registers,
    detail: tuple[Program, Basic, int, Sequence[int]],
) -> Any:
    """A limit: the value of its body near the point, ever nearer."""
    program, name, point, sides = detail

    def near(distance: Any) -> Any:
        return program.run(ring, around.with_value(name, registers[point] + distance))[0]

    return ring.limit(near, sides)


def limit_far_away(
    ring: Ring,
    around: Surroundings,
    registers: Registers,
    detail: tuple[Program, Basic, int, bool],
) -> Any:
    """A limit at ∞ or −∞: the value of its body ever farther out."""
    program, name, side, whole = detail

    def at(place: Any) -> Any:
        return program.run(ring, around.with_value(name, place))[0]

    return ring.limit_far_away(at, side, whole)


def indices_of(ring: Ring, registers: Registers, operands: Sequence[int]) -> tuple[int, ...]:
    indices = []
    for operand in operands:
        index = ring.as_integer(registers[operand])
        if index is None:
            raise UndefinedError("an index or a bound is not an integer")
        indices.append(index)
    return tuple(indices)
