"""The verdict for each line of hand derivations, as tables.

A row of a table is a derivation and what is said of its lines: a word for every verdict, in the
order in which the lines are judged.
"""

from __future__ import annotations

import pytest

import derivex
from derivex.notation import TextWriter

VERDICTS = {
    "given": "definition",
    "true": ("proven", "tested"),
    "wrong": "wrong",
    "unread": "unreadable",
    "open": "undecided",
    "domain": "outside the domain",
}


def expect(text: str, words: str, **premises: str) -> None:
    lines = derivex.check(text, **premises).lines
    told = [(line.text, line.verdict, line.note) for line in lines]
    assert len(lines) == len(words.split()), told
    for line, word in zip(lines, words.split(), strict=True):
        assert line.verdict in VERDICTS[word], told


CHAINS = [
    ("d/dx x^2\n = 2x", "given true"),
    ("d/dx x^2 = 2x", "true"),
    ("d/dx x^2 = 3x", "wrong"),
    ("d/dx x^3 = 3x^2 = 3x*x", "true true"),
    # the chain rule, with an inner derivative that is forgotten, and carried on
    ("d/dx (2x + 1)^5\n = 5 (2x + 1)^4\n = 5 (2x + 1)^3 (2x + 1)", "given wrong true"),
    # the same mistake, silently repaired in the next line
    ("d/dx (2x + 1)^5\n = 5 (2x + 1)^4\n = 10 (2x + 1)^4", "given wrong true"),
    # two mistakes
    ("d/dx (2x + 1)^5\n = 5 (2x + 1)^4\n = 6 (2x + 1)^4", "given wrong wrong"),
    ("d/dx (x^2 sin x)\n = 2x cos x", "given wrong"),
    ("∂(x^2 y)/∂x\n = 2x y", "given true"),
    ("∂(x^2 y)/∂x\n = x^2", "given wrong"),
    # partial derivatives of independent variables
    ("d/dy (x+y+z)^2\n = 2(x+y+z) (dx/dy + dy/dy + dz/dy)\n = 2(x+y+z)", "given true true"),
    ("lim_(h -> 0) (2x h + h^2)/h\n = 2x", "given true"),
    ("lim_(h -> 0) (2x h + h^2)/h\n = x", "given wrong"),
    # what is left alone
    ("x^2 >= 0", "given"),
    ("w := w - 0.1 * 2w", "given"),
    ("x^2 = ", "unread"),
]


@pytest.mark.parametrize(("text", "words"), CHAINS)
def test_chains(text: str, words: str) -> None:
    expect(text, words)


