"""Many jobs of one kind: several at a time, none stopping the others, going on after a stop.

The jobs may be more than fit into memory: they are taken as they are needed, and what is found is
handed on in their order as soon as it is there.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, Generic, Protocol, TextIO, TypeVar

from derivex.cli.progress import progress
from derivex.errors import ProblemError

__all__ = ["Cluster", "Processes", "Record", "Work", "Workers", "worked"]

Record = dict[str, Any]
_Job = TypeVar("_Job")
_Asked = TypeVar("_Asked", contravariant=True)

_WINDOW = 8  # chunks for each worker that wait for their turn


class Work(Protocol[_Asked]):
    """What is done with each job; a copy of it goes to every worker."""

    def key(self, job: _Asked) -> str:
        """What tells that nothing has changed since the job was done."""
        ...

    def do(self, job: _Asked) -> Record:
        """What is found; an error is a finding."""
        ...

    def failed(self, job: _Asked, why: str) -> Record:
        """What is told of a job whose worker died."""
        ...


class Opened(Protocol):
    """Workers that are ready, each with its copy of the work."""

    def submit(self, jobs: Sequence[Any]) -> Future[list[Record]]:
        """Have some jobs done by one of them."""
        ...

    def close(self, at_once: bool) -> None:
        """Let go of them; what they have not begun is not done."""
        ...


class Workers(Protocol):
    """Where jobs are done, several at a time.

    Args:
        count: how many work at a time.
    """

    count: int

    def open(self, work: Work[Any], count: int | None = None) -> Opened:
        """Workers for some work, as good as new."""
        ...


class Processes:
    """Processes of this machine.

    Args:
        count: how many; 0 for as many as it has processors.
    """

    def __init__(self, count: int):
        self.count = count or os.cpu_count() or 1

    def open(self, work: Work[Any], count: int | None = None) -> Opened:
        """New processes."""
        return _Pool(work, count or self.count)


class _Pool:
    def __init__(self, work: Work[Any], count: int):
        self._executor = ProcessPoolExecutor(count, initializer=_begin, initargs=(work,))

    def submit(self, jobs: Sequence[Any]) -> Future[list[Record]]:
        return self._executor.submit(_done_here, jobs)

    def close(self, at_once: bool) -> None:
        self._executor.shutdown(wait=not at_once, cancel_futures=True)


class Cluster:
    """An existing Dask cluster, on whose workers derivex is installed.

    Args:
        address: that of its scheduler: ``tcp://10.0.0.1:8786``.

    Raises:
        ProblemError: dask.distributed is not installed, or nobody answers there.
    """

    def __init__(self, address: str):
        try:
            distributed: Any = import_module("distributed")
        except ImportError:
            raise ProblemError(
                "dask.distributed is not installed", hint="pip install 'derivex[cluster]'"
            ) from None
        try:
            self._client = distributed.Client(address, timeout="10s", set_as_default=False)
        except Exception as error:  # whatever a network may answer
            told = str(error) or type(error).__name__
            raise ProblemError(f"there is no Dask scheduler at {address}: {told}") from None
        self.count = max(1, sum(self._client.nthreads().values()))

    def open(self, work: Work[Any], count: int | None = None) -> Opened:
        """The workers of the cluster, each with a copy of the work."""
        return _Connected(self._client, work)

    def close(self) -> None:
        """Disconnect; the cluster stays as it is."""
        self._client.close()


class _Connected:
    def __init__(self, client: Any, work: Work[Any]):
        self._work = client.scatter(work, broadcast=True)
        self._executor = client.get_executor(pure=False)

    def submit(self, jobs: Sequence[Any]) -> Future[list[Record]]:
        future: Future[list[Record]] = self._executor.submit(_done, self._work, jobs)
        return future

    def close(self, at_once: bool) -> None:
        self._executor.shutdown(wait=not at_once)  # without waiting it cancels what is left


@dataclass
class _Chunk(Generic[_Job]):
    """Some jobs that go to a worker together, and what is found."""

    jobs: list[_Job]
    keys: list[str]
    found: list[Record] = field(default_factory=list)
    done: bool = False


def worked(
    jobs: Iterable[_Job],
    work: Work[_Job],
    workers: Workers | None = None,
    *,
    journal: Path | None = None,
    resume: bool = False,
    together: int = 1,
    total: int | None = None,
    doing: str = "working",
) -> Iterator[Record]:
    """What is found about each job, in their order.

    Args:
        jobs: taken one by one, as they are needed.
        work: what is done.
        workers: where; None for here, one after the other.
        journal: a file in which findings wait until all are there, for a run that is stopped.
        resume: whether to take over what the journal has.
        together: how many jobs a worker gets at a time.
        total: how many jobs there are, if that is known.
        doing: a word for the progress bar: "checking".
    """
    known = _Journal(journal, resume)
    with known, progress(doing, total) as advance:
        if workers is None:
            chunks = _chunks(jobs, work, 1, known)
            each = _one_after_the_other(chunks, work)
        else:
            chunks = _chunks(jobs, work, together, known)
            each = _several(chunks, work, workers)
        for chunk in each:
            for key, record in zip(chunk.keys, chunk.found, strict=True):
                known.add(key, record)
            for record in chunk.found:
                advance()
                yield record
    known.remove()


def _chunks(
    jobs: Iterable[_Job], work: Work[_Job], together: int, known: _Journal
) -> Iterator[_Chunk[_Job]]:
    """The jobs in chunks; those that are known already are done."""
    waiting = iter(jobs)
    while some := list(islice(waiting, together)):
        keys = [work.key(job) for job in some] if known.used else [""] * len(some)
        found = [known.get(key) for key in keys]
        if any(record is not None for record in found):
            for job, key, record in zip(some, keys, found, strict=True):
                done = record is not None
                yield _Chunk([job], [key], [record] if record is not None else [], done)
        else:
            yield _Chunk(some, keys)


def _one_after_the_other(
    chunks: Iterable[_Chunk[_Job]], work: Work[_Job]
) -> Iterator[_Chunk[_Job]]:
    for chunk in chunks:
        if not chunk.done:
            chunk.found = [work.do(job) for job in chunk.jobs]
        yield chunk


def _several(
    chunks: Iterator[_Chunk[_Job]], work: Work[_Job], workers: Workers
) -> Iterator[_Chunk[_Job]]:
    """Chunks done by several workers, in their order; only so many wait that all are busy."""
    opened = workers.open(work)
    window = _WINDOW * workers.count
    pending: deque[tuple[_Chunk[_Job], Future[list[Record]] | None]] = deque()
    at_once = True
    try:
        while True:
            for chunk in islice(chunks, window - len(pending)):
                pending.append((chunk, None if chunk.done else opened.submit(chunk.jobs)))
            if not pending:
                at_once = False
                return
            chunk, future = pending.popleft()
            broken = False
            if future is not None:
                try:
                    chunk.found = future.result()
                except BrokenProcessPool:
                    broken = True
                except Exception:  # of a cluster: a worker died again and again
                    chunk.found = _alone(chunk.jobs, work, workers)
            if broken:
                # A process died, out of memory perhaps, and the others with it: whose fault it
                # was is seen one by one.
                opened.close(at_once=True)
                lost = [chunk, *(each for each, _ in pending if not each.done)]
                found = {id(each): _alone(each.jobs, work, workers) for each in lost}
                for each in (chunk, *(each for each, _ in pending)):
                    each.found = found.get(id(each), each.found)
                    yield each
                pending.clear()
                opened = workers.open(work)
            else:
                yield chunk
    finally:
        opened.close(at_once)


def _alone(jobs: Sequence[_Job], work: Work[_Job], workers: Workers) -> list[Record]:
    """Each job by itself, so that only the one fails that ends its worker."""
    found: list[Record] = []
    for job in jobs:
        opened = workers.open(work, 1)
        try:
            found += opened.submit([job]).result()
        except Exception:
            found.append(work.failed(job, "its process was ended"))
        finally:
            opened.close(at_once=True)
    return found


_works: list[Work[Any]] = []  # of this process
_one_at_a_time = Lock()  # flint's precision is that of the whole process


def _begin(work: Work[Any]) -> None:
    _works[:] = [work]


def _done_here(jobs: Sequence[Any]) -> list[Record]:
    return _done(_works[0], jobs)


def _done(work: Work[_Job], jobs: Sequence[_Job]) -> list[Record]:
    with _one_at_a_time:
        return [work.do(job) for job in jobs]


class _Journal:
    """Findings that wait in a file, by their keys; they are read one by one when needed."""

    def __init__(self, path: Path | None, resume: bool):
        self._path, self._resume = path, resume
        self._places: dict[str, int] = {}
        self._file: TextIO | None = None
        self._index = 0

    @property
    def used(self) -> bool:
        """Whether findings are kept, or taken over."""
        return self._file is not None or bool(self._places)

    def __enter__(self) -> _Journal:
        if self._path is None:
            return self
        if self._resume:
            self._places = dict(_places_in(self._path))
        with suppress(OSError):  # where nothing can be written, there is nothing to resume
            self._file = self._path.open("a" if self._resume else "w", encoding="utf-8")
        return self

    def __exit__(self, *error: object) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

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
