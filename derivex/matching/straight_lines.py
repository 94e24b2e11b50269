"""The lines of a straight-line function: how it builds nodes, works them out, and returns.

What a rule rewrites is put together from a node of its template at a time, the innermost first.
For a rule of tidying that is all.  A rule of differentiation hands every derivative in its
template to the run, which works it out at once, and has every other node tidied as soon as it is
there (:class:`derivex.matching.direct.Direct`): so no derivative is made only to be found and
taken apart again.  In a run that does one step at a time the same function gives the template
with its derivatives unevaluated.
"""

from __future__ import annotations

from typing import Any

from sympy.core.basic import Basic

from derivex.expression import ONE, Apply, D, Dots, Negative, Over, Plus, Power, Times, postorder
from derivex.expression.array_nodes import FLAT
from derivex.expression.literals import INTEGER_TYPES, number, quick_value
from derivex.expression.nodes import Node
from derivex.matching.bindings import Letters
from derivex.matching.kinds import signature_of
from derivex.matching.template import TemplateCompiler

__all__ = ["Lines", "UnsupportedError"]


class UnsupportedError(Exception):
    """What has to be done by the functions of the pattern and the template."""


_PLAIN = frozenset({Apply, Negative, Over, Plus, Power, Times})


def _taken_in(kind: type[Node], parts: tuple[Any, ...]) -> tuple[Any, ...]:
    """The operands of a sum or product, those of nodes of its kind taken in."""
    operands: list[Any] = []
    for part in parts:
        if type(part) is tuple:
            operands += part
        elif type(part) is kind:
            operands += part._args
        else:
            operands.append(part)
    return tuple(operands)

