"""``derivex.run`` works a whole lesson, ``derivex.Lesson`` one statement after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from derivex.api.displayed import Displayed
from derivex.api.inputs import read_book
from derivex.api.storable import Storable
from derivex.derivation import Detail
from derivex.errors import LessonError, ReadError
from derivex.lessons import LessonRun as Run
from derivex.lessons import Outcome, Session, read_lesson, read_statements, replay_outcomes
from derivex.rendering.block_text import document_text
from derivex.rendering.document import Document
from derivex.rendering.lesson_document import lesson_document, outcome_blocks
from derivex.rulebook import RuleBook
from derivex.text_files import MAX_DOCUMENT_FILE, read_text_file

__all__ = ["Lesson", "LessonRun", "Worked", "run"]


class LessonRun(Storable, Run, Displayed):
    """A lesson being run, which can be shown as a page.

    Iterate over it to get prose and outcomes as they come; it can be gone through more than once.

    >>> lesson = run("```derivex\\nevaluate 1 + 1\\n```")
    >>> LessonRun.from_json(lesson.to_json()) == lesson
    True
    """

    def __hash__(self) -> int:
        return hash((self.lesson.name, self.lesson.source))

    def document(self, detail: str | Detail = Detail.TEXTBOOK, highlight: bool = True) -> Document:
        """The lesson as a page; runs what has not been run yet.

        Args:
            detail: ``"full"``, ``"textbook"`` or ``"brief"``.
            highlight: whether what each line rewrites is marked, and what replaced it.

        Raises:
            DerivexError: a statement cannot be worked; located in the file.
        """
        return lesson_document(self, self.book, detail, highlight)

    def to_text(self, detail: str | Detail = Detail.TEXTBOOK) -> str:
        """The lesson as text; runs what has not been run yet."""
        return document_text(self.document(detail))


@dataclass(frozen=True, repr=False, eq=False)
class Worked(Storable, Displayed):
    """What some statements of a lesson led to.

    Args:
        outcomes: the statements with their records.
        book: the rules that they were worked with.
    """

    outcomes: tuple[Outcome, ...]
    book: RuleBook

    @staticmethod
    def of(outcomes: Iterable[Outcome], book: RuleBook) -> Worked:
        """What some outcomes are together."""
        worked = Worked(tuple(outcomes), book)
        return worked if worked.document().items else _Declared(worked.outcomes, book)

    @property
    def holds(self) -> bool:
        """Whether no expectation among them failed."""
        return all(outcome.holds for outcome in self.outcomes)

    def document(self, detail: str | Detail = Detail.TEXTBOOK, highlight: bool = True) -> Document:
        """What the statements led to, without the statements."""
        title = " ".join(outcome.statement.shown for outcome in self.outcomes)
        blocks = [block for each in self.outcomes for block in outcome_blocks(each, Detail(detail))]
        return Document(title, tuple(blocks), (), self.book.functions, highlight)

    def to_text(self, detail: str | Detail = Detail.TEXTBOOK) -> str:
        """What the statements led to, as text; empty where they only declare something."""
        return document_text(self.document(detail))

    def replay(self) -> None:
        """Redo every step of everything that the statements led to.

        Raises:
            RecordError: naming the first that does not come out as recorded.
        """
        replay_outcomes(self.outcomes)

    def __hash__(self) -> int:
        return hash(tuple(outcome.statement.shown for outcome in self.outcomes))

    def __repr__(self) -> str:
        return self.to_text()


class _Declared(Worked):
    """What statements led to that only declare something: a notebook shows nothing for it."""

    def _ipython_display_(self) -> None:
        pass

    def __repr__(self) -> str:
        return "\n".join(outcome.statement.shown for outcome in self.outcomes)


class Lesson:
    """A lesson that is written while it is worked, statement by statement.

    The statements are those of lesson files; each builds on those before it.

    Args:
        rules: a rule file whose rules are used as well, or a rule book used instead.

    >>> lesson = Lesson()
    >>> lesson("let f(x) = x^2 - 3x").holds
    True
    >>> lesson("differentiate f(x) by x")
    ∂f(x)/∂x
      = ∂(x² − 3x)/∂x          filling in the definition of f
      = ∂x²/∂x + ∂(−3x)/∂x     using the sum rule
      = 2x + ∂(−3x)/∂x         using the exponent rule
      = 2x − 3 · ∂x/∂x         using the constant factor rule
      = 2x − 3 · 1             using the exponent rule
      = 2x − 3                 arithmetic
    """

    def __init__(self, *, rules: str | Path | RuleBook | None = None):
        self._book = read_book(rules)
        self._session = Session(self._book)
        self._outcomes: list[Outcome] = []

    def __call__(self, statements: str) -> Worked:
        """Work one statement, or several in as many lines.

        Raises:
            DerivexError: a statement cannot be worked; those before it have been.
        """
        read = read_statements(statements, "the statement")
        if not read:
            raise LessonError("there is no statement", hint='for example: lesson("let u = x^2")')
        done = []
        for statement in read:
            done.append(self._session.work(statement))
            self._outcomes.append(done[-1])
        return Worked.of(done, self._book)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What all statements so far led to."""
        return tuple(self._outcomes)

    @property
    def holds(self) -> bool:
        """Whether no expectation has failed so far."""
        return all(outcome.holds for outcome in self._outcomes)

    def __repr__(self) -> str:
        count = len(self._outcomes)
        return f"<a lesson of {count} statement{'' if count == 1 else 's'}>"


def run(
    lesson: str | Path,
    *,
    name: str | None = None,
    rules: str | Path | RuleBook | None = None,
    seed: int = 0,
) -> LessonRun:
    """A lesson, ready to be worked: iterate over it to get prose and outcomes as they come.

    Args:
        lesson: a path to a Markdown file, or its text as a string.
        name: what errors call a lesson that is handed in as text.
        rules: a rule file whose rules are used as well, or a rule book used instead.
        seed: the seed by which ``choose`` chooses.

    Raises:
        LessonError: the file cannot be read, or a statement in it is not known.

    >>> lesson = "```derivex\\nevaluate 1 + 1\\nexpect result = 2\\n```"
    >>> all(outcome.holds for outcome in run(lesson).outcomes)
    True
    """
    if isinstance(lesson, Path):
        try:
            source = read_text_file(lesson, MAX_DOCUMENT_FILE)
        except ReadError as error:
            raise LessonError(error.message, hint=error.hint) from None
        name = name or lesson.name
    else:
        source = lesson
    return LessonRun(read_lesson(source, name or "lesson"), read_book(rules), seed)
