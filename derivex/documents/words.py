"""Words of the language among the names of a formula."""

from __future__ import annotations

from collections.abc import Callable

from derivex.notation.array_functions import ARRAY_FUNCTIONS
from derivex.notation.characters import GREEK_NAMES
from derivex.notation.lexer import Word
from derivex.notation.refusals import CASE_WORDS
from derivex.notation.scope import Scope
from derivex.notation.vocabulary import CONSTANTS, OVER_INDEX

__all__ = ["language"]

_SHORT = frozenset(("is", "of", "we", "so", "to", "in", "at", "on", "by", "as", "it", "be", "an"))
_NAMES = frozenset(("mean", "lim", "int", "if", "then", "else", "grad"))


def language(scope: Scope) -> Callable[[Word], bool]:
    """Whether a word is one of the language, rather than a name, a function or a product.

    >>> from derivex.notation.lexer import Source, words_of
    >>> is_word = language(Scope())
    >>> [word.text for word in words_of(Source("the slope of ax")) if is_word(word)]
    ['the', 'slope', 'of']
    """
    known = {*scope.names, *scope.data, *scope.functions, *scope.aliases, *scope.arrays}
    known |= GREEK_NAMES | CASE_WORDS.keys() | CONSTANTS.keys() | OVER_INDEX.keys() | _NAMES
    known |= {*ARRAY_FUNCTIONS}

    def is_word(word: Word) -> bool:
        text = word.text
        if word.kind != "NAME" or not text.isalpha() or text in known:
            return False
        if text.lower() in _SHORT:
            return text.lower() == text or len(text) > 2
        if len(text) < 3:
            return False
        # "xyz" and "sinx" are products; a word has a vowel and is no run of one function.
        return any(letter in "aeiouyäöüéè" for letter in text.lower())

    return is_word
