"""What the formulas of a block tell about the names in it, before any of them is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.documents.asides import operator_of
from derivex.documents.at_points import hessian_in
from derivex.documents.consistency import indices_of
from derivex.documents.formulas import FormulaReader, without_arrays
from derivex.documents.known_so_far import MAX_FORMULA, KnownSoFar
from derivex.documents.names import (
    VARIABLE,
    arities,
    called,
    entries_alone,
    is_made_up,
    names_alone,
    primed_names,
    vector_calls,
)
from derivex.documents.passage import Passage, source_of_stretch
from derivex.documents.quantities import of_letter, slopes_without_arguments
from derivex.documents.raw import RawBlock, RawFormula, RawRow, Span
from derivex.documents.shapes import has_arrays, has_indices, summed_up, with_arrays
from derivex.documents.shapes_together import shapes_together
from derivex.errors import ReadError
from derivex.expression import D, Times, postorder, symbol
from derivex.expression.array_nodes import ArrayName, array_name
from derivex.expression.functions import Function
from derivex.expression.shapes import is_array, shape_of
from derivex.notation import Scope, read_text
from derivex.notation.characters import plain_name
from derivex.notation.known_names import find_names
from derivex.notation.lexer import Source, Word, words_of
from derivex.notation.vocabulary import UNKNOWN_FUNCTIONS, Vocabulary, subscript_text

__all__ = ["LookingAhead"]

_ORDERS = ("O", "o")
"""What is an order of magnitude where it is not a letter of the text: o(h)."""


_USUALLY_SYMMETRIC = ("Sigma", "Lambda")
"""Letters for covariances, precisions, and diagonal matrices."""


class LookingAhead:
    """Finds out what the names in a block are.

    Args:
        known: what is known where a block stands; it learns from what is seen.
        formulas: reads formulas.
    """

    def __init__(self, known: KnownSoFar, formulas: FormulaReader):
        self._known = known
        self._formulas = formulas
        self._shaped: dict[str, ArrayName] = {}  # what the names of arrays were last
        self._together: dict[str, ArrayName] = {}  # what they are by all formulas of a section
        self._differentiated: dict[str, str] = {}  # y of y', with what it depends on
        self._arguments: dict[str, str] = {}  # what functions are called with: z of σ(z)

    def enter(self, found: Sequence[tuple[Passage, RawBlock]]) -> None:
        """Learn from the formulas of a section what its vectors and matrices are.

        Those with indices do not count: x may be a vector, and one for each i besides.
        """
        chains: list[list[Source]] = []
        whole: set[str] = set()
        functions = set(self._known.names.functions)
        bold: dict[str, bool] = {}
        for passage, block in found:
            self._known.passage = passage
            bold.update(block.bold)
            for row in block.rows:
                for chain in row.chains:
                    sources = [each for formula in chain for each in self._sources(formula)]
                    words = [words_of(source) for source in sources]
                    for source, some in zip(sources, words, strict=True):
                        functions.update(called(some, type(source) is not Source))
                    if not any(map(has_indices, words)):
                        chains.append(sources)
                        whole.update(*map(names_alone, words))
        known = self._known.names.scope_with_arrays(whole)
        self._together = shapes_together(chains, known, bold, functions)

    def scope_of(self, block: RawBlock) -> Scope:
        """What the formulas of a block tell about one another's names."""
        vocabulary = Vocabulary(self._known.names.scope)
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
                    self._known.names.of_vectors.update(vector_calls(words))
        self._known.names.forget_others(counts)
        for name in [name for name in self._known.in_force if name in counts]:
            if self._known.in_force[name].definition.parameters and not self._known.names.knows(
                name
            ):
                del self._known.in_force[name]
        entries = entries_alone(words for words, _ in formulas)
        self._known.names.call(
            {
                name: some
                for name, some in found.items()
                if name not in entries and len(counts.get(name, ())) < 2
            }
        )  # p(x) and p(x, y) are two functions
        elementary = {*self._known.names.scope.functions, *self._known.names.scope.aliases}
        self._known.quantities = primed_names(
            chains,
            self._known.names.functions,
            elementary,
            self._differentiated,
            self._known.names.letters,
        )
        self._differentiated.update(self._known.quantities)
        scope = self._known.names.scope
        scope = scope.with_functions(
            {name: Function(name, (symbol(by),)) for name, by in self._known.quantities.items()}
        )
        scope = scope.with_functions(self._without_arguments(formulas, found, scope))
        nabla = any("∇" in source.text or "nabla" in source.text for source in sources)
        arrays = has_arrays(sources, block.bold) or self._known.names.declares_matrix(whole)
        known = self._known.names.scope_with_arrays(whole)
        if arrays or self._calls_of_vectors(sources, counts):
            scope = with_arrays(known, sources, block.bold, self._known.names.functions)
        elif bounds := summed_up(words for words, _ in formulas):
            scope = self._with_vectors(block, scope, bounds.keys() & whole, bounds)
        of_functions = self._arrays_of_functions(formulas)
        by_vector = any(self._is_variable(each.name, sources) for each in of_functions)
        if arrays:
            scope = self._with_arrays_of_before(block, scope, known, whole, of_functions)
        elif nabla or by_vector:
            scope = self._with_declared(block, scope, sources, whole, of_functions)
        scope = self._with_functions_of_vectors(block, scope, sources, counts)
        words_only = [words for words, _ in formulas]
        scope = self._with_arrays_of_section(block, scope, known, whole, words_only)
        scope = self._with_identity(block, scope, whole)
        symmetric = [
            array_name(each.name, each.rows, each.columns, each.family, True, each.source)
            for each in scope.arrays.values()
            if each.name in {*self._known.names.symmetric, *_USUALLY_SYMMETRIC}
            and each.rows is each.columns
        ]
        scope = scope.with_arrays(*symmetric) if symmetric else scope
        scope = scope.declare(*(name for name in _ORDERS if self._is_letter(name, sources)))
        seen = vocabulary.known - scope.names - {"d"}
        indexed = {name: frozenset(counts) for name, counts in vocabulary.entries.items()}
        return scope.within(frozenset(seen), indexed)

    def of_equation(self, rows: Sequence[RawRow], block: RawBlock, scope: Scope) -> Scope:
        """The scope of an equation and the rows that go on with it, where others do not fit it.

        In a list of formulas the A of ∂(Ax)/∂x has any shape, and that of the next one is square.
        """
        if not scope.arrays or self._all_read(rows, scope):
            return scope
        part = replace(block, rows=list(rows))
        chains = [
            [source for formula in chain for source in self._sources(formula)]
            for row in rows
            for chain in row.chains
        ]
        words = [words_of(source) for chain in chains for source in chain]
        if any(map(has_indices, words)):
            return scope
        whole = {name for each in words for name in names_alone(each)}
        functions = self._known.names.functions
        for known in (self._known.names.scope_with_arrays(whole), self._known.names.scope):
            found = shapes_together(chains, known, block.bold, functions)
            own = without_arrays(scope).with_arrays(*known.arrays.values(), *found.values())
            own = self._with_identity(part, own, whole)
            if self._all_read(rows, own):
                return own
        return scope

    def _all_read(self, rows: Sequence[RawRow], scope: Scope) -> bool:
        """Whether all formulas of some rows can be read, or are none, as they are meant.

        Of ∂(Ax)/∂x, where A is a matrix, x is a vector.
        """
        found = [
            self._formulas.read(row.error, formula, scope)
            for row in rows
            for chain in row.chains
            for formula in chain
        ]
        return all(
            each.error is None and (each.expression is None or not _by_number(each.expression))
            for each in found
        )

    def _is_letter(self, name: str, sources: Sequence[Source]) -> bool:
        """Whether a name stands for something: o(1 − c) is a product then, and no order."""
        return name in self._known.names.met or self._is_variable(name, sources)

    def _calls_of_vectors(self, sources: Sequence[Source], counts: Collection[str]) -> bool:
        """Whether there is a gradient of a function that is said to take vectors to numbers."""
        return any(
            name in self._known.names.functions
            and not self._known.names.is_defined(name)
            and any("∇" in source.text or "nabla" in source.text for source in sources)
            and (name in counts or any(_mentions(source, name) for source in sources))
            for name in self._known.names.of_vectors
        )

    def _with_vectors(
        self, block: RawBlock, scope: Scope, names: Collection[str], bounds: Mapping[str, str]
    ) -> Scope:
        """The scope with those names as vectors that stand alone as well as with an index.

        In u + v = (u_1 + v_1, …, u_m + v_m) the vectors have m entries.
        """
        if not names:
            return scope
        counts = indices_of(self._read_ahead(block, scope), self._known.names.is_function)
        vectors = [
            array_name(name, symbol(bounds[name]))
            for name in sorted(names)
            if counts.get(symbol(name)) == {0, 1} and name not in self._known.names.functions
        ]
        return scope.with_arrays(*vectors) if vectors else scope

    def _without_arguments(
        self,
        formulas: Sequence[tuple[Sequence[Word], Source]],
        found: Mapping[str, Sequence[str]],
        scope: Scope,
    ) -> dict[str, Function]:
        """σ as a function of z, where σ′ or dσ/dz stands and σ is the sigmoid function."""
        for name, (argument, *others) in found.items():
            if not others:
                self._arguments[name] = argument
        letters: dict[str, str] = {}
        for words, _ in formulas:
            for name, by in slopes_without_arguments(words):
                function = None if name in scope.functions else scope.aliases.get(name)
                if function is None or function.definition is None or len(function.parameters) > 1:
                    continue
                usual = self._arguments.get(name)
                if usual is not None or not by:
                    letters[name] = by or letters.get(name) or usual or str(function.parameters[0])
        return {name: of_letter(scope.aliases[name], by) for name, by in letters.items()}

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
        for name in dict.fromkeys((*self._known.names.functions, *usual)):
            function = scope.functions.get(name) or Function(name, (symbol("t_1"),))
            if self._known.names.is_defined(name) or len(counts.get(name, ())) > 1:
                continue
            told = self._known.names.of_vectors.get(name)
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

    def _arrays_of_functions(
        self, formulas: Sequence[tuple[Sequence[Word], Source]]
    ) -> list[ArrayName]:
        """The vectors and matrices in the definitions of what is differentiated in a block."""
        names = {plain_name(word.text) for words, _ in formulas for word in words}
        bodies = [
            each.definition.body
            for name, each in self._known.in_force.items()
            if name in names and each.definition.body is not None
        ]
        found = (node for body in bodies for node in postorder(body))
        return list(dict.fromkeys(node for node in found if isinstance(node, ArrayName)))

    def _with_declared(
        self,
        block: RawBlock,
        scope: Scope,
        sources: Sequence[Source],
        whole: Collection[str],
        before: Sequence[ArrayName],
    ) -> Scope:
        """The scope of a gradient with the vectors that the text declares, if that fits.

        Where θ_0 and θ_1 stand for themselves, θ is none.

        Args:
            before: the vectors of the functions that are differentiated.
        """
        known = self._known.names.scope_with_arrays(whole)
        known = known.with_arrays(*(each for each in before if each.name not in known.arrays))
        names = [name for name in known.arrays if name in whole or self._is_variable(name, sources)]
        words = [words_of(source) for source in sources]
        numbered = any(
            plain_name(name.text) in names and subscript_text(below.text).isdigit()
            for each in words
            for name, below in pairwise(each)
            if below.kind == "SUBSCRIPT"
        )
        if not names or numbered:
            return scope
        other = with_arrays(known, sources, block.bold, self._known.names.functions)
        other = self._with_identity(block, other, whole)
        filled = sum(
            self._formulas.filled_in(formula.start, formula.end, other) is not None
            for row in block.rows
            for chain in row.chains
            for formula in chain
        )
        fits = self._readable(block, other) + filled >= self._readable(block, scope)
        return other if fits else scope

    def _is_variable(self, name: str, sources: Sequence[Source]) -> bool:
        """Whether something is differentiated by a name, or by an entry of it."""
        return any(name in map(plain_name, VARIABLE.findall(each.text)) for each in sources)

    def _with_arrays_of_before(
        self,
        block: RawBlock,
        scope: Scope,
        known: Scope,
        whole: Collection[str],
        of_functions: Sequence[ArrayName],
    ) -> Scope:
        """The scope with the shapes that names had before, where more can be read with them.

        Those of the functions that are differentiated are taken if not less can be read.

        Args:
            block: the formulas.
            scope: with the shapes that the formulas tell.
            known: without them.
            whole: the names that stand somewhere without an index.
            of_functions: the vectors and matrices of the functions that occur.
        """
        functions = self._known.names.functions
        before = [
            array for name, array in self._shaped.items() if name in whole and name not in functions
        ]
        new = [each for each in of_functions if scope.arrays.get(each.name) is not each]
        if before or new:
            ways = [scope, scope.with_arrays(*before), known.with_arrays(*before)]
            if new:
                ways.insert(0, scope.with_arrays(*new))
            ways = [self._with_identity(block, way, whole) for way in ways]
            scope = max(ways, key=lambda way: self._readable(block, way))
        self._shaped.update(scope.arrays)
        return scope

    def _with_arrays_of_section(
        self,
        block: RawBlock,
        scope: Scope,
        known: Scope,
        whole: Collection[str],
        formulas: Iterable[Sequence[Word]],
    ) -> Scope:
        """The scope with the shapes that the section tells, where not less fits with them.

        Args:
            block: the formulas.
            scope: with the shapes that the formulas of the block tell.
            known: without them.
            whole: the names that stand somewhere without an index.
            formulas: the words of each formula.
        """
        letters = {letter for name in whole for letter in name}  # W and x of Wx
        told = [
            each
            for name, each in self._together.items()
            if (name in whole or name in letters) and scope.arrays.get(name) is not each
        ]
        if not told or any(has_indices(words) for words in formulas):
            return scope
        ways = [known.with_arrays(*self._together.values()), scope.with_arrays(*told), scope]
        best = max(ways, key=lambda way: self._fitting(block, way))
        self._shaped.update(best.arrays)
        return best

    def _fitting(self, block: RawBlock, scope: Scope) -> int:
        """How many formulas of a block can be read, and how many signs of equality fit there."""
        count = 0
        for row in block.rows:
            for chain in row.chains:
                shapes = []
                for formula in chain:
                    with suppress(ReadError):
                        stretch = self._known.passage.stretch(formula.start, formula.end)
                        shapes.append(shape_of(read_text(stretch, scope).expression))
                count += len(shapes)
                count += sum(left == right for left, right in pairwise(shapes))
        return count

    def _readable(self, block: RawBlock, scope: Scope) -> int:
        """How many formulas of a block can be read."""
        return sum(1 for _ in self._read_ahead(block, scope))

    def _with_identity(self, block: RawBlock, scope: Scope, whole: Collection[str]) -> Scope:
        """The scope with I as a square matrix, of the size with which most can be read, if any.

        Args:
            whole: the names that stand somewhere without an index.
        """
        if not scope.arrays or "I" not in whole or "I" in {*scope.names, *scope.arrays}:
            return scope
        sizes = {size: None for each in scope.arrays.values() for size in (each.rows, each.columns)}
        ways = [scope, *(scope.with_arrays(array_name("I", size, size)) for size in sizes)]
        return max(ways, key=lambda way: sum(1 for _ in self._read_ahead(block, way)))

    def _read_ahead(self, block: RawBlock, scope: Scope) -> Iterator[Basic]:
        """The formulas of a block that can be read with what is known so far."""
        for row in block.rows:
            for chain in row.chains:
                for formula in chain:
                    with suppress(ReadError):
                        stretch = self._known.passage.stretch(formula.start, formula.end)
                        yield read_text(stretch, scope).expression

    def _sources(self, formula: RawFormula) -> Iterator[Source]:
        """What a formula is read from: without an operator such as argmax, or its parts.

        What cannot be read is left out; it is told when the formula is read.
        """
        text = self._known.passage.original[formula.start : formula.end]
        operator, parts = operator_of(text), hessian_in(text)
        whole = Span(0, len(text)) if operator is None else operator.rest
        if len(text) > MAX_FORMULA:
            return
        for start, end in parts or (whole,):
            with suppress(ReadError):
                source = self._source(formula.start + start, formula.start + end)
                words_of(source)
                yield source

    def _source(self, start: int, end: int) -> Source:
        return source_of_stretch(self._known.passage.stretch(start, end))


def _by_number(root: Basic) -> bool:
    """Whether a matrix times x is differentiated by x, as if that were a number."""
    return any(
        type(node) is D
        and isinstance(node.args[1], Symbol)
        and str(node.args[1]) != "t"
        and type(node.args[0]) is Times
        and node.args[0].args[-1] is node.args[1]
        and is_array(node.args[0])
        for node in postorder(root)
    )


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
