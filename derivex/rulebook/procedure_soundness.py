"""Are the procedures sound?  Random nodes of the kinds that each works on, before and after."""

from __future__ import annotations

from inspect import signature
from random import Random

from sympy.core.basic import Basic

from derivex.equality import judge
from derivex.errors import RuleError
from derivex.expression import (
    TWO,
    Named,
    Plus,
    Times,
    function_name,
    symbol,
)
from derivex.expression.functions import Functions
from derivex.rulebook.drawing_arrays import (
    ARRAY_MAKERS,
)
from derivex.rulebook.findings import FEW, Finding, shown, where, with_minus
from derivex.rulebook.own_nodes import OF_THEIR_OWN
from derivex.rulebook.procedure import Procedure
from derivex.rulebook.random_nodes import random_node
from derivex.rulebook.rule import Rule

__all__ = ["check_procedure", "with_usual_parameters"]

_TRIES = 160
_ENOUGH = 20
_SECONDS = 0.5
_X, _Y = symbol("x"), symbol("y")
_U = Named(function_name("u"), Plus(_X, TWO))
_V = Named(function_name("v"), Times(_X, _Y))
_PARAMETERS: dict[str, tuple[Basic, ...]] = {
    "name-intermediates": (_U, _V),
    "factors-as-written": (Times(_Y, _X),),
    "entries-as-vector": (symbol("k"),),
    "power-of-base": (TWO,),
}
"""What a procedure works by, where that is not x."""


def with_usual_parameters(procedure: Procedure) -> Procedure:
    """The procedure, set to work by x if it needs to be told by what."""
    if procedure.rule.name in _PARAMETERS:
        return procedure.with_parameters(_PARAMETERS[procedure.rule.name])
    takes_more = len(signature(procedure.run).parameters) > 1 + procedure.by_facts
    return procedure.with_parameters((_X,)) if takes_more else procedure


def check_procedure(rule: Rule, procedure: Procedure, functions: Functions) -> Finding:
    """Compare random nodes with what the procedure makes of them."""
    procedure = with_usual_parameters(procedure)
    random = Random(rule.name)
    used = 0
    for _ in range(_TRIES):
        make = ARRAY_MAKERS.get(rule.name) or OF_THEIR_OWN.get(rule.name)
        if make is not None:
            node = make(random)
        else:
            node = random_node(random, random.choice(procedure.heads), procedure.kinds)
        made = procedure.apply(node)
        if made is None:
            continue
        verdict = judge(node, made, functions, seconds=_SECONDS)
        if verdict.kind == "wrong":
            assert verdict.witness is not None
            error = RuleError(
                f"the procedure {rule.name} is not sound: {where(verdict.witness)}"
                f"the value before it is {with_minus(verdict.witness.left)}, "
                f"after it {with_minus(verdict.witness.right)}",
                rule.place,
                f"{shown(node)} ≠ {shown(made)}",
            )
            return Finding(rule, "wrong", used + 1, (error,))
        used += verdict.holds
        if used >= _ENOUGH:
            break
    warnings: tuple[str, ...] = ()
    if used < FEW:
        warnings = (f"the procedure {rule.name} changed hardly any of {_TRIES} random nodes",)
    return Finding(rule, "tested" if used else "undecided", used, (), warnings)
