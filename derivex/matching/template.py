"""Right-hand sides: a tree with letters, compiled once into a function that builds nodes.

``t + ...`` builds one term t for each operand that a letter with dots stands for, and
``(d/dx u) * ...`` inside it the product of all those operands with u replaced.

Arithmetic on the literals of the rule just applied is done at once (design, law 5): with
n = 2, ``n x^(n - 1)`` is built as 2x, not as 2x^(2 − 1).  The unevaluated form is built as
well when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    Apply,
    At,
    Binder,
    Branch,
    Cases,
    Dots,
    Negative,
    Over,
    Plus,
    Power,
    Substituted,
    Times,
    postorder,
    put_in,
    substitute,
)
from derivex.expression.array_nodes import FLAT, ArrayName
from derivex.expression.literals import INTEGER_TYPES, Value, number, number_like, quick_value
from derivex.expression.nodes import Node
from derivex.expression.traverse import new_names
from derivex.matching.bindings import Letters, Slots
from derivex.matching.calls import Current, compile_call_template
from derivex.matching.context import Context

__all__ = ["Builder", "TemplateCompiler", "UnboundLetterError", "compile_template"]

Builder = Callable[[Slots, Context], Basic]


class UnboundLetterError(ValueError):
    """A letter of a right-hand side that does not occur on the left.

    Args:
        name: the letter.
    """

    def __init__(self, name: str):
        super().__init__(f"{name} does not occur on the left-hand side")
        self.name = name


def compile_template(template: Basic, letters: Letters, literals: bool = True) -> Builder:
    """Compile a right-hand side.

    Args:
        template: the tree.
        letters: the letters of the left-hand side, after its pattern was compiled.
        literals: whether arithmetic on the literals of the rule is done at once.

    Raises:
        UnboundLetterError: a letter of the right-hand side does not occur on the left.
        ValueError: dots that do not stand after one operand.
    """
    return TemplateCompiler(letters, literals).compile(template)


class TemplateCompiler:
    """Makes the functions that build the parts of a right-hand side."""

    def __init__(self, letters: Letters, literals: bool):
        self.letters = letters
        self.literals = literals

    def compile(self, template: Basic) -> Builder:
        if self.letters.is_letter(template):
            assert isinstance(template, (Symbol, ArrayName))
            if template.name not in self.letters.slots:
                raise UnboundLetterError(template.name)
            slot = self.letters.slots[template.name]
            if template.name in self.letters.chosen:
                return lambda slots, context: _at_hand(slots[slot])
            return lambda slots, context: slots[slot]
        if not isinstance(template, Node) or self.is_constant(template):
            return lambda slots, context: template
        if self._is_indexed(template):
            assert isinstance(template, Node)
            return self._at_index(template)
        if isinstance(template, Binder) and self._has_new_index(template):
            return self._with_new_index(template)
        if self.letters.is_context(template):
            return self._context(template)
        if self.letters.is_call(template):
            single = len(template._args) == 2
            argument = self.compile(template._args[1]) if single else None
            return compile_call_template(template, self.letters, argument)
        kind = type(template)
        if kind is Cases and type(template._args[-1]) is Dots:
            return self._cases(template)
        if kind is Substituted:
            return self._substituted(template)
        if kind is Apply and type(template._args[-1]) is Dots:
            return self._arguments(template)
        if kind in (Plus, Times) and any(type(operand) is Dots for operand in template._args):
            return self._dots(template)
        if self.is_arithmetic(template):
            return self._arithmetic(template)
        return self._plain(template)

    def _plain(self, template: Node) -> Builder:
        kind = type(template)
        parts = [self.compile(operand) for operand in template._args]
        interned = kind.interned
        if kind is Power and self.literals:
            base, exponent = parts

            def power(slots: Slots, context: Context) -> Basic:
                up = exponent(slots, context)
                down = base(slots, context)
                return down if up is ONE else interned[down, up]

            return power
        if self._may_take_in(template):
            if len(parts) != 2:
                return lambda slots, context: kind(*[part(slots, context) for part in parts])
            left, right = parts

            def pair(slots: Slots, context: Context) -> Basic:
                one, other = left(slots, context), right(slots, context)
                if type(one) is kind or type(other) is kind:
                    return kind(one, other)
                return interned[one, other]

            return pair
        if len(parts) == 1:
            (only,) = parts
            return lambda slots, context: interned[(only(slots, context),)]
        if len(parts) == 2:
            first, second = parts
            if all(map(self._is_plain_letter, template._args)):
                names = [getattr(letter, "name", "") for letter in template._args]
                here, there = (self.letters.slots[name] for name in names)
                return lambda slots, context: interned[slots[here], slots[there]]
            return lambda slots, context: interned[first(slots, context), second(slots, context)]
        return lambda slots, context: interned[tuple([part(slots, context) for part in parts])]

    def _is_plain_letter(self, operand: Basic) -> bool:
        return self.letters.is_letter(operand) and str(operand) not in self.letters.chosen

    def _may_take_in(self, template: Node) -> bool:
        """Whether an operand of a sum or product may turn out to be a sum or product itself."""
        kind = type(template)
        return kind in FLAT and any(self.may_become(operand, kind) for operand in template._args)

    def may_become(self, template: Basic, kind: type[Node]) -> bool:
        """Whether what is built may be a node of that kind, be it not one in the rule."""
        while type(template) is Power and self.literals:
            template = template._args[0]  # u^1 is u
        return (
            type(template) in (kind, Substituted)
            or self.letters.is_letter(template)
            or self.letters.is_context(template)
            or self._is_indexed(template)
        )

    def _is_indexed(self, template: Basic) -> bool:
        """Whether it is u_k for a letter that is written u_i on the left."""
        return type(template) is At and str(template._args[0]) in self.letters.indexed

    def _at_index(self, template: Node) -> Builder:
        """u_k where u is written u_i on the left: the same with k in the place of i."""
        name = str(template._args[0])
        body, index = (self.letters.slots[each] for each in (name, self.letters.indexed[name]))
        place = self.compile(template._args[1])

        def moved(slots: Slots, context: Context) -> Basic:
            return substitute(slots[body], {slots[index]: place(slots, context)})

        return moved

    def _has_new_index(self, template: Node) -> bool:
        index = template._args[1]
        return self.letters.is_letter(index) and str(index) not in self.letters.slots

    def _with_new_index(self, template: Node) -> Builder:
        """A Σ or ∫ over a name that is not on the left: one that occurs nowhere yet."""
        name = str(template._args[1])
        used = list(self.letters.slots.values())
        slot = self.letters.slot(name)
        self.letters.fresh.append(name)
        build = self._plain(template)
        kind = type(template)

        def with_index(slots: Slots, context: Context) -> Basic:
            parts = [part for each in used for part in _parts_of(slots[each])]
            taken = {leaf for part in parts for leaf in postorder(part) if not leaf.args}
            slots[slot] = next(index for index in new_names(kind) if index not in taken)
            context.bound.add(slots[slot])
            return build(slots, context)

        return with_index

    def _context(self, template: Basic) -> Builder:
        """f(u) on the right is the node that matched f(u); f(v) puts v in the place of u."""
        function, *operands = template.args
        inner = operands[0]
        names = [name for name in self.letters.slots if name.startswith(f"{function}(")]
        if not names:
            raise UnboundLetterError(str(function))
        if len(operands) > 1:
            raise ValueError(f"{function} has one operand on the left-hand side")
        matched = names[0]
        whole = self.letters.slots[matched]
        if matched == f"{function}({inner})":
            return lambda slots, context: slots[whole]
        old = self.letters.slots[matched[len(str(function)) + 1 : -1]]
        new = self.compile(inner)

        def replaced(slots: Slots, context: Context) -> Basic:
            node = slots[whole]
            operand = new(slots, context)
            return type(node)(*[operand if part is slots[old] else part for part in node._args])

        return replaced

    def _arguments(self, template: Node) -> Builder:
        """``max(u, v, ...)``: the call with all that v stands for."""
        head, *operands, repeated, _ = template._args
        parts = [self.compile(operand) for operand in operands]
        slot = self.letters.slots.get(str(repeated))
        if slot is None:
            raise UnboundLetterError(str(repeated))

        def build(slots: Slots, context: Context) -> Basic:
            rest = slots[slot]
            fixed = [part(slots, context) for part in parts]
            return Apply(head, *fixed, *(rest if isinstance(rest, tuple) else (rest,)))

        return build

    def _cases(self, template: Node) -> Builder:
        """``if p then t else ...``: t for each value that u stands for, its condition kept."""
        if len(template._args) != 2:
            raise ValueError("dots after else stand after one branch: if p then u else ...")
        value, condition = template._args[0]._args
        each = self.compile(value)
        if not self.letters.is_letter(condition):
            raise ValueError("the condition before the dots is that of the left-hand side")
        conditions = self.letters.slots[str(condition)]
        values = [
            self.letters.slots[part.name]
            for part in postorder(value)
            if isinstance(part, Symbol) and part.name in self.letters.slots
        ]

        def build(slots: Slots, context: Context) -> Basic:
            slot = next((one for one in values if isinstance(slots[one], tuple)), None)
            if slot is None:
                raise ValueError("no letter before the dots stands for several values")
            sequence = slots[slot]
            made: list[Basic] = []
            for position, operand in enumerate(sequence):
                slots[slot] = operand
                built = each(slots, context)
                made.append(Branch(built, *slots[conditions][position : position + 1]))
            slots[slot] = sequence
            return Cases(*made)

        return build

    def _substituted(self, template: Node) -> Builder:
        """``u at t = b``: the value is put in at once, unless a derivative has to be done first."""
        body, name, value = map(self.compile, template._args)

        def build(slots: Slots, context: Context) -> Basic:
            node = Substituted(body(slots, context), name(slots, context), value(slots, context))
            made = put_in(node)
            return node if made is None else made

        return build

    def _dots(self, template: Node) -> Builder:
        kind = type(template)
        operands = [operand for operand in template._args if type(operand) is not Dots]
        if len(operands) != 1:
            raise ValueError("dots on a right-hand side stand after one operand")
        each = self.compile(operands[0])
        names = [
            part.name
            for part in postorder(operands[0])
            if isinstance(part, (Symbol, ArrayName)) and part.name in self.letters.slots
        ]
        sequences = [self.letters.slots[name] for name in names]
        flat = self.is_flat(kind, operands[0], names)
        join = kind.interned.__getitem__ if flat else lambda made: kind(*made)
        nested = any(type(part) is Dots for part in postorder(operands[0]))
        chosen = {self.letters.slots[name]: check for name, check in self.letters.chosen.items()}

        def build(slots: Slots, context: Context) -> Basic:
            # Inside another repetition the letter stands for one operand of a known sequence:
            # the dots then stand for that operand's neighbours.
            for slot in sequences:
                if type(slots[slot]) is Current:
                    current = slots[slot]
                    sequence, position = current.operands, current.position
                    slots[slot] = sequence[position]
                    made = each(slots, context)
                    slots[slot] = current
                    return join((*sequence[:position], made, *sequence[position + 1 :]))
            for slot in sequences:
                sequence = slots[slot]
                if type(sequence) is tuple:
                    terms = []
                    check = chosen.get(slot)
                    for position, operand in enumerate(sequence):
                        if check is not None and not check(operand, slots, context):
                            continue
                        slots[slot] = Current(sequence, position) if nested else operand
                        terms.append(each(slots, context))
                    slots[slot] = sequence
                    return terms[0] if len(terms) == 1 else join(tuple(terms))
            raise ValueError("no letter under the dots stands for several operands")

        return build

    def is_flat(self, kind: type[Node], term: Basic, names: Iterable[str]) -> bool:
        """Whether none of the terms that are built for dots can be of the kind around them.

        The operands of a sum are no sums, so only other operands may have to be taken in.

        Args:
            kind: the kind of node that has the dots.
            term: what stands before the dots.
            names: the letters in it.
        """
        return kind not in (Plus, Times) or not (
            self.may_become(term, kind)
            or any(self.letters.sequences.get(name, kind) is not kind for name in names)
        )

    def is_constant(self, template: Node) -> bool:
        """Whether a part of the rule is the same in every application, such as −1."""
        return not any(
            self.letters.is_letter(part)
            or self.letters.is_context(part)
            or self.letters.is_call(part)
            or type(part) is Dots
            for part in postorder(template)
        )

    def is_arithmetic(self, template: Basic) -> bool:
        """Whether it is a sum or difference to be worked out, with a number in it: n − 1."""
        return (
            self.literals
            and type(template) in (Plus, Negative)
            and any(quick_value(operand) is not None for operand in template._args)
        )

    def _arithmetic(self, template: Node) -> Builder:
        """Arithmetic that is done at once where every letter in it stands for a number."""
        kind = type(template)
        parts = [self.compile(operand) for operand in template._args]
        known = [quick_value(operand) for operand in template._args]
        whole = kind is Plus and len(parts) == 2 and type(known[1]) is int

        def build(slots: Slots, context: Context) -> Basic:
            operands = [part(slots, context) for part in parts]
            values: list[Value] = []
            for operand, value in zip(operands, known, strict=True):
                if value is None:
                    value = quick_value(operand)
                    if value is None:
                        return kind(*operands)
                values.append(value)
            result = _calculate(kind, values)
            return kind(*operands) if result is None else number_like(result, operands)

        if not whole:
            return build
        first = parts[0]
        step = known[1]
        assert type(step) is int

        def build_next(slots: Slots, context: Context) -> Basic:
            # n − 1 for a whole number n: by far the most frequent case, worth a short cut.
            operand = first(slots, context)
            if type(operand) in INTEGER_TYPES:
                return number(operand.p + step)
            return build(slots, context)

        return build_next


def _parts_of(slot: Any) -> tuple[Basic, ...]:
    """What one slot holds: a node, several of them, or nothing."""
    if slot is None:
        return ()
    return slot if isinstance(slot, tuple) else (slot,)


def _at_hand(found: Basic | Current) -> Basic:
    """What a letter before dots stands for in the repetition at hand."""
    return found.operands[found.position] if isinstance(found, Current) else found


def _calculate(kind: type, values: list[Value]) -> Value | None:
    if kind is Plus:
        return sum(values)
    if kind is Negative:
        return -values[0]
    if kind is Over:
        return Fraction(values[0]) / values[1] if values[1] else None
    return None
