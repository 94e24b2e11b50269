"""Rules as straight-line functions: what a form does, in one piece and without detours.

A pattern and a template are functions made of functions, one for each of their nodes; calling
all these costs more than what they do.  Here the same is put together as one Python function
for a form, at its first use.  The derivative of the sine, for example, becomes::

    def attempt(n0, variable, context, joins=None):
        v0 = variable
        if len(n0._args) != 2: return None
        n1, n2, = n0._args
        if n2 is not v0: return None
        t3 = c0(c1)
        t3._args = operands = (c2, v0,)
        t3 = c3(operands, t3)
        rules = context.others[c2, type(c2), type(v0)]
        if rules: t3 = context.settle(t3, joins, rules)
        else:
            context.settled.add(t3)
            if joins is not None: t3 = (t3,)
        return c4, t3, v0

What stands behind ``return`` is what was applied, what it gave, and what the letters stand for.
What it gave is, in a run that works derivatives out in one go, the final form; in any other the
template as it is, with its derivatives unevaluated (:mod:`derivex.matching.direct`).  If there is
a kind of node around the derivative that takes in operands of its own kind, ``joins``, it is the
operands that this node gets.

No text of a rule file or of a user goes into it: it consists of the lines written below and in
``straight_lines``, in which the only things put in are numbered names (n0, v1, c2, …) and whole
numbers.  The nodes and functions of the rule are handed over as the function's global names.
What is not covered here (arrays, new indices, letters for functions, conditions that are taken
for granted) is left to the functions of ``pattern`` and ``template``; and every replay of a
derivation goes by those alone, so all tests compare both ways.

Nodes that are made here are not counted by :mod:`derivex.expression.node`, which looks for
unused ones when others are made: the start of a derivation is always one of those.
"""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType, FunctionType
from typing import Any, cast

from sympy.core.basic import Basic

from derivex.expression import Apply, Dots, FunctionName, Negative, Over, Plus, Power, Times
from derivex.expression.nodes import Node
from derivex.matching.bindings import Letters, Slots
from derivex.matching.conditions import Condition
from derivex.matching.context import Context, Found
from derivex.matching.letter_patterns import ON_DEPENDENCE, Matcher
from derivex.matching.shared_patterns import shared_by_dependence, split_by_dependence
from derivex.matching.straight_lines import Lines, UnsupportedError
from derivex.matching.template import Builder

__all__ = ["Attempt", "attempt_of"]

Attempt = Callable[..., "Found | None"]
"""Applies a form to a node: for a derivative to its operand, the variable being the second.

It takes what is known, a :class:`Context`, as the third; for a derivative the kind of the node
around it may be the fourth.
"""

# The kinds that have always as many operands, and those that a pattern matches in their order.
_ARITIES: dict[type, int] = {Negative: 1, Over: 2, Power: 2}


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
            return _Function(letters, size, variable).function(form, pattern, template)
        except UnsupportedError:
            pass

    def attempt(
        node: Any, by: Basic | None, context: Context, joins: type | None = None
    ) -> Found | None:
        slots: Slots = [None] * size
        if variable is not None:
            slots[variable] = by
        if not match(node, slots, context):
            return None
        made = build(slots, context)
        return form, made if variable is None else context.settle(made, joins), *slots

    return attempt


