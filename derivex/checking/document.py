"""A whole document: its derivations one after the other, definitions holding from there on."""

from __future__ import annotations

from dataclasses import replace

from sympy.core.basic import Basic

from derivex.checking.explanations import Patience, explained
from derivex.checking.findings import CheckedDerivation, CheckedDocument, CheckedLine
from derivex.checking.interpretations import Walked, walk_derivation
from derivex.checking.knowledge import Knowledge
from derivex.checking.links import judge_link
from derivex.documents import HandDocument, Unreadable
from derivex.errors import Place
from derivex.expression import symbol
from derivex.rulebook import RuleBook

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
    knowledge = replace(knowledge, columns={**columns, **knowledge.columns})
    derivations: list[CheckedDerivation] = []
    patience = Patience()
    conclusions: list[list[Basic]] = []
    for previous, derivation in zip(
        (None, *document.derivations), document.derivations, strict=False
    ):
        recent = conclusions[-_MOST_CONCLUSIONS:]
        walk = walk_derivation(derivation, knowledge, recent, previous)
        knowledge = walk.knowledge
        if walk.conclusion:
            conclusions.append(walk.conclusion)
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
    return explained(line, before, after, knowledge, book, Patience(2.0))


def _explained(walk: Walked, book: RuleBook, patience: Patience) -> tuple[CheckedLine, ...]:
    return tuple(
        line
        if link is None
        else explained(line, link.before, link.after, link.knowledge, book, patience)
        for line, link in zip(walk.lines, walk.links, strict=True)
    )


def _unreadable(stretch: Unreadable) -> CheckedLine:
    error = stretch.error
    place = error.place or Place(stretch.text, 0, len(stretch.text))
    note = f"{error.message}; {error.hint}" if error.hint else error.message
    return CheckedLine(place, stretch.text, (), "unreadable", note, cell=stretch.cell)
