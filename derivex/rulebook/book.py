"""A rule book: rules by name, by table, and by what they match."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from sympy.core.basic import Basic

from derivex.expression.array_nodes import DERIVATIVES
from derivex.expression.functions import Function, Functions
from derivex.expression.nodes import (
    Apply,
    D,
    FunctionName,
    ImplicitName,
    Negative,
    Node,
    Over,
    Plus,
    Power,
    Prime,
    Times,
)
from derivex.matching import Attempt, Signature, kinds_in, signature_of
from derivex.rulebook.form import Form
from derivex.rulebook.outermost import SIGNS
from derivex.rulebook.procedure import Procedure
from derivex.rulebook.rule import Rule, Words

__all__ = ["RuleBook", "Table", "derivative_order"]


Head = type | FunctionName
"""The kind of a node; of a call, its function."""


class Attempts(dict[Signature, tuple[Attempt, ...]]):
    """What a table or dispatch finds, as functions that apply it."""

    def __init__(self, found: Callable[[Signature], tuple[Form | Procedure, ...]]):
        super().__init__()
        self._found = found

    def __missing__(self, signature: Signature) -> tuple[Attempt, ...]:
        found = tuple([entry.attempt for entry in self._found(signature)])
        return self.setdefault(signature, found)


class AttemptsBy(dict["type | tuple[type, bool]", Attempts]):
    """What a dispatch finds for derivatives, by the kind of the variable.

    With the kind and True it is what is left for operands that depend on the variable.  There is
    nothing for implicit functions, whose derivative may be one of its own kind.
    """

    def __init__(self, dispatch: Dispatch):
        super().__init__()
        self._dispatch = dispatch

    def __missing__(self, key: type | tuple[type, bool]) -> Attempts:
        variable, depends = key if isinstance(key, tuple) else (key, False)

        def found(signature: Signature) -> tuple[Form, ...]:
            if isinstance(signature[0], (ImplicitName, Prime)):
                return ()
            forms = self._dispatch[signature, variable]
            return tuple([each for each in forms if not (depends and each.of_constants())])

        return self.setdefault(key, Attempts(found))


class Table(dict[Signature, tuple[Form | Procedure, ...]]):
    """What may rewrite a node, by its signature.

    What is looked up is worked out then and kept.

    Args:
        rules: the rules of the tables, with the rank of the table that each stands in.
        functions: the known functions.
    """

    def __init__(self, rules: list[tuple[int, Rule]], functions: Functions):
        super().__init__()
        self._rules = rules
        self._functions = functions
        self._by_head: dict[Head, list[Form | Procedure]] = {}
        self.attempts = Attempts(self.__getitem__)

    def __missing__(self, signature: Signature) -> tuple[Form | Procedure, ...]:
        kinds = kinds_in(signature)
        entries = self._entries(signature[0])
        found = tuple(entry for entry in entries if entry.may_rewrite(kinds))
        return self.setdefault(signature, found)

    def _entries(self, head: Head) -> list[Form | Procedure]:
        """What may rewrite nodes of that head, in the order of trial."""
        known = self._by_head.get(head)
        if known is not None:
            return known
        kind = head if isinstance(head, type) else Apply
        found: list[tuple[tuple[int, int, int, int], Form | Procedure]] = []
        for rank, rule in self._rules:
            if rule.procedure is not None and kind in rule.procedure.heads:
                found.append(((rank, 1, 0, 0), rule.procedure))
            if _is_elsewhere(rule, head, self._functions):
                continue
            for form in rule.forms:
                if form.head() in (head, kind):
                    structure, conditions = form.specificity
                    found.append(((rank, 0, -structure, -conditions), form))
        entries = [entry for _, entry in sorted(found, key=lambda pair: pair[0])]
        return self._by_head.setdefault(head, entries)

    def candidates(self, node: Basic) -> tuple[Form | Procedure, ...]:
        """What may rewrite a node, as far as the kinds of its operands tell."""
        return self[signature_of(node)]


_WITHOUT_NAME = frozenset({Negative, Over, Plus, Power, Times})


def _is_elsewhere(rule: Rule, head: Head, functions: Functions) -> bool:
    """Whether the texts of a rule show that it is about other nodes than those of that head."""
    names = rule.calls
    if not names or not all(name in functions or name in SIGNS for name in names):
        return False
    if isinstance(head, FunctionName):
        return head.name not in names
    if isinstance(head, type):
        without_name = head in _WITHOUT_NAME or not issubclass(head, Node)
        return without_name or names.isdisjoint(SIGNS)
    return False


class Tables(dict[tuple[str, ...], Table]):
    """The tables of a book, together as they are asked for; what was put together is kept."""

    def __init__(self, rules: Collection[Rule], functions: Functions):
        super().__init__()
        self._rules = rules
        self._functions = functions

    def __missing__(self, names: tuple[str, ...]) -> Table:
        rules = [
            (names.index(rule.table), rule)
            for rule in self._rules
            if rule.table in names and not (rule.is_move or rule.is_misconception)
        ]
        return self.setdefault(names, Table(rules, self._functions))


class RuleBook:
    """An immutable collection of rules and of the functions that they know.

    Args:
        rules: the rules, in any order; their names are distinct.
        functions: the functions that the rule files introduce.
        source: the text of the rule files, from which the fingerprint is made.
        words: what people call some of the rules, beyond what is known of the shipped ones.

    ``derivatives`` finds the forms for a derivative by what stands under the ∂, and
    ``by_derivative`` those for every kind of derivative, gradients by arrays included; the
    definition of the derivative as a limit is not among them.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        functions: dict[str, Function],
        source: str,
        words: tuple[Words, ...] = (),
    ):
        self.rules: dict[str, Rule] = {rule.name: rule for rule in rules}
        self.functions = functions
        self.source = source
        self.words = words
        of_arrays = [rule for rule in self.rules.values() if rule.of_arrays]
        self.by_derivative = {kind: Dispatch(of_arrays, functions, kind) for kind in DERIVATIVES}
        self.derivatives = self.by_derivative[D] = Dispatch(self.rules.values(), functions)
        self.tables = Tables(self.rules.values(), functions)

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
        return self.tables[names]

    def with_rules(
        self,
        rules: Iterable[Rule],
        functions: dict[str, Function],
        source: str,
        words: tuple[Words, ...] = (),
    ) -> RuleBook:
        """A book with more rules; a rule of the same name takes the place of the old one."""
        merged = {**self.rules, **{rule.name: rule for rule in rules}}
        return RuleBook(
            merged.values(),
            {**self.functions, **functions},
            self.source + "\n" + source,
            self.words + words,
        )


