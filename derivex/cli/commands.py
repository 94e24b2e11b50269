"""What the commands do.  Each returns an exit status."""

from __future__ import annotations

from pathlib import Path

from sympy.core.basic import Basic

from derivex import api
from derivex.cli.inputs import read_data, read_standard_input
from derivex.cli.output import Output
from derivex.cli.status import GOOD, UNDECIDED
from derivex.derivation import Status
from derivex.notation import TextWriter
from derivex.rendering.readable import readable

__all__ = [
    "diff_command",
    "formula",
    "gradient_command",
    "implicit_command",
    "matrix_command",
    "note",
    "show",
    "solve_command",
    "subgradient_command",
]


def formula(argument: str) -> str:
    """The formula that an argument is: itself, or what standard input holds."""
    return read_standard_input() if argument.strip() == "-" else argument.strip()


def diff_command(
    out: Output,
    expression: str,
    by: list[str] | None,
    at: str | None,
    let: list[str] | None,
    data: str | None,
    form: str | None,
    through: str | None,
    rules: Path | None,
    from_limit: bool = False,
    step: str | None = None,
    assume: list[str] | None = None,
    against: str | None = None,
) -> int:
    """``derivex diff``."""
    expression = formula(expression)
    found = api.diff(
        expression,
        by,
        at=at,
        let=let or (),
        data=read_data(data),
        form=form,
        through=through,
        rules=rules,
        from_limit=from_limit,
        step=step,
        assume=assume or (),
    )
    if against is None:
        return show_derivative(out, found)
    # Imported here, because few derivatives have an answer to be judged.
    from derivex.cli.answers import show_answer

    columns = read_data(data)
    judged = api.judge_answer(
        expression, against, by, let=let or (), data=columns, rules=rules, assume=assume or ()
    )
    return show_answer(out, found, judged)


def show_derivative(out: Output, found: api.Derivative) -> int:
    """Write a derivative in the format asked for."""
    note(out, found.asked, found.notes)
    if out.format == "text":
        out.lines(found.iterate_lines(out.detail))
    else:
        if out.format == "json":
            _refuse_unreadable(out, found)
            out.json(found.to_dict(out.detail))
        else:
            out.page(found.document(out.detail, out.highlight))
    out.close()
    return _stuck(out, found)


def _refuse_unreadable(out: Output, *found: api.Derivative) -> None:
    for each in found:
        for _ in readable(each.iterate_lines(out.detail)):
            pass


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
    layout: str | None,
    components: bool,
    rules: Path | None,
    assume: list[str] | None,
    backward: bool,
    substitute: bool,
) -> int:
    """``derivex gradient``."""
    found = api.gradient(
        formula(expression),
        by,
        at=at,
        let=let or (),
        data=read_data(data),
        form=form,
        layout=layout,
        components=components,
        rules=rules,
        assume=assume or (),
        backward=backward,
        substitute=substitute,
    )
    note(out, found.record.expression, found.notes)
    if not isinstance(found, api.Gradient):
        show(out, found)
        return GOOD if found.status is Status.FINISHED else UNDECIDED
    if out.format == "text":
        for number, partial in enumerate(found.partials):
            if number:
                out.say()
            out.lines(partial.iterate_lines(out.detail))
        if summary := found.summary():
            out.say()
            out.lines(summary)
    else:
        if out.format == "json":
            _refuse_unreadable(out, *found.partials)
            out.json(found.to_dict(out.detail))
        else:
            out.page(found.document(out.detail, out.highlight))
    out.close()
    return _stuck(out, *found.partials)


def matrix_command(
    out: Output,
    kind: str,
    expression: str,
    by: list[str] | None,
    at: str | None,
    let: list[str] | None,
    data: str | None,
    form: str | None,
    layout: str | None,
    rules: Path | None,
    assume: list[str] | None,
) -> int:
    """``derivex jacobian`` and ``derivex hessian``."""
    text, columns, known = formula(expression), read_data(data), assume or ()
    if kind == "jacobian":
        found = api.jacobian(
            text,
            by,
            at=at,
            let=let or (),
            data=columns,
            form=form,
            layout=layout,
            rules=rules,
            assume=known,
        )
    else:
        found = api.hessian(
            text, by, at=at, let=let or (), data=columns, form=form, rules=rules, assume=known
        )
    return show_derivative(out, found)


def subgradient_command(
    out: Output,
    expression: str,
    by: list[str] | None,
    at: str | None,
    let: list[str] | None,
    convention: str | None,
    rules: Path | None,
    assume: list[str] | None = None,
) -> int:
    """``derivex subgradient``."""
    found = api.subgradient(
        formula(expression),
        by,
        at=at,
        let=let or (),
        convention=convention,
        assume=assume or (),
        rules=rules,
    )
    note(out, found.asked, found.notes)
    show(out, found)
    return GOOD if found.status is Status.FINISHED else UNDECIDED


def solve_command(
    out: Output,
    expression: str,
    by: list[str] | None,
    eliminate: str | None,
    means: bool,
    let: list[str] | None,
    data: str | None,
    rules: Path | None,
    within: list[str] | None = None,
    subject_to: list[str] | None = None,
) -> int:
    """``derivex solve``."""
    from derivex.solving import Outcome  # which a derivative does not need

    found = api.solve(
        formula(expression),
        by,
        eliminate=eliminate,
        means=means,
        let=let or (),
        data=read_data(data),
        rules=rules,
        within=within or (),
        subject_to=subject_to or (),
    )
    note(out, found.asked, found.notes)
    show(out, found)
    # That there is no solution is an answer too.
    return UNDECIDED if found.equations.outcome is Outcome.NOT_SOLVED else GOOD


def implicit_command(
    out: Output,
    equation: str,
    of: str | None,
    by: list[str] | None,
    at: str | None,
    let: list[str] | None,
    rules: Path | None,
) -> int:
    """``derivex implicit``."""
    found = api.implicit(formula(equation), of, by, at=at, let=let or (), rules=rules)
    note(out, found.asked, found.notes)
    show(out, found)
    return GOOD


def note(out: Output, asked: Basic, notes: tuple[str, ...]) -> None:
    """Say how ambiguous input was read, and with ``--echo`` how all of it was."""
    out.notes(notes)
    if out.echo:
        writer = TextWriter(out.unicode)
        out.notes([f"I read this as {writer.write(asked)}"])


def show(out: Output, found: api.Shown) -> None:
    """Write a result in the format asked for."""
    if out.format == "json":
        out.json(found.to_dict(out.detail))
    elif out.format == "text":
        out.blocks(found.blocks(out.detail, out.unicode))
    else:
        out.page(found.document(out.detail, out.highlight))
    out.close()
