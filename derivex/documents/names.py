"""What is known about names at one point of a document."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    Apply,
    At,
    D,
    Power,
    free_symbols,
    postorder,
    symbol,
    transform,
)
from derivex.expression.array_nodes import ArrayName, Entries, array_name
from derivex.expression.functions import Function
from derivex.expression.symmetric import is_symmetric
from derivex.notation import Definition, Scope
from derivex.notation.characters import plain_name
from derivex.notation.lexer import Source, Word
from derivex.notation.primed_quantities import DEPENDENT, USUALLY_PRIMED
from derivex.notation.vocabulary import INDEX_LETTERS, subscript_text

__all__ = [
    "VARIABLE",
    "Names",
    "arities",
    "called",
    "entries_alone",
    "is_made_up",
    "names_alone",
    "primed_names",
    "vector_calls",
]

_HEADS = ("NAME", "GREEK")
VARIABLE = re.compile(r"/ ?\{? ?[d∂] ?([A-Za-zα-ω])(?![A-Za-z])")
_LETTER = re.compile(r"(?<![A-Za-z_])(?:[A-Za-z]|[α-ω]|[a-z]+)(?![A-Za-z])")
_PRIMED = re.compile(
    r"(?<![A-Za-z])(?:[a-z](?=[fghuvwyz]['′]))?([A-Za-zα-ω])['′](?! ?\()"
)  # y of yy' and xy', too
_USUAL = ("x", "t")  # what a quantity is usually a function of
_RESERVED = frozenset(("mean", "sum", "prod", "lim", "int", "abs", "sqrt", "det", "tr", "e", "pi"))


class Names:
    """Grows from row to row.

    Args:
        scope: what is known from the beginning: functions, and what was declared.
    """

    def __init__(self, scope: Scope):
        self.scope = replace(scope, by_hand=True, limits=True)
        self.met: set[str] = set()
        """The names that have stood in some formula."""
        self.of_vectors: dict[str, str] = {}
        """The functions that are said to be numbers for each vector, and the vectors' size."""
        self.of_powers: set[str] = set()
        """The functions that are defined with powers for their arguments: L(m, s^2)."""
        self.one_hot: set[str] = set()
        """The names whose entries sum to 1, since one of them is 1 and the others are 0."""
        self.symmetric: set[str] = set()
        """The matrices that are symmetric, by words or by what they are said to be."""
        self._functions: dict[str, Function] = {}
        self._depends: dict[Basic, Mapping[Basic, None]] = {}  # u on x, after u = x^2
        self._arrays: dict[tuple[str, bool], ArrayName] = {}

    def is_function(self, name: str) -> bool:
        """Whether a name is a function that was there before the document."""
        known = name in self.scope.functions or name in self.scope.aliases
        return (known and name not in self._functions) or name in _RESERVED or _is_logarithm(name)

    def map_vectors(self, name: str, size: str) -> None:
        """Learn that a function takes vectors to numbers; what it was before is forgotten."""
        if not self.is_function(name):
            self.forget(name)
            self.of_vectors[name] = size
            self._learn(Function(name, (symbol("x"),)))

    def forget_others(self, arities: Mapping[str, Collection[int]]) -> None:
        """Forget functions that are called with another number of arguments: they are others.

        Args:
            arities: with how many arguments each name is called in a block.
        """
        for name, counts in arities.items():
            function = self._functions.get(name)
            if function is not None and any(len(function.parameters) != each for each in counts):
                self.forget(name)

    def forget(self, name: str) -> None:
        """Forget a function that the document introduced."""
        if self._functions.pop(name, None) is not None:
            functions = {key: known for key, known in self.scope.functions.items() if key != name}
            given = self.scope.given - {name}
            self.scope = replace(self.scope, functions=functions, given=given)

    def by_their_variables(self, expression: Basic, text: str) -> Basic:
        """A formula with df/dx as the derivative of f(x), although f(a) was what was defined.

        Args:
            expression: the formula; f without arguments was read as f(a).
            text: as it is written, which tells whether f stands without arguments.
        """

        def meant(node: Basic) -> Basic:
            if type(node) is Apply:
                return self._of_power(node)
            if type(node) is not D or type(node.args[0]) is not Apply:
                return node
            call, variable = node.args
            function = self._functions.get(str(call.args[0]))
            if function is not None and function.definition is None:
                return _by_entry(node, text)
            if function is None or call.args[1:] != function.parameters:
                return node
            (parameter, *others) = function.parameters
            known = others or variable is parameter or not isinstance(variable, Symbol)
            known = known or parameter in self._depends.get(variable, ())
            if known or re.search(rf"{re.escape(function.name)}\s*(?:\\left)?\s*\(", text):
                return node
            return D(Apply(call.args[0], variable), variable)

        return transform(expression, meant) if self._functions else expression

    def _of_power(self, call: Basic) -> Basic:
        """L(m, s^2) as L(m, s), where s is a parameter of L: it is defined with s^2 there."""
        function = self._functions.get(str(call.args[0]))
        known = function is not None and function.name in self.of_powers
        if function is None or not known or len(function.parameters) != len(call.args) - 1:
            return call
        pairs = zip(function.parameters, call.args[1:], strict=True)
        return Apply(
            call.args[0],
            *(own if type(each) is Power and each.args[0] is own else each for own, each in pairs),
        )

    def declares_matrix(self, names: Collection[str]) -> bool:
        """Whether the document says of one of some names that it is a matrix."""
        return any(
            name in names and ONE not in (array.rows, array.columns)
            for (name, _), array in self._arrays.items()
        )

    def is_defined(self, name: str) -> bool:
        """Whether it has been said what a function is."""
        function = self._functions.get(name)
        return function is not None and function.definition is not None

    def is_unknown(self, name: str) -> bool:
        """Whether a function is one of which the document has not said what it is."""
        return not self.is_function(name) and not self.is_defined(name)

    @property
    def functions(self) -> Collection[str]:
        """The functions that the document introduces."""
        return self._functions.keys()

    @property
    def letters(self) -> Mapping[str, Collection[str]]:
        """The letters in what names were said to be."""
        return {str(name): {str(each) for each in by} for name, by in self._depends.items()}

    def parameters_of(self, name: str) -> tuple[Symbol, ...]:
        """What a function depends on that is written without arguments and not defined yet."""
        function = self._functions.get(name)
        return () if function is None or self.is_defined(name) else function.parameters

    def restates(self, name: str, letters: Collection[str]) -> bool:
        """Whether f = u^4 says again what f(x) is, with u for some of what it is made of.

        Args:
            name: f.
            letters: the names on the right side.
        """
        function = self._functions.get(name)
        if function is None or function.definition is None:
            return False
        return any(
            str(inner) in letters and not by.keys().isdisjoint(function.parameters)
            for inner, by in self._depends.items()
        )

    def knows(self, name: str) -> bool:
        """Whether a function of that name has been introduced."""
        return name in self._functions

    def may_define(self, name: str) -> bool:
        """Whether a name has not been met, so that a row may introduce it."""
        return name not in self.met and name not in self.scope.names

    def call(self, found: Mapping[str, Sequence[str]]) -> None:
        """Learn that some names are functions, from how they are written."""
        for name, parameters in found.items():
            if name not in self._functions and not self.is_function(name):
                if name.endswith("_"):
                    self.forget(name[:-1])  # g_i(x) is no call of g
                symbols = tuple(symbol(parameter) for parameter in parameters)
                self._learn(Function(name, symbols))

    def declare_arrays(self, arrays: Iterable[ArrayName]) -> None:
        """Learn the shapes that a document gives; what was declared before it stays."""
        known = self.scope.arrays.keys() | self.scope.names
        for array in arrays:
            if array.name not in known:
                self._arrays.setdefault((array.name, array.family), array)

    def scope_with_arrays(self, whole: Collection[str]) -> Scope:
        """The scope with the vectors and matrices whose shapes the document gives.

        They are arrays only where a formula has signs of arrays: a name may stand for a number
        in one paragraph and for a vector in the next.

        Args:
            whole: the names that stand somewhere without a subscript; x_i is an entry of these.
        """
        arrays = [
            array
            for (name, family), array in self._arrays.items()
            if name not in self._functions
            and not ((name, not family) in self._arrays and family == (name in whole))
        ]
        return self.scope.with_arrays(*arrays) if arrays else self.scope

    def define(self, definition: Definition) -> None:
        """Learn a definition; it goes before an older one of the same name."""
        self.met.add(definition.name)
        if not definition.parameters and definition.body is not None:
            self._depends[symbol(definition.name)] = _letters_of(definition.body)
            if is_symmetric(definition.body):
                self.symmetric.add(definition.name)
        if definition.parameters and not self.is_function(definition.name):
            self._learn(
                Function(definition.name, definition.parameters, definition=definition.body)
            )

    def _learn(self, function: Function) -> None:
        self._functions[function.name] = function
        names = self.scope.names - {function.name}
        self.scope = replace(self.scope, names=names).with_functions({function.name: function})

    def meet(self, expression: Basic) -> None:
        """Remember the names of a formula."""
        self.met.update(str(name) for name in free_symbols(expression))


