"""How the tests write rows down: joint, chains, justification, number, condition, column."""

from __future__ import annotations

from derivex.documents import Chain, HandRow
from derivex.notation import Scope, TextWriter
from derivex.rulebook import shipped_book

__all__ = ["known", "shown", "shown_chain"]


def known() -> Scope:
    """A scope with the functions that every rule file has."""
    return Scope(functions=shipped_book().functions)


def shown_chain(chain: Chain) -> str:
    """The formulas of a chain with their signs; ? for one that cannot be read."""
    writer = TextWriter()
    parts = []
    for sign, formula in zip(chain.signs, chain.formulas, strict=True):
        read = formula.expression
        parts.append(f"{sign} {'?' if read is None else writer.write(read)}".strip())
    return " ".join(parts)


def shown(row: HandRow) -> str:
    """A row as one line."""
    column = f"{row.column}| " if row.column else ""
    chains = f" {row.connective} ".join(map(shown_chain, row.chains))
    claim = f" [{row.claim.text}]" if row.claim else ""
    number = f" {row.number}" if row.number else ""
    condition = f" if {row.condition}" if row.condition else ""
    return f"{column}{row.joint}: {chains}{claim}{number}{condition}"