class Lines:
    """The lines of a function, and what its names stand for.

    Args:
        letters: the letters of the form, after both of its sides were compiled.
        size: the number of slots.
        variable: the slot of the variable of a derivative; None for a rule of tidying.
    """

    def __init__(self, letters: Letters, size: int, variable: int | None):
        self.letters = letters
        self.variable = variable
        self.slots = ", ".join(f"v{slot}" for slot in range(size))
        self.templates = TemplateCompiler(letters, literals=True)
        self.lines: list[str] = []
        self.margin = "    "
        self.constants: dict[str, Any] = {}
        self.count = 0
        self.repeated: tuple[str, str, str] | None = None  # a letter, its operands, the one at hand
        self.loose: set[str] = set()  # letters for nodes that were made by matching, or are n0

    def constant(self, value: Any) -> str:
        """The name of a node, kind or function of the rule."""
        for name, known in self.constants.items():
            if known is value:
                return name
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def line(self, *lines: str) -> None:
        self.lines += [self.margin + line for line in lines]

    def new(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def build(self, template: Basic, joins: str | None) -> str:
        """Lines that build a node; its name.

        Args:
            template: what is built.
            joins: in a rule of differentiation, the name of the kind of node around it, by which
                its operands are taken in; the name then stands for them if it is of that kind.
                None for what is only built: all of a rule of tidying, or what is differentiated.
        """
        letters = self.letters
        if letters.is_letter(template) and str(template) not in letters.chosen:
            return self.letter(str(template), joins)
        if not isinstance(template, Node) or not template._args:
            return self.constant(template)
        if self.templates.is_constant(template):
            return self.settled(self.constant(template), joins)
        if letters.is_context(template):
            whole = f"{template._args[0]}({template._args[1]})"
            if whole in letters.slots:
                return self.letter(whole, joins)
        elif self.templates.is_arithmetic(template):
            return self.arithmetic(template, joins)
        elif type(template) in (Plus, Times) and type(template._args[-1]) is Dots:
            return self.each(template, joins)
        elif not any(type(each) is Dots for each in template._args):
            if type(template) in _PLAIN:
                return self.node(template, joins)
            if type(template) is D and joins is not None and self.is_ready(template._args[0]):
                return self.derivative(template, joins)
        return self.by_function(template, joins)

    def letter(self, name: str, joins: str | None) -> str:
        value = f"v{self.letters.slots[name]}"
        return self.settled(value, joins) if name in self.loose else value

    def settled(self, value: str, joins: str | None) -> str:
        """A node that may not have been looked at by the rules of tidying."""
        if joins is None:
            return value
        name = self.new("t")
        self.line(f"{name} = {value}")
        self.line(
            f"if {name}._args and {name} not in context.settled: "
            f"{name} = context.settle({name}, {joins})"
        )
        return name

    def by_function(self, template: Basic, joins: str | None) -> str:
        if self.repeated:
            raise UnsupportedError  # the slots do not hold the operand at hand
        name, builder = self.new("t"), self.constant(self.templates.compile(template))
        self.line(f"{name} = {builder}([{self.slots}], context)")
        return self.settled(name, joins)

    def arithmetic(self, template: Node, joins: str | None) -> str:
        """n − 1 for a whole number n is the most frequent calculation, worth a short cut."""
        letter, step = template._args[0], quick_value(template._args[-1])
        if type(template) is not Plus or len(template._args) != 2 or type(step) is not int:
            return self.by_function(template, joins)
        whole, types = self.build(letter, None), self.constant(INTEGER_TYPES)
        name, builder = self.new("t"), self.constant(self.templates.compile(template))
        self.line(
            f"if type({whole}) in {types}: {name} = {self.constant(number)}({whole}.p + {step})",
            f"else: {name} = {builder}([{self.slots}], context)",
        )
        return self.settled(name, joins)

    def is_ready(self, operand: Basic) -> bool:
        """Whether the parts of what is differentiated are as the rules of tidying leave them."""
        if self.letters.is_letter(operand) or not isinstance(operand, Node):
            return True
        if self.letters.is_context(operand):
            return f"{operand._args[0]}({operand._args[1]})" in self.letters.slots
        return type(operand) in _PLAIN and not any(
            (isinstance(part, Node) and bool(part._args))
            or str(part) in self.loose
            or str(part) in self.letters.chosen
            or type(part) is Dots
            for part in operand._args
        )

    def derivative(self, template: Node, joins: str) -> str:
        operand, variable = (self.build(part, None) for part in template._args)
        name = self.new("t")
        self.line(f"{name} = context.derive({operand}, {variable}, {joins})")
        return name

    def each(self, template: Node, joins: str | None) -> str:
        """t + …: a term for each of the operands that a letter stands for.

        Inside of another repetition the dots stand for the neighbours of the operand at hand.
        """
        kind, term = type(template), template._args[0]
        inside = {str(part) for part in postorder(term) if self.letters.is_letter(part)}
        names = inside.intersection(self.letters.sequences)
        if len(template._args) != 2 or len(names) != 1 or self.letters.chosen:
            raise UnsupportedError
        (letter,) = names
        current = f"v{self.letters.slots[letter]}"
        taken = None if joins is None else self.constant(kind)
        flat = self.constant(frozenset({tuple, kind}))
        if self.repeated:
            around, operands, place = self.repeated
            if around != letter:
                raise UnsupportedError
            made, parts = self.build(term, taken), self.new("n")
            self.line(
                f"if type({made}) not in {flat}: {made} = ({made},)",
                f"elif type({made}) is not tuple: {made} = {made}._args",
                f"{parts} = ({operands}[:{place}] + {made} + {operands}[{place} + 1:])",
            )
            return self.final(kind, parts, joins)
        operands, place, parts = self.new("n"), self.new("n"), self.new("n")
        self.repeated = letter, operands, place
        self.line(f"{operands} = {current}", f"{parts} = []")
        self.line(f"for {place}, {current} in enumerate({operands}):")
        self.margin += "    "
        made = self.build(term, taken)
        self.line(
            f"if type({made}) not in {flat}: {parts}.append({made})",
            f"else: {parts} += {made} if type({made}) is tuple else {made}._args",
        )
        self.margin = self.margin[:-4]
        self.line(f"{current} = {operands}", f"{parts} = tuple({parts})")
        self.repeated = None
        return self.final(kind, parts, joins)

    def node(self, template: Node, joins: str | None) -> str:
        kind = type(template)
        taken = None if joins is None else self.constant(kind) if kind in FLAT else "None"
        parts = [self.build(operand, taken) for operand in template._args]
        if kind is Power:
            name = self.new("t")
            self.line(f"if {parts[1]} is {self.constant(ONE)}: {name} = {parts[0]}", "else:")
            self.margin += "    "
            self.line(f"{name} = {self.final(kind, self.tuple_of(parts), joins, parts)}")
            self.margin = self.margin[:-4]
            return name
        if kind not in FLAT:
            return self.final(kind, self.tuple_of(parts), joins, parts)
        variable = [
            part
            for part, operand in zip(parts, template._args, strict=True)
            if operand._args or self.letters.is_letter(operand)
        ]
        flat, take_in = self.constant(frozenset({tuple, kind})), self.constant(_taken_in)
        name = self.new("n")
        nested = " or ".join(f"type({part}) in {flat}" for part in variable)
        self.line(
            f"if {nested}: {name} = {take_in}({self.constant(kind)}, {self.tuple_of(parts)})",
            f"else: {name} = {self.tuple_of(parts)}",
        )
        return self.final(kind, name, joins)

    @staticmethod
    def tuple_of(parts: list[str]) -> str:
        return f"({', '.join(parts)},)"

    def final(
        self, kind: type[Node], operands: str, joins: str | None, parts: list[str] | None = None
    ) -> str:
        """Lines that make a node and have it tidied; or that hand on what a node around takes in.

        Args:
            kind: its kind.
            operands: its operands.
            joins: as for :meth:`build`.
            parts: the operands, where their number is known.
        """
        name = self.constant(kind)
        if joins == name:
            return operands
        result = self.new("t")
        at_once = joins == "joins" and kind in FLAT
        if at_once:
            self.line(f"if joins is {name}: {result} = {operands}", "else:")
            self.margin += "    "
        self.make(kind, result, operands)
        if joins is not None:
            signature = f"{self.constant(signature_of)}({result})"
            if parts is not None and len(parts) < 4:
                head = parts[0] if kind is Apply else name
                signature = ", ".join([head, *(f"type({part})" for part in parts)])
            self.line(
                f"rules = context.others[{signature}]",
                f"if rules: {result} = context.tidied({result}, rules, {joins})",
                f"else: context.settled.add({result})",
            )
        if at_once:
            self.margin = self.margin[:-4]
        return result

    def make(self, kind: type[Node], name: str, operands: str) -> None:
        """Lines that intern a node which most likely is new: it is made before it is looked up."""
        self.line(
            f"{name} = {self.constant(object.__new__)}({self.constant(kind)})",
            f"{name}._args = operands = {operands}",
            f"{name} = {self.constant(kind.interned.setdefault)}(operands, {name})",
        )
