"""Prints how well equality is judged: run ``python -m tests.benchmarks.equality``.

Every identity of a list gives five labelled pairs: itself, itself with something put in for its
letters, and three that differ: by one part in a thousand, by a small term, and by a sign.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median

import sympy
from sympy.core.basic import Basic

from derivex.equality import judge
from derivex.expression import (
    ONE,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    free_symbols,
    integer,
    substitute,
)
from derivex.expression.lower import lower
from derivex.notation import Scope, read_relation
from derivex.rulebook import shipped_book

__all__ = ["IDENTITIES", "Pair", "labelled_pairs", "main"]

IDENTITIES = """\
(x + 1)^2 = x^2 + 2x + 1
(x - y)(x + y) = x^2 - y^2
(x + y)^3 = x^3 + 3x^2 y + 3x y^2 + y^3
1/x + 1/y = (x + y)/(x y)
x/(x + 1) = 1 - 1/(x + 1)
1/(x (x + 1)) = 1/x - 1/(x + 1)
(x^4 - 1)/(x - 1) = x^3 + x^2 + x + 1
(x^2 + 1)^(-2) x = x/(x^2 + 1)^2
0.5 x + 0.25 x = 0.75 x
x^3 x^(-1) = x^2
d/dx x^5 = 5x^4
d/dx (3x^2 + 1)^4 = 24x (3x^2 + 1)^3
d/dx ((x y)^2) = 2x y^2
d/dx 1/(x^2 + 1) = -2x/(x^2 + 1)^2
d/dx (x/(x + y)) = y/(x + y)^2
d/dx d/dx x^4 = 12x^2
sin(x)^2 + cos(x)^2 = 1
sin(2x) = 2 sin x cos x
cos(2x) = 1 - 2 sin(x)^2
cos(3x) = 4 cos(x)^3 - 3 cos(x)
sin(x + y) = sin x cos y + cos x sin y
tan(x) = sin(x)/cos(x)
1 + tan(x)^2 = sec(x)^2
d/dx sin(x^2) = 2x cos(x^2)
d/dx tan(x) = 1 + tan(x)^2
d/dx cos(x)^3 = -3 cos(x)^2 sin(x)
d/dx (x sin(x)) = sin(x) + x cos(x)
d/dx (sin(x)/x) = (x cos(x) - sin(x))/x^2
exp(x + y) = exp(x) exp(y)
exp(2x) = exp(x)^2
d/dx exp(-x^2/2) = -x exp(-x^2/2)
d/dx (x exp(x)) = (1 + x) exp(x)
1/(1 + exp(-x)) = exp(x)/(1 + exp(x))
d/dx 1/(1 + exp(-x)) = exp(-x)/(1 + exp(-x))^2
d/dx log(1 + exp(x)) = 1/(1 + exp(-x))
tanh(x) = (exp(2x) - 1)/(exp(2x) + 1)
d/dx tanh(x) = 1 - tanh(x)^2
cosh(x)^2 - sinh(x)^2 = 1
d/dx log(x^2 + 1) = 2x/(x^2 + 1)
d/dx log(x) = 1/x
log(exp(x)) = x
exp(2 log(x)) = x^2
d/dx (x log(x)) = log(x) + 1
d/dx log(x)^2 = 2 log(x)/x
d/dx x^x = x^x (log(x) + 1)
2^x * 2^y = 2^(x + y)
d/dx 2^x = 2^x log(2)
sqrt(x)^2 = x
x^(1/2) x^(1/3) = x^(5/6)
d/dx sqrt(x) = 1/(2 sqrt(x))
d/dx sqrt(x^2 + 1) = x/sqrt(x^2 + 1)
1/(sqrt(x) + 1) = (sqrt(x) - 1)/(x - 1)
d/dx arctan(x) = 1/(1 + x^2)
d/dx arcsin(x) = 1/sqrt(1 - x^2)
|x|^2 = x^2
sqrt(x^2) = |x|
d/dx |x| = x/|x|
max(x, y) = (x + y + |x - y|)/2
-(x - y) = y - x
x - (y - 1) = x - y + 1
(2x + 1)^4 (10 (3x - 2) + 21 (2x + 1)) = (2x + 1)^4 (72x + 1)
(x^3 + y^3)/(x + y) = x^2 - x y + y^2
"""

_PUT_IN = "x = y^2 + 1"


@dataclass(frozen=True)
class Pair:
    """Two expressions and whether they are equal."""

    name: str
    left: Basic
    right: Basic
    equal: bool


def labelled_pairs(identities: str = IDENTITIES) -> Iterator[Pair]:
    """All pairs of a list of identities, in order."""
    scope = Scope(functions=shipped_book().functions)
    name, value = read_relation(_PUT_IN, scope).expression.args
    for text in identities.splitlines():
        left, right = read_relation(text, scope).expression.args
        yield Pair(text, left, right, True)
        if "d/d" in text:  # there it is a derivative by a letter that must stay one
            yield Pair(f"3 · ({text})", Times(integer(3), left), Times(right, integer(3)), True)
        else:
            put = [substitute(side, {name: value}) for side in (left, right)]
            yield Pair(f"{text}, with {_PUT_IN}", put[0], put[1], True)
        more = Plus(ONE, Over(ONE, integer(1000)))
        yield Pair(f"{text}, a little more", left, Times(right, more), False)
        letters = list(free_symbols(left)) or [ONE]
        small = Over(Power(letters[0], integer(2)), integer(7919))
        yield Pair(f"{text}, another term", left, Plus(right, small), False)
        yield Pair(f"{text}, another sign", left, Negative(right), False)


def ours(pair: Pair, witness: bool = False) -> tuple[str, float]:
    """The verdict of derivex, perhaps with a witness, and the work it took, in seconds."""
    functions = shipped_book().functions
    started = time.process_time()
    found = judge(pair.left, pair.right, functions)
    verdict = found.kind
    if witness:
        found.witness  # noqa: B018
    took = time.process_time() - started
    if verdict == "undecided":
        return "undecided", took
    return ("right" if (verdict != "wrong") == pair.equal else "wrong"), took


def theirs(pair: Pair) -> tuple[str, float]:
    """The verdict of ``simplify(left - right) == 0``, with letters that are real."""
    functions = shipped_book().functions
    left, right = lower(pair.left, functions), lower(pair.right, functions)
    real = {name: sympy.Symbol(name.name, real=True) for name in free_symbols(pair.left)}
    left, right = left.subs(real), right.subs(real)
    started = time.process_time()
    equal = sympy.simplify(left - right) == 0
    took = time.process_time() - started
    return ("right" if equal == pair.equal else "wrong"), took


def measured(
    how: Callable[[Pair], tuple[str, float]], pairs: list[Pair]
) -> list[tuple[str, float]]:
    """The outcome and the work for each pair, with what is imported late already imported.

    A time on the clock is that of a machine that may be busy, so it is the work that counts.
    """
    for pair in labelled_pairs("x^2 + x = x (x + 1)\nsin(x) + cos(x) = cos(x) + sin(x)"):
        how(pair)
    return [how(pair) for pair in pairs]


def main() -> None:
    """Print both, side by side; ``--quick`` takes every seventh pair for SymPy."""
    pairs = list(labelled_pairs())
    apart = 7 if "--quick" in sys.argv else 1
    ways = {"derivex": ours, "derivex, with a counterexample": partial(ours, witness=True)}
    found = {name: measured(way, pairs) for name, way in ways.items()}
    others = measured(theirs, pairs[::apart])
    middle, work = median(took for _, took in others), sum(took for _, took in others)
    print(f"{len(pairs)} labelled pairs, {sum(pair.equal for pair in pairs)} of them equal")
    outcomes = dict(Counter(outcome for outcome, _ in others))
    print(f"simplify: {outcomes}, median {middle * 1e3:.1f} ms")
    for name, judged in found.items():
        times = [took for _, took in judged[::apart]]
        print(
            f"{name}: {dict(Counter(outcome for outcome, _ in judged))}, "
            f"median {median(times) * 1e3:.2f} ms, "
            f"ratio of the medians {middle / median(times):.0f}, of the sums {work / sum(times):.0f}"
        )
        for pair, (outcome, _) in zip(pairs, judged, strict=True):
            if outcome != "right":
                print(f"    {pair.name}: {outcome}")


if __name__ == "__main__":
    main()
