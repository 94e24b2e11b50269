"""Pictures: graphs, contours, surfaces, gradient fields, tangents, subgradients and descents."""

from derivex.plots.characters import as_characters
from derivex.plots.drawing import draw, draw_expression, fitting_frames
from derivex.plots.figure import IMAGE_FORMATS, animated, drawn
from derivex.plots.picture import Picture, side_by_side
from derivex.plots.setting import Setting

__all__ = [
    "IMAGE_FORMATS",
    "Picture",
    "Setting",
    "animated",
    "as_characters",
    "draw",
    "draw_expression",
    "drawn",
    "fitting_frames",
    "side_by_side",
]
