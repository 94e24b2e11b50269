"""Which lines of the project an input reaches for the first time.

Of a function of which every line has been reached nothing is followed any more, so that after a
while the inputs run at almost the speed that they have without it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import derivex

__all__ = ["Coverage"]

_OFTEN, _SELDOM = 500, 50
_ROOT = str(Path(derivex.__file__).parent)


class Coverage:
    """The lines of the project that have not been reached yet."""

    def __init__(self) -> None:
        self._unseen: dict[CodeType, set[int]] = {}
        self._calls: dict[CodeType, int] = {}
        self.reached = 0

    def of(self, call: Callable[[], Any]) -> int:
        """Call something; how many lines it reached that nothing had reached before."""
        before, former = self.reached, sys.gettrace()
        sys.settrace(self._called)
        try:
            call()
        finally:
            sys.settrace(former)
        return self.reached - before

    def _called(self, frame: FrameType, event: str, argument: Any) -> Any:
        code = frame.f_code
        lines = self._unseen.get(code)
        if lines is None:
            inside = code.co_filename.startswith(_ROOT)
            lines = {line for _, _, line in code.co_lines() if line} if inside else set()
            self._unseen[code] = lines
        if not lines:
            return None
        self._reach(lines, frame.f_lineno)
        calls = self._calls[code] = self._calls.get(code, 0) + 1
        # What many calls have not reached is looked for now and then only.
        return self._followed if calls < _OFTEN or calls % _SELDOM == 0 else None

    def _followed(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line":
            self._reach(self._unseen[frame.f_code], frame.f_lineno)
        return self._followed

    def _reach(self, lines: set[int], line: int) -> None:
        if line in lines:
            lines.remove(line)
            self.reached += 1
