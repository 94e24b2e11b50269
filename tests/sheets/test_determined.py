"""What remains must determine a blank: what is refused, and what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derivex.derivation import Derivation, Detail
from derivex.derivation.lines import lines_of
from derivex.engine import differentiate, normal_phase
from derivex.notation import Scope, read_relation, read_text
from derivex.rulebook import shipped_book
from derivex.sheets import BlankKind, SheetKnowledge, gaps_in
from derivex.sheets.candidates import At, Candidate
from derivex.sheets.redoing import Redoing
from derivex.sheets.selection import Selection
from derivex.sheets.worked import Worked, WorkedRow, worked, worked_lines
from derivex.solving import solve

BOOK = shipped_book()
SCOPE = Scope(functions=BOOK.functions).declare(*"abcnxyzt")


def read(text: str):
    return read_text(text, SCOPE).expression


def exercise(*rows: str) -> Worked:
    """Rows of equal value, all with a reason but the first."""
    rule = BOOK.rules["like-terms"]
    told = [WorkedRow(read(rows[0]))]
    told += [WorkedRow(read(row), "collecting like terms", (rule,)) for row in rows[1:]]
    return Worked(("Work out.",), (tuple(told),))


def selection(*exercises: Worked) -> Selection:
    return Selection(exercises, SheetKnowledge(), BOOK, ["a text"])


def left_out(rows: list[str], answer: str, at: int, kind: BlankKind = BlankKind.FACTOR) -> str:
    """Why something cannot be left out of a row; "" if it can."""
    return selection(exercise(*rows)).leave_out(Candidate(At(0, 0, at), kind, read(answer)))


UNDETERMINED = "what remains does not determine it"
ELSEWHERE = "it stands elsewhere on the sheet"

CASES = [
    # the rows                                    what is left out of it       why not
    (["x y + x y", "2x y"],                       "2x y",           ""),
    (["x + y + 7 - 4", "x + y + 3"],              "3",              ""),
    (["x + y + 7 - 4", "x + y + 3"],              "x + y",          ELSEWHERE),
    (["x y + y x", "x (5y - 3y)"],                "5y - 3y",        ""),
    (["x - x", "x*0 (y + z - z)"],                "y + z - z",      UNDETERMINED),  # 0 takes every value
    (["0 x", "(x - x) (z + y)"],                  "z + y",          UNDETERMINED),  # so does a zero in disguise
    (["y^2 + 2y z + z^2", "(z + y)^2"],           "z + y",          UNDETERMINED),  # −z − y fits as well
    (["y + z", "((z + y)^3)^(1/3)"],              "z + y",          UNDETERMINED),  # a root is not asked for its base
    (["8", "(1 + 1)^3"],                          "1 + 1",          ""),
    (["e^y e^z", "e^(z + y)"],                    "z + y",          ""),
    (["sin y cos z + cos y sin z", "sin(z + y)"], "z + y",          UNDETERMINED),  # so does z + y + 2π
    (["x (y + z)^(-1)", "x/(z + y)"],             "z + y",          ""),
    (["y - y", "0/(z + y)"],                      "z + y",          UNDETERMINED),
    (["sqrt((y + z)^2)", "|z + y|"],              "z + y",          UNDETERMINED),
    (["d/dx y + d/dx z", "d/dx (z + y)"],         "z + y",          UNDETERMINED),  # any constant does
    (["sum_i a_i + 2b n", "sum_i (a_i + b + b)"], "b + b",          UNDETERMINED),  # only their sum is known
    (["(x + x)^2", "(2x)^2"],                     "2x",             UNDETERMINED),  # no rule is known to do that
]  # fmt: skip


@pytest.mark.parametrize(("rows", "answer", "why"), CASES)
def test_what_may_be_left_out(rows: list[str], answer: str, why: str) -> None:
    assert left_out(rows, answer, 1) == why


REDONE = [
    # worked out                what is left out, though its value would not tell it
    ("sum_i (a_i + b + b)",     "2b"),
    ("sin(y + y)",              "2y"),
    ("(x + x)^2",               "2x"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "answer"), REDONE)
def test_what_the_reason_makes_of_the_row_before_may_be_left_out(start: str, answer: str) -> None:
    phase = normal_phase(read(start), BOOK, "tidying")
    lines = lines_of((phase,), Detail.TEXTBOOK)
    there = selection(worked_lines(lines, ("Work it out.",)))
    assert there.leave_out(Candidate(At(0, 0, 1), BlankKind.FACTOR, read(answer))) == ""


def test_a_move_is_redone_from_equations_that_are_shown() -> None:
    unknowns = [read("x"), read("y")]
    equations = [read_relation(text, SCOPE).expression for text in ("2x + y = 5", "x - y = 1")]
    beside, below = worked(solve(equations, unknowns, BOOK))
    shown = {row.moves[-1].number: row.expression for row in (*beside.rows, *below.rows)}
    redoing = Redoing((), BOOK.functions)
    made = [row for row in (*beside.rows, *below.rows) if row.says]
    assert all(redoing.sources(row, shown) for row in made)
    (substituted,) = [row for row in made if row.says == "substitute x from (1) into (2)"]
    only = {substituted.moves[0].sources[1]: beside.columns[0][-1].expression}
    assert Redoing((), BOOK.functions).sources(substituted, only) is None


def test_a_vector_looks_the_same_lying_and_standing() -> None:
    there = selection(exercise("(x + x, 1)", "(2x, 1)"), exercise("[2x; 1] + [0; 1]", "[2x; 2]"))
    wanted = Candidate(At(0, 0, 1), BlankKind.LINE, there.exercises[0].rows[1].expression)
    assert there.leave_out(wanted) == ELSEWHERE


def test_what_was_found_is_left_out_of_what_goes_on_from_it() -> None:
    first, second = exercise("x + x", "2x"), exercise("y + 2x + 0", "y + 2x + 0")
    there = selection(first, replace(second, goes_on=True))
    wanted = Candidate(At(0, 0, 1), BlankKind.LINE, read("2x"))
    assert there.leave_out(wanted) == ""
    assert [gaps_in(there.shown[At(1, 0, row)]) for row in (0, 1)] == [(2,), (2,)]
    assert selection(first, second).leave_out(wanted) == ELSEWHERE


def test_two_gaps_that_could_trade_are_refused() -> None:
    there = selection(exercise("x + y + z + 1 + t", "(3 + 4) x + (x + t + 9 - 2)"))
    first, second = read("3 + 4"), read("x + t + 9 - 2")
    assert there.leave_out(Candidate(At(0, 0, 1), BlankKind.FACTOR, first)) == ""
    assert there.leave_out(Candidate(At(0, 0, 1), BlankKind.FACTOR, second)) == UNDETERMINED


def test_a_row_and_its_reason_are_not_both_left_out() -> None:
    there = selection(exercise("x + x", "2x"))
    assert there.leave_out(Candidate(At(0, 0, 1), BlankKind.LINE, read("2x"))) == ""
    reason = Candidate(At(0, 0, 1), BlankKind.RULE, None, "collecting like terms")
    assert there.leave_out(reason) == "something else is left out there"


def test_a_chain_of_rows_follows_from_the_start_and_the_reasons() -> None:
    there = selection(*worked(derivation("(x + y + z)^2", "y")))
    rows = there.exercises[0].rows
    for position in range(1, len(rows)):
        candidate = Candidate(At(0, 0, position), BlankKind.LINE, rows[position].expression)
        assert there.leave_out(candidate) in ("", ELSEWHERE)
    assert len(there.chosen) >= 3


def derivation(formula: str, by: str) -> Derivation:
    return differentiate(read(formula), [read(by)], BOOK)


def test_the_name_of_a_rule_is_left_out_beside_all_its_rows() -> None:
    there = selection(*worked(derivation("x sin(x) + e^x cos(x)", "x")))
    says = "using the product rule"
    assert there.leave_out(Candidate(At(0, 0, 2), BlankKind.RULE, None, says)) == ""
    assert all(row.says != says or at in there.hidden for at, row in there._rows.items())
    assert len(there.chosen) == 1  # one number for the exercise


def test_a_rule_that_the_text_names_is_not_left_out() -> None:
    there = Selection(
        list(worked(derivation("x sin(x)", "x"))),
        SheetKnowledge(),
        BOOK,
        ["using the product rule"],
    )
    candidate = Candidate(At(0, 0, 1), BlankKind.RULE, None, "using the product rule")
    assert there.leave_out(candidate) == "its name stands in the text of the sheet"


def test_what_stands_in_two_exercises_is_left_out_of_both() -> None:
    there = selection(exercise("x + x", "2x + 0", "2x"), exercise("3x - x", "2x + 0"))
    assert there.leave_out(Candidate(At(0, 0, 1), BlankKind.LINE, read("2x + 0"))) == ""
    assert [each.candidate.at.exercise for each in there.chosen] == [0, 1]
