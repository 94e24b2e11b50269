"""Running a lesson, statement by statement, while someone reads the outcomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Self

import derivex.lessons.descent_rows  # noqa: F401  # registers what descents give
from derivex.engine import Columns, Definitions
from derivex.errors import DerivexError
from derivex.lessons.blanks import blank_statement
from derivex.lessons.choosing import choose_statement, require_statement
from derivex.lessons.declaring import data, let
from derivex.lessons.descending import descend_statement
from derivex.lessons.expecting import expect
from derivex.lessons.going_backward import any_gradient_statement
from derivex.lessons.gradient_check_statement import gradcheck_statement
from derivex.lessons.implicit_statement import implicit_statement
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.lesson import Lesson, Prose, Statement
from derivex.lessons.outcomes import (
    BlankMarks,
    Choice,
    Data,
    Drawing,
    Expectation,
    Outcome,
    Requirement,
    Result,
    Shapes,
)
from derivex.lessons.passage import Passage
from derivex.lessons.plot_statement import plot_statement
from derivex.lessons.prose import with_numbers
from derivex.lessons.slopes import (
    differentiability_statement,
    directional_statement,
    nudge_statement,
    tangent_statement,
)
from derivex.lessons.solving_statement import solve_statement
from derivex.lessons.subgradient_statement import subgradient_statement
from derivex.lessons.variants import (
    Parameters,
    Variants,
    has_choices,
    is_friendly,
    nothing_fits,
)
from derivex.lessons.working import (
    derivative_statement,
    differentiate_statement,
    evaluate_statement,
    hessian_statement,
    jacobian_statement,
)
from derivex.notation import Definition
from derivex.rulebook import RuleBook
from derivex.sheets.worked import is_worked

__all__ = [
    "STATEMENTS",
    "LessonRun",
    "Session",
    "fitting_parameters",
    "replay_outcomes",
    "run_lesson",
]

STATEMENTS: Mapping[str, Callable[[Knowledge, Passage], tuple[Result, ...]]] = MappingProxyType(
    {
        "let": let,
        "data": data,
        "evaluate": evaluate_statement,
        "differentiate": differentiate_statement,
        "derivative": derivative_statement,
        "gradient": any_gradient_statement,
        "directional": directional_statement,
        "differentiability": differentiability_statement,
        "tangent": tangent_statement,
        "nudge": nudge_statement,
        "jacobian": jacobian_statement,
        "hessian": hessian_statement,
        "subgradient": subgradient_statement,
        "descend": descend_statement,
        "gradcheck": gradcheck_statement,
        "plot": plot_statement,
        "solve": solve_statement,
        "implicit": implicit_statement,
        "expect": expect,
        "blank": blank_statement,
        "choose": choose_statement,
        "require": require_statement,
    }
)
"""What a statement can begin with, and what works it."""


class Session:
    """What is known while statements are worked one after the other.

    Args:
        book: the rules.
        chosen: what ``choose`` chooses; the first values that fit, where nothing is said.

    >>> from derivex.lessons.lesson import read_statements
    >>> from derivex.rulebook import shipped_book
    >>> session = Session(shipped_book())
    >>> done = [session.work(each) for each in read_statements("let u = 3\\nexpect 2u = 6", "")]
    >>> done[1].holds
    True
    """

    def __init__(self, book: RuleBook, chosen: Parameters = MappingProxyType({})):
        self._knowledge = Knowledge(book)
        self._knowledge.chosen = chosen

    @property
    def definitions(self) -> Definitions:
        """The functions and abbreviations that are defined by now."""
        return self._knowledge.definitions

    @property
    def columns(self) -> Columns:
        """The data that are known by now."""
        return self._knowledge.data

    def work(self, statement: Statement) -> Outcome:
        """What a statement leads to; later ones build on it.

        Raises:
            DerivexError: it cannot be worked; located in its text.
        """
        self._knowledge.take_notes()  # those of a statement that could not be worked
        results = _results(self._knowledge, statement)
        if any(is_worked(result) for result in results):
            self._knowledge.records = results
        if any(not isinstance(result, _NOT_DERIVED) for result in results):
            self._knowledge.shown = results
        return Outcome(statement, results, self._knowledge.take_notes())


class LessonRun:
    """A lesson being run: iterate over it to get prose and outcomes as they come.

    It can be gone through more than once; no statement is worked twice.

    Args:
        lesson: the lesson.
        book: the rules.
        seed: the seed by which ``choose`` chooses.
        chosen: what ``choose`` chooses, if that was decided before.
    """

    def __init__(
        self, lesson: Lesson, book: RuleBook, seed: int = 0, chosen: Parameters | None = None
    ):
        self.lesson = lesson
        self.book = book
        self._done: list[Prose | Outcome] = []
        self._rest: Iterator[Prose | Outcome] = _work(lesson, book, seed, chosen)
        self._error: DerivexError | None = None

    @classmethod
    def done(cls, lesson: Lesson, book: RuleBook, parts: Iterable[Prose | Outcome]) -> Self:
        """A run that is over, and had these parts."""
        run = cls(lesson, book)
        run._done, run._rest = list(parts), iter(())
        return run

    def __iter__(self) -> Iterator[Prose | Outcome]:
        position = 0
        while True:
            while position < len(self._done):
                yield self._done[position]
                position += 1
            if self._error is not None:
                raise self._error
            try:
                following = next(self._rest, None)
            except DerivexError as error:
                self._error = error
                raise
            if following is None:
                return
            self._done.append(following)

    @property
    def parts(self) -> tuple[Prose | Outcome, ...]:
        """Prose and outcomes, in order; runs what has not been run yet.

        Raises:
            DerivexError: a statement cannot be worked; located in the file.
        """
        return tuple(self)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What the statements led to; runs what has not been run yet.

        Raises:
            DerivexError: a statement cannot be worked; located in the file.
        """
        return tuple(part for part in self if isinstance(part, Outcome))

    @property
    def expectations(self) -> tuple[Expectation, ...]:
        """Every expectation, in order; runs what has not been run yet."""
        return tuple(
            result
            for outcome in self.outcomes
            for result in outcome.results
            if isinstance(result, Expectation)
        )

    def replay(self) -> None:
        """Redo every step of everything that the statements led to.

        Raises:
            RecordError: naming the first that does not come out as recorded.
        """
        replay_outcomes(self.outcomes)

    @property
    def holds(self) -> bool:
        """Whether every expectation holds; runs what has not been run yet."""
        return all(outcome.holds for outcome in self.outcomes)


