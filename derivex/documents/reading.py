"""From the stretches of a document to trees: rows are read one after another, each in the light
of what those before it introduced."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import pairwise

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.documents.asides import aside_of, definition_in_set, equations_below, operator_of
from derivex.documents.at_points import at_point, at_point_in, entry_in, hessian_in
from derivex.documents.consistency import in_step, indices_of
from derivex.documents.data_columns import columns_in
from derivex.documents.defining import definitions_of, heads_of, value_in
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
from derivex.documents.named_gradients import gradient_name, named_gradients
from derivex.documents.names import (
    Names,
    arities,
    called,
    entries_alone,
    is_made_up,
    names_alone,
    primed_names,
    vector_calls,
)
from derivex.documents.passage import Passage, TextPassage, source_of_stretch
from derivex.documents.plain_words import plain_words
from derivex.documents.quantities import as_quantities
from derivex.documents.raw import RawBlock, RawFormula, RawRow, Span
from derivex.documents.sections import Sections
from derivex.documents.shapes import has_arrays, summed_up, with_arrays
from derivex.documents.sums import over_vectors, with_whole_sums
from derivex.errors import Place, ReadError
from derivex.expression import (
    ZERO,
    Apply,
    At,
    D,
    FunctionName,
    Limit,
    Negative,
    Over,
    Plus,
    Times,
    contains,
    free_symbols,
    function_name,
    postorder,
    substitute,
    symbol,
    transform,
)
from derivex.expression.array_nodes import ArrayName, Entries, Hessian, Nabla, array_name
from derivex.expression.functions import Function
from derivex.expression.shapes import ShapeError, is_array, shape_of
from derivex.notation import Reading as HandReading
from derivex.notation import Scope, alternatives, read_text
from derivex.notation.characters import plain_name
from derivex.notation.known_names import find_names
from derivex.notation.lexer import Source, Word, words_of
from derivex.notation.vocabulary import UNKNOWN_FUNCTIONS, Vocabulary, subscript_text

__all__ = ["MAX_FORMULAS", "Reading"]

MAX_FORMULAS = 4_000
"""Formulas in a document of hand derivations: sides of equations."""
_LONGEST = 20_000  # characters of one formula
_MOST_SHOWN = 200  # characters of an unreadable stretch that are kept
_OPERAND = "whatever"
_AS_NUMBERS = "gradients at a point are compared as numbers"
_DIRECTIONAL_HINT = "write a directional derivative as f'(x; v)"


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
        self._left = MAX_FORMULAS
        self._passage: Passage = TextPassage("", "", None)
        self._sections = Sections("")
        self._shaped: dict[str, ArrayName] = {}  # what the names of arrays were last
        self._quantities: Mapping[str, str] = {}  # y of y' in this block, with what it depends on
        self._differentiated: dict[str, str] = {}  # and of all blocks

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
        if self._sections.text is not passage.original:
            self._sections = Sections(passage.original)
        for each in blocks:
            for name, size in each.maps.items():
                self.names.map_vectors(name, size)
                self._in_force.pop(name, None)
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
            scope = self._look_ahead(block)
            before = tuple(self._in_force.values())
            rows = self._rows(block, scope)
            rows = [row for row in rows if row.said != "asked" or _only_defines(row)]
            if not rows:
                continue
            place = self._place(rows[0].place.start, rows[-1].place.end)
            if not (block.inline and all(_only_defines(row) for row in rows)):
                given = tuple(self._relation(chain, scope) for chain in block.given)
                self.derivations.append(
                    HandDerivation(
                        tuple(rows), place, before, block.inline, given, self._elsewhere(place)
                    )
                )

    def _elsewhere(self, place: Place) -> frozenset[str]:
        """The functions f, g, … whose definitions stand in sections before this one."""
        return frozenset(
            name
            for name, found in self._in_force.items()
            if name in UNKNOWN_FUNCTIONS
            and found.definition.parameters
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
                    self._place(row.start, row.start + 1),
                    "split it into several files",
                )
                shown = self._passage.original[row.start : row.end][:_MOST_SHOWN]
                self.unreadable.append(Unreadable(shown, error, self._passage.cell))
                break
            rows.append(row)
        return replace(block, rows=rows) if rows or block.error else None

    def _place(self, start: int, end: int) -> Place:
        return Place(self._passage.original, start, max(end, start), self._passage.name)

    # -- names -------------------------------------------------------------------------------

    def _look_ahead(self, block: RawBlock) -> Scope:
        """What the formulas of a block tell about one another's names."""
        vocabulary = Vocabulary(self.names.scope)
        sources: list[Source] = []
        formulas: list[tuple[Sequence[Word], Source]] = []
        counts: dict[str, set[int]] = {}
        whole: set[str] = set()
        found: dict[str, Sequence[str]] = {}
        chains: list[list[Source]] = []
        for row in block.rows:
            for chain in row.chains:
                chains.append([])
                for source in (each for formula in chain for each in self._sources(formula)):
                    words = words_of(source)
                    sources.append(source)
                    chains[-1].append(source)
                    formulas.append((words, source))
                    find_names(words, {}, vocabulary)
                    whole.update(names_alone(words))
                    for name, some in arities(words).items():
                        counts.setdefault(name, set()).update(some)
                    for name, parameters in called(words, type(source) is not Source).items():
                        if is_made_up(found.get(name, ("t_",))):
                            found[name] = parameters
                    self.names.of_vectors.update(vector_calls(words))
        self.names.forget_others(counts)
        for name in [name for name in self._in_force if name in counts]:
            if self._in_force[name].definition.parameters and not self.names.knows(name):
                del self._in_force[name]
        entries = entries_alone(words for words, _ in formulas)
        self.names.call(
            {
                name: some
                for name, some in found.items()
                if name not in entries and len(counts.get(name, ())) < 2
            }
        )  # p(x) and p(x, y) are two functions
        elementary = {*self.names.scope.functions, *self.names.scope.aliases}
        self._quantities = primed_names(
            chains, self.names.functions, elementary, self._differentiated
        )
        self._differentiated.update(self._quantities)
        scope = self.names.scope
        scope = scope.with_functions(
            {name: Function(name, (symbol(by),)) for name, by in self._quantities.items()}
        )
        nabla = any("∇" in source.text or "nabla" in source.text for source in sources)
        arrays = has_arrays(sources, block.bold) or self.names.declares_matrix(whole)
        if arrays or self._calls_of_vectors(sources, counts):
            known = self.names.scope_with_arrays(whole)
            scope = with_arrays(known, sources, block.bold, self.names.functions)
        elif bounds := summed_up(words for words, _ in formulas):
            scope = self._with_vectors(block, scope, bounds.keys() & whole, bounds)
        if nabla and not arrays:
            scope = self._with_declared(block, scope, sources, whole)
        elif arrays:
            scope = self._with_arrays_of_before(block, scope, whole)
        scope = self._with_functions_of_vectors(block, scope, sources, counts)
        if scope.arrays and "I" in whole and "I" not in scope.names:
            scope = self._with_identity(block, scope)
        seen = vocabulary.known - scope.names - {"d"}
        indexed = {name: frozenset(counts) for name, counts in vocabulary.entries.items()}
        return scope.within(frozenset(seen), indexed)

    def _calls_of_vectors(self, sources: Sequence[Source], counts: Collection[str]) -> bool:
        """Whether there is a gradient of a function that is said to take vectors to numbers."""
        return any(
            name in self.names.functions
            and not self.names.is_defined(name)
            and any("∇" in source.text or "nabla" in source.text for source in sources)
            and (name in counts or any(_mentions(source, name) for source in sources))
            for name in self.names.of_vectors
        )

    def _with_vectors(
        self, block: RawBlock, scope: Scope, names: Collection[str], bounds: Mapping[str, str]
    ) -> Scope:
        """The scope with those names as vectors that stand alone as well as with an index.

        In u + v = (u_1 + v_1, …, u_m + v_m) the vectors have m entries.
        """
        if not names:
            return scope
        counts = indices_of(self._read_ahead(block, scope), self.names.is_function)
        vectors = [
            array_name(name, symbol(bounds[name]))
            for name in sorted(names)
            if counts.get(symbol(name)) == {0, 1} and name not in self.names.functions
        ]
        return scope.with_arrays(*vectors) if vectors else scope

    def _with_functions_of_vectors(
        self,
        block: RawBlock,
        scope: Scope,
        sources: Sequence[Source],
        counts: Mapping[str, Collection[int]],
    ) -> Scope:
        """The scope with unknown functions as numbers for each vector, if that is what fits.

        The f of ∇f(x), or of f(x + hv)/h, is one; the σ of σ(Wx) is taken entry by entry.
        """
        wholes: dict[str, Function] = {}
        arrays: dict[str, ArrayName] = {}
        certain = False
        usual = [name for name in UNKNOWN_FUNCTIONS if name in counts and name not in scope.names]
        for name in dict.fromkeys((*self.names.functions, *usual)):
            function = scope.functions.get(name) or Function(name, (symbol("t_1"),))
            if self.names.is_defined(name) or len(counts.get(name, ())) > 1:
                continue
            told = self.names.of_vectors.get(name)
            if name not in counts and not any(_mentions(source, name) for source in sources):
                continue
            if told is None and not scope.arrays:
                continue
            last = function.parameters[-1]
            taken = [each for each in function.parameters if str(each) in scope.arrays]
            if told is not None and len(function.parameters) - name.endswith("_") == 1:
                if any(_differs_by_number(source, name) for source in sources):
                    continue
                certain = True
                known = scope.arrays.get(str(last))
                arrays.setdefault(str(last), known or array_name(str(last), symbol(told)))
                taken = [last]
            parameters = tuple(
                arrays.get(str(each)) or scope.arrays.get(str(each)) or each
                if each in taken
                else each
                for each in function.parameters
            )
            made_up = is_made_up([str(each) for each in parameters])
            if not taken and len(parameters) == 1 and made_up:
                parameters = (array_name(str(last), next(iter(scope.arrays.values())).rows),)
            if any(isinstance(each, ArrayName) for each in parameters):
                wholes[name] = replace(function, parameters=parameters)
        if not wholes:
            return scope
        other = scope.with_functions(wholes).with_arrays(*arrays.values())
        readable = [sum(1 for _ in self._read_ahead(block, each)) for each in (scope, other)]
        return other if readable[1] > readable[0] - certain else scope

    def _with_declared(
        self, block: RawBlock, scope: Scope, sources: Sequence[Source], whole: Collection[str]
    ) -> Scope:
        """The scope of a gradient with the vectors that the text declares, if that fits.

        Where θ_0 and θ_1 stand for themselves, θ is none.
        """
        known = self.names.scope_with_arrays(whole)
        names = [name for name in known.arrays if name in whole]
        words = [words_of(source) for source in sources]
        numbered = any(
            plain_name(name.text) in names and subscript_text(below.text).isdigit()
            for each in words
            for name, below in pairwise(each)
            if below.kind == "SUBSCRIPT"
        )
        if not names or numbered:
            return scope
        other = with_arrays(known, sources, block.bold, self.names.functions)
        filled = sum(
            self._filled_in(formula.start, formula.end, other) is not None
            for row in block.rows
            for chain in row.chains
            for formula in chain
        )
        fits = self._readable(block, other) + filled >= self._readable(block, scope)
        return other if fits else scope

    def _with_arrays_of_before(
        self, block: RawBlock, scope: Scope, whole: Collection[str]
    ) -> Scope:
        """The scope with the shapes that names had before, where more can be read with them."""
        functions = self.names.functions
        before = [
            array for name, array in self._shaped.items() if name in whole and name not in functions
        ]
        if before:
            other = scope.with_arrays(*before)
            scope = other if self._readable(block, other) > self._readable(block, scope) else scope
        self._shaped.update(scope.arrays)
        return scope

    def _readable(self, block: RawBlock, scope: Scope) -> int:
        """How many formulas of a block can be read."""
        return sum(1 for _ in self._read_ahead(block, scope))

    def _with_identity(self, block: RawBlock, scope: Scope) -> Scope:
        """The scope with I as a square matrix, of the size with which most can be read, if any."""
        sizes = {size: None for each in scope.arrays.values() for size in (each.rows, each.columns)}
        ways = [scope, *(scope.with_arrays(array_name("I", size, size)) for size in sizes)]
        return max(ways, key=lambda way: sum(1 for _ in self._read_ahead(block, way)))

    def _read_ahead(self, block: RawBlock, scope: Scope) -> Iterator[Basic]:
        """The formulas of a block that can be read with what is known so far."""
        for row in block.rows:
            for chain in row.chains:
                for formula in chain:
                    with suppress(ReadError):
                        stretch = self._passage.stretch(formula.start, formula.end)
                        yield read_text(stretch, scope).expression

    def _sources(self, formula: RawFormula) -> Iterator[Source]:
        """What a formula is read from: without an operator such as argmax, or its parts.

        What cannot be read is left out; it is told when the formula is read.
        """
        text = self._passage.original[formula.start : formula.end]
        operator, parts = operator_of(text), hessian_in(text)
        whole = Span(0, len(text)) if operator is None else operator.rest
        if len(text) > _LONGEST:
            return
        for start, end in parts or (whole,):
            with suppress(ReadError):
                source = self._source(formula.start + start, formula.start + end)
                words_of(source)
                yield source

    def _source(self, start: int, end: int) -> Source:
        return source_of_stretch(self._passage.stretch(start, end))

    # -- rows --------------------------------------------------------------------------------

    def _rows(self, block: RawBlock, scope: Scope) -> list[HandRow]:
        known = self.names.scope
        rows: list[HandRow] = []
        for raw in block.rows:
            if self.names.scope is not known:
                known = self.names.scope
                scope = _with_functions(scope, known)
            rows.append(self._row(raw, scope))
        rows = with_whole_sums(rows)
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
            tuple(self._relation(chain, scope) for chain in raw.given),
            raw.said,
        )

    def _chain(self, raw: RawRow, chain: Sequence[RawFormula], scope: Scope) -> Chain:
        heads = [] if raw.error else heads_of(raw, chain, self._passage, self.names)
        inner = scope
        for head, indices in heads:
            inner = inner.declare(*(str(parameter) for parameter in head.parameters))
            if not (head.parameters or indices or head.name in scope.arrays):
                scope = scope.declare(head.name)
        formulas: list[Formula] = []
        for number, formula in enumerate(chain):
            left = number < len(heads)
            formulas.append(
                self._formula(raw.error, formula, _without_arrays(scope) if left else inner)
            )
        for each in formulas:
            if each.expression is not None:
                self.names.meet(each.expression)
        place = self._place(chain[0].start, chain[-1].end)
        definitions = definitions_of(raw, chain, heads, formulas, self.names, place)
        signs = tuple(formula.sign for formula in chain)
        renewed = _renewed(raw, formulas)
        self._forget(renewed)
        return Chain(tuple(formulas), signs, place, definitions, renewed)

    def _forget(self, name: str) -> None:
        """Forget what a function was said to be: it is another one from here on."""
        if name and self.names.is_defined(name):
            self.names.forget(name)
            self._in_force.pop(name, None)

    def _of_set(self, raw: RawRow, formula: Formula, scope: Scope) -> tuple[HandDefinition, ...]:
        """The definition in a set of functions, {h(x) = θᵀx | θ ∈ R^d}."""
        sides = definition_in_set(formula.text)
        if sides is None:
            return ()
        (first, end), (second, last) = sides
        at = formula.place.start
        chain = [RawFormula("", at + first, at + end), RawFormula("=", at + second, at + last)]
        return self._chain(replace(raw, said="let"), chain, scope).definitions

    def _relation(self, chain: Sequence[RawFormula], scope: Scope) -> Chain:
        """A chain that is a condition, and introduces nothing."""
        formulas = tuple(self._formula(None, formula, scope) for formula in chain)
        place = self._place(chain[0].start, chain[-1].end)
        return Chain(formulas, tuple(formula.sign for formula in chain), place)

    def _formula(self, wrong: ReadError | None, formula: RawFormula, scope: Scope) -> Formula:
        start, end = formula.start, formula.end
        text = self._passage.original[start:end]
        place = self._place(start, end)
        if end - start > _LONGEST:
            message = f"this formula has {end - start} characters; at most {_LONGEST} are read"
            wrong = ReadError(message, place, "write it in parts that have names")
        if wrong is not None:
            return Formula(text, place, None, wrong)
        try:
            stretch = self._passage.stretch(start, end)
            reading = read_text(stretch, scope)
        except ReadError as error:
            filled = self._filled_in(start, end, scope) if scope.arrays else None
            filled = filled or self._operand_left_out(start, end, scope)
            filled = filled or self._at_point(formula, scope) or self._hessian(formula, scope)
            filled = filled or self._entry(formula, scope)
            if filled is not None:
                return Formula(text, place, filled)
            named = self._with_named_gradients(start, end, scope)
            if named is not None:
                return Formula(text, place, named, chosen=_AS_NUMBERS)
            aside = self._aside(text, place, formula, scope)
            return aside or Formula(text, place, None, self._passage.moved(error, start))
        strange = _directional(reading.expression)
        if strange is not None and scope.arrays:
            filled = self._filled_in(start, end, scope)
            if filled is not None:
                return Formula(text, place, filled)
        if strange is not None:
            along = _along(reading.expression)
            if along is None:
                return Formula(text, place, None, ReadError(strange, place, _DIRECTIONAL_HINT))
            reading = replace(reading, expression=along)
        meant = self._meant(reading.expression, scope, text)
        others = partial(self._others, stretch, scope, text)
        notes = (*self._passage.guessed(start, end), *reading.notes)
        return Formula(text, place, meant, None, notes, others)

    def _meant(self, expression: Basic, scope: Scope, text: str) -> Basic:
        """A formula in the light of what its names are."""
        meant = as_quantities(self.names.by_their_variables(expression, text), self._quantities)
        return over_vectors(meant) if scope.arrays else meant

    def _others(self, stretch: str | Source, scope: Scope, text: str) -> tuple[HandReading, ...]:
        """The other readings of a formula."""
        return tuple(
            replace(each, expression=self._meant(each.expression, scope, text))
            for each in alternatives(stretch, scope)
        )

    def _aside(self, text: str, place: Place, formula: RawFormula, scope: Scope) -> Formula | None:
        """What cannot be read, as an operator on what can be read, or as no formula at all."""
        found = operator_of(text)
        if found is None:
            aside = aside_of(text)
            return Formula(text, place, None, aside=aside) if aside else None
        at = formula.start
        under = RawFormula("", at + found.rest.start, at + found.rest.end)
        read = self._formula(None, under, scope)
        if read.expression is None:
            return None
        given = []
        for sides in equations_below(text, found.below):
            with suppress(ReadError):
                left, right = (
                    read_text(self._passage.stretch(at + start, at + end), scope).expression
                    for start, end in sides
                )
                given.append((left, right))
        return Formula(
            text,
            place,
            None,
            notes=read.notes,
            operator=found.name,
            operand=read.expression,
            given=tuple(given),
        )

    def _at_point(self, formula: RawFormula, scope: Scope) -> Basic | None:
        """∂f/∂x (−1, 2), the derivative of f at a point."""
        at = formula.start
        found = at_point_in(self._passage.original[at : formula.end])
        if found is None:
            return None

        def read(span: Span) -> Basic:
            return read_text(
                self._passage.stretch(at + span.start, at + span.end), scope
            ).expression

        function = self.names.scope.functions.get(found.function)
        with suppress(ReadError):
            return at_point(found, () if function is None else function.parameters, read)
        return None

    def _hessian(self, formula: RawFormula, scope: Scope) -> Basic | None:
        """∂²f/∂x ∂xᵀ, the second derivatives by the entries of a vector."""
        at = formula.start
        parts = hessian_in(self._passage.original[at : formula.end])
        with suppress(ReadError, ShapeError):
            if parts is not None:
                function, variable = (
                    read_text(self._passage.stretch(at + start, at + end), scope).expression
                    for start, end in parts
                )
                name, *point = function.args or (function,)
                if isinstance(name, (Symbol, FunctionName)) and point == [variable]:
                    function = Apply(function_name(str(name)), Entries(variable))  # f(x)
                found = Hessian(function, variable)
                shape_of(found)
                return found
        return None

    def _entry(self, formula: RawFormula, scope: Scope) -> Basic | None:
        """An entry of what is no name, [∇f(x)]^{(i)}."""
        at = formula.start
        parts = entry_in(self._passage.original[at : formula.end])
        with suppress(ReadError, ShapeError):
            if parts is not None:
                vector, index = (
                    read_text(self._passage.stretch(at + start, at + end), scope).expression
                    for start, end in parts
                )
                if isinstance(index, Symbol) and (is_array(vector) or type(vector) is Nabla):
                    return At(vector, index)
        return None

    def _with_named_gradients(self, start: int, end: int, scope: Scope) -> Basic | None:
        """A formula with ∇f(x^t) as a function of its own, if of f nothing is known."""
        written, names = named_gradients(self._passage.text[start:end])
        unknown = all(self.names.is_unknown(name) for name in names)
        if not names or not unknown:
            return None
        made = {
            name: Function(name, (symbol("t_1"),))
            for each in names
            for name in (gradient_name(each, 1), gradient_name(each, 2))
        }
        plain = _without_arrays(scope).with_functions(made)
        with suppress(ReadError):
            return read_text(self._passage.reworded(written), plain).expression
        return None

    def _operand_left_out(self, start: int, end: int, scope: Scope) -> Basic | None:
        """∂/∂x without an operand, as the derivative of the function that was defined last."""
        functions = [each for each in self._in_force.values() if each.definition.parameters]
        if not functions or functions[-1].definition.body is None:
            return None
        try:
            source = self._passage.with_operand(start, end, _OPERAND)
            found = read_text(source, scope.declare(_OPERAND)).expression
        except ReadError:
            return None
        if type(found) is not D or found.args[0] is not symbol(_OPERAND):
            return None
        return D(functions[-1].definition.body, found.args[1])

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


