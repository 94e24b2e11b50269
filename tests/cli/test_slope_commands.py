"""--from-limit, --nudge, --tangent, --along and --claim on the command line."""

from __future__ import annotations

import json

import pytest

from tests.cli.commands import derivex


def test_a_directional_derivative() -> None:
    ended = derivex("diff", "x^2 + y^2", "--along", "3,4", "--at", "x=1,y=2")
    assert (ended.status, ended.err) == (0, "")
    assert "(3, 4) is no unit vector: the derivative along it is 5 times the slope" in ended.out
    assert "so this is not a descent direction" in ended.out
    assert "falls fastest along (−1/√5, −2/√5)" in ended.out


STATUS = [
    (("gradient", "x^2 + y^2", "--claim", "2x,2y"),                 0),
    (("gradient", "x^2 + y^2", "--claim", "2x,3y"),                 1),
    (("gradient", "x sqrt(x) + y", "--claim", "0,1", "--at", "x=0,y=0"), 3),
    (("diff", "|x|", "--by", "x", "--from-limit"),                  3),
    (("diff", "|x|", "--from-limit", "--at", "x=0"),                2),
    (("diff", "|x| + y", "--by", "x,y", "--along", "1,1", "--from-limit"), 3),
    (("diff", "x^2", "--tangent", "--at", "x=2"),                   0),
    (("diff", "x^2", "--nudge", "0.1", "--at", "x=2"),              0),
]  # fmt: skip


@pytest.mark.parametrize(("words", "status"), STATUS)
def test_exit_status(words: tuple[str, ...], status: int) -> None:
    ended = derivex(*words)
    assert ended.status == status
    assert "Traceback" not in ended.err


REFUSED = [
    (("--unit",),                                          "--unit is for a direction"),
    (("--tangent",),                                       "it is not said where"),
    (("--nudge", "0.1"),                                   "it is not said where"),
    (("--tangent", "--nudge", "0.1", "--at", "x=1"),       "--nudge and --tangent do not go together"),
    (("--tangent", "--unit", "--at", "x=1"),               "--tangent and --unit do not go together"),
    (("--nudge", "0.1", "--from-limit", "--at", "x=1"),    "--nudge and --from-limit do not go"),
    (("--along", "1", "--form", "expanded"),               "--along and --form do not go together"),
    (("--along", "1", "--assume", "x > 0"),                "--along and --assume do not go together"),
    (("--along", "0"),                                     "the direction has length 0"),
    (("--nudge", "x", "--at", "x=1"),                      "a nudge is a number other than 0"),
]  # fmt: skip


@pytest.mark.parametrize(("options", "message"), REFUSED)
def test_options_that_do_not_fit(options: tuple[str, ...], message: str) -> None:
    ended = derivex("diff", "x^2", *options)
    assert (ended.status, ended.out) == (2, "")
    assert message in ended.err


@pytest.mark.parametrize(
    "words",
    [
        ("diff", "x^2 y", "--along", "1,2", "--at", "x=1,y=1"),
        ("diff", "a^2", "--nudge", "0.001", "--at", "a=2"),
        ("diff", "x^2", "--tangent", "--at", "x=2"),
        ("gradient", "x^2 + y^2", "--claim", "2x,3y"),
        ("diff", "x^2", "--from-limit", "--step", "Δx"),
    ],
)
def test_every_format(words: tuple[str, ...]) -> None:
    stored = json.loads(derivex(*words, "--format", "json").out)
    assert stored["version"] == 1
    latex = derivex(*words, "--format", "latex").out
    assert r"\begin{align*}" in latex
    stacked = derivex(*words, "--style", "stacked", "--width", "60").out
    assert max(map(len, stacked.splitlines())) <= 72
    assert derivex(*words).out.strip()


LESSONS = [
    ("nudge x^2 at x = 2",                              "it is not said how far to nudge"),
    ("nudge x^2 by 0.1",                                "it is not said where"),
    ("tangent x^2 at x = 2",                            "“to” is expected here"),
    ("directional x^2 along 1",                         "“derivative of” is expected here"),
    ("directional derivative of x^2 at x = 1",          "it is not said along which direction"),
    ("differentiability of x^2",                        "it is not said which gradient is claimed"),
    ("differentiate x^2 from the left",                 "“the limit” is expected here"),
    ("differentiate x^2 with h",                        "“with” names the increment of a limit"),
    ("differentiate x^2 from the limit with 2x",        "column 39: 2x is not a name"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "message"), LESSONS)
def test_statements_that_lack_something(statement: str, message: str) -> None:
    ended = derivex("run", "-", given=f"```derivex\n{statement}\n```\n")
    assert ended.status == 2
    assert message in ended.err
