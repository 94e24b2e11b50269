"""The key in a terminal: what was left out is green, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

import derivex
from derivex.api.showing import show_block
from derivex.notation import TextWriter
from derivex.rendering import html
from derivex.rendering.outline import Equations, Lines, SideBySide
from derivex.rendering.sheet_document import sheet_document
from derivex.rendering.terminal import show_lines
from derivex.rulebook import shipped_book

LESSONS = Path(html.__file__).parents[2] / "worked_examples"
GREEN = "#1e8449"


def _lines(source: object, **told: str) -> list[Lines]:
    sheet = derivex.sheet(source, **told).sheet
    document = sheet_document(sheet, shipped_book().functions, key=True)
    return [item for item in document.items if isinstance(item, Lines)]


def test_what_is_filled_in_is_green() -> None:
    (rows,) = _lines("(x + 1)^2", by="x", blank="factors", level="easy")
    shown = show_lines(rows.lines, highlight=True)
    green = {shown.plain[span.start : span.end] for span in shown.spans if span.style == GREEN}
    made = derivex.sheet("(x + 1)^2", by="x", blank="factors", level="easy")
    answers = {TextWriter().write(blank.answer) for blank in made.blanks}
    assert green and all(any(run in answer for answer in answers) for run in green)
    plain = show_lines(rows.lines)
    assert not any(span.style == GREEN for span in plain.spans)


@pytest.mark.unchecked
@pytest.mark.parametrize("lesson", ["chain_rule", "subgradients", "vector_gradients"])
def test_colours_never_change_what_is_written(lesson: str) -> None:
    for item in _lines(LESSONS / f"{lesson}.md", level="middle"):
        for style in ("inline", "stacked"):
            coloured = show_lines(item.lines, style=style, highlight=True)
            assert coloured.plain == show_lines(item.lines, style=style).plain


def _green(source: object, **told: str) -> set[str]:
    sheet = derivex.sheet(source, **told).sheet
    document = sheet_document(sheet, shipped_book().functions, key=True)
    found = set()
    for item in document.items:
        if isinstance(item, Lines | Equations | SideBySide):
            plain = show_block(item, "stacked", 100, True)
            shown = show_block(item, "stacked", 100, True, highlight=True)
            assert shown.plain == plain.plain
            found |= {
                shown.plain[span.start : span.end] for span in shown.spans if span.style == GREEN
            }
    return found


def test_equations_and_reasons_are_green_too() -> None:
    assert {"2b", "−1"} <= _green("a + b = 3, a - b = 1", blank="lines", level="hard")
    assert {"3", "b"} <= _green("a + b = 3, a - b = 1", blank="results", level="hard")
    assert "using the chain rule" in _green("(x + 1)^2", by="x", blank="rules")
