"""Names that a document defines in ways that contradict each other: y = x², later y = eˣ.

Every example has its own y.  Such a name has a meaning only in the section where it is defined,
and none at all after a list of examples: functions such as y = x², y = sin x or y = eˣ.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sympy.core.basic import Basic

from derivex.checking.knowledge import Knowledge
from derivex.checking.links import judge_link
from derivex.checking.premises import definition_in
from derivex.documents import Chain, HandDerivation, HandDocument
from derivex.errors import Place
from derivex.expression import free_symbols, substitute, symbol
from derivex.notation import Definition

__all__ = ["Rivals"]

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_MOST = 8  # definitions of one name that are compared


class _Said(NamedTuple):
    definition: Definition
    place: Place


class Rivals:
    """The names of a document that are defined in ways that contradict each other.

    Args:
        document: as it was read.
        knowledge: what holds at its beginning.
    """

    def __init__(self, document: HandDocument, knowledge: Knowledge):
        found: dict[str, list[_Said]] = {}
        said = [_Said(each.definition, each.place) for each in document.definitions]
        said += _said_in_rows(document)
        places = {(each.place.start, each.definition.name): each for each in said}
        for _, each in sorted(places.items(), key=lambda item: item[0]):
            if each.definition.body is not None:
                found.setdefault(each.definition.name, []).append(each)
        self._uses = sorted(
            each.place.start for each in document.derivations if not _only_defines(each)
        )
        self._defined = {
            name: definitions
            for name, definitions in found.items()
            if _contradict(definitions[:_MOST], found.keys(), knowledge)
        }

    def meaningless(self, derivation: HandDerivation) -> frozenset[str]:
        """The names that have no meaning where a derivation begins."""
        return frozenset(
            name
            for name, definitions in self._defined.items()
            if not self._in_force(definitions, derivation)
        )

    def _in_force(self, definitions: Sequence[_Said], derivation: HandDerivation) -> bool:
        place, begin = derivation.place, derivation.section
        here = [
            each
            for each in definitions
            if each.place.source is place.source and begin <= each.place.start < place.start
        ]
        return bool(here) and not self._are_examples(here[-2:])

    def _are_examples(self, definitions: Sequence[_Said]) -> bool:
        """Whether two stand in one paragraph, list or table, and nothing is made of the first."""
        if len(definitions) < 2 or definitions[0].definition.body is definitions[1].definition.body:
            return False
        begin, end = definitions[0].place.end, definitions[1].place.start
        used = any(begin < at < end for at in self._uses)
        return not used and _PARAGRAPH.search(definitions[0].place.source, begin, end) is None


def _said_in_rows(document: HandDocument) -> Iterator[_Said]:
    for row in document.rows():
        for chain in row.chains:
            definition = _definition(chain)
            if definition is not None and row.joint in ("start", "next"):
                yield _Said(definition, chain.place)


def _definition(chain: Chain) -> Definition | None:
    """What a chain may define: y = x², and y = x² = ½ · 2x²."""
    if chain.continues or len(chain.formulas) < 2 or chain.signs[1] != "=":
        return None
    left, right = (formula.expression for formula in chain.formulas[:2])
    return None if left is None or right is None else definition_in(left, right)


def _only_defines(derivation: HandDerivation) -> bool:
    """Whether there is nothing in a derivation but y = x²."""
    chains = [chain for row in derivation.rows for chain in row.chains]
    return all(len(chain.formulas) == 2 and _definition(chain) is not None for chain in chains)


def _contradict(
    definitions: Sequence[_Said], defined: Collection[str], knowledge: Knowledge
) -> bool:
    """Whether two definitions of a name differ, whatever the other names stand for."""
    bodies: list[Basic] = []
    parameters = definitions[0].definition.parameters
    for each in definitions:
        definition, body = each.definition, each.definition.body
        if body is None or len(definition.parameters) != len(parameters):
            continue
        body = substitute(body, dict(zip(definition.parameters, parameters, strict=True)))
        free = free_symbols(body).keys() - set(parameters)
        if not free_symbols(body) or any(str(name) in defined for name in free):
            continue  # a point, or made of names that may make it equal
        if symbol(definition.name) not in free and body not in bodies:
            bodies.append(body)
    return any(judge_link(bodies[0], other, knowledge).verdict == "wrong" for other in bodies[1:])
