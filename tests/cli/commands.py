"""Running a command inside the test process, as a shell would."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass

from derivex.cli import main

__all__ = ["Ended", "derivex", "problem"]


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it wrote."""

    status: int
    out: str
    err: str


class Input(io.TextIOWrapper):
    """Standard input with given bytes."""

    def __init__(self, given: bytes):
        super().__init__(io.BytesIO(given), encoding="utf-8")


def derivex(*arguments: str, given: str | bytes = b"", encoding: str = "utf-8") -> Ended:
    """Run ``derivex`` with arguments and standard input; nothing is a terminal."""
    raw = given.encode() if isinstance(given, str) else given
    streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n") for _ in range(2)]
    status: object = None
    with contextlib.ExitStack() as changed:
        changed.enter_context(contextlib.redirect_stdout(streams[0]))
        changed.enter_context(contextlib.redirect_stderr(streams[1]))
        changed.enter_context(_standard_input(raw))
        try:
            main(list(arguments))
        except SystemExit as ended:
            status = ended.code
    assert isinstance(status, int)
    written = []
    for stream in streams:
        stream.flush()
        buffer = stream.buffer
        assert isinstance(buffer, io.BytesIO)
        written.append(buffer.getvalue().decode(encoding))
    return Ended(status, *written)


@contextlib.contextmanager
def _standard_input(raw: bytes):
    import sys

    before = sys.stdin
    sys.stdin = Input(raw)
    try:
        yield
    finally:
        sys.stdin = before


def problem(ended: Ended) -> str:
    """The message of a command that could not use its input: status 2, nothing on stdout."""
    assert ended.status == 2
    assert ended.out == ""
    assert ended.err.startswith("derivex: ")
    assert "Traceback" not in ended.err
    assert "should not have happened" not in ended.err
    return ended.err
