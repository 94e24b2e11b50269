"""How far a d/dx, a Σ, a fraction or a function reaches, where people mean different things.

The reader has one answer to this, which the notation lays down.  Here are the others, each a
choice that can be made instead; see :mod:`derivex.notation.alternatives`.
"""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import value_of
from derivex.notation.open_parts import (
    ARGUMENT,
    SUM,
    Derivative,
    Limiting,
    OpenPart,
    Product,
    Summation,
)
from derivex.notation.operands import Operands
from derivex.notation.piece import Piece

__all__ = [
    "CHOICES",
    "DERIVATIVE_ENDS_AT_FACTOR",
    "DERIVATIVE_ENDS_AT_SIGN",
    "DERIVATIVE_GOES_BEHIND_BRACKET",
    "DERIVATIVE_GOES_ON",
    "DIVISOR_GOES_ON",
    "FUNCTION_ENDS",
    "POWER_OF_THE_OTHER",
    "SUM_GOES_ON",
    "Reaches",
]

DERIVATIVE_ENDS_AT_SIGN = "derivative ends at sign"
DERIVATIVE_ENDS_AT_FACTOR = "derivative ends at factor"
DERIVATIVE_GOES_BEHIND_BRACKET = "derivative goes behind bracket"
DERIVATIVE_GOES_ON = "derivative goes on"
DIVISOR_GOES_ON = "divisor goes on"
FUNCTION_ENDS = "function ends"
POWER_OF_THE_OTHER = "power of the other"
SUM_GOES_ON = "sum goes on"

CHOICES: dict[str, str] = {
    DERIVATIVE_ENDS_AT_SIGN: "a derivative as ending before the next sign such as ·",
    DERIVATIVE_GOES_BEHIND_BRACKET: "a derivative as going on behind the bracket that follows it",
    DIVISOR_GOES_ON: "all factors that follow a / without a sign as its divisor, 1/2x as 1/(2x)",
    FUNCTION_ENDS: "a function without brackets as ending after one factor, sin x y as sin(x)·y",
    DERIVATIVE_ENDS_AT_FACTOR: "a derivative as that of the next factor only",
    POWER_OF_THE_OTHER: "an exponent behind the bracket of a function the other way round: "
    "of the function, or of what stands in the bracket",
    SUM_GOES_ON: "a sum or a limit as going on behind + and −",
    DERIVATIVE_GOES_ON: "a derivative as going on behind + and −",
}
"""What can be chosen, the likeliest first, with how it is told: "I read …"."""


class _Divisor(Product):
    """The factors side by side behind a slash, where all of them are meant to be below."""

    __slots__ = ()
    level = ARGUMENT


class Reaches(Operands):
    """The part of the reader that follows such choices; without one it does nothing."""

    choices: frozenset[str] = frozenset()
    arrays: bool

    def ends_derivatives(self, piece: Piece) -> None:
        """End the derivatives that are open in this bracket before an operator or a factor."""
        signed = piece.kind in ("STAR", "SLASH")
        chosen = DERIVATIVE_ENDS_AT_SIGN if signed else DERIVATIVE_ENDS_AT_FACTOR
        if chosen not in self.choices and DERIVATIVE_ENDS_AT_FACTOR not in self.choices:
            return
        self.fold(ARGUMENT)
        if not signed and value_of(self.value) is not None:
            return  # d/dx 2x
        first = self._first((Derivative,))
        while first is not None and len(self.stack) > first:
            self.finish(self.stack.pop())

    def end_gradients(self, position: int) -> None:
        """End the ∇ that is open in this bracket before a dot: ∇_x f · v is (∇_x f) · v.

        A number before the dot is a factor of what follows: ∇_w 1/2 · ‖w‖².
        """
        assert self.value is not None
        if value_of(self.value) is not None:
            return
        first = self._first((Derivative,), gradients=True)
        if first is None:
            return
        if not self.arrays:
            self.note_split(self.stack[first].start, position, "·")
        while len(self.stack) > first:
            self.finish(self.stack.pop())

    def divides_on(self) -> bool:
        """Take a factor behind a slash into the divisor; False if that is not chosen."""
        if DIVISOR_GOES_ON not in self.choices:
            return False
        self.fold(ARGUMENT)
        top = self.stack[-1]
        assert self.value is not None
        if type(top) is _Divisor:
            top.add(self.value)
            self.value = None
            return True
        if type(top) is Product and top.divides:
            self.push(_Divisor(self.start, self.value, self.arrays))
            return True
        return False

    def fold_term(self) -> None:
        """Close what ends before a + or −."""
        kinds: tuple[type[OpenPart], ...] = ()
        if SUM_GOES_ON in self.choices:
            kinds += (Summation, Limiting)
        if DERIVATIVE_GOES_ON in self.choices:
            kinds += (Derivative,)
        first = self._first(kinds) if kinds else None
        if first is None:
            self.fold(SUM)
            return
        while len(self.stack) > first + 1 and self.stack[-1].level > SUM:
            self.finish(self.stack.pop())

    def _first(self, kinds: tuple[type[OpenPart], ...], gradients: bool = False) -> int | None:
        """Where the first open part of some kinds stands in the bracket that is open."""
        group = self.groups[-1]
        found = None
        for position in range(len(self.stack) - 1, -1, -1):
            part = self.stack[position]
            if part is group:
                break
            if not isinstance(part, kinds):
                continue
            if type(part) is Derivative and (part.bracketed or (gradients and not part.nabla)):
                continue
            found = position
        return found

    def finish(self, part: OpenPart) -> None:
        """Make what an open part stands for of it and the operand read last."""
        raise NotImplementedError

    value: Basic | None
