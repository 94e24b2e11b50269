"""What is in the pictures: lines that touch, sets at kinks, paths, models on data."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path as File

import numpy as np
import pytest
from numpy.typing import NDArray

import derivex
from derivex import api
from derivex.errors import ProblemError
from derivex.expression import symbol
from derivex.plots import Picture, as_characters, drawn
from derivex.plots.fits import model_of
from derivex.plots.picture import Arrows, Contours, Curve, Line, Path, Points, Surface, Thing

BABY = """```derivex
let f(a) = s a + b
let loss(s, b) = 1/2 sum_i (f(a_i) - h_i)^2
data a = 0, 2, 4
data h = 30, 40, 50
descend loss from s = 1, b = 0 with rate 0.01 for 5 steps
```
"""


def things(picture: Picture, kind: type[Thing]) -> list[Thing]:
    return [thing for panel in picture.panels for thing in panel.things if isinstance(thing, kind)]


def curves(picture: Picture, line: Line) -> list[Curve]:
    found = things(picture, Curve)
    return [each for each in found if isinstance(each, Curve) and each.line is line]


def slope(curve: Curve) -> float:
    x: NDArray[np.float64] = curve.x
    return float((curve.y[-1] - curve.y[0]) / (x[-1] - x[0]))


def test_the_tangent_touches_and_the_secant_cuts() -> None:
    (picture,) = derivex.plot("x^2", at="x = 2", nudge="1").pictures
    (tangent,) = curves(picture, Line.DASHED)
    (secant,) = curves(picture, Line.DOTTED)
    assert slope(tangent) == pytest.approx(4)
    assert slope(secant) == pytest.approx(5)
    at_two = tangent.y[0] + slope(tangent) * (2 - tangent.x[0])
    assert at_two == pytest.approx(4)


@pytest.mark.parametrize(
    ("expression", "kinks"),
    [
        ("|x|", {0.0: (-1, 1)}),
        ("max(x, 0)", {0.0: (0, 1)}),
        ("|2x - 1| + x^2", {0.5: (-1, 3)}),
        ("|x - 1| + 2 max(x, -1/2)", {-0.5: (-1, 1), 1.0: (1, 3)}),
        ("max(x, -x, 2x - 1)", {0.0: (-1, 1), 1.0: (1, 2)}),
    ],
)
def test_subgradients_are_strokes_at_the_kinks(
    expression: str, kinks: dict[float, tuple[float, float]]
) -> None:
    (picture,) = derivex.plot(expression, subgradient=True).pictures
    strokes = curves(picture, Line.THICK)
    found = {float(each.x[0]): (float(each.y[0]), float(each.y[1])) for each in strokes}
    assert list(found) == pytest.approx(list(kinks))
    for ends, expected in zip(found.values(), kinks.values(), strict=True):
        assert ends == pytest.approx(expected, abs=1e-6)


def test_the_field_of_a_gradient_points_along_it() -> None:
    (picture,) = derivex.plot("2x^2 + y^2 + 3x y + 4", gradient=True).pictures
    (arrows,) = things(picture, Arrows)
    assert isinstance(arrows, Arrows)
    along = 4 * arrows.x + 3 * arrows.y
    up = 2 * arrows.y + 3 * arrows.x
    assert np.allclose(along * arrows.up, up * arrows.along, atol=1e-9)
    assert (along * arrows.along + up * arrows.up >= 0).all()
    assert not things(picture, Surface)


def test_a_surface_stands_beside_the_contours() -> None:
    (picture,) = derivex.plot("x^2 - y^2", surface=True).pictures
    (contours,), (surface,) = things(picture, Contours), things(picture, Surface)
    assert isinstance(contours, Contours)
    assert isinstance(surface, Surface)
    assert np.array_equal(contours.values, surface.values)
    assert contours.values[0, 0] == pytest.approx(0)
    assert picture.panels[1].z is not None


def test_a_descent_is_a_path_from_its_start() -> None:
    path = {"start": "a = 3, b = 1", "rate": "0.1", "steps": 4}
    (picture,) = derivex.plot("a^2 + 2b^2", descent=path).pictures
    (found,) = things(picture, Path)
    assert isinstance(found, Path)
    assert found.x == pytest.approx([3 * 0.8**k for k in range(5)])
    assert found.y == pytest.approx([0.6**k for k in range(5)])
    assert found.height == pytest.approx(found.x**2 + 2 * found.y**2)
    panel = picture.panels[0]
    assert panel.x.low < 3 * 0.8**4 and panel.x.high > 3


def test_a_descent_on_one_variable_stands_on_the_graph() -> None:
    (picture,) = derivex.plot(
        "x^2", descent={"start": "x = 1", "rate": "0.25", "steps": 2}
    ).pictures
    (found,) = things(picture, Path)
    assert isinstance(found, Path)
    assert list(found.x) == pytest.approx([1, 0.5, 0.25])
    assert list(found.y) == pytest.approx([1, 0.25, 0.0625])


@pytest.mark.parametrize(
    ("loss", "model"),
    [
        ("1/2 sum_i (s a_i + b - h_i)^2", "sa + b"),
        ("sum_i (h_i - s a_i - b)^2", "sa + b"),
        ("1/n sum_i (w a_i^2 + b - h_i)^2", "wa² + b"),
        ("mean((s a + b - h)^2)", "sa + b"),
        ("mean((s a + c z - h)^2)", None),
        ("sum_i (s a_i - b)^2", None),
        ("sum_i (s a_i + c z_i - h_i)^2", None),
        ("s^2 + b^2", None),
    ],
)
def test_the_model_is_found_in_the_residual(loss: str, model: str | None) -> None:
    from derivex.notation import Scope, TextWriter, read_text
    from derivex.rulebook import shipped_book

    expression = read_text(loss, Scope(functions=shipped_book().functions)).expression
    found = model_of(expression, [symbol(name) for name in "azh"])
    assert (found and TextWriter().write(found.expression)) == model


def test_a_lesson_shows_the_path_and_the_line_on_the_data(tmp_path: File) -> None:
    found = api.plot_lesson(BABY)
    (picture,) = found.pictures
    contours, data = picture.panels
    assert [type(thing).__name__ for thing in contours.things] == ["Contours", "Path"]
    lines = [thing for thing in data.things if isinstance(thing, Curve)]
    assert len(lines) == 6
    first = lines[0]  # h = 1 a + 0
    assert first.y == pytest.approx(first.x)
    points = [thing for thing in data.things if isinstance(thing, Points)]
    assert list(points[0].y) == [30, 40, 50]
    (saved,) = found.save(tmp_path / "moving.gif")
    assert saved.read_bytes().startswith(b"GIF89a")
    from PIL import Image

    with Image.open(saved) as moving:
        assert moving.n_frames == 6  # type: ignore[attr-defined]


def test_every_descent_that_can_be_drawn_moves() -> None:
    for function, start, panels in (("x^2", "x=1", 1), ("x^2 + y^2", "x=1,y=1", 2)):
        options = {"start": start, "rate": "0.2", "steps": 5}
        found = derivex.plot(function, descent=options, surface=panels == 2)
        assert found.moving is not None
        frames = found.moving()
        paths = [
            [thing for panel in frame.panels for thing in panel.things if isinstance(thing, Path)]
            for frame in frames
        ]
        assert [{len(path.x) for path in each} for each in paths] == [{n} for n in range(1, 7)]
        assert all(len(each) == panels for each in paths)
        assert frames[1].title.startswith("step 1: x = 0.6")


def test_the_longest_descent_of_a_lesson_moves() -> None:
    steps = "descend f from x = 1 with rate 0.2 for {} steps\n"
    lines = "".join(steps.format(count) for count in (2, 7, 3))
    found = api.plot_lesson(f"```derivex\nlet f(x) = x^2\n{lines}```\n")
    assert found.moving is not None
    assert len(found.moving()) == 8


def test_the_same_picture_is_the_same_file_in_every_process(tmp_path: File) -> None:
    (picture,) = derivex.plot("x^2 y", surface=True, gradient=True).pictures
    script = (
        "import derivex, sys; p = derivex.plot('x^2 y', surface=True, gradient=True);"
        "[p.save(sys.argv[1] + '.' + f) for f in ('svg', 'png', 'pdf')]"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "other")], check=True)
    for format in ("svg", "png", "pdf"):
        assert (tmp_path / f"other.{format}").read_bytes() == drawn(picture, format)


def test_settings_of_the_user_change_nothing() -> None:
    import matplotlib

    (picture,) = derivex.plot("x^2").pictures
    usual = drawn(picture, "svg")
    with matplotlib.rc_context({"lines.linewidth": 9, "font.size": 30, "svg.hashsalt": None}):
        assert drawn(picture, "svg") == usual
        assert matplotlib.rcParams["font.size"] == 30


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("width", [30, 60, 200])
def test_text_keeps_to_its_width(width: int, unicode: bool) -> None:
    (picture,) = derivex.plot("a^2 + b^2", descent={"start": "a=1,b=2", "rate": "0.1"}).pictures
    text = as_characters(picture, width, unicode)
    drawing = [line for line in text.splitlines() if "┤" in line or "|" in line or "│" in line]
    assert max(map(len, drawing)) <= width


GRAPH = """\
|x|
|x|
 4┤⢦⡀                        ⢀⡴
  │ ⠙⢦⡀                    ⢀⡴⠋
  │   ⠙⢦⡀                ⢀⡴⠋
 2┤     ⠙⢆⡀             ⡴⠋
  │       ⠳⢄          ⡠⠎
  │        ⠈⠳⣄      ⣠⠞⠁
  │          ⠈⠳⣄  ⣠⠞⠁
 0┤            ⠈⠳⠞⠁
  └────────────────────────────
   −4    −2      0      2     4
                              x
  ⠒  |x|
