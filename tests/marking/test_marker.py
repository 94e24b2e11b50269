"""Answers judged: in any equivalent form, by the form asked for, and with what went before."""

from __future__ import annotations

import time

import pytest

import derivex
from derivex.expression import Column, Equation, Gap, Over, Plus, Row, Times, integer, symbol
from derivex.expression.array_nodes import ArrayName
from derivex.marking import Answers, Marker, make_scheme
from derivex.notation import Scope, TextWriter, read_text
from derivex.sheets import Blank, BlankKind, Sheet, SheetRow
from tests.marking.sheets import (
    BOOK,
    derivation_of,
    lines_sheet,
    read,
    rules_sheet,
    sheet_of,
)

X = symbol("x")


def one_blank(
    before: str, key: str, form: str = "any", kind: BlankKind = BlankKind.RESULT
) -> Sheet:
    """A sheet whose second row is left out."""
    start, answer = read(before), read(key)
    rows = (
        SheetRow("", start, start),
        SheetRow("=", answer, Gap(integer(1)), "arithmetic"),
    )
    return sheet_of(rows, (Blank(1, kind, answer, form=form),))


def verdict(sheet: Sheet, answer: str) -> str:
    return Marker(sheet, BOOK).judge(1, answer).verdict


@pytest.mark.parametrize(
    ("key", "form", "answer", "wanted"),
    [
        ("2x + 2",       "any",           "2(x + 1)",            "right"),
        ("2x + 2",       "any",           "= 2 + 2x.",           "right"),
        ("2x + 2",       "any",           r"\frac{4x + 4}{2}",   "right"),
        ("2x + 2",       "any",           "f'(x) = 2x + 2",      "right"),
        ("2x + 2",       "any",           "2x + 1",              "wrong"),
        ("2x + 2",       "any",           "d/dx (x + 1)^2",      "right, other form"),
        ("2x + 2",       "expanded",      "2(x + 1)",            "right, other form"),
        ("2x + 2",       "expanded",      "2 + x + x",           "right"),
        ("2(x + 1)",     "factored",      "2x + 2",              "right, other form"),
        ("2(x + 1)",     "factored",      "(x + 1) 2",           "right"),
        ("12x",          "worked out",    "3 * 4x",              "right, other form"),
        ("12x",          "worked out",    "x * 12",              "right"),
        ("12",           "number",        "3 * 4",               "right, other form"),
        ("12",           "number",        "12.0",                "right"),
        ("1/3",          "number",        "0.33",                "right, other form"),
        ("1/3",          "number",        "0.34",                "wrong"),
        ("1/3",          "number",        "x/(3x)",              "right, other form"),
        ("sin(x)^2",     "any",           "1 - cos(x)^2",        "right"),
        ("sin(x)^2",     "any",           "1 - cos(x^2)",        "wrong"),
        ("sin(x)",       "any",           "sin(x",               "unreadable"),
        ("sin(x)",       "any",           "",                    "missing"),
        ("sin(x)",       "any",           "   ",                 "missing"),
        ("sin(x)",       "any",           "I do not know",       "unreadable"),
    ],
)  # fmt: skip
def test_one_answer(key: str, form: str, answer: str, wanted: str) -> None:
    assert verdict(one_blank("d/dx (x^3 + x)", key, form), answer) == wanted


def test_a_factor_is_judged_in_its_place() -> None:
    # x/2 · ▢ = x²/2 + x
    answer = read("x + 2")
    row = Times(Over(X, integer(2)), Gap(integer(1)))
    complete = Times(Over(X, integer(2)), answer)
    start = read("x^2/2 + x")
    rows = (SheetRow("", start, start), SheetRow("=", complete, row))
    marker = Marker(sheet_of(rows, (Blank(1, BlankKind.FACTOR, answer),)), BOOK)
    assert marker.judge(1, "2 + x").verdict == "right"
    assert marker.judge(1, "x").verdict == "wrong"


