"""The rows of a hand derivation, one after the other, each judged from what stands before it."""

from __future__ import annotations

from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.carried_on import carried_on, mistaken
from derivex.checking.case import Case
from derivex.checking.corrections import equal_to
from derivex.checking.deductions import equations_in, follows, row_follows
from derivex.checking.either import either, judge_either
from derivex.checking.entries import nonexistent_entry
from derivex.checking.excused_definitions import as_tangent
from derivex.checking.excuses import excused
from derivex.checking.findings import CheckedLine
from derivex.checking.given import is_defined, taken_as_given
from derivex.checking.knowledge import Knowledge
from derivex.checking.left_alone import left_alone
from derivex.checking.links import OTHER_LAYOUT, Finding, judge_link, transposed_derivatives
from derivex.checking.premises import definition_in, unknowns
from derivex.checking.progress import Column, Context, Progress, Spot
from derivex.checking.record import LineRecord, Link
from derivex.checking.set_to_zero import is_derivative
from derivex.checking.stated_values import at_values, restated
from derivex.checking.unstated import unstated
from derivex.documents import Chain, HandDerivation, HandRow
from derivex.errors import DerivexError
from derivex.expression import At, Equation, Plus, free_symbols, substitute, value_of
from derivex.notation import Definition

__all__ = ["Walk"]

_ARROWS = ("⇒", "⇔")
_UNKNOWN = "is a command that I do not know"


