"""Excuses: why a link that is no identity may be right all the same, because of what it means.

Each excuse is a function of a case.  It says what the link is taken for, and notes what is known
from there on; where it does not apply it gives None.  The two tables at the end have them in the
order in which they are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.concluded import concluded
from derivex.checking.differentiated import dependencies, differentiated_names
from derivex.checking.given import is_of_name
from derivex.checking.identities import says_weights
from derivex.checking.implied import contradicted, implied, is_deduced, is_of_implicit
from derivex.checking.knowledge import Knowledge
from derivex.checking.links import DERIVATIVES, Finding, identity_link, judge_link, over_data
from derivex.checking.posed import (
    estimate,
    functions_in,
    is_claim,
    is_posed,
    solution_in_words,
    states_value,
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
from derivex.documents import HandRow
from derivex.expression import (
    TWO,
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
    symbol,
    value_of,
)
from derivex.notation import Definition

__all__ = ["Case", "excused"]


@dataclass(frozen=True)
class Case:
    """A link that is no identity.

    Args:
        before: what stands before the sign.
        after: what stands after it.
        spot: where that is.
        system: the equations of this row, to which it may be added.
        finding: what was found by comparing.
        progress: what is known; definitions and premises are added to it.
    """

    before: Basic
    after: Basic
    spot: Spot
    system: list[Basic]
    finding: Finding
    progress: Progress

    @property
    def equation(self) -> Equation:
        """The link as an equation."""
        return Equation(self.before, self.after)

    @property
    def known(self) -> Knowledge:
        """What is known here."""
        return self.progress.knowledge

    @property
    def definition(self) -> Definition | None:
        """The definition that it may be."""
        return definition_in(self.before, self.after)

    @cached_property
    def conclusion(self) -> Finding | None:
        """What is found of it as what follows from equations above or a few words before."""
        return concluded(self.equation, self.spot, self.progress)

    def solved(self, finding: Finding) -> Finding:
        """The finding; from here on the equation is one of those that are being solved."""
        self.system.append(self.equation)
        return finding


def excused(case: Case) -> Finding:
    """What the first excuse says that applies to a link; else what was found by comparing."""
    table = _OF_STATEMENTS if case.spot.opening else _OF_CONTINUATIONS
    return next(filter(None, (excuse(case) for excuse in table)), case.finding)


def _given(note: str) -> Finding:
    return Finding("definition", note)


# -- what follows from equations before --------------------------------------------------------


def _solution_in_words(case: Case) -> Finding | None:
    """ "And find x = 3", behind an equation for x."""
    return solution_in_words(case.equation, case.spot, case.progress)


def _concluded(case: Case) -> Finding | None:
    """ "This gives p = k/n", a few words behind an equation for p."""
    found = case.conclusion
    return None if found is None or found.verdict == "undecided" else case.solved(found)


def _undecided_conclusion(case: Case) -> Finding | None:
    """What may follow from an equation a few words before, though that could not be decided."""
    return case.conclusion


def _implied(case: Case) -> Finding | None:
    """What follows from the equations that are being solved, or, by its words, should."""
    if not (case.progress.systems or case.progress.earlier):
        return None
    found = implied(case.equation, case.progress)
    if found is not None and found.holds:
        return case.solved(found)
    named = estimate(case.equation, case.progress)
    if named is not None or found is None or found.verdict != "wrong":
        return named
    return found if is_deduced(case.equation, case.spot, case.progress) else None


def _filled_in(case: Case) -> Finding | None:
    """What equals the formula before by the equations that are being solved."""
    if not case.progress.systems:
        return None
    found = judge_equations(case.progress.systems, [case.equation], case.known, "⇒")
    if found is None or not found.holds:
        return None
    _define_anew(case)
    return replace(found, note="by the equations before")


def _contradiction(case: Case) -> Finding | None:
    """No excuse: it contradicts the equation that says how y depends on x."""
    return contradicted(case.equation, case.spot, case.progress)


def _stated_value(case: Case) -> Finding | None:
    """No excuse: it says what a derivative of something known is, and that is refuted."""
    wrong = case.finding.verdict == "wrong"
    return case.finding if wrong and states_value(case.before, case.after, case.progress) else None


# -- definitions -------------------------------------------------------------------------------


def _one_of_several(case: Case) -> Finding | None:
    """One of several cases: x = 1 or x = 2."""
    return _given("one of several cases") if case.spot.row.connective == "or" else None


def _another_function(case: Case) -> Finding | None:
    """The words say that a function is another one from here on: it is forgotten."""
    other = case.spot.chain.renews
    if not (other and case.known.defines(other)):
        return None
    case.progress.knowledge = case.known.forgetting([other])
    return _given(f"a premise: {other} is another function than before")


def _function_for_a_name(case: Case) -> Finding | None:
    """S(x) = … where S = … was said: S is that function."""
    if not is_of_name(case.before, case.known):
        return None
    name = function_of(case.before.args[0])[0].name
    same, definition = judge_link(symbol(name), case.after, case.known), case.definition
    if not same.holds or definition is None:
        return None
    case.progress.define(definition)
    return same


def _function_of_another_section(case: Case) -> Finding | None:
    """Of the f of another section it is not so: that one is forgotten."""
    renewed = functions_in(case.before) & case.progress.derivation.elsewhere
    if case.finding.verdict != "wrong" or not renewed:
        return None
    case.progress.knowledge = case.known.forgetting(renewed)
    told = " and ".join(sorted(renewed))
    return _given(f"taken as given: it is not so for the {told} of another section")


def _name_of_another_section(case: Case) -> Finding | None:
    """The y of another exercise has nothing to do with this one: y, and y', are judged without."""
    name = case.before
    while type(name) is D:
        name = name.args[0]
    elsewhere = str(name) in case.progress.derivation.elsewhere
    if case.finding.verdict != "wrong" or not elsewhere or name not in case.known.names:
        return None
    case.progress.knowledge = case.known.forgetting([str(name)])
    finding = judge_link(case.before, case.after, case.known)
    return finding if finding.holds else excused(replace(case, finding=finding))


