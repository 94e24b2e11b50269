"""Where jobs are done: in processes of this machine, or on a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from importlib import import_module
from threading import Lock
from typing import Any, Protocol, TypeVar

from derivex.errors import ProblemError

__all__ = ["Cluster", "Opened", "Processes", "Record", "Work", "Workers"]

Record = dict[str, Any]
_Job = TypeVar("_Job")
_Asked = TypeVar("_Asked", contravariant=True)


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


_works: list[Work[Any]] = []  # of this process
_one_at_a_time = Lock()  # flint's precision is that of the whole process


def _begin(work: Work[Any]) -> None:
    _works[:] = [work]


def _done_here(jobs: Sequence[Any]) -> list[Record]:
    return _done(_works[0], jobs)


def _done(work: Work[_Job], jobs: Sequence[_Job]) -> list[Record]:
    with _one_at_a_time:
        return [work.do(job) for job in jobs]
