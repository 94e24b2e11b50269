"""``derivex run FOLDER``: all lessons of a folder as a book."""

from __future__ import annotations

from pathlib import Path

from derivex.api.book import lessons_in, write_book
from derivex.cli.output import Output
from derivex.cli.progress import with_progress
from derivex.cli.status import GOOD, WRONG
from derivex.cli.streams import complain
from derivex.errors import ProblemError
from derivex.rendering.book import INDEX

__all__ = ["book_command"]


def book_command(out: Output, folder: Path, rules: Path | None, seed: int) -> int:
    """Write the lessons of a folder as pages and PDFs."""
    if out.file is None:
        raise ProblemError(
            f"{folder} is a folder, and it is not said where its lessons go",
            hint="name a folder for the pages: -o site/",
        )
    lessons = lessons_in(folder)
    made = write_book(
        lessons, out.file, detail=out.detail, highlight=out.highlight, rules=rules, seed=seed
    )
    holds = True
    for chapter in with_progress(made, "lessons", len(lessons)):
        holds = holds and chapter.holds
        for remark in chapter.remarks:
            complain(f"{chapter.name}: {remark}")
    complain(f"{len(lessons)} lessons: {out.file / INDEX}")
    return GOOD if holds else WRONG
