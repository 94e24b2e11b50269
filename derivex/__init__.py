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
        Backpropagation as Backpropagation,
    )
    from derivex.api import (
        Checked as Checked,
    )
    from derivex.api import (
        Derivative as Derivative,
    )
    from derivex.api import (
        ExerciseSheet as ExerciseSheet,
    )
    from derivex.api import (
        Gradient as Gradient,
    )
    from derivex.api import (
        Lesson as Lesson,
    )
    from derivex.api import (
        Solution as Solution,
    )
    from derivex.api import (
        Subgradient as Subgradient,
    )
    from derivex.api import (
        check as check,
    )
    from derivex.api import (
        check_gradient as check_gradient,
    )
    from derivex.api import (
        descend as descend,
    )
    from derivex.api import (
        diff as diff,
    )
    from derivex.api import (
        differentiability as differentiability,
    )
    from derivex.api import (
        directional as directional,
    )
    from derivex.api import (
        evaluate as evaluate,
    )
    from derivex.api import (
        gradient as gradient,
    )
    from derivex.api import (
        hessian as hessian,
    )
    from derivex.api import (
        implicit as implicit,
    )
    from derivex.api import (
        jacobian as jacobian,
    )
    from derivex.api import (
        json_schema as json_schema,
    )
    from derivex.api import (
        judge_blank as judge_blank,
    )
    from derivex.api import (
        load as load,
    )
    from derivex.api import (
        mark as mark,
    )
    from derivex.api import (
        nudge as nudge,
    )
    from derivex.api import (
        plot as plot,
    )
    from derivex.api import (
        run as run,
    )
    from derivex.api import (
        sheet as sheet,
    )
    from derivex.api import (
        solve as solve,
    )
    from derivex.api import (
        subgradient as subgradient,
    )
    from derivex.api import (
        tangent as tangent,
    )
    from derivex.api import (
        to_json as to_json,
    )
    from derivex.errors import (
        DerivexError as DerivexError,
    )
    from derivex.errors import (
        LessonError as LessonError,
    )
    from derivex.errors import (
        ProblemError as ProblemError,
    )
    from derivex.errors import (
        ReadError as ReadError,
    )
    from derivex.errors import (
        RecordError as RecordError,
    )
    from derivex.errors import (
        RuleError as RuleError,
    )

__version__ = "0.1.0"

_HOMES = {
    **dict.fromkeys(
        (
            "Backpropagation",
            "Checked",
            "Derivative",
            "ExerciseSheet",
            "Gradient",
            "Lesson",
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
            "tangent",
            "to_json",
            "subgradient",
        ),
        "derivex.api",
    ),
    **dict.fromkeys(
        ("DerivexError", "LessonError", "ProblemError", "ReadError", "RecordError", "RuleError"),
        "derivex.errors",
    ),
}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'derivex' has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
