"""SymPy's solver, asked in a process of its own with a time limit: where our moves end.

What it finds is only a candidate, which is put into the equations like any other.  Formulas go to
the process and come back as text, which our own reader reads: nothing is evaluated.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import DerivexError
from derivex.expression import free_symbols, symbol
from derivex.notation import Scope, TextWriter, read_relation, read_text
from derivex.rulebook import RuleBook

__all__ = ["Asked", "solved_by_sympy"]

SECONDS = 8.0
"""How long the solver may take."""

_MOST = 60  # solutions that are taken


@dataclass(frozen=True)
class Asked:
    """What SymPy's solver said.

    Args:
        says: in words.
        solutions: what it found and is not seen to be complex.
    """

    says: str
    solutions: tuple[dict[Symbol, Basic], ...] = ()


def solved_by_sympy(
    equations: Sequence[Basic],
    unknowns: Sequence[Symbol],
    book: RuleBook,
    seconds: float = SECONDS,
) -> Asked:
    """Ask SymPy's solver.

    Args:
        equations: the equations.
        unknowns: what to solve for.
        book: the rules.
        seconds: the time limit.
    """
    writer = TextWriter(unicode=False)
    question = json.dumps(
        {
            "equations": [writer.write(equation) for equation in equations],
            "unknowns": [unknown.name for unknown in unknowns],
        }
    )
    try:
        done = subprocess.run(
            [sys.executable, "-m", "derivex.solving.sympy_solver"],
            input=question,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Asked(f"SymPy's solver was asked as well, and found nothing in {seconds:g} seconds")
    except OSError:
        return Asked("SymPy's solver could not be started")
    try:
        answers = json.loads(done.stdout)
    except json.JSONDecodeError:
        return Asked("SymPy's solver was asked as well, and knows no way")
    scope = Scope(functions=book.functions).declare(*(name.name for name in unknowns))
    known = {name for equation in equations for name in free_symbols(equation)}
    found: list[dict[Symbol, Basic]] = []
    for answer in answers[:_MOST]:
        try:
            values = {
                symbol(name): read_text(text, scope).expression for name, text in answer.items()
            }
        except DerivexError:
            continue
        if all(known.issuperset(free_symbols(value)) for value in values.values()):
            found.append(values)
    number = len(found)
    return Asked(
        f"SymPy's solver was asked as well: {number or 'no'} candidate{'s' * (number != 1)}",
        tuple(found),
    )


def _answer() -> None:
    """Solve what standard input asks; the process that is started for it runs this."""
    import sympy

    from derivex.expression.lift import lift
    from derivex.expression.lower import lower
    from derivex.rulebook import shipped_book

    question = json.loads(sys.stdin.read())
    book = shipped_book()
    scope = Scope(functions=book.functions).declare(*question["unknowns"])
    unknowns = [symbol(name) for name in question["unknowns"]]
    lowered = []
    for text in question["equations"]:
        left, right = read_relation(text, scope).expression.args
        lowered.append(lower(left, book.functions) - lower(right, book.functions))
    found = sympy.solve(lowered, unknowns, dict=True)
    writer = TextWriter(unicode=False)
    answers = []
    for solution in found:
        if any(value.has(sympy.I) or value.is_real is False for value in solution.values()):
            continue  # only real solutions are asked for
        try:
            answers.append(
                {
                    name.name: writer.write(lift(value, book.functions))
                    for name, value in solution.items()
                }
            )
        except DerivexError:
            continue
    print(json.dumps(answers))


if __name__ == "__main__":
    _answer()
