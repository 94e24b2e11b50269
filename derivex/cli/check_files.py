"""Checking many files: several at a time, none stopping the others, and going on after a stop."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derivex.cli.batch import worked
from derivex.cli.workers import Processes, Record
from derivex.errors import DerivexError
from derivex.text_files import MAX_DOCUMENT_FILE, read_text_file

if TYPE_CHECKING:
    from derivex.api.premises import Premises

__all__ = ["JOURNAL", "Checker", "Job", "checked_files"]

JOURNAL = ".derivex-check.jsonl"
"""Where the findings of several files wait until all are there; in the working directory."""


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
    data: Mapping[str, Sequence[Any]] | None
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

    def do(self, job: Job) -> Record:
        """The same as :meth:`check`."""
        return self.check(job)

    def failed(self, job: Job, why: str) -> Record:
        """What is told of a document whose process died."""
        return _failed(job, f"{job.name}: {why}")

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
        processes: how many are checked at a time; 0 for as many as there are cores.
        resume: whether to take over what an interrupted run has found already.
    """
    processes = min(processes or os.cpu_count() or 1, len(jobs))
    workers = Processes(processes) if processes > 1 else None
    journal = Path(JOURNAL) if len(jobs) > 1 or resume else None
    found = worked(
        jobs,
        checker,
        workers,
        journal=journal,
        resume=resume,
        total=len(jobs),
        doing="checking",
    )
    return list(found)


def _failed(job: Job, error: str) -> Record:
    return {
        "name": job.name,
        "verdict": "unreadable",
        "counts": {"unreadable": 1},
        "error": error,
        "derivations": [],
    }
