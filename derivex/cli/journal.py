"""What was found so far, in a file, for a run that is stopped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from derivex.cli.streams import complain
from derivex.cli.workers import Record

__all__ = ["Journal"]


class Journal:
    """Findings that wait in a file, by their keys; they are read one by one when needed.

    Args:
        path: the file; None if nothing is kept.
        resume: whether to take over what it has.
    """

    def __init__(self, path: Path | None, resume: bool):
        self._path, self._resume = path, resume
        self._places: dict[str, int] = {}
        self._file: TextIO | None = None
        self._index = 0

    @property
    def used(self) -> bool:
        """Whether findings are kept, or taken over."""
        return self._file is not None or bool(self._places)

    def __enter__(self) -> Journal:
        if self._path is None:
            return self
        if self._resume:
            self._places = dict(_places_in(self._path))
        with suppress(OSError):  # where nothing can be written, there is nothing to resume
            self._file = self._path.open("a" if self._resume else "w", encoding="utf-8")
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
            if kind in (KeyboardInterrupt, GeneratorExit):
                complain("interrupted; the same command with --resume goes on from here")

    def get(self, key: str) -> Record | None:
        """What was found for a key."""
        place = self._places.get(key)
        if place is None or self._path is None:
            return None
        try:
            with self._path.open("rb") as file:
                file.seek(place)
                stored, record = json.loads(file.readline())
        except (OSError, ValueError):
            return None
        return record if stored == key and isinstance(record, dict) else None

    def add(self, key: str, record: Record) -> None:
        """Keep what was found; an error is looked for again next time."""
        if self._file is not None and key not in self._places and not record.get("error"):
            self._file.write(json.dumps([key, record]) + "\n")
            self._file.flush()

    def remove(self) -> None:
        """Forget everything: all is done."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)


def _places_in(path: Path) -> Iterator[tuple[str, int]]:
    """Where each finding begins, without a line that could not be finished."""
    try:
        file = path.open("rb")
    except OSError:
        return
    with file:
        place = 0
        for line in file:
            try:
                key, record = json.loads(line)
            except ValueError:
                pass
            else:
                if isinstance(key, str) and isinstance(record, dict):
                    yield key, place
            place += len(line)