class _Function(Lines):
    """The lines of the function of one form: first those that match, then those that build."""

    def __init__(self, letters: Letters, size: int, variable: int | None):
        super().__init__(letters, size, variable)
        self.names = {slot: name for name, slot in letters.slots.items()}
        self.size = size
        self.bound: set[str] = set()
        self.judged: set[Condition] = set()
        self.failure = "return None"  # what is done where something does not match

    def function(self, form: Any, pattern: Basic, template: Basic) -> Attempt:
        if self.variable is not None:
            self.line(f"v{self.variable} = variable")
            self.bound.add(self.names.get(self.variable, ""))
        self.match(pattern, "n0", known=True)
        self.matched = pattern
        if any(self.is_open(condition) for condition in self.letters.conditions):
            raise UnsupportedError
        if not all(self.names.get(slot) in self.bound for slot in range(self.size)):
            raise UnsupportedError
        result = self.build(template, None if self.variable is None else "joins")
        self.line(f"return {self.constant(form)}, {result}, {self.slots}")
        text = "\n".join(["def attempt(n0, variable, context, joins=None):", *self.lines, ""])
        module = compile(text, "<rule>", "exec")
        code = next(each for each in module.co_consts if isinstance(each, CodeType))
        return cast(Attempt, FunctionType(code, self.constants, "attempt", (None,)))

    def is_open(self, condition: Condition) -> bool:
        """Whether a condition on what is matched was not judged (f in f(u) is not matched)."""
        judged = condition in self.judged or condition.kind.holds is None
        return not judged and condition.subject in self.letters.slots

    def match(self, pattern: Basic, node: str, known: bool = False) -> None:
        """Lines that match a node.

        Args:
            pattern: what it must be.
            node: its name.
            known: whether its kind is known to be right.
        """
        letters = self.letters
        if letters.is_letter(pattern):
            self.bind(str(pattern), node)
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
            raise UnsupportedError

    def shared(self, pattern: Node, node: str) -> None:
        """A sum or product, whose operands are shared out between the parts of the pattern."""
        kind, letters = self.constant(type(pattern)), self.letters
        names = [str(part) for part in pattern._args if letters.is_letter(part)]
        if not self.bound.isdisjoint(names):
            raise UnsupportedError
        if type(pattern._args[-1]) is Dots:
            self.all_operands(kind, names, node)
        elif len(pattern._args) == 2 == len(names):
            self.by_dependence(kind, names, node)
        elif len(pattern._args) == 2 == len(names) + 1:
            (part,) = (part for part in pattern._args if not letters.is_letter(part))
            self.one_and_rest(type(pattern), part, names[0], node)
        else:
            raise UnsupportedError

    def all_operands(self, kind: str, names: list[str], node: str) -> None:
        """u + …, where u stands for each of the terms."""
        (name,) = names
        if self.letters.about(name):
            raise UnsupportedError
        self.line(f"if type({node}) is not {kind}: {self.failure}")
        self.line(f"v{self.letters.slots[name]} = {node}._args")
        self.bound.add(name)

    def by_dependence(self, kind: str, names: list[str], node: str) -> None:
        """c u, where what is free of x goes to c, and what depends on it to u."""
        shared = shared_by_dependence(self.letters, names)
        if shared is None:
            raise UnsupportedError
        free, dependent, variable = shared
        found, split = self.new("n"), self.constant(split_by_dependence)
        self.line(
            f"{found} = {split}({node}, {kind}, v{variable}, context)",
            f"if {found} is None: {self.failure}",
            f"v{free}, v{dependent} = {found}",
        )
        self.bound.update(names)
        self.loose.update(names)
        self.judged.update(each for each in self.letters.conditions if each.subject in names)

    def one_and_rest(self, kind: type[Node], part: Basic, name: str, node: str) -> None:
        """1 u or (u/v) w: the first operand that the part matches, and the rest for the letter."""
        if self.letters.is_context(part) or self.failure == "continue":
            raise UnsupportedError
        operands, operand, place = self.new("n"), self.new("n"), self.new("n")
        self.line(
            f"if type({node}) is not {self.constant(kind)}: return None",
            f"{operands} = {node}._args",
            f"for {place}, {operand} in enumerate({operands}):",
        )
        self.margin += "    "
        if isinstance(part, Node) and part._args:
            self.failure = "continue"
            self.match(part, operand)
            self.line("break")
            self.failure = "return None"
        else:
            self.line(f"if {operand} is {self.constant(part)}: break")
        self.margin = self.margin[:-4]
        self.line(
            "else: return None",
            f"{operands} = {operands}[:{place}] + {operands}[{place} + 1:]",
        )
        letter = f"v{self.letters.slots[name]}"
        self.line(f"if len({operands}) == 1: {letter} = {operands}[0]", "else:")
        self.margin += "    "
        self.make(kind, letter, operands)
        self.margin = self.margin[:-4]
        self.bound.add(name)
        self.loose.add(name)
        self.conditions()

    def operands(self, pattern: Node, node: str, known: bool) -> None:
        kind = type(pattern)
        if any(type(operand) is Dots for operand in pattern._args):
            raise UnsupportedError
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

    def bind(self, name: str, node: str) -> None:
        slot = self.letters.slots[name]
        if name in self.bound:
            self.line(f"if {node} is not v{slot}: {self.failure}")
            return
        if name in self.letters.sequences or name in self.letters.chosen:
            raise UnsupportedError
        self.line(f"v{slot} = {node}")
        self.bound.add(name)
        if node == "n0":
            self.loose.add(name)
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
                raise UnsupportedError
            self.judged.add(condition)
            subject = f"v{self.letters.slots[condition.subject]}"
            against = "None" if other is None else f"v{self.letters.slots[other]}"
            if words in ON_DEPENDENCE:
                wrong = "not " if ON_DEPENDENCE[words] else ""
                self.line(f"if {wrong}{self.depends(subject, against)}: {self.failure}")
            elif words == "is not":
                self.line(f"if {subject} is {against}: {self.failure}")
            else:
                check = self.constant(holds)
                self.line(f"if not {check}({subject}, {against}, context): {self.failure}")

    @staticmethod
    def depends(node: str, variable: str) -> str:
        """The question whether a node depends on a variable; between two leaves it is no call."""
        asked = f"context.depends({node}, {variable})"
        return f"({asked} if {node}._args or {variable}._args else {node} is {variable})"

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
            raise UnsupportedError
        if self.failure == "continue":
            raise UnsupportedError  # there is a loop of its own here
        found, each = self.new("n"), self.new("n")
        variable = f"v{self.letters.slots[str(deciding[0].other)]}"
        self.judged.add(deciding[0])
        self.line(
            f"{found} = None",
            f"for {each} in {node}._args:",
            f"    if {self.depends(each, variable)}:",
            f"        if {found} is not None: return None",
            f"        {found} = {each}",
            f"if {found} is None: return None",
            f"v{self.letters.slots[whole]} = {node}",
            f"v{self.letters.slots[inner]} = {found}",
        )
        self.bound |= {whole, inner}
        self.loose.add(whole)
        self.conditions()