def _letters_of(root: Basic) -> Mapping[Basic, None]:
    """The letters of an expression; those that stand for vectors and matrices, too."""
    arrays = (symbol(node.name) for node in postorder(root) if isinstance(node, ArrayName))
    return {**free_symbols(root), **dict.fromkeys(arrays)}


def _by_entry(node: Basic, text: str) -> Basic:
    """∂f/∂u_i as the derivative of f(u), although f(x) was what f was called with."""
    call, variable = node.args
    whole = call.args[1] if len(call.args) == 2 else None
    if type(whole) is not Entries or type(variable) is not At:
        return node
    vector, other = whole.args[0], variable.args[0]
    if not isinstance(vector, ArrayName) or not isinstance(other, (ArrayName, Symbol)):
        return node
    written = re.search(rf"(?<![A-Za-z]){re.escape(str(call.args[0]))}\s*(?:\\left)?\s*\(", text)
    if vector is other or str(other) == vector.name or written:
        return node
    if isinstance(other, Symbol):
        other = array_name(other.name, vector.rows)
    return D(Apply(call.args[0], Entries(other)), At(other, *variable.args[1:]))


def _is_logarithm(name: str) -> bool:
    """Whether a name is that of a logarithm to some base: log_2."""
    return re.fullmatch(r"log_\d+", name) is not None