def _definition(case: Case) -> Finding | None:
    """A name, or f(x), for what stands after it."""
    definition = case.definition
    if definition is None:
        return None
    unclear = case.known.defines(definition.name) and bool(unknowns(case.after, case.known))
    if unclear or not _may_define(case.before, definition, case.progress):
        return None
    case.progress.define(definition)
    found = _given(f"the definition of {definition.name}")
    return case.solved(found) if case.spot.solved and case.spot.at_end else found


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


def _definition_by_power(case: Case) -> Finding | None:
    """σ² = 1/n Σ (x_i − μ)² says what σ is, if nothing was said of it."""
    before, after = case.before, case.after
    name, exponent = before.args if type(before) is Power else (before, None)
    if exponent is not TWO or not isinstance(name, Symbol):
        return None
    defined = case.known.defines(name.name) or name in case.known.values
    given = [*case.progress.context.thread, *case.progress.systems]
    solved_for = any(contains(each, name) for system in given for each in system)
    if defined or solved_for or contains(after, name) or not free_symbols(after):
        return None
    case.progress.define(Definition(name.name, (), Apply(function_name("sqrt"), after)))
    return _given(f"the definition of {name}, by its power")


def _define_anew(case: Case) -> None:
    """In A = l w = (10 − w) w the name stands for what l was put into."""
    chain = case.spot.chain
    if chain.continues or len(chain.formulas) < 2:
        return
    first, second = (formula.expression for formula in chain.formulas[:2])
    if first is not None and second is not None:
        definition = definition_in(first, second)
        if definition is not None and case.known.defines(definition.name):
            case.progress.define(replace(definition, body=case.after))


def _recurrence(case: Case) -> Finding | None:
    """An entry is said to come from others of the same list: x_(k+1) = 0.8 x_k."""
    before, after = case.before, case.after
    if type(before) is not At or len(before.args) != 2 or before.args[0] in case.known.columns:
        return None
    others = {
        node for node in postorder(after) if type(node) is At and node.args[0] is before.args[0]
    }
    moved = all(
        node is not before and free_symbols(node).keys() == free_symbols(before).keys()
        for node in others
    )
    if not (others and moved):
        return None
    sequences = case.known.sequences | {before.args[0]}
    case.progress.knowledge = replace(case.known, sequences=sequences)
    return _given("how one entry comes from another")


def _names(case: Case) -> Finding | None:
    """The left side is a new entry, y_i = …, or a vector of names."""
    before = case.before
    new = bool(names_of_new_vector(before))
    if type(before) is At:
        new = _is_next_entry(case)
        if not new and _is_new(before, case):
            case.progress.knowledge = case.known.defining_entry(before, case.after)
            new = True
    return _given("names for what follows") if new else None


def _is_next_entry(case: Case) -> bool:
    """Whether a line says what the next entry is, x_{k+1} = x_k - …, or one with a number.

    z_2 = w a_1 + b says what z_2 is where nothing was said of it before.
    """
    entry, known = case.before, case.known
    base, index = entry.args[0], entry.args[-1]
    shifted = bool(index.args) and bool(free_symbols(index))
    if contains(case.after, entry) or not (shifted or value_of(index) is not None):
        return False
    rows = case.progress.derivation.rows[: case.spot.number]
    said_before = any(contains(each, entry) for row in rows for each in row.expressions)
    if said_before or base in known.entries:
        return False
    if not shifted:
        case.progress.identify(entry, case.after)
    return shifted or symbol(str(base)) not in known.columns


