"""Slopes laid out as blocks: nudges, tangents, directional derivatives, differentiability."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sympy.core.basic import Basic

from derivex.derivation import Derivation, Detail, Line
from derivex.engine.differentiability import Differentiability, Finding
from derivex.engine.directional import Directional, Steepest
from derivex.engine.nudges import NudgeTable
from derivex.engine.tangent import Tangent
from derivex.expression import Gradient, Negative, Plus, Row, free_symbols, symbol, value_of
from derivex.notation import TextWriter
from derivex.rendering.number_table import NumberTable
from derivex.rendering.outline import Block, Lines, Remark, outline
from derivex.rendering.readable import readable


def point_in_words(point: Mapping[Basic, Basic], writer: TextWriter) -> str:
    """``x = 1, y = 2``."""
    return ", ".join(
        f"{writer.write(name)} = {writer.write(value)}" for name, value in point.items()
    )


@outline.register
def _(result: NudgeTable, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    write = writer.write
    function, name = write(result.expression), write(result.variable)
    yield Remark(
        f"At {name} = {write(result.at)} the value of {function} is {write(result.value)}. "
        f"Now {name} is nudged:"
    )
    heading = (result.variable, result.expression, "difference", "difference/nudge")
    yield NumberTable(
        ("nudge", *heading),
        tuple((row.nudge, row.at, row.nudged, row.difference, row.ratio) for row in result.rows),
    )
    if not result.exact:
        yield Remark("The numbers are rounded.")
    yield Remark("The limit of the ratio, as the nudge goes to 0, is the derivative:")
    yield from outline(result.limit, detail, writer)
    if result.about is not None:
        yield Remark(f"That is about {write(result.about)}.")


@outline.register
def _(result: Tangent, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    write = writer.write
    yield from outline(result.slope, detail, writer)
    where = f"at {write(result.variable)} = {write(result.at)}"
    function, slope = write(result.expression), write(result.slope.result)
    if result.sign == 1:
        yield Remark(f"The slope {where} is {slope} > 0: there {function} is increasing.")
    elif result.sign == -1:
        yield Remark(f"The slope {where} is {slope} < 0: there {function} is decreasing.")
    elif result.sign == 0:
        yield Remark(
            f"The slope {where} is 0: there {function} is constant to first order, and its tangent "
            "is level."
        )
    else:
        yield Remark(f"Whether {function} increases {where} depends on the sign of {slope}.")
    if result.value.start is not result.value.result:
        yield Remark(f"The value {where}:")
        yield from outline(result.value, detail, writer)
    yield Remark("The tangent goes through this point, with this slope:")
    first, *others = readable(result.line.lines(detail))
    filled = Line(first.expression, filled="filling in the value and the slope")
    yield Lines((Line(_height(result)), filled, *others))


def _height(result: Tangent) -> Basic:
    """The letter for what a tangent's equation gives: y, unless that is taken."""
    taken = free_symbols(Plus(result.expression, result.variable, result.line.result))
    letters = map(symbol, ("y", "z", "w", "y_tangent"))
    return next((letter for letter in letters if letter not in taken), symbol("y_line"))


