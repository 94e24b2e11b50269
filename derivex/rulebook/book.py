"""A rule book: rules by name, by table, and by what they match."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from sympy.core.basic import Basic

from derivex.expression.array_nodes import DERIVATIVES
from derivex.expression.functions import Function
from derivex.expression.nodes import Apply, D, FunctionName
from derivex.matching import AnyKinds, kinds_of
from derivex.rulebook.rule import Form, Procedure, Rule

__all__ = ["RuleBook", "Table", "derivative_order"]


Head = type | FunctionName
"""The kind of a node; of a call, its function."""


class Table(dict[tuple[Head, AnyKinds], tuple[Form | Procedure, ...]]):
    """What may rewrite a node, by its head and by the kinds of its operands.

    What is looked up is worked out then and kept.

    Args:
        entries: for each kind of node what may rewrite it, in the order of trial.
    """

    def __init__(self, entries: dict[type, list[Form | Procedure]]):
        super().__init__()
        self._entries = entries

    def __missing__(self, key: tuple[Head, AnyKinds]) -> tuple[Form | Procedure, ...]:
        head, kinds = key
        found = tuple(
            entry
            for entry in self._entries.get(head if isinstance(head, type) else Apply, ())
            if entry.may_rewrite(kinds) and _is_about(entry, head)
        )
        return self.setdefault(key, found)

    def candidates(self, node: Basic) -> tuple[Form | Procedure, ...]:
        """What may rewrite a node, as far as the kinds of its operands tell."""
        return self[_head(node), kinds_of(node)]


def _head(node: Basic) -> Head:
    return node._args[0] if type(node) is Apply else type(node)


def _is_about(entry: Form | Procedure, head: Head) -> bool:
    """Whether an entry is not one for another function."""
    own = entry.head() if isinstance(entry, Form) else None
    return own is head or not isinstance(own, FunctionName)


class RuleBook:
    """An immutable collection of rules and of the functions that they know.

    Args:
        rules: the rules, in any order; their names are distinct.
        functions: the functions that the rule files introduce.
        source: the text of the rule files, from which the fingerprint is made.

    ``derivatives`` finds the forms for a derivative by what stands under the ∂, and
    ``by_derivative`` those for every kind of derivative, gradients by arrays included; the
    definition of the derivative as a limit is not among them.
    """

    def __init__(self, rules: Iterable[Rule], functions: dict[str, Function], source: str):
        self.rules: dict[str, Rule] = {rule.name: rule for rule in rules}
        self.functions = functions
        self.source = source
        of_arrays = [rule for rule in self.rules.values() if rule.of_arrays]
        self.by_derivative = {kind: Dispatch(of_arrays, kind) for kind in DERIVATIVES}
        self.derivatives = self.by_derivative[D] = Dispatch(self.rules.values())
        self._tables: dict[tuple[str, ...], Table] = {}

    @property
    def fingerprint(self) -> str:
        """A short digest of the rules' text; derivations record it."""
        import hashlib  # here, because showing a derivation does not need it

        return hashlib.sha256(self.source.encode()).hexdigest()[:16]

    def table(self, *names: str) -> Table:
        """The rules of some tables, by what they rewrite.

        The tables keep the order given, and in a table rules go before procedures, the more
        specific before the less.
        """
        found = self._tables.get(names)
        if found is None:
            found = self._tables[names] = Table(self._entries(names))
        return found

    def _entries(self, names: tuple[str, ...]) -> dict[type, list[Form | Procedure]]:
        entries: dict[type, list[tuple[tuple[int, int, int, int], Form | Procedure]]] = {}
        for rule in self.rules.values():
            if rule.table not in names or rule.is_move:
                continue
            rank = names.index(rule.table)
            if rule.procedure is not None:
                for head in rule.procedure.heads:
                    key = (rank, 1, 0, 0)
                    entries.setdefault(head, []).append((key, rule.procedure))
            for form in rule.forms:
                structure, conditions = form.specificity
                head_or_name = form.head()
                kind = Apply if isinstance(head_or_name, FunctionName) else head_or_name
                assert isinstance(kind, type)
                key = (rank, 0, -structure, -conditions)
                entries.setdefault(kind, []).append((key, form))
        return {
            kind: [entry for _, entry in sorted(found, key=lambda pair: pair[0])]
            for kind, found in entries.items()
        }

    def with_rules(
        self, rules: Iterable[Rule], functions: dict[str, Function], source: str
    ) -> RuleBook:
        """A book with more rules; a rule of the same name takes the place of the old one."""
        merged = {**self.rules, **{rule.name: rule for rule in rules}}
        return RuleBook(
            merged.values(), {**self.functions, **functions}, self.source + "\n" + source
        )


Operand = tuple[Head, AnyKinds, type]
"""The head of an operand, the kinds of its own operands, and the kind of the variable."""


class Dispatch(dict[Operand, tuple[Form, ...]]):
    """Forms of derivatives by what stands under the ∂; kept like those of a table.

    Forms that name the variable itself (∂x^n/∂x) go first, then those for any operand with
    a condition (the constant rule: before any rule that would take the expression apart),
    then those for the operand's own head, then contexts (the chain rule), then
    letters for functions: what is known of a function goes before what holds for any.
    """

    def __init__(self, rules: Iterable[Rule], derivative: type = D):
        super().__init__()
        self.derivative = derivative
        self._rules: dict[FunctionName | None, list[Rule]] = {}  # by the function they are about
        for rule in rules:
            self._rules.setdefault(rule.function, []).append(rule)

    @cached_property
    def _general(self) -> list[Form]:
        """The forms for any operand."""
        return [form for form in self._forms_about(None) if form.head() is None]

    @cached_property
    def _specific(self) -> dict[type | FunctionName, list[Form]]:
        """The forms for operands of a certain head, those of function stanzas left out."""
        specific: dict[type | FunctionName, list[Form]] = {}
        for form in self._forms_about(None):
            head = form.head()
            if head is not None:
                specific.setdefault(head, []).append(form)
        return specific

    def _forms_about(self, function: FunctionName | None) -> list[Form]:
        rules = self._rules.get(function, [])
        return [form for rule in rules for form in rule.derivative_forms(self.derivative)]

    def __missing__(self, key: Operand) -> tuple[Form, ...]:
        head, kinds, variable = key
        forms = self._general + self._specific.get(head, [])
        if isinstance(head, FunctionName):
            forms += self._forms_about(head)
        kind = head if isinstance(head, type) else Apply
        forms = [form for form in forms if form.may_derive(kind, kinds, variable)]
        return self.setdefault(key, tuple(sorted(forms, key=derivative_order)))

    def candidates(self, operand: Basic, variable: Basic) -> tuple[Form, ...]:
        """The forms that may match a derivative of that operand, those to try first first."""
        return self[_head(operand), kinds_of(operand), type(variable)]


def derivative_order(form: Form) -> tuple[int, int, int]:
    """Forms of derivatives with a smaller value are tried first."""
    structure, conditions = form.specificity
    if form.letters.is_call(form.before.args[0]):
        group = 4 if form.mentions_variable() else 5
    elif form.mentions_variable():
        group = 0
    elif form.head() is not None:
        group = 2
    elif form.letters.is_context(form.before.args[0]):
        group = 3
    else:
        group = 1
    return group, -structure, -conditions
