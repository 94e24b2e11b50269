"""What is known where a block of a document stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from derivex.documents.document import HandDefinition
from derivex.documents.names import Names
from derivex.documents.passage import Passage, TextPassage
from derivex.errors import Place

__all__ = ["MAX_FORMULA", "KnownSoFar"]

MAX_FORMULA = 20_000
"""Characters of one formula."""


@dataclass
class KnownSoFar:
    """In which light a formula is read.

    Args:
        names: what is known of names.
        passage: where the formula stands.
        in_force: the definitions that hold.
        quantities: y of the y' in this block, with what it depends on.
    """

    names: Names
    passage: Passage = field(default_factory=lambda: TextPassage("", "", None))
    in_force: dict[str, HandDefinition] = field(default_factory=dict)
    quantities: Mapping[str, str] = field(default_factory=dict)

    def place(self, start: int, end: int) -> Place:
        """Where a stretch of the passage stands in the document."""
        return Place(self.passage.original, start, max(end, start), self.passage.name)
