"""A solution by cases laid out as blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sympy.core.basic import Basic

from derivex.derivation import Detail, say
from derivex.expression import ZERO, And, Equation, Nearly, Or, Row
from derivex.notation import TextWriter
from derivex.rendering.equations import EquationRow
from derivex.rendering.move_rows import rows_of_cells
from derivex.rendering.outline import Block, Equations, Remark, outline
from derivex.solving import Outcome, Solution
from derivex.solving.case import COVERED, Case
from derivex.solving.check import Check
from derivex.solving.lines import Cell, cells_of
from derivex.solving.points import Point
from derivex.solving.record import Words

__all__ = ["case_blocks", "point_name", "point_text", "sentence"]


def sentence(words: Words | Sequence[object], writer: TextWriter) -> str:
    """Words with their formulas written."""
    return "".join(word if isinstance(word, str) else writer.write(word) for word in words)


def point_name(number: int) -> str:
    """What a point is called: P1 for the first."""
    return f"P{number + 1}"


def point_text(point: Point, writer: TextWriter) -> str:
    """Where a point is: x = 1, y = 2."""
    kind = Equation if point.exact else Nearly
    parts = [writer.write(kind(name, value)) for name, value in point.values.items()]
    parts += [writer.write(relation) for relation in point.relations]
    if point.free:
        names = " and ".join(writer.write(name) for name in point.free)
        parts.append(f"{names} any number")
    return ", ".join(parts)


def _relation(point: Point) -> Basic:
    kind = Equation if point.exact else Nearly
    parts = [kind(name, value) for name, value in point.values.items()] + [*point.relations]
    if not parts:
        return Row(*point.free)
    return parts[0] if len(parts) == 1 else And(*parts)


def _said_of(point: Point, writer: TextWriter) -> str:
    said = [sentence(point.said, writer)] if point.said else []
    if point.free:
        names = " and ".join(writer.write(name) for name in point.free)
        said.append(f"{names} any number")
    return ", ".join(said)


def case_blocks(result: Solution, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    """The moves of all cases, the points, and what is known of them."""
    assert result.case is not None
    for case in result.case.every():
        yield from _one_case(case, result, detail, writer)
    for words in result.notes:
        yield Remark(_as_sentence(words, writer))
    if not result.points and result.outcome is Outcome.NO_SOLUTION:
        yield Remark("So there is no real solution.")
    elif result.reason:
        yield Remark(_as_sentence((f"{result.outcome.value}: ", *result.reason), writer))
    if result.points:
        yield Remark("The solutions:" if len(result.points) > 1 else "The solution:")
        yield Equations(
            tuple(
                EquationRow(_relation(point), _said_of(point, writer), point_name(number))
                for number, point in enumerate(result.points)
            )
        )
        if result.completeness:
            yield Remark(_as_sentence(result.completeness, writer))
    if result.conditions:
        from derivex.solving.lines import said_condition

        told = " and ".join(
            sentence(said_condition(condition), writer) for condition in result.conditions
        )
        yield Remark(f"This holds if {told}.")
    yield from _checks(result, detail, writer)


def _one_case(case: Case, result: Solution, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    if case.label:
        yield Remark(f"Case {case.label}: {sentence(case.heading, writer)}")
    never: Words = ()
    labels = {move.number: f"({move.origin})" for move in case.moves if not move.sources}
    cells: list[Cell] = []
    for cell in cells_of(case.moves, detail):
        if cell.equation is Or():
            never = cell.words
        else:
            cells.append(replace(cell, label=_label(cell, labels, case, result)))
    rows = rows_of_cells(cells, case.moves)
    if rows and not (case.label and len(rows) == 1 and not rows[0].says):
        yield Equations(tuple(rows))
    if never:
        yield Remark(_as_sentence(never, writer))
    elif case.remark and case.label:
        lead = "" if case.remark[0] in ("no solution",) or _is_open(case) else "no solution: "
        yield Remark(_as_sentence((lead, *case.remark), writer))
    if case.label and case.points:
        names = " and ".join(
            f"{point_name(number)}: {point_text(result.points[number], writer)}"
            for number in case.points
        )
        yield Remark(f"This gives {names}.")


def _is_open(case: Case) -> bool:
    return str(case.remark[0]).startswith(("not solved", COVERED))


def _label(cell: Cell, labels: dict[int, str], case: Case, result: Solution) -> str:
    if cell.label or case.label or len(result.equations) == 1:
        return cell.label if len(result.equations) > 1 else ""
    return next((labels[number] for number in cell.numbers if number in labels), "")


def _as_sentence(words: Words | Sequence[object], writer: TextWriter) -> str:
    text = sentence(words, writer)
    if words and isinstance(words[0], str):
        text = text[:1].upper() + text[1:]
    return text + ("" if text.endswith(".") else ".")


def _checks(result: Solution, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    """Every solution put into every equation: a line each, or in full."""
    checks = [
        (number, check) for number, point in enumerate(result.points) for check in point.checks
    ]
    if not checks:
        return
    if detail is Detail.FULL:
        for number, check in checks:
            yield Remark(f"Check of {point_name(number)} in ({check.origin}):")
            yield from outline(check.derivation, detail, writer)
            if not check.is_proven:
                yield _open_check(number, check, writer)
        return
    yield Remark("Check:")
    rows = []
    for number, check in checks:
        lines = list(check.derivation.lines(Detail.FULL))
        rules = dict.fromkeys(
            step.rule.phrase for phase in check.derivation.phases for step in phase.steps.values()
        )
        phrases = sorted(rules, key=lambda phrase: phrase == "arithmetic")
        filled = lines[1].expression if len(lines) > 1 else lines[0].expression
        says = f"{point_name(number)} in ({check.origin})"
        if check.is_proven or not check.agrees:
            says += f": {say(phrases)}" if phrases else ""
            rows.append(EquationRow(Equation(filled, check.derivation.result), says))
        else:
            rows.append(EquationRow(Equation(filled, ZERO), f"{says}, to 100 digits"))
    yield Equations(tuple(rows))
    for _, check in checks:
        if not check.holds:
            yield _open_check(0, check, writer)


def _open_check(number: int, check: Check, writer: TextWriter) -> Remark:
    what = writer.write(check.derivation.result)
    if check.agrees:
        return Remark(
            f"{what} is 0 to 100 digits: {point_name(number)} agrees with ({check.origin})."
        )
    return Remark(f"It is open whether {what} is 0.")
