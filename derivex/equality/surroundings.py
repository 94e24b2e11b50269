"""What a program is run with: the values of names, entries and whole expressions."""

from __future__ import annotations

from typing import Any, Protocol

from sympy.core.basic import Basic

__all__ = ["Entries", "Surroundings", "TimeUpError"]


class TimeUpError(Exception):
    """The time limit was reached."""


class Entries(Protocol):
    """The entries of indexed quantities, by base and indices."""

    def get(self, key: tuple[Basic, tuple[int, ...]], /) -> Any | None:
        """The entry, or None if there is none."""


class Surroundings:
    """What a program is run with: the values of its names.

    Args:
        values: of symbols, bound indices included.
        entries: of indexed quantities.
        count: the number of data, None if there are none.
        given: the values of whole expressions that a derivative is taken by.
        deadline: the moment, by ``equality.clock.worked``, after which TimeUpError is raised: work
            counts, not waiting, so a busy machine says the same.
    """

    __slots__ = ("count", "deadline", "entries", "given", "values")

    def __init__(
        self,
        values: dict[Basic, Any],
        entries: Entries,
        count: int | None = None,
        given: dict[Basic, Any] | None = None,
        deadline: float | None = None,
    ):
        self.values = values
        self.entries = entries
        self.count = count
        self.given = given if given is not None else {}
        self.deadline = deadline

    def with_value(self, name: Basic, value: Any) -> Surroundings:
        values = {**self.values, name: value}
        return Surroundings(values, self.entries, self.count, self.given, self.deadline)

    def with_entry(self, key: tuple[Basic, tuple[int, ...]], value: Any) -> Surroundings:
        entries = _Overlay(self.entries, key, value)
        return Surroundings(self.values, entries, self.count, self.given, self.deadline)

    def with_given(self, node: Basic, value: Any) -> Surroundings:
        given = {**self.given, node: value}
        return Surroundings(self.values, self.entries, self.count, given, self.deadline)


class _Overlay:
    """Entries with one of them changed."""

    __slots__ = ("below", "key", "value")

    def __init__(self, below: Entries, key: tuple[Basic, tuple[int, ...]], value: Any):
        self.below = below
        self.key = key
        self.value = value

    def get(self, key: tuple[Basic, tuple[int, ...]], /) -> Any | None:
        return self.value if key == self.key else self.below.get(key)
