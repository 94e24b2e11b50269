"""From the stretches of a document to trees: rows are read one after another, each in the light
of what those before it introduced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from sympy.core.basic import Basic

from derivex.documents.document import (
    Chain,
    Claim,
    Formula,
    HandDefinition,
    HandDerivation,
    HandRow,
    Unreadable,
)
from derivex.documents.names import Names, called
from derivex.documents.raw import RawBlock, RawFormula, RawRow
from derivex.errors import Place, ReadError
from derivex.expression import contains, symbol
from derivex.notation import Definition, Scope, read_definition, read_text
from derivex.notation.characters import plain_name
from derivex.notation.known_names import find_names
from derivex.notation.lexer import Source, Word, words_of
from derivex.notation.vocabulary import Vocabulary

__all__ = ["Passage", "Reading", "TextPassage"]

_MOST_SHOWN = 200  # characters of an unreadable stretch that are kept
_DEFINING = ("=", ":=", "≡")


class Passage(Protocol):
    """A document in one of the notations: makes sources of its stretches."""

    text: str
    name: str | None

    def stretch(self, start: int, end: int) -> str | Source:
        """A stretch as something to read."""

    def moved(self, error: ReadError, start: int) -> ReadError:
        """An error about such a source, as one about the document."""

    def head(self, start: int, end: int) -> str | Source:
        """A stretch, with "= 0" behind it: the left side of a definition."""


class TextPassage:
    """A document in plain text.

    Args:
        text: the document, with blanks for remarks.
        original: the document.
        name: what it is called.
    """

    def __init__(self, text: str, original: str, name: str | None):
        self.text = text
        self.name = name
        self._original = original

    def stretch(self, start: int, end: int) -> str:
        return self.text[start:end]

    def head(self, start: int, end: int) -> str:
        return f"{self.text[start:end]} = 0"

    def moved(self, error: ReadError, start: int) -> ReadError:
        place = error.place
        if place is None:
            return ReadError(error.message, None, error.hint)
        moved = Place(self._original, start + place.start, start + place.end, self.name)
        return ReadError(error.message, moved, error.hint)


class Reading:
    """Reads blocks in order.

    Args:
        passage: the document.
        original: its text.
        scope: what is known from the beginning.
        cell: the cell of a notebook.
    """

    def __init__(self, passage: Passage, original: str, names: Names, cell: int | None = None):
        self.passage = passage
        self.names = names
        self.definitions: list[HandDefinition] = []
        self._in_force: dict[str, HandDefinition] = {}
        self._original = original
        self._cell = cell

    def read(self, blocks: Iterable[RawBlock]) -> tuple[list[HandDerivation], list[Unreadable]]:
        """The derivations in some blocks, and what could not be cut into rows."""
        derivations: list[HandDerivation] = []
        unreadable: list[Unreadable] = []
        for block in blocks:
            if block.error is not None:
                shown = self._original[block.start : block.end][:_MOST_SHOWN]
                unreadable.append(Unreadable(shown, block.error, self._cell))
            if not block.rows:
                continue
            before = tuple(self._in_force.values())
            rows = self._rows(block)
            place = self._place(rows[0].place.start, rows[-1].place.end)
            if not (block.inline and all(_only_defines(row) for row in rows)):
                derivations.append(HandDerivation(tuple(rows), place, before, block.inline))
        return derivations, unreadable

    def _place(self, start: int, end: int) -> Place:
        return Place(self._original, start, max(end, start), self.passage.name)

    # -- names -------------------------------------------------------------------------------

    def _look_ahead(self, block: RawBlock) -> Scope:
        """What the formulas of a block tell about one another's names."""
        vocabulary = Vocabulary(self.names.scope)
        for row in block.rows:
            for chain in row.chains:
                for number, formula in enumerate(chain):
                    words = self._words(formula)
                    find_names(words, {}, vocabulary)
                    self.names.call(called(words, number == 0 and not formula.sign))
        seen = vocabulary.known - self.names.scope.names - {"d"}
        indexed = {name: frozenset(counts) for name, counts in vocabulary.entries.items()}
        return replace(self.names.scope, seen=frozenset(seen), indexed=indexed)

    def _words(self, formula: RawFormula) -> list[Word]:
        try:
            stretch = self.passage.stretch(formula.start, formula.end)
            return words_of(Source(stretch) if isinstance(stretch, str) else stretch)
        except ReadError:
            return []  # it is told when the formula is read

    # -- rows --------------------------------------------------------------------------------

    def _rows(self, block: RawBlock) -> list[HandRow]:
        scope = self._look_ahead(block)
        known = self.names.scope
        rows: list[HandRow] = []
        for raw in block.rows:
            if self.names.scope is not known:
                known = self.names.scope
                scope = _with_functions(scope, known)
            rows.append(self._row(raw, scope))
        return rows

    def _row(self, raw: RawRow, scope: Scope) -> HandRow:
        chains = []
        for chain in raw.chains:
            read = self._chain(raw, chain, scope)
            chains.append(read)
            for found in read.definitions:
                self.names.define(found.definition)
                self.definitions.append(found)
                self._in_force[found.definition.name] = found
                scope = _with_functions(scope, self.names.scope)
        claim = None
        if raw.claim is not None:
            text = " ".join(self._original[raw.claim.start : raw.claim.end].split())
            claim = Claim(text, self._place(*raw.claim))
        return HandRow(
            raw.joint,
            tuple(chains),
            self._original[raw.start : raw.end],
            self._place(raw.start, raw.end),
            claim,
            raw.column,
            raw.number,
            raw.label,
            self._cell,
            raw.connective,
            None if raw.condition is None else self._original[slice(*raw.condition)],
        )

    def _chain(self, raw: RawRow, chain: Sequence[RawFormula], scope: Scope) -> Chain:
        heads = [] if raw.error else self._heads(raw, chain)
        inner = scope
        for head in heads:
            inner = inner.declare(*(str(parameter) for parameter in head.parameters))
            if not head.parameters:
                scope = scope.declare(head.name)
        formulas: list[Formula] = []
        for number, formula in enumerate(chain):
            formulas.append(self._formula(raw, formula, inner if number else scope))
        for each in formulas:
            if each.expression is not None:
                self.names.meet(each.expression)
        definitions = self._definitions(raw, chain, heads, formulas)
        place = self._place(chain[0].start, chain[-1].end)
        signs = tuple(formula.sign for formula in chain)
        return Chain(tuple(formulas), signs, place, definitions)

    def _formula(self, raw: RawRow, formula: RawFormula, scope: Scope) -> Formula:
        start, end = formula.start, formula.end
        text = self._original[start:end]
        place = self._place(start, end)
        if raw.error is not None:
            return Formula(text, place, None, raw.error)
        try:
            reading = read_text(self.passage.stretch(start, end), scope)
        except ReadError as error:
            return Formula(text, place, None, self.passage.moved(error, start))
        return Formula(text, place, reading.expression, None, reading.notes)

    # -- definitions -------------------------------------------------------------------------

    def _heads(self, raw: RawRow, chain: Sequence[RawFormula]) -> list[Definition]:
        """The left sides of a chain, if they are what a definition begins with.

        There are two in ``y = f(u) := u^2``.
        """
        signs = [formula.sign for formula in chain]
        if len(chain) < 2 or signs[0] or any(sign not in _DEFINING for sign in signs[1:]):
            if signs[:2] != ["", ":="]:
                return []
        said = bool(raw.said) or signs[1] != "=" or ":=" in signs
        if raw.joint not in ("start", "next") and not said:
            return []
        heads: list[Definition] = []
        for formula in chain[: signs.index(":=") if ":=" in signs else 1]:
            head = self._head(formula)
            if head is None or not (said or head.parameters or self.names.may_define(head.name)):
                return []
            heads.append(head)
        return heads

    def _head(self, formula: RawFormula) -> Definition | None:
        try:
            stretch = self.passage.head(formula.start, formula.end)
            head = read_definition(stretch, Scope())
        except ReadError:
            return None
        return None if self.names.is_function(head.name) else head

    def _definitions(
        self,
        raw: RawRow,
        chain: Sequence[RawFormula],
        heads: Sequence[Definition],
        formulas: Sequence[Formula],
    ) -> tuple[HandDefinition, ...]:
        if not heads:
            return ()
        body = formulas[len(heads)]
        if body.expression is None:
            return ()
        sign = chain[len(heads)].sign
        said = sign if sign != "=" else raw.said or "form"
        place = self._place(chain[0].start, chain[len(heads)].end)
        text = self._original[place.start : place.end]
        found = []
        for head in heads:
            if not head.parameters and contains(body.expression, symbol(plain_name(head.name))):
                return ()  # x := x - 1 is an update, x = x^2 an equation
            whole = replace(head, body=body.expression, notes=body.notes)
            found.append(HandDefinition(whole, place, text, said))
        return tuple(found)


def _only_defines(row: HandRow) -> bool:
    """Whether there is nothing in a row but definitions, which the prose introduces."""
    return all(chain.definitions and len(chain.formulas) == 2 for chain in row.chains)


def _with_functions(scope: Scope, known: Scope) -> Scope:
    """A scope with the functions of another one."""
    return replace(scope, functions=known.functions, given=known.given, names=known.names)
