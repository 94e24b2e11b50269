"""Calculating with sets: the laws of numbers are used inside of them, not on them.

For sets S − S is not zero and 0 S is not the number 0, so what stands for a set is rewritten by
the tables of sets only.
"""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.derivation import Phase
from derivex.derivation.rewriting import Always
from derivex.engine.differentiate import TIDYING
from derivex.engine.normalise import Normaliser
from derivex.expression import Cases, is_set
from derivex.matching import NO_FACTS, Context, Facts, Found, signature_of
from derivex.rulebook import RuleBook

__all__ = ["SetNormaliser", "set_phase"]


class SetNormaliser(Normaliser):
    """A run of rewriting with different tables for sets and for everything else.

    Args:
        book: the rules.
        tables: the tables whose rules rewrite sets.
        as_written: whether the parts of the start are left as they were written.
        facts: what is assumed.
    """

    def __init__(
        self,
        book: RuleBook,
        tables: tuple[str, ...],
        as_written: bool = True,
        facts: Facts = NO_FACTS,
    ):
        super().__init__(book, TIDYING, as_written, facts)
        self._of_numbers = self._attempts
        self._of_sets = book.table(*tables).attempts
        self._attempts = Always((self._tidy,))
        self._known: dict[Basic, bool] = {}

    def _tidy(self, node: Basic, by: Basic | None, context: Context) -> Found | None:
        # Which case holds is found in the same way whatever its value is.
        of_sets = type(node) is not Cases and is_set(node, self._known)
        for attempt in (self._of_sets if of_sets else self._of_numbers)[signature_of(node)]:
            found = attempt(node, by, context)
            if found is not None and found[1] is not node:
                return found
        return None


def set_phase(start: Basic, book: RuleBook, *tables: str) -> Phase:
    """Rewrite an expression with sets by the rules of some tables, numbers by arithmetic."""
    return SetNormaliser(book, tables, as_written=False).run(start)
