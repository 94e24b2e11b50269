"""What a library user gets: functions, and result objects that show themselves."""

from derivex.api.derivative import Derivative
from derivex.api.functions import diff
from derivex.api.gradient import Gradient, gradient
from derivex.api.inputs import Problem, make_problem

__all__ = ["Derivative", "Gradient", "Problem", "diff", "gradient", "make_problem"]
