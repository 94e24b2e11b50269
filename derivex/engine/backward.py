"""Backpropagation: one walk forward, one walk backward, and all partial derivatives are there.

The expression is a list of quantities v₁, v₂, …, L, each made of those before it.  From the last
to the first, the chain rule of several variables gives the derivative of L by each of them,

    v̄ = Σ_p p̄ · ∂p/∂v    over all quantities p in whose definitions v stands,

where v̄ is ∂L/∂v, and ∂p/∂v is found by the rules of the book while every other letter in the
definition of p is held fixed.  The cost grows with the size of the graph, not with the number of
variables.  (Reverse accumulation: Griewank and Walther, Evaluating Derivatives, chapter 3.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sympy.core.basic import Basic

from derivex.derivation import Derivation, Entry, Phase, Status, listed
from derivex.engine.adjoint import Adjoint, known_again, local_derivatives
from derivex.engine.contributions import Contribution, contributions_of, sum_of
from derivex.engine.definitions import NO_DEFINITIONS, Definitions, filled_in
from derivex.engine.differentiate import TIDYING, check_variable, ending
from derivex.engine.evaluate import Columns
from derivex.engine.forms import Form, bring_into_form, normal_phase
from derivex.engine.normalise import Normaliser
from derivex.engine.quantities import Quantity, quantities_of
from derivex.engine.quantity_values import Value, refuse_kinks, values_at
from derivex.errors import ProblemError, RecordError
from derivex.expression import (
    Column,
    D,
    Gradient,
    Matrix,
    Row,
    free_symbols,
    postorder,
    substitute,
)
from derivex.expression.array_nodes import ArrayName
from derivex.matching import Facts
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook

__all__ = ["BackwardDerivation", "backward"]


@dataclass(frozen=True, eq=False)
class BackwardDerivation:
    """All partial derivatives of an expression, found by backpropagation.

    Args:
        expression: what is differentiated, functions filled in.
        by: the variables, in order.
        quantities: the named parts, each after those that it is made of; the last is the whole.
        given: what the names stand for that the expression holds.
        contributions: what each adjoint is the sum of, in the order of the walk: by the
            quantities, from the last to the first, then by the variables.
        phase: the rewriting of all adjoints, as one row.
        book: the rules.
        status: how it ended.
        stuck: the derivatives that no rule covers.
        notes: remarks for the reader.
        assumptions: what side conditions could rely on, such as x > 0.
        values: of quantities, adjoints and partial derivatives at a point, if one was given.
        written_out: the partial derivatives with everything put back in the place of its name,
            if that was asked for.
        point: where the values were asked for.
        columns: the data that they rest on.
    """

    expression: Basic
    by: tuple[Basic, ...]
    quantities: tuple[Quantity, ...]
    given: Mapping[Basic, Basic]
    contributions: Mapping[Basic, tuple[Contribution, ...]]
    phase: Phase
    book: RuleBook
    status: Status
    stuck: tuple[Basic, ...]
    notes: tuple[str, ...] = ()
    assumptions: tuple[Basic, ...] = ()
    values: Mapping[Basic, Value] = field(default_factory=dict)
    written_out: tuple[Derivation, ...] = ()
    point: Mapping[Basic, Basic] = field(default_factory=dict)
    columns: Columns = field(default_factory=dict)

    @property
    def root(self) -> Quantity:
        """The whole expression."""
        return self.quantities[-1]

    @property
    def start(self) -> Basic:
        """∇ of the whole, unevaluated."""
        return Gradient(self.root.name, *self.by)

    @cached_property
    def adjoints(self) -> tuple[Adjoint, ...]:
        """The derivatives by the quantities, from the last to the first."""
        return tuple(each for each in self._all if each.is_quantity)

    @cached_property
    def partials(self) -> tuple[Adjoint, ...]:
        """The derivatives by the variables, in order."""
        return tuple(each for each in self._all if not each.is_quantity)

    @cached_property
    def _all(self) -> tuple[Adjoint, ...]:
        variables = set(self.by)
        made = []
        results = zip(self.contributions.items(), self.phase.result._args, strict=True)
        for (of, parts), result in results:
            stuck: tuple[Basic, ...] = ()
            if self.stuck:
                left = set(postorder(result))
                stuck = tuple(node for node in self.stuck if node in left)
            status = Status.STUCK if stuck else Status.FINISHED
            if self.status is Status.LIMIT:
                status = Status.LIMIT
            made.append(
                Adjoint(
                    of,
                    parts,
                    known_again(result, parts),
                    self.root,
                    self.phase.steps,
                    self.book,
                    status,
                    stuck,
                    of not in variables,
                    self.assumptions,
                )
            )
        return tuple(made)

    @cached_property
    def row(self) -> Basic:
        """The gradient in terms of the variables, the quantities and the adjoints."""
        return Row(*[each.result for each in self.partials])

    @cached_property
    def meanings(self) -> Mapping[Basic, Basic]:
        """Each quantity and adjoint in terms of the variables alone.

        Shared parts stay shared: all of them together are one walk over the graph.
        """
        found: dict[Basic, Basic] = {}
        for quantity in self.quantities:
            found[quantity.name] = substitute(quantity.body, found)
        for each in self.adjoints:
            found[each.name] = substitute(each.result, found)
        return found

    @property
    def gradient(self) -> Basic:
        """The gradient in terms of the variables alone; not tidied."""
        return Row(*[substitute(each.result, self.meanings) for each in self.partials])

    def evaluated(self, point: Mapping[Basic, Basic], columns: Columns) -> BackwardDerivation:
        """The same with all values at a point.

        Args:
            point: the values of variables; what needs a letter without a value has none.
            columns: the data.

        Raises:
            ProblemError: something has no value there, or a kink.
        """
        quantities = [(quantity.name, quantity.body) for quantity in self.quantities]
        passed = [(each.name, each.result) for each in self._all]
        steps = self.phase.steps.values()
        conditions = dict.fromkeys(each for step in steps for each in step.conditions)
        if conditions:
            forward = values_at(quantities, point, columns, self.book)
            refuse_kinks(conditions, forward, point, self.book)
        values = values_at([*quantities, *passed], point, columns, self.book)
        return replace(self, values=values, point=point, columns=columns)

    def substituted(self, form: Form | None = None) -> BackwardDerivation:
        """The same with the names in the partial derivatives put back, and these tidied.

        Args:
            form: the form that they are brought into.
        """
        found = []
        for each in self.partials:
            phases = [Phase(each.result, {}, each.result)]
            named = {
                name: self.meanings[name]
                for name in free_symbols(each.result)
                if name in self.meanings
            }
            if named:
                after = substitute(each.result, named)
                entry = Entry(
                    f"substituting {listed([*map(TextWriter().write, named)])} back", named
                )
                phases.append(Phase(after, {}, after, entry))
                phases.append(normal_phase(after, self.book, *TIDYING))
            derivation = Derivation(
                tuple(phases), self.book, (), each.status, each.stuck, (), self.assumptions
            )
            found.append(derivation if form is None else bring_into_form(derivation, form))
        return replace(self, written_out=tuple(found))

    def replay(self) -> None:
        """Redo everything: the definitions, the sums of the chain rule, every step.

        Raises:
            RecordError: naming the first thing that does not come out as recorded.
        """
        given: dict[Basic, Basic] = {}
        for quantity in self.quantities:
            if quantity.name in self.given:
                given[quantity.name] = substitute(self.given[quantity.name], given)
        if self.meanings[self.root.name] is not substitute(self.expression, given):
            raise RecordError("the quantities are not parts of the expression")
        if _contributions(self.quantities, self.by) != self.contributions:
            raise RecordError("the chain rule gives other sums than those recorded")
        if Row(*_starts(self.contributions, self.root)) is not self.phase.start:
            raise RecordError("the steps do not begin with what the chain rule gives")
        self.phase.replay(Facts(self.assumptions))
        for each in self._all:
            each.derivation.replay()
            if each.derivation.result is not each.result:
                raise RecordError(f"the steps lead to another result than {each.result}")
        for derivation in self.written_out:
            derivation.replay()


def backward(
    expression: Basic,
    by: Sequence[Basic],
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
    notes: tuple[str, ...] = (),
    assumptions: tuple[Basic, ...] = (),
) -> BackwardDerivation:
    """The gradient of an expression by backpropagation.

    Args:
        expression: what is differentiated.
        by: the variables.
        book: the rules, which give every local derivative ∂p/∂v.
        definitions: functions, which are filled in first; and abbreviations, whose names are
            those of the quantities.
        notes: remarks that the record carries on.
        assumptions: relations that side conditions may rely on: x > 0.

    Raises:
        ProblemError: a variable is none or has a definition, or a definition leads back to
            itself.

    >>> from derivex.expression import TWO, Apply, Power, Times, function_name, symbol
    >>> from derivex.rulebook import shipped_book
    >>> w, x = symbol("w"), symbol("x")
    >>> found = backward(Power(Apply(function_name("sin"), Times(w, x)), TWO), [w], shipped_book())
    >>> for each in (*found.adjoints, *found.partials):
    ...     print(each.name, each.result)
    ā_1 Times(2, a_1)
    z̄_1 Times(ā_1, Apply(cos, z_1))
    D(L, w) Times(z̄_1, x)
    >>> found.gradient
    Row(Times(2, Apply(sin, Times(w, x)), Apply(cos, Times(w, x)), x))
    """
    for variable in by:
        if type(variable) is not ArrayName:
            check_variable(variable)
        if variable in definitions.abbreviations:
            raise ProblemError(
                f"{TextWriter().write(variable)} is defined, so it is no variable",
                hint="leave its definition out, or name another variable",
            )
    _refuse_arrays(expression, *definitions.abbreviations.values(), *by)
    functions = Definitions(definitions.functions)
    given = {name: filled_in(body, functions) for name, body in definitions.abbreviations.items()}
    filled = filled_in(expression, functions)
    if any(type(node) is D for node in postorder(filled)):
        filled = Normaliser(book, TIDYING, facts=Facts(assumptions)).run(filled).result
        notes = (*notes, "the derivatives in the expression were worked out first")
    quantities = quantities_of(filled, by, given)
    contributions = _contributions(quantities, by)
    run = Normaliser(book, TIDYING, facts=Facts(assumptions))
    phase = run.run(Row(*_starts(contributions, quantities[-1])))
    return BackwardDerivation(
        filled,
        tuple(by),
        quantities,
        given,
        contributions,
        phase,
        book,
        ending(run),
        tuple(run.stuck),
        notes,
        assumptions,
    )


def _refuse_arrays(*expressions: Basic) -> None:
    """Refuse vectors and matrices: each quantity is a number, and has one adjoint.

    Raises:
        ProblemError: there are some.
    """
    for node in postorder(Row(*expressions)):
        if type(node) in (ArrayName, Column, Matrix, Row) and node.args != expressions:
            raise ProblemError(
                f"backpropagation is for numbers, and {TextWriter().write(node)} is none",
                hint="without it there are rules for the gradients of vectors and matrices; or "
                "write the entries out",
            )


def _contributions(
    quantities: Sequence[Quantity], by: Sequence[Basic]
) -> dict[Basic, tuple[Contribution, ...]]:
    """What every adjoint is the sum of; those by the variables come last, zeros among them."""
    found = contributions_of(quantities, by)
    root = quantities[-1]
    for variable in by:
        found[variable] = found.pop(variable, (Contribution(root, root.body),))
    return found


def _starts(contributions: Mapping[Basic, tuple[Contribution, ...]], root: Quantity) -> list[Basic]:
    """What the chain rule gives for every adjoint, in order."""
    return [sum_of(local_derivatives(of, parts, root)) for of, parts in contributions.items()]