def test_two_gaps_in_one_row_may_be_filled_together() -> None:
    row = Times(Gap(integer(1)), Gap(integer(2)))
    answers = (read("2x"), read("x + 1"))
    start = read("2x^2 + 2x")
    rows = (SheetRow("", start, start), SheetRow("=", Times(*answers), row))
    blanks = tuple(Blank(at, BlankKind.FACTOR, each) for at, each in enumerate(answers, 1))
    marker = Marker(sheet_of(rows, blanks), BOOK)
    marked = marker.mark(Answers("Ada", {1: "x + 1", 2: "2x"}))
    assert [blank.verdict for blank in marked.blanks] == ["right", "right"]
    marked = marker.mark(Answers("Bob", {1: "x + 1", 2: "x"}))
    assert [blank.verdict for blank in marked.blanks] == ["wrong", "wrong"]


def test_repeating_the_line_before_is_nothing() -> None:
    sheet = lines_sheet(derivation_of("(3x^2 + 1)^4"))
    (first, *_) = Marker(sheet, BOOK).mark(Answers("Ada", {1: "d/dx (1 + 3x^2)^4"})).blanks
    assert (first.verdict, first.points) == ("not what is asked", 0)
    assert first.note.startswith("it repeats a line")


def test_a_follow_up_error_is_not_punished_twice() -> None:
    sheet = lines_sheet(derivation_of("(3x^2 + 1)^4"))
    answers = [
        "d/d(3x^2+1) (3x^2+1)^4 * d/dx(3x^2+1)",
        "3(3x^2+1)^3 d/dx(3x^2+1)",               # 3 for 4
        "3(3x^2+1)^3 (d/dx(3x^2) + d/dx 1)",
        "3(3x^2+1)^3 (3 d/dx x^2 + d/dx 1)",
        "3(3x^2+1)^3 (3*2x + 0)",
        "18x (3x^2+1)^3",
    ]  # fmt: skip
    marked = Marker(sheet, BOOK).mark(Answers("Ada", dict(enumerate(answers, 1))))
    assert [blank.verdict for blank in marked.blanks] == [
        "right",
        "wrong",
        *["follows from an earlier answer"] * 4,
    ]
    assert marked.points == 5
    wrong, after = marked.blanks[1:3]
    assert "the new exponent became the factor, not the old one, 4" in wrong.diagnosis
    assert after.note == "right, given what stands in (2)"
    # A second mistake is one: 3·3·2 is not 12.
    again = {**dict(enumerate(answers, 1)), 6: "12x (3x^2+1)^3"}
    last = Marker(sheet, BOOK).mark(Answers("Bob", again)).blanks[-1]
    assert last.verdict == "wrong"


def test_repeating_ones_own_wrong_line_does_not_follow() -> None:
    sheet = lines_sheet(derivation_of("(3x^2 + 1)^4"))
    wrong = "4(3x^2+1)^3"
    marked = Marker(sheet, BOOK).mark(Answers("Ada", {3: wrong, 4: wrong, 5: f"{wrong} * 1"}))
    assert [blank.verdict for blank in marked.blanks[2:5]] == ["wrong"] * 3


def test_equations_may_be_equivalent_and_follow() -> None:
    rows = []
    blanks = []
    for at, (left, right) in enumerate([("2x + 3", "7"), ("2x", "4"), ("x", "2")]):
        equation = Equation(read(left), read(right))
        shown = Gap(integer(at)) if at else equation
        rows.append(SheetRow("", equation, shown))
        if at:
            blanks.append(Blank(at, BlankKind.LINE, equation))
    sheet = sheet_of(tuple(rows), tuple(blanks), "equations")

    def verdicts(*answers: str) -> list[str]:
        marked = Marker(sheet, BOOK).mark(Answers("Ada", dict(enumerate(answers, 1))))
        return [blank.verdict for blank in marked.blanks]

    assert verdicts("2x = 4", "x = 2") == ["right", "right"]
    assert verdicts("4 = 2x", "2 = x") == ["right", "right"]
    assert verdicts("2x + 6 = 10", "2x = 4") == ["right, other form", "not what is asked"]
    assert verdicts("2x = 10", "x = 5") == ["wrong", "follows from an earlier answer"]
    assert verdicts("2x = 10", "x = 4") == ["wrong", "wrong"]
    assert verdicts("2x + 3 = 7", "x") == ["not what is asked", "wrong"]
    assert verdicts("2x + 3 = 7", "x -") == ["not what is asked", "unreadable"]


