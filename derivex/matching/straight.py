"""Rules as straight-line functions: what a form does, in one piece and without detours.

A pattern and a template are functions made of functions, one for each of their nodes; calling
all these costs more than what they do.  Here the same is put together as one Python function
for a form, at its first use.  The derivative of the sine, for example, becomes::

    def attempt(n0, variable, context):
        v0 = variable
        if len(n0._args) != 2: return None
        n1, n2, = n0._args
        if n2 is not v0: return None
        t3 = c0(c1)
        t3._args = operands = (c2, v0,)
        t3 = c3(operands, t3)
        return c4, t3, v0

No text of a rule file or of a user goes into it: it consists of the lines written below, in
which the only things put in are numbered names (n0, v1, c2, …) and whole numbers.  The nodes
and functions of the rule are handed over as the function's global names.  What is not covered
here (arrays, new indices, letters for functions, conditions that are taken for granted) is left
to the functions of ``pattern`` and ``template``; and every replay of a derivation goes by those
alone, so all tests compare both ways.

Nodes that are made here are not counted by :mod:`derivex.expression.node`, which looks for
unused ones when others are made: the start of a derivation is always one of those.
"""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType, FunctionType
from typing import Any, cast

from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    Apply,
    D,
    Dots,
    FunctionName,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    postorder,
)
from derivex.expression.literals import INTEGER_TYPES, number, quick_value
from derivex.expression.nodes import Node
from derivex.matching.bindings import Letters, Slots
from derivex.matching.conditions import Condition
from derivex.matching.context import Context
from derivex.matching.pattern import (
    ON_DEPENDENCE,
    Matcher,
    shared_by_dependence,
    split_by_dependence,
)
from derivex.matching.template import Builder, TemplateCompiler

__all__ = ["Attempt", "Found", "attempt_of"]

Found = tuple[Any, ...]
"""What was applied, what it gave, and then what each of the letters stands for."""

Attempt = Callable[[Any, "Basic | None", Context], "Found | None"]
"""Applies a form to a node: for a derivative to its operand, the variable being the second."""

# The kinds that have always as many operands, and those that a pattern matches in their order.
_ARITIES: dict[type, int] = {Negative: 1, Over: 2, Power: 2}


class _Unsupported(Exception):  # noqa: N818
    """What has to be done by the functions of the pattern."""


def attempt_of(
    form: Any,
    pattern: Basic,
    template: Basic,
    letters: Letters,
    size: int,
    variable: int | None,
    match: Matcher,
    build: Builder,
    plain: bool,
) -> Attempt:
    """What applies a form.

    Args:
        form: the form, which is handed back.
        pattern: the left-hand side, or the operand of the derivative that it is.
        template: the right-hand side.
        letters: the letters, after both sides were compiled.
        size: the number of slots.
        variable: the slot of the variable of a derivative.
        match: the compiled pattern.
        build: the compiled template.
        plain: whether the form asks for no more than the pattern and its conditions.
    """
    plain = plain and letters.arrays is None and letters.unknown is None
    if plain and not (letters.fresh or letters.indexed or letters.heads):
        try:
            return _Writer(letters, size, variable).function(form, pattern, template)
        except _Unsupported:
            pass

    def attempt(node: Any, by: Basic | None, context: Context) -> Found | None:
        slots: Slots = [None] * size
        if variable is not None:
            slots[variable] = by
        if match(node, slots, context):
            return form, build(slots, context), *slots
        return None

    return attempt


