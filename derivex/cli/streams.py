"""What standard output and standard error can show."""

from __future__ import annotations

import os
import sys
from typing import TextIO

__all__ = ["complain", "replace_closed_streams", "shows_unicode"]


def replace_closed_streams() -> None:
    """Put files in the place of standard streams that are closed, for which Python has None.

    Standard input is empty then, what is written to standard output is an OSError, and what is
    said to standard error goes nowhere.  Without them, the next file that is opened would get the
    number of a closed one, and with it all that is written there.
    """
    for name, access, mode in (
        ("stdin", os.O_RDONLY, "r"),
        ("stdout", os.O_RDONLY, "w"),
        ("stderr", os.O_WRONLY, "w"),
    ):
        if getattr(sys, name) is None:
            stream = os.open(os.devnull, access)
            setattr(sys, name, open(stream, mode, encoding="utf-8"))  # noqa: SIM115


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