Operand = tuple[Signature, type]
"""The signature of an operand, and the kind of the variable."""


class Dispatch(dict[Operand, tuple[Form, ...]]):
    """Forms of derivatives by what stands under the ∂; kept like those of a table.

    Forms that name the variable itself (∂x^n/∂x) go first, then those for any operand with
    a condition (the constant rule: before any rule that would take the expression apart),
    then those for the operand's own head, then contexts (the chain rule), then
    letters for functions: what is known of a function goes before what holds for any.
    """

    def __init__(self, rules: Iterable[Rule], functions: Functions, derivative: type = D):
        super().__init__()
        self.derivative = derivative
        self._functions = functions
        self._rules: dict[FunctionName | None, list[Rule]] = {}  # by the function they are about
        for rule in rules:
            self._rules.setdefault(rule.function, []).append(rule)
        self._by_head: dict[Head, list[Form]] = {}
        self.attempts = AttemptsBy(self)

    def _forms(self, head: Head) -> list[Form]:
        """The forms for operands of that head, and those for any."""
        known = self._by_head.get(head)
        if known is not None:
            return known
        rules = [
            rule
            for rule in self._rules.get(None, [])
            if not _is_elsewhere(rule, head, self._functions)
        ]
        if isinstance(head, FunctionName):
            rules += self._rules.get(head, [])
        forms = [
            form
            for rule in rules
            for form in rule.derivative_forms(self.derivative)
            if form.head() in (None, head)
        ]
        return self._by_head.setdefault(head, forms)

    def __missing__(self, key: Operand) -> tuple[Form, ...]:
        signature, variable = key
        head, kinds = signature[0], kinds_in(signature)
        kind = head if isinstance(head, type) else Apply
        forms = [form for form in self._forms(head) if form.may_derive(kind, kinds, variable)]
        return self.setdefault(key, tuple(sorted(forms, key=derivative_order)))

    def candidates(self, operand: Basic, variable: Basic) -> tuple[Form, ...]:
        """The forms that may match a derivative of that operand, those to try first first."""
        return self[signature_of(operand), type(variable)]


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
