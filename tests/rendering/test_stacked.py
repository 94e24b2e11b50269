"""Formulas in two dimensions."""

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivex.expression import (
    ONE,
    TWO,
    Apply,
    At,
    Column,
    D,
    E,
    Equation,
    Matrix,
    Mean,
    Negative,
    Over,
    Plus,
    Power,
    Row,
    Times,
    Total,
    function_name,
    integer,
    symbol,
)
from derivex.rendering.box import cell_width, paint, text_sketch
from derivex.rendering.stacked import StackedWriter, stacked

a, b, h, i, n, s, x, y, z = map(symbol, ["a", "b", "h", "i", "n", "s", "x", "y", "z"])
XYZ = Plus(x, y, z)


def call(name, *arguments):
    return Apply(function_name(name), *arguments)


DRAWN = [
    (D(Power(XYZ, TWO), y), """
        ∂(x + y + z)²
        ─────────────
             ∂y
     """),
    (Times(TWO, XYZ, Plus(D(x, y), D(y, y))), """
                     ⎛∂x   ∂y⎞
        2(x + y + z) ⎜── + ──⎟
                     ⎝∂y   ∂y⎠
     """),
    (Times(Over(ONE, TWO), Total(Power(Plus(Times(s, At(a, i)), b), TWO), i)), """
        1
        ─ Σ (s aᵢ + b)²
        2 i
     """),
    (Total(At(x, i), i, ONE, n), """
          n
          Σ   xᵢ
        i = 1
     """),
    (Power(E, Over(x, TWO)), """
         x/2
        e
     """),
    (Power(Over(x, y), TWO), """
        ⎛x⎞²
        ⎜─⎟
        ⎝y⎠
     """),
    (Over(a, Over(b, z)), """
         a
        ───
         b
         ─
         z
     """),
    (Negative(Over(x, y)), """
          x
        − ─
          y
     """),
    (Equation(s, Over(Mean(Times(a, h)), Mean(Power(a, TWO)))), """
            __
            ah
        s = ──
            __
            a²
     """),
    (Total(Times(Power(Plus(At(a, i), b), TWO), At(a, i)), i), """
        Σ (aᵢ + b)² aᵢ
        i
     """),
    (Times(Over(Plus(b, Negative(ONE)), integer(6)), Over(ONE, TWO)), """
        b − 1   1
        ───── · ─
          6     2
     """),
    (Times(Over(ONE, x), Plus(x, ONE)), """
        1
        ─ (x + 1)
        x
     """),
    (Over(D(x, y), TWO), """
         ∂x
         ──
         ∂y
        ────
         2
     """),
    (D(Over(x, y), x), """
        ∂  ⎛x⎞
        ── ⎜─⎟
        ∂x ⎝y⎠
     """),
    (D(call("sqrt", Plus(x, ONE)), x), """
        ∂√(x + 1)
        ─────────
           ∂x
     """),
    (D(Power(E, Negative(Over(Power(x, TWO), TWO))), x), """
          −x²/2
        ∂e
        ───────
          ∂x
     """),
    (D(Power(Plus(ONE, Power(E, Negative(x))), TWO), Plus(ONE, Power(E, Negative(x)))), """
                −x
         ∂(1 + e  )²
        ─────────────
        ∂(1 + e^(−x))
     """),
    (D(E, Over(x, TWO)), """
          ∂e
        ──────
        ∂(x/2)
     """),
    (Power(Over(ONE, Plus(ONE, Power(E, x))), n), """
                n
        ⎛  1   ⎞
        ⎜──────⎟
        ⎜     x⎟
        ⎝1 + e ⎠
     """),
    (Times(TWO, Power(x, TWO), y, symbol("x_1")), """
        2x²y x₁
     """),
    (D(D(call("f", x), x), y), """
        ∂²f(x)
        ──────
        ∂y ∂x
     """),
    (Column(Over(x, y), ONE), """
        ⎛x⎞
        ⎜─⎟
        ⎜y⎟
        ⎜ ⎟
        ⎝1⎠
     """),
    (Matrix(Row(integer(6), Negative(ONE)), Row(x, Plus(y, ONE))), """
        ⎛6     −1⎞
        ⎝x  y + 1⎠
     """),
    (call("abs", Over(x, y)), """
        │x│
        │─│
        │y│
     """),
    (call("sqrt", Plus(x, ONE)), """
        √(x + 1)
     """),
]  # fmt: skip


@pytest.mark.parametrize("tree, drawn", DRAWN)
def test_drawing(tree, drawn):
    assert str(stacked(tree)) == dedent(drawn.strip("\n").rstrip(" ")).rstrip("\n")


ASCII = [
    (Power(XYZ, TWO), """
                   2
        (x + y + z)
     """),
    (Over(ONE, Plus(ONE, Over(x, y))), """
           1
         -----
             x
         1 + -
             y
     """),
    (Power(Plus(Power(x, TWO), ONE), n), """
                n
          2
        (x  + 1)
     """),
    (D(Plus(Power(x, TWO), ONE), Plus(Power(x, TWO), ONE)), """
           2
        d(x  + 1)
        ----------
        d(x^2 + 1)
     """),
    (D(call("sin", x), x), """
        d(sin(x))
        ---------
           dx
     """),
    (Power(Over(x, y), n), """
           n
        /x\\
        |-|
        \\y/
     """),
    (Times(s, Total(At(a, i), i)), """
        s sum a_i
           i
     """),
]  # fmt: skip


@pytest.mark.parametrize("tree, drawn", ASCII)
def test_drawing_in_ascii(tree, drawn):
    box = stacked(tree, unicode=False)
    assert str(box) == dedent(drawn.strip("\n").rstrip(" ")).rstrip("\n")
    assert str(box).isascii()


def test_the_baseline_is_where_neighbours_stand():
    box = stacked(Over(Over(x, y), z))
    assert (box.height, box.baseline) == (5, 3)
    assert box.lines[box.baseline] == "───"


def test_accents_take_no_column():
    sketch = text_sketch("h\u0304 + 1")
    assert sketch.width == 5
    assert paint(sketch).lines == ("h\u0304 + 1",)


def test_deep_formulas_are_laid_out_without_recursion():
    deep = x
    for _ in range(10_000):
        deep = Power(Plus(ONE, Over(ONE, deep)), TWO)
    sketch = StackedWriter().sketch(deep)
    assert sketch.height == 20_001


TREES = st.recursive(
    st.sampled_from([x, y, At(a, i), ONE, TWO]),
    lambda parts: st.one_of(
        st.lists(parts, min_size=2, max_size=3).map(lambda some: Plus(*some)),
        st.lists(parts, min_size=2, max_size=3).map(lambda some: Times(*some)),
        st.tuples(parts, parts).map(lambda pair: Over(*pair)),
        st.tuples(parts, parts).map(lambda pair: Power(*pair)),
        st.tuples(parts, parts).map(lambda pair: Column(*pair)),
        parts.map(lambda part: D(part, x)),
        parts.map(lambda part: Total(part, i)),
        parts.map(lambda part: call("abs", part)),
        parts.map(Negative),
        parts.map(Mean),
    ),
    max_leaves=10,
)


@settings(max_examples=200, deadline=None)
@given(TREES, st.booleans())
def test_a_box_is_as_large_as_its_sketch_said(tree, unicode):
    writer = StackedWriter(unicode)
    sketch, box = writer.sketch(tree), writer.box(tree)
    assert box.height == sketch.height and box.baseline == sketch.above
    assert {cell_width(line) for line in box.lines} == {sketch.width}
