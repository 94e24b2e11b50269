"""How long a thread has worked, told quickly.

Limits of time count work, not the time on the clock, so that a busy machine finds the same.  To
ask the system each time would cost more than most comparisons, so it is asked now and then.
"""

from __future__ import annotations

import threading
from time import monotonic, thread_time

__all__ = ["worked"]

_OFTEN = 0.02  # seconds


class _Last(threading.local):
    """When this thread asked last, and what it was told."""

    asked = float("-inf")
    told = 0.0


_last = _Last()


def worked() -> float:
    """The seconds that this thread has worked, at most 0.02 seconds behind.

    >>> begin = worked()
    >>> 0.0 <= worked() - begin < 1.0
    True
    """
    now = monotonic()
    if now - _last.asked > _OFTEN:
        _last.asked = now
        _last.told = thread_time()
    return _last.told
