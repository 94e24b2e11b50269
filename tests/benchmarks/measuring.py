"""How times are taken.

Each side is measured in blocks of repeated runs of its own: runs that alternate between two
programs find the processor's caches cold and measure that.  What is differentiated is built anew
for each run, and SymPy's cache is cleared before it.  Both sides are compared by the time that the
processor works for them, and the shortest counts: whatever else the machine does meanwhile only
makes runs longer.  Blocks of both sides take turns, so that a slow minute is one for both.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter, thread_time
from typing import Any

from sympy.core.cache import clear_cache

from derivex.derivation import Derivation
from derivex.engine import differentiate
from derivex.expression import symbol
from derivex.expression.lift import lift
from derivex.expression.lower import lower
from derivex.expression.node import forget_unused
from derivex.rulebook import RuleBook

__all__ = ["Comparison", "compare", "derive", "forget", "fresh", "process_time", "seconds"]

Make = Callable[[], tuple[Any, Any]]


@dataclass(frozen=True)
class Comparison:
    """The shortest times of both sides, in seconds, and the number of steps recorded."""

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
    forget()
    made = make()
    forget()
    return made


def forget() -> None:
    """Empty SymPy's cache, and let go of the nodes of earlier runs."""
    clear_cache()
    forget_unused()


def derive(expression: Any, variable: Any, book: RuleBook) -> Derivation:
    """From a SymPy expression to the whole record."""
    return differentiate(lift(expression, book.functions), [symbol(variable.name)], book)


def compare(make: Make, book: RuleBook, patience: float = 2.0) -> Comparison:
    """Measure both sides, each for about as many seconds as the patience says."""
    forget_unused(everything=True)
    began = perf_counter()
    _sympy(*fresh(make))
    blocks = _BLOCKS if perf_counter() - began < patience / _BATCH else 1
    bare: list[float] = []
    ours: list[tuple[float, float]] = []
    for _ in range(blocks):
        bare += _repeat(make, lambda made: _sympy(*made), patience / blocks)
        ours += _repeat(make, lambda made: _ours(*made, book), patience / blocks)
    lifting, deriving = min(ours, key=sum)
    derivation = derive(*fresh(make), book)
    lowering = seconds(lambda: _lowering(derivation, book))
    return Comparison(min(bare), lifting, deriving, lowering, len(derivation.steps))


_BLOCKS = 4
_BATCH = 20


def _repeat(make: Make, run: Callable[[tuple[Any, Any]], Any], patience: float) -> list[Any]:
    """Run on fresh expressions, built a batch at a time.

    Building them is SymPy's work, which leaves the processor's caches cold: it is not done
    between two runs that are timed.
    """
    began = perf_counter()
    run(fresh(make))  # the first run pays for what is set up only once
    batch = _BATCH if perf_counter() - began < patience / _BATCH else 2
    results: list[Any] = []
    end = perf_counter() + patience
    while len(results) < 3 or (perf_counter() < end and len(results) < 200):
        for made in [fresh(make) for _ in range(batch)]:
            forget()
            results.append(run(made))
    return results


def _sympy(expression: Any, variable: Any) -> float:
    began = thread_time()
    expression.diff(variable)
    return thread_time() - began


def _ours(expression: Any, variable: Any, book: RuleBook) -> tuple[float, float]:
    by = [symbol(variable.name)]
    began = thread_time()
    written = lift(expression, book.functions)
    lifted = thread_time()
    derivation = differentiate(written, by, book)
    derived = thread_time()
    del derivation  # the nodes of one run must not be there before the next one
    return lifted - began, derived - lifted


def _lowering(derivation: Derivation, book: RuleBook) -> None:
    clear_cache()
    lower(derivation.result, book.functions)


def seconds(run: Callable[[], object], times: int = 5, patience: float = 5.0) -> float:
    """The shortest time of a call; fewer than so many calls if they would take too long."""
    taken: list[float] = []
    while len(taken) < times and sum(taken) < patience:
        forget()
        gc.collect()
        began = thread_time()
        kept = run()  # kept until the time is taken: freeing it is not part of it
        taken.append(thread_time() - began)
        del kept
    return min(taken)


def process_time(arguments: Sequence[str], times: int = 11) -> float:
    """The shortest time that the processor works for a whole Python process."""
    command = [sys.executable, *arguments]
    with tempfile.TemporaryDirectory() as compiled:
        # An installation has compiled modules; here the first run makes them.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)

        def run() -> float:
            began = getrusage(RUSAGE_CHILDREN)
            subprocess.run(command, check=True, capture_output=True, env=environment)
            ended = getrusage(RUSAGE_CHILDREN)
            return ended.ru_utime - began.ru_utime + ended.ru_stime - began.ru_stime

        run()
        return min(run() for _ in range(times))
