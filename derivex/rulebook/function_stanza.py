"""Reading the stanza of a function: its name, its meaning, its derivative by each parameter.

::

    function atan2(y, x)
        means atan2
        d/dy atan2(y, x) = x/(x^2 + y^2)
        d/dx atan2(y, x) = -(y/(x^2 + y^2))

Where several arguments depend on the variable the chain rule adds up one term for each of them;
that rule follows from the rows of the stanza.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import Place, RuleError
from derivex.expression import Apply, D, Plus, Times, function_name, symbol
from derivex.expression.elementary import ELEMENTARY, written_name
from derivex.expression.functions import SHAPES, Function
from derivex.matching import VOCABULARY, Condition
from derivex.notation import read_text
from derivex.rulebook.form import Form
from derivex.rulebook.formulas import Formulas
from derivex.rulebook.rule import Judgement, Rule
from derivex.rulebook.stanzas import Line, Stanza, first_word

__all__ = ["FunctionStanzas"]

_HEAD = re.compile(r"(\w+)\s*\((\s*\w+\s*(?:,\s*\w+\s*)*)(,\s*(?:\.\.\.|…)\s*)?\)")
_VARIABLES = "txsuvzwq"  # for the variable that several arguments depend on
_PROPERTIES = ("means", "latex", "alias", "defined", "shape")
_BELONGINGS = ("example", "provided")
_BY = re.compile(r"(?:d|∂)/(?:d|∂)(\w+)")


class FunctionStanzas(Formulas):
    """The part of the file reader that reads functions."""

    def declare(self, stanza: Stanza) -> None:
        """Enter a function, so that formulas may use it; its rows are read later."""
        found = _HEAD.fullmatch(stanza.rest)
        if not found:
            raise RuleError(
                "a function is introduced by its name and its parameters",
                self.place(stanza.rest_offset, len(stanza.rest)),
                "write: function sin(x)",
            )
        name, parameters, dots = found.groups()
        if name in self.functions:
            raise RuleError(
                f"a function {name} stands above already",
                self.place(stanza.rest_offset, len(name)),
            )
        letters = tuple(symbol(letter.strip()) for letter in parameters.split(","))
        function = Function(name, letters, variadic=dots is not None)
        for line in stanza.body:
            keyword, _, rest = first_word(line.text)
            if keyword == "means":
                meaning = rest.strip()
                if written_name(meaning) is None:
                    raise RuleError(
                        f"“{meaning}” is not the name of an elementary function",
                        self.place(line.offset + len(line.text) - len(rest), len(rest)),
                        "the elementary functions are: " + ", ".join(ELEMENTARY),
                    )
                function = replace(function, means=meaning)
            elif keyword == "latex":
                function = replace(function, latex=rest.strip())
            elif keyword == "alias":
                function = replace(function, aliases=(*function.aliases, *rest.split()))
            elif keyword == "shape":
                words = self.words(rest, SHAPES, line, "shape of a function")
                function = replace(function, shape=frozenset(words))
        self.functions[name] = function

    def define(self, stanza: Stanza) -> None:
        """Read the definition of a function, if it has one."""
        name = stanza.rest.split("(")[0].strip()
        for line in stanza.body:
            keyword, _, rest = first_word(line.text)
            if keyword == "defined":
                body = rest.removeprefix("as ")
                offset = line.offset + len(line.text) - len(body)
                definition = self.read_with(read_text, body, offset).expression
                self.functions[name] = replace(self.functions[name], definition=definition)
        function = self.functions[name]
        if function.means is None and function.definition is None:
            raise RuleError(
                f"nothing says what {name} is",
                self.place(stanza.head.offset, len(stanza.head.text)),
                f"add a line such as “means sin” or “defined as {function.parameters[0]}^3”",
            )

    def function_rules(self, stanza: Stanza) -> None:
        """The rules for the derivatives of a function."""
        self.lets = ()
        name = stanza.rest.split("(")[0].strip()
        place = self.place(stanza.head.offset, len(stanza.head.text))
        rows = [line for line in stanza.body if first_word(line.text)[0] not in _PROPERTIES]
        if not rows:
            return
        first = first_word(rows[0].text)[0]
        if first in _BELONGINGS:
            raise RuleError(
                f"nothing is said of {name} yet that could have an “{first}”",
                self.place(rows[0].offset, len(rows[0].text)),
                f"write its derivative above: d/dx {name}(x) = …",
            )
        _Rows(self, self.functions[name], self.table, place).enter(rows)


@dataclass
class _Row:
    """A formula of a stanza, and the lines that say what it takes for granted."""

    formula: Line
    provided: list[Line]


class _Rows:
    """The rows of one stanza."""

    def __init__(self, reader: FunctionStanzas, function: Function, table: str, place: Place):
        self.reader = reader
        self.function = function
        self.name = function.name.replace("_", "-")
        self.table = table
        self.place = place

    def enter(self, lines: Sequence[Line]) -> None:
        """Enter a rule for each variable, and the chain rule of several variables."""
        groups: dict[str, list[_Row]] = {}
        examples: dict[str, list[Line]] = {}
        variable = ""
        for line in lines:
            keyword = first_word(line.text)[0]
            if keyword == "example":
                examples.setdefault(variable, []).append(line)
            elif keyword == "provided":
                groups[variable][-1].provided.append(line)
            else:
                by = _BY.match(line.text)
                variable = by.group(1) if by else ""
                groups.setdefault(variable, []).append(_Row(line, []))
        several = len(groups) > 1
        partial: dict[Symbol, Rule] = {}
        for variable, rows in groups.items():
            suffix, words = (f"-by-{variable}", f" by {variable}") if several else ("", "")
            rule = self._rule(
                f"derivative-of-{self.name}{suffix}",
                f"the derivative of {self.function.name}{words}",
            )
            for line in examples.get(variable, []):
                self.reader.read_example(rule, line)
            for row in rows:
                self._add(rule, row.formula.text, self._reading(rule, row))
            partial[symbol(variable)] = rule
        if several:
            self._chain_rule(partial)

    def _rule(self, name: str, phrase: str) -> Rule:
        head = function_name(self.function.name)
        rule = Rule(name, phrase, self.table, Judgement.EQUALITY, self.place, head)
        self.reader.add(rule)
        return rule

    def _add(self, rule: Rule, text: str, read: Callable[[], Form]) -> None:
        rule.add_form(text, read)
        if not self.reader.later:
            assert rule.forms

    def _reading(self, rule: Rule, row: _Row) -> Callable[[], Form]:
        def read() -> Form:
            provided: list[Basic] = []
            for line in row.provided:
                rest = first_word(line.text)[2]
                offset = line.offset + len(line.text) - len(rest)
                provided += self.reader.read_provisions(rest, offset)
            before, after = self.reader.read_sides(row.formula)
            conditions = self._independent(before)
            return self.reader.make_form(
                rule, row.formula, before, after, conditions, tuple(provided)
            )

        return read

    def _independent(self, before: Basic) -> tuple[Condition, ...]:
        """A partial derivative: the other arguments do not depend on the variable."""
        if type(before) is not D or self.function.variadic:
            return ()
        call, variable = before.args
        if not isinstance(variable, Symbol) or variable not in call.args:
            return ()
        free = VOCABULARY["is free of"]
        return tuple(
            Condition(free, other.name, variable.name)
            for other in call.args[1:]
            if isinstance(other, Symbol) and other is not variable
        )

    def _chain_rule(self, partial: Mapping[Symbol, Rule]) -> None:
        """The chain rule of several variables for this function, from its partial derivatives."""
        name = self.function.name
        chain = self._rule(f"chain-rule-for-{self.name}", f"the chain rule for {name}")
        for count in range(2, len(partial) + 1):
            for moving in combinations(partial, count):
                self._add(chain, f"d/dt {name}", self._chain_form(chain, partial, moving))

    def _chain_form(
        self, chain: Rule, partial: Mapping[Symbol, Rule], moving: Sequence[Symbol]
    ) -> Callable[[], Form]:
        """What reads the form in which these arguments depend on the variable."""
        parameters = self.function.parameters

        def read() -> Form:
            variable = next(
                symbol(letter) for letter in _VARIABLES if symbol(letter) not in parameters
            )
            rows = [self._general_row(partial[each], each) for each in moving]
            terms = [
                Times(row.after, D(each, variable)) for row, each in zip(rows, moving, strict=True)
            ]
            conditions = tuple(
                Condition(
                    VOCABULARY["depends on" if each in moving else "is free of"],
                    each.name,
                    variable.name,
                )
                for each in parameters
            )
            provided = tuple(
                one for row in rows if row.provisions for one in row.provisions.relations
            )
            before = D(Apply(function_name(self.function.name), *parameters), variable)
            known = frozenset(self.reader.scope.functions)
            return Form(chain, before, Plus(*terms), conditions, known, self.place, provided)

        return read

    def _general_row(self, rule: Rule, variable: Symbol) -> Form:
        """The partial derivative for any values of the arguments."""
        for form in rule.forms:
            call, by = form.before.args
            if by is variable and call.args[1:] == self.function.parameters:
                return form
        raise RuleError(
            f"{rule.phrase} is told for special arguments only",
            self.place,
            f"add a row for {self.function.name}({', '.join(map(str, self.function.parameters))})",
        )
