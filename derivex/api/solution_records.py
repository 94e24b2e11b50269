"""Solutions and descents as JSON."""

from __future__ import annotations

from typing import Any

from derivex.api.records import Writers, as_dict, status_of
from derivex.derivation import VERSION
from derivex.descent import Descent
from derivex.solving import Classification, ImplicitDerivative, Solution, StationarySolution


@as_dict.register
def _(record: Solution, writers: Writers) -> dict[str, Any]:
    return {
        "version": VERSION,
        "by": [writers.text.write(unknown) for unknown in record.unknowns],
        "equations": [writers.shown(equation) for equation in record.equations],
        "unknowns": [writers.text.write(unknown) for unknown in record.unknowns],
        "status": record.status,
        "outcome": record.outcome.value,
        "rows": [
            [
                None
                if cell is None
                else {
                    **writers.shown(cell.equation),
                    "label": cell.label,
                    "rules": [rule.name for rule in cell.rules],
                    "says": cell.says,
                }
                for cell in row.cells
            ]
            for row in record.lines(writers.detail)
        ],
        "results": writers.names(record.results),
        "free": [writers.text.write(name) for name in record.free],
        "conditions": [f"{writers.text.write(each)} ≠ 0" for each in record.conditions],
        "checks": [
            {
                "equation": check.origin,
                "holds": check.holds,
                "lines": writers.lines(check.derivation.lines(writers.detail)),
            }
            for check in record.checks
        ],
        "values": None
        if record.values is None
        else {
            "statistics": {
                writers.text.write(node): as_dict(derivation, writers)
                for node, derivation in record.values.statistics.items()
            },
            "unknowns": {
                writers.text.write(node): as_dict(derivation, writers)
                for node, derivation in record.values.unknowns.items()
            },
        },
    }


@as_dict.register
def _(record: Classification, writers: Writers) -> dict[str, Any]:
    return {
        "verdict": record.verdict.value,
        "reason": record.says,
        "global": record.is_global,
        "hessian": writers.result(record.hessian),
        "minors": [as_dict(minor, writers) for minor in record.minors],
    }


@as_dict.register
def _(record: StationarySolution, writers: Writers) -> dict[str, Any]:
    found = record.classification
    return {
        "version": VERSION,
        "start": writers.shown(record.gradient.expression),
        "by": [writers.text.write(variable) for variable in record.gradient.by],
        "status": record.status,
        "gradient": as_dict(record.gradient, writers),
        "solution": as_dict(record.solution, writers),
        "classification": None if found is None else as_dict(found, writers),
    }


@as_dict.register
def _(record: Descent, writers: Writers) -> dict[str, Any]:
    return {
        "version": VERSION,
        "start": writers.shown(record.gradient.expression),
        "by": [writers.text.write(variable) for variable in record.gradient.by],
        "status": status_of(record.gradient).value,
        "gradient": as_dict(record.gradient, writers),
        "rate": writers.result(record.rate),
        "steps": [
            {
                "point": writers.names(step.point),
                "gradient": as_dict(step.gradient, writers),
                "update": as_dict(step.update, writers),
                "after": writers.names(step.after),
                "rounded": step.rounded,
            }
            for step in record.steps
        ],
        "result": writers.names(record.result),
    }


@as_dict.register
def _(record: ImplicitDerivative, writers: Writers) -> dict[str, Any]:
    return {
        "version": VERSION,
        "start": writers.shown(record.equation),
        "by": [writers.text.write(variable) for variable in record.by],
        "of": writers.text.write(record.name),
        "status": record.status,
        "slopes": [
            {
                "by": writers.text.write(slope.variable),
                "derivation": as_dict(slope.derivation, writers),
                "solution": as_dict(slope.solution, writers),
            }
            for slope in record.slopes
        ],
        "higher": [as_dict(derivation, writers) for derivation in record.higher],
        "result": writers.result(record.result),
    }
