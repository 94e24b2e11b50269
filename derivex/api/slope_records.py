"""Nudges, tangents and directional derivatives as JSON."""

from __future__ import annotations

from typing import Any

from derivex.api.records import Writers, as_dict
from derivex.derivation import VERSION
from derivex.engine.differentiability import Differentiability
from derivex.engine.directional import Directional, Steepest
from derivex.engine.nudges import NudgeTable
from derivex.engine.tangent import Tangent

_SIGNS = {-1: "negative", 0: "zero", 1: "positive", None: "not known"}


@as_dict.register
def _(record: NudgeTable, writers: Writers) -> dict[str, Any]:
    return {
        "version": VERSION,
        "start": writers.shown(record.expression),
        "by": [writers.text.write(record.variable)],
        "at": writers.result(record.at),
        "value": writers.result(record.value),
        "rows": [
            {
                "nudge": writers.result(row.nudge),
                "at": writers.result(row.at),
                "nudged": writers.result(row.nudged),
                "difference": writers.result(row.difference),
                "ratio": writers.result(row.ratio),
            }
            for row in record.rows
        ],
        "exact": record.exact,
        "limit": as_dict(record.limit, writers),
    }


@as_dict.register
def _(record: Tangent, writers: Writers) -> dict[str, Any]:
    return {
        "version": VERSION,
        "start": writers.shown(record.expression),
        "by": [writers.text.write(record.variable)],
        "at": writers.result(record.at),
        "slope": as_dict(record.slope, writers),
        "sign": _SIGNS[record.sign],
        "value": as_dict(record.value, writers),
        "tangent": as_dict(record.line, writers),
    }


@as_dict.register
def _(record: Directional, writers: Writers) -> dict[str, Any]:
    steepest = record.steepest
    return {
        "version": VERSION,
        "start": writers.shown(record.expression),
        "by": [writers.text.write(variable) for variable in record.by],
        "status": record.derivation.status.value,
        "along": writers.result(record.asked),
        "direction": writers.result(record.direction),
        "length": as_dict(record.length, writers),
        "unit": record.is_unit,
        "from_limit": record.from_limit,
        "derivative": as_dict(record.derivation, writers),
        "point": writers.names(record.point),
        "sign": _SIGNS[record.sign] if record.point else None,
        "descent": record.sign == -1 if record.sign is not None else None,
        "steepest": None if steepest is None else as_dict(steepest, writers),
    }


@as_dict.register
def _(record: Steepest, writers: Writers) -> dict[str, Any]:
    direction = record.direction
    return {
        "gradient": as_dict(record.gradient, writers),
        "slope": as_dict(record.slope, writers),
        "direction": None if direction is None else as_dict(direction, writers),
    }


@as_dict.register
def _(record: Differentiability, writers: Writers) -> dict[str, Any]:
    witness, along = record.witness, record.along
    return {
        "version": VERSION,
        "start": writers.shown(record.expression),
        "by": [writers.text.write(variable) for variable in record.by],
        "gradient": writers.result(record.gradient),
        "point": writers.names(record.point),
        "increment": writers.text.write(record.increment),
        "components": [writers.text.write(letter) for letter in record.components],
        "limit": as_dict(record.limit, writers),
        "holds": record.holds,
        "finding": record.finding.value,
        "witness": None if witness is None else writers.result(witness),
        "along": None if along is None else as_dict(along, writers),
    }
