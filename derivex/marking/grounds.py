"""What the answers of one sheet are read and judged with, made once for all students."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property

from sympy.core.basic import Basic

from derivex.checking import CheckedLine, Knowledge
from derivex.checking.explanations import explained
from derivex.checking.links import Finding, identity_link, over_data
from derivex.checking.record import Link
from derivex.checking.rounding import consistent_with_rounding
from derivex.checking.systems import judge_equations
from derivex.checking.writing_out import written_out
from derivex.errors import DerivexError, Place
from derivex.expression import (
    ONE,
    TWO,
    ZERO,
    Column,
    Decimal,
    Equation,
    Gap,
    Matrix,
    Mean,
    Nearly,
    Negative,
    Plus,
    Product,
    Row,
    Times,
    Total,
    free_symbols,
    is_set,
    postorder,
    substitute,
    symbol,
)
from derivex.expression.array_nodes import ArrayName
from derivex.marking.equivalent import equivalent
from derivex.marking.multiplied import unknowns_of
from derivex.marking.solution_lists import EQUIVALENT, compared_lists, is_answer, is_list, read_list
from derivex.marking.typed_sets import with_sets
from derivex.marking.vocabulary import Vocabulary
from derivex.matching import Facts
from derivex.notation import (
    LatexWriter,
    Scope,
    TextWriter,
    read_components,
    read_relation,
    read_text,
)
from derivex.rulebook import RuleBook
from derivex.sheets import Blank, Exercise, Sheet, SheetRow, with_answers

__all__ = ["EQUIVALENT", "ROUNDED", "Grounds"]

ROUNDED = "it is rounded"
WITH_DATA = "for the data of the sheet"

_ANGLES = str.maketrans("⟨⟩;", "(),")


class Grounds:
    """Reads answers of a sheet, and compares them.

    Args:
        sheet: with its answers.
        book: the rules.
    """

    def __init__(self, sheet: Sheet, book: RuleBook):
        self.sheet = sheet
        self.book = book
        self.write = TextWriter().write
        self._printed: dict[int, set[str]] = {}
        self._vocabularies: dict[int, Vocabulary] = {}
        self._mattering: dict[int, bool] = {}

    @cached_property
    def _trees(self) -> list[Basic]:
        rows = [row.expression for each in self.sheet.exercises for row in each.rows]
        keys = [blank.answer for blank in self.sheet.blanks if blank.answer is not None]
        return [*rows, *keys]

    @cached_property
    def scope(self) -> Scope:
        """What the reader takes for granted: every name of the sheet is known."""
        scope = self.sheet.knowledge.scope(self.book)
        names = {name.name for tree in self._trees for name in free_symbols(tree)}
        arrays = [
            node for tree in self._trees for node in postorder(tree) if type(node) is ArrayName
        ]
        known = scope.arrays
        scope = scope.declare(*names - known.keys())
        scope = scope.with_arrays(*dict.fromkeys(each for each in arrays if each.name not in known))
        sets = any(is_set(node) for tree in self._trees for node in postorder(tree))
        return replace(scope, sets=sets)

    @cached_property
    def names(self) -> Set[str]:
        """All names of the sheet."""
        return self.scope.names | self.scope.data | self.scope.arrays.keys()

    @cached_property
    def words(self) -> Set[str]:
        """All that may stand in formulas: names and functions."""
        return self.names | self.scope.functions.keys()

    @cached_property
    def knowledge(self) -> Knowledge:
        """What the judge takes for granted."""
        told = self.sheet.knowledge
        return Knowledge(
            functions=told.functions(self.book),
            names=dict(told.defined.abbreviations),
            kinds=Facts(told.assumptions).kinds,
            conditions=told.assumptions,
            columns=told.data,
        )

    # -- reading ---------------------------------------------------------------------------

    def readings(self, exercise: Exercise, blank: Blank, text: str) -> list[Basic]:
        """What somebody may mean by what is written into a blank, the likeliest first.

        Raises:
            ReadError: it is no formula.
        """
        if self.scope.sets and "\\" not in text:
            text = with_sets(text)
        names = self._vocabulary(exercise)
        found = list(names.readings(text, lambda told, scope: self._read(blank, told, scope)))
        return [*found, *filter(None, map(self._recased, found))]

    def _recased(self, tree: Basic) -> Basic | None:
        """With x for an X that the sheet does not have; None if it has all names."""
        known = self.names | {"pi"}
        meant: dict[Basic, Basic] = {}
        for name in self.strange(tree):
            own = next((each for each in (name.lower(), name.swapcase()) if each in known), None)
            if own is not None:
                meant[symbol(name)] = read_text(own, self.scope).expression
        return substitute(tree, meant) if meant else None

    def is_key(self, blank: Blank, text: str) -> bool:
        """Whether an answer is the key as it is printed, blanks aside; it may be a notation that
        is only written."""
        if blank.answer is None:
            return False
        written = self._printed.get(blank.number)
        if written is None:
            writers = TextWriter(), TextWriter(False), LatexWriter(self.scope.functions)
            written = {_squeezed(writer.write(blank.answer)) for writer in writers}
            self._printed[blank.number] = written
        return _squeezed(text.strip("$ ")) in written

    def said(self, exercise: Exercise, message: str) -> str:
        """A message about an answer to an exercise, with its names as they are printed."""
        return self._vocabulary(exercise).said(message)

    def _vocabulary(self, exercise: Exercise) -> Vocabulary:
        found = self._vocabularies.get(exercise.number)
        if found is None:
            trees = [row.expression for row in exercise.rows]
            trees += [self.sheet.blank(number).answer or ZERO for number in exercise.blanks]
            found = self._vocabularies[exercise.number] = Vocabulary(trees, self.scope)
        return found

    def _read(self, blank: Blank, text: str, scope: Scope) -> Basic:
        key = blank.answer
        if key is not None and is_list(key):
            return read_list(text, key, lambda part: read_text(part, scope).expression)
        if type(key) is Equation:
            try:
                return read_relation(text, scope).expression
            except DerivexError:
                if not is_answer(text, key):
                    raise
                return read_list(text, key, lambda part: read_text(part, scope).expression)
        if not isinstance(key, Row | Column):
            return read_text(text, scope).expression
        text = text.translate(_ANGLES)
        entries = _entries(text, scope)
        if len(entries) > 1:
            return type(key)(*entries)
        vector = read_text(text, scope).expression
        if type(vector) is Matrix and len(vector.args) == 1:
            vector = vector.args[0]
        if isinstance(vector, Row | Column):  # how numbers are put on paper says little
            vector = type(key)(*vector.args)
        return vector

    # -- comparing -------------------------------------------------------------------------

    def equal(self, left: Basic, right: Basic) -> Finding:
        """Whether two expressions are equal, two equations side by side."""
        if left is right:
            return Finding("proven")
        if is_list(left) or is_list(right):
            return compared_lists(left, right, self._equal_parts, self.knowledge)
        if (type(left) is Equation) != (type(right) is Equation):
            return Finding("wrong", "an equation is no expression")
        if type(left) is not Equation:
            return identity_link(left, right, self.knowledge)
        found = self._side_by_side(left.args, right.args)
        if not found.holds:
            swapped = self._side_by_side(left.args[::-1], right.args)
            return swapped if swapped.holds else found
        return found

    def _side_by_side(self, left: Sequence[Basic], right: Sequence[Basic]) -> Finding:
        found = identity_link(Equation(*left), Equation(*right), self.knowledge)
        if found.verdict != "undecided":
            return found
        # What vectors are equal to is seen of each side by itself: of the zero vector 0 is enough.
        sides = [self.equal(one, other) for one, other in zip(left, right, strict=True)]
        return next((side for side in sides if not side.holds), sides[0])

    def _equal_parts(self, left: Basic, right: Basic) -> Finding:
        """Whether two parts of lists of solutions are equal; numbers may be rounded."""
        (name, value), (other, another) = left.args, right.args
        if name is other and Nearly in (type(left), type(right)):
            return (
                self._rounded(value, another) or self._rounded(another, value) or Finding("wrong")
            )
        return self.equal(Equation(*left.args), Equation(*right.args))

    def fits(self, blank: Blank, row: SheetRow, answer: Basic) -> Finding:
        """Whether an answer belongs into its blank: in its place, the row must be as complete.

        Args:
            blank: the blank.
            row: where it stands.
            answer: what was answered.
        """
        assert blank.answer is not None
        found = self.equal(answer, blank.answer)
        if found.verdict == "proven":
            return found
        if not found.holds and self._is_over_data(answer) != self._is_over_data(blank.answer):
            with_data = [over_data(each, self.knowledge.columns) for each in (answer, blank.answer)]
            if self.equal(*with_data).holds:
                return Finding("tested", WITH_DATA)
        if found.holds:
            if type(row.shown) is Gap:
                return found
            # With an index of a sum alone, δ may have been 0 wherever it was looked.
            placed = self.equal(self.filled(row, {blank.number: answer}), row.expression)
            return placed if placed.verdict == "wrong" else found
        if type(row.shown) is Gap:
            other = self._rounded(answer, blank.answer)
            return other or self._equivalent(blank, answer) or found
        placed = self.equal(self.filled(row, {blank.number: answer}), row.expression)
        if placed.holds and not self._matters(blank, row):
            return found
        if placed.holds or placed.verdict != "wrong":
            return placed
        return self._rounded(answer, blank.answer) or (
            found if found.counterexample is not None else placed
        )

    def _is_over_data(self, root: Basic) -> bool:
        """Whether it has sums or means over all data, however many these are."""
        nodes = list(postorder(root))
        runs = any(
            type(each) is Mean or (type(each) in (Total, Product) and len(each.args) == 2)
            for each in nodes
        )
        return runs and any(each in self.knowledge.columns for each in nodes)

    def _matters(self, blank: Blank, row: SheetRow) -> bool:
        """Whether a row is worth something else with another value in a gap.

        It is not where that is multiplied by 0, or vanishes in a limit: then the row says nothing
        about what belongs there.
        """
        assert blank.answer is not None
        known = self._mattering.get(blank.number)
        if known is None:
            others = (Plus(blank.answer, ONE), Times(TWO, blank.answer))
            try:
                rows = [self.filled(row, {blank.number: other}) for other in others]
                known = not any(self.equal(each, row.expression).holds for each in rows)
            except DerivexError:
                known = True  # no number: a vector, a set
            self._mattering[blank.number] = known
        return known

    def _rounded(self, answer: Basic, key: Basic) -> Finding | None:
        """A number that is rounded, where the other is not rounded further."""
        if any(free_symbols(each) for each in (answer, key)):
            return None
        rounded = [_is_decimal(each) for each in (answer, key)]
        if not any(rounded):
            return None
        exact, coarse = (answer, key) if rounded[1] else (key, answer)
        try:
            left, right = written_out(self.knowledge, [exact, coarse])
            places = consistent_with_rounding(left, right, self.knowledge, whole=False)
        except DerivexError:
            return None
        if not places:
            return None
        return Finding("tested", ROUNDED if coarse is answer else "")

    def _equivalent(self, blank: Blank, answer: Basic) -> Finding | None:
        """An equation with the same solutions as the key's."""
        key = blank.answer
        if type(answer) is not Equation or type(key) is not Equation:
            return None
        facts = Facts(self.sheet.knowledge.assumptions)
        told = equivalent(answer, key, self._unknowns(blank), self.knowledge, facts)
        return Finding("tested", told) if told else None

    def _unknowns(self, blank: Blank) -> Set[Basic]:
        """What is solved for where a blank stands."""
        exercise, _ = self.sheet.row_of(blank.number)
        there = self.sheet.exercises
        at = there.index(exercise)
        first = at
        while first and there[first - 1].kind == "equations":
            first -= 1
        return unknowns_of(there[first : at + 1])

    def strange(self, answer: Basic) -> list[str]:
        """The names in an answer that the sheet does not have."""
        return [name.name for name in free_symbols(answer) if name.name not in self.names]

    def filled(self, row: SheetRow, answers: Mapping[int, Basic]) -> Basic:
        """A row with answers in its gaps, the key's where there are none."""
        found: dict[int, Basic] = {}
        for number in row.blanks:
            tree = answers.get(number, self.sheet.blank(number).answer)
            if tree is not None:
                found[number] = tree
        return with_answers(row.shown, found)

    def follow(self, before: Sequence[Sequence[Basic]], after: Basic, joint: str) -> bool:
        """Whether an equation follows from others.

        Args:
            before: the equations of other columns, then those of its own, the last one last.
            after: the equation.
            joint: "⇔" if it is to have the same solutions, else "⇒".
        """
        try:
            found = judge_equations(before, [after], self.knowledge, joint)
        except DerivexError:
            return False
        return found is not None and found.holds

    def explain(self, before: Basic, after: Basic) -> tuple[str, ...]:
        """The likely mistakes between a row and the next, each a sentence."""
        line = CheckedLine(Place("", 0, 0), "", (("", after),), "wrong")
        return explained(line, Link.between(before, after, self.knowledge), self.book).diagnosis


def _is_decimal(root: Basic) -> bool:
    while type(root) is Negative:
        root = root.args[0]
    return isinstance(root, Decimal)


def _entries(text: str, scope: Scope) -> Sequence[Basic]:
    try:
        return read_components(text, scope)
    except DerivexError:
        return ()


def _squeezed(text: str) -> str:
    return "".join(text.split())
