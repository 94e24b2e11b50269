"""What is asked where functions are made small: equations, descents, their gradients, pictures.

A command imports what it needs when it runs.  Annotations are evaluated here, as typer needs them.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from derivex.cli.signatures.groups import Given, having, known, result
from derivex.cli.signatures.options import (
    At,
    By,
    Data,
    Expression,
    Let,
    MethodChoice,
    Rules,
    ScheduleChoice,
    Width,
)

if TYPE_CHECKING:
    from derivex.cli.output import Output

__all__ = ["descend", "gradcheck", "plot", "solve"]


@having(given=known, out=result)
def solve(
    expression: Expression,
    *,
    by: By = None,
    given: Given,
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
    out: "Output",
) -> int:
    """The gradient set to zero, or equations, solved step by step; what is there.

    Examples:

      derivex solve "3a^2 + b^2 - ab + a"

      derivex solve "3a^2 + b^2 - ab + a" --eliminate b

      derivex solve "2 sin(x)^2 = sin(x)" --within "0 <= x <= 2pi"

      derivex solve "x y" --by x,y --subject-to "x + y = 1"
    """
    from derivex.cli.commands import solve_command

    how = {
        "eliminate": eliminate,
        "means": means,
        "within": within or (),
        "subject_to": subject_to or (),
    }
    return solve_command(out, expression, by, given, how)


@having(given=known, out=result)
def descend(
    expression: Expression,
    *,
    given: Given,
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
    out: "Output",
) -> int:
    """Gradient descent: the arithmetic of the steps, their history, and how it ended.

    Examples:

      derivex descend "3a^2 + b^2 - ab + a" --from a=1,b=0 --rate 0.1 --steps 3

      derivex descend "3a^2 + b^2 - ab + a" --from a=1,b=0 --rate 0.1 --tolerance 0.0001

      derivex descend "x^4 - x" --from x=2 --rate 0.01 --steps 100 --method adam --schedule cosine

      derivex descend "1/2 sum_i (s a_i + b - h_i)^2" --data growth.csv --from s=1,b=0 --rate 0.01
    """
    from derivex.cli.descending import descend_command

    how = {
        "start": start,
        "rate": rate,
        "steps": steps,
        "tolerance": tolerance,
        "method": method.value,
        "schedule": schedule.value,
        "end_rate": end_rate,
        "exact": exact,
    }
    return descend_command(out, expression, parameter or [], given, how)


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
    stationary: Annotated[
        bool, typer.Option("--stationary", help="The points at which the gradient is zero.")
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

      derivex plot "x^3 - 3x + y^2" --stationary -o points.svg

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
        "--stationary": stationary,
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
        stationary=stationary,
        let=let or (),
        **common,
    )


@having(given=known, out=result)
def gradcheck(
    expression: Expression,
    *,
    given: Given,
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
    out: "Output",
) -> int:
    """Check a gradient by central differences, and against the derived one.

    Examples:

      derivex gradcheck "a^2 + 3a b" --at a=1,b=2 --against "2a + 3b, 3a"

      derivex gradcheck "sin(x) y^2" --at x=1,y=2     (is what derivex derives right?)

    The exit status is 0 if the gradient is right, 1 if it is wrong, and 3 if that is not resolved.
    """
    from derivex.cli.descending import gradcheck_command

    how = {"by": by, "at": at, "epsilon": epsilon}
    return gradcheck_command(out, expression, against, given, how)
