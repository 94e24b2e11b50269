"""Which names of a derivation are vectors and matrices, and of what sizes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.expression import ONE, symbol
from derivex.expression.array_nodes import ArrayName, array_name
from derivex.expression.shapes import ShapeError, shape_of
from derivex.notation import Scope, read_text, speaks_of_arrays
from derivex.notation.characters import plain_name
from derivex.notation.inferred_shapes import infer_arrays
from derivex.notation.lexer import Source, Word, words_of
from derivex.notation.vocabulary import INDEX_LETTERS, subscript_text

__all__ = ["has_arrays", "has_indices", "of_size", "summed_up", "with_arrays"]

# A ∇ alone, and ∇_x f(x) of any f, do not say that there are vectors.
_NABLA = re.compile(r"∇(?:(?![_²]|\s*_)|_(?:\w|\{\w+\}) ?\w(?=\())")
_WITH_CAPITAL = re.compile(r"\b(?:Det|Tr|Trace)(?=\s*\()")
_NAMES = ("NAME", "GREEK")
_LOOK_AHEAD = 24  # words behind dots that may belong to the last entry
_CONSTANTS = ("e", "pi")
_OF_ANGLES = ("cos", "sin", "tan")
_OF_ARRAYS = frozenset(("softmax", "logsumexp", "diag", "tr", "trace"))


def has_arrays(sources: Sequence[Source], bold: Mapping[str, bool]) -> bool:
    """Whether the formulas of a derivation compute with vectors and matrices.

    Signs that only these have are norms, transposes, ∇_w; bold letters are some where they are
    multiplied with one another or differentiated by.  Elsewhere, as in p(x | μ), they may as
    well be numbers.
    """
    if any(_speaks(source) for source in sources):
        return True
    names = {plain_name(name) for name in bold}
    formulas = list(map(_words, sources))
    if any(_determinants(formulas)):
        return True
    for words in formulas:
        kinds = [(word.kind, plain_name(word.text)) for word in words]
        for position, (kind, text) in enumerate(kinds):
            if kind not in _NAMES:
                continue
            if text in _OF_ARRAYS:
                return True
            before = kinds[position - 1][0] if position else ""
            if text in names and before in ("PARTIAL", "STAR"):
                factors = before == "PARTIAL" or _is_factor(kinds, position - 2, names)
                if factors:
                    return True
    return False


def _is_factor(kinds: Sequence[tuple[str, str]], position: int, names: Collection[str]) -> bool:
    """Whether a bold name, perhaps with a subscript, stands at a position or ends there."""
    if position > 0 and kinds[position][0] == "SUBSCRIPT":
        position -= 1
    return position >= 0 and kinds[position][1] in names


def _speaks(source: Source) -> bool:
    if any(left.kind == "CARET" and right.text == "T" for left, right in pairwise(_words(source))):
        return True  # in θ^Tx the letters run together
    try:
        return speaks_of_arrays(_NABLA.sub("", source.text))
    except ReadError:
        return False  # a formula inside of a formula; it is told when it is read


def with_arrays(
    scope: Scope, sources: Sequence[Source], bold: Mapping[str, bool], functions: Iterable[str]
) -> Scope:
    """A scope with the vectors and matrices in the formulas of a derivation.

    Args:
        scope: what is known, with the arrays whose shapes the document gives.
        sources: the formulas.
        bold: the names that are set bold, and whether there is one for every index.
        functions: names that are functions, and so no arrays.

    >>> sources = [Source("||w||"), Source("sum_{i=1}^n w_i^2")]
    >>> [array.text for array in with_arrays(Scope(), sources, {}, ()).arrays.values()]
    ['w: n']
    """
    others = set(functions)
    words = [_words(source) for source in sources]
    bounds = summed_up(words)
    found: dict[str, ArrayName] = {}
    for source in sources:
        if not _speaks(source):
            continue
        known = scope.with_arrays(*found.values()) if found else scope
        try:
            plain = _WITH_CAPITAL.sub(lambda found: found[0].lower(), source.text)
            inferred = infer_arrays(source if plain == source.text else plain, known, number=False)
        except (ReadError, ValueError):
            continue
        found.update({array.name: array for array in inferred if array.name not in others})
    numbers = _under_cosines(sources)
    found = {name: array for name, array in found.items() if name not in numbers}
    names = {plain_name(name): family for name, family in bold.items()}
    size = next((each.rows for each in found.values() if each.columns is ONE), None)
    if size is None:
        told = {each.rows for each in scope.arrays.values() if each.columns is ONE}
        size = told.pop() if len(told) == 1 else symbol("d")
    for name, family in (*_transposed(words), *_determinants(words)):
        names.setdefault(name, family)
    for name in names:
        if name in found or name in scope.arrays or name in others:
            continue
        if not name[0].isupper():
            found[name] = array_name(name, size, family=names[name])
        elif any(_is_inverted(name, each) for each in words):
            found[name] = array_name(name, size, size, family=names[name])
        else:
            found[name] = array_name(name, symbol("n"), size, family=names[name])
    if not found:
        return scope
    return _with_equal_sizes(_resized(found, bounds, scope), sources, scope)


def _with_equal_sizes(
    arrays: Sequence[ArrayName], sources: Sequence[Source], scope: Scope
) -> Scope:
    """The scope with the arrays, of which those have one size that could not be added else."""
    told = {size for each in scope.arrays.values() for size in (each.rows, each.columns)}
    known = scope.with_arrays(*arrays)
    for _ in range(len(arrays) + 1):
        fitting = list(arrays)
        for source in sources:
            try:
                read_text(source, known)
            except ReadError as error:
                cause = error.__cause__
                if isinstance(cause, ShapeError):
                    fitting = _fitting(cause, fitting, told)
        if fitting == list(arrays):
            break
        arrays = fitting
        known = scope.with_arrays(*arrays)
    return known


def _fitting(
    error: ShapeError, arrays: Sequence[ArrayName], told: Collection[Basic]
) -> list[ArrayName]:
    """The arrays with one size for two vectors that do not fit together."""
    shapes = [shape_of(each) for each in error.operands]
    if error.what in ("have the trace", "have the determinant", "be inverted") and shapes[0]:
        rows, columns = shapes[0]
        old, new = (columns, rows) if columns not in told else (rows, columns)
        return [of_size(each, {old: new}) if old not in told else each for each in arrays]
    if len(shapes) != 2 or any(shape is None or shape[1] is not ONE for shape in shapes):
        return list(arrays)
    sizes = [shape[0] for shape in shapes if shape is not None]
    for operand, size in zip(reversed(error.operands), sizes, strict=True):
        if operand in arrays and size is not ONE:
            return [
                of_size(each, {each.rows: size}) if each is operand else each for each in arrays
            ]
    for old, new in (sizes[::-1], sizes):
        if isinstance(old, Symbol) and old not in told and ONE not in sizes:
            return [of_size(each, {old: new}) for each in arrays]
    return list(arrays)


def of_size(array: ArrayName, renamed: Mapping[Basic, Basic]) -> ArrayName:
    """An array with other letters for its sizes."""
    return array_name(
        array.name,
        renamed.get(array.rows, array.rows),
        renamed.get(array.columns, array.columns),
        array.family,
        array.symmetric,
        array.source,
    )


def _under_cosines(sources: Iterable[Source]) -> set[str]:
    """The names that stand under cos, sin or tan only: angles, which are numbers."""
    words = [_words(source) for source in sources]
    under: set[str] = set()
    others: set[str] = set()
    for formula in words:
        texts = ["", *(word.text for word in formula if word.text != "(")]
        for before, text in pairwise(texts):
            (under if before in _OF_ANGLES else others).add(plain_name(text))
    return under - others


def _transposed(formulas: Iterable[Sequence[Word]]) -> Iterator[tuple[str, bool]]:
    """The small letters in products θ^T x, and whether there is an x for each i, as in θ^T x_i.

    Where there are sums as well, their shapes are not found by trying which fit.
    """
    for words in formulas:
        for position in range(len(words) - 3):
            left, caret, mark, right = words[position : position + 4]
            if caret.kind != "CARET" or mark.text != "T":
                continue
            if left.kind not in _NAMES or right.kind not in _NAMES:
                continue
            names = plain_name(left.text), plain_name(right.text)
            if any(name[0].isupper() or name in _CONSTANTS for name in names):
                continue
            yield names[0], False
            yield names[1], _has_index(words[position + 4 : position + 8])


def _determinants(formulas: Sequence[Sequence[Word]]) -> Iterator[tuple[str, bool]]:
    """The capitals in |A| that are also written with the exponent -1: of a number it is 1/A."""
    for words in formulas:
        for left, name, right in zip(words, words[1:], words[2:], strict=False):
            if left.kind == right.kind == "BAR" and name.kind in _NAMES and name.text.isupper():
                letter = plain_name(name.text)
                if any(_is_inverted(letter, each) for each in formulas):
                    yield letter, False


def has_indices(words: Sequence[Word]) -> bool:
    """Whether some name in a formula has a letter for an index, or something is summed up."""
    for word in words:
        if word.kind in ("INDEX_OPEN", "RAISED", "SIGMA"):
            return True
        if word.kind == "SUBSCRIPT" and set(subscript_text(word.text)) & set(INDEX_LETTERS):
            return True
    return False


def _has_index(words: Sequence[Word]) -> bool:
    """Whether what follows a name is an index, below or in brackets above."""
    texts = [word.text for word in words]
    if not words:
        return False
    if words[0].kind == "SUBSCRIPT":
        index = subscript_text(texts[0])
        return len(index) == 1 and index in INDEX_LETTERS
    return words[0].kind == "RAISED" or (texts[0] == "^" and "(" in texts[1:3])


def _is_inverted(name: str, words: Sequence[Word]) -> bool:
    """Whether a name, perhaps with an index, stands somewhere with the exponent -1."""
    for position, word in enumerate(words):
        if word.kind in _NAMES and plain_name(word.text) == name:
            after = "".join(each.text for each in words[position + 1 : position + 7])
            if re.match(r"(?:_\w|_\{ *\w *\})?\^[{(]? *[-−]1|(?:_\w)?⁻¹", after):
                return True
    return False


def _words(source: Source) -> list[Word]:
    try:
        return words_of(source)
    except ReadError:
        return []


def summed_up(formulas: Iterable[Sequence[Word]]) -> dict[str, str]:
    """The number of entries of names whose entries are summed up: n of Σ_{i=1}^n w_i."""
    found: dict[str, str] = {}
    dotted: dict[str, str] = {}  # of two dots in a formula the last ones count
    for words in formulas:
        upper: dict[str, str] = {}
        for position, word in enumerate(words):
            texts = [each.text.strip() for each in words[position : position + 9]]
            if word.kind == "SIGMA" or word.text == "sum":
                if texts[1:2] == ["_{"] and texts[3:5] == ["=", "1"] and texts[5:7] == ["}", "^"]:
                    bound = texts[8] if texts[7:8] == ["{"] else texts[7] if texts[7:8] else ""
                    if bound.isalpha():
                        upper[texts[2]] = bound
            elif word.kind in _NAMES and texts[1:2] and words[position + 1].kind == "SUBSCRIPT":
                index = subscript_text(words[position + 1].text)
                if index in upper:
                    found.setdefault(plain_name(word.text), upper[index])
            elif word.kind == "DOTS":
                dotted.update(_last_entries(words[position + 1 :], found))
    return {**dotted, **found}


def _last_entries(words: Sequence[Word], known: Collection[str]) -> Iterator[tuple[str, str]]:
    """The names in what follows dots, with the letters of their last entries."""
    for word, after in pairwise(words[:_LOOK_AHEAD]):
        if word.kind == "CLOSE":
            return
        index = subscript_text(after.text) if after.kind == "SUBSCRIPT" else ""
        name = plain_name(word.text)
        if word.kind in _NAMES and len(index) == 1 and index.isalpha() and name not in known:
            yield name, index


def _resized(
    found: Mapping[str, ArrayName], bounds: Mapping[str, str], scope: Scope
) -> list[ArrayName]:
    """The arrays with the sizes that sums give."""
    fixed = {size for each in scope.arrays.values() for size in (each.rows, each.columns)}
    renamed = {
        array.rows: symbol(bounds[name])
        for name, array in found.items()
        if name in bounds and array.columns is ONE and not array.family and array.rows not in fixed
    }
    return [of_size(array, renamed) for array in found.values()]
