"""What is still open while a condition or a case distinction is read."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    And,
    AtLeast,
    AtMost,
    Branch,
    Cases,
    Dots,
    Equation,
    Greater,
    Less,
    Or,
    Relation,
    Unequal,
)
from derivex.notation.open_parts import CASES, CONJUNCTION, DISJUNCTION, RELATION, OpenPart

__all__ = ["RELATIONS", "Conditional", "Conjunction", "Disjunction", "Related", "is_condition"]

RELATIONS: dict[str, type[Relation]] = {
    "=": Equation,
    "!=": Unequal,
    "≠": Unequal,
    "<": Less,
    "<=": AtMost,
    "≤": AtMost,
    ">": Greater,
    ">=": AtLeast,
    "≥": AtLeast,
}
"""The relation that each sign stands for."""


def is_condition(value: Basic, rules: bool = False) -> bool:
    """Whether a node is something that holds or not; in a rule a letter may stand for that."""
    return isinstance(value, (Relation, And, Or)) or (rules and isinstance(value, Symbol))


class Related(OpenPart):
    """The sides of a chain 0 < x < 1 so far, and the relations between them."""

    __slots__ = ("kinds", "sides")
    level = RELATION

    def __init__(self, start: int, first: Basic, kind: type[Relation]):
        super().__init__(start)
        self.sides = [first]
        self.kinds = [kind]

    def finish(self, value: Basic) -> Basic:
        sides = [*self.sides, value]
        found = [kind(*sides[k : k + 2]) for k, kind in enumerate(self.kinds)]
        return found[0] if len(found) == 1 else And(*found)


class Conjunction(OpenPart):
    """Conditions joined by "and" so far."""

    __slots__ = ("conditions",)
    level = CONJUNCTION
    kind: type[And] | type[Or] = And

    def __init__(self, start: int, first: Basic):
        super().__init__(start)
        self.conditions = [first]

    def finish(self, value: Basic) -> Basic:
        return self.kind(*self.conditions, value)


class Disjunction(Conjunction):
    """Conditions joined by "or" so far."""

    __slots__ = ()
    level = DISJUNCTION
    kind = Or


class Conditional(OpenPart):
    """The branches of if … then … else if … so far, and what is being read now.

    ``expects`` is "condition", "value" (after then) or "otherwise" (after else).
    """

    __slots__ = ("branches", "condition", "end", "expects")
    level = CASES

    def __init__(self, start: int, end: int):
        super().__init__(start)
        self.end = end  # of the word if
        self.branches: list[Basic] = []
        self.condition: Basic | None = None
        self.expects = "condition"

    def take(self, value: Basic) -> None:
        """The value of a branch, which else follows."""
        assert self.condition is not None
        self.branches.append(Branch(value, self.condition))
        self.condition = None

    def finish(self, value: Basic) -> Basic:
        if self.expects == "otherwise":
            return Cases(*self.branches, value if type(value) is Dots else Branch(value))
        self.take(value)
        return Cases(*self.branches)
