"""Many variants of one sheet: made by several processes, no two alike."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from derivex.api.inputs import read_book
from derivex.api.sheets import ExerciseSheet, sheet, sheet_of_lesson, variant_of_lesson
from derivex.errors import BlankError, ProblemError
from derivex.lessons import Lesson, read_lesson
from derivex.lessons.variants import Variants, has_choices
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook
from derivex.sheets.making import Asked

__all__ = ["SheetMaker", "Variant", "Write", "variants"]

_TRIES = 20  # for each variant of a sheet in which nothing is chosen but the blanks
_AHEAD = 4  # tasks for each process that wait for their turn

Write = Callable[[ExerciseSheet], tuple[bytes, ...]]
"""What is made of each variant in the process that makes it: its files."""


@dataclass(frozen=True)
class Variant:
    """One variant.

    Args:
        seed: the seed by which the same sheet is made again.
        parameters: what was chosen, as text.
        fingerprint: tells it from those that differ.
        files: what was written of it.
    """

    seed: int
    parameters: tuple[tuple[str, str], ...]
    fingerprint: str
    files: tuple[bytes, ...]


@dataclass(frozen=True)
class SheetMaker:
    """What all variants are made from; other processes make their own from it.

    Args:
        source: the text of a lesson, or an expression.
        name: what the lesson is called; "" for an expression.
        asked: what is left out; its seed is where the variants begin.
        more: whether blanks are chosen where the lesson marks some by hand.
        rules: a rule file whose rules are used as well.
        options: what else :func:`~derivex.api.sheets.sheet` takes, for an expression.
        write: makes the files of a variant; a function of a module, so that it can be sent.
    """

    source: str
    name: str
    asked: Asked
    more: bool
    rules: Path | None
    options: tuple[tuple[str, Any], ...]
    write: Write

    def __getstate__(self) -> dict[str, Any]:
        """Without what was worked out, which each process works out itself."""
        names = ("source", "name", "asked", "more", "rules", "options", "write")
        return {name: getattr(self, name) for name in names}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    @cached_property
    def book(self) -> RuleBook:
        """The rules."""
        return read_book(self.rules)

    @cached_property
    def lesson(self) -> Lesson | None:
        """The lesson; None for an expression."""
        return read_lesson(self.source, self.name) if self.name else None

    @cached_property
    def chosen(self) -> Variants | None:
        """What ``choose`` may choose; None where nothing is chosen but the blanks."""
        if self.lesson is None or not has_choices(self.lesson):
            return None
        return Variants(self.lesson, self.book)

    def make(self, seed: int) -> Variant | BlankError | None:
        """The variant of a seed; None if its values do not fit.

        An error is what is returned where a blank that is marked cannot be left out of it.

        Raises:
            DerivexError: the lesson cannot be worked, whatever the values.
        """
        asked = replace(self.asked, seed=seed)
        if self.lesson is None:
            words = [kind.value for kind in asked.kinds]
            made = sheet(
                self.source,
                blank=words,
                blanks=asked.count,
                level=asked.level.value,
                seed=seed,
                rules=self.book,
                **dict(self.options),
            )
        elif self.chosen is None:
            made = sheet_of_lesson(self.lesson, asked, self.book, self.more)
        else:
            values = self.chosen.at(seed)
            if values is None:
                return None
            try:
                found = variant_of_lesson(self.lesson, asked, self.book, self.more, values)
            except BlankError as error:
                return error
            if found is None:
                return None
            made = found
        return Variant(seed, _parameters(made), self._fingerprint(made), self.write(made))

    def _fingerprint(self, made: ExerciseSheet) -> str:
        """The same for sheets that are alike: by their rows, not by how these were chosen."""
        whole = self.chosen is not None
        writer = TextWriter()
        rows = (row for exercise in made.sheet.exercises for row in exercise.rows)
        told = "\n".join(
            writer.write(row.expression if whole else row.shown)
            + ("" if whole or row.says_blank is None else " ?")
            for row in rows
        )
        return hashlib.sha256(told.encode()).hexdigest()


def _parameters(made: ExerciseSheet) -> tuple[tuple[str, str], ...]:
    writer = TextWriter(unicode=False)
    return tuple((name.name, writer.write(value)) for name, value in made.sheet.parameters)


def variants(maker: SheetMaker, wanted: int, jobs: int = 1) -> Iterator[Variant]:
    """As many different variants as are wanted, or as there are.

    Args:
        maker: what they are made from.
        wanted: how many.
        jobs: how many processes make them; 0 for as many as there are processors.

    Raises:
        BlankError: there are too few, for of others a blank that is marked cannot be left out;
            after all that there are.
        DerivexError: the lesson cannot be worked.
    """
    if wanted < 1:
        raise ProblemError("at least one variant is made")
    seeds = _seeds(maker, wanted)
    seen: set[str] = set()
    refused: BlankError | None = None
    for each in _made(maker, seeds, jobs or os.cpu_count() or 1):
        if isinstance(each, BlankError):
            refused = refused or each
        elif each is not None and each.fingerprint not in seen:
            seen.add(each.fingerprint)
            yield each
            if len(seen) == wanted:
                return
    if refused is not None:
        raise refused


def _seeds(maker: SheetMaker, wanted: int) -> Iterator[int]:
    first = maker.asked.seed
    if maker.chosen is None:
        return iter(range(first, first + _TRIES * wanted + _TRIES))
    if maker.chosen.count is None:
        return iter(range(first, first + 100 * wanted + 10_000))
    return (seed % maker.chosen.count for seed in range(first, first + maker.chosen.count))


def _made(
    maker: SheetMaker, seeds: Iterator[int], jobs: int
) -> Iterator[Variant | BlankError | None]:
    """The variants of some seeds, in their order, made ahead by several processes."""
    if jobs == 1:
        yield from map(maker.make, seeds)
        return
    executor = ProcessPoolExecutor(jobs, initializer=_begin, initargs=(maker,))
    waiting: deque[Future[Variant | BlankError | None]] = deque()
    try:
        for seed in seeds:
            waiting.append(executor.submit(_make, seed))
            if len(waiting) >= _AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        executor.shutdown(cancel_futures=True)


_maker: SheetMaker | None = None


def _begin(maker: SheetMaker) -> None:
    global _maker
    _maker = maker


def _make(seed: int) -> Variant | BlankError | None:
    assert _maker is not None
    return _maker.make(seed)
