"""Texts from outside: UTF-8, and not too long; anything else is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

from derivex.errors import ReadError
from derivex.limits import MAX_CHARACTERS

__all__ = ["MAX_DOCUMENT_FILE", "decoded", "read_text_file"]

MAX_DOCUMENT_FILE = 20 * MAX_CHARACTERS
"""Characters of a file that holds a whole document, with its prose and its pictures."""

_BYTES_A_CHARACTER = 4  # in UTF-8 at most


def read_text_file(path: str | Path, most: int = MAX_CHARACTERS) -> str:
    """The text of a file.

    Args:
        path: the file.
        most: how many characters it may have.

    Raises:
        ReadError: it cannot be opened, is not UTF-8, or is too long.
    """
    try:
        with Path(path).open("rb") as file:
            return decoded(file.read(_BYTES_A_CHARACTER * most + 1), str(path), most)
    except OSError as error:
        raise ReadError(f"{path} cannot be opened: {error.strerror}") from None


def decoded(raw: bytes, name: str, most: int = MAX_CHARACTERS) -> str:
    r"""The text that some bytes are.

    Args:
        raw: the bytes; a mark of their order at the beginning is left out.
        name: what an error calls them.
        most: how many characters it may have.

    Raises:
        ReadError: they are not UTF-8, or too many.

    >>> decoded(b"x^2", "answer.txt")
    'x^2'
    >>> decoded(b"x\n\xb2", "answer.txt")
    Traceback (most recent call last):
        ...
    derivex.errors.ReadError: answer.txt is not UTF-8 text: byte 0xb2 at position 3, in line 2
        save it as UTF-8
    """
    if len(raw) > _BYTES_A_CHARACTER * most:
        raise ReadError(f"{name} has more than {most} characters")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ReadError(
            f"{name} is not UTF-8 text: byte {raw[error.start]:#04x} at position "
            f"{error.start + 1}, in line {line}",
            hint="save it as UTF-8",
        ) from None
    if len(text) > most:
        raise ReadError(f"{name} has {len(text)} characters; at most {most} are read")
    return text
