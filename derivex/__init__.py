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
        Derivative,
        Gradient,
        Solution,
        descend,
        diff,
        evaluate,
        gradient,
        run,
        solve,
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

_HOMES = {
    **dict.fromkeys(
        ("Derivative", "Gradient", "Solution", "descend", "diff", "evaluate", "gradient", "run", "solve"),
        "derivex.api",
    ),
    **dict.fromkeys(
        ("DerivexError", "LessonError", "ProblemError", "ReadError", "RecordError", "RuleError"),
        "derivex.errors",
    ),
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'derivex' has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
