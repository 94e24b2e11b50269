"""What a user declared: the definitions, the data and the assumptions that a result rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy.core.basic import Basic

from derivex.engine import Columns, Definitions
from derivex.expression import Apply, Equation, function_name
from derivex.expression.functions import Functions
from derivex.notation import LatexWriter, TextWriter, declaration_text
from derivex.tables import FloatColumn

__all__ = ["NOTHING_DECLARED", "Declarations", "declare"]


@dataclass(frozen=True)
class Declarations:
    """What was declared, as it is stored with a result.

    Args:
        definitions: each as text and as LaTeX: ``("f(a) = s a + b", "f(a) = s a + b")``.
        data: each column's name and its entries, digit by digit as they were given.
        assumptions: conditions on letters, as text: ``"x > 0"``.
    """

    definitions: tuple[tuple[str, str], ...] = ()
    data: tuple[tuple[str, Sequence[str]], ...] = ()
    assumptions: tuple[str, ...] = ()


NOTHING_DECLARED = Declarations()


def declare(
    definitions: Definitions,
    columns: Columns,
    functions: Functions,
    assumptions: tuple[Basic, ...] = (),
) -> Declarations:
    """The declarations that definitions, data and assumptions make."""
    arrays = definitions.arrays
    defined = definitions.functions or definitions.abbreviations or arrays
    if not (defined or columns or assumptions):
        return NOTHING_DECLARED
    text, latex, plain = TextWriter(), LatexWriter(functions), TextWriter(unicode=False)
    equations: list[Basic] = [
        Equation(Apply(function_name(name), *function.parameters), function.definition)
        for name, function in definitions.functions.items()
        if function.definition is not None
    ]
    equations += [Equation(name, body) for name, body in definitions.abbreviations.items()]
    return Declarations(
        tuple((text.write(each), latex.write(each)) for each in equations)
        + tuple((told, rf"\text{{{told}}}") for told in map(declaration_text, arrays)),
        tuple(
            (
                text.write(name),
                column.texts
                if isinstance(column, FloatColumn)
                else tuple(plain.write(entry) for entry in column),
            )
            for name, column in columns.items()
        ),
        tuple(text.write(each) for each in assumptions),
    )
