r"""Problems that say on the way what a function is: \max_x f(x) = 3 - x^2."""

from __future__ import annotations

from collections.abc import Sequence

from derivex.documents.latex_layout import closing_of
from derivex.documents.latex_signs import is_space
from derivex.documents.raw import RawFormula, Span
from derivex.notation.latex.tokens import Token

__all__ = ["leave_out_problem"]

_BEST = (r"\max", r"\min", r"\sup", r"\inf")


def leave_out_problem(tokens: Sequence[Token], chain: list[RawFormula]) -> Span | None:
    r"""Leave the \max_x out before f(x) = 3 - x^2, where x stands on the right as well.

    Returns:
        What has been left out of the chain's first formula; None if there is nothing.
    """
    first = chain[0]
    shown = [token for token in tokens if not is_space(token)]
    inside = [token for token in shown if first.start <= token.start < first.end]
    if len(chain) < 2 or len(inside) < 4 or inside[0].text not in _BEST or inside[1].text != "_":
        return None
    after = closing_of(inside, 2) + 1 if inside[2].kind == "OPEN" else 3
    letter = next((token.text for token in inside[2:after] if token.kind == "LETTER"), None)
    right = [token.text for token in shown if chain[1].start <= token.start < chain[1].end]
    if after >= len(inside) or letter not in right:
        return None
    chain[0] = first._replace(start=inside[after].start)
    return Span(first.start, inside[after].start)