def called(words: Sequence[Word], spaced: bool = False) -> dict[str, tuple[str, ...]]:
    """The names that can only be functions as they stand there, with names for their arguments.

    A name right before a bracket with several arguments is one, and one before a bracket in
    which there is nothing but a name, J(θ): nobody writes a product so.

    Args:
        words: the words of a formula.
        spaced: whether a space before the bracket means nothing, as in LaTeX.
    """
    found: dict[str, tuple[str, ...]] = {}
    for position, word in enumerate(words[:-2]):
        name = plain_name(word.text)
        after = position + 1
        family: tuple[str, ...] = ()
        if word.kind not in _HEADS or len(word.text) > 24 or word.text[-1].isdigit():
            continue
        if _is_denominator(words, position):
            continue
        if words[after].kind == "SUBSCRIPT" and after + 1 < len(words):
            subscript = subscript_text(words[after].text)
            if subscript.isdigit():
                name = f"{name}_{subscript}"
            elif len(subscript) == 1 and subscript in INDEX_LETTERS:
                name, family = f"{name}_", (subscript,)
            after += 1  # f_{s,b}(a): the letters of the subscript stay fixed
        derived = words[after].kind == "PRIME" and after + 1 < len(words)
        after += derived
        if words[after].text != "(" or name == "d":
            continue
        arguments = _arguments(words, after)
        apart = words[after].start != words[after - 1].end
        if arguments is None or (apart and not spaced and len(name) == 1):
            continue
        if any(map(_is_dots, arguments)):
            # f(x_1, …, x_m) is a function of the vector x
            found.setdefault(name, (*family, plain_name(arguments[0][0].text)))
            continue
        plain = all(map(_is_name, arguments)) and plain_name(arguments[0][0].text) != name
        if derived and not plain:
            continue  # f'(2) does not say of what f is a function
        if len(arguments) > 1 or plain:
            parameters = (*family, *_parameters(arguments))
            if plain and len(arguments) == 1 and is_made_up(found.get(name, ())):
                found[name] = parameters
            found.setdefault(name, parameters)
    return found


