"""Objects as JSON: how each kind is written, loaded again, and described by the schema."""

from derivex.storage.backward import BACKWARD
from derivex.storage.checks import CHECK
from derivex.storage.codec import Codec, Definitions, Reading, Writing
from derivex.storage.derivations import DERIVATION, GRADIENT, SUBGRADIENT
from derivex.storage.entry_error import EntryError, short
from derivex.storage.lessons import LESSON
from derivex.storage.nodes import INNER, LEAVES, read_nodes
from derivex.storage.record import Field, OneOf, Record, shown, stored
from derivex.storage.rules import RULE_CHECK, RULES
from derivex.storage.slopes import DIFFERENTIABILITY, DIRECTIONAL, NUDGES, TANGENT
from derivex.storage.solutions import DESCENT, IMPLICIT, SOLUTION, STATIONARY

__all__ = [
    "BACKWARD",
    "CHECK",
    "Codec",
    "DERIVATION",
    "DESCENT",
    "DIFFERENTIABILITY",
    "DIRECTIONAL",
    "Definitions",
    "Field",
    "GRADIENT",
    "IMPLICIT",
    "INNER",
    "LEAVES",
    "LESSON",
    "NUDGES",
    "OneOf",
    "RULES",
    "RULE_CHECK",
    "Reading",
    "Record",
    "SOLUTION",
    "STATIONARY",
    "SUBGRADIENT",
    "TANGENT",
    "Writing",
    "EntryError",
    "read_nodes",
    "short",
    "shown",
    "stored",
]
