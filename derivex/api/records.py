"""Records as JSON, one form for each kind of record.

The forms of solutions and of lessons are registered by the modules next to this one, so that
a plain derivative need not import them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import Any

from sympy.core.basic import Basic

from derivex.api.declarations import Declarations
from derivex.derivation import VERSION, Derivation, Detail, Line, Status, write_record
from derivex.engine import GradientDerivation
from derivex.errors import RecordError
from derivex.expression.functions import Functions
from derivex.notation import LatexWriter, SympyWriter, TextWriter

__all__ = ["Writers", "as_dict", "read_json", "status_of", "with_declarations"]


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


def with_declarations(told: dict[str, Any], declarations: Declarations) -> dict[str, Any]:
    """The JSON form of a result with what was declared for it, after what was asked."""
    asked: dict[str, Any] = {key: told[key] for key in ("version", "start", "by") if key in told}
    return {**asked, "declarations": declarations.to_dict(), **told}


def read_json(text: str) -> Any:
    """What a text in JSON says.

    Raises:
        RecordError: the text is no JSON.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise RecordError(f"this is not JSON: {error}") from None
    except (RecursionError, ValueError, TypeError) as error:
        raise RecordError(f"this cannot be read as JSON: {error}") from None


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
        "status": record.status.value,
        "result": writers.result(record.result),
        "conditions": [writers.shown(each) for each in record.conditions],
        "lines": writers.lines(record.lines(writers.detail)),
        **{key: value for key, value in stored.items() if key not in ("version", "status")},
    }


def status_of(record: GradientDerivation) -> Status:
    """How the derivations of a gradient ended: finished if all of them are."""
    found = [partial.status for partial in record.partials]
    return next((status for status in found if status is not Status.FINISHED), Status.FINISHED)


@as_dict.register
def _(record: GradientDerivation, writers: Writers) -> dict[str, Any]:
    return {
        "version": VERSION,
        "start": writers.shown(record.expression),
        "by": [writers.text.write(variable) for variable in record.by],
        "status": status_of(record).value,
        "partials": [as_dict(partial, writers) for partial in record.partials],
        "gradient": writers.result(record.row),
    }
