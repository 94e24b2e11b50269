"""Which names of a derivation are vectors and matrices, and of what sizes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from derivex.errors import ReadError
from derivex.expression import ONE, symbol
from derivex.expression.array_nodes import ArrayName, array_name
from derivex.notation import Scope, speaks_of_arrays
from derivex.notation.characters import plain_name
from derivex.notation.inferred_shapes import infer_arrays
from derivex.notation.lexer import Source, Word, words_of
from derivex.notation.vocabulary import subscript_text

__all__ = ["has_arrays", "with_arrays"]

_NABLA = re.compile(r"∇(?![_²]|\s*_)")
_NAMES = ("NAME", "GREEK")


def has_arrays(sources: Iterable[Source]) -> bool:
    """Whether formulas have signs that only vectors and matrices have: norms, transposes, ∇_w."""
    return any(_speaks(source) for source in sources)


def _speaks(source: Source) -> bool:
    return speaks_of_arrays(_NABLA.sub("", source.text))


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
    bounds = _bounds(words)
    found: dict[str, ArrayName] = {}
    for source in sources:
        if not _speaks(source):
            continue
        known = scope.with_arrays(*found.values()) if found else scope
        try:
            inferred = infer_arrays(source.text, known, number=False)
        except (ReadError, ValueError):
            continue
        found.update({array.name: array for array in inferred if array.name not in others})
    names = {plain_name(name): family for name, family in bold.items()}
    vectors = [
        name
        for name in names
        if name not in found and name not in scope.arrays and name not in others
    ]
    vectors = [name for name in vectors if not (name[0].isupper() and name.isascii())]
    size = next((each.rows for each in found.values() if each.columns is ONE), symbol("d"))
    for name in vectors:
        found[name] = array_name(name, size, family=names[name])
    return scope.with_arrays(*_resized(found, bounds, scope)) if found else scope


def _words(source: Source) -> list[Word]:
    try:
        return words_of(source)
    except ReadError:
        return []


def _bounds(formulas: Iterable[Sequence[Word]]) -> dict[str, str]:
    """The number of entries of names whose entries are summed up: n of Σ_{i=1}^n w_i."""
    found: dict[str, str] = {}
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
                before = words[max(0, position - 3) : position]
                if index.isalpha() and any(each.kind == "DOTS" for each in before):
                    found.setdefault(plain_name(word.text), index)
    return found


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
    return [
        array_name(
            array.name,
            renamed.get(array.rows, array.rows),
            renamed.get(array.columns, array.columns),
            array.family,
            array.symmetric,
            array.source,
        )
        for array in found.values()
    ]
