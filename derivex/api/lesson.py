"""``derivex.run``: working a lesson."""

from __future__ import annotations

from pathlib import Path

from derivex.errors import LessonError
from derivex.lessons import LessonRun, read_lesson, run_lesson
from derivex.rulebook import RuleBook, load_rules, shipped_book

__all__ = ["run"]


def run(
    lesson: str | Path, *, name: str | None = None, rules: str | Path | RuleBook | None = None
) -> LessonRun:
    """A lesson, ready to be worked: iterate over it to get prose and outcomes as they come.

    Args:
        lesson: a path to a Markdown file, or its text as a string.
        name: what errors call a lesson that is handed in as text.
        rules: a rule file whose rules are used as well, or a rule book used instead.

    Raises:
        LessonError: the file cannot be read, or a statement in it is not known.

    >>> lesson = "```derivex\\nevaluate 1 + 1\\nexpect result = 2\\n```"
    >>> all(outcome.holds for outcome in run(lesson).outcomes)
    True
    """
    if isinstance(lesson, Path):
        try:
            source = lesson.read_text(encoding="utf-8")
        except OSError as error:
            raise LessonError(f"{lesson} cannot be opened: {error.strerror}") from None
        except UnicodeDecodeError as error:
            raise LessonError(f"{lesson} is not UTF-8 (byte {error.start + 1})") from None
        name = name or lesson.name
    else:
        source = lesson
    if isinstance(rules, RuleBook):
        book = rules
    else:
        book = shipped_book() if rules is None else load_rules(Path(rules), shipped_book())
    return run_lesson(read_lesson(source, name or "lesson"), book)
