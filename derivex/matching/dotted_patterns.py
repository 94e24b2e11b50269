"""Left-hand sides with dots, whose letter stands for several operands."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import Apply, Cases, Dots
from derivex.expression.array_nodes import ArrayName
from derivex.expression.nodes import Node
from derivex.matching.bindings import Slots
from derivex.matching.context import Context
from derivex.matching.letter_patterns import LetterPatterns, Matcher

__all__ = ["DottedPatterns"]


class DottedPatterns(LetterPatterns):
    """Makes the functions that match ``u + ...``, ``max(u, v, ...)`` and all cases."""

    def _dots(self, pattern: Node) -> Matcher:
        kind = type(pattern)
        operands = [operand for operand in pattern._args if type(operand) is not Dots]
        if len(operands) != 1 or not self.letters.is_letter(operands[0]):
            raise ValueError("dots on a left-hand side stand after one single letter")
        (letter,) = operands
        assert isinstance(letter, (Symbol, ArrayName))
        slot = self.letters.slot(letter.name)
        self.bound.add(letter.name)
        self.letters.sequences[letter.name] = kind
        check, some = self._check(letter.name, some=False), self._check(letter.name, some=True)

        def match(node: Basic, slots: Slots, context: Context) -> bool:
            if type(node) is not kind:
                return False
            assert isinstance(node, Node)
            slots[slot] = node._args
            if some is not None and not any(some(each, slots, context) for each in node._args):
                return False
            if check is None:
                return True
            return all(check(operand, slots, context) for operand in node._args)

        return match

    def _cases(self, pattern: Node) -> Matcher:
        """``if p then u else ...``: u stands for each value in turn, p for its condition."""
        if len(pattern._args) != 2:
            raise ValueError("dots after else stand after one branch: if p then u else ...")
        slots_of: list[int] = []
        for letter in pattern._args[0]._args:
            if not self.letters.is_letter(letter):
                raise ValueError("a branch before dots has single letters: if p then u else ...")
            assert isinstance(letter, Symbol)
            slots_of.append(self.letters.slot(letter.name))
            self.bound.add(letter.name)
        value, condition = slots_of
        check = self._check(str(pattern._args[0]._args[0]))

        def match(node: Basic, slots: Slots, context: Context) -> bool:
            if type(node) is not Cases:
                return False
            branches = [branch._args for branch in node._args]
            slots[value] = tuple(branch[0] for branch in branches)
            slots[condition] = tuple(branch[1] for branch in branches if len(branch) > 1)
            return check is None or all(check(each, slots, context) for each in slots[value])

        return match

    def _arguments(self, pattern: Node) -> Matcher:
        """``max(u, v, ...)``: v stands for each of the arguments that are left."""
        head, *operands, repeated, _ = pattern._args
        if not self.letters.is_letter(repeated):
            raise ValueError("dots on a left-hand side stand after one single letter")
        assert isinstance(repeated, Symbol)
        parts = [self.compile(operand) for operand in operands]
        slot = self.letters.slot(repeated.name)
        self.bound.add(repeated.name)
        check = self._check(repeated.name)

        def match(node: Basic, slots: Slots, context: Context) -> bool:
            if type(node) is not Apply or node._args[0] is not head:
                return False
            arguments = node._args[1:]
            rest = arguments[len(parts) :]
            slots[slot] = rest
            return (
                bool(rest)
                and all(
                    part(one, slots, context) for part, one in zip(parts, arguments, strict=False)
                )
                and (check is None or all(check(one, slots, context) for one in rest))
            )

        return match
