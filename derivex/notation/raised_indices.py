"""Indices written above: x⁽ⁱ⁾, x^{(i)}, and x^i under a Σ_i, which is no power."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.expression import Negative, Plus, integer, symbol
from derivex.notation.characters import raised
from derivex.notation.lexer import Word
from derivex.notation.vocabulary import INDEX_LETTERS, Vocabulary

__all__ = ["RaisedIndex", "raised_index"]

_VARIABLES = "xyz"  # letters that are no index, not even in brackets above
_COUNTS = "mn"  # letters of which one more is hardly an index


class RaisedIndex:
    """An index that stands above a name.

    Args:
        index: the index.
        after: the position of the first word behind it.
        doubtful: whether it could have been meant as a power.
    """

    __slots__ = ("after", "doubtful", "index")

    def __init__(self, index: Basic, after: int, doubtful: bool = False):
        self.index = index
        self.after = after
        self.doubtful = doubtful


def raised_index(
    name: str, words: Sequence[Word], position: int, vocabulary: Vocabulary
) -> RaisedIndex | None:
    """What stands above a name at a position, directly behind it, if that is an index.

    In round brackets set high, x⁽ⁱ⁾ and x^{(t+1)}, any letter but x, y, z is one; written like
    an exponent, x^(i) and x^i, an index that some sum runs over is one, but not above a variable
    that is declared, whose powers these are.
    """
    first = words[position]
    if first.kind in ("RAISED", "ORDER"):
        index = _index(raised(first.text[1:-1]), vocabulary, True)
        known = first.kind == "RAISED" or has_index_above(name, vocabulary)
        return RaisedIndex(index, position + 1) if index is not None and known else None
    is_variable = name in vocabulary.scope.names and name not in vocabulary.scope.data
    if first.kind == "SUPERSCRIPT":
        index = _index(raised(first.text), vocabulary, False)
        return None if index is None or is_variable else RaisedIndex(index, position + 1, True)
    if first.kind != "CARET" or first.text != "^":
        return None
    following = words[position + 1 : position + 3]
    opening = "".join(word.text for word in following if word.kind == "OPEN")
    opening = "{(" if opening == "{(" else opening[:1]
    start = position + 1 + len(opening)
    if not opening:
        if not following or following[0].kind != "NAME" or is_variable:
            return None
        index = _index(following[0].text, vocabulary, False)
        return None if index is None else RaisedIndex(index, start + 1, True)
    inner = start
    while inner < len(words) and words[inner].kind in ("NAME", "NUMBER", "PLUS", "MINUS"):
        inner += 1
    closing = {"{(": [")", "}"], "(": [")"], "{": ["}"]}.get(opening, [])
    if not closing or [word.text for word in words[inner : inner + len(closing)]] != closing:
        return None
    high = opening == "{("
    text = "".join(word.text for word in words[start:inner])
    index = _index(text, vocabulary, high, name)
    if index is None or (is_variable and not high):
        return None
    usual = text in INDEX_LETTERS or text.isdigit() or text[0] in vocabulary.bound
    return RaisedIndex(index, inner + len(closing), not (high and usual))


def has_index_above(name: str, vocabulary: Vocabulary) -> bool:
    """Whether numbers in round brackets above a name count entries: x⁽²⁾ of data x."""
    return name in vocabulary.raised or name in vocabulary.scope.data


def _index(text: str, vocabulary: Vocabulary, high: bool, name: str | None = None) -> Basic | None:
    """The index that a text is: i, 2, i+1; None if it is an exponent.

    Args:
        text: the text.
        vocabulary: what is known.
        high: whether round brackets set it high, so that it need not be bound.
        name: what a number in round brackets set high must be known to have above it.
    """
    text = text.replace("−", "-").replace("–", "-")
    sign = "+" if "+" in text else "-"
    letter, _, number = text.partition(sign)
    if letter.isdigit() and not number and high:
        known = name is None or has_index_above(name, vocabulary)
        return integer(int(letter)) if known else None
    if len(letter) != 1 or not letter.isalpha():
        return None
    bound = letter in vocabulary.bound and letter not in vocabulary.counting
    if not bound and (not high or letter in _VARIABLES or (number and letter in _COUNTS)):
        return None
    if not number:
        return symbol(letter) if sign not in text else None
    if not number.isdigit() or not high:
        return None  # x^(i − 1) is a power, as in every power series
    shift = integer(int(number))
    return Plus(symbol(letter), shift if sign == "+" else Negative(shift))
