"""From the stretches of a document to trees: rows are read one after another, each in the light
of what those before it introduced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from derivex.documents.asides import definition_in_set
from derivex.documents.consistency import in_step
from derivex.documents.data_columns import columns_in
from derivex.documents.defining import definitions_of, heads_of, value_in
from derivex.documents.differentials import Differentials
from derivex.documents.document import (
    Chain,
    Claim,
    Formula,
    HandDefinition,
    HandDerivation,
    HandDocument,
    HandRow,
    Unreadable,
)
from derivex.documents.formulas import FormulaReader, without_arrays
from derivex.documents.known_so_far import KnownSoFar
from derivex.documents.looking_ahead import LookingAhead
from derivex.documents.names import (
    Names,
)
from derivex.documents.passage import Passage
from derivex.documents.plain_words import plain_words
from derivex.documents.plus_minus import told_apart
from derivex.documents.points import COORDINATES
from derivex.documents.raw import RawBlock, RawFormula, RawRow, Span
from derivex.documents.sections import Sections
from derivex.documents.sums import with_whole_sums
from derivex.errors import Place, ReadError
from derivex.expression import symbol
from derivex.notation import Scope, read_text
from derivex.notation.vocabulary import UNKNOWN_FUNCTIONS

__all__ = ["MAX_FORMULAS", "Reading"]

MAX_FORMULAS = 4_000
"""Formulas in a document of hand derivations: sides of equations."""
_REASON = re.compile(r"\$([^$=]+)=([^$=]+)\$")
_MOST_SHOWN = 200  # characters of an unreadable stretch that are kept


class Reading:
    """Reads blocks in order, and learns from them.

    Args:
        names: what is known from the beginning.

    Attributes:
        derivations: what has been read.
        definitions: what has been introduced.
        unreadable: what could not be cut into rows.
    """

    def __init__(self, names: Names):
        self.names = names
        self.derivations: list[HandDerivation] = []
        self.definitions: list[HandDefinition] = []
        self.unreadable: list[Unreadable] = []
        self._known = KnownSoFar(names)
        self._formulas = FormulaReader(self._known)
        self._ahead = LookingAhead(self._known, self._formulas)
        self._left = MAX_FORMULAS
        self._sections = Sections("")
        self._differentials = Differentials()

    def document(self, name: str | None, source: str) -> HandDocument:
        """All that has been read."""
        return HandDocument(
            name,
            source,
            tuple(self.derivations),
            tuple(self.definitions),
            tuple(self.unreadable),
            columns_in(self.definitions),
            frozenset(self.names.one_hot),
        )

    def read(self, found: Sequence[tuple[Passage, RawBlock]]) -> None:
        """Read the blocks of a text, each with what it is read from."""
        if not found:
            return
        self._sections = Sections(found[0][0].original)
        for passage, each in self._by_sections(found):
            self._known.passage = passage
            for name, size in each.maps.items():
                self.names.map_vectors(name, size)
                self._known.in_force.pop(name, None)
            for name in each.fresh:
                self._forget(name)
            block = self._fitting(each)
            if block is None:
                continue
            if block.error is not None:
                shown = passage.original[block.start : block.end][:_MOST_SHOWN]
                self.unreadable.append(Unreadable(shown, block.error, passage.cell))
            if not block.rows:
                continue
            block = replace(block, rows=list(told_apart(block.rows, passage.text)))
            scope = self._ahead.scope_of(block)
            before = tuple(self._known.in_force.values())
            rows = self._rows(block, scope)
            rows = [row for row in rows if row.said != "asked" or _only_defines(row)]
            if not rows:
                continue
            place = self._known.place(rows[0].place.start, rows[-1].place.end)
            if not (block.inline and all(_only_defines(row) for row in rows)):
                given = (
                    *(self._relation(chain, scope) for chain in block.given),
                    *(each for point in block.points for each in self._at(point, scope)),
                )
                self.derivations.append(
                    HandDerivation(
                        tuple(rows),
                        place,
                        before,
                        block.inline,
                        given,
                        self._elsewhere(place),
                        self._sections.begun(place.start),
                    )
                )

    def _by_sections(
        self, found: Sequence[tuple[Passage, RawBlock]]
    ) -> Iterator[tuple[Passage, RawBlock]]:
        """The blocks; of each section all are looked at before the first of them is read."""
        begin = 0
        for end in range(1, len(found) + 1):
            first = found[begin][1].start
            if end == len(found) or self._sections.parted(first, found[end][1].start):
                self._ahead.enter(found[begin:end])
                yield from found[begin:end]
                begin = end

    def _elsewhere(self, place: Place) -> frozenset[str]:
        """The functions f, g, … and names that are defined in sections before this one."""
        return frozenset(
            name
            for name, found in self._known.in_force.items()
            if (name in UNKNOWN_FUNCTIONS or not found.definition.parameters)
            and found.place.source is self._sections.text
            and self._sections.parted(found.place.start, place.start)
        )

    def _fitting(self, block: RawBlock) -> RawBlock | None:
        """As many rows of a block as may still be read; None if there are none.

        That the document has too many is said once.
        """
        if self._left < 0:
            return None
        rows: list[RawRow] = []
        for row in block.rows:
            self._left -= sum(map(len, row.chains))
            if self._left < 0:
                error = ReadError(
                    f"this document has more than {MAX_FORMULAS} formulas; "
                    "those from here on are not read",
                    self._known.place(row.start, row.start + 1),
                    "split it into several files",
                )
                shown = self._known.passage.original[row.start : row.end][:_MOST_SHOWN]
                self.unreadable.append(Unreadable(shown, error, self._known.passage.cell))
                break
            rows.append(row)
        return replace(block, rows=rows) if rows or block.error else None

    # -- rows --------------------------------------------------------------------------------

    def _rows(self, block: RawBlock, scope: Scope) -> list[HandRow]:
        known = self.names.scope
        rows: list[HandRow] = []
        for equation in _equations(block.rows):
            own = None
            for raw in equation:
                if self.names.scope is not known:
                    known = self.names.scope
                    scope = _with_functions(scope, known)
                    own = None if own is None else _with_functions(own, known)
                own = own or self._ahead.of_equation(equation, block, scope)
                rows.append(self._row(raw, own))
        rows = with_whole_sums(rows)
        said = [self._relation(chain, scope) for chain in block.given]
        said = [chain for chain in said if "=" not in chain.signs]
        rows = [replace(row, given=(*said, *row.given)) for row in rows] if said else rows
        return rows if scope.arrays else in_step(rows, self.names.is_function)

    def _row(self, raw: RawRow, scope: Scope) -> HandRow:
        chains = []
        for chain in raw.chains:
            read = self._chain(raw, chain, scope)
            chains.append(read)
            inner = [self._of_set(raw, each, scope) for each in read.formulas if each.aside]
            for found in (*(each for some in inner for each in some), *read.definitions):
                if not found.indices:
                    self.names.define(found.definition)
                self.definitions.append(found)
                self._known.in_force[found.definition.name] = found
                scope = _with_functions(scope, self.names.scope)
        claim = None
        if raw.claim is not None:
            text = plain_words(self._known.passage.original[raw.claim.start : raw.claim.end])
            claim = Claim(text, self._known.place(*raw.claim))
        return HandRow(
            raw.joint,
            tuple(chains),
            self._known.passage.original[raw.start : raw.end],
            self._known.place(raw.start, raw.end),
            claim,
            raw.column,
            raw.number,
            raw.label,
            self._known.passage.cell,
            raw.connective,
            None if raw.condition is None else self._known.passage.original[slice(*raw.condition)],
            (*(self._relation(chain, scope) for chain in raw.given), *self._reasons(raw, scope)),
            raw.said,
        )

    def _chain(self, raw: RawRow, chain: Sequence[RawFormula], scope: Scope) -> Chain:
        heads = (
            []
            if raw.error or raw.connective == "or"
            else heads_of(raw, chain, self._known.passage, self.names)
        )
        inner = scope
        for head, indices in heads:
            inner = inner.declare(*(str(parameter) for parameter in head.parameters))
            if not (head.parameters or indices or head.name in scope.arrays):
                scope = scope.declare(head.name)
        formulas: list[Formula] = []
        for number, formula in enumerate(chain):
            left = number < len(heads)
            formulas.append(
                self._formulas.read(raw.error, formula, without_arrays(scope) if left else inner)
            )
        differential = self._differentials.begins(formulas)
        formulas = list(self._differentials.meant(formulas, self._known.in_force))
        for each in formulas:
            if each.expression is not None:
                self.names.meet(each.expression)
        heads = [] if differential else heads
        place = self._known.place(chain[0].start, chain[-1].end)
        definitions = definitions_of(raw, chain, heads, formulas, self.names, place)
        signs = tuple(formula.sign for formula in chain)
        renewed = _renewed(raw, formulas)
        self._forget(renewed)
        return Chain(tuple(formulas), signs, place, definitions, renewed)

    def _forget(self, name: str) -> None:
        """Forget what a function was said to be: it is another one from here on."""
        if name and self.names.is_defined(name):
            self.names.forget(name)
            self._known.in_force.pop(name, None)

    def _of_set(self, raw: RawRow, formula: Formula, scope: Scope) -> tuple[HandDefinition, ...]:
        """The definition in a set of functions, {h(x) = θᵀx | θ ∈ R^d}."""
        sides = definition_in_set(formula.text)
        if sides is None:
            return ()
        (first, end), (second, last) = sides
        at = formula.place.start
        chain = [RawFormula("", at + first, at + end), RawFormula("=", at + second, at + last)]
        return self._chain(replace(raw, said="let"), chain, scope).definitions

    def _reasons(self, raw: RawRow, scope: Scope) -> Iterator[Chain]:
        """The equations in a justification: since $\\sum_k t_k = 1$."""
        start, end = raw.claim or (0, 0)
        passage = self._known.passage
        for found in _REASON.finditer(passage.original[start:end]):
            formulas = []
            for text in found.groups():
                with suppress(ReadError):
                    read = read_text(passage.reworded(text), scope)
                    formulas.append(Formula(text, self._known.place(start, end), read.expression))
            if len(formulas) == 2:
                yield Chain(tuple(formulas), ("", "="), self._known.place(start, end))

    def _at(self, point: Sequence[Span], scope: Scope) -> Iterator[Chain]:
        """What the coordinates are at a point: x = 3 and y = 4 at (3, 4)."""
        for name, (start, end) in zip(COORDINATES[len(point)], point, strict=True):
            value = self._formulas.read(None, RawFormula("=", start, end), scope)
            if value.expression is not None:
                coordinate = Formula(name, value.place, symbol(name))
                yield Chain((coordinate, value), ("", "="), value.place)

    def _relation(self, chain: Sequence[RawFormula], scope: Scope) -> Chain:
        """A chain that is a condition, and introduces nothing."""
        formulas = [self._formulas.read(None, formula, scope) for formula in chain]
        self._differentials.begins(formulas)
        formulas = list(self._differentials.meant(formulas, {}))
        place = self._known.place(chain[0].start, chain[-1].end)
        return Chain(tuple(formulas), tuple(formula.sign for formula in chain), place)


def _equations(rows: Sequence[RawRow]) -> Iterator[list[RawRow]]:
    """The rows in parts: each begins with a formula, and goes on with those that have a sign."""
    part: list[RawRow] = []
    for row in rows:
        begins = not (row.chains and row.chains[0] and row.chains[0][0].sign)
        if part and begins:
            yield part
            part = []
        part.append(row)
    if part:
        yield part


def _renewed(raw: RawRow, formulas: Sequence[Formula]) -> str:
    """The function of which nothing but a value is said: let f(3) = 4."""
    if raw.said != "let" or len(formulas) != 2:
        return ""
    before, after = (each.expression for each in formulas)
    return "" if before is None or after is None else value_in(before, after)


def _only_defines(row: HandRow) -> bool:
    """Whether there is nothing in a row but definitions, which the prose introduces."""
    return all(chain.definitions and len(chain.formulas) == 2 for chain in row.chains)


def _with_functions(scope: Scope, known: Scope) -> Scope:
    """A scope with the functions of another one."""
    names = known.names | scope.arrays.keys()
    return replace(scope, functions=known.functions, given=known.given, names=names)
