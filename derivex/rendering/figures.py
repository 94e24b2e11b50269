"""Pictures on a page: as images where there are files for them, else with characters."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from derivex.errors import ProblemError
from derivex.rendering.document import Document, Item
from derivex.rendering.latex_prose import code_block
from derivex.rendering.latex_text import latex_text
from derivex.rendering.outline import Figure

if TYPE_CHECKING:
    from derivex.plots.picture import Picture

__all__ = [
    "figure_as_html",
    "figure_as_latex",
    "figure_as_markdown",
    "figure_as_text",
    "with_files",
]

_WIDTH = 80  # columns of a picture made of characters
_NARROW = 58  # columns that LaTeX sets without breaking lines


def with_files(document: Document, stem: str, format: str) -> tuple[Document, dict[str, bytes]]:
    """The document with its pictures in files of their own, and the contents of these.

    Args:
        document: what is written.
        stem: what the names of the files begin with.
        format: ``svg`` or ``pdf``.

    Returns:
        The document, and the files by their names.  Where matplotlib is not installed, there are
        none, and the pictures stay without.
    """
    items: list[Item] = []
    files: dict[str, bytes] = {}
    for item in document.items:
        image = _image(item.picture, format) if isinstance(item, Figure) else None
        if isinstance(item, Figure) and image is not None:
            name = f"{stem}-{len(files) + 1}.{format}"
            files[name] = image
            item = replace(item, file=name)
        items.append(item)
    return replace(document, items=tuple(items)), files


def figure_as_text(figure: Figure, width: int | None = None, unicode: bool = True) -> str:
    """A picture made of characters."""
    from derivex.plots import as_characters  # NumPy takes a while to import

    return as_characters(figure.picture, width or _WIDTH, unicode).rstrip("\n")


def figure_as_html(figure: Figure) -> str:
    """A picture as a part of the page itself, which needs no other file."""
    image = _image(figure.picture, "svg")
    if image is None:
        return f'<pre class="picture">{escape(figure_as_text(figure))}</pre>'
    told = escape(figure.picture.description)
    content = b64encode(image).decode("ascii")
    source = f"data:image/svg+xml;base64,{content}"
    return f'<figure class="picture"><img alt="{told}" src="{source}"></figure>'


def figure_as_latex(figure: Figure) -> str:
    """A picture from its file, or as it is written in a terminal."""
    if not figure.file:
        return code_block(figure_as_text(figure, _NARROW, unicode=False))
    width = min(0.55 * len(figure.picture.panels), 1.0)
    told = latex_text(figure.picture.description)
    return (
        f"% {told}\n\\begin{{center}}\n"
        f"\\includegraphics[width={width:.2f}\\linewidth]{{{figure.file}}}\n\\end{{center}}"
    )


def figure_as_markdown(figure: Figure) -> str:
    """A picture from its file, or as it is written in a terminal."""
    if not figure.file:
        return f"```text\n{figure_as_text(figure)}\n```"
    told = figure.picture.description
    for mark in "\\[]*_`<":
        told = told.replace(mark, "\\" + mark)
    return f"![{told}]({figure.file})"


def _image(picture: Picture, format: str) -> bytes | None:
    """The picture drawn; None where matplotlib is not installed."""
    from derivex.plots import drawn

    try:
        return drawn(picture, format)
    except ProblemError:
        return None
