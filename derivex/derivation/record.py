"""A derivation as JSON, and back: nodes as a table that everything refers to by number.

The stored form cites rules by their names and is loaded against a rule book; every step is
redone while it is loaded, so that what loads also replays.  Version 1::

    {"version": 1, "nodes": [["Symbol", "x"], ["Power", 0, 1], …],
     "steps": [{"rule", "form", "redex", "replacement", "bindings", "parameters"}],
     "phases": [{"start": 4, "result": 9, "steps": 3,
                 "entry": null | {"says", "replacements": [[old, new]]}}],
     "variables": [0], "status": "finished", "stuck": [], "notes": [], "fingerprint": "…"}

Each phase takes the next so many of the steps.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from sympy import Integer, Symbol
from sympy.core.basic import Basic

from derivex.derivation.derivation import Derivation, Status
from derivex.derivation.phase import Entry, Phase
from derivex.derivation.step import Step
from derivex.errors import RecordError
from derivex.expression import (
    Decimal,
    E,
    FunctionName,
    ImplicitName,
    RaisedName,
    array_nodes,
    function_name,
    integer,
    nodes,
    pi,
    postorder,
    raised_name,
    symbol,
)
from derivex.expression.array_nodes import ArrayName
from derivex.expression.nodes import Node, Word
from derivex.matching import Context, Facts
from derivex.rulebook import Form, Procedure, RuleBook

__all__ = ["VERSION", "NodeTable", "read_record", "write_record"]

VERSION = 1

_INNER: dict[str, type[Node]] = {
    name: kind
    for module in (nodes, array_nodes)
    for name in module.__all__
    if isinstance(kind := getattr(module, name), type)
    and issubclass(kind, Node)
    and not issubclass(kind, Word)
    and kind is not Node
}


class NodeTable:
    """Numbers the nodes of some trees, each shared node once."""

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []
        self._numbers: dict[Basic, int] = {}

    def number(self, root: Basic) -> int:
        """The number of a node; it and its operands are added where they are new."""
        if root not in self._numbers:
            for node in postorder(root):
                if node not in self._numbers:
                    self._numbers[node] = len(self.rows)
                    self.rows.append(self._row(node))
        return self._numbers[root]

    def _row(self, node: Basic) -> list[Any]:
        if isinstance(node, RaisedName):
            return ["Raised", node.name]
        if isinstance(node, Symbol):
            return ["Symbol", node.name]
        if isinstance(node, Integer):
            return ["Integer", str(node.p)]
        if isinstance(node, Decimal):
            return ["Decimal", node.text]
        if isinstance(node, ImplicitName):
            return ["Implicit", node.text]
        if isinstance(node, ArrayName):
            return ["Array", node.text]
        if isinstance(node, FunctionName):
            return ["Function", node.name]
        if isinstance(node, Node):
            return [type(node).__name__, *[self._numbers[operand] for operand in node._args]]
        return ["Constant", "e" if node is E else "pi"]


def _read_table(rows: list[list[Any]]) -> list[Basic]:
    made: list[Basic] = []
    for kind, *rest in rows:
        if kind == "Symbol":
            made.append(symbol(rest[0]))
        elif kind == "Integer":
            made.append(integer(int(rest[0])))
        elif kind == "Decimal":
            made.append(Decimal(rest[0]))
        elif kind == "Function":
            made.append(function_name(rest[0]))
        elif kind == "Implicit":
            made.append(ImplicitName(rest[0]))
        elif kind == "Array":
            made.append(ArrayName(rest[0]))
        elif kind == "Raised":
            made.append(raised_name(rest[0]))
        elif kind == "Constant":
            made.append(E if rest[0] == "e" else pi)
        elif kind in _INNER:
            made.append(_INNER[kind](*[made[number] for number in rest]))
        else:
            raise RecordError(f"“{kind}” is no kind of node")
    return made


def write_record(derivation: Derivation) -> dict[str, Any]:
    """The stored form of a derivation, ready for ``json.dump``."""
    table = NodeTable()
    phases = []
    steps: list[dict[str, Any]] = []
    for phase in derivation.phases:
        entry = None
        if phase.entry is not None:
            replacements = [
                [table.number(old), table.number(new)]
                for old, new in phase.entry.replacements.items()
            ]
            entry = {"says": phase.entry.says, "replacements": replacements}
        phases.append(
            {
                "start": table.number(phase.start),
                "result": table.number(phase.result),
                "entry": entry,
                "steps": len(phase.steps),
            }
        )
        steps += [_write_step(step, table) for step in phase.steps.values()]
    return {
        "version": VERSION,
        "fingerprint": derivation.book.fingerprint,
        "status": derivation.status.value,
        "variables": [table.number(variable) for variable in derivation.by],
        "stuck": [table.number(node) for node in derivation.stuck],
        "notes": list(derivation.notes),
        "assumptions": [table.number(each) for each in derivation.assumptions],
        "phases": phases,
        "steps": steps,
        "nodes": table.rows,
    }


def _write_step(step: Step, table: NodeTable) -> dict[str, Any]:
    stored: dict[str, Any] = {
        "rule": step.rule.name,
        "redex": table.number(step.redex),
        "replacement": table.number(step.replacement),
    }
    if isinstance(step.applied, Form):
        stored["form"] = step.rule.forms.index(step.applied)
        stored["bindings"] = {
            name: [table.number(part) for part in value]
            if isinstance(value, tuple)
            else table.number(value)
            for name, value in step.bindings.items()
        }
    elif step.applied.parameters:
        stored["parameters"] = [table.number(each) for each in step.applied.parameters]
    return stored


def read_record(stored: dict[str, Any], book: RuleBook) -> Derivation:
    """The derivation that was stored.

    Args:
        stored: what :func:`write_record` gave.
        book: a rule book that has the rules cited.

    Raises:
        RecordError: another version, a damaged table, a rule that the book does not have, or
            a step that does not come out as it was stored.
    """
    if not isinstance(stored, dict) or stored.get("version") != VERSION:
        raise RecordError(f"this is no derivation stored by version {VERSION} of the format")
    try:
        return _read(stored, book)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise RecordError(f"the stored derivation is damaged: {error!r}") from None


def _read(stored: dict[str, Any], book: RuleBook) -> Derivation:
    made = _read_table(stored["nodes"])
    assumptions = tuple(made[number] for number in stored.get("assumptions", ()))
    context = Context(facts=Facts(assumptions), functions=book.functions)
    phases = []
    rows = iter(enumerate(stored["steps"], 1))
    for phase in stored["phases"]:
        steps = {}
        for number, row in islice(rows, phase["steps"]):
            step = _read_step(row, number, made, book, context)
            steps[step.redex] = step
        entry = None
        if phase["entry"] is not None:
            replacements = {made[old]: made[new] for old, new in phase["entry"]["replacements"]}
            entry = Entry(phase["entry"]["says"], replacements)
        phases.append(Phase(made[phase["start"]], steps, made[phase["result"]], entry))
    derivation = Derivation(
        tuple(phases),
        book,
        tuple(made[number] for number in stored["variables"]),
        Status(stored["status"]),
        tuple(made[number] for number in stored["stuck"]),
        tuple(stored["notes"]),
        assumptions,
    )
    derivation.replay()
    return derivation


def _read_step(
    row: dict[str, Any], number: int, made: list[Basic], book: RuleBook, context: Context
) -> Step:
    rule = book.rules.get(row["rule"])
    if rule is None:
        raise RecordError(f"step {number} cites the rule {row['rule']}, which is not loaded")
    redex, replacement = made[row["redex"]], made[row["replacement"]]
    if "form" in row:
        form = rule.forms[row["form"]]
        unknown = form.letters.unknown
        chosen = None if unknown is None else made[row["bindings"][unknown]]
        slots = form.match(redex, context, chosen)
        if slots is None:
            raise RecordError(f"step {number}: {rule.name} does not match {redex}")
        if form.letters.fresh:
            form.build(slots, Context())  # which chooses the new index
        return Step(form, redex, replacement, tuple(slots))
    procedure = rule.procedure
    if procedure is None:
        raise RecordError(f"step {number}: {rule.name} is no procedure")
    parameters = tuple(made[each] for each in row.get("parameters", ()))
    return Step(_with(procedure, parameters), redex, replacement)


def _with(procedure: Procedure, parameters: tuple[Basic, ...]) -> Procedure:
    return procedure.with_parameters(parameters) if parameters else procedure