_NOT_DERIVED = (Definition, Data, Shapes, Expectation, BlankMarks, Choice, Requirement, Drawing)


def fitting_parameters(lesson: Lesson, book: RuleBook, seed: int) -> Parameters:
    """What ``choose`` chooses by a seed, so that all that is required is met.

    Raises:
        LessonError: nothing meets it.
    """
    for values in Variants(lesson, book).from_seed(seed):
        if is_friendly(_outcomes_with(lesson, book, values)):
            return values
    raise nothing_fits(lesson)


def _outcomes_with(lesson: Lesson, book: RuleBook, values: Parameters) -> Iterator[Outcome]:
    """What the statements lead to with these values; what is expected is not asked."""
    session = Session(book, values)
    for statement in lesson.statements:
        if not Passage.of(statement).begins_with("expect"):
            yield session.work(statement)


def replay_outcomes(outcomes: Iterable[Outcome]) -> None:
    """Redo every step of everything that some statements led to.

    Raises:
        RecordError: naming the first that does not come out as recorded.
    """
    for outcome in outcomes:
        for result in outcome.results:
            if not isinstance(result, _NOT_DERIVED):
                result.replay()


def run_lesson(lesson: Lesson, book: RuleBook, seed: int = 0) -> LessonRun:
    """Run a lesson with the rules of a book; ``choose`` chooses by the seed.

    Nothing is worked before someone iterates over the run.

    >>> from derivex.lessons.lesson import read_lesson
    >>> from derivex.rulebook import shipped_book
    >>> source = "```derivex\\ndifferentiate x^3\\nexpect result = 3x^2\\n```\\n"
    >>> run_lesson(read_lesson(source, "powers.md"), shipped_book()).holds
    True
    """
    return LessonRun(lesson, book, seed)


def _work(
    lesson: Lesson, book: RuleBook, seed: int, chosen: Parameters | None
) -> Iterator[Prose | Outcome]:
    if chosen is None:
        chosen = fitting_parameters(lesson, book, seed) if has_choices(lesson) else {}
    session = Session(book, chosen)
    for block in lesson.blocks:
        if isinstance(block, Prose):
            yield Prose(with_numbers(block.text, chosen))
        else:
            yield from map(session.work, block.statements)


def _results(knowledge: Knowledge, statement: Statement) -> tuple[Result, ...]:
    whole = Passage.of(statement)
    word = whole.text.split(maxsplit=1)[0]
    work = STATEMENTS.get(word)
    if work is None:
        first = Passage(statement, 0, len(word))
        near = get_close_matches(word.lower(), STATEMENTS, 1)
        meant = _SAID_OTHERWISE.get(word.lower(), near[0] if near else "")
        known = ", ".join(STATEMENTS)
        guess = f"did you mean {meant}?  " if meant else ""
        raise first.error(f"“{word}” is not a statement", f"{guess}the statements are: {known}")
    rest = whole.after(word)
    if not rest:
        raise whole.error(f"something is missing after “{word}”")
    noun = rest.noun(*_NOUNS) if word == "evaluate" else None
    if noun is not None:  # “evaluate the gradient of f” is “gradient of f”
        work, rest = STATEMENTS[noun.text], Passage(statement, noun.end, rest.end)
    return whole.locate(lambda: work(knowledge, rest))


_SAID_OTHERWISE = {
    **dict.fromkeys(
        ("minimise", "minimize", "maximise", "maximize", "optimise", "optimize"),
        "“solve gradient of … = 0 for …”",
    ),
    **dict.fromkeys(("derive", "diff", "derivate"), "differentiate"),
    **dict.fromkeys(("calculate", "compute", "print", "show", "simplify", "find"), "evaluate"),
    **dict.fromkeys(("assert", "check", "test", "verify"), "expect"),
    **dict.fromkeys(("define", "set", "function"), "let"),
}
_NOUNS = ("gradient", "jacobian", "hessian", "subgradient", "directional")
