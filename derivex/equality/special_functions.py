"""Special functions on complex balls, and their Taylor coefficients, by python-flint (Arb)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import flint
from flint import acb, acb_series, arb

from derivex.equality.jets import Jet, compose
from derivex.equality.rings import UndefinedError, UnsupportedError

__all__ = ["BRANCHED", "SPECIAL", "apply_special"]


@dataclass(frozen=True)
class Special:
    """A special function of one variable, which is its last argument.

    Args:
        value: gives the value, the parameters first.
        series: gives the power series of the function at that of its argument; None where
            Arb has none: the coefficients then come from values on a circle.
        singular: the real points beyond which, or at which, the function is not analytic.
        parameters: how many parameters stand before the variable.
        poles: whether there are poles at the negative integers.
    """

    value: Callable[..., acb]
    series: Callable[[acb_series], acb_series] | None = None
    singular: tuple[int, ...] = ()
    parameters: int = 0
    poles: bool = False


def _by_name(name: str, singular: tuple[int, ...] = ()) -> Special:
    """A function of which Arb has values and series under one name."""
    return Special(
        lambda at: getattr(at, name)(), lambda at: getattr(at, name)(), singular=singular
    )


def _whole(order: acb) -> acb:
    """An order that is a whole number; for others values take very long."""
    if order.is_exact() and order.imag.is_zero() and order.real.unique_fmpz() is not None:
        return order
    raise UndefinedError("values are computed only for whole orders")


def _polygamma(order: acb, at: acb) -> acb:
    return at.polygamma(_whole(order))


def _polylog(order: acb, at: acb) -> acb:
    return at.polylog(_whole(order))


def _elliptic_e(at: acb) -> acb:
    """E(m) = π/2 · ₂F₁(−1/2, 1/2; 1; m), which stays tight on wide balls (DLMF 19.5.2)."""
    half = acb(1) / 2
    return acb.pi() / 2 * at.hypgeom_2f1(-half, half, 1)


SPECIAL: Mapping[str, Special] = MappingProxyType(
    {
        "erf": _by_name("erf"),
        "erfc": _by_name("erfc"),
        "erfi": _by_name("erfi"),
        "Si": _by_name("si"),
        "Shi": _by_name("shi"),
        "Ci": _by_name("ci", (0,)),
        "Chi": _by_name("chi", (0,)),
        "Ei": _by_name("ei", (0,)),
        "li": _by_name("li", (0, 1)),
        "fresnels": _by_name("fresnel_s"),
        "fresnelc": _by_name("fresnel_c"),
        "airyai": _by_name("airy_ai"),
        "airybi": _by_name("airy_bi"),
        "airyaiprime": Special(lambda at: at.airy_ai(1), lambda at: at.airy_ai_prime()),
        "airybiprime": Special(lambda at: at.airy_bi(1), lambda at: at.airy_bi_prime()),
        "gamma": _by_name("gamma", (0,)),
        "factorial": Special(
            lambda at: (at + 1).gamma(), lambda at: (at + 1).gamma(), singular=(-1,)
        ),
        "loggamma": _by_name("lgamma", (0,)),
        "digamma": Special(lambda at: at.digamma(), singular=(0,), poles=True),
        "polygamma": Special(_polygamma, singular=(0,), parameters=1, poles=True),
        "LambertW": _by_name("lambertw", (0,)),
        "zeta": _by_name("zeta", (1,)),
        "besselj": Special(lambda order, at: at.bessel_j(order), singular=(0,), parameters=1),
        "bessely": Special(lambda order, at: at.bessel_y(order), singular=(0,), parameters=1),
        "besseli": Special(lambda order, at: at.bessel_i(order), singular=(0,), parameters=1),
        "besselk": Special(lambda order, at: at.bessel_k(order), singular=(0,), parameters=1),
        "polylog": Special(_polylog, singular=(1,), parameters=1),
        "expint": Special(lambda order, at: at.expint(order), singular=(0,), parameters=1),
        "uppergamma": Special(lambda order, at: at.gamma_upper(order), singular=(0,), parameters=1),
        "lowergamma": Special(lambda order, at: at.gamma_lower(order), singular=(0,), parameters=1),
        "elliptic_k": Special(lambda at: at.elliptic_k(), singular=(1,)),
        "elliptic_e": Special(_elliptic_e, singular=(1,)),
    }
)
"""The special functions whose values are known, by name."""

BRANCHED = frozenset(name for name, known in SPECIAL.items() if known.singular)
"""Those that are not analytic everywhere: equalities with them are asked of real values."""


def apply_special(name: str, arguments: Sequence[Any], real: bool) -> Any:
    """A special function of balls; its last argument may be a jet.

    Raises:
        UndefinedError: where it has no value, or no real one if only these count.
        UnsupportedError: another number of arguments, or a derivative by a parameter.
    """
    known = SPECIAL[name]
    *parameters, argument = arguments
    if len(parameters) != known.parameters:
        raise UnsupportedError(f"{name} with {len(arguments)} arguments has no value")
    if any(isinstance(parameter, Jet) for parameter in parameters):
        raise UnsupportedError(f"the derivative of {name} by its first argument is not evaluated")

    def value(at: acb) -> acb:
        found = known.value(*parameters, at)
        if not found.is_finite() or (real and not found.imag.contains(0)):
            raise UndefinedError(f"{name} has no value here")
        return acb(found.real) if real else found

    if not isinstance(argument, Jet):
        return value(argument)

    def taylor(at: acb, count: int) -> list[acb]:
        value(at)  # defined at all?
        if known.series is not None:
            coefficients = known.series(acb_series([at, 1], count)).coeffs()
            coefficients += [acb(0)] * (count - len(coefficients))
        else:
            before = flint.ctx.prec
            flint.ctx.prec = min(before, _MOST_BITS)
            try:
                coefficients = _on_a_circle(lambda z: known.value(*parameters, z), at, count, known)
            finally:
                flint.ctx.prec = before
        if not all(each.is_finite() for each in coefficients):
            raise UndefinedError(f"{name} has no derivative here")
        return [acb(each.real) for each in coefficients] if real else coefficients

    return compose(taylor, argument, acb(0))


_MOST_BITS = 96  # of values on a circle, which are many
_BOXES = 48  # that cover a circle
_SHRINKING = 8  # the circle of the values is so much smaller than that of the bound


def _on_a_circle(
    function: Callable[[acb], acb], centre: acb, count: int, known: Special
) -> list[acb]:
    """Taylor coefficients from N values on a circle of radius r, with a rigorous error bound.

    If the function is analytic and at most M on the circle of radius R > r, the mean of
    f(z) (z − centre)^−k over N equidistant points differs from the coefficient c_k by at most
    M R^−k q/(1 − q), q = (r/R)^N  (L. N. Trefethen, J. A. C. Weideman, SIAM Review 56, 2014).
    """
    singular = list(known.singular)
    if known.poles and centre.real < 0:
        below = centre.real.mid().floor().unique_fmpz()
        singular += [] if below is None else [int(below), int(below) + 1]
    outer = min([arb(1) / 4, *[(centre - point).abs_lower() / 2 for point in singular]])
    if known.singular and not centre.imag.is_zero():
        outer = min(outer, abs(centre.imag).abs_lower() / 2)  # off the cuts on the real line
    outer = outer.mid()
    if not outer > 0:
        raise UndefinedError("a singular point")
    # A function that is real on the real line takes conjugate values at conjugate points.
    real = centre.imag.is_zero() and function(centre).imag.is_zero()
    bound = _bound(function, centre, outer, real)
    if not bound.is_finite():
        raise UndefinedError("no bound on the function is found near this point")
    number = flint.ctx.prec // 3 + 2 * count + 8
    inner = outer / _SHRINKING
    turns = [(acb(2 * k) / number).exp_pi_i() for k in range(number)]
    values = [
        function(centre + inner * turn) for turn in (turns[: number // 2 + 1] if real else turns)
    ]
    if real:
        values += [value.conjugate() for value in values[(number - 1) // 2 : 0 : -1]]
    ratio = arb(1) / arb(_SHRINKING) ** number
    coefficients = []
    for k in range(count):
        total = acb(0)
        for position, value in enumerate(values):
            total += value * turns[-k * position % number]
        error = (bound / outer**k * ratio / (1 - ratio)).upper()
        coefficients.append(total / number / inner**k + acb(arb(0, error), arb(0, error)))
    return coefficients


def _bound(function: Callable[[acb], acb], centre: acb, radius: arb, real: bool) -> arb:
    """An upper bound of a function on a circle, from its values on boxes that cover it."""
    half = radius * 4 / _BOXES  # more than half of the length of an arc, π r / _BOXES
    around = acb(arb(0, half), arb(0, half))
    bound = arb(0)
    for k in range(_BOXES // 2 + 1 if real else _BOXES):
        point = centre + radius * (acb(2 * k) / _BOXES).exp_pi_i()
        bound = bound.max(function(point + around).abs_upper())
    return bound
