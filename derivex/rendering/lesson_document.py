"""A lesson that was run, as a page: its prose, its statements, and what they led to."""

from __future__ import annotations

import re
from collections.abc import Iterator

import derivex.rendering.lesson_outline  # noqa: F401  # registers the outlines
from derivex.derivation import Detail
from derivex.lessons import LessonRun, Outcome
from derivex.lessons import Prose as LessonProse
from derivex.notation import TextWriter
from derivex.rendering.document import Document, Item, Prose, Statement
from derivex.rendering.outline import Block, Remark, outline
from derivex.rulebook import RuleBook

__all__ = ["lesson_document", "lesson_title", "outcome_blocks"]

_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_INLINE_MARKS = re.compile(r"[*_`]+")


def lesson_document(
    run: LessonRun, book: RuleBook, detail: str | Detail = Detail.TEXTBOOK, highlight: bool = True
) -> Document:
    """The page of a lesson; runs what has not been run yet.

    Args:
        run: the lesson.
        book: the rules that it was run with.
        detail: how many lines its derivations have.
        highlight: whether what each line rewrites is marked.

    Raises:
        DerivexError: a statement cannot be worked; located in the file.
    """
    items = tuple(_items(run, Detail(detail)))
    return Document(lesson_title(run), items, (), book.functions, highlight)


def lesson_title(run: LessonRun) -> str:
    """The first heading of a lesson, else what the lesson is called."""
    for block in run.lesson.blocks:
        if isinstance(block, LessonProse):
            found = _HEADING.search(block.text)
            if found:
                return _INLINE_MARKS.sub("", found[1])
    return run.lesson.name


def outcome_blocks(outcome: Outcome, detail: Detail) -> Iterator[Block]:
    """What a statement led to, and before it how what is ambiguous in it was read."""
    for note in outcome.notes:
        yield Remark(f"Note: {note}")
    for result in outcome.results:
        yield from outline(result, detail, TextWriter())


def _items(run: LessonRun, detail: Detail) -> Iterator[Item]:
    for part in run:
        if isinstance(part, LessonProse):
            yield Prose(part.text)
        else:
            yield Statement(part.statement.shown)
            yield from outcome_blocks(part, detail)
