r"""Fractions as plain TeX has them: {1 \over 2} becomes \frac{1}{2}, {n \choose k} \binom{n}{k}."""

from __future__ import annotations

from derivex.notation.latex.tokens import Token

__all__ = ["with_fractions"]

_PARTING = {r"\over": r"\frac", r"\choose": r"\binom"}
_OPENING = ("OPEN", "LEFT", "BEGIN")
_CLOSING = ("CLOSE", "RIGHT", "END")


def with_fractions(
    tokens: list[Token], spaced: list[bool]
) -> tuple[list[Token], list[bool]]:  # fmt: skip
    r"""The tokens with \frac for each \over, and the like, which part the group they stand in.

    A second one in the same group stays as it is, for TeX would not know what it means, either.

    Args:
        tokens: the tokens of a formula, without white space.
        spaced: before which of them white space stands.
    """
    if not any(token.text in _PARTING for token in tokens):
        return tokens, spaced
    before: dict[int, list[Token]] = {}  # what is put in before a token
    instead: dict[int, list[Token]] = {}
    groups: list[tuple[int, Token | None]] = [(0, None)]  # where it begins, and its \over
    for position, token in enumerate(tokens):
        if token.kind in _OPENING:
            # Behind \left stands the bracket.
            groups.append((position + (2 if token.kind == "LEFT" else 1), None))
        elif token.kind in _CLOSING and len(groups) > 1:
            _, over = groups.pop()
            if over is not None:
                before.setdefault(position, []).insert(0, _brace(over, "CLOSE"))
        elif token.text in _PARTING and groups[-1][1] is None:
            begin = groups[-1][0]
            groups[-1] = begin, token
            opening = [token._replace(text=_PARTING[token.text]), _brace(token, "OPEN")]
            before[begin] = [*opening, *before.get(begin, ())]
            instead[position] = [_brace(token, "CLOSE"), _brace(token, "OPEN")]
    found: list[Token] = []
    apart: list[bool] = []
    for position, token in enumerate(tokens):
        added = before.get(position, [])
        found += [*added, *instead.get(position, [token])]
        apart += [*(False for _ in added), *(spaced[position] for _ in instead.get(position, [0]))]
    if groups[0][1] is not None:
        found.append(_brace(groups[0][1], "CLOSE"))
        apart.append(False)
    return found, apart


def _brace(at: Token, kind: str) -> Token:
    return at._replace(kind=kind, text="{" if kind == "OPEN" else "}")
