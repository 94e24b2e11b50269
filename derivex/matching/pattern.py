"""Left-hand sides: a tree with letters, compiled once into a function that matches nodes.

A sum or product in a pattern matches all operands at once:

* ``u + ...`` matches any sum, and u stands for each of its terms in turn;
* ``c u`` shares all factors out between c and u, each to the first letter whose conditions
  it meets (so c takes every factor that is free of x and u takes the others);
* ``0 u`` takes the factor 0 out, and u is the rest; ``u + u`` takes a repeated term out;
* ``max(u, v, ...)`` matches a call with two or more arguments, v standing for all but the first;
* ``if p then u else ...`` matches any case distinction;
* of ``u v`` without conditions u takes the first factor and v all others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    Apply,
    Binder,
    Cases,
    Delta,
    Dots,
    Negative,
    Over,
    Plus,
    Power,
    Subdifferential,
    Times,
)
from derivex.expression.array_nodes import DERIVATIVES, ArrayName, Hadamard, MatrixProduct
from derivex.expression.nodes import Node
from derivex.matching.bindings import Letters, Slots
from derivex.matching.calls import compile_call
from derivex.matching.conditions import Condition
from derivex.matching.context import Context
from derivex.matching.shapes import array_check, is_scalar

__all__ = ["FUNCTIONS_OF_OPERANDS", "ON_DEPENDENCE", "Matcher", "compile_pattern"]

Matcher = Callable[[Basic, Slots, Context], bool]
Check = Callable[[Basic, Slots, Context], bool]


def compile_pattern(pattern: Basic, letters: Letters, bound: tuple[Symbol, ...] = ()) -> Matcher:
    """Compile a pattern.

    Args:
        pattern: the tree.
        letters: its letters, which get slots in the order in which they will be bound.
        bound: letters whose slots are filled before matching.

    Raises:
        ValueError: the pattern does not say which operands its letters stand for.
    """
    compiler = _Compiler(letters)
    for letter in bound:
        letters.slot(letter.name)
        compiler.bound.add(letter.name)
    return compiler.compile(pattern)


# The conditions on dependence, and what the answer must be.
ON_DEPENDENCE = {"is free of": False, "depends on": True}

# Nodes whose value is a function of the values of their operands.  Derivatives and sums bind a
# variable, which f(u) would capture; w_j is an entry of w, not a function of its value.
OF_WHOLE_ARRAYS = frozenset({"det", "diag", "logsumexp", "softmax", "tr"})
"""Functions of an array that are not taken entry by entry."""
FUNCTIONS_OF_OPERANDS = frozenset({Apply, Negative, Over, Plus, Power, Times})


def _joined(kind: type[Node], factors: tuple[Basic, ...]) -> Basic:
    return factors[0] if len(factors) == 1 else kind(*factors)


class _Compiler:
    def __init__(self, letters: Letters):
        self.letters = letters
        self.bound: set[str] = {letters.unknown} if letters.unknown else set()

    def compile(self, pattern: Basic) -> Matcher:
        if self.letters.is_letter(pattern):
            return self._letter(pattern)
        if not isinstance(pattern, Node) or not pattern._args:
            return lambda node, slots, context: node is pattern
        if self.letters.is_context(pattern):
            return self._context(pattern)
        if type(pattern) is Cases and type(pattern._args[-1]) is Dots:
            return self._cases(pattern)
        if self.letters.is_call(pattern):
            return self._call(pattern)
        if type(pattern) is Apply and type(pattern._args[-1]) is Dots:
            return self._arguments(pattern)
        if type(pattern) in (MatrixProduct, Hadamard):
            return self._sequence(pattern)
        if type(pattern) in (Plus, Times):
            if any(type(operand) is Dots for operand in pattern._args):
                return self._dots(pattern)
            return self._shared_out(pattern)
        if type(pattern) is Delta:
            return self._either_way(pattern)
        return self._in_order(pattern)

    def _letter(self, pattern: Basic) -> Matcher:
        assert isinstance(pattern, (Symbol, ArrayName))
        slot = self.letters.slot(pattern.name)
        if pattern.name in self.bound:
            return lambda node, slots, context: node is slots[slot]
        self.bound.add(pattern.name)
        dependence = self._only_dependence(pattern.name)
        if dependence is not None:
            other, expected = dependence

            def bind_dependence(node: Basic, slots: Slots, context: Context) -> bool:
                slots[slot] = node
                return context.depends(node, slots[other]) is expected

            return bind_dependence
        check = self._check(pattern.name)
        if check is None:

            def bind(node: Basic, slots: Slots, context: Context) -> bool:
                slots[slot] = node
                return True

            return bind

        def bind_checked(node: Basic, slots: Slots, context: Context) -> bool:
            slots[slot] = node
            return check(node, slots, context)

        return bind_checked

    def _only_dependence(self, name: str) -> tuple[int, bool] | None:
        """The slot of the variable and the answer, if the one condition is on dependence."""
        if self.letters.arrays is not None:
            return None
        conditions = self._ready_conditions(name)
        if len(conditions) != 1 or conditions[0].subject != name:
            return None
        (condition,) = conditions
        if condition.other is None or condition.kind.words not in ON_DEPENDENCE:
            return None
        return self.letters.slot(condition.other), ON_DEPENDENCE[condition.kind.words]

    def _ready_conditions(self, name: str, some: bool | None = None) -> list[Condition]:
        """The conditions that can be judged now that a letter is bound.

        Of a letter for several operands, those of which one is enough (``some``) or not.
        """
        early = [
            condition
            for condition in self.letters.unary(name)
            if (condition.other is None or condition.other in self.bound)
            and some in (None, condition.kind.some)
        ]
        late = [
            condition
            for condition in self.letters.conditions
            if condition.other == name != condition.subject
            and condition.subject in self.bound
            and not some
        ]
        return early + late

    def _check(self, name: str, but: str = "", some: bool | None = None) -> Check | None:
        """The conditions that can be judged now that a letter is bound, as one function.

        Args:
            name: the letter.
            but: the words of a kind of condition that the pattern itself makes sure of.
            some: as in :meth:`_ready_conditions`.
        """
        checks = self._shape_checks(name) if not some else []
        checks += [
            self._one_check(condition) if condition.subject == name else self._late_check(condition)
            for condition in self._ready_conditions(name, some)
            if condition.kind.words != but
        ]
        if len(checks) < 2:
            return checks[0] if checks else None
        if len(checks) == 2:
            first, second = checks
            return lambda node, slots, context: (
                first(node, slots, context) and second(node, slots, context)
            )
        return lambda node, slots, context: all(check(node, slots, context) for check in checks)

    def _shape_checks(self, name: str) -> list[Check]:
        """In a rule about arrays: that a letter stands for an array of its shape, or a number."""
        if self.letters.arrays is None:
            return []
        array = self.letters.arrays.get(name)
        if array is None:
            return [lambda node, slots, context: is_scalar(node)]
        for size in (array.rows, array.columns):
            if isinstance(size, Symbol):
                self.letters.slot(size.name)
        fits = array_check(array, self.bound, self.letters.slots)
        return [lambda node, slots, context: fits(node, slots)]

    def _one_check(self, condition: Condition) -> Check:
        """A condition on the letter that is being bound."""
        holds = condition.kind.holds
        assert holds is not None
        if condition.other is None:
            return lambda node, slots, context: holds(node, None, context)
        other = self.letters.slot(condition.other)
        expected = ON_DEPENDENCE.get(condition.kind.words)
        if expected is not None:
            return lambda node, slots, context: context.depends(node, slots[other]) is expected
        if condition.kind.words == "is not":
            return lambda node, slots, context: node is not slots[other]
        return lambda node, slots, context: holds(node, slots[other], context)

    def _late_check(self, condition: Condition) -> Check:
        """A condition on a letter bound before, which speaks of the one being bound now."""
        holds = condition.kind.holds
        assert holds is not None
        subject = self.letters.slot(condition.subject)
        return lambda node, slots, context: holds(slots[subject], node, context)

    def _context(self, pattern: Basic) -> Matcher:
        """f(u): a node in which exactly one operand, u, depends on the variable of the rule."""
        function, *operands = pattern.args
        inner = operands[0]
        if len(operands) > 1 or not isinstance(inner, (Symbol, ArrayName)):
            raise ValueError(f"{function} stands for any function, so write {function}(u)")
        name = inner.name
        variables = [
            condition.other
            for condition in self.letters.unary(name)
            if condition.kind.words == "depends on" and condition.other is not None
        ]
        if len(variables) != 1:
            raise ValueError(f"{function}({name}) needs the condition “{name} depends on …”")
        if variables[0] not in self.bound:
            raise ValueError(f"{function}({name}) stands under a derivative by {variables[0]}")
        whole = self.letters.slot(f"{function}({name})")
        slot = self.letters.slot(name)
        variable = self.letters.slot(variables[0])
        self.bound |= {name, f"{function}({name})"}
        check = self._check(name, but="depends on")
        about_whole = [
            self._one_check(condition) for condition in self.letters.unary(f"{function}({name})")
        ]

        whole_arrays = name in (self.letters.arrays or {})

        def match(node: Basic, slots: Slots, context: Context) -> bool:
            if type(node) not in FUNCTIONS_OF_OPERANDS:
                return False
            if whole_arrays and type(node) is Apply and str(node._args[0]) in OF_WHOLE_ARRAYS:
                return False
            depends = context.dependence(slots[variable]).of
            found: Basic | None = None
            for operand in node._args:
                if depends(operand):
                    if found is not None:
                        return False
                    found = operand
            if found is None:
                return False
            slots[whole] = node
            slots[slot] = found
            if check is not None and not check(found, slots, context):
                return False
            return all(about(node, slots, context) for about in about_whole)

        return match

    def _call(self, pattern: Node) -> Matcher:
        """f(u), where f stands for the name of a function."""
        head, operand, *others = pattern._args
        name = str(head)
        self.letters.slot(name)
        self.bound.add(name)
        argument: Check | None = None
        if not others:
            argument = self.compile(operand)
        elif isinstance(operand, Symbol) and operand.name not in self.bound:
            self.letters.slot(operand.name)
            self.bound.add(operand.name)
            argument = self._check(operand.name) or (lambda node, slots, context: True)
        return compile_call(pattern, self.letters, argument, self._check(name))

    def _dots(self, pattern: Node) -> Matcher:
        kind = type(pattern)
        operands = [operand for operand in pattern._args if type(operand) is not Dots]
        if len(operands) != 1 or not self.letters.is_letter(operands[0]):
            raise ValueError("dots on a left-hand side stand after one single letter")
        (letter,) = operands
        assert isinstance(letter, (Symbol, ArrayName))
        slot = self.letters.slot(letter.name)
        self.bound.add(letter.name)
        self.letters.sequences[letter.name] = kind
        check, some = self._check(letter.name, some=False), self._check(letter.name, some=True)

        def match(node: Basic, slots: Slots, context: Context) -> bool:
            if type(node) is not kind:
                return False
            assert isinstance(node, Node)
            slots[slot] = node._args
            if some is not None and not any(some(each, slots, context) for each in node._args):
                return False
            if check is None:
                return True
            return all(check(operand, slots, context) for operand in node._args)

        return match

    def _cases(self, pattern: Node) -> Matcher:
        """``if p then u else ...``: u stands for each value in turn, p for its condition."""
        if len(pattern._args) != 2:
            raise ValueError("dots after else stand after one branch: if p then u else ...")
        slots_of: list[int] = []
        for letter in pattern._args[0]._args:
            if not self.letters.is_letter(letter):
                raise ValueError("a branch before dots has single letters: if p then u else ...")
            assert isinstance(letter, Symbol)
            slots_of.append(self.letters.slot(letter.name))
            self.bound.add(letter.name)
        value, condition = slots_of
        check = self._check(str(pattern._args[0]._args[0]))

        def match(node: Basic, slots: Slots, context: Context) -> bool:
            if type(node) is not Cases:
                return False
            branches = [branch._args for branch in node._args]
            slots[value] = tuple(branch[0] for branch in branches)
            slots[condition] = tuple(branch[1] for branch in branches if len(branch) > 1)
            return check is None or all(check(each, slots, context) for each in slots[value])

        return match

    def _arguments(self, pattern: Node) -> Matcher:
        """``max(u, v, ...)``: v stands for each of the arguments that are left."""
        head, *operands, repeated, _ = pattern._args
        if not self.letters.is_letter(repeated):
            raise ValueError("dots on a left-hand side stand after one single letter")
        assert isinstance(repeated, Symbol)
        parts = [self.compile(operand) for operand in operands]
        slot = self.letters.slot(repeated.name)
        self.bound.add(repeated.name)
        check = self._check(repeated.name)

        def match(node: Basic, slots: Slots, context: Context) -> bool:
            if type(node) is not Apply or node._args[0] is not head:
                return False
            arguments = node._args[1:]
            rest = arguments[len(parts) :]
            slots[slot] = rest
            return (
                bool(rest)
                and all(
                    part(one, slots, context) for part, one in zip(parts, arguments, strict=False)
                )
                and (check is None or all(check(one, slots, context) for one in rest))
            )

        return match

    def _shared_out(self, pattern: Node) -> Matcher:
        kind = type(pattern)
        letters: list[Symbol | ArrayName] = []
        fixed: list[tuple[Matcher, type | None]] = []
        for operand in pattern._args:
            if self.letters.is_letter(operand):
                assert isinstance(operand, (Symbol, ArrayName))
                if operand.name not in self.bound:
                    letters.append(operand)
                    continue
            anything = self.letters.is_letter(operand) or self.letters.is_context(operand)
            exact = None if anything else type(operand)
            fixed.append((self.compile(operand), exact))
        repeated: list[tuple[int, Check | None, int]] = []  # u in u + u
        takers: list[tuple[int, Check | None]] = []
        whole: tuple[int, Check] | None = None  # the array in c u, which takes what c does not
        for letter, count in Counter(letters).items():
            slot = self.letters.slot(letter.name)
            check = self._check(letter.name)
            self.bound.add(letter.name)
            if count > 1:
                repeated.append((slot, check, count))
            elif kind is Times and isinstance(letter, ArrayName) and len(letters) > 1:
                assert check is not None
                whole = slot, check
                takers.append((slot, None))
            else:
                takers.append((slot, check))
        # Letters with conditions take what meets them; of the others each takes one operand,
        # in order, and the last one all that are left.
        takers.sort(key=lambda taker: taker[1] is None)
        single = {slot for slot, check in takers[:-1] if check is None}
        if not fixed and not repeated:
            by_dependence = self._shared_by_dependence(kind, letters)
            if by_dependence is not None:
                return by_dependence
        if len(fixed) == len(takers) == 1 and not repeated and takers[0][1] is None:
            (constant,) = (operand for operand in pattern._args if operand not in letters)
            if not constant.args and not self.letters.is_letter(constant):
                return _without(kind, constant, takers[0][0])

        def match(node: Basic, slots: Slots, context: Context) -> bool:
            if type(node) is not kind:
                return False
            assert isinstance(node, Node)
            rest = list(node._args)
            for matcher, exact in fixed:
                for position, operand in enumerate(rest):
                    if (exact is None or type(operand) is exact) and matcher(
                        operand, slots, context
                    ):
                        del rest[position]
                        break
                else:
                    return False
            for slot, check, count in repeated:
                for operand in rest:
                    if rest.count(operand) >= count and (
                        check is None or check(operand, slots, context)
                    ):
                        for _ in range(count):
                            rest.remove(operand)
                        slots[slot] = operand
                        break
                else:
                    return False
            if not takers:
                return not rest
            if not rest:
                return False
            if len(takers) == 1:
                slot, check = takers[0]
                joined = rest[0] if len(rest) == 1 else kind.interned[tuple(rest)]
                slots[slot] = joined
                return check is None or check(joined, slots, context)
            shares: list[list[Basic]] = [[] for _ in takers]
            for operand in rest:
                for share, (slot, check) in zip(shares, takers, strict=True):
                    if slot in single and share:
                        continue
                    if check is None or check(operand, slots, context):
                        share.append(operand)
                        break
                else:
                    return False
            for share, (slot, _) in zip(shares, takers, strict=True):
                if not share:
                    return False
                slots[slot] = share[0] if len(share) == 1 else kind.interned[tuple(share)]
            return whole is None or whole[1](slots[whole[0]], slots, context)

        return match

    def _sequence(self, pattern: Node) -> Matcher:
        """``A u``: factors in their order, of which each letter takes one or more.

        The first letter takes as many as it can.
        """
        kind = type(pattern)
        parts = [
            (self.compile(operand), self.letters.is_letter(operand)) for operand in pattern._args
        ]

        def match_from(
            part: int, factors: tuple[Basic, ...], slots: Slots, context: Context
        ) -> bool:
            matcher, several = parts[part]
            left = len(parts) - part - 1
            if not left:
                if len(factors) > 1 and not several:
                    return False
                return matcher(_joined(kind, factors), slots, context)
            most = len(factors) - left if several else 1
            return any(
                matcher(_joined(kind, factors[:taken]), slots, context)
                and match_from(part + 1, factors[taken:], slots, context)
                for taken in range(most, 0, -1)
            )

        def match(node: Basic, slots: Slots, context: Context) -> bool:
            if type(node) is not kind or len(node._args) < len(parts):
                return False
            return match_from(0, node._args, slots, context)

        return match

    def _shared_by_dependence(
        self, kind: type[Node], letters: list[Symbol | ArrayName]
    ) -> Matcher | None:
        """``c u`` with c free of x and u depending on it: one question for each operand."""
        shared = shared_by_dependence(self.letters, [letter.name for letter in letters])
        if shared is None:
            return None
        free, dependent, variable = shared

        def match(node: Basic, slots: Slots, context: Context) -> bool:
            shares = split_by_dependence(node, kind, slots[variable], context)
            if shares is None:
                return False
            slots[free], slots[dependent] = shares
            return True

        return match

    def _either_way(self, pattern: Node) -> Matcher:
        """δ, whose indices may stand in either order."""
        first, second = (self.compile(operand) for operand in pattern._args)

        def match(node: Basic, slots: Slots, context: Context) -> bool:
            if type(node) is not Delta:
                return False
            left, right = node._args
            return (first(left, slots, context) and second(right, slots, context)) or (
                first(right, slots, context) and second(left, slots, context)
            )

        return match

    def _in_order(self, pattern: Node) -> Matcher:
        kind = type(pattern)
        operands = list(enumerate(pattern._args))
        if kind in DERIVATIVES or kind is Subdifferential or issubclass(kind, Binder):
            # The variable or index first: the conditions on the operand speak of it.
            operands = operands[1:2] + operands[:1] + operands[2:]
            if issubclass(kind, Binder):
                operands = [*operands[:1], *operands[2:], operands[1]]
        else:
            operands.sort(key=lambda entry: self._is_fixed(entry[1]), reverse=True)
        parts = [(position, self.compile(operand)) for position, operand in operands]
        count = len(parts)
        if count == 1:
            (_, only) = parts[0]
            return lambda node, slots, context: (
                type(node) is kind and len(node._args) == 1 and only(node._args[0], slots, context)
            )
        if count == 2:
            (first_at, first), (second_at, second) = parts
            return lambda node, slots, context: (
                type(node) is kind
                and len(node._args) == 2
                and first(node._args[first_at], slots, context)
                and second(node._args[second_at], slots, context)
            )
        return lambda node, slots, context: (
            type(node) is kind
            and len(node._args) == count
            and all(match(node._args[position], slots, context) for position, match in parts)
        )

    def _is_fixed(self, operand: Basic) -> bool:
        """Whether one look tells if an operand fits: a literal, or a letter bound before."""
        if self.letters.is_letter(operand):
            assert isinstance(operand, (Symbol, ArrayName))
            return operand.name in self.bound
        return not isinstance(operand, Node) or not operand._args


def shared_by_dependence(letters: Letters, names: Sequence[str]) -> tuple[int, int, int] | None:
    """The slots of c, u and x, if c is to be free of x, u depends on it, and that is all."""
    if letters.arrays is not None:
        return None
    conditions = [condition for name in names for condition in letters.unary(name)]
    asked = {condition.kind.words: condition for condition in conditions}
    if len(conditions) != 2 or len(names) != 2 or asked.keys() != ON_DEPENDENCE.keys():
        return None
    free, dependent = asked["is free of"], asked["depends on"]
    if free.other is None or free.other != dependent.other:
        return None
    return (
        letters.slot(free.subject),
        letters.slot(dependent.subject),
        letters.slot(free.other),
    )


def split_by_dependence(
    node: Basic, kind: type[Node], variable: Basic, context: Context
) -> tuple[Basic, Basic] | None:
    """What is free of the variable and what depends on it, in a node of that kind with both."""
    if type(node) is not kind:
        return None
    depends = context.dependence(variable).of
    without: list[Basic] = []
    with_it: list[Basic] = []
    for operand in node._args:
        (with_it if depends(operand) else without).append(operand)
    if not with_it or not without:
        return None
    joined = kind.interned
    return (
        without[0] if len(without) == 1 else joined[tuple(without)],
        with_it[0] if len(with_it) == 1 else joined[tuple(with_it)],
    )


def _without(kind: type[Node], constant: Basic, slot: int) -> Matcher:
    """``1 u``: u is what is left of a product without its first factor 1."""
    interned = kind.interned

    def match(node: Basic, slots: Slots, context: Context) -> bool:
        if type(node) is not kind:
            return False
        operands = node._args
        for position, operand in enumerate(operands):
            if operand is constant:
                rest = operands[:position] + operands[position + 1 :]
                slots[slot] = rest[0] if len(rest) == 1 else interned[rest]
                return True
        return False

    return match