class Walk:
    """One way through a derivation.

    Args:
        derivation: what was written.
        knowledge: what holds where it begins.
        context: what stands around it.
    """

    def __init__(
        self,
        derivation: HandDerivation,
        knowledge: Knowledge,
        context: Context,
    ):
        self._progress = Progress(derivation, knowledge, context)
        self._progress.systems += _posed_before(derivation)
        self._record = LineRecord()
        self._columns: dict[int, Column] = {}

    def run(self) -> None:
        """Judge every row."""
        rows = self._progress.derivation.rows
        for number, row in enumerate(rows):
            follower = next(
                (each for each in rows[number + 1 :] if each.column == row.column), None
            )
            with self._progress.where(row):
                self._row(number, row, follower is not None and follower.joint in _ARROWS)

    @property
    def lines(self) -> list[CheckedLine]:
        """The lines with their verdicts."""
        return self._record.lines

    @property
    def links(self) -> list[Link | None]:
        """What led to each line."""
        return self._record.links

    @property
    def knowledge(self) -> Knowledge:
        """What holds after it."""
        return self._progress.knowledge

    @property
    def systems(self) -> list[list[Basic]]:
        """The equations that were solved, row by row; the last ones are what it came to."""
        return self._progress.systems

    def _row(self, number: int, row: HandRow, arrow_follows: bool) -> None:
        column = self._columns.setdefault(row.column, Column())
        system: list[Basic] = []
        if row.joint in _ARROWS:
            self._deduced_row(number, row, column, system)
        else:
            for chain in row.chains:
                self._chain(number, row, chain, column, system, arrow_follows)
        if system:
            self._progress.systems.append(system)

    def _chain(
        self,
        number: int,
        row: HandRow,
        chain: Chain,
        column: Column,
        system: list[Basic],
        solved: bool,
    ) -> None:
        """A chain that goes on, or a statement that begins anew."""
        if not chain.continues:
            start = Spot(number, row, chain, 0, solved)
            again = restated(start, column, self._progress)
            if again is not None:
                self._record.add(start, again)
                return
            column.begin(None)
        for position, formula in enumerate(chain.formulas):
            spot = Spot(number, row, chain, position, solved)
            if formula.is_left_alone:
                self._left_alone(spot, column)
                continue
            column.operated = None
            if formula.expression is None:
                column.skipped = True
                if position and formula.error and _UNKNOWN in formula.error.message:
                    column.begin(None)  # which may be a sign as well
                self._record.unreadable(spot)
            elif position == 0 and not chain.continues:
                column.begin(formula)
                if len(chain.formulas) == 1:
                    self._record.add(spot, Finding("definition", "the start"))
            else:
                self._link(spot, formula.expression, column, system)

    def _deduced_row(self, number: int, row: HandRow, column: Column, system: list[Basic]) -> None:
        """A row after an arrow."""
        progress = self._progress
        cases = either(row, equations_in(row), progress)
        if cases is None:
            whole = row_follows(row, progress)
            for chain in row.chains:
                self._deduced(number, row, chain, column, system, whole)
            return
        findings, one = judge_either(cases, row, progress)
        for chain, finding in zip(row.chains, findings, strict=True):
            self._deduced(number, row, chain, column, [], None, finding)
        system.append(one)

    def _deduced(
        self,
        number: int,
        row: HandRow,
        chain: Chain,
        column: Column,
        system: list[Basic],
        whole: Finding | None,
        found: Finding | None = None,
    ) -> None:
        """A chain after an arrow: its first link follows from what is being solved.

        Args:
            number: of the row.
            row: the row.
            chain: the chain.
            column: what stands last in its column.
            system: the equations of the row so far.
            whole: what is found about all equations of the row together.
            found: what is found about this one, where that is known already.
        """
        for position, formula in enumerate(chain.formulas):
            spot = Spot(number, row, chain, position)
            after = formula.expression
            if formula.is_left_alone:
                self._left_alone(spot, column)
            elif after is None:
                self._record.unreadable(spot)
                column.skipped = True
            elif position == 0:
                column.begin(formula)
                if len(chain.formulas) == 1:
                    self._record.add(spot, Finding("definition", "left alone"))
            elif position == 1 and spot.sign in ("=", "≈"):
                self._deduced_equation(spot, after, system, whole, found)
                column.begin(formula)
            else:
                self._link(spot, after, column, system)

    def _left_alone(self, spot: Spot, column: Column) -> None:
        finding = left_alone(spot, column, self._progress)
        if finding is not None:
            self._record.add(spot, finding)

    def _deduced_equation(
        self,
        spot: Spot,
        after: Basic,
        system: list[Basic],
        whole: Finding | None,
        found: Finding | None,
    ) -> None:
        progress = self._progress
        before = spot.chain.formulas[0].expression
        if before is None:
            self._record.add(spot, Finding("undecided", "its left side cannot be read"), whole=True)
            return
        equation = Equation(before, after)
        finding = found or follows(equation, spot.row, spot.chain, whole, progress)
        system.append(equation)
        if finding.holds and not free_symbols(after):
            progress.valued(before, after)
        link = None
        if progress.systems:
            known, joint = progress.knowledge, spot.row.joint
            link = Link.following(progress.systems, equation, known, joint)
        self._record.add(spot, finding, link, whole=True)

    def _link(self, spot: Spot, after: Basic, column: Column, system: list[Basic]) -> None:
        """A formula that should equal the one before it."""
        progress = self._progress
        before = column.last
        if before is None:
            # What it continues could not be read, which is told there.
            note = "taken as given: what stands before cannot be read"
            self._record.add(spot, Finding("definition", note))
            column.begin(spot.formula)
            return
        if spot.opening and value_of(before) == 0 and is_derivative(after):
            self._record.add(spot, Finding("definition", "a derivative that is set to zero"))
            system.append(Equation(after, before))
            column.begin(spot.formula)  # 0 = ∂f/∂x = 2x says what ∂f/∂x is
            return
        finding = taken_as_given(before, spot, progress)
        certain = False
        if finding is None:
            new = spot.opening and definition_in(before, after) is not None
            finding = self._judged(before, after, column, spot, new)
            if new and finding.holds:
                progress.turn(before, after)
            valued = None
            if new and not finding.holds:
                valued = at_values(before, after, spot.sign, spot.number, progress)
            if valued is not None:
                finding, certain = valued, True
                column.rounded(before, spot.number, finding)
        again = spot.row.said == "claim" and spot.opening and is_defined(before, after, progress)
        again = again and str(before) not in progress.derivation.elsewhere
        again = again and not _is_value_for_letters(before, after, progress)
        wrong = progress.mistaken
        if finding.verdict == "wrong" and wrong:
            known, opening = progress.knowledge, spot.opening
            followed = carried_on(before, after, wrong, known, spot.sign, opening=opening)
            finding = followed or finding
        case = Case(before, after, spot, system, finding, progress)
        if finding.verdict in ("wrong", "undecided") and not (again or certain):
            try:
                finding = excused(case)
            except DerivexError as error:
                finding = Finding("undecided", error.message)
        elif finding.verdict == "wrong":
            finding = as_tangent(case) or finding
        if finding.verdict == "wrong" and column.skipped and isinstance(before, Symbol | At):
            note = "taken as given: what stands between it and its name cannot be read"
            finding = Finding("definition", note)
        if finding.verdict == "undecided":
            finding = nonexistent_entry(before, after, progress.knowledge) or finding
        elif finding.verdict == "wrong":
            left, right = (progress.with_facts(side) for side in (before, after))
            formulas, equalities = progress.formulas, progress.equalities
            if OTHER_LAYOUT in finding.note:
                left, right = map(transposed_derivatives, (left, right))
            finding = unstated(left, right, progress.knowledge, formulas, equalities) or finding
            if finding.verdict == "wrong" and column.skipped:
                # What stands between may say why: it used something that holds only there.
                finding = Finding("undecided", "it differs by a step that cannot be read")
        finding = _with_notes(finding, spot, column)
        if finding.verdict == "wrong" and spot.opening:
            wrong.append(mistaken(before, after, spot.formula.place))
        if spot.opening and before is not progress.said_last:
            progress.said_last = None
        if spot.opening and finding.holds and not free_symbols(after):
            progress.valued(before, after)
        for name, value in (finding.values or {}).items():
            progress.define(Definition(str(name), (), value))
        source = progress.with_facts(before) if finding.verdict == "wrong" else before
        if column.mistaken is None and column.trusted is not None and finding.verdict != "wrong":
            source = column.trusted  # where a mistake was repaired, what it was repaired from
        if finding.given:
            link = Link.following(finding.given, Equation(before, after), progress.knowledge)
        else:
            accepts = equal_to(source, progress.knowledge, spot.sign)
            link = Link(source, after, progress.knowledge, accepts)
        self._record.add(spot, finding, link, whole=spot.opening)
        column.go_on(spot.formula, finding.verdict)

    def _judged(
        self, before: Basic, after: Basic, column: Column, spot: Spot, new: bool
    ) -> Finding:
        """What is found about a link; a mistake that is silently repaired is said to be.

        What may be a new definition is not judged by the values that its name had before; nor
        are letters that stand in it given values, y = x² is not said of x = 0.
        """
        known, sign = self._progress.knowledge, spot.sign
        others = {name: values for name, values in known.values.items() if name is not before}
        if free_symbols(after):
            others = {}
        solved = spot.solved and spot.at_end and bool(free_symbols(before))
        if solved:
            others = {}  # an equation, and not what something is at a point
        knowledge = replace(known, values=others) if new or solved else known
        trusted, mistaken = column.trusted, column.mistaken
        finding = self._with_facts(before, after, judge_link(before, after, knowledge, sign))
        if finding.verdict == "wrong" and mistaken is not None and trusted is not None:
            together = judge_link(trusted, Plus(before, after), knowledge, sign)
            if together.holds:
                note = "right together with the line before: + was meant where = stands"
                return replace(together, note=note)
        if finding.verdict == "wrong" and column.exact is not None:
            # With more digits than are written, people go on calculating.
            again = judge_link(column.exact, after, knowledge, sign)
            finding = again if again.holds else finding
        column.rounded(before, spot.number, finding)
        if finding.verdict != "wrong" or mistaken is None or trusted is None:
            return finding
        again = judge_link(trusted, after, known, sign)
        if not again.holds:
            return finding
        column.mistaken = None
        note = (
            f"this does not follow from the line before, but is right: the mistake in line "
            f"{mistaken.line} is silently repaired"
        )
        return replace(again, note=note)

    def _with_facts(self, before: Basic, after: Basic, finding: Finding) -> Finding:
        """The same with what unknown derivatives were said to be, and what equations say."""
        knowledge, solved = self._progress.knowledge, self._progress.solved
        if finding.verdict not in ("wrong", "undecided"):
            return finding
        sides = [knowledge.filled_in(side) for side in (before, after)] if solved else []
        put_in = [substitute(side, solved) for side in sides]
        if any(now is not was for now, was in zip(put_in, sides, strict=True)):
            again = judge_link(put_in[0], put_in[1], knowledge)
            if again.holds:
                return replace(again, note="with an equation before", values=None)
        if not self._progress.facts:
            return finding
            return finding
        left, right = (self._progress.with_facts(side) for side in (before, after))
        if left is before and right is after:
            return finding
        again = judge_link(left, right, knowledge)
        if again.holds or not (unknowns(left, knowledge) or unknowns(right, knowledge)):
            return replace(again, note="with what was said of the derivatives before")
        return finding


