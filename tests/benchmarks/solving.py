"""Solving beside SymPy's solvers and FLINT: run ``python -m tests.benchmarks.solving``.

SymPy's solvers are asked in a process of their own, which is ended after a time limit.
"""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import Any

import flint
import sympy
from sympy.core.basic import Basic

import derivex
from derivex.expression import Equation, Plus, Times, number, symbol
from derivex.rulebook import shipped_book
from derivex.solving import Solution, solve

__all__ = ["STATIONARY", "Timed", "compare_linear", "compare_stationary", "dense", "main"]

LIMIT = 20.0
"""Seconds after which SymPy is not waited for."""

STATIONARY: dict[str, tuple[str, int]] = {
    "Himmelblau": ("(x**2 + y - 11)**2 + (x + y**2 - 7)**2", 9),
    "six-hump camel": ("(4 - 21*x**2/10 + x**4/3)*x**2 + x*y + (4*y**2 - 4)*y**2", 15),
    "three-hump camel": ("2*x**2 - 21*x**4/20 + x**6/6 + x*y + y**2", 5),
    "Rosenbrock": ("(1 - x)**2 + 100*(y - x**2)**2", 1),
    "Styblinski-Tang": ("(x**4 - 16*x**2 + 5*x)/2 + (y**4 - 16*y**2 + 5*y)/2", 9),
    "Beale": ("(3/2-x+x*y)**2 + (9/4-x+x*y**2)**2 + (21/8-x+x*y**3)**2", 3),
    "monkey saddle, perturbed": ("x**3 - 3*x*y**2 + x**2 + y**2/2", 4),
    "three cubics": ("x**3 + y**3 + z**3 - 3*x*y*z + x**2 + y**2 + z", 0),
}
"""Each function with the number of its real stationary points; 0 where it is not published."""


@dataclass(frozen=True)
class Timed:
    """What a solver found, and in what time.

    Args:
        seconds: None where it was not waited for.
        found: how many real solutions; None where it gave up.
    """

    seconds: float | None
    found: int | None

    def __str__(self) -> str:
        took = f"> {LIMIT:.0f} s" if self.seconds is None else f"{self.seconds * 1e3:.1f} ms"
        return took if self.found is None else f"{took} ({self.found})"


def dense(size: int, letters: bool = False) -> tuple[list[Basic], list[sympy.Symbol]]:
    """A dense system, of small numbers or of a letter for each coefficient."""
    chosen = random.Random(size)
    names = [symbol(f"x_{place}") for place in range(1, size + 1)]
    equations = []
    for row in range(size):
        factors: list[Basic] = [
            symbol(f"a_{row}_{place}") if letters else number(chosen.randint(1, 99))
            for place in range(size)
        ]
        right = symbol(f"b_{row}") if letters else number(chosen.randint(1, 99))
        terms = [Times(factor, name) for factor, name in zip(factors, names, strict=True)]
        equations.append(Equation(Plus(*terms), right))
    return equations, names


def lowered(equations: list[Basic], names: list[sympy.Symbol]) -> tuple[Any, Any]:
    """The matrix and the right-hand sides of a system as ``dense`` makes it."""
    from derivex.expression.lower import lower

    rows = [[lower(term.args[0]) for term in equation.args[0].args] for equation in equations]
    return sympy.Matrix(rows), sympy.Matrix([lower(equation.args[1]) for equation in equations])


def compare_linear(size: int, letters: bool = False) -> dict[str, Timed]:
    """The same system by derivex with every step, ``linsolve``, and FLINT without steps."""
    equations, names = dense(size, letters)
    matrix, right = lowered(equations, names)
    times = {
        "derivex": _timed(lambda: _solved(equations, names)),
        "linsolve": limited(partial(_linsolve, matrix, right, names)),
    }
    if not letters:
        whole = [[flint.fmpq(int(each)) for each in row] for row in matrix.tolist()]
        column = [[flint.fmpq(int(each))] for each in right]
        times["flint"] = _timed(lambda: len([flint.fmpq_mat(whole).solve(flint.fmpq_mat(column))]))
    return times