def _new_name(case: Case) -> Finding | None:
    """A bare name behind the sign that does not occur in the rows before."""
    return _given("a new name for what stands before") if _is_new(case.after, case) else None


def _is_new(name: Basic, case: Case) -> bool:
    base = name.args[0] if type(name) is At else name
    if not isinstance(base, Symbol) or base in case.known.names:
        return False
    rows = case.progress.derivation.rows[: case.spot.number + 1]
    return not any(
        each is not name and contains(each, base) for row in rows for each in row.expressions
    )


# -- equations ---------------------------------------------------------------------------------


def _posed(case: Case) -> Finding | None:
    """An equation that is solved in the next row, or posed by the words around it."""
    spot = case.spot
    if not spot.at_end or not (spot.solved or is_posed(case.equation, spot, case.progress)):
        return None
    return case.solved(_given("an equation to be solved"))


def _determining_equation(case: Case) -> Finding | None:
    """An equation such as x² + y² = 25, which says what y is, and from which the next follows."""
    inside = free_symbols(case.equation)
    names = [name for name in case.known.implicit if name in inside]
    slopes = [side for side in case.equation.args if type(side) is D and side.args[0] in names]
    alone = any(side in names for side in case.equation.args)
    return _equation(case) if names and not slopes and not alone else None


def _equation(case: Case) -> Finding | None:
    """An equation from which the next row is deduced, perhaps by differentiating both sides."""
    if not _leads_on(case):
        return None
    return case.solved(_given("an equation: what follows is deduced from it"))


def _leads_on(case: Case) -> bool:
    formulas = case.progress.next_statement(case.spot)
    sides = [formula.expression for formula in formulas if formula.expression is not None]
    if len(sides) < 2:
        return False
    deduced, known = Equation(*sides), case.known
    implicit = dependencies(differentiated_names([deduced]), known.names)
    if any(contains(case.equation, name) for name in implicit) and not slopes_in(case.equation):
        return True  # it says how y depends on x, of which dy/dx is found
    if identity_link(deduced.args[0], deduced.args[1], known).holds:
        return False  # that holds anyhow
    knowledge = replace(known, implicit={**known.implicit, **implicit})
    follows = judge_equations([[case.equation]], [deduced], knowledge, "⇒")
    return follows is not None and follows.holds


def _condition(case: Case) -> Finding | None:
    """A number behind the sign that the formula has for some values only: … = 0."""
    if not case.spot.at_end:
        return None
    columns, spot = case.known.columns, case.spot
    left, right = (over_data(side, columns) for side in (case.before, case.after))
    if not is_condition(left, right, spot.opening, spot.solved):
        return None
    found = _given("a condition: it is not so for all values")
    if spot.opening and says_weights(case.before, case.after):
        case.progress.identify(case.before, case.after)
        return found
    return case.solved(found)


def _is_defined(name: Basic | None, known: Knowledge) -> bool:
    """Whether something is a name, or a function of letters, that has a definition."""
    if type(name) is Apply and all(isinstance(each, Symbol) for each in name.args[1:]):
        return known.defines(function_of(name.args[0])[0].name)
    return isinstance(name, Symbol) and known.defines(name.name)


def _value_with_parameters(case: Case) -> Finding | None:
    """g(1) = 2, for g(x) = a x² + b: a condition for a and b."""
    call = case.before
    if type(call) is not Apply or free_symbols(call) or free_symbols(case.after):
        return None
    function = case.known.functions.get(function_of(call.args[0])[0].name)
    if function is None or function.definition is None or not case.spot.at_end:
        return None
    body = case.known.filled_in(function.definition)
    letters = free_symbols(body).keys() - {*function.parameters, *case.known.values}
    return case.solved(_given("a condition: it is not so for all values")) if letters else None


def _restriction(case: Case) -> Finding | None:
    """A chain gives a name and then a number for it: V = x² h = 32, g(x, y) = x² + y = 1."""
    name = case.spot.chain.formulas[0].expression
    restricts = (
        case.spot.at_end
        and case.spot.position == 2
        and _is_defined(name, case.known)
        and bool(free_symbols(case.before))
        and not free_symbols(case.after)
        and not any(type(node) in (Apply, D) for node in postorder(case.after))
    )
    return case.solved(_given("a condition: it is not so for all values")) if restricts else None


