"""From the stretches of a document to trees: rows are read one after another, each in the light
of what those before it introduced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from sympy.core.basic import Basic

from derivex.documents.data_columns import columns_in
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
from derivex.documents.names import Names, arities, called, names_alone
from derivex.documents.plain_words import plain_words
from derivex.documents.raw import RawBlock, RawFormula, RawRow
from derivex.documents.shapes import has_arrays, with_arrays
from derivex.errors import Place, ReadError
from derivex.expression import (
    Apply,
    contains,
    free_symbols,
    function_name,
    postorder,
    substitute,
    symbol,
)
from derivex.expression.array_nodes import Nabla
from derivex.expression.shapes import ShapeError, shape_of
from derivex.notation import (
    Definition,
    Scope,
    read_definition,
    read_text,
)
from derivex.notation.characters import plain_name
from derivex.notation.known_names import find_names
from derivex.notation.lexer import Source, words_of
from derivex.notation.vocabulary import Vocabulary

__all__ = ["Passage", "Reading", "TextPassage"]

_MOST_SHOWN = 200  # characters of an unreadable stretch that are kept
_DEFINING = ("=", ":=", "≡")
_DIRECTIONAL_HINT = "write a directional derivative as f'(x; v)"


class Passage(Protocol):
    """A text in one of the notations: makes sources of its stretches.

    Attributes:
        original: the text of the file, or of a cell of a notebook.
        name: what it is called.
        cell: the cell of a notebook, from 1; None elsewhere.
    """

    original: str
    name: str | None
    cell: int | None

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
        cell: the cell of a notebook.
    """

    def __init__(self, text: str, original: str, name: str | None, cell: int | None = None):
        self.text = text
        self.original = original
        self.name = name
        self.cell = cell

    def stretch(self, start: int, end: int) -> str:
        return self.text[start:end]

    def head(self, start: int, end: int) -> str:
        return f"{self.text[start:end]} = 0"

    def moved(self, error: ReadError, start: int) -> ReadError:
        place = error.place
        if place is None:
            return ReadError(error.message, None, error.hint)
        moved = Place(self.original, start + place.start, start + place.end, self.name)
        return ReadError(error.message, moved, error.hint)


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
        self._in_force: dict[str, HandDefinition] = {}
        self._passage: Passage = TextPassage("", "", None)

    def document(self, name: str | None, source: str) -> HandDocument:
        """All that has been read."""
        return HandDocument(
            name,
            source,
            tuple(self.derivations),
            tuple(self.definitions),
            tuple(self.unreadable),
            columns_in(self.definitions),
        )

    def read(self, passage: Passage, blocks: Iterable[RawBlock]) -> None:
        """Read the blocks of a text."""
        self._passage = passage
        for block in blocks:
            if block.error is not None:
                shown = passage.original[block.start : block.end][:_MOST_SHOWN]
                self.unreadable.append(Unreadable(shown, block.error, passage.cell))
            if not block.rows:
                continue
            scope = self._look_ahead(block)
            before = tuple(self._in_force.values())
            rows = self._rows(block, scope)
            place = self._place(rows[0].place.start, rows[-1].place.end)
            if not (block.inline and all(_only_defines(row) for row in rows)):
                self.derivations.append(HandDerivation(tuple(rows), place, before, block.inline))

    def _place(self, start: int, end: int) -> Place:
        return Place(self._passage.original, start, max(end, start), self._passage.name)

    # -- names -------------------------------------------------------------------------------

    def _look_ahead(self, block: RawBlock) -> Scope:
        """What the formulas of a block tell about one another's names."""
        vocabulary = Vocabulary(self.names.scope)
        sources: list[Source] = []
        counts: dict[str, set[int]] = {}
        whole: set[str] = set()
        found: dict[str, Sequence[str]] = {}
        for row in block.rows:
            for chain in row.chains:
                for formula in chain:
                    try:
                        source = self._source(formula.start, formula.end)
                        words = words_of(source)
                    except ReadError:
                        continue  # it is told when the formula is read
                    sources.append(source)
                    find_names(words, {}, vocabulary)
                    whole.update(names_alone(words))
                    for name, some in arities(words).items():
                        counts.setdefault(name, set()).update(some)
                    for name, parameters in called(words).items():
                        found.setdefault(name, parameters)
        self.names.forget_others(counts)
        for name in [name for name in self._in_force if name in counts]:
            if self._in_force[name].definition.parameters and not self.names.knows(name):
                del self._in_force[name]
        self.names.call(found)
        scope = self.names.scope
        if block.bold or has_arrays(sources):
            known = self.names.scope_with_arrays(whole)
            scope = with_arrays(known, sources, block.bold, self.names.functions)
        seen = vocabulary.known - scope.names - {"d"}
        indexed = {name: frozenset(counts) for name, counts in vocabulary.entries.items()}
        return scope.within(frozenset(seen), indexed)

    def _source(self, start: int, end: int) -> Source:
        stretch = self._passage.stretch(start, end)
        return Source(stretch) if isinstance(stretch, str) else stretch

    # -- rows --------------------------------------------------------------------------------

    def _rows(self, block: RawBlock, scope: Scope) -> list[HandRow]:
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
            text = plain_words(self._passage.original[raw.claim.start : raw.claim.end])
            claim = Claim(text, self._place(*raw.claim))
        return HandRow(
            raw.joint,
            tuple(chains),
            self._passage.original[raw.start : raw.end],
            self._place(raw.start, raw.end),
            claim,
            raw.column,
            raw.number,
            raw.label,
            self._passage.cell,
            raw.connective,
            None if raw.condition is None else self._passage.original[slice(*raw.condition)],
        )

    def _chain(self, raw: RawRow, chain: Sequence[RawFormula], scope: Scope) -> Chain:
        heads = [] if raw.error else self._heads(raw, chain)
        inner = scope
        for head in heads:
            inner = inner.declare(*(str(parameter) for parameter in head.parameters))
            if not head.parameters and head.name not in scope.arrays:
                scope = scope.declare(head.name)
        formulas: list[Formula] = []
        for number, formula in enumerate(chain):
            left = number < len(heads)
            formulas.append(self._formula(raw, formula, _without_arrays(scope) if left else inner))
        for each in formulas:
            if each.expression is not None:
                self.names.meet(each.expression)
        definitions = self._definitions(raw, chain, heads, formulas)
        place = self._place(chain[0].start, chain[-1].end)
        signs = tuple(formula.sign for formula in chain)
        return Chain(tuple(formulas), signs, place, definitions)

    def _formula(self, raw: RawRow, formula: RawFormula, scope: Scope) -> Formula:
        start, end = formula.start, formula.end
        text = self._passage.original[start:end]
        place = self._place(start, end)
        if raw.error is not None:
            return Formula(text, place, None, raw.error)
        try:
            reading = read_text(self._passage.stretch(start, end), scope)
        except ReadError as error:
            filled = self._filled_in(start, end, scope) if scope.arrays else None
            if filled is not None:
                return Formula(text, place, filled)
            return Formula(text, place, None, self._passage.moved(error, start))
        strange = _directional(reading.expression)
        if strange is not None:
            return Formula(text, place, None, ReadError(strange, place, _DIRECTIONAL_HINT))
        return Formula(text, place, reading.expression, None, reading.notes)

    def _filled_in(self, start: int, end: int, scope: Scope) -> Basic | None:
        """A formula with functions of vectors, J(θ), in whose place their definitions stand.

        None if it holds none, or cannot be read so, either.
        """
        calls = {
            Apply(function_name(each.name), *each.parameters): each.body
            for each in (found.definition for found in self._in_force.values())
            if each.parameters and each.body is not None
        }
        arrays = {symbol(name): array for name, array in scope.arrays.items() if not array.family}
        try:
            reading = read_text(self._passage.stretch(start, end), _without_arrays(scope))
            if not any(contains(reading.expression, call) for call in calls):
                return None
            filled = substitute(substitute(reading.expression, calls), arrays)
            return filled if shape_of(filled) is not None else None
        except (ReadError, ShapeError):
            return None

    # -- definitions -------------------------------------------------------------------------

    def _heads(self, raw: RawRow, chain: Sequence[RawFormula]) -> list[Definition]:
        """The left sides of a chain, if they are what a definition begins with.

        There are two in ``y = f(u) := u^2``.
        """
        signs = [formula.sign for formula in chain]
        defining = not signs[0] and all(sign in _DEFINING for sign in signs[1:])
        if len(chain) < 2 or not (defining or signs[:2] == ["", ":="]):
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
            stretch = self._passage.head(formula.start, formula.end)
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
        body = self._body(formulas[len(heads) :])
        if body is None or body.expression is None:
            return ()
        sign = chain[len(heads)].sign
        said = sign if sign != "=" else raw.said or "form"
        place = self._place(chain[0].start, chain[len(heads)].end)
        text = self._passage.original[place.start : place.end]
        found = []
        for head in heads:
            if not head.parameters and contains(body.expression, symbol(plain_name(head.name))):
                return ()  # x := x - 1 is an update, x = x^2 an equation
            if said == "form" and self._is_value(head, body.expression):
                return ()
            whole = replace(head, body=body.expression, notes=body.notes)
            found.append(HandDefinition(whole, place, text, said))
        return tuple(found)

    def _body(self, formulas: Sequence[Formula]) -> Formula | None:
        """The right side that says most: the first one in which all functions are known."""
        readable = [each for each in formulas if each.expression is not None]
        for each in readable:
            if not any(
                type(node) is Apply and self.names.is_unknown(str(node.args[0]))
                for node in postorder(each.expression)
            ):
                return each
        return readable[0] if readable else None

    def _is_value(self, head: Definition, body: Basic) -> bool:
        """Whether a number is what something is equal to just there: x = 2, f(a) = 4."""
        if free_symbols(body) or head.name[-1].isdigit():
            return False
        return not head.parameters or self.names.is_defined(head.name)


def _directional(expression: Basic) -> str | None:
    """What is wrong with ∇_v f(x), which is meant as the derivative along v."""
    for node in postorder(expression):
        if type(node) is not Nabla or type(node.args[0]) is not Apply:
            continue
        value, by = node.args
        if not any(contains(argument, by) for argument in value.args[1:]):
            return f"{by} is not what this function is applied to: ∇ by it would be 0"
    return None


def _only_defines(row: HandRow) -> bool:
    """Whether there is nothing in a row but definitions, which the prose introduces."""
    return all(chain.definitions and len(chain.formulas) == 2 for chain in row.chains)


def _without_arrays(scope: Scope) -> Scope:
    """A scope in which the vectors and matrices are numbers, as on the left of f(w) = …."""
    if not scope.arrays:
        return scope
    return replace(scope, arrays={}, names=scope.names - scope.arrays.keys())


def _with_functions(scope: Scope, known: Scope) -> Scope:
    """A scope with the functions of another one."""
    names = known.names | scope.arrays.keys()
    return replace(scope, functions=known.functions, given=known.given, names=names)
