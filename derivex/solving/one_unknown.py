"""One equation in one unknown: which move comes next.

What stands around an unknown that occurs once is undone from the outside.  Otherwise everything is
brought to one side and factored, and a product is zero where a factor is.  A polynomial that
cannot be factored is solved by the quadratic formula, where it is quadratic in the unknown or in
something that holds it: x², e^x, sin(x).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import gcd

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Phase, Step, follow
from derivex.engine import normal_phase
from derivex.errors import ProblemError
from derivex.expression import (
    ONE,
    TWO,
    ZERO,
    And,
    Apply,
    AtLeast,
    Dependence,
    Equation,
    Less,
    Nearly,
    Negative,
    Or,
    Over,
    Plus,
    Power,
    Times,
    Unequal,
    free_symbols,
    integer,
    postorder,
    symbol,
    value_of,
)
from derivex.matching import NO_FACTS
from derivex.rulebook import RuleBook
from derivex.rulebook.procedures.equations import coefficients_of
from derivex.rulebook.procedures.letters import Letters
from derivex.solving.intervals import Intervals
from derivex.solving.isolate import DoesNotFitError, Isolated, condition, isolate
from derivex.solving.linear import Sides, terms_of
from derivex.solving.other_forms import OTHER_FORMS
from derivex.solving.record import Words, never_holds
from derivex.solving.shorten import over_one_denominator
from derivex.solving.signs import is_certain
from derivex.solving.working import MULTIPLY_OUT, TIDY, Working

__all__ = ["VALUES", "OneUnknown", "is_solved", "polished", "procedure_phase", "with_values"]

VALUES = ("arithmetic", "signs", "angles", "undoing", "denominators", "expanding", "tidying")
"""What brings the value of an unknown into the form in which it is written."""

_ANGLES = ("sin", "cos", "tan")
_UNDONE = (*_ANGLES, "log", "sqrt", "abs", "tanh")


def is_solved(equation: Basic, unknown: Symbol) -> bool:
    """Whether the unknown stands alone on the left-hand side, and not on the right."""
    if type(equation) not in (Equation, Nearly):
        return False
    left, right = equation.args
    return left is unknown and unknown not in free_symbols(right)


def procedure_phase(start: Basic, name: str, book: RuleBook) -> Phase | None:
    """One procedure applied to a whole expression; None where it changes nothing."""
    procedure = book.rules[name].procedure
    assert procedure is not None
    made = procedure.apply(start)
    if made is None or made is start:
        return None
    steps = {start: Step(procedure, start, made)}
    return Phase(start, steps, follow(start, steps))


def with_values(working: Working, at: int) -> int:
    """Tidy both sides, known values put in, on the line of the equation before."""
    return working.rewrite(at, (), VALUES, joined=True)


def polished(working: Working, at: int) -> int:
    """Write the right-hand side over one denominator where that is shorter."""
    from derivex.solving.eliminate import simplified

    return simplified(working, at)


class OneUnknown:
    """Solves one equation, or each of several, for one unknown.

    Args:
        working: where the moves are written down.
        unknown: the unknown.
        intervals: where angles are looked for.
        others: further unknowns, for the steps that only bring an equation into another form.
    """

    def __init__(
        self,
        working: Working,
        unknown: Symbol,
        intervals: Intervals,
        others: Sequence[Symbol] = (),
    ):
        self.working = working
        self.unknown = unknown
        self.intervals = intervals
        self._dependences = [Dependence(name) for name in (unknown, *others)]
        self.stuck: set[Basic] = set()
        self._met: set[Basic] = set()  # what comes again would come for ever

    def depends(self, node: Basic) -> bool:
        """Whether an expression holds one of the unknowns."""
        return any(dependence.of(node) for dependence in self._dependences)

    def solve(self, at: int) -> tuple[int, bool]:
        """Solve; the number of the last relation, and whether all of it is solved."""
        working = self.working
        while True:
            place = self._unsolved(at)
            if place is None:
                return at, not self.stuck
            relation = working.moves[at].equation
            working.place = place if type(relation) is Or else None
            try:
                before = working.equation(at)
                after = at if before in self._met else self._step(at)
            finally:
                working.place = None
            if after == at:
                self.stuck.add(before)
            self._met.add(before)
            at = after

    def _unsolved(self, at: int) -> int | None:
        """The place of the first equation that is still to be worked on."""
        relation = self.working.moves[at].equation
        for place, equation in enumerate(relation.args if type(relation) is Or else (relation,)):
            if equation in self.stuck or is_solved(equation, self.unknown):
                continue
            if not self.depends(equation) and not never_holds(equation):
                continue  # a condition on other letters
            return place
        return None

    # -- one step --------------------------------------------------------------------------

    def _step(self, at: int) -> int:
        working, unknown = self.working, self.unknown
        equation = working.equation(at)
        if not self.depends(equation):
            return working.refute(at)
        attempts: tuple[Callable[[int], int | None], ...] = (
            self._linear,
            self._undo,
            self._one_side,
            self._as_fraction,
            self._product,
            self._quadratic,
            *[partial(form, self) for form in OTHER_FORMS],
        )
        for attempt in attempts:
            after = attempt(at)
            if after is not None and after != at:
                return after
        assert unknown is not None
        return at

    def sides(self, at: int) -> tuple[Basic, Basic]:
        """The two sides of the equation of that number."""
        left, right = self.working.equation(at).args
        return left, right

    def _linear(self, at: int) -> int | None:
        equation = self.working.equation(at)
        if any(self.depends(part) for part in _not_polynomial(equation)):
            return None
        coefficient = Sides(equation, self.working.book).coefficient(self.unknown)
        if coefficient is None:
            return None
        working = self.working
        since = len(working.moves)
        if working.place is not None:
            working.purpose = ("solve each for ", self.unknown)
        try:
            after, how = isolate(working, at, self.unknown)
        except DoesNotFitError:
            del working.moves[since:]
            working.purpose = ()
            return None
        if how is Isolated.ALONE:
            after = with_values(working, after)
        working.purpose = ()
        if since < len(working.moves) and working.moves[since].purpose:
            working.mark_easy(since, True)
        return after

    def into_product(self, at: int) -> int:
        """Bring an equation in several unknowns into the form "a factor is zero", if it has it.

        The number of the last relation; the same if it has not.  Fractions are cleared anyway.
        """
        working = self.working
        fraction = any(
            type(node) is Over and self.depends(node.args[1])
            for node in postorder(working.equation(at))
        )
        since, start = len(working.moves), at
        for attempt in (self._one_side, self._as_fraction, self._product):
            after = attempt(at)
            if attempt == self._as_fraction and fraction and after is not None:
                since, start = len(working.moves), after
            at = at if after is None else after
            found = attempt == self._product and after is not None
            if found and (type(working.moves[at].equation) is Or or since <= at):
                return at
        del working.moves[since:]
        return start

    # -- undoing what stands around --------------------------------------------------------

    def _undo(self, at: int) -> int | None:
        """One operation undone, where the unknown occurs once."""
        working = self.working
        left, right = self.sides(at)
        if self.depends(right):
            if self.depends(left):
                return None
            if _occurrences(right, self.unknown) == 1:
                return working.apply("swap-sides", at, self.unknown)
            return None
        if _occurrences(left, self.unknown) != 1 or not self._can_undo(left, right):
            return None
        return self.undone(at)

    def _can_undo(self, left: Basic, right: Basic) -> bool:
        """Whether there is a move for everything that stands around the unknown."""
        node = left
        while node is not self.unknown:
            if type(node) is Power:
                base, exponent = node.args
                if self.depends(exponent):
                    if max(NO_FACTS.signs(base), default=-1) <= 0:
                        return False
                    node = exponent
                    continue
                if exponent not in (TWO, integer(3)) and not (node is left and right is ZERO):
                    return False
            elif type(node) is Apply:
                if len(node.args) != 2 or str(node.args[0]) not in _UNDONE:
                    return False
            elif type(node) not in (Plus, Times, Negative, Over):
                return False
            node = next(part for part in node.args if self.depends(part))
        return True

    def undone(self, at: int) -> int | None:
        """The outermost operation on the left-hand side undone."""
        working, unknown = self.working, self.unknown
        left, right = self.sides(at)
        if right is ZERO and type(left) in (Times, Power):
            after = working.proceed("zero-product", at)
            if after != at:
                return after
        names: tuple[str, ...] = ()
        if type(left) is Plus:
            free = [term for term in terms_of(left) if not self.depends(term)]
            names = ("add" if type(free[0]) is Negative else "subtract",) if free else ()
        elif type(left) is Negative:
            divides = type(left.args[0]) is Times and type(right) is not Plus
            names = ("divide-by-negative",) if divides else ("change-signs",)
        elif type(left) is Times:
            names = ("divide",)
        elif type(left) is Over:
            below = left.args[1]
            names = ("undo-reciprocal",) if self.depends(below) else ("multiply",)
        elif type(left) is Power:
            names = (
                "take-square-root",
                "square-never-negative",
                "take-cube-root",
                "power-never-negative",
                "take-logarithm",
                "take-logarithm-of-powers",
            )
        elif type(left) is Apply:
            if str(left.args[0]) in _ANGLES:
                return self._angle(at)
            names = (
                "take-exponential",
                "root-never-negative",
                "square-both-sides",
                "absolute-value-never-negative",
                "undo-absolute-value",
                "undo-tanh",
            )
        for name in names:
            if name in ("change-signs", "swap-sides") or not self._needs_care(name, left, right):
                needed = self._divisor(left) if name.startswith("divide") else None
                made = working.apply(name, at, unknown, needed)
                if made is not None:
                    return self._tidied(made)
        return None

    def _divisor(self, left: Basic) -> Basic | None:
        """What must not be zero for a division by all factors without the unknown."""
        product = left.args[0] if type(left) is Negative else left
        factors = [factor for factor in product.args if not self.depends(factor)]
        return condition(factors[0] if len(factors) == 1 else Times(*factors), False)

    def _needs_care(self, name: str, left: Basic, right: Basic) -> bool:
        """Whether a move is not for these sides: √u = c and |u| = c with c negative, in digits."""
        if name in ("take-square-root", "square-both-sides", "undo-absolute-value"):
            return _is_negative(right)
        if name in ("square-never-negative", "root-never-negative"):
            return not _is_negative(right)
        return False

    def _angle(self, at: int) -> int | None:
        left, right = self.sides(at)
        bounds = self.intervals.of(left.args[1], self.unknown)
        if bounds is None or free_symbols(right):
            return None
        name = str(left.args[0])
        words: Words = ("take the inverse of ", name, self.intervals.said(self.unknown))
        if name != "tan" and is_certain(Less(ONE, Power(right, TWO))):
            words = (name, " has values from −1 to 1 only, and ", right, " is none")
        return self.working.proceed("inverse-on-interval", at, *bounds, words=words)

    def _tidied(self, at: int) -> int:
        """Tidy what a move has left, each of several equations."""
        working = self.working
        relation = working.moves[at].equation
        if type(relation) is not Or:
            return working.rewrite(at, TIDY, VALUES, joined=True)
        place = working.place
        try:
            for number in range(len(relation.args)):
                working.place = number
                if number >= (place or 0):
                    at = working.rewrite(at, TIDY, VALUES, joined=True)
        finally:
            working.place = place
        return at

    # -- polynomials -----------------------------------------------------------------------

    def _one_side(self, at: int) -> int | None:
        _, right = self.sides(at)
        if right is ZERO:
            return None
        after = self.working.apply("to-one-side", at, self.unknown)
        assert after is not None
        return self.working.rewrite(after, MULTIPLY_OUT, (), joined=True)

    def _as_fraction(self, at: int) -> int | None:
        """The numerator alone, where the unknown stands below a fraction line."""
        working = self.working
        left, _ = self.sides(at)
        if type(left) is Negative and type(left.args[0]) is Over:
            after = working.apply("change-signs", at, self.unknown)
            assert after is not None
            return working.rewrite(after, (), VALUES, joined=True)
        if not any(type(node) is Over and self.depends(node.args[1]) for node in postorder(left)):
            return None
        if type(left) is not Over:
            try:
                for phase in over_one_denominator(left, working.book):
                    at = working.rewritten(at, phase, None)
            except ProblemError:
                return None
            left, _ = self.sides(at)
            if type(left) is not Over:
                return at
        after = working.apply("numerator-is-zero", at, self.unknown)
        return at if after is None else working.rewrite(after, MULTIPLY_OUT, (), joined=True)

    def _product(self, at: int) -> int | None:
        working = self.working
        left, _ = self.sides(at)
        if type(left) is Negative and type(left.args[0]) is Plus:
            turned = working.apply("change-signs", at, self.unknown)
            assert turned is not None
            return working.rewrite(turned, (), VALUES, joined=True)
        after = working.proceed("zero-product", at)
        if after != at:
            return after
        for tables in ((), MULTIPLY_OUT):
            if tables:
                multiplied = working.rewrite(at, tables, ())
                left = working.equation(multiplied).args[0]
                if multiplied != at:
                    return multiplied
            phase = procedure_phase(left, "factor-polynomial", working.book)
            if phase is not None and _is_worth_it(phase.result):
                at = working.rewritten(at, phase, None)
                return working.proceed("zero-product", at)
        return None

    def atoms(self, left: Basic) -> list[Basic]:
        """The parts with the unknown of which the left-hand side is a polynomial."""
        return [node for node in Letters(left).letters if self.depends(node)]

    def _quadratic(self, at: int) -> int | None:
        working = self.working
        left, _ = self.sides(at)
        atoms = self.atoms(left)
        if len(atoms) != 1:
            return None
        (atom,) = atoms
        found = coefficients_of(left, atom)
        if found is None:
            return None
        if len(found) == 3:
            after = self._no_root(at, atom, found)
            if after == at:
                after = working.proceed("quadratic-formula", at, atom)
                if after != at:
                    self._require_roots(after, found)
            return None if after == at else self._tidied(after)
        if len(found) == 2 and atom is not self.unknown:
            return self._isolate_atom(at)
        step = gcd(*[degree for degree, part in enumerate(found) if part is not ZERO])
        if step == len(found) - 1:
            step = step // 2 if step % 2 == 0 else 1  # x⁴ = −1 is t² = −1
        if atom is self.unknown and step > 1:
            return self._with_letter(at, Power(atom, integer(step)))
        if atom is self.unknown:
            return working.proceed("real-roots", at, atom)
        return None

    def _discriminant(self, found: list[Basic]) -> tuple[Basic, Basic]:
        """b² − 4ac with the coefficients put in, and its value."""
        constant, linear, square = found
        whole = Plus(Power(linear, TWO), Negative(Times(integer(4), square, constant)))
        return whole, normal_phase(whole, self.working.book, *MULTIPLY_OUT).result

    def _require_roots(self, at: int, found: list[Basic]) -> None:
        """Say of the quadratic formula what must hold of the letters in its coefficients."""
        _, value = self._discriminant(found)
        required: list[Basic] = []
        for relation in (Unequal(found[2], ZERO), AtLeast(value, ZERO)):
            if free_symbols(relation):
                required.append(relation)
        if required:
            self.working.require(at, required[0] if len(required) == 1 else And(*required))

    def _no_root(self, at: int, atom: Basic, found: list[Basic]) -> int:
        """A quadratic equation with a negative discriminant; the same number for any other."""
        whole, value = self._discriminant(found)
        words = ("no real solution, for the discriminant ", whole, " = ", value, " is negative")
        return self.working.proceed("no-real-root", at, atom, words=words)

    def _isolate_atom(self, at: int) -> int | None:
        """a e^x + b = 0: the terms without it go to the right."""
        left, _ = self.sides(at)
        if not any(not self.depends(term) for term in terms_of(left)):
            return None
        return self.undone(at)

    def _with_letter(self, at: int, old: Basic) -> int | None:
        """x⁴ − 5x² + 5 = 0 is quadratic in t = x²."""
        working = self.working
        if working.place is not None:
            return None
        letter = _new_letter(working)
        origin = working.moves[at].origin
        named = working.assume(Equation(letter, old), origin, ("write ", letter, " for ", old))
        after = working.proceed("new-letter", at, old, letter, words=("with ", letter, " = ", old))
        if after == at:
            return None
        inner = OneUnknown(working, letter, self.intervals)
        after, done = inner.solve(after)
        relation = working.moves[after].equation
        rounded = any(type(node) is Nearly for node in postorder(relation))
        if not done or rounded:
            # A rounded number is not put into an equation as if it were exact.
            del working.moves[named:]
            return working.proceed("real-roots", at, self.unknown)
        if relation is Or():
            return after
        back = ("put back ", letter, " = ", old)
        for place in range(len(relation.args) if type(relation) is Or else 1):
            working.place = place if type(relation) is Or else None
            after = working.fill(after, [(letter, named)], back)
        working.place = None
        return after


def _not_polynomial(equation: Basic) -> Iterator[Basic]:
    """The parts in which an unknown would make the equation not linear."""
    for node in postorder(equation):
        if type(node) is Apply:
            yield node
        elif type(node) is Over:
            yield node.args[1]
        elif type(node) is Power and (value_of(node.args[1]) is None):
            yield node


def _is_worth_it(product: Basic) -> bool:
    """Whether something was factored, not only a number or a sign taken out."""
    inside = product.args[0] if type(product) is Negative else product
    if type(inside) is Over:
        inside = inside.args[0]
    factors = inside.args if type(inside) is Times else (inside,)
    holding = [factor for factor in factors if value_of(factor) is None]
    return len(holding) > 1 or any(type(factor) is Power for factor in holding)


def _occurrences(root: Basic, unknown: Symbol) -> int:
    """How often the unknown is written; two stands for more."""
    counts: dict[Basic, int] = {}
    for node in postorder(root):
        if node is unknown:
            counts[node] = 1
        else:
            counts[node] = min(2, sum(counts.get(part, 0) for part in node.args))
    return counts[root]


def _is_negative(node: Basic) -> bool:
    """Whether a number is negative, by its sign or by its digits."""
    if max(NO_FACTS.signs(node), default=0) < 0:
        return True
    if free_symbols(node):
        return False
    from derivex.equality.balls import evaluate, precision

    with precision(128):
        try:
            return bool(evaluate(node, {}, real=True).real < 0)
        except ProblemError:
            return False


def _new_letter(working: Working) -> Symbol:
    taken = {name for move in working.moves for name in free_symbols(move.equation)}
    return next(
        symbol(name)
        for name in ("t", "u", "w", "z", *[f"t_{number}" for number in range(1, 99)])
        if symbol(name) not in taken
    )
