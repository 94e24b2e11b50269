"""``derivex diff`` with ``--along``, ``--nudge`` or ``--tangent``, and a claimed gradient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from derivex import api
from derivex.cli.commands import formula, note, show
from derivex.cli.output import Output
from derivex.cli.status import GOOD, UNDECIDED, WRONG
from derivex.derivation import Status
from derivex.errors import ProblemError

if TYPE_CHECKING:
    from derivex.cli.signatures.groups import Given

__all__ = ["Question", "claim_command", "slope_command"]


@dataclass(frozen=True)
class Question:
    """What is asked of a slope; None or False where an option was not given."""

    along: str | None
    unit: bool
    nudge: str | None
    tangent: bool
    from_limit: bool
    step: str | None
    others: Mapping[str, bool]  # options that these questions do not have: were they given?

    def check(self, data: bool) -> None:
        """Refuse options that do not go together.

        Args:
            data: whether there are data.

        Raises:
            ProblemError: naming them.
        """
        asked = {
            "--along": self.along is not None,
            "--nudge": self.nudge is not None,
            "--tangent": self.tangent,
        }
        chosen = [option for option, given in asked.items() if given]
        if not chosen:
            raise ProblemError("--unit is for a direction", hint="for example: --along 3,4 --unit")
        (first, *others) = chosen
        unfit = {
            "--unit": self.unit and first != "--along",
            "--from-limit": self.from_limit and first != "--along",
            "--step": self.step is not None and first != "--along",
            "--data": data and first != "--tangent",
            **self.others,
        }
        others += [option for option, given in unfit.items() if given]
        if others:
            raise ProblemError(f"{first} and {others[0]} do not go together", hint="leave one out")


def slope_command(out: Output, expression: str, given: Given, asked: Question) -> int:
    """The answer to a question about a slope."""
    asked.check(given["data"] is not None)
    text, by = formula(expression), given["by"]
    premises = {name: given[name] for name in ("let", "rules")}
    at = given["at"]
    found: api.Directional | api.Nudges | api.Tangent
    if asked.along is not None:
        found = api.directional(
            text,
            by,
            along=asked.along,
            at=at,
            unit=asked.unit,
            from_limit=asked.from_limit,
            step=asked.step,
            **premises,
        )
    elif at is None:
        raise ProblemError("it is not said where", hint="for example: --at x=2")
    elif asked.nudge is not None:
        found = api.nudge(text, by, at=at, by=asked.nudge, **premises)
    else:
        found = api.tangent(text, by, at=at, data=given["data"], **premises)
    note(out, found.asked, found.notes)
    show(out, found)
    return GOOD if found.status is Status.FINISHED else UNDECIDED


def claim_command(
    out: Output, expression: str, given: Given, claim: str, others: Mapping[str, bool]
) -> int:
    """``derivex gradient --claim``."""
    for option, is_given in others.items():
        if is_given:
            raise ProblemError(f"--claim and {option} do not go together", hint="leave one out")
    asked = {name: given[name] for name in ("at", "let", "rules")}
    found = api.differentiability(formula(expression), given["by"], gradient=claim, **asked)
    note(out, found.asked, found.notes)
    show(out, found)
    return UNDECIDED if found.holds is None else GOOD if found.holds else WRONG
