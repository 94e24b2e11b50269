"""``derivex plot``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from derivex import api
from derivex.api.plain import in_ascii
from derivex.api.plots import Plot
from derivex.cli.commands import formula
from derivex.cli.inputs import read_data, read_file
from derivex.cli.output import Output
from derivex.cli.status import GOOD
from derivex.errors import ProblemError

__all__ = ["is_lesson", "plot_command", "plot_lesson_command"]

_STEPS = 20
_ARGUMENTS = {
    "--from": "start",
    "--rate": "rate",
    "--steps": "steps",
    "--method": "method",
    "--schedule": "schedule",
}
_LESSONS = (".md", ".markdown")


def is_lesson(argument: str) -> bool:
    """Whether an argument names a lesson file; everything else is a formula.

    >>> is_lesson("worked_examples/baby_height.md"), is_lesson("x^2")
    (True, False)
    """
    return argument.strip().lower().endswith(_LESSONS)


def plot_command(
    out: Output,
    expression: str,
    file: Path | None,
    by: list[str] | None,
    descent: dict[str, Any],
    data: str | None,
    **asked: Any,
) -> int:
    """The picture of a formula.

    Args:
        out: where text and remarks go.
        expression: the formula.
        file: where the picture goes; None to write it as text.
        by: the variables.
        descent: the options of a descent by their names; None for those that were not given.
        data: a file with data.
        asked: what else :func:`derivex.plot` is asked.
    """
    text, path = formula(expression), _descent(descent)
    found = api.plot(text, by, descent=path, data=read_data(data), **asked)
    return _show(out, found, file)


def _descent(given: dict[str, Any]) -> dict[str, Any] | None:
    """What is asked of a descent; None if nothing is.

    Raises:
        ProblemError: it is not said where it begins, or its rate.
    """
    if all(value is None for value in given.values()):
        return None
    for option in ("--from", "--rate"):
        if given[option] is None:
            raise ProblemError(
                f"a descent needs {option}", hint="for example: --from a=1,b=0 --rate 0.1"
            )
    chosen = {_ARGUMENTS[name]: value for name, value in given.items() if value is not None}
    return {"steps": _STEPS, **chosen}


def plot_lesson_command(
    out: Output, name: str, file: Path | None, given: dict[str, bool], **asked: Any
) -> int:
    """The pictures of a lesson.

    Raises:
        ProblemError: options that are for a formula.
    """
    for option, is_given in given.items():
        if is_given:
            raise ProblemError(
                f"{option} is for a formula; a lesson says itself what is drawn",
                hint="leave it out",
            )
    return _show(out, api.plot_lesson(read_file(name), name, **asked), file)


def _show(out: Output, found: Plot, file: Path | None) -> int:
    out.notes(found.notes)
    if file is not None:
        for path in found.save(file):
            print(path, file=sys.stderr)
        return GOOD
    columns = out.width or shutil.get_terminal_size().columns  # in a pipe what COLUMNS says
    text = found.to_text(columns, out.unicode)
    sys.stdout.write(text if out.unicode else in_ascii(text))
    return GOOD
