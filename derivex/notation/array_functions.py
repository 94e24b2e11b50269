"""Functions of arrays, and vectors and matrices written out by their entries."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.expression import ONE, Apply, At, Column, Matrix, Negative, Row, function_name
from derivex.expression.array_nodes import (
    Adjoint,
    Basis,
    Dot,
    Entrywise,
    Hadamard,
    Hessian,
    Identity,
    Jacobian,
    Nabla,
    Ones,
)
from derivex.expression.shapes import SCALAR, is_array, shape_of

__all__ = ["ARRAY_FUNCTIONS", "array_call", "entry_of", "loss_of_vectors", "table_of"]

_BUILDERS = {
    "identity": Identity,
    "ones": Ones,
    "basis": Basis,
    "jacobian": Jacobian,
    "adjoint": Adjoint,
    "entrywise": Entrywise,
    "inner": Dot,
    "hadamard": Hadamard,
    "gradient": Nabla,
    "hessian": Hessian,
}
_NAMES = {"trace": "tr"}

ARRAY_FUNCTIONS = {
    "det": 1,
    "tr": 1,
    "trace": 1,
    "diag": 1,
    "softmax": 1,
    "logsumexp": 1,
    "identity": 1,
    "ones": 1,
    "basis": 2,
    "jacobian": 2,
    "adjoint": 3,
    "entrywise": 3,
    "inner": 2,
    "hadamard": 2,
    "gradient": 2,
    "hessian": 2,
}
"""Functions that are known where vectors or matrices are declared, with their arities."""


def array_call(name: str, arguments: Sequence[Basic]) -> Basic | None:
    """What a function of arrays makes of its arguments; None for any other function."""
    kind = _BUILDERS.get(name)
    if kind is not None:
        return kind(*arguments)
    if name in _NAMES:
        return Apply(function_name(_NAMES[name]), *arguments)
    return None


def loss_of_vectors(name: str, arguments: Sequence[Basic]) -> tuple[Basic, str] | None:
    """What a loss of two numbers means for two vectors, and how that is said.

    >>> from derivex.expression import ONE
    >>> loss_of_vectors("crossentropy", [ONE, ONE])
    """
    if name != "crossentropy" or len(arguments) != 2 or not all(map(is_array, arguments)):
        return None
    labels, probabilities = arguments
    said = "−Σ t_k log(p_k), with the entries of the two vectors"
    return Negative(Dot(labels, Apply(function_name("log"), probabilities))), said


def entry_of(base: Basic, indices: Sequence[Basic]) -> Basic:
    """An entry; what is a number is its own only entry, and a[i][j] is a[i, j].

    >>> from derivex.expression import ONE, symbol
    >>> entry_of(entry_of(symbol("a"), [ONE]), [symbol("j")])
    At(a, 1, j)
    """
    if type(base) is At:
        return At(*base.args, *indices)
    if base.args and shape_of(base) == SCALAR and all(index is ONE for index in indices):
        return base
    return At(base, *indices)


def table_of(entries: Sequence[Basic]) -> Basic:
    """The column of some entries; of columns of equal length, the matrix with these rows.

    >>> from derivex.expression import ONE, TWO
    >>> table_of([table_of([ONE, TWO]), table_of([TWO, ONE])])
    Matrix(Row(1, 2), Row(2, 1))
    """
    if all(type(entry) is Column for entry in entries):
        return Matrix(*[Row(*entry.args) for entry in entries])
    return Column(*entries)
