"""Formulas in the phrase of a misconception: “the inner derivative {d/dx u} was forgotten”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sympy.core.basic import Basic

from derivex.errors import ReadError, RuleError
from derivex.expression.functions import Functions
from derivex.matching import Builder, Context, Slots, UnboundLetterError, compile_template
from derivex.notation import Scope, read_text
from derivex.rulebook.form import Form

__all__ = ["formulas_of", "pieces_of"]

_FORMULA = re.compile(r"\{([^{}]+)\}")


def pieces_of(form: Form, functions: Functions) -> Iterator[str | Basic | RuleError]:
    """The phrase of a misconception in pieces: words and formulas, in turn.

    A formula is made of the letters of the left-hand side; in the place of one that cannot be read
    there is the error that says so.

    Args:
        form: one of its forms.
        functions: the known functions.
    """
    arrays = (form.letters.arrays or {}).values()
    scope = Scope(functions=functions, rules=True).with_arrays(*arrays)
    for number, piece in enumerate(_FORMULA.split(form.rule.phrase)):
        if number % 2 == 0:
            yield piece
            continue
        try:
            formula = read_text(piece, scope).expression
            _template(form, formula)
            yield formula
        except (ReadError, UnboundLetterError) as error:
            message = error.message if isinstance(error, ReadError) else str(error)
            yield RuleError(f"the formula {{{piece}}} of the phrase: {message}", form.rule.place)


def formulas_of(form: Form, slots: Slots, functions: Functions) -> Iterator[str | Basic]:
    """The same, the formulas with what the letters stand for.

    Args:
        form: the form that was applied.
        slots: what its letters stand for.
        functions: the known functions.
    """
    for piece in pieces_of(form, functions):
        if isinstance(piece, RuleError):
            raise piece
        if isinstance(piece, str):
            yield piece
        else:
            yield _template(form, piece)(slots, Context(functions=functions))


def _template(form: Form, formula: Basic) -> Builder:
    return compile_template(formula, form.letters)
