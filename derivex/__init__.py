"""derivex: symbolic differentiation that shows its work.

>>> import derivex
>>> derivex.diff("x sin x", by="x").result
x*cos(x) + sin(x)

The names below are imported when they are first used, so that ``import derivex`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derivex.api import (
        Backpropagation,
        Checked,
        Derivative,
        ExerciseSheet,
        Gradient,
        Lesson,
        Solution,
        Subgradient,
        check,
        check_gradient,
        descend,
        diff,
        differentiability,
        directional,
        evaluate,
        gradient,
        hessian,
        implicit,
        jacobian,
        json_schema,
        judge_blank,
        load,
        mark,
        nudge,
        plot,
        run,
        sheet,
        solve,
        subgradient,
        tangent,
        to_json,
    )
    from derivex.errors import (
        DerivexError,
        LessonError,
        ProblemError,
        ReadError,
        RecordError,
        RuleError,
    )

__version__ = "0.1.0"

__all__ = [
    "__version__",
    "Backpropagation",
    "Checked",
    "Derivative",
    "DerivexError",
    "ExerciseSheet",
    "Gradient",
    "Lesson",
    "LessonError",
    "ProblemError",
    "ReadError",
    "RecordError",
    "RuleError",
    "Solution",
    "Subgradient",
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
    "judge_blank",
    "load",
    "mark",
    "nudge",
    "plot",
    "run",
    "sheet",
    "solve",
    "subgradient",
    "tangent",
    "to_json",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'derivex' has no attribute {name!r}")
    home = "derivex.errors" if name.endswith("Error") else "derivex.api"
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
