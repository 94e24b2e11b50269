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

    procedure add-numbers  "arithmetic"
        on sums
        example 2 + x + 3 = 5 + x

    move subtract  "subtract {c} from both sides"
        u + c = v  <=>  u = v - c

    function sin(x)
        means sin
        latex \\sin
        d/dx sin(x) = cos(x)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sympy.core.basic import Basic

from derivex.errors import Place, ReadError, RuleError
from derivex.expression import (
    AtLeast,
    AtMost,
    D,
    Greater,
    Less,
    Limit,
    Unequal,
    function_name,
    postorder,
    symbol,
)
from derivex.expression.elementary import ELEMENTARY, written_name
from derivex.expression.functions import Function, Functions
from derivex.limits import MAX_CHARACTERS
from derivex.matching import VOCABULARY, Condition, UnboundLetterError
from derivex.notation import Scope, read_definition, read_relation, read_text
from derivex.rulebook.procedures import HEADS, OPERANDS, POSSIBLE, PROCEDURES
from derivex.rulebook.rule import Example, Form, Judgement, Procedure, Rule
from derivex.rulebook.stanzas import (
    Line,
    Stanza,
    first_word,
    place_in,
    split_into_stanzas,
)

__all__ = ["RuleFile", "read_rules"]


_RELATIONS = {
    "<": Less,
    ">": Greater,
    **dict.fromkeys(("<=", "≤"), AtMost),
    **dict.fromkeys((">=", "≥"), AtLeast),
    **dict.fromkeys(("!=", "≠"), Unequal),
}


@dataclass(frozen=True)
class RuleFile:
    """What a rule file holds."""

    rules: tuple[Rule, ...]
    functions: dict[str, Function]
    source: str
    name: str


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


