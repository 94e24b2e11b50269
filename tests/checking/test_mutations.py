"""Derivations that derivex makes, with one line damaged: the damage is found, and nothing else.

They are of numbers, sums with indices, vectors and matrices, limits, and equations that are solved
in turn.  ``--damaged-derivations 300`` is the whole test; the suite tries a few.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

import pytest
import sympy
from sympy.core.basic import Basic

import derivex
from derivex.checking import CheckedLine
from derivex.derivation import Derivation, Detail
from derivex.engine import differentiate
from derivex.equality import judge
from derivex.equality.sampling import random_expression
from derivex.expression import (
    ONE,
    TWO,
    Apply,
    D,
    Equation,
    Negative,
    Node,
    Plus,
    Power,
    Times,
    function_name,
    postorder,
    substitute,
    symbol,
)
from derivex.expression.lift import lift
from derivex.expression.lower import lower
from derivex.expression.shapes import ShapeError, shape_of
from derivex.notation import Scope, TextWriter, read_text
from derivex.rulebook import shipped_book

BOOK = shipped_book()
X = symbol("x")
_TRIES = 30
_LARGEST = 60  # nodes of a line that a person would write


def parts_of(line: Basic) -> list[Basic]:
    """The subexpressions, without names of functions and what is differentiated by."""
    found: dict[Basic, None] = {}
    stack = [line]
    while stack:
        node = stack.pop()
        found[node] = None
        if type(node) is Apply:
            stack.extend(node.args[1:])
        elif type(node) is D:
            stack.append(node.args[0])
        elif isinstance(node, Node):
            stack.extend(node.args)
    return list(found)


def damaged(line: Basic, random: Random, letter: Basic = X) -> Basic | None:
    """A line with one random edit: a sign, a number, an exponent, a factor, a term, a function."""
    node = random.choice(parts_of(line))
    edits: list[Basic] = [Negative(node), Plus(node, ONE), Times(TWO, node), Plus(node, letter)]
    if type(node) is Power:
        edits += [Power(node.args[0], Plus(node.args[1], ONE)), node.args[0]]
    if type(node) in (Plus, Times):
        edits += [*node.args]
    if type(node) is Apply and node.args[0] is function_name("sin"):
        edits += [Apply(function_name("cos"), *node.args[1:])]
    if type(node) is D:
        edits += [node.args[0], ONE]
    return substitute(line, {node: random.choice(edits)})


@dataclass(frozen=True)
class Page:
    """A derivation as a page that can be checked.

    Args:
        lines: the expressions, or equations, from the first to the last.
        let: the shapes of its vectors and matrices.
        solution: what its unknown is, where equations are solved.
        letter: a number that occurs in it.
    """

    lines: list[Basic]
    let: str = ""
    solution: Mapping[Basic, Basic] | None = None
    letter: Basic = X

    def checked(self) -> Sequence[CheckedLine]:
        """What is found of its lines, written down and read again."""
        writer = TextWriter(unicode=False)
        joint = "\n  = " if self.solution is None else "\n  => "
        text = joint.join(map(writer.write, self.lines))
        return derivex.check(text, let=self.let or ()).lines

    def corrects(self, place: int, correction: Basic) -> bool:
        """Whether a correction of a line holds in its place."""
        if self.solution is None:
            return judge(self.lines[place - 1], correction, BOOK.functions).holds
        sides = [substitute(side, self.solution) for side in correction.args]
        return judge(*sides, BOOK.functions).holds

    def differs(self, place: int, edited: Basic) -> bool:
        """Whether something else than a line stands there now, and something that can be read."""
        if self.solution is not None:
            if type(edited) is not Equation:
                return False
            sides = [substitute(side, self.solution) for side in edited.args]
            return judge(*sides, BOOK.functions).kind == "wrong"
        try:
            fits = shape_of(edited) == shape_of(self.lines[place])
        except ShapeError:
            return False
        return fits and judge(self.lines[place], edited, BOOK.functions).kind == "wrong"


def of_numbers(random: Random) -> Page:
    expression = random_expression(random, [X], 3)
    return Page(lines_of(differentiate(expression, (X,), BOOK)))


def of_sums(random: Random) -> Page:
    inside = random.choice(
        ("s a_i + b - h_i", "s a_i^2 - h_i", "(b - a_i) h_i", "s^2 a_i + h_i", "sin(s a_i) - b")
    )
    around = random.choice(("({})^2", "3({})", "log(1 + ({})^2)", "({})^3 a_i"))
    term = around.format(inside)
    text = random.choice((f"sum_i {term}", f"sum({term}, i = 1..m)", f"1/n sum_i {term} + s^2"))
    by = random.choice("sb")
    if random.random() < 0.3:
        text, by = f"sum({random.choice(('x_j w_j', 'w_j^2', 'x_j w_j^3'))}, j = 1..m)^2", "w_k"
    return Page(lines_of(derivex.diff(text, by=by).derivation), letter=symbol("s"))


def of_arrays(random: Random) -> Page:
    terms = ("||A w - b||^2", "w^T S w", "c w·v", "||w||^2", "exp(w·v)", "(w·v)^3", "||w - v||^2")
    text = " + ".join(random.sample(terms, random.randint(1, 2)))
    let = "A: n by d, w: d, b: n, S: d by d, v: d"
    return Page(
        lines_of(derivex.gradient(text, by="w", let=let).record.partials[0]), let, None, symbol("c")
    )


def of_limits(random: Random) -> Page:
    body = f"{random.randint(2, 5)}x^{random.randint(2, 3)} + {random.randint(2, 9)}x"
    moved = body.replace("x", "(x + h)")
    quotient = read_text(f"lim_(h->0) ({moved} - ({body}))/h", Scope()).expression
    return Page([quotient, *lines_of(derivex.diff(body).derivation)])


def of_equations(random: Random) -> Page:
    a, b, c, d = (random.randint(2, 9) for _ in range(4))
    text = random.choice(
        (f"{a}x + {b} = {c}", f"{a}(x - {b}) = {c + a}x + {d}", f"x/{a} - {b} = {c}")
    )
    solution = derivex.solve(text)
    ((name, value),) = solution.result[0].items()
    lines = [move.equation for move in solution.equations.moves if type(move.equation) is Equation]
    return Page(list(dict.fromkeys(lines)), solution={symbol(str(name)): lift(value)})


KINDS = (of_numbers, of_sums, of_numbers, of_arrays, of_numbers, of_limits, of_equations)


def lines_of(derivation: Derivation) -> list[Basic]:
    return [line.expression for line in derivation.lines(Detail.TEXTBOOK)]


def pages(wanted: int) -> Iterator[tuple[int, Page]]:
    """So many pages as a person would write them, of all kinds in turn."""
    seed = made = 0
    while made < wanted:
        seed += 1
        page = KINDS[seed % len(KINDS)](Random(seed))
        size = max(sum(1 for _ in postorder(line)) for line in page.lines)
        if 3 <= len(page.lines) <= 8 and size <= _LARGEST:
            made += 1
            yield seed, page


def recomputed(root: Basic, point: Sequence[tuple[str, str]]) -> complex:
    """The value of an expression in numbers at a point that was told, by SymPy."""
    values = {sympy.Symbol(name): sympy.Rational(value) for name, value in point}
    found = lower(root, BOOK.functions).doit()
    named = {name: values[sympy.Symbol(name.name)] for name in found.free_symbols}
    return complex(found.subs(named).evalf(20))


@pytest.mark.unchecked
def test_damage_is_found_in_its_line(request: pytest.FixtureRequest) -> None:
    """And its correction holds, and its counterexample can be computed again."""
    for seed, page in pages(request.config.getoption("--damaged-derivations")):
        lines = page.lines
        whole = [line.verdict for line in page.checked()]
        told = seed, [str(line) for line in lines]
        holds = ("definition", "proven", "tested", "outside the domain")
        assert len(whole) >= len(lines) and all(each in holds for each in whole), (told, whole)
        random = Random(seed)
        for _ in range(_TRIES):
            place = random.randrange(1, len(lines))
            edited = damaged(lines[place], random, page.letter)
            if edited is not None and page.differs(place, edited):
                break
        else:
            continue  # nothing that can be seen was damaged
        checked = replace(page, lines=[*lines[:place], edited, *lines[place + 1 :]]).checked()
        found = [line.verdict for line in checked]
        assert found[place] == "wrong", (told, place, str(edited), found)
        assert found.count("wrong") == 1, (told, place, str(edited), found)
        wrong = checked[place]
        if wrong.expected is not None:
            assert page.corrects(place, wrong.expected), (told, str(edited), str(wrong.expected))
        witness = wrong.counterexample
        assert witness is not None
        if KINDS[seed % len(KINDS)] is of_numbers and "none" not in (witness.left, witness.right):
            sides = (lines[place - 1], edited), (witness.left, witness.right)
            for side, value in zip(*sides, strict=True):
                exact = recomputed(side, witness.point)
                near = pytest.approx(float(Fraction(value)), rel=1e-4, abs=1e-9)
                assert exact == near, (told, str(side), witness)
