r"""Formulas as MathML, which browsers show without a script and screen readers can walk through.

LaTeX is turned into MathML by latex2mathml; what browsers would show wrongly is put right after
that by the modules next to this one.
"""

from __future__ import annotations

import re
from html import escape
from xml.etree.ElementTree import tostring

from derivex.notation.marks import CLOSING, COLOURS, opening_mark, without_marks
from derivex.rendering.mathml_breaks import breakable
from derivex.rendering.mathml_depth import cut_up, is_shown, put_together
from derivex.rendering.mathml_tree import IS_NAME, put_right

__all__ = ["mathml"]

_FITS_A_PHONE = 24  # characters; a longer formula may be broken before its terms
_WORD = re.compile(r"\\(?:operatorname|mathrm|text)\{((?:[^{}\\]|\\[_ &%$#])*)\}")
_OPENING_MARKS = {opening_mark(number): rf"\class{{mark-{number}}}{{" for number in range(COLOURS)}
_MARKS_AND_TABLES = re.compile(
    rf"([{''.join(_OPENING_MARKS)}{CLOSING}&]|\\\\|\\(?:begin|end)\{{\w+\}})"
)


def mathml(latex: str, text: str, display: bool = True) -> str | None:
    r"""A formula as a ``<math>`` element.

    Args:
        latex: the formula, as :class:`derivex.notation.LatexWriter` writes it, perhaps with the
            signs of :mod:`derivex.notation.marks` in it.
        text: the formula in the text notation, for whoever cannot be shown MathML.
        display: whether fractions and sums are as large as in a formula that stands alone.

    Returns:
        the element; None for a formula that is nested too deeply.

    >>> print(mathml(r"2 \cdot 3", "2 · 3"))  # doctest: +ELLIPSIS
    <math alttext="2 · 3" displaystyle="true"><semantics><mrow><mn>2</mn><mo>·</mo><mn>3</mn>...
    """
    from latex2mathml.converter import convert_to_element  # only those who want HTML wait for it

    try:
        converted: list[str] = []
        pieces = cut_up(_WORD.sub(_protected, _classed(latex)))
        for piece in pieces:
            root = convert_to_element(piece, display="block")
            put_right(root)
            (row,) = root
            if len(text) > _FITS_A_PHONE and len(converted) == len(pieces) - 1:
                row = breakable(row)
            converted.append(tostring(row, encoding="unicode", short_empty_elements=False))
        inner = put_together(converted)
        if not is_shown(inner):
            return None
    except RecursionError:
        return None
    style = ' displaystyle="true"' if display else ""
    source = escape(without_marks(latex))
    annotation = f'<annotation encoding="application/x-tex">{source}</annotation>'
    return (
        f'<math alttext="{escape(text)}"{style}><semantics>{inner}{annotation}</semantics></math>'
    )


def _classed(latex: str) -> str:
    """Marked parts as rows with a class, which end with the cell of a table that they are in."""
    if without_marks(latex) is latex:
        return latex
    pieces: list[str] = []
    tables: list[list[str]] = [[]]  # what is open in each table round this place
    for piece in _MARKS_AND_TABLES.split(latex):
        if piece in _OPENING_MARKS:
            tables[-1].append(_OPENING_MARKS[piece])
            piece = _OPENING_MARKS[piece]
        elif piece == CLOSING:
            tables[-1].pop()
            piece = "}"
        elif piece.startswith(r"\begin"):
            tables.append([])
        elif piece.startswith(r"\end"):
            tables.pop()
        elif piece in ("&", r"\\"):
            piece = "}" * len(tables[-1]) + piece + "".join(tables[-1])
        pieces.append(piece)
    return "".join(pieces)


def _protected(found: re.Match[str]) -> str:
    """A word as text, which latex2mathml leaves in one piece; names are told from words."""
    word = re.sub(r"\\(.)", r"\1", found[1])
    return rf"\text{{{'' if found[0].startswith(chr(92) + 'text') else IS_NAME}{word}}}"
