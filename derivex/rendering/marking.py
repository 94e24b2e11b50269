"""Marks: what each line or equation rewrites, and what stands in its place where it leads.

A mark belongs to one occurrence of a node, and nodes are shared by all their occurrences.  So
the expression of a marked line is a copy in which what is marked, and all that holds it, are
nodes of their own: of the same kinds, with the same operands, and not interned.  The writers
treat them like any others, so that a mark never changes what is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MemberDescriptorType
from typing import Any, Protocol

from sympy import Integer, Symbol
from sympy.core.basic import Basic

from derivex.expression import And, Branch, Equation, Negative, Node, Over, Plus, Times
from derivex.notation.marks import COLOURS, without_marks

__all__ = ["Marked", "Rewritten", "as_marked", "marked", "marks_of", "rewritten_lines", "twin_of"]

_LARGEST = 20_000  # nodes; nobody follows the colours in a line that is longer


@dataclass(frozen=True)
class Marked:
    """A line with marks.

    Args:
        expression: the expression of the line, with nodes of its own where it is marked.
        numbers: the marked nodes, each with its number: what is rewritten, and what replaced
            it in the next line, have the same.
    """

    expression: Basic
    numbers: Mapping[Basic, int]


class Writer(Protocol):
    """Writes formulas in one line."""

    def write(self, node: Basic) -> str:
        """The formula."""

    def write_marked(self, node: Basic, marks: Mapping[Basic, int]) -> str:
        """The formula with the signs of :mod:`derivex.notation.marks` in it."""


def as_marked(written: str, marks: Marked | None, writer: Writer) -> str:
    """A written formula with its marks; without them where they would change it."""
    if marks is None or not marks.numbers:
        return written
    found = writer.write_marked(marks.expression, marks.numbers)
    return found if without_marks(found) == written else written


@dataclass(frozen=True)
class Rewritten:
    """A formula that was made from another one.

    Args:
        expression: the formula.
        source: the place of the other one in their list; None for what is given.
        changed: what was rewritten in it, and what stands for that here, as far as that is known.
        as_one: whether it was one move: all that it changes gets the same mark, such as the two
            sides of an equation that is divided by a number.
    """

    expression: Basic
    source: int | None = None
    changed: Sequence[tuple[Basic, Basic]] = ()
    as_one: bool = False


class Line(Protocol):
    """A line of a derivation, as far as it is asked here."""

    @property
    def expression(self) -> Basic:
        """The whole expression."""

    @property
    def says(self) -> str:
        """What led here, in words; "" where nothing is said."""

    @property
    def changed(self) -> Sequence[tuple[Basic, Basic]]:
        """What was rewritten in the line before, each with what stands for it here."""


def marked(lines: Sequence[Line]) -> list[Marked]:
    """The lines with marks on what is rewritten, and on what replaced it.

    >>> from derivex.expression import ONE, Times, TWO, symbol
    >>> from derivex.derivation import Line
    >>> x = symbol("x")
    >>> first, second = marked([Line(Plus(x, ONE)), Line(Plus(x, TWO), changed=((ONE, TWO),))])
    >>> [list(line.numbers.items()) for line in (first, second)]
    [[(1, 0)], [(2, 0)]]
    """
    return marks_of(rewritten_lines(lines))


def rewritten_lines(lines: Sequence[Line]) -> list[Rewritten]:
    """The lines, each made from the one before it, unless it says nothing."""
    return [
        Rewritten(line.expression, place - 1, line.changed)
        if place and (line.changed or line.says)
        else Rewritten(line.expression)
        for place, line in enumerate(lines)
    ]


def marks_of(rows: Sequence[Rewritten]) -> list[Marked]:
    """Formulas with marks on what is rewritten, and on what replaced it."""
    places = [_Places() for _ in rows]
    last = -1
    for row, there in zip(rows, places, strict=True):
        if row.source is None:
            continue
        before, here = rows[row.source], places[row.source]
        if _is_large(before.expression) or _is_large(row.expression):
            continue
        pairs = list(_changes(before.expression, row))
        if not row.changed and not row.as_one and pairs == [([None], [None])]:
            continue  # another formula, of which nothing is known
        taken = set(here.numbers())
        shared = _shared_number(pairs, here) if row.as_one else None
        for old, new in pairs:
            # What replaced something and is itself rewritten next keeps its number.
            number = None
            if len(old) == 1 or row.as_one:
                number = here.number_of(old, row.as_one)
            if number is None:
                number = shared
            if number is None:
                number = last = _next_number(last, taken)
                taken.add(number)
                shared = number if row.as_one else None
            for path in old:
                here.put(path, number)
            for path in new:
                there.put(path, number)
    return [_copy(row.expression, each) for row, each in zip(rows, places, strict=True)]


def _shared_number(pairs: Sequence[tuple[list[Path], list[Path]]], here: _Places) -> int | None:
    """The number that what is taken away by a move has already, if it has one."""
    taken_away = (old[0] for old, new in pairs if len(old) == 1 and not new)
    return next((n for path in taken_away if (n := here.number_at(path)) is not None), None)


def _next_number(last: int, taken: set[int]) -> int:
    """The number after the last one; one that the line does not have yet, if there is one."""
    for step in range(1, COLOURS + 1):
        number = (last + step) % COLOURS
        if number not in taken:
            return number
    return (last + 1) % COLOURS


def _is_large(root: Basic) -> bool:
    """Whether an expression is too large to be marked, counted as it is printed."""
    waiting = [root]
    count = 0
    while waiting:
        count += 1
        if count > _LARGEST:
            return True
        waiting.extend(waiting.pop().args)
    return False


# -- where something is marked ----------------------------------------------------------------

Path = tuple[Any, int] | None  # the path of what holds it, and the place in there


class _Places:
    """The marks in an expression: one of its own, and those of its operands by their places."""

    __slots__ = ("inner", "number")

    def __init__(self) -> None:
        self.number: int | None = None
        self.inner: dict[int, _Places] = {}

    def put(self, path: Path, number: int) -> None:
        """Mark what stands at a path, unless it is marked."""
        here = self
        for place in _steps(path):
            here = here.inner.setdefault(place, _Places())
        if here.number is None:
            here.number = number

    def number_of(self, paths: Sequence[Path], inside: bool) -> int | None:
        """The one number of the marks on what stands at some paths; None if there are several."""
        numbers = {self.number_at(path, inside) for path in paths} - {None}
        return numbers.pop() if len(numbers) == 1 else None

    def number_at(self, path: Path, inside: bool = False) -> int | None:
        """The number of the mark on what stands at a path, or on all that is marked in there."""
        here = self
        for place in _steps(path):
            if place not in here.inner:
                return None
            here = here.inner[place]
        if here.number is None and inside:
            found = set(here.numbers())
            return found.pop() if len(found) == 1 else None
        return here.number

    def numbers(self) -> Iterator[int]:
        """All numbers."""
        waiting = [self]
        while waiting:
            here = waiting.pop()
            if here.number is not None:
                yield here.number
            waiting.extend(here.inner.values())


def _steps(path: Path) -> list[int]:
    steps: list[int] = []
    while path is not None:
        path, place = path
        steps.append(place)
    return steps[::-1]


# -- what differs between two lines -----------------------------------------------------------


def _changes(before: Basic, row: Rewritten) -> Iterator[tuple[list[Path], list[Path]]]:
    """The paths of what was rewritten, each with those of what replaced it, from left to right."""
    changed = dict(row.changed)
    stack: list[tuple[Basic, Basic, Path, Path]] = [(before, row.expression, None, None)]
    while stack:
        old, new, from_path, to_path = stack.pop()
        if old is new:
            continue
        if row.as_one and (places := _added(old, new)):
            yield [], [(to_path, place) for place in places]
            continue
        if row.as_one and (places := _added(new, old)):
            yield [(from_path, place) for place in places], []
            continue
        whole = old in changed or type(old) is not type(new) or not old.args or not new.args
        whole = whole or (row.as_one and _is_fraction(old) and _is_fraction(new))
        if whole or type(old) is And:  # 0 < x < 1 is told by its two x being the same
            yield [from_path], [to_path]
            continue
        waiting: list[tuple[Basic, Basic, Path, Path]] = []
        for olds, news in _aligned(old.args, new.args, type(old), changed):
            if len(olds) == len(news) == 1:
                (i,), (j,) = olds, news
                waiting.append((old.args[i], new.args[j], (from_path, i), (to_path, j)))
            elif not waiting or olds or news:
                yield [(from_path, i) for i in olds], [(to_path, j) for j in news]
        stack.extend(reversed(waiting))


def _is_fraction(node: Basic) -> bool:
    """Whether it is a number over a number: 1/12 becomes 1/11 as a whole."""
    return type(node) is Over and all(isinstance(each, Integer) for each in node.args)


def _added(one: Basic, several: Basic) -> list[int]:
    """The places of what was added to a term, or multiplied with a factor; none if neither."""
    if type(several) not in (Plus, Times):
        return []
    operands = several.args
    kept = next((place for place, each in enumerate(operands) if each is one), None)
    return [] if kept is None else [place for place in range(len(operands)) if place != kept]


_Group = tuple[Sequence[int], Sequence[int]]


def _aligned(
    old: Sequence[Basic], new: Sequence[Basic], kind: Any, changed: Mapping[Basic, Basic]
) -> Iterator[_Group]:
    """Operands of two nodes of one kind that belong together, where they are not the same.

    What replaces a term of a sum may be several terms; these stand in the sum directly.
    """
    if len(old) == len(new):
        yield from (([i], [i]) for i in range(len(old)) if old[i] is not new[i])
        return
    first = 0
    while first < min(len(old), len(new)) and old[first] is new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] is new[-1 - last]:
        last += 1
    i, j = first, first
    ends = len(old) - last, len(new) - last
    if kind in (Plus, Times):
        while i < ends[0] and j < ends[1]:
            taken = _replaced_by(old[i], new[j : ends[1]], kind, changed)
            if not taken:
                break
            if old[i] is not new[j]:
                yield [i], range(j, j + taken)
            i, j = i + 1, j + taken
    if i < ends[0] or j < ends[1]:
        yield range(i, ends[0]), range(j, ends[1])


def _replaced_by(
    old: Basic, new: Sequence[Basic], kind: Any, changed: Mapping[Basic, Basic]
) -> int:
    """How many of the next operands stand for one: 0 where that cannot be told."""
    if old is new[0]:
        return 1
    replacement = changed.get(old)
    if replacement is None or replacement is new[0]:
        return 0 if replacement is None else 1
    parts: Sequence[Basic] = replacement.args if isinstance(replacement, kind) else ()
    return len(parts) if len(parts) <= len(new) and all(map(_is_same, parts, new)) else 0


def _is_same(left: Basic, right: Basic) -> bool:
    return left is right


# -- copies -----------------------------------------------------------------------------------


def _copy(expression: Basic, places: _Places) -> Marked:
    """A copy of an expression with nodes of its own where there are marks."""
    if places.number is None and not places.inner:
        return Marked(expression, {})
    numbers: dict[Basic, int] = {}
    done: dict[int, Any] = {}  # by the identity of the places
    stack: list[tuple[Any, _Places, bool]] = [(expression, places, False)]
    while stack:
        node, here, ready = stack.pop()
        if not ready:
            if here.number is not None and type(node) in (Branch, Equation, Negative):
                # The minus of a term is written by the sum, the columns of a case distinction
                # by that, and the sides of an equation one by one: so what stands in them is
                # marked.
                for place in range(len(node.args)):
                    here.put((None, place), here.number)
                if type(node) is not Negative:
                    here.number = None
            stack.append((node, here, True))
            stack.extend((node.args[place], inner, False) for place, inner in here.inner.items())
            continue
        operands = list(node.args)
        for place, inner in here.inner.items():
            operands[place] = done[id(inner)]
        copy = twin_of(node, tuple(operands))
        if here.number is not None and copy is not node:
            numbers[copy] = here.number
        done[id(here)] = copy
    return Marked(done[id(places)], numbers)


def twin_of(node: Basic, operands: tuple[Basic, ...]) -> Basic:
    """A node that is written like another one and is not it; the same where there can be none."""
    if isinstance(node, Node):
        twin: Any = object.__new__(type(node))
    elif isinstance(node, Symbol):
        kind: Any = type(node)
        twin = object.__new__(_kind_of_twins(kind))
    elif isinstance(node, Integer):
        # Not of the kind of the number: a class below SymPy's One would become its S.One.
        twin = object.__new__(_kind_of_twins(Integer))
        twin.p = node.p
    else:
        return node
    for base in type(node).__mro__:
        for slot in getattr(base, "__slots__", ()):
            is_slot = isinstance(getattr(type(node), slot, None), MemberDescriptorType)
            if is_slot and hasattr(node, slot):
                setattr(twin, slot, getattr(node, slot))
    twin._args = operands
    found: Basic = twin
    return found


@cache
def _kind_of_twins(kind: Any) -> Any:
    """Symbols and numbers that are equal to nothing but themselves."""
    members = {
        "__slots__": (),
        "__eq__": lambda self, other: self is other,
        "__ne__": lambda self, other: self is not other,
        "__hash__": object.__hash__,
    }
    return type(kind.__name__, (kind,), members)
