"""Integrals of balls and jets of balls, with rigorous error bounds (Arb's acb_calc_integrate).

Source: F. Johansson, Numerical integration in arbitrary-precision ball arithmetic, ICMS 2018.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import acb, arb, ctx

from derivex.equality.jets import Jet
from derivex.equality.rings import UndefinedError

__all__ = ["integrated", "is_analytic"]

_MOST_EVALUATIONS = 500  # of one integrand; where that is too few, the result is a wide ball
_NOT_ANALYTIC = acb("nan")
_ON_THE_RIGHT = frozenset(
    [
        "Chi",
        "Ci",
        "Ei",
        "LambertW",
        "besseli",
        "besselj",
        "besselk",
        "bessely",
        "digamma",
        "expint",
        "factorial",
        "gamma",
        "loggamma",
        "polygamma",
    ]
)
"""Functions whose cuts and poles are at most on the left of the origin, and there."""


def integrated(integrand: Callable[[Any, Any], Any], ring: Any) -> Any:
    """The integral over s from 0 to 1, part by part where it is a jet.

    Args:
        integrand: gives the value for a ring and a ball s.
        ring: the ring that it is evaluated in away from the real line.

    Raises:
        UndefinedError: the integrand has no value on the way, or none that can be told.
    """
    sample = integrand(ring, acb(0.5))
    masks = list(sample.parts) if isinstance(sample, Jet) else [0]
    failures: list[Exception] = []  # flint lets no error through: it is raised afterwards

    def part(mask: int) -> acb:
        def value(place: acb, analytic: bool) -> acb:
            try:
                found = integrand(ring, place)
            except Exception as failure:
                if not isinstance(failure, UndefinedError):
                    failures.append(failure)
                return _NOT_ANALYTIC
            return acb(found.parts.get(mask, 0) if isinstance(found, Jet) else found)

        # Values agree to half of the digits: more are not worth their time.
        tolerance = arb(2) ** -(ctx.prec // 2 + 10)
        found = acb.integral(
            value, 0, 1, rel_tol=tolerance, abs_tol=tolerance, eval_limit=_MOST_EVALUATIONS
        )
        if failures:
            raise failures[0]
        if not found.is_finite():
            raise UndefinedError("an integral has no value that can be told")
        return found

    parts = {mask: part(mask) for mask in masks}
    return Jet(parts) if isinstance(sample, Jet) else parts[0]


def is_analytic(name: str, ball: Any) -> bool:
    """Whether a function with branches is analytic on a ball: the ball meets no branch cut.

    For functions whose cuts are not looked at the answer is no.
    """
    if ball is None:
        ball = acb(0)
    real, imaginary = ball.real, ball.imag
    if name in ("log", "sqrt"):
        return bool(real > 0 or imaginary > 0 or imaginary < 0)
    if name in ("asin", "acos", "atanh"):
        return bool(abs(real) < 1 or imaginary > 0 or imaginary < 0)
    if name in ("atan", "asinh"):
        return bool(abs(imaginary) < 1 or real > 0 or real < 0)
    return name in _ON_THE_RIGHT and bool(real > 0)
