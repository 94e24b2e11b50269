"""``plot`` in a lesson: the picture, and what becomes of it on every kind of page."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64decode
from pathlib import Path

import pytest

import derivex
from derivex.cli.main import main
from derivex.errors import DerivexError
from derivex.lessons import Drawing
from derivex.plots import Picture
from derivex.plots.picture import Arrows, Contours, Curve, Mark, Points, Surface
from derivex.plots.picture import Path as Walked

LESSON = """# A bowl

```derivex
let f(x, y) = x^2 + 3y^2 - x y
plot f within -2 <= x <= 2, -1 <= y <= 1 with gradient and surface
descend f from x = 1, y = 1 with rate 0.2 for 5 steps
plot result
```
"""


def command(*arguments: str) -> object:
    """The exit status of a command."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return ended.value.code


def picture(program: str) -> Picture:
    (*_, last) = derivex.run(f"```derivex\n{program}\n```\n").outcomes
    (drawing,) = last.results
    assert isinstance(drawing, Drawing)
    return drawing.picture


def kinds(found: Picture) -> list[type]:
    return [type(thing) for panel in found.panels for thing in panel.things]


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("plot x^2", [Curve]),
        ("plot x^2 - y^2", [Contours]),
        ("plot x^2 - y^2 with surface", [Contours, Surface]),
        ("plot x^2 - y^2 with gradient, surface", [Contours, Arrows, Surface]),
        ("let f(x) = x^2 + c\nplot f at c = 2", [Curve]),
        ("plot c x^2 by x at c = 3 within 0 <= x < 1", [Curve]),
        ("descend x^2 + y^2 from x = 1, y = 1 with rate 0.1 for 2 steps\nplot result",
         [Contours, Walked]),
        ("tangent to x^2 at x = 1\nplot result", [Curve, Curve, Points]),
        ("solve gradient of x^2 + y^2 = 0 for x, y\nexpect x = 0\nplot result",
         [Contours, Points]),
        ("let loss(s, b) = sum_i (s a_i + b - h_i)^2\ndata a = 0, 1, 2\ndata h = 1, 2, 4\n"
         "plot loss with gradient", [Contours, Arrows]),
        ("solve x^2 - 2x = 0 for x\nlet g(t) = x t\nsolve 2a = 6 for a\nplot a t^2", [Curve]),
    ],
)  # fmt: skip
def test_what_is_drawn(program: str, expected: list[type]) -> None:
    assert kinds(picture(program)) == expected


def test_the_ranges_are_those_that_are_said() -> None:
    panel = picture("plot x y within 2 >= x >= -1, 0 < y and y < pi").panels[0]
    assert (panel.x.low, panel.x.high) == (-1, 2)
    assert (panel.y.low, panel.y.high) == (0, pytest.approx(3.14159265))


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("plot result", "no picture of what came before"),
        ("let f(x) = x^2\nplot result", "no picture of what came before"),
        ("plot x y z", "one or two variables"),
        ("plot x^2 within x <= 2", "the range of x has no beginning"),
        ("plot x^2 within 3 <= x <= 2", "the range of x has no beginning"),
        ("plot x^2 within a <= x <= 2", "between two numbers"),
        ("plot x^2 within x = 2", "between two numbers"),
        ("plot x^2 with colours", "nothing that can be drawn"),
        ("plot x^2 with surface", "two variables"),
        ("plot a x^2 by x", "a has no value"),
        ("plot sqrt(-1 - x^2)", "no value in what is to be drawn"),
        ("plot by x", "not said what to draw"),
    ],
)
def test_what_cannot_be_drawn_is_said_with_its_place(program: str, message: str) -> None:
    with pytest.raises(DerivexError, match=message) as caught:
        picture(program)
    assert caught.value.place is not None


def test_a_stored_lesson_has_its_pictures() -> None:
    run = derivex.run(LESSON)
    loaded = derivex.load(run.to_json())
    assert loaded == run
    assert loaded.to_text() == run.to_text()
    loaded.replay()


def test_a_page_holds_its_pictures() -> None:
    pytest.importorskip("matplotlib")
    page = derivex.run(LESSON).to_html()
    images = re.findall(r'<img alt="([^"]+)" src="data:image/svg\+xml;base64,([^"]+)">', page)
    assert [alt for alt, _ in images] == [
        "f(x, y), its gradient field; x from −2 to 2, y from −1 to 1",
        "f(x, y), gradient descent, rate 0.2; x from −0.17 to 1.3, y from −0.35 to 1.35",
    ]
    assert all(b64decode(content).startswith(b"<?xml") for _, content in images)


