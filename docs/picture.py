"""The picture in the README: a derivation as a terminal shows it, as SVG by rich."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path

from rich.console import Console
from rich.text import Text

import derivex

__all__ = ["PICTURE", "picture_text", "words_of"]

PICTURE = Path(__file__).parent / "derivation.svg"

_FORMULA = "x^2 sin(3x)"
_WIDTH = 74
_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_WORDS = re.compile(r"<text [^>]*>(.*?)</text>")


def picture_text() -> str:
    """The picture as it stands in its file.

    No font is loaded from elsewhere: every reader's own will do.
    """
    console = Console(
        record=True, width=_WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(Text(f'$ derivex diff "{_FORMULA}"\n', style="bold green"))
    console.print(derivex.diff(_FORMULA))
    svg = console.export_svg(title="derivex", unique_id="derivation")
    return _FONT.sub("", svg).rstrip() + "\n"


def words_of(svg: str) -> str:
    """What can be read in the picture, without how it looks, which is rich's own affair."""
    return " ".join(unescape("".join(_WORDS.findall(svg))).split())
