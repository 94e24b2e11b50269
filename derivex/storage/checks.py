"""The check of hand derivations in JSON, which is only written.

What is written here is plain data already: the fields are those of dictionaries.
"""

from __future__ import annotations

from operator import itemgetter

from derivex.checking.findings import VERDICTS
from derivex.storage.codec import NUMBER, TEXT, TEXTS, Choice, Codec, Many, Named, Optional
from derivex.storage.record import Field, Record, shown

__all__ = ["CHECK"]


def _fields(*fields: tuple[str, Codec, str]) -> dict[str, Field]:
    return {name: shown(codec, itemgetter(name), says) for name, codec, says in fields}


_VERDICT = Choice({verdict: verdict for verdict in VERDICTS})

_COUNTEREXAMPLE = Record(
    "counterexample",
    dict,
    "Values at which the two sides differ, and what each side is there.",
    _fields(
        ("text", TEXT, "All of it as a sentence part."),
        ("point", Named(TEXT), "The values of the letters."),
        ("left", TEXT, "The value of the left side."),
        ("right", TEXT, "The value of the right side."),
    ),
)

_IN_LATEX = Record(
    "checked_line_in_latex",
    dict,
    "The formulas of a checked line in LaTeX.",
    _fields(
        ("read", Optional(TEXT), "The line as it was read."),
        ("expected", Optional(TEXT), "The line as it should read."),
    ),
)

_LINE = Record(
    "checked_line",
    dict,
    "A line of a hand derivation, and what was found.",
    _fields(
        ("line", NUMBER, "Where it stands in the file, from 1."),
        ("column", NUMBER, "The column there, from 1."),
        ("text", TEXT, "The line as it was written."),
        ("read", Optional(TEXT), "The line as it was read; null if it cannot be."),
        ("verdict", _VERDICT, "What was found."),
        ("note", Optional(TEXT), "A remark on that."),
        ("claimed", Optional(TEXT), "The justification that was given."),
        ("claim", Optional(TEXT), "What was found about the justification."),
        ("found", TEXTS, "The names of the rules that lead here."),
        ("counterexample", Optional(_COUNTEREXAMPLE), "For a wrong line."),
        ("diagnosis", TEXTS, "The likely mistakes, each a sentence."),
        ("expected", Optional(TEXT), "The line as it should read, if that is known."),
        ("latex", _IN_LATEX, "The same formulas in LaTeX."),
        ("cell", NUMBER, "The cell of a notebook, from 1."),
    ),
    optional=("cell",),
)

_DERIVATION = Record(
    "checked_derivation",
    dict,
    "A hand derivation, line by line.",
    _fields(
        ("verdict", _VERDICT, "The gravest one of its lines."),
        ("lines", Many(_LINE), "From the first."),
    ),
)

_FILE = Record(
    "checked_file",
    dict,
    "What was found in one document.",
    _fields(
        ("name", Optional(TEXT), "The name of the file."),
        ("verdict", _VERDICT, "The gravest one of its lines."),
        ("counts", Named(NUMBER), "How many lines have each verdict."),
        ("derivations", Many(_DERIVATION), "From the first."),
        ("error", TEXT, "Why the file could not be checked, if it could not."),
    ),
    optional=("error",),
)

CHECK = Record(
    "check",
    dict,
    "The verdicts on hand derivations.",
    _fields(("files", Many(_FILE), "In the order in which they were given.")),
    tagged=True,
)
