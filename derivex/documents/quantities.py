"""Names with a prime and no argument, as in 2x + 2y y′ = 0: quantities that depend on a letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sympy.core.basic import Basic

from derivex.expression import Apply, D, Times, function_of, substitute, symbol, transform
from derivex.expression.functions import Function
from derivex.notation.characters import plain_name
from derivex.notation.known_names import holds_itself
from derivex.notation.lexer import Word

__all__ = ["as_quantities", "of_letter", "slopes_without_arguments"]


def as_quantities(root: Basic, depending: Mapping[str, str]) -> Basic:
    """An expression with y for y(x) and dy/dx for y′(x), for the y that depend on x so.

    A bracket behind such a name is a factor: nobody writes y′(y² − 2x) for a function of that.

    >>> from derivex.expression import function_name, primed
    >>> x, y = symbol("x"), function_name("y")
    >>> as_quantities(Apply(primed(y, 1), x), {"y": "x"})
    D(y, x)
    >>> as_quantities(Apply(y, symbol("c")), {"y": "x"})
    Times(y, c)
    """

    def quantity(node: Basic) -> Basic:
        if type(node) is not Apply or len(node.args) != 2:
            return node
        head, places = function_of(node.args[0])
        name = head.name.partition("(")[0]
        if name not in depending:
            return node
        by, argument = symbol(depending[name]), node.args[1]
        found: Basic = symbol(name)
        for _ in places:
            found = D(found, by)
        return found if argument is by else Times(found, argument)

    return transform(root, quantity) if depending else root


def slopes_without_arguments(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    """The names in σ′ and ∂σ/∂z, with what they are differentiated by: z, or nothing.

    >>> from derivex.notation.lexer import Source, words_of
    >>> list(slopes_without_arguments(words_of(Source("σ' + ∂σ/∂z + f'(x)"))))
    [('sigma', ''), ('sigma', 'z')]
    """
    plain = [word for word in words if word.text not in ("{", "}")]
    kinds = [word.kind for word in plain]
    for position, word in enumerate(plain):
        behind = kinds[position + 1 : position + 4]
        if word.kind not in ("NAME", "GREEK"):
            continue
        name = plain_name(word.text)
        applied = behind[1:2] == ["OPEN"] and not holds_itself(plain, position + 2, name)
        if behind[:1] == ["PRIME"] and not applied:
            yield name, ""
        elif behind[:2] == ["SLASH", "PARTIAL"] and "PARTIAL" in kinds[position - 1 : position]:
            yield from ((name, plain_name(by.text)) for by in plain[position + 3 :][:1])


def of_letter(function: Function, letter: str) -> Function:
    """A function of one variable with another letter for it."""
    (parameter,) = function.parameters
    meant = symbol(letter)
    definition = function.definition
    body = None if definition is None else substitute(definition, {parameter: meant})
    return replace(function, parameters=(meant,), definition=body)
