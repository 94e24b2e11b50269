"""Texts that are put together without copying what they are made of.

A formula's text holds the texts of its operands.  Copying each operand into the text around it
would cost the square of the depth (sin(sin(…)) 10 000 deep), so a long text stays a tuple of
its pieces until someone reads it; a short one is joined at once, for later lines to reuse.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

__all__ = ["Rope", "join", "rope"]

Rope: TypeAlias = "str | tuple[Rope, ...]"

_SHORT = 400  # characters up to which joining at once is cheaper than keeping the pieces


def rope(pieces: Sequence[Rope]) -> Rope:
    """The pieces one after another, as one string where that is short.

    >>> rope(("2", "x"))
    '2x'
    """
    try:
        text = "".join(pieces)  # type: ignore[arg-type]  # what is no string is caught
    except TypeError:
        return tuple(pieces)
    # A long string is wrapped up, so that it is not copied again with what is put round it.
    return text if len(text) <= _SHORT else (text,)


def join(text: Rope) -> str:
    """The text as one string; takes time proportional to its length.

    >>> join(("sin(", ("cos(", "x", ")"), ")"))
    'sin(cos(x))'
    """
    if isinstance(text, str):
        return text
    strings: list[str] = []
    waiting = [iter(text)]
    while waiting:
        for piece in waiting[-1]:
            if type(piece) is str:
                strings.append(piece)
            else:
                waiting.append(iter(piece))
                break
        else:
            waiting.pop()
    return "".join(strings)
