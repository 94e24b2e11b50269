"""Lessons as a book: the page that lists them, and the links from each page to the others."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, unquote

from derivex.rendering.html import html_page

__all__ = ["INDEX", "Chapter", "index_page", "links", "with_links"]

INDEX = "index.html"
"""The name of the page that lists all lessons."""
_TO_LESSON = re.compile(r'(href="|\\href\{)([^"{}#/:]+)\.md(?=["}#\\])')


@dataclass(frozen=True)
class Chapter:
    """What came of one lesson.

    Args:
        name: the name of its files, without an ending.
        title: what it is called.
        files: what each file is, with its name, in the order in which they are listed.
        remarks: what could not be made, and why; what did not come out as expected.
        holds: whether it could be worked, and everything came out as expected.
    """

    name: str
    title: str
    files: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...] = ()
    holds: bool = True


def index_page(title: str, chapters: Sequence[Chapter]) -> str:
    """The page that lists the lessons with all their files.

    >>> chapter = Chapter("chain", "The chain rule", (("page", "chain.html"),))
    >>> page = index_page("Lessons", [chapter])
    >>> '<a href="chain.html" aria-label="The chain rule: page">page</a>' in page
    True
    """
    entries = "\n".join(map(_entry, chapters))
    body = f'<h1>{escape(title)}</h1>\n<ol class="chapters">\n{entries}\n</ol>'
    return html_page(title, body, ("book",))


def _entry(chapter: Chapter) -> str:
    files = "".join(
        f'<li><a href="{quote(file)}" aria-label="{escape(f"{chapter.title}: {what}")}">'
        f"{escape(what)}</a></li>"
        for what, file in chapter.files
    )
    listed = f"<ul>{files}</ul>" if files else ""
    remarks = "".join(
        f'<p class="{"note" if chapter.holds else "failed"}">{escape(remark)}</p>'
        for remark in chapter.remarks
    )
    return f"<li><strong>{escape(chapter.title)}</strong>{listed}{remarks}</li>"


def links(current: str, files: Sequence[tuple[str, str]]) -> str:
    """The links on a page of the book: to the list of lessons, and to the lesson's other files.

    Args:
        current: the name of the file in which they stand.
        files: what each file of the lesson is, with its name.
    """
    others = [("all lessons", INDEX), *((what, file) for what, file in files if file != current)]
    items = "".join(f'<li><a href="{quote(file)}">{escape(what)}</a></li>' for what, file in others)
    return f'<nav aria-label="Pages of this book"><ul>{items}</ul></nav>\n'


def with_links(page: str, names: Collection[str], ending: str) -> str:
    r"""A page whose links to the files of lessons lead to what was made of these.

    Args:
        page: a page as HTML or as LaTeX.
        names: the names of the lessons, as their files are called, without the ending.
        ending: the ending of what was made of them.

    >>> with_links('<a href="chain.md#two">', ["chain"], "html")
    '<a href="chain.html#two">'
    >>> with_links(r"\href{the\_chain.md}{chain}", ["the_chain"], "pdf")
    '\\href{the\\_chain.pdf}{chain}'
    """

    def made(found: re.Match[str]) -> str:
        name = unquote(found[2].replace("\\", ""))
        return f"{found[1]}{found[2]}.{ending}" if name in names else found[0]

    return _TO_LESSON.sub(made, page)
