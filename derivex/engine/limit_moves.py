"""Which rule or procedure is tried on a limit, in which order.

A limit is put in as soon as its body has a value at the point.  Until then its body, a
difference quotient, is brought into another form: first what takes the difference apart (terms,
factors, sums in arguments), then what makes the increment a factor, which is then cancelled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sympy.core.basic import Basic

from derivex.derivation import Step
from derivex.engine.forms import normal_phase
from derivex.equality import judge
from derivex.expression import (
    ONE,
    ZERO,
    Apply,
    D,
    Dependence,
    Limit,
    Over,
    Plus,
    Power,
    Times,
    infinite_sign,
    postorder,
    substitute,
    value_of,
)
from derivex.matching import Context, Slots
from derivex.rulebook import Form, RuleBook

__all__ = ["Moves", "apply_form"]

Steps = dict[Basic, Step]

_FIRST = frozenset(
    {"limit-of-sum", "limit-of-product", "constant-out-of-limit", "continuity"}
    | {"limit-of-constant"}
)
"""Moves on whole limits, made before the quotients inside of others are worked on."""
_ON_ONE_SIDE = frozenset(
    {"tidying", "expand-numerator", "increment-as-factor", "cancel-increment", "denominator-above"}
    | {"conjugate", "difference-of-squares", "fraction-of-fraction", "free-factors"}
)
"""What is tried on limits from one side."""
_SECONDS = 10  # for one question of whether something has a value; nearly always milliseconds
_EXPANDED_ARGUMENTS = frozenset({"sin", "cos", "exp"})


def apply_form(form: Form, node: Basic, chosen: Basic | None = None) -> Step | None:
    """The step that a form makes of a node, None if it does not match.

    Args:
        form: the form.
        node: what may have it.
        chosen: what its letter for the increment stands for.
    """
    context = Context()
    slots: Slots | None = form.match(node, context, chosen)
    if slots is None:
        return None
    made = form.build(slots, context)
    return None if made is node else Step(form, node, made, tuple(slots))


class Moves:
    """The moves on limits, with what was found out while they were made.

    Args:
        book: the rules.
    """

    def __init__(self, book: RuleBook):
        self.book = book
        self._grouped: set[Basic] = set()  # numerators that are not to be multiplied out again
        self._exists: dict[Basic, bool] = {}
        self._on_quotients: tuple[tuple[str, Callable[[Basic, Basic], Steps]], ...] = (
            ("difference-by-terms", self._term_by_term),
            ("factor-of-difference", self._common_factor),
            ("square-difference", self._square_difference),
            ("difference-of-powers", self._powers),
            ("add-and-subtract", self._add_and_subtract),
            ("powers-as-roots", self._as_roots),
            ("expand-arguments", self._expand_arguments),
            ("addition-theorems", self._addition),
            ("signs-of-arguments", self._signs),
            ("denominator-above", self._common_denominator),
            ("fraction-of-fraction", self._one_fraction),
            ("difference-of-squares", self._squares),
            ("conjugate", self._conjugate),
            ("cancel-increment", self._cancel),
            ("expand-numerator", self._expand),
            ("tidying", self._tidy),
            ("increment-as-factor", self._as_factor),
            ("free-factors", self._free_factors),
            ("one-plus-rest", self._one_plus_rest),
            ("constant-out-of-limit", lambda body, variable: {}),
            ("cancel-polynomials", self._cancel_polynomials),
            ("split-off-increment", self._split_off),
            ("split-fraction", self._split),
        )
        self._ranks = {name: position for position, (name, _) in enumerate(self._on_quotients)}

    def rank(self, name: str) -> int:
        """Moves with a smaller rank are made first where several limits are ready."""
        if name in _FIRST:
            return -1
        return self._ranks.get(name, len(self._ranks))

    def next(self, limit: Basic) -> tuple[str, Steps] | None:
        """The next move on a limit: its name and its steps; None if none helps."""
        body, variable, _ = limit._args
        if any(isinstance(part, (Limit, D)) for part in postorder(body)):
            return None
        if infinite_sign(limit._args[2]):
            return self._far_away(limit)
        if type(limit) is not Limit:
            return self._on_one_side(limit)
        for name, step in self._on_the_limit(limit):
            if step is not None:
                return name, {limit: step}
        if type(body) is not Over:
            return None
        for name, make in self._on_quotients:
            if name == "constant-out-of-limit":
                steps = self._steps([self._rule(name, limit)])
            else:
                steps = make(body, variable)
            if steps:
                return name, steps
        return None

    def _far_away(self, limit: Basic) -> tuple[str, Steps] | None:
        """The same for a limit at ∞ or −∞, where nothing can be put in."""
        body, variable, _ = limit._args
        constant = not Dependence(variable).of(body)
        name = "limit-of-constant" if constant else "constant-out-of-limit"
        steps = self._steps([self._rule(name, limit)])
        return (name, steps) if steps else None

    def _on_one_side(self, limit: Basic) -> tuple[str, Steps] | None:
        """The same for a limit from the right or from the left, of which less is known."""
        body, variable, point = limit._args
        if not Dependence(variable).of(body):
            return "limit-of-constant", self._steps([self._rule("limit-of-constant", limit)])
        for form in self.book.table("one-sided-limits").candidates(limit):
            assert isinstance(form, Form)
            step = apply_form(form, limit)
            if step is not None:
                return "one-sided-limits", {limit: step}
        if self._has_value(substitute(body, {variable: point})):
            return "continuity", self._steps([self._rule("continuity", limit)])
        if type(body) is not Over:
            return None
        for name, make in self._on_quotients:
            if name in _ON_ONE_SIDE and (steps := make(body, variable)):
                return name, steps
        return None

    # -- the limit as a whole ----------------------------------------------------------------

    def _on_the_limit(self, limit: Basic) -> Iterator[tuple[str, Step | None]]:
        body, variable, point = limit._args
        if not Dependence(variable).of(body):
            yield "limit-of-constant", self._rule("limit-of-constant", limit)
        for form in self.book.table("standard-limits").candidates(limit):
            assert isinstance(form, Form)
            yield "standard-limits", apply_form(form, limit)
        for form in self.book.table("limits-inside").candidates(limit):
            assert isinstance(form, Form)
            yield "limits-inside", apply_form(form, limit)
        if self._has_value(substitute(body, {variable: point})):
            yield "continuity", self._rule("continuity", limit)
        if type(body) is not Over:
            yield "constant-out-of-limit", self._rule("constant-out-of-limit", limit)
        for kind, name in ((Plus, "limit-of-sum"), (Times, "limit-of-product")):
            if type(body) is kind and self._have_limits(body._args, variable, point):
                yield name, self._rule(name, limit)
        below = substitute(body._args[1], {variable: point}) if type(body) is Over else ZERO
        if below is not ZERO and self._has_value(Over(ONE, below)):
            yield "limit-of-quotient", self._rule("limit-of-quotient", limit)

    def _has_value(self, expression: Basic) -> bool:
        """Whether an expression has a value somewhere: then it differs from itself plus one."""
        known = self._exists.get(expression)
        if known is None:
            verdict = judge(
                expression, Plus(expression, ONE), self.book.functions, seconds=_SECONDS
            )
            known = self._exists[expression] = verdict.kind == "wrong"
        return known

    def _have_limits(self, parts: Iterable[Basic], variable: Basic, point: Basic) -> bool:
        return all(self._has_value(Limit(part, variable, point)) for part in parts)

    def _rule(self, name: str, node: Basic, chosen: Basic | None = None) -> Step | None:
        for form in self.book.rules[name].forms:
            step = apply_form(form, node, chosen)
            if step is not None:
                return step
        return None

    def _procedure(self, name: str, node: Basic, *parameters: Basic) -> Step | None:
        procedure = self.book.rules[name].procedure
        assert procedure is not None
        if parameters:
            procedure = procedure.with_parameters(parameters)
        made = procedure.apply(node)
        return None if made is None or made is node else Step(procedure, node, made)

    def _everywhere(self, table: str, root: Basic, variable: Basic) -> Steps:
        """The steps that the rules of a table make of parts that the variable is in."""
        depends = Dependence(variable).of
        entries = self.book.table(table).candidates
        return self._steps(
            apply_form(form, part, variable)
            for part in postorder(root)
            if depends(part)
            for form in entries(part)
            if isinstance(form, Form)
        )

    def _steps(self, steps: Iterable[Step | None]) -> Steps:
        found: Steps = {}
        for step in steps:
            if step is not None:
                found.setdefault(step.redex, step)
        return found

    # -- the difference quotient ---------------------------------------------------------------

    def _term_by_term(self, body: Basic, variable: Basic) -> Steps:
        if _is_rational(body._args[0], variable):
            return {}
        return self._steps([self._procedure("difference-by-terms", body)])

    def _common_factor(self, body: Basic, variable: Basic) -> Steps:
        if _is_rational(body._args[0], variable):
            return {}
        return self._steps([self._procedure("factor-of-difference", body, variable)])

    def _square_difference(self, body: Basic, variable: Basic) -> Steps:
        if _is_rational(body._args[0], variable):
            return {}
        return self._steps([self._rule("square-difference", body)])

    def _powers(self, body: Basic, variable: Basic) -> Steps:
        return self._steps([self._rule("difference-of-powers", body)])

    def _add_and_subtract(self, body: Basic, variable: Basic) -> Steps:
        if _is_rational(body._args[0], variable):
            return {}
        return self._steps([self._procedure("add-and-subtract", body, variable)])

    def _cancel_polynomials(self, body: Basic, variable: Basic) -> Steps:
        if not _is_rational(body, variable):
            return {}
        return self._steps([self._procedure("cancel-polynomials", body)])

    def _split_off(self, body: Basic, variable: Basic) -> Steps:
        step = self._procedure("split-off-increment", body, variable)
        if step is None or not self._have_limits(step.replacement._args, variable, ZERO):
            return {}
        return self._steps([step])

    def _as_roots(self, body: Basic, variable: Basic) -> Steps:
        entries = self.book.table("powers-as-roots").candidates
        return self._steps(
            apply_form(form, part)
            for part in postorder(body)
            for form in entries(part)
            if isinstance(form, Form)
        )

    def _expand_arguments(self, body: Basic, variable: Basic) -> Steps:
        depends = Dependence(variable).of
        return self._steps(
            self._procedure("expand-arguments", part, variable)
            for part in postorder(body._args[0])
            if (type(part) is Power and depends(part._args[1]))
            or (type(part) is Apply and str(part._args[0]) in _EXPANDED_ARGUMENTS)
        )

    def _addition(self, body: Basic, variable: Basic) -> Steps:
        return self._everywhere("addition-theorems", body._args[0], variable)

    def _signs(self, body: Basic, variable: Basic) -> Steps:
        return self._everywhere("signs-of-arguments", body._args[0], variable)

    def _common_denominator(self, body: Basic, variable: Basic) -> Steps:
        depends = Dependence(variable).of
        above = body._args[0]
        if type(above) is not Plus or not any(
            type(part) is Over and depends(part._args[1]) for part in postorder(above)
        ):
            return {}
        return self._steps([self._procedure("denominator-above", body)])

    def _one_fraction(self, body: Basic, variable: Basic) -> Steps:
        return self._steps([self._rule("fraction-of-fraction", body)])

    def _squares(self, body: Basic, variable: Basic) -> Steps:
        return self._steps([self._rule("difference-of-squares", body._args[0])])

    def _conjugate(self, body: Basic, variable: Basic) -> Steps:
        return self._steps([self._rule("conjugate", body)])

    def _cancel(self, body: Basic, variable: Basic) -> Steps:
        return self._steps([self._procedure("cancel-increment", body, variable)])

    def _expand(self, body: Basic, variable: Basic) -> Steps:
        if body._args[0] in self._grouped:
            return {}
        return self._steps([self._procedure("expand-numerator", body)])

    def _tidy(self, body: Basic, variable: Basic) -> Steps:
        above = body._args[0]
        if value_of(above) == 0:
            return self._steps([self._rule("zero-over", body)])
        if above in self._grouped:
            return {}
        return dict(normal_phase(above, self.book, "arithmetic", "tidying").steps)

    def _as_factor(self, body: Basic, variable: Basic) -> Steps:
        return self._steps([self._procedure("increment-as-factor", body, variable)])

    def _free_factors(self, body: Basic, variable: Basic) -> Steps:
        step = self._procedure("free-factors", body, variable)
        if step is not None:
            above = step.replacement._args[0]
            self._grouped.update((above, *(above._args if type(above) is Plus else ())))
        return self._steps([step])

    def _one_plus_rest(self, body: Basic, variable: Basic) -> Steps:
        """The argument of a logarithm: (x + h)/x is 1 + h/x."""
        above = body._args[0]
        if type(above) is not Apply or str(above._args[0]) != "log":
            return {}
        inner = above._args[1]
        if type(inner) is not Over:
            return {}
        return self._steps(
            [self._procedure("one-plus-rest", inner) or self._procedure("expand-numerator", inner)]
        )

    def _split(self, body: Basic, variable: Basic) -> Steps:
        above, below = body._args
        if type(above) is not Plus:
            return {}
        parts = [Over(term, below) for term in above._args]
        if not self._have_limits(parts, variable, ZERO):
            return {}
        return self._steps([self._rule("split-fraction", body)])


def _is_rational(root: Basic, variable: Basic) -> bool:
    """Whether an expression depends on the variable by sums, products and whole powers only."""
    depends = Dependence(variable).of
    for node in postorder(root):
        if not depends(node) or node is variable:
            continue
        if type(node) is Power:
            exponent = value_of(node._args[1])
            if exponent is None or exponent.denominator != 1:
                return False
        elif type(node) is Apply:
            return False
    return True
