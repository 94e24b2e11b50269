"""Solving: equations and stationary points, each move justified and replayable."""

from derivex.solving.check import Check
from derivex.solving.classify import Classification, Verdict, classify
from derivex.solving.constrained import constrained_points
from derivex.solving.eliminate import Outcome
from derivex.solving.implicit import ImplicitDerivative, Slope, implicit_derivative, slope_at
from derivex.solving.lines import Cell, Row
from derivex.solving.matrix_equation import vector_stationary_point
from derivex.solving.record import Column, Move, Words, written
from derivex.solving.solution import Solution
from derivex.solving.solver import solve
from derivex.solving.stationary import StationarySolution, stationary_points
from derivex.solving.values import Values

__all__ = [
    "Cell",
    "Check",
    "Classification",
    "Column",
    "ImplicitDerivative",
    "Move",
    "Outcome",
    "Row",
    "Slope",
    "Solution",
    "StationarySolution",
    "Values",
    "Verdict",
    "Words",
    "classify",
    "constrained_points",
    "implicit_derivative",
    "slope_at",
    "solve",
    "stationary_points",
    "vector_stationary_point",
    "written",
]