@outline.register
def _(result: Directional, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    write = writer.write
    asked, length = write(result.asked), write(result.length.result)
    if result.length.start is not result.length.result:
        yield Remark(f"The length of the direction {asked}:")
        yield from outline(result.length, detail, writer)
    if result.direction is not result.asked:
        yield Remark(
            f"It is not 1, so the direction is divided by it: v = {write(result.direction)}, "
            "a unit vector."
        )
    elif result.is_unit:
        yield Remark(f"{asked} is a unit vector: the derivative along it is a slope.")
    elif result.is_unit is None:
        yield Remark(
            f"The length of {asked} is {length}. Where that is 1, the derivative along it is a "
            "slope; elsewhere it is the slope times the length."
        )
    else:
        yield Remark(
            f"{asked} is no unit vector: the derivative along it is {length} times the slope in "
            "this direction."
        )
    direction = write(result.direction)
    axis = result.partial
    if axis is not None:
        yield Remark(
            f"{direction} points along the axis of {write(result.by[axis])}: this is the partial "
            f"derivative by {write(result.by[axis])}."
        )
    if result.from_limit:
        yield Remark(
            f"By the definition, f′(x; v) = lim (f(x + h v) − f(x))/h with v = {direction}:"
        )
    else:
        yield Remark(f"By the theorem f′(x; v) = ∇f(x) · v with v = {direction}:")
    yield from outline(result.derivation, detail, writer)
    if not result.point:
        return
    yield Remark(_sign_in_words(result, writer))
    if result.steepest is not None:
        yield from _steepest(result, result.steepest, detail, writer)


def _sign_in_words(result: Directional, writer: TextWriter) -> str:
    where = f"at {point_in_words(result.point, writer)}"
    value, direction = writer.write(result.derivation.result), writer.write(result.direction)
    function = writer.write(result.expression)
    if result.sign == -1:
        return (
            f"{value} < 0: {function} decreases along {direction} {where}, so this is a descent "
            "direction."
        )
    if result.sign == 1:
        return (
            f"{value} > 0: {function} increases along {direction} {where}, so this is not a "
            "descent direction."
        )
    if result.sign == 0:
        return (
            f"The derivative is 0: {function} is constant to first order along {direction} "
            f"{where}, so this is not a descent direction."
        )
    return f"Whether {direction} is a descent direction depends on the sign of {value}."


def _steepest(
    result: Directional, steepest: Steepest, detail: Detail, writer: TextWriter
) -> Iterator[Block]:
    write = writer.write
    yield Remark("The gradient there, and its length:")
    whole = Gradient(result.expression, *result.by)
    yield Lines((Line(whole), *_after_the_first(steepest.gradient, detail)))
    yield from outline(steepest.slope, detail, writer)
    if steepest.direction is None:
        yield Remark("The gradient is 0 there: no direction is steeper than another.")
        return
    yield Remark("The steepest direction is v = ∇f/‖∇f‖:")
    yield from outline(steepest.direction, detail, writer)
    ascent = steepest.direction.result
    descent = Row(*[_opposite(entry) for entry in ascent.args])
    yield Remark(
        f"So {write(result.expression)} grows fastest along {write(ascent)}, with slope "
        f"{write(steepest.slope.result)}, and falls fastest along {write(descent)}."
    )


def _after_the_first(derivation: Derivation, detail: Detail) -> Iterator[Line]:
    first, *others = readable(derivation.lines(detail))
    yield Line(first.expression)
    yield from others


def _opposite(entry: Basic) -> Basic:
    if value_of(entry) == 0:
        return entry
    return entry.args[0] if type(entry) is Negative else Negative(entry)


@outline.register
def _(result: Differentiability, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    write = writer.write
    function, claimed = write(result.expression), write(result.gradient)
    step = write(result.increment)
    where = f" at {point_in_words(result.point, writer)}" if result.point else ""
    quotient = "(f(x + v) − f(x) − gᵀv)/‖v‖"
    if result.components:
        names = ", ".join(map(write, result.components))
        yield Remark(
            f"{function} is differentiable{where} with the gradient g = {claimed} if {quotient} "
            f"goes to 0 with v. Let v = {step} u, where u = ({names}) has length 1: then ‖v‖ is "
            f"|{step}|, and it is enough to divide by {step}, which changes the sign at most:"
        )
    else:
        yield Remark(
            f"{function} is differentiable{where} with the derivative "
            f"g = {write(result.gradient.args[0])} "
            f"if (f(x + v) − f(x) − g v)/|v| goes to 0 with v. Let v be {step}; it is enough to "
            f"divide by {step}, which changes the sign at most:"
        )
    yield from outline(result.limit, detail, writer)
    yield from _finding(result, detail, writer)


def _finding(result: Differentiability, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    write = writer.write
    function, claimed = write(result.expression), write(result.gradient)
    where = f" at {point_in_words(result.point, writer)}" if result.point else ""
    if result.finding is Finding.POLYNOMIAL and not result.components:
        derivative = write(result.gradient.args[0])
        yield Remark(f"So {function} is differentiable{where}, and {derivative} is its derivative.")
    elif result.finding is Finding.POLYNOMIAL:
        yield Remark(
            "The limit is 0 for every u, and for all of them at the same rate: what is left is a "
            f"polynomial in {write(result.increment)} and the components of u, none of which is "
            f"larger than 1. So {function} is differentiable{where}, and {claimed} is its gradient."
        )
    elif result.finding is Finding.CONTINUOUS:
        yield Remark(
            "The limit is 0 for every u. Its partial derivatives are continuous wherever they "
            f"have a value, so {function} is differentiable{where}, and {claimed} is its gradient."
        )
    elif result.finding is Finding.ALONG_LINES:
        yield Remark(
            "The limit is 0 along every straight line. That alone does not prove that "
            f"{function} is differentiable{where}: undecided."
        )
    elif result.witness is None or result.along is None:
        yield Remark(f"So it is not decided whether {claimed} is the gradient{where}.")
    else:
        if result.components:
            yield Remark(f"Along u = {write(result.witness)} this is:")
            yield from outline(result.along, detail, writer)
        is_number = value_of(result.along.result) is not None
        told = "which is not 0" if is_number else "which is not 0 everywhere"
        word = "gradient" if result.components else "derivative"
        shown = claimed if result.components else write(result.gradient.args[0])
        yield Remark(
            f"The limit is {write(result.along.result)}, {told}: {shown} is not the {word} of "
            f"{function}{where}.",
            failed=True,
        )