def _is_dots(argument: Sequence[Word]) -> bool:
    return argument[0].kind == "DOTS"


def is_made_up(parameters: Sequence[str]) -> bool:
    """Whether a parameter got a name because what stood there was none."""
    return any(name.startswith("t_") for name in parameters)


def vector_calls(words: Sequence[Word]) -> dict[str, str]:
    """The names that are called with dots, f(x_1, …, x_m), and how many entries there are: m."""
    found: dict[str, str] = {}
    for position, word in enumerate(words[:-2]):
        after = position + 1
        if word.kind not in _HEADS:
            continue
        name = plain_name(word.text)
        if words[after].kind == "SUBSCRIPT" and after + 1 < len(words):
            index = subscript_text(words[after].text)
            name = f"{name}_" if index in tuple(INDEX_LETTERS) else name
            after += 1
        arguments = _arguments(words, after) if words[after].text == "(" else None
        if arguments is None or not any(map(_is_dots, arguments)):
            continue
        last = arguments[-1]
        size = next((subscript_text(each.text) for each in last if each.kind == "SUBSCRIPT"), "")
        if size.isalnum():
            found.setdefault(name, size)
    return found


def _is_denominator(words: Sequence[Word], position: int) -> bool:
    """Whether a name is the x of d/dx or ∂/∂x, in one word with its d or behind it."""
    before = [word.text for word in words[max(0, position - 2) : position]]
    if before[-1:] == ["/"]:
        return words[position].text.startswith(("d", "∂"))
    return len(before) == 2 and before[0] in ("/", "{") and before[1] in ("d", "∂")


def _is_name(argument: Sequence[Word]) -> bool:
    """Whether an argument is a name, perhaps with a subscript."""
    if argument[0].kind not in _HEADS:
        return False
    return len(argument) == 1 or (len(argument) == 2 and argument[1].kind == "SUBSCRIPT")


def arities(words: Sequence[Word]) -> dict[str, set[int]]:
    """With how many arguments the names right before a bracket are called, if they are."""
    found: dict[str, set[int]] = {}
    for position, word in enumerate(words[:-2]):
        after = position + 1
        family = False
        if word.kind in _HEADS and words[after].kind == "SUBSCRIPT":
            family = subscript_text(words[after].text) in tuple(INDEX_LETTERS)
            after += 1
        if word.kind in _HEADS and after < len(words) and words[after].text == "(":
            arguments = _arguments(words, after)
            if arguments is not None:
                name = plain_name(word.text)
                key, count = (f"{name}_", 1) if family else (name, 0)
                given = 1 if any(map(_is_dots, arguments)) else len(arguments)
                found.setdefault(key, set()).add(given + count)
    return found


def entries_alone(formulas: Iterable[Sequence[Word]]) -> set[str]:
    """The names that stand with an index and no bracket behind it: p_k is no call of p."""
    found: set[str] = set()
    for words in formulas:
        for position, word in enumerate(words[:-1]):
            after = words[position + 1]
            if word.kind not in _HEADS or after.kind != "SUBSCRIPT":
                continue
            following = words[position + 2].text if position + 2 < len(words) else ""
            index = subscript_text(after.text)
            if following != "(" and len(index) == 1 and index in INDEX_LETTERS:
                found.add(plain_name(word.text))
    return found