"""


def test_a_graph_as_text() -> None:
    assert derivex.plot("|x|").to_text(width=32) == GRAPH


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"expression": "x y z"}, "one or two variables"),
        ({"expression": "a x^2", "by": "x"}, "a has no value"),
        ({"expression": "3"}, "no variable"),
        ({"expression": "x^2", "ranges": "x = 2..1"}, "runs from 2 to 1"),
        ({"expression": "x^2", "ranges": "x from 1 to 2"}, "is no range"),
        ({"expression": "x^2", "gradient": True, "subgradient": True}, "one of these"),
        ({"expression": "x^2", "tangent": True}, "not said where"),
        ({"expression": "x^2", "surface": True}, "two variables"),
        ({"expression": "sqrt(-1 - x^2)"}, "no value"),
    ],
)
def test_what_cannot_be_drawn_is_said(asked: dict[str, object], message: str) -> None:
    with pytest.raises(ProblemError, match=message):
        derivex.plot(**asked)  # type: ignore[arg-type]


def test_a_kind_of_file_that_is_none(tmp_path: File) -> None:
    found = derivex.plot("x^2")
    with pytest.raises(ProblemError, match=r"\.jpg"):
        found.save(tmp_path / "picture.jpg")
    with pytest.raises(ProblemError, match="nothing moves"):
        found.save(tmp_path / "picture.gif")
    with pytest.raises(ProblemError, match="nothing to draw"):
        api.plot_lesson("```derivex\nevaluate 1 + 1\n```\n")


def test_in_a_notebook_it_shows_itself() -> None:
    bundle = derivex.plot("x^2")._repr_mimebundle_()
    assert bundle["image/svg+xml"].startswith("<?xml")
    assert bundle["text/plain"].startswith("x²")
