"""A whole document: its derivations one after the other, definitions holding from there on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.deviations import deviations_in
from derivex.checking.explanations import explained
from derivex.checking.findings import CheckedDerivation, CheckedDocument, CheckedLine
from derivex.checking.interpretations import Walked, own_definitions, walk_derivation
from derivex.checking.knowledge import Knowledge
from derivex.checking.links import judge_link
from derivex.checking.patience import Patience
from derivex.checking.progress import Context, formulas_of
from derivex.checking.rates import rates_among
from derivex.checking.record import Link
from derivex.checking.rivals import Rivals
from derivex.checking.set_to_zero import differentiated_by, says_zero, set_to_zero
from derivex.checking.systems import slopes_in
from derivex.documents import HandDerivation, HandDocument, Unreadable
from derivex.errors import Place
from derivex.expression import ONE, At, Total, free_symbols, symbol
from derivex.rulebook import RuleBook

_FEW = 120  # characters between two derivations of which the second goes on with the first
_NEW_QUESTION = re.compile(
    r"#|\\(?:sub)*section|\\item|\\paragraph|^\W*[A-Z0-9]{1,2}[.)]|\b(?:exercise|problem|question|"
    r"example|(?<!we )(?<!to )find|solve|(?<!we )show|let|consider|aufgabe|beispiel|übung|exemple"
    r"|exercice|ejemplo|ejercicio|esempio|esercizio|exemplo|exercício)\b|例|^\W{0,3}---+\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_THREAD = 6
_EXPLAINING = 0.8  # seconds for all lines together
_SOLVING = 0.8  # and for each derivation
_SOLVING_ONE = 0.3
_MOST_CONCLUSIONS = 2
"""How many derivations back an equation may follow from: fill (2) into (1)."""

__all__ = ["check_document", "judge_one"]


def check_document(document: HandDocument, knowledge: Knowledge, book: RuleBook) -> CheckedDocument:
    """Judge every line of a document.

    Args:
        document: as it was read.
        knowledge: what holds at its beginning; its functions are those of the book and more.
        book: the rules, for saying which of them lead from one line to the next.
    """
    columns = {symbol(name): values for name, values in document.columns}
    index = symbol("k")
    ones = [(Total(At(symbol(name), index), index), ONE) for name in sorted(document.one_hot)]
    formulas = [each for row in document.rows() for each in row.expressions]
    knowledge = replace(
        knowledge,
        kinds={**dict.fromkeys(deviations_in(formulas), "positive"), **knowledge.kinds},
        rates=rates_among({name: None for each in formulas for name in free_symbols(each)}),
        columns={**columns, **knowledge.columns},
        identities=(*knowledge.identities, *ones),
        patience=Patience(_SOLVING + _SOLVING_ONE * len(document.derivations)),
    )
    rivals = Rivals(document, knowledge)
    derivations: list[CheckedDerivation] = []
    patience = Patience(_EXPLAINING)
    conclusions: list[list[Basic]] = []
    asked = 0  # how many there were when the question began
    in_order = document.derivations
    defined = [(each.place.start, str(name)) for each in in_order for name in own_definitions(each)]
    unread = frozenset(name for each in in_order for name in _unread(each))
    neighbours = zip((None, *in_order), in_order, (*in_order[1:], None), strict=False)
    thread: list[list[Basic]] = []
    unknowns: frozenset[Basic] = frozenset()
    zero = False
    stale: frozenset[str] = frozenset()
    seen: frozenset[Basic] = frozenset()
    for previous, derivation, following in neighbours:
        if previous is None or not _goes_on(previous, derivation):
            thread, unknowns = [], frozenset()
        if previous is not None and _is_new_question(previous, derivation):
            stale = frozenset(str(name) for name in knowledge.names)
            asked = len(conclusions)
        curves = [some for some in conclusions[asked:-_MOST_CONCLUSIONS] if _is_curve(some)]
        recent = [*curves[-_MOST_CONCLUSIONS:], *conclusions[-_MOST_CONCLUSIONS:]]
        unknowns |= differentiated_by(derivation)
        lost = rivals.meaningless(derivation)
        if lost:
            knowledge = knowledge.forgetting(lost)
            scope = [each for each in derivation.scope if each.definition.name not in lost]
            derivation = replace(derivation, scope=tuple(scope))
        directly = previous is not None and not _words_between(previous, derivation)
        begin = derivation.place.start
        later = frozenset(name for start, name in defined if start > begin)
        context = Context(
            recent,
            previous,
            following,
            thread,
            unknowns,
            zero,
            stale,
            seen=seen,
            directly=directly,
            later=later,
            unread=unread,
        )
        walk = walk_derivation(derivation, knowledge, context)
        seen |= {letter for root in formulas_of(derivation) for letter in free_symbols(root)}
        zero = following is not None and says_zero(derivation, following)
        knowledge = walk.knowledge
        if walk.systems:
            conclusions.append(walk.systems[-1])
            thread = [*thread, *walk.systems][-_LONGEST_THREAD:]
        elif zero:
            thread = [*thread, *set_to_zero(derivation.rows)][-_LONGEST_THREAD:]
        derivations.append(CheckedDerivation(_explained(walk, book, patience)))
    for stretch in document.unreadable:
        derivations.append(CheckedDerivation((_unreadable(stretch),)))
    return CheckedDocument(document.name, document.source, tuple(derivations))


def judge_one(before: Basic, after: Basic, knowledge: Knowledge, book: RuleBook) -> CheckedLine:
    """Judge and explain a single step; its text and place are for the caller to say."""
    found = judge_link(before, after, knowledge)
    line = CheckedLine(
        Place("", 0, 0),
        "",
        (("", after),),
        found.verdict,
        found.note,
        counterexample=found.counterexample,
    )
    return explained(line, Link.between(before, after, knowledge), book)


def _explained(walk: Walked, book: RuleBook, patience: Patience) -> tuple[CheckedLine, ...]:
    return tuple(
        line if link is None else explained(line, link, book, patience)
        for line, link in zip(walk.lines, walk.links, strict=True)
    )


def _unread(derivation: HandDerivation) -> Iterator[str]:
    """The names of which it is said what they are in a way that cannot be read."""
    for row in derivation.rows:
        for chain in row.chains:
            name, *rest = (formula.expression for formula in chain.formulas)
            if isinstance(name, Symbol) and any(each is None for each in rest):
                yield name.name


def _goes_on(previous: HandDerivation, derivation: HandDerivation) -> bool:
    """Whether there are only a few words between two derivations, and no new question."""
    if _is_new_question(previous, derivation):
        return False
    between = previous.place.source[previous.place.end : derivation.place.start]
    # In plain text an empty line ends what belongs together.
    return len(between.strip()) > 0 and len(between) <= _FEW


def _is_curve(equations: list[Basic]) -> bool:
    """Whether a single equation says how letters depend on one another, and no slope."""
    return (
        len(equations) == 1 and len(free_symbols(equations[0])) > 1 and not slopes_in(equations[0])
    )


def _words_between(previous: HandDerivation, derivation: HandDerivation) -> bool:
    between = previous.place.source[previous.place.end : derivation.place.start]
    return re.search(r"\w", re.sub(r"\\(?:begin|end)\{\w+\*?\}", "", between)) is not None


def _is_new_question(previous: HandDerivation, derivation: HandDerivation) -> bool:
    """Whether a heading or a word for a new question stands between two derivations."""
    if previous.place.source is not derivation.place.source:
        return True
    between = previous.place.source[previous.place.end : derivation.place.start]
    return _NEW_QUESTION.search(between) is not None


def _unreadable(stretch: Unreadable) -> CheckedLine:
    error = stretch.error
    place = error.place or Place(stretch.text, 0, len(stretch.text))
    note = f"{error.message}; {error.hint}" if error.hint else error.message
    return CheckedLine(place, stretch.text, (), "unreadable", note, cell=stretch.cell)
