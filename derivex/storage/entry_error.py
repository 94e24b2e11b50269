"""What is found wrong in a stored object, and where."""

from __future__ import annotations

from typing import Any

__all__ = ["EntryError", "short"]

_LONGEST = 40


def short(value: Any) -> str:
    """A value as it is quoted in an error, cut where it is long.

    >>> short("x" * 100)
    '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'
    """
    if isinstance(value, (list, dict)):
        kind = "a list" if isinstance(value, list) else "an object"
        return f"{kind} of {len(value)}" if value else f"{kind} with nothing in it"
    told = {None: "null", True: "true", False: "false"}.get(value) if _is_word(value) else None
    text = told or (f'"{value}"' if isinstance(value, str) else str(value))
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _is_word(value: Any) -> bool:
    return value is None or isinstance(value, bool)


class EntryError(Exception):
    """Something that is not as the schema says; the path to it is put together on the way up.

    Args:
        told: what is wrong.
        path: where: the names of fields and the numbers of entries, the outermost first.
    """

    def __init__(self, told: str, *path: str | int):
        super().__init__(told)
        self.told = told
        self.path = list(path)

    def inside(self, part: str | int) -> EntryError:
        """The same error, seen from the object or the list around it."""
        self.path.insert(0, part)
        return self

    def __str__(self) -> str:
        """The place and what is wrong there.

        >>> str(EntryError("it is missing", "steps", 3, "redex"))
        'steps[3].redex: it is missing'
        """
        where = "".join(
            f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path
        ).lstrip(".")
        return f"{where}: {self.told}" if where else self.told
