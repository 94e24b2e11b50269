"""Names of files made from names of students, whatever those are."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["FileNames"]

_LONGEST = 120  # bytes, whatever the system counts
_OTHER = re.compile(r"[^\w.-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


class FileNames:
    """Gives each student a file name of its own that every system takes.

    >>> names = FileNames()
    >>> [names.of(name) for name in ("Ada Lovelace", "../../etc/passwd", "Ada Lovelace", "CON")]
    ['Ada-Lovelace', 'etc-passwd', 'Ada-Lovelace-2', '_CON']
    """

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def of(self, student: str) -> str:
        """The name, without an ending; two that differ by case only are two."""
        plain = _OTHER.sub("-", unicodedata.normalize("NFC", student)).strip("-. _")
        plain = plain.encode()[:_LONGEST].decode(errors="ignore").rstrip("-. ") or "student"
        if _RESERVED.fullmatch(plain):
            plain = f"_{plain}"
        name, number = plain, self._used.get(plain.casefold(), 1)
        while name.casefold() in self._used:
            number += 1
            name = f"{plain}-{number}"
        self._used[plain.casefold()] = number
        self._used.setdefault(name.casefold(), 1)
        return name
