"""The names of intermediate variables: given, or found in the expression."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine.definitions import Definitions
from derivex.errors import ProblemError
from derivex.expression import (
    Apply,
    At,
    Binder,
    D,
    Dependence,
    Named,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    free_symbols,
    function_name,
    postorder,
    substitute,
    symbol,
    value_of,
)
from derivex.notation import Scope, TextWriter, read_assignments, read_names
from derivex.rulebook.procedures.intermediate import (
    chain_of_several_variables,
    chain_through,
    intermediates_in,
    name_intermediates,
)

__all__ = ["Intermediates", "find_intermediates", "name_parts", "read_intermediates"]


@dataclass(frozen=True)
class Intermediates:
    """What the intermediate variables of a derivative are.

    Args:
        given: what each name stands for, in order; a definition may use names of others.
        found: whether the engine is to find them by itself.
    """

    given: Mapping[Symbol, Basic]
    found: bool = False


def read_intermediates(text: str, scope: Scope, definitions: Definitions) -> Intermediates:
    """What the words after “through” say.

    Args:
        text: definitions, ``u_1 = a x_1 + b x_2, u_2 = x_1 x_2``; or names that are defined
            already, ``u_1, u_2``; or ``auto``, to have them found.
        scope: what is known about names.
        definitions: what is defined.

    Raises:
        ReadError: it is none of these.
        ProblemError: a name that is not defined.

    >>> read_intermediates("u = x^2", Scope(), Definitions())
    Intermediates(given={u: Power(x, 2)}, found=False)
    """
    if text.strip() == "auto":
        return Intermediates({}, True)
    if not text.strip():
        return Intermediates({})
    if "=" in text or text.strip() == ",":
        given = read_assignments(text, scope)
    else:
        given = {}
        for name in read_names(text):
            meaning = definitions.abbreviations.get(name)
            if meaning is None:
                raise ProblemError(
                    f"it is not said what {TextWriter().write(name)} stands for",
                    hint=f"write: {name} = …; or auto, to have intermediate variables found",
                )
            given[name] = meaning
    for name in given:
        if not isinstance(name, Symbol):
            raise ProblemError(
                f"{TextWriter().write(name)} is an entry of a list, not a name for a part",
                hint="choose a name such as u or u_1",
            )
    return Intermediates({name: body for name, body in given.items() if isinstance(name, Symbol)})


def name_parts(
    plain: Basic, variable: Basic, given: Mapping[Symbol, Basic]
) -> tuple[tuple[Named, ...], tuple[str, ...]]:
    """The named quantities of which an expression is made, and remarks.

    Args:
        plain: the expression, in which the names may stand or what they stand for.
        variable: what is differentiated by; it gets a name of its own where it also occurs
            outside of the others.
        given: what each name stands for.

    Raises:
        ProblemError: a name that does not occur, is the variable, or leads back to itself.
    """
    _check_given(plain, variable, given)
    for nested in (True, False):
        named = _resolved(given, nested)
        through, remarks = _in_names(plain, named)
        explicit = Dependence(variable).of(
            substitute(through, {each: symbol(str(each._args[0])) for each in named.values()})
        )
        everything = list(named.values())
        if explicit:
            fresh = symbol(_fresh(given, (plain, variable, *given.values())))
            own = Named(function_name(fresh.name), variable)
            everything.append(own)
            through = _with_own_name(through, variable, own)
        if not nested or all(_is_chained(body, variable) for body in (through, *_bodies(named))):
            return tuple(everything), remarks
    raise AssertionError


def _bodies(named: Mapping[Symbol, Named]) -> list[Basic]:
    return [each._args[1] for each in named.values() if intermediates_in(each._args[1])]


def _is_chained(body: Basic, variable: Basic) -> bool:
    derivative = D(body, variable)
    return (
        chain_of_several_variables(derivative) is not None or chain_through(derivative) is not None
    )


def _with_own_name(through: Basic, variable: Basic, own: Named) -> Basic:
    """The variable's own name, everywhere outside of the other names."""
    hidden: dict[Basic, Basic] = {each: each for each in intermediates_in(through)}
    return substitute(through, {**hidden, variable: own})


def _check_given(plain: Basic, variable: Basic, given: Mapping[Symbol, Basic]) -> None:
    if not given:
        raise ProblemError(
            "there are no intermediate variables", hint="write: through u = x^2, v = 3x"
        )
    write = TextWriter().write
    if variable in given:
        raise ProblemError(
            f"{write(variable)} is what is differentiated by, so it is no intermediate variable",
            hint="choose another name",
        )
    bound = {node._args[1] for node in postorder(plain) if isinstance(node, Binder)}
    for name, body in given.items():
        indices = [each for each in free_symbols(body) if each in bound]
        if indices:
            raise ProblemError(
                f"{write(name)} stands for something that changes with the index "
                f"{write(indices[0])} of a sum, so it is not one quantity"
            )


