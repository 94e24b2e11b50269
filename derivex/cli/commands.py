"""What the commands do.  Each returns an exit status."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sympy.core.basic import Basic

from derivex import api
from derivex.cli.inputs import read_standard_input
from derivex.cli.output import Output
from derivex.cli.status import GOOD, UNDECIDED
from derivex.derivation import Status
from derivex.errors import ProblemError
from derivex.notation import TextWriter
from derivex.rendering.readable import readable

if TYPE_CHECKING:
    from derivex.cli.signatures.groups import Given

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
    """The formula that an argument is: itself, or what standard input holds.

    Raises:
        ProblemError: it is the name of a file.
    """
    text = argument.strip()
    if text.endswith(_DOCUMENTS) and Path(text).is_file():
        raise ProblemError(
            f"{text} is a file, where a formula is expected",
            hint="derivex run works a lesson, derivex check judges a derivation by hand; "
            f"a formula is read from a file by: derivex diff - < {text}",
        )
    return read_standard_input() if text == "-" else text


_DOCUMENTS = (".md", ".markdown", ".txt", ".tex", ".ipynb", ".json", ".csv", ".rules", ".py")


def diff_command(
    out: Output, expression: str, given: Given, how: Given, against: str | None
) -> int:
    """``derivex diff``.

    Args:
        out: where the derivative goes.
        expression: the formula.
        given: with what it is asked: by, at, let, data, rules, assume.
        how: what else :func:`derivex.diff` takes.
        against: an answer to be judged.
    """
    text = formula(expression)
    found = api.diff(text, **given, **how)
    if against is None:
        return show_derivative(out, found)
    # Imported here, because few derivatives have an answer to be judged.
    from derivex.cli.answers import show_answer

    asked = {name: value for name, value in given.items() if name != "at"}
    return show_answer(out, found, api.judge_answer(text, against, **asked))


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


def gradient_command(out: Output, expression: str, given: Given, how: Given) -> int:
    """``derivex gradient``."""
    found: Any = api.gradient(formula(expression), **given, **how)
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


def matrix_command(out: Output, kind: str, expression: str, given: Given, how: Given) -> int:
    """``derivex jacobian`` and ``derivex hessian``."""
    derive = api.jacobian if kind == "jacobian" else api.hessian
    return show_derivative(out, derive(formula(expression), **given, **how))


def subgradient_command(out: Output, expression: str, given: Given, how: Given) -> int:
    """``derivex subgradient``."""
    found = api.subgradient(formula(expression), **given, **how)
    note(out, found.asked, found.notes)
    show(out, found)
    return GOOD if found.status is Status.FINISHED else UNDECIDED


def solve_command(
    out: Output, expression: str, by: list[str] | None, given: Given, how: Given
) -> int:
    """``derivex solve``."""
    from derivex.solving import Outcome  # which a derivative does not need

    found = api.solve(formula(expression), by, **given, **how)
    note(out, found.asked, found.notes)
    show(out, found)
    # That there is no solution is an answer too.
    return UNDECIDED if found.equations.outcome is Outcome.NOT_SOLVED else GOOD


def implicit_command(out: Output, equation: str, of: str | None, given: Given) -> int:
    """``derivex implicit``."""
    found = api.implicit(formula(equation), of, **given)
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
