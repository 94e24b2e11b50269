"""Is a misconception one?  At the point that its stanza states, its two sides must differ.

One that leads from an equation to another needs a point at which the first holds, and the second
does not.

The point says what the letters stand for and which values the names in it have: ``fails at
u = x, v = x, x = 2`` puts x for u and v, and compares both sides at x = 2.  Entries are given one
by one (``a_1 = 1, a_2 = 3``), ``n = 2`` is the number of data, and of arrays the sizes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from flint import acb
from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality.arrays import Array, entries_of
from derivex.equality.balls import PRECISIONS, Balls, precision
from derivex.equality.clock import worked
from derivex.equality.pair import Pair
from derivex.equality.rings import UndefinedError, UnsupportedError
from derivex.equality.sampling import Point
from derivex.equality.sizes import sizes_of, with_sizes
from derivex.equality.surroundings import TimeUpError
from derivex.equality.survey import survey
from derivex.equality.unfolding import unfolded
from derivex.equality.values import agreement, value_text
from derivex.errors import Place, ReadError, RuleError
from derivex.expression import Apply, At, Equation, number, substitute, symbol, value_of
from derivex.expression.array_nodes import ArrayName
from derivex.expression.data import COUNT
from derivex.expression.functions import Functions
from derivex.matching import Context
from derivex.notation import Scope, read_text
from derivex.rulebook.findings import Finding, shown, with_minus
from derivex.rulebook.form import Form
from derivex.rulebook.instances import Bindings, assemble
from derivex.rulebook.roles import roles_of
from derivex.rulebook.said import pieces_of

__all__ = ["check_misconception_form"]

_SECONDS = 5.0
_DIGITS = 6
_ENTRY = re.compile(r"(\w+)_(\d+)")
_CLAUSE = re.compile(r"\s*(?P<name>[^=]+?)\s*=\s*(?P<value>.+?)\s*")


def check_misconception_form(form: Form, functions: Functions) -> Finding:
    """Test one form of a misconception at its point."""
    try:
        return _Checker(form, functions).finding()
    except RuleError as error:
        return Finding(form.rule, "wrong", 0, (error,))


class _Checker:
    def __init__(self, form: Form, functions: Functions):
        self.form = form
        self.functions = functions
        self.roles = roles_of(form.before, form.letters)
        assert form.fails is not None
        self.text, offset = form.fails
        source = form.place.source
        self.place = Place(source, offset, offset + len(self.text), form.place.name)
        arrays = (form.letters.arrays or {}).values()
        self.scope = Scope(functions=functions, rules=True).with_arrays(*arrays)
        self.bindings: Bindings = {}
        self.values: dict[Symbol, Fraction] = {}
        self.entries: dict[tuple[Basic, tuple[int, ...]], Fraction] = {}

    def finding(self) -> Finding:
        """What the point shows.

        Raises:
            RuleError: it shows nothing.
        """
        for piece in pieces_of(self.form, self.functions):
            if isinstance(piece, RuleError):
                raise piece
        for clause in self._clauses():
            self._read(*clause)
        self._complete()
        before = assemble(self.form, self.bindings)
        context = Context(functions=self.functions)
        unknown = self.form.letters.unknown
        chosen = None if unknown is None else symbol(unknown)
        slots = self.form.match(before, context, chosen)
        if slots is None:
            raise self._error(
                f"the misconception {self.form.rule.name} does not apply to {shown(before)}",
                "change the point, or the left-hand side and the conditions",
            )
        after = self.form.build(slots, context)
        if type(before) is Equation:
            left, right = self._sides(*before.args)
            if left != right:
                raise self._error(
                    f"{shown(before)} does not hold at this point: {with_minus(left)} is not "
                    f"{with_minus(right)}",
                    "choose a point at which the first equation holds, and the second does not",
                )
            left, right = self._sides(*after.args)
        else:
            left, right = self._sides(before, after)
        if left == right:
            raise self._error(
                f"the misconception {self.form.rule.name} does not fail at its point: "
                f"both sides are {with_minus(left)}",
                "choose a point at which the two sides differ",
            )
        shows = f"fails as it says: {with_minus(left)} is not {with_minus(right)}"
        return Finding(self.form.rule, "proven", 1, shows=shows)

    # -- reading the point -----------------------------------------------------------------

    def _clauses(self) -> Iterator[tuple[str, str]]:
        depth, begin = 0, 0
        for position, sign in enumerate(self.text + ","):
            depth += (sign in "([{") - (sign in ")]}")
            if sign == "," and depth == 0:
                found = _CLAUSE.fullmatch(self.text[begin:position])
                if found is None:
                    raise self._error("the point is not written as name = value, …")
                yield found.group("name"), found.group("value")
                begin = position + 1

    def _read(self, name: str, text: str) -> None:
        letter, value = self._expression(name), self._expression(text)
        amount = value_of(value)
        if type(letter) is Apply and self.form.letters.is_context(letter):
            self.bindings[name.replace(" ", "")] = value
        elif isinstance(letter, (Symbol, ArrayName)) and letter.name in self.roles.values:
            self.bindings[letter.name] = value
        elif amount is not None and isinstance(letter, Symbol):
            self.values[letter] = amount
            if entry := _ENTRY.fullmatch(letter.name):  # a_1, where nothing says that a is data
                self.entries[symbol(entry.group(1)), (int(entry.group(2)),)] = amount
        elif amount is not None and type(letter) is At:
            indices = tuple(value_of(index) for index in letter.args[1:])
            base = symbol(str(getattr(letter.args[0], "name", letter.args[0])))
            self.entries[base, tuple(int(each or 0) for each in indices)] = amount
        else:
            raise self._error(f"{name} is neither a letter of the rule nor something with a value")

    def _expression(self, text: str) -> Basic:
        try:
            return read_text(text, self.scope).expression
        except ReadError as error:
            raise self._error(f"“{text}” cannot be read: {error.message}") from None

    def _complete(self) -> None:
        """What is not said stands for itself; letters with dots stand for two operands."""
        for name in (*self.form.letters.slots, *self.roles.values):
            if name.endswith(")"):
                inner = name.partition("(")[2][:-1]
                around, inside = self.bindings.get(name), self.bindings.get(inner)
                if isinstance(around, Basic) and isinstance(inside, Basic):
                    self.bindings[name] = substitute(around, {symbol(inner): inside})
            elif name in self.roles.repeated:
                self.bindings[name] = self._several(name)
            elif name in self.roles.values and name not in self.bindings:
                arrays = self.form.letters.arrays or {}
                self.bindings[name] = arrays.get(name, symbol(name))

    def _several(self, name: str) -> tuple[Basic, ...]:
        found = self.bindings.get(name)
        if found is None:
            raise self._error(f"{name} stands for several operands: write {name} = x + 1")
        return found if isinstance(found, tuple) else found.args

    # -- comparing -------------------------------------------------------------------------

    def _sides(self, before: Basic, after: Basic) -> tuple[str, str]:
        """The values of both sides; shapes, where these differ."""
        try:
            roots = [before, after]
            given = {name: number(value) for name, value in self.values.items()}
            sizes = {
                name: given.get(name, size)
                for name, size in sizes_of(roots).items()
                if name is not COUNT
            }
            if self.form.letters.arrays is not None:
                roots = with_sizes(roots, sizes)
            tables = [entries_of(root) for root in roots]
            shapes = [each.shape if isinstance(each, Array) else () for each in tables]
            if shapes[0] != shapes[1]:
                return _shape_text(shapes[0]), _shape_text(shapes[1])
            lists = [
                [entry for row in each.rows for entry in row] if isinstance(each, Array) else [each]
                for each in tables
            ]
            return self._values(lists)
        except UnsupportedError as error:
            raise self._error(f"no values can be compared: {error}") from None
        except (UndefinedError, TimeUpError):
            raise self._error("at this point one of the sides has no value") from None

    def _values(self, lists: list[list[Basic]]) -> tuple[str, str]:
        lefts, rights = (unfolded(roots, self.functions) for roots in lists)
        found = survey([*lefts, *rights])
        missing = [name.name for name in found.names if name not in self.values]
        if missing:
            raise self._error(f"the point does not say what {missing[0]} is")
        count = self.values.get(COUNT)
        if found.counts and count is None:
            raise self._error(f"the point does not say what {COUNT}, the number of data, is")
        pair = Pair(lefts, rights, found, {}, worked() + _SECONDS)
        point = Point(
            {name: self.values[name] for name in found.names},
            None if count is None else int(count),
            self.entries,
        )
        given = set(self.entries)
        with precision(PRECISIONS[-1]):
            values = pair.values(pair.balls if found.imaginary else Balls(real=True), point)
            unsaid = [key for key in point.entries if key not in given]
            if unsaid:
                name, indices = unsaid[0]
                entry = f"{name}[{', '.join(map(str, indices))}]"
                raise self._error(f"the point does not say what {entry} is")
            texts: list[tuple[str, str]] = []
            for left, right in zip(values[: pair.width], values[pair.width :], strict=True):
                how = agreement(left, right, PRECISIONS[-1])
                if how == "undefined":
                    raise UndefinedError("no value")
                assert isinstance(left, acb) and isinstance(right, acb)
                texts.append((value_text(left, _DIGITS), value_text(right, _DIGITS)))
                if how == "differ":
                    return texts[-1]
        return texts[0][0], texts[0][0]

    def _error(self, message: str, hint: str | None = None) -> RuleError:
        return RuleError(message, self.place, hint)


def _shape_text(shape: tuple[int, ...]) -> str:
    return f"a {shape[0]} × {shape[1]} matrix" if shape else "a number"