class _FileReader:
    def __init__(self, source: str, name: str, known: dict[str, Function], later: bool):
        self.source = source
        self.name = name
        self.later = later
        self.functions: dict[str, Function] = {}
        self.known = known
        self.rules: dict[str, Rule] = {}
        self.table = ""
        self.latest: Rule | None = None

    def read(self) -> RuleFile:
        stanzas = list(split_into_stanzas(self.source, self.name))
        for stanza in stanzas:
            if stanza.keyword == "function":
                self._declare(stanza)
        self.scope = Scope(functions={**self.known, **self.functions}, rules=True)
        for stanza in stanzas:
            getattr(self, f"_{stanza.keyword}")(stanza)
        return RuleFile(tuple(self.rules.values()), self.functions, self.source, self.name)

    def _place(self, offset: int, length: int = 1) -> Place:
        return place_in(self.source, self.name, offset, length)

    # -- stanzas ---------------------------------------------------------------------------

    def _table(self, stanza: Stanza) -> None:
        self.table = stanza.rest

    def _rule(self, stanza: Stanza) -> None:
        self._form(self._new_rule(stanza, Judgement.EQUALITY), stanza)

    def _also(self, stanza: Stanza) -> None:
        if self.latest is None:
            raise RuleError(
                "“also” follows a rule, and there is none before it",
                self._place(stanza.head.offset, 4),
            )
        self._form(self.latest, stanza)

    def _move(self, stanza: Stanza) -> None:
        self._form(self._new_rule(stanza, Judgement.EQUIVALENT), stanza)

    def _procedure(self, stanza: Stanza) -> None:
        rule = self._new_rule(stanza, Judgement.EQUALITY)
        run = PROCEDURES.get(rule.name)
        if run is None:
            raise RuleError(
                f"there is no procedure {rule.name}",
                self._place(stanza.rest_offset, len(rule.name)),
                "the procedures are: " + ", ".join(sorted(PROCEDURES)),
            )
        heads: list[type] = []
        kinds: frozenset[type] | None = None
        for line in stanza.body:
            keyword, _, rest = first_word(line.text)
            if keyword == "on":
                before, _, after = rest.partition(" with ")
                heads += [HEADS[word] for word in self._words(before, HEADS, line)]
                if after:
                    words = self._words(after, OPERANDS, line)
                    kinds = frozenset().union(*[OPERANDS[word] for word in words])
            elif keyword == "example":
                self._example(rule, line)
            else:
                raise RuleError(
                    "a procedure has only “on …” and “example …” lines",
                    self._place(line.offset, len(line.text)),
                )
        if not heads:
            raise RuleError(f"the procedure {rule.name} does not say what it works on", rule.place)
        rule.procedure = Procedure(rule, tuple(heads), run, (), kinds, POSSIBLE.get(rule.name))

    def _words(self, text: str, known: Mapping[str, object], line: Line) -> list[str]:
        """The words of a list, each of which must be known."""
        words = re.findall(r"[^,\s]+", text)
        for word in words:
            if word not in known:
                raise RuleError(
                    f"“{word}” is no kind of expression",
                    self._place(line.offset + line.text.index(word), len(word)),
                    "expected one of: " + ", ".join(known),
                )
        return words

    def _declare(self, stanza: Stanza) -> None:
        found = re.fullmatch(r"(\w+)\s*\((\s*\w+\s*(?:,\s*\w+\s*)*)\)", stanza.rest)
        if not found:
            raise RuleError(
                "a function is introduced by its name and its parameters",
                self._place(stanza.rest_offset, len(stanza.rest)),
                "write: function sin(x)",
            )
        name, parameters = found.group(1), found.group(2)
        if name in self.functions:
            raise RuleError(
                f"a function {name} stands above already",
                self._place(stanza.rest_offset, len(name)),
            )
        letters = tuple(symbol(letter.strip()) for letter in parameters.split(","))
        function = Function(name, letters)
        for line in stanza.body:
            keyword, _, rest = first_word(line.text)
            if keyword == "means":
                meaning = rest.strip()
                if written_name(meaning) is None:
                    raise RuleError(
                        f"“{meaning}” is not the name of an elementary function",
                        self._place(line.offset + len(line.text) - len(rest), len(rest)),
                        "the elementary functions are: " + ", ".join(ELEMENTARY),
                    )
                function = replace(function, means=meaning)
            elif keyword == "latex":
                function = replace(function, latex=rest.strip())
            elif keyword == "alias":
                function = replace(function, aliases=(*function.aliases, *rest.split()))
        self.functions[name] = function

    def _function(self, stanza: Stanza) -> None:
        name = stanza.rest.split("(")[0].strip()
        place = self._place(stanza.head.offset, len(stanza.head.text))
        rule: Rule | None = None
        for line in stanza.body:
            keyword, _, rest = first_word(line.text)
            if keyword in ("means", "latex", "alias"):
                continue
            if keyword == "defined":
                body = rest.removeprefix("as ")
                lead = f"{stanza.rest} = "
                offset = line.offset + len(line.text) - len(body) - len(lead)
                definition = self._read(read_definition, lead + body, offset)
                self.functions[name] = replace(self.functions[name], definition=definition.body)
                self.scope = replace(
                    self.scope, functions={**self.scope.functions, **self.functions}
                )
                continue
            if keyword == "example":
                if rule is None:
                    raise RuleError(
                        f"nothing is said of {name} yet that could have an example",
                        self._place(line.offset, len(line.text)),
                        f"write its derivative above: d/dx {name}(x) = …",
                    )
                self._example(rule, line)
                continue
            rule = Rule(
                f"derivative-of-{name}",
                f"the derivative of {name}",
                self.table,
                Judgement.EQUALITY,
                place,
                function_name(name),
            )
            self._add(rule)
            self._formula(rule, line, ())
        function = self.functions[name]
        if function.means is None and function.definition is None:
            raise RuleError(
                f"nothing says what {name} is",
                place,
                f"add a line such as “means sin” or “defined as {function.parameters[0]}^3”",
            )

    # -- parts -----------------------------------------------------------------------------

    def _new_rule(self, stanza: Stanza, judgement: Judgement) -> Rule:
        found = _HEAD.match(stanza.rest)
        place = self._place(stanza.rest_offset, len(stanza.rest))
        if not found:
            raise RuleError(
                "a rule has a name in small letters with dashes, and a phrase in double quotes",
                place,
                'write: rule my-rule  "my rule"',
            )
        rule = Rule(found.group("name"), found.group("phrase"), self.table, judgement, place)
        self._add(rule)
        return rule

    def _add(self, rule: Rule) -> None:
        if rule.name in self.rules:
            raise RuleError(f"a rule {rule.name} stands above already", rule.place)
        self.rules[rule.name] = rule
        self.latest = rule

    def _form(self, rule: Rule, stanza: Stanza) -> None:
        formulas: list[Line] = []
        conditions: list[Condition] = []
        provided: list[Basic] = []
        for line in stanza.body:
            keyword, _, rest = first_word(line.text)
            if keyword == "where":
                conditions += self._conditions(rest, line.offset + len(line.text) - len(rest))
            elif keyword == "provided":
                provided += self._relations(rest, line.offset + len(line.text) - len(rest))
            elif keyword == "example":
                self._example(rule, line)
            else:
                formulas.append(line)
        if len(formulas) != 1:
            wrong = formulas[1] if formulas else stanza.head
            raise RuleError(
                "a rule has one formula; another form of it begins with “also”"
                if formulas
                else "a formula is missing",
                self._place(wrong.offset, len(wrong.text)),
            )
        self._formula(rule, formulas[0], tuple(conditions), tuple(provided))

    def _relations(self, text: str, offset: int) -> Iterator[Basic]:
        """``u > 0, a <= k <= b``: relations between letters, also several in one."""
        for clause in re.finditer(r"[^,]+", text):
            pieces = re.split(r"(<=|>=|!=|[<>≤≥≠])", clause.group())
            if len(pieces) < 3 or not all(piece.strip() for piece in pieces):
                raise RuleError(
                    f"“{clause.group().strip()}” is not a relation",
                    self._place(offset + clause.start(), len(clause.group())),
                    "write: provided u > 0, a <= k <= b",
                )
            at = offset + clause.start()
            sides: list[Basic] = []
            for piece in pieces[::2]:
                sides.append(self._read(read_text, piece, at).expression)
                at += len(piece) + 1
            for position, sign in enumerate(pieces[1::2]):
                yield _RELATIONS[sign](sides[position], sides[position + 1])

    def _conditions(self, text: str, offset: int) -> Iterator[Condition]:
        for clause in re.finditer(r"[^,]+", text):
            words = clause.group().strip()
            found = re.fullmatch(r"(\w+) (.+?)(?: (\w))?", words)
            kind = VOCABULARY.get(found.group(2)) if found else None
            if found is None or kind is None or kind.binary != bool(found.group(3)):
                # "is not a number" reads as "is not" with something after it; try it whole.
                whole = words.partition(" ")
                kind = VOCABULARY.get(whole[2])
                if kind is None or kind.binary:
                    start = (
                        offset + clause.start() + len(clause.group()) - len(clause.group().lstrip())
                    )
                    raise RuleError(
                        f"“{words}” is not a condition",
                        self._place(start, len(words)),
                        "a condition says of a letter that it: " + ", ".join(VOCABULARY),
                    )
                yield Condition(kind, whole[0])
            else:
                yield Condition(kind, found.group(1), found.group(3))

    def _formula(
        self,
        rule: Rule,
        line: Line,
        conditions: tuple[Condition, ...],
        provided: tuple[Basic, ...] = (),
    ) -> None:
        rule.add_form(line.text, lambda: self._read_form(rule, line, conditions, provided))
        if not self.later:
            assert rule.forms

    def _read_form(
        self,
        rule: Rule,
        line: Line,
        conditions: tuple[Condition, ...],
        provided: tuple[Basic, ...],
    ) -> Form:
        place = self._place(line.offset, len(line.text))
        if rule.is_move:
            before, after = self._move_sides(rule, line)
        else:
            relation = self._read(read_relation, line.text, line.offset).expression
            before, after = relation.args
            if any(isinstance(part, Limit) for side in (before, after) for part in postorder(side)):
                rule.judgement = Judgement.LIMIT
        known = frozenset(self.scope.functions)
        try:
            form = Form(rule, before, after, conditions, known, place, provided)
        except UnboundLetterError as error:
            # The name may be spelled in another way than it is stored: θ is theta.
            for last in re.finditer(rf"\b{re.escape(error.name)}\b", line.text):
                place = self._place(line.offset + last.start(), len(error.name))
            hint = "what stands on the right is made of the letters on the left"
            raise RuleError(str(error), place, hint) from None
        except ValueError as error:
            raise RuleError(str(error), place) from None
        if not rule.is_move and type(before) is not D and not before.args:
            raise RuleError("the left-hand side is a single letter and matches everything", place)
        return form

    def _move_sides(self, rule: Rule, line: Line) -> tuple[Basic, Basic]:
        arrow = re.search(r"<=>|=>", line.text)
        if arrow is None:
            raise RuleError(
                "a move goes from one equation to another",
                self._place(line.offset, len(line.text)),
                "join them by <=> where they have the same solutions, by => where the second "
                "only follows",
            )
        if arrow.group() == "=>":
            rule.judgement = Judgement.IMPLIED
        left = line.text[: arrow.start()]
        right = line.text[arrow.end() :]
        before = self._read(read_relation, left, line.offset).expression
        after = self._read(read_relation, right, line.offset + arrow.end()).expression
        return before, after

    def _example(self, rule: Rule, line: Line) -> None:
        text = line.text.removeprefix("example")
        offset = line.offset + len("example")

        def read() -> tuple[Basic, Basic]:
            if rule.is_move:
                return self._move_sides(rule, Line(text, offset, True))
            before, after = self._read(read_relation, text, offset).expression.args
            return before, after

        rule.examples.append(Example(read, self._place(line.offset, len(line.text))))

    def _read(self, reader, text: str, offset: int):  # type: ignore[no-untyped-def]
        """Call a reader of formulas; its errors are told with the place in this file."""
        try:
            return reader(text, self.scope)
        except ReadError as error:
            start, length = offset, len(text)
            if error.place is not None:
                start = offset + error.place.start
                length = error.place.end - error.place.start
            raise RuleError(error.message, self._place(start, length), error.hint) from None
