"""What everything that can be a page has in common: HTML, Markdown, and showing up in notebooks."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from sympy.core.basic import Basic

from derivex.derivation import Detail
from derivex.expression.printed_size import printed_size
from derivex.rendering.document import Document

__all__ = ["Displayed"]


class Displayed:
    """A result that is a page; a subclass says what is on it."""

    def document(self, detail: str | Detail = Detail.TEXTBOOK, highlight: bool = True) -> Document:
        """The result as a page, which any output format can write."""
        raise NotImplementedError

    def to_html(self, detail: str | Detail = Detail.TEXTBOOK, highlight: bool = True) -> str:
        """The result as a page in HTML that needs no other file, no script and no network.

        Args:
            detail: ``"full"``, ``"textbook"`` or ``"brief"``.
            highlight: whether what each line rewrites is marked, and what replaced it.

        Raises:
            ProblemError: it would be too long for anybody to read, since parts of it are shared.
        """
        from derivex.rendering.html import html_document  # few results end up in a page

        return html_document(self.document(detail, highlight))

    def to_markdown(self, detail: str | Detail = Detail.TEXTBOOK) -> str:
        """The result in GitHub's Markdown.

        Args:
            detail: ``"full"``, ``"textbook"`` or ``"brief"``.
        """
        from derivex.rendering.markdown import markdown_document

        return markdown_document(self.document(detail))

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, Any]:
        """What notebooks ask for: the result as text, LaTeX and HTML."""
        try:
            bundle = self._shown()
        except Exception as error:  # whoever looks at a result must not be shown a traceback
            bundle = {"text/plain": f"this {type(self).__name__} cannot be shown: {error}"}
        return {
            kind: text
            for kind, text in bundle.items()
            if (include is None or kind in include) and (exclude is None or kind not in exclude)
        }

    def _shown(self) -> dict[str, str]:
        from derivex.rendering.mime import MOST_SYMBOLS, mime_bundle, too_long

        asked = getattr(self, "asked", None)  # a lesson has no one expression that it is about
        if isinstance(asked, Basic) and printed_size(asked, {}) > MOST_SYMBOLS:
            return too_long(type(self).__name__)  # the lines alone would take too long to make
        return mime_bundle(self.document())
