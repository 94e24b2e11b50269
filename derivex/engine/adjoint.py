"""One adjoint of backpropagation, and how it is derived."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import (
    Derivation,
    Detail,
    Entry,
    Line,
    Phase,
    Status,
    Step,
    follow,
    rewrite,
)
from derivex.engine.contributions import Contribution, sum_of
from derivex.engine.quantities import Quantity
from derivex.engine.quantity_names import barred
from derivex.expression import D, Equation, Times, postorder, substitute
from derivex.notation import TextWriter
from derivex.rulebook import Procedure, RuleBook

__all__ = ["Adjoint", "known_again", "local_derivatives"]


def local_derivatives(
    of: Basic, contributions: Sequence[Contribution], root: Quantity
) -> tuple[Basic, ...]:
    """The terms p̄ · ∂p/∂v, of each p only the part in which v stands; p̄ = 1 for the whole."""
    return tuple(_passed_back(each.quantity, root, D(each.part, of)) for each in contributions)


def _passed_back(quantity: Quantity, root: Quantity, derivative: Basic) -> Basic:
    return derivative if quantity is root else Times(barred(quantity.name), derivative)


def known_again(result: Basic, contributions: Sequence[Contribution]) -> Basic:
    """A derivative in which what is known from the walk forward has its name: tanh(z₁) is a₁."""
    if any(type(node) is D for node in postorder(result)):
        return result  # what no rule covers stays as it is
    return substitute(result, _known(contributions))


def _known(contributions: Sequence[Contribution]) -> dict[Basic, Basic]:
    return {
        each.quantity.body: each.quantity.name for each in contributions if each.quantity.body._args
    }


@dataclass(frozen=True, eq=False)
class Adjoint:
    """The derivative of the whole by one quantity, or by a variable.

    Args:
        of: the quantity's name, or the variable.
        contributions: what the chain rule of several variables sums up.
        result: the derivative, in terms of variables, quantities and other adjoints.
        root: the whole expression.
        steps: the steps of all adjoints.
        book: the rules.
        status: how the derivation ended.
        stuck: the derivatives that no rule covers.
        is_quantity: whether it is by a quantity, not by a variable.
        assumptions: what side conditions could rely on.
    """

    of: Basic
    contributions: tuple[Contribution, ...]
    result: Basic
    root: Quantity
    steps: Mapping[Basic, Step]
    book: RuleBook
    status: Status
    stuck: tuple[Basic, ...]
    is_quantity: bool
    assumptions: tuple[Basic, ...] = ()

    @property
    def meaning(self) -> Basic:
        """∂L/∂v, unevaluated: what the adjoint stands for."""
        return D(self.root.name, self.of)

    @property
    def name(self) -> Basic:
        """v̄₃ for a quantity, which others refer to; ∂L/∂w for a variable."""
        return barred(self.of) if self.is_quantity and isinstance(self.of, Symbol) else self.meaning

    @property
    def head(self) -> Basic:
        """The first line: v̄₃ = ∂L/∂v₃, or ∂L/∂w."""
        return Equation(self.name, self.meaning) if self.is_quantity else self.meaning

    @property
    def _is_direct(self) -> bool:
        """Whether it stands in the definition of the whole and nowhere else."""
        return len(self.contributions) == 1 and self.contributions[0].quantity is self.root

    @cached_property
    def derivation(self) -> Derivation:
        """From the sum that the chain rule gives to the result, step by step."""
        phases = [self._definitions()]
        begun = phases[0].result
        used: dict[Basic, Step] = {}

        def recorded(node: Basic) -> Basic | None:
            step = self.steps.get(node)
            if step is None:
                return None
            used[node] = step
            return step.replacement

        result = rewrite(begun, recorded, recorded, set())
        if used:
            phases.append(Phase(begun, used, result))
        named = known_again(result, self.contributions)
        if named is not result:
            phases.append(self._known_phase(result, named))
        return Derivation(
            tuple(phases), self.book, (), self.status, self.stuck, (), self.assumptions
        )

    def lines(self, detail: Detail = Detail.TEXTBOOK) -> Iterator[Line]:
        """The head, the chain rule, and the lines of the derivation."""
        yield Line(self.head)
        first, *rest = self.derivation.lines(detail)
        if not self._is_direct:
            several = len(self.contributions) > 1
            rule = self.book.rules["chain-several-variables" if several else "chain-through"]
            yield Line(first.expression, (rule,), ((self.meaning, first.expression),))
        yield from rest

    def _definitions(self) -> Phase:
        """The phase that fills the definitions in, and leaves out the terms without v.

        Where there are several, the one of the whole stands there from the beginning: beside
        the others, ∂L/∂v would be taken for the whole sum.
        """
        terms = []
        named = []
        for each in self.contributions:
            quantity = each.quantity
            if quantity is self.root and not self._is_direct:
                operand = quantity.body
            else:
                operand = quantity.named
                named.append(operand)
            terms.append(_passed_back(quantity, self.root, D(operand, self.of)))
        start = sum_of(terms)
        filling = _procedure(self.book, "fill-in-intermediates", named)
        leaving = _procedure(self.book, "terms-with-variable")
        steps: dict[Basic, Step] = {}
        for each in self.contributions:
            local, filled = D(each.quantity.named, self.of), D(each.quantity.body, self.of)
            if each.quantity.named in named:
                steps[local] = Step(filling, local, filled)
            if each.part is not each.quantity.body:
                steps[filled] = Step(leaving, filled, D(each.part, self.of))
        return Phase(start, steps, follow(start, steps))

    def _known_phase(self, before: Basic, after: Basic) -> Phase:
        known = _known(self.contributions)
        write = TextWriter().write
        inside = {node: known[node] for node in postorder(before) if node in known}
        told = ", ".join(f"{write(name)} = {write(body)}" for body, name in inside.items())
        return Phase(after, {}, after, Entry(f"with {told}", inside))


def _procedure(book: RuleBook, name: str, named: Sequence[Basic] = ()) -> Procedure:
    procedure = book.rules[name].procedure
    assert procedure is not None
    return procedure.with_parameters(tuple(named)) if named else procedure
