"""Methods of descent, as objects of data: what they keep in mind, and how they move.

In the formulas x is the point, g the gradient there, r the rate of the step and t its number,
from 1.  All but r and t are vectors, and everything is meant entry by entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from types import MappingProxyType

from derivex.descent.naming import named
from derivex.errors import ProblemError

__all__ = ["ADAM", "METHODS", "MOMENTUM", "PLAIN", "Method", "method_named"]


@dataclass(frozen=True)
class Method:
    """A method of descent.

    Args:
        name: as it is chosen: ``momentum``.
        says: what it is called in a sentence.
        update: the new point.
        state: what is calculated before it, in order.  A letter that stands in its own formula
            is there what it was after the step before; it begins with 0.
        parameters: the letters that are numbers, with their values.
        below: the parameters that have to be less than 1.
        entrywise: whether a formula takes entries of vectors one by one, as g² and √v do.
        meanings: what the letters of the state are, in words.
        stable: how many times 1/L the rate may be, for a function whose second derivatives are
            at most L; None where there is no such bound.
    """

    name: str
    says: str
    update: str
    state: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, Fraction] = field(default_factory=dict)
    below: tuple[str, ...] = ()
    entrywise: bool = False
    meanings: Mapping[str, str] = field(default_factory=dict)
    stable: str | None = None

    @property
    def letters(self) -> tuple[str, ...]:
        """Every letter that a formula may hold."""
        return ("x", "g", "r", "t", *self.state, *self.parameters)

    @property
    def remembered(self) -> tuple[str, ...]:
        """What goes over from one step to the next."""
        return tuple(
            letter
            for letter, text in self.state.items()
            if letter in text.replace("(", " ").replace(")", " ").split()
        )

    def with_parameters(self, given: Mapping[str, Fraction]) -> Method:
        """The method with other parameters.

        Raises:
            ProblemError: it has no such parameter, or one is not between 0 and 1, or below 0.
        """
        for name, value in given.items():
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                raise ProblemError(
                    f"{self.says} has no parameter {name}", hint=f"its parameters: {known}"
                )
            if value < 0 or (name in self.below and value >= 1):
                told = "at least 0 and less than 1" if name in self.below else "at least 0"
                raise ProblemError(f"{name} is {value}; it has to be {told}")
        return replace(self, parameters={**self.parameters, **given})


PLAIN = Method("plain", "gradient descent", "x - r g", stable="2")
"""x ← x − r g: against the gradient (Cauchy 1847)."""

MOMENTUM = Method(
    "momentum",
    "gradient descent with momentum",
    "x - r v",
    state={"v": "beta v + g"},
    parameters={"beta": Fraction(9, 10)},
    below=("beta",),
    meanings={"v": "the velocity"},
    stable="2 (1 + beta)",
)
"""v ← β v + g, x ← x − r v: a heavy ball, which keeps going.

The state is the velocity v, at first 0.  (B. T. Polyak, Some methods of speeding up the
convergence of iteration methods, 1964; on quadratics it converges for rates below 2(1 + β)/L.)
"""

ADAM = Method(
    "adam",
    "Adam",
    "x - r u/(sqrt(w) + epsilon)",
    state={
        "m": "beta_1 m + (1 - beta_1) g",
        "v": "beta_2 v + (1 - beta_2) g^2",
        "u": "m/(1 - beta_1^t)",
        "w": "v/(1 - beta_2^t)",
    },
    parameters={
        "beta_1": Fraction(9, 10),
        "beta_2": Fraction(999, 1000),
        "epsilon": Fraction(1, 10**8),
    },
    below=("beta_1", "beta_2"),
    entrywise=True,
    meanings={
        "m": "the moving mean of the gradient",
        "v": "the moving mean of its square",
        "u": "making up for the start at 0",
        "w": "making up for the start at 0",
    },
)
"""m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², x ← x − r u/(√w + ε).

The state is the moving mean m of the gradient and the moving mean v of its squares, both at
first 0, which pulls them towards 0; u = m/(1 − β₁^t) and w = v/(1 − β₂^t) make up for that.
(D. P. Kingma and J. Ba, Adam: a method for stochastic optimization, 2015, algorithm 1.)
"""

METHODS: Mapping[str, Method] = MappingProxyType(
    {each.name: each for each in (PLAIN, MOMENTUM, ADAM)}
)

method_named = partial(named, METHODS, what="method")
"""The method of that name; a ProblemError where there is none."""
