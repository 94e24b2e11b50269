"""What is asked of a derivative: its own options beside those of all commands.

A command imports what it needs when it runs.  Annotations are evaluated here, as typer needs them.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from derivex.cli.signatures.groups import Given, having, place, question, result
from derivex.cli.signatures.options import (
    Assume,
    ConventionChoice,
    Expression,
    FormOption,
    LayoutOption,
)

if TYPE_CHECKING:
    from derivex.cli.output import Output

__all__ = ["diff", "gradient", "hessian", "implicit", "jacobian", "subgradient"]


@having(given=question, out=result)
def diff(
    expression: Expression,
    *,
    given: Given,
    form: FormOption = None,
    through: Annotated[
        str | None,
        typer.Option(
            "--through",
            metavar="'u = …, v = …'",
            help="Go through intermediate variables; auto finds them.",
        ),
    ] = None,
    out: "Output",
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
    if along is not None or unit or nudge is not None or tangent:
        from derivex.cli.slopes import Question, slope_command

        others = {
            "--form": form is not None,
            "--through": through is not None,
            "--assume": bool(given["assume"]),
            "--against": against is not None,
        }
        asked = Question(along, unit, nudge, tangent, from_limit, step, others)
        return slope_command(out, expression, given, asked)
    from derivex.cli.commands import diff_command

    how = {"form": form, "through": through, "from_limit": from_limit, "step": step}
    return diff_command(out, expression, given, how, against)


@having(given=question, out=result)
def gradient(
    expression: Expression,
    *,
    given: Given,
    form: FormOption = None,
    layout: LayoutOption = None,
    components: Annotated[
        bool,
        typer.Option("--components", help="By components of a vector, and back to vector form."),
    ] = False,
    backward: Annotated[
        bool,
        typer.Option("--backward", help="Go by backpropagation, through named quantities."),
    ] = False,
    substitute: Annotated[
        bool,
        typer.Option("--substitute", help="With --backward: put back what the names stand for."),
    ] = False,
    out: "Output",
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
    if claim is not None:
        from derivex.cli.slopes import claim_command

        others = {
            "--form": form is not None,
            "--data": given["data"] is not None,
            "--layout": layout is not None,
            "--assume": bool(given["assume"]),
            "--components": components,
            "--backward": backward,
            "--substitute": substitute,
        }
        return claim_command(out, expression, given, claim, others)
    from derivex.cli.commands import gradient_command

    how = {
        "form": form,
        "layout": layout and layout.value,
        "components": components,
        "backward": backward,
        "substitute": substitute,
    }
    return gradient_command(out, expression, given, how)


@having(given=question, out=result)
def jacobian(
    expression: Expression,
    *,
    given: Given,
    form: FormOption = None,
    layout: LayoutOption = None,
    out: "Output",
) -> int:
    """The matrix of the derivatives of a vector function.

    Examples:

      derivex jacobian "(x^2 y, 5x + sin y)" --by x,y

      derivex jacobian "A x + b" --by x --let "A: m by n, x: n, b: m"
    """
    from derivex.cli.commands import matrix_command

    how = {"form": form, "layout": layout and layout.value}
    return matrix_command(out, "jacobian", expression, given, how)


@having(given=question, out=result)
def hessian(
    expression: Expression,
    *,
    given: Given,
    form: FormOption = None,
    out: "Output",
) -> int:
    """The matrix of the second derivatives.

    Examples:

      derivex hessian "x^2 y + y^3" --by x,y

      derivex hessian "||X theta - y||^2" --by theta --let "X: n by d, theta: d, y: n"
    """
    from derivex.cli.commands import matrix_command

    return matrix_command(out, "hessian", expression, given, {"form": form})


@having(given=place, out=result)
def subgradient(
    expression: Expression,
    *,
    given: Given,
    assume: Assume = None,
    convention: Annotated[
        ConventionChoice | None,
        typer.Option("--convention", help="Which subgradient stands for all at a corner."),
    ] = None,
    out: "Output",
) -> int:
    """All subgradients of a convex function, case by case.

    Examples:

      derivex subgradient "|x|"

      derivex subgradient "max(0, 1 - x) + x^2" --at x=1

      derivex subgradient "max(x, 0)" --convention zero
    """
    from derivex.cli.commands import subgradient_command

    how = {"assume": assume or (), "convention": convention and convention.value}
    return subgradient_command(out, expression, given, how)


@having(given=place, out=result)
def implicit(
    equation: Annotated[
        str, typer.Argument(help="An equation, such as 'x^2 + y^2 = 25'; - reads standard input.")
    ],
    of: Annotated[
        str | None,
        typer.Option("--of", metavar="NAME", help="The function: y, or 'z(x, y)'; y by default."),
    ] = None,
    *,
    given: Given,
    out: "Output",
) -> int:
    """The derivative of a function that an equation determines.

    Examples:

      derivex implicit "x^2 + y^2 = 25" --of y --by x

      derivex implicit "x^2 + y^2 = 25" --at x=3,y=4
    """
    from derivex.cli.commands import implicit_command

    return implicit_command(out, equation, of, given)
