"""Lessons as JSON: their prose and what their statements led to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import derivex.api.backpropagation
import derivex.api.slope_records
import derivex.api.solution_records  # registers the records that statements lead to
import derivex.api.subgradients  # noqa: F401
from derivex.api.records import Writers, as_dict
from derivex.derivation import VERSION
from derivex.lessons import Data, Expectation, LessonRun, Outcome, Prose, Shapes
from derivex.notation import Definition, declaration_text

__all__ = ["lesson_as_dict"]


@as_dict.register
def _(record: Definition, writers: Writers) -> dict[str, Any]:
    return {
        "name": record.name,
        "parameters": [writers.text.write(each) for each in record.parameters],
        "definition": None if record.body is None else writers.result(record.body),
    }


@as_dict.register
def _(record: Data, writers: Writers) -> dict[str, Any]:
    return {
        "data": writers.text.write(record.name),
        "entries": [writers.text.write(entry) for entry in record.entries],
    }


@as_dict.register
def _(record: Shapes, writers: Writers) -> dict[str, Any]:
    return {"shapes": [declaration_text(array) for array in record.arrays]}


@as_dict.register
def _(record: Expectation, writers: Writers) -> dict[str, Any]:
    return {
        "expect": record.name,
        "expected": writers.result(record.expected),
        "found": writers.result(record.found),
        "holds": record.holds,
        "rounded": record.rounded,
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
                "statement": part.statement.shown,
                "line": part.statement.place.line,
                "results": [as_dict(result, writers) for result in part.results],
                "notes": list(part.notes),
                "holds": part.holds,
            }
