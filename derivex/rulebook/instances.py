"""Random instances of a form: what its letters stand for, drawn from their conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    Apply,
    At,
    AtLeast,
    AtMost,
    Branch,
    Cases,
    Delta,
    Dots,
    Greater,
    Less,
    Plus,
    Times,
    integer,
    symbol,
    transform,
)
from derivex.expression.array_nodes import ArrayName
from derivex.expression.functions import Functions
from derivex.expression.nodes import ONE, TWO, ZERO
from derivex.matching import Condition, Context, Slots
from derivex.rulebook.drawing import SHAPED, draw, draw_around, draw_shaped
from derivex.rulebook.drawing_arrays import ArrayDrawer
from derivex.rulebook.form import Form
from derivex.rulebook.roles import Roles, roles_of

__all__ = ["Bindings", "Drawer", "Instance", "assemble", "instances"]

Bindings = dict[str, "Basic | tuple[Basic, ...]"]
"""What letters stand for; a letter with dots for several operands, ``f(u)`` for a whole node."""

_TRIES = 25  # drawings of one letter until its conditions hold
_PARAMETERS = ("a", "b", "k")
_DATA = ("a", "h")
_OF_NUMBERS = frozenset(("is a number", "is unequal to", "is less than", "is greater than"))


@dataclass(frozen=True)
class Instance:
    """A node that has a form, and what the form makes of it.

    Args:
        before: the node.
        after: what the rule puts in its place.
        slots: what the letters stand for.
    """

    before: Basic
    after: Basic
    slots: Slots


def instances(form: Form, functions: Functions, count: int, seed: str = "") -> Iterator[Instance]:
    """So many tries to draw an instance; those that the form does not match are left out.

    Args:
        form: a form of a rule that is no move.
        functions: the known functions.
        count: the number of tries.
        seed: with the name of the rule it decides what is drawn.
    """
    drawer = Drawer(form, functions, Random(f"{form.rule.name} {seed}"))
    for number in range(count):
        bindings = drawer.bindings(_level(number, count))
        if bindings is None:
            continue
        before = assemble(form, bindings)
        context = Context(functions=functions)
        unknown = form.letters.unknown
        chosen = None if unknown is None else symbol(unknown)
        slots = form.match(before, context, chosen)
        if slots is not None:
            yield Instance(before, form.build(slots, context), slots)


def _level(number: int, count: int) -> int:
    """Simple instances first: a rule that is wrong fails at one of these, which reads well."""
    return min(3, 4 * number // count)


def assemble(
    form: Form, bindings: Mapping[str, Basic | tuple[Basic, ...]], part: Basic | None = None
) -> Basic:
    """The left-hand side of a form, or a part of it, with everything put in for its letters."""
    letters = form.letters
    whole = {name.split("(")[0]: node for name, node in bindings.items() if name.endswith(")")}

    def put_in(node: Basic) -> Basic:
        if isinstance(node, (Symbol, ArrayName)) and letters.is_letter(node):
            found = bindings.get(node.name, node)
            return node if isinstance(found, tuple) else found
        if type(node) is Apply and letters.is_context(node):
            found = whole.get(str(node.args[0]), node)
            assert isinstance(found, Basic)
            return found
        if letters.is_call(node) and any(type(part) is Dots for part in node.args):
            found = bindings.get(str(node.args[1]), node.args[1])
            arguments = found if isinstance(found, tuple) else (found, symbol("k"))
            return Apply(node.args[0], *arguments)
        if type(node) in (Plus, Times) and any(type(part) is Dots for part in node.args):
            letter = next(part for part in node.args if type(part) is not Dots)
            operands = bindings[getattr(letter, "name", str(letter))]
            assert isinstance(operands, tuple)
            return type(node)(*operands)
        if type(node) is Apply and type(node.args[-1]) is Dots:
            rest = bindings[str(node.args[-2])]
            assert isinstance(rest, tuple)
            return Apply(*node.args[:-2], *rest)
        if type(node) is Cases and type(node.args[-1]) is Dots:
            values, conditions = (bindings[str(letter)] for letter in node.args[0].args)
            assert isinstance(values, tuple) and isinstance(conditions, tuple)
            return Cases(
                *[
                    Branch(value, *conditions[position : position + 1])
                    for position, value in enumerate(values)
                ]
            )
        return node

    # Leaves that stand in what was put in are not looked at again: transform goes bottom-up
    # over the pattern only.
    return transform(form.before if part is None else part, put_in)


def _is_natural(condition: Condition) -> bool:
    return condition.kind.words == "is a natural number"


def _depends(condition: Condition) -> bool:
    return condition.kind.words == "depends on"


def _vanishing(drawn: Basic, conditions: list[Condition], bindings: Bindings) -> Basic:
    """What was drawn, times what it is asked to go to 0 with."""
    for condition in conditions:
        if condition.kind.words == "goes to 0 with":
            variable = bindings[str(condition.other)]
            assert isinstance(variable, Basic)
            return Times(variable, drawn)
    return drawn


class Drawer:
    """Draws what the letters of one form stand for.

    Args:
        form: the form.
        functions: the known functions.
        random: the source of randomness.
        parameters: whether letters that are no variables may stand for symbols.
    """

    def __init__(self, form: Form, functions: Functions, random: Random, parameters: bool = True):
        self.form = form
        self.random = random
        self.roles: Roles = roles_of(form.before, form.letters)
        self.arrays = form.letters.arrays or {}
        self.array_drawer = ArrayDrawer(random)
        self.known = functions
        self.functions = [
            name
            for name, function in functions.items()
            if len(function.parameters) == 1 and not function.variadic
        ]
        self.functions.append("f")
        taken = {
            *self.roles.variables,
            *self.roles.indices,
            *self.roles.limits,
            *form.letters.meanings,
        }
        self.parameters = [symbol(name) for name in _PARAMETERS if parameters and name not in taken]

    def bindings(self, level: int) -> Bindings | None:
        """What the letters stand for; None if nothing was found that meets the conditions."""
        bindings: Bindings = {}
        for name in self.roles.variables:
            bindings[name] = self._variable(name, level)
        roles = self.roles
        bound = (*roles.indices, *roles.limits, *roles.integrated)
        for name in (*bound, *roles.data, *roles.sizes):
            bindings[name] = symbol(name)
        for name in self.roles.points:
            bindings[name] = self.random.choice((ZERO, ZERO, ONE, TWO))
        for position, name in enumerate(self.roles.bounds):
            bindings[name] = ONE if position % 2 == 0 else integer(self.random.randint(1, 4))
            if any(_is_natural(condition) for condition in self.form.letters.unary(name)):
                bindings[name] = symbol("n")
        for name in self.roles.subscripts:
            bindings[name] = self._subscript(name, level)
        for name in self.roles.values:
            several = name in self.roles.repeated
            count = self.random.randint(2, 2 + min(level, 2)) if several else 1
            drawn = [self.letter(name, level, bindings) for _ in range(count)]
            operands = tuple(operand for operand in drawn if operand is not None)
            if len(operands) < count:
                return None
            operands = self._with_delta(name, operands)
            bindings[name] = operands if several else operands[0]
        for name in self.roles.conditions:
            several = name in self.roles.repeated
            conditions = tuple(
                self._condition(level, bindings)
                for _ in range(self._most(bindings) - self.random.randint(0, 1) if several else 1)
            )
            bindings[name] = conditions if several else conditions[0]
        for function, name in self.roles.contexts.items():
            operand = bindings[name]
            assert isinstance(operand, Basic)
            whole = f"{function}({name})"
            about = self.form.letters.unary(whole)
            for _ in range(_TRIES * 10 if about else 1):
                around = draw_around(self.random, operand, self.parameters, self.functions)
                if all(self._holds(each, around, bindings) for each in about):
                    break
            bindings[whole] = around
        return bindings

    def _most(self, bindings: Bindings) -> int:
        """How many operands the letters with dots stand for."""
        return max(len(found) for found in bindings.values() if isinstance(found, tuple))

    def _condition(self, level: int, bindings: Bindings) -> Basic:
        """A random relation, that holds at some points and fails at others."""
        atoms = self._atoms([], bindings) or [symbol("x")]
        kinds = (Greater, Less) if level == 0 else (Greater, Less, AtMost, AtLeast)
        kind = self.random.choice(kinds)
        return kind(self.random.choice(atoms), draw(self.random, 0, [], []))

    def _with_delta(self, name: str, operands: tuple[Basic, ...]) -> tuple[Basic, ...]:
        """The operands, one of them with a δ where the conditions ask for it."""
        for condition in self.form.letters.unary(name):
            if condition.kind.words == "has a delta of":
                chosen = self.random.randrange(len(operands))
                delta = Delta(symbol(str(condition.other)), symbol("k"))
                made = Times(delta, operands[chosen])
                operands = (*operands[:chosen], made, *operands[chosen + 1 :])
        return operands

    def letter(self, name: str, level: int, bindings: Bindings) -> Basic | None:
        """What one letter stands for, given those drawn before."""
        conditions = [each for each in self.form.letters.unary(name) if not each.kind.some]
        if self.form.letters.arrays is not None:
            return self._in_array_rule(name, level, conditions, bindings)
        atoms = self._atoms(conditions, bindings)
        if level == 0 and any(each.kind.words == "is free of" for each in conditions):
            atoms = []  # a number is the simplest constant
        shaped = next((each for each in conditions if each.kind.words in SHAPED), None)
        by = bindings.get(shaped.other) if shaped is not None and shaped.other else None
        for _ in range(_TRIES):
            if shaped is not None and isinstance(by, Basic):
                drawn = draw_shaped(self.random, level, by, shaped.kind.words)
            else:
                drawn = draw(self.random, level, atoms, conditions)
            drawn = _vanishing(drawn, conditions, bindings)
            if all(self._holds(condition, drawn, bindings) for condition in conditions):
                return drawn
        return None

    def _in_array_rule(
        self, name: str, level: int, conditions: list[Condition], bindings: Bindings
    ) -> Basic | None:
        """An array where the letter stands for one, else a number, perhaps made of arrays."""
        excluded = {c.other for c in conditions if c.kind.words == "is free of"}
        variables = [
            found
            for variable in self.roles.variables
            if variable not in excluded
            and variable in self.arrays
            and isinstance(found := bindings[variable], Basic)
        ]
        letter = self.arrays.get(name)
        for _ in range(_TRIES):
            drawn: Basic
            if name in self.roles.places:
                drawn = self.random.choice((ONE, TWO))
            elif letter is not None:
                drawn = self.array_drawer.array(letter, level, variables)
            elif variables:
                drawn = self.array_drawer.number(level, variables)
            else:
                drawn = draw(self.random, 0, self.parameters, conditions)
            if all(self._holds(condition, drawn, bindings) for condition in conditions):
                return drawn
        return None

    def _holds(self, condition: Condition, node: Basic, bindings: Bindings) -> bool:
        assert condition.kind.holds is not None
        other = bindings.get(condition.other) if condition.other else None
        if condition.other and not isinstance(other, Basic):
            return True  # about a letter that comes later: the match decides
        assert other is None or isinstance(other, Basic)
        return condition.kind.holds(node, other, Context(functions=self.known))

    def _subscript(self, name: str, level: int) -> Basic:
        """A letter, or where the conditions speak of numbers a small number."""
        conditions = self.form.letters.conditions
        words = {each.kind.words for each in conditions if name in (each.subject, each.other)}
        if words & _OF_NUMBERS or (level > 1 and self.random.random() < 0.2):
            return integer(self.random.randint(0, 5))
        return symbol(name)

    def _variable(self, name: str, level: int) -> Basic:
        """Mostly a symbol; for derivatives also an entry w_j and a whole expression."""
        if name in self.arrays:
            return self.arrays[name]
        plain = symbol(name)
        needed = {each.other for each in self.form.letters.unary(name) if _depends(each)}
        for index in needed.intersection(self.roles.indices):
            return At(symbol("w"), symbol(str(index)))
        if level < 2 or name == self.form.letters.unknown or name in self.roles.plain:
            return plain
        chance = self.random.random()
        if chance < 0.15:
            return At(symbol("w"), symbol("j"))
        return Plus(plain, symbol("y")) if chance < 0.3 else plain

    def _atoms(self, conditions: list[Condition], bindings: Bindings) -> list[Basic]:
        """What a letter may be made of: all but what it must be free of, the needed ones often."""
        excluded = {c.other for c in conditions if c.kind.words == "is free of"}
        wanted = {c.other for c in conditions if c.kind.words == "depends on"}
        atoms: list[Basic] = []
        for name in (*self.roles.variables, *self.roles.limits):
            bound = bindings[name]
            if name not in excluded and isinstance(bound, Basic):
                atoms += [bound] * (4 if name in wanted else 2)
        for name in self.roles.integrated:
            if name not in excluded:
                atoms += [symbol(name)] * 2
        for index in self.roles.indices:
            if index not in excluded:
                entries = [At(symbol(data), symbol(index)) for data in _DATA]
                atoms += entries * (2 if index in wanted else 1)
                atoms += self._moving_entries(index, excluded, bindings)
        if self.roles.indices:
            atoms += [
                At(symbol(_DATA[0]), bound)
                for name in self.roles.subscripts
                if isinstance(bound := bindings[name], Symbol)
            ]
        if not atoms or self.random.random() < 0.6:
            atoms += [part for part in self.parameters if str(part) not in self._data_names()]
        return atoms

    def _data_names(self) -> tuple[str, ...]:
        return _DATA if self.roles.indices else ()

    def _moving_entries(
        self, index: str, excluded: set[str | None], bindings: Bindings
    ) -> list[Basic]:
        """w_i under a sum, where the variable of the derivative is w_j."""
        return [
            At(variable.args[0], symbol(index))
            for name in self.roles.variables
            if name not in excluded and type(variable := bindings[name]) is At
        ]
