"""Letters run together: a b is written ab, but s i n is not written sin.

The reader takes a run of declared letters for their product.  A run that is, or holds, a word
with a meaning of its own keeps its spaces.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from sympy import Integer, Symbol
from sympy.core.basic import Basic

from derivex.expression import Negative, Power
from derivex.notation.characters import GREEK_NAMES
from derivex.notation.refusals import CASE_WORDS, RESERVED
from derivex.notation.vocabulary import CONSTANTS, INDEX_LETTERS

__all__ = ["run_together"]

_LONGEST = 12  # letters; more of them look like a word, and the reader takes 25 for one name

# Functions that are known to people, whether or not a table of functions has them.
_USUAL = frozenset(
    ("abs", "arg", "cos", "cosh", "cot", "coth", "csc", "det", "erf", "exp", "grad", "lim", "ln",
     "log", "max", "mean", "min", "mod", "prod", "relu", "sec", "sech", "sgn", "sign", "sin",
     "sinh", "sqrt", "sum", "tan", "tanh", "var")
)  # fmt: skip
_WORDS = _USUAL.union(RESERVED, CASE_WORDS, GREEK_NAMES, CONSTANTS) - {"e"}


def run_together(
    factors: Sequence[Basic], unicode: bool, functions: Collection[str] = ()
) -> frozenset[int]:
    """The positions of the factors that stand directly next to the factor before them.

    Args:
        factors: the factors of a product.
        unicode: whether whole exponents are raised digits, after which a letter can follow.
        functions: names of functions that a run must not form, beside the usual ones.

    >>> from derivex.expression import TWO, symbol
    >>> a, b, s, i, n = map(symbol, "absin")
    >>> sorted(run_together([TWO, a, b], True)), sorted(run_together([s, i, n], True))
    ([2], [])
    """
    letters = [_letter(factor) for factor in factors]
    joined: set[int] = set()
    start = 0
    while start < len(letters):
        end = start
        while end < len(letters) and letters[end]:
            end += 1
        if end > start + 1:
            words = "".join(
                letters[position] + (" " if type(factors[position]) is Power else "")
                for position in range(start, end)
            )
            if not _has_meaning(words) and not any(len(f) > 1 and f in words for f in functions):
                joined.update(
                    position
                    for position in range(start + 1, end)
                    if _may_be_followed(factors[position - 1], unicode)
                )
        start = end + 1
    return frozenset(joined)


def _letter(factor: Basic) -> str:
    """The Latin letter that a factor consists of, or that it is a power of; "" if none."""
    if type(factor) is Power:
        factor = factor.args[0]
    if isinstance(factor, Symbol):
        name: str = factor.name
        # e would be read as the constant.
        if len(name) == 1 and name.isascii() and name.isalpha() and name != "e":
            return name
    return ""


def _may_be_followed(factor: Basic, unicode: bool) -> bool:
    """Whether a letter can follow directly: in x²y it can, x^2y would be hard to read."""
    if type(factor) is not Power:
        return True
    exponent = factor.args[1]
    return unicode and isinstance(
        exponent.args[0] if type(exponent) is Negative else exponent, Integer
    )


@lru_cache(maxsize=4096)
def _has_meaning(words: str) -> bool:
    """Whether one of these runs of letters could be taken for something else than a product."""
    letters = words.replace(" ", "")
    # x x would look like one name, and d x like a differential.
    if "d" in letters[:-1] or len(set(letters)) < len(letters):
        return True
    return any(_is_word(run) for run in words.split() if len(run) > 1)


def _is_word(run: str) -> bool:
    if len(run) > _LONGEST or any(word in run for word in _WORDS):
        return True
    # As an index, nm is read only in the order of the alphabet: a[mn].
    return run not in INDEX_LETTERS and all(letter in INDEX_LETTERS for letter in run)
