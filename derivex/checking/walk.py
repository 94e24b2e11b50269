"""The rows of a hand derivation, one after the other, each judged from what stands before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.dependents import (
    Dependence,
    dependents_in,
    raised_indices,
    with_raised_indices,
)
from derivex.checking.findings import CheckedLine, LineVerdict
from derivex.checking.knowledge import Knowledge, dependencies, differentiated_names
from derivex.checking.links import ROUNDED, Finding, identity_link, judge_link, over_data
from derivex.checking.premises import (
    definition_in,
    fills_in_data,
    is_condition,
    is_vector,
    names_of_new_vector,
    new_premise,
    unknowns,
)
from derivex.checking.systems import judge_equations
from derivex.documents import Chain, Formula, HandDerivation, HandRow
from derivex.errors import Place
from derivex.expression import (
    And,
    At,
    D,
    Equation,
    Plus,
    contains,
    free_symbols,
    postorder,
    substitute,
    symbol,
)
from derivex.notation import Definition

__all__ = ["Link", "Walk", "walk_derivation"]

_EQUALITIES = ("=", "≡", "≈")
_ARROWS = ("⇒", "⇔")


@dataclass
class _Column:
    """What stands last in a column of a derivation.

    Args:
        last: the last formula that could be read, as it is written.
        trusted: the last formula up to which nothing was wrong; the same one if nothing was.
        mistaken: the place of the first line that was wrong since.
        skipped: whether a formula after ``last`` could not be read.
        exact: what stood before the first rounded decimal; None if nothing was rounded.
    """

    last: Basic | None = None
    trusted: Basic | None = None
    mistaken: Place | None = None
    skipped: bool = False
    exact: Basic | None = None

    def begin(self, formula: Basic | None) -> None:
        self.last = self.trusted = formula
        self.mistaken = self.exact = None
        self.skipped = formula is None


class Link(NamedTuple):
    """What led to a line, what it is, and what was known then."""

    before: Basic
    after: Basic
    knowledge: Knowledge


@dataclass
class Walk:
    """One way through a derivation.

    Args:
        derivation: what was written.
        knowledge: what holds where it begins; in the end, what holds after it.
        earlier: the equations that derivations before it came to.
    """

    derivation: HandDerivation
    knowledge: Knowledge
    lines: list[CheckedLine] = field(default_factory=list)
    links: list[Link | None] = field(default_factory=list)

    earlier: Sequence[Sequence[Basic]] = ()

    def __post_init__(self) -> None:
        self._columns: dict[int, _Column] = {}
        self._systems: list[list[Basic]] = []  # the equations that are being solved, row by row
        self._defined: set[str] = set()
        self._said_last: Basic | None = None  # what the last definition was of
        self._facts: dict[Basic, Basic] = {}  # what an unknown derivative was said to be

    def run(self) -> None:
        """Judge every row."""
        rows = self.derivation.rows
        for number, row in enumerate(rows):
            follower = next(
                (each for each in rows[number + 1 :] if each.column == row.column), None
            )
            self._row(number, row, follower)

    @property
    def conclusion(self) -> list[Basic]:
        """The equations that it came to in the end; empty if none were solved."""
        return list(self._systems[-1]) if self._systems else []

    # -- rows ------------------------------------------------------------------------------

    def _row(self, number: int, row: HandRow, follower: HandRow | None) -> None:
        column = self._columns.setdefault(row.column, _Column())
        system: list[Basic] = []
        if row.joint in _ARROWS:
            self._deduced(number, row, column, system)
        else:
            for position, chain in enumerate(row.chains):
                last_one = position == len(row.chains) - 1
                solved = follower is not None and follower.joint in _ARROWS
                self._chain(number, row, chain, column, system, last_one and solved, solved)
        if system:
            self._systems.append(system)

    def _chain(
        self,
        number: int,
        row: HandRow,
        chain: Chain,
        column: _Column,
        system: list[Basic],
        arrow_follows: bool,
        solved: bool,
    ) -> None:
        """A chain that goes on, or a statement that begins anew."""
        continues = chain.continues
        if not continues:
            column.begin(None)
        for position, (formula, sign) in enumerate(zip(chain.formulas, chain.signs, strict=True)):
            first = position == 0
            if formula.expression is None:
                column.skipped = True
                self._unreadable(number, row, formula, sign)
                continue
            if first and not continues:
                column.begin(formula.expression)
                if len(chain.formulas) == 1:
                    self._add(number, row, formula, "", Finding("definition", "the start"))
                continue
            self._link(
                number,
                row,
                chain,
                position,
                column,
                system,
                at_end=position == len(chain.formulas) - 1,
                opening=not continues and position == 1,
                solved=solved,
            )

    def _link(
        self,
        number: int,
        row: HandRow,
        chain: Chain,
        position: int,
        column: _Column,
        system: list[Basic],
        *,
        at_end: bool,
        opening: bool,
        solved: bool,
    ) -> None:
        formula, sign = chain.formulas[position], chain.signs[position]
        after = formula.expression
        assert after is not None
        before = column.last
        if before is None:
            # What it continues could not be read, which is told there.
            finding = Finding("definition", "taken as given: what stands before cannot be read")
            self._add(number, row, formula, sign, finding)
            column.begin(after)
            return
        given = self._taken_as_given(before, after, chain, sign, opening)
        if given is not None:
            finding = given
        else:
            new = opening and definition_in(before, after) is not None
            finding = self._judged(before, after, column, sign, new)
        again = row.noted and opening and self._is_defined(before, after)
        if finding.verdict in ("wrong", "undecided") and not again:
            finding = self._excused(
                before, after, chain, opening, at_end, solved, system, finding, number
            )
        if column.skipped and finding.verdict != "definition":
            note = "compared with the last line that can be read"
            finding = replace(finding, note="; ".join(filter(None, (finding.note, note))))
        if finding.verdict == "wrong":
            # It may be wrong only as it was read, so what was chosen in reading it is said.
            note = "; ".join(filter(None, (finding.note, *formula.notes)))
            finding = replace(finding, note=note)
        if opening and before is not self._said_last:
            self._said_last = None
        for name, value in (finding.values or {}).items():
            self.knowledge = self.knowledge.defining(Definition(str(name), (), value))
        source = before
        if column.mistaken is None and column.trusted is not None and finding.verdict != "wrong":
            source = column.trusted  # where a mistake was repaired, what it was repaired from
        self._add(number, row, formula, sign, finding, source, chain if opening else None)
        if finding.verdict == "wrong":
            if column.mistaken is None:
                column.mistaken = formula.place
            column.last = after
        else:
            if column.mistaken is None:
                column.trusted = after
            column.last = after
        column.skipped = False

    def _judged(
        self, before: Basic, after: Basic, column: _Column, sign: str, new: bool
    ) -> Finding:
        """What is found about a link; a mistake that is silently repaired is said to be.

        What may be a new definition is not judged by the values that its name had before.
        """
        knowledge = replace(self.knowledge, values={}) if new else self.knowledge
        trusted, mistaken = column.trusted, column.mistaken
        finding = self._with_facts(before, after, judge_link(before, after, knowledge, sign))
        if finding.verdict == "wrong" and mistaken is not None and trusted is not None:
            together = judge_link(trusted, Plus(before, after), knowledge, sign)
            if together.holds:
                note = "right together with the line before: + was meant where = stands"
                return replace(together, note=note)
        if finding.verdict == "wrong" and column.exact is not None:
            # With more digits than are written, people go on calculating.
            again = judge_link(column.exact, after, knowledge, sign)
            finding = again if again.holds else finding
        if ROUNDED in finding.note and column.exact is None:
            column.exact = before
        if finding.verdict != "wrong" or mistaken is None or trusted is None:
            return finding
        again = judge_link(trusted, after, self.knowledge, sign)
        if not again.holds:
            return finding
        column.mistaken = None
        note = (
            f"this does not follow from the line before, but is right: the mistake in line "
            f"{mistaken.line} is silently repaired"
        )
        return replace(again, note=note)

    def _with_facts(self, before: Basic, after: Basic, finding: Finding) -> Finding:
        """The same with what unknown derivatives were said to be."""
        if finding.verdict != "wrong" or not self._facts:
            return finding
        left, right = (substitute(side, self._facts) for side in (before, after))
        if left is before and right is after:
            return finding
        again = judge_link(left, right, self.knowledge)
        if again.holds:
            return replace(again, note="with what was said of the derivatives before")
        if not unknowns(left, self.knowledge) and not unknowns(right, self.knowledge):
            return replace(again, note="with what was said of the derivatives before")
        return finding

    # -- what is taken as given ----------------------------------------------------------------

    def _taken_as_given(
        self, before: Basic, after: Basic, chain: Chain, sign: str, opening: bool
    ) -> Finding | None:
        """Definitions, updates and what is left alone; None for what is to be judged."""
        definition = chain.definition
        if opening and definition is not None:
            body = definition.definition.body
            name = definition.definition.name
            if sign == ":=" and body is not None and contains(body, before):
                return Finding("definition", f"an update of {name}")
            if definition.said != "form":
                self.knowledge = self.knowledge.defining(definition.definition, said=True)
                return Finding("definition", f"the definition of {name}")
        if sign == ":=":
            return Finding("definition", "an update")
        if sign and sign not in _EQUALITIES:
            kind = {"→": "an arrow", "∝": "a proportionality"}.get(sign, "an inequality")
            return Finding("definition", f"{kind}: left alone")
        return None

    def _excused(
        self,
        before: Basic,
        after: Basic,
        chain: Chain,
        opening: bool,
        at_end: bool,
        solved: bool,
        system: list[Basic],
        finding: Finding,
        number: int,
    ) -> Finding:
        """Why a link that is no identity may be right all the same; else what was found."""
        equation = Equation(before, after)
        if opening and (self._systems or self.earlier):
            implied = None
            if self._systems:
                implied = judge_equations(self._systems, [equation], self.knowledge, "⇒")
            elif len(self.earlier) > 1:
                implied = self._from_earlier(equation)
            if implied is not None and implied.holds:
                system.append(equation)
                return implied
        definition = definition_in(before, after) if opening else None
        known = definition is not None and self.knowledge.defines(definition.name)
        unclear = known and bool(unknowns(after, self.knowledge))
        if definition is not None and not unclear and self._may_define(before, definition):
            self.knowledge = self.knowledge.defining(definition)
            if solved:
                system.append(equation)
            return Finding("definition", f"the definition of {definition.name}")
        if opening and solved and at_end:
            system.append(equation)
            return Finding("definition", "an equation to be solved")
        premise = new_premise(before, after, self.knowledge, self._facts)
        if premise:
            self._facts.setdefault(before, after)
            return Finding("definition", premise)
        if opening and finding.verdict == "undecided":
            if isinstance(before, Symbol) and is_vector(after):
                return Finding("definition", f"the entries of {before}")
            if unknowns(before, self.knowledge):
                told = " and ".join(dict.fromkeys(unknowns(before, self.knowledge).values()))
                return Finding("definition", f"taken as given: nothing is known of {told}")
        if opening and self._names_what_follows(before, after, number):
            return Finding("definition", "names for what follows")
        if opening and self._is_equation(equation, number):
            system.append(equation)
            return Finding("definition", "an equation: what follows is deduced from it")
        if self._is_new(after, number):
            return Finding("definition", "a new name for what stands before")
        left, right = (over_data(side, self.knowledge.columns) for side in (before, after))
        if at_end and is_condition(left, right, opening, solved):
            system.append(equation)
            return Finding("definition", "a condition: it is not so for all values")
        if fills_in_data(before, after, self.knowledge):
            note = "taken as given: numbers are put in for data that the text does not give"
            return Finding("definition", note)
        return finding

    def _from_earlier(self, equation: Basic) -> Finding | None:
        """Whether an equation follows from what two derivations came to: (2) filled into (1)."""
        alone = judge_equations(self.earlier[-1:], [equation], self.knowledge, "⇒")
        if alone is not None and alone.holds:
            return None  # it says no more than that one; perhaps it begins something new
        both = [each for conclusion in self.earlier for each in conclusion]
        return judge_equations([both], [equation], self.knowledge, "⇒")

    def _names_what_follows(self, before: Basic, after: Basic, number: int) -> bool:
        """Whether the left side is a new entry, y_i = …, or a vector of names."""
        if type(before) is At and self._is_new(before, number):
            self.knowledge = self.knowledge.defining_entry(before, after)
            return True
        return bool(names_of_new_vector(before))

    def _is_equation(self, equation: Basic, number: int) -> bool:
        """Whether the next row of the derivation is deduced from an equation."""
        rows = self.derivation.rows
        column = rows[number].column
        later = next((row for row in rows[number + 1 :] if row.column == column), None)
        if later is None or later.joint != "next" or not later.chains:
            return False
        formulas = later.chains[0].formulas
        if len(formulas) < 2 or later.chains[0].continues:
            return False
        left, right = formulas[0].expression, formulas[1].expression
        if left is None or right is None:
            return False
        follows = judge_equations([[equation]], [Equation(left, right)], self.knowledge, "⇒")
        return follows is not None and follows.holds

    def _is_new(self, name: Basic, number: int) -> bool:
        """Whether a formula is a bare name that does not occur in the rows before."""
        base = _name_of(name)
        if not isinstance(base, Symbol) or base in self.knowledge.names:
            return False
        return not any(
            formula.expression is not None
            and formula.expression is not name
            and contains(formula.expression, base)
            for row in self.derivation.rows[: number + 1]
            for chain in row.chains
            for formula in chain.formulas
        )

    def _is_defined(self, before: Basic, after: Basic) -> bool:
        """Whether a row has the form of a definition, of what has one."""
        definition = definition_in(before, after)
        return definition is not None and self.knowledge.defines(definition.name)

    def _may_define(self, before: Basic, definition: Definition) -> bool:
        """Whether a name may get a definition here: it is no unknown, and has none yet."""
        if self._solving_for(before):
            return False
        if definition.name in self._defined and self._said_last is before:
            return False  # f(x) = …, and again f(x) = …: that is a claim
        known = self.knowledge.functions.get(definition.name)
        if definition.parameters and known is not None and known.means is not None:
            return False
        self._defined.add(definition.name)
        self._said_last = before
        return True

    def _solving_for(self, name: Basic) -> bool:
        """Whether a name is among the unknowns of the equations that are being solved."""
        return any(contains(each, name) for system in self._systems for each in system)

    # -- equations -----------------------------------------------------------------------------

    def _deduced(self, number: int, row: HandRow, column: _Column, system: list[Basic]) -> None:
        """A row after an arrow: its first links follow from what is being solved."""
        equations: list[Basic] = []
        for chain in row.chains:
            if len(chain.formulas) > 1 and chain.formulas[0].expression is not None:
                second = chain.formulas[1].expression
                if second is not None and chain.signs[1] in ("=", "≈"):
                    equations.append(Equation(chain.formulas[0].expression, second))
        whole = judge_equations(self._systems, equations, self.knowledge, row.joint, row.claim)
        for chain in row.chains:
            self._deduced_chain(number, row, chain, column, system, whole)

    def _deduced_chain(
        self,
        number: int,
        row: HandRow,
        chain: Chain,
        column: _Column,
        system: list[Basic],
        whole: Finding | None,
    ) -> None:
        for position, (formula, sign) in enumerate(zip(chain.formulas, chain.signs, strict=True)):
            after = formula.expression
            if after is None:
                self._unreadable(number, row, formula, sign)
                column.skipped = True
                continue
            if position == 0:
                column.begin(after)
                if len(chain.formulas) == 1:
                    self._add(number, row, formula, "", Finding("definition", "left alone"))
                continue
            if position == 1 and sign in ("=", "≈"):
                before = chain.formulas[0].expression
                if before is None:
                    finding = Finding("undecided", "its left side cannot be read")
                else:
                    equation = Equation(before, after)
                    finding = self._follows(equation, row, whole, chain)
                    system.append(equation)
                self._add(number, row, formula, sign, finding, before, chain, deduced=True)
                column.begin(after)
                continue
            self._link(
                number,
                row,
                chain,
                position,
                column,
                system,
                at_end=position == len(chain.formulas) - 1,
                opening=False,
                solved=False,
            )

    def _follows(
        self, equation: Basic, row: HandRow, whole: Finding | None, chain: Chain
    ) -> Finding:
        """Whether one equation of a row follows."""
        left, right = equation.args
        identity = identity_link(left, right, self.knowledge)
        if identity.holds:
            return identity
        if whole is not None and whole.holds:
            return whole
        alone = judge_equations(self._systems, [equation], self.knowledge, "⇒", row.claim)
        if alone is None:
            definition = chain.definition
            if definition is not None:
                self.knowledge = self.knowledge.defining(definition.definition)
                return Finding("definition", f"the definition of {definition.definition.name}")
            return Finding("undecided", "it is not known what it should follow from")
        if alone.holds and whole is not None and len(row.chains) > 1 and row.joint == "⇒":
            return alone
        if alone.holds and whole is not None:
            return whole
        solved_for = {name.name for each in self._systems for e in each for name in free_symbols(e)}
        premise = new_premise(left, right, self.knowledge, self._facts)
        if premise and solved_for.isdisjoint(unknowns(equation, self.knowledge)):
            self._facts.setdefault(left, right)
            return Finding("definition", premise)
        return alone

    # -- lines ---------------------------------------------------------------------------------

    @property
    def _source(self) -> Basic | None:
        """The equations of the last row that was solved, as one condition."""
        if not self._systems:
            return None
        last = self._systems[-1]
        return last[0] if len(last) == 1 else And(*last)

    def _unreadable(self, number: int, row: HandRow, formula: Formula, sign: str) -> None:
        error = formula.error
        place = error.place if error is not None and error.place is not None else formula.place
        note = error.message if error is not None else "it cannot be read"
        if error is not None and error.hint:
            note = f"{note}; {error.hint}"
        self.lines.append(
            CheckedLine(
                place, _written(formula, sign), (), "unreadable", note, row=number, cell=row.cell
            )
        )
        self.links.append(None)

    def _add(
        self,
        number: int,
        row: HandRow,
        formula: Formula,
        sign: str,
        finding: Finding,
        before: Basic | None = None,
        chain: Chain | None = None,
        deduced: bool = False,
    ) -> None:
        """Add what is found; with the chain, the line begins with its first formula."""
        assert formula.expression is not None
        read: tuple[tuple[str, Basic], ...] = ((sign, formula.expression),)
        text, place = _written(formula, sign), formula.place
        if chain is not None:
            first = chain.formulas[0]
            if first.expression is not None:
                read = (("", first.expression), *read)
                text, place = f"{first.text.strip()} {text}", first.place
        self.lines.append(
            CheckedLine(
                place,
                text,
                read,
                finding.verdict,
                finding.note,
                row.claim.text if row.claim is not None else None,
                counterexample=finding.counterexample,
                row=number,
                cell=row.cell,
            )
        )
        link = None
        if before is not None:
            source = self._source if deduced and self._source is not None else before
            after = Equation(before, formula.expression) if deduced else formula.expression
            link = Link(source, after, self.knowledge)
        self.links.append(link)


def _written(formula: Formula, sign: str) -> str:
    text = formula.text.strip()
    return f"{sign} {text}" if sign else text


def walk_derivation(
    derivation: HandDerivation, knowledge: Knowledge, earlier: Sequence[Sequence[Basic]] = ()
) -> Walk:
    """Judge a derivation.

    A name without a definition that is differentiated, as in dy/dx, may be a function of x, or
    a variable of its own: whichever leaves fewer lines wrong.
    """
    for given in derivation.scope:
        body = given.definition.body
        if given.indices and body is not None:
            entry = At(symbol(given.base), *given.indices)
            knowledge = knowledge.defining_entry(entry, body)
        else:
            knowledge = knowledge.defining(given.definition, given.said != "form")
    for chain in derivation.given:  # "for s = 1 and b = 0" before a display
        name, value = chain.formulas[0].expression, chain.formulas[-1].expression
        if isinstance(name, Symbol) and value is not None and not free_symbols(value):
            knowledge = knowledge.defining(Definition(name.name, (), value))
    trees = [
        formula.expression
        for row in derivation.rows
        for chain in row.chains
        for formula in chain.formulas
        if formula.expression is not None
    ]
    known: Mapping[Basic, Basic] = {
        **knowledge.names,
        **_own_definitions(derivation),
    }
    raised = raised_indices(trees)
    if raised:
        derivation = _reread(derivation, raised)
        trees = [with_raised_indices(tree, raised) for tree in trees]
    found = differentiated_names([*trees, *known.values()])
    implicit = {
        name: by
        for name, by in dependencies(found, known).items()
        if not knowledge.defines(name.name)
    }
    dependence = dependents_in(trees, known, knowledge.functions)
    ways = [replace(knowledge, implicit=implicit, dependence=dependence)]
    if _may_be_independent({**implicit, **_by_entries(dependence)}, trees, derivation):
        ways.append(replace(knowledge, implicit={}, dependence=frozenset()))
    walks: list[Walk] = []
    for way in ways:
        walk = Walk(derivation, way, earlier=earlier)
        walk.run()
        walks.append(walk)
        if not _faults(walk.lines):
            break
    best = min(walks, key=lambda each: _faults(each.lines))
    best.knowledge = replace(
        best.knowledge, implicit=knowledge.implicit, dependence=knowledge.dependence
    )
    return best


def _by_entries(dependence: Dependence) -> dict[Symbol, tuple[Symbol, ...]]:
    found: dict[Symbol, tuple[Symbol, ...]] = {}
    for name, by in dependence:
        found[symbol(name)] = (*found.get(symbol(name), ()), symbol(by))
    return found


def _reread(derivation: HandDerivation, raised: frozenset[Basic]) -> HandDerivation:
    """The derivation with raised indices of some names as indices."""

    def formula(each: Formula) -> Formula:
        if each.expression is None:
            return each
        return replace(each, expression=with_raised_indices(each.expression, raised))

    rows = [
        replace(
            row,
            chains=tuple(
                replace(chain, formulas=tuple(map(formula, chain.formulas))) for chain in row.chains
            ),
        )
        for row in derivation.rows
    ]
    return replace(derivation, rows=tuple(rows))


def _may_be_independent(
    implicit: Mapping[Symbol, tuple[Symbol, ...]],
    trees: Sequence[Basic],
    derivation: HandDerivation,
) -> bool:
    """Whether ∂z/∂y may be 0: something with both z and y in it is differentiated by y."""
    if not implicit or any(row.joint in _ARROWS for row in derivation.rows):
        return False
    return any(
        type(node) is D
        and not isinstance(node.args[0], Symbol)
        and any(
            node.args[1] in by and contains(node.args[0], name) for name, by in implicit.items()
        )
        for tree in trees
        for node in postorder(tree)
    )


def _name_of(variable: Basic) -> Basic:
    return variable.args[0] if type(variable) is At else variable


def _own_definitions(derivation: HandDerivation) -> dict[Basic, Basic]:
    """The names that are defined in the derivation itself."""
    names: dict[Basic, Basic] = {}
    for row in derivation.rows:
        for chain in row.chains:
            if chain.definition is not None:
                names.update(Knowledge().defining(chain.definition.definition).names)
            elif row.joint in ("start", "next") and len(chain.formulas) > 1:
                left, right = (formula.expression for formula in chain.formulas[:2])
                if left is None or right is None:
                    continue
                definition = definition_in(left, right)
                if definition is not None:
                    names.update(Knowledge().defining(definition).names)
    return names


def _faults(lines: Sequence[CheckedLine]) -> tuple[int, int]:
    verdicts: list[LineVerdict] = [line.verdict for line in lines]
    count = (verdicts.count("wrong"), verdicts.count("undecided"))
    return count if any(count) else ()  # type: ignore[return-value]
