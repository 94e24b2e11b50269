"""What holds where a document begins: what its own text leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.api.inputs import definitions_from
from derivex.api.values import Data, read_assumptions, read_columns
from derivex.checking import CheckedDocument, Knowledge, check_document
from derivex.documents import read_document
from derivex.engine import Definitions
from derivex.errors import ReadError
from derivex.expression import At
from derivex.matching import Facts
from derivex.notation import Definition, Scope, read_relation
from derivex.rulebook import RuleBook, load_rules, shipped_book

__all__ = ["Premises", "make_premises"]

_ENTRY = re.compile(r"[^=:]*[_\[][^=:]*=")  # what may define an entry: y_i = …


@dataclass(frozen=True)
class Premises:
    """What holds where a document begins, made once for many documents.

    Args:
        scope: what the reader may take for granted about names.
        knowledge: what the judge may take for granted.
        book: the rules.
    """

    scope: Scope
    knowledge: Knowledge
    book: RuleBook

    def judged(self, text: str, name: str | None = None) -> CheckedDocument:
        """One document with its verdicts."""
        document = read_document(text, name, self.scope)
        return check_document(document, self.knowledge, self.book)


def make_premises(
    let: str | Iterable[str] = (),
    assume: str | Iterable[str] = (),
    data: Data = None,
    rules: str | Path | RuleBook | None = None,
) -> Premises:
    """Read what a document leaves out.

    Args:
        let: definitions, of entries as well (``y_i = w x_i``), and shapes (``A: d by d``).
        assume: what is known of letters, and what is equal.
        data: columns of numbers for indexed names.
        rules: a rule file whose rules are used as well, or a rule book used instead.

    Raises:
        DerivexError: a definition, an assumption or an entry that cannot be read.
    """
    if isinstance(rules, RuleBook):
        book = rules
    else:
        book = shipped_book() if rules is None else load_rules(Path(rules), shipped_book())
    columns = read_columns(data)
    names = [name.name for name in columns]
    scope = Scope(functions=book.functions).declare(*names).with_data(*names)
    knowledge = Knowledge(functions=book.functions, columns=columns)
    for text in [let] if isinstance(let, str) else let:
        entry = _entry(text, scope)
        if entry is not None:
            knowledge = knowledge.defining_entry(*entry)
        else:
            definitions, scope, _ = definitions_from(text, scope)
            knowledge = _with_definitions(knowledge, definitions)
    knowledge = replace(knowledge, declared=frozenset(scope.arrays))
    return Premises(scope, _assuming(knowledge, assume, scope), book)


def _entry(text: str, scope: Scope) -> tuple[Basic, Basic] | None:
    """An entry for any index, and what it stands for; None for a definition of another kind."""
    if _ENTRY.match(text) is None:
        return None
    with suppress(ReadError):
        left, right = read_relation(text, scope).expression.args
        if type(left) is At and all(isinstance(part, Symbol) for part in left.args):
            return left, right
    return None


def _with_definitions(knowledge: Knowledge, definitions: Definitions) -> Knowledge:
    functions = {**knowledge.functions, **definitions.functions}
    knowledge = replace(knowledge, functions=functions)
    for name, body in definitions.abbreviations.items():
        if isinstance(name, Symbol):
            knowledge = knowledge.defining(Definition(name.name, (), body), said=True)
        else:
            knowledge = replace(knowledge, names={**knowledge.names, name: body})
    return knowledge


def _assuming(knowledge: Knowledge, assume: str | Iterable[str], scope: Scope) -> Knowledge:
    told = [assume] if isinstance(assume, str) else list(assume)
    equal = [text for text in told if _is_equation(text)]
    identities = [read_relation(text, scope).expression.args for text in equal]
    conditions = read_assumptions([text for text in told if text not in equal], scope, {})
    return replace(
        knowledge,
        kinds=Facts(conditions).kinds,
        conditions=conditions,
        identities=tuple((left, right) for left, right in identities),
    )


def _is_equation(text: str) -> bool:
    """Whether an assumption is that two expressions are equal, not that one is larger."""
    return "=" in text and not any(sign in text for sign in ("<", ">", "≤", "≥", "≠", "!="))
