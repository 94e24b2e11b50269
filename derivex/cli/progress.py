"""How far a long command is: a bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

__all__ = ["progress", "with_progress"]

Made = TypeVar("Made")


@contextmanager
def progress(doing: str, total: int | None) -> Iterator[Callable[[], None]]:
    """A bar, and what moves it on by one.

    Args:
        doing: what is done.
        total: how many there are to do; None if that is not known.  One alone has no bar.
    """
    if total == 1 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task(doing, total=total)
        yield lambda: bar.advance(task)


def with_progress(made: Iterable[Made], doing: str, total: int | None) -> Iterator[Made]:
    """What is made, one after the other, while the bar moves on."""
    with progress(doing, total) as advance:
        for each in made:
            advance()
            yield each
