"""What a comparison of two expressions says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, log10
from typing import Any, Literal

__all__ = ["BITS", "Counterexample", "Verdict", "VerdictKind"]

VerdictKind = Literal["proven", "tested", "wrong", "undecided"]

BITS = 61
"""Of the primes modulo which expressions are compared that are too long for anything else."""


@dataclass(frozen=True)
class Counterexample:
    """Values at which two expressions differ, and what each of them is there.

    Args:
        point: names and their values, as text that anyone can compute with; data as
            ``("a", "(1, 2)")``, a matrix by its rows, ``("A", "[[1, 2], [3, 4]]")``, an unknown
            function as ``("f(t)", "(1 + 2t + sin(3t + 1))/4")``.
        left: the value of the left expression.
        right: the value of the right expression.

    >>> str(Counterexample((("x", "2"),), "12", "8"))
    'at x = 2: left 12, right 8'
    """

    point: tuple[tuple[str, str], ...]
    left: str
    right: str

    def __str__(self) -> str:
        where = ", ".join(f"{name} = {value}" for name, value in self.point)
        sides = f"left {self.left}, right {self.right}"
        return f"at {where}: {sides}" if where else sides


@dataclass(frozen=True, eq=False)
class Verdict:
    """Whether two expressions are equal, and how that is known.

    To find the witness that reads best takes longer than to know that there is one, and few are
    asked for: it is looked for when it is.

    Args:
        kind: ``"proven"`` (equal by exact algebra wherever both have a value), ``"tested"``
            (they agree at ``points`` random points; not proven), ``"wrong"`` (they differ at
            the witness, by rigorous bounds) or ``"undecided"``.
        points: how many points both sides were compared at.
        told: a point at which they differ, if they are known to, or what finds one.
        reason: in an undecided case, why; else empty.
        chance: of a tested equality that was found modulo two random primes, a bound on the
            probability that it is none all the same; else None.
        how: what else a tested equality rests on than random points, in words.

    >>> Verdict("tested", 5).holds, Verdict("undecided", 0).holds
    (True, False)
    """

    kind: VerdictKind
    points: int = 0
    told: Counterexample | Callable[[], Counterexample] | None = None
    reason: str = ""
    chance: float | None = None
    how: str = ""

    @property
    def witness(self) -> Counterexample | None:
        """A point at which the two differ, if they are known to."""
        if callable(self.told):
            object.__setattr__(self, "told", self.told())
        return self.told  # type: ignore[return-value]

    def _whole(self) -> tuple[Any, ...]:
        return self.kind, self.points, self.witness, self.reason, self.chance

    def __eq__(self, other: object) -> bool:
        return self._whole() == other._whole() if isinstance(other, Verdict) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.kind, self.points))

    def __reduce__(self) -> tuple[Any, ...]:
        return Verdict, self._whole()

    @property
    def holds(self) -> bool:
        """Whether the two are equal as far as is known: proven or tested."""
        return self.kind in ("proven", "tested")

    def __str__(self) -> str:
        if self.kind == "tested":
            return f"tested ({self.basis}, not proven)"
        if self.kind == "wrong":
            return f"wrong: {self.witness}"
        return f"{self.kind}: {self.reason}" if self.reason else self.kind

    @property
    def basis(self) -> str:
        """What a tested equality rests on, in words.

        >>> Verdict("tested", 5).basis
        'agrees at 5 random points'
        >>> Verdict("tested", 1, chance=3.2e-30).basis
        'agrees modulo two random 61-bit primes, in error with a chance below 10^-29'
        """
        if self.chance is not None:
            size = ceil(log10(max(self.chance, 1e-300)))
            return (
                f"agrees modulo two random {BITS}-bit primes, in error with a chance below "
                f"10^{size}"
            )
        if self.how:
            return self.how
        noun = "point" if self.points == 1 else "points"
        return f"agrees at {self.points} random {noun}"
