"""Pictures in JSON: what is in them, as numbers, so that they can be drawn without the data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from derivex.lessons import Drawing
from derivex.plots.picture import (
    Arrows,
    Axis,
    Contours,
    Curve,
    Line,
    Mark,
    Panel,
    Path,
    Picture,
    Points,
    Surface,
)
from derivex.storage.codec import (
    NUMBER,
    TEXT,
    TEXTS,
    TRUTH,
    Choice,
    Codec,
    Definitions,
    Many,
    Optional,
    Reading,
    Writing,
)
from derivex.storage.entry_error import EntryError, short
from derivex.storage.record import Field, OneOf, Record, stored

__all__ = ["DRAWING"]


class _Float(Codec):
    """A floating-point number."""

    def write(self, value: Any, to: Writing) -> Any:
        return float(value)

    def read(self, stored: Any, source: Reading) -> Any:
        if isinstance(stored, bool) or not isinstance(stored, (int, float)):
            raise EntryError(f"{short(stored)} is no number")
        return float(stored)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"type": "number"}


class _Floats(Codec):
    """An array of numbers, null where there is none; with two dimensions, row by row."""

    def __init__(self, dimensions: int = 1):
        self._dimensions = dimensions

    def write(self, value: Any, to: Writing) -> Any:
        return _written(value.tolist())

    def read(self, stored: Any, source: Reading) -> Any:
        import numpy as np  # which takes a while, and few results hold pictures

        rows = stored if self._dimensions > 1 else [stored]
        if not isinstance(rows, list) or not all(map(_is_row, rows)):
            raise EntryError(f"{short(stored)} is no array of numbers")
        if len({len(row) for row in rows}) > 1:
            raise EntryError("its rows have different lengths")
        return np.array(_with_gaps(stored), dtype=np.float64)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        row = {"type": "array", "items": {"type": ["number", "null"]}}
        return row if self._dimensions == 1 else {"type": "array", "items": row}


def _written(value: Any) -> Any:
    if isinstance(value, list):
        return [_written(each) for each in value]
    return value if math.isfinite(value) else None


def _with_gaps(stored: Any) -> Any:
    if isinstance(stored, list):
        return [_with_gaps(each) for each in stored]
    return math.nan if stored is None else stored


def _is_row(stored: Any) -> bool:
    return isinstance(stored, list) and all(
        each is None or (isinstance(each, (int, float)) and not isinstance(each, bool))
        for each in stored
    )


_FLOAT, _ROW, _GRID = _Float(), _Floats(), _Floats(2)

_AXIS = Record(
    "axis",
    Axis,
    "An axis.",
    {
        "label": stored(TEXT, "label", "What is measured along it."),
        "low": stored(_FLOAT, "low", "Where it begins."),
        "high": stored(_FLOAT, "high", "Where it ends."),
    },
)

_PLACES: Mapping[str, Field] = {
    "x": stored(_ROW, "x", "The horizontal coordinates."),
    "y": stored(_ROW, "y", "The vertical coordinates."),
}
_LABEL: Mapping[str, Field] = {"label": stored(TEXT, "label", "What it is.")}
_VALUES: Mapping[str, Field] = {
    "values": stored(_GRID, "values", "The function, a row for each y."),
}

_THING = OneOf(
    [
        Record(
            "curve",
            Curve,
            "Points joined by lines.",
            {
                **_PLACES,
                **_LABEL,
                "line": stored(Choice(Line), "line", "How it is drawn."),
                "rank": stored(NUMBER, "rank", "Curves of one rank have one colour."),
            },
            tagged=True,
        ),
        Record(
            "points",
            Points,
            "Points that are not joined.",
            {
                **_PLACES,
                **_LABEL,
                "mark": stored(Choice(Mark), "mark", "How each of them is drawn."),
                "names": Field(
                    TEXTS, lambda points: list(points.names), "names", "What is written beside it."
                ),
            },
            build=lambda values, source: Points(**{**values, "names": tuple(values["names"])}),
            tagged=True,
        ),
        Record(
            "contours",
            Contours,
            "Lines along which a function has one value.",
            {
                **_PLACES,
                **_VALUES,
                "levels": Field(
                    Many(_FLOAT), lambda lines: list(lines.levels), "levels", "Those values."
                ),
                **_LABEL,
            },
            build=lambda values, source: Contours(**{**values, "levels": tuple(values["levels"])}),
            tagged=True,
        ),
        Record(
            "surface",
            Surface,
            "The graph of a function of two variables.",
            {**_PLACES, **_VALUES, **_LABEL},
            tagged=True,
        ),
        Record(
            "arrows",
            Arrows,
            "Arrows in the plane.",
            {
                **_PLACES,
                "along": stored(_ROW, "along", "How far each goes to the right."),
                "up": stored(_ROW, "up", "How far each goes up."),
                **_LABEL,
            },
            tagged=True,
        ),
        Record(
            "path",
            Path,
            "Points in the order in which they were reached.",
            {
                **_PLACES,
                "height": stored(_ROW, "height", "The function at each of them."),
                **_LABEL,
            },
            tagged=True,
        ),
    ]
)

_PANEL = Record(
    "panel",
    Panel,
    "Axes, and what is drawn on them.",
    {
        "title": stored(TEXT, "title", "A line above it."),
        "x": stored(_AXIS, "x", "The horizontal axis."),
        "y": stored(_AXIS, "y", "The vertical axis."),
        "z": stored(Optional(_AXIS), "z", "The axis of the heights of a surface."),
        "equal": stored(TRUTH, "equal", "Whether a unit is as long along both axes."),
        "things": stored(Many(_THING), "things", "What is drawn, from back to front."),
    },
    build=lambda values, source: Panel(**{**values, "things": tuple(values["things"])}),
)

_PICTURE = Record(
    "picture",
    Picture,
    "Panels side by side.",
    {
        "title": stored(TEXT, "title", "What is shown."),
        "panels": stored(Many(_PANEL), "panels", "From left to right."),
    },
    build=lambda values, source: Picture(values["title"], tuple(values["panels"])),
)

DRAWING = Record(
    "drawing",
    Drawing,
    "A picture in a lesson.",
    {"picture": stored(_PICTURE, "picture", "What is in it.")},
    tagged=True,
)