INTERMEDIATE = [
    ("dy/dx\n = dy/du du/dx", "given true"),
    ("dy/dx\n = dy/du dx/du", "given wrong"),
    ("y = u^2\nu = x^3 + 1\ndy/dx = dy/du du/dx = 2u * 3x^2 = 6x^2 (x^3 + 1)", "given given true true true"),
    ("y = u^2\nu = x^3 + 1\ndy/dx = dy/du du/dx = 2u * 3x = 6x (x^3 + 1)", "given given true wrong true"),
    # y was never written in terms of u
    ("y = (3x + 1)^2\nu = 3x + 1\ndy/dx = dy/du du/dx = 2u * 3 = 6(3x + 1)", "given given true true true"),
    ("f(x) = x^3\nf'(x) = 3x^2", "given true"),
    ("f(x) = x^3\nf'(2) = 3 * 2^2 = 12", "given true true"),
    ("f(x) = x^3\nf'(2) = 3 * 2 = 6", "given wrong true"),
    ("f(x) = x^3\ndf/dx = 3x^2", "given true"),
    # along a curve
    ("x = t^2, y = t^3\ndy/dx = (dy/dt)/(dx/dt) = 3t^2/(2t) = 3t/2", "given given true true true"),
    ("x = t^2, y = t^3\ndy/dx = 2t/(3t^2)", "given given wrong"),
    ("v(t) = ds/dt = 3t^2 - 6t\na(t) = dv/dt = 6t - 6", "given given given true"),
    ("v(t) = ds/dt = 3t^2 - 6t\na(t) = dv/dt = 6t + 6", "given given given wrong"),
    # the value of something unknown is a premise, which what follows must keep to
    ("dL/dw = 2w x\n = 2x w", "given true"),
    ("dL/dw = 2w x\n\ndL/dw = 3w x", "given given"),
    ("dy/dx = 2x * 3 = 5x", "given wrong"),
    # a table of functions
    ("f(x) = x^2\nf'(x) = 2x\nf(x) = sin x\nf'(x) = cos x", "given true given true"),
    ("f(x) = (x + 1)^2\nf(x) = x^2 + 1", "given wrong"),
    # entries of which nothing is said
    ("∂L/∂z_j = t_i ∂log(y_i)/∂z_j\n = t_i/y_i ∂y_i/∂z_j", "given true"),
    ("∂L/∂z_j = t_i ∂log(y_i)/∂z_j\n = t_i y_i ∂y_i/∂z_j", "given wrong"),
    ("∂L/∂w_i = 2 w_i x_i = 2 x_i w_i", "given true"),
    ("∂L/∂w_i = 2 w_i x_i = x_i w_i", "given wrong"),
    # δ picks out a term: the index lies within the bounds
    ("∂(sum_(j=1)^k w_j)/∂w_i = 1", "true"),
    # a name for what stands before
    ("d/dx (x^2 + x) = 2x + 1 = g", "true given"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), INTERMEDIATE)
def test_definitions_and_intermediate_variables(text: str, words: str) -> None:
    expect(text, words)


EQUATIONS = [
    ("2x - 6 = 0\n => x = 3", "given true"),
    ("2x - 6 = 0\n => x = -3", "given wrong"),
    ("2x - 6 = 0\n => 2x = 6\n => x = 6 - 2", "given true wrong"),
    ("x^2 = 4\n => x = 2", "given wrong"),
    ("x^2 = 4\n => x = 2   [since x > 0]", "given true"),
    ("x = 3\n => x^2 = 9", "given true"),
    ("x = 3\n <=> x^2 = 9", "given wrong"),
    ("2x = 6\n <=> x = 3", "given true"),
    (
        "6a - b + 1 = 0, 2b - a = 0\n"
        " => a = (b - 1)/6, b = a/2\n => b = (b - 1)/12 [substitute]\n => b = -1/11\n => a = -2/11",
        "given given true true true true true",
    ),
    ("6a - b + 1 = 0, 2b - a = 0\n => b = (b + 1)/12", "given given wrong"),
    ("6a - b + 1 = 0, 2b - a = 0\n => a = 2b\n => b = -1/11\n => a = 2/11", "given given true true wrong"),
    ("x^2 + y^2 = 25\n => 2x + 2y dy/dx = 0\n => dy/dx = -x/y", "given true true"),
    ("x^2 + y^2 = 25\n => 2x + 2y dy/dx = 0\n => dy/dx = x/y", "given true wrong"),
    ("x^2 + y^2 = 25\n => 2x + y dy/dx = 0", "given wrong"),
    ("d/dx (x^2 - 6x) = 2x - 6 = 0\n => x = 3", "true given true"),
    ("d/dx (x^2 - 6x) = 2x - 6 = 0\n => x = 4", "true given wrong"),
    ("exp(x) = 5\n => x = log(5)", "given true"),
    # one of several
    ("x^2 - 5x + 6 = 0\n => x = 2 or x = 3", "given true true"),
    ("x^2 - 5x + 6 = 0\n => x = 2, x = 3", "given true true"),
    ("x^2 - 5x + 6 = 0\n => x_1 = 2, x_2 = 3", "given true true"),
    ("x^2 - 5x + 6 = 0\n => x - 2 = 0 or x - 3 = 0\n => x = 2 or x = 3", "given true true true true"),
    ("x^2 - 5x + 6 = 0\n => x = 2 or x = -3", "given true wrong"),
    ("x^2 - 5x + 6 = 0\n => x = 2 or x = 3 or x = 4", "given true true wrong"),
    ("x^3 = x\n => x = 0 or x = 1", "given true wrong"),
    ("x (y - 2) = 0\n => x = 0 or y = 2", "given true true"),
    ("a^2 = 4, b = 2a\n => a = 2 or a = -2\n => b = 4 or b = -4", "given given true true true true"),
    # rounded
    ("3x = 1\n => x ≈ 0.333", "given true"),
    ("3x = 1\n => x = 0.33", "given true"),
    ("3x = 1\n => x ≈ 0.34", "given wrong"),
    ("x^2 = 2\n => x = 1.41 or x = -1.41", "given true true"),
    ("x^2 = 2\n => x = 1.41 or x = -1.42", "given true wrong"),
    ("x^2 = 2\n => x ≈ 1.414", "given wrong"),
    # what was wrong is told once
    (
        "6a - b + 1 = 0, 2b - a = 0\n => b = (b - 1)/12\n => b = 1/11\n => a = 2/11",
        "given given true wrong true",
    ),
    ("exp(x) = 5\n => x = log(4)", "given wrong"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), EQUATIONS)
