"""The practice page in a real Chromium: by keyboard only, and what it takes for right."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

import derivex
from derivex.equality.balls import evaluate
from derivex.equality.sampling import random_expression
from derivex.errors import DerivexError
from derivex.expression import symbol
from derivex.notation import LatexWriter, Scope, TextWriter, read_text
from derivex.rendering import html
from derivex.rendering.judged_points import EVALUATED
from derivex.rendering.sheet_html import sheet_html
from derivex.rulebook import shipped_book
from tests.rendering.chromium import browser
from tests.rendering.sheets import derivation_sheet, equation_sheet, long_sheet

BOOK = shipped_book()
PRACTICE = Path(html.__file__).parent / "practice"

# -- what is in the page ----------------------------------------------------------------------


def test_the_page_needs_nothing_else_and_says_what_it_is() -> None:
    page = sheet_html(long_sheet())
    without_programs = re.sub(r"(?s)<script>.*?</script>", "", page)
    assert not re.search(r"(?:src|href)=", without_programs)
    assert "default-src 'none'" in page
    assert "a determined reader can find out what is right" in page


def test_no_formula_of_the_key_is_in_the_page() -> None:
    sheet = derivation_sheet("x^3 cos(x)", "x", {2: "rule", 3: "line"})
    page = re.sub(r"(?s)<script>.*?</script>", "", sheet_html(sheet))
    told = json.dumps(_told(page), ensure_ascii=False)
    (rule, line) = sheet.blanks
    for written in (TextWriter().write(line.answer), LatexWriter().write(line.answer)):
        assert written not in page and written not in told
    assert "line" not in told and set(_told(page)["blanks"]["1"]) == {"choice"}
    assert rule.says in page  # one of those to choose from
    key = sheet_html(sheet, key=True)
    assert key.count('class="filled"') == 2 and "<script" not in key


def test_the_evaluator_is_the_published_one() -> None:
    """math.js 15.2.0 as npm has it, with its licences beside it."""
    digest = hashlib.sha256((PRACTICE / "math.js").read_bytes()).hexdigest()
    assert digest == "b4de1e31da7797c3daaf7b8dae3b1d8bb0a7296c9cc8590f9359ac0250f8ddd6"
    assert "Apache License" in (PRACTICE / "math.js.APACHE-2.0.txt").read_text(encoding="utf-8")
    assert "15.2.0" in (PRACTICE / "math.js.LICENSE.txt").read_text(encoding="utf-8")


def test_the_page_and_python_know_the_same_functions() -> None:
    script = (PRACTICE / "evaluator.js").read_text(encoding="utf-8")
    table = re.search(r"const FUNCTIONS = \{(.*?)\};", script, re.DOTALL)
    assert table is not None
    assert set(re.findall(r"(\w+):", table[1])) == set(EVALUATED)


# -- in the browser ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with browser(tmp_path_factory.mktemp("chromium")) as found:
        yield found


@pytest.fixture(scope="module")
def opened(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("pages")

    def open_page(page: str) -> Any:
        file = folder / f"{hashlib.sha256(page.encode()).hexdigest()}.html"
        file.write_text(page, encoding="utf-8")
        chromium.get(file.as_uri())
        return chromium

    return open_page


def _verdict(page: Any, number: int) -> str:
    return str(page.find_element("id", f"verdict-{number}").text)


def test_by_keyboard_only(opened: Any, tmp_path: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    page = opened(sheet_html(long_sheet()))
    page.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    typed = {"blank-1": "using the ch", "blank-2": "d/dy (x + y + z)", "blank-3": "1",
             "blank-4": "using the c", "blank-5": "2x+2y+2z", "student": "Ada"}  # fmt: skip
    reached = []
    for _ in range(60):
        page.switch_to.active_element.send_keys(Keys.TAB)
        field = page.switch_to.active_element
        name = field.get_attribute("id")
        reached.append(name)
        if name in typed:
            field.send_keys(typed[name])
            if field.tag_name == "input" and name != "student":
                field.send_keys(Keys.ENTER)
        elif field.get_attribute("aria-label") in ("Check blank 1", "Check blank 4"):
            field.send_keys(Keys.ENTER)
        elif name == "download":
            field.send_keys(Keys.ENTER)
            break
    assert [name for name in reached if name in typed] == list(typed)
    assert [_verdict(page, number) for number in (1, 2, 3, 5)] == ["Right."] * 4
    assert _verdict(page, 4) == "Not this one."  # "using the chain rule" is the first of these
    assert page.find_element("id", "count").text == "4 of 5 blanks are right."
    file = tmp_path / "answers.json"
    for _ in range(100):
        if file.exists():
            break
        page.execute_async_script("setTimeout(arguments[0], 50)")
    saved = json.loads(file.read_text(encoding="utf-8"))
    assert saved["student"] == "Ada"
    assert saved["answers"]["5"] == "2x+2y+2z" and list(saved["answers"]) == list("12345")
    assert page.get_log("browser") == []


KEYBOARD = [
    # equations solved, a vector gradient, names of rules: each with an answer that is not right
    ("equations", "solve a + b = 3, a - b = 1 for a, b", "results", "7"),
    ("vectors", "let X: n by d, w: d, y: n\ngradient of ||X w - y||^2 by w", "lines", "X w"),
    ("rules", "differentiate x^2 sin(x) by x", "rules", "arithmetic"),
]


@pytest.mark.unchecked
@pytest.mark.parametrize(("name", "statement", "blank", "wrong"), KEYBOARD)
def test_every_kind_of_blank_by_keyboard_only(
    opened: Any, name: str, statement: str, blank: str, wrong: str
) -> None:
    """Tab goes from blank to blank in their order; a wrong answer, a hint, then the right one."""
    from selenium.webdriver.common.keys import Keys

    source = f"# {name}\n\n```derivex\n{statement}\n```\n"
    sheet = derivex.sheet(source, blank=blank, blanks=3, level="hard").sheet
    page = opened(sheet_html(sheet))
    wanted = {f"blank-{each.number}": _key_of(each) for each in sheet.blanks}
    reached: list[str] = []
    for _ in range(20 * len(wanted)):
        page.switch_to.active_element.send_keys(Keys.TAB)
        field = page.switch_to.active_element
        number = (field.get_attribute("id") or "").removeprefix("blank-")
        if f"blank-{number}" in wanted:
            reached.append(number)
            for typed, right in ((wrong, False), (wanted[f"blank-{number}"], True)):
                if field.tag_name == "select":
                    field.send_keys(typed)
                    field.send_keys(Keys.TAB)
                    page.switch_to.active_element.send_keys(Keys.ENTER)  # Check
                    page.switch_to.active_element.send_keys(Keys.SHIFT, Keys.TAB)
                else:
                    field.send_keys(Keys.CONTROL, "a")
                    field.send_keys(typed, Keys.ENTER)
                assert (_verdict(page, int(number)) == "Right.") is right, typed
        elif field.tag_name == "summary" and not field.find_elements(
            "xpath", "../ancestor::details"
        ):
            details = field.find_element("xpath", "..")
            field.send_keys(Keys.ENTER)
            assert details.get_property("open")
            field.send_keys(Keys.ENTER)
        elif number == "download":
            break
    assert reached == [str(each.number) for each in sheet.blanks]
    assert page.get_log("browser") == []


def _key_of(blank: Any) -> str:
    return str(blank.says) if blank.answer is None else TextWriter().write(blank.answer)


JUDGED = [
    # answer, verdict on x² e^x + 2x e^x
    ("x^2 e^x + 2x e^x", "Right."),
    ("x(x+2)e^x", "Right."),
    ("exp(x) (x^2 + 2*x)", "Right."),
    ("\\left(x^2+2x\\right)e^{x}", "Right."),
    ("x² eˣ + ∂x²/∂x eˣ", "Equal to what belongs here, but there is still something to differentiate."),
    ("x^2 e^x + 2x", "This is not equal to what belongs here."),
    ("x^2 e^x +", "This cannot be read: something is missing at the end."),
    ("y", "This cannot be read: “y” is no name or function that is used here."),
    ("alert(1)", "This cannot be read"),
    ("=cmd|' /C calc'!A0", "This cannot be read"),
    ("9^9^9^9^9", "This page cannot judge this answer; your teacher can."),
    ("(" * 300, "This cannot be read: this is nested too deeply."),
    ("x" * 1999, "This"),
    ("constructor", "This cannot be read"),
    ("__proto__", "This cannot be read"),
    ("</script><b>", "This cannot be read"),
]  # fmt: skip


@pytest.fixture(scope="module")
def product(opened: Any) -> Any:
    return sheet_html(derivation_sheet("x^2 e^x", "x", {2: "line"}, form="no derivative"))


def test_what_is_taken_for_right(opened: Any, product: str) -> None:
    page = opened(product)
    field = page.find_element("id", "blank-1")
    for answer, said in JUDGED:
        page.execute_script(
            "arguments[0].value = arguments[1]; arguments[0].form.requestSubmit()", field, answer
        )
        assert _verdict(page, 1).startswith(said), (answer, _verdict(page, 1))
        right = said == "Right."
        assert field.get_attribute("aria-invalid") == str(
            said.startswith(("This cannot be", "This is not"))
        ).lower() or not right  # fmt: skip


def test_a_row_that_is_an_equation_may_be_turned_round(opened: Any) -> None:
    from dataclasses import replace

    from derivex.expression import Gap, integer

    sheet = equation_sheet()
    (exercise,) = sheet.exercises
    (first, row), second = exercise.columns
    whole = replace(row, shown=Gap(integer(1)))
    blanks = (replace(sheet.blanks[0], answer=row.expression), sheet.blanks[1])
    changed = replace(exercise, columns=((first, whole), second))
    page = opened(sheet_html(replace(sheet, items=(changed,), blanks=blanks)))
    field = page.find_element("id", "blank-1")
    for answer, said in [
        ("a = (b-1)/6", "Right."),
        ("(b-1)/6 = a", "Right."),
        ("6a = b - 1", "This has the same solutions"),
        ("b - 1 - 6a = 0", "This has the same solutions"),
        ("a = b/6", "This is not the equation that belongs here"),
        ("(b-1)/6", "This is not equal"),
        ("0 = 0", "This is not the equation that belongs here"),
    ]:
        page.execute_script(
            "arguments[0].value = arguments[1]; arguments[0].form.requestSubmit()", field, answer
        )
        assert _verdict(page, 1).startswith(said), answer


_ALL = """
const verdicts = {};
for (const [number, answer] of Object.entries(arguments[0])) {
  const field = document.getElementById(`blank-${number}`);
  field.value = answer;
  field.form.requestSubmit();
  verdicts[number] = document.getElementById(`verdict-${number}`).textContent;
}
return verdicts;
"""
LESSONS = sorted((Path(html.__file__).parents[2] / "worked_examples").glob("*.md"))


@pytest.mark.unchecked
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_the_key_of_every_lesson_is_right_and_a_damaged_one_never(
    opened: Any, lesson: Path
) -> None:
    sheet = derivex.sheet(lesson).sheet
    page = opened(sheet_html(sheet))
    writers = TextWriter(), TextWriter(unicode=False)
    for writer in writers:
        answers = {
            blank.number: blank.says if blank.answer is None else writer.write(blank.answer)
            for blank in sheet.blanks
        }
        found = page.execute_script(_ALL, answers)
        for number, verdict in found.items():
            assert verdict == "Right.", (answers[int(number)], verdict)
    damaged = {
        blank.number: "by magic" if blank.answer is None else f"({answers[blank.number]}) + 1"
        for blank in sheet.blanks
    }
    assert "Right." not in page.execute_script(_ALL, damaged).values()


LEAST_SQUARES = {"let": "X: n by d, theta: d, y: n", "by": "theta"}
# what the sheet is of, the number of the blank, and what is said to answers
WITHOUT_NUMBERS = [
    (
        ("||X theta - y||^2", LEAST_SQUARES), "2Xᵀ(Xθ − y)",
        {
            "2 X^T (X theta - y)": "Right.",
            "2X^T X theta - 2X^T y": "Right.",
            "(X^T X + X^T X) theta - 2 X^T y": "Right.",
            "2(Xθ − y)ᵀX": "Right.",  # a row
            "2 X (X theta - y)": "This page cannot judge this answer: the shapes",
            "2X^T (X theta + y)": "This is not equal",
            "X^T (X theta - y)": "This is not equal",
            "0": "This is not equal",
            "∇_θ ‖Xθ − y‖²": "Equal to what belongs here, but there is still something to diff",
        },
    ),
    (
        ("max(0, 1 - x)", {"subgradient": "x"}), None,
        {
            "if x < 1 then {-1} else if x = 1 then [-1, 0] else {0}": "Right.",
            "if 1 - x > 0 then set(-1) else if x = 1 then interval(-1, 0) else set(0)": "Right.",
            "if x < 1 then {-1} else if x = 1 then [-1, 1] else {0}": "This is not equal",
            "if x < 1 then {-1} else {0}": "This is not equal",
            "if x <= 1 then {-1} else {0}": "This is not equal",
            "-1": "This is not equal",
        },
    ),
    (
        ("x^2 + y^2 = 25", {"implicit": "y by x"}), "2y · dy/dx = −2x",
        {
            "2y dy/dx = -2x": "Right.",
            "-2x = 2y dy/dx": "Right.",
            "y dy/dx = -x": "This has the same solutions",
            "2y dy/dx = 2x": "This is not the equation that belongs here",
            "dy/dx = -x/y": "This is not the equation that belongs here",
        },
    ),
    (
        ("x^2", {"limit": "x"}), "lim_{h→0} (2xh + h²)/h",
        {
            "lim_{h->0} (2xh + h^2)/h": "Right.",
            "lim_{h→0} (h² + 2x h)/h": "Right.",
            "lim_{h->0} (x^2 + 2xh + h^2 - x^2)/h": "Equal to what belongs here, but",
            "lim_{h->0} (2xh - h^2)/(2h)": "This is not equal",
        },
    ),
]  # fmt: skip


def _sheet_of(source: str, told: dict[str, str]) -> Any:
    statement = f"gradient of {source} by {told.get('by', '')}"
    if "subgradient" in told:
        statement = f"subgradient of {source} by {told['subgradient']}"
    elif "implicit" in told:
        statement = f"implicit {source} of {told['implicit']}"
    elif "limit" in told:
        statement = f"differentiate {source} by {told['limit']} from the limit with h"
    let = f"let {told['let']}\n" if "let" in told else ""
    return derivex.sheet(f"# A page\n\n```derivex\n{let}{statement}\n```\n", blank="lines").sheet


@pytest.mark.unchecked
@pytest.mark.parametrize(("source", "answer", "said"), WITHOUT_NUMBERS, ids=lambda each: str(each))
def test_vectors_sets_slopes_and_limits(
    opened: Any, source: tuple[str, dict[str, str]], answer: str | None, said: dict[str, str]
) -> None:
    """What is no number is judged, too: by entries, by members, by what stands for a slope."""
    from dataclasses import replace

    from derivex.expression import Gap, integer
    from derivex.sheets import Blank, BlankKind

    sheet = _sheet_of(*source)
    exercise = sheet.exercises[0]
    write = TextWriter().write
    rows = list(exercise.rows)
    before, row = next(
        (above, row)
        for above, row in pairwise(rows)
        if answer in (None, write(row.expression)) and (answer or row is rows[-1])
    )
    plain = [replace(each, shown=each.expression, says_blank=None) for each in rows]
    plain[rows.index(row)] = replace(row, shown=Gap(integer(1)), says_blank=None)
    old = (before.expression.args[0],) if "limit" in source[1] else ()
    blank = Blank(1, BlankKind.LINE, row.expression, form="any", removed=old)
    items = (replace(exercise, columns=(tuple(plain),)),)
    page = opened(sheet_html(replace(sheet, items=items, blanks=(blank,))))
    for typed, wanted in said.items():
        (verdict,) = page.execute_script(_ALL, {1: typed}).values()
        assert verdict.startswith(wanted), (typed, verdict)


# -- the reader of the page, held to that of derivex --------------------------------------------

VALUES = {"x": 1.3125, "y": 0.71875, "theta": 0.4375, "theta_0": 2.25, "x_1": 0.8125, "ab": 3.0}
COLUMNS = {"a": [1.5, 2.25, 0.5], "h": [0.75, 3.0, 1.25]}
READ = """
1/2x   x/2y   2x sin x cos x   sin 2x y + 1   sin x^2   sin^2 x   sin^2(x) y   -x^2   2^3^2   e^-x
e^2x   e^(-x^2)   ln 2x   x(x+1)   sin x/2   sin x * y   √x y   √2x   √(x+1)y   sqrt 2 x   |x|x
x sin(x)cos(x)   log_2(x)   x!   1/sin x   2 sin x / cos x   sin x sin y   sin(x)^2   sin(x) x
x^2y   x^(1/2)   exp x^2   x² y³   x**2*y   2·x·y   -2x   --x   +x   x - -y   x*-y   2(x+y)(x-y)
(x+y)^2/(x-3)   x/y/2   x/(y 2)   x y/2 x   sin(x)cos(x)   cos -x   tan x^2 y   θ   θ₀ θ   theta_0^2
x_1 x   ab x   xy   2xy   xsin(x)   xsinx   sin cos x   sin(cos(x))   ln(x)^2   ln x^2   e^x e^y
e^x^2   x^-1   x^-2y   x^2^-1   |x - 3||y|   |x|^2   2|x|   sqrt(x)sqrt(y)   x√y   π x   pi x
2^x   10^2 x   .5x   0.25 x   1.5e-3 x   2e   e   max(x, y, 2)   min(x,y)   atan2(y, x)   arctan x
d/dx x^2 y   d/dx (x^2) y   ∂x²/∂x   ∂(x + y)²/∂(x + y)   ∂(x + y)²/∂(x + y) · ∂(x + y)/∂y
∂sin(x)/∂x · x   d(x^2 y)/dx   ∂²x³/∂x²   d/dx x + 1   2 d/dx x^3   ∂/∂x (x y)   -∂x/∂x
sum_i a_i   Σ_i a_i h_i + 1   sum_i (x a_i + y - h_i)^2   sum(a[i], i = 1..3)   a_1 + a[2] h_3
sum_{i=1}^3 a_i x   Σᵢ aᵢ²   mean(a h)   mean(a) mean(h)   n x
[x + 1] y   {x}   x ÷ y   x × y   sin(x)!   x + (y   x + y)   x +   * x   x ^   3 4   x 3   sin   ()
sin   x$   $x$   |x||y||x|   x#y   (x]   2 3x   x..y   sinh x   cosh(x)^2   sec x   asin(x/2)   erf x   floor(x)
softplus(x)   sigmoid(x)   relu(x) + relu(-x)   cot x   csc(x)   acot x   sign(x)   exp(-x)
"""


def _known() -> Scope:
    scope = Scope(functions=BOOK.functions).declare(*VALUES, "n").with_data(*COLUMNS)
    return scope


def _by_derivex(text: str) -> float | str | None:
    """The value of a text; "refused" where it cannot be read, None where it has no value."""
    point: dict[Any, Any] = {symbol(name): Fraction(value) for name, value in VALUES.items()}
    point |= {symbol(name): [Fraction(v) for v in values] for name, values in COLUMNS.items()}
    point[symbol("n")] = Fraction(3)
    try:
        tree = read_text(text, _known()).expression
    except DerivexError:
        return "refused"
    try:
        return float(evaluate(tree, point, BOOK.functions, 3, real=True).real.mid())
    except DerivexError:
        return None


_VALUE = """
const [texts, told, point] = arguments;
const definitions = {};
for (const [name, {parameters, body}] of Object.entries(told.definitions)) {
  const names = [...told.names, ...parameters];
  try {
    definitions[name] = {parameters, body: DerivexReader.read(body, new DerivexReader.Known({...told, names}))};
  } catch (error) { if (!(error instanceof DerivexReader.ReadError)) throw error; }
}
return texts.map((text) => {
  let tree;
  try { tree = DerivexReader.read(text, new DerivexReader.Known(told)); }
  catch (error) { if (error instanceof DerivexReader.ReadError) return "refused"; throw error; }
  try { return DerivexValues.valueOf(tree, point, definitions); }
  catch (error) { if (error instanceof DerivexValues.NoValueError) return null; throw error; }
});
"""


def _told(page: str) -> dict[str, Any]:
    from base64 import b64decode

    found = re.search(r'id="judged-with">([^<]*)<', page)
    assert found is not None
    told: dict[str, Any] = json.loads(b64decode(found[1]))
    return told


def _by_page(page: Any, product: str, texts: list[str]) -> list[Any]:
    told = _told(product) | {"names": [*VALUES, "n"], "indexed": list(COLUMNS)}
    point = {"values": VALUES | {"n": 3}, "columns": COLUMNS, "count": 3}
    found: list[Any] = page.execute_script(_VALUE, texts, told, point)
    return found


def _same(text: str, ours: Any, theirs: Any) -> bool:
    if isinstance(ours, float) and isinstance(theirs, (int, float)):
        return math.isclose(ours, theirs, rel_tol=1e-7, abs_tol=1e-9)
    return ours == theirs


def test_the_page_reads_as_derivex_reads(opened: Any, product: str) -> None:
    page = opened(product)
    texts = [text for text in re.split(r"\s{3,}|\n", READ) if text.strip()]
    found = _by_page(page, product, texts)
    different = [
        (text, ours, theirs)
        for text, theirs in zip(texts, found, strict=True)
        if not _same(text, ours := _by_derivex(text), theirs)
    ]
    assert not different, different


def test_the_page_reads_what_derivex_writes(opened: Any, product: str) -> None:
    page = opened(product)
    random = Random(5)
    writers = TextWriter(), TextWriter(unicode=False)
    letters = [symbol("x"), symbol("y"), symbol("theta_0")]
    trees = [random_expression(random, letters, 4) for _ in range(150)]
    texts = [writers[place % 2].write(tree) for place, tree in enumerate(trees)]
    for formula in ("x^2 sin(x)/(1+x^2)", "ln(x^2 + 1)^3", "e^(x cos(x))", "sqrt(x + y^2) x^y"):
        texts += [
            writers[0].write(line.expression) for line in derivex.diff(formula, by="x").lines()
        ]
    found = _by_page(page, product, texts)
    different = [
        (text, ours, theirs)
        for text, theirs in zip(texts, found, strict=True)
        if not _same(text, ours := _by_derivex(text), theirs)
    ]
    assert not different, different
