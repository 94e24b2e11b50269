"""What a verdict is worth: a scheme is data, which a lecturer may replace."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from derivex.errors import ProblemError, ReadError

__all__ = [
    "DEFAULT_SCHEME",
    "VERDICTS",
    "BlankVerdict",
    "Scheme",
    "make_scheme",
    "read_scheme",
]

BlankVerdict = Literal[
    "right",
    "right, other form",
    "follows from an earlier answer",
    "not what is asked",
    "wrong",
    "unreadable",
    "undecided",
    "missing",
]

VERDICTS: tuple[BlankVerdict, ...] = get_args(BlankVerdict)
"""What may be found about an answer, from the best down."""

_SHARES: Mapping[str, float] = {
    "right": 1.0,
    "right, other form": 0.5,
    "follows from an earlier answer": 1.0,
    "not what is asked": 0.0,
    "wrong": 0.0,
    "unreadable": 0.0,
    "undecided": 0.0,
    "missing": 0.0,
}


@dataclass(frozen=True)
class Scheme:
    """How much of a blank's points an answer gets.

    By default all of them for a right answer in any equivalent form, and for one that is right
    given what the student had answered before; half of them for a right answer that is not in the
    form asked for; none for any other.  What is equal but not what is asked, such as the line
    before once more, gets none; neither does an undecided answer, which is for a person to see.

    Args:
        shares: from 0 to 1, for each verdict.

    >>> Scheme().share("right, other form")
    0.5
    """

    shares: Mapping[str, float] = field(default_factory=lambda: dict(_SHARES))

    def share(self, verdict: str) -> float:
        """The share of the points for a verdict."""
        return self.shares[verdict]


DEFAULT_SCHEME = Scheme()


def read_scheme(path: Path) -> Scheme:
    """The scheme in a file, in TOML or JSON; what it does not name stays as it is.

    Raises:
        ReadError: the file cannot be read.
        ProblemError: it names no verdict, or a share is not between 0 and 1.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        told = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except OSError as error:
        raise ReadError(f"{path} cannot be opened: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{path} cannot be read: {error}") from None
    return make_scheme(told, str(path))


def make_scheme(told: Any, name: str = "the scheme") -> Scheme:
    """A scheme from what a file says.

    Raises:
        ProblemError: something in it is no verdict or no share.

    >>> make_scheme({"right, other form": 0.75}).share("right, other form")
    0.75
    """
    if not isinstance(told, Mapping):
        raise ProblemError(f"{name} has no verdicts with shares", hint=_example())
    shares = dict(_SHARES)
    for verdict, share in told.items():
        if verdict not in shares:
            known = ", ".join(f"“{each}”" for each in shares)
            raise ProblemError(f"{name}: “{verdict}” is none of {known}", hint=_example())
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise ProblemError(
                f"{name}: “{verdict}” is worth a share from 0 to 1, not {share!r}", hint=_example()
            )
        shares[verdict] = float(share)
    return Scheme(shares)


def _example() -> str:
    return 'a line of it reads, for example: "right, other form" = 0.5'
