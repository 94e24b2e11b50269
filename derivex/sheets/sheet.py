"""A sheet: rows of derivations with blanks in them, together with what belongs there.

A sheet and its key are two views of this one object, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import Gap, postorder, transform
from derivex.sheets.blank import Blank
from derivex.sheets.knowledge import SheetKnowledge

Words = tuple["str | Basic", ...]
"""A sentence with formulas in it."""

__all__ = ["Exercise", "Sheet", "SheetRow", "Text", "Words", "gaps_in", "with_answers"]


@dataclass(frozen=True)
class SheetRow:
    """One printed row.

    Args:
        relation: what stands before the expression: "" for the start, "=" or "⇒".
        expression: the complete expression.
        shown: the same with a :class:`~derivex.expression.Gap` where something is left out; the
            gap alone where the whole row is.
        says: the complete justification, such as "using the chain rule"; "" for the start.
        says_blank: the number of the blank that stands in its place, if one does.
        label: a number such as "(1)" by which other rows refer to it, or "".
        rules: the permanent names of the rules that led here.
        conditions: relations under which the row holds, beyond those of earlier rows.
    """

    relation: str
    expression: Basic
    shown: Basic
    says: str = ""
    says_blank: int | None = None
    label: str = ""
    rules: tuple[str, ...] = ()
    conditions: tuple[Basic, ...] = ()

    @property
    def blanks(self) -> tuple[int, ...]:
        """The numbers of the blanks in this row, the reason last."""
        said = () if self.says_blank is None else (self.says_blank,)
        return (*gaps_in(self.shown), *said)


@dataclass(frozen=True)
class Exercise:
    """Rows that belong together, and what is to be done.

    Args:
        number: its number on the sheet, from 1.
        task: what is to be done, as Markdown with formulas between dollar signs.
        columns: one column of rows for a derivation; several for equations side by side.
        kind: "derivation", whose rows are all equal to the first one (but for what is filled
            in), or "equations", whose rows are equations that follow from those before them.
        words: the task as a sentence with the formulas in it, for those who write them in
            another notation.
    """

    number: int
    task: str
    columns: tuple[tuple[SheetRow, ...], ...]
    kind: str = "derivation"
    words: Words = ()

    @property
    def rows(self) -> tuple[SheetRow, ...]:
        """The rows of all columns, one column after the other."""
        return tuple(row for column in self.columns for row in column)

    @property
    def blanks(self) -> tuple[int, ...]:
        """The numbers of its blanks, in reading order, each once."""
        return tuple(dict.fromkeys(number for row in self.rows for number in row.blanks))

    def asking(self) -> Iterator[tuple[SheetRow, tuple[int, ...]]]:
        """Each row with the numbers of the blanks that stand in it first.

        What was left out in one row may live on in the rows below, where the same gap stands
        for it.
        """
        asked: set[int] = set()
        for row in self.rows:
            first = tuple(number for number in row.blanks if number not in asked)
            asked.update(first)
            yield row, first


@dataclass(frozen=True)
class Text:
    """Prose between exercises.

    Args:
        markdown: the prose, as Markdown with formulas between dollar signs.
        words: the same as a sentence with the formulas in it, where it is one; else ().
    """

    markdown: str
    words: Words = ()


@dataclass(frozen=True)
class Sheet:
    """A fill-in-the-blank sheet with its key.

    Args:
        title: the heading.
        items: prose and exercises, in order.
        blanks: the blanks; number k stands at position k − 1.
        source: what it was made from: the lesson's name, or the expression.
        seed: the seed by which blanks, and parameters, were chosen: of several variants it says
            which this is.
        parameters: what ``choose`` chose, by name.
        knowledge: what answers are read and judged with.
    """

    title: str
    items: tuple[Text | Exercise, ...]
    blanks: tuple[Blank, ...]
    source: str
    seed: int = 0
    parameters: tuple[tuple[Symbol, Basic], ...] = ()
    knowledge: SheetKnowledge = field(default_factory=SheetKnowledge)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises, in order."""
        return tuple(item for item in self.items if isinstance(item, Exercise))

    @property
    def has_answers(self) -> bool:
        """Whether the answers are in it."""
        return all(blank.answer is not None or blank.says for blank in self.blanks)

    @property
    def points(self) -> int:
        """What all right answers together are worth."""
        return sum(blank.points for blank in self.blanks)

    def blank(self, number: int) -> Blank:
        """The blank of a number.

        Raises:
            IndexError: there is none.
        """
        if not 1 <= number <= len(self.blanks):
            raise IndexError(f"there is no blank {number}; the sheet has {len(self.blanks)}")
        return self.blanks[number - 1]

    def row_of(self, number: int) -> tuple[Exercise, SheetRow]:
        """The exercise and the row in which a blank stands, the first one if there are several.

        Raises:
            KeyError: no row has it.
        """
        for exercise in self.exercises:
            for row in exercise.rows:
                if number in row.blanks:
                    return exercise, row
        raise KeyError(f"no row has the blank {number}")

    def without_answers(self) -> Sheet:
        """The sheet to be handed out: what was left out is nowhere in it."""
        items = tuple(
            replace(item, columns=tuple(tuple(map(_withheld, column)) for column in item.columns))
            if isinstance(item, Exercise)
            else item
            for item in self.items
        )
        blanks = tuple(
            replace(blank, answer=None, rules=(), says="", removed=()) for blank in self.blanks
        )
        return replace(self, items=items, blanks=blanks)

    def __iter__(self) -> Iterator[Text | Exercise]:
        return iter(self.items)


def _withheld(row: SheetRow) -> SheetRow:
    """A row without what was left out; its rules would tell the reason."""
    said = "" if row.says_blank is not None else row.says
    rules = () if row.says_blank is not None else row.rules
    return replace(row, expression=row.shown, says=said, rules=rules)


def with_answers(shown: Basic, answers: Mapping[int, Basic]) -> Basic:
    """What is shown of a row with some of its gaps filled.

    An answer may have the index of the sum in which its gap stands; that index is meant.

    Args:
        shown: an expression with gaps.
        answers: what belongs into the gaps, by their numbers.

    >>> from derivex.expression import Plus, TWO, symbol
    >>> with_answers(Plus(symbol("x"), Gap(TWO)), {2: symbol("y")})
    Plus(x, y)
    """

    def fill(node: Basic) -> Basic:
        return answers.get(int(node.args[0]), node) if type(node) is Gap else node

    return transform(shown, fill) if gaps_in(shown) else shown


def gaps_in(shown: Basic) -> tuple[int, ...]:
    """The numbers of the gaps in an expression, in order of first occurrence.

    >>> from derivex.expression import Plus, TWO, symbol
    >>> gaps_in(Plus(symbol("x"), Gap(TWO)))
    (2,)
    """
    if not Gap.interned:
        return ()
    found = [int(node.args[0]) for node in postorder(shown) if type(node) is Gap]
    return tuple(dict.fromkeys(found))
