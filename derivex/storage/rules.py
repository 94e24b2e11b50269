"""The table of rules and the check of a rule file in JSON; both are only written.

What is written here is plain data already: the fields are those of dictionaries.
"""

from __future__ import annotations

from operator import itemgetter

from derivex.storage.codec import NUMBER, TEXT, TEXTS, TRUTH, Codec, Many, Optional
from derivex.storage.record import Field, Record, shown

__all__ = ["RULES", "RULE_CHECK"]


def _field(name: str, codec: Codec, says: str) -> dict[str, Field]:
    return {name: shown(codec, itemgetter(name), says)}


_FORM = Record(
    "rule_form",
    dict,
    "A left-hand side, a right-hand side, and when the rule applies.",
    {
        **_field("before", TEXT, "The left-hand side."),
        **_field("after", TEXT, "The right-hand side."),
        **_field("latex", TEXT, "Both in LaTeX, with the conditions."),
        **_field("conditions", TEXTS, "What has to hold for it."),
    },
)

_EXAMPLE = Record(
    "rule_example",
    dict,
    "What a rule makes of something.",
    {
        **_field("before", TEXT, "The expression."),
        **_field("after", TEXT, "What becomes of it."),
    },
)

_RULE = Record(
    "rule",
    dict,
    "A rule of the table.",
    {
        **_field("name", TEXT, "Its name."),
        **_field("phrase", TEXT, "What a justification calls it."),
        **_field("table", TEXT, "The table that it belongs to."),
        **_field(
            "judgement",
            TEXT,
            "An equality, a move, a limit, a membership, or a misconception.",
        ),
        **_field("forms", Many(_FORM), "Its forms; none for a procedure."),
        **_field("works_on", TEXTS, "What a procedure works on."),
        **_field("examples", Many(_EXAMPLE), "Examples."),
    },
)

_FUNCTION = Record(
    "function",
    dict,
    "A function that the rules know.",
    {
        **_field("name", TEXT, "Its name."),
        **_field("parameters", TEXTS, "Its parameters."),
        **_field("means", Optional(TEXT), "What gives its values, if it has no definition."),
        **_field("definition", Optional(TEXT), "What it stands for."),
        **_field("latex", Optional(TEXT), "How LaTeX writes it."),
        **_field("aliases", TEXTS, "Its other names."),
    },
)

RULES = Record(
    "rules",
    dict,
    "The table of all rules.",
    {
        **_field("fingerprint", TEXT, "Tells this table from others."),
        **_field("rules", Many(_RULE), "The rules."),
        **_field("misconceptions", Many(_RULE), "Mistakes that people make."),
        **_field("functions", Many(_FUNCTION), "The functions."),
    },
    tagged=True,
)

_ERROR = Record(
    "rule_error",
    dict,
    "Something that is wrong with a rule.",
    {
        **_field("message", TEXT, "What."),
        **_field("line", Optional(NUMBER), "The line in the file, from 1."),
        **_field("column", Optional(NUMBER), "The column in that line, from 1."),
        **_field("hint", Optional(TEXT), "How to repair it."),
    },
)

_FINDING = Record(
    "rule_finding",
    dict,
    "What was found out about one rule.",
    {
        **_field("name", TEXT, "The rule's name."),
        **_field("verdict", TEXT, "Whether it is sound."),
        **_field("instances", NUMBER, "At how many instances it was tried."),
        **_field("errors", Many(_ERROR), "What is wrong with it."),
    },
)

RULE_CHECK = Record(
    "rule_check",
    dict,
    "The check of a rule file.",
    {
        **_field("file", TEXT, "The file's name."),
        **_field("sound", TRUTH, "Whether all of it is sound."),
        **_field("rules", Many(_FINDING), "One finding for each rule."),
        **_field("overlaps", Many(_ERROR), "Rules of which it is not clear which goes first."),
        **_field("warnings", TEXTS, "What is worth a look."),
    },
    tagged=True,
)