def test_equations_being_solved(text: str, words: str) -> None:
    expect(text, words)


def test_a_line_break_that_became_an_equals_sign() -> None:
    text = "d/dx (x^2 sin x)\n = 2x sin x\n = x^2 cos x"
    lines = derivex.check(text).lines
    assert [line.verdict for line in lines] == ["definition", "wrong", "proven"]
    assert lines[2].note.startswith("right together with the line before")


NUMBERS = [
    ("pi ≈ 3.14", "true"),
    ("pi ≈ 3.15", "wrong"),
    ("1/3 = 0.333", "true"),
    ("1/3 = 0.34", "wrong"),
    ("2.001^2 = 4.004001", "true"),
    ("2.001^2 = 4.004004", "wrong"),
    ("(3^2 - 2^2)/0.5 = 10", "true"),
    ("d/dx sqrt(x)\n = 0.5 x^(-0.5)", "given true"),
    ("d/dx x^3 = 3x^2 = 3*2^2 = 12", "true true true"),
    ("d/dx x^3 = 3x^2 = 3*2^2 = 10", "true true wrong"),
    ("sin(x) ≈ x", "given"),
    ("2^3 + 4 = 12 ≈ 12.1", "true wrong"),
    ("2^3 + 4 = 12 ≈ 12.0", "true true"),
    ("0.5 * 3 ≈ 1.6", "wrong"),
    ("7.6 ≈ 8", "true"),
    # with more digits than were written
    ("1/(1 + e^(-1)) ≈ 0.73\n ≈ 0.7311", "true true"),
    ("1/(1 + e^(-1)) ≈ 0.73\n ≈ 0.7351", "true wrong"),
]


@pytest.mark.parametrize(("text", "words"), NUMBERS)
def test_numbers_and_rounding(text: str, words: str) -> None:
    expect(text, words)


def test_premises_are_taken_for_granted() -> None:
    expect("dy/dx = 2x cos(x^2)", "true", let="y = sin(x^2)")
    expect("dy/dx = x cos(x^2)", "wrong", let="y = sin(x^2)")
    expect("sqrt(x^2) = x", "wrong")
    expect("sqrt(x^2) = x", "true", assume="x > 0")


def test_what_is_equal_is_a_premise() -> None:
    line = "y_i sum_j t_j - t_i = y_i - t_i"
    expect(line, "wrong")
    expect(line, "true", assume="sum_j t_j = 1")
    expect(line, "wrong", assume="sum_j t_j = 2")


