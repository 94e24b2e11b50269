"""Rule files that were found sound, remembered from one run to the next.

The memory is plain data in the user's cache folder.  It is only ever a shortcut: where it is
missing, damaged or cannot be written, a file is simply tested again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path

__all__ = ["cache_file", "is_known_sound", "key_of", "remember_sound"]

_MOST = 200  # files that are remembered, the latest ones

_this_run: set[str] = set()


def cache_file() -> Path | None:
    """Where the verdicts are kept; None where there is no home folder."""
    chosen = os.environ.get("XDG_CACHE_HOME")
    if chosen:
        return Path(chosen) / "derivex" / "rules.json"
    try:
        return Path.home() / ".cache" / "derivex" / "rules.json"
    except RuntimeError:
        return None


def key_of(source: str, version: str, fingerprint: str) -> str:
    """What a verdict is kept under: the file's text, the version and the rules it goes with."""
    return hashlib.sha256("\0".join((source, version, fingerprint)).encode()).hexdigest()


def is_known_sound(key: str) -> bool:
    """Whether a file was tested before and found sound."""
    return key in _this_run or key in _read()


def remember_sound(key: str, instances: int) -> None:
    """Keep the verdict, with the number of instances that were compared."""
    _this_run.add(key)
    file = cache_file()
    if file is None:
        return
    verdicts = {**_read(), key: instances}
    latest = dict(list(verdicts.items())[-_MOST:])
    temporary = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and put in place at once: another run never sees half a file.
        handle, temporary = tempfile.mkstemp(dir=file.parent, suffix=".json")
        with open(handle, "w", encoding="utf-8") as stream:
            json.dump({"sound": latest}, stream, indent=1)
        os.replace(temporary, file)
    except OSError:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _read() -> dict[str, int]:
    file = cache_file()
    if file is None:
        return {}
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    verdicts = stored.get("sound") if isinstance(stored, dict) else None
    if not isinstance(verdicts, dict):
        return {}
    return {key: value for key, value in verdicts.items() if isinstance(value, int)}
