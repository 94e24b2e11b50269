"""Where two lines differ: the smallest parts of both that are not the same."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.diagnosis.normal_form import NormalForms
from derivex.expression import Binder, Negative, Node, Plus, Times

__all__ = ["difference"]


def difference(first: Basic, second: Basic, forms: NormalForms) -> tuple[Basic, Basic]:
    """The parts of two lines outside of which they are the same, terms and factors in any order.

    Args:
        first: a line.
        second: another one.
        forms: decides what is the same.

    >>> from derivex.expression import symbol
    >>> a, b, x = symbol("a"), symbol("b"), symbol("x")
    >>> difference(Plus(Times(a, x), b), Plus(b, x), NormalForms())
    (Times(a, x), x)
    """
    while True:
        inner = _inside(first, second, forms)
        if inner is None:
            return first, second
        first, second = inner


def _inside(first: Basic, second: Basic, forms: NormalForms) -> tuple[Basic, Basic] | None:
    kind = type(first)
    if kind is not type(second) or not isinstance(first, Node) or not isinstance(second, Node):
        return None
    if kind in (Plus, Times):
        return _without_common(kind, first, second, forms)
    if isinstance(first, Binder) and first._args[1:] != second._args[1:]:
        return None
    if len(first._args) != len(second._args):
        return None
    pairs = [
        (left, right)
        for left, right in zip(first._args, second._args, strict=True)
        if forms.key(left) != forms.key(right)
    ]
    return pairs[0] if len(pairs) == 1 else None


def _without_common(
    kind: type[Node], first: Node, second: Node, forms: NormalForms
) -> tuple[Basic, Basic] | None:
    """Both sums without the terms that they share; None where they share none, or all."""
    left = list(first._args)
    right: list[Basic] = []
    for operand in second._args:
        key = forms.key(operand)
        same = next((each for each in left if forms.key(each) == key), None)
        if same is None:
            right.append(operand)
        else:
            left.remove(same)
    if not left or not right or len(left) == len(first._args):
        return None
    if len(left) == len(right) == 1 and type(left[0]) is type(right[0]) is Negative:
        return left[0].args[0], right[0].args[0]
    return _joined(kind, left), _joined(kind, right)


def _joined(kind: type[Node], operands: list[Basic]) -> Basic:
    return operands[0] if len(operands) == 1 else kind(*operands)
