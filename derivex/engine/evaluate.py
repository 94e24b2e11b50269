"""Evaluating: definitions unfolded, a point and data filled in, and the arithmetic done.

Everything is a phase of one derivation, so that a reader sees what was filled in and what
was calculated, line by line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sympy import Integer, Symbol
from sympy.core.basic import Basic

from derivex.derivation import (
    Derivation,
    Entry,
    Phase,
    Status,
    Step,
    follow,
)
from derivex.engine.definitions import (
    NO_DEFINITIONS,
    Definitions,
    definitions_of,
    fill_in_definitions,
)
from derivex.engine.differentiate import TIDYING
from derivex.engine.forms import normal_phase
from derivex.engine.normalise import Normaliser
from derivex.engine.undefined import refuse_undefined_steps
from derivex.errors import ProblemError
from derivex.expression import (
    ONE,
    ZERO,
    Apply,
    At,
    Cases,
    D,
    Limit,
    Mean,
    Over,
    Plus,
    Power,
    Product,
    Times,
    Total,
    free_symbols,
    integer,
    number,
    postorder,
    substitute,
    symbol,
    transform,
    value_of,
)
from derivex.expression.data import COUNT
from derivex.expression.definitions import Definitions as FunctionCalls
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook
from derivex.rulebook.procedures.cases import decided

__all__ = ["Columns", "evaluate", "fill_in_data", "length_of"]

_MOST_TERMS = 10_000  # of a sum that is written out

Columns = Mapping[Symbol, Sequence[Basic]]
"""The data: for each name the entries, in order; all columns have the same length."""


def length_of(columns: Columns) -> int:
    """The number of data; all columns have it."""
    return len(next(iter(columns.values()))) if columns else 0


def fill_in_data(expression: Basic, columns: Columns) -> dict[Basic, Basic]:
    """What each sum, mean and entry stands for, given the data.

    Σ_i becomes the sum of its terms, a mean becomes a sum over the number of data, n that
    number, and a_2 the second entry.  Of sums inside sums only the innermost are told.  Without
    data, sums and products between numbers become their terms.

    Raises:
        ProblemError: an entry beyond the data, or a name with an index that has no data.
    """
    found: dict[Basic, Basic] = {}
    count = length_of(columns)
    if count > _MOST_TERMS and any(type(node) in (Total, Mean) for node in postorder(expression)):
        raise ProblemError(
            f"sums over {count} data are not written out; at most {_MOST_TERMS} terms are",
            hint="a descent with such data calculates in floating point",
        )
    holding: set[Basic] = set()  # what holds a sum or a mean: those inside go first
    for node in postorder(expression):
        if any(operand in holding for operand in node._args):
            holding.add(node)
        elif type(node) in (Total, Product):
            bounds = _bounds(node, count)
            if bounds is not None:
                holding.add(node)
                terms = [_at_index(node.args[0], node.args[1], k, columns) for k in range(*bounds)]
                found[node] = _joined(Plus if type(node) is Total else Times, terms)
        elif not columns:
            continue
        elif type(node) is Mean:
            holding.add(node)
            terms = [_entries_at(node.args[0], k, columns) for k in range(count)]
            found[node] = Over(_joined(Plus, terms), integer(count))
        elif type(node) is At and isinstance(node.args[1], Integer):
            found[node] = _entry(node, int(node.args[1].p), columns)
    if columns and COUNT in free_symbols(expression):
        found[COUNT] = integer(count)
    return found


def _bounds(node: Basic, count: int) -> tuple[int, int] | None:
    """From which position a sum or product runs, and before which it stops.

    None where its bounds are not known yet.
    """
    bounds = node.args[2:]
    if not bounds:
        return (0, count) if count else None
    lower, upper = map(value_of, bounds)
    if lower is None or upper is None or not upper - lower < _MOST_TERMS:
        return None
    return int(lower) - 1, int(upper)


def _at_index(body: Basic, index: Basic, position: int, columns: Columns) -> Basic:
    """One term of a sum: every a_i is the entry, every other i its number."""
    replacements: dict[Basic, Basic] = {}
    for node in postorder(body):
        if columns and type(node) is At and node.args[1:] == (index,):
            replacements[node] = _entry(node, position + 1, columns)
    replacements[index] = number(position + 1)
    return substitute(body, replacements)


def _entry(node: Basic, number: int, columns: Columns) -> Basic:
    base = node.args[0]
    # A column is the same whether its entries are written x_i or x⁽ⁱ⁾.
    column = columns.get(symbol(base.name)) if isinstance(base, Symbol) else None
    if column is None:
        raise ProblemError(
            f"there are no data for {base}", hint=f"add a line such as: data {base} = 1, 2, 3"
        )
    if not 1 <= number <= len(column):
        raise ProblemError(f"{base} has {len(column)} entries, not {number}")
    return column[number - 1]


def _entries_at(body: Basic, position: int, columns: Columns) -> Basic:
    """One term of a mean, whose body is written without index."""
    return transform(
        body,
        lambda node: (
            columns[node][position] if isinstance(node, Symbol) and node in columns else node
        ),
    )


def _joined(kind: type[Plus] | type[Times], terms: list[Basic]) -> Basic:
    """A sum or product of terms, of which there may be one or none."""
    if not terms:
        return ZERO if kind is Plus else ONE
    if len(terms) == 1:
        return terms[0]
    return Plus.grouped(*terms) if kind is Plus else kind(*terms)


def evaluate(
    expression: Basic,
    point: Mapping[Basic, Basic],
    columns: Columns,
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
    notes: tuple[str, ...] = (),
    conditions: Sequence[Basic] = (),
    add_up: Callable[[Basic], tuple[str, Mapping[Basic, Basic]]] | None = None,
) -> Derivation:
    """The value of an expression, as a derivation.

    Args:
        expression: what is evaluated.
        point: what is filled in for each variable; may be empty.
        columns: the data; may be empty.
        book: the rules of arithmetic and tidying.
        definitions: functions and abbreviations that are filled in first.
        notes: remarks that the derivation carries on.
        conditions: relations under which the expression was derived.
        add_up: what the sums over the data come to, where there are too many terms to write
            out: how that was found, in words, and the number for each of them.

    Raises:
        ProblemError: a division by zero, an entry that the data do not have, or a point at
            which the conditions do not hold.

    >>> from derivex.expression import TWO, Power, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x = symbol("x")
    >>> evaluate(Power(x, TWO), {x: integer(3)}, {}, shipped_book()).result
    9
    """
    phases: list[Phase] = fill_in_definitions(expression, definitions)
    phases = phases or [Phase(expression, {}, expression)]

    def enter(says: str, replacements: Mapping[Basic, Basic]) -> None:
        before = phases[-1].result
        after = substitute(before, replacements)
        if after is not before:
            phases.append(Phase(after, {}, after, Entry(says, replacements)))

    if any(type(node) is D for node in postorder(phases[-1].result)):
        # A derivative is not a number that one may fill in: it is worked out first.
        phases.append(Normaliser(book, TIDYING).run(phases[-1].result))
        steps = phases[-1].steps.values()
        conditions = (*conditions, *(each for step in steps for each in step.conditions))
    check_conditions(conditions, point)
    before = len(phases)
    enter("filling in the values", dict(point))  # the caller may go on with its own
    while calls := _calls_of_numbers(phases[-1].result, book):
        enter(f"filling in {definitions_of(str(call.args[0]) for call in calls)}", calls)
    if any(isinstance(node, Limit) for node in postorder(phases[-1].result)):
        # Imported here, because few evaluations have a limit in them.
        from derivex.engine.first_principles import limit_phases, refuse_no_limit

        phases += limit_phases(phases[-1].result, book)
        refuse_no_limit(phases[-1].result, book)
    if add_up is not None:
        enter(*add_up(phases[-1].result))
    while parts := fill_in_data(phases[-1].result, columns):
        enter("filling in the data" if columns else "writing the terms out", parts)
        phases += _part_by_part(phases[-1].result, parts, book)
        enter("leaving out the brackets", _grouped_sums(phases[-1].result))
    last = normal_phase(phases[-1].result, book, *TIDYING)
    if last.steps:
        phases.append(last)
    refuse_undefined_steps(phases[before:])
    check_defined(phases[-1].result)
    left = tuple(
        dict.fromkeys(node for node in postorder(phases[-1].result) if isinstance(node, Limit))
    )
    status = Status.STUCK if left else Status.FINISHED
    return Derivation(tuple(phases), book, (), status, left, notes)


def _calls_of_numbers(expression: Basic, book: RuleBook) -> dict[Basic, Basic]:
    """What calls with no letter in them stand for, where the rule files define the function."""
    found: dict[Basic, Basic] = {}
    for node in postorder(expression):
        if type(node) is Apply and not free_symbols(node):
            meaning = FunctionCalls(book.functions).of(node)
            if meaning is not None:
                found[node] = meaning
    return found


def _part_by_part(start: Basic, parts: Mapping[Basic, Basic], book: RuleBook) -> Iterator[Phase]:
    """First the arithmetic inside the sums over the data, as on paper.

    Each term of a sum is calculated, then each of several sums: all of them together, so that no
    line has calculated some of its brackets only.
    """
    sums: dict[Basic, Basic] = {}  # each with the part it belongs to: a mean is a sum over n
    for part in parts.values():
        added = part.args[0] if type(part) is Over else part
        if type(added) is Plus:
            sums[added] = part
    inside = [_steps_of(each.args, book) for each in sums]
    calculated = (
        len(sums) > 1
        and not any(map(free_symbols, sums))
        and sums.keys() <= {*postorder(start)}  # not where they have become parts of a sum
    )
    for steps in (
        [] if calculated and not all(inside) else inside,
        [_steps_of(sums.values(), book)] if calculated else [],
    ):
        together = {node: step for each in steps for node, step in each.items()}
        after = follow(start, together)
        if after is not start:
            yield Phase(start, together, after)
            start = after


def _steps_of(expressions: Iterable[Basic], book: RuleBook) -> dict[Basic, Step]:
    """The arithmetic in each of some expressions."""
    steps: dict[Basic, Step] = {}
    for each in expressions:
        steps.update(normal_phase(each, book, *TIDYING).steps)
    return steps


def _grouped_sums(expression: Basic) -> dict[Basic, Basic]:
    """The sums of sums in brackets that are left, each with the sum of all their terms."""
    return {
        node: Plus(*node._args)
        for node in postorder(expression)
        if type(node) is Plus and any(type(term) is Plus for term in node._args)
    }


def check_conditions(conditions: Sequence[Basic], point: Mapping[Basic, Basic]) -> None:
    """Refuse a point at which something was not derived: a kink, a jump.

    Raises:
        ProblemError: a condition does not hold there.
    """
    for condition in conditions if point else ():
        if decided(substitute(condition, point)) is False:
            write = TextWriter().write
            where = ", ".join(f"{write(name)} = {write(value)}" for name, value in point.items())
            raise ProblemError(
                f"the rules used give no derivative at {where}: they hold only where "
                f"{write(condition)}",
                hint="look at the function on both sides of that point",
            )


def check_defined(result: Basic) -> None:
    """Refuse a value that is not one.

    Raises:
        ProblemError: a division by zero, zero to the power of zero or less, or a case
            distinction of which no case holds.
    """
    for node in postorder(result):
        if type(node) is Over and value_of(node.args[1]) == 0:
            raise ProblemError("division by zero: the expression has no value there")
        if type(node) is Cases and all(
            len(branch.args) > 1 and decided(branch.args[1]) is False for branch in node.args
        ):
            raise ProblemError("none of the cases holds: the expression has no value there")
        if type(node) is Power and value_of(node.args[0]) == 0:
            exponent = value_of(node.args[1])
            if exponent is not None and exponent <= 0:
                raise ProblemError(f"0 to the power of {exponent} has no value")