@pytest.mark.parametrize(
    ("key", "answer", "wanted"),
    [
        ("x^2 = 1",          "2x^2 = 2",           "right, other form"),
        ("x^2 = 1",          "1 = 1/x^2",          "right, other form"),
        ("x^2 = 1",          "x = 1 or x = -1",    "right, other form"),
        ("x^2 = 1",          "x^4 = 1",            "not what is asked"),
        ("x^2 = 1",          "x = 1",              "wrong"),
        ("x^2 = 0",          "x = 0",              "right, other form"),
        ("x^2 = 0",          "x^5 = 0",            "not what is asked"),
        ("x (x^2 - y) = 0",  "x (x^2 - y)^2 = 0",  "not what is asked"),
        ("log(x) = 0",       "x = 1",              "right, other form"),
        ("e^(2x) = 1",       "2x = 0",             "right, other form"),
    ],
)  # fmt: skip
def test_an_equation_with_the_same_solutions_may_be_another(
    key: str, answer: str, wanted: str
) -> None:
    start, end = (Equation(*map(read, each.split("="))) for each in ("x^2 - y^2 + 1 = x", key))
    rows = (SheetRow("", start, start), SheetRow("", end, Gap(integer(1)), "arithmetic"))
    sheet = sheet_of(rows, (Blank(1, BlankKind.LINE, end),), "equations")
    assert verdict(sheet, answer) == wanted


def test_the_vector_of_ones_is_a_vector_in_answers() -> None:
    scope = Scope(functions=BOOK.functions).with_arrays(ArrayName("p: k"), ArrayName("z: k"))
    key = read_text("p - (ones(k)·p) softmax(z)", scope).expression
    rows = (SheetRow("", key, key), SheetRow("=", key, Gap(integer(1)), "arithmetic"))
    sheet = sheet_of(rows, (Blank(1, BlankKind.FACTOR, key),))
    assert verdict(sheet, "−(p·𝟏) softmax(z) + p") == "right"
    assert verdict(sheet, "−(𝟏·p) softmax(z)") == "wrong"


def test_a_vector_may_be_a_row_in_brackets() -> None:
    vector = Row(read("2x"), read("3"))
    rows = (SheetRow("", vector, vector), SheetRow("=", vector, Gap(integer(1))))
    sheet = sheet_of(rows, (Blank(1, BlankKind.RESULT, vector),))
    assert verdict(sheet, "(x + x, 3)") == "right"
    assert verdict(sheet, "(3, 2x)") == "wrong"


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        (["chain rule", "power rule", "sum", "constant multiple rule", "exponent", "arithmetic"], "right"),
        (["the chain rule", "by the exponent rule", "sum rule", "constant factor rule", "constant rule",
          "simplify"], "right"),
        (["product rule", "chain rule", "product rule", "sum rule", "quotient rule", "chain rule"], "wrong"),
        (["chain rule and product rule", "sum and exponent rule", "chain and sum rule",
          "product, constant factor", "exponent and chain rules", "arithmetic, chain rule"], "wrong"),
        (["because", "obvious", "?", "x^2", "=1+1", "fhqwhgads"], "unreadable"),
    ],
    ids=["as people say it", "another of them", "wrong", "one too many", "no words"],
)  # fmt: skip
def test_rules_by_their_names(answers: list[str], wanted: str) -> None:
    sheet = rules_sheet(derivation_of("(3x^2 + 1)^4"))
    marked = Marker(sheet, BOOK).mark(Answers("Ada", dict(enumerate(answers, 1))))
    assert {blank.answer: blank.verdict for blank in marked.blanks} == dict.fromkeys(
        answers, wanted
    )


@pytest.mark.parametrize(
    "text", ["x^2 sin x", "(x + 1)/(x^2 + 1)", "e^(-x^2)", "log(sin(x))", "sqrt(1 + x^2)"]
)
def test_a_sheet_is_solved_by_its_own_key(text: str) -> None:
    write = TextWriter().write
    for sheet in (lines_sheet(derivation_of(text)), rules_sheet(derivation_of(text))):
        key = {
            blank.number: blank.says if blank.answer is None else write(blank.answer)
            for blank in sheet.blanks
        }
        marked = Marker(sheet, BOOK).mark(Answers("key", key))
        assert {blank.verdict for blank in marked.blanks} == {"right"}, marked
        assert marked.points == marked.out_of == len(sheet.blanks)


