"""What the stanzas of a rule file share: places, formulas, conditions, examples."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from sympy.core.basic import Basic

from derivex.errors import Place, ReadError, RuleError
from derivex.expression import (
    AtLeast,
    AtMost,
    D,
    Greater,
    Less,
    Limit,
    Or,
    Subdifferential,
    Unequal,
    postorder,
    symbol,
)
from derivex.expression.array_nodes import ArrayName
from derivex.expression.functions import Function
from derivex.matching import VOCABULARY, Condition, UnboundLetterError
from derivex.notation import ARRAY_FUNCTIONS, Scope, read_array, read_relation, read_text
from derivex.rulebook.form import Form
from derivex.rulebook.rule import Example, Judgement, Rule
from derivex.rulebook.stanzas import Line, first_word, place_in

__all__ = ["Formulas"]

_ARROW = re.compile(r"<=>|=>")  # from an equation to what it leads to
_RELATIONS = {
    "<": Less,
    ">": Greater,
    **dict.fromkeys(("<=", "≤"), AtMost),
    **dict.fromkeys((">=", "≥"), AtLeast),
    **dict.fromkeys(("!=", "≠"), Unequal),
}


class Formulas:
    """The part of the file reader that reads formulas with the reader of a user's formulas."""

    source: str
    name: str
    table: str
    latest: Rule | None
    rules: dict[str, Rule]
    functions: dict[str, Function]
    scope: Scope
    later: bool
    lets: tuple[Line, ...] = ()  # of the rule that is being read
    arrays: dict[str, ArrayName] | None = None  # of the formula that is being read

    def place(self, offset: int, length: int = 1) -> Place:
        """A place in the file."""
        return place_in(self.source, self.name, offset, length)

    def add(self, rule: Rule) -> None:
        """Enter a rule under its name."""
        if rule.name in self.rules:
            raise RuleError(f"a rule {rule.name} stands above already", rule.place)
        self.rules[rule.name] = rule
        self.latest = rule

    def read_conditions(self, text: str, offset: int) -> Iterator[Condition]:
        """The side conditions of a "where" line."""
        for clause in re.finditer(r"[^,]+", text):
            words = clause.group().strip()
            found = re.fullmatch(r"(\w+(?:\(\w+\))?) (.+?)(?: (\w))?", words)
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
                        self.place(start, len(words)),
                        "a condition says of a letter that it: " + ", ".join(VOCABULARY),
                    )
                yield Condition(kind, whole[0])
            else:
                yield Condition(kind, found.group(1), found.group(3))

    def read_provisions(self, text: str, offset: int) -> Iterator[Basic]:
        """``u > 0, a <= k <= b``: relations between letters, also several in one.

        ``inside p`` gives the letter p, which stands for conditions.
        """
        for clause in re.finditer(r"[^,]+", text):
            inside = re.fullmatch(r"\s*inside\s+(\w+)\s*", clause.group())
            if inside:
                yield symbol(inside.group(1))
                continue
            pieces = re.split(r"(<=|>=|!=|[<>≤≥≠])", clause.group())
            if len(pieces) < 3 or not all(piece.strip() for piece in pieces):
                raise RuleError(
                    f"“{clause.group().strip()}” is not a relation",
                    self.place(offset + clause.start(), len(clause.group())),
                    "write: provided u > 0, a <= k <= b",
                )
            at = offset + clause.start()
            sides: list[Basic] = []
            for piece in pieces[::2]:
                sides.append(self.read_with(read_text, piece, at).expression)
                at += len(piece) + 1
            for position, sign in enumerate(pieces[1::2]):
                yield _RELATIONS[sign](sides[position], sides[position + 1])

    def add_formula(self, rule: Rule, line: Line, conditions: Sequence[Line]) -> None:
        """Enter a form of a rule, which is read when it is needed.

        Args:
            rule: the rule.
            line: the formula.
            conditions: the lines with "where" and "provided".
        """
        lets = self.lets
        rule.add_form(line.text, lambda: self._read_form(rule, line, conditions, lets))
        if not self.later:
            assert rule.forms

    def _read_form(
        self, rule: Rule, line: Line, lines: Sequence[Line], lets: tuple[Line, ...]
    ) -> Form:
        self._declare_arrays(lets)
        conditions: list[Condition] = []
        provided: list[Basic] = []
        fails: tuple[str, int] | None = None
        for each in lines:
            keyword, _, rest = first_word(each.text)
            offset = each.offset + len(each.text) - len(rest)
            if keyword == "where":
                conditions += self.read_conditions(rest, offset)
            elif keyword == "fails":
                fails = self._point_text(rule, each, rest, offset)
            else:
                provided += self.read_provisions(rest, offset)
        if rule.is_move or (rule.is_misconception and _ARROW.search(line.text)):
            before, after = self.read_move(rule, line)
        else:
            before, after = self.read_sides(line)
            if "lim" in line.text and any(
                isinstance(part, Limit) for side in (before, after) for part in postorder(side)
            ):
                rule.judgement = Judgement.LIMIT
        form = self.make_form(rule, line, before, after, tuple(conditions), tuple(provided))
        form.fails = fails
        if rule.is_misconception and fails is None:
            raise RuleError(
                f"the misconception {rule.name} does not say where it fails",
                form.place,
                "add a line such as: fails at u = x, v = x, x = 1",
            )
        return form

    def _point_text(self, rule: Rule, line: Line, rest: str, offset: int) -> tuple[str, int]:
        """The clauses of a line ``fails at u = x, x = 1``, and where they begin."""
        word, blanks, clauses = first_word(rest) if rest else ("", "", "")
        if word != "at" or not clauses or not rule.is_misconception:
            raise RuleError(
                "the point at which it fails is expected here"
                if rule.is_misconception
                else "only a misconception fails somewhere",
                self.place(line.offset, len(line.text)),
                "write: fails at u = x, v = x, x = 1"
                if rule.is_misconception
                else "begin it with misconception in the place of rule, or leave the line out",
            )
        return clauses, offset + len(word) + len(blanks)

    def _declare_arrays(self, lets: tuple[Line, ...]) -> None:
        """``let A: m by n, u: n``: letters that stand for arrays; they hold for ``also``, too."""
        self.arrays = None
        for line in lets:
            offset = line.offset + len("let")
            for clause in re.finditer(r"[^,]+", line.text.removeprefix("let")):
                array = self.read_with(read_array, clause.group(), offset + clause.start())
                self.arrays = {**(self.arrays or {}), array.name: array}

    def read_sides(self, line: Line) -> tuple[Basic, Basic]:
        """The two sides of an equality."""
        relation = self.read_with(read_relation, line.text, line.offset).expression
        before, after = relation.args
        return before, after

    def words(
        self, text: str, known: Collection[str], line: Line, what: str = "kind of expression"
    ) -> list[str]:
        """The words of a list, each of which must be known."""
        words = re.findall(r"[^,\s]+", text)
        for word in words:
            if word not in known:
                raise RuleError(
                    f"“{word}” is no {what}",
                    self.place(line.offset + line.text.index(word), len(word)),
                    "expected one of: " + ", ".join(known),
                )
        return words

    def make_form(
        self,
        rule: Rule,
        line: Line,
        before: Basic,
        after: Basic,
        conditions: tuple[Condition, ...],
        provided: tuple[Basic, ...],
    ) -> Form:
        """Compile a form of a rule.

        Args:
            rule: the rule.
            line: where the form stands.
            before: the left-hand side.
            after: the right-hand side.
            conditions: the side conditions.
            provided: relations that are taken for granted and said.
        """
        place = self.place(line.offset, len(line.text))
        if rule.is_membership and type(before) is not Subdifferential:
            raise RuleError(
                "the left-hand side of a membership rule is a subdifferential",
                place,
                "write: subdifferential(|x|, x) = …",
            )
        arrays = self.arrays
        known = frozenset((*self.scope.functions, *(ARRAY_FUNCTIONS if arrays else ())))
        try:
            form = Form(rule, before, after, conditions, known, place, provided, arrays)
            if not self.later:
                form.check()
        except UnboundLetterError as error:
            # The name may be spelled in another way than it is stored: θ is theta.
            for last in re.finditer(rf"\b{re.escape(error.name)}\b", line.text):
                place = self.place(line.offset + last.start(), len(error.name))
            hint = "what stands on the right is made of the letters on the left"
            raise RuleError(str(error), place, hint) from None
        except ValueError as error:
            raise RuleError(str(error), place) from None
        if not rule.is_move and type(before) is not D and not before.args:
            raise RuleError("the left-hand side is a single letter and matches everything", place)
        return form

    def read_move(self, rule: Rule, line: Line) -> tuple[Basic, Basic]:
        """The two equations of a move, on both sides of its arrow."""
        arrow = _ARROW.search(line.text)
        if arrow is None:
            raise RuleError(
                "a move goes from one equation to another",
                self.place(line.offset, len(line.text)),
                "join them by <=> where they have the same solutions, by => where the second "
                "only follows",
            )
        if rule.is_move and arrow.group() == "=>":
            rule.judgement = Judgement.IMPLIED
        left = line.text[: arrow.start()]
        right = line.text[arrow.end() :]
        before = self.read_with(read_relation, left, line.offset).expression
        return before, self._alternatives(right, line.offset + arrow.end())

    def _alternatives(self, text: str, offset: int) -> Basic:
        """What a move leads to: an equation, several of which one holds, or ``never``."""
        if text.strip() == "never":
            return Or()
        found: list[Basic] = []
        start = 0
        for part in re.split(r"(\bor\b)", text):
            if part != "or":
                found.append(self.read_with(read_relation, part, offset + start).expression)
            start += len(part)
        return found[0] if len(found) == 1 else Or(*found)

    def read_example(self, rule: Rule, line: Line) -> None:
        """Enter an example, which is read when the rule is tested."""
        text = line.text.removeprefix("example")
        offset = line.offset + len("example")
        lets = self.lets

        def read() -> tuple[Basic, Basic]:
            self._declare_arrays(lets)
            if rule.is_move:
                return self.read_move(rule, Line(text, offset, True))
            before, after = self.read_with(read_relation, text, offset).expression.args
            return before, after

        rule.examples.append(Example(read, self.place(line.offset, len(line.text))))

    def read_with(self, reader, text: str, offset: int):  # type: ignore[no-untyped-def]
        """Call a reader of formulas; its errors are told with the place in this file."""
        scope = self.scope
        if self.arrays:
            scope = scope.with_arrays(*self.arrays.values())
        try:
            return reader(text, scope)
        except ReadError as error:
            start, length = offset, len(text)
            if error.place is not None:
                start = offset + error.place.start
                length = error.place.end - error.place.start
            raise RuleError(error.message, self.place(start, length), error.hint) from None