def test_numbers_that_are_put_in_for_unknown_data_are_taken_as_given() -> None:
    text = "sum_i a_i^2 - 3\n = 4 + 16 - 3\n = 16"
    expect(text, "given given wrong")
    lines = derivex.check(text, data={"a": [0, 2, 4]}).lines
    assert [line.verdict for line in lines] == ["definition", "proven", "wrong"]
    lines = derivex.check(text, data={"a": [1, 2, 4]}).lines
    assert [line.verdict for line in lines] == ["definition", "wrong", "wrong"]


def test_equations_follow_from_those_of_earlier_derivations() -> None:
    text = "s + b = 3\n => s = 3 - b\n\ns - b = 1\n => b = s - 1\n\ns = 3 - (s - 1)\n => s = 2"
    expect(text, "given true given true true true")
    expect(text.replace("3 - (s - 1)", "3 - (s + 1)"), "given true given true given wrong")


def test_a_function_of_functions_has_their_letters() -> None:
    text = "f(t) = s t + b\nloss(s, b) = sum_i (f(a_i) - h_i)^2\nloss(1, 0) = sum_i (a_i - h_i)^2"
    expect(text, "given given true")
    expect(text.replace("(a_i - h_i)", "(a_i + 1 - h_i)"), "given given wrong")


def test_a_function_of_another_arity_is_another_function() -> None:
    expect("f(a, b) = a b\n\nd/dx (2 f(x)) = 2 d/dx f(x)", "given true")


def test_entries_have_definitions() -> None:
    expect("p_i = w x_i\nd/dw sum_i (p_i - y_i)^2\n = 2 sum_i (p_i - y_i) x_i", "given given true")
    expect("p_i = w x_i\nd/dw sum_i (p_i - y_i)^2\n = 2 sum_i (p_i - y_i)", "given given wrong")


def test_data_are_premises() -> None:
    lines = derivex.check("sum_i a_i = 6", data={"a": [0, 2, 4]}).lines
    assert lines[-1].verdict in ("proven", "tested"), lines[-1].note
    lines = derivex.check("sum_i a_i = 7", data={"a": [0, 2, 4]}).lines
    assert lines[-1].verdict == "wrong"


def test_a_mistake_that_is_repaired_is_told_once() -> None:
    found = derivex.check("d/dx (2x + 1)^5\n = 5 (2x + 1)^4\n = 10 (2x + 1)^4").lines
    assert [line.verdict for line in found[1:]] == ["wrong", "proven"]
    assert found[2].note == (
        "this does not follow from the line before, but is right: "
        "the mistake in line 2 is silently repaired"
    )


def test_a_counterexample_can_be_computed_again() -> None:
    line = derivex.check("d/dx (3x + 1)^2\n = 2(3x + 1)").lines[1]
    witness = line.counterexample
    assert witness is not None
    point = dict(witness.point)
    assert derivex.evaluate("6(3x + 1)", at=point).result == derivex.evaluate(witness.left).result
    assert derivex.evaluate("2(3x + 1)", at=point).result == derivex.evaluate(witness.right).result


def test_definitions_hold_in_later_derivations_until_there_are_others() -> None:
    expect(
        "y = x^2\ndy/dx = 2x\n\ndy/dx = 2x\n\ny = sin(x)\ndy/dx = cos(x)",
        "given true true given true",
    )


def test_what_was_chosen_in_reading_a_wrong_line_is_said() -> None:
    meant = derivex.check(
        r"\[ \frac{d}{dx} (x^2 \sin x) = \frac{d}{dx} x^2 \cdot \sin x + x \cos x \]",
        name="notes.tex",
    )
    (line,) = meant.wrong
    assert line.note == (r"I read \frac{d}{dx} x^2 \cdot \sin x as \frac{d}{dx} (x^2 \cdot \sin x)")


UNSAID = [
    # what readers take for granted, and the text does not say, refutes nothing
    ("∂(sum_(i=1)^n x_i A_ik)/∂x_k = A_kk\nA_ik = A_ki", "true open", "A is symmetric"),
    (
        "L = -sum_j t_j log(y_j)\nsum_(j=1)^C t_j y_i - t_i = y_i - t_i",
        "given open",
        "sum(tⱼ, j = 1..C) = 1",
    ),
    (
        "∂(e^(z_i)/S)/∂z_i = (e^(z_i) S - e^(z_i) e^(z_i))/S^2",
        "open",
        "S is Σₖ e^(zₖ)",
    ),
    (
        "x: d\n∇_x (x^T A x) = 2 A x",
        "unread open",
        "A is symmetric",
    ),
]


