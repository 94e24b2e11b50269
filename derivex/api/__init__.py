"""What a library user gets: functions, and result objects that show themselves.

A name is imported from its module when it is first used: a derivative needs no solver.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derivex.api.answers import judge_answer
    from derivex.api.backpropagation import Backpropagation
    from derivex.api.checks import Checked, check
    from derivex.api.derivative import Derivative
    from derivex.api.documents import load, to_dict, to_json
    from derivex.api.functions import diff, evaluate
    from derivex.api.gradient_checks import GradientCheck, check_gradient
    from derivex.api.gradients import Gradient, gradient
    from derivex.api.implicit_functions import Implicit, implicit
    from derivex.api.inputs import Problem, make_problem
    from derivex.api.jacobians import hessian, jacobian
    from derivex.api.lesson import Lesson, LessonRun, Worked, run
    from derivex.api.marks import Marks, judge_blank, mark
    from derivex.api.plots import Plot, plot, plot_lesson
    from derivex.api.rules import rule_check, rule_table
    from derivex.api.schema import json_schema
    from derivex.api.sheets import ExerciseSheet, sheet
    from derivex.api.showing import Shown
    from derivex.api.slopes import (
        Differentiability,
        Directional,
        Nudges,
        Tangent,
        differentiability,
        directional,
        nudge,
        tangent,
    )
    from derivex.api.solution import Descent, Solution, descend, solve
    from derivex.api.subgradients import Subgradient, subgradient

_HOMES = {
    name: module
    for module, names in {
        "answers": "judge_answer",
        "backpropagation": "Backpropagation",
        "checks": "Checked check",
        "derivative": "Derivative",
        "documents": "load to_dict to_json",
        "functions": "diff evaluate",
        "gradient_checks": "GradientCheck check_gradient",
        "gradients": "Gradient gradient",
        "implicit_functions": "Implicit implicit",
        "inputs": "Problem make_problem",
        "jacobians": "hessian jacobian",
        "lesson": "Lesson LessonRun Worked run",
        "marks": "Marks judge_blank mark",
        "plots": "Plot plot plot_lesson",
        "rules": "rule_check rule_table",
        "schema": "json_schema",
        "sheets": "ExerciseSheet sheet",
        "showing": "Shown",
        "slopes": "Differentiability Directional Nudges Tangent "
        "differentiability directional nudge tangent",
        "solution": "Descent Solution descend solve",
        "subgradients": "Subgradient subgradient",
    }.items()
    for name in names.split()
}

__all__ = [
    "Backpropagation",
    "Checked",
    "Derivative",
    "Descent",
    "Differentiability",
    "Directional",
    "ExerciseSheet",
    "Gradient",
    "GradientCheck",
    "Implicit",
    "Lesson",
    "LessonRun",
    "Marks",
    "Nudges",
    "Plot",
    "Problem",
    "Shown",
    "Solution",
    "Subgradient",
    "Tangent",
    "Worked",
    "check",
    "check_gradient",
    "descend",
    "diff",
    "differentiability",
    "directional",
    "evaluate",
    "gradient",
    "hessian",
    "implicit",
    "jacobian",
    "json_schema",
    "judge_answer",
    "judge_blank",
    "load",
    "make_problem",
    "mark",
    "nudge",
    "plot",
    "plot_lesson",
    "rule_check",
    "rule_table",
    "run",
    "sheet",
    "solve",
    "subgradient",
    "tangent",
    "to_dict",
    "to_json",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'derivex.api' has no attribute {name!r}")
    value = getattr(import_module(f"derivex.api.{home}"), name)
    globals()[name] = value  # in the place of the submodule of the same name, if there is one
    return value
