"""Case distinctions: the case that holds, and cases that do not differ."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import And, Branch, Cases, Or, Relation, free_symbols
from derivex.expression.literals import quick_value
from derivex.expression.nodes import Node
from derivex.matching import NO_FACTS, Facts

__all__ = ["choose_case", "decided", "equal_cases"]

_PRECISIONS = (64, 512)  # bits that a constant is compared with zero at


def choose_case(node: Node, facts: Facts = NO_FACTS) -> Basic | None:
    """Leave out cases that do not hold, and what stands behind one that does.

    Args:
        node: the case distinction.
        facts: what is known of signs.

    >>> from derivex.expression import ONE, TWO, Greater, symbol
    >>> x = symbol("x")
    >>> choose_case(Cases(Branch(x, Greater(ONE, TWO)), Branch(TWO)))
    2
    """
    kept: list[Basic] = []
    changed = False
    for branch in node._args:
        holds = True if len(branch._args) == 1 else decided(branch._args[1], facts)
        if holds is False:
            changed = True
            continue
        if holds and len(branch._args) > 1:
            changed = True
            branch = Branch(branch._args[0])
        kept.append(branch)
        if holds:
            break
    if not changed or not kept:
        return None
    first = kept[0]._args
    return first[0] if len(first) == 1 else Cases(*kept)


def decided(condition: Basic, facts: Facts = NO_FACTS) -> bool | None:
    """Whether a condition holds, None where that depends on letters or cannot be told.

    Args:
        condition: a relation, or several joined by and, or.
        facts: what is known of signs.

    >>> from derivex.expression import Less, ONE, pi, symbol
    >>> decided(Less(ONE, pi)), decided(Less(ONE, symbol("x")))
    (True, None)
    """
    if isinstance(condition, Relation):
        from derivex.equality.choices import HOLDS  # here, because few formulas have conditions

        left, right = condition._args
        values = quick_value(left), quick_value(right)
        sign: int | None
        if values[0] is not None and values[1] is not None:
            sign = (values[0] > values[1]) - (values[0] < values[1])
        else:
            sign = _sign_of_difference(left, right)
        return facts.decide(condition) if sign is None else HOLDS[type(condition)](sign)
    if type(condition) in (And, Or):
        stops = type(condition) is Or
        found = [decided(part, facts) for part in condition.args]
        if stops in found:
            return stops
        return None if None in found else not stops
    return None


def _sign_of_difference(left: Basic, right: Basic) -> int | None:
    """The sign of a difference of constants such as π and √2; None where it cannot be told."""
    if left is right:
        return 0
    if free_symbols(left) or free_symbols(right):
        return None
    # Imported here: few formulas compare constants, and this takes a while to load.
    from derivex.equality.balls import evaluate, precision
    from derivex.errors import ProblemError

    for bits in _PRECISIONS:
        try:
            with precision(bits):
                difference = evaluate(left, {}, real=True) - evaluate(right, {}, real=True)
        except ProblemError:
            return None
        if not difference.imag.is_zero():
            return None
        if difference.real.is_zero():  # exactly: of whole numbers such as ⌊2⌋
            return 0
        if difference.real > 0:
            return 1
        if difference.real < 0:
            return -1
    return None


def equal_cases(node: Node) -> Basic | None:
    """Leave out the last cases before "otherwise" that have the same value as it.

    >>> from derivex.expression import ONE, Greater, symbol
    >>> x = symbol("x")
    >>> equal_cases(Cases(Branch(ONE, Greater(x, ONE)), Branch(ONE)))
    1
    """
    *others, last = node._args
    if len(last._args) > 1:
        return None
    value = last._args[0]
    kept = len(others)
    while kept and others[kept - 1]._args[0] is value:
        kept -= 1
    if kept == len(others):
        return None
    return Cases(*others[:kept], last) if kept else value
