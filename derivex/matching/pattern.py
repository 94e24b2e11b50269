"""Left-hand sides: a tree with letters, compiled once into a function that matches nodes.

A sum or product in a pattern matches all operands at once:

* ``u + ...`` matches any sum, and u stands for each of its terms in turn;
* ``c u`` shares all factors out between c and u, each to the first letter whose conditions
  it meets (so c takes every factor that is free of x and u takes the others);
* ``0 u`` takes the factor 0 out, and u is the rest; ``u + u`` takes a repeated term out;
* ``max(u, v, ...)`` matches a call with two or more arguments, v standing for all but the first;
* ``if p then u else ...`` matches any case distinction;
* of ``u v`` without conditions u takes the first factor and v all others.
"""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    Apply,
    Binder,
    Cases,
    Delta,
    Dots,
    Negative,
    Over,
    Plus,
    Power,
    Subdifferential,
    Times,
)
from derivex.expression.array_nodes import DERIVATIVES, ArrayName, Hadamard, MatrixProduct
from derivex.expression.nodes import Node
from derivex.matching.bindings import Letters, Slots
from derivex.matching.calls import compile_call
from derivex.matching.context import Context
from derivex.matching.dotted_patterns import DottedPatterns
from derivex.matching.letter_patterns import Check, Matcher
from derivex.matching.shared_patterns import SharedPatterns

__all__ = ["FUNCTIONS_OF_OPERANDS", "OF_WHOLE_ARRAYS", "Matcher", "compile_pattern"]


def compile_pattern(pattern: Basic, letters: Letters, bound: tuple[Symbol, ...] = ()) -> Matcher:
    """Compile a pattern.

    Args:
        pattern: the tree.
        letters: its letters, which get slots in the order in which they will be bound.
        bound: letters whose slots are filled before matching.

    Raises:
        ValueError: the pattern does not say which operands its letters stand for.
    """
    compiler = _Compiler(letters)
    for letter in bound:
        letters.slot(letter.name)
        compiler.bound.add(letter.name)
    return compiler.compile(pattern)


# Nodes whose value is a function of the values of their operands.  Derivatives and sums bind a
# variable, which f(u) would capture; w_j is an entry of w, not a function of its value.
OF_WHOLE_ARRAYS = frozenset({"det", "diag", "logsumexp", "softmax", "tr"})
"""Functions of an array that are not taken entry by entry."""
FUNCTIONS_OF_OPERANDS = frozenset({Apply, Negative, Over, Plus, Power, Times})


