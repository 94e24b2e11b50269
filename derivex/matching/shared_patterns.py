"""Left-hand sides whose parts share the operands of a sum or product out between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import Times
from derivex.expression.array_nodes import ArrayName
from derivex.expression.nodes import Node
from derivex.matching.bindings import Letters, Slots
from derivex.matching.context import Context
from derivex.matching.letter_patterns import ON_DEPENDENCE, Check, LetterPatterns, Matcher

__all__ = ["SharedPatterns", "shared_by_dependence", "split_by_dependence"]


class SharedPatterns(LetterPatterns):
    """Makes the functions that match ``c u``, ``0 u``, ``u + u`` and products in their order."""

    def _shared_out(self, pattern: Node) -> Matcher:
        kind = type(pattern)
        letters: list[Symbol | ArrayName] = []
        fixed: list[tuple[Matcher, type | None]] = []
        for operand in pattern._args:
            if self.letters.is_letter(operand):
                assert isinstance(operand, (Symbol, ArrayName))
                if operand.name not in self.bound:
                    letters.append(operand)
                    continue
            anything = self.letters.is_letter(operand) or self.letters.is_context(operand)
            exact = None if anything else type(operand)
            fixed.append((self.compile(operand), exact))
        repeated: list[tuple[int, Check | None, int]] = []  # u in u + u
        takers: list[tuple[int, Check | None]] = []
        whole: tuple[int, Check] | None = None  # the array in c u, which takes what c does not
        for letter, count in Counter(letters).items():
            slot = self.letters.slot(letter.name)
            check = self._check(letter.name)
            self.bound.add(letter.name)
            if count > 1:
                repeated.append((slot, check, count))
            elif kind is Times and isinstance(letter, ArrayName) and len(letters) > 1:
                assert check is not None
                whole = slot, check
                takers.append((slot, None))
            else:
                takers.append((slot, check))
        # Letters with conditions take what meets them; of the others each takes one operand,
        # in order, and the last one all that are left.
        takers.sort(key=lambda taker: taker[1] is None)
        single = {slot for slot, check in takers[:-1] if check is None}
        if not fixed and not repeated:
            by_dependence = self._shared_by_dependence(kind, letters)
            if by_dependence is not None:
                return by_dependence
        if len(fixed) == len(takers) == 1 and not repeated and takers[0][1] is None:
            (constant,) = (operand for operand in pattern._args if operand not in letters)
            if not constant.args and not self.letters.is_letter(constant):
                return _without(kind, constant, takers[0][0])

        def match(node: Basic, slots: Slots, context: Context) -> bool:
            if type(node) is not kind:
                return False
            assert isinstance(node, Node)
            rest = list(node._args)
            for matcher, exact in fixed:
                for position, operand in enumerate(rest):
                    if (exact is None or type(operand) is exact) and matcher(
                        operand, slots, context
                    ):
                        del rest[position]
                        break
                else:
                    return False
            for slot, check, count in repeated:
                for operand in rest:
                    if rest.count(operand) >= count and (
                        check is None or check(operand, slots, context)
                    ):
                        for _ in range(count):
                            rest.remove(operand)
                        slots[slot] = operand
                        break
                else:
                    return False
            if not takers:
                return not rest
            if not rest:
                return False
            if len(takers) == 1:
                slot, check = takers[0]
                joined = rest[0] if len(rest) == 1 else kind.interned[tuple(rest)]
                slots[slot] = joined
                return check is None or check(joined, slots, context)
            shares: list[list[Basic]] = [[] for _ in takers]
            for operand in rest:
                for share, (slot, check) in zip(shares, takers, strict=True):
                    if slot in single and share:
                        continue
                    if check is None or check(operand, slots, context):
                        share.append(operand)
                        break
                else:
                    return False
            for share, (slot, _) in zip(shares, takers, strict=True):
                if not share:
                    return False
                slots[slot] = share[0] if len(share) == 1 else kind.interned[tuple(share)]
            return whole is None or whole[1](slots[whole[0]], slots, context)

        return match

    def _sequence(self, pattern: Node) -> Matcher:
        """``A u``: factors in their order, of which each letter takes one or more.

        The first letter takes as many as it can.
        """
        kind = type(pattern)
        parts = [
            (self.compile(operand), self.letters.is_letter(operand)) for operand in pattern._args
        ]

        def match_from(
            part: int, factors: tuple[Basic, ...], slots: Slots, context: Context
        ) -> bool:
            matcher, several = parts[part]
            left = len(parts) - part - 1
            if not left:
                if len(factors) > 1 and not several:
                    return False
                return matcher(_joined(kind, factors), slots, context)
            most = len(factors) - left if several else 1
            return any(
                matcher(_joined(kind, factors[:taken]), slots, context)
                and match_from(part + 1, factors[taken:], slots, context)
                for taken in range(most, 0, -1)
            )

        def match(node: Basic, slots: Slots, context: Context) -> bool:
            if type(node) is not kind or len(node._args) < len(parts):
                return False
            return match_from(0, node._args, slots, context)

        return match

    def _shared_by_dependence(
        self, kind: type[Node], letters: list[Symbol | ArrayName]
    ) -> Matcher | None:
        """``c u`` with c free of x and u depending on it: one question for each operand."""
        shared = shared_by_dependence(self.letters, [letter.name for letter in letters])
        if shared is None:
            return None
        free, dependent, variable = shared

        def match(node: Basic, slots: Slots, context: Context) -> bool:
            shares = split_by_dependence(node, kind, slots[variable], context)
            if shares is None:
                return False
            slots[free], slots[dependent] = shares
            return True

        return match


def _joined(kind: type[Node], factors: tuple[Basic, ...]) -> Basic:
    return factors[0] if len(factors) == 1 else kind(*factors)


def shared_by_dependence(letters: Letters, names: Sequence[str]) -> tuple[int, int, int] | None:
    """The slots of c, u and x, if c is to be free of x, u depends on it, and that is all."""
    if letters.arrays is not None:
        return None
    conditions = [condition for name in names for condition in letters.unary(name)]
    asked = {condition.kind.words: condition for condition in conditions}
    if len(conditions) != 2 or len(names) != 2 or asked.keys() != ON_DEPENDENCE.keys():
        return None
    free, dependent = asked["is free of"], asked["depends on"]
    if free.other is None or free.other != dependent.other:
        return None
    return (
        letters.slot(free.subject),
        letters.slot(dependent.subject),
        letters.slot(free.other),
    )


def split_by_dependence(
    node: Basic, kind: type[Node], variable: Basic, context: Context
) -> tuple[Basic, Basic] | None:
    """What is free of the variable and what depends on it, in a node of that kind with both."""
    if type(node) is not kind:
        return None
    depends = context.dependence(variable).of
    without: list[Basic] = []
    with_it: list[Basic] = []
    for operand in node._args:
        (with_it if depends(operand) else without).append(operand)
    if not with_it or not without:
        return None
    joined = kind.interned
    return (
        without[0] if len(without) == 1 else joined[tuple(without)],
        with_it[0] if len(with_it) == 1 else joined[tuple(with_it)],
    )


def _without(kind: type[Node], constant: Basic, slot: int) -> Matcher:
    """``1 u``: u is what is left of a product without its first factor 1."""
    interned = kind.interned

    def match(node: Basic, slots: Slots, context: Context) -> bool:
        if type(node) is not kind:
            return False
        operands = node._args
        for position, operand in enumerate(operands):
            if operand is constant:
                rest = operands[:position] + operands[position + 1 :]
                slots[slot] = rest[0] if len(rest) == 1 else interned[rest]
                return True
        return False

    return match
