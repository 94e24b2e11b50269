"""Documents as HTML: one file that needs no script, no font and no network.

A derivation is a list of lines, each a formula with its justification, which unfolds to the
rules and what they were applied to.  How it looks is said by the style sheets next to this
module; without them the page is still in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path

from derivex.derivation import Line
from derivex.rendering.document import Document, Item, Prose, Statement
from derivex.rendering.equations import EquationRow, parted_at_the_sign
from derivex.rendering.figures import figure_as_html
from derivex.rendering.html_formulas import HtmlFormulas
from derivex.rendering.html_prose import HtmlProse
from derivex.rendering.html_steps import justification
from derivex.rendering.html_tables import number_table_as_html
from derivex.rendering.marking import Marked, marked
from derivex.rendering.number_table import NumberTable
from derivex.rendering.outline import Equations, Figure, Lines, Remark, SideBySide

__all__ = ["html_document", "html_fragment", "html_page"]


def html_document(document: Document, navigation: str = "") -> str:
    """A document as a page that stands alone.

    Args:
        document: what is on it.
        navigation: links to other pages, as HTML.

    >>> page = html_document(Document("Nothing yet", (Remark("1 < 2"),)))
    >>> "<h1>Nothing yet</h1>" in page, "<p>1 &lt; 2</p>" in page
    (True, True)
    """
    parts = _Page(document).parts(with_title=True)
    return html_page(document.title, "\n".join(parts), navigation=navigation)


def html_page(
    title: str, body: str, styles: Sequence[str] = (), more: str = "", navigation: str = ""
) -> str:
    """A page that stands alone.

    Args:
        title: what it is called, as plain text.
        body: what is on it, as HTML.
        styles: the names of further style sheets that lie by this module.
        more: further elements of the head, as HTML.
        navigation: links to other pages, as HTML, before everything else.
    """
    style = "".join(map(_style, ("page", "derivation", *styles)))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>\n{style}</style>\n{more}</head>\n"
        f'<body>\n{navigation}<main class="derivex">\n{body}\n</main>\n</body>\n</html>\n'
    )


def html_fragment(document: Document) -> str:
    """What is on a document, as a piece of HTML to be put into a page, such as a notebook."""
    body = "\n".join(_Page(document).parts(with_title=False))
    return f'<style>\n{_style("derivation")}</style>\n<div class="derivex">\n{body}\n</div>'


@lru_cache
def _style(name: str) -> str:
    """A style sheet without its remarks and indents, for it stands in every cell of a notebook."""
    written = (Path(__file__).parent / f"{name}.css").read_text(encoding="utf-8")
    without_remarks = re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "", without_remarks).replace("}", "}\n")


class _Page:
    """Writes the items of a document."""

    def __init__(self, document: Document):
        self.document = document
        self.formulas = HtmlFormulas(document.functions)
        self.prose = HtmlProse()

    def parts(self, with_title: bool) -> Iterator[str]:
        items = self.document.items
        first = items[0] if items else None
        titled = isinstance(first, Prose) and self.prose.begins_with_a_title(first.markdown)
        if with_title and not titled:
            yield self.prose.heading(self.document.title)
        for note in self.document.notes:
            yield f'<p class="note">Note: {escape(note)}</p>'
        for item in items:
            yield from self._item(item)

    def _item(self, item: Item) -> Iterator[str]:
        if isinstance(item, Prose):
            yield self.prose.write(item.markdown)
        elif isinstance(item, Statement):
            yield f'<p class="statement"><code>{escape(item.text)}</code></p>'
        elif isinstance(item, Remark):
            kind = ' class="failed"' if item.failed else ""
            yield f"<p{kind}>{escape(item.text)}</p>"
        elif isinstance(item, Lines):
            yield self._list("lines", self._lines(item.lines))
        elif isinstance(item, Equations):
            yield self._list("equations", map(self._row, item.rows))
        elif isinstance(item, SideBySide):
            yield '<div class="columns">'
            for column in item.columns:
                yield from self._item(column)
            yield "</div>"
        elif isinstance(item, Figure):
            yield figure_as_html(item)
        elif isinstance(item, NumberTable):
            yield number_table_as_html(item, self.formulas)

    def _list(self, kind: str, rows: Iterable[str]) -> str:
        listed = "\n".join(f"<li>{row}</li>" for row in rows)
        return f'<div class="derivation"><ol class="{kind}">\n{listed}\n</ol></div>'

    def _lines(self, lines: Sequence[Line]) -> Iterator[str]:
        if self.document.highlight:
            shown = marked(lines)
        else:
            shown = [Marked(line.expression, {}) for line in lines]
        for number, (line, expression) in enumerate(zip(lines, shown, strict=True)):
            formula = self.formulas.marked_box(expression, "=" if number else "")
            yield formula + justification(line, self.formulas)

    def _row(self, row: EquationRow) -> str:
        label = f'<span class="label">{escape(row.label)}</span>' if row.label else ""
        says = f'<p class="says">{escape(row.says)}</p>' if row.says else ""
        return f"{label}{self._sides(row.shown(self.document.highlight))}{says}"

    def _sides(self, shown: Marked) -> str:
        """An equation in two parts, so that the equals signs come to stand below one another."""
        box, parted = self.formulas.marked_box, parted_at_the_sign(shown)
        if parted is None:
            return box(shown, kind="formula whole")
        left, sign, right = parted
        return box(left, kind="formula left") + box(right, sign)
