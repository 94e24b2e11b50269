"""What a Hessian tells about a stationary point: of numbers for certain, of letters if provable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.engine import normal_phase
from derivex.expression import ZERO, Negative, Plus
from derivex.matching import NO_FACTS
from derivex.rulebook import RuleBook
from derivex.solving.inertia import inertia
from derivex.solving.record import Words
from derivex.solving.signs import Known, Sign, has_data, known_sign
from derivex.solving.working import MULTIPLY_OUT

__all__ = [
    "Finding",
    "Verdict",
    "by_definition",
    "by_letters",
    "by_numbers",
    "by_second_derivative",
]


class Verdict(Enum):
    """What a stationary point is."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    SADDLE = "saddle"
    INFLECTION = "inflection point"
    """Of one variable, with a horizontal tangent: up on one side and down on the other."""
    NEITHER = "neither"
    """A corner of one variable that is neither a minimum nor a maximum."""
    PLATEAU = "plateau"
    """The function is constant."""
    VARYING = "varying"
    """On a whole curve of points it is one thing here and another there."""
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Finding:
    """A verdict, its reason, and whether the point is the only one of its kind, if known."""

    verdict: Verdict
    reason: Words
    is_strict: bool | None = None


# -- numbers -------------------------------------------------------------------------------


def by_numbers(
    numbers: list[list[Fraction]],
    hessian: Basic,
    minors: tuple[Derivation, ...],
    constant: bool,
) -> Finding:
    """What a Hessian of numbers tells, exactly.

    Args:
        numbers: its entries.
        hessian: the same as a matrix, for the reason.
        minors: its leading principal minors, for the reason.
        constant: whether the Hessian is the same everywhere, the function being quadratic.
    """
    positive, negative, zero = inertia(numbers)
    if len(numbers) == 1 and not zero:
        return by_second_derivative(1 if positive else -1, minors[0].result)
    lead: Words = ("the Hessian ", hessian)
    if positive and negative:
        return Finding(
            Verdict.SADDLE,
            (*lead, " has a positive and a negative eigenvalue", *_because(minors)),
            False,
        )
    if not zero:
        kind = "positive definite" if positive else "negative definite"
        verdict = Verdict.MINIMUM if positive else Verdict.MAXIMUM
        return Finding(verdict, (*lead, f" is {kind}", *_because(minors)), True)
    if not constant:
        return Finding(Verdict.UNDECIDED, (*lead, " has an eigenvalue 0, so it does not decide"))
    if not positive and not negative:
        return Finding(Verdict.PLATEAU, ("all second derivatives are 0 everywhere",), False)
    kind = "positive semidefinite" if positive else "negative semidefinite"
    verdict = Verdict.MINIMUM if positive else Verdict.MAXIMUM
    return Finding(
        verdict,
        (*lead, f" is {kind} everywhere, so all stationary points are of this kind"),
        False,
    )


def by_second_derivative(sign: int, value: Basic, about: bool = False) -> Finding:
    """What the second derivative of a function of one variable tells, where it is not 0."""
    verdict = Verdict.MINIMUM if sign > 0 else Verdict.MAXIMUM
    lead = "the second derivative is about " if about else "the second derivative is "
    return Finding(verdict, (lead, value, " > 0" if sign > 0 else " < 0"), True)


def _because(minors: tuple[Derivation, ...]) -> Words:
    """The leading principal minors, as a reason."""
    if not minors:
        return ()
    words: list[str | Basic] = [": its leading principal minors are "]
    for position, minor in enumerate(minors):
        if position:
            words.append(" and " if position == len(minors) - 1 else ", ")
        words.append(minor.result)
    return tuple(words)


# -- the values themselves -----------------------------------------------------------------


def by_definition(expression: Basic, here: Basic, book: RuleBook) -> Finding | None:
    """That no value of the function is below, or above, the one at the point.

    Args:
        expression: the function.
        here: its value at the point, free of the unknowns.
        book: the rules.
    """
    difference = expression if here is ZERO else Plus(expression, Negative(here))
    forms = [difference, normal_phase(difference, book, *MULTIPLY_OUT).result]
    signs = frozenset.intersection(*[NO_FACTS.signs(form) for form in forms])
    shown = forms[0] if here is ZERO else forms[1]
    for verdict, missing, word in (
        (Verdict.MINIMUM, -1, "negative"),
        (Verdict.MAXIMUM, 1, "positive"),
    ):
        if missing not in signs:
            words: Words = ("its value is ", here, " here, and ", shown, f" is never {word}")
            return Finding(verdict, (*words, f": a global {verdict.value}"))
    return None


# -- letters -------------------------------------------------------------------------------

