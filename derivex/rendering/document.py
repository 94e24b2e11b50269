"""What stands on a page: prose, statements and blocks, one below the other.

Every output outside of the terminal (LaTeX, HTML, Markdown, a notebook) writes a document;
what is on it is the same for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sympy.core.basic import Basic

from derivex.expression.functions import NO_FUNCTIONS, Functions
from derivex.expression.printed_size import printed_size
from derivex.notation import TextWriter
from derivex.rendering.outline import Block

__all__ = ["Document", "Item", "Prose", "Statement", "title_with"]

_LONGEST = 80  # characters of a formula that stands in a title


@dataclass(frozen=True)
class Prose:
    """Text between the formulas, as Markdown."""

    markdown: str


@dataclass(frozen=True)
class Statement:
    """A statement of a lesson; what it leads to stands below it."""

    text: str


Item = Prose | Statement | Block


@dataclass(frozen=True)
class Document:
    """A page.

    Args:
        title: what it is about, as plain text.
        items: what stands on it, from top to bottom.
        notes: how ambiguous input was read.
        functions: the functions that are known, which tell how their names are written.
        highlight: whether what each line rewrites is marked, and what replaced it.
        rules: the rule file that is used as well, by the name under which it was handed in.
    """

    title: str
    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()
    functions: Functions = field(default_factory=lambda: NO_FUNCTIONS)
    highlight: bool = True
    rules: str | None = None


def title_with(words: str, asked: Basic) -> str:
    """A title that names what was asked; a long formula is left out.

    >>> from derivex.notation import read_text
    >>> title_with("The derivative of", read_text("x^2 + 1").expression)
    'The derivative of x² + 1'
    """
    if printed_size(asked, {}) <= _LONGEST:  # else it may be longer than can be written at all
        formula = TextWriter().write(asked)
        if len(formula) <= _LONGEST:
            return f"{words} {formula}"
    return words.removesuffix(" of").removesuffix(" on").removesuffix(" to")
