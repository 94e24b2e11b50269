"""The lines of a straight-line function: how it builds nodes, works them out, and returns.

What a rule rewrites is put together from a node of its template at a time, the innermost first.
For a rule of tidying that is all.  A rule of differentiation hands every derivative in its
template to the run, which works it out at once, and has every other node tidied as soon as it is
there (:class:`derivex.matching.direct.Direct`): so no derivative is made only to be found and
taken apart again.  In a run that does one step at a time the same function gives the template
with its derivatives unevaluated.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy.core.basic import Basic

from derivex.expression import ONE, Apply, D, Dots, Negative, Over, Plus, Power, Times, postorder
from derivex.expression.array_nodes import FLAT
from derivex.expression.literals import INTEGER_TYPES, number, quick_value
from derivex.expression.node import known_integer
from derivex.expression.nodes import Node
from derivex.matching.bindings import Letters
from derivex.matching.kinds import MOST_IN_ORDER, signature_of
from derivex.matching.template import TemplateCompiler

__all__ = ["Lines", "UnsupportedError"]


class UnsupportedError(Exception):
    """What has to be done by the functions of the pattern and the template."""


_PLAIN = frozenset({Apply, Negative, Over, Plus, Power, Times})


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
        self.matched: Basic | None = None  # what n0 is known to be an instance of

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
        """Lines that build a node; its name, or another expression for it.

        Args:
            template: what is built.
            joins: None for what is only built: all of a rule of tidying, or what is
                differentiated.  Else what takes in operands of its own kind around the node, by
                its name: of a kind, the name ``joins`` where the run says it, or ``None``.  If
                there is such a kind, the outcome is the operands that the node adds to it.
        """
        letters = self.letters
        if letters.is_letter(template) and str(template) not in letters.chosen:
            return self.letter(str(template), joins)
        if not isinstance(template, Node) or not template._args:
            return self.leaf(self.constant(template), joins)
        if template is self.matched and type(template) is Apply:
            return self.itself(joins)
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
                operand, variable = (self.build(part, None) for part in template._args)
                return f"context.derive({operand}, {variable}, {joins})"
        return self.by_function(template, joins)

    def letter(self, name: str, joins: str | None) -> str:
        value = f"v{self.letters.slots[name]}"
        return self.settled(value, joins) if name in self.loose else self.handed_on(value, joins)

    def settled(self, value: str, joins: str | None) -> str:
        """A node that may not have been looked at by the rules of tidying."""
        if joins is None:
            return value
        leaf = self.leaf(value, joins)
        return f"({leaf} if not {value}._args else context.settle({value}, {joins}))"

    def itself(self, joins: str | None) -> str:
        """The node that is rewritten, a call or power, where the template has it again."""
        if joins is None:
            return "n0"
        leaf = self.leaf("n0", joins)
        return f"({leaf} if n0 in context.settled else context.settle(n0, {joins}))"

    @staticmethod
    def leaf(value: str, joins: str | None) -> str:
        """A node that is of no kind that takes operands in."""
        if joins is None or joins == "None":
            return value
        return f"({value} if joins is None else ({value},))" if joins == "joins" else f"({value},)"

    @staticmethod
    def handed_on(value: str, joins: str | None) -> str:
        """A node that is in its final form."""
        if joins is None or joins == "None":
            return value
        inside = f"{value}._args if type({value}) is {joins} else ({value},)"
        return f"({value} if joins is None else {inside})" if joins == "joins" else f"({inside})"

    def named(self, value: str) -> str:
        """A line that gives a value a name, if it has none."""
        if value.isidentifier():
            return value
        name = self.new("t")
        self.line(f"{name} = {value}")
        return name

    def by_function(self, template: Basic, joins: str | None) -> str:
        if self.repeated:
            raise UnsupportedError  # the slots do not hold the operand at hand
        builder = self.constant(self.templates.compile(template))
        return self.settled(self.named(f"{builder}([{self.slots}], context)"), joins)

    def arithmetic(self, template: Node, joins: str | None) -> str:
        """n − 1 for a whole number n is the most frequent calculation, worth a short cut."""
        letter, step = template._args[0], quick_value(template._args[-1])
        if type(template) is not Plus or len(template._args) != 2 or type(step) is not int:
            return self.by_function(template, joins)
        whole, types = self.build(letter, None), self.constant(INTEGER_TYPES)
        name, builder = self.new("t"), self.constant(self.templates.compile(template))
        known, made = (self.constant(each) for each in (known_integer, number))
        value = f"{whole}.p + {step}"
        self.line(
            f"if type({whole}) in {types}: {name} = {known}({value}) or {made}({value})",
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
        if self.repeated:
            around, operands, place = self.repeated
            if around != letter:
                raise UnsupportedError
            made = self.parts_of(kind, [term], joins)
            return self.final(
                kind, f"{operands}[:{place}] + {made} + {operands}[{place} + 1:]", joins
            )
        operands, place, parts = self.new("n"), self.new("n"), self.new("n")
        self.repeated = letter, operands, place
        self.line(f"{operands} = {current}", f"{parts} = []")
        self.line(f"for {place}, {current} in enumerate({operands}):")
        self.margin += "    "
        self.line(f"{parts} += {self.parts_of(kind, [term], joins)}")
        self.margin = self.margin[:-4]
        self.line(f"{current} = {operands}")
        self.repeated = None
        return self.final(kind, f"tuple({parts})", joins)

    def node(self, template: Node, joins: str | None) -> str:
        kind = type(template)
        if kind in FLAT:
            return self.final(kind, self.parts_of(kind, template._args, joins), joins)
        within = None if joins is None else "None"
        parts = [self.named(self.build(operand, within)) for operand in template._args]
        operands = f"({', '.join(parts)},)"
        if kind is not Power:
            return self.final(kind, operands, joins, parts)
        name = self.new("t")
        base = self.handed_on(parts[0], joins)
        self.line(f"if {parts[1]} is {self.constant(ONE)}: {name} = {base}", "else:")
        self.margin += "    "
        again = template is self.matched
        made = self.itself(joins) if again else self.final(kind, operands, joins, parts)
        self.line(f"{name} = {made}")
        self.margin = self.margin[:-4]
        return name

    def parts_of(self, kind: type[Node], templates: Sequence[Basic], joins: str | None) -> str:
        """The operands of a sum or product; those of nodes of its own kind are taken in."""
        name = self.constant(kind)
        pieces: list[str] = []
        for template in templates:
            piece = self.build(template, None if joins is None else name)
            if joins is None:
                piece = self.handed_on(self.named(piece), name)
            pieces.append(piece)
        return " + ".join(pieces)

    def final(
        self, kind: type[Node], operands: str, joins: str | None, parts: Sequence[str] = ()
    ) -> str:
        """Lines that make a node and have it tidied; or that hand on what a node around takes in.

        Args:
            kind: its kind.
            operands: its operands.
            joins: as for :meth:`build`.
            parts: the names of the operands, if there are few.
        """
        name, result = self.constant(kind), self.new("t")
        if joins == name:
            return self.named(operands)
        root = joins == "joins" and kind in FLAT
        if not parts:
            operands = self.named(operands)
        if root:
            self.line(f"if joins is {name}: {result} = {operands}", "else:")
            self.margin += "    "
        self.make(kind, result, operands)
        if joins is not None:
            among = self.constant(signature_of)
            signature = (
                f"({name}, *map(type, {operands})) if len({operands}) <= {MOST_IN_ORDER} "
                f"else {among}({result})"
            )
            if parts and len(parts) < 4:
                head = parts[0] if kind is Apply else name
                signature = ", ".join([head, *(f"type({part})" for part in parts)])
            self.line(
                f"rules = context.others[{signature}]",
                f"if rules: {result} = context.settle({result}, {joins}, rules)",
                "else:",
                f"    context.settled.add({result})",
            )
            if joins == "joins":
                self.line(f"    if joins is not None: {result} = ({result},)")
            elif joins != "None":
                self.line(f"    {result} = ({result},)")
        if root:
            self.margin = self.margin[:-4]
        return result

    def make(self, kind: type[Node], name: str, operands: str) -> None:
        """Lines that intern a node which most likely is new: it is made before it is looked up."""
        self.line(
            f"{name} = {self.constant(object.__new__)}({self.constant(kind)})",
            f"{name}._args = operands = {operands}",
            f"{name} = {self.constant(kind.interned.setdefault)}(operands, {name})",
        )
