"""What is asked of a derivative: its own options beside those of all commands.

A command imports what it needs when it runs.
"""

from __future__ import annotations

from typing import Annotated

import typer

from derivex.cli.signatures.options import (
    Assume,
    At,
    Backward,
    By,
    ConventionChoice,
    Data,
    Detail,
    DetailChoice,
    Echo,
    Expression,
    FormatOption,
    FormOption,
    Highlight,
    LayoutOption,
    Let,
    OutputFile,
    Rules,
    Style,
    SubstituteBack,
    Through,
    Width,
)

__all__ = ["diff", "gradient", "hessian", "implicit", "jacobian", "subgradient"]


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
