"""Backpropagation laid out as blocks: the walk forward, the walk backward, the gradient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sympy.core.basic import Basic

from derivex.derivation import Detail, Line
from derivex.engine.adjoint import Adjoint
from derivex.engine.backward import BackwardDerivation
from derivex.expression import Equation
from derivex.notation import TextWriter
from derivex.rendering.equations import EquationRow
from derivex.rendering.outline import Block, Equations, Lines, Remark, outline
from derivex.rendering.readable import readable


@outline.register
def _(result: BackwardDerivation, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    whole = writer.write(result.root.name)
    yield Remark("Forward, each quantity from those before it:")
    yield _table(result, [(each.name, each.body) for each in result.quantities])
    if result.adjoints:
        yield Remark(f"Backward, from {whole} to the variables:")
        yield from _derivations(result.adjoints, detail, writer)
        yield Remark("The partial derivatives:")
    yield from _derivations(result.partials, detail, writer)
    yield Lines((Line(result.start), Line(result.row)))
    if result.values:
        yield Remark("The values, backward:")
        both = (*result.adjoints, *result.partials)
        yield _table(result, [(each.name, each.result) for each in both])
    if result.written_out:
        yield Remark("In terms of the variables:")
        for partial, derivation in zip(result.partials, result.written_out, strict=True):
            first, *rest = readable(derivation.lines(detail))
            found = Line(first.expression, filled="found above")
            yield Lines((Line(partial.meaning), found, *rest))


def _derivations(
    adjoints: Iterable[Adjoint], detail: Detail, writer: TextWriter
) -> Iterator[Block]:
    for each in adjoints:
        yield Lines(tuple(readable(each.lines(detail))))
        for node in each.stuck:
            yield Remark(f"no rule covers {writer.write(node)}", failed=True)


def _table(result: BackwardDerivation, pairs: Iterable[tuple[Basic, Basic]]) -> Equations:
    return Equations(
        tuple(EquationRow(Equation(name, body), _value(result, name, body)) for name, body in pairs)
    )


def _value(result: BackwardDerivation, name: Basic, body: Basic) -> str:
    """The value of a quantity; nothing where the definition says it already."""
    value = result.values.get(name)
    return "" if value is None or value.exact is body else str(value)
