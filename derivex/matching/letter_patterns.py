"""Letters of a left-hand side: what they are bound to, and the conditions that are judged then."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression.array_nodes import ArrayName
from derivex.matching.bindings import Letters, Slots
from derivex.matching.conditions import Condition
from derivex.matching.context import Context
from derivex.matching.shapes import array_check, is_scalar

__all__ = ["ON_DEPENDENCE", "Check", "LetterPatterns", "Matcher"]

Matcher = Callable[[Basic, Slots, Context], bool]
Check = Callable[[Basic, Slots, Context], bool]

# The conditions on dependence, and what the answer must be.
ON_DEPENDENCE = {"is free of": False, "depends on": True}


class LetterPatterns:
    """Makes the functions that bind letters.

    Args:
        letters: the letters, which get slots in the order in which they will be bound.
    """

    def __init__(self, letters: Letters):
        self.letters = letters
        self.bound: set[str] = {letters.unknown} if letters.unknown else set()

    def compile(self, pattern: Basic) -> Matcher:
        """The function that matches a part of the left-hand side."""
        raise NotImplementedError

    def _letter(self, pattern: Basic) -> Matcher:
        assert isinstance(pattern, (Symbol, ArrayName))
        slot = self.letters.slot(pattern.name)
        if pattern.name in self.bound:
            return lambda node, slots, context: node is slots[slot]
        self.bound.add(pattern.name)
        dependence = self._only_dependence(pattern.name)
        if dependence is not None:
            other, expected = dependence

            def bind_dependence(node: Basic, slots: Slots, context: Context) -> bool:
                slots[slot] = node
                return context.depends(node, slots[other]) is expected

            return bind_dependence
        check = self._check(pattern.name)
        if check is None:

            def bind(node: Basic, slots: Slots, context: Context) -> bool:
                slots[slot] = node
                return True

            return bind

        def bind_checked(node: Basic, slots: Slots, context: Context) -> bool:
            slots[slot] = node
            return check(node, slots, context)

        return bind_checked

    def _only_dependence(self, name: str) -> tuple[int, bool] | None:
        """The slot of the variable and the answer, if the one condition is on dependence."""
        if self.letters.arrays is not None:
            return None
        conditions = self._ready_conditions(name)
        if len(conditions) != 1 or conditions[0].subject != name:
            return None
        (condition,) = conditions
        if condition.other is None or condition.kind.words not in ON_DEPENDENCE:
            return None
        return self.letters.slot(condition.other), ON_DEPENDENCE[condition.kind.words]

    def _ready_conditions(self, name: str, some: bool | None = None) -> list[Condition]:
        """The conditions that can be judged now that a letter is bound.

        Of a letter for several operands, those of which one is enough (``some``) or not.
        """
        early = [
            condition
            for condition in self.letters.unary(name)
            if (condition.other is None or condition.other in self.bound)
            and some in (None, condition.kind.some)
        ]
        late = [
            condition
            for condition in self.letters.conditions
            if condition.other == name != condition.subject
            and condition.subject in self.bound
            and not some
        ]
        return early + late

    def _check(self, name: str, but: str = "", some: bool | None = None) -> Check | None:
        """The conditions that can be judged now that a letter is bound, as one function.

        Args:
            name: the letter.
            but: the words of a kind of condition that the pattern itself makes sure of.
            some: as in :meth:`_ready_conditions`.
        """
        checks = self._shape_checks(name) if not some else []
        checks += [
            self._one_check(condition) if condition.subject == name else self._late_check(condition)
            for condition in self._ready_conditions(name, some)
            if condition.kind.words != but
        ]
        if len(checks) < 2:
            return checks[0] if checks else None
        if len(checks) == 2:
            first, second = checks
            return lambda node, slots, context: (
                first(node, slots, context) and second(node, slots, context)
            )
        return lambda node, slots, context: all(check(node, slots, context) for check in checks)

    def _shape_checks(self, name: str) -> list[Check]:
        """In a rule about arrays: that a letter stands for an array of its shape, or a number."""
        if self.letters.arrays is None:
            return []
        array = self.letters.arrays.get(name)
        if array is None:
            return [lambda node, slots, context: is_scalar(node)]
        for size in (array.rows, array.columns):
            if isinstance(size, Symbol):
                self.letters.slot(size.name)
        fits = array_check(array, self.bound, self.letters.slots)
        return [lambda node, slots, context: fits(node, slots)]

    def _one_check(self, condition: Condition) -> Check:
        """A condition on the letter that is being bound."""
        holds = condition.kind.holds
        assert holds is not None
        if condition.other is None:
            return lambda node, slots, context: holds(node, None, context)
        other = self.letters.slot(condition.other)
        expected = ON_DEPENDENCE.get(condition.kind.words)
        if expected is not None:
            return lambda node, slots, context: context.depends(node, slots[other]) is expected
        if condition.kind.words == "is not":
            return lambda node, slots, context: node is not slots[other]
        return lambda node, slots, context: holds(node, slots[other], context)

    def _late_check(self, condition: Condition) -> Check:
        """A condition on a letter bound before, which speaks of the one being bound now."""
        holds = condition.kind.holds
        assert holds is not None
        subject = self.letters.slot(condition.subject)
        return lambda node, slots, context: holds(slots[subject], node, context)
