"""Objects as JSON: how each kind is written, loaded again, and described by the schema.

What all kinds are made of is imported here; the kinds themselves stand in modules of their own,
which are imported when a result of that kind is written or read.
"""

from derivex.storage.codec import Codec, Definitions, Reading, Writing
from derivex.storage.entry_error import EntryError, short
from derivex.storage.nodes import INNER, LEAVES, read_nodes
from derivex.storage.record import Field, Record, shown, stored

__all__ = [
    "INNER",
    "LEAVES",
    "Codec",
    "Definitions",
    "EntryError",
    "Field",
    "Reading",
    "Record",
    "Writing",
    "read_nodes",
    "short",
    "shown",
    "stored",
]
