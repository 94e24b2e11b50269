"""How far one way through a derivation has come: what is known there, and what is being solved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.carried_on import Mistaken
from derivex.checking.findings import LineVerdict
from derivex.checking.identities import says_weights
from derivex.checking.knowledge import Knowledge
from derivex.checking.links import ROUNDED, Finding
from derivex.checking.systems import conditions_in
from derivex.documents import Chain, Formula, HandDerivation, HandRow
from derivex.errors import Place
from derivex.expression import (
    AtLeast,
    AtMost,
    Greater,
    Less,
    Relation,
    Unequal,
    contains,
    free_symbols,
    postorder,
    substitute,
)
from derivex.expression.array_nodes import Entries
from derivex.notation import Definition

__all__ = ["Column", "Context", "Progress", "Spot", "formulas_of"]

_RELATIONS: Mapping[str, type[Relation]] = {
    "<": Less,
    ">": Greater,
    "≤": AtMost,
    "≥": AtLeast,
    "≠": Unequal,
}


@dataclass
class Column:
    """What stands last in a column of a derivation.

    Args:
        last: the last formula that could be read, as it is written.
        trusted: the last formula up to which nothing was wrong; the same one if nothing was.
        mistaken: the place of the first line that was wrong since.
        skipped: whether a formula after ``last`` could not be read.
        exact: what stood before the first rounded decimal; None if nothing was rounded.
        row: the number of the row in which that stands.
        operated: the formula right before, if it is an operator such as argmax on something.
        chosen: how ``last`` was read otherwise than the notation says; empty if that was told.
    """

    last: Basic | None = None
    trusted: Basic | None = None
    mistaken: Place | None = None
    skipped: bool = False
    exact: Basic | None = None
    row: int = 0
    operated: Formula | None = None
    chosen: str = ""

    def begin(self, formula: Formula | None) -> None:
        """A formula that nothing before it leads to; None for one that is not there."""
        self.last = self.trusted = formula.expression if formula is not None else None
        self.mistaken = self.exact = self.operated = None
        self.skipped = self.last is None
        self.chosen = formula.chosen if formula is not None else ""

    def rounded(self, before: Basic, number: int, finding: Finding) -> None:
        """Remember what stood in a row before the first decimal that is a rounded one."""
        if ROUNDED in finding.note and self.exact is None:
            self.exact, self.row = before, number

    def go_on(self, formula: Formula, verdict: LineVerdict) -> None:
        """A formula that was judged."""
        if verdict == "wrong":
            self.mistaken = self.mistaken or formula.place
        elif self.mistaken is None:
            self.trusted = formula.expression
        self.last = formula.expression
        self.skipped = False
        self.chosen = formula.chosen if verdict == "definition" else ""


@dataclass(frozen=True)
class Spot:
    """Where a formula stands in its derivation.

    Args:
        number: of its row.
        row: the row.
        chain: the chain of the row.
        position: in the chain, from 0.
        solved: whether the next row is deduced from this one with an arrow.
    """

    number: int
    row: HandRow
    chain: Chain
    position: int
    solved: bool = False

    @property
    def formula(self) -> Formula:
        """What stands there."""
        return self.chain.formulas[self.position]

    @property
    def sign(self) -> str:
        """The sign before it."""
        return self.chain.signs[self.position]

    @property
    def opening(self) -> bool:
        """Whether it is the right side of the first equality of a statement."""
        return self.position == 1 and not self.chain.continues

    @property
    def at_end(self) -> bool:
        """Whether it ends its chain."""
        return self.position == len(self.chain.formulas) - 1


@dataclass(frozen=True)
class Context:
    """What stands around a derivation in its document.

    Args:
        earlier: the equations that derivations before it came to.
        previous: the derivation before it.
        following: the derivation behind it.
        thread: the equations of those that it goes on with, after a few words.
        unknowns: the letters by which anything was differentiated there.
        zero: whether the words right before it set a derivative to zero.
        stale: the names that were defined before the question began that it belongs to.
        seen: the letters that stand in the derivations before it.
        directly: whether not a word stands between the derivation before and this one.
        later: the names that are defined behind where it begins.
        unread: the names of the document whose definitions cannot be read.
    """

    earlier: Sequence[Sequence[Basic]] = ()
    previous: HandDerivation | None = None
    following: HandDerivation | None = None
    thread: Sequence[Sequence[Basic]] = ()
    unknowns: frozenset[Basic] = frozenset()
    zero: bool = False
    stale: frozenset[str] = frozenset()
    seen: frozenset[Basic] = frozenset()
    directly: bool = False
    later: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()


@dataclass
class Progress:
    """What one way through a derivation has come to.

    Args:
        derivation: what was written.
        knowledge: what holds now.
        context: what stands around it.
        systems: the equations that are being solved, row by row.
        facts: what unknown derivatives were said to be.
        defined: the names that got their definition here.
        said_last: what the last definition was of.
        restrictions: relations that hold from some row on.
        mistaken: the rows that say wrongly what something is.
        refuted: the equations that do not follow from those before them.
    """

    derivation: HandDerivation
    knowledge: Knowledge
    context: Context = field(default_factory=Context)
    systems: list[list[Basic]] = field(default_factory=list)
    facts: dict[Basic, Basic] = field(default_factory=dict)
    defined: set[str] = field(default_factory=set)
    said_last: Basic | None = None
    restrictions: list[Relation] = field(default_factory=list)
    mistaken: list[Mistaken] = field(default_factory=list)
    refuted: set[Basic] = field(default_factory=set)

    @property
    def earlier(self) -> Sequence[Sequence[Basic]]:
        """The equations that derivations before this one came to."""
        return self.context.earlier

    def define(self, definition: Definition, said: bool = False) -> None:
        """A definition holds from here on."""
        self.knowledge = self.knowledge.defining(definition, said)

    @property
    def solved(self) -> dict[Basic, Basic]:
        """What equations a few words before, and above, say of single letters: h = 1000/(πr²)."""
        return {
            each.args[0]: each.args[1]
            for system in (*self.context.thread, *self.context.earlier, *self.systems)
            for each in system
            if isinstance(each.args[0], Symbol)
            and not contains(each.args[1], each.args[0])
            and not self.knowledge.defines(each.args[0].name)
        }

    def turn(self, name: Basic, body: Basic) -> None:
        """An equation between names holds, solved for one of which nothing was said before."""
        known = self.knowledge
        if isinstance(name, Symbol) and not known.defines(name.name) and known.leads_to(body, name):
            self.knowledge = replace(known, turned={**known.turned, name: body})

    def valued(self, name: Basic, value: Basic) -> None:
        """A name turned out to have a value, which may be put in from here on."""
        if isinstance(name, Symbol) and not self.knowledge.defines(name.name):
            self.define(Definition(name.name, (), value))

    def with_facts(self, root: Basic) -> Basic:
        """An expression with what unknown quantities were said to be in their places."""
        if not self.facts:
            return root
        plain = substitute(root, {
            node: node.args[0] for node in postorder(root) if type(node) is Entries
        })  # fmt: skip
        filled = substitute(plain, self.facts)
        return substitute(root, self.facts) if filled is plain else filled

    def identify(self, left: Basic, right: Basic) -> None:
        """Two expressions are equal from here on."""
        known = self.knowledge
        self.knowledge = replace(known, identities=(*known.identities, (left, right)))

    @contextmanager
    def where(self, row: HandRow) -> Iterator[None]:
        """What a row says about when it holds is assumed inside the block: for i ≠ j, at x = 2."""
        before, same = self.knowledge, set[str]()
        said = [] if row.claim is None else conditions_in(row.claim.text, self.knowledge)
        for condition in said:  # since x > 0
            self.knowledge = self.knowledge.assuming(condition)
        for chain in row.given:
            pairs = zip(pairwise(chain.formulas), chain.signs[1:], strict=True)
            for (first, second), sign in pairs:
                left, right = first.expression, second.expression
                if sign == "=" and self._is_same_index(left, right):
                    same.add(str(left))
                self._assume(left, sign, right)
        try:
            yield
        finally:
            self.knowledge = replace(
                self.knowledge.forgetting(same), conditions=before.conditions, kinds=before.kinds
            )
            self._hold_from_here()

    def restrict(self, left: Basic, sign: str, right: Basic | None) -> None:
        """A relation that holds from the next row on, for what is solved."""
        if right is not None and sign in _RELATIONS:
            self.restrictions.append(_RELATIONS[sign](left, right))

    def _hold_from_here(self) -> None:
        known = self.knowledge.conditions
        for each in self.restrictions:
            if each not in known:
                self.knowledge = self.knowledge.assuming(each)

    def _assume(self, left: Basic | None, sign: str, right: Basic | None) -> None:
        if left is None or right is None:
            return
        if sign in _RELATIONS:
            self.knowledge = self.knowledge.assuming(_RELATIONS[sign](left, right))
        elif (
            sign == "="
            and isinstance(left, Symbol)
            and (not free_symbols(right) or self._is_same_index(left, right))
        ):
            self.define(Definition(left.name, (), right))
        elif sign == "=" and says_weights(left, right):
            self.identify(left, right)

    def _is_same_index(self, left: Basic | None, right: Basic | None) -> bool:
        """Whether i = j is said of two letters of which nothing else is said."""
        return (
            isinstance(left, Symbol)
            and isinstance(right, Symbol)
            and not self.knowledge.defines(left.name)
        )

    def solving_for(self, name: Basic) -> bool:
        """Whether a name is among the unknowns of the equations that are being solved."""
        return any(contains(each, name) for system in self.systems for each in system)

    def next_statement(self, spot: Spot) -> Sequence[Formula]:
        """The formulas of the equation below in the same column, or next in the document."""
        later = self._row_below(spot)
        if later is None and self.context.following is not None:
            later = self.context.following.rows[0]
        elif later is None or later.joint != "next":
            return ()
        if not later.chains or later.chains[0].continues:
            return ()
        formulas = later.chains[0].formulas
        return () if len(formulas) < 2 else formulas[:2]

    def continues(self, spot: Spot) -> bool:
        """Whether the row below in the same column goes on with what stands here."""
        later = self._row_below(spot)
        return later is not None and any(chain.continues for chain in later.chains)

    def _row_below(self, spot: Spot) -> HandRow | None:
        rows = self.derivation.rows[spot.number + 1 :]
        return next((row for row in rows if row.column == spot.row.column), None)

    @cached_property
    def formulas(self) -> Sequence[Basic]:
        """All formulas of the derivation that can be read."""
        return formulas_of(self.derivation)

    @cached_property
    def equalities(self) -> Sequence[tuple[Basic, Basic]]:
        """What stands on both sides of the signs of equality in one row."""
        return [
            (left.expression, right.expression)
            for row in self.derivation.rows
            for chain in row.chains
            for (left, right), sign in zip(pairwise(chain.formulas), chain.signs[1:], strict=True)
            if sign == "=" and left.expression is not None and right.expression is not None
        ]


def formulas_of(derivation: HandDerivation) -> list[Basic]:
    """The formulas of a derivation that can be read, in order."""
    return [each for row in derivation.rows for each in row.expressions]
