"""What the commands do.  Each returns an exit status."""

from __future__ import annotations

from pathlib import Path

from derivex import api
from derivex.cli.inputs import read_data, read_standard_input
from derivex.cli.output import Output
from derivex.derivation import Status
from derivex.notation import TextWriter

__all__ = ["diff_command", "gradient_command"]

GOOD, WRONG, USAGE, UNDECIDED = range(4)


def _formula(argument: str) -> str:
    return read_standard_input() if argument.strip() == "-" else argument.strip()


def diff_command(
    out: Output,
    expression: str,
    by: list[str] | None,
    at: str | None,
    let: list[str] | None,
    data: str | None,
    form: str | None,
    rules: Path | None,
) -> int:
    """``derivex diff``."""
    found = api.diff(
        _formula(expression),
        by,
        at=at,
        let=let or (),
        data=read_data(data),
        form=form,
        rules=rules,
    )
    return show_derivative(out, found)


def show_derivative(out: Output, found: api.Derivative) -> int:
    """Write a derivative in the format asked for."""
    out.notes(found.notes)
    if out.echo:
        writer = TextWriter(out.unicode)
        out.notes([f"I read this as {writer.write(found.asked)}"])
    if out.format == "json":
        out.json(found.to_dict(out.detail))
    elif out.format == "latex":
        out.say(found.to_latex(out.detail))
    else:
        out.lines(found.lines(out.detail))
    out.close()
    return _stuck(out, found)


def _stuck(out: Output, *found: api.Derivative) -> int:
    writer = TextWriter(out.unicode)
    stuck = dict.fromkeys(node for each in found for node in each.derivation.stuck)
    if stuck:
        named = ", ".join(writer.write(node) for node in stuck)
        out.notes([f"no rule covers {named}"])
    if any(each.status is Status.LIMIT for each in found):
        out.notes(["the limit on steps was reached; the derivation is not finished"])
    return UNDECIDED if any(each.status is not Status.FINISHED for each in found) else GOOD


def gradient_command(
    out: Output,
    expression: str,
    by: list[str] | None,
    at: str | None,
    let: list[str] | None,
    data: str | None,
    form: str | None,
    rules: Path | None,
) -> int:
    """``derivex gradient``."""
    found = api.gradient(
        _formula(expression),
        by,
        at=at,
        let=let or (),
        data=read_data(data),
        form=form,
        rules=rules,
    )
    out.notes(found.notes)
    if out.format == "json":
        out.json(found.to_dict(out.detail))
    elif out.format == "latex":
        out.say(found.to_latex(out.detail))
    else:
        for partial in found.partials:
            out.lines(partial.lines(out.detail))
            out.say()
        out.lines(found.summary())
    out.close()
    return _stuck(out, *found.partials)
