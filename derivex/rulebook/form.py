"""A form of a rule: both sides and the conditions, compiled to match and to build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import Place
from derivex.expression import (
    ONE,
    Apply,
    D,
    Dots,
    FunctionName,
    postorder,
    symbol,
)
from derivex.expression.array_nodes import DERIVATIVES, ArrayName
from derivex.matching import (
    AnyKinds,
    Attempt,
    Builder,
    Condition,
    Context,
    Letters,
    Matcher,
    Provisions,
    Slots,
    admits,
    attempt_of,
    compile_pattern,
    compile_template,
)
from derivex.matching.pattern import FUNCTIONS_OF_OPERANDS
from derivex.matching.running import without_running_indices
from derivex.rulebook.roles import roles_of

if TYPE_CHECKING:
    from derivex.rulebook.rule import Rule

__all__ = ["Form"]


class Form:
    """One left-hand side, right-hand side and conditions of a rule, compiled.

    Args:
        rule: the rule that the form belongs to.
        before: the left-hand side.
        after: the right-hand side.
        conditions: the side conditions.
        known: the names of the known functions.
        place: where the form stands in its file.
        provided: relations between the letters that are taken for granted and said.
        arrays: the letters that stand for arrays; None where the rule does not speak of arrays.

    ``written`` is the left-hand side as it stands in the file, ``before`` the same with u for
    every u_i under a Σ_i.  ``fails`` is, for a misconception, the text of the point at which it
    fails, with its offset in the file.

    Raises:
        ValueError: a letter on the right that is not on the left, or a left-hand side that
            does not say which operands its letters stand for.
    """

    __slots__ = (
        "_attempt",
        "_raw",
        "after",
        "before",
        "build",
        "conditions",
        "fails",
        "letters",
        "match_node",
        "match_operand",
        "place",
        "provisions",
        "rule",
        "size",
        "variable_slot",
        "written",
    )

    def __init__(
        self,
        rule: Rule,
        before: Basic,
        after: Basic,
        conditions: tuple[Condition, ...],
        known: frozenset[str],
        place: Place,
        provided: tuple[Basic, ...] = (),
        arrays: Mapping[str, ArrayName] | None = None,
    ):
        self.rule = rule
        self.written = before
        self.after = after
        self.conditions = conditions
        self.place = place
        self.fails: tuple[str, int] | None = None
        self.letters = Letters(conditions, known, arrays)
        self.before = before = without_running_indices(before, self.letters)
        self.match_node: Matcher
        by_expression: Matcher | None = None
        if type(before) is D:
            # A derivative is matched by its operand, the variable being known before.
            operand, variable = before.args
            bound: tuple[Symbol, ...]
            if isinstance(variable, Symbol) and self.letters.is_letter(variable):
                bound = (variable,)
            else:
                by_expression = compile_pattern(variable, self.letters)
                bound = tuple(map(symbol, self.letters.slots))
            self.match_operand = compile_pattern(operand, self.letters, bound)
            self.match_node = self._match_derivative
        else:
            self.match_node = compile_pattern(before, self.letters)
        self.provisions = Provisions(provided, self.letters) if provided else None
        self.build: Builder = compile_template(after, self.letters)
        self._raw: Builder | None = None
        self._attempt: Attempt | None = None
        self.size = len(self.letters.slots)
        if type(before) is D:
            if by_expression is None:
                self.variable_slot = self.letters.slot(str(before.args[1]))
            else:
                self.variable_slot, self.size = self.size, self.size + 1
                self.match_operand = self._matching_variable(by_expression, self.match_operand)
        if self.provisions is not None:
            if type(before) is D:
                self.match_operand = self._as_provided(self.match_operand)
            else:
                self.match_node = self._as_provided(self.match_node)

    def _matching_variable(self, variable: Matcher, operand: Matcher) -> Matcher:
        """Where the variable is more than a letter, as a_k: it is matched before the operand."""
        slot = self.variable_slot
        return lambda node, slots, context: (
            variable(slots[slot], slots, context) and operand(node, slots, context)
        )

    def _as_provided(self, match: Matcher) -> Matcher:
        provisions = self.provisions
        assert provisions is not None
        return lambda node, slots, context: (
            match(node, slots, context) and provisions.of(slots, context) is not None
        )

    def conditions_of(self, slots: Slots) -> tuple[Basic, ...]:
        """What is to be said to the reader: the provisions that are not seen to hold."""
        return () if self.provisions is None else self.provisions.of(slots, Context()) or ()

    def _match_derivative(self, node: Basic, slots: Slots, context: Context) -> bool:
        if type(node) is not D:
            return False
        operand, variable = node.args
        slots[self.variable_slot] = variable
        return self.match_operand(operand, slots, context)

    def check(self) -> None:
        """Whether the sides and the conditions go together, which the shipped rules' do.

        Raises:
            ValueError: a condition on a letter that is not on the left, or dots and letters that
                stand for several operands do not go together.
        """
        self._check_conditions()
        self._check_dots()

    def _check_conditions(self) -> None:
        for condition in self.conditions:
            if condition.kind.words == "is the unknown" and not self.rule.is_move:
                raise ValueError("only a move has an unknown")
            for name in (condition.subject, condition.other):
                if name is None or name in self.letters.slots or name in self.letters.meanings:
                    continue
                if not any(slot.startswith(f"{name}(") for slot in self.letters.slots):
                    raise ValueError(
                        f"the condition “{condition}” speaks of {name}, "
                        "which is not on the left-hand side"
                    )

    def _check_dots(self) -> None:
        """On the right, dots and the letters that stand for several operands go together."""
        names = roles_of(self.before, self.letters).repeated
        arrays = self.letters.arrays or {}
        repeated = {arrays.get(name) or symbol(name) for name in names}
        stack = [(self.after, False)]
        while stack:
            node, dotted = stack.pop()
            if node in repeated and not dotted:
                raise ValueError(
                    f"{node} stands for several operands on the left-hand side, "
                    "so it needs dots on the right"
                )
            if any(type(operand) is Dots for operand in node.args):
                if repeated.isdisjoint(postorder(node)):
                    raise ValueError("the dots on the right stand for nothing on the left")
                dotted = True
            stack.extend((operand, dotted) for operand in node.args)

    def match(self, node: Basic, context: Context, unknown: Basic | None = None) -> Slots | None:
        """What the letters stand for if the node has this form, None if it has not.

        Args:
            node: what may have the form.
            context: what is known about dependence.
            unknown: what the letter stands for that is chosen before: the unknown of a move,
                or the increment of a difference quotient.
        """
        slots: Slots = [None] * self.size
        if self.letters.unknown is not None:
            slots[self.letters.slot(self.letters.unknown)] = unknown
        return slots if self.match_node(node, slots, context) else None

    @property
    def attempt(self) -> Attempt:
        """What applies the form in one go: to a node, or to the operand of a derivative."""
        if self._attempt is None:
            of_derivative = type(self.before) is D
            self._attempt = attempt_of(
                self,
                self.before._args[0] if of_derivative else self.before,
                self.after,
                self.letters,
                self.size,
                self.variable_slot if of_derivative else None,
                self.match_operand if of_derivative else self.match_node,
                self.build,
                plain=self.provisions is None,
            )
        return self._attempt

    def build_raw(self, slots: Slots, context: Context) -> Basic:
        """The right-hand side before arithmetic on the literals of the rule."""
        if self._raw is None:
            self._raw = compile_template(self.after, self.letters, literals=False)
        return self._raw(slots, context)

    def names(self, slots: Slots) -> dict[str, Basic | tuple[Basic, ...]]:
        """What each letter stands for, by name."""
        return {
            name: slots[slot]
            for name, slot in self.letters.slots.items()
            if slots[slot] is not None
        }

    @property
    def specificity(self) -> tuple[int, int]:
        """Forms with a greater value are tried first: more structure, then more conditions."""
        occurrences = Counter(_arrays_in(self.before))
        structure = sum(
            -1 if type(part) is Dots else 1
            for part in postorder(self.before)
            if not self.letters.is_letter(part) and not isinstance(part, FunctionName)
        )
        # A letter for a vector fits less than one for a matrix, a symmetric one less than any,
        # and one that stands there twice less than two letters.
        narrow = sum(
            (array.columns is ONE or array.symmetric) + 2 * (occurrences[array] - 1)
            for array in occurrences
        )
        return structure, len(self.conditions) + narrow

    def head(self) -> type | FunctionName | None:
        """What a node must be for the form to match; None if only matching can tell.

        For a derivative it is what stands under the ∂ that counts.
        """
        pattern = self.before
        if type(pattern) in DERIVATIVES:
            pattern = pattern.args[0]
        letters = self.letters
        if letters.is_letter(pattern) or letters.is_context(pattern) or letters.is_call(pattern):
            return None
        if type(pattern) is Apply:
            name = pattern.args[0]
            assert isinstance(name, FunctionName)
            return name
        return type(pattern)

    def mentions_variable(self) -> bool:
        """Whether the variable of a derivative stands in the operand itself, as in ∂x^n/∂x."""
        if type(self.before) not in DERIVATIVES:
            return False
        operand, variable = self.before.args[:2]
        return any(part is variable for part in postorder(operand))

    def of_constants(self) -> bool:
        """Whether it is about derivatives of what is free of the variable, as the constant rule."""
        operand, variable = self.before.args[:2]
        return self.letters.is_letter(operand) and any(
            condition.kind.words == "is free of" and condition.other == str(variable)
            for condition in self.letters.unary(str(operand))
        )

    def may_rewrite(self, kinds: AnyKinds) -> bool:
        """Whether the kinds of its operands allow a node of the right kind to match."""
        return admits(self.before, kinds, self.letters)

    def may_derive(self, operand: type, kinds: AnyKinds, by: type) -> bool:
        """The same for a derivative.

        Args:
            operand: the kind of the operand.
            kinds: the kinds of its own operands.
            by: the kind of the variable.
        """
        pattern, letter = self.before.args[:2]
        if not isinstance(letter, (Symbol, ArrayName)):
            return by is type(letter) and admits(pattern, kinds, self.letters)
        if self.letters.is_letter(pattern):
            return pattern is not letter or operand is by
        if self.letters.is_context(pattern):
            return operand in FUNCTIONS_OF_OPERANDS
        return admits(pattern, kinds, self.letters, {letter.name: by})


def _arrays_in(pattern: Basic) -> Iterator[ArrayName]:
    """The letters for arrays, each as often as it stands there."""
    stack = [pattern]
    while stack:
        node = stack.pop()
        stack.extend(node.args)
        if isinstance(node, ArrayName):
            yield node
