r"""Letters side by side that are one name, though nothing says so: Loss, TR of TR = 5Q.

In LaTeX letters stand for themselves one by one, but nobody multiplies L, o, s and s.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from derivex.notation.array_functions import ARRAY_FUNCTIONS
from derivex.notation.latex.commands import (
    DROPPED_WITH_ARGUMENT,
    FUNCTIONS,
    HARMFUL,
    STYLE_SWITCHES,
    UPRIGHT,
)
from derivex.notation.latex.tokens import Token, is_blank

__all__ = ["as_names", "defined_words", "letters_alone", "whole_words"]

_WORD = re.compile(r"(?=.*[aeiou])[A-Z][a-z]{2,}")  # Loss, but no Sxy
_INITIALS = re.compile(r"[A-Z]{2,}")
_FUNCTIONS = frozenset((*(command[1:] for command in FUNCTIONS), *ARRAY_FUNCTIONS, "trace"))
_TAKING_WORDS = frozenset((*UPRIGHT, *STYLE_SWITCHES, *DROPPED_WITH_ARGUMENT, *HARMFUL))
_SIGNS_OF_D = ("d", r"\partial")


def _runs(tokens: list[Token]) -> Iterator[tuple[int, int, str]]:
    """Letters directly behind one another: from where to where, and the text; single ones, too.

    What \\text and the like hold is left out: its letters make one name, or are words.
    """
    position = 0
    while position < len(tokens):
        if tokens[position].text in _TAKING_WORDS:
            position = _behind_group(tokens, position)
            continue
        end = position
        while (
            end < len(tokens)
            and tokens[end].kind == "LETTER"
            and tokens[end].text.isascii()
            and (end == position or tokens[end].start == tokens[end - 1].end)
        ):
            end += 1
        if end > position:
            yield position, end, "".join(token.text for token in tokens[position:end])
        position = max(end, position + 1)


def _behind_group(tokens: list[Token], command: int) -> int:
    """The position behind the words that a command takes, or that follow in its group."""
    depth = int(tokens[command].text in STYLE_SWITCHES)
    for position in range(command + 1, len(tokens)):
        kind = tokens[position].kind
        depth += (kind == "OPEN") - (kind == "CLOSE")
        between = is_blank(tokens[position]) or tokens[position].text == "*"
        if depth <= 0 and kind != "OPEN" and not between:
            return position + 1
    return len(tokens)


def _is_word(text: str) -> bool:
    return _WORD.fullmatch(text) is not None and text.lower() not in _FUNCTIONS


def whole_words(tokens: list[Token]) -> set[str]:
    """The words with a capital letter in a formula, also behind a d, that are no functions."""
    found: set[str] = set()
    for _, _, text in _runs(tokens):
        found.update(word for word in (text, text.removeprefix("d")) if _is_word(word))
    return found


def letters_alone(tokens: list[Token]) -> set[str]:
    """The letters that stand for themselves somewhere in a formula, or behind a d."""
    found: set[str] = set()
    for _, _, text in _runs(tokens):
        if len(text) == 1 or (len(text) == 2 and text[0] == "d"):
            found.add(text[-1])
    return found


def defined_words(formulas: Iterable[list[Token]], alone: Collection[str]) -> set[str]:
    """The initials that are the whole left side of an equation, TR = 5Q, or differentiated there.

    Args:
        formulas: the left sides of equations.
        alone: the letters that stand for themselves somewhere: PV is a product beside P.
    """
    found: set[str] = set()
    for formula in formulas:
        tokens = [token for token in formula if not is_blank(token)]
        for position, end, text in _runs(tokens):
            word = text.removeprefix("d")
            behind = tokens[end].text if end < len(tokens) else ""
            whole = position == 0 and behind in ("", "(", "_")
            differentiated = text != word or (position and tokens[position - 1].text in _SIGNS_OF_D)
            if (whole or differentiated) and _INITIALS.fullmatch(word) and not {*word} & {*alone}:
                found.add(word)
    return found


def as_names(tokens: list[Token], words: Collection[str]) -> list[Token]:
    r"""The tokens, with \mathrm{Loss} for the letters of each of some words."""
    if not words:
        return tokens
    found: list[Token] = []
    done = 0
    for position, end, text in _runs(tokens):
        start = position + (text.removeprefix("d") in words and text[0] == "d")
        if "".join(token.text for token in tokens[start:end]) not in words:
            continue
        first, last = tokens[start], tokens[end - 1]
        found += tokens[done:start]
        found.append(Token("COMMAND", r"\mathrm", first.start, last.end))
        found.append(Token("OPEN", "{", first.start, first.start))
        found += tokens[start:end]
        found.append(Token("CLOSE", "}", last.end, last.end))
        done = end
    return [*found, *tokens[done:]]
