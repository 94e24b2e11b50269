"""The variants of a lesson: which values its letters may have, in an order that a seed decides."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product
from math import prod

from sympy import Integer, Symbol
from sympy.core.basic import Basic

from derivex.errors import LessonError
from derivex.expression import Decimal, postorder
from derivex.lessons.choosing import FRIENDLY, Choose, holds, read_choose
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.lesson import Lesson
from derivex.lessons.outcomes import Outcome, Requirement
from derivex.lessons.passage import Passage
from derivex.rulebook import RuleBook

__all__ = [
    "Parameters",
    "Variants",
    "first_fitting",
    "has_choices",
    "is_friendly",
    "nothing_fits",
]

Parameters = Mapping[Symbol, Basic]

_MOST_IN_ORDER = 200_000  # combinations that are put in order; of more, some are drawn
_MOST_DRAWN = 10_000  # tries to find values that fit


def has_choices(lesson: Lesson) -> bool:
    """Whether there is a ``choose`` in a lesson."""
    return any(Passage.of(each).begins_with("choose") for each in lesson.statements)


class Variants:
    """The values that the letters of a lesson may have, put in an order that never changes.

    A seed is a place in that order: variants with different seeds have different values, as long
    as there are enough of them, and the same seed gives the same values on every version of Python.

    Args:
        lesson: the lesson.
        book: the rules.

    Raises:
        DerivexError: a ``choose`` cannot be read; located in the file.
    """

    def __init__(self, lesson: Lesson, book: RuleBook):
        self._book = book
        knowledge = Knowledge(book)
        self._chooses: list[Choose] = []
        for statement in lesson.statements:
            whole = Passage.of(statement)
            if whole.begins_with("choose"):
                self._chooses.append(read_choose(knowledge, whole.after("choose")))
                knowledge.declare(*self._chooses[-1].names)
        self._names = [name for choose in self._chooses for name in choose.names]
        self._options = [choose.values for choose in self._chooses for _ in choose.names]
        possible = prod(map(len, self._options))
        self.count = possible if possible <= _MOST_IN_ORDER else None
        """How many combinations there are, whether they fit or not; None if too many to count."""
        self._order: list[tuple[Basic, ...]] = []
        if self.count is not None:
            self._order = list(product(*self._options))
            random.Random("derivex variants").shuffle(self._order)

    def at(self, seed: int) -> dict[Symbol, Basic] | None:
        """The values of a seed; None if they are not what ``choose … where`` says.

        Raises:
            DerivexError: a condition cannot be tested; located in the file.
        """
        if self.count is not None:
            drawn = self._order[seed % self.count]
        else:
            chance = random.Random(f"derivex variant {seed}")
            drawn = tuple(option[chance.randrange(len(option))] for option in self._options)
        values = dict(zip(self._names, drawn, strict=True))
        knowledge = Knowledge(self._book)
        knowledge.take_parameters(values)
        if all(each.where is None or holds(knowledge, each.where) for each in self._chooses):
            return values
        return None

    def from_seed(self, seed: int) -> Iterator[dict[Symbol, Basic]]:
        """The values that fit, from the place of a seed on and once around."""
        for place in range(seed, seed + (self.count or _MOST_DRAWN)):
            values = self.at(place)
            if values is not None:
                yield values


def first_fitting(knowledge: Knowledge, choose: Choose, rest: Passage) -> dict[Symbol, Basic]:
    """The first values that fit one ``choose``, where no variant was asked for.

    Raises:
        LessonError: there are none.
    """
    for drawn in islice(product(choose.values, repeat=len(choose.names)), _MOST_DRAWN):
        values = dict(zip(choose.names, drawn, strict=True))
        if choose.where is None:
            return values
        trial = Knowledge(knowledge.book)
        trial.take_parameters({**knowledge.parameters, **values})
        if holds(trial, choose.where):
            return values
    raise rest.error("no values fit this", "allow more values, or ask for less")


def is_friendly(outcomes: Iterable[Outcome]) -> bool:
    """Whether a variant meets what is required of it, and its numbers are small enough.

    Numbers are those in the rows; how large they may be is said by ``require numbers below``.
    """
    from derivex.lessons.sheets import exercises_of

    below: int | None = None
    rows: list[Basic] = []
    for outcome in outcomes:
        for result in outcome.results:
            if isinstance(result, Requirement):
                if not result.holds:
                    return False
                below = result.below or below
        rows += [row.expression for each in exercises_of(outcome.results) for row in each.rows]
    largest = FRIENDLY if below is None else below
    return all(_is_small(node, largest) for row in rows for node in postorder(row))


def _is_small(node: Basic, below: int) -> bool:
    if isinstance(node, Integer):
        return int(node) < below
    if isinstance(node, Decimal):
        return node.value < below and len(node.text) <= len(str(below)) + 2
    return True


def nothing_fits(lesson: Lesson) -> LessonError:
    """The error where no values meet what is required."""
    first = next(each for each in lesson.statements if Passage.of(each).begins_with("choose"))
    return LessonError(
        "no values were found that meet what is required",
        first.place,
        "allow more values, or require less: numbers must be below 1000 unless "
        "`require numbers below …` says otherwise",
    )