def primed_names(
    chains: Sequence[Sequence[Source]],
    functions: Collection[str],
    elementary: Collection[str],
    before: Mapping[str, str],
    defined: Mapping[str, Collection[str]],
) -> dict[str, str]:
    """The names with a prime and nothing behind it, y', with what they depend on.

    That is the only variable by which anything is differentiated beside them, or that stands in
    what they are said to be: x of u = x^2, u' = 2x.  Else it is what it was in the derivations
    before, or what is usual: of (uv)' = u'v + uv' the letters are functions of x.  Where there
    are several, it is x if that is one of them, or t; else nothing is known.

    Args:
        chains: the formulas of each chain of a derivation.
        functions: the names of the functions that are known.
        elementary: the names of functions such as sin, which are no variables.
        before: what primed names depended on in derivations before.
        defined: the letters in what names were said to be: x of "with u = x^2".
    """
    sources = [source for chain in chains for source in chain]
    primed = {plain_name(name) for source in sources for name in _PRIMED.findall(source.text)}
    primed |= {name for name in before if any(_is_primed(name, source) for source in sources)}
    primed -= set(functions)
    if not primed:
        return {}
    none = primed | {"e", "pi", "d"} | set(elementary)
    variables = {plain_name(name) for source in sources for name in VARIABLE.findall(source.text)}
    for chain in chains:
        if len(chain) > 1 and plain_name(chain[0].text.strip()) in primed:
            variables |= _letters(chain[1]) - none
    if not variables:
        variables = set[str]().union(*(defined.get(name, ()) for name in primed)) - none
    variables -= primed
    if not variables:
        variables = {before[name] for name in primed if name in before}
        if not variables and primed <= set(USUALLY_PRIMED):
            letters = set[str]().union(*map(_letters, sources))
            usual_there = (name for name in _USUAL if name in letters)
            variables = {next(usual_there, _USUAL[0])}
    usual = [name for name in _USUAL if name in variables] if len(variables) > 1 else variables
    return dict.fromkeys(primed, next(iter(usual))) if usual else {}


def _is_primed(name: str, source: Source) -> bool:
    """Whether a prime stands behind a name that is known to be a letter: the v of uv'.

    A bracket behind f' holds what f is a function of.
    """
    called = "" if name in DEPENDENT or len(name) > 1 else r"(?! ?\()"
    return re.search(rf"{re.escape(name)}['′]{called}", source.text) is not None


def _letters(source: Source) -> set[str]:
    return {plain_name(letter) for letter in _LETTER.findall(source.text)}


def names_alone(words: Sequence[Word]) -> set[str]:
    """The names that stand somewhere without a subscript."""
    kinds = [word.kind for word in words]
    return {
        plain_name(word.text)
        for position, word in enumerate(words)
        if word.kind in _HEADS
        and kinds[position + 1 : position + 2] not in (["SUBSCRIPT"], ["INDEX_OPEN"])
    }


def _arguments(words: Sequence[Word], opening: int) -> list[list[Word]] | None:
    """The words of each argument of the bracket that opens at a position."""
    depth = 0
    parts: list[list[Word]] = [[]]
    for word in words[opening:]:
        if word.kind in ("OPEN", "INDEX_OPEN"):
            depth += 1
            if depth == 1:
                continue
        elif word.kind == "CLOSE":
            depth -= 1
            if depth == 0:
                return parts if all(parts) else None
        if depth == 1 and word.kind == "COMMA":
            parts.append([])
        elif depth == 1 and word.kind == "SEMICOLON":
            return None
        else:
            parts[-1].append(word)
    return None


def _parameters(arguments: Sequence[Sequence[Word]]) -> tuple[str, ...]:
    """A name for each parameter: the argument itself if it is one name."""
    found: list[str] = []
    for argument in arguments:
        name = ""
        if argument[0].kind in _HEADS and len(argument) <= 2:
            name = plain_name(argument[0].text)
            if len(argument) == 2:
                subscripted = argument[1].kind == "SUBSCRIPT"
                name = f"{name}_{subscript_text(argument[1].text)}" if subscripted else ""
        if not name or name in found:
            name = f"t_{len(found) + 1}"
        found.append(name)
    return tuple(found)