class _Compiler(DottedPatterns, SharedPatterns):
    def compile(self, pattern: Basic) -> Matcher:
        if self.letters.is_letter(pattern):
            return self._letter(pattern)
        if not isinstance(pattern, Node) or not pattern._args:
            return lambda node, slots, context: node is pattern
        if self.letters.is_context(pattern):
            return self._context(pattern)
        if type(pattern) is Cases and type(pattern._args[-1]) is Dots:
            return self._cases(pattern)
        if self.letters.is_call(pattern):
            return self._call(pattern)
        if type(pattern) is Apply and type(pattern._args[-1]) is Dots:
            return self._arguments(pattern)
        if type(pattern) in (MatrixProduct, Hadamard):
            return self._sequence(pattern)
        if type(pattern) in (Plus, Times):
            if any(type(operand) is Dots for operand in pattern._args):
                return self._dots(pattern)
            return self._shared_out(pattern)
        if type(pattern) is Delta:
            return self._either_way(pattern)
        return self._in_order(pattern)

    def _context(self, pattern: Basic) -> Matcher:
        """f(u): a node in which exactly one operand, u, depends on the variable of the rule."""
        function, *operands = pattern.args
        inner = operands[0]
        if len(operands) > 1 or not isinstance(inner, (Symbol, ArrayName)):
            raise ValueError(f"{function} stands for any function, so write {function}(u)")
        name = inner.name
        variables = [
            condition.other
            for condition in self.letters.unary(name)
            if condition.kind.words == "depends on" and condition.other is not None
        ]
        if len(variables) != 1:
            raise ValueError(f"{function}({name}) needs the condition “{name} depends on …”")
        if variables[0] not in self.bound:
            raise ValueError(f"{function}({name}) stands under a derivative by {variables[0]}")
        whole = self.letters.slot(f"{function}({name})")
        slot = self.letters.slot(name)
        variable = self.letters.slot(variables[0])
        self.bound |= {name, f"{function}({name})"}
        check = self._check(name, but="depends on")
        about_whole = [
            self._one_check(condition) for condition in self.letters.unary(f"{function}({name})")
        ]

        whole_arrays = name in (self.letters.arrays or {})

        def match(node: Basic, slots: Slots, context: Context) -> bool:
            if type(node) not in FUNCTIONS_OF_OPERANDS:
                return False
            if whole_arrays and type(node) is Apply and str(node._args[0]) in OF_WHOLE_ARRAYS:
                return False
            depends = context.dependence(slots[variable]).of
            found: Basic | None = None
            for operand in node._args:
                if depends(operand):
                    if found is not None:
                        return False
                    found = operand
            if found is None:
                return False
            slots[whole] = node
            slots[slot] = found
            if check is not None and not check(found, slots, context):
                return False
            return all(about(node, slots, context) for about in about_whole)

        return match

    def _call(self, pattern: Node) -> Matcher:
        """f(u), where f stands for the name of a function."""
        head, operand, *others = pattern._args
        name = str(head)
        self.letters.slot(name)
        self.bound.add(name)
        argument: Check | None = None
        if not others:
            argument = self.compile(operand)
        elif isinstance(operand, Symbol) and operand.name not in self.bound:
            self.letters.slot(operand.name)
            self.bound.add(operand.name)
            argument = self._check(operand.name) or (lambda node, slots, context: True)
        return compile_call(pattern, self.letters, argument, self._check(name))

    def _either_way(self, pattern: Node) -> Matcher:
        """δ, whose indices may stand in either order."""
        first, second = (self.compile(operand) for operand in pattern._args)

        def match(node: Basic, slots: Slots, context: Context) -> bool:
            if type(node) is not Delta:
                return False
            left, right = node._args
            return (first(left, slots, context) and second(right, slots, context)) or (
                first(right, slots, context) and second(left, slots, context)
            )

        return match

    def _in_order(self, pattern: Node) -> Matcher:
        kind = type(pattern)
        operands = list(enumerate(pattern._args))
        if kind in DERIVATIVES or kind is Subdifferential or issubclass(kind, Binder):
            # The variable or index first: the conditions on the operand speak of it.
            operands = operands[1:2] + operands[:1] + operands[2:]
            if issubclass(kind, Binder):
                operands = [*operands[:1], *operands[2:], operands[1]]
        else:
            operands.sort(key=lambda entry: self._is_fixed(entry[1]), reverse=True)
        parts = [(position, self.compile(operand)) for position, operand in operands]
        count = len(parts)
        if count == 1:
            (_, only) = parts[0]
            return lambda node, slots, context: (
                type(node) is kind and len(node._args) == 1 and only(node._args[0], slots, context)
            )
        if count == 2:
            (first_at, first), (second_at, second) = parts
            return lambda node, slots, context: (
                type(node) is kind
                and len(node._args) == 2
                and first(node._args[first_at], slots, context)
                and second(node._args[second_at], slots, context)
            )
        return lambda node, slots, context: (
            type(node) is kind
            and len(node._args) == count
            and all(match(node._args[position], slots, context) for position, match in parts)
        )

    def _is_fixed(self, operand: Basic) -> bool:
        """Whether one look tells if an operand fits: a literal, or a letter bound before."""
        if self.letters.is_letter(operand):
            assert isinstance(operand, (Symbol, ArrayName))
            return operand.name in self.bound
        return not isinstance(operand, Node) or not operand._args
