"""Conditions as they are said: 1 ≤ k ≤ n, u ≠ 0.  Chains are put together again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sympy.core.basic import Basic

from derivex.expression import AtLeast, AtMost, Equation, Greater, Less, Nearly, Unequal
from derivex.notation.latex_writer import LatexWriter
from derivex.notation.text_writer import TextWriter

__all__ = ["relations_as_latex", "relations_as_text"]

# In text, in ASCII, in LaTeX.
_SIGNS: dict[type[Basic], tuple[str, str, str]] = {
    Equation: ("=", "=", "="),
    Nearly: ("≈", "~=", r"\approx"),
    Unequal: ("≠", "!=", r"\neq"),
    Less: ("<", "<", "<"),
    AtMost: ("≤", "<=", r"\le"),
    Greater: (">", ">", ">"),
    AtLeast: ("≥", ">=", r"\ge"),
}


def relations_as_text(relations: Sequence[Basic], writer: TextWriter) -> list[str]:
    """Relations as text, those that continue one another as one.

    >>> from derivex.expression import ONE, symbol
    >>> k, n = symbol("k"), symbol("n")
    >>> relations_as_text([AtMost(ONE, k), AtMost(k, n)], TextWriter())
    ['1 ≤ k ≤ n']
    """
    return list(_chained(relations, writer.write, 0 if writer.unicode else 1))


def relations_as_latex(relations: Sequence[Basic], writer: LatexWriter) -> list[str]:
    """The same in LaTeX."""
    return list(_chained(relations, writer.write, 2))


def _chained(
    relations: Sequence[Basic], write: Callable[[Basic], str], notation: int
) -> Iterator[str]:
    text = ""
    before: Basic | None = None
    for relation in relations:
        left, right = relation.args
        sign = _SIGNS[type(relation)][notation]
        if before is not None and type(before) is type(relation) and before.args[1] is left:
            text += f" {sign} {write(right)}"
        else:
            if text:
                yield text
            text = f"{write(left)} {sign} {write(right)}"
        before = relation
    if text:
        yield text
