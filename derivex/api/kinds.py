"""The kinds of results that JSON knows; each is imported when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from derivex.api.document import Document
from derivex.storage import EntryError, Field, short, shown, stored

if TYPE_CHECKING:
    from derivex.api.declarations import Declarations
    from derivex.derivation import Derivation
    from derivex.rulebook import RuleBook

__all__ = ["all_kinds", "kind_named", "kind_of"]


def kind_named(kind: Any) -> Document:
    """The kind of that name.

    Raises:
        EntryError: there is none.
    """
    if not isinstance(kind, str) or kind not in _KINDS:
        raise EntryError(
            f"{short(kind)} is no kind of result; there are {', '.join(_KINDS)}", "kind"
        )
    return _made(kind)


def kind_of(result: Any) -> Document:
    """The kind of a result.

    Raises:
        TypeError: it is no result, or one that has no JSON form.
    """
    names = [kind.__name__ for kind in type(result).__mro__]
    for kind in next((_OF_CLASSES[name] for name in names if name in _OF_CLASSES), ()):
        document = _made(kind)
        if isinstance(result, document.of) and isinstance(document.get(result), document.record.of):
            return document
    raise TypeError(f"a {type(result).__name__} has no JSON form")


def all_kinds() -> list[Document]:
    """Every kind of result that is written and loaded again."""
    return [_made(kind) for kind in _KINDS]


@cache
def _made(kind: str) -> Document:
    return _KINDS[kind]()


def _found(says: str) -> dict[str, Field]:
    from derivex.storage.expressions import RESULT

    return {"result": shown(RESULT, "expression", says)}


def _value() -> dict[str, Field]:
    from derivex.storage.codec import Optional
    from derivex.storage.derivations import DERIVATION

    says = "The value at the point, if one was asked for."
    return {"value": stored(Optional(DERIVATION), "value", says)}


def _derivation() -> Document:
    from derivex.api.derivative import Derivative
    from derivex.storage.derivations import DERIVATION

    def build(
        record: Derivation, book: RuleBook, notes: tuple[str, ...], declarations: Declarations
    ) -> Derivative:
        return Derivative(record, declarations)

    return Document(Derivative, DERIVATION, build, get=lambda result: result.derivation)


def _gradient() -> Document:
    from derivex.api.gradients import Gradient
    from derivex.storage.derivations import GRADIENT

    extra = {**_value(), **_found("The gradient, or its value at the point.")}
    return Document(Gradient, GRADIENT, Gradient, extra)


def _backpropagation() -> Document:
    from derivex.api.backpropagation import Backpropagation
    from derivex.storage.backward import BACKWARD

    extra = _found("The gradient, as it was asked for.")
    return Document(Backpropagation, BACKWARD, Backpropagation, extra)


def _subgradient() -> Document:
    from derivex.api.subgradients import Subgradient
    from derivex.storage.subgradients import SUBGRADIENT

    return Document(Subgradient, SUBGRADIENT, Subgradient)


def _stationary_points() -> Document:
    from derivex.api.solution import Solution
    from derivex.storage.solutions import STATIONARY

    return Document(Solution, STATIONARY, Solution)


def _solution() -> Document:
    from derivex.api.solution import Solution
    from derivex.storage.solutions import SOLUTION

    return Document(Solution, SOLUTION, Solution)


def _descent() -> Document:
    from derivex.api.solution import Descent
    from derivex.storage.descents import DESCENT

    return Document(Descent, DESCENT, Descent)


def _gradient_check() -> Document:
    from derivex.api.gradient_checks import GradientCheck
    from derivex.storage.gradient_checks import GRADIENT_CHECK

    return Document(GradientCheck, GRADIENT_CHECK, GradientCheck)


def _implicit() -> Document:
    from derivex.api.implicit_functions import Implicit
    from derivex.storage.solutions import IMPLICIT

    return Document(Implicit, IMPLICIT, Implicit, _value())


def _nudges() -> Document:
    from derivex.api.slopes import Nudges
    from derivex.storage.slopes import NUDGES

    return Document(Nudges, NUDGES, Nudges, _found("What the ratios go to."))


def _tangent() -> Document:
    from derivex.api.slopes import Tangent
    from derivex.storage.slopes import TANGENT

    extra = _found("The right-hand side of the tangent's equation.")
    return Document(Tangent, TANGENT, Tangent, extra)


def _directional() -> Document:
    from derivex.api.slopes import Directional
    from derivex.storage.slopes import DIRECTIONAL

    extra = _found("The derivative along the direction.")
    return Document(Directional, DIRECTIONAL, Directional, extra)


def _differentiability() -> Document:
    from derivex.api.slopes import Differentiability
    from derivex.storage.slopes import DIFFERENTIABILITY

    return Document(Differentiability, DIFFERENTIABILITY, Differentiability, _found("The limit."))


def _lesson() -> Document:
    from derivex.api.lesson import LessonRun
    from derivex.storage.lessons import LESSON

    def build(record: Any, book: RuleBook) -> LessonRun:
        return LessonRun.done(record.lesson, book, record.parts)

    return Document(LessonRun, LESSON, build, get=lambda run: run, plain=True)


def _worked() -> Document:
    from derivex.api.lesson import Worked
    from derivex.storage.lessons import WORKED

    def build(record: Any, book: RuleBook) -> Worked:
        return Worked.of(record, book)

    return Document(Worked, WORKED, build, get=lambda worked: worked.outcomes, plain=True)


def _exercise_sheet() -> Document:
    from derivex.api.sheets import ExerciseSheet
    from derivex.storage.sheets import SHEET

    def build(record: Any, book: RuleBook) -> ExerciseSheet:
        return ExerciseSheet(record, book)

    return Document(ExerciseSheet, SHEET, build, get=lambda made: made.sheet, plain=True)


def _marks() -> Document:
    from derivex.api.marks import Marks
    from derivex.storage.marks import MARKS

    return Document(Marks, MARKS, Marks, plain=True)


_KINDS: dict[str, Callable[[], Document]] = {
    "derivation": _derivation,
    "gradient": _gradient,
    "backpropagation": _backpropagation,
    "subgradient": _subgradient,
    "stationary_points": _stationary_points,
    "solution": _solution,
    "descent": _descent,
    "gradient_check": _gradient_check,
    "implicit": _implicit,
    "nudges": _nudges,
    "tangent": _tangent,
    "directional": _directional,
    "differentiability": _differentiability,
    "lesson": _lesson,
    "worked": _worked,
    "sheet": _exercise_sheet,
    "marks": _marks,
}

_OF_CLASSES = {
    "Derivative": ("derivation",),
    "Gradient": ("gradient",),
    "Backpropagation": ("backpropagation",),
    "Subgradient": ("subgradient",),
    "Solution": ("stationary_points", "solution"),
    "Descent": ("descent",),
    "GradientCheck": ("gradient_check",),
    "Implicit": ("implicit",),
    "Nudges": ("nudges",),
    "Tangent": ("tangent",),
    "Directional": ("directional",),
    "Differentiability": ("differentiability",),
    "LessonRun": ("lesson",),
    "Worked": ("worked",),
    "ExerciseSheet": ("sheet",),
    "Marks": ("marks",),
}
