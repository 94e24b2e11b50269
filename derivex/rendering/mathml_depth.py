r"""LaTeX cut into pieces of little depth, since latex2mathml recurses into every brace.

What a brace holds deep inside of a formula is converted by itself and put back as MathML.
"""

from __future__ import annotations

import re

__all__ = ["cut_up", "is_shown", "put_together"]

_MOST_NESTED = 450  # elements inside one another; browsers flatten what is more than 512 deep
_TAG = re.compile(r"<(/?)\w")

_DEEPEST = 30  # braces inside one another that are converted together
_GROUPS = re.compile(r"\\(?:left|right)(?![A-Za-z])|\\[^A-Za-z]|[{}]")
_OPENS = re.compile(r"\{|\\left\s*(?:\\[A-Za-z]+|\\.|[^\\])")
_ENDS_WORD = re.compile(r"\\(?:begin|end|operatorname|mathrm|text)\*?\Z")
_PLACE = re.compile(r"<mtext>\ue001(\d+)\ue002</mtext>")


def cut_up(latex: str) -> list[str]:
    r"""The pieces of a formula, the innermost first, the whole one last.

    A piece that belongs into a later one has its number there, as a text.

    >>> cut_up(r"\frac{1}{2}")
    ['\\frac{1}{2}']
    >>> [len(piece) for piece in cut_up(r"\sqrt{" * 70 + "x" + "}" * 70)]
    [211, 220, 80]
    """
    pieces: list[str] = []
    open_groups: list[list[str]] = []  # what was written before each
    written: list[str] = []
    depths: list[int] = [0]  # the depth of what each open group holds
    at = 0
    for found in _GROUPS.finditer(latex):
        text = found[0]
        opens = text in ("{", r"\left")
        if not opens and text not in ("}", r"\right"):
            continue
        written.append(latex[at : found.start()])
        at = found.start()
        if opens:
            open_groups.append(written)
            written = []
            depths.append(0)
            continue
        if not open_groups:
            return [latex]
        before = open_groups.pop()
        content, depth = "".join(written), depths.pop() + 1
        opening = _OPENS.match(content)
        if depth > _DEEPEST and opening and not _ENDS_WORD.search("".join(before[-1:])):
            pieces.append(content[opening.end() :])
            content, depth = f"{opening[0]}\\text{{\ue001{len(pieces) - 1}\ue002}}", 1
        before.append(content)
        written = before
        depths[-1] = max(depths[-1], depth)
    written.append(latex[at:])
    return [latex] if open_groups else [*pieces, "".join(written)]


def put_together(converted: list[str]) -> str:
    """The MathML of a whole formula from that of its pieces."""
    whole = converted.pop()
    while _PLACE.search(whole):
        whole = _PLACE.sub(lambda found: converted[int(found[1])], whole)
    return whole


def is_shown(mathml: str) -> bool:
    """Whether browsers keep the structure of a formula, which they flatten where it is deeper.

    >>> is_shown("<msqrt>" * 9 + "</msqrt>" * 9), is_shown("<msqrt>" * 600 + "</msqrt>" * 600)
    (True, False)
    """
    depth = 0
    for tag in _TAG.finditer(mathml):
        depth += -1 if tag[1] else 1
        if depth > _MOST_NESTED:
            return False
    return True
