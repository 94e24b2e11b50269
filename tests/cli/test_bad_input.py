"""Bad input: a short error with the place, a caret and the repair; status 2; nothing written."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from tests.cli.commands import Ended, derivex, problem

NO_VALUE = "the expression has no value, whatever its letters stand for"
NESTED = "(" * 100_000 + "x" + ")" * 100_000

# Each row: the formula, what the message begins with, what the caret is under (None: no place),
# and a piece of the repair.
BAD = [
    ("",                   "there is no expression here",                     "",          "write one"),
    ("(x + 1",             "this bracket is never closed",                    "(",         "write )"),
    ("x + 1)",             "there is no open bracket",                        ")",         "leave ) out"),
    ("x^2 sin(x",          "the bracket of this function is never closed",    "sin",       "write )"),
    ("x +",                "the expression ends after +",                     "",          ""),
    ("x ** ** 2",          "a number, a name or a bracket is expected",       "**",        "write one operator"),
    ("foo(x)",             "foo is not a function that I know",               "foo",       "foo*(…)"),
    ("sim(x)",             "sim is not a function that I know",               "sim",       "did you mean sin?"),
    ("1/0",                "division by zero",                                "0",         "correct this number"),
    ("x + 2/(1 - 1) + x",  "division by zero: 1 − 1 is 0",                    "(1 - 1)",   NO_VALUE),
    ("x/(2y - y - y)",     "division by zero",                                "(2y - y - y)", NO_VALUE),
    ("log(x - x)",         "log(x − x) has no value",                         "(x - x)",   NO_VALUE),
    ("0^(-2) x",           "division by zero",                                None,        NO_VALUE),
    ("x = 2",              "an equation, where one expression is expected",   "=",         "one side"),
    ("x\x00y",             "the control character NUL (U+0000)",                            "�",         "delete this"),
    ("\x1b[31mx",          "the control character ESCAPE (U+001B)",                            "�",         "delete this"),
    ("x.__class__",        "a point cannot stand here",                       ".",         ""),
    ("__import__('os')",   "a name cannot begin or end with an underscore",   "_",         ""),
    ("eval('1')",          "eval is not a function that I know",              "eval",      ""),
    ("2 \\ 3",             "a backslash begins a LaTeX command",              "\\",        "without the backslash"),
    (r"\foo{x}",           r"\foo is a command that I do not know",           r"\foo",     r"\newcommand"),
    (r"\input{/etc/passwd}", "a formula loads nothing and runs nothing",      r"\input",   "the formula itself"),
    (r"\write18{ls} x",    "a formula loads nothing and runs nothing",        r"\write",   "the formula itself"),
    ("x" * 1_000_000,      "this text has 1000000 characters",                None,        "split it"),
    (NESTED,               "this text has 200001 characters",                 None,        "split it"),
    (NESTED[99_000:-99_000], "brackets are nested",                           "(",         "give names to parts"),
]  # fmt: skip


def carets(told: str) -> str | None:
    """What the caret stands under."""
    lines = told.splitlines()
    if len(lines) < 3 or set(lines[2].strip()) != {"^"}:
        return None
    first = lines[2].index("^")
    return lines[1].ljust(len(lines[2]))[first : len(lines[2])]


def check(told: str, message: str, under: str | None, repair: str) -> None:
    assert message in told.splitlines()[0]
    if under is not None:
        found = carets(told)
        assert found is not None
        assert found.strip() == under
    assert repair in told.splitlines()[-1]
    assert len(told) < 500


@pytest.mark.parametrize(("formula", "message", "under", "repair"), BAD)
def test_as_argument(formula: str, message: str, under: str | None, repair: str) -> None:
    started = process_time()
    check(problem(derivex("diff", formula, "--by", "x")), message, under, repair)
    assert process_time() - started < 1


@pytest.mark.parametrize(("formula", "message", "under", "repair"), BAD)
def test_by_standard_input(
    formula: str, message: str, under: str | None, repair: str, tmp_path: Path
) -> None:
    file = tmp_path / "out.txt"
    ended = derivex("diff", "-", "--by", "x", "-o", str(file), given=formula + "\n")
    told = problem(ended)
    if len(formula) > 100_000:
        message, repair = "standard input has ", ""
    check(told, message, under, repair)
    assert not file.exists()


@pytest.mark.parametrize(
    ("formula", "message", "under", "repair"),
    [row for row in BAD if row[0].isprintable() and 0 < len(row[0]) < 50 and row[3] != NO_VALUE],
)
def test_in_a_lesson(
    formula: str, message: str, under: str | None, repair: str, tmp_path: Path
) -> None:
    lesson = tmp_path / "lesson.md"
    lesson.write_text(f"Hello.\n\n```derivex\ndifferentiate {formula} by x\n```\n")
    ended = derivex("run", str(lesson))
    assert ended.status == 2
    first = ended.err.splitlines()[0]
    assert str(lesson) in first or "lesson.md, line 4" in first
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("command", ["diff", "gradient", "solve"])
def test_every_command_reads_alike(command: str) -> None:
    assert "never closed" in problem(derivex(command, "(x + 1"))
    assert "division by zero" in problem(derivex(command, "x/0"))
    assert "division by zero" in problem(derivex(command, "-", given="x/(x-x)"))


def test_two_readings() -> None:
    told = problem(derivex("diff", "ab", "--by", "a", "--at", "b=1,ab=2"))
    assert "ab can be read as ab and as a·b" in told
    assert carets(told) == "ab"
    assert "write a space or *" in told


def test_a_variable_that_is_none() -> None:
    assert "sin is a function, not a variable" in problem(derivex("diff", "x", "--by", "sin"))
    assert "2 is not a name" in problem(derivex("diff", "x", "--by", "2"))
    assert "x+y is not a name" in problem(derivex("diff", "x", "--by", "x+y"))
    assert "a name is expected here" in problem(derivex("diff", "x", "--by", ""))


def test_bytes_that_are_not_utf_8(tmp_path: Path) -> None:
    told = problem(derivex("diff", "-", "--by", "x", given=b"x^2 + \xff"))
    assert "standard input is not UTF-8 text: byte 0xff at position 7, in line 1" in told
    lesson = tmp_path / "lesson.md"
    lesson.write_bytes(b"Hello\n\xe9\n")
    told = problem(derivex("run", str(lesson)))
    assert "is not UTF-8 text: byte 0xe9 at position 7, in line 2" in told
    data = tmp_path / "data.csv"
    data.write_bytes(b"a\n\xb2\n")
    assert "not UTF-8" in problem(derivex("diff", "x", "--data", str(data)))
    rules = tmp_path / "my.rules"
    rules.write_bytes(b"\xff\n")
    assert "UTF-8" in problem(derivex("diff", "x", "--rules", str(rules)))


def test_an_argument_that_is_not_utf_8() -> None:
    told = problem(derivex("diff", "x + \udcff"))  # what Python makes of such bytes
    assert "the argument is not UTF-8 text: byte 0xff at character 5" in told


def test_a_tower_of_powers_is_not_calculated() -> None:
    started = process_time()
    ended = derivex("diff", "9^9^9^9 x", "--by", "x")
    assert ended.status == 0
    assert ended.out.splitlines()[-1].split("   ")[0] == "  = 9^(9^(9⁹))"
    ended = derivex("diff", "x^2", "--at", "x=9^9^9^9")
    assert ended.status == 0
    assert len(ended.out) < 1000
    assert process_time() - started < 2


@pytest.mark.unchecked  # replaying takes longer than the command
@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("*".join(f"(x+{number})" for number in range(3000)), "a product of 3000 factors"),
        ("*".join(f"(x+{number})" for number in range(600)), "a line of this derivation would"),
        ("sin(" * 300 + "x" + ")" * 300, "the lines of this derivation would"),
    ],
)
@pytest.mark.parametrize("format", ["text", "json", "latex"])
def test_what_nobody_could_read_is_not_printed(formula: str, message: str, format: str) -> None:
    command = ("diff", formula, "--by", "x", "--detail", "full", "--format", format)
    assert message in problem(derivex(*command))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "has no data"),
        ("a,h\n", "has no data"),
        ("a,h\n1,2\n3\n", "line 3: there are 1 entries for 2 columns"),
        ("a,h\n1,2\n\n3,4,5\n", "line 4: there are 3 entries for 2 columns"),
        ("a,h\n1,two\n", "line 2, column h: “two” is not a number"),
        ("a,h\n1,\n", "line 2, column h: there is no number"),
        ("a,2\n1,2\n", "2 is not a name"),
        ("a,a\n1,2\n", "two columns are named a"),
        ("a,\n1,2\n", "column 2 has no name"),
    ],
)
def test_data_that_cannot_be_used(content: str, message: str, tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    data.write_text(content)
    assert message in problem(derivex("diff", "sum_i x a_i", "--by", "x", "--data", str(data)))


def test_columns_of_different_lengths_in_a_lesson() -> None:
    lesson = "```derivex\ndata a = 1, 2\ndata h = 1, 2, 3\n```\n"
    ended = derivex("run", "-", given=lesson)
    assert ended.status == 2
    assert ended.out == "> data a = 1, 2\n\n"  # what was worked before the mistake
    assert "line 3, column 10: a has 2 entries, but h has 3 entries" in ended.err
    assert carets(ended.err) == "1, 2, 3"


def test_an_unknown_statement_of_a_lesson() -> None:
    told = problem(derivex("run", "-", given="```derivex\ndiferentiate x^2\n```\n"))
    assert "standard input, line 2, column 1: “diferentiate” is not a statement" in told
    assert carets(told) == "diferentiate"


def test_a_rule_file_that_does_not_parse(tmp_path: Path) -> None:
    rules = tmp_path / "my.rules"
    rules.write_text('rule twice  "doubling"\n    d/dx (2 u = 2 d/dx u\n')
    told = problem(derivex("diff", "x", "--rules", str(rules)))
    assert "my.rules, line 2, column " in told
    assert carets(told)


@pytest.mark.parametrize("name", ["missing", "folder"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "{}"),
        ("rules", "{}"),
        ("diff", "x", "--rules", "{}"),
        ("diff", "x", "--data", "{}"),
        ("diff", "x", "-o", "{}/out/x.txt"),
    ],
)
def test_files_that_are_not_there(arguments: tuple[str, ...], name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    named = str(tmp_path / name)
    told = problem(derivex(*[argument.format(named) for argument in arguments]))
    assert named in told
    assert "cannot be" in told or "is a folder" in told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder"]


def usage(ended: Ended) -> str:
    assert ended.status == 2
    assert ended.out == ""
    assert "Traceback" not in ended.err
    return ended.err


def test_usage() -> None:
    assert "Missing argument" in usage(derivex("diff"))
    assert "No such command 'dif'" in usage(derivex("dif", "x"))
    assert "No such option" in usage(derivex("diff", "x", "--bye", "x"))
    assert "brief" in usage(derivex("diff", "x", "--detail", "long"))
    told = usage(derivex("diff", "x^2", "+", "1"))
    assert "Put a formula with spaces in quotes" in told
    assert "definition needs an =" in problem(derivex("diff", "x", "--let", "f"))
    assert "leads back to itself" in problem(derivex("diff", "f(x)", "--let", "f(x) = f(x)"))


@pytest.mark.parametrize(
    ("formula", "remark"),
    [
        ("log(-1) x", "log(−1) is not a real number"),
        ("sqrt(-2) x", "√(−2) is not a real number"),
        ("(-8)^(1/3) x", "(−8)^(1/3) is not a real number here"),
        ("(-1)^x", "(−1)^x is not a real number where its exponent is no whole number"),
        ("0^0 x", "0⁰ stays as it is: that it is 1 is a convention"),
    ],
)
def test_what_has_no_real_value_is_remarked_on(formula: str, remark: str) -> None:
    ended = derivex("diff", formula, "--by", "x")
    assert (ended.status, ended.err) == (0, f"note: {remark}\n")


@pytest.mark.parametrize("formula", ["(-1)^2 x", "log(2) x", "x^0", "x^(1/3)", "(-x)^3"])
def test_what_is_real_is_not_remarked_on(formula: str) -> None:
    assert derivex("diff", formula, "--by", "x").err == ""


@pytest.mark.parametrize(
    ("formula", "variable", "says"),
    [
        ("int_-1^x t dt", "x", "this bound needs brackets"),
        ("int_0^x x t dt", "t", "t is only the variable of integration"),
        ("(x^2 at x = 1) y", "x", "x is only a letter for which a value is put in"),
        ("lim_{h->0} (h y)", "h", "h is only the variable of a limit"),
        ("int(int(int(x)))", "x", "needs its variable"),
        ("int_0^1 " * 5000 + "t " + "dt " * 5000, "x", "nested too deeply"),
        ("x^2", "x+y", "is not a name"),
        ("x^2", "", "a name is expected"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_integrals_and_bound_names(formula: str, variable: str, says: str) -> None:
    ended = derivex("diff", formula, "--by", variable)
    assert (ended.status, ended.out) == (2, "")
    assert says in ended.err
    assert len(ended.err.splitlines()) <= 4


@pytest.mark.parametrize("command", ["diff", "gradient", "solve", "subgradient"])
def test_a_file_is_told_from_a_formula(command: str, tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.md"
    lesson.write_text("x^2", encoding="utf-8")
    ended = derivex(command, str(lesson))
    assert (ended.status, ended.out) == (2, "")
    assert "lesson.md is a file, where a formula is expected" in ended.err
    assert "derivex run works a lesson" in ended.err