@pytest.mark.parametrize(("text", "words", "needed"), UNSAID)
def test_what_is_usual_and_not_said_leaves_a_line_undecided(
    text: str, words: str, needed: str
) -> None:
    expect(text, words)
    assert derivex.check(text).lines[-1].note == f"holds if {needed}, which is not said"


def test_i_is_the_identity_matrix() -> None:
    page = (
        r"\[ \nabla_w (\|Xw - t\|^2 + \lambda \|w\|^2) = 2(X^\top X %s \lambda I) w - 2X^\top t \]"
    )
    (line,) = derivex.check(page % "+", name="notes.tex").lines
    assert line.verdict in ("proven", "tested"), line.note
    (line,) = derivex.check(page % "-", name="notes.tex").lines
    assert line.verdict == "wrong"


def test_what_was_said_to_be_holds_as_long_as_it_is_used() -> None:
    said = "let y = ln(cos x)\n\ndy/dx = -tan x\n\n"
    expect(said + "∂(x^2 y)/∂x = 2x y", "given true wrong")
    expect(said + "d/dt t^2 = 2t\n\n∂(x^2 y)/∂x = 2x y", "given true true true")


def test_what_is_declared_is_not_taken_for_granted_to_be_more() -> None:
    line = "∇_x (x^T A x) = 2 A x"
    expect(line, "wrong", let="A: d by d, x: d")
    expect(line, "true", let="A: d by d symmetric, x: d")
    expect("y_i sum_j t_j - t_i = y_i - t_i", "wrong")  # nothing says that t holds probabilities
    expect("∂(e^(z_i)/S)/∂z_i = (e^(z_i) S + e^(z_i) e^(z_i))/S^2", "wrong")


def test_entries_and_symmetric_entries_are_premises() -> None:
    expect("A_ik = A_ki", "true", assume="A_ij = A_ji")
    expect("A_ik = -A_ki", "wrong", assume="A_ij = A_ji")
    line = "d/dw sum_(i=1)^n p_i^2 = 2 sum_(i=1)^n p_i x_i"
    expect(line, "true", let="p_i = w x_i")
    expect(line, "wrong", let="p_i = 2 w x_i")


def test_what_a_row_says_of_its_indices_is_assumed_there() -> None:
    rows = r"\[\begin{aligned} \text{if } i \neq j:\quad & \frac{\partial w_i^2}{\partial w_j} %s \end{aligned}\]"
    (line,) = derivex.check(rows % "= 0", name="notes.tex").lines
    assert line.verdict in ("proven", "tested"), line.note
    (line,) = derivex.check(rows % "= 1", name="notes.tex").lines
    assert line.verdict == "wrong"


AS_IT_SHOULD_READ = [
    # the shape that the writer used
    ("6a - b + 1 = 0, 2b - a = 0\n => b = (b - 1)/12\n => b = 1/11", "b = −1/11"),
    ("2x - 6 = 0\n => x = -3", "x = 3"),
    ("2x = 7\n => x = 7 - 2", "x = 7/2"),
    ("x/3 = 4\n => x = 4/3", "x = 12"),
    ("x^2 + y^2 = 1\n => 2x + y dy/dx = 0", "2(x + y · dy/dx) = 0"),
    ("x y = 4\n => y + dy/dx = 0", "y + dy/dx · x = 0"),
    ("(2x)^3\n = 2x^3", "8x³"),
    ("d/dx sin(x^2)\n = 2x cos(2x)", "2x cos(x²)"),
    ("d/dx (1/x^2)\n = -2/x", "−2/x³"),
    ("d/dx int_0^x t^2 dt\n = 2x", "x²"),
    ("d/dx (3x + 1)^2\n = 2(3x + 1)", "2(3x + 1) · 3"),
    (
        "d/dx ((2x + 1)^5 (3x - 2)^7)\n = 5(2x + 1)^4 2 (3x - 2)^7 + (2x + 1)^5 7(3x - 2)^6",
        "5(2x + 1)⁴ · 2(3x − 2)⁷ + (2x + 1)⁵ · 7(3x − 2)⁶ · 3",
    ),
]


