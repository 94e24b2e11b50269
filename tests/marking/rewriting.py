"""Answers written otherwise: equal ones, as people may write them, and damaged ones."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from time import monotonic

from sympy import numer, parallel_poly_from_expr, together
from sympy.core.basic import Basic
from sympy.polys.polyerrors import BasePolynomialError

from derivex.diagnosis.misconceived import mistakes
from derivex.diagnosis.places import places
from derivex.diagnosis.routes import Routes
from derivex.errors import DerivexError
from derivex.expression import (
    ONE,
    TWO,
    ZERO,
    Apply,
    At,
    D,
    Equation,
    Named,
    Negative,
    Node,
    Or,
    Over,
    Plus,
    Power,
    Times,
    function_name,
    integer,
    postorder,
    value_of,
)
from derivex.expression.literals import LITERAL_TYPES
from derivex.expression.lower import lower
from derivex.expression.sets import is_set
from derivex.expression.shapes import is_array
from derivex.marking.grounds import Grounds
from derivex.rulebook import shipped_book
from derivex.sheets import Blank, BlankKind, Sheet, solved_for
from tests.diagnosis.damage import EDITS

__all__ = ["damaged", "equivalents", "other_rules"]

BOOK = shipped_book()
_SCALARS = (Plus, Times, Over, Power, Apply, Negative)


def equivalents(answer: Basic, random: Random, most: int = 3) -> Iterator[Basic]:
    """The same written otherwise: reordered, multiplied out, with other signs and fractions."""
    if type(answer) is Equation:
        left, right = answer.args
        if right is ZERO:  # of what shape it is, only the other side tells
            yield from (Equation(again, right) for again in equivalents(left, random, most))
        else:
            yield from (Equation(left, again) for again in equivalents(right, random, most))
        return
    if type(answer) is Or:
        yield Or(*answer.args[::-1])
        return
    if is_array(answer) or is_set(answer) or not _plain(answer):
        if type(answer) is Plus:
            yield Plus(*_shuffled(answer.args, random))
        return
    made = [
        each
        for each in (
            _reordered(answer, random),
            _multiplied_out(answer),
            _with_negative_powers(answer),
            _with_an_identity(answer),
            Over(Times(TWO, answer), TWO),
            Plus(answer, ONE, Negative(ONE)),
            Negative(Negative(answer)),
            Plus(Over(answer, integer(3)), Times(Over(TWO, integer(3)), answer)),
        )
        if each is not None and each is not answer
    ]
    random.shuffle(made)
    yield from made[:most]


def _plain(root: Basic) -> bool:
    """Whether it is made of numbers and letters, as formulas that people rearrange are."""
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, _SCALARS):
            stack.extend(node.args[1:] if type(node) is Apply else node.args)
        elif isinstance(node, Node) and node.args and type(node) not in (D, At):
            return False
    return True


def _shuffled(parts: tuple[Basic, ...], random: Random) -> list[Basic]:
    again = list(parts)
    random.shuffle(again)
    return again if tuple(again) != parts else again[::-1]


def _reordered(root: Basic, random: Random) -> Basic:
    if type(root) in (Plus, Times):
        return type(root)(*[_reordered(part, random) for part in _shuffled(root.args, random)])
    if type(root) in (Over, Negative):
        return type(root)(*[_reordered(part, random) for part in root.args])
    return root


def _multiplied_out(root: Basic) -> Basic | None:
    """A product with one sum as a factor, as a sum of products."""
    if type(root) is Power and root.args[1] is TWO:
        root = Times(root.args[0], root.args[0])
    if type(root) is not Times:
        return None
    for at, factor in enumerate(root.args):
        if type(factor) is Plus:
            rest = root.args[:at], root.args[at + 1 :]
            return Plus(
                *[
                    Negative(Times(*rest[0], term.args[0], *rest[1]))
                    if type(term) is Negative
                    else Times(*rest[0], term, *rest[1])
                    for term in factor.args
                ]
            )
    return None


def _with_negative_powers(root: Basic) -> Basic | None:
    if type(root) is Over:
        return Times(root.args[0], Power(root.args[1], Negative(ONE)))
    if type(root) is Plus:
        parts = [_with_negative_powers(part) or part for part in root.args]
        return Plus(*parts) if parts != list(root.args) else None
    return None


def _with_an_identity(root: Basic) -> Basic | None:
    """sin² as 1 − cos², log u as −log 1/u, a power as a product."""
    if type(root) is Power and root.args[1] is TWO:
        base = root.args[0]
        if type(base) is Apply and base.args[0] is function_name("sin"):
            return Plus(ONE, Negative(Power(Apply(function_name("cos"), *base.args[1:]), TWO)))
        return Times(base, base)
    if type(root) in (Plus, Times):
        for at, part in enumerate(root.args):
            again = _with_an_identity(part)
            if again is not None:
                return type(root)(*root.args[:at], again, *root.args[at + 1 :])
    if type(root) in LITERAL_TYPES and value_of(root) is not None:
        return Plus(root, ONE, Negative(ONE))
    return None


def damaged(sheet: Sheet, blank: Blank, grounds: Grounds, random: Random) -> Iterator[Basic]:
    """An answer as people get it wrong: by a misconception, and by a random edit.

    Only what really has another value in its place is damage.
    """
    answer = blank.answer
    assert answer is not None
    exercise, row = sheet.row_of(blank.number)
    made: list[Basic] = []
    column = next(column for column in exercise.columns if row in column)
    at = column.index(row)
    if blank.kind is BlankKind.LINE and at and exercise.kind == "derivation":
        before = column[at - 1].expression
        lines = [each.line for each in mistakes(Routes(before, BOOK), monotonic() + 2)]
        made += random.sample(lines, min(2, len(lines)))
    made += _edited(answer, random)
    for wrong in made:
        if not _named(wrong) <= _named(answer) | _named(row.expression):
            continue  # what changed is behind a name
        if grounds.write(wrong) == grounds.write(answer):
            continue
        if _is_none(wrong, answer, grounds):
            continue
        filled = grounds.filled(row, {blank.number: wrong})
        try:
            if grounds.equal(filled, row.expression).verdict == "wrong":
                yield wrong
        except Exception:  # what has no value is no damage
            continue


def _is_none(wrong: Basic, answer: Basic, grounds: Grounds) -> bool:
    """Whether an edited equation is no damage: the same cleared of fractions, or solved.

    SymPy decides.  Of arrays only the other sign is the same; other equations that are none of
    polynomials are damage if they differ.
    """
    if type(answer) is not Equation or type(wrong) is not Equation:
        return False
    if any(map(is_array, (*answer.args, *wrong.args))):
        zeros = wrong.args[1] is answer.args[1] is ZERO
        return zeros and grounds.equal(Negative(wrong.args[0]), answer.args[0]).holds
    try:
        one, other = (
            numer(together(lower(each.args[0]) - lower(each.args[1]))) for each in (wrong, answer)
        )
        (one, other), _ = parallel_poly_from_expr((one, other))
    except (DerivexError, BasePolynomialError):
        return False
    if one.is_zero or other.is_zero:
        return one == other
    # Solved, or with a factor less often, it is what the answer leads to.
    leads_there = one.sqf_part().monic() == other.sqf_part().monic()
    return leads_there and (bool(solved_for(wrong)) or other.rem(one).is_zero)


def _named(root: Basic) -> set[Basic]:
    return {node for node in postorder(root) if type(node) is Named}


def _edited(answer: Basic, random: Random) -> list[Basic]:
    spots = list(places(answer))
    if type(answer) is Equation:
        spots = [spot for spot in spots if spot.node is not answer]
    found: list[Basic] = []
    for _ in range(30):
        place = random.choice(spots)
        changed = EDITS[random.choice(list(EDITS))](random, place)
        if changed is not None:
            found.append(place.replaced(changed))
        if len(found) == 2:
            break
    return found


def other_rules(blank: Blank, random: Random) -> list[str]:
    """Names of rules that were not used."""
    known = {
        "the product rule": "product",
        "the quotient rule": "quotient",
        "the chain rule": "chain",
        "the sum rule": "sum",
        "the constant rule": "constant",
        "integration by parts": "",
        "subtract from both sides": "subtract",
    }
    from derivex.diagnosis import understood

    found = []
    for words in known:
        claim = understood(words, BOOK)
        if claim is None or claim.rules.isdisjoint(blank.rules):
            found.append(words)
    return random.sample(found, min(2, len(found)))
