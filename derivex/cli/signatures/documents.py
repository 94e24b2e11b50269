"""What is asked of documents: lessons, derivations by hand, sheets and the answers to them.

A command imports what it needs when it runs.  Annotations are evaluated here, as typer needs them.
"""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from derivex.cli.signatures.groups import Given, blanks_asked, having, page, said_of_formula
from derivex.cli.signatures.options import (
    Assume,
    CheckFormat,
    Data,
    Jobs,
    Let,
    OutputFile,
    Resume,
    Rules,
    SheetFormatOption,
    Style,
    Width,
)

if TYPE_CHECKING:
    from derivex.cli.output import Output
    from derivex.sheets.making import Asked

__all__ = ["check", "mark", "quiz", "run", "sheet"]


def check(
    files: Annotated[
        list[str],
        typer.Argument(help="Documents: .tex, .md, .txt or .ipynb; - reads standard input."),
    ],
    let: Let = None,
    assume: Assume = None,
    data: Data = None,
    rules: Rules = None,
    format: Annotated[
        CheckFormat | None,
        typer.Option("--format", help="What is written; text unless the output file says more."),
    ] = None,
    jobs: Jobs = 1,
    resume: Resume = False,
    width: Width = None,
    output: OutputFile = None,
) -> int:
    """Judge hand derivations line by line.

    Examples:

      derivex check notes.tex

      derivex check - < homework.txt

      derivex check notes.tex --let "y = sin(x^2)" --assume "x > 0"

      derivex check *.tex --jobs 4 -o findings.csv

    The exit status is 0 if every line holds, 1 if something is wrong, 2 if something cannot be
    read, and 3 if something is undecided and nothing wrong.
    """
    from derivex.cli.check import check_command
    from derivex.cli.output import Output

    out = Output("text", "textbook", None, width, output)
    chosen = format and format.value
    return check_command(out, chosen, files, let, assume, data, rules, jobs, resume)


class MarkFormat(StrEnum):
    """What is written about answers."""

    text = "text"
    json = "json"
    csv = "csv"


def mark(
    key: Annotated[
        str,
        typer.Argument(
            help="The sheet's JSON with the answers: the key; or a folder of the keys of variants."
        ),
    ],
    answers: Annotated[
        list[str],
        typer.Argument(help="Answers: .json, .csv, .md or .ipynb, or folders of such files."),
    ],
    scheme: Annotated[
        Path | None,
        typer.Option(
            "--scheme", metavar="FILE", help="What verdicts are worth, in TOML or JSON; see below."
        ),
    ] = None,
    rules: Rules = None,
    format: Annotated[
        MarkFormat | None,
        typer.Option("--format", help="What is written; text unless the output says more."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FOLDER|FILE",
            help="A folder gets marks.csv and a text for each student.",
        ),
    ] = None,
    jobs: Jobs = 1,
    dask: Annotated[
        str | None,
        typer.Option("--dask", metavar="ADDRESS", help="Mark on an existing Dask cluster."),
    ] = None,
    resume: Resume = False,
    diagnosis: Annotated[
        bool,
        typer.Option("--diagnosis/--no-diagnosis", help="Look for the likely mistakes (slower)."),
    ] = True,
    width: Width = None,
) -> int:
    """Mark filled-in sheets, blank by blank.

    Examples:

      derivex mark sheet.json ada.md

      derivex mark sheet.json answers/ -o marks/ --jobs 0

      derivex mark keys/ answers/ -o marks/

      derivex mark sheet.json class.csv --scheme half.toml -o marks.csv

    An answer is right in every equivalent form.  It gets half of the points if it is not in the
    form asked for, all of them if it follows from an earlier answer that is wrong.  A scheme says
    otherwise, a line for each verdict: "right, other form" = 0.75

    The exit status is 0 if all answers were marked, 2 if some could not be read, and 3 if some
    are undecided.
    """
    from derivex.cli.mark import mark_command
    from derivex.cli.output import Output

    out = Output("text", "textbook", None, width, output)
    chosen = format and format.value
    return mark_command(out, chosen, key, answers, scheme, rules, jobs, resume, diagnosis, dask)


@having(out=page)
def run(
    file: Annotated[
        str,
        typer.Argument(help="A lesson (Markdown), or a folder of them; - reads standard input."),
    ],
    *,
    rules: Rules = None,
    out: "Output",
    seed: Annotated[
        int,
        typer.Option("--seed", min=0, metavar="N", help="Which values `choose` gives to letters."),
    ] = 0,
) -> int:
    """Work a lesson; exits with 1 if an expectation in it fails.

    A folder of lessons becomes a book: pages and PDFs, with sheets and keys, and a list of them.

    Examples:

      derivex run worked_examples/baby_height.md

      derivex run worked_examples/ -o site/
    """
    from derivex.cli.run import run_command

    return run_command(out, file, rules, seed)


@having(said=said_of_formula, asked=blanks_asked)
def sheet(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE|EXPRESSION", help="A lesson (Markdown) or a formula; - reads either."
        ),
    ],
    *,
    said: Given,
    asked: tuple["Asked", bool],
    key: Annotated[bool, typer.Option("--key", help="Write the key as well.")] = False,
    count: Annotated[
        int | None,
        typer.Option("--variants", min=1, metavar="N", help="So many different sheets."),
    ] = None,
    jobs: Jobs = 1,
    format: SheetFormatOption = None,
    style: Style = None,
    rules: Rules = None,
    width: Width = None,
    output: OutputFile = None,
) -> int:
    """A fill-in-the-blank sheet of a lesson or a derivative, and its key.

    In a file the sheet is followed by its key in another one, sheet-key.pdf for example; a JSON
    file is the key by which answers are marked.

    Examples:

      derivex sheet "(x+y+z)^2" --by y --blank factors --blank rules --key

      derivex sheet worked_examples/exercise_sheet.md --level hard -o sheet.html

      derivex sheet worked_examples/exercise_sheet.md --variants 300 --jobs 0 -o sheets/
    """
    from derivex.cli.output import Output
    from derivex.cli.sheet import sheet_command

    named = output if count is None else None  # the variants go into a folder
    out = Output("text", "textbook", style and style.value, width, named)
    return sheet_command(
        out,
        source,
        **said,
        rules=rules,
        asked=asked[0],
        more=asked[1],
        key=key,
        count=count,
        jobs=jobs,
        folder=output,
        format=format,
    )


@having(said=said_of_formula, asked=blanks_asked)
def quiz(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE|EXPRESSION",
            help="A lesson (Markdown), a formula, or the JSON of a sheet with its answers.",
        ),
    ],
    *,
    said: Given,
    asked: tuple["Asked", bool],
    first: Annotated[
        int, typer.Option("--from", min=1, metavar="N", help="Go on at blank N of the same quiz.")
    ] = 1,
    rules: Rules = None,
) -> int:
    """Practice in the terminal: the blanks of a sheet, asked one by one.

    While it asks, ? gives a hint (which kind of rule), ?? another (which rule), ??? shows the
    line; skip goes on, quit ends it.

    Examples:

      derivex quiz "x^2 sin x"

      derivex quiz worked_examples/chain_rule.md --blank rules --blanks 5

    The exit status is 0 if all was right in the end, and 1 if not.
    """
    from derivex.cli.quiz import quiz_command

    return quiz_command(source, *asked, first, **said, rules=rules)
