"""The options that several commands have, and what can be chosen."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "Assume",
    "At",
    "BlankChoice",
    "By",
    "CheckFormat",
    "ConventionChoice",
    "Data",
    "Detail",
    "DetailChoice",
    "Echo",
    "Expression",
    "FormOption",
    "FormatOption",
    "Highlight",
    "Jobs",
    "LayoutChoice",
    "LayoutOption",
    "Let",
    "LevelChoice",
    "MethodChoice",
    "OutputFile",
    "Resume",
    "Rules",
    "ScheduleChoice",
    "SheetFormatOption",
    "Style",
    "StyleChoice",
    "Width",
]


class DetailChoice(StrEnum):
    """How many lines."""

    brief = "brief"
    textbook = "textbook"
    full = "full"


class CheckFormat(StrEnum):
    """What is written about hand derivations."""

    text = "text"
    json = "json"
    csv = "csv"
    html = "html"
    latex = "latex"


class LayoutChoice(StrEnum):
    """How derivatives by a vector are laid out."""

    numerator = "numerator"
    denominator = "denominator"


class StyleChoice(StrEnum):
    """Formulas in two dimensions, or on one line."""

    stacked = "stacked"
    inline = "inline"


class ConventionChoice(StrEnum):
    """Which subgradient is taken where one number is asked for."""

    left = "left"
    right = "right"
    middle = "middle"
    zero = "zero"


class MethodChoice(StrEnum):
    """How a step of descent is made of the gradient."""

    plain = "plain"
    momentum = "momentum"
    adam = "adam"


class ScheduleChoice(StrEnum):
    """How the learning rate goes from step to step."""

    constant = "constant"
    linear = "linear"
    cosine = "cosine"


class BlankChoice(StrEnum):
    """What is left out of a sheet."""

    results = "results"
    rules = "rules"
    factors = "factors"
    lines = "lines"


class LevelChoice(StrEnum):
    """How hard a sheet is."""

    easy = "easy"
    middle = "middle"
    hard = "hard"


Expression = Annotated[
    str, typer.Argument(help="A formula, such as '3a^2 + b^2 - ab + a'; - reads standard input.")
]
By = Annotated[
    list[str] | None,
    typer.Option(
        "--by", metavar="NAME", help="By what; repeatable; not needed where there is one variable."
    ),
]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="x=2,y=0", help="Give the value at a point as well."),
]
Let = Annotated[
    list[str] | None,
    typer.Option(
        "--let",
        metavar="DEFINITION",
        help="Define a function: 'f(a) = s a + b'; or a shape: 'X: n by d'; repeatable.",
    ),
]
Data = Annotated[
    str | None,
    typer.Option(
        "--data", metavar="FILE", help="A CSV or Parquet file: a column for each indexed name."
    ),
]
Assume = Annotated[
    list[str] | None,
    typer.Option("--assume", metavar="CONDITION", help="What is known: 'x > 0'; repeatable."),
]
FormOption = Annotated[
    str | None,
    typer.Option(
        "--form",
        metavar="FORM",
        help="expanded, factored, simplified, or 'collected by x'; else tidied.",
    ),
]
LayoutOption = Annotated[
    LayoutChoice | None,
    typer.Option("--layout", help="Gradients as rows (numerator), or as columns (denominator)."),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="text|latex|pdf|html|markdown|ipynb|json",
        help="What is written; by default what the name of the output file says, else text.",
    ),
]
SheetFormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="text|latex|pdf|markdown|json|…",
        help="What is written; by default what the name of the output file says, else text.",
    ),
]
Highlight = Annotated[
    bool | None,
    typer.Option(
        "--highlight/--no-highlight",
        help="Mark in colour what each line rewrites, and what replaced it.",
    ),
]
Detail = Annotated[DetailChoice, typer.Option("--detail", help="How many lines are shown.")]
Style = Annotated[
    StyleChoice | None,
    typer.Option("--style", help="Stacked formulas (default in a terminal), or one-line ones."),
]
Rules = Annotated[
    Path | None,
    typer.Option("--rules", metavar="FILE", help="Use the rules of a file as well."),
]
Width = Annotated[
    int | None,
    typer.Option("--width", min=20, metavar="N", help="Columns; the terminal's by default."),
]
OutputFile = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write to a file; its name says the format: .tex, .pdf, .html, .md, …",
    ),
]
Jobs = Annotated[
    int,
    typer.Option("--jobs", "-j", min=0, metavar="N", help="So many processes; 0 for all cores."),
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on where an interrupted run stopped.")]
Echo = Annotated[bool, typer.Option("--echo", help="Say how the formula was read.")]
