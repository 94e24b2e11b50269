"""Derivations that derivex makes, with one line damaged: the damage is found, and nothing else.

``--damaged-derivations 300`` is the whole test; the suite tries a few.
"""

from __future__ import annotations

from random import Random

import pytest
from sympy.core.basic import Basic

from derivex.checking import Knowledge, check_document
from derivex.derivation import Detail
from derivex.documents import read_document
from derivex.engine import differentiate
from derivex.equality import judge
from derivex.equality.sampling import random_expression
from derivex.expression import (
    ONE,
    TWO,
    Apply,
    D,
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
from derivex.notation import Scope, TextWriter
from derivex.rulebook import shipped_book

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


def damaged(line: Basic, random: Random) -> Basic | None:
    """A line with one random edit: a sign, a number, an exponent, a factor, a term, a function."""
    node = random.choice(parts_of(line))
    edits: list[Basic] = [Negative(node), Plus(node, ONE), Times(TWO, node), Plus(node, X)]
    if type(node) is Power:
        edits += [Power(node.args[0], Plus(node.args[1], ONE)), node.args[0]]
    if type(node) in (Plus, Times):
        edits += [*node.args]
    if type(node) is Apply and node.args[0] is function_name("sin"):
        edits += [Apply(function_name("cos"), *node.args[1:])]
    if type(node) is D:
        edits += [node.args[0], ONE]
    return substitute(line, {node: random.choice(edits)})


def lines_of(seed: int) -> list[Basic] | None:
    """The lines of a derivation of a random expression; None for one nobody would write."""
    random = Random(seed)
    expression = random_expression(random, [X], 3)
    derivation = differentiate(expression, (X,), shipped_book())
    lines = [line.expression for line in derivation.lines(Detail.TEXTBOOK)]
    size = max(sum(1 for _ in postorder(line)) for line in lines)
    return lines if 3 <= len(lines) <= 8 and size <= _LARGEST else None


def verdicts(lines: list[Basic]) -> list[str]:
    """The verdicts on a derivation that was written down and read again."""
    writer = TextWriter(unicode=False)
    text = "\n  = ".join(writer.write(line) for line in lines)
    book = shipped_book()
    document = read_document(text, "derivation.txt", Scope(functions=book.functions))
    checked = check_document(document, Knowledge(functions=book.functions), book)
    return [line.verdict for line in checked.lines]


def test_damage_is_found_in_its_line(request: pytest.FixtureRequest) -> None:
    wanted = request.config.getoption("--damaged-derivations")
    book = shipped_book()
    seed = tried = 0
    while tried < wanted:
        seed += 1
        lines = lines_of(seed)
        if lines is None:
            continue
        tried += 1
        whole = verdicts(lines)
        assert all(
            each in ("definition", "proven", "tested", "outside the domain") for each in whole
        ), (
            seed,
            [str(line) for line in lines],
            whole,
        )
        random = Random(seed)
        for _ in range(_TRIES):
            place = random.randrange(1, len(lines))
            edited = damaged(lines[place], random)
            if edited is not None and judge(lines[place], edited, book.functions).kind == "wrong":
                break
        else:
            continue  # nothing that can be seen was damaged
        found = verdicts([*lines[:place], edited, *lines[place + 1 :]])
        assert found[place] == "wrong", (seed, place, str(lines[place]), str(edited), found)
        assert found.count("wrong") == 1, (seed, place, str(edited), found)