class _Writer:
    def __init__(self, letters: Letters, size: int, variable: int | None):
        self.letters = letters
        self.size = size
        self.variable = variable
        self.names = {slot: name for name, slot in letters.slots.items()}
        self.lines: list[str] = []
        self.margin = "    "
        self.repeated: tuple[str, str, str] | None = None  # a letter, its operands, the one at hand
        self.constants: dict[str, Any] = {}
        self.bound: set[str] = set()
        self.judged: set[Condition] = set()
        self.failure = "return None"  # what is done where something does not match
        self.count = 0
        self.slots = ""  # the names of what the letters stand for, in order
        self.templates = TemplateCompiler(letters, literals=True)

    def function(self, form: Any, pattern: Basic, template: Basic) -> Attempt:
        if self.variable is not None:
            self.line(f"v{self.variable} = variable")
            self.bound.add(self.names.get(self.variable, ""))
        self.match(pattern, "n0", known=True)
        if any(self.is_open(condition) for condition in self.letters.conditions):
            raise _Unsupported
        if not all(self.names.get(slot) in self.bound for slot in range(self.size)):
            raise _Unsupported
        self.slots = ", ".join(f"v{slot}" for slot in range(self.size))
        result = self.build(template)
        self.line(f"return {self.constant(form)}, {result}, {self.slots}")
        text = "\n".join(["def attempt(n0, variable, context):", *self.lines, ""])
        module = compile(text, "<rule>", "exec")
        code = next(each for each in module.co_consts if isinstance(each, CodeType))
        return cast(Attempt, FunctionType(code, self.constants))

    def is_open(self, condition: Condition) -> bool:
        """Whether a condition on what is matched was not judged (f in f(u) is not matched)."""
        judged = condition in self.judged or condition.kind.holds is None
        return not judged and condition.subject in self.letters.slots

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

    def match(self, pattern: Basic, node: str, known: bool = False) -> None:
        """Lines that match a node.

        Args:
            pattern: what it must be.
            node: its name.
            known: whether its kind is known to be right.
        """
        letters = self.letters
        if letters.is_letter(pattern):
            self.letter(str(pattern), node)
        elif not isinstance(pattern, Node) or not pattern._args:
            self.line(f"if {node} is not {self.constant(pattern)}: {self.failure}")
        elif letters.is_context(pattern):
            self.context(pattern, node)
        elif type(pattern) in _ARITIES or (
            type(pattern) is Apply and isinstance(pattern._args[0], FunctionName)
        ):
            self.operands(pattern, node, known)
        elif type(pattern) in (Plus, Times):
            self.shared(pattern, node)
        else:
            raise _Unsupported

    def shared(self, pattern: Node, node: str) -> None:
        """A sum or product, whose operands are shared out between the parts of the pattern."""
        kind, letters = self.constant(type(pattern)), self.letters
        names = [str(part) for part in pattern._args if letters.is_letter(part)]
        if not self.bound.isdisjoint(names):
            raise _Unsupported
        if type(pattern._args[-1]) is Dots:
            self.all_operands(kind, names, node)
        elif len(pattern._args) == 2 == len(names):
            self.by_dependence(kind, names, node)
        elif len(pattern._args) == 2 == len(names) + 1:
            (part,) = (part for part in pattern._args if not letters.is_letter(part))
            self.one_and_rest(type(pattern), part, names[0], node)
        else:
            raise _Unsupported

    def all_operands(self, kind: str, names: list[str], node: str) -> None:
        """u + …, where u stands for each of the terms."""
        (name,) = names
        if self.letters.about(name):
            raise _Unsupported
        self.line(f"if type({node}) is not {kind}: {self.failure}")
        self.line(f"v{self.letters.slots[name]} = {node}._args")
        self.bound.add(name)

    def by_dependence(self, kind: str, names: list[str], node: str) -> None:
        """c u, where what is free of x goes to c, and what depends on it to u."""
        shared = shared_by_dependence(self.letters, names)
        if shared is None:
            raise _Unsupported
        free, dependent, variable = shared
        found, split = self.new("n"), self.constant(split_by_dependence)
        self.line(
            f"{found} = {split}({node}, {kind}, v{variable}, context)",
            f"if {found} is None: {self.failure}",
            f"v{free}, v{dependent} = {found}",
        )
        self.bound.update(names)
        self.judged.update(each for each in self.letters.conditions if each.subject in names)

    def one_and_rest(self, kind: type[Node], part: Basic, name: str, node: str) -> None:
        """1 u or (u/v) w: the first operand that the part matches, and the rest for the letter."""
        if self.letters.is_context(part) or self.failure == "continue":
            raise _Unsupported
        operands, operand, place = self.new("n"), self.new("n"), self.new("n")
        self.line(
            f"if type({node}) is not {self.constant(kind)}: return None",
            f"{operands} = {node}._args",
            f"{place} = -1",
            f"for {operand} in {operands}:",
        )
        self.margin, self.failure = self.margin + "    ", "continue"
        self.line(f"{place} += 1")
        self.match(part, operand)
        self.line("break")
        self.margin, self.failure = self.margin[:-4], "return None"
        self.line(
            "else: return None",
            f"{operands} = {operands}[:{place}] + {operands}[{place} + 1:]",
        )
        letter = f"v{self.letters.slots[name]}"
        self.line(f"if len({operands}) == 1: {letter} = {operands}[0]", "else:")
        self.new_node(kind, letter, operands, "    ")
        self.bound.add(name)
        self.conditions()

    def operands(self, pattern: Node, node: str, known: bool) -> None:
        kind = type(pattern)
        if any(type(operand) is Dots for operand in pattern._args):
            raise _Unsupported
        if not known:
            self.line(f"if type({node}) is not {self.constant(kind)}: {self.failure}")
        parts = [(self.new("n"), operand) for operand in pattern._args]
        if kind not in _ARITIES:
            self.line(f"if len({node}._args) != {len(parts)}: {self.failure}")
        self.line("".join(f"{name}, " for name, _ in parts) + f"= {node}._args")
        if kind is Apply and known:
            del parts[0]  # its name was looked up
        parts.sort(key=lambda part: not self.is_fixed(part[1]))
        for name, operand in parts:
            self.match(operand, name)

    def is_fixed(self, operand: Basic) -> bool:
        if self.letters.is_letter(operand):
            return str(operand) in self.bound
        return not isinstance(operand, Node) or not operand._args

    def letter(self, name: str, node: str) -> None:
        slot = self.letters.slots[name]
        if name in self.bound:
            self.line(f"if {node} is not v{slot}: {self.failure}")
            return
        if name in self.letters.sequences or name in self.letters.chosen:
            raise _Unsupported
        self.line(f"v{slot} = {node}")
        self.bound.add(name)
        self.conditions()

    def conditions(self) -> None:
        """The conditions that can be judged now."""
        for condition in self.letters.conditions:
            holds, words, other = condition.kind.holds, condition.kind.words, condition.other
            if holds is None or condition in self.judged:
                continue
            if condition.subject not in self.bound or not (other is None or other in self.bound):
                continue
            if condition.kind.some or condition.kind.given:
                raise _Unsupported
            self.judged.add(condition)
            subject = f"v{self.letters.slots[condition.subject]}"
            against = "None" if other is None else f"v{self.letters.slots[other]}"
            if words in ON_DEPENDENCE:
                wrong = "not " if ON_DEPENDENCE[words] else ""
                self.line(f"if {wrong}context.depends({subject}, {against}): {self.failure}")
            elif words == "is not":
                self.line(f"if {subject} is {against}: {self.failure}")
            else:
                check = self.constant(holds)
                self.line(f"if not {check}({subject}, {against}, context): {self.failure}")

    def context(self, pattern: Basic, node: str) -> None:
        """f(u): exactly one operand, u, depends on the variable."""
        function, *operands = pattern._args
        whole, inner = f"{function}({operands[0]})", str(operands[0])
        deciding = [
            condition
            for condition in self.letters.unary(inner)
            if condition.kind.words == "depends on"
        ]
        if len(operands) != 1 or len(deciding) != 1 or inner in self.bound:
            raise _Unsupported
        if self.failure == "continue":
            raise _Unsupported  # there is a loop of its own here
        found, each = self.new("n"), self.new("n")
        variable = f"v{self.letters.slots[str(deciding[0].other)]}"
        self.judged.add(deciding[0])
        self.line(
            f"{found} = None",
            f"for {each} in {node}._args:",
            f"    if context.depends({each}, {variable}):",
            f"        if {found} is not None: return None",
            f"        {found} = {each}",
            f"if {found} is None: return None",
            f"v{self.letters.slots[whole]} = {node}",
            f"v{self.letters.slots[inner]} = {found}",
        )
        self.bound |= {whole, inner}
        self.conditions()

    def build(self, template: Basic) -> str:
        """Lines that build a node; its name."""
        letters = self.letters
        if letters.is_letter(template) and str(template) not in letters.chosen:
            return f"v{letters.slots[str(template)]}"
        if not isinstance(template, Node) or self.templates.is_constant(template):
            return self.constant(template)
        if letters.is_context(template):
            whole = f"{template._args[0]}({template._args[1]})"
            if whole in letters.slots:
                return f"v{letters.slots[whole]}"
        elif self.templates.is_arithmetic(template):
            return self.arithmetic(template)
        elif type(template) in (Plus, Times) and type(template._args[-1]) is Dots:
            return self.each(template)
        elif type(template) in _PLAIN and not any(type(each) is Dots for each in template._args):
            return self.node(template)
        return self.by_function(template)

    def by_function(self, template: Basic) -> str:
        if self.repeated:
            raise _Unsupported  # the slots do not hold the operand at hand
        name, builder = self.new("t"), self.constant(self.templates.compile(template))
        self.line(f"{name} = {builder}([{self.slots}], context)")
        return name

    def arithmetic(self, template: Node) -> str:
        """n − 1 for a whole number n is the most frequent calculation, worth a short cut."""
        letter, step = template._args[0], quick_value(template._args[-1])
        if type(template) is not Plus or len(template._args) != 2 or type(step) is not int:
            return self.by_function(template)
        whole, types = self.build(letter), self.constant(INTEGER_TYPES)
        name = self.by_function(template)
        otherwise = self.lines.pop().strip()
        self.line(
            f"if type({whole}) in {types}: {name} = {self.constant(number)}({whole}.p + {step})",
            f"else: {otherwise}",
        )
        return name

    def each(self, template: Node) -> str:
        """t + …: a term for each of the operands that a letter stands for.

        Inside of another repetition the dots stand for the neighbours of the operand at hand.
        """
        kind, term = type(template), template._args[0]
        inside = {str(part) for part in postorder(term) if self.letters.is_letter(part)}
        names = inside.intersection(self.letters.sequences)
        if len(template._args) != 2 or len(names) != 1 or self.letters.chosen:
            raise _Unsupported
        (letter,) = names
        current, result = f"v{self.letters.slots[letter]}", self.new("t")
        if self.repeated:
            around, operands, place = self.repeated
            if around != letter:
                raise _Unsupported
            made = self.build(term)
            joined = f"(*{operands}[:{place}], {made}, *{operands}[{place} + 1:])"
        else:
            operands, place, joined = self.new("n"), self.new("n"), self.new("n")
            self.repeated = letter, operands, place
            self.line(f"{operands} = {current}", f"{joined} = []")
            self.line(f"for {place}, {current} in enumerate({operands}):")
            self.margin += "    "
            made = self.build(term)
            self.line(f"{joined}.append({made})")
            self.margin = self.margin[:-4]
            self.line(f"{current} = {operands}")
            self.repeated = None
        if self.templates.is_flat(kind, term, inside):
            return self.new_node(kind, result, f"tuple({joined})")
        self.line(f"{result} = {self.constant(kind)}(*{joined})")
        return result

    def node(self, template: Node) -> str:
        kind = type(template)
        parts = [self.build(operand) for operand in template._args]
        name = self.new("t")
        if kind is Power:
            self.line(f"if {parts[1]} is {self.constant(ONE)}: {name} = {parts[0]}", "else:")
            return self.new_node(kind, name, f"({', '.join(parts)})", "    ")
        nested = [
            f"type({part}) is {self.constant(kind)}"
            for part, operand in zip(parts, template._args, strict=True)
            if kind in (Plus, Times) and self.templates.may_become(operand, kind)
        ]
        if nested:
            made = f"{self.constant(kind)}({', '.join(parts)})"
            self.line(f"if {' or '.join(nested)}: {name} = {made}", "else:")
        elif kind is D:  # that of an implicit function is none
            made = f"{self.constant(kind.interned)}[{', '.join(parts)}]"
            call, name_kind = self.constant(Apply), self.constant(FunctionName)
            named = f"type({parts[0]}) is {call} and type({parts[0]}._args[0]) is not {name_kind}"
            self.line(f"if {named}: {name} = {made}", "else:")
        margin = "    " if nested or kind is D else ""
        return self.new_node(kind, name, f"({', '.join(parts)},)", margin)

    def new_node(self, kind: type[Node], name: str, operands: str, margin: str = "") -> str:
        """Lines that intern a node which most likely is new: it is made before it is looked up."""
        self.line(
            f"{margin}{name} = {self.constant(object.__new__)}({self.constant(kind)})",
            f"{margin}{name}._args = operands = {operands}",
            f"{margin}{name} = {self.constant(kind.interned.setdefault)}(operands, {name})",
        )
        return name


_PLAIN = frozenset({Apply, D, Negative, Over, Plus, Power, Times})