_STRICT = {Sign.POSITIVE: 1, Sign.NEGATIVE: -1}
_WEAK = {Sign.POSITIVE: 1, Sign.NOT_NEGATIVE: 1, Sign.NEGATIVE: -1, Sign.NOT_POSITIVE: -1}


def by_letters(
    expression: Basic,
    entries: Sequence[Sequence[Basic]],
    hessian: Basic,
    minors: tuple[Derivation, ...],
    constant: bool,
    settled: bool = False,
) -> Finding:
    """What a Hessian with letters tells, as far as the signs of its minors can be proven.

    Args:
        expression: the function.
        entries: the entries of the Hessian.
        hessian: the same as a matrix, for the reason.
        minors: its leading principal minors.
        constant: whether the Hessian is free of the unknowns, the function being quadratic.
        settled: whether what is filled in has left no unknown.
    """
    data = has_data(expression)
    lead: Words = ("the Hessian ", hessian)
    known = [known_sign(minor.result, data) for minor in minors]
    if len(minors) == len(entries):
        signs = [found.sign for found in known]
        if all(sign is Sign.POSITIVE for sign in signs):
            return Finding(
                Verdict.MINIMUM, (*lead, " is positive definite", *_because(minors)), True
            )
        if all(_STRICT.get(sign) == (-1) ** size for size, sign in enumerate(signs, 1)):
            return Finding(
                Verdict.MAXIMUM, (*lead, " is negative definite", *_because(minors)), True
            )
        if len(entries) == 2:
            finding = _two_by_two(entries, lead, minors, known[1], constant, data)
            if finding is not None:
                return finding
    quadratic = _WEAK.get(known_sign(expression, data).sign)
    if constant and quadratic is not None:
        verdict, bound, kind = (
            (Verdict.MINIMUM, "negative", "positive semidefinite")
            if quadratic > 0
            else (Verdict.MAXIMUM, "positive", "negative semidefinite")
        )
        return Finding(
            verdict,
            (f"the function is quadratic and never {bound}, so ", *lead, f" is {kind}"),
        )
    words = ("the signs of the minors of ", hessian, " are not known")
    if (constant or settled) and not data and len(minors) == len(entries) <= 2:
        words = (*words, *_depending(minors))
    return Finding(Verdict.UNDECIDED, words)


def _depending(minors: tuple[Derivation, ...]) -> Words:
    """Which signs of the minors would make it what."""
    first, last = minors[0].result, minors[-1].result
    alternatives: list[tuple[str, list[tuple[Basic, int]]]] = [
        ("a minimum", [(first, 1), (last, 1)]),
        ("a maximum", [(first, -1), (last, (-1) ** len(minors))]),
    ]
    if len(minors) == 2:
        alternatives.append(("a saddle", [(last, -1)]))
    words: list[str | Basic] = []
    for kind, wanted in alternatives:
        known = [known_sign(minor, False).sign for minor, _ in wanted]
        if Sign.ZERO in known or any(
            _STRICT.get(sign, up) != up for sign, (_, up) in zip(known, wanted, strict=True)
        ):
            continue
        words += [", " if words else ": ", kind, " where "]
        open_: dict[Basic, int] = {
            minor: up
            for (minor, up), sign in zip(wanted, known, strict=True)
            if sign not in _STRICT
        }
        for place, (minor, up) in enumerate(open_.items()):
            words += [" and " if place else "", minor, " > 0" if up > 0 else " < 0"]
    return tuple(words)


def _two_by_two(
    entries: Sequence[Sequence[Basic]],
    lead: Words,
    minors: tuple[Derivation, ...],
    determinant: Known,
    constant: bool,
    data: bool,
) -> Finding | None:
    """What the determinant and the diagonal of a 2 × 2 Hessian tell."""
    if determinant.sign is Sign.NEGATIVE:
        words: Words = (*lead, " has the negative determinant ", minors[1].result)
        return Finding(Verdict.SADDLE, words, False)
    diagonal = [_WEAK.get(known_sign(entries[k][k], data).sign) for k in (0, 1)]
    if not constant or _WEAK.get(determinant.sign) != 1 or diagonal[0] is None:
        return None
    if diagonal[0] != diagonal[1]:
        return None
    verdict = Verdict.MINIMUM if diagonal[0] > 0 else Verdict.MAXIMUM
    kind = "positive" if diagonal[0] > 0 else "negative"
    below = "below" if diagonal[0] > 0 else "above"
    words = (
        *lead,
        f" is {kind} semidefinite: no entry on its diagonal is {below} 0, and its determinant ",
        minors[1].result,
        " is not negative",
    )
    if determinant.because:
        words = (*words, f" by {determinant.because}")
    if determinant.unless:
        words = (*words, f"; it is {kind} definite unless {determinant.unless}")
    return Finding(verdict, words, None)