@pytest.mark.parametrize(
    ("name", "beside", "refers"),
    [("bowl.md", "svg", r"!\[.*\]\(bowl-1.svg\)"), ("bowl.tex", "pdf", r"\{bowl-2.pdf\}")],
)
def test_files_refer_to_pictures_beside_them(
    tmp_path: Path, name: str, beside: str, refers: str
) -> None:
    pytest.importorskip("matplotlib")
    lesson = tmp_path / "lesson.md"
    lesson.write_text(LESSON, encoding="utf-8")
    assert command("run", str(lesson), "-o", str(tmp_path / name)) == 0
    written = (tmp_path / name).read_text(encoding="utf-8")
    assert re.search(refers, written)
    files = sorted(each.name for each in tmp_path.glob(f"*.{beside}"))
    assert files == [f"bowl-1.{beside}", f"bowl-2.{beside}"]


def test_without_files_pictures_are_made_of_characters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lesson = tmp_path / "lesson.md"
    lesson.write_text(LESSON, encoding="utf-8")
    for format in ("text", "markdown", "latex"):
        assert command("run", str(lesson), "--format", format, "--width", "60") == 0
        assert "gradient" in capsys.readouterr().out
    assert not list(tmp_path.glob("*.svg"))


def test_without_matplotlib_a_page_has_them_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    page = derivex.run(LESSON).to_html()
    assert page.count('<pre class="picture">') == 2
    assert "<img" not in page


def test_a_notebook_shows_them(tmp_path: Path) -> None:
    pytest.importorskip("nbformat")
    lesson, notebook = tmp_path / "lesson.md", tmp_path / "bowl.ipynb"
    lesson.write_text(LESSON, encoding="utf-8")
    assert command("run", str(lesson), "-o", str(notebook)) == 0
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    shown = [output["data"] for cell in cells for output in cell.get("outputs", [])]
    assert sum("data:image/svg+xml" in data["text/html"] for data in shown) == 2


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no pdflatex")
def test_a_pdf_has_them(tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.md"
    lesson.write_text("```derivex\nplot x^2\n```\n", encoding="utf-8")
    assert command("run", str(lesson), "-o", str(tmp_path / "bowl.pdf")) == 0
    assert (tmp_path / "bowl.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("expression", "marks"),
    [
        ("x^3 - 3x + y^2", {"minimum": (Mark.DOWN, [(1, 0)]), "saddle": (Mark.CROSS, [(-1, 0)])}),
        ("x^2 - y^2", {"saddle": (Mark.CROSS, [(0, 0)])}),
        ("4 - x^2 - 2(y - 1)^2", {"maximum": (Mark.UP, [(0, 1)])}),
        ("x^3 - 3x", {"minimum": (Mark.DOWN, [(1, -2)]), "maximum": (Mark.UP, [(-1, 2)])}),
    ],
)
def test_stationary_points_are_marked_as_what_they_are(
    expression: str, marks: dict[str, tuple[Mark, list[tuple[float, float]]]]
) -> None:
    (found,) = derivex.plot(expression, stationary=True).pictures
    (panel,) = found.panels
    points = [thing for thing in panel.things if isinstance(thing, Points)]
    told = {each.label: (each.mark, list(zip(each.x, each.y, strict=True))) for each in points}
    assert told == marks
    for each in points:
        assert all(panel.x.low < x < panel.x.high for x in each.x)
        assert all(panel.y.low < y < panel.y.high for y in each.y)


def test_all_nine_points_of_himmelblau_are_there() -> None:
    (found,) = derivex.plot("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", stationary=True).pictures
    points = [thing for thing in found.panels[0].things if isinstance(thing, Points)]
    assert {each.label: len(each.x) for each in points} == {
        "minimum": 4,
        "maximum": 1,
        "saddle": 4,
    }
    assert sorted(name for each in points for name in each.names) == [f"P{k}" for k in range(1, 10)]


def test_a_whole_line_of_minima_is_a_line() -> None:
    (found,) = derivex.plot("(x - y)^2", stationary=True).pictures
    (line,) = [thing for thing in found.panels[0].things if isinstance(thing, Curve)]
    assert line.label == "minima"
    assert line.x == pytest.approx(line.y)
