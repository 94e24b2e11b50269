"""How long parts of the work on one document may take, so that its answer does not keep waiting.

What counts is the work, not the time on the clock: a busy machine finds the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import thread_time

__all__ = ["Patience"]

_SHARE = 0.5


@dataclass
class Patience:
    """Seconds of work that are left for something that is done again and again.

    Each time gets a share of what is left, and a little where nothing is: the first of many get
    most, for the later ones often fail in the same way.

    Args:
        left: the seconds in all.
        most: the longest share.
        least: the shortest share.
    """

    left: float
    most: float = 2.0
    least: float = 0.02

    @property
    def spent(self) -> bool:
        """Whether only the shortest shares are left."""
        return self.left <= 0

    @contextmanager
    def share(self) -> Iterator[float]:
        """The seconds that one time may take; what it takes is counted.

        >>> patience = Patience(1.0)
        >>> with patience.share() as seconds:
        ...     seconds
        0.5
        """
        begin = thread_time()
        try:
            yield max(self.least, min(self.most, self.left * _SHARE))
        finally:
            self.left -= thread_time() - begin
