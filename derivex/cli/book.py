"""``derivex run FOLDER``: all lessons of a folder as a book."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from derivex.api.book import lessons_in, write_book
from derivex.cli.output import Output
from derivex.cli.status import GOOD, WRONG
from derivex.cli.streams import complain
from derivex.errors import ProblemError
from derivex.rendering.book import INDEX, Chapter

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
    for chapter in _with_progress(made, len(lessons)):
        holds = holds and chapter.holds
        for remark in chapter.remarks:
            complain(f"{chapter.name}: {remark}")
    complain(f"{len(lessons)} lessons: {out.file / INDEX}")
    return GOOD if holds else WRONG


def _with_progress(made: Iterable[Chapter], wanted: int) -> Iterator[Chapter]:
    """The chapters, and on standard error, if that is a terminal, how many there are."""
    if not sys.stderr.isatty():
        yield from made
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("lessons", total=wanted)
        for each in made:
            progress.update(task, advance=1, description=each.name)
            yield each
