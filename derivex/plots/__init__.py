"""Pictures: graphs, contours, surfaces, gradient fields, tangents, subgradients and descents.

What is in a picture is plain data; NumPy and matplotlib are imported when one is made and drawn.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derivex.plots.characters import as_characters
    from derivex.plots.drawing import descent_frames, draw, draw_expression
    from derivex.plots.figure import IMAGE_FORMATS, animated, drawn
    from derivex.plots.picture import Picture, side_by_side
    from derivex.plots.setting import Setting

__all__ = [
    "IMAGE_FORMATS",
    "Picture",
    "Setting",
    "animated",
    "as_characters",
    "descent_frames",
    "draw",
    "draw_expression",
    "drawn",
    "side_by_side",
]

_MODULES = {
    "IMAGE_FORMATS": "figure",
    "Picture": "picture",
    "Setting": "setting",
    "animated": "figure",
    "as_characters": "characters",
    "descent_frames": "drawing",
    "draw": "drawing",
    "draw_expression": "drawing",
    "drawn": "figure",
    "side_by_side": "picture",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