def _directional(expression: Basic) -> str | None:
    """What is wrong with ∇_v f(x), which is meant as the derivative along v."""
    for node in postorder(expression):
        if type(node) is not Nabla or type(node.args[0]) is not Apply:
            continue
        value, by = node.args
        if not any(contains(argument, by) for argument in value.args[1:]):
            name = getattr(by, "name", "this")
            return f"{name} is not what this function is applied to: ∇ by it would be 0"
    return None


def _mentions(source: Source, name: str) -> bool:
    """Whether a function stands somewhere without its arguments, as in ∂f/∂x."""
    alone = rf"(?<![A-Za-z_]){re.escape(name)}(?![A-Za-z_(])"
    return not name.endswith("_") and re.search(alone, source.text) is not None


def _differs_by_number(source: Source, name: str) -> bool:
    """Whether a function is differentiated as one of a number, f'(x) or df/dx."""
    letter = re.escape(name.removesuffix("_"))
    return (
        re.search(rf"(?<![A-Za-z]){letter} ?['′] ?\([^;()]*\)|d ?{letter} ?[}})/]", source.text)
        is not None
    )


def _along(expression: Basic) -> Basic | None:
    """The expression with ∇_v f(x) as the derivative of f at x along the vector v."""
    taken = {str(name) for name in free_symbols(expression)}
    step = symbol(next(letter for letter in ("h", "t", "k", "h_0") if letter not in taken))

    def limit(node: Basic) -> Basic:
        if type(node) is not Nabla or type(node.args[0]) is not Apply:
            return node
        value, direction = node.args
        point = value.args[1] if len(value.args) == 2 else None
        if type(point) is not Entries or contains(point, direction):
            return node
        moved = Apply(value.args[0], Entries(Plus(point.args[0], Times(step, direction))))
        return Limit(Over(Plus(moved, Negative(value)), step), step, ZERO)

    found = transform(expression, limit)
    return None if _directional(found) is not None else found


def _renewed(raw: RawRow, formulas: Sequence[Formula]) -> str:
    """The function of which nothing but a value is said: let f(3) = 4."""
    if raw.said != "let" or len(formulas) != 2:
        return ""
    before, after = (each.expression for each in formulas)
    return "" if before is None or after is None else value_in(before, after)


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