@pytest.mark.parametrize(("text", "expected"), AS_IT_SHOULD_READ)
def test_the_line_as_it_should_read(text: str, expected: str) -> None:
    line = derivex.check(text).lines[-1]
    assert line.expected is not None
    assert TextWriter().write(line.expected) == expected


def test_what_explains_no_more_is_not_told() -> None:
    text = "d/dx ((2x + 1)^5 (3x - 2)^7)\n = 5(2x + 1)^4 2 (3x - 2)^7 + (2x + 1)^5 7(3x - 2)^6"
    (line,) = derivex.check(text).wrong
    assert line.diagnosis == ("the inner derivative 3 was forgotten",)
    (line,) = derivex.check("d/dx sin(x^2 y)\n = -2x y cos(x^2 y)").wrong
    assert line.diagnosis[0] == "the derivative of sin is cos, without a minus sign"
    assert len(line.diagnosis) <= 2


def test_mistakes_in_differentiating_both_sides_are_named() -> None:
    (line,) = derivex.check("x^3 + y^3 = 6x y\n => 3x^2 + 3y^2 dy/dx = 6y").wrong
    assert line.diagnosis == (
        "only one factor was differentiated: the other term of the product rule is missing",
    )


def test_an_identity_is_only_rearranged() -> None:
    text = "1/(x+1) - 1/(x-1)\n = -2/(x^2-1)"
    assert derivex.check(text).lines[1].claim == "only rearranged"
    line = derivex.check("sin(x)^2 + cos(x)^2\n = 1").lines[1]  # for which there is a rule
    assert (line.claim, line.found) == ("expected", ("Pythagoras",))
    line = derivex.check("2 sin(x) cos(x)\n = sin(2x)   [double angle]").lines[1]
    assert line.claim == "expected"


PRIMED = [
    ("y = x^2\ny' = 2x", "given true"),
    ("y = x^2\ny' = 3x", "given wrong"),
    ("y = x^x\nln y = x ln x\ny'/y = ln x + 1\ny' = x^x (ln x + 1)", "given true true true"),
    ("y = x^x\nln y = x ln x\ny'/y = ln x", "given true wrong"),
]


@pytest.mark.parametrize(("text", "words"), PRIMED)
def test_quantities_with_primes(text: str, words: str) -> None:
    expect(text, words)


def test_a_name_of_another_exercise_is_another_name() -> None:
    exercise = "y = x^2\ny' = 2x\n\n"
    expect(exercise + "∂(x^2 y)/∂x\n = 2x y", "given true given true")
    expect(exercise + "∂(x^2 y)/∂x\n = 4x^3", "given true given true")  # or the same
    expect(exercise + "∂(x^2 y)/∂x\n = 3x y", "given true given wrong")
    expect(
        exercise + "2x + 3y = 7, x - y = 1\n => 5y = 5\n => y = 1",
        "given true given given true true",
    )
    expect(exercise + "u = 1 + x\ny = u^3\ndy/du = 3u^2", "given true given given true")
    note = "in the line before y is a variable of its own here, not the one before"
    assert derivex.check(exercise + "∂(x^2 y)/∂x\n = 2x y").lines[-1].note == note
    # what was said to be is not forgotten
    expect("let y = x^2\n\n∂(x^2 y)/∂x\n = 2x y", "given given wrong")


