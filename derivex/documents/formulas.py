"""One formula after the other: from the stretch of a document to a tree."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.documents.asides import aside_of, equations_below, operator_of
from derivex.documents.at_points import at_point, at_point_in, entry_in, hessian_in
from derivex.documents.document import (
    Formula,
)
from derivex.documents.known_so_far import MAX_FORMULA, KnownSoFar
from derivex.documents.named_gradients import gradient_name, named_gradients
from derivex.documents.plus_minus import one_sign
from derivex.documents.quantities import as_quantities
from derivex.documents.raw import RawFormula, Span
from derivex.documents.sums import over_vectors
from derivex.errors import Place, ReadError
from derivex.expression import (
    ONE,
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
from derivex.expression.array_nodes import (
    ArrayName,
    Entries,
    Hessian,
    Identity,
    Nabla,
)
from derivex.expression.functions import Function
from derivex.expression.shapes import ShapeError, is_array, shape_of
from derivex.notation import Reading as HandReading
from derivex.notation import Scope, alternatives, read_text
from derivex.notation.lexer import Source
from derivex.notation.vocabulary import INDEX_LETTERS

__all__ = ["FormulaReader", "without_arrays"]

_OPERAND = "whatever"
_AS_NUMBERS = "gradients at a point are compared as numbers"
_DIRECTIONAL_HINT = "write a directional derivative as f'(x; v)"


class FormulaReader:
    """Reads formulas, also those that no reader of formulas alone can read.

    Args:
        known: what is known where a formula stands.
    """

    def __init__(self, known: KnownSoFar):
        self._known = known

    def read(self, wrong: ReadError | None, formula: RawFormula, scope: Scope) -> Formula:
        """Read a formula, or say what is wrong with it.

        Args:
            wrong: why the row in which it stands cannot be read, if it cannot.
            formula: where it stands.
            scope: what its names are.
        """
        start, end = formula.start, formula.end
        text = self._known.passage.original[start:end]
        place = self._known.place(start, end)
        if end - start > MAX_FORMULA:
            message = f"this formula has {end - start} characters; at most {MAX_FORMULA} are read"
            wrong = ReadError(message, place, "write it in parts that have names")
        if wrong is not None:
            return Formula(text, place, None, wrong)
        try:
            stretch = self._stretch(formula)
            reading = read_text(stretch, scope)
        except ReadError as error:
            filled = self.filled_in(start, end, scope) if scope.arrays else None
            filled = filled or self._operand_left_out(start, end, scope)
            filled = filled or self._at_point(formula, scope) or self._hessian(formula, scope)
            filled = filled or self._entry(formula, scope)
            if filled is not None:
                return Formula(text, place, filled)
            named = self._with_named_gradients(start, end, scope)
            if named is not None:
                return Formula(text, place, named, chosen=_AS_NUMBERS)
            aside = self._aside(text, place, formula, scope)
            return aside or Formula(text, place, None, self._known.passage.moved(error, start))
        strange = _directional(reading.expression)
        if strange is not None and scope.arrays:
            filled = self.filled_in(start, end, scope)
            if filled is not None:
                return Formula(text, place, filled)
        if strange is not None:
            along = _along(reading.expression)
            if along is None:
                return Formula(text, place, None, ReadError(strange, place, _DIRECTIONAL_HINT))
            reading = replace(reading, expression=along)
        meant = self._meant(reading.expression, scope, text)
        others = partial(self._others, stretch, scope, text)
        notes = (*self._known.passage.guessed(start, end), *reading.notes)
        return Formula(text, place, meant, None, notes, others)

    def _stretch(self, formula: RawFormula) -> str | Source:
        """What a formula is read from, with one sign where ± stands."""
        passage = self._known.passage
        if not formula.branch:
            return passage.stretch(formula.start, formula.end)
        written = passage.text[formula.start : formula.end]
        return passage.reworded(one_sign(written, formula.branch))

    def _meant(self, expression: Basic, scope: Scope, text: str) -> Basic:
        """A formula in the light of what its names are."""
        expression = transform(expression, _as_label)
        if scope.arrays:
            expression = self._by_arrays(expression)
        meant = as_quantities(
            self._known.names.by_their_variables(expression, text), self._known.quantities
        )
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
        read = self.read(None, under, scope)
        if read.expression is None:
            return None
        given = []
        for sides in equations_below(text, found.below):
            with suppress(ReadError):
                left, right = (
                    read_text(self._known.passage.stretch(at + start, at + end), scope).expression
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
        found = at_point_in(self._known.passage.original[at : formula.end])
        if found is None:
            return None

        def read(span: Span) -> Basic:
            return read_text(
                self._known.passage.stretch(at + span.start, at + span.end), scope
            ).expression

        function = self._known.names.scope.functions.get(found.function)
        with suppress(ReadError):
            return at_point(found, () if function is None else function.parameters, read)
        return None

    def _hessian(self, formula: RawFormula, scope: Scope) -> Basic | None:
        """∂²f/∂x ∂xᵀ, the second derivatives by the entries of a vector."""
        at = formula.start
        parts = hessian_in(self._known.passage.original[at : formula.end])
        with suppress(ReadError, ShapeError):
            if parts is not None:
                function, variable = (
                    read_text(self._known.passage.stretch(at + start, at + end), scope).expression
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
        parts = entry_in(self._known.passage.original[at : formula.end])
        with suppress(ReadError, ShapeError):
            if parts is not None:
                vector, index = (
                    read_text(self._known.passage.stretch(at + start, at + end), scope).expression
                    for start, end in parts
                )
                if isinstance(index, Symbol) and (is_array(vector) or type(vector) is Nabla):
                    return At(vector, index)
        return None

    def _with_named_gradients(self, start: int, end: int, scope: Scope) -> Basic | None:
        """A formula with ∇f(x^t) as a function of its own, if of f nothing is known."""
        written, names = named_gradients(self._known.passage.text[start:end])
        unknown = all(self._known.names.is_unknown(name) for name in names)
        if not names or not unknown:
            return None
        made = {
            name: Function(name, (symbol("t_1"),))
            for each in names
            for name in (gradient_name(each, 1), gradient_name(each, 2))
        }
        plain = without_arrays(scope).with_functions(made)
        with suppress(ReadError):
            return read_text(self._known.passage.reworded(written), plain).expression
        return None

    def _operand_left_out(self, start: int, end: int, scope: Scope) -> Basic | None:
        """∂/∂x without an operand, as the derivative of the function that was defined last."""
        functions = [each for each in self._known.in_force.values() if each.definition.parameters]
        if not functions or functions[-1].definition.body is None:
            return None
        try:
            source = self._known.passage.with_operand(start, end, _OPERAND)
            found = read_text(source, scope.declare(_OPERAND)).expression
        except ReadError:
            return None
        if type(found) is not D or found.args[0] is not symbol(_OPERAND):
            return None
        return D(functions[-1].definition.body, found.args[1])

    def filled_in(self, start: int, end: int, scope: Scope) -> Basic | None:
        """A formula with functions of vectors, J(θ), in whose place their definitions stand.

        None if it holds none, or cannot be read so, either.
        """
        calls = {
            Apply(function_name(each.name), *each.parameters): each.body
            for each in (found.definition for found in self._known.in_force.values())
            if each.parameters and each.body is not None
        }
        arrays = {symbol(name): array for name, array in scope.arrays.items() if not array.family}
        try:
            reading = read_text(self._known.passage.stretch(start, end), without_arrays(scope))
            if not any(contains(reading.expression, call) for call in calls):
                return None
            filled = substitute(substitute(reading.expression, calls), arrays)
            filled = self._by_arrays(filled)
            return filled if shape_of(filled) is not None else None
        except (ReadError, ShapeError):
            return None

    def _by_arrays(self, root: Basic) -> Basic:
        """The expression with ∂u/∂w of a number u by a vector w as ∇_w u, and I as the identity.

        A matrix I that is declared is any matrix.
        """
        declared = self._known.names.scope.arrays

        def meant(node: Basic) -> Basic:
            if isinstance(node, ArrayName):
                square = node.rows is node.columns and node.rows is not ONE
                unit = square and node.name == "I" and "I" not in declared
                return Identity(node.rows) if unit else node
            by_array = type(node) is D and isinstance(node.args[1], ArrayName)
            return Nabla(*node.args) if by_array and not is_array(node.args[0]) else node

        return transform(root, meant)


def _as_label(node: Basic) -> Basic:
    """The p of p_{θ_1}, which no running index tells apart from that of p_{θ_2}, as a name."""
    if type(node) is not At or len(node.args) != 2:
        return node
    base, below = node.args
    if not isinstance(base, Symbol) or not isinstance(below, Symbol):
        return node
    letter, _, number = str(below).partition("_")
    labels = bool(number) and letter not in INDEX_LETTERS
    return symbol(f"{base}_{below}") if labels else node


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


def without_arrays(scope: Scope) -> Scope:
    """A scope in which the vectors and matrices are numbers, as on the left of f(w) = …."""
    if not scope.arrays:
        return scope
    return replace(scope, arrays={}, names=scope.names - scope.arrays.keys())
