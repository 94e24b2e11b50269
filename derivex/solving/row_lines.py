"""What is shown of an elimination by rows: every operation, or, of many, a summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Detail
from derivex.expression import ONE, Equation, Negative, Over, Plus, Times, integer, value_of
from derivex.solving.linear_form import linear_form
from derivex.solving.lines import Cell
from derivex.solving.record import Words
from derivex.solving.row_elimination import RowElimination, Stage

__all__ = ["Part", "parts_of"]

_MOST_TERMS = 300
"""Terms of equations that are shown without being asked for."""


@dataclass(frozen=True, eq=False)
class Part:
    """A sentence and the equations below it.

    Args:
        heading: what is done.
        cells: the equations that it leads to; none in a summary.
        rows: for each of them the label of the row that it is made from, and "" for the
            equation before it.
    """

    heading: Words
    cells: tuple[Cell, ...] = ()
    rows: tuple[str, ...] = ()


def parts_of(elimination: RowElimination, detail: Detail) -> Iterator[Part]:
    """The elimination from the given equations to the values of the unknowns.

    Beyond so many terms only the pivots and the values are told, unless the detail is full.
    """
    rows: dict[int, tuple[Symbol, Basic]] = {}
    if detail is not Detail.FULL and (elimination.terms > _MOST_TERMS or detail is Detail.BRIEF):
        yield Part(_summary(elimination))
        for stage in elimination.stages(written=False):
            rows[stage.row] = stage.unknown, stage.equation
    else:
        for stage in elimination.stages():
            rows[stage.row] = stage.unknown, stage.equation
            if stage.made:
                made = tuple(_cells(stage))
                yield Part(_heading(stage), made, tuple(cell.label for cell in made))
    if not elimination.values:
        return
    cells: list[Cell] = []
    sources: list[str] = []
    plain = elimination.terms > _MOST_TERMS or bool(elimination.definitions)
    known: dict[Symbol, Basic] = {}
    for row, (unknown, equation) in reversed(rows.items()):
        value = elimination.values[unknown]
        filled = equation if plain else _filled(equation, unknown, known)
        label = f"({row + 1})"
        says: Words = ("solve ", label, " for ", unknown)
        sources.append(label)
        if filled is equation or filled.args[1] is value:
            cells.append(_cell(Equation(unknown, value), says))
        else:
            cells.append(_cell(filled, says))
            cells.append(_cell(Equation(unknown, value), ("arithmetic",)))
            sources.append("")
        known[unknown] = value
    yield Part(("From the last equation to the first:",), tuple(cells), tuple(sources))


def _summary(elimination: RowElimination) -> Words:
    """Which unknown was eliminated with which equation."""
    words: list[str | Basic] = [
        f"{len(elimination.operations)} row operations eliminate one unknown after the other: "
    ]
    for place, (row, column) in enumerate(elimination.pivots):
        words += [", "] if place else []
        words += [elimination.unknowns[column], f" with ({row + 1})"]
    words.append(". Each of them is written with --detail full")
    if elimination.definitions:
        words.append(f", and the {len(elimination.definitions)} entries that have names")
    return tuple(words)


def _heading(stage: Stage) -> Words:
    lead: Words = ("Eliminate ", stage.unknown, f" with ({stage.row + 1})")
    if value_of(stage.pivot) is None:
        return (*lead, ", if ", stage.pivot, " ≠ 0:")
    return (*lead, ":")


def _cells(stage: Stage) -> Iterator[Cell]:
    for operation, names, equation in stage.made:
        for name, entry in names:
            yield _cell(Equation(name, entry), ())
        yield _cell(equation, operation.words, f"({operation.target + 1})")


def _cell(equation: Basic, words: Words, label: str = "") -> Cell:
    return Cell(equation, words, label, (), (), ())


def _filled(equation: Basic, unknown: Symbol, known: Mapping[Symbol, Basic]) -> Basic:
    """x = (c − a y)/p with the value of y put in."""
    form = linear_form(equation, {unknown, *known})
    assert form is not None
    terms = [] if value_of(form.right) == 0 else [form.right]
    for name, coefficient in form.coefficients.items():
        if name is not unknown:
            terms.append(_subtracted(coefficient, known.get(name, name)))
    above = integer(0) if not terms else terms[0] if len(terms) == 1 else Plus(*terms)
    pivot = form.coefficients[unknown]
    return Equation(unknown, above if pivot is ONE else Over(above, pivot))


def _subtracted(coefficient: Basic, value: Basic) -> Basic:
    """−a y, with the sign in front."""
    if type(coefficient) is Negative:
        inside = coefficient.args[0]
        return value if inside is ONE else Times(inside, value)
    return Negative(value if coefficient is ONE else Times(coefficient, value))