INTEGRALS = [
    ("∫ 2x dx\n = x^2 + C", "given true"),
    ("∫ x e^x dx\n = x e^x - ∫ e^x dx\n = x e^x - e^x", "given true true"),
    ("∫ x^2 dx\n = x^3/2 + C", "given wrong"),
    ("∫ cos(3x) dx\n = sin(3x)", "given wrong"),
]


@pytest.mark.parametrize(("text", "words"), INTEGRALS)
def test_integrals_without_bounds_are_known_up_to_a_constant(text: str, words: str) -> None:
    expect(text, words)


PUT_IN = [
    # what an equation before says is put in
    (
        "P = 2l + 2w = 20\n => l = 10 - w\nA = l w = (10 - w) w\ndA/dw = 10 - 2w = 0\n => w = 5",
        "given given true given true true given true",
    ),
    ("P = 2l + 2w = 20\n => l = 10 - w\nA = l w = (10 + w) w", "given given true given wrong"),
    ("2x = 6\n => x = 3\ny = 2x + 1 = 2 * 3 + 1 = 7", "given true given true true"),
    ("2x = 6\n => x = 3\ny = 2x + 1 = 2 * 3 + 1 = 8", "given true given true wrong"),
    # a letter without a value gets a number that is written
    ("w = 3\nw - η * 2w = 3 - 0.1 * 6 = 2.4", "given true true"),
    ("w = 3\nw - η * 2w = 3 - 0.1 * 5 = 2.5", "given wrong true"),
    # how one entry comes from another
    ("x_(k+1) = x_k - 0.1 * 2 x_k = 0.8 x_k", "given true"),
    ("x_(k+1) = x_k - 0.1 * 2 x_k = 0.7 x_k", "given wrong"),
    ("a_i = a_j", "wrong"),
    # values of another exercise do not make a line true
    (
        "z = 3, w = 2\nz w + 1 = 7\n\nP = 2l + 2w = 20\n => l = 10 - w\nA = l w = (10 - w) w\ndA/dw = 10 - 2w",
        "given given true given given true given true true",
    ),
]


@pytest.mark.parametrize(("text", "words"), PUT_IN)
def test_what_is_known_from_before_is_put_in(text: str, words: str) -> None:
    expect(text, words)


IMPLICIT = [
    # rows below one another, without arrows
    ("x^2 + y^2 = 25\n2x + 2y dy/dx = 0\ndy/dx = -x/y", "given true true"),
    ("x^2 + y^2 = 25\n2x + 2y dy/dx = 0\ndy/dx = x/y", "given true wrong"),
    ("x e^y + y = 1\ne^y + x e^y dy/dx + dy/dx = 0\ndy/dx = -e^y/(x e^y + 1)", "given true true"),
    # what an equation that cannot be read may follow from is not refuted
    ("x^3 + y^3 = 6x y\n3x^2 + 3y^2 dy/dx = 6y + )", "open unread"),
]


@pytest.mark.parametrize(("text", "words"), IMPLICIT)
def test_equations_that_say_implicitly_what_a_letter_is(text: str, words: str) -> None:
    expect(text, words)


def test_an_inequality_beside_an_equation_restricts_what_is_solved() -> None:
    expect("sin(x) = 1/2, 0 < x < pi/2\n => x = pi/6", "given given given true")
    expect("sin(x) = 1/2, 0 < x < pi/2\n => x = pi/3", "given given given wrong")
    expect("sin(x) = 1/2\n => x = pi/6", "given wrong")


def test_between_bars_a_matrix_has_its_determinant() -> None:
    trace = r"$$\frac{\partial}{\partial A} Trace(AB) = B^T$$"
    alone = r"$$\frac{\partial}{\partial A} |A| = |A| A^{-1}$$"
    both = r"\begin{align*} \frac{\partial}{\partial A} |A| &= |A| A^{-1} \\ \frac{\partial}{\partial A} Tr(AB) &= B^T \end{align*}"
    expect(trace, "true")
    (line,) = derivex.check(alone).lines  # it may be laid out so
    assert line.verdict == "undecided" and "transpose" in line.note
    expect(both, "wrong true")
    expect(both.replace("A^{-1}", "A^{-T}"), "true true")


