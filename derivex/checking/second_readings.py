r"""A derivation that is wrong as it was read may be right as it was meant.

``\frac{d}{dx} x^2 \cdot \sin x`` is the derivative of the whole product where nothing says
otherwise, and x² alone is differentiated where that makes the line right.  Such a reading is taken
throughout the derivation, or else for as few formulas as will do, and always told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sympy.core.basic import Basic

from derivex.checking.findings import CheckedLine
from derivex.documents import Formula, HandDerivation
from derivex.notation import Reading, TextWriter

__all__ = ["Spots", "other_readings", "spots_of"]

_LONGEST = 60  # characters of a formula that is told as it was read
_MOST = 24  # ways of reading a derivation that are tried


class Where(NamedTuple):
    """Which formula of a derivation is meant."""

    row: int
    chain: int
    formula: int


Spots = Mapping[Where, Formula]


def spots_of(derivation: HandDerivation) -> dict[Where, Formula]:
    """The formulas of a derivation with where they stand."""
    return {
        Where(number, at, position): formula
        for number, row in enumerate(derivation.rows)
        for at, chain in enumerate(row.chains)
        for position, formula in enumerate(chain.formulas)
    }


def other_readings(
    derivation: HandDerivation, wrong: Iterable[CheckedLine]
) -> Iterator[HandDerivation]:
    """A derivation in other readings that concern its wrong lines, the likeliest first.

    Args:
        derivation: as it was read.
        wrong: the lines that are wrong in that reading.
    """
    formulas = spots_of(derivation)
    concerned = _concerned(formulas, wrong)
    choices: dict[str, dict[Where, Reading]] = {}
    for where, formula in formulas.items():
        if formula.expression is None or formula.chosen:
            continue
        for reading in formula.others():
            choices.setdefault(reading.notes[0], {}).setdefault(where, reading)
    seen: set[tuple[Basic | None, ...]] = set()
    tried = 0
    for taken in _subsets(choices, concerned):
        made = _reread(derivation, taken)
        told = tuple(formula.expression for formula in spots_of(made).values())
        if told not in seen and tried < _MOST:
            seen.add(told)
            tried += 1
            yield made


def _subsets(
    choices: Mapping[str, Mapping[Where, Reading]], concerned: Sequence[Where]
) -> Iterator[Mapping[Where, Reading]]:
    """Every choice made throughout, and then only where a wrong line stands, or the one before."""
    for found in choices.values():
        if any(where in found for where in concerned):
            yield found
    for found in choices.values():
        for where in concerned:
            if where in found:
                yield {where: found[where]}


def _concerned(formulas: Spots, wrong: Iterable[CheckedLine]) -> list[Where]:
    """The formulas on both sides of the signs that do not hold."""
    order = list(formulas)
    columns: dict[Where, None] = {}
    for line in wrong:
        for position, where in enumerate(order):
            if where.row == line.row and formulas[where].expression is line.read[-1][1]:
                columns[where] = None
                if position:
                    columns[order[position - 1]] = None
    return list(columns)


def _reread(derivation: HandDerivation, taken: Mapping[Where, Reading]) -> HandDerivation:
    rows = list(derivation.rows)
    for where, reading in taken.items():
        chains = list(rows[where.row].chains)
        chain = chains[where.chain]
        formulas = list(chain.formulas)
        old = formulas[where.formula]
        formulas[where.formula] = replace(
            old, expression=reading.expression, notes=reading.notes[1:], chosen=_told(reading)
        )
        definitions = tuple(
            replace(each, definition=replace(each.definition, body=reading.expression))
            if each.definition.body is old.expression
            else each
            for each in chain.definitions
        )
        chains[where.chain] = replace(chain, formulas=tuple(formulas), definitions=definitions)
        rows[where.row] = replace(rows[where.row], chains=tuple(chains))
    return replace(derivation, rows=tuple(rows))


def _told(reading: Reading) -> str:
    written = TextWriter().write(reading.expression)
    return f"{reading.notes[0]}: {written}" if len(written) <= _LONGEST else reading.notes[0]
