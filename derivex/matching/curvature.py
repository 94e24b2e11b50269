"""Is an expression convex, concave or affine in a variable, as far as rules of composition tell?

The answer "yes" is sound: it follows from the rules of disciplined convex programming
(M. Grant, S. Boyd, Y. Ye, 2006): sums and nonnegative multiples of convex functions are convex,
so is their maximum, and a convex function that does not fall is convex in a convex one.  The
answer "no" only says that these rules do not show it.

What a function contributes (that exp is convex and rises, |x| is convex) is not known here: its
rule file says it, in a ``shape`` line, and the loader tests it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntFlag

from sympy.core.basic import Basic

from derivex.expression.dependence import Dependence
from derivex.expression.functions import Function
from derivex.expression.literals import quick_value
from derivex.expression.nodes import Apply, At, Binder, Negative, Over, Plus, Power, Times, Total
from derivex.matching.facts import NO_FACTS, NONNEGATIVE, NONPOSITIVE, POSITIVE, Facts, Signs

__all__ = ["Curvature", "Curvatures"]


class Curvature(IntFlag):
    """What is known of an expression as a function of the variable; all may hold at once."""

    NOTHING = 0
    CONVEX = 1
    CONCAVE = 2
    SMOOTH = 4
    """It has a derivative everywhere."""
    AFFINE = CONVEX | CONCAVE | SMOOTH


def _turned(found: Curvature) -> Curvature:
    turned = found & Curvature.SMOOTH
    if found & Curvature.CONVEX:
        turned |= Curvature.CONCAVE
    if found & Curvature.CONCAVE:
        turned |= Curvature.CONVEX
    return turned


class Curvatures:
    """Answers for one variable, and remembers each answer.

    Args:
        dependence: which expressions depend on the variable.
        functions: the known functions, with their shapes.
        facts: what is known of signs.

    >>> from derivex.expression.nodes import ONE, function_name, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> shapes = {"abs": Function("abs", (x,), shape=frozenset({"convex"}))}
    >>> loss = Apply(function_name("abs"), Plus(Times(y, x), ONE))
    >>> Curvatures(Dependence(x), shapes).of(loss)
    <Curvature.CONVEX: 1>
    """

    def __init__(
        self, dependence: Dependence, functions: Mapping[str, Function], facts: Facts = NO_FACTS
    ):
        self._signs = facts.signs
        self._depends = dependence.of
        self._variable = dependence.variable
        self._functions = functions
        self._known: dict[Basic, Curvature] = {}

    def of(self, expression: Basic) -> Curvature:
        """What is known of the expression."""
        known = self._known
        stack = [expression]
        while stack:
            node = stack[-1]
            if node in known:
                stack.pop()
                continue
            if node is self._variable or not self._depends(node):
                known[node] = Curvature.AFFINE
                continue
            waiting = [part for part in node.args if part.args and part not in known]
            if isinstance(node, Binder):
                waiting = [part for part in node.args[:1] if part not in known]
            if waiting:
                stack.extend(waiting)
            else:
                known[node] = self._of_node(node)
        return known[expression]

    def _operand(self, node: Basic) -> Curvature:
        found = self._known.get(node)
        if found is None:  # a leaf
            found = Curvature.AFFINE
        return found

    def _of_node(self, node: Basic) -> Curvature:
        kind = type(node)
        if kind is At:
            # Another entry of the same name, w_i by w_k, is this entry or a constant.
            fixed = not any(self._depends(part) for part in node.args[1:])
            return Curvature.AFFINE if fixed else Curvature.NOTHING
        if kind is Plus:
            found = Curvature.AFFINE
            for term in node.args:
                found &= self._operand(term)
            return found
        if kind is Negative:
            return _turned(self._operand(node.args[0]))
        if kind is Times:
            return self._of_product(node)
        if kind is Over:
            above, below = node.args
            if self._depends(below):
                return Curvature.NOTHING
            return self._scaled(self._operand(above), self._signs(below))
        if kind is Power:
            return self._of_power(node)
        if kind is Total and not any(self._depends(bound) for bound in node.args[2:]):
            return self._operand(node.args[0])
        if kind is Apply:
            return self._of_call(node)
        return Curvature.NOTHING

    def _scaled(self, found: Curvature, sign: Signs) -> Curvature:
        if found == Curvature.AFFINE or sign <= NONNEGATIVE:
            return found
        if sign <= NONPOSITIVE:
            return _turned(found)
        return found & Curvature.SMOOTH

    def _of_product(self, node: Basic) -> Curvature:
        moving = [factor for factor in node.args if self._depends(factor)]
        if len(moving) > 1:
            # u · u for an affine u, and the smoothness of products.
            first, *others = moving
            found = Curvature.SMOOTH
            for factor in moving:
                found &= self._operand(factor)
            if len(others) == 1 and others[0] is first and self._is_affine(first):
                found |= Curvature.CONVEX
        else:
            found = self._operand(moving[0])
        for factor in node.args:
            if not self._depends(factor):
                found = self._scaled(found, self._signs(factor))
        return found

    def _is_affine(self, node: Basic) -> bool:
        return self._operand(node) == Curvature.AFFINE

    def _of_power(self, node: Basic) -> Curvature:
        base, exponent = node.args
        if self._depends(exponent):
            # a^u with a positive number a is exp(u log a).
            value = quick_value(base)
            positive = self._signs(base) <= POSITIVE
            found = self._operand(exponent)
            if not positive:
                return Curvature.NOTHING
            result = found & Curvature.SMOOTH
            rises = (value is None and not base.args and base.is_number) or (value or 0) >= 1
            if found == Curvature.AFFINE or (rises and found & Curvature.CONVEX):
                result |= Curvature.CONVEX
            return result
        power = quick_value(exponent)
        if power is None or power.denominator != 1 or power < 1:
            return Curvature.NOTHING
        found = self._operand(base)
        result = found & Curvature.SMOOTH
        if power == 1:
            return found
        even = power.numerator % 2 == 0
        if found == Curvature.AFFINE and even:
            return result | Curvature.CONVEX
        sign = self._signs(base)
        rises = found & Curvature.CONVEX and sign <= NONNEGATIVE
        falls = even and found & Curvature.CONCAVE and sign <= NONPOSITIVE
        if rises or falls:
            result |= Curvature.CONVEX
        return result

    def _of_call(self, node: Basic) -> Curvature:
        name, *operands = node.args
        function = self._functions.get(str(name))
        if function is None or not function.shape:
            return Curvature.NOTHING
        shape = function.shape
        result = Curvature.SMOOTH if "smooth" in shape else Curvature.NOTHING
        convex, concave = "convex" in shape, "concave" in shape
        for operand in operands:
            if not self._depends(operand):
                continue
            found = self._operand(operand)
            if not found & Curvature.SMOOTH:
                result &= ~Curvature.SMOOTH
            if found == Curvature.AFFINE:
                continue
            up, down = "increasing" in shape, "decreasing" in shape
            bends_up, bends_down = found & Curvature.CONVEX, found & Curvature.CONCAVE
            convex = convex and bool((up and bends_up) or (down and bends_down))
            concave = concave and bool((up and bends_down) or (down and bends_up))
        if convex:
            result |= Curvature.CONVEX
        if concave:
            result |= Curvature.CONCAVE
        return result
