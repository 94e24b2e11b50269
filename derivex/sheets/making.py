"""Making a sheet of what was worked: blanks chosen, numbered, and everything put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import Place
from derivex.expression import Gap, integer, substitute
from derivex.notation import LatexWriter
from derivex.rulebook import RuleBook
from derivex.sheets.blank import Blank, BlankKind
from derivex.sheets.candidates import At, Candidate
from derivex.sheets.choosing import Level, choose
from derivex.sheets.determined import Solver
from derivex.sheets.knowledge import SheetKnowledge
from derivex.sheets.selection import READABLE, Chosen, Selection
from derivex.sheets.sheet import Exercise, Sheet, SheetRow, Text, Words, gaps_in
from derivex.sheets.worked import Worked, WorkedRow

__all__ = ["Asked", "Marked", "Material", "make_sheet", "sentence"]


@dataclass(frozen=True)
class Asked:
    """What is asked of a sheet.

    Args:
        kinds: what may be left out; what the level has if nothing is named.
        count: how many blanks at most; as many as the level has if it is None.
        level: how hard the sheet is.
        seed: the seed by which it is chosen.
    """

    kinds: tuple[BlankKind, ...] = ()
    count: int | None = None
    level: Level = Level.MIDDLE
    seed: int = 0


@dataclass(frozen=True)
class Marked:
    """A blank that was marked by hand.

    Args:
        candidate: what is left out.
        points: what it is worth.
        place: where that is said.
    """

    candidate: Candidate
    points: int = 1
    place: Place | None = None


@dataclass
class Material:
    """What a sheet is made of.

    Args:
        title: the heading.
        parts: prose, and what was worked, in order.
        knowledge: what answers are read and judged with.
        source: what it is made from.
        marked: the blanks that were marked by hand.
        parameters: what ``choose`` chose.
    """

    title: str
    parts: list[Text | Worked] = field(default_factory=list)
    knowledge: SheetKnowledge = field(default_factory=SheetKnowledge)
    source: str = ""
    marked: list[Marked] = field(default_factory=list)
    parameters: tuple[tuple[Symbol, Basic], ...] = ()
    _solver: Solver | None = field(default=None, init=False, repr=False)

    def solver(self, book: RuleBook) -> Solver:
        """What decides what is determined; it remembers what it found out for another sheet."""
        if self._solver is None or self._solver.book is not book:
            self._solver = Solver(book, self.knowledge)
        return self._solver

    @property
    def exercises(self) -> list[Worked]:
        """What was worked."""
        return [part for part in self.parts if isinstance(part, Worked)]


def make_sheet(
    material: Material,
    asked: Asked,
    book: RuleBook,
    *,
    more: bool = True,
) -> tuple[Sheet, list[tuple[Marked, str]]]:
    """The sheet, with the blanks that were marked by hand and others that are chosen.

    Args:
        material: what it is made of.
        asked: what is left out.
        book: the rules.
        more: whether blanks are chosen beside those that were marked by hand.

    Returns:
        The sheet, and the blanks marked by hand that cannot be left out, each with the reason.
    """
    writer = LatexWriter(book.functions)
    tasks = [sentence(each.words, writer) for each in material.exercises]
    texts = [part.markdown for part in material.parts if isinstance(part, Text)]
    selection = Selection(
        material.exercises,
        material.knowledge,
        book,
        [material.title, *texts, *tasks],
        material.solver(book),
    )
    refused = []
    for marked in material.marked:
        why = selection.leave_out(marked.candidate, marked.points)
        if why:
            where = selection.tells_where(marked.candidate) if why in READABLE else ""
            refused.append((marked, f"{why}: {where}" if where else why))
    if more:
        choose(selection, asked.kinds, asked.count, asked.level, asked.seed)
    sheet = _Assembly(material, selection, tasks).sheet()
    return (
        Sheet(
            material.title,
            sheet[0],
            sheet[1],
            material.source,
            asked.seed,
            material.parameters,
            material.knowledge,
        ),
        refused,
    )


def sentence(words: Words, writer: LatexWriter) -> str:
    """A sentence as Markdown, its formulas between dollar signs."""
    return "".join(word if isinstance(word, str) else f"${writer.write(word)}$" for word in words)


class _Assembly:
    """Numbers the blanks in reading order, and puts the rows together."""

    def __init__(self, material: Material, selection: Selection, tasks: Sequence[str]):
        self.material = material
        self.selection = selection
        self.tasks = tasks
        self.by_number = {each.number: each for each in selection.chosen}
        self.numbers: dict[int, int] = {}  # of each blank that was chosen, its number on the sheet
        for at in self._rows():
            found = list(gaps_in(selection.shown.get(at, integer(0))))
            if at in selection.hidden:
                found.append(selection.hidden[at])
            for number in found:
                self.numbers.setdefault(number, len(self.numbers) + 1)
        self.gaps: dict[Basic, Basic] = {
            Gap(integer(old)): Gap(integer(new)) for old, new in self.numbers.items()
        }

    def _rows(self) -> list[At]:
        return [
            At(number, column, row)
            for number, exercise in enumerate(self.material.exercises)
            for column, rows in enumerate(exercise.columns)
            for row in range(len(rows))
        ]

    def sheet(self) -> tuple[tuple[Text | Exercise, ...], tuple[Blank, ...]]:
        items: list[Text | Exercise] = []
        number = 0
        for part in self.material.parts:
            if isinstance(part, Text):
                items.append(part)
                continue
            columns = tuple(
                tuple(
                    self._row(At(number, column, row), each, part.kind)
                    for row, each in enumerate(rows)
                )
                for column, rows in enumerate(part.columns)
            )
            task = self.tasks[number]
            number += 1
            items.append(Exercise(number, task, columns, part.kind, part.words))
        ordered = sorted(self.by_number.values(), key=lambda each: self.numbers[each.number])
        return tuple(items), tuple(self._blank(each) for each in ordered)

    def _row(self, at: At, row: WorkedRow, kind: str) -> SheetRow:
        shown = self.selection.shown.get(at, row.expression)
        hidden = self.selection.hidden.get(at)
        return SheetRow(
            "=" if at.row and kind == "derivation" else "",
            row.expression,
            substitute(shown, self.gaps) if at in self.selection.shown else shown,
            row.says,
            None if hidden is None else self.numbers[hidden],
            row.label,
            row.reasons,
            row.conditions,
        )

    def _blank(self, each: Chosen) -> Blank:
        candidate = each.candidate
        rules: tuple[str, ...] = ()
        if candidate.kind is BlankKind.RULE:
            at = candidate.at
            row = self.material.exercises[at.exercise].columns[at.column][at.row]
            rules = row.reasons
        return Blank(
            self.numbers[each.number],
            candidate.kind,
            candidate.answer,
            rules,
            candidate.says,
            each.form,
            each.points,
            each.removed,
        )
