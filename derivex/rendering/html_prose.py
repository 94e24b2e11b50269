"""The prose of a lesson as HTML.

HTML that stands in the prose is shown, not obeyed, and pictures are not fetched: a page that was
made from somebody else's lesson does nothing on its own and asks nobody for anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from derivex.rendering.latex_prose import is_mathematics, prose_reader
from derivex.rendering.mathml import mathml

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["HtmlProse"]


class HtmlProse:
    """Writes the pieces of prose of one page.

    The headings of a page begin with one h1, and none is more than one level below the last:
    that is what lets people who cannot see the page find their way by its headings.
    """

    def __init__(self) -> None:
        self._level = 0  # of the last heading

    def heading(self, text: str, level: int = 1) -> str:
        """A heading that is not from the prose."""
        level = self._next_level(level)
        return f"<h{level}>{escape(text)}</h{level}>"

    def write(self, markdown: str) -> str:
        """A piece of prose."""
        tokens = self._reader.parse(markdown)
        for token in tokens:
            if token.type == "heading_open":
                token.tag = f"h{self._next_level(int(token.tag[1:]))}"
            elif token.type == "heading_close":
                token.tag = f"h{self._level}"
            elif token.type in ("th_open", "td_open"):
                token.attrs = {"scope": "col"} if token.type == "th_open" else {}
        return str(self._reader.renderer.render(tokens, self._reader.options, {}))

    def begins_with_a_title(self, markdown: str) -> bool:
        """Whether a piece of prose begins with a heading of the first level."""
        tokens = self._reader.parse(markdown)
        return bool(tokens) and tokens[0].type == "heading_open" and tokens[0].tag == "h1"

    def _next_level(self, level: int) -> int:
        lowest = 1 if self._level == 0 else 2
        self._level = max(lowest, min(level, self._level + 1))
        return self._level

    @cached_property
    def _reader(self) -> MarkdownIt:
        reader = prose_reader()
        reader.add_render_rule("image", _described)
        reader.add_render_rule("mathematics", _mathematics)
        return reader


def _described(renderer: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    """A picture, told by the words that stand for it."""
    words = renderer.renderInlineAsText(tokens[place].children or [], options, env)
    return f"<em>{escape(words)}</em>" if words else ""


def _mathematics(renderer: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    """A formula of the author's; as the code that it is where it is more than mathematics."""
    token = tokens[place]
    source = " ".join(token.content.split())
    written = None
    if is_mathematics(source):
        try:
            written = mathml(source, source, display=token.markup == "$$")
        except Exception:  # latex2mathml has no one kind of error for what it cannot read
            written = None
    shown = written or f"<code>{escape(source)}</code>"
    if not token.block:
        return shown
    return f'<div class="formula" tabindex="0" role="group" aria-label="formula">{shown}</div>\n'
