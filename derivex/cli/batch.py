"""Many jobs of one kind: several at a time, none stopping the others, going on after a stop.

The jobs may be more than fit into memory: they are taken as they are needed, and what is found is
handed on in their order as soon as it is there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

from derivex.cli.journal import Journal
from derivex.cli.progress import progress
from derivex.cli.workers import Record, Work, Workers

__all__ = ["worked"]

_Job = TypeVar("_Job")

_WINDOW = 8  # chunks for each worker that wait for their turn


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
    known = Journal(journal, resume)
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
    jobs: Iterable[_Job], work: Work[_Job], together: int, known: Journal
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
