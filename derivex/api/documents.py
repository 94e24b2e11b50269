"""Every kind of result as JSON: written, and loaded again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from derivex.api.backpropagation import Backpropagation
from derivex.api.declarations import Declarations
from derivex.api.derivative import Derivative
from derivex.api.document import VERSION, Document
from derivex.api.gradients import Gradient
from derivex.api.implicit_functions import Implicit
from derivex.api.inputs import read_book
from derivex.api.lesson import LessonRun
from derivex.api.slopes import Differentiability, Directional, Nudges, Tangent
from derivex.api.solution import Descent, Solution
from derivex.api.subgradients import Subgradient
from derivex.derivation import Derivation, Detail
from derivex.errors import DerivexError, RecordError
from derivex.lessons import LessonRun as Run
from derivex.rulebook import RuleBook
from derivex.storage import (
    BACKWARD,
    DERIVATION,
    DESCENT,
    DIFFERENTIABILITY,
    DIRECTIONAL,
    GRADIENT,
    IMPLICIT,
    LESSON,
    NUDGES,
    SOLUTION,
    STATIONARY,
    SUBGRADIENT,
    TANGENT,
    EntryError,
    Writing,
    short,
    shown,
    stored,
)
from derivex.storage.codec import Optional
from derivex.storage.expressions import RESULT

__all__ = [
    "DOCUMENTS",
    "load",
    "read_document",
    "read_json",
    "same",
    "stored_form",
    "to_dict",
    "to_json",
]


def _derivative(
    record: Derivation, book: RuleBook, notes: tuple[str, ...], declarations: Declarations
) -> Derivative:
    return Derivative(record, declarations)


def _lesson(record: Run, book: RuleBook) -> LessonRun:
    return LessonRun.done(record.lesson, book, record.parts)


_VALUE = {"value": stored(Optional(DERIVATION), "value", "The value at the point, if asked for.")}


def _found(says: str) -> dict[str, Any]:
    return {"result": shown(RESULT, "expression", says)}


DOCUMENTS = (
    Document(Derivative, DERIVATION, _derivative, get=lambda result: result.derivation),
    Document(
        Gradient,
        GRADIENT,
        Gradient,
        {**_VALUE, **_found("The gradient, or its value at the point.")},
    ),
    Document(
        Backpropagation, BACKWARD, Backpropagation, _found("The gradient, as it was asked for.")
    ),
    Document(Subgradient, SUBGRADIENT, Subgradient),
    Document(Solution, STATIONARY, Solution),
    Document(Solution, SOLUTION, Solution),
    Document(Descent, DESCENT, Descent),
    Document(Implicit, IMPLICIT, Implicit, _VALUE),
    Document(Nudges, NUDGES, Nudges, _found("What the ratios go to.")),
    Document(Tangent, TANGENT, Tangent, _found("The right-hand side of the tangent's equation.")),
    Document(Directional, DIRECTIONAL, Directional, _found("The derivative along the direction.")),
    Document(Differentiability, DIFFERENTIABILITY, Differentiability, _found("The limit.")),
    Document(LessonRun, LESSON, _lesson, get=lambda run: run, plain=True),
)
"""Every kind of result that is written and loaded again."""

_BY_KIND = {each.kind: each for each in DOCUMENTS}


def _document_of(result: Any) -> Document:
    for document in DOCUMENTS:
        if type(result) is document.of and isinstance(document.get(result), document.record.of):
            return document
    raise TypeError(f"a {type(result).__name__} has no JSON form")


def to_dict(result: Any, detail: str | Detail = Detail.TEXTBOOK) -> dict[str, Any]:
    """A result as a dictionary, ready for ``json.dump``; the JSON Schema says what is in it.

    Args:
        result: what a function of derivex gave.
        detail: how many lines the derivations show: ``"full"``, ``"textbook"`` or ``"brief"``.

    Raises:
        TypeError: it is no result of derivex.
    """
    return _document_of(result).write(result, Writing(result.book.functions, detail))


def to_json(result: Any, detail: str | Detail = Detail.TEXTBOOK, indent: int | None = None) -> str:
    """A result as JSON, which :func:`load` reads again; the JSON Schema says what is in it.

    Args:
        result: what a function of derivex gave.
        detail: how many lines the derivations show: ``"full"``, ``"textbook"`` or ``"brief"``.
        indent: blanks by which the JSON is indented; None for one line.

    Raises:
        TypeError: it is no result of derivex.

    >>> import derivex
    >>> to_json(derivex.diff("x^2"))[:35]
    '{"version": 1, "kind": "derivation"'
    """
    return json.dumps(to_dict(result, detail), ensure_ascii=False, indent=indent)


def stored_form(result: Any) -> dict[str, Any]:
    """What :func:`to_dict` gives without what is only there for readers, such as the lines.

    It takes time and space in proportion to the number of steps, however long the lines are.
    """
    return _document_of(result).write(result, Writing(result.book.functions, shown=False))


def same(first: Any, second: Any) -> bool:
    """Whether two results hold the same, by what is stored of them."""
    return stored_form(first) == stored_form(second)


def read_json(text: str) -> Any:
    """What a text in JSON says.

    Raises:
        RecordError: the text is no JSON.
    """

    def refuse(word: str) -> NoReturn:
        raise ValueError(f"{word} is no number of JSON")

    try:
        return json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise RecordError(f"this is not JSON: {error}") from None
    except (RecursionError, ValueError, TypeError) as error:
        raise RecordError(f"this cannot be read as JSON: {error}") from None


def load(text: str, rules: str | Path | RuleBook | None = None) -> Any:
    """The result that :func:`to_json` wrote, whatever its kind; it is replayed while it is loaded.

    Args:
        text: the JSON.
        rules: a rule file whose rules the result uses as well, or the rule book that it uses.

    Raises:
        RecordError: the text is no JSON of this version, something in it is not as the schema
            says (with the path to it), or a step does not come out as it was stored.

    >>> import derivex
    >>> found = derivex.gradient("x^2 y", by="x,y")
    >>> derivex.load(found.to_json()) == found
    True
    """
    return read_document(read_json(text), read_book(rules))


def read_document(told: Any, book: RuleBook, of: type | None = None) -> Any:
    """The result that :func:`to_dict` gave.

    Args:
        told: the dictionary.
        book: the rules that it cites.
        of: the class that the result has to be of; None for any.

    Raises:
        RecordError: it is something else, or does not replay.
    """
    try:
        result = _read(told, book, of)
        result.replay()
    except EntryError as error:
        raise RecordError(f"this cannot be loaded: {error}") from None
    except RecordError:
        raise
    except DerivexError as error:
        raise RecordError(f"this cannot be loaded: {error.message}") from None
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, AssertionError) as error:
        raise RecordError(f"what is stored is damaged: {error!r}") from None
    return result


def _read(told: Any, book: RuleBook, of: type | None) -> Any:
    if not isinstance(told, dict):
        raise EntryError(f"{short(told)} is no object")
    version, kind = told.get("version"), told.get("kind")
    if type(version) is not int or version != VERSION:
        raise EntryError(
            f"{short(version)} is not {VERSION}, the version that is read here", "version"
        )
    document = _BY_KIND.get(kind) if isinstance(kind, str) else None
    if document is None:
        known = ", ".join(_BY_KIND)
        raise EntryError(f"{short(kind)} is no kind of result; there are {known}", "kind")
    if of is not None and document.of is not of:
        raise EntryError(f"{short(kind)} is no {of.__name__}", "kind")
    return document.read(told, book)
