"""Is a rule sound?  Every judgement has its own test; this one is for equalities of values.

A rule is refused if any instance of it, or any of its examples, shows two different values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sympy.core.basic import Basic

from derivex.equality import Verdict, judge
from derivex.errors import Place, RuleError
from derivex.expression import Binder, Dots, postorder, symbol
from derivex.expression.array_nodes import DERIVATIVES
from derivex.expression.functions import Functions
from derivex.matching import Context
from derivex.rulebook.equation_soundness import check_move_procedure
from derivex.rulebook.findings import FEW, Finding, combined, shown, where, with_minus
from derivex.rulebook.form import Form
from derivex.rulebook.instances import Instance, instances
from derivex.rulebook.membership_soundness import check_membership_form
from derivex.rulebook.misconception_soundness import check_misconception_form
from derivex.rulebook.move_soundness import check_move_form
from derivex.rulebook.procedure_soundness import check_procedure, with_usual_parameters
from derivex.rulebook.roles import roles_of
from derivex.rulebook.rule import Example, Judgement, Rule

__all__ = ["check_rule"]

_TRIES = 32
_TRIES_OF_A_ROW = 20  # of the derivative of a function, in which less varies
_TRIES_OF_ARRAYS = 12  # each of which is tried at two sizes
_SECONDS = 1.0  # for one instance
_SECONDS_OF_A_ROW = 5.0  # special functions take longer


_Check = Callable[[Form, Functions], Finding]


def check_rule(rule: Rule, functions: Functions) -> Finding:
    """Test a rule by its judgement: all its forms, its procedure and its examples.

    The same rule gives the same finding: what is drawn depends only on its name.

    Args:
        rule: the rule.
        functions: the known functions, with what they mean.

    >>> from derivex.rulebook.file_reader import read_rules
    >>> source = '''
    ... rule doubling  "a wrong rule"
    ...     u + u  =  u^2
    ... '''
    >>> (rule,) = read_rules(source, "my.rules").rules
    >>> finding = check_rule(rule, {})
    >>> finding.kind, finding.errors[0].message.partition(":")[0]
    ('wrong', 'the rule doubling is not sound')
    """
    parts = [_check_example(rule, example, functions) for example in rule.examples]
    if rule.procedure is not None:
        check = check_move_procedure if rule.is_move else check_procedure
        parts.append(check(rule, rule.procedure, functions))
    for form in rule.forms:
        parts.append(_CHECKS[rule.judgement](form, functions))
    return combined(rule, parts)


def check_form(form: Form, functions: Functions) -> Finding:
    """Test one form of an equality at random instances."""
    tries = _TRIES_OF_A_ROW if form.rule.function else _TRIES
    tries = tries if form.letters.arrays is None else _TRIES_OF_ARRAYS
    used = 0
    tried: set[Basic] = set()
    for instance in instances(form, functions, tries):
        if instance.before in tried:
            continue
        tried.add(instance.before)
        conditions = form.conditions_of(instance.slots)
        verdict = judge(
            instance.before,
            instance.after,
            functions,
            seconds=_SECONDS_OF_A_ROW if form.rule.function else _SECONDS,
            conditions=conditions,
        )
        if verdict.kind == "wrong":
            return Finding(form.rule, "wrong", used + 1, (_refusal(form, instance, verdict),))
        used += verdict.holds
    if _is_proven(form, functions):
        return Finding(form.rule, "proven", used)
    warnings: tuple[str, ...] = ()
    if used < min(FEW, len(tried) or FEW):
        warnings = (
            f"the rule {form.rule.name} could be tested at {used or 'no'} "
            f"instance{'s' * (used != 1)} of {shown(form.before)} only",
        )
    return Finding(form.rule, "tested" if used else "undecided", used, (), warnings)


def _is_proven(form: Form, functions: Functions) -> bool:
    """Whether the two sides are equal by exact algebra, the letters being any values at all.

    That covers all instances only where a letter stands for one value: not under a ∂ that
    it depends on, not under Σ, and not for several operands or a function.
    """
    roles = roles_of(form.before, form.letters)
    if roles.repeated or roles.contexts:
        return False
    for part in postorder(form.before):
        if isinstance(part, (Binder, Dots)):
            return False
        if type(part) in DERIVATIVES:
            free = {
                condition.subject
                for condition in form.conditions
                if condition.kind.words == "is free of"
            }
            inside = {str(leaf) for leaf in postorder(part.args[0]) if not leaf.args}
            if any(name in inside and name not in free for name in roles.values):
                return False
    return judge(form.before, form.after, functions, seconds=_SECONDS).kind == "proven"


def _refusal(form: Form, instance: Instance, verdict: Verdict) -> RuleError:
    witness = verdict.witness
    assert witness is not None
    message = (
        f"the rule {form.rule.name} is not sound: {where(witness)}"
        f"the left-hand side is {with_minus(witness.left)}, "
        f"the right-hand side {with_minus(witness.right)}"
    )
    return RuleError(message, form.place, _in_words(form, instance))


def _in_words(form: Form, instance: Instance) -> str:
    """The instance as text: for c = 3, u = x²: ∂(3x²)/∂x ≠ −3 · ∂x²/∂x."""
    standing: list[str] = []
    for name, found in form.names(instance.slots).items():
        if isinstance(found, tuple):
            standing.append(f"{name}, … = {', '.join(map(shown, found))}")
        elif found is not symbol(name):
            standing.append(f"{name} = {shown(found)}")
    claim = f"{shown(instance.before)} ≠ {shown(instance.after)}"
    return f"for {', '.join(standing)}: {claim}" if standing else claim


def _check_example(rule: Rule, example: Example, functions: Functions) -> Finding:
    """Run an example: the rule, applied at its root, must give exactly what it says."""
    made = _applied(rule, example.before, functions)
    if example.after not in made:
        return Finding(rule, "wrong", 0, (_example_error(rule, example, made),))
    if not (rule.is_move or rule.is_misconception):
        conditions = _conditions_of(rule, example.before)
        verdict = judge(
            example.before, example.after, functions, seconds=_SECONDS, conditions=conditions
        )
        if verdict.kind == "wrong":
            assert verdict.witness is not None
            error = RuleError(
                f"the example of the rule {rule.name} does not hold: {where(verdict.witness)}"
                f"the left-hand side is {with_minus(verdict.witness.left)}, "
                f"the right-hand side {with_minus(verdict.witness.right)}",
                example.place,
            )
            return Finding(rule, "wrong", 1, (error,))
    return Finding(rule, "proven")


def _conditions_of(rule: Rule, before: Basic) -> tuple[Basic, ...]:
    """What the forms of a rule that match a node leave to be said."""
    found: list[Basic] = []
    for form in rule.forms:
        slots = form.match(before, Context())
        if slots is not None:
            found += form.conditions_of(slots)
    return tuple(found)


def _applied(rule: Rule, before: Basic, functions: Functions) -> list[Basic]:
    """What the forms of a rule, and its procedure, make of a node."""
    made: list[Basic] = []
    for form in rule.forms:
        context = Context(functions=functions)
        unknown = form.letters.unknown
        slots = form.match(before, context, None if unknown is None else symbol(unknown))
        if slots is not None:
            made.append(form.build(slots, context))
    if rule.procedure is not None:
        found = with_usual_parameters(rule.procedure).apply(before)
        if found is not None:
            made.append(found)
    return made


def _example_error(rule: Rule, example: Example, made: list[Basic]) -> RuleError:
    place: Place = example.place
    if not made:
        return RuleError(
            f"the rule {rule.name} does not apply to its example {shown(example.before)}",
            place,
            "change the example, or the left-hand side and the conditions of the rule",
        )
    return RuleError(
        f"the example says that the rule {rule.name} gives {shown(example.after)}, "
        f"but it gives {shown(made[0])}",
        place,
        "an example must be exactly what the rule makes, before anything is tidied",
    )


_CHECKS: Mapping[Judgement, _Check] = MappingProxyType(
    {
        Judgement.EQUALITY: check_form,
        Judgement.LIMIT: check_form,
        Judgement.EQUIVALENT: check_move_form,
        Judgement.IMPLIED: check_move_form,
        Judgement.MEMBERSHIP: check_membership_form,
        Judgement.MISCONCEPTION: check_misconception_form,
    }
)