def test_known_commands_are_no_derivatives() -> None:
    tangent = r"$$\frac{d}{dx} \tan x = \frac{\cos^2 x + \sin^2 x}{\cos^2 x}$$"
    expect(tangent, "true")
    (line,) = derivex.check(tangent[:-2] + r" \quad \text{(quotient rule)}$$").lines
    assert line.claim == "expected"
    (line,) = derivex.check(tangent[:-2] + r" \quad \text{(product rule)}$$").lines
    assert line.claim == "another rule"


def test_a_rule_is_claimed_for_what_a_function_is_defined_as() -> None:
    logistic = "Let $σ(z) = \\frac{1}{1+e^{-z}}$. "
    slope = r"$$σ'(z) = \frac{e^{-z}}{(1+e^{-z})^2} \quad \text{(by the CLAIM rule)}$$"
    for claim, kind in (("quotient", "several rules"), ("product", "another rule")):
        lines = derivex.check(logistic + slope.replace("CLAIM", claim)).lines
        assert lines[-1].holds and lines[-1].claim == kind, (claim, lines[-1].claim)


def test_a_limit_that_is_a_number_is_no_condition() -> None:
    expect("lim_(x->2) (x^2 - 4)/(x - 2)\n = 0", "given wrong")
    expect("lim_(x->2) (x^2 - 4)/(x - 2)\n = 4", "given true")


def test_no_reading_makes_a_line_say_the_same_twice() -> None:
    expect(r"\[ \sum_{i=1}^n (x_i + c) = \sum_{i=1}^n x_i + c \]", "wrong")
    expect(r"\[ \sum_{i=1}^n (x_i + c) = \sum_{i=1}^n x_i + nc \]", "true")


def test_a_counterexample_has_the_values_that_are_known() -> None:
    (line,) = derivex.check("w = 2, x = 3\nw x^2\n = 36").wrong
    assert str(line.counterexample) == "at w = 2, x = 3: left 18, right 36"


STATED = "{0}\n{1} = 1/(x^2 + 1)\n{2} = -2x/(x^2 + 1)^2"


@pytest.mark.parametrize(
    "page",
    [
        STATED.format("y = ln(x^2 + 1)", "y'", "y''"),
        STATED.format("y = ln(x^2 + 1)", "dy/dx", "d^2y/dx^2"),
        STATED.format("f(x) = ln(x^2 + 1)", "f'(x)", "f''(x)"),
        "f(x) = x^3\nf'(x) = 2x^2\nf'(2) = 8",
        "f(x, y) = x^2 y\n∂f/∂x = x y\n∂^2f/∂x∂y = x",
    ],
)
def test_no_row_is_excused_by_what_follows_from_it(page: str) -> None:
    # The mistake is told once, in its row, and what follows is judged from that.
    expect(page, "given wrong true")
    *rows, last = page.split("\n")
    expect("\n".join([*rows, last + " + 1"]), "given wrong wrong")


def test_a_number_that_happens_to_fit_is_not_put_in() -> None:
    expect("x/(x + 2)\n = 1/2", "given wrong")
    expect("2x + 3\n = 2*5 + 3\n = 13", "given true true")


def test_what_is_to_be_solved_is_no_statement() -> None:
    expect("f(x) = x^3 - 3x\nf'(x) = 0\n  => x = 1 or x = -1", "given given true true")
    expect("f(x) = x^2\ng(x) = 4x\nf'(x) = g'(x)\n  => x = 2", "given given given true")


def test_equations_between_vectors_are_solved() -> None:
    let = "X: n by d, w: d, y: n"
    page = "2 X^T (X w - y) = 0\n => X^T X w = {}X^T y\n => w = (X^T X)^(-1) X^T y"
    expect(page.format(""), "given true true", let=let)
    lines = derivex.check(page.format("-"), let=let).lines
    assert [line.verdict for line in lines[:2]] == ["definition", "wrong"]
    assert lines[1].counterexample is not None