# -- what nothing is known of ------------------------------------------------------------------


def _premise(case: Case) -> Finding | None:
    """It says something of what nothing is known of, such as what dy/dx is."""
    progress, spot = case.progress, case.spot
    note = new_premise(case.before, case.after, case.known, progress.facts)
    if not note:
        return None
    progress.facts.setdefault(case.before, case.after)
    if not spot.opening:
        _define_anew(case)
    elif spot.at_end and not progress.continues(spot) and is_of_implicit(case.equation, case.known):
        return case.solved(_given(note))  # what it leads to may stand behind the next words
    return _given(note)


def _nothing_known(case: Case) -> Finding | None:
    """What could not be compared is about things of which nothing is known."""
    if case.finding.verdict != "undecided":
        return None
    if isinstance(case.before, Symbol) and is_vector(case.after):
        return _given(f"the entries of {case.before}")
    names = dict.fromkeys(unknowns(case.before, case.known).values())
    return _given(f"taken as given: nothing is known of {' and '.join(names)}") if names else None


def _fixed_point(case: Case) -> Finding | None:
    """x = cos x, an equation for x: nobody says that of every x."""
    name, after, known = case.before, case.after, case.known
    if not (isinstance(name, Symbol) and contains(after, name) and case.spot.at_end):
        return None
    if name in {**known.names, **known.values, **known.implicit}:
        return None
    return case.solved(_given(f"an equation for {name}"))


def _system(case: Case) -> Finding | None:
    """One of the equations of a system, 2x = 2λx, with a letter that has only one of its sides.

    Such a letter stands in several rows, or the row has a number.
    """
    row, rows = case.spot.row, case.progress.derivation.rows
    told = any(
        type(node) in DERIVATIVES or (type(node) is Apply and function_of(node.args[0])[1])
        for node in postorder(case.equation)
    )
    named = isinstance(case.before, Symbol) or functions_in(case.before)
    if told or named or not case.spot.at_end:
        return None
    left, right = (free_symbols(case.known.filled_in(side)) for side in case.equation.args)
    alone = [each for each in {**left, **right} if (each in left) != (each in right)]
    shared = [
        each
        for each in alone
        if not case.known.defines(each.name)
        and (
            row.number
            or sum(any(contains(part, each) for part in of.expressions) for of in rows) > 1
        )
    ]
    if not (shared and left and right) or _is_one_of(case.before, rows[: case.spot.number]):
        return None
    return case.solved(_given("one of the equations of a system"))


def _is_one_of(before: Basic, rows: Sequence[HandRow]) -> bool:
    """Whether a formula stands in rows before: then what follows says what it is equal to."""
    return any(part is before for row in rows for part in row.expressions)


def _in_a_sentence(case: Case) -> Finding | None:
    """An equation between words that says nothing of what is known."""
    inline = case.progress.derivation.inline
    if not inline or is_claim(case.before, case.spot, case.progress):
        return None
    return _given("an equation in a sentence: left alone")


def _unreadable_consequence(case: Case) -> Finding | None:
    """What may be deduced from it cannot be read."""
    formulas = case.progress.next_statement(case.spot)
    unreadable = any(formula.expression is None for formula in formulas)
    if not (case.spot.at_end and unreadable) or slopes_in(case.before):
        return None
    note = "an identity it is not; what may be deduced from it cannot be read"
    return Finding("undecided", note)


def _data(case: Case) -> Finding | None:
    """Numbers are put in for data that the text does not give."""
    if slopes_in(case.before) or not fills_in_data(case.before, case.after, case.known):
        return None
    return _given("taken as given: numbers are put in for data that the text does not give")


Excuse = Callable[[Case], Finding | None]

_OF_STATEMENTS: tuple[Excuse, ...] = (
    _solution_in_words,
    _concluded,
    _implied,
    _one_of_several,
    _another_function,
    _function_for_a_name,
    _function_of_another_section,
    _name_of_another_section,
    _definition,
    _recurrence,
    _posed,
    _value_with_parameters,
    _stated_value,
    _determining_equation,
    _contradiction,
    _premise,
    _nothing_known,
    _names,
    _equation,
    _fixed_point,
    _system,
    _new_name,
    _condition,
    _in_a_sentence,
    _unreadable_consequence,
    _data,
    _definition_by_power,
    _undecided_conclusion,
)
"""For what a statement begins with."""
_OF_CONTINUATIONS: tuple[Excuse, ...] = (
    _filled_in,
    _contradiction,
    _premise,
    _new_name,
    _condition,
    _restriction,
    _data,
)
"""For what goes on with something."""
