"""What a library user gets: functions, and result objects that show themselves."""

from derivex.api.derivative import Derivative
from derivex.api.functions import diff, evaluate
from derivex.api.gradient import Gradient, gradient
from derivex.api.inputs import Problem, make_problem
from derivex.api.lesson import run
from derivex.api.records import Writers, as_dict, lesson_as_dict
from derivex.api.showing import Shown
from derivex.api.solution import Descent, Solution, descend, solve

__all__ = [
    "Derivative",
    "Descent",
    "Gradient",
    "Problem",
    "Shown",
    "Solution",
    "Writers",
    "as_dict",
    "descend",
    "diff",
    "evaluate",
    "gradient",
    "lesson_as_dict",
    "make_problem",
    "run",
    "solve",
]
