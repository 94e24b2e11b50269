"""What is taken as given: definitions, updates, premises, equations that are to be solved.

A link between two formulas that is no identity may be right all the same, because of what it is
meant as.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.concluded import concluded
from derivex.checking.differentiated import dependencies, differentiated_names
from derivex.checking.identities import says_weights
from derivex.checking.knowledge import Knowledge
from derivex.checking.links import Finding, identity_link, judge_link, over_data
from derivex.checking.posed import (
    differentiates_unknown,
    estimate,
    functions_in,
    is_claim,
    is_continued,
    is_deduced,
    is_known,
    is_posed,
    solution_in_words,
    with_calls,
)
from derivex.checking.premises import (
    definition_in,
    fills_in_data,
    is_condition,
    is_vector,
    names_of_new_vector,
    new_premise,
    unknowns,
)
from derivex.checking.progress import Progress, Spot
from derivex.checking.systems import judge_equations, slopes_in
from derivex.documents import Formula
from derivex.expression import (
    TWO,
    ZERO,
    Apply,
    At,
    D,
    Equation,
    Power,
    contains,
    free_symbols,
    function_name,
    function_of,
    postorder,
    substitute,
    symbol,
    value_of,
)
from derivex.notation import Definition

__all__ = ["EQUALITIES", "excused", "is_defined", "taken_as_given"]

EQUALITIES = ("=", "≡", "≈")
"""The signs after which something is claimed."""
_LEFT_ALONE = {"→": "an arrow", "∝": "a proportionality"}


def taken_as_given(before: Basic, spot: Spot, progress: Progress) -> Finding | None:
    """Definitions, updates and what is left alone; None for what is to be judged."""
    definition, sign = spot.chain.definition, spot.sign
    if spot.opening and definition is not None:
        body = definition.definition.body
        name = definition.definition.name
        if sign == ":=" and body is not None and contains(body, before):
            return Finding("definition", f"an update of {name}")
        if definition.said != "form":
            progress.define(definition.definition, said=True)
            return Finding("definition", f"the definition of {name}")
    if sign == ":=":
        return Finding("definition", "an update")
    if sign and sign not in EQUALITIES:
        if len(spot.row.chains) > 1:  # sin x = 1/2, 0 < x < π/2
            progress.restrict(before, sign, spot.formula.expression)
        return Finding("definition", f"{_LEFT_ALONE.get(sign, 'an inequality')}: left alone")
    return None


def excused(
    before: Basic,
    after: Basic,
    spot: Spot,
    system: list[Basic],
    finding: Finding,
    progress: Progress,
) -> Finding:
    """Why a link that is no identity may be right all the same; else what was found.

    Args:
        before: what stands before the sign.
        after: what stands after it.
        spot: where that is.
        system: the equations of this row, to which it may be added.
        finding: what was found by comparing.
        progress: what is known; definitions and premises are added to it.
    """
    equation = Equation(before, after)
    solved = solution_in_words(equation, spot, progress) if spot.opening else None
    if solved is not None:
        return solved
    deduced = concluded(equation, spot, progress) if spot.opening else None
    if deduced is not None and deduced.verdict != "undecided":
        system.append(equation)
        return deduced
    if spot.opening and (progress.systems or progress.earlier):
        implied = _implied(equation, progress)
        if implied is not None and implied.holds:
            system.append(equation)
            return implied
        named = estimate(equation, progress)
        if named is not None:
            return named
        wrong = implied is not None and implied.verdict == "wrong"
        if implied is not None and wrong and is_deduced(equation, spot, progress):
            return implied
    if spot.opening and spot.row.connective == "or":
        return Finding("definition", "one of several cases")
    other = spot.chain.renews
    if spot.opening and other and progress.knowledge.defines(other):
        progress.knowledge = progress.knowledge.forgetting([other])
        return Finding("definition", f"a premise: {other} is another function than before")
    if spot.opening and _is_of_name(before, progress):
        same = judge_link(symbol(function_of(before.args[0])[0].name), after, progress.knowledge)
        definition = definition_in(before, after)
        if same.holds and definition is not None:
            progress.define(definition)
            return same
    if spot.opening and finding.verdict == "wrong":
        renewed = functions_in(before) & progress.derivation.elsewhere
        if renewed:
            progress.knowledge = progress.knowledge.forgetting(renewed)
            told = " and ".join(sorted(renewed))
            note = f"taken as given: it is not so for the {told} of another section"
            return Finding("definition", note)
    definition = definition_in(before, after) if spot.opening else None
    known = definition is not None and progress.knowledge.defines(definition.name)
    unclear = known and bool(unknowns(after, progress.knowledge))
    if definition is not None and not unclear and _may_define(before, definition, progress):
        progress.define(definition)
        if spot.solved and spot.at_end:
            system.append(equation)
        return Finding("definition", f"the definition of {definition.name}")
    if spot.opening and _goes_on(before, after, progress):
        return Finding("definition", "how one entry comes from another")
    if not spot.opening and progress.systems:
        filled_in = judge_equations(progress.systems, [equation], progress.knowledge, "⇒")
        if filled_in is not None and filled_in.holds:
            _define_anew(after, spot, progress)
            return replace(filled_in, note="by the equations before")
    if spot.opening and spot.at_end and (spot.solved or is_posed(equation, spot, progress)):
        system.append(equation)
        return Finding("definition", "an equation to be solved")
    if spot.opening and _determines(equation, progress) and _is_equation(equation, spot, progress):
        system.append(equation)
        return Finding("definition", "an equation: what follows is deduced from it")
    premise = new_premise(before, after, progress.knowledge, progress.facts)
    refuted = _refuted(equation, spot, progress)
    if refuted is not None:
        return refuted
    if premise:
        progress.facts.setdefault(before, after)
        if not spot.opening:
            _define_anew(after, spot, progress)
        elif (
            spot.at_end
            and not is_continued(spot, progress)
            and _is_of_implicit(equation, progress.knowledge)
        ):
            system.append(equation)  # what it leads to may stand behind the next words
        return Finding("definition", premise)
    if spot.opening and finding.verdict == "undecided":
        if isinstance(before, Symbol) and is_vector(after):
            return Finding("definition", f"the entries of {before}")
        if unknowns(before, progress.knowledge):
            told = " and ".join(dict.fromkeys(unknowns(before, progress.knowledge).values()))
            return Finding("definition", f"taken as given: nothing is known of {told}")
    if spot.opening and _names_what_follows(before, after, spot, progress):
        return Finding("definition", "names for what follows")
    worked_out = is_known(before, progress) and not differentiates_unknown(equation, progress)
    if spot.opening and not worked_out and _is_equation(equation, spot, progress):
        system.append(equation)
        return Finding("definition", "an equation: what follows is deduced from it")
    if _is_new(after, spot, progress):
        return Finding("definition", "a new name for what stands before")
    left, right = (over_data(side, progress.knowledge.columns) for side in (before, after))
    if spot.at_end and is_condition(left, right, spot.opening, spot.solved):
        if spot.opening and says_weights(before, after):
            progress.identify(before, after)
        else:
            system.append(equation)
        return Finding("definition", "a condition: it is not so for all values")
    if _restricts(before, after, spot, progress):
        system.append(equation)
        return Finding("definition", "a condition: it is not so for all values")
    worked_out = any(type(node) is D for node in postorder(before))
    if progress.derivation.inline and spot.opening and not is_claim(before, spot, progress):
        return Finding("definition", "an equation in a sentence: left alone")
    if spot.opening and spot.at_end and not worked_out and _goes_on_unreadably(spot, progress):
        note = "an identity it is not; what may be deduced from it cannot be read"
        return Finding("undecided", note)
    if not worked_out and fills_in_data(before, after, progress.knowledge):
        note = "taken as given: numbers are put in for data that the text does not give"
        return Finding("definition", note)
    squared = _defined_by_power(before, after, spot, progress)
    if squared is not None:
        progress.define(squared)
        return Finding("definition", f"the definition of {squared.name}, by its power")
    return deduced or finding


def _defined_by_power(
    before: Basic, after: Basic, spot: Spot, progress: Progress
) -> Definition | None:
    """The definition of σ in σ² = 1/n Σ (x_i − μ)², if nothing was said of σ; else None."""
    name, exponent = before.args if type(before) is Power else (before, None)
    if exponent is not TWO or not isinstance(name, Symbol) or not spot.opening:
        return None
    known = progress.knowledge.defines(name.name) or name in progress.knowledge.values
    given = [*progress.context.thread, *progress.systems]
    solved_for = any(contains(each, name) for system in given for each in system)
    if known or solved_for or contains(after, name) or not free_symbols(after):
        return None
    return Definition(name.name, (), Apply(function_name("sqrt"), after))


def is_defined(before: Basic, after: Basic, progress: Progress) -> bool:
    """Whether a row has the form of a definition, of what has one."""
    definition = definition_in(before, after)
    if definition is None or _is_of_name(before, progress):
        return False
    return progress.knowledge.defines(definition.name)


def _restricts(before: Basic, after: Basic, spot: Spot, progress: Progress) -> bool:
    """Whether a chain gives a name and then a number for it: V = x² h = 32."""
    name = spot.chain.formulas[0].expression
    return (
        spot.at_end
        and spot.position == 2
        and isinstance(name, Symbol)
        and progress.knowledge.defines(name.name)
        and bool(free_symbols(before))
        and not free_symbols(after)
        and not any(type(node) in (Apply, D) for node in postorder(after))
    )


def _is_of_name(before: Basic, progress: Progress) -> bool:
    """Whether S(x) stands where only a name S was defined."""
    if type(before) is not Apply:
        return False
    name = function_of(before.args[0])[0].name
    function = progress.knowledge.functions.get(name)
    unknown = function is None or function.definition is None
    return unknown and symbol(name) in progress.knowledge.names


def _implied(equation: Basic, progress: Progress) -> Finding | None:
    """Whether an equation follows from what is being solved, or was before: (2) put into (1)."""
    if progress.systems:
        found = judge_equations(progress.systems, [equation], progress.knowledge, "⇒")
        if found is None or found.holds or not progress.earlier:
            return found
    earlier = [[with_calls(each, equation) for each in some] for some in progress.earlier]
    if _is_of_implicit(equation, progress.knowledge) or differentiates_unknown(equation, progress):
        before = [*earlier, *progress.systems]
        return judge_equations(before, [equation], progress.knowledge, "⇒") if before else None
    if progress.systems or len(earlier) < 2:
        return None
    alone = judge_equations(earlier[-1:], [equation], progress.knowledge, "⇒")
    if alone is not None and alone.holds:
        return None  # it says no more than that one; perhaps it begins something new
    both = [each for conclusion in earlier for each in conclusion]
    return judge_equations([both], [equation], progress.knowledge, "⇒")


def _define_anew(after: Basic, spot: Spot, progress: Progress) -> None:
    """In A = l w = (10 − w) w the name stands for what l was put into."""
    if spot.chain.continues or len(spot.chain.formulas) < 2:
        return
    first, second = (formula.expression for formula in spot.chain.formulas[:2])
    if first is not None and second is not None:
        definition = definition_in(first, second)
        if definition is not None and progress.knowledge.defines(definition.name):
            progress.define(replace(definition, body=after))


def _goes_on(before: Basic, after: Basic, progress: Progress) -> bool:
    """Whether an entry is said to come from others of the same list: x_(k+1) = 0.8 x_k."""
    if type(before) is not At or len(before.args) != 2:
        return False
    if before.args[0] in progress.knowledge.columns:
        return False
    others = {
        node for node in postorder(after) if type(node) is At and node.args[0] is before.args[0]
    }
    moved = all(
        node is not before and free_symbols(node).keys() == free_symbols(before).keys()
        for node in others
    )
    return bool(others) and moved


def _may_define(before: Basic, definition: Definition, progress: Progress) -> bool:
    """Whether a name may get a definition here: it is no unknown, and has none yet."""
    if progress.solving_for(before):
        return False
    if definition.name in progress.defined and progress.said_last is before:
        return False  # f(x) = …, and again f(x) = …: that is a claim
    known = progress.knowledge.functions.get(definition.name)
    if definition.parameters and known is not None and known.means is not None:
        return False
    progress.defined.add(definition.name)
    progress.said_last = before
    return True


def _names_what_follows(before: Basic, after: Basic, spot: Spot, progress: Progress) -> bool:
    """Whether the left side is a new entry, y_i = …, or a vector of names."""
    if type(before) is At and _is_next(before, after, spot, progress):
        return True
    if type(before) is At and _is_new(before, spot, progress):
        progress.knowledge = progress.knowledge.defining_entry(before, after)
        return True
    return bool(names_of_new_vector(before))


def _determines(equation: Basic, progress: Progress) -> bool:
    """Whether an equation says implicitly what a quantity is, as x² + y² = 25 does for y."""
    inside = free_symbols(equation)
    names = [name for name in progress.knowledge.implicit if name in inside]
    slopes = [side for side in equation.args if type(side) is D and side.args[0] in names]
    return bool(names) and not slopes and not any(side in names for side in equation.args)


def _is_next(entry: Basic, after: Basic, spot: Spot, progress: Progress) -> bool:
    """Whether a line says what the next entry is, x_{k+1} = x_k - …, or one with a number.

    z_2 = w a_1 + b says what z_2 is where nothing was said of it before.
    """
    index = entry.args[-1]
    shifted = bool(index.args) and bool(free_symbols(index))
    if contains(after, entry) or not (shifted or value_of(index) is not None):
        return False
    said_before = any(
        formula.expression is not None and contains(formula.expression, entry)
        for row in progress.derivation.rows[: spot.number]
        for chain in row.chains
        for formula in chain.formulas
    )
    base = entry.args[0]
    if said_before or base in progress.knowledge.entries:
        return False
    if not shifted:
        progress.identify(entry, after)
    return shifted or symbol(str(base)) not in progress.knowledge.columns


def _is_of_implicit(equation: Basic, knowledge: Knowledge) -> bool:
    """Whether an equation says how something depends on a letter that nothing else tells."""
    return any(contains(equation, name) for name in knowledge.implicit)


def _refuted(equation: Basic, spot: Spot, progress: Progress) -> Finding | None:
    """That an equation contradicts the one that says how y depends on x; None if it does not.

    Numbers are another matter: dy/dx = 0 is what is looked for, 6 + 8 dy/dx = 0 holds at a point.
    """
    knowledge = progress.knowledge
    if spot.row.said == "let" or not _is_of_implicit(equation, knowledge):
        return None
    by = {node.args[1] for node in slopes_in(equation)}
    letters = {
        *knowledge.implicit,
        *(each for some in knowledge.implicit.values() for each in some),
    }
    said = equation if spot.opening else equation.args[1]
    if (spot.opening and not by) or not letters & free_symbols(_without_slopes(said)).keys():
        return None
    before = [*progress.context.thread, *progress.systems]
    given = list(dict.fromkeys(each for system in before for each in system))
    curves = [each for each in given if _is_of_implicit(each, knowledge) and not slopes_in(each)]
    if not curves:
        return None
    by |= {node.args[1] for each in given for node in slopes_in(each)}
    curves += [Equation(*[D(side, each) for side in curve.args]) for curve in curves for each in by]
    for each in given:
        if slopes_in(each):
            implied = judge_equations([curves], [each], knowledge, "⇒")
            if implied is None or not implied.holds:
                curves.append(each)
    found = judge_equations([curves], [equation], knowledge, "⇒")
    if found is None or found.verdict != "wrong":
        return None
    return replace(found, of_equations=True)


def _without_slopes(root: Basic) -> Basic:
    return substitute(root, dict.fromkeys(slopes_in(root), ZERO))


def _next_statement(spot: Spot, progress: Progress) -> Sequence[Formula]:
    """The formulas of the equation that stands below, in the same column; none if none does."""
    rows = progress.derivation.rows[spot.number + 1 :]
    later = next((row for row in rows if row.column == spot.row.column), None)
    following = progress.context.following
    if later is None and following is not None:
        later = following.rows[0]
    elif later is None or later.joint != "next":
        return ()
    if not later.chains:
        return ()
    formulas = later.chains[0].formulas
    return () if len(formulas) < 2 or later.chains[0].continues else formulas[:2]


def _goes_on_unreadably(spot: Spot, progress: Progress) -> bool:
    return any(formula.expression is None for formula in _next_statement(spot, progress))


def _is_equation(equation: Basic, spot: Spot, progress: Progress) -> bool:
    """Whether what follows is deduced from an equation, perhaps by differentiating both sides."""
    formulas = _next_statement(spot, progress)
    if not formulas:
        return False
    left, right = (formula.expression for formula in formulas)
    if left is None or right is None:
        return False
    deduced, known = Equation(left, right), progress.knowledge
    implicit = dependencies(differentiated_names([deduced]), known.names)
    if any(contains(equation, name) for name in implicit) and not slopes_in(equation):
        return True  # it says how y depends on x, of which dy/dx is found
    if identity_link(left, right, known).holds:
        return False  # that holds anyhow
    knowledge = replace(known, implicit={**known.implicit, **implicit})
    follows = judge_equations([[equation]], [deduced], knowledge, "⇒")
    return follows is not None and follows.holds


def _is_new(name: Basic, spot: Spot, progress: Progress) -> bool:
    """Whether a formula is a bare name that does not occur in the rows before."""
    base = name.args[0] if type(name) is At else name
    if not isinstance(base, Symbol) or base in progress.knowledge.names:
        return False
    return not any(
        formula.expression is not None
        and formula.expression is not name
        and contains(formula.expression, base)
        for row in progress.derivation.rows[: spot.number + 1]
        for chain in row.chains
        for formula in chain.formulas
    )
