"""Pictures drawn by matplotlib: PNG, SVG and PDF, the same bytes for the same picture.

matplotlib's own settings are used, not those of the user, and what would differ from one run to
the next (the date, random identifiers) is left out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from derivex.errors import ProblemError
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
    Thing,
)
from derivex.plots.scales import short, tick_labels, ticks

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["IMAGE_FORMATS", "animated", "drawn"]

IMAGE_FORMATS = ("svg", "png", "pdf", "gif")
"""What can be drawn; the last one moves."""

# Dark to light in this order, so that they are different greys as well (Okabe and Ito's colours
# for people who do not see all of them).
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000")
_HEIGHTS = "Blues"  # light where the function is high would hide the path: low is light here
_DASHES = {
    Line.SOLID: "-",
    Line.DASHED: "--",
    Line.DOTTED: ":",
    Line.DASH_DOT: "-.",
    Line.THICK: "-",
}
_MARKS = {Mark.DISC: "o", Mark.RING: "o", Mark.UP: "^", Mark.DOWN: "v", Mark.CROSS: "x"}
_PATH = "#b2182b"
_MOST_DISCS = 60
_INCHES = (5.6, 4.4)  # of a panel
_SETTINGS: Any = {
    "svg.hashsalt": "derivex",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "axes.unicode_minus": True,
    "axes.grid": False,
    "pdf.compression": 6,
    "pdf.fonttype": 3,
    "figure.dpi": 100,
    "savefig.dpi": 150,
    "path.simplify": True,
}
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": "derivex"},
    "png": {"Software": "derivex"},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": "derivex", "Producer": "derivex"},
}
_STILL_MS = 700  # how long each picture of an animation stands
_LAST_MS = 3000


def drawn(picture: Picture, format: str) -> bytes:
    """A picture in a file format.

    Args:
        picture: what is in it.
        format: ``svg``, ``png`` or ``pdf``.

    Raises:
        ProblemError: matplotlib is not installed, or there is no such format.
    """
    if format not in _METADATA:
        raise ProblemError(
            f"a picture is not written as {format}", hint="write svg, png, pdf, or gif to move"
        )
    with _own_settings():
        return _written(_figure(picture), format, picture.title)


def animated(pictures: Sequence[Picture]) -> bytes:
    """Pictures one after the other, as a GIF that begins again when it has ended.

    Raises:
        ProblemError: matplotlib is not installed.
    """
    with _own_settings():
        pages = [_written(_figure(each), "png", each.title) for each in pictures]
    from PIL import Image  # which matplotlib brings

    frames = [Image.open(io.BytesIO(page)).convert("RGB") for page in pages]
    # One palette for all of them, so that colours do not flicker.
    palette = frames[-1].quantize(colors=256)
    first, *others = [each.quantize(palette=palette, dither=Image.Dither.NONE) for each in frames]
    written = io.BytesIO()
    first.save(
        written,
        "GIF",
        save_all=True,
        append_images=others,
        duration=[_STILL_MS] * len(others) + [_LAST_MS],
        loop=0,
        optimize=False,
    )
    return written.getvalue()


@contextmanager
def _own_settings() -> Iterator[None]:
    try:
        from matplotlib import rc_context, rcdefaults
    except ImportError:
        raise ProblemError(
            "pictures are drawn by matplotlib, which is not installed",
            hint="install it with: pip install 'derivex[plot]'",
        ) from None
    with rc_context():
        rcdefaults()
        with rc_context(_SETTINGS):
            yield


def _written(figure: Figure, format: str, title: str) -> bytes:
    written = io.BytesIO()
    metadata = {**_METADATA[format], "Title": title}
    figure.savefig(written, format=format, metadata=metadata)
    return written.getvalue()


def _figure(picture: Picture) -> Figure:
    from matplotlib.figure import Figure

    count = len(picture.panels)
    figure = Figure((_INCHES[0] * count, _INCHES[1]), layout="constrained")
    for position, panel in enumerate(picture.panels, 1):
        if panel.z is None:
            axes = figure.add_subplot(1, count, position)
        else:
            axes = figure.add_subplot(1, count, position, projection="3d")
        _draw_panel(panel, axes)
    return figure


def _draw_panel(panel: Panel, axes: Axes) -> None:
    crowded = any(isinstance(thing, Arrows) for thing in panel.things)
    if panel.z is not None:
        solid: Any = axes
        solid.set_zlim(panel.z.low, panel.z.high)
    for order, thing in enumerate(panel.things, 2):
        _draw(thing, axes, order, panel.z is not None, crowded)
    axes.set(xlabel=panel.x.label, ylabel=panel.y.label, title=panel.title)
    axes.set(xlim=(panel.x.low, panel.x.high), ylim=(panel.y.low, panel.y.high))
    _set_ticks(axes.xaxis, panel.x)
    _set_ticks(axes.yaxis, panel.y)
    if panel.z is not None:
        solid.set_zlabel(panel.z.label)
        solid.set_zlim(panel.z.low, panel.z.high)
        _set_ticks(solid.zaxis, panel.z)
        solid.view_init(elev=32, azim=-58)
    else:
        axes.spines[["top", "right"]].set_visible(False)
        if panel.equal:
            axes.set_aspect("equal", adjustable="box")
        _cross_zero(panel, axes)
    if [thing.label for thing in panel.labelled()] not in ([], [panel.title]):
        axes.legend(loc="best", framealpha=0.9, fontsize="small")


def _set_ticks(axis: Any, scale: Axis) -> None:
    places = ticks(scale.low, scale.high)
    axis.set_ticks(places, tick_labels(places))


def _cross_zero(panel: Panel, axes: Axes) -> None:
    """Thin lines where a coordinate is zero."""
    if any(isinstance(thing, Contours) for thing in panel.things):
        return
    if panel.x.low < 0 < panel.x.high:
        axes.axvline(0, color="0.75", linewidth=0.8, zorder=0)
    if panel.y.low < 0 < panel.y.high:
        axes.axhline(0, color="0.75", linewidth=0.8, zorder=0)


def _draw(thing: Thing, axes: Any, order: int, solid: bool, crowded: bool) -> None:
    match thing:
        case Curve():
            _draw_curve(thing, axes, order)
        case Points():
            _draw_points(thing, axes, order)
        case Contours():
            bands = _bands(thing)
            axes.contourf(
                thing.x, thing.y, thing.values, bands, colors=_shades(len(bands) - 1), alpha=0.55
            )
            lines = axes.contour(
                thing.x, thing.y, thing.values, thing.levels, colors="0.35", linewidths=0.8
            )
            if not crowded:
                axes.clabel(lines, fmt=short, fontsize="x-small")
        case Surface():
            axes.plot_surface(
                *np.meshgrid(thing.x, thing.y),
                np.clip(thing.values, *axes.get_zlim()),
                cmap=_HEIGHTS,
                rcount=40,
                ccount=40,
                linewidth=0.2,
                edgecolor="0.5",
                alpha=0.7,
            )
        case Arrows():
            axes.quiver(
                thing.x,
                thing.y,
                thing.along,
                thing.up,
                angles="xy",
                scale_units="xy",
                scale=1,
                width=0.005,
                color="0.15",
                label=thing.label or None,
                zorder=order,
            )
        case Path():
            _draw_path(thing, axes, order, solid)


def _shades(count: int) -> list[Any]:
    """A colour for each band, from light to dark in equal steps, however far apart the levels."""
    from matplotlib import colormaps

    return [colormaps[_HEIGHTS](place / max(count - 1, 1)) for place in range(count)]


def _bands(thing: Contours) -> list[float]:
    """The levels, with what is lower and higher."""
    finite = thing.values[np.isfinite(thing.values)]
    low, high = float(finite.min()), float(finite.max())
    inner = [level for level in thing.levels if low < level < high]
    return [low, *inner, high] if high > low else [low - 1, low + 1]


def _draw_curve(curve: Curve, axes: Axes, order: int) -> None:
    axes.plot(
        curve.x,
        curve.y,
        _DASHES[curve.line],
        color=_COLOURS[curve.rank % len(_COLOURS)],
        linewidth=3.2 if curve.line is Line.THICK else 1.8,
        label=curve.label or None,
        zorder=order,
    )


def _draw_points(points: Points, axes: Axes, order: int) -> None:
    axes.plot(
        points.x,
        points.y,
        _MARKS[points.mark],
        color="black",
        markerfacecolor="white" if points.mark is Mark.RING else "black",
        markeredgewidth=2.0 if points.mark is Mark.CROSS else 1.0,
        markersize=7,
        linestyle="",
        label=points.label or None,
        zorder=order + 10,
    )
    for x, y, name in zip(points.x, points.y, points.names, strict=False):
        axes.annotate(
            name, (x, y), xytext=(6, 6), textcoords="offset points", fontsize="small", zorder=40
        )


def _draw_path(path: Path, axes: Any, order: int, solid: bool) -> None:
    coordinates = (path.x, path.y, path.height) if solid else (path.x, path.y)
    style = {"color": _PATH, "linewidth": 1.6, "markersize": 4, "zorder": order + 10}
    line = "-o" if len(path.x) <= _MOST_DISCS else "-"  # more of them make a thick line
    axes.plot(*coordinates, line, label=path.label or None, **style)
    for position, marker in ((0, "s"), (-1, "*")):
        end = [[each[position]] for each in coordinates]
        size = 7 if marker == "s" else 12
        axes.plot(*end, marker, color=_PATH, markeredgecolor="black", ms=size, zorder=order + 11)
