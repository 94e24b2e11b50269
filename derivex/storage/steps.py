"""Steps and phases in JSON.  A step cites its rule, and is matched again when it is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy.core.basic import Basic

from derivex.derivation import Entry, Phase, Step
from derivex.matching import Context
from derivex.rulebook import Form, Procedure
from derivex.storage.codec import NUMBER, TEXT, Codec, Definitions, Many, Optional, Reading, Writing
from derivex.storage.entry_error import EntryError, short
from derivex.storage.expressions import NODE, NODES
from derivex.storage.record import Field, Record, stored

__all__ = ["ENTRY", "PHASE", "PhaseRow", "StepRow", "phase_of"]


class _Replacements(Codec):
    """What was put in the place of what: pairs of nodes."""

    def write(self, value: Any, to: Writing) -> Any:
        return [[to.nodes.number(old), to.nodes.number(new)] for old, new in value.items()]

    def read(self, stored: Any, source: Reading) -> Any:
        pairs = Many(NODES).read(stored, source)
        for number, pair in enumerate(pairs):
            if len(pair) != 2:
                raise EntryError("it is no pair of nodes", number)
        return dict(pairs)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        node = NODE.schema(definitions)
        pair = {"type": "array", "prefixItems": [node, node], "items": False, "minItems": 2}
        return {"type": "array", "items": pair}


ENTRY = Record(
    "entry",
    Entry,
    "How a phase begins where it does not begin with the result of the one before.",
    {
        "says": stored(TEXT, "says", 'The justification: "filling in s = 1, b = 0".'),
        "replacements": stored(
            _Replacements(), "replacements", "What was put in the place of what, all at once."
        ),
    },
)


class StepRow(Codec):
    """A step: its rule, what it matched, what it put in its place.

    It is read as a function of the context, because whether its rule applies may rest on what
    was assumed, which is only known when the object around it is built.
    """

    def write(self, value: Step, to: Writing) -> Any:
        number = to.nodes.number
        row: dict[str, Any] = {
            "rule": value.rule.name,
            "redex": number(value.redex),
            "replacement": number(value.replacement),
        }
        if isinstance(value.applied, Form):
            row["form"] = value.rule.forms.index(value.applied)
            row["bindings"] = {
                letter: (NODES if isinstance(bound, tuple) else NODE).write(bound, to)
                for letter, bound in value.bindings.items()
            }
        elif value.applied.parameters:
            row["parameters"] = [number(each) for each in value.applied.parameters]
        return row

    def read(self, stored: Any, source: Reading) -> Any:
        row = self._checked(stored, source)

        def step(context: Context) -> Step:
            return _step(row, source, context)

        return step

    def _checked(self, stored: Any, source: Reading) -> dict[str, Any]:
        """The fields of a row, nodes in the place of their numbers."""
        if not isinstance(stored, dict):
            raise EntryError(f"{short(stored)} is no step")
        found: dict[str, Any] = {}
        for name, value in stored.items():
            try:
                found[name] = self._field(name, value, source)
            except EntryError as error:
                raise error.inside(short(name).strip('"')) from None
        for name in ("rule", "redex", "replacement"):
            if name not in found:
                raise EntryError("it is missing", name)
        if ("form" in found) != ("bindings" in found) or {"form", "parameters"} <= set(found):
            raise EntryError("a step has a form with bindings, or the parameters of a procedure")
        return found

    def _field(self, name: str, value: Any, source: Reading) -> Any:
        if name == "rule":
            return TEXT.read(value, source)
        if name in ("redex", "replacement"):
            return NODE.read(value, source)
        if name == "form":
            return NUMBER.read(value, source)
        if name == "parameters":
            return NODES.read(value, source)
        if name != "bindings":
            raise EntryError("there is no such field here")
        if not isinstance(value, dict):
            raise EntryError(f"{short(value)} is no object with letters")
        found = {}
        for letter, bound in value.items():
            kind = NODES if isinstance(bound, list) else NODE
            try:
                found[letter] = kind.read(bound, source)
            except EntryError as error:
                raise error.inside(letter) from None
        return found

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        node, nodes = NODE.schema(definitions), NODES.schema(definitions)
        definitions["step"] = {
            "description": "One rewrite: a rule, what it matched, what it put in its place.",
            "type": "object",
            "properties": {
                "rule": {"description": "The rule's name.", "type": "string"},
                "redex": {"description": "What was rewritten.", **node},
                "replacement": {"description": "What stands there instead.", **node},
                "form": {
                    "description": "Which form of the rule, from 0.",
                    "type": "integer",
                    "minimum": 0,
                },
                "bindings": {
                    "description": "What the letters of the form stand for.",
                    "type": "object",
                    "additionalProperties": {"anyOf": [node, nodes]},
                },
                "parameters": {
                    "description": "What the procedure was told: variables, or definitions.",
                    **nodes,
                },
            },
            "required": ["rule", "redex", "replacement"],
            "dependentRequired": {"form": ["bindings"], "bindings": ["form"]},
            "dependentSchemas": {"form": {"properties": {"parameters": False}}},
            "additionalProperties": False,
        }
        return {"$ref": "#/$defs/step"}


def _step(row: dict[str, Any], source: Reading, context: Context) -> Step:
    rule = source.book.rules.get(row["rule"])
    if rule is None:
        raise EntryError(f"it cites the rule {short(row['rule'])}, which is not loaded")
    redex, replacement = row["redex"], row["replacement"]
    if "form" in row:
        if not 0 <= row["form"] < len(rule.forms):
            raise EntryError(f"{rule.name} has {len(rule.forms)} forms", "form")
        form = rule.forms[row["form"]]
        unknown = form.letters.unknown
        chosen = None
        if unknown is not None:
            chosen = row["bindings"].get(unknown)
            if not isinstance(chosen, Basic):
                raise EntryError(f"it does not say what {unknown} stands for", "bindings")
        slots = form.match(redex, context, chosen)
        if slots is None:
            raise EntryError(f"{rule.name} does not match {redex}")
        if form.letters.fresh:
            form.build(slots, Context())  # which chooses the new index
        return Step(form, redex, replacement, tuple(slots))
    procedure = rule.procedure
    if procedure is None:
        raise EntryError(f"{rule.name} is no procedure")
    return Step(_with(procedure, row.get("parameters", ())), redex, replacement)


def _with(procedure: Procedure, parameters: tuple[Basic, ...]) -> Procedure:
    return procedure.with_parameters(parameters) if parameters else procedure


class PhaseRow:
    """A phase as it is read: its steps are made once the context is known."""

    def __init__(self, start: Basic, steps: Iterable[Any], result: Basic, entry: Entry | None):
        self.start, self.steps, self.result, self.entry = start, tuple(steps), result, entry

    def made(self, context: Context) -> Phase:
        """The phase."""
        return phase_of(self.start, self.steps, self.result, self.entry, context)


def phase_of(
    start: Basic,
    rows: Iterable[Any],
    result: Basic,
    entry: Entry | None,
    context: Context,
    first: int = 0,
) -> Phase:
    """A phase with the steps that some rows stand for.

    Args:
        start: its start.
        rows: what :class:`StepRow` read.
        result: its result.
        entry: how it begins.
        context: what the rules may rely on.
        first: the number of the first row in its list, for errors.
    """
    steps: dict[Basic, Step] = {}
    for number, row in enumerate(rows, first):
        try:
            step = row(context)
        except EntryError as error:
            raise error.inside(number).inside("steps") from None
        steps[step.redex] = step
    return Phase(start, steps, result, entry)


PHASE = Record(
    "phase",
    Phase,
    "A run of rewrites towards one end, with its steps.",
    {
        "start": stored(NODE, "start", "The expression at the beginning."),
        "result": stored(NODE, "result", "The expression at the end."),
        "entry": stored(Optional(ENTRY), "entry", "What was filled in at the beginning."),
        "steps": Field(
            Many(StepRow()),
            lambda phase: phase.steps.values(),
            "steps",
            "The rewrites, in order.",
        ),
    },
    build=lambda values, source: PhaseRow(**values),
)