def compare_stationary(name: str) -> dict[str, Timed]:
    """All stationary points, classified, beside the bare solutions of the gradient."""
    text, _ = STATIONARY[name]
    return {
        "derivex": _timed(lambda: _stationary(text)),
        "solve": limited(partial(_sympy_solve, text)),
        "nonlinsolve": limited(partial(_nonlinsolve, text)),
    }


def limited(run: Callable[[], int]) -> Timed:
    """Run in a process of its own, which is ended after the time limit."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(run, there))
    process.start()
    answer = here.recv() if here.poll(LIMIT) else Timed(None, None)
    process.terminate()
    process.join()
    assert isinstance(answer, Timed)
    return answer


def _answer(run: Callable[[], int], there: Any) -> None:
    began = perf_counter()
    try:
        found: int | None = run()
    except Exception:  # what SymPy cannot do it says in many ways
        found = None
    there.send(Timed(perf_counter() - began, found))


def _timed(run: Callable[[], int]) -> Timed:
    began = perf_counter()
    found = run()
    return Timed(perf_counter() - began, found)


def _solved(equations: list[Basic], names: list[sympy.Symbol]) -> int:
    solution = solve(equations, names, shipped_book())
    assert isinstance(solution, Solution)
    return int(len(solution.results) == len(names))


def _linsolve(matrix: Any, right: Any, names: list[sympy.Symbol]) -> int:
    return len(sympy.linsolve((matrix, right), *names))


def _stationary(text: str) -> int:
    found = derivex.solve(sympy.sympify(text))
    return len(found.result)


def _gradient(text: str) -> tuple[list[Any], list[Any]]:
    function = sympy.sympify(text)
    names = sorted(function.free_symbols, key=str)
    return [sympy.diff(function, name) for name in names], names


def _sympy_solve(text: str) -> int:
    equations, names = _gradient(text)
    return sum(_is_real(each) for each in sympy.solve(equations, names))


def _nonlinsolve(text: str) -> int:
    equations, names = _gradient(text)
    return sum(_is_real(each) for each in sympy.nonlinsolve(equations, names))


def _is_real(values: Any) -> bool:
    numbers = [sympy.N(value, 30) for value in values]
    return all(value.is_number and abs(sympy.im(value)) < 1e-15 for value in numbers)


def linear_table(sizes: tuple[int, ...], letters: bool = False) -> None:
    """Dense systems side by side."""
    what = "letters" if letters else "numbers"
    print(f"\nDense linear systems of {what}\n")
    print(f"{'unknowns':>9}{'derivex, steps recorded':>25}{'linsolve':>16}{'flint':>12}")
    for size in sizes:
        found = compare_linear(size, letters)
        cells = [f"{_time(found[name])}" for name in found]
        print(f"{size:9}{cells[0]:>25}{cells[1]:>16}{(cells[2] if len(cells) > 2 else ''):>12}")


def _time(timed: Timed) -> str:
    return str(Timed(timed.seconds, None))


def stationary_table() -> None:
    """Stationary points side by side; in brackets how many real ones were found."""
    print("\nStationary points (in brackets: how many real ones)\n")
    print(f"{'function':27}{'known':>6}{'derivex, classified':>22}{'solve':>20}{'nonlinsolve':>20}")
    for name, (_, known) in STATIONARY.items():
        found = compare_stationary(name)
        told = "".join(f"{found[each]!s:>20}" for each in ("solve", "nonlinsolve"))
        print(f"{name:27}{known or '':>6}{found['derivex']!s:>22}{told}", flush=True)


def main() -> None:
    """Print all tables."""
    shipped_book()
    linear_table((2, 4, 10, 20, 50, 100))
    linear_table((2, 3, 4, 5, 6, 20, 50), letters=True)
    stationary_table()


if __name__ == "__main__":
    main()
