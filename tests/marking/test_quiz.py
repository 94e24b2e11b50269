"""The quiz: what is asked, what is said to answers and commands, and the summary."""

from __future__ import annotations

from derivex.marking import Marker, Quiz
from derivex.notation import TextWriter
from derivex.sheets import Sheet
from tests.marking.sheets import BOOK, derivation_of, lines_sheet, rules_sheet


def quiz_of(sheet: Sheet) -> Quiz:
    return Quiz(Marker(sheet, BOOK), BOOK, TextWriter().write)


def said(quiz: Quiz, *lines: str) -> list[str]:
    """What is said to the last of some lines."""
    told: list[str] = []
    for line in lines:
        told = list(quiz.answer(line))
    return told


def test_all_right_from_beginning_to_end() -> None:
    quiz = quiz_of(lines_sheet(derivation_of("(3x^2 + 1)^4"), 2, 6))
    begun = list(quiz.begin())
    assert begun[-3:] == [
        "Blank 1 of 2. What line stands here?",
        "  = ∂(3x² + 1)⁴/∂(3x² + 1) · ∂(3x² + 1)/∂x    [using the chain rule]",
        "  = [_1_]    [using the exponent rule]",
    ]
    assert quiz.prompt == "(1) "
    told = said(quiz, "4(3x^2 + 1)^3 d/dx (1 + 3x^2)")
    assert told[0] == "Right. The key has 4(3x² + 1)³ · ∂(3x² + 1)/∂x."
    assert not quiz.over
    assert said(quiz, "24x (3x^2 + 1)^3") == ["Right."]
    assert quiz.over and quiz.all_right
    assert list(quiz.summary()) == ["2 of 2 blanks right, 2 of them at once."]


def test_hints_in_three_strengths() -> None:
    wanted = [
        "What is needed here is a rule of differentiation.",
        "The reason is: using the exponent rule. It says: ∂x^n/∂x = nx^(n − 1)",
        "The line reads: = 4(3x² + 1)³ · ∂(3x² + 1)/∂x",
    ]
    sheet = lines_sheet(derivation_of("(3x^2 + 1)^4"), 2)
    quiz = quiz_of(sheet)
    assert [said(quiz, line) for line in ("?", "??", "???", "????")] == [
        *([line] for line in wanted),
        wanted[2:],
    ]
    quiz = quiz_of(sheet)
    assert [said(quiz, "hint") for _ in range(4)] == [*([line] for line in wanted), wanted[2:]]
    said(quiz, "4(3x^2 + 1)^3 d/dx (1 + 3x^2)")
    assert not quiz.all_right  # the line was shown
    assert list(quiz.summary())[1].startswith("Blank 1: shown, hint 3")


def test_hints_for_a_rule_do_not_name_it_at_once() -> None:
    quiz = quiz_of(rules_sheet(derivation_of("(3x^2 + 1)^4")))
    first, second, third = (said(quiz, line)[0] for line in ("?", "??", "???"))
    assert first == "What is needed here is a rule of differentiation."
    assert second == "It says: ∂f(u)/∂x = ∂f(u)/∂u · ∂u/∂x"
    assert "chain" not in first + second
    assert third == "The reason is: using the chain rule."


def test_a_wrong_answer_is_explained_and_asked_again() -> None:
    quiz = quiz_of(lines_sheet(derivation_of("(3x^2 + 1)^4"), 6, form="worked out"))
    assert said(quiz, "24x (3x^2 + 1)^4") == [
        "That is wrong: at x = 1 it is 6144 and should be 1536.",
        "Perhaps the exponent 4 should be 3.",
        "Try again, or type ? for a hint.",
    ]
    assert said(quiz, "24x (3x^2 + 1")[0].startswith("I cannot read that: this bracket")
    assert said(quiz, "3*8x (3x^2 + 1)^3") == [
        "That is equal, but arithmetic is left to do in it. Try again, or skip."
    ]
    assert said(quiz, "skip") == ["The answer is 24x (3x² + 1)³."]
    assert not quiz.all_right
    assert list(quiz.summary())[1:] == [
        "Blank 1: right, other form, 2 tries. The answer is 24x (3x² + 1)³"
    ]


def test_skip_quit_and_what_is_left() -> None:
    quiz = quiz_of(rules_sheet(derivation_of("(3x^2 + 1)^4")))
    said(quiz, "skip")
    assert said(quiz, "again")[1].startswith("Blank 2 of 6.")
    assert said(quiz, "help")[0].startswith("Type what belongs")
    assert said(quiz, "") == said(quiz, "quit") == []
    assert quiz.over
    assert list(quiz.summary()) == [
        "0 of 6 blanks right, 0 of them at once.",
        "Blank 1: skipped. The answer is using the chain rule",
        "5 not reached.",
    ]


def test_lines_are_plain() -> None:
    quiz = quiz_of(rules_sheet(derivation_of("x^2 sin x")))
    told = [*quiz.begin(), *said(quiz, "?"), *said(quiz, "product rule"), *quiz.summary()]
    for line in told:
        assert line.isprintable()
        assert not set(line) & set("│┃─━┌┐└┘├┤╭╮╰╯█")


def test_a_quiz_goes_on_where_it_was_ended() -> None:
    sheet = lines_sheet(derivation_of("(3x^2 + 1)^4"))
    quiz = Quiz(Marker(sheet, BOOK), BOOK, TextWriter().write, first=6)
    begun = list(quiz.begin())
    assert "Differentiate." in begun  # the exercise is shown, though it began before
    assert begun[-3].startswith("Blank 6 of 6.")
    assert said(quiz, "24x (3x^2 + 1)^3") == ["Right."]
    assert quiz.at_end and quiz.all_right
    assert list(quiz.summary()) == ["1 of 1 blank right, 1 of them at once."]


def test_hints_tell_the_form_that_is_used() -> None:
    quiz = quiz_of(lines_sheet(derivation_of("x^3 - 2x"), 3))
    assert said(quiz, "??") == [
        "The reason is: using the constant factor rule. It says: ∂(−cu)/∂x = −c · ∂u/∂x"
    ]
    quiz = quiz_of(rules_sheet(derivation_of("x^2 sin x")))
    assert said(quiz, "??") == ["It says: ∂(x sin(x))/∂x = ∂x/∂x · sin(x) + x · ∂sin(x)/∂x"]
