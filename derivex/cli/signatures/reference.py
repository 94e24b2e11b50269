"""What is asked of the rules and of the JSON format.

A command imports what it needs when it runs.
"""

from pathlib import Path
from typing import Annotated

import typer

from derivex.cli.signatures.options import (
    FormatOption,
    Highlight,
    OutputFile,
    Width,
)

__all__ = ["rules", "schema"]


def rules(
    file: Annotated[
        Path | None,
        typer.Argument(help="A rule file to check; without one, the table of all rules."),
    ] = None,
    format: FormatOption = None,
    width: Width = None,
    output: OutputFile = None,
    highlight: Highlight = None,
) -> int:
    """The rule table, or check a rule file: does it parse, and is every rule sound?

    Examples:

      derivex rules

      derivex rules my.rules
    """
    from derivex.cli.output import Output
    from derivex.cli.rules import rules_command

    out = Output(format, "textbook", None, width, output, False, highlight)
    return rules_command(out, file)


def schema(output: OutputFile = None) -> int:
    """The JSON Schema of everything that --format json writes.

    Examples:

      derivex schema

      derivex schema -o derivex.schema.json
    """
    from derivex import api
    from derivex.cli.output import Output
    from derivex.cli.status import GOOD

    out = Output("json", "textbook", None, None, output, False)
    out.json(api.json_schema())
    out.close()
    return GOOD
