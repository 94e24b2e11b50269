"""Shapes that were not declared, found from how the names stand together.

Capital letters are taken for matrices, small ones for vectors; what cannot be one is a number.
Each size begins as a name of its own, and what does not fit says which sizes must be equal.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.expression import ONE, At, D, postorder, symbol
from derivex.expression.array_nodes import ArrayName, Jacobian, Nabla, array_name
from derivex.expression.shapes import SCALAR, ShapeError, shape_of
from derivex.notation.array_functions import ARRAY_FUNCTIONS
from derivex.notation.characters import GREEK_NAMES, letter_name, plain_name
from derivex.notation.lexer import Source, Word, source_of, words_of
from derivex.notation.parts import top_level
from derivex.notation.refusals import CASE_WORDS
from derivex.notation.scope import Scope
from derivex.notation.statements import read_relation, read_text
from derivex.notation.vocabulary import (
    INDEX_LETTERS,
    OVER_INDEX,
    UNKNOWN_FUNCTIONS,
    subscript_text,
)

__all__ = ["fits", "infer_arrays"]

_MOST_ROUNDS = 60
_ALIKE = frozenset({
    "be added", "be multiplied entry by entry", "be multiplied by a dot product",
    "be cases of one value",
})  # fmt: skip
_SQUARE = frozenset({"have the determinant", "have the trace", "be inverted"})
_NUMBERS = frozenset({"be raised to a power"})
_ONLY_NUMBERS = frozenset({
    "be divided by", "be an exponent", "be one of the numbers that a gradient is by",
})  # fmt: skip


def infer_arrays(
    text: str | Source, scope: Scope, by: Iterable[str] = (), number: bool = True
) -> tuple[ArrayName, ...]:
    """The vectors and matrices that the names of a text must be, with letters for their sizes.

    Args:
        text: the expression, whose names are not declared, or not all of them.
        scope: what is known about names; arrays that it declares keep their shapes.
        by: names that it is differentiated by, which are names of their own.
        number: whether the whole must be a number.

    Returns:
        The arrays; none where no shapes fit.  A name that has an index wherever it stands is one
        vector for each index, or where it can be one, a number for each; so is L of ∂L/∂z.

    >>> [array.text for array in infer_arrays("||X theta - y||^2", Scope())]
    ['X: n by d', 'theta: d', 'y: n']
    >>> [array.text for array in infer_arrays("w^T A w + c ||w||", Scope())]
    ['w: d', 'A: d by d']
    >>> [array.text for array in infer_arrays("A w = 2 lambda w", Scope(), number=False)]
    ['A: d by d', 'w: d']
    >>> [array.text for array in infer_arrays("sum_i (theta^T x_i - y_i)^2", Scope())]
    ['theta: d', 'x[]: d']
    >>> from derivex.expression.array_nodes import array_name
    >>> known = Scope().with_arrays(array_name("X", symbol("m"), symbol("k")))
    >>> [array.text for array in infer_arrays("||X theta - y||^2", known)]
    ['theta: k', 'y: m']
    """
    source = source_of(text) if isinstance(text, str) else text
    fits(source, scope)  # which marks the calls of unknown functions
    names, indexed = _names(source, scope, {plain_name(name) for name in by})
    arrays = {
        name: array_name(
            name,
            symbol(f"rows_of_{place}"),
            symbol(f"columns_of_{place}") if name[0].isupper() and name.isascii() else ONE,
            name in indexed,
        )
        for place, name in enumerate(names)
    }
    sizes = _Sizes(arrays, _sizes_of(scope.arrays.values()))
    if not _fit(source, scope, sizes, number):
        return ()
    words = words_of(source)
    scalars = _differentiated(words) | _before_factors(words)
    for name in names:
        if (name in indexed or name in scalars) and sizes.is_loose(name):
            without = sizes.with_number(name)
            if _fit(source, scope, without, number):
                sizes = without
    return sizes.named(names)


def _fit(text: Source, scope: Scope, sizes: _Sizes, number: bool) -> bool:
    """Make sizes equal until the shapes in a text fit; whether they do."""
    equation = bool(top_level(words_of(text), "EQUALS"))
    for _ in range(_MOST_ROUNDS):
        try:
            known = scope.with_arrays(*[each for each in sizes.arrays if not _is_number(each)])
            known = known.declare(*sizes.whole)
            read = read_relation if equation else read_text
            expression = read(text, known).expression
            shape = SCALAR if equation else shape_of(expression)
        except ReadError as error:
            cause = error.__cause__
            if not isinstance(cause, ShapeError) or not sizes.learn(cause):
                return False
            continue
        if equation:
            sides = [shape_of(side) for side in expression.args]
            left, right = (side or SCALAR for side in sides)
            assert left is not None and right is not None
            if None not in sides and left != right:
                if left == right[::-1] and any(map(_is_derivative, postorder(expression))):
                    return True  # a row in the place of a column, as one may lay out derivatives
                if not (sizes.unify(left[0], right[0]) or sizes.unify(left[1], right[1])):
                    return False
                continue
        if number and shape not in (SCALAR, None):
            assert shape is not None
            if not (sizes.unify(shape[0], ONE) or sizes.unify(shape[1], ONE)):
                return False
            continue
        return True
    return False


def _names(source: Source, scope: Scope, whole: set[str]) -> tuple[list[str], set[str]]:
    """The names in a text that may be arrays, in order, and which always have an index.

    They are letters that stand for nothing else: no functions, indices, or bounds of sums.
    """
    words = words_of(source)
    functions = {*ARRAY_FUNCTIONS, *scope.functions, *CASE_WORDS}
    for function in scope.functions.values():
        functions.update(function.aliases)
    passed, bound = _sum_parts(words)
    found: dict[str, set[bool]] = {}  # with and without an index
    for position, word in enumerate(words):
        before = words[position - 1].text if position else ""
        names: list[str] = []
        if word.text == "mean":
            return [], set()
        if position in passed or (word.text == "T" and before in ("^", "-", "{")):
            continue
        opens = words[position + 1 : position + 2]
        called = bool(opens) and opens[0].text == "(" and opens[0].start == word.end
        if word.start in source.calls:
            continue
        if called and (word.text in UNKNOWN_FUNCTIONS or letter_name(word.text) in functions):
            continue
        if called and word.text.lower() in ARRAY_FUNCTIONS:
            continue  # Tr(A)
        if word.kind == "GREEK":
            names = [letter_name(word.text)]
        elif word.kind == "NAME" and word.text not in OVER_INDEX:
            if word.text in GREEK_NAMES or word.text in whole:
                names = [plain_name(word.text)]
            elif word.text not in functions:
                names = re.findall(r"[^\W\d_][0-9]*", word.text)
        indices = _indices(words, position + 1, bound)
        for name in names:
            found.setdefault(name, set()).add(indices == 1 and name == names[-1])
            if indices == 2 and name == names[-1]:
                found[name].discard(False)  # an entry, which says nothing
    counts = {plain_name(words[position].text) for position in passed}  # n of Σ_{i=1}^n
    free = [
        name
        for name, kinds in found.items()
        if kinds
        and name not in counts
        and name not in scope.arrays
        and name not in bound
        and (name not in ("e", "pi", "d") or name in whole)
    ]
    return free, {name for name in free if found[name] == {True}}


def _before_factors(words: Sequence[Word]) -> set[str]:
    """The names right before another factor: the λ of λ w, of which one often is a number."""
    return {
        plain_name(name.text)
        for name, after in pairwise(words)
        if name.kind in ("NAME", "GREEK") and after.kind in ("NAME", "GREEK", "NUMBER", "OPEN")
    }


def _differentiated(words: Sequence[Word]) -> set[str]:
    """The names over the bar of ∂L/∂z: they are numbers, if they can be."""
    found: set[str] = set()
    for position, word in enumerate(words):
        if word.kind == "PARTIAL":
            after = [each for each in words[position + 1 : position + 5] if each.text not in "{}"]
            if len(after) > 1 and after[1].kind == "SLASH":
                found.add(plain_name(after[0].text))
    return found


def _sum_parts(words: Sequence[Word]) -> tuple[set[int], set[str]]:
    """The positions of the words that say over what sums go, and their indices."""
    passed: set[int] = set()
    bound: set[str] = set()
    for position, word in enumerate(words[:-1]):
        if word.text not in OVER_INDEX:
            continue
        low = words[position + 1]
        end = position + 2
        if low.kind == "SUBSCRIPT":
            bound.update(subscript_text(low.text).replace(",", ""))
        elif low.kind in ("INDEX_OPEN", "OPEN"):
            start = position + 1
            end = _bracket_end(words, start)
            if low.kind == "OPEN":  # sum(u, i = 1..n)
                commas = [inner for inner in range(start, end) if words[inner].kind == "COMMA"]
                start = commas[-1] if commas else end
            if start + 1 < end:
                bound.add(words[start + 1].text)
            passed.update(range(start, end))
        if end < len(words) and words[end].kind == "CARET":
            after = end + 1
            opens = after < len(words) and words[after].kind == "OPEN"
            passed.update(range(end, _bracket_end(words, after) if opens else after + 1))
    return {position for position in passed if position < len(words)}, bound


def _bracket_end(words: Sequence[Word], opening: int) -> int:
    """The position behind the bracket that opens at a position."""
    depth = 0
    for position in range(opening, len(words)):
        kind = words[position].kind
        depth += (kind in ("OPEN", "INDEX_OPEN")) - (kind == "CLOSE")
        if not depth:
            return position + 1
    return len(words)


def _indices(words: Sequence[Word], position: int, bound: Collection[str]) -> int:
    """How many indices stand behind a name: letters below, or one in brackets above."""
    texts = [word.text for word in words[position : position + 4]]
    count = 0
    if texts and words[position].kind == "SUBSCRIPT":
        letters = subscript_text(texts[0]).replace(",", "")
        if letters.isdigit():
            if [text for text in texts[1:4] if text != "{"][:2] == ["^", "T"]:
                return 1  # v_1^T, one of several vectors
            count = 2  # x_1
        elif letters and all(letter in INDEX_LETTERS or letter in bound for letter in letters):
            count = len(letters)
        texts = texts[1:]
    if texts[:1] == ["^"] and "(" in texts[1:3]:
        inside = texts[texts.index("(") + 1 :]
        if inside and (inside[0] in INDEX_LETTERS or inside[0] in bound):
            return 1  # x_j^{(i)} is an entry of the vector x^{(i)}
    return count


def _sizes_of(arrays: Iterable[ArrayName]) -> frozenset[Basic]:
    return frozenset(size for each in arrays for size in (each.rows, each.columns))


def fits(text: str | Source, scope: Scope) -> bool:
    """Whether the shapes fit where every name that is not declared is a number."""
    try:
        read_text(text, scope)
    except ReadError as error:
        return not isinstance(error.__cause__, ShapeError)
    return True


def _is_derivative(node: Basic) -> bool:
    return type(node) in (D, Nabla, Jacobian)


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
            self._arrays[name] = array_name(name, rows, columns, array.family)
        return True

    @property
    def whole(self) -> list[str]:
        """The names that stand somewhere without an index."""
        return [name for name, array in self._arrays.items() if not array.family]

    def is_loose(self, name: str) -> bool:
        """Whether nothing is known of the rows of a column, so that it may be a number."""
        array = self._arrays[name]
        others = (each for other, each in self._arrays.items() if other != name)
        taken = {size for each in others for size in (each.rows, each.columns)}
        column = array.columns is ONE and self._is_free(array.rows)
        return column and array.rows not in taken

    def with_number(self, name: str) -> _Sizes:
        """The same where a name stands for numbers."""
        array = self._arrays[name]
        number = array_name(name, ONE, ONE, array.family)
        return _Sizes({**self._arrays, name: number}, self._declared)

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
        if error.what in _ONLY_NUMBERS:
            return self.unify(columns, ONE) or self.unify(rows, ONE)
        if error.what in _NUMBERS:
            if columns is not ONE:
                return self.unify(rows, columns)
            return self.unify(rows, ONE)
        if error.what == "be multiplied":
            if columns is ONE:  # c u: a vector before another factor is none
                first = error.operands[0]
                first = first.args[0] if type(first) is At else first
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
                if size in letters or not isinstance(size, Symbol):
                    continue
                if array.columns in (ONE, array.rows):
                    wish = "d"
                if not left:
                    return ()  # more sizes than letters: these are no vectors
                letter = wish if wish in left else left[0]
                left.remove(letter)
                letters[size] = symbol(letter)
        return tuple(
            array_name(
                array.name,
                letters.get(array.rows, array.rows),
                letters.get(array.columns, array.columns),
                array.family,
            )
            for array in arrays
        )
