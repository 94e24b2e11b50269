"""``derivex.plot``: pictures of functions, gradients, tangents, subgradients and descents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.api.gradients import gradient as gradient_of
from derivex.api.inputs import (
    Data,
    Expression,
    Point,
    Problem,
    Variables,
    make_problem,
    read_book,
)
from derivex.api.slopes import nudge as nudge_of
from derivex.api.slopes import tangent as tangent_of
from derivex.api.solution import descend, solve
from derivex.api.subgradients import subgradient as subgradient_of
from derivex.descent import Descent
from derivex.engine import evaluate
from derivex.equality.decimals import decimal_value
from derivex.errors import ProblemError
from derivex.expression import symbol
from derivex.lessons import Drawing, Session, read_lesson
from derivex.notation import Scope, read_text
from derivex.plots import (
    IMAGE_FORMATS,
    Picture,
    Setting,
    animated,
    as_characters,
    descent_frames,
    draw,
    draw_expression,
    drawn,
    side_by_side,
)
from derivex.rulebook import RuleBook

__all__ = ["Plot", "plot", "plot_lesson"]

Ranges: TypeAlias = str | Iterable[str] | Mapping[str, tuple[float, float]] | None

_RANGE = re.compile(r"\s*(?P<name>[^=]+?)\s*=\s*(?P<low>.+?)\s*\.\.\s*(?P<high>.+?)\s*")
_TEXT_WIDTH = 80


@dataclass(frozen=True)
class Plot:
    """Pictures, which can be saved, and show themselves in a notebook.

    Args:
        pictures: what is drawn.
        notes: remarks, such as how the input was read.
        moving: makes the pictures of an animation, where there is one.
    """

    pictures: tuple[Picture, ...]
    notes: tuple[str, ...] = ()
    moving: Callable[[], Sequence[Picture]] | None = field(default=None, repr=False, compare=False)

    def to_bytes(self, format: str = "svg", number: int = 1) -> bytes:
        """A picture as a file: ``svg``, ``png``, ``pdf``, or ``gif`` for one that moves.

        Args:
            format: the format.
            number: which picture, from 1.

        Raises:
            ProblemError: matplotlib is missing, or there is nothing that moves.
        """
        if format != "gif":
            return drawn(self.pictures[number - 1], format)
        if self.moving is None:
            raise ProblemError(
                "nothing moves in this picture",
                hint="a descent does; write .svg, .png or .pdf",
            )
        return animated(self.moving())

    def to_text(self, width: int = _TEXT_WIDTH, unicode: bool = True) -> str:
        """All pictures as text."""
        return "\n".join(as_characters(each, width, unicode) for each in self.pictures)

    def save(self, path: str | Path) -> tuple[Path, ...]:
        """Write the pictures to files; which format, the name says.

        Args:
            path: the file; if there are several pictures, its name gets their numbers.

        Returns:
            The files written.

        Raises:
            ProblemError: another kind of file.
        """
        path = Path(path)
        format = path.suffix.removeprefix(".").lower()
        if format not in IMAGE_FORMATS:
            raise ProblemError(
                f"a picture is not written as {path.suffix or 'a file without a suffix'}",
                hint=f"the name ends in {', '.join('.' + each for each in IMAGE_FORMATS)}",
            )
        if format == "gif" or len(self.pictures) == 1:
            path.write_bytes(self.to_bytes(format))
            return (path,)
        paths = []
        for number in range(1, len(self.pictures) + 1):
            paths.append(path.with_stem(f"{path.stem}-{number}"))
            paths[-1].write_bytes(self.to_bytes(format, number))
        return tuple(paths)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        bundle = {"text/plain": self.to_text()}
        if len(self.pictures) == 1:
            bundle["image/svg+xml"] = self.to_bytes("svg").decode("utf-8")
        return bundle


def plot(
    expression: Expression,
    by: Variables = None,
    *,
    ranges: Ranges = None,
    at: Point = None,
    tangent: bool = False,
    nudge: str | float | None = None,
    subgradient: bool = False,
    gradient: bool = False,
    surface: bool = False,
    stationary: bool = False,
    descent: Mapping[str, Any] | None = None,
    let: str | Iterable[str] = (),
    data: Data = None,
    rules: str | Path | RuleBook | None = None,
) -> Plot:
    """A picture of a function of one or two variables.

    Args:
        expression: text, or a SymPy expression.
        by: the variables; all letters without a value, if left out.
        ranges: from where to where: ``"x = -1..4"``, several with commas.
        at: values of other letters; with ``tangent`` or ``nudge``, where.
        tangent: whether the tangent at that point is drawn.
        nudge: by how much the variable is moved there, for a secant.
        subgradient: whether the subgradients are drawn beside the graph.
        gradient: whether the field of the gradient is drawn.
        surface: whether the graph of a function of two variables is drawn as a surface, too.
        stationary: whether the points at which the gradient is zero are marked.
        descent: a path to be drawn: the arguments of :func:`derivex.descend`, such as
            ``{"start": "x = 1, y = 2", "rate": "0.1", "steps": 20}``.
        let: definitions.
        data: columns of numbers for indexed names.
        rules: a rule file whose rules are used as well, or a rule book used instead.

    Raises:
        DerivexError: something that cannot be read or drawn.

    >>> import derivex
    >>> picture = derivex.plot("x^2 - 2x", ranges="x = -1..3")
    >>> picture.to_text(width=40).splitlines()[0]
    'x² − 2x'
    >>> picture.pictures[0].panels[0].x
    Axis(label='x', low=-1.0, high=3.0)
    """
    asked = (tangent or nudge is not None, subgradient, gradient, stationary, descent is not None)
    if asked.count(True) > 1:
        raise ProblemError(
            "a picture shows one of these: a tangent, subgradients, a gradient field, stationary "
            "points, a descent",
            hint="draw several pictures",
        )
    common: dict[str, Any] = {"let": let, "rules": rules}
    if tangent or nudge is not None:
        if at is None:
            raise ProblemError("it is not said where", hint="for example: at x = 2")
        if nudge is not None:
            found: Any = nudge_of(expression, by, at=at, by=nudge, **common)
        else:
            found = tangent_of(expression, by, at=at, data=data, **common)
        problem = make_problem(expression, by, at, data=data, **common)
        others = dict(problem.point)
        others.pop(found.record.variable, None)
        return _drawn(found.record, _setting(problem, ranges, others), found.notes, surface)
    if subgradient:
        found = subgradient_of(expression, by, **common)
    elif descent is not None:
        found = descend(expression, data=data, **common, **descent)
    problem = make_problem(expression, by, at, data=data, **common)
    variables = problem.by or tuple(
        name for name in problem.variables() if name not in problem.point
    )
    if stationary:
        found = solve(expression, list(variables), data=data, **common)
    setting = _setting(problem, ranges, problem.point)
    if subgradient or stationary or descent is not None:
        return _drawn(found.record, setting, found.notes, surface)
    slopes = None
    if gradient:
        slopes = gradient_of(expression, list(variables), data=data, **common).record
    picture = draw_expression(
        problem.expression, _symbols(variables), setting, gradient=slopes, surface=surface
    )
    return Plot((picture,), problem.notes)


def plot_lesson(
    source: str,
    name: str = "the lesson",
    *,
    ranges: Ranges = None,
    surface: bool = False,
    rules: str | Path | RuleBook | None = None,
) -> Plot:
    """The pictures of a lesson: of what it plots, and of each tangent, nudge, subgradient,
    descent and stationary point in it.

    Args:
        source: the text of the lesson.
        name: what errors call it.
        ranges: from where to where variables are shown, where the usual is not enough.
        surface: whether functions of two variables are drawn as surfaces, too.
        rules: a rule file whose rules are used as well, or a rule book used instead.

    Raises:
        DerivexError: a statement cannot be worked, or there is nothing to draw.
    """
    book = read_book(rules)
    session = Session(book)
    shown = _read_ranges(ranges, book)
    pictures: list[Picture] = []
    longest: tuple[int, Callable[[], Sequence[Picture]] | None] = (0, None)
    for statement in read_lesson(source, name).statements:
        outcome = session.work(statement)
        pictures += [each.picture for each in outcome.results if isinstance(each, Drawing)]
        setting = Setting(session.definitions, session.columns, book.functions, {}, shown)
        for record in outcome.results:
            found = draw(record, setting, surface)
            if found:
                pictures.append(side_by_side(found))
                moving = _moving(record, setting, surface)
                if isinstance(record, Descent) and len(record.history) > longest[0]:
                    longest = (len(record.history), moving)
    if not pictures:
        raise ProblemError(
            "there is nothing to draw in this lesson",
            hint="tangents, nudges, subgradients, descents, stationary points, and what stands "
            "after plot are drawn",
        )
    return Plot(tuple(pictures), (), longest[1])


def _drawn(record: Any, setting: Setting, notes: tuple[str, ...], surface: bool) -> Plot:
    found = draw(record, setting, surface)
    if not found:
        raise ProblemError(
            "there is no picture of this",
            hint="there are pictures of one or two variables, and of points whose letters have "
            "values: --at c=1",
        )
    return Plot((side_by_side(found),), notes, _moving(record, setting, surface))


def _moving(
    record: object, setting: Setting, surface: bool
) -> Callable[[], Sequence[Picture]] | None:
    if not isinstance(record, Descent):
        return None
    return lambda: descent_frames(record, setting, surface)


def _setting(problem: Problem, ranges: Ranges, values: Mapping[Basic, Basic]) -> Setting:
    return Setting(
        problem.definitions,
        problem.columns,
        problem.book.functions,
        dict(values),
        _read_ranges(ranges, problem.book),
    )


def _symbols(variables: Sequence[Basic]) -> tuple[Symbol, ...]:
    if not variables:
        raise ProblemError("there is no variable, so there is nothing to draw")
    for variable in variables:
        if not isinstance(variable, Symbol):
            raise ProblemError(
                f"{variable} is no number, so there is no axis for it",
                hint="write the function by its components",
            )
    return tuple(variables)


def _read_ranges(ranges: Ranges, book: RuleBook) -> dict[Symbol, tuple[float, float]]:
    """What was said of where axes begin and end.

    Raises:
        ProblemError: it is no range, or runs backwards.
    """
    if ranges is None:
        return {}
    if isinstance(ranges, Mapping):
        pairs = {symbol(name): (float(low), float(high)) for name, (low, high) in ranges.items()}
    else:
        texts = [ranges] if isinstance(ranges, str) else list(ranges)
        pairs = dict(_range(part, book) for text in texts for part in text.split(","))
    for name, (low, high) in pairs.items():
        if not low < high:
            raise ProblemError(
                f"the range of {name.name} runs from {low:g} to {high:g}",
                hint="the smaller end comes first: x = -1..4",
            )
    return pairs


def _range(text: str, book: RuleBook) -> tuple[Symbol, tuple[float, float]]:
    found = _RANGE.fullmatch(text)
    if found is None:
        raise ProblemError(f"{text.strip()} is no range", hint="write x = -1..4")
    ends = [_number(found[end], book) for end in ("low", "high")]
    return symbol(found["name"]), (ends[0], ends[1])


def _number(text: str, book: RuleBook) -> float:
    read = read_text(text, Scope(functions=book.functions)).expression
    return float(decimal_value(evaluate(read, {}, {}, book).result, book.functions))
