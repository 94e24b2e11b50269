"""Records as JSON, one form for each kind of record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import singledispatch
from typing import Any

from sympy.core.basic import Basic

from derivex.derivation import VERSION, Derivation, Detail, Line, write_record
from derivex.descent import Descent
from derivex.engine import GradientDerivation
from derivex.expression.functions import Functions
from derivex.lessons import Data, Expectation, LessonRun, Outcome, Prose
from derivex.notation import Definition, LatexWriter, SympyWriter, TextWriter
from derivex.solving import Classification, Solution, StationarySolution

__all__ = ["Writers", "as_dict", "lesson_as_dict"]


class Writers:
    """The notations in which JSON shows an expression.

    Args:
        functions: the known functions.
        detail: how many lines a derivation has.
    """

    def __init__(self, functions: Functions, detail: str | Detail = Detail.TEXTBOOK):
        self.text = TextWriter()
        self.latex = LatexWriter(functions)
        self.sympy = SympyWriter(functions)
        self.detail = Detail(detail)

    def shown(self, node: Basic) -> dict[str, str]:
        """An expression as text and as LaTeX."""
        return {"text": self.text.write(node), "latex": self.latex.write(node)}

    def result(self, node: Basic) -> dict[str, str | None]:
        """An expression in all notations; ``sympy`` is None where SymPy has no words for it."""
        return {**self.shown(node), "sympy": self.sympy.write(node)}

    def lines(self, lines: Iterable[Line]) -> list[dict[str, Any]]:
        """Lines with the rules that led to them."""
        return [
            {
                **self.shown(line.expression),
                "rules": [rule.name for rule in line.rules],
                "says": line.says,
            }
            for line in lines
        ]

    def names(self, values: Mapping[Any, Basic]) -> dict[str, dict[str, str | None]]:
        """What some names stand for."""
        return {self.text.write(name): self.result(value) for name, value in values.items()}


@singledispatch
def as_dict(record: object, writers: Writers) -> dict[str, Any]:
    """A record as a dictionary, ready for ``json.dump``.

    Raises:
        TypeError: the record has no JSON form.
    """
    raise TypeError(f"a {type(record).__name__} has no JSON form")


@as_dict.register
def _(record: Derivation, writers: Writers) -> dict[str, Any]:
    stored = write_record(record)
    return {
        "version": VERSION,
        "start": writers.shown(record.start),
        "by": [writers.text.write(variable) for variable in record.by],
        "declarations": {},
        "status": record.status.value,
        "result": writers.result(record.result),
        "lines": writers.lines(record.lines(writers.detail)),
        **{key: value for key, value in stored.items() if key not in ("version", "status")},
    }


@as_dict.register
def _(record: GradientDerivation, writers: Writers) -> dict[str, Any]:
    return {
        "version": VERSION,
        "start": writers.shown(record.expression),
        "by": [writers.text.write(variable) for variable in record.by],
        "partials": [as_dict(partial, writers) for partial in record.partials],
        "gradient": writers.result(record.row),
    }


@as_dict.register
def _(record: Solution, writers: Writers) -> dict[str, Any]:
    return {
        "version": VERSION,
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
        "status": record.status,
        "gradient": as_dict(record.gradient, writers),
        "solution": as_dict(record.solution, writers),
        "classification": None if found is None else as_dict(found, writers),
    }


@as_dict.register
def _(record: Descent, writers: Writers) -> dict[str, Any]:
    return {
        "version": VERSION,
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
def _(record: Definition, writers: Writers) -> dict[str, Any]:
    return {
        "name": record.name,
        "parameters": [writers.text.write(each) for each in record.parameters],
        "definition": writers.result(record.body),
    }


@as_dict.register
def _(record: Data, writers: Writers) -> dict[str, Any]:
    return {
        "data": writers.text.write(record.name),
        "entries": [writers.text.write(entry) for entry in record.entries],
    }


@as_dict.register
def _(record: Expectation, writers: Writers) -> dict[str, Any]:
    return {
        "expect": record.name,
        "expected": writers.result(record.expected),
        "found": writers.result(record.found),
        "holds": record.holds,
        "says": record.says,
    }


def lesson_as_dict(run: LessonRun, writers: Writers) -> dict[str, Any]:
    """A lesson that was run: its prose and what its statements led to, in order."""
    return {
        "version": VERSION,
        "name": run.lesson.name,
        "parts": list(_parts(run, writers)),
        "holds": all(outcome.holds for outcome in run.outcomes),
    }


def _parts(run: LessonRun, writers: Writers) -> Iterator[dict[str, Any]]:
    for part in run:
        if isinstance(part, Prose):
            yield {"prose": part.text}
        elif isinstance(part, Outcome):
            yield {
                "statement": part.statement.text,
                "line": part.statement.place.line,
                "results": [as_dict(result, writers) for result in part.results],
                "notes": list(part.notes),
                "holds": part.holds,
            }
