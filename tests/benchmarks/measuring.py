"""How times are taken.

Each side is measured in a block of repeated runs of its own, and the median counts: runs that
alternate between two programs find the processor's caches cold and measure that.  What is
differentiated is built anew before each run, with SymPy's cache cleared.
"""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from sympy.core.cache import clear_cache

from derivex.derivation import Derivation
from derivex.engine import differentiate
from derivex.expression import symbol
from derivex.expression.lift import lift
from derivex.expression.lower import lower
from derivex.rulebook import RuleBook

__all__ = ["Comparison", "compare", "derive", "fresh", "process_time", "seconds"]

Make = Callable[[], tuple[Any, Any]]


@dataclass(frozen=True)
class Comparison:
    """Median times of both sides, in seconds, and the number of steps recorded."""

    sympy: float
    lifting: float
    deriving: float
    lowering: float
    steps: int

    @property
    def ratio(self) -> float:
        """How many times faster a derivation is than ``sympy.diff``, lifting included."""
        return self.sympy / (self.lifting + self.deriving)


def fresh(make: Make) -> tuple[Any, Any]:
    """An expression built anew; nothing is known about it from an earlier run."""
    clear_cache()
    made = make()
    clear_cache()
    return made


def derive(expression: Any, variable: Any, book: RuleBook) -> Derivation:
    """From a SymPy expression to the whole record."""
    return differentiate(lift(expression, book.functions), [symbol(variable.name)], book)


def compare(make: Make, book: RuleBook, patience: float = 2.0) -> Comparison:
    """Measure both sides, each for about as many seconds as the patience says."""
    bare = _repeat(lambda: _sympy(make), patience)
    ours = _repeat(lambda: _ours(make, book), patience)
    lifting, deriving, lowering, steps = (list(column) for column in zip(*ours, strict=True))
    return Comparison(median(bare), median(lifting), median(deriving), median(lowering), steps[0])


def _repeat(run: Callable[[], Any], patience: float) -> list[Any]:
    run()  # the first run pays for what is set up only once
    results = []
    end = perf_counter() + patience
    while len(results) < 3 or (perf_counter() < end and len(results) < 101):
        results.append(run())
    return results


def _sympy(make: Make) -> float:
    expression, variable = fresh(make)
    began = perf_counter()
    expression.diff(variable)
    return perf_counter() - began


def _ours(make: Make, book: RuleBook) -> tuple[float, float, float, int]:
    expression, variable = fresh(make)
    by = [symbol(variable.name)]
    began = perf_counter()
    written = lift(expression, book.functions)
    lifted = perf_counter()
    derivation = differentiate(written, by, book)
    derived = perf_counter()
    lower(derivation.result, book.functions)
    lowered = perf_counter()
    return lifted - began, derived - lifted, lowered - derived, len(derivation.steps)


def seconds(run: Callable[[], object], times: int = 5, patience: float = 5.0) -> float:
    """The median time of a call; fewer than so many calls if they would take too long."""
    taken: list[float] = []
    while len(taken) < times and sum(taken) < patience:
        gc.collect()
        began = perf_counter()
        kept = run()  # kept until the time is taken: freeing it is not part of it
        taken.append(perf_counter() - began)
        del kept
    return median(taken)


def process_time(arguments: Sequence[str], times: int = 11) -> float:
    """The median time of a whole Python process."""
    command = [sys.executable, *arguments]
    subprocess.run(command, check=True, capture_output=True)
    return seconds(lambda: subprocess.run(command, check=True, capture_output=True), times)
