"""Fuzzing guided by coverage: ``python -m tests.fuzzing.guided --seconds 1200``.

Inputs are spoilt at random, and one that reaches lines of the project that none before it had
reached is spoilt further.  What must never happen: an exception that is no error of the project,
an answer that takes too long, and for the checker a line called wrong without a counterexample.
"""

from __future__ import annotations

import argparse
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from time import monotonic, thread_time

import derivex
from derivex.checking import VERDICTS
from derivex.errors import DerivexError
from derivex.notation import LatexWriter, Scope, TextWriter, read_relation
from derivex.rulebook import shipped_book
from tests.fuzzing.coverage import Coverage
from tests.fuzzing.mutations import FORMULAS, PAGES, mutated

__all__ = ["TARGETS", "Found", "fuzz", "main"]

_LONGEST = 3000  # characters of an input
_SECONDS = 2.0
_JOINED = 0.2  # the share of inputs that are made of two


@dataclass
class Found:
    """What a run came to.

    Args:
        inputs: how many were tried.
        kept: how many of them reached something new.
        lines: of the project that were reached.
        slowest: the seconds of work that the slowest of them took.
        failures: what went wrong, and with which input.
    """

    inputs: int = 0
    kept: int = 0
    lines: int = 0
    slowest: float = 0.0
    failures: dict[str, str] = field(default_factory=dict)


def reads(text: str) -> None:
    """Both readers, and both writers of what was read."""
    with suppress(DerivexError):
        root = read_relation(text, Scope(functions=shipped_book().functions)).expression
        TextWriter().write(root)
        LatexWriter().write(root)


def checks(text: str) -> None:
    """The checker, with a page whose first line says what kind of document it is."""
    name, _, page = text.partition("\n")
    found = derivex.check(page, name=name if name in PAGES else "page.txt")
    assert all(line.verdict in VERDICTS for line in found.lines)
    assert all(line.counterexample is not None for line in found.wrong), "no counterexample"
    assert found.to_json()


TARGETS: Mapping[str, tuple[Callable[[str], None], Sequence[str]]] = {
    "read": (reads, FORMULAS),
    "check": (checks, [f"{name}\n{page}" for name, page in PAGES.items()]),
}


def fuzz(target: str, seconds: float, seed: int = 0) -> Found:
    """Fuzz one target for so many seconds.

    Args:
        target: one of :data:`TARGETS`.
        seconds: how long.
        seed: of the random numbers.
    """
    run, seeds = TARGETS[target]
    random, coverage, found = Random(seed), Coverage(), Found()
    inputs = list(seeds)
    waiting = list(seeds)
    end = monotonic() + seconds
    while monotonic() < end:
        text = waiting.pop() if waiting else _spoilt(inputs, random)
        begin = thread_time()
        new = 0
        try:
            new = coverage.of(lambda text=text: run(text))  # type: ignore[misc]
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            found.failures.setdefault(f"{type(error).__name__} at {place.name}: {error}", text)
        took = thread_time() - begin
        found.inputs += 1
        if took > found.slowest and took > _SECONDS:
            took = _again(run, text)  # without being followed
            if took > _SECONDS:
                found.failures[f"{took:.1f} seconds"] = text
        found.slowest = max(found.slowest, took)
        if new:
            found.kept += 1
            inputs.append(text)
    found.lines = coverage.reached
    return found


def _spoilt(inputs: Sequence[str], random: Random) -> str:
    """A change of one of the inputs, rather of a late one, or a part of two."""
    first, second = (inputs[int(len(inputs) * random.random() ** 0.5)] for _ in range(2))
    if random.random() < _JOINED:
        first = (
            first[: random.randrange(len(first) + 1)] + second[random.randrange(len(second) + 1) :]
        )
    return mutated(first, random)[:_LONGEST]


def _again(run: Callable[[str], None], text: str) -> float:
    begin = thread_time()
    with suppress(Exception):
        run(text)
    return thread_time() - begin


def main() -> int:
    """Print what was found; 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--target", choices=sorted(TARGETS), action="append")
    asked = parser.parse_args()
    failed = False
    for target in asked.target or TARGETS:
        found = fuzz(target, asked.seconds, asked.seed)
        print(
            f"{target}: {found.inputs} inputs, {found.kept} reached something new, "
            f"{found.lines} lines reached, the slowest took {found.slowest:.2f} s"
        )
        for what, text in found.failures.items():
            failed = True
            print(f"  {what}\n    {text!r}")
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
