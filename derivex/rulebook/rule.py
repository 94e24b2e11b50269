"""What a rule is: a name, a phrase for readers, and one or more forms that rewrite."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from threading import RLock
from typing import TYPE_CHECKING

from sympy.core.basic import Basic

from derivex.errors import Place
from derivex.expression import (
    D,
    FunctionName,
)
from derivex.rulebook.outermost import called_name

if TYPE_CHECKING:
    from derivex.rulebook.form import Form
    from derivex.rulebook.procedure import Procedure

__all__ = ["ALGEBRA", "PUTTING_IN", "Example", "Judgement", "Rule", "Words"]


class Judgement(Enum):
    """What a rule claims, and so how its soundness is tested."""

    EQUALITY = "equality"
    """Both sides have the same value wherever the conditions hold."""
    LIMIT = "limit"
    """Both sides have the same value, of which one is a limit: found from values near the point."""
    EQUIVALENT = "equivalent equations"
    """Both equations have the same solutions."""
    IMPLIED = "implied equation"
    """Every solution of the first equation solves the second."""
    MEMBERSHIP = "membership"
    """The right-hand side holds every subgradient, and nothing else."""
    MISCONCEPTION = "misconception"
    """Nothing: it is a mistake that people make, and the two sides differ at the stated point."""


class Example:
    """An example in a rule file: applying the rule to ``before`` gives ``after``.

    It is read when it is first looked at, as only a test of the rules does.

    Args:
        read: gives both sides.
        place: where it stands.
    """

    __slots__ = ("_read", "_sides", "place")

    def __init__(self, read: Callable[[], tuple[Basic, Basic]], place: Place):
        self._read = read
        self._sides: tuple[Basic, Basic] | None = None
        self.place = place

    @property
    def sides(self) -> tuple[Basic, Basic]:
        """Both sides.

        Raises:
            RuleError: the example cannot be read.
        """
        if self._sides is None:
            self._sides = self._read()
        return self._sides

    @property
    def before(self) -> Basic:
        """What the rule is applied to."""
        return self.sides[0]

    @property
    def after(self) -> Basic:
        """What that gives."""
        return self.sides[1]


@dataclass(frozen=True)
class Words:
    """What people call some rules.

    Args:
        phrases: their words, in small letters.
        rules: the names of the rules that they may mean, and of tables for all rules in them.
        place: where that stands.
    """

    phrases: tuple[str, ...]
    rules: tuple[str, ...]
    place: Place


ALGEBRA = "algebra"
"""In the place of a rule that is meant: anything that changes no derivative."""
PUTTING_IN = "putting-in"
"""In the place of a rule that is meant: a value, or what a name stands for, put in its place."""

_MOVES = (Judgement.EQUIVALENT, Judgement.IMPLIED)

# What a formula holds that has a derivative in it; others may hold it, too.
_DERIVATIVE = re.compile("[d∂∇]")

_reading = RLock()


class Rule:
    """A named rule.

    Its forms are read when they are first asked for: of the many rules a derivation needs few.

    Args:
        name: kebab-case and permanent: stored derivations cite it.
        phrase: what a reader sees after "using": ``the chain rule``.  Moves may name what
            their letters stand for: ``subtract {c} from both sides``.
        table: the table of the rule file that it stands in; strategies go by tables.
        judgement: what it claims, as far as its keyword tells.
        place: where it stands.
        function: the function whose derivative it is, if it is one of a function stanza.
    """

    def __init__(
        self,
        name: str,
        phrase: str,
        table: str,
        judgement: Judgement,
        place: Place,
        function: FunctionName | None = None,
    ):
        self.name = name
        self.phrase = phrase
        self.table = table
        self.place = place
        self.function = function
        self.is_move = judgement in _MOVES  # whether it goes from equation to equation
        self.is_membership = judgement is Judgement.MEMBERSHIP
        self.is_misconception = judgement is Judgement.MISCONCEPTION  # never used to derive
        self.procedure: Procedure | None = None
        self.examples: list[Example] = []
        self.of_arrays = False  # whether some of its letters stand for vectors or matrices
        self._judgement = judgement
        self._forms: list[Form] = []
        self._unread: list[tuple[str, Callable[[], Form]]] = []
        self._calls: frozenset[str] | None = None

    def add_form(self, text: str, read: Callable[[], Form]) -> None:
        """Add a form by its text and what reads it."""
        self._unread.append((text, read))

    @property
    def calls(self) -> frozenset[str]:
        """The names of which each left-hand side is a call, if the texts of all show that."""
        if self._calls is None:
            if self.is_move:
                self._calls = frozenset()  # its left-hand side is an equation
                return self._calls
            names = [called_name(text) for text, _ in self._unread]
            self._calls = frozenset() if None in names else frozenset(map(str, names))
        return self._calls

    @property
    def forms(self) -> list[Form]:
        """Its forms.

        Raises:
            RuleError: a form cannot be read.
        """
        self._read()
        return self._forms

    def derivative_forms(self, kind: type) -> list[Form]:
        """Its forms for a kind of derivatives; nothing is read where there are surely none."""
        if self.of_arrays is (kind is D):
            return []
        texts = [text for text, _ in self._unread]
        if self.is_move or self.is_membership or self.is_misconception:
            return []
        if not (self._forms or any(map(_DERIVATIVE.search, texts))):
            return []
        if self.judgement is not Judgement.EQUALITY:
            return []
        return [form for form in self.forms if type(form.before) is kind]

    @property
    def judgement(self) -> Judgement:
        """What it claims; its formulas say, too."""
        self._read()
        return self._judgement

    @judgement.setter
    def judgement(self, found: Judgement) -> None:
        self._judgement = found

    def _read(self) -> None:
        if self._unread:
            with _reading:
                unread = self._unread
                self._forms = self._forms + [read() for _, read in unread]
                self._unread = self._unread[len(unread) :]

    def __repr__(self) -> str:
        return f"<rule {self.name}>"
