"""Vectors by their components, w_i for w, and back: Σ_i X_ik u_i is an entry of Xᵀu."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    TWO,
    Apply,
    At,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    Total,
    free_symbols,
    postorder,
    symbol,
    transform,
)
from derivex.expression.array_nodes import (
    ArrayName,
    Dot,
    Hadamard,
    MatrixProduct,
    Norm,
    Ones,
    Transpose,
)
from derivex.expression.nodes import ONE, Binder, Node
from derivex.expression.shapes import SCALAR, is_array, shape_of
from derivex.rulebook.procedures.factors import product_of

__all__ = [
    "INDICES",
    "dot_by_components",
    "entries_as_vector",
    "entry_by_components",
    "norm_by_components",
    "product_by_components",
]

INDICES = "ijlrstuv"
"""Letters for the indices of sums; k is left for the entry that one differentiates by."""


def norm_by_components(node: Node) -> Basic | None:
    """The squared norm of a vector as the sum of the squares of its entries.

    >>> norm_by_components(Power(Norm(ArrayName("w: d")), TWO))
    Total(Power(At(w: d, i), 2), i, 1, d)
    """
    base, exponent = node._args
    if type(base) is not Norm or len(base._args) > 1 or exponent is not TWO:
        return None
    return _over_entries(base._args[0], lambda *places: Power(_entry(base._args[0], *places), TWO))


def dot_by_components(node: Node) -> Basic | None:
    """The dot product as the sum of the products of the entries.

    >>> dot_by_components(Dot(ArrayName("w: d"), ArrayName("x: d")))
    Total(Times(At(w: d, i), At(x: d, i)), i, 1, d)
    """
    left, right = node._args
    return _over_entries(
        left, lambda *places: Times(_entry(left, *places), _entry(right, *places)), right
    )


def product_by_components(node: Node) -> Basic | None:
    """A row times a column, as the sum of the products of the entries.

    >>> product_by_components(MatrixProduct(Transpose(ArrayName("w: d")), ArrayName("x: d")))
    Total(Times(At(w: d, i), At(x: d, i)), i, 1, d)
    """
    first, *others = node._args
    shape = shape_of(first)
    if shape_of(node) != SCALAR or shape is None or shape[0] is not ONE:
        return None
    rest = others[0] if len(others) == 1 else MatrixProduct(*others)
    column = first._args[0] if type(first) is Transpose else Transpose(first)
    return _over_entries(
        column, lambda place: Times(_entry(column, place), _entry(rest, place)), rest
    )


def _over_entries(array: Basic, body, *others: Basic) -> Basic | None:  # type: ignore[no-untyped-def]
    """The sum over all entries of an array of what is made of their places."""
    shape = shape_of(array)
    if shape is None or shape == SCALAR:
        return None
    sizes = [size for size in shape if size is not ONE]
    indices = _free_indices((array, *others), len(sizes))
    total = body(*indices)
    for index, size in reversed(list(zip(indices, sizes, strict=True))):
        total = Total(total, index, ONE, size)
    return total


def _free_indices(parts: tuple[Basic, ...], count: int) -> list[Symbol]:
    """Letters for indices that stand nowhere in some expressions."""
    taken = {str(name) for part in parts for name in free_symbols(part)}
    for part in parts:
        for node in postorder(part):
            if isinstance(node, Binder):
                taken.add(str(node._args[1]))
            elif type(node) is ArrayName:
                taken |= {node.name, str(node.rows), str(node.columns)}
    return [symbol(letter) for letter in INDICES if letter not in taken][:count]


def _entry(array: Basic, *places: Basic) -> Basic:
    """The entry of an array at some places; x_i at j is x_ij."""
    if type(array) is At:
        return At(*array._args, *places)
    if type(array) is Transpose and len(places) == 2:
        return _entry(array._args[0], *reversed(places))
    return At(array, *places)


def entry_by_components(node: Node) -> Basic | None:
    """The entry of a sum, a multiple, a product of matrices, or a function entry by entry.

    >>> X, w = ArrayName("X: n by d"), ArrayName("w: d")
    >>> entry_by_components(At(MatrixProduct(X, w), symbol("i")))
    Total(Times(At(X: n by d, i, j), At(w: d, j)), j, 1, d)
    """
    array, *places = node._args
    kind = type(array)
    if kind is Plus:
        return Plus(*[_entry(term, *places) for term in array._args])
    if kind is Negative:
        return Negative(_entry(array._args[0], *places))
    if kind is Over:
        return Over(_entry(array._args[0], *places), array._args[1])
    if kind is Times or kind is Hadamard:
        return Times(*[
            _entry(factor, *places) if is_array(factor) else factor for factor in array._args
        ])  # fmt: skip
    if kind is Apply and len(array._args) == 2 and is_array(array._args[1]):
        name = str(array._args[0])
        if name not in ("softmax", "diag"):
            return Apply(array._args[0], _entry(array._args[1], *places))
    if kind is MatrixProduct:
        return _entry_of_product(array, places)
    return None


def _entry_of_product(product: Basic, places: list[Basic]) -> Basic | None:
    first, *others = product._args
    rest = others[0] if len(others) == 1 else MatrixProduct(*others)
    shape, whole = shape_of(first), shape_of(product)
    if shape is None or whole is None or shape[1] is ONE:
        return None
    indices = _free_indices((product, *places), 1)
    if not indices:
        return None
    (index,) = indices
    before = places[:1] if shape[0] is not ONE else []
    after = places[len(before) :]
    body = Times(_entry(first, *before, index), _entry(rest, index, *after))
    return Total(body, index, ONE, shape[1])


# -- back to vectors ------------------------------------------------------------------------


def entries_as_vector(node: Node, index: Basic) -> Basic | None:
    """What depends on an index, written as the entry of a vector at it.

    >>> X, u = ArrayName("X: n by d"), ArrayName("u: n")
    >>> i, k, n = symbol("i"), symbol("k"), symbol("n")
    >>> entries_as_vector(Total(Times(At(u, i), At(X, i, k)), i, ONE, n), k)
    At(MatrixProduct(Transpose(X: n by d), u: n), k)
    """
    vector = _vector(node, index)
    if vector is None or type(vector) is ArrayName:
        return None
    return At(vector, index)


def _vector(node: Basic, index: Basic) -> Basic | None:
    """The vector with these entries; None where it is not clear which it is."""
    kind = type(node)
    if kind is At:
        array, *places = node._args
        if type(array) is not ArrayName or places[-1] is not index or index in places[:-1]:
            return None
        if array.family and len(places) == 2:
            return At(array, places[0])
        return array if len(places) == 1 else None
    if kind is Plus:
        return _all(Plus, node._args, index)
    if kind is Negative:
        inside = _vector(node._args[0], index)
        return None if inside is None else Negative(inside)
    if kind is Over and not _depends(node._args[1], index):
        inside = _vector(node._args[0], index)
        return None if inside is None else Over(inside, _number(node._args[1]))
    if kind is Apply and len(node._args) == 2:
        inside = _vector(node._args[1], index)
        return None if inside is None else Apply(node._args[0], inside)
    if kind is Times:
        moving = [factor for factor in node._args if _depends(factor, index)]
        fixed = [factor for factor in node._args if not _depends(factor, index)]
        inside = _all(Hadamard, moving, index) if len(moving) > 1 else _first(moving, index)
        return None if inside is None else _scaled(fixed, inside)
    return _sum(node, index) if kind is Total else None


def _first(factors: list[Basic], index: Basic) -> Basic | None:
    return _vector(factors[0], index) if factors else None


def _scaled(numbers: list[Basic], vector: Basic) -> Basic:
    return Times(*map(_number, numbers), vector) if numbers else vector


def _number(node: Basic) -> Basic:
    """A number with Σ_i u_i v_i as dot products in it, and Σ_i u_i² as squared norms."""
    return transform(node, _product_of_vectors)


def _product_of_vectors(node: Basic) -> Basic:
    if type(node) is not Total or len(node._args) != 4 or node._args[2] is not ONE:
        return node
    body, inner, _, size = node._args
    factors = list(body._args) if type(body) in (Times, Power) else []
    if len(factors) != 2:
        return node
    left = _vector(factors[0], inner)
    if left is None or shape_of(left) != (size, ONE):
        return node
    if type(body) is Power:
        return Power(Norm(left), TWO) if factors[1] is TWO else node
    right = _vector(factors[1], inner)
    fits = right is not None and shape_of(right) == (size, ONE)
    return Dot(left, right) if right is not None and fits else node


def _all(kind: type[Node], parts: tuple[Basic, ...] | list[Basic], index: Basic) -> Basic | None:
    vectors = [_vector(part, index) for part in parts]
    found = [vector for vector in vectors if vector is not None]
    return kind(*found) if len(found) == len(vectors) else None


def _sum(node: Basic, index: Basic) -> Basic | None:
    """Σ_i A_ik u_i is the entry of Aᵀu, Σ_i A_ki u_i that of Au; else a sum of vectors."""
    body, inner, *bounds = node._args
    if any(_depends(bound, index) for bound in bounds):
        return None
    if type(body) is Negative:
        inside = _sum(Total(body._args[0], inner, *bounds), index)
        return None if inside is None else Negative(inside)
    divisor: Basic | None = None
    if type(body) is Over and not _depends(body._args[1], index):
        body, divisor = body._args
    factors = list(body._args) if type(body) is Times else [body]
    moving = [factor for factor in factors if _depends(factor, index)]
    if len(moving) != 1:
        return None
    others = [factor for factor in factors if factor is not moving[0]]
    rest = product_of(others) if others else ONE
    rest = rest if divisor is None else Over(rest, _number(divisor))
    upper = bounds[1] if bounds and bounds[0] is ONE else None
    matrix = None if upper is None else _matrix(moving[0], inner, index, upper)
    if matrix is not None and upper is not None:
        vector: Basic | None = Ones(upper)
        if _depends(rest, inner):
            vector = _vector(rest, inner)
        elif rest is not ONE:
            vector = Times(rest, Ones(upper))
        if vector is not None and shape_of(vector) == (upper, ONE):
            return MatrixProduct(matrix, vector)
    term = _vector(moving[0], index)
    if term is None:
        return None
    return Total(term if rest is ONE else Times(_number(rest), term), inner, *bounds)


def _matrix(factor: Basic, inner: Basic, index: Basic, size: Basic) -> Basic | None:
    """The matrix whose entry at the index and the inner one, of that many, a factor is."""
    if type(factor) is not At or type(factor._args[0]) is not ArrayName:
        return None
    array, *places = factor._args
    if array.family:
        return None
    if places == [inner, index] and array.rows is size:
        return Transpose(array)
    return array if places == [index, inner] and array.columns is size else None


def _depends(node: Basic, index: Basic) -> bool:
    return index in free_symbols(node)
