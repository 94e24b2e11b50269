"""Hand derivations in plain text: how they are cut into rows, and what is read."""

from __future__ import annotations

import pytest

from derivex.documents import HandDocument, read_hand_text
from derivex.notation import TextWriter
from tests.documents.shown import known, shown


def read(text: str) -> HandDocument:
    return read_hand_text(text, "notes.txt", known())


ROWS = [
    ("d/dx x^2\n = 2x", ["start: ∂x²/∂x", "=: = 2x"]),
    ("d/dx x^2 = 2x [exponent rule]", ["start: ∂x²/∂x = 2x [exponent rule]"]),
    ("d/dx x^2 = 2x  using the exponent rule", ["start: ∂x²/∂x = 2x [the exponent rule]"]),
    ("d/dx x^2 = 2x by the exponent rule", ["start: ∂x²/∂x = 2x [the exponent rule]"]),
    ("d/dx x^2 = 2x   (by the exponent rule)", ["start: ∂x²/∂x = 2x [the exponent rule]"]),
    ("d/dx x^2 = 2x     arithmetic", ["start: ∂x²/∂x = 2x [arithmetic]"]),
    ("d/dx x^2 = 2x  [2]", ["start: ∂x²/∂x = 2x [2]"]),
    ("a x + by = c", ["start: ax + by = c"]),
    ("∇_x f(x) = [2x, 3]", ["start: ∇_x f(x) = [2x; 3]"]),
    ("x = 1, y = 2", ["start: x = 1 and y = 2"]),
    ("x^2 = 4\n=> x = 2 or x = -2", ["start: x² = 4", "⇒: x = 2 or x = −2"]),
    ("2x = 4 <=> x = 2", ["start: 2x = 4", "⇔: x = 2"]),
    ("2x = 4\nso x = 2", ["start: 2x = 4", "⇒: x = 2"]),
    ("2x = 4\n2x - 4 = 0", ["start: 2x = 4", "next: 2x − 4 = 0"]),
    ("sin(1) ≈ 0.84", ["start: sin(1) ≈ 0.84"]),
    ("0 <= x < 1", ["start: 0 ≤ x < 1"]),
    ("(1)  x + y = 2\n(2)  x - y = 0", ["start: x + y = 2 (1)", "next: x − y = 0 (2)"]),
    ("x + y = 2    (1)", ["start: x + y = 2 (1)"]),
    ("a\n  + b\n  + c", ["start: a + b + c"]),
    ("a = b +\n  c", ["start: a = b + c"]),
    ("f(x) = (x\n + 1)^2", ["start: f(x) = (x + 1)²"]),
    ("x = 3\n-x = 1", ["start: x = 3", "next: −x = 1"]),
    ("x = 3 # three\n# nothing\n= 4", ["start: x = 3", "=: = 4"]),
    ("the area A = x y with x + y = 10.", ["start: x + y = 10", "next: A = xy"]),
    ("A = l w where l = 10 - w\n = (10 - w) w", ["start: l = 10 − w", "next: A = lw", "=: = (10 − w) w"]),
    ("g(x) = x^2 is least at x = 0, and g(3) = 9", ["start: g(x) = x² if x = 0", "next: g(3) = 9"]),
    ("Set it to zero: 2x - 4 = 0, so x = 2.", ["start: 2x − 4 = 0", "next: x = 2"]),
    ("we solve x^2 - 1 = 0, so x = 1 or x = -1", ["start: x² − 1 = 0", "⇒: x = 1 or x = −1"]),
    ("start at a = 2, b = 1, rate 0.1", ["start: a = 2 and b = 1"]),
    ("The slope is f'(2) = 4.", ["start: f′(2) = 4"]),
    ("We differentiate both sides:\nx = 1", ["start: x = 1"]),
    ("x := x - 0.1*2x", ["start: x := x − 0.1 · 2x"]),
    ("|x| = if x > 0 then x else -x", ["start: |x| = if x > 0 then x else −x"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), ROWS)
def test_rows(text: str, rows: list[str]) -> None:
    assert [shown(row) for row in read(text).rows()] == rows


def test_an_empty_line_ends_a_derivation_and_a_remark_does_not() -> None:
    document = read("a = b\n# why\n = c\n\nd = e\n")
    assert [len(derivation.rows) for derivation in document.derivations] == [2, 1]
    assert [derivation.place.line for derivation in document.derivations] == [1, 5]


DEFINITIONS = [
    ("f(x) = x^2", ("f", ["x"], "x²", "form")),
    ("let u = x^2 + 1", ("u", [], "x² + 1", "let")),
    ("where u = x^2 + 1", ("u", [], "x² + 1", "let")),
    ("u = x^2", ("u", [], "x²", "form")),
    ("J(a, b) := a b", ("J", ["a", "b"], "ab", ":=")),
    ("f_{s,b}(a) = s a + b", ("f", ["a"], "sa + b", "form")),
]


@pytest.mark.parametrize(("text", "found"), DEFINITIONS)
def test_definitions(text: str, found: tuple[str, list[str], str, str]) -> None:
    (definition,) = read(text).definitions
    inner = definition.definition
    assert inner.body is not None
    parameters = [str(each) for each in inner.parameters]
    assert (inner.name, parameters, TextWriter().write(inner.body), definition.said) == found


@pytest.mark.parametrize(
    "text",
    [
        "6a = 3\na = 1/2",  # a has been met: this solves for it
        "x := x - 1",  # an update
        "x = x^2",
        "f(2) = 4",
        "2x = 4\n=> x = 2",
        "sin(x) = x",
    ],
)
def test_what_is_no_definition(text: str) -> None:
    assert read(text).definitions == ()


def test_what_a_row_introduces_is_known_in_those_after_it() -> None:
    document = read("loss(s, b) = s^2 + b\n\n∂loss(s, b)/∂s\n  = 2s\n\nloss(1, 0) = 1")
    assert [shown(row) for row in document.rows()][1:] == [
        "start: ∂loss(s, b)/∂s",
        "=: = 2s",
        "start: loss(1, 0) = 1",
    ]
    assert [len(derivation.scope) for derivation in document.derivations] == [0, 1, 1]


def test_names_of_one_row_split_the_letters_of_another() -> None:
    rows = read("(a + b)^2\n = a^2 + 2ab + b^2").rows()
    assert [shown(row) for row in rows][1] == "=: = a² + 2ab + b²"
    assert all(
        formula.notes == () for row in rows for chain in row.chains for formula in chain.formulas
    )


def test_an_unreadable_formula_stops_nothing_and_has_its_place() -> None:
    document = read("x = 1\ny = ((3\nz = 2\n")
    rows = list(document.rows())
    assert [shown(row) for row in rows] == ["start: x = 1", "next: y = ?", "next: z = 2"]
    (error,) = rows[1].errors
    assert error.place is not None
    assert (error.place.line, error.place.name) == (2, "notes.txt")
    assert error.place.source[error.place.start] == "("


def test_places_are_those_of_the_file() -> None:
    text = "# one\n\n  d/dx x^2   # two\n     = 2x   [exponent rule]\n"
    (derivation,) = read(text).derivations
    first, second = derivation.rows
    assert (first.place.line, first.place.column) == (3, 3)
    assert (second.place.line, second.place.column) == (4, 6)
    formula = second.chains[0].formulas[0]
    assert text[formula.place.start : formula.place.end] == formula.text == "2x"
    assert second.claim is not None
    assert text[second.claim.place.start : second.claim.place.end] == "exponent rule"


@pytest.mark.parametrize(
    "text",
    ["", "\x00", "[" * 100_000, "=" * 50_000, "x\n" * 4_000, "a b c " * 5_000, "(\n" * 5000],
)
def test_hostile_text_is_answered(text: str) -> None:
    document = read(text)
    assert all(row.errors or row.chains for row in document.rows())


def test_a_function_with_a_prime_is_no_factor_elsewhere() -> None:
    (row,) = read("f'(x) g(x) + f(x) g'(x)").rows()
    assert shown(row) == "start: f′(x) g(x) + f(x) g′(x)"


def test_the_variable_of_a_derivative_is_no_function() -> None:
    row = next(iter(read("(d/dx (exp(x^2)) * x - exp(x^2) * (d/dx (x)))/x^2").rows()))
    assert shown(row) == "start: (∂exp(x²)/∂x · x − exp(x²) · ∂x/∂x)/x²"