def test_the_scheme_says_what_a_verdict_is_worth() -> None:
    sheet = one_blank("d/dx (x^2 + 2x)", "2x + 2", "expanded")
    generous = Marker(sheet, BOOK, make_scheme({"right, other form": 0.75}))
    assert generous.judge(1, "2(x + 1)").points == 0.75
    assert Marker(sheet, BOOK).judge(1, "2(x + 1)").points == 0.5


HARM = [
    "__import__('os').system('true')",
    "eval('1')",
    "9^9^9^9^9",
    "10^9!",
    "(x+1)^100000",
    "(x+1)^100000 - (x+1)^99999",
    "9" * 1900,
    "(" * 900 + "x" + ")" * 900,
    "(" * 100_000,
    "sin(" * 300 + "x" + ")" * 300,
    "sum(i^i, i = 1..10^9)",
    "x" + "+x" * 900,
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "\\input{/etc/passwd}",
    "\x00\x1b[31m\u202e",
    "2^(2^(2^(2^(2^x))))",
    "x^(10^300)",
    "gamma(10^9) x",
    "int_0^(10^9) e^(t^2) dt",
    "lim_{h->0} (sin(x + h) - sin(x))/h",
]


@pytest.mark.parametrize("answer", HARM, ids=range(len(HARM)))
def test_an_answer_that_tries_to_harm_does_nothing(
    answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # explanations have their usual time
    marker = Marker(lines_sheet(derivation_of("x^2 sin x")), BOOK)
    begun = time.process_time()
    marked = marker.mark(Answers("Eve", {1: answer, 2: answer, 3: "2x"}))
    assert time.process_time() - begun < 20
    assert all(blank.verdict in ("wrong", "unreadable", "undecided") for blank in marked.blanks[:3])


def test_many_students_who_write_the_same_cost_as_much_as_one() -> None:
    marker = Marker(lines_sheet(derivation_of("(3x^2 + 1)^4")), BOOK)
    answers = {1: "3x", 2: "d/dx x^2", 5: "4(3x^2+1)^3 (3*2x)", 6: "4(3x^2+1)^3"}
    first = marker.mark(Answers("Ada", answers))
    begun = time.process_time()
    for number in range(200):
        assert marker.mark(Answers(f"{number}", answers)).blanks == first.blanks
    assert time.process_time() - begun < 1


def test_what_is_written_in_a_sum_keeps_its_index() -> None:
    sheet = one_blank("d/dx (x^2)", "sum_i (x a_i)")
    assert verdict(sheet, "x sum_i a_i") == "right"
    assert verdict(sheet, "x sum_i a_j") == "wrong"
    assert Plus(X, X) is read("x + x")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, ["chian rule", "chainrule", "Chain Rule!", "Kettenregel", "Kettenregl", "chain rulle"]),
        (2, ["exponant rule", "power rule", "Potenzregel", "pwoer rule", "the power rule, n = 4"]),
        (3, ["additon rule", "linearity", "derivative of a sum", "Summenregel"]),
        (4, ["constnat factor", "constant mutliple rule", "Faktorregel", "factor rule"]),
        (6, ["arithmatic", "simplifying", "calculate"]),
    ],
)
def test_rules_by_other_names_and_with_slips_of_the_pen(number: int, words: list[str]) -> None:
    marker = Marker(rules_sheet(derivation_of("(3x^2 + 1)^4")), BOOK)
    assert [marker.judge(number, each).verdict for each in words] == ["right"] * len(words)
    for wrong in ("prodct rule", "qoutient rule", "Produktregel"):
        assert marker.judge(number, wrong).verdict == "wrong"
    assert marker.judge(1, "chian rule").note == "“chian” is read as “chain”"


