"""Declarations of vectors and matrices: ``X: n by d``, ``theta: d``, ``x_i: row i of X``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sympy.core.basic import Basic

from derivex.expression import ONE, integer, symbol
from derivex.expression.array_nodes import ArrayName, array_name
from derivex.notation.characters import plain_name
from derivex.notation.lexer import is_latex, source_of, words_of
from derivex.notation.scope import Scope

__all__ = [
    "declaration_text",
    "is_array_declaration",
    "read_array",
    "read_arrays",
    "speaks_of_arrays",
]

_HINT = "write X: n by d for a matrix, theta: d for a vector, x_i: d for a vector for each i"
_SIZE = r"(?:[A-Za-z]|[1-9][0-9]{0,3})"
_DECLARATION = re.compile(
    r"\s*(?P<symmetric>symmetric\s+)?(?P<name>(?:[^\W\d_]\u0302?)+(?:\d+)?)(?P<family>_[a-z]|_\{[a-z]\}|[ᵢⱼₖ])?"
    rf"\s*:\s*(?:(?P<rows>{_SIZE})(?:\s*(?:by|x|×)\s*(?P<columns>{_SIZE}))?"
    r"|row\s+[a-z]\s+of\s+(?P<source>[^\W\d_]+))(?P<after>\s+symmetric)?\s*"
)

_SIGNS = re.compile(
    r"‖|∇|⊙|⟨|\^ ?T\b|\^ ?\{ ?-?T ?\}|\^-T\b|ᵀ|\b(?:[Dd]et|[Tt]r|[Tt]race|logsumexp|softmax)\b"
)

_BOLD = r"\\(?:mathbf|boldsymbol|bm|pmb|vec)\b\s*(?:\{[^{}]*\}|\\?[A-Za-z]+)"
_BOLD_PRODUCT = re.compile(rf"{_BOLD}(?:_\w|_\{{\w*\}})?\s*\\cdot\s*{_BOLD}")


def speaks_of_arrays(text: str) -> bool:
    """Whether a text has signs that only vectors and matrices have: norms, transposes, det.

    In LaTeX a dot between two bold letters is such a sign, too.

    >>> speaks_of_arrays("||x||^2"), speaks_of_arrays("|x||y|"), speaks_of_arrays("log det M")
    (True, False, True)
    """
    if is_latex(text):
        if _BOLD_PRODUCT.search(text):
            return True
        text = source_of(text).text
    without = text.replace("||", "")
    norms = "||" in text and "|" not in without
    return norms or _SIGNS.search(text) is not None


def is_array_declaration(text: str) -> bool:
    """Whether a text declares the shape of something, rather than defining it.

    >>> is_array_declaration("X: n by d"), is_array_declaration("f(a) = s a")
    (True, False)
    """
    return ":" in text and "=" not in text


def declaration_text(array: ArrayName) -> str:
    """A declaration as one types it.

    >>> declaration_text(ArrayName("x[]: d rows of X"))
    'x_i: row i of X'
    """
    if array.source:
        return f"{array.name}_i: row i of {array.source}"
    return array.text.replace("[]", "_i")


def read_array(text: str, scope: Scope | None = None, place_name: str | None = None) -> ArrayName:
    """Read one declaration of an array.

    Args:
        text: ``X: n by d``; sizes are letters or whole numbers.  ``A: d by d symmetric`` is
            its own transpose, and ``x_i: row i of X`` are the rows of a matrix, as columns.
        scope: what is known, such as the matrix whose rows are meant.
        place_name: what the text is called in errors.

    Raises:
        ReadError: it is no such declaration.

    >>> read_array("A: d × d symmetric").text, read_array("x_i: d").text
    ('A: d by d symmetric', 'x[]: d')
    """
    source = source_of(text, place_name)
    words_of(source)  # which refuses what no text may hold
    text = source.text
    found = _DECLARATION.fullmatch(text)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if found is None:
        raise source.error("this declares no vector or matrix", start, end, _HINT)
    arrays: Mapping[str, ArrayName] = scope.arrays if scope is not None else {}
    name = plain_name(found["name"])
    family = found["family"] is not None
    symmetric = found["symmetric"] is not None or found["after"] is not None
    if found["source"]:
        matrix = arrays.get(plain_name(found["source"]))
        if matrix is None or not family:
            raise source.error(
                "rows are those of a matrix that was declared before, one for each index",
                start,
                end,
                "write X: n by d first, then x_i: row i of X",
            )
        return array_name(name, matrix.columns, ONE, True, False, matrix.name)
    rows, columns = _size(found["rows"]), _size(found["columns"] or "1")
    if rows is ONE and columns is ONE:
        raise source.error(
            f"{name} has one entry, so it is a number", start, end, "leave this declaration out"
        )
    if symmetric and rows is not columns:
        raise source.error(
            f"{name} cannot be symmetric: it is {rows} × {columns}",
            start,
            end,
            "a symmetric matrix has as many rows as columns",
        )
    return array_name(name, rows, columns, family, symmetric)


def read_arrays(text: str, scope: Scope | None = None) -> tuple[ArrayName, ...]:
    """Read declarations separated by commas: ``X: n by d, theta: d``."""
    found: list[ArrayName] = []
    scope = scope or Scope()
    for part in text.split(","):
        array = read_array(part, scope)
        scope = scope.with_arrays(array)
        found.append(array)
    return tuple(found)


def _size(text: str) -> Basic:
    return integer(int(text)) if text.isdigit() else symbol(text)
