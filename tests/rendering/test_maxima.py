"""What is written for Maxima means the same there: answers of the lessons, in a real Maxima.

Only where Maxima is installed; ``--marked-blanks 50`` takes every answer of every lesson.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from sympy import Float, Rational, Symbol
from sympy.core.basic import Basic

import derivex
from derivex.expression import At, Equation, Negative, Plus, postorder
from derivex.expression.lower import lower
from derivex.notation.maxima_writer import MaximaWriter
from tests.marking.rewriting import equivalents

LESSONS = sorted((Path(__file__).parents[2] / "worked_examples").glob("*.md"))
MAXIMA = shutil.which("maxima")
SECONDS = 60
_SAID = re.compile(r"^@(\d+) (.*)$", re.MULTILINE)
pytestmark = pytest.mark.skipif(MAXIMA is None, reason="Maxima is not installed")


def answers_of(lesson: Path, count: int) -> list[Basic]:
    found: list[Basic] = []
    for kind in ("results", "factors", "lines"):
        try:
            sheet = derivex.sheet(lesson, blank=kind, blanks=count).sheet
        except derivex.DerivexError:
            continue
        found += [blank.answer for blank in sheet.blanks if blank.answer is not None]
    told = [each for each in dict.fromkeys(found) if MaximaWriter().write(each) is not None]
    return [each for each in told if not any(type(node) is At for node in postorder(each))]


def said_by_maxima(*expressions: str) -> dict[int, str]:
    """What each expression comes to; nothing for one that it cannot read."""
    assert MAXIMA is not None
    lines = ["display2d: false$ linel: 10000$ ratprint: false$"]
    for number, each in enumerate(expressions):
        lines.append(f'result: errcatch({each})$ print("@{number}", result)$')
    done = subprocess.run(
        [MAXIMA, "--very-quiet"],
        input="\n".join([*lines, "quit();"]),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return {int(number): text.strip() for number, text in _SAID.findall(done.stdout)}


def as_difference(root: Basic) -> Basic:
    return Plus(root.args[0], Negative(root.args[1])) if type(root) is Equation else root


def value_here(root: Basic, point: dict[Symbol, Rational]) -> float | None:
    """The value by SymPy, an oracle of its own; None where it is no real number."""
    try:
        value = lower(as_difference(root)).doit().subs(point).evalf(12)
    except Exception:
        return None
    return float(value) if isinstance(value, Float) or value.is_Rational else None


@pytest.mark.unchecked
@pytest.mark.parametrize("lesson", LESSONS, ids=[path.stem for path in LESSONS])
def test_answers_have_the_same_value_in_maxima(
    lesson: Path, request: pytest.FixtureRequest
) -> None:
    """AlgEquiv(answer, model) of STACK is that their difference is 0."""
    random = Random(lesson.name)
    asked, wanted = [], []
    for answer in answers_of(lesson, request.config.getoption("--marked-blanks")):
        written = MaximaWriter().write(as_difference(answer))
        assert written is not None
        names = [name for name in lower(answer).free_symbols if isinstance(name, Symbol)]
        point = {name: Rational(random.randint(3, 19), 10) for name in names}
        value = value_here(answer, point)
        filled = ", ".join(f"{MaximaWriter().write(name)} = {at}" for name, at in point.items())
        asked.append(f"float(subst([{filled}], {written}))" if filled else f"float({written})")
        wanted.append(value)
        for other in equivalents(as_difference(answer), random):
            same = MaximaWriter().write(other)
            if same is not None:
                asked.append(f"ratsimp(radcan(trigexpand(({same}) - ({written}))))")
                wanted.append(0.0)
    if not asked:
        pytest.skip("nothing of it can be said in Maxima")
    found = said_by_maxima(*asked)
    assert sorted(found) == list(range(len(asked))), "Maxima stopped reading"
    for number, value in enumerate(wanted):
        said = found[number].strip("[] ")
        assert said, (asked[number], "is refused")
        if value is not None:
            assert float(Fraction(said)) == pytest.approx(value, rel=1e-6, abs=1e-9), asked[number]
