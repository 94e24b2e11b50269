"""The commands and their options.  Each command imports what it needs when it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from derivex import __version__

__all__ = ["app"]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Symbolic differentiation that shows its work.",
    epilog='Try: derivex diff "(x+y+z)^2" --by y',
)


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
    typer.Option("--by", metavar="NAME", help="The variable; may be left out where there is one."),
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
        help="Define a function: 'f(a) = s a + b'; or say a shape: 'X: n by d'.",
    ),
]
Data = Annotated[
    str | None,
    typer.Option("--data", metavar="FILE", help="A CSV file with a column for each indexed name."),
]
Assume = Annotated[
    list[str] | None,
    typer.Option("--assume", metavar="CONDITION", help="What is known of a letter: 'x > 0'."),
]
FormOption = Annotated[
    str | None,
    typer.Option(
        "--form", metavar="FORM", help="expanded, factored, or 'collected by x'; else tidied."
    ),
]
Through = Annotated[
    str | None,
    typer.Option(
        "--through",
        metavar="'u = …, v = …'",
        help="Go through intermediate variables; auto finds them.",
    ),
]
LayoutOption = Annotated[
    LayoutChoice | None,
    typer.Option("--layout", help="Gradients as rows (numerator), or as columns (denominator)."),
]
Backward = Annotated[
    bool,
    typer.Option("--backward", help="Go by backpropagation, through named quantities."),
]
SubstituteBack = Annotated[
    bool,
    typer.Option("--substitute", help="With --backward: put back what the names stand for."),
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
Echo = Annotated[bool, typer.Option("--echo", help="Say how the formula was read.")]


def _version(asked: bool) -> None:
    if asked:
        print(f"derivex {__version__}")
        raise typer.Exit()


@app.callback()
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


@app.command()
def diff(
    expression: Expression,
    by: By = None,
    at: At = None,
    let: Let = None,
    data: Data = None,
    form: FormOption = None,
    through: Through = None,
    format: FormatOption = None,
    detail: Detail = DetailChoice.textbook,
    style: Style = None,
    rules: Rules = None,
    assume: Assume = None,
    width: Width = None,
    output: OutputFile = None,
    highlight: Highlight = None,
    echo: Echo = False,
    from_limit: Annotated[
        bool,
        typer.Option("--from-limit", help="By the limit of the difference quotient, step by step."),
    ] = False,
    step: Annotated[
        str | None,
        typer.Option("--step", metavar="Δx", help="The increment in that quotient; h otherwise."),
    ] = None,
    along: Annotated[
        str | None,
        typer.Option("--along", metavar="3,4", help="The derivative along a direction."),
    ] = None,
    unit: Annotated[
        bool, typer.Option("--unit", help="Divide that direction by its length first.")
    ] = False,
    nudge: Annotated[
        str | None,
        typer.Option(
            "--nudge",
            metavar="0.001",
            help="A table: the variable nudged at a point.",
        ),
    ] = None,
    tangent: Annotated[
        bool, typer.Option("--tangent", help="The sign of the slope at a point, and the tangent.")
    ] = False,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="ANSWER", help="Judge this answer as well."),
    ] = None,
) -> int:
    """The annotated derivative.

    Examples:

      derivex diff "(x+y+z)^2" --by y

      derivex diff "x^2 sin x" --at x=2

      derivex diff "x^3" --by x --by x     (the second derivative)

      derivex diff "(a x + b y)^2 x y" --by x --through "u = a x + b y, v = x y"

      derivex diff "x^2" --from-limit      (by the definition)

      derivex diff "x^2 + y^2" --along 3,4 --at x=1,y=2

      derivex diff "a^2" --nudge 0.001 --at a=2

      derivex diff "x^2" --tangent --at x=2

      derivex diff "x^2 sin x" --against "2x cos x"     (is that right?)
    """
    from derivex.cli.commands import diff_command
    from derivex.cli.output import Output

    out = Output(format, detail.value, style and style.value, width, output, echo, highlight)
    if along is not None or unit or nudge is not None or tangent:
        from derivex.cli.slopes import Question, slope_command

        others = {
            "--form": form is not None,
            "--through": through is not None,
            "--assume": bool(assume),
            "--against": against is not None,
        }
        asked = Question(along, unit, nudge, tangent, from_limit, step, data, others)
        return slope_command(out, expression, by, at, let, rules, asked)
    return diff_command(
        out, expression, by, at, let, data, form, through, rules, from_limit, step, assume, against
    )


@app.command()
def gradient(
    expression: Expression,
    by: By = None,
    at: At = None,
    let: Let = None,
    data: Data = None,
    form: FormOption = None,
    layout: LayoutOption = None,
    components: Annotated[
        bool,
        typer.Option("--components", help="By components of a vector, and back to vector form."),
    ] = False,
    backward: Backward = False,
    substitute: SubstituteBack = False,
    format: FormatOption = None,
    detail: Detail = DetailChoice.textbook,
    style: Style = None,
    rules: Rules = None,
    assume: Assume = None,
    width: Width = None,
    output: OutputFile = None,
    highlight: Highlight = None,
    echo: Echo = False,
    claim: Annotated[
        str | None,
        typer.Option(
            "--claim", metavar="2x,2y", help="Judge this gradient by the definition instead."
        ),
    ] = None,
) -> int:
    """All partial derivatives, and the gradient.

    Examples:

      derivex gradient "3a^2 + b^2 - ab + a" --by a,b

      derivex gradient "x^2 + 2y^2 + 3z^2" --at x=1,y=0,z=2

      derivex gradient "||X theta - y||^2" --by theta --let "X: n by d, theta: d, y: n"

      derivex gradient "(tanh(w x + b) - t)^2" --by w,b --backward

      derivex gradient "x^2 + y^2" --claim 2x,2y     (is it differentiable, with this gradient?)
    """
    from derivex.cli.commands import gradient_command
    from derivex.cli.output import Output

    out = Output(format, detail.value, style and style.value, width, output, echo, highlight)
    if claim is not None:
        from derivex.cli.slopes import claim_command

        others = {
            "--form": form is not None,
            "--data": data is not None,
            "--layout": layout is not None,
            "--assume": bool(assume),
            "--components": components,
            "--backward": backward,
            "--substitute": substitute,
        }
        return claim_command(out, expression, by, at, let, rules, claim, others)
    chosen = layout and layout.value
    return gradient_command(
        out,
        expression,
        by,
        at,
        let,
        data,
        form,
        chosen,
        components,
        rules,
        assume,
        backward,
        substitute,
    )


@app.command()
def jacobian(
    expression: Expression,
    by: By = None,
    at: At = None,
    let: Let = None,
    data: Data = None,
    form: FormOption = None,
    layout: LayoutOption = None,
    format: FormatOption = None,
    detail: Detail = DetailChoice.textbook,
    style: Style = None,
    rules: Rules = None,
    width: Width = None,
    output: OutputFile = None,
    highlight: Highlight = None,
    echo: Echo = False,
    assume: Assume = None,
) -> int:
    """The matrix of the derivatives of a vector function.

    Examples:

      derivex jacobian "(x^2 y, 5x + sin y)" --by x,y

      derivex jacobian "A x + b" --by x --let "A: m by n, x: n, b: m"
    """
    from derivex.cli.commands import matrix_command
    from derivex.cli.output import Output

    out = Output(format, detail.value, style and style.value, width, output, echo, highlight)
    chosen = layout and layout.value
    return matrix_command(
        out, "jacobian", expression, by, at, let, data, form, chosen, rules, assume
    )


@app.command()
def hessian(
    expression: Expression,
    by: By = None,
    at: At = None,
    let: Let = None,
    data: Data = None,
    form: FormOption = None,
    format: FormatOption = None,
    detail: Detail = DetailChoice.textbook,
    style: Style = None,
    rules: Rules = None,
    width: Width = None,
    output: OutputFile = None,
    highlight: Highlight = None,
    echo: Echo = False,
    assume: Assume = None,
) -> int:
    """The matrix of the second derivatives.

    Examples:

      derivex hessian "x^2 y + y^3" --by x,y

      derivex hessian "||X theta - y||^2" --by theta --let "X: n by d, theta: d, y: n"
    """
    from derivex.cli.commands import matrix_command
    from derivex.cli.output import Output

    out = Output(format, detail.value, style and style.value, width, output, echo, highlight)
    return matrix_command(out, "hessian", expression, by, at, let, data, form, None, rules, assume)


@app.command()
def subgradient(
    expression: Expression,
    by: By = None,
    at: At = None,
    let: Let = None,
    assume: Assume = None,
    convention: Annotated[
        ConventionChoice | None,
        typer.Option("--convention", help="Which subgradient stands for all at a corner."),
    ] = None,
    format: FormatOption = None,
    detail: Detail = DetailChoice.textbook,
    style: Style = None,
    rules: Rules = None,
    width: Width = None,
    output: OutputFile = None,
    highlight: Highlight = None,
    echo: Echo = False,
) -> int:
    """All subgradients of a convex function, case by case.

    Examples:

      derivex subgradient "|x|"

      derivex subgradient "max(0, 1 - x) + x^2" --at x=1

      derivex subgradient "max(x, 0)" --convention zero
    """
    from derivex.cli.commands import subgradient_command
    from derivex.cli.output import Output

    out = Output(format, detail.value, style and style.value, width, output, echo, highlight)
    chosen = convention and convention.value
    return subgradient_command(out, expression, by, at, let, chosen, rules, assume)


@app.command()
def solve(
    expression: Expression,
    by: By = None,
    eliminate: Annotated[
        str | None,
        typer.Option("--eliminate", metavar="NAME", help="The unknown that is replaced first."),
    ] = None,
    means: Annotated[
        bool, typer.Option("--means", help="Write sums over the data as means.")
    ] = False,
    within: Annotated[
        list[str] | None,
        typer.Option(
            "--within",
            metavar="'0 <= x <= 2pi'",
            help="Where solutions are looked for; repeatable.",
        ),
    ] = None,
    subject_to: Annotated[
        list[str] | None,
        typer.Option(
            "--subject-to", metavar="'x + y = 1'", help="An equation that holds; repeatable."
        ),
    ] = None,
    let: Let = None,
    data: Data = None,
    format: FormatOption = None,
    detail: Detail = DetailChoice.textbook,
    style: Style = None,
    rules: Rules = None,
    width: Width = None,
    output: OutputFile = None,
    highlight: Highlight = None,
    echo: Echo = False,
) -> int:
    """The gradient set to zero, or equations, solved step by step; what is there.

    Examples:

      derivex solve "3a^2 + b^2 - ab + a"

      derivex solve "3a^2 + b^2 - ab + a" --eliminate b

      derivex solve "2 sin(x)^2 = sin(x)" --within "0 <= x <= 2pi"

      derivex solve "x y" --by x,y --subject-to "x + y = 1"
    """
    from derivex.cli.commands import solve_command
    from derivex.cli.output import Output

    out = Output(format, detail.value, style and style.value, width, output, echo, highlight)
    return solve_command(
        out, expression, by, eliminate, means, let, data, rules, within, subject_to
    )


@app.command()
def implicit(
    equation: Annotated[
        str, typer.Argument(help="An equation, such as 'x^2 + y^2 = 25'; - reads standard input.")
    ],
    of: Annotated[
        str | None,
        typer.Option("--of", metavar="NAME", help="The function: y, or 'z(x, y)'; y by default."),
    ] = None,
    by: By = None,
    at: At = None,
    let: Let = None,
    format: FormatOption = None,
    detail: Detail = DetailChoice.textbook,
    style: Style = None,
    rules: Rules = None,
    width: Width = None,
    output: OutputFile = None,
    highlight: Highlight = None,
    echo: Echo = False,
) -> int:
    """The derivative of a function that an equation determines.

    Examples:

      derivex implicit "x^2 + y^2 = 25" --of y --by x

      derivex implicit "x^2 + y^2 = 25" --at x=3,y=4
    """
    from derivex.cli.commands import implicit_command
    from derivex.cli.output import Output

    out = Output(format, detail.value, style and style.value, width, output, echo, highlight)
    return implicit_command(out, equation, of, by, at, let, rules)


@app.command()
def descend(
    expression: Expression,
    start: Annotated[str, typer.Option("--from", metavar="a=1,b=0", help="Where to begin.")],
    rate: Annotated[str, typer.Option("--rate", metavar="NUMBER", help="The learning rate.")],
    steps: Annotated[
        int | None,
        typer.Option(
            "--steps", metavar="N", help="How many steps; at most so many with --tolerance."
        ),
    ] = None,
    tolerance: Annotated[
        str | None,
        typer.Option(
            "--tolerance", metavar="NUMBER", help="Until no variable changes by more than that."
        ),
    ] = None,
    method: Annotated[
        MethodChoice, typer.Option("--method", help="How a step is made of the gradient.")
    ] = MethodChoice.plain,
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="beta=0.9", help="A parameter: beta; beta_1, beta_2 or epsilon."
        ),
    ] = None,
    schedule: Annotated[
        ScheduleChoice, typer.Option("--schedule", help="How the rate goes from step to step.")
    ] = ScheduleChoice.constant,
    end_rate: Annotated[
        str, typer.Option("--end-rate", metavar="NUMBER", help="Where a schedule goes to.")
    ] = "0",
    exact: Annotated[
        bool, typer.Option("--exact", help="In fractions, without any rounding.")
    ] = False,
    let: Let = None,
    data: Data = None,
    format: FormatOption = None,
    detail: Detail = DetailChoice.textbook,
    style: Style = None,
    rules: Rules = None,
    width: Width = None,
    output: OutputFile = None,
    highlight: Highlight = None,
    echo: Echo = False,
) -> int:
    """Gradient descent: the arithmetic of the steps, their history, and how it ended.

    Examples:

      derivex descend "3a^2 + b^2 - ab + a" --from a=1,b=0 --rate 0.1 --steps 3

      derivex descend "3a^2 + b^2 - ab + a" --from a=1,b=0 --rate 0.1 --tolerance 0.0001

      derivex descend "x^4 - x" --from x=2 --rate 0.01 --steps 100 --method adam --schedule cosine

      derivex descend "1/2 sum_i (s a_i + b - h_i)^2" --data growth.csv --from s=1,b=0 --rate 0.01
    """
    from derivex.cli.descending import DescentQuestion, descend_command
    from derivex.cli.output import Output

    out = Output(format, detail.value, style and style.value, width, output, echo, highlight)
    asked = DescentQuestion(
        start,
        rate,
        steps,
        tolerance,
        method.value,
        parameter or [],
        schedule.value,
        end_rate,
        exact,
    )
    return descend_command(out, expression, asked, let, data, rules)


@app.command()
def plot(
    expression: Annotated[
        str, typer.Argument(help="A formula, or a lesson (.md); - reads a formula.")
    ],
    by: By = None,
    ranges: Annotated[
        list[str] | None,
        typer.Option("--range", metavar="x=-1..4", help="From where to where a variable goes."),
    ] = None,
    at: At = None,
    tangent: Annotated[bool, typer.Option("--tangent", help="The tangent at a point.")] = False,
    nudge: Annotated[
        str | None,
        typer.Option("--nudge", metavar="0.5", help="The secant to a nudged point as well."),
    ] = None,
    subgradient: Annotated[
        bool, typer.Option("--subgradient", help="The subgradients beside the graph.")
    ] = False,
    field: Annotated[bool, typer.Option("--field", help="The field of the gradient.")] = False,
    surface: Annotated[
        bool, typer.Option("--surface", help="The graph of two variables as a surface, too.")
    ] = False,
    start: Annotated[
        str | None, typer.Option("--from", metavar="a=1,b=0", help="Where a descent begins.")
    ] = None,
    rate: Annotated[
        str | None, typer.Option("--rate", metavar="NUMBER", help="Its learning rate.")
    ] = None,
    steps: Annotated[
        int | None, typer.Option("--steps", min=1, metavar="N", help="How many steps it takes.")
    ] = None,
    method: Annotated[
        MethodChoice | None, typer.Option("--method", help="How its steps are made.")
    ] = None,
    schedule: Annotated[
        ScheduleChoice | None, typer.Option("--schedule", help="How its rate goes on.")
    ] = None,
    let: Let = None,
    data: Data = None,
    rules: Rules = None,
    width: Width = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="A .svg, .png, .pdf or (moving) .gif."),
    ] = None,
) -> int:
    """Graphs, contours, gradient fields, tangents, subgradients and descents as pictures.

    Examples:

      derivex plot "x^2" --tangent --at x=2 -o tangent.svg

      derivex plot "2x^2 + y^2 + 3x y" --field --surface -o field.png

      derivex plot "|x|" --subgradient

      derivex plot "a^2 + 5b^2" --from a=4,b=2 --rate 0.15 --steps 20

      derivex plot worked_examples/gradient_descent.md -o descent.svg
    """
    from derivex.cli.output import Output
    from derivex.cli.plot import is_lesson, plot_command, plot_lesson_command

    out = Output("text", "textbook", None, width, None)
    descent = {
        "--from": start,
        "--rate": rate,
        "--steps": steps,
        "--method": method and method.value,
        "--schedule": schedule and schedule.value,
    }
    given = {
        **{option: value is not None for option, value in descent.items()},
        "--by": by is not None,
        "--at": at is not None,
        "--tangent": tangent,
        "--nudge": nudge is not None,
        "--subgradient": subgradient,
        "--field": field,
        "--let": bool(let),
        "--data": data is not None,
    }
    common = {"ranges": ranges, "surface": surface, "rules": rules}
    if is_lesson(expression):
        return plot_lesson_command(out, expression, output, given, **common)
    return plot_command(
        out,
        expression,
        output,
        by,
        descent,
        data,
        at=at,
        tangent=tangent,
        nudge=nudge,
        subgradient=subgradient,
        gradient=field,
        let=let or (),
        **common,
    )


@app.command()
def gradcheck(
    expression: Expression,
    at: Annotated[str, typer.Option("--at", metavar="a=1,b=2", help="Where it is checked.")],
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="'2a, 2b'",
            help="The gradient to be checked; the derived one if left out.",
        ),
    ] = None,
    by: By = None,
    epsilon: Annotated[
        str, typer.Option("--epsilon", metavar="ε", help="The step of the differences shown.")
    ] = "0.0001",
    let: Let = None,
    data: Data = None,
    format: FormatOption = None,
    detail: Detail = DetailChoice.textbook,
    style: Style = None,
    rules: Rules = None,
    width: Width = None,
    output: OutputFile = None,
    highlight: Highlight = None,
    echo: Echo = False,
) -> int:
    """Check a gradient by central differences, and against the derived one.

    Examples:

      derivex gradcheck "a^2 + 3a b" --at a=1,b=2 --against "2a + 3b, 3a"

      derivex gradcheck "sin(x) y^2" --at x=1,y=2     (is what derivex derives right?)

    The exit status is 0 if the gradient is right, 1 if it is wrong, and 3 if that is not resolved.
    """
    from derivex.cli.descending import gradcheck_command
    from derivex.cli.output import Output

    out = Output(format, detail.value, style and style.value, width, output, echo, highlight)
    return gradcheck_command(out, expression, by, at, against, epsilon, let, data, rules)


@app.command()
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
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=1, metavar="N", help="So many files at a time.")
    ] = 1,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where an interrupted run stopped.")
    ] = False,
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


@app.command()
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
            "-o", metavar="FOLDER|FILE", help="A folder gets marks.csv and a text for each student."
        ),
    ] = None,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs", "-j", min=0, metavar="N", help="So many processes; 0 for all cores."
        ),
    ] = 1,
    dask: Annotated[
        str | None,
        typer.Option("--dask", metavar="ADDRESS", help="Mark on an existing Dask cluster."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where an interrupted run stopped.")
    ] = False,
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


@app.command()
def run(
    file: Annotated[
        str,
        typer.Argument(help="A lesson (Markdown), or a folder of them; - reads standard input."),
    ],
    format: FormatOption = None,
    detail: Detail = DetailChoice.textbook,
    style: Style = None,
    rules: Rules = None,
    width: Width = None,
    output: OutputFile = None,
    highlight: Highlight = None,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="Which values `choose` gives to letters.")
    ] = 0,
) -> int:
    """Work a lesson; exits with 1 if an expectation in it fails.

    A folder of lessons becomes a book: pages and PDFs, with sheets and keys, and a list of them.

    Examples:

      derivex run worked_examples/baby_height.md

      derivex run worked_examples/ -o site/
    """
    from derivex.cli.output import Output
    from derivex.cli.run import run_command

    out = Output(format, detail.value, style and style.value, width, output, False, highlight)
    return run_command(out, file, rules, seed)


@app.command()
def sheet(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE|EXPRESSION", help="A lesson (Markdown) or a formula; - reads either."
        ),
    ],
    by: By = None,
    blank: Annotated[
        list[BlankChoice] | None,
        typer.Option("--blank", help="What is left out; may be repeated."),
    ] = None,
    blanks: Annotated[
        int | None, typer.Option("--blanks", min=1, metavar="N", help="How many blanks at most.")
    ] = None,
    level: Annotated[LevelChoice, typer.Option("--level", help="How hard.")] = LevelChoice.middle,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="Which sheet; the same seed makes the same one.")
    ] = 0,
    key: Annotated[bool, typer.Option("--key", help="Write the key as well.")] = False,
    count: Annotated[
        int | None,
        typer.Option("--variants", min=1, metavar="N", help="So many different sheets."),
    ] = None,
    jobs: Annotated[
        int,
        typer.Option("--jobs", "-j", min=0, metavar="N", help="Processes; 0 for all processors."),
    ] = 1,
    let: Let = None,
    data: Data = None,
    assume: Assume = None,
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
    from derivex.api.sheets import asked_of
    from derivex.cli.output import Output
    from derivex.cli.sheet import sheet_command

    words = [each.value for each in blank or ()]
    asked = asked_of(words, blanks, level.value, seed)
    named = output if count is None else None  # the variants go into a folder
    out = Output("text", "textbook", style and style.value, width, named)
    more = bool(words) or blanks is not None
    return sheet_command(
        out, source, by, let, data, assume, rules, asked, more, key, count, jobs, output, format
    )


@app.command()
def quiz(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE|EXPRESSION",
            help="A lesson (Markdown), a formula, or the JSON of a sheet with its answers.",
        ),
    ],
    by: By = None,
    blank: Annotated[
        list[BlankChoice] | None,
        typer.Option("--blank", help="What is left out; may be repeated."),
    ] = None,
    blanks: Annotated[
        int | None, typer.Option("--blanks", min=1, metavar="N", help="How many blanks at most.")
    ] = None,
    level: Annotated[LevelChoice, typer.Option("--level", help="How hard.")] = LevelChoice.middle,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="Which quiz; the same seed asks the same.")
    ] = 0,
    let: Let = None,
    data: Data = None,
    assume: Assume = None,
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
    from derivex.api.sheets import asked_of
    from derivex.cli.quiz import quiz_command

    words = [each.value for each in blank or ()]
    asked = asked_of(words, blanks, level.value, seed)
    more = bool(words) or blanks is not None
    return quiz_command(source, asked, more, by, let, data, assume, rules)


@app.command()
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


@app.command()
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
