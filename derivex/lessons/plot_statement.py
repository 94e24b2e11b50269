"""``plot``: a picture in a lesson."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import evaluate, gradient
from derivex.equality.decimals import decimal_value
from derivex.expression import And, AtLeast, AtMost, Greater, Less
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.outcomes import Drawing
from derivex.lessons.passage import Passage
from derivex.lessons.working import one_clause_each
from derivex.notation import Scope, read_condition

__all__ = ["plot_statement"]

_USAGE = "write: plot x^2 - y^2 within -2 <= x <= 2, -1 <= y <= 1"
_WITH = ("surface", "gradient")


def plot_statement(knowledge: Knowledge, rest: Passage) -> tuple[Drawing]:
    """``plot f by x, y within -2 <= x <= 2, 0 <= y <= 1 at c = 3 with gradient and surface``.

    ``plot result`` draws what the statement before led to: a descent, a tangent, nudges,
    subgradients, stationary points.
    """
    from derivex.plots import Setting, draw_expression  # NumPy takes a while to import

    head, clauses = rest.clauses("by", "within", "at", "with")
    named = one_clause_each(clauses)
    if not head:
        raise rest.error("it is not said what to draw", _USAGE)
    wanted = _wanted(named["with"]) if "with" in named else set()
    ranges = _ranges(knowledge, named["within"]) if "within" in named else {}
    if head.text == "result":
        return (_of_records(knowledge, head, ranges, "surface" in wanted),)
    expression = knowledge.expression(head)
    point = knowledge.values(named["at"]) if "at" in named else {}
    values = {**knowledge.numbers, **point}
    by = _variables(knowledge, expression, values, named.get("by"))
    known = {name: value for name, value in values.items() if name not in by}
    functions = knowledge.book.functions
    setting = Setting(knowledge.definitions, knowledge.data, functions, known, ranges)
    slopes = None
    if "gradient" in wanted:
        definitions = knowledge.definitions
        slopes = rest.locate(lambda: gradient(expression, by, knowledge.book, None, definitions))
    picture = rest.locate(
        lambda: draw_expression(
            expression, by, setting, gradient=slopes, surface="surface" in wanted
        )
    )
    return (Drawing(picture),)


def _of_records(
    knowledge: Knowledge,
    head: Passage,
    ranges: dict[Symbol, tuple[float, float]],
    surface: bool,
) -> Drawing:
    """The picture of what the statement before led to."""
    from derivex.plots import Setting, draw, side_by_side

    setting = Setting(knowledge.definitions, knowledge.data, knowledge.book.functions, {}, ranges)
    pictures = [
        picture
        for record in knowledge.shown
        for picture in head.locate(lambda record=record: draw(record, setting, surface))  # type: ignore[misc]
    ]
    if not pictures:
        raise head.error(
            "there is no picture of what came before",
            "descents, tangents, nudges, subgradients and stationary points of one or two "
            "variables have one; else write the function: plot x^2",
        )
    return Drawing(side_by_side(pictures))


def _wanted(clause: Passage) -> set[str]:
    """What is drawn besides: ``gradient and surface``."""
    words = {word.text for part in clause.parts(",") for word in part.parts("and")}
    for word in words:
        if word not in _WITH:
            raise clause.error(f"“{word}” is nothing that can be drawn here", "write: with surface")
    return words


def _variables(
    knowledge: Knowledge, expression: Basic, values: dict[Basic, Basic], by: Passage | None
) -> tuple[Symbol, ...]:
    """The variables of the axes: those that are named, else those that have no value."""
    if by is not None:
        names = knowledge.names(by)
        for name in names:
            if not isinstance(name, Symbol):
                raise by.error(f"{name} is no number, so there is no axis for it")
        return tuple(name for name in names if isinstance(name, Symbol))
    variables = knowledge.variables(expression)
    return tuple(name for name in variables if name not in values) or variables


def _ranges(knowledge: Knowledge, clause: Passage) -> dict[Symbol, tuple[float, float]]:
    """``-2 <= x <= 2, 0 <= y <= 1``: from where to where."""
    lows: dict[Symbol, float] = {}
    highs: dict[Symbol, float] = {}
    for part in clause.parts(","):
        for left, right in _ordered(knowledge, part):
            if isinstance(right, Symbol) and not isinstance(left, Symbol):
                lows[right] = _number(knowledge, part, left)
            elif isinstance(left, Symbol) and not isinstance(right, Symbol):
                highs[left] = _number(knowledge, part, right)
            else:
                raise part.error("a range lies between two numbers", _USAGE)
    for name in lows.keys() | highs.keys():
        if name not in lows or name not in highs or not lows[name] < highs[name]:
            raise clause.error(f"the range of {name.name} has no beginning and end", _USAGE)
    return {name: (low, highs[name]) for name, low in lows.items()}


def _ordered(knowledge: Knowledge, part: Passage) -> Iterator[tuple[Basic, Basic]]:
    """The smaller and the greater side of each relation."""
    scope = Scope(functions=knowledge.functions)
    condition = part.locate(lambda: read_condition(part.text, scope)).expression
    for relation in condition.args if type(condition) is And else (condition,):
        if type(relation) in (AtMost, Less):
            yield relation.args[0], relation.args[1]
        elif type(relation) in (AtLeast, Greater):
            yield relation.args[1], relation.args[0]
        else:
            raise part.error("a range lies between two numbers", _USAGE)


def _number(knowledge: Knowledge, part: Passage, written: Basic) -> float:
    found = part.locate(lambda: evaluate(written, {}, {}, knowledge.book)).result
    return float(part.locate(lambda: decimal_value(found, knowledge.book.functions)))
