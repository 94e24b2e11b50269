"""Shapes that were not declared, found from how the names stand together.

Capital letters are taken for matrices, small ones for vectors; what cannot be one is a number.
Each size begins as a letter of its own, and what does not fit says which sizes must be equal.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.expression import ONE, symbol
from derivex.expression.array_nodes import ArrayName, array_name
from derivex.expression.shapes import SCALAR, ShapeError, shape_of
from derivex.notation.array_functions import ARRAY_FUNCTIONS
from derivex.notation.characters import GREEK_NAMES, letter_name, plain_name
from derivex.notation.lexer import source_of, words_of
from derivex.notation.refusals import CASE_WORDS
from derivex.notation.scope import Scope
from derivex.notation.statements import read_text

__all__ = ["fits", "infer_arrays"]

_MOST_ROUNDS = 60
_ALIKE = frozenset({
    "be added", "be multiplied entry by entry", "be multiplied by a dot product",
    "be cases of one value",
})  # fmt: skip
_SQUARE = frozenset({"have the determinant", "have the trace", "be inverted"})
_NUMBERS = frozenset({"be an exponent", "be divided by", "be raised to a power"})


def infer_arrays(
    text: str, scope: Scope, by: Iterable[str] = (), number: bool = True
) -> tuple[ArrayName, ...]:
    """The vectors and matrices that the names of a text must be, with letters for their sizes.

    Args:
        text: the expression, whose names are not declared, or not all of them.
        scope: what is known about names; arrays that it declares keep their shapes.
        by: names that it is differentiated by, which are names of their own.
        number: whether the whole must be a number.

    Returns:
        The arrays; none where no shapes fit, or where there are sums over an index, in which
        an indexed name may be an entry or a vector.

    >>> [array.text for array in infer_arrays("||X theta - y||^2", Scope())]
    ['X: n by d', 'theta: d', 'y: n']
    >>> [array.text for array in infer_arrays("w^T A w + c ||w||", Scope())]
    ['w: d', 'A: d by d']
    >>> from derivex.expression.array_nodes import array_name
    >>> known = Scope().with_arrays(array_name("X", symbol("m"), symbol("k")))
    >>> [array.text for array in infer_arrays("||X theta - y||^2", known)]
    ['theta: k', 'y: m']
    """
    names = _names(text, scope, {plain_name(name) for name in by})
    arrays = {
        name: array_name(
            name,
            symbol(f"rows_of_{name}"),
            symbol(f"columns_of_{name}") if name[0].isupper() and name.isascii() else ONE,
        )
        for name in names
    }
    sizes = _Sizes(arrays, _sizes_of(scope.arrays.values()))
    for _ in range(_MOST_ROUNDS):
        try:
            known = scope.with_arrays(*[each for each in sizes.arrays if not _is_number(each)])
            shape = shape_of(read_text(text, known.declare(*arrays)).expression)
        except ReadError as error:
            cause = error.__cause__
            if not isinstance(cause, ShapeError) or not sizes.learn(cause):
                return ()
            continue
        if number and shape not in (SCALAR, None):
            assert shape is not None
            if not (sizes.unify(shape[0], ONE) or sizes.unify(shape[1], ONE)):
                return ()
            continue
        return sizes.named(names)
    return ()


def _names(text: str, scope: Scope, whole: set[str]) -> list[str]:
    """The names in a text that may be arrays, in order: letters that stand for nothing else."""
    found: dict[str, None] = {}
    words = words_of(source_of(text))
    functions = {*ARRAY_FUNCTIONS, *scope.functions, *CASE_WORDS}
    for function in scope.functions.values():
        functions.update(function.aliases)
    for position, word in enumerate(words):
        before = words[position - 1].text if position else ""
        if word.kind == "SIGMA" or word.text in ("sum", "prod", "mean"):
            return []
        if word.kind == "GREEK":
            found[letter_name(word.text)] = None
        elif word.kind == "NAME" and not (word.text == "T" and before in ("^", "-")):
            known = word.text in functions
            if word.text in GREEK_NAMES or word.text in whole:
                found[plain_name(word.text)] = None
            elif not known:
                found.update(dict.fromkeys(re.findall(r"[^\W\d_][0-9]*", word.text)))
    return [
        name
        for name in found
        if name not in scope.arrays and (name not in ("e", "pi", "d") or name in whole)
    ]


def _sizes_of(arrays: Iterable[ArrayName]) -> frozenset[Basic]:
    return frozenset(size for each in arrays for size in (each.rows, each.columns))


def fits(text: str, scope: Scope) -> bool:
    """Whether the shapes fit where every name that is not declared is a number."""
    try:
        read_text(text, scope)
    except ReadError as error:
        return not isinstance(error.__cause__, ShapeError)
    return True


def _is_number(array: ArrayName) -> bool:
    return array.rows is ONE and array.columns is ONE


class _Sizes:
    """The sizes of some arrays, of which more and more are found to be equal."""

    def __init__(self, arrays: Mapping[str, ArrayName], declared: Collection[Basic] = ()):
        self._arrays = dict(arrays)
        self._declared = declared

    @property
    def arrays(self) -> list[ArrayName]:
        """The arrays as far as they are known."""
        return list(self._arrays.values())

    def unify(self, left: Basic, right: Basic) -> bool:
        """Make two sizes equal; whether anything changed."""
        if left is right:
            return False
        if not self._is_free(left):
            left, right = right, left
        if not self._is_free(left):
            return False
        for name, array in self._arrays.items():
            rows, columns = (
                right if size is left else size for size in (array.rows, array.columns)
            )
            self._arrays[name] = array_name(name, rows, columns)
        return True

    def _is_free(self, size: Basic) -> bool:
        return isinstance(size, Symbol) and size not in self._declared

    def learn(self, error: ShapeError) -> bool:
        """What shapes that do not fit say about the sizes; whether they say anything."""
        shapes = [shape_of(operand) or SCALAR for operand in error.operands]
        (rows, columns), last = shapes[0] or (ONE, ONE), shapes[-1] or (ONE, ONE)
        if error.what in _ALIKE:
            return self.unify(rows, last[0]) or self.unify(columns, last[1])
        if error.what in _SQUARE:
            return self.unify(rows, columns)
        if error.what in _NUMBERS:
            if columns is not ONE:
                return self.unify(rows, columns)
            return self.unify(rows, ONE)
        if error.what == "be multiplied":
            if columns is ONE:  # c u: a vector before another factor is none
                first = error.operands[0]
                return type(first) is ArrayName and self.unify(rows, ONE)
            return self.unify(columns, last[0])
        return columns is not ONE and self.unify(columns, ONE)

    def named(self, names: Iterable[str]) -> tuple[ArrayName, ...]:
        """The arrays with letters for their sizes: n by d, where these are free."""
        taken = {*self._arrays, *map(str, self._declared)}
        left = [letter for letter in "ndmkpqrst" if letter not in taken]
        letters: dict[Basic, Basic] = {ONE: ONE, **{size: size for size in self._declared}}
        arrays = [self._arrays[name] for name in names if not _is_number(self._arrays[name])]
        ordered = sorted(arrays, key=lambda array: array.columns in (ONE, array.rows))
        for array in ordered:
            for size, wish in ((array.rows, "n"), (array.columns, "d")):
                if size in letters:
                    continue
                if array.columns in (ONE, array.rows):
                    wish = "d"
                if not left:
                    return ()  # more sizes than letters: these are no vectors
                letter = wish if wish in left else left[0]
                left.remove(letter)
                letters[size] = symbol(letter)
        return tuple(
            array_name(array.name, letters[array.rows], letters[array.columns]) for array in arrays
        )
