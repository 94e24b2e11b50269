"""A limit on what an explanation may take, whatever it is doing."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

__all__ = ["OutOfTimeError", "time_limit"]

_AGAIN = 0.25  # seconds


class OutOfTimeError(BaseException):
    """The limit was reached; no ``except Exception`` on the way catches this."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise OutOfTimeError inside the block after so many seconds of work.

    In the main thread of a system that has interval timers; elsewhere there is no limit.  A timer
    that somebody else has set is left alone.  Where the error gets lost, because it was raised
    while the interpreter cleaned up after an object, it is raised again a moment later.
    """
    possible = hasattr(signal, "setitimer") and (
        threading.current_thread() is threading.main_thread()
    )
    if not possible or signal.getitimer(signal.ITIMER_VIRTUAL)[0]:
        yield
        return
    inside = True

    def stop(number: int, frame: Any) -> None:
        if inside:
            raise OutOfTimeError

    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
        yield
    finally:
        while inside:
            # The limit may be reached in here as well.
            with suppress(OutOfTimeError):
                inside = False
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
