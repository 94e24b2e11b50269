"""Options that several commands have together, each group declared once.

A group is a function: its parameters are options, and what it makes of them is handed to the
commands that have the group.  A command says so by :func:`having`, and names the parameter that
gets it.  What typer reads is made of both by :func:`flattened`, when the command is asked for.

Annotations are evaluated here, as typer needs them, but for those of what groups make.
"""

import inspect
from collections.abc import Callable
from operator import itemgetter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from derivex.cli.signatures.options import (
    Assume,
    At,
    BlankChoice,
    By,
    Data,
    Detail,
    DetailChoice,
    Echo,
    FormatOption,
    Highlight,
    Let,
    LevelChoice,
    OutputFile,
    Rules,
    Style,
    Width,
)

if TYPE_CHECKING:
    from derivex.cli.output import Output
    from derivex.sheets.making import Asked

__all__ = [
    "Given",
    "blanks_asked",
    "flattened",
    "having",
    "known",
    "page",
    "place",
    "question",
    "result",
    "said_of_formula",
]

Function = Callable[..., Any]
Given = dict[str, Any]
"""What is said of a formula, by the names of the parameters of ``derivex.api``."""


def having(**groups: Function) -> Callable[[Function], Function]:
    """Mark a command, or a group, that has the options of groups beside its own.

    Args:
        groups: by the name of the parameter that gets what the group makes.
    """

    def marked(function: Function) -> Function:
        function.groups = groups  # type: ignore[attr-defined]
        return function

    return marked


def flattened(command: Function) -> Function:
    """A command whose parameters are all its options, those of its groups included."""
    options, call = _parts(command)

    def called(**values: Any) -> Any:
        return call(values)

    called.__name__, called.__doc__ = command.__name__, command.__doc__
    called.__annotations__ = {option.name: option.annotation for option in options}
    called.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
    return called


def _parts(function: Function) -> tuple[list[inspect.Parameter], Callable[[Given], Any]]:
    """All options of a function, in order, and how it is called with the values of all."""
    groups: dict[str, Function] = getattr(function, "groups", {})
    options: list[inspect.Parameter] = []
    calls: dict[str, Callable[[Given], Any]] = {}
    for each in inspect.signature(function).parameters.values():
        if each.name in groups:
            shared, calls[each.name] = _parts(groups[each.name])
            options += shared
        else:
            options.append(each.replace(kind=each.KEYWORD_ONLY))
            calls[each.name] = itemgetter(each.name)

    def call(values: Given) -> Any:
        return function(**{name: made(values) for name, made in calls.items()})

    return options, call


def page(
    format: FormatOption = None,
    detail: Detail = DetailChoice.textbook,
    style: Style = None,
    width: Width = None,
    output: OutputFile = None,
    highlight: Highlight = None,
) -> "Output":
    """Where a page goes, and in which form."""
    from derivex.cli.output import Output

    return Output(format, detail.value, style and style.value, width, output, False, highlight)


@having(out=page)
def result(*, out: "Output", echo: Echo = False) -> "Output":
    """The same of a result, of which one may ask how its formula was read."""
    out.echo = echo
    return out


def known(let: Let = None, data: Data = None, rules: Rules = None) -> Given:
    """What a formula is read and worked with."""
    return {"let": let or (), "data": _columns(data), "rules": rules}


def place(by: By = None, at: At = None, let: Let = None, rules: Rules = None) -> Given:
    """By what and where something is differentiated, and with which definitions and rules."""
    return {"by": by, "at": at, "let": let or (), "rules": rules}


@having(given=place)
def question(*, given: Given, data: Data = None, assume: Assume = None) -> Given:
    """All that a derivative is asked with."""
    return {**given, "data": _columns(data), "assume": assume or ()}


def _columns(data: str | None) -> Any:
    from derivex.cli.inputs import read_data

    return read_data(data)


def said_of_formula(
    by: By = None, let: Let = None, data: Data = None, assume: Assume = None
) -> Given:
    """What is said of the formula that a sheet is made of; a lesson says it itself."""
    return {"by": by, "let": let, "data": data, "assume": assume}


def blanks_asked(
    blank: Annotated[
        list[BlankChoice] | None,
        typer.Option("--blank", help="What is left out; may be repeated."),
    ] = None,
    blanks: Annotated[
        int | None, typer.Option("--blanks", min=1, metavar="N", help="How many blanks at most.")
    ] = None,
    level: Annotated[LevelChoice, typer.Option("--level", help="How hard.")] = LevelChoice.middle,
    seed: Annotated[
        int,
        typer.Option(
            "--seed", min=0, metavar="N", help="Which one; the same seed makes the same again."
        ),
    ] = 0,
) -> tuple["Asked", bool]:
    """Which blanks are asked for, and whether they are more than those that a lesson marks."""
    from derivex.api.sheets import asked_of

    words = [each.value for each in blank or ()]
    return asked_of(words, blanks, level.value, seed), bool(words) or blanks is not None
