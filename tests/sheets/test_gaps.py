"""Gaps in formulas: how they are written, that they cannot be read, and how they are stored."""

from __future__ import annotations

import pytest

from derivex.equality import judge
from derivex.errors import ReadError
from derivex.expression import D, Equation, Gap, Or, Over, Plus, Power, Times, integer, symbol
from derivex.notation import LatexWriter, TextWriter, read_text
from derivex.rendering.stacked import stacked
from derivex.sheets import gaps_in
from derivex.sheets.places import stands_in
from derivex.storage.nodes import NodeTable, read_nodes

x, y = symbol("x"), symbol("y")
one, two, three = map(integer, (1, 2, 3))

TEXTS = [
    (Gap(one),                            "[_1_]"),
    (Times(two, Gap(one)),                "2 · [_1_]"),
    (Times(x, Gap(one), y),               "x · [_1_] · y"),
    (Times(Gap(one), D(y, x)),            "[_1_] · ∂y/∂x"),
    (Plus(x, Gap(one), y),                "x + [_1_] + y"),
    (Power(Gap(one), two),                "[_1_]²"),
    (Power(x, Gap(three)),                "x^([_3_])"),
    (Over(Gap(one), x),                   "[_1_]/x"),
    (Times(two, Plus(x, y), Gap(one)),    "2(x + y) · [_1_]"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "text"), TEXTS)
def test_a_gap_stands_apart_in_one_line(formula: Gap, text: str) -> None:
    assert TextWriter().write(formula) == text


@pytest.mark.parametrize("formula", [formula for formula, _ in TEXTS])
def test_a_formula_with_a_gap_cannot_be_read(formula: Gap) -> None:
    for unicode in (True, False):
        with pytest.raises(ReadError):
            read_text(TextWriter(unicode).write(formula))


def test_a_gap_is_stacked_like_any_factor() -> None:
    assert str(stacked(Over(Gap(one), x))) == "[_1_]\n─────\n  x"


def test_what_a_gap_looks_like_in_latex_is_for_the_page_to_say() -> None:
    filled = LatexWriter(gap=lambda number: rf"\fillin[{number}]")
    assert filled.write(Plus(x, Gap(two))) == r"x + \fillin[2]"


def test_gaps_are_found_in_reading_order() -> None:
    assert gaps_in(Plus(Gap(two), Times(Gap(one), x), Gap(two))) == (2, 1)


def test_a_formula_with_gaps_is_stored() -> None:
    formula = Plus(Gap(two), Times(Gap(one), x))
    table = NodeTable()
    number = table.number(formula)
    assert read_nodes(table.rows)[number] is formula


def test_nothing_is_said_of_the_value_of_a_gap() -> None:
    assert judge(Plus(Gap(one), x), Plus(x, one)).kind == "undecided"


def test_some_of_several_alternatives_stand_among_them() -> None:
    first, second, third = (Equation(symbol("y"), integer(value)) for value in range(3))
    assert stands_in(Or(second, third), Or(first, second, third))
    assert not stands_in(Or(first, third), Or(first, second, third))
