"""What the commands do.  Each returns an exit status."""

from __future__ import annotations

import sys
from pathlib import Path

from derivex import api
from derivex.cli.inputs import read_data, read_file, read_standard_input
from derivex.cli.output import Output
from derivex.derivation import Detail, Status
from derivex.lessons import Prose
from derivex.notation import TextWriter
from derivex.rendering.outline import outline
from derivex.rulebook import load_rules, shipped_book

__all__ = ["descend_command", "diff_command", "gradient_command", "run_command", "solve_command"]

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


def solve_command(
    out: Output,
    expression: str,
    by: list[str] | None,
    eliminate: str | None,
    means: bool,
    let: list[str] | None,
    data: str | None,
    rules: Path | None,
) -> int:
    """``derivex solve``."""
    found = api.solve(
        _formula(expression),
        by,
        eliminate=eliminate,
        means=means,
        let=let or (),
        data=read_data(data),
        rules=rules,
    )
    _show(out, found, found.notes)
    return GOOD if found.expression else UNDECIDED


def descend_command(
    out: Output,
    expression: str,
    start: str,
    rate: str,
    steps: int,
    let: list[str] | None,
    data: str | None,
    rules: Path | None,
) -> int:
    """``derivex descend``."""
    found = api.descend(
        _formula(expression),
        start=start,
        rate=rate,
        steps=steps,
        let=let or (),
        data=read_data(data),
        rules=rules,
    )
    _show(out, found, found.notes)
    return GOOD


def _show(out: Output, found: api.Shown, notes: tuple[str, ...]) -> None:
    out.notes(notes)
    if out.format == "json":
        out.json(found.to_dict(out.detail))
    elif out.format == "latex":
        out.say(found.to_latex(out.detail))
    else:
        out.blocks(found.blocks(out.detail, out.unicode))
    out.close()


def run_command(out: Output, file: str, rules: Path | None) -> int:
    """``derivex run``."""
    run = api.run(read_file(file), name="standard input" if file == "-" else file, rules=rules)
    if out.format == "json":
        functions = (load_rules(rules, shipped_book()) if rules else shipped_book()).functions
        told = api.lesson_as_dict(run, api.Writers(functions, out.detail))
        out.json(told)
        out.close()
        return GOOD if told["holds"] else WRONG
    holds = True
    for part in run:
        if isinstance(part, Prose):
            out.prose(part.text)
            continue
        out.statement(part.statement.text)
        out.notes(part.notes)
        for result in part.results:
            out.blocks(outline(result, Detail(out.detail), TextWriter(out.unicode)))
        holds = holds and part.holds
    out.close()
    if not holds:
        print("derivex: not everything came out as expected", file=sys.stderr)
    return GOOD if holds else WRONG
