"""Whether one formula equals the next, given what is known where they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import product

from sympy import Integer, Symbol
from sympy.core.basic import Basic

from derivex.checking.antiderivatives import by_last_variables, integrated_by, slope_of
from derivex.checking.findings import LineVerdict
from derivex.checking.identities import by_identities, with_weights
from derivex.checking.knowledge import Knowledge
from derivex.checking.one_size import with_one_size
from derivex.checking.rounding import approximates, consistent_with_rounding
from derivex.checking.values import instance_of
from derivex.checking.writing_out import (
    for_arities,
    overloaded,
    with_calls_written_out,
    with_letters_of,
    written_out,
)
from derivex.engine import Columns, fill_in_data
from derivex.equality import Counterexample, Verdict, judge
from derivex.errors import DerivexError
from derivex.expression import (
    ONE,
    Column,
    D,
    Decimal,
    Gradient,
    Over,
    Row,
    contains,
    free_symbols,
    postorder,
    substitute,
)
from derivex.expression.array_nodes import ArrayName, Hessian, Jacobian, Nabla, Transpose
from derivex.notation import TextWriter

__all__ = [
    "DERIVATIVES",
    "OTHER_LAYOUT",
    "ROUNDED",
    "SHAPES",
    "Finding",
    "assignments",
    "compare",
    "identity_link",
    "judge_link",
    "over_data",
    "put_in_values",
    "transposed_derivatives",
]

SECONDS = 2.0
ROUNDED = "consistent with rounding to"
SHAPES = "the shapes do not fit"
OTHER_LAYOUT = "with derivatives laid out as their transposes"
_MOST_NUMBERS = 12  # of a line, of which a letter may have got one
_DEEPEST = 6  # sums inside of sums
DERIVATIVES = (D, Gradient, Hessian, Jacobian, Nabla)
"""What is written for a derivative."""


@dataclass(frozen=True)
class Finding:
    """What is found about two formulas with a sign between them.

    Args:
        verdict: whether they are equal.
        note: what that rests on.
        counterexample: where they differ.
        values: what letters were given a value here, if that is what happened.
        given: the equations from which it should follow, row by row, if it is about that.
    """

    verdict: LineVerdict
    note: str = ""
    counterexample: Counterexample | None = None
    values: Mapping[Basic, Basic] | None = None
    given: Sequence[Sequence[Basic]] = ()

    @property
    def holds(self) -> bool:
        """Whether they are equal as far as is known."""
        return self.verdict in ("proven", "tested")


def judge_link(before: Basic, after: Basic, knowledge: Knowledge, sign: str = "=") -> Finding:
    """Judge ``before = after`` or ``before ≈ after``.

    What is tried, in this order, until something holds: equality with the definitions written
    out; a vector laid out as a column or as a row; rounded decimals; values that letters are
    known to have; letters replaced by values in this very line.

    >>> from derivex.expression import Plus, TWO, ONE, symbol
    >>> judge_link(Plus(ONE, ONE), TWO, Knowledge()).verdict
    'proven'
    """
    before, after = (by_last_variables(side, knowledge) for side in (before, after))
    by = integrated_by((before, after))
    if by is not None:
        return _up_to_a_constant(before, after, by, knowledge)
    verdict = compare(before, after, knowledge)
    if verdict.holds:
        return _within_the_domain(before, after, knowledge, _told(verdict))
    if verdict.kind != "wrong":
        found = _laid_out(before, after, knowledge, sign)
        if found is None and verdict.reason.startswith(SHAPES):
            found = _refuted_in_other_layout(before, after, knowledge)
        return found or _left_alone(before, after, knowledge, sign) or _told(verdict)
    for attempt in _OTHER_WAYS:
        found = attempt(before, after, knowledge, sign)
        if found is not None:
            return found
    return _refuted_with_values(before, after, knowledge) or _told(verdict)


def _refuted_with_values(before: Basic, after: Basic, knowledge: Knowledge) -> Finding | None:
    """Where all letters have values, a counterexample with these, and not with others."""
    letters = {**free_symbols(before), **free_symbols(after)}
    values = {name: knowledge.values[name][0] for name in letters if name in knowledge.values}
    if not values or len(values) < len(letters):
        return None
    left, right = (put_in_values(side, values) for side in (before, after))
    witness = compare(left, right, replace(knowledge, values={})).witness
    if witness is None:
        return None
    write = TextWriter().write
    point = tuple((str(name), write(value)) for name, value in values.items())
    return Finding("wrong", "", replace(witness, point=point))


def _up_to_a_constant(before: Basic, after: Basic, by: Symbol, knowledge: Knowledge) -> Finding:
    """What ∫ u dx is, is known up to a constant: so derivatives are compared."""
    found = _told(compare(slope_of(before, by), slope_of(after, by), knowledge))
    note = "the derivatives are compared" if found.verdict == "wrong" else "up to a constant"
    return replace(found, note=_joined(found.note, note))


def _within_the_domain(
    before: Basic, after: Basic, knowledge: Knowledge, found: Finding
) -> Finding:
    """The same, unless there are values for which only the left side is defined."""
    # Imported here, because flint takes a while and a start need not wait for it.
    from derivex.equality.domains import domain_gap

    if not knowledge.knows_functions_of([before, after]):
        return found  # where log f(x) has a value is not known, either
    try:
        left, right = written_out(knowledge, [before, after])
        gap = domain_gap(left, right, knowledge.functions, knowledge.kinds, knowledge.conditions)
    except DerivexError:
        return found
    if gap is None:
        return found
    where = ", ".join(f"{name} = {value}" for name, value in gap.point)
    note = f"the right side has no value at {where}, where the left side is {gap.left}"
    return Finding("outside the domain", note, gap)


def identity_link(before: Basic, after: Basic, knowledge: Knowledge) -> Finding:
    """Judge whether two formulas are equal whatever their letters are."""
    return _told(compare(before, after, knowledge))


def compare(before: Basic, after: Basic, knowledge: Knowledge) -> Verdict:
    """Whether two expressions are equal with all definitions written out."""
    try:
        knowledge = for_arities(knowledge, [before, after])
        left, right = written_out(knowledge, [before, after])
        verdict = _judged(left, right, knowledge)
        if _other_shapes(verdict):
            left, right = with_one_size([left, right])
            verdict = _judged(left, right, knowledge)
        if verdict.kind == "wrong":
            ambiguous = " and ".join(overloaded(knowledge, [before, after]))
            if ambiguous:  # p(x, y) and p(y | x) are different things, and not independent
                reason = f"nothing is known of the functions that {ambiguous} stands for"
                return Verdict("undecided", 0, None, reason)
        if _other_shapes(verdict) and (witness := verdict.witness) is not None:
            reason = f"{SHAPES}: left {witness.left}, right {witness.right}"
            return Verdict("undecided", 0, None, reason)
        return verdict
    except DerivexError as error:
        return Verdict("undecided", 0, None, error.message)


def _judged(left: Basic, right: Basic, knowledge: Knowledge) -> Verdict:
    return judge(
        left,
        right,
        knowledge.functions,
        knowledge.kinds,
        seconds=SECONDS,
        conditions=knowledge.assumed,
    )


def _other_shapes(verdict: Verdict) -> bool:
    """Whether two expressions differ by their shapes, which may have been guessed wrongly."""
    if verdict.points:
        return False  # there is a point at which they differ; nobody has asked which one
    witness = verdict.witness
    return witness is not None and not witness.point and "matrix" in witness.left + witness.right


def _told(verdict: Verdict) -> Finding:
    if verdict.kind == "wrong":
        return Finding("wrong", "", verdict.witness)
    if verdict.kind == "tested":
        return Finding("tested", f"{verdict.basis}, not proven")
    if verdict.kind == "undecided":
        if verdict.reason.startswith("no point was found"):
            return Finding("outside the domain", verdict.reason)
        return Finding("undecided", verdict.reason)
    return Finding("proven")


def _laid_out(before: Basic, after: Basic, knowledge: Knowledge, sign: str) -> Finding | None:
    """A vector as a row where the other side is a column, a derivative as its transpose."""
    both = tuple(map(transposed_derivatives, (before, after)))
    for ways, note in (
        (((before, _turned(after)), (_turned(before), after)), "a row for a column"),
        ((both,), OTHER_LAYOUT),
    ):
        for left, right in ways:
            if left is before and right is after:
                continue
            verdict = compare(left, right, knowledge)
            if verdict.holds:
                found = _told(verdict)
                return replace(found, note=_joined(found.note, note))
    return None


def _refuted_in_other_layout(before: Basic, after: Basic, knowledge: Knowledge) -> Finding | None:
    """That two formulas differ, if their shapes fit in the other layout only."""
    left, right = map(transposed_derivatives, (before, after))
    verdict = compare(left, right, knowledge)
    if left is before or right is not after or verdict.kind != "wrong":
        return None
    found = _told(verdict)
    return replace(found, note=_joined(found.note, OTHER_LAYOUT))


def transposed_derivatives(root: Basic) -> Basic:
    """The derivatives by vectors in the other layout, in which they are transposed.

    >>> from derivex.expression import symbol
    >>> w = ArrayName("w: d")
    >>> transposed_derivatives(Nabla(symbol("L"), w))
    Transpose(Nabla(L, w: d))
    """
    turned = {
        node: Transpose(node)
        for node in postorder(root)
        if type(node) in (Nabla, Jacobian)
        and isinstance(node.args[1], ArrayName)
        and node.args[1].columns is ONE
    }
    return substitute(root, turned)


def _turned(root: Basic) -> Basic:
    """The vectors of an expression as rows where they are columns, and the other way round."""
    turned = {
        node: (Column if type(node) is Row else Row)(*node.args)
        for node in postorder(root)
        if type(node) in (Row, Column)
    }
    return substitute(root, turned)


def _rounded(before: Basic, after: Basic, knowledge: Knowledge, sign: str) -> Finding | None:
    approximate = sign == "≈"
    try:
        left, right = written_out(knowledge, [before, after])
        if type(right) in (Row, Column):
            return _rounded_entries(left, right, knowledge, sign)
        places = consistent_with_rounding(left, right, knowledge, whole=approximate)
    except DerivexError:
        return None
    if places is None and approximate and approximates(left, right, knowledge):
        return Finding("tested", "an approximation: it differs by less than 2 %")
    if places is None:
        return None
    noun = "place" if places == 1 else "places"
    told = f"{places} {noun}" if places else "a whole number"
    return Finding("tested", f"{ROUNDED} {told}")


def _rounded_entries(
    before: Basic, after: Basic, knowledge: Knowledge, sign: str
) -> Finding | None:
    """A list of rounded decimals, each of which an entry rounds to."""
    lists = [node for node in postorder(before) if type(node) is type(after)]
    if len(lists) != 1 or len(lists[0].args) != len(after.args):
        return None
    found = [
        judge_link(substitute(before, {lists[0]: left}), right, knowledge, sign)
        for left, right in zip(lists[0].args, after.args, strict=True)
    ]
    if not all(each.holds for each in found) or len(found) > _MOST_NUMBERS:
        return None
    return next((each for each in found if ROUNDED in each.note), None)


def _left_alone(before: Basic, after: Basic, knowledge: Knowledge, sign: str) -> Finding | None:
    """An approximation with letters in it: how good it is meant to be is not said."""
    if sign == "≈" and (free_symbols(before) or free_symbols(after)):
        return Finding("definition", "an approximation: left alone")
    return None


def _with_values(before: Basic, after: Basic, knowledge: Knowledge, sign: str) -> Finding | None:
    """Letters that have a value for now.

    What has x on both sides speaks of every x: 4 + 2(x − 1) is no x² + 3, though it is at x = 1.
    """
    last = {name: values[0] for name, values in knowledge.values.items()}
    ways: list[tuple[Basic, ...]] = [(before, after)]
    if last:  # of dz/dx, too, where z = x² y and x and y have values
        with suppress(DerivexError):
            ways.append(tuple(written_out(knowledge, [before, after])))
            ways.append(tuple(with_letters_of(knowledge, each, last) for each in (before, after)))
    tried: set[tuple[Basic, ...]] = set(ways)
    for name, values in knowledge.values.items():
        for value, way in product(values, ways):
            both = free_symbols(way[0]).keys() & free_symbols(way[1]).keys()
            chosen = {each: at for each, at in {**last, name: value}.items() if each not in both}
            left, right = (put_in_values(side, chosen) for side in way)
            if (left, right) in tried:
                continue
            tried.add((left, right))
            found = judge_link(left, right, replace(knowledge, values={}), sign)
            if found.holds and found.values is None:
                used = {each: at for each, at in chosen.items() if contains(before, each)}
                note = "with " + assignments(used or chosen)
                return replace(found, note=_joined(found.note, note))
    return None


def _with_identities(
    before: Basic, after: Basic, knowledge: Knowledge, sign: str
) -> Finding | None:
    """What is known to be equal put in for one another."""
    if not knowledge.identities:
        return None
    left, right = (by_identities(side, knowledge.identities) for side in (before, after))
    known = with_weights(replace(knowledge, identities=()), knowledge.identities, (left, right))
    if left is before and right is after and known.entries == knowledge.entries:
        return None
    found = judge_link(left, right, known, sign)
    return replace(found, note=_joined(found.note, "by what is assumed")) if found.holds else None


def _with_data(before: Basic, after: Basic, knowledge: Knowledge, sign: str) -> Finding | None:
    """Sums, means and entries with the data that are given."""
    if not knowledge.columns:
        return None
    try:
        sides = written_out(knowledge, [before, after])
        called = (with_calls_written_out(knowledge, side) for side in sides)
        left, right = (over_data(side, knowledge.columns) for side in called)
    except DerivexError:
        return None
    found = judge_link(left, right, replace(knowledge, columns={}), sign)
    return replace(found, note=_joined(found.note, "with the data")) if found.holds else None


def over_data(root: Basic, columns: Columns) -> Basic:
    """An expression with the data in place of sums and entries, those inside of others too."""
    for _ in range(_DEEPEST if columns else 0):
        try:
            found = fill_in_data(root, columns)
        except DerivexError:
            break  # an entry beyond the data
        if not found:
            break
        root = substitute(root, found)
    return root


def _at_a_point(before: Basic, after: Basic, knowledge: Knowledge, sign: str) -> Finding | None:
    """2xy = 2 · (−1) · 2: the same expression with values for its letters."""
    if free_symbols(after) or isinstance(before, Symbol):
        return None
    values = instance_of(before, after)
    if not values:
        return None
    return Finding("tested", "the values " + assignments(values) + " are put in", None, values)


def _with_written_values(
    before: Basic, after: Basic, knowledge: Knowledge, sign: str
) -> Finding | None:
    """x − η g = 1 − 0.01 · 3: a letter of which nothing is said got a number that stands there."""
    if free_symbols(after) or isinstance(before, Symbol):
        return None
    letters = list(free_symbols(before))
    numbers = dict.fromkeys(
        node for node in postorder(after) if isinstance(node, (Integer, Decimal))
    )
    if (
        len(letters) != 1
        or letters[0] in knowledge.implicit
        or not 2 <= len(numbers) <= _MOST_NUMBERS
    ):
        return None
    slopes = [node for node in postorder(before) if type(node) in DERIVATIVES]
    if any(letters[0] in node.args[1:] for node in slopes):
        return None  # it is worked out before anything is put in
    pairs = [(before, after)]
    if type(before) is type(after) is Over:  # x/(x + 2) = 1/2 is not meant at x = 2
        pairs = list(zip(before.args, after.args, strict=True))
    for number in numbers:
        values = {letters[0]: number}
        parts = [compare(put_in_values(part, values), other, knowledge) for part, other in pairs]
        if all(verdict.holds for verdict in parts):
            note = "the value " + assignments(values) + " is put in"
            weakest = next((verdict for verdict in parts if verdict.kind == "tested"), parts[0])
            return replace(_told(weakest), note=note)
    return None


def put_in_values(root: Basic, values: Mapping[Basic, Basic]) -> Basic:
    """An expression with values for letters; a derivative is taken first."""
    from derivex.expression import Substituted

    if not any(type(node) in DERIVATIVES for node in postorder(root)):
        return substitute(root, values)
    for name, value in values.items():
        if contains(root, name):
            root = Substituted(root, name, value)
    return root


def assignments(values: Mapping[Basic, Basic]) -> str:
    """Values of letters in words: a = 2, b = 3."""
    writer = TextWriter()
    return ", ".join(
        f"{writer.write(name)} = {writer.write(value)}" for name, value in values.items()
    )


def _joined(*notes: str) -> str:
    return "; ".join(note for note in notes if note)


_Attempt = Callable[[Basic, Basic, Knowledge, str], Finding | None]
_OTHER_WAYS: tuple[_Attempt, ...] = (
    _laid_out,
    _rounded,
    _with_identities,
    _with_values,
    _with_data,
    _at_a_point,
    _with_written_values,
    _left_alone,
)
