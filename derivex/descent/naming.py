"""Looking up an object of data by its name."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TypeVar

from derivex.errors import ProblemError

__all__ = ["named"]

Object = TypeVar("Object")


def named(table: Mapping[str, Object], name: str, what: str) -> Object:
    """The object of that name.

    Args:
        table: the objects by their names.
        name: the name.
        what: what they are, for the error.

    Raises:
        ProblemError: there is none.
    """
    if name not in table:
        near = get_close_matches(name, table, 1)
        guess = f"did you mean {near[0]}?  " if near else ""
        raise ProblemError(
            f"there is no {what} called {name}", hint=f"{guess}there are {', '.join(table)}"
        )
    return table[name]
