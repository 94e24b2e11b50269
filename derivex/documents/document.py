"""Derivations as somebody wrote them by hand: what stands where, read, and not judged.

A document holds derivations; a derivation holds rows; a row holds chains of formulas.  In

::

    6a - b + 1 = 0, 2b - a = 0
      => a = (b - 1)/6 = b/6 - 1/6     [divide by 6]

there are two rows.  The first has two chains of two formulas each, the second one chain of three;
its joint is "⇒", and its claim is "divide by 6".  What cannot be read stands there as well, with
the error in the place of the expression.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import Place, ReadError
from derivex.notation import Definition, Reading

__all__ = [
    "Chain",
    "Claim",
    "Formula",
    "HandDefinition",
    "HandDerivation",
    "HandDocument",
    "HandRow",
    "Unreadable",
]


@dataclass(frozen=True)
class Formula:
    """One side: what stands between two signs of relation.

    Args:
        text: as it is written in the document.
        place: where it stands.
        expression: the written tree; None if it cannot be read.
        error: why it cannot be read; None if it can.
        notes: the choices that were made in reading it.
        others: gives its other readings, which people mean by the same signs.
        chosen: what one of these does differently, where that was taken; empty elsewhere.
        aside: what it is if it is no formula that could be judged: "words", "a set"; else "".
        operator: what stands before the whole of it and is not read, as it is written:
            argmax over v, the mean over a distribution; "" if there is nothing of that kind.
        operand: the written tree of what stands under the operator.
        given: the equations that stand below the operator: ‖v‖ = 1.
    """

    text: str
    place: Place
    expression: Basic | None
    error: ReadError | None = None
    notes: tuple[str, ...] = ()
    others: Callable[[], tuple[Reading, ...]] = field(default=tuple, compare=False, repr=False)
    chosen: str = ""
    aside: str = ""
    operator: str = ""
    operand: Basic | None = None
    given: tuple[tuple[Basic, Basic], ...] = ()

    @property
    def is_left_alone(self) -> bool:
        """Whether it is read as something that has no value of its own to be compared."""
        return bool(self.aside or self.operator)


@dataclass(frozen=True)
class HandDefinition:
    """A name that is introduced: ``f(x) = …``, ``u = …``, ``J(θ) := …``.

    Args:
        definition: the name, its parameters, and what it stands for.
        place: where it stands.
        text: as it is written.
        said: how it is known to be one: "let" (a word such as let, where, with, define),
            ":=" or "≡" (the sign), or "form" (a new name alone on the left, with nothing said).
        indices: of ``u_i = …``, whose definition has the name "u_i"; what it stands for holds
            for every index.
        base: the name without the indices, u.
    """

    definition: Definition
    place: Place
    text: str
    said: str
    indices: tuple[Symbol, ...] = ()
    base: str = ""


@dataclass(frozen=True)
class Chain:
    """Formulas joined by signs of relation: ``a = b = c``, ``0 < x``, or a single formula.

    Args:
        formulas: in order.
        signs: as many; each stands before its formula: "=", "≈", "≠", "<", "≤", ">", "≥", ":=",
            "≡", "∝", "→", "∈", …; the first is "" unless the chain begins with a sign, and so
            goes on with the last formula of the row before.
        place: from the first formula to the last.
        definitions: the definitions that it is, or may be, see :attr:`HandDefinition.said`:
            two in ``y = f(u, v) := u v``.
        renews: the function that is another one from here on, of "let f(3) = 4"; else "".
    """

    formulas: tuple[Formula, ...]
    signs: tuple[str, ...]
    place: Place
    definitions: tuple[HandDefinition, ...] = ()
    renews: str = ""

    @property
    def definition(self) -> HandDefinition | None:
        """The first of its definitions."""
        return self.definitions[0] if self.definitions else None

    @property
    def continues(self) -> bool:
        """Whether it begins with a sign, and so goes on with what stands before it."""
        return self.signs[:1] != ("",)

    @property
    def readable(self) -> bool:
        """Whether all its formulas can be read."""
        return all(formula.expression is not None for formula in self.formulas)


@dataclass(frozen=True)
class Claim:
    """A justification, as it is written: ``by the chain rule``.

    Args:
        text: the words, without the brackets or the command around them.
        place: where they stand.
    """

    text: str
    place: Place


@dataclass(frozen=True)
class HandRow:
    """One row of a derivation.

    Args:
        joint: what joins it to the row before (of its column): "start"; "=" (or another sign of
            relation) if it begins with one; "⇒" or "⇔" if it begins with an arrow; "next" if it
            stands there without a word.
        chains: one, or several that commas separate.
        text: the row as it is written, without its justification.
        place: where it stands.
        claim: the justification; None if there is none.
        column: its column, from 0, where derivations stand side by side.
        number: the number that the row is given, as "(2)" or ``\\tag{2}``; None if it has none.
        label: the name that the row is given, by ``\\label{…}``.
        cell: the cell of a notebook, from 1; None elsewhere.
        connective: "or" where it says that one of its chains holds, else "and".
        condition: when it holds, as it is written: "x > 0", "i \\neq j"; None if that is not said.
        given: the relations in that condition: a = 2 of "when a = 2".
        said: what the words around it say: "let" for a premise or a definition, "claim" where
            words such as "note that" say that it is so, "posed" for an equation to be solved or a
            condition, else "".
    """

    joint: str
    chains: tuple[Chain, ...]
    text: str
    place: Place
    claim: Claim | None = None
    column: int = 0
    number: str | None = None
    label: str | None = None
    cell: int | None = None
    connective: str = "and"
    condition: str | None = None
    given: tuple[Chain, ...] = ()
    said: str = ""

    @property
    def expressions(self) -> tuple[Basic, ...]:
        """Its formulas that can be read, in order."""
        return tuple(
            formula.expression
            for chain in self.chains
            for formula in chain.formulas
            if formula.expression is not None
        )

    @property
    def errors(self) -> tuple[ReadError, ...]:
        """Why some of its formulas cannot be read, in order."""
        return tuple(
            formula.error
            for chain in self.chains
            for formula in chain.formulas
            if formula.error is not None
        )


@dataclass(frozen=True)
class HandDerivation:
    """Rows that belong together, in the order in which they are read: row by row, and in a row
    from the left to the right.

    Args:
        rows: the rows; those of different columns follow one another.
        place: from the first row to the last.
        scope: the definitions that hold where it begins, the last one of each name.
        inline: whether it stands in a sentence.
        given: values that the prose right before it names, s = 1 and b = 0: they may be meant to
            be filled in.
        elsewhere: the functions that were defined in sections before this one: they may be others
            here.
        section: where the section or the example begins in the text to which it belongs.
    """

    rows: tuple[HandRow, ...]
    place: Place
    scope: tuple[HandDefinition, ...] = ()
    inline: bool = False
    given: tuple[Chain, ...] = ()
    elsewhere: frozenset[str] = frozenset()
    section: int = 0

    @property
    def columns(self) -> tuple[tuple[HandRow, ...], ...]:
        """The rows of each column."""
        numbers = sorted({row.column for row in self.rows})
        return tuple(tuple(row for row in self.rows if row.column == number) for number in numbers)

    @property
    def definitions(self) -> tuple[HandDefinition, ...]:
        """The definitions among its own rows."""
        return tuple(
            definition
            for row in self.rows
            for chain in row.chains
            for definition in chain.definitions
        )


@dataclass(frozen=True)
class Unreadable:
    """A stretch in which no rows could be found: an environment that never ends, a table.

    Args:
        text: the stretch, cut if it is long.
        error: what is wrong, and where.
        cell: the cell of a notebook, from 1; None elsewhere.
    """

    text: str
    error: ReadError
    cell: int | None = None


@dataclass(frozen=True)
class HandDocument:
    """A document as it was read.

    Args:
        name: what the file is called; None if it has no name.
        source: its text.
        derivations: in order.
        definitions: all that the prose and the derivations introduce, in order.
        unreadable: the stretches in which no rows could be found.
        columns: data that it gives entry by entry, a_1 = 0, a_2 = 2: names and values.
        one_hot: the names whose entries are said to be one-hot, so that they sum to 1.
    """

    name: str | None
    source: str
    derivations: tuple[HandDerivation, ...]
    definitions: tuple[HandDefinition, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    columns: tuple[tuple[str, tuple[Basic, ...]], ...] = ()
    one_hot: frozenset[str] = frozenset()

    def rows(self) -> Iterator[HandRow]:
        """All rows, in order."""
        for derivation in self.derivations:
            yield from derivation.rows
