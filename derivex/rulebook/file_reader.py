"""Reading a rule file: its lines, its stanzas, and the rules and functions in them.

The formulas are read by the same reader as a user's; this module knows only the lines around
them.  A stanza begins at the left margin, its lines are indented::

    table differentiation

    rule constant-factor  "the constant factor rule"
        d/dx (c u)  =  c d/dx u
        where c is free of x, u depends on x
        example d/dx (5 sin(x)) = 5 d/dx sin(x)
    also
        d/dx (-u)  =  -d/dx u

    rule log-of-product  "the logarithm of a product"
        log(u * ...)  =  log(u) + ...
        provided u > 0

    rule dot-product  "the rule for dot products"
        ∇_w (a·w)  =  a
        let a: d, w: d
        where a is free of w

    procedure add-numbers  "arithmetic"
        on sums
        example 2 + x + 3 = 5 + x

    move subtract  "subtract {c} from both sides"
        u + c = v  <=>  u = v - c

    function sin(x)
        means sin
        latex \\sin
        d/dx sin(x) = cos(x)

    words "Kettenregel", "inner derivative"
        chain

    misconception product-of-derivatives  "the product was differentiated factor by factor"
        d/dx (u v)  =  (d/dx u) (d/dx v)
        where u depends on x, v depends on x
        fails at u = x, v = x, x = 2

A line ``provided u != 0`` says what the rule takes for granted; a reader is told.  ``provided
inside p``, where p stands for conditions, is that none of these is about to change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from derivex.errors import RuleError
from derivex.expression.functions import Function, Functions
from derivex.limits import MAX_CHARACTERS
from derivex.notation import Scope
from derivex.rulebook.function_stanza import FunctionStanzas
from derivex.rulebook.procedure import Procedure
from derivex.rulebook.procedures import BY_FACTS, HEADS, MOVES, OPERANDS, POSSIBLE, PROCEDURES
from derivex.rulebook.rule import Judgement, Rule, Words
from derivex.rulebook.stanzas import (
    Line,
    Stanza,
    first_word,
    split_into_stanzas,
)

__all__ = ["RuleFile", "read_rules"]


@dataclass(frozen=True)
class RuleFile:
    """What a rule file holds."""

    rules: tuple[Rule, ...]
    functions: dict[str, Function]
    source: str
    name: str
    words: tuple[Words, ...] = ()


_HEAD = re.compile(r'(?P<name>[a-z][a-z0-9]*(-[a-z0-9]+)*)\s*"(?P<phrase>[^"]+)"\s*$')


def read_rules(
    source: str, name: str, known: Functions | None = None, later: bool = False
) -> RuleFile:
    """Read a rule file.

    Args:
        source: its text.
        name: what errors call it.
        known: functions of other rule files, which formulas may use.
        later: whether its formulas are known to be well written, so that they may be read when
            they are needed.

    Raises:
        RuleError: with file, line, column and caret.
    """
    if len(source) > MAX_CHARACTERS:
        raise RuleError(f"{name} has {len(source)} characters; at most {MAX_CHARACTERS} are read")
    return _FileReader(source, name, dict(known or {}), later).read()


class _FileReader(FunctionStanzas):
    def __init__(self, source: str, name: str, known: dict[str, Function], later: bool):
        self.source = source
        self.name = name
        self.later = later
        self.functions: dict[str, Function] = {}
        self.known = known
        self.rules: dict[str, Rule] = {}
        self.table = ""
        self.latest: Rule | None = None
        self.all_words: list[Words] = []

    def read(self) -> RuleFile:
        stanzas = list(split_into_stanzas(self.source, self.name))
        for stanza in stanzas:
            if stanza.keyword == "function":
                self.declare(stanza)
        self.scope = Scope(functions={**self.known, **self.functions}, rules=True)
        for stanza in stanzas:
            if stanza.keyword == "function":
                self.define(stanza)
        self.scope = Scope(functions={**self.known, **self.functions}, rules=True)
        for stanza in stanzas:
            getattr(self, f"_{stanza.keyword}")(stanza)
        rules = tuple(self.rules.values())
        return RuleFile(rules, self.functions, self.source, self.name, tuple(self.all_words))

    # -- stanzas ---------------------------------------------------------------------------

    def _table(self, stanza: Stanza) -> None:
        self.table = stanza.rest

    def _rule(self, stanza: Stanza) -> None:
        self._form(self._new_rule(stanza, Judgement.EQUALITY), stanza)

    def _function(self, stanza: Stanza) -> None:
        self.function_rules(stanza)

    def _membership(self, stanza: Stanza) -> None:
        self._form(self._new_rule(stanza, Judgement.MEMBERSHIP), stanza)

    def _misconception(self, stanza: Stanza) -> None:
        self._form(self._new_rule(stanza, Judgement.MISCONCEPTION), stanza)

    def _also(self, stanza: Stanza) -> None:
        if self.latest is None:
            raise RuleError(
                "“also” follows a rule, and there is none before it",
                self.place(stanza.head.offset, 4),
            )
        self._form(self.latest, stanza)

    def _move(self, stanza: Stanza) -> None:
        self._form(self._new_rule(stanza, Judgement.EQUIVALENT), stanza)

    def _procedure(self, stanza: Stanza) -> None:
        is_move = first_word(stanza.rest)[0] in MOVES if stanza.rest else False
        rule = self._new_rule(stanza, Judgement.EQUIVALENT if is_move else Judgement.EQUALITY)
        run = PROCEDURES.get(rule.name)
        if run is None:
            raise RuleError(
                f"there is no procedure {rule.name}",
                self.place(stanza.rest_offset, len(rule.name)),
                "the procedures are: " + ", ".join(sorted(PROCEDURES)),
            )
        heads: list[type] = []
        kinds: frozenset[type] | None = None
        for line in stanza.body:
            keyword, _, rest = first_word(line.text)
            if keyword == "on":
                before, _, after = rest.partition(" with ")
                heads += [HEADS[word] for word in self.words(before, HEADS, line)]
                if after:
                    words = self.words(after, OPERANDS, line)
                    kinds = frozenset().union(*[OPERANDS[word] for word in words])
            elif keyword == "example":
                self.read_example(rule, line)
            else:
                raise RuleError(
                    "a procedure has only “on …” and “example …” lines",
                    self.place(line.offset, len(line.text)),
                )
        if not heads:
            raise RuleError(f"the procedure {rule.name} does not say what it works on", rule.place)
        rule.procedure = Procedure(
            rule, tuple(heads), run, (), kinds, POSSIBLE.get(rule.name), rule.name in BY_FACTS
        )

    def _words(self, stanza: Stanza) -> None:
        place = self.place(stanza.head.offset, len(stanza.head.text))
        phrases = re.findall(r'"([^"]+)"', stanza.rest)
        for line in stanza.body:
            phrases += re.findall(r'"([^"]+)"', line.text)
        outside = [re.sub(r'"[^"]*"', "", line.text) for line in stanza.body]
        names = re.findall(r"[a-z][\w-]*(?: [a-z][\w-]*)*", "\n".join(outside))
        if not phrases or not names:
            raise RuleError(
                "words stand in double quotes, and the names of the rules that they mean below",
                place,
                'write: words "Kettenregel", and below it, indented: chain',
            )
        self.all_words.append(Words(tuple(map(str.lower, phrases)), tuple(names), place))

    # -- parts -----------------------------------------------------------------------------

    def _new_rule(self, stanza: Stanza, judgement: Judgement) -> Rule:
        found = _HEAD.match(stanza.rest)
        place = self.place(stanza.rest_offset, len(stanza.rest))
        if not found:
            raise RuleError(
                "a rule has a name in small letters with dashes, and a phrase in double quotes",
                place,
                'write: rule my-rule  "my rule"',
            )
        rule = Rule(found.group("name"), found.group("phrase"), self.table, judgement, place)
        self.add(rule)
        self.lets = ()
        return rule

    def _form(self, rule: Rule, stanza: Stanza) -> None:
        formulas: list[Line] = []
        conditions: list[Line] = []
        for line in stanza.body:
            if first_word(line.text)[0] == "let":
                self.lets = (*self.lets, line)
                rule.of_arrays = True
        for line in stanza.body:
            keyword = first_word(line.text)[0]
            if keyword in ("where", "provided", "fails"):
                conditions.append(line)
            elif keyword == "example":
                self.read_example(rule, line)
            elif keyword != "let":
                formulas.append(line)
        if len(formulas) != 1:
            wrong = formulas[1] if formulas else stanza.head
            raise RuleError(
                "a rule has one formula; another form of it begins with “also”"
                if formulas
                else "a formula is missing",
                self.place(wrong.offset, len(wrong.text)),
            )
        self.add_formula(rule, formulas[0], conditions)
