"""Gradient descent: steps with their arithmetic, searches in floating point, and why they end."""

from derivex.descent.convergence import Curvature, bound_on_rate
from derivex.descent.figures import short
from derivex.descent.gradient_check import (
    EPSILON,
    Entry,
    Finding,
    GradientCheck,
    Judgement,
    check_formula,
    check_function,
)
from derivex.descent.history import Iterate
from derivex.descent.method import METHODS, PLAIN, Method, method_named
from derivex.descent.record import MOST_STEPS, Descent, Ending, Options, Progress, exact_value
from derivex.descent.running import descend
from derivex.descent.schedule import SCHEDULES, Schedule, schedule_named
from derivex.descent.steps import DIGITS, DescentStep, Move

__all__ = [
    "DIGITS",
    "EPSILON",
    "METHODS",
    "MOST_STEPS",
    "PLAIN",
    "SCHEDULES",
    "Curvature",
    "Descent",
    "DescentStep",
    "Ending",
    "Entry",
    "Finding",
    "GradientCheck",
    "Iterate",
    "Judgement",
    "Method",
    "Move",
    "Options",
    "Progress",
    "Schedule",
    "bound_on_rate",
    "check_formula",
    "check_function",
    "descend",
    "exact_value",
    "method_named",
    "schedule_named",
    "short",
]
