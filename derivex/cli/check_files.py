"""Checking many files: several at a time, none stopping the others, and going on after a stop."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from derivex.errors import DerivexError
from derivex.text_files import MAX_DOCUMENT_FILE, read_text_file

if TYPE_CHECKING:
    from derivex.api.premises import Premises

__all__ = ["JOURNAL", "Checker", "Job", "checked_files"]

JOURNAL = ".derivex-check.jsonl"
"""Where the findings of several files wait until all are there; in the working directory."""

Record = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """A document to be checked.

    Args:
        name: a file, or what a text is called.
        text: the text, if it is not in a file.
    """

    name: str
    text: str | None = None

    def source(self) -> str:
        """The text; empty if the file cannot be read, which is told elsewhere."""
        try:
            return self.read()
        except DerivexError:
            return ""

    def read(self) -> str:
        """The text.

        Raises:
            ReadError: the file cannot be read.
        """
        return self.text if self.text is not None else read_text_file(self.name, MAX_DOCUMENT_FILE)


@dataclass(frozen=True)
class Checker:
    """What every document is checked with; other processes make their own from it.

    Args:
        let: definitions.
        assume: what is known of letters.
        data: columns of numbers.
        rules: a rule file.
    """

    let: tuple[str, ...]
    assume: tuple[str, ...]
    data: dict[str, list[str]] | None
    rules: Path | None

    def premises(self) -> Premises:
        """What holds where each document begins.

        Raises:
            DerivexError: something of it cannot be read.
        """
        return self._premises

    @cached_property
    def _premises(self) -> Premises:
        from derivex.api.premises import make_premises

        return make_premises(self.let, self.assume, self.data, self.rules)

    def __getstate__(self) -> dict[str, Any]:
        """Only what was asked: every process reads its premises itself."""
        return {name: getattr(self, name) for name in ("let", "assume", "data", "rules")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def key(self, job: Job) -> str:
        """What tells that nothing has changed: the premises, the name and the text."""
        rules = read_text_file(self.rules) if self.rules is not None else ""
        told = [self.let, self.assume, self.data, rules, job.name, job.source()]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def check(self, job: Job) -> Record:
        """The findings about a document; an error is one of them."""
        from derivex.api.check_records import document_as_dict

        try:
            premises = self._premises
            found = premises.judged(job.read(), job.name)
            return document_as_dict(found, premises.book.functions)
        except DerivexError as error:
            return _failed(job, str(error))
        except (RecursionError, MemoryError):
            return _failed(job, f"{job.name} is too large to be checked")
        except Exception as error:  # one broken file must not stop the others
            return _failed(job, f"{job.name}: {type(error).__name__}: {error}")


def checked_files(
    jobs: Sequence[Job], checker: Checker, processes: int = 1, resume: bool = False
) -> list[Record]:
    """The findings about some documents, in their order.

    Args:
        jobs: the documents.
        checker: what they are checked with.
        processes: how many are checked at a time.
        resume: whether to take over what an interrupted run has found already.
    """
    found: dict[int, Record] = {}
    keys = [checker.key(job) for job in jobs] if len(jobs) > 1 or resume else []
    journal = Path(JOURNAL)
    if resume:
        known = dict(_stored(journal))
        found = {number: known[key] for number, key in enumerate(keys) if key in known}
    waiting = [number for number in range(len(jobs)) if number not in found]
    with _progress(len(jobs), len(found)) as advance, _writing(journal, keys, resume) as file:
        for number, record in _each(jobs, waiting, checker, processes):
            found[number] = record
            if file is not None and record.get("error") is None:
                file.write(json.dumps([keys[number], record]) + "\n")
                file.flush()
            advance()
    if keys:
        journal.unlink(missing_ok=True)
    return [found[number] for number in range(len(jobs))]


def _each(
    jobs: Sequence[Job], waiting: Sequence[int], checker: Checker, processes: int
) -> Iterator[tuple[int, Record]]:
    if processes <= 1 or len(waiting) <= 1:
        for number in waiting:
            yield number, checker.check(jobs[number])
        return
    left = dict.fromkeys(waiting)
    try:
        with ProcessPoolExecutor(min(processes, len(waiting))) as pool:
            running = {pool.submit(checker.check, jobs[number]): number for number in waiting}
            for future in as_completed(running):
                record = future.result()
                del left[running[future]]
                yield running[future], record
    except BrokenProcessPool:
        # A process died, out of memory perhaps: whose fault it was is seen one by one.
        for number in left:
            try:
                with ProcessPoolExecutor(1) as pool:
                    record = pool.submit(checker.check, jobs[number]).result()
            except BrokenProcessPool:
                record = _failed(jobs[number], f"{jobs[number].name}: its process was ended")
            yield number, record


def _failed(job: Job, error: str) -> Record:
    return {
        "name": job.name,
        "verdict": "unreadable",
        "counts": {"unreadable": 1},
        "error": error,
        "derivations": [],
    }


def _stored(journal: Path) -> Iterator[tuple[str, Record]]:
    """What an interrupted run has written, without a line that it could not finish."""
    try:
        lines = journal.read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        try:
            key, record = json.loads(line)
        except ValueError:
            continue
        if isinstance(key, str) and isinstance(record, dict):
            yield key, record


@contextmanager
def _writing(journal: Path, keys: Sequence[str], resume: bool) -> Iterator[TextIO | None]:
    if not keys:
        yield None
        return
    try:
        file = journal.open("a" if resume else "w", encoding="utf-8")
    except OSError:
        yield None  # a directory that cannot be written to; then there is nothing to resume
        return
    with file:
        yield file


@contextmanager
def _progress(total: int, done: int) -> Iterator[Any]:
    """A progress bar on standard error, in a terminal and for several files."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("checking", total=total, completed=done)
        yield lambda: progress.advance(task)