def _resolved(given: Mapping[Symbol, Basic], nested: bool) -> dict[Symbol, Named]:
    """The named quantities; definitions hold other names, or what these stand for."""
    done: dict[Symbol, Named] = {}
    meaning: dict[Basic, Basic] = {}
    waiting: list[Symbol] = list(reversed(given))
    open_names: set[Symbol] = set()
    while waiting:
        name = waiting[-1]
        if name in done:
            waiting.pop()
            continue
        needed = [each for each in free_symbols(given[name]) if each in given and each not in done]
        if any(each in open_names or each is name for each in needed):
            raise ProblemError(
                f"the definition of {TextWriter().write(name)} leads back to itself",
                hint="a name may stand only for what is made of other letters",
            )
        if needed:
            open_names.add(name)
            waiting.extend(needed)
            continue
        body = substitute(given[name], meaning)
        made = Named(function_name(name.name), body)
        assert isinstance(made, Named)
        done[name] = made
        meaning[name] = made if nested else body
        open_names.discard(name)
        waiting.pop()
    return {name: done[name] for name in given}


def _in_names(plain: Basic, named: Mapping[Symbol, Named]) -> tuple[Basic, tuple[str, ...]]:
    """An expression with the names in the place of what they stand for.

    Raises:
        ProblemError: a name does not occur, or occurs both as a letter and by its definition.
    """
    letters = free_symbols(plain)
    found = name_intermediates(plain, *named.values())
    through = plain if found is None else found
    used = _used(through)
    write = TextWriter().write
    remarks = []
    for name, each in named.items():
        if name in letters:
            if each in used:
                raise ProblemError(
                    f"{write(name)} stands in the expression already, beside "
                    f"{write(each._args[1])}, which it is to be the name of",
                    hint="choose another name",
                )
            remarks.append(f"{write(name)} in the expression stands for {write(each._args[1])}")
    through = substitute(through, {name: each for name, each in named.items() if name in letters})
    used = _used(through)
    for each in named.values():
        if each not in used:
            raise ProblemError(
                f"{write(each)} = {write(each._args[1])} does not occur in {write(plain)}",
                hint="name a part of the expression as it is written there",
            )
    return through, tuple(remarks)


def _used(through: Basic) -> set[Basic]:
    return {node for node in postorder(through) if type(node) is Named}


def _fresh(given: Mapping[Symbol, Basic], expressions: Sequence[Basic]) -> str:
    """A name in the style of the others that occurs nowhere."""
    taken = {each.name for expression in expressions for each in free_symbols(expression)}
    taken |= {name.name for name in given}
    first = next(iter(given)).name
    base = first.partition("_")[0]
    if first == base:
        for letter in "uvwz":
            if letter not in taken:
                return letter
    return next(name for name in _numbered(base, len(given) + 1) if name not in taken)


def _numbered(base: str, first: int = 1) -> Iterator[str]:
    number = first
    while True:
        yield f"{base}_{number}"
        number += 1


def find_intermediates(expression: Basic, variable: Basic) -> dict[Symbol, Basic]:
    """Parts of an expression that are worth a name: what stands inside of something else.

    They are the sums and products that stand in a function, a power or a fraction, sums that
    are factors, and what is left of a product beside those.  Where there are no more than one,
    its own name is u; else u₁, u₂, ….

    Raises:
        ProblemError: there is no such part.

    >>> from derivex.expression import TWO
    >>> a, x, y = symbol("a"), symbol("x"), symbol("y")
    >>> find_intermediates(Times(Power(Plus(x, y), TWO), x, y), x)
    {u_1: Plus(x, y), u_2: Times(x, y)}
    """
    depends = Dependence(variable).of
    found: dict[Basic, None] = {}
    seen: set[Basic] = set()
    stack: list[tuple[Basic, bool]] = [(expression, False)]  # and whether it gets a name
    while stack:
        node, worthy = stack.pop()
        if worthy:
            found[node] = None
        elif node not in seen and depends(node):
            seen.add(node)
            stack.extend(reversed(list(_parts(node, depends))))
    if not found:
        raise ProblemError(
            "there is no part of the expression that would be worth a name",
            hint="say what the intermediate variables are: through u = …",
        )
    letters = {name.name.partition("_")[0] for name in free_symbols(expression)}
    base = next(each for each in (*"uvwzq", "part") if each not in letters)
    names = [base] if len(found) == 1 else [f"{base}_{k}" for k in range(1, len(found) + 1)]
    return {symbol(name): part for name, part in zip(names, found, strict=True)}


def _parts(node: Basic, depends: Callable[[Basic], bool]) -> Iterator[tuple[Basic, bool]]:
    """The operands of a node, and of them those that get a name."""
    kind = type(node)
    if kind in (Plus, Negative):
        yield from ((operand, False) for operand in node._args)
    elif kind is Times:
        leaves = [each for each in node._args if _is_leaf(each) and value_of(each) is None]
        others = [each for each in node._args if not _is_leaf(each)]
        yield from ((each, type(each) is Plus and depends(each)) for each in others)
        if len(leaves) > 1 and any(map(depends, leaves)) and any(map(depends, others)):
            yield Times(*leaves), True
    elif kind is Over:
        yield from ((operand, type(operand) is Plus and depends(operand)) for operand in node._args)
    elif kind is Power or kind is Apply:
        operands = node._args[1:] if kind is Apply else node._args
        yield from ((each, True) for each in operands if not _is_leaf(each) and depends(each))


def _is_leaf(node: Basic) -> bool:
    return not node._args or type(node) is At
