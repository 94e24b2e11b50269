"""Sums over an index of unknown range, by linearity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from sympy.core.basic import Basic

from derivex.equality.exact import Quotient
from derivex.equality.generators import Generators, Key
from derivex.equality.jets import Jet
from derivex.equality.rings import UnsupportedError
from derivex.expression.data import COUNT

__all__ = ["IndexSums"]


class IndexSums(Generators):
    """Sums in a normal form: what is free of the index stands before the sum.

    What is left goes by a name for the index that depends only on how deep it stands.

    Args:
        size: how many subexpressions there are.
    """

    def __init__(self, size: int):
        super().__init__(size)
        self._depth = 0

    def over_letters(
        self,
        body: Callable[[Any], Any],
        bounds: Sequence[Any],
        multiplies: bool,
        whole: Basic | None,
    ) -> Any:
        """Σ by linearity; of a product over an index nothing is known."""
        bounds = bounds or (self.one, self.leaf(COUNT))
        if multiplies or any(isinstance(bound, Jet) for bound in bounds):
            raise UnsupportedError("a product over an index of unknown range")
        self.is_complete = False
        index = self.leaf(("index", self._depth))
        number = self._keys.index(("index", self._depth))
        self._free_of[number] = frozenset((number,))
        self._depth += 1
        try:
            value = body(index)
        finally:
            self._depth -= 1
        if isinstance(value, Jet):
            parts = {mask: self._sum(part, number, bounds) for mask, part in value.parts.items()}
            return Jet(parts)
        return self._sum(value, number, bounds)

    def _sum(self, value: Quotient, index: int, bounds: Sequence[Quotient]) -> Quotient:
        value = self._simple(value)
        before, inside = self.one, self.one
        if value.below is not None:
            content, factors = value.below.factor()
            before = self.number(Fraction(int(content.p), int(content.q)))
            for divisor, times in factors:
                whole = super().integer_power(Quotient(divisor), int(times))
                if index in self._indices_of(divisor):
                    inside = inside * whole
                else:
                    before = before * whole
        below = self.reciprocal(inside)
        sums: dict[Key, tuple[Quotient, Quotient]] = {}
        for powers, coefficient in value.above.to_dict().items():
            free = self.number(Fraction(int(coefficient.p), int(coefficient.q)))
            held = self.one
            for number, power in enumerate(powers):
                if power:
                    factor = super().integer_power(self._generator(number), int(power))
                    if index in self._free_of.get(number, ()):
                        held = held * factor
                    else:
                        free = free * factor
            held = held * below
            key = self._key(held)
            known = sums.get(key)
            sums[key] = (held, free if known is None else known[1] + free)
        result = self.zero
        for key, (held, free) in sums.items():
            if key == self._key(self.one):
                total = bounds[1] - bounds[0] + self.one
            else:
                ends = [self._key(bound) for bound in bounds]
                total = self.leaf(("sum", key, *ends))
                inner = self._indices_of_value(held) - {index}
                for end in bounds:
                    inner |= self._indices_of_value(end)
                self._free_of[self._keys.index(("sum", key, *ends))] = inner
            result = result + free * total
        return result * self.reciprocal(before)

    def entry(self, base: Basic, indices: Sequence[Any]) -> Any:
        if base in self._moved or any(isinstance(index, Jet) for index in indices):
            raise UnsupportedError("a derivative by an entry, beside entries with unknown indices")
        self._symbolic.add(base)
        self.is_complete = False
        found = self.leaf(("entry", str(base), *[self._key(index) for index in indices]))
        self._depends(found, *indices)
        return found

    def delta(self, first: Any, second: Any) -> Any:
        raise UnsupportedError("Kronecker's δ of letters")
