"""Fill-in-the-blank sheets: an expression or a lesson in, a sheet with its key out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from derivex.api.displayed import Displayed
from derivex.api.inputs import Data, Expression, Variables, read_book
from derivex.api.sheet_material import expression_material, problem_of, with_functions
from derivex.api.storable import Storable
from derivex.derivation import Detail
from derivex.errors import BlankError, LessonError, ProblemError, RecordError
from derivex.lessons import Lesson, LessonRun, read_lesson
from derivex.lessons.sheets import lesson_material
from derivex.lessons.variants import (
    Parameters,
    Variants,
    has_choices,
    is_friendly,
    nothing_fits,
)
from derivex.notation import TextWriter
from derivex.rendering.document import Document
from derivex.rendering.sheet_document import sheet_document
from derivex.rendering.sheet_text import sheet_text
from derivex.rulebook import RuleBook
from derivex.sheets import Blank, BlankKind, Sheet, with_answers
from derivex.sheets.choosing import Level
from derivex.sheets.making import Asked, Material, make_sheet

__all__ = [
    "ExerciseSheet",
    "asked_of",
    "is_lesson",
    "lesson_of",
    "sheet",
    "sheet_of_lesson",
    "variant_of_lesson",
]

_MOST_TRIED = 1000  # combinations of values for one sheet
_KINDS = {"results": BlankKind.RESULT, "rules": BlankKind.RULE, "factors": BlankKind.FACTOR}
_KINDS["lines"] = BlankKind.LINE
_KINDS |= {kind.value: kind for kind in BlankKind}


@dataclass(frozen=True, repr=False, eq=False)
class ExerciseSheet(Storable, Displayed):
    """A fill-in-the-blank sheet, which shows itself as it is handed out.

    Args:
        sheet: the sheet with its answers.
        book: the rules.
        filled_in: whether it shows the key.

    >>> import derivex
    >>> made = derivex.sheet("x^3 + x", by="x", blank="results", level="easy")
    >>> print(made)
    Fill in the blanks
    <BLANKLINE>
    1. Differentiate x³ + x by x.
    <BLANKLINE>
    ∂(x³ + x)/∂x
      = ∂x³/∂x + ∂x/∂x     using the sum rule
      = [_1_]              using the exponent rule
    <BLANKLINE>
    (1) ________________________________________
    """

    sheet: Sheet
    book: RuleBook
    filled_in: bool = False

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """The blanks with their answers."""
        return self.sheet.blanks

    def key(self) -> ExerciseSheet:
        """The same with what was left out filled in."""
        return ExerciseSheet(self.sheet, self.book, True)

    def without_answers(self) -> ExerciseSheet:
        """The sheet to be handed out: as JSON, too, it does not tell what was left out."""
        return ExerciseSheet(self.sheet.without_answers(), self.book)

    def document(self, detail: str | Detail = Detail.TEXTBOOK, highlight: bool = True) -> Document:
        """The sheet as a page; neither argument changes anything."""
        return sheet_document(self.sheet, self.book.functions, self.filled_in)

    def to_text(self) -> str:
        """The sheet as text, or the key."""
        return sheet_text(self.sheet, self.filled_in)

    def save_json(self, path: str | Path) -> None:
        """Write the key file, which has the answers in it and is what sheets are marked by."""
        Path(path).write_text(self.to_json() + "\n", encoding="utf-8")

    def replay(self) -> None:
        """Fill the answers in: the rows must come out complete.

        Raises:
            RecordError: naming the first row that does not.
        """
        answers = {
            blank.number: blank.answer for blank in self.sheet.blanks if blank.answer is not None
        }
        for exercise in self.sheet.exercises:
            for row in exercise.rows:
                if with_answers(row.shown, answers) is not row.expression:
                    told = TextWriter().write(row.expression)
                    raise RecordError(f"the answers do not lead to {told}")

    def __hash__(self) -> int:
        return hash(self.sheet)

    def __repr__(self) -> str:
        return self.to_text().rstrip("\n")

    __str__ = __repr__


def sheet(
    source: Expression | Path,
    by: Variables = None,
    *,
    blank: str | Iterable[str] = (),
    blanks: int | None = None,
    level: str = "middle",
    seed: int = 0,
    let: str | Iterable[str] = (),
    data: Data = None,
    rules: str | Path | RuleBook | None = None,
    assume: str | Iterable[str] = (),
) -> ExerciseSheet:
    """A sheet of an expression or of a lesson, together with its key.

    What can be left out is what can be found out from the rest, and stands nowhere else on the
    sheet.

    Args:
        source: an expression to be differentiated, equations to be solved, the path of a lesson,
            or its text.
        by: what an expression is differentiated by; all its variables, one after the other, if
            left out.
        blank: what is left out: ``"results"``, ``"rules"``, ``"factors"``, ``"lines"``, or
            several of these; what the level has otherwise, or what the lesson marks.
        blanks: how many blanks at most; as many as the level has otherwise.
        level: ``"easy"`` (results of arithmetic and names of rules), ``"middle"`` (what rules
            have made) or ``"hard"`` (whole lines), see :class:`~derivex.sheets.choosing.Level`.
        seed: which of the sheets that there are; the same seed makes the same sheet.
        let: definitions that an expression uses.
        data: columns of numbers for indexed names of an expression.
        rules: a rule file whose rules are used as well, or a rule book used instead.
        assume: what is known of letters of an expression.

    Raises:
        DerivexError: something that cannot be read, or nothing can be left out.

    >>> made = sheet("(x + y + z)^2", by="y", blank="results", seed=1)
    >>> [(blank.number, blank.form) for blank in made.blanks]
    [(1, 'worked out')]
    """
    asked = asked_of(blank, blanks, level, seed)
    book = read_book(rules)
    lesson = lesson_of(source)
    if lesson is not None:
        return sheet_of_lesson(lesson, asked, book, bool(blank) or blanks is not None)
    assert not isinstance(source, Path)
    problem = problem_of(source, by, let, data, book, assume)
    return _made(expression_material(problem, source), asked, book, True)


def is_lesson(text: str) -> bool:
    """Whether a text is a lesson, not an expression."""
    return "```derivex" in text or "~~~derivex" in text


def lesson_of(source: Expression | Path) -> Lesson | None:
    """The lesson that was handed in; None if it is an expression.

    Raises:
        LessonError: the file cannot be read.
    """
    if isinstance(source, str) and "\n" not in source and source.endswith(".md"):
        source = Path(source)
    if isinstance(source, Path):
        try:
            return read_lesson(source.read_text(encoding="utf-8"), source.name)
        except OSError as error:
            raise LessonError(f"{source} cannot be opened: {error.strerror}") from None
        except UnicodeDecodeError as error:
            raise LessonError(f"{source} is not UTF-8 (byte {error.start + 1})") from None
    if isinstance(source, str) and is_lesson(source):
        return read_lesson(source, "lesson")
    return None


def asked_of(blank: str | Iterable[str], blanks: int | None, level: str, seed: int) -> Asked:
    """What is asked of a sheet.

    Raises:
        ProblemError: a word that is none of those known, or no blank at all.
    """
    words = [blank] if isinstance(blank, str) else list(blank)
    for word in words:
        if word not in _KINDS:
            raise ProblemError(
                f"“{word}” is nothing that can be left out",
                hint="results, rules, factors or lines can",
            )
    if level not in {each.value for each in Level}:
        raise ProblemError(f"“{level}” is no level", hint="the levels are easy, middle and hard")
    if blanks is not None and blanks < 1:
        raise ProblemError("a sheet has at least one blank")
    return Asked(tuple(dict.fromkeys(_KINDS[word] for word in words)), blanks, Level(level), seed)


def sheet_of_lesson(
    lesson: Lesson,
    asked: Asked,
    book: RuleBook,
    more: bool,
) -> ExerciseSheet:
    """The sheet of a lesson; what ``choose`` chooses is decided by the seed.

    Args:
        lesson: the lesson.
        asked: what is left out.
        book: the rules.
        more: whether blanks are chosen where the lesson marks some by hand.

    Raises:
        DerivexError: a statement cannot be worked, or a blank that it marks cannot be left out.
    """
    if not has_choices(lesson):
        return _of_run(LessonRun(lesson, book), asked, more)
    refused: BlankError | None = None
    for values in islice(Variants(lesson, book).from_seed(asked.seed), _MOST_TRIED):
        try:
            made = variant_of_lesson(lesson, asked, book, more, values)
        except BlankError as error:
            refused = refused or error  # with other values it may do
        else:
            if made is not None:
                return made
    raise refused or nothing_fits(lesson)


def variant_of_lesson(
    lesson: Lesson, asked: Asked, book: RuleBook, more: bool, chosen: Parameters
) -> ExerciseSheet | None:
    """The sheet of a lesson with chosen values; None if what is required is not met.

    Raises:
        DerivexError: as for :func:`sheet_of_lesson`.
    """
    run = LessonRun(lesson, book, asked.seed, chosen)
    return _of_run(run, asked, more) if is_friendly(run.outcomes) else None


def _of_run(run: LessonRun, asked: Asked, more: bool) -> ExerciseSheet:
    material = lesson_material(run, run.lesson.name)
    return _made(material, asked, run.book, more or not material.marked)


def _made(material: Material, asked: Asked, book: RuleBook, more: bool) -> ExerciseSheet:
    material.knowledge = with_functions(material, book)
    if not material.exercises:
        raise ProblemError(
            "there is no derivation that anything could be left out of",
            hint="a sheet is made of derivations: differentiate, evaluate, solve, …",
        )
    made, refused = make_sheet(material, asked, book, more=more)
    for marked, why in refused:
        raise BlankError(f"this cannot be left out: {why}", marked.place)
    if not made.blanks:
        raise ProblemError(
            "nothing of this kind can be left out: what remains would not determine it, or it "
            "stands elsewhere on the sheet",
            hint="leave out something else: --blank results, rules, factors or lines",
        )
    return ExerciseSheet(made, book)
