"""Documents to try the outputs on, and what is looked for in pages."""

from __future__ import annotations

from html.parser import HTMLParser

from derivex.api import Derivative, Shown
from derivex.rendering.document import Document, Item
from derivex.rendering.outline import Lines

__all__ = ["Outline", "document_of"]


def document_of(found: Derivative | Shown, title: str = "A title") -> Document:
    """A result as a document."""
    items: tuple[Item, ...]
    if isinstance(found, Derivative):
        items, book = (Lines(tuple(found.lines())),), found.derivation.book
    else:
        items, book = tuple(found.blocks()), found.book
    return Document(title, items, found.notes, book.functions)


class Outline(HTMLParser):
    """The headings of a page, and how often each element occurs."""

    def __init__(self, page: str):
        super().__init__()
        self.headings: list[int] = []
        self.elements: dict[str, int] = {}
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] = self.elements.get(tag, 0) + 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
