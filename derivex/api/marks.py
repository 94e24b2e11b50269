"""Marking filled-in sheets: the answers of one student, or of a class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from derivex.api.displayed import Displayed
from derivex.api.documents import load
from derivex.api.storable import Storable
from derivex.derivation import Detail
from derivex.errors import ProblemError, ReadError, RecordError
from derivex.marking import (
    DEFAULT_SCHEME,
    Answers,
    MarkedAnswers,
    MarkedBlank,
    MarkedClass,
    Marker,
    Scheme,
    answer_files,
    make_scheme,
    read_answers,
    read_scheme,
)
from derivex.rendering.document import Document, Prose
from derivex.rendering.marked import ClassSummary, marked_text, student_line
from derivex.rendering.outline import Remark
from derivex.rulebook import RuleBook, shipped_book
from derivex.sheets import Sheet

__all__ = ["Marks", "judge_blank", "key_of", "mark"]


@dataclass(frozen=True, repr=False, eq=False)
class Marks(Storable, Displayed):
    """The marked sheets of one student or of several.

    Args:
        record: what was found.
        book: the rules that were used.
    """

    record: MarkedClass
    book: RuleBook

    @property
    def students(self) -> tuple[MarkedAnswers, ...]:
        """Everyone's marked sheet, in the order of the answers."""
        return self.record.students

    @property
    def points(self) -> float:
        """What all answers get together."""
        return round(sum(each.points for each in self.students), 6)

    @property
    def out_of(self) -> int:
        """What all right answers would get."""
        return sum(each.out_of for each in self.students)

    def replay(self) -> None:
        """Nothing is to be redone: the answers are stored with what was found."""

    def to_text(self) -> str:
        """Every sheet in plain sentences; of several, the class as well."""
        texts = [marked_text(each) for each in self.students]
        if len(texts) > 1:
            summary = ClassSummary()
            for each in self.students:
                summary.add(each)
            texts.append("\n".join(summary.lines()))
        return "\n\n".join(texts)

    def document(self, detail: str | Detail = Detail.TEXTBOOK, highlight: bool = True) -> Document:
        """The sheets as a page, a remark for every blank that is not simply right."""
        return Document(
            f"{self.record.title}: marked", tuple(self._items()), (), self.book.functions, False
        )

    def _items(self) -> Iterator[Prose | Remark]:
        for each in self.students:
            yield Remark(student_line(each))
            for text in marked_text(each).split("\n\n")[1:]:
                yield Remark(" ".join(line.strip() for line in text.splitlines()))

    def __hash__(self) -> int:
        return hash(self.record)

    def __repr__(self) -> str:
        return self.to_text()


def mark(
    sheet: Any,
    answers: Answers | Mapping[Any, str] | str | Path | Iterable[Any],
    *,
    scheme: Scheme | Mapping[str, float] | Path | None = None,
    rules: str | Path | RuleBook | None = None,
    explain: bool = True,
) -> Marks:
    """Mark the answers to a sheet.

    Args:
        sheet: what :func:`derivex.sheet` gave, or the JSON file of it with the answers: the key.
        answers: what was typed, by the numbers of the blanks; or a file of answers (JSON, CSV,
            Markdown, a notebook), or several of either, one for each student.
        scheme: what the verdicts are worth, a share of a blank's points for each; or a file that
            says so.  What is not named stays as usual: half of the points for a right answer in
            another form than is asked for.
        rules: a rule file whose rules the sheet uses as well, or the rule book that it uses.
        explain: whether to look for the likely mistakes, which takes longest.

    Raises:
        DerivexError: the key cannot be read, or has no answers.  What is wrong with an answer is
            a verdict, not an error.

    >>> import derivex
    >>> sheet = derivex.sheet("x^2", blank="results", blanks=1)
    >>> marks = mark(sheet, {1: "x + x"})
    >>> [blank.verdict for blank in marks.record.students[0].blanks]
    ['right']
    """
    key, book = key_of(sheet, rules)
    marker = Marker(key, book, _scheme(scheme), explain)
    students = tuple(marker.mark(each) for each in _answers(answers))
    return Marks(MarkedClass(key.title, key.source, students), book)


def judge_blank(sheet: Any, number: int, answer: str) -> MarkedBlank:
    """Judge one answer by itself.

    Args:
        sheet: what :func:`derivex.sheet` gave, the JSON of it with the answers, or its file.
        number: the number of the blank.
        answer: what was typed.

    Raises:
        ProblemError: the sheet has no such blank.
        DerivexError: the key cannot be read, or has no answers.

    >>> import derivex
    >>> sheet = derivex.sheet("x^2", blank="results", blanks=1)
    >>> judge_blank(sheet, 1, "3x").verdict
    'wrong'
    """
    marker = _marker_of_text(sheet) if isinstance(sheet, str) else Marker(*key_of(sheet, None))
    try:
        return marker.judge(number, answer)
    except IndexError as error:
        raise ProblemError(str(error)) from None


@lru_cache(maxsize=4)
def _marker_of_text(sheet: str) -> Marker:
    return Marker(*key_of(sheet, None))


def key_of(sheet: Any, rules: str | Path | RuleBook | None = None) -> tuple[Sheet, RuleBook]:
    """A sheet with its answers, and the rules that it cites.

    Raises:
        DerivexError: it cannot be read, or has no answers.
    """
    if isinstance(sheet, str | Path):
        sheet = read_key(sheet, rules)
    book = getattr(sheet, "book", None) or shipped_book()
    found = sheet if isinstance(sheet, Sheet) else getattr(sheet, "sheet", None)
    if not isinstance(found, Sheet):
        raise ProblemError(f"a sheet is needed for marking, not {type(sheet).__name__}")
    if not found.has_answers:
        raise ProblemError(
            "this sheet has no answers: it is the one to be handed out",
            hint="mark with the key, which derivex sheet writes as JSON",
        )
    return found, rules if isinstance(rules, RuleBook) else book


def read_key(sheet: str | Path, rules: str | Path | RuleBook | None = None) -> Any:
    """What a key file holds, or its text.

    Raises:
        ReadError: it cannot be opened.
        RecordError: it is no sheet.
    """
    text = _text_of(sheet)
    try:
        return load(text, rules)
    except RecordError as error:
        name = "this" if text is sheet else str(sheet)
        raise RecordError(
            f"{name} is no key: {error.message}",
            hint="a key is what derivex sheet writes with -o sheet.json",
        ) from None


def _text_of(sheet: str | Path) -> str:
    if isinstance(sheet, str) and sheet.lstrip().startswith("{"):
        return sheet
    try:
        return Path(sheet).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or "it is no text"
        raise ReadError(f"the key {sheet} cannot be opened: {told}") from None


def _scheme(scheme: Scheme | Mapping[str, float] | Path | None) -> Scheme:
    if scheme is None or isinstance(scheme, Scheme):
        return scheme or DEFAULT_SCHEME
    return read_scheme(scheme) if isinstance(scheme, Path) else make_scheme(scheme)


def _answers(answers: Any) -> Iterator[Answers]:
    if isinstance(answers, Answers):
        yield answers
    elif isinstance(answers, Mapping):
        yield Answers("answers", {int(number): str(each) for number, each in answers.items()})
    elif isinstance(answers, str | Path):
        for path in answer_files([str(answers)]):
            yield from read_answers(path)
    else:
        for each in answers:
            yield from _answers(each)
