"""The program: its commands, in the order in which the help lists them."""

from __future__ import annotations

from typing import Annotated

import typer

from derivex import __version__
from derivex.cli.signatures import derivatives, documents, minima, reference
from derivex.cli.signatures.groups import flattened

__all__ = ["program"]

_COMMANDS = (
    derivatives.diff,
    derivatives.gradient,
    derivatives.jacobian,
    derivatives.hessian,
    derivatives.subgradient,
    minima.solve,
    derivatives.implicit,
    minima.descend,
    minima.plot,
    minima.gradcheck,
    documents.check,
    documents.mark,
    documents.run,
    documents.sheet,
    documents.quiz,
    reference.rules,
    reference.schema,
)


def program(command: str | None = None) -> typer.Typer:
    """The program with all its commands, or with the one command of that name.

    Making a command of a function costs more than running a small one, and one is run.
    """
    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        help="Symbolic differentiation that shows its work.",
        epilog='Try: derivex diff "(x+y+z)^2" --by y',
    )
    app.callback()(top)
    chosen = [each for each in _COMMANDS if each.__name__ == command] or _COMMANDS
    for each in chosen:
        app.command()(flattened(each))
    return app


def _version(asked: bool) -> None:
    if asked:
        print(f"derivex {__version__}")
        raise typer.Exit()


def top(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    """Symbolic differentiation that shows its work.

    Examples:

      derivex diff "(x+y+z)^2" --by y

      derivex gradient "3a^2 + b^2 - ab + a" --by a,b

      derivex solve "3a^2 + b^2 - ab + a"

      derivex run worked_examples/baby_height.md
    """
