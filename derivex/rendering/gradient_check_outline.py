"""A checked gradient laid out as blocks: the differences, the verdicts, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sympy.core.basic import Basic

from derivex.derivation import Detail
from derivex.descent import Entry, Finding, GradientCheck, Judgement, short
from derivex.descent.figures import as_float, rounded_to
from derivex.expression import number
from derivex.notation import TextWriter
from derivex.rendering.number_table import NumberTable
from derivex.rendering.outline import Block, Remark, outline

_MOST_DIRECTIONS = 5  # variables whose one-hot vectors are shown
_VALUE_DIGITS = 15  # of values that differ a little
_TURNED = Fraction(1, 1000)  # how near to −1 a ratio is that of a wrong sign
_PASSES = Fraction(1, 10**5)  # a relative error that many checkers let through


@outline.register
def _(result: GradientCheck, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    write = writer.write
    where = ", ".join(
        f"{write(name)} = {_text(value, writer)}" for name, value in result.point.items()
    )
    yield Remark(
        f"Central differences at {where}, with ε = {_text(result.epsilon, writer)} along each "
        "direction e:"
    )
    yield _differences(result)
    checked = "given" if result.given else "derived"
    yield Remark(
        f"The {checked} gradient against the derivative by differences, with steps so small that "
        "its error is known:"
    )
    yield _verdicts(result, checked)
    for entry in result.entries:
        for sentence in _about(entry, result, writer):
            yield Remark(sentence, failed=entry.finding is Finding.WRONG)
    yield Remark(_in_all(result, writer), failed=result.finding is Finding.WRONG)


def _differences(result: GradientCheck) -> NumberTable:
    count = len(result.entries)
    directions = count <= _MOST_DIRECTIONS
    heading = ("by", *(["e"] if directions else []), "f(x + ε e)", "f(x − ε e)", "quotient")
    rows = []
    for place, entry in enumerate(result.entries):
        hot = ", ".join("1" if k == place else "0" for k in range(count))
        values = [short(each, _VALUE_DIGITS) for each in (entry.above, entry.below)]
        direction = [f"({hot})"] if directions else []
        rows.append((entry.variable, *direction, *values, short(entry.quotient, _VALUE_DIGITS)))
    return NumberTable(heading, tuple(rows))


def _verdicts(result: GradientCheck, checked: str) -> NumberTable:
    heading = ("by", checked, "by differences", "error below", "relative difference", "verdict")
    rows = tuple(
        (
            entry.variable,
            "–" if entry.checked is None else short(entry.checked, 10),
            *_known(entry),
            entry.finding.value,
        )
        for entry in result.entries
    )
    return NumberTable(heading, rows)


def _known(entry: Entry) -> tuple[Basic | str, ...]:
    """The derivative, its error, and how far what is checked is off; dashes where there is none."""
    if entry.finding is Finding.KINK:
        return ("–",) * 3
    if entry.checked is None:
        return short(entry.slope, 10), short(entry.error, 1), "–"
    relative = number(rounded_to(entry.relative, 3), decimal=True)
    return short(entry.slope, 10), short(entry.error, 1), short(relative, 3)


def _about(entry: Entry, result: GradientCheck, writer: TextWriter) -> Iterator[str]:
    name = f"The derivative by {writer.write(entry.variable)}"
    if entry.judgement is not None and entry.formula is not None and entry.derived is not None:
        given, derived = writer.write(entry.formula), writer.write(entry.derived)
        told = {
            Judgement.PROVEN: "which is equal to",
            Judgement.TESTED: "which has the same values at random points as",
            Judgement.WRONG: "which is not equal to",
            Judgement.UNDECIDED: "of which it is not decided whether it is equal to",
        }[entry.judgement]
        same = given == derived
        if same:
            yield f"{name}: {given} is what the rules give, too."
        else:
            yield f"{name}: {given} is given, {told} what the rules give, {derived}."
    ratio = entry.ratio
    if entry.finding is Finding.WRONG and entry.checked is None:
        return
    if entry.finding is Finding.WRONG and entry.checked is not None:
        value, slope = _text(entry.checked, writer, 8), _text(entry.slope, writer, 8)
        if ratio is not None and abs(ratio + 1) < _TURNED:
            yield f"{name} has the wrong sign: it is {slope}, not {value}."
        elif entry.relative <= Fraction(1, 10**6):
            yield f"{name} happens to have the right value at this point."
        elif ratio is None or not ratio:
            yield f"{name} is {slope}, not {value}."
        else:
            factor = _text(number(rounded_to(ratio, 6), decimal=True), writer)
            yield f"{name} is {slope}; what is given is {factor} times that."
    elif entry.finding is Finding.KINK and entry.left is not None and entry.right is not None:
        left, right = (_text(side, writer, 8) for side in (entry.left, entry.right))
        low, high = sorted(map(as_float, (entry.left, entry.right)))
        told = "It has no value there either." if entry.checked is None else ""
        if entry.checked is not None:
            between = low <= as_float(entry.checked) <= high
            told = f"What is checked lies {'between them' if between else 'outside of that'}."
        yield (
            f"{name} does not exist: there is a kink. To the left the slope is {left}, to the "
            f"right {right}; the quotient of central differences is only the mean of both. {told} "
            "Check it at another point."
        )
    elif entry.finding is Finding.VALUELESS:
        yield (
            f"{name} is {_text(entry.slope, writer, 8)} by differences; the formula that is "
            "checked has no value at this point."
        )
    elif entry.finding is Finding.OPEN:
        yield (
            f"{name} is so small that the rounding of the function hides it: the differences know "
            f"it only to within {_text(entry.error, writer, 1)}. Subtract from the function what "
            "does not depend on the variable, or check it at another point."
        )


def _in_all(result: GradientCheck, writer: TextWriter) -> str:
    wrong = [entry for entry in result.entries if entry.finding is Finding.WRONG]
    if result.finding is Finding.AGREES:
        return "The gradient is right, as far as differences can tell."
    if result.finding is Finding.KINK:
        return "There is no gradient at this point: the function has a kink."
    if result.finding is Finding.VALUELESS:
        return "A formula without a value cannot be compared: check it at another point."
    if result.finding is Finding.OPEN:
        return "Nothing is wrong as far as differences can tell, but not every entry is resolved."
    names = " and ".join(writer.write(entry.variable) for entry in wrong)
    which = "derivative" if len(wrong) == 1 else "derivatives"
    told = f"The gradient is wrong: see the {which} by {names}."
    whole = result.whole
    if whole < _PASSES and len(result.entries) > 1 and any(e.relative > _PASSES for e in wrong):
        size = _text(number(rounded_to(whole, 2), decimal=True), writer, 2)
        told += (
            f" As one vector it is off by {size} only, relative to its length; that is why every "
            "entry is judged by itself."
        )
    return told


def _text(value: Basic, writer: TextWriter, digits: int = 6) -> str:
    shown = short(value, digits)
    return shown if isinstance(shown, str) else writer.write(shown)
