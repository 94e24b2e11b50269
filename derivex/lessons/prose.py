"""Chosen numbers in prose: where a letter was chosen, ``{k}`` stands for its number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.notation import LatexWriter, TextWriter

__all__ = ["with_numbers"]

_PIECE = re.compile(
    r"(?P<ticks>`+)[^`].*?(?P=ticks)(?!`)"  # code, also in a block of its own
    r"|(?P<formula>\$\$.+?\$\$|\$[^$\n]+\$)"
    r"|\{(?P<name>[^\W\d]\w*)\}",
    re.DOTALL,
)
_IN_FORMULA = re.compile(r"\{([^\W\d]\w*)\}")
_BY_ITSELF = re.compile(r"(?<![\w^}])\{(\d+)\}(?![\w^{.])")


def with_numbers(markdown: str, chosen: Mapping[Symbol, Basic]) -> str:
    """Prose with the numbers that ``choose`` has chosen in place of ``{k}``.

    In a formula between dollar signs the braces are LaTeX's, and stay where they keep the number
    apart from what is beside it.  Code, and braces about anything else, are left as they are.

    >>> from derivex.expression import integer, symbol
    >>> with_numbers("All {k} of {x}: ${k} x^{k}$, `{k}`.", {symbol("k"): integer(3)})
    'All 3 of {x}: $3 x^{3}$, `{k}`.'
    """
    if not chosen or "{" not in markdown:
        return markdown
    text, latex = TextWriter(), LatexWriter()
    plain = {name.name: text.write(value) for name, value in chosen.items()}
    written = {name.name: f"{{{latex.write(value)}}}" for name, value in chosen.items()}

    def put(found: re.Match[str]) -> str:
        if found["formula"]:
            filled = _IN_FORMULA.sub(lambda each: written.get(each[1], each[0]), found[0])
            return filled if filled == found[0] else _BY_ITSELF.sub(r"\1", filled)
        return plain.get(found["name"] or "", found[0])

    return _PIECE.sub(put, markdown)
