"""Which of several keys belongs to an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["key_for"]

_NUMBER = re.compile(r"(\d+)\D*$")


def key_for(sheet: str, names: Iterable[str]) -> str | None:
    """The name of the key that a sheet goes with; None where none does, or several may.

    Args:
        sheet: what is said to be the sheet: its name, its number, or the name of a file that
            begins with its name.
        names: the names of the keys.

    >>> names = ["sheet-01", "sheet-02", "sheet-12"]
    >>> [key_for(sheet, names) for sheet in ("sheet-02", "12", "sheet-01-ada", "sheet-1", "ada")]
    ['sheet-02', 'sheet-12', 'sheet-01', 'sheet-01', None]
    """
    names = list(names)
    if sheet in names:
        return sheet
    begun = [name for name in names if re.match(rf"{re.escape(name)}(?![^\W_])", sheet)]
    if begun:
        return max(begun, key=len)
    number = _NUMBER.search(sheet)
    if number is None or (sheet[: number.start()] and not _same_word(sheet, names)):
        return None
    fitting = [name for name in names if _number_of(name) == int(number.group(1))]
    return fitting[0] if len(fitting) == 1 else None


def _number_of(name: str) -> int | None:
    found = _NUMBER.search(name)
    return int(found.group(1)) if found else None


def _same_word(sheet: str, names: Iterable[str]) -> bool:
    """Whether a sheet is called as the keys are, but for its number."""
    word = _NUMBER.sub("", sheet)
    return any(_NUMBER.sub("", name) == word for name in names)
