"""Which names the reader knows: functions, constants, indices, declared variables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from sympy import Integer, Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    At,
    Delta,
    E,
    FunctionName,
    Hull,
    ImplicitName,
    Interval,
    Node,
    Product,
    Singleton,
    Subdifferential,
    Total,
    function_name,
    integer,
    pi,
    raised_name,
    symbol,
)
from derivex.expression.array_nodes import ArrayName, Identity
from derivex.expression.functions import Function
from derivex.notation.array_functions import ARRAY_FUNCTIONS
from derivex.notation.characters import GREEK_LETTERS, GREEK_NAMES, lowered
from derivex.notation.scope import Scope

__all__ = [
    "CONSTANTS",
    "ORDERS",
    "OVER_INDEX",
    "INDEX_LETTERS",
    "SET_MAKERS",
    "UNKNOWN_FUNCTIONS",
    "KnownFunction",
    "Vocabulary",
    "one_by_one",
    "subscript_text",
    "words_for",
]

CONSTANTS: dict[str, Basic] = {"e": E, "pi": pi}
"""Names that are constants unless they are declared."""

UNKNOWN_FUNCTIONS = frozenset("fgh")
"""Letters that are functions of which nothing is known where a bracket follows."""

ORDERS = frozenset(("n", "m", "nu"))
"""Letters that are the order of a function in its subscript: n of the Bessel function J_n(x)."""
INDEX_LETTERS = "ijklmn"
"""Letters that are indices as subscripts wherever they stand."""
OVER_INDEX: dict[str, type[Node]] = {
    **dict.fromkeys(("sum", "Σ", "∑"), Total),
    **dict.fromkeys(("prod", "Π", "∏"), Product),
}
"""The signs and words for sums and products over an index."""
# The notation itself has signs for these (√ and |…|), so they need not be in any table.
_ALWAYS: dict[str, int | None] = {"sqrt": 1, "abs": 1}

SET_MAKERS: dict[str, type[Node]] = {
    "subdifferential": Subdifferential,
    "set": Singleton,
    "interval": Interval,
    "hull": Hull,
}
"""Sets as rule files write them: set(1), interval(-1, 1), hull(u, v), subdifferential(u, x)."""
_SET_ARITIES = {"subdifferential": 2, "set": 1, "interval": 2, "hull": None}


def _without_rule(scope: Scope, arrays_written: bool) -> dict[str, int | None]:
    """The functions that no rule file defines, with the numbers of their arguments."""
    if not (scope.arrays or scope.rules or scope.sets or arrays_written):
        return _ALWAYS
    arrays = ARRAY_FUNCTIONS if scope.arrays or arrays_written else {}
    sets = _SET_ARITIES if scope.rules or scope.sets else {}
    return {**_ALWAYS, **arrays, **sets}


def words_for(binder: type[Node]) -> tuple[str, str]:
    """How a sum or product over an index is typed, and what it is called.

    >>> words_for(Total)
    ('sum', 'sum')
    """
    return ("prod", "product") if binder is Product else ("sum", "sum")


class KnownFunction(NamedTuple):
    """A function that may be applied: its stored name, its arity if that is known.

    ``places`` are the arguments that it is derived in, as in f′ and ∂₂f; ``worked_out`` says
    that such a derivative is one to be worked out, as that of sin is.  ``quantity`` is the
    name with what it depends on, y(x), where it is also written without.  ``along`` says that a
    direction follows its arguments, as in f′(x, y; 3, 4); ``subscripted`` that its first argument
    is its subscript, as in J_0(x); ``whole`` that it makes a number of a whole vector.
    """

    name: str
    arity: int | None
    function: Function | None
    places: tuple[int, ...] = ()
    worked_out: bool = False
    quantity: str = ""
    along: bool = False
    subscripted: bool = False
    whole: bool = False

    @property
    def head(self) -> FunctionName:
        """What stands for the function in the tree."""
        if self.quantity:
            return cast(FunctionName, ImplicitName(self.quantity))
        return function_name(self.name)


class Vocabulary:
    """The names that are known while one text is read.

    Args:
        scope: what is declared.
        arrays_written: whether there are vectors or matrices written out by their entries.
    """

    def __init__(self, scope: Scope, arrays_written: bool = False):
        self.scope = scope
        self.declared = scope.names | scope.data
        self.known: set[str] = {*self.declared, *scope.seen}
        """Declared names and those that stand alone elsewhere in the text."""
        self.bare: set[str] = set()
        """Names that stand somewhere in the text without a bracket after them."""
        self.bound: set[str] = set()
        """Indices that some Σ of the text runs over."""
        self.counting: set[str] = set()
        """Those that count powers, as in Σ_{n=0}^∞ x^n: no data begin with 0, or go on for ever."""
        self.quantities: set[str] = set()
        """Declared functions that stand somewhere without their arguments: y for y(x)."""
        self.with_gradient: set[str] = set()
        """Functions whose gradient is taken somewhere, so that they make numbers: f of ∇f(x)."""
        self.raised: set[str] = set()
        """Names that have an index above somewhere: x of x⁽ⁱ⁾."""
        self.entries: dict[str, set[int]] = {
            name: set(counts) for name, counts in scope.indexed.items()
        }
        """Names that have an index somewhere, with how many: a of a_i, whatever i is called."""
        self._without_rule = _without_rule(scope, arrays_written)

    def function(self, name: str) -> KnownFunction | None:
        """The known function of that name or alias; a declared variable hides it."""
        if name in self.declared and name not in self.scope.functions:
            return None
        known = self._known(name)
        if name in self.quantities and known is not None and known.function is not None:
            named = ",".join(map(str, known.function.parameters))
            return known._replace(quantity=f"{name}({named})")
        return known

    def by_subscript(self, name: str) -> KnownFunction | None:
        """The function that takes its first argument as a subscript, as J does in J_0(x)."""
        known = None if name in self.declared else self._known(f"{name}_")
        if known is None or known.arity is None:
            return None
        return known._replace(arity=known.arity - 1, subscripted=True)

    def is_order(self, name: str, subscript: str) -> bool:
        """Whether a subscript is an order: 0 or n in J_0(x), J_n(x); J_i(x) is another J."""
        given = f"{name}_" in self.scope.given
        return subscript.isdigit() or subscript in ORDERS or len(name) > 1 or given

    def order(self, subscript: str) -> Basic | None:
        """The number or letter that the subscript of a function is: 2 in log_2, n in J_n."""
        if subscript.isdigit():
            return integer(int(subscript))
        if subscript.isalpha() and (len(subscript) == 1 or subscript in GREEK_NAMES):
            return self.leaf(subscript)
        return None

    def needs_brackets(self, name: str) -> bool:
        """Whether a name is a function only with a bracket right behind it.

        So are Greek letters, which are variables more often (γ, σ), and two letters that may as
        well be a product (Si).
        """
        known = self.function(name)
        if known is None or known.function is None:
            return False
        if name in self.scope.functions and known.name != name:
            return False  # the text has σ′: it speaks of the function
        if name in GREEK_NAMES:
            return known.function.means is not None or known.name != name
        return len(name) == 2 and known.name == name and known.function.means is not None

    def _known(self, name: str) -> KnownFunction | None:
        function = self.scope.functions.get(name)
        if function is None:
            if name in self._without_rule:
                return KnownFunction(name, self._without_rule[name], None)
            function = self.scope.aliases.get(name)
            if function is None:
                return None
        arity = None if function.variadic else len(function.parameters)
        unknown = function.definition is None and function.means is None
        whole = unknown and self.takes_whole(name)
        return KnownFunction(function.name, arity, function, whole=whole)

    def takes_whole(self, name: str) -> bool:
        """Whether an unknown function makes a number of a vector, rather than a vector."""
        return self.scope.whole or name in self.with_gradient

    def function_names(self) -> list[str]:
        """The names and aliases of all known functions."""
        names = (*self._without_rule, *self.scope.functions, *self.scope.aliases)
        return [name for name in dict.fromkeys(names) if name[-1] != "_"]

    def nearest_function(self, name: str) -> str | None:
        """The known function whose name looks most like this one."""
        import difflib  # needed for this error only

        near = difflib.get_close_matches(name[:40], self.function_names(), n=5)
        return min(near, key=lambda known: abs(len(known) - len(name)), default=None)

    def constant(self, name: str) -> Basic | None:
        """π or e, where that name is not declared."""
        return None if name in self.declared else CONSTANTS.get(name)

    def is_known(self, name: str) -> bool:
        """Whether a name means something by itself here."""
        return name in self.known or name in GREEK_NAMES or name in CONSTANTS

    def leaf(self, name: str) -> Basic:
        """The symbol of that name, or the constant."""
        constant = self.constant(name)
        return self.base(name) if constant is None else constant

    def parameters(self, function: Function) -> tuple[Basic, ...]:
        """The parameters of a function, as their names are read here: x is a vector of Aᵀx."""
        return tuple(
            each if isinstance(each, ArrayName) else self.base(each.name)
            for each in function.parameters
        )

    def base(self, name: str) -> Basic:
        """What has entries under a name: an array that is declared, or a symbol."""
        return self.scope.arrays.get(name) or symbol(name)

    def subscripted(self, name: str, subscript: str) -> Basic:
        """A name with a subscript: an entry such as a_i, or one symbol such as x_1.

        Args:
            name: the name before the subscript, as stored.
            subscript: what :func:`subscript_text` makes of the written one.
        """
        if name == "I" and self.scope.arrays and "I" not in self.declared:
            return Identity(integer(int(subscript)) if subscript.isdigit() else symbol(subscript))
        indices = self._indices(name, subscript)
        if indices:
            return self.indexed(self.base(name), *indices)
        return symbol(f"{name}_{subscript}")

    def indexed(self, base: Basic, *indices: Basic) -> Basic:
        """A base with indices: an entry, or Kronecker's δ with two unless δ is declared.

        >>> Vocabulary(Scope()).indexed(symbol("delta"), symbol("i"), symbol("k"))
        Delta(i, k)
        """
        if len(indices) == 2 and base is symbol("delta") and "delta" not in self.declared:
            return Delta(*indices)
        return At(base, *indices)

    def _indices(self, name: str, subscript: str) -> list[Basic]:
        """The indices that a subscript consists of; none if it is a part of the name."""
        parts = subscript.split(",")
        array = self.scope.arrays.get(name)
        if array is not None and subscript.isdigit() and len(subscript) == 2:
            parts = list(subscript) if array.columns is not ONE else parts  # M_12
        found: list[Basic] = []
        beside = self._beside_bound(name, subscript, parts)
        for part in parts:
            letters = part.rstrip("0123456789")
            digits = part[len(letters) :]
            if letters and not beside and not self._are_indices(name, letters):
                return []
            found.extend(symbol(letter) for letter in letters)
            if digits:
                found.append(integer(int(digits)))
        has_entries = self._has_entries(name) or array is not None
        if len(parts) == 1 and subscript.isdigit() and not has_entries:
            return []
        return found

    def _beside_bound(self, name: str, subscript: str, parts: Sequence[str]) -> bool:
        """Whether a sum runs over one letter of x_pj or x_{p,j}: then all of them are indices."""
        letters = parts if len(parts) > 1 else list(subscript)
        return (
            1 < len(letters) <= len(parts) + (len(parts) == 1)
            and all(len(letter) == 1 for letter in letters)
            and any(letter in self.bound for letter in letters)
            and f"{name}_{subscript}" not in self.declared
        )

    def _has_entries(self, name: str) -> bool:
        return name in self.scope.data or 1 in self.entries.get(name, ())

    def above(self, name: str, index: Basic, subscript: str | None) -> Basic:
        """An entry with its index above; a subscript is a further index, or a part of the name.

        >>> Vocabulary(Scope()).above("x", symbol("i"), "1")
        At(x, i, 1)
        """
        array = self.scope.arrays.get(name)
        # x⁽ⁱ⁾ is another way to write x_i where there is one vector for each i.
        base = array if array is not None and array.family else raised_name(name)
        if subscript is None:
            return At(base, index)
        further = self._indices(name, subscript)
        if not further and subscript.isdigit():
            further = [integer(int(subscript))]
        if further:
            return At(base, index, *further)
        return At(raised_name(f"{name}_{subscript}"), index)

    def note_entry(self, name: str, subscript: str) -> None:
        """Remember how many indices a name has, where its subscript consists of indices."""
        found = self._indices(name, subscript)
        if found:
            self.entries.setdefault(name, set()).add(len(found))

    def _are_indices(self, name: str, letters: str) -> bool:
        has_entries = name in self.scope.data or name in self.scope.arrays
        if len(letters) == 1 and has_entries and letters.isascii():
            return True
        if all(letter in self.bound for letter in letters):
            return True
        if len(letters) <= 2 and len(letters) in self.entries.get(name, ()) and letters.isascii():
            return True
        # x_min is a name: three letters are indices only in the order of the alphabet.
        return letters in INDEX_LETTERS or (
            len(letters) == 2 and all(letter in INDEX_LETTERS for letter in letters)
        )


def one_by_one(indices: Sequence[Basic]) -> str | None:
    """Indices as they can be written together in a subscript: ij, i1; None where they cannot.

    What is written so is read back as the same indices.

    >>> one_by_one([symbol("i"), integer(2)]), one_by_one([integer(2), symbol("i")])
    ('i2', None)
    """
    *letters, last = indices
    written = "".join(each.name if isinstance(each, Symbol) else "," for each in letters)
    if isinstance(last, Symbol):
        written += last.name
        if len(indices) == 1:
            return written if len(written) == 1 else None
    elif isinstance(last, Integer) and letters:
        written += str(last.p)
    else:
        return None
    run = written.rstrip("0123456789")
    together = run in INDEX_LETTERS or (len(run) == 2 and all(one in INDEX_LETTERS for one in run))
    return written if together and len(run) == len(indices) - (run != written) else None


def subscript_text(written: str) -> str:
    """A subscript without its marks: ``_{i, j}`` is ``i,j``, ``₁`` is ``1``, θ is spelled out."""
    text = lowered(written).removeprefix("_").strip("{}").replace(" ", "")
    return text if text.isascii() else "".join(GREEK_LETTERS.get(one, one) for one in text)
