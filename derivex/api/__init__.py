"""What a library user gets: functions, and result objects that show themselves.

A name is imported from its module when it is first used: a derivative needs no solver.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derivex.api.answers import (
        judge_answer as judge_answer,
    )
    from derivex.api.backpropagation import (
        Backpropagation as Backpropagation,
    )
    from derivex.api.checks import (
        Checked as Checked,
    )
    from derivex.api.checks import (
        check as check,
    )
    from derivex.api.derivative import (
        Derivative as Derivative,
    )
    from derivex.api.documents import (
        load as load,
    )
    from derivex.api.documents import (
        to_dict as to_dict,
    )
    from derivex.api.documents import (
        to_json as to_json,
    )
    from derivex.api.functions import (
        diff as diff,
    )
    from derivex.api.functions import (
        evaluate as evaluate,
    )
    from derivex.api.gradient_checks import (
        GradientCheck as GradientCheck,
    )
    from derivex.api.gradient_checks import (
        check_gradient as check_gradient,
    )
    from derivex.api.gradients import (
        Gradient as Gradient,
    )
    from derivex.api.gradients import (
        gradient as gradient,
    )
    from derivex.api.implicit_functions import (
        Implicit as Implicit,
    )
    from derivex.api.implicit_functions import (
        implicit as implicit,
    )
    from derivex.api.inputs import (
        Problem as Problem,
    )
    from derivex.api.inputs import (
        make_problem as make_problem,
    )
    from derivex.api.jacobians import (
        hessian as hessian,
    )
    from derivex.api.jacobians import (
        jacobian as jacobian,
    )
    from derivex.api.lesson import (
        Lesson as Lesson,
    )
    from derivex.api.lesson import (
        LessonRun as LessonRun,
    )
    from derivex.api.lesson import (
        Worked as Worked,
    )
    from derivex.api.lesson import (
        run as run,
    )
    from derivex.api.marks import (
        Marks as Marks,
    )
    from derivex.api.marks import (
        judge_blank as judge_blank,
    )
    from derivex.api.marks import (
        mark as mark,
    )
    from derivex.api.plots import (
        Plot as Plot,
    )
    from derivex.api.plots import (
        plot as plot,
    )
    from derivex.api.plots import (
        plot_lesson as plot_lesson,
    )
    from derivex.api.rules import (
        rule_check as rule_check,
    )
    from derivex.api.rules import (
        rule_table as rule_table,
    )
    from derivex.api.schema import (
        json_schema as json_schema,
    )
    from derivex.api.sheets import (
        ExerciseSheet as ExerciseSheet,
    )
    from derivex.api.sheets import (
        sheet as sheet,
    )
    from derivex.api.showing import (
        Shown as Shown,
    )
    from derivex.api.slopes import (
        Differentiability as Differentiability,
    )
    from derivex.api.slopes import (
        Directional as Directional,
    )
    from derivex.api.slopes import (
        Nudges as Nudges,
    )
    from derivex.api.slopes import (
        Tangent as Tangent,
    )
    from derivex.api.slopes import (
        differentiability as differentiability,
    )
    from derivex.api.slopes import (
        directional as directional,
    )
    from derivex.api.slopes import (
        nudge as nudge,
    )
    from derivex.api.slopes import (
        tangent as tangent,
    )
    from derivex.api.solution import (
        Descent as Descent,
    )
    from derivex.api.solution import (
        Solution as Solution,
    )
    from derivex.api.solution import (
        descend as descend,
    )
    from derivex.api.solution import (
        solve as solve,
    )
    from derivex.api.subgradients import (
        Subgradient as Subgradient,
    )
    from derivex.api.subgradients import (
        subgradient as subgradient,
    )

_HOMES = {
    "Backpropagation": "backpropagation",
    "Checked": "checks",
    "Derivative": "derivative",
    "Descent": "solution",
    "Differentiability": "slopes",
    "Directional": "slopes",
    "ExerciseSheet": "sheets",
    "Gradient": "gradients",
    "GradientCheck": "gradient_checks",
    "Implicit": "implicit_functions",
    "Lesson": "lesson",
    "LessonRun": "lesson",
    "Marks": "marks",
    "Nudges": "slopes",
    "Plot": "plots",
    "Problem": "inputs",
    "Shown": "showing",
    "Solution": "solution",
    "Tangent": "slopes",
    "Subgradient": "subgradients",
    "Worked": "lesson",
    "check": "checks",
    "check_gradient": "gradient_checks",
    "descend": "solution",
    "diff": "functions",
    "differentiability": "slopes",
    "directional": "slopes",
    "evaluate": "functions",
    "gradient": "gradients",
    "implicit": "implicit_functions",
    "hessian": "jacobians",
    "jacobian": "jacobians",
    "judge_answer": "answers",
    "json_schema": "schema",
    "judge_blank": "marks",
    "load": "documents",
    "make_problem": "inputs",
    "mark": "marks",
    "nudge": "slopes",
    "plot": "plots",
    "plot_lesson": "plots",
    "rule_check": "rules",
    "rule_table": "rules",
    "run": "lesson",
    "sheet": "sheets",
    "solve": "solution",
    "tangent": "slopes",
    "to_dict": "documents",
    "to_json": "documents",
    "subgradient": "subgradients",
}

__all__ = [*_HOMES]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'derivex.api' has no attribute {name!r}")
    value = getattr(import_module(f"derivex.api.{home}"), name)
    globals()[name] = value  # in the place of the submodule of the same name, if there is one
    return value
