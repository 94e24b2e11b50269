"""Solutions, stationary points and implicit derivatives in JSON."""

from __future__ import annotations

from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.expression import ZERO, And, Relation, Unequal
from derivex.solving import (
    Check,
    Classification,
    ImplicitDerivative,
    Outcome,
    Slope,
    Solution,
    StationarySolution,
    Verdict,
)
from derivex.solving import Values as DataValues
from derivex.solving.corners import Corner
from derivex.solving.points import Point
from derivex.solving.special import SpecialCase
from derivex.storage.cases import CASES
from derivex.storage.codec import (
    NUMBER,
    TEXT,
    TRUTH,
    Choice,
    Codec,
    Later,
    Many,
    Optional,
    Reading,
)
from derivex.storage.derivations import DERIVATION, GRADIENT, by
from derivex.storage.eliminations import ELIMINATION
from derivex.storage.entry_error import EntryError
from derivex.storage.expressions import (
    FORMULA,
    NAME,
    NAMES,
    NODES,
    RESULT,
    STORED,
    STORED_RESULT,
    WORDS,
    Node,
    Stored,
    Values,
)
from derivex.storage.moves import COLUMN, MOVE, ROWS
from derivex.storage.record import Field, Record, shown, stored

__all__ = ["IMPLICIT", "SOLUTION", "STATIONARY"]

CHECK = Record(
    "substitution",
    Check,
    "An equation with the solution put in.",
    {
        "equation": stored(NUMBER, "origin", "Which of the given equations, from 1."),
        "given": stored(STORED, "equation", "That equation."),
        "holds": shown(TRUTH, "holds", "Whether both sides come to the same."),
        "derivation": stored(DERIVATION, "derivation", "What the two sides differ by."),
        "agrees": stored(TRUTH, "agrees", "Whether its digits are those of 0, if that is open."),
    },
)


class _Worked:
    """What something comes to, worked out."""

    def __init__(self, of: Basic, derivation: Derivation):
        self.of, self.derivation = of, derivation


_WORKED = Record(
    "worked",
    _Worked,
    "What something comes to with the data filled in.",
    {
        "of": stored(STORED, "of", "What is worked out."),
        "derivation": stored(DERIVATION, "derivation", "How."),
    },
)


def _worked(get: str) -> Field:
    def pairs(values: DataValues) -> list[_Worked]:
        return [_Worked(of, derivation) for of, derivation in getattr(values, get).items()]

    return Field(Many(_WORKED), pairs, get, "In the order of calculation.")


def _values(values: dict[str, Any], source: Reading) -> DataValues:
    found = [
        {each.of: each.derivation for each in values[name]} for name in ("statistics", "unknowns")
    ]
    return DataValues(*found)


VALUES = Record(
    "values",
    DataValues,
    "What a solution comes to with the data filled in.",
    {"statistics": _worked("statistics"), "unknowns": _worked("unknowns")},
    build=_values,
)

POINT = Record(
    "point",
    Point,
    "A solution of a system that was solved by cases.",
    {
        "values": stored(Values(), "values", "What the unknowns are."),
        "free": stored(NODES, "free", "The unknowns that may take any value."),
        "relations": stored(Many(STORED), "relations", "What holds on a curve of solutions."),
        "exact": stored(TRUTH, "exact", "Whether the values are exact, not rounded."),
        "checks": stored(Many(CHECK), "checks", "The values put into each equation."),
        "found": stored(WORDS, "said", "How it was found, if not by the moves of a case."),
    },
)


SOLUTION = Record(
    "solution",
    Solution,
    "Equations, and how they were solved, move by move.",
    {
        "by": shown(NAMES, "unknowns", "The unknowns, as text; their nodes are in variables."),
        "variables": stored(NODES, "unknowns"),
        "equations": stored(Many(STORED), "equations", "The equations as they were given."),
        "status": shown(TEXT, "status", "How it ended, in words."),
        "outcome": stored(Choice(Outcome), "outcome", "How it ended."),
        "reason": stored(WORDS, "reason", "Why there is no solution, or none was found."),
        "results": stored(Values(), "results", "What each unknown is that is determined."),
        "free": stored(NODES, "free", "The unknowns that may take any value."),
        "conditions": shown(
            Many(FORMULA),
            lambda record: [
                each if isinstance(each, (And, Relation)) else Unequal(each, ZERO)
                for each in record.conditions
            ],
            "What has to hold for the moves to be allowed.",
        ),
        "nonzero": stored(NODES, "conditions", "What must not be zero, and relations that hold."),
        "rows": shown(ROWS, lambda record: record.lines, "The moves as they are shown."),
        "columns": stored(Many(COLUMN), "columns", "What is done with each of two equations."),
        "moves": stored(Many(MOVE), "moves", "What is done after that."),
        "checks": stored(Many(CHECK), "checks", "The results put into each equation."),
        "values": stored(Optional(VALUES), "values", "The numbers for the data, if there are any."),
        "remarks": stored(Many(WORDS), "notes", "Remarks: texts and formulas."),
        "cases": stored(CASES, "case", "How it was solved by cases, if it was; the whole first."),
        "points": stored(Many(POINT), "points", "Then the solutions, each once."),
        "completeness": stored(WORDS, "completeness", "Whether these are all, and why."),
        "undefined": stored(
            Many(Values(Symbol)), "undefined", "Candidates at which an equation has no value."
        ),
        "elimination": stored(
            Optional(ELIMINATION), "elimination", "How many linear equations were solved."
        ),
        "special": stored(
            Later(lambda: _SPECIALS), "special", "What becomes of them where a condition fails."
        ),
    },
    build=lambda values, source: Solution(**values, book=source.book),
    tagged=True,
)

