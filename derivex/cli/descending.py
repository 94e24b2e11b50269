"""``derivex descend`` and ``derivex gradcheck``; a long search has a bar on standard error."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

from derivex import api
from derivex.cli.commands import formula, note, show
from derivex.cli.output import Output
from derivex.cli.status import GOOD, UNDECIDED, WRONG
from derivex.descent import Ending, Progress
from derivex.errors import ProblemError

if TYPE_CHECKING:
    from derivex.cli.signatures.groups import Given

__all__ = ["descend_command", "gradcheck_command", "progress_bar"]

_PATIENCE = 0.5  # seconds before a bar is shown
_SHOWN_EVERY = 0.1  # seconds


def descend_command(
    out: Output, expression: str, parameters: list[str], given: Given, how: Given
) -> int:
    """``derivex descend``: its exit status is 1 where it diverged or could not go on.

    Args:
        out: where the descent goes.
        expression: the formula.
        parameters: those of the method, with their values: ``"beta=0.9"``.
        given: with what the formula is read and worked.
        how: what else :func:`derivex.descend` takes.
    """
    text, values = formula(expression), dict(map(_parameter, parameters))
    with progress_bar(how["steps"]) as progress:
        found = api.descend(text, parameters=values, progress=progress, **given, **how)
    note(out, found.record.gradient.expression, found.notes)
    if found.record.ending is Ending.INTERRUPTED:
        out.notes([f"interrupted after {found.record.taken} steps"])
    show(out, found)
    return WRONG if found.record.ending in (Ending.DIVERGED, Ending.NO_VALUE) else GOOD


def gradcheck_command(
    out: Output, expression: str, against: str | None, given: Given, how: Given
) -> int:
    """``derivex gradcheck``."""
    found = api.check_gradient(formula(expression), against, **given, **how)
    note(out, found.asked, found.notes)
    show(out, found)
    return UNDECIDED if found.holds is None else GOOD if found.holds else WRONG


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip() or not value.strip():
        raise ProblemError(f"{text} is no parameter with its value", hint="for example: beta=0.8")
    return name.strip(), value.strip()


@contextmanager
def progress_bar(steps: int | None) -> Iterator[Progress]:
    """What a search tells its steps to; it shows a bar where standard error is a terminal.

    Control-C is noticed at the end of a step, so that it finds everything in order; a second one
    ends the program.

    Args:
        steps: how many there will be at most, if that is known.
    """
    bar = _Bar(steps, sys.stderr.isatty())

    def stop(number: int, frame: object) -> None:
        bar.stopped = True
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield bar.step
    finally:
        signal.signal(signal.SIGINT, before)
        bar.end()


class _Bar:
    """A bar that is only shown of what takes long, since it takes long to import."""

    def __init__(self, steps: int | None, shown: bool):
        self.stopped = False
        self._steps, self._is_shown = steps, shown
        self._begun = self._shown = 0.0
        self._bar: Any = None
        self._task: Any = None

    def step(self, taken: int, change: float) -> None:
        """Another step was taken.

        Raises:
            KeyboardInterrupt: Control-C was pressed.
        """
        if self.stopped:
            raise KeyboardInterrupt
        if not self._is_shown:
            return
        now = monotonic()
        self._begun = self._begun or now
        if now - self._shown < _SHOWN_EVERY or now - self._begun < _PATIENCE:
            return
        self._shown = now
        if self._bar is None:
            self._start()
        self._bar.update(self._task, completed=taken, change=f"{change:.3g}")

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        self._bar = Progress(
            TextColumn("step"),
            MofNCompleteColumn(),
            BarColumn(),
            TextColumn("change {task.fields[change]}, Ctrl-C ends it"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("", total=self._steps, change="")
        self._bar.start()

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
