"""How a descent ended, and why, in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sympy.core.basic import Basic

from derivex.descent import Curvature, Descent, Ending, Iterate, bound_on_rate, short
from derivex.descent.figures import as_float, of_float
from derivex.expression import Equation, Unequal
from derivex.notation import TextWriter

__all__ = ["how_it_ended"]

_FLAT = 1e-9  # part of the largest eigenvalue that counts as none
_FAR = 100.0  # times the tolerance
_MOST_TOLD = 6  # coordinates of a point that is told a second time
_NEAR = 0.1  # of the size of the point: as far as a step of Newton's method may go
_QUICK = 0.9  # a factor at which no one calls a descent slow


def how_it_ended(result: Descent, writer: TextWriter) -> Iterator[str]:
    """Where it ended and why; then, by the curvature, whether the rate was a good one."""
    told = _Told(result, writer)
    yield from told.ending()
    yield from told.rises()
    kinks = [each for each in result.gradient.conditions if type(each) is Unequal]
    if kinks and result.ending is not Ending.DIVERGED:
        yield from told.kinks(kinks)
    elif result.curvature is not None and result.schedule.constant:
        yield from told.curvature(result.curvature, not kinks)


class _Told:
    def __init__(self, result: Descent, writer: TextWriter):
        self.result, self.writer = result, writer

    def _number(self, written: Basic | None) -> str:
        shown = short(written)
        return shown if isinstance(shown, str) else self.writer.write(shown)

    def _float(self, value: float) -> str:
        return self._number(of_float(value))

    def _equal(self, written: Basic, exact: bool = True) -> str:
        """``= 2``, or ``≈ 0.333333``."""
        shown = short(written)
        same = exact and not isinstance(shown, str) and as_float(shown) == as_float(written)
        return f"{'=' if same else '≈'} {self._number(written)}"

    def _value(self, each: Iterate) -> str:
        """``where the value is about 0.5``."""
        if each.value is None:
            return "where there is no value"
        about = "is" if self._equal(each.value).startswith("=") else "is about"
        return f"where the value {about} {self._number(each.value)}"

    def _place(self, each: Iterate) -> str:
        names = zip(self.result.coordinates.names, each.point, strict=True)
        sign = self.result.all_written or not each.number
        return ", ".join(f"{self.writer.write(n)} {self._equal(value, sign)}" for n, value in names)

    def ending(self) -> Iterator[str]:
        """The sentence on the end."""
        result = self.result
        steps = "1 step" if result.taken == 1 else f"{result.taken} steps"
        last, best = result.last, result.best
        if result.ending is Ending.STATIONARY:
            yield (
                f"At {self._place(last)} the gradient is 0. This is a stationary point: descent "
                "stays there, whatever the rate is."
            )
        elif result.ending is Ending.TOLERANCE:
            yield (
                f"After {steps} no variable changes by more than "
                f"{self._number(result.options.tolerance)}: {self._place(last)}, "
                f"{self._value(last)}."
            )
            yield from self._far()
        elif result.ending is Ending.SLOW:
            yield (
                f"After {steps} a step still changes a variable by more than "
                f"{self._number(result.options.tolerance)}. The point is then {self._place(last)}."
            )
        elif result.ending is Ending.DIVERGED:
            *_, highest = [each.value for each in result.history if each.value is not None]
            first, beyond = self._number(result.history[0].value), ""
            if last.value is None:
                beyond = ", and then beyond all floating point numbers"
            yield (
                f"It diverges: in {steps} the value went from {first} to "
                f"{self._number(highest)}{beyond}. The best point was {self._place(best)}, after "
                f"step {best.number}."
            )
        elif result.ending is Ending.NO_VALUE:
            told = result.trouble or "there the function or its gradient is no finite number"
            yield (
                f"After {steps}, at {self._place(last)}, it cannot go on: {told}. The best point "
                f"was {self._place(best)}, after step {best.number}."
            )
        elif result.ending is Ending.INTERRUPTED:
            yield (
                f"Interrupted after {steps}. The best point so far is {self._place(best)}, "
                f"{self._value(best)}."
            )
        elif not result.all_written:
            yield f"After {steps}: {self._place(last)}, {self._value(last)}."

    def rises(self) -> Iterator[str]:
        """The first step that went up."""
        if self.result.ending in (Ending.DIVERGED, Ending.STATIONARY):
            return
        for before, after in pairwise(self.result.history):
            if after.number == before.number + 1 and after.height > before.height:
                yield (
                    f"Step {after.number} overshoots: the value rises from "
                    f"{self._number(before.value)} to {self._number(after.value)}."
                )
                return

    def _far(self) -> Iterator[str]:
        """A small change is not yet a minimum: where the rate is small, changes always are."""
        tolerance = as_float(self.result.options.tolerance)
        steepness = self.result.last.steepness
        if self.result.method.name == "plain" and steepness > _FAR * tolerance:
            yield (
                f"The gradient there still has the length {self._float(steepness)}: the changes "
                "are small because the rate is."
            )

    # -- the rate --------------------------------------------------------------------------

    def kinks(self, kinks: Sequence[Basic]) -> Iterator[str]:
        """Why the value goes up and down, where the slope jumps."""
        history = self.result.history
        rises = any(after.height > before.height for before, after in pairwise(history))
        if not rises or not self.result.schedule.constant:
            return
        told = " or ".join(self.writer.write(Equation(*each.args)) for each in kinks)
        yield (
            f"The function may have a kink where {told}: there the slope jumps, and steps with the "
            "same rate go back and forth across it. A schedule, by which the rate falls, comes "
            "nearer."
        )

    def curvature(self, found: Curvature, smooth: bool) -> Iterator[str]:
        """L and μ, the bound on the rate, and on which side of it the rate is."""
        result = self.result
        everywhere = found.everywhere and smooth
        largest, smallest = as_float(found.largest), as_float(found.smallest)
        place = f", {self._place(result.best)}," if len(found.point) <= _MOST_TOLD else ""
        where = (
            "The second derivatives are the same everywhere; the largest eigenvalue of the Hessian"
            if everywhere
            else f"At the best point{place} the largest eigenvalue of the Hessian"
        )
        size = f"{where} is L {self._equal(found.largest, found.exact)}."
        if smallest < -_FLAT * abs(largest):
            yield (
                f"{size} The smallest one is {self._number(found.smallest)} < 0: along its "
                "eigenvector the function curves down"
                + (
                    ", so it has no minimum, and no rate makes descent converge."
                    if everywhere
                    else ", so this is not near a minimum."
                )
            )
            return
        bound = bound_on_rate(result.method, found)
        if bound is None:
            if result.method.stable is not None:
                yield f"{size} Where L is 0 the function is flat or straight: it has no minimum."
            return
        rate, limit = as_float(result.rate), as_float(bound)
        formula = {"2": "2/L"}.get(result.method.stable or "", "2(1 + β)/L")
        says = "converges" if everywhere else "converges where it is like that"
        subject = f"{result.method.says[0].upper()}{result.method.says[1:]}"
        told = (
            f"{size} {subject} {says} for rates below {formula} {self._equal(bound, found.exact)}"
        )
        if math.isclose(rate, limit, rel_tol=1e-12):
            yield f"{told}; at {self._number(result.rate)}, just that, it goes back and forth."
        elif rate > limit:
            mine = self._number(result.rate)
            yield f"{told}; {mine} is above that, so each step overshoots by more."
        else:
            yield f"{told}, as {self._number(result.rate)} is."
            if result.method.name == "plain":
                yield from self._speed(found, rate, largest, smallest)
        if not everywhere:
            yield "That is a local bound: elsewhere the second derivatives are others, and so is L."

    def _speed(
        self, found: Curvature, rate: float, largest: float, smallest: float
    ) -> Iterator[str]:
        """How fast it gets nearer, where that is slow."""
        slow = self.result.ending in (Ending.SLOW, Ending.STEPS, Ending.TOLERANCE)
        flat = 0 if found.exact else _FLAT * largest
        if not slow or smallest <= flat or not (found.everywhere or self._is_near(smallest)):
            return
        factor = max(abs(1 - rate * smallest), abs(1 - rate * largest))
        best = 2 / (largest + smallest)
        best_factor = (largest - smallest) / (largest + smallest)
        if factor >= 1 or factor <= _QUICK:
            return
        flattest = self._equal(found.smallest, found.exact)
        digit = math.ceil(math.log(10) / -math.log(factor))
        better = (
            f"No constant rate is much better, because L/μ ≈ {self._float(largest / smallest)}; "
            "momentum, or variables of the same scale, would be."
            if best_factor >= factor**2 * (1 - _FLAT)
            else f"The best constant rate is 2/(L + μ) ≈ {self._float(float(f'{best:.3g}'))}, with "
            f"the factor {self._float(float(f'{best_factor:.3g}'))}."
        )
        yield (
            f"That is slow: with the smallest eigenvalue μ {flattest} a step multiplies the "
            f"distance from the minimum by up to {self._below_one(factor)}, so each digit more "
            f"takes about {digit} steps. {better}"
        )

    def _below_one(self, factor: float) -> str:
        shown = self._float(factor)
        return "nearly 1" if shown == "1" else shown

    def _is_near(self, smallest: float) -> bool:
        """Whether a minimum is near the best point, so that one can speak of the distance to it."""
        best = self.result.best
        size = 1 + math.hypot(*best.coordinates)
        return best.steepness <= _NEAR * smallest * size
