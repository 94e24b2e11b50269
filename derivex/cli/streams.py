"""What standard output and standard error can show."""

from __future__ import annotations

import sys
from typing import TextIO

__all__ = ["complain", "shows_unicode"]


def shows_unicode(stream: TextIO) -> bool:
    """Whether a stream can show the characters that formulas are written with."""
    try:
        "∂Σ²ᵢ−".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def complain(message: str) -> None:
    """Write a message to standard error, in characters that it can show."""
    if not message.isascii() and not shows_unicode(sys.stderr):
        from derivex.api.plain import in_ascii

        message = in_ascii(message)
    print(message, file=sys.stderr)