def _is_value_for_letters(name: Basic, value: Basic, progress: Progress) -> bool:
    """Whether a number is said of y = 2λx, which it can be for some λ and x only: y = 1."""
    if free_symbols(value) or not isinstance(name, Symbol):
        return False
    known = progress.knowledge
    return not free_symbols(known.filled_in(name)).keys() <= known.values.keys()


def _posed_before(derivation: HandDerivation) -> list[list[Basic]]:
    """The equations of the words before: find dy/dx if x y = 4, or setting f'(x) = 0."""
    found: list[list[Basic]] = []
    for chain in derivation.given:
        sides = [each.expression for each in chain.formulas if each.expression is not None]
        if len(sides) == 2 and chain.signs == ("", "=") and definition_in(*sides) is None:
            equation = Equation(*sides)
            zero = is_derivative(sides[0]) and value_of(sides[1]) == 0
            if zero or len(free_symbols(equation)) > 1:
                found.append([equation])
    return found


def _with_notes(finding: Finding, spot: Spot, column: Column) -> Finding:
    """A finding with what was chosen in reading the line, and what it was compared with."""
    if finding.verdict == "definition":
        return finding
    formula = spot.formula
    notes = [formula.chosen, finding.note]
    if column.chosen and column.chosen != formula.chosen:
        notes.insert(
            0,
            f"before the sign {column.chosen}"
            if spot.opening
            else f"in the line before {column.chosen}",
        )
    if column.skipped:
        notes.append("compared with the last line that can be read")
    if finding.verdict == "wrong":
        notes += formula.notes  # it may be wrong only as it was read
    return replace(finding, note="; ".join(dict.fromkeys(filter(None, notes))))