@pytest.mark.parametrize("answer", ["I do not know", "I don't know.", "keine Ahnung", "no idea"])
def test_words_are_no_formula(answer: str) -> None:
    found = Marker(one_blank("d/dx x^2", "2x"), BOOK).judge(1, answer)
    assert (found.verdict, found.note) == (
        "unreadable",
        "these are words, and a formula is asked for",
    )


def test_a_message_speaks_of_no_command_line() -> None:
    marker = Marker(one_blank("d/dx x^2", "2x"), BOOK)
    assert "--" not in marker.judge(1, "2x @ 1").note + marker.judge(1, "y'").note
    assert marker.judge(1, "quux(x)").note.endswith("for a product, write quux*(…)")


def test_of_an_equation_the_side_that_differs_is_told() -> None:
    equation = Equation(read("2x"), read("62"))
    rows = (SheetRow("", equation, equation), SheetRow("", equation, Gap(integer(1))))
    sheet = sheet_of(rows, (Blank(1, BlankKind.LINE, equation),), "equations")
    assert (
        Marker(sheet, BOOK)
        .judge(1, "2x = -62")
        .note.endswith("the right-hand side is −62 and should be 62")
    )


def test_equations_of_vectors() -> None:
    lesson = "let X: n by d, theta: d, y: n\nsolve gradient of ||X theta - y||^2 + k ||theta||^2 = 0 for theta"
    sheet = derivex.sheet(f"```derivex\n{lesson}\nblank line 2 in part 2\n```\n").sheet
    marker = Marker(sheet, BOOK, explain=False)
    assert marker.write(sheet.blanks[0].answer) == "Xᵀ(Xθ − y) + k θ = 0"
    for answer, wanted in (
        ("k theta + X^T (X theta - y) = 0", "right"),
        ("0 = X^T (X theta - y) + theta k", "right"),
        (r"X^\top (X\theta - y) + k\theta = 0", "right"),
        ("X^T (X theta - y) - k theta = 0", "wrong"),
        ("X (X theta - y) + k theta = 0", "unreadable"),
    ):
        assert marker.judge(1, answer).verdict == wanted, answer


@pytest.mark.parametrize("kind", [Row, Column])
@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("(12, 2x)",                                     "right"),
        ("12, x + x",                                    "right"),
        ("[12, 2x]",                                     "right"),
        ("[12; 2x]",                                     "right"),
        ("(12; 2x)",                                     "right"),
        ("(12,0; 2,0x)",                                 "right"),
        ("⟨12, 2x⟩",                                     "right"),
        (r"\begin{pmatrix} 12 \\ 2x \end{pmatrix}",      "right"),
        (r"$\begin{bmatrix} 12 & 2x \end{bmatrix}$",     "right"),
        ("(2x, 12)",                                     "wrong"),
        ("(12)",                                         "wrong"),
        ("(12, 2x, 0)",                                  "wrong"),
        ("(12, 2x",                                      "unreadable"),
    ],
)  # fmt: skip
def test_vectors_as_people_write_them(kind: type, answer: str, wanted: str) -> None:
    vector = kind(read("12"), read("2x"))
    rows = (SheetRow("", vector, vector), SheetRow("=", vector, Gap(integer(1))))
    sheet = sheet_of(rows, (Blank(1, BlankKind.FACTOR, vector),))
    assert Marker(sheet, BOOK, explain=False).judge(1, answer).verdict == wanted


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("s Σ u_i^2 − Σ u_i v_i",               "right"),
        (r"s \sum u_i^2 - \sum u_i v_i",         "right"),
        ("14s - 31",                            "right"),
        ("sum(u_i (s u_i - v_i), i = 1..3)",    "right"),
        ("s u[1]^2 + 4s + 9s - 31",             "right"),
        ("14s - 30",                            "wrong"),
        ("s Σ u_i^2 − Σ u_i",                   "wrong"),
    ],
)  # fmt: skip
def test_an_answer_may_have_the_data_of_the_sheet_in_it(answer: str, wanted: str) -> None:
    lesson = (
        "```derivex\ndata u = 1, 2, 3\ndata v = 2, 4, 7\n"
        "differentiate 1/2 sum_i (s u_i - v_i)^2 by s\nblank result\n```"
    )
    sheet = derivex.sheet(lesson).sheet
    assert verdict(sheet, answer) == wanted