CLASSIFICATION = Record(
    "classification",
    Classification,
    "What a stationary point is, and why.",
    {
        "verdict": stored(Choice(Verdict), "verdict"),
        "reason": shown(TEXT, "says", "The verdict and its reason, as text."),
        "words": stored(WORDS, "reason", "The reason: texts and formulas."),
        "global": stored(TRUTH, "is_global", "Whether it holds for the whole function."),
        "strict": stored(
            Optional(TRUTH), "is_strict", "Whether it is the only such point, if that is known."
        ),
        "hessian": stored(STORED_RESULT, "hessian", "The matrix of second derivatives there."),
        "entries": stored(Many(Many(DERIVATION)), "entries", "Each second derivative."),
        "minors": stored(Many(DERIVATION), "minors", "The leading principal minors."),
        "proofs": stored(Many(DERIVATION), "proofs", "What else the reason speaks of."),
    },
)

_SPECIALS: Codec = Many(
    Record(
        "special_case",
        SpecialCase,
        "What holds where a condition on letters fails.",
        {
            "assumed": stored(Many(STORED), "assumed", "What is assumed."),
            "solution": stored(SOLUTION, "solution", "The equations with this put in."),
            "kinds": stored(Many(CLASSIFICATION), "kinds", "For a gradient, what its points are."),
        },
    )
)


CORNER = Record(
    "corner",
    Corner,
    "A point at which the function has a value, and its gradient none.",
    {
        "values": stored(Values(Symbol), "values", "Where it is."),
        "verdict": stored(Choice(Verdict), "verdict"),
        "words": stored(WORDS, "reason", "Why: texts and formulas."),
        "proofs": stored(Many(DERIVATION), "proofs", "Its slopes on the left and on the right."),
    },
)


def _stationary(values: dict[str, Any], source: Reading) -> StationarySolution:
    solution = values["solution"]
    determined = solution.outcome in (Outcome.SOLVED, Outcome.UNDERDETERMINED)
    if len(values["kinds"]) != len(solution.points):
        raise EntryError("there is not one for each point", "kinds")
    by_cases = solution.case is not None
    if values["classification"] is None and determined and not solution.free and not by_cases:
        raise EntryError("it is missing, although there is a point", "classification")
    return StationarySolution(**values)


STATIONARY = Record(
    "stationary_points",
    StationarySolution,
    "Where the gradient of a function is zero, and what is there.",
    {
        "start": shown(FORMULA, "gradient.expression", "The function."),
        "by": shown(NAMES, "gradient.by", "Its variables."),
        "status": shown(TEXT, "status", "What was found, in words."),
        "gradient": stored(GRADIENT, "gradient", "The partial derivatives."),
        "solution": stored(SOLUTION, "solution", "These set to zero, and solved."),
        "classification": stored(
            Optional(CLASSIFICATION), "classification", "What the point is, if there is one."
        ),
        "second": stored(Many(Many(DERIVATION)), "second", "Each second derivative, by cases."),
        "kinds": stored(Many(CLASSIFICATION), "kinds", "What each point of the cases is."),
        "constraints": stored(
            Many(STORED), "constraints", "Equations that the points satisfy besides."
        ),
        "corners": stored(Many(CORNER), "corners", "Points with a value and no gradient."),
    },
    build=_stationary,
    tagged=True,
)

_SLOPE = Record(
    "slope",
    Slope,
    "The first derivative of an implicit function by one variable.",
    {
        "by": shown(NAME, "variable", "The variable."),
        "variable": stored(Node(Symbol), "variable"),
        "derivation": stored(DERIVATION, "derivation", "The two sides differentiated."),
        "solution": stored(SOLUTION, "solution", "That solved for the derivative."),
    },
)


def _implicit(values: dict[str, Any], source: Reading) -> ImplicitDerivative:
    if not values["slopes"]:
        raise EntryError("there are none", "slopes")
    for number, slope in enumerate(values["slopes"]):
        unknowns = slope.solution.unknowns
        if not unknowns or unknowns[0] not in slope.solution.results:
            raise EntryError("it is not solved for the derivative", "slopes", number)
    return ImplicitDerivative(**values)


IMPLICIT = Record(
    "implicit",
    ImplicitDerivative,
    "A derivative of a function that an equation determines.",
    {
        "start": stored(STORED, "equation", "The equation."),
        **by("by"),
        "of": shown(NAME, "name", "The function."),
        "quantity": stored(Stored(), "quantity", "The function, with what it depends on."),
        "status": shown(TEXT, "status", "How it ended, in words."),
        "slopes": stored(Many(_SLOPE), "slopes", "The first derivatives."),
        "higher": stored(Many(DERIVATION), "higher", "The derivatives after the first."),
        "result": shown(RESULT, "result", "The derivative, in plain letters."),
    },
    build=_implicit,
    tagged=True,
)
