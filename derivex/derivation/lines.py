"""Lines: whole expressions from the start to the result, each with what led to it.

Lines are a view of the steps, made when someone reads them.  A line differs from the one
before it by rewriting some redexes; which ones share a line is the detail:

* ``full``: one rule application a line, arithmetic on the literals of a rule included;
* ``textbook``: while derivatives are left, if the leftmost is finished by its rule all that
  are finished so are rewritten at once, otherwise it and those that match the same rule;
  after that arithmetic in a line of its own, and every other kind of tidying likewise;
* ``brief``: the routine rules and the tidying at the end share a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from sympy.core.basic import Basic

from derivex.derivation.phase import Phase
from derivex.derivation.phrases import phrase_of, say
from derivex.derivation.step import Step
from derivex.errors import Place
from derivex.expression import Subdifferential, rebuild
from derivex.expression.array_nodes import DERIVATIVES
from derivex.expression.nodes import Node
from derivex.matching import NO_FACTS, Facts
from derivex.notation import LatexWriter, TextWriter
from derivex.notation.relations import relations_as_text
from derivex.rulebook import Judgement, Rule

__all__ = ["Detail", "Line", "lines_of"]


class Detail(Enum):
    """How much a reader wants to see."""

    BRIEF = "brief"
    TEXTBOOK = "textbook"
    FULL = "full"


@dataclass(frozen=True)
class Line:
    """One line of a derivation.

    Args:
        expression: the whole expression.
        rules: the rules that led to it from the line before; none for the start, and none
            where something was filled in.
        filled: what was filled in, in words, where that is what was done.
        changed: what was rewritten in the line before, and what stands for it here.
        phrases: the rules in words, where these speak of what the rules were applied to.
        conditions: relations under which the line holds, beyond those of earlier lines.
        steps: the recorded steps that led here, where it is steps that did.
        left_out: how many long lines between the one before and this one are not shown.
    """

    expression: Basic
    rules: tuple[Rule, ...] = ()
    changed: tuple[tuple[Basic, Basic], ...] = ()
    filled: str = ""
    phrases: tuple[str, ...] = ()
    conditions: tuple[Basic, ...] = ()
    steps: tuple[Step, ...] = field(default=(), compare=False, repr=False)
    left_out: int = 0

    @property
    def says(self) -> str:
        """The justification in words; empty for the start."""
        if self.filled:
            return self.filled
        says = say(self.phrases or self.rules)
        if self.conditions:
            says += f", where {', '.join(relations_as_text(self.conditions, TextWriter()))}"
        if self.left_out:
            says += f" ({self.left_out} long lines are left out; detail full has them)"
        return says

    @property
    def text(self) -> str:
        """The expression in the text notation."""
        return TextWriter().write(self.expression)

    @property
    def latex(self) -> str:
        """The expression in LaTeX."""
        return LatexWriter().write(self.expression)

    def __str__(self) -> str:
        return f"{self.text}     {self.says}".rstrip()


OPERATORS = DERIVATIVES | {Subdifferential}
"""What a derivation works out before it tidies."""
ARITHMETIC = "arithmetic"
_LITERALS = Rule(
    "arithmetic-on-literals", ARITHMETIC, "tidying", Judgement.EQUALITY, Place("", 0, 0)
)
ROUTINE = "differentiation"  # the table of rules that a lecturer applies without a word


def lines_of(
    phases: tuple[Phase, ...], detail: Detail, assumptions: tuple[Basic, ...] = ()
) -> Iterator[Line]:
    """The lines of a derivation that runs through some phases.

    Args:
        phases: the phases.
        detail: how much is shown.
        assumptions: what side conditions could rely on; it is not said again as a condition.
    """
    facts = Facts(assumptions) if assumptions else NO_FACTS
    yield Line(phases[0].start, filled=_assumed(assumptions))
    for phase in phases:
        if phase.entry is not None:
            changed = tuple(phase.entry.replacements.items())
            yield Line(phase.start, (), changed, phase.entry.says)
        yield from _View(phase, facts).lines(detail)


def _assumed(assumptions: tuple[Basic, ...]) -> str:
    if not assumptions:
        return ""
    return f"assuming {', '.join(map(TextWriter().write, assumptions))}"


class _View:
    """The lines of one phase after its start."""

    def __init__(self, phase: Phase, facts: Facts):
        self.phase = phase
        self.facts = facts
        self.steps = dict(phase.steps)
        self.still: set[Basic] = set()  # expressions in which nothing is left to rewrite
        self.without_derivatives: set[Basic] = set()  # those with no derivative to rewrite
        self.path: list[Basic] = []  # what holds the redex found last, from the outside in
        self.untouched = self.still  # those in which the next line rewrites nothing

    def lines(self, detail: Detail) -> Iterator[Line]:
        current = self.phase.start
        choose = {
            Detail.FULL: self._choose_one,
            Detail.TEXTBOOK: self._choose_textbook,
            Detail.BRIEF: self._choose_brief,
        }[detail]
        merge = detail is not Detail.FULL
        pending: list[tuple[Basic, Step]] = []  # each with what stands in its place
        key: object = None
        before = current
        while True:
            redexes = self._redexes(current, only_first=detail is Detail.FULL)
            chosen, chosen_key = choose(redexes)
            if pending and (not chosen or not merge or chosen_key != key or key is None):
                yield self._line(before, current, pending)
                pending, before = [], current
            if not chosen:
                return
            key = chosen_key
            replaced = self._replacements(chosen, detail)
            if detail is not Detail.FULL:
                after = self._rewrite(current, replaced)
            else:
                (step,) = chosen
                after = self._rewrite_on_path(step.redex, replaced[step.redex])
                if replaced[step.redex] is not step.replacement:
                    # Show the rule's own right-hand side first, then its arithmetic.
                    yield self._line(current, after, [(replaced[step.redex], step)])
                    evaluated = self._rewrite_on_path(step.redex, step.replacement)
                    yield Line(
                        evaluated,
                        (_LITERALS,),
                        ((replaced[step.redex], step.replacement),),
                    )
                    current = before = evaluated
                    continue
            pending += [(step.replacement, step) for step in chosen]
            current = after

    def _line(self, before: Basic, after: Basic, done: list[tuple[Basic, Step]]) -> Line:
        steps = [step for _, step in done]
        rules = tuple(dict.fromkeys(step.rule for step in steps))
        changed = tuple((step.redex, replacement) for replacement, step in done)
        phrases: tuple[str, ...] = ()
        if any("{" in rule.phrase for rule in rules):
            phrases = tuple(dict.fromkeys(map(phrase_of, steps)))
        said = dict.fromkeys(each for step in steps for each in step.conditions)
        conditions = self.facts.beyond(said) if said else ()
        return Line(after, rules, changed, "", phrases, conditions, tuple(steps))

    def _replacements(self, chosen: list[Step], detail: Detail) -> Mapping[Basic, Basic]:
        if detail is Detail.FULL:
            return {step.redex: step.unevaluated for step in chosen}
        return {step.redex: step.replacement for step in chosen}

    # -- which redexes share a line --------------------------------------------------------

    def _choose_one(self, redexes: list[Step]) -> tuple[list[Step], object]:
        return redexes[:1], None

    def _choose_textbook(self, redexes: list[Step]) -> tuple[list[Step], object]:
        derivatives = [step for step in redexes if type(step.redex) in OPERATORS]
        if derivatives:
            if self._finishes(derivatives[0]):
                return [step for step in derivatives if self._finishes(step)], None
            first = derivatives[0].rule
            return [step for step in derivatives if step.rule is first], None
        return self._choose_tidying(redexes)

    def _choose_tidying(self, redexes: list[Step]) -> tuple[list[Step], object]:
        if not redexes:
            return [], None
        phrases = [step.rule.phrase for step in redexes]
        phrase = ARITHMETIC if ARITHMETIC in phrases else phrases[0]
        return [step for step in redexes if step.rule.phrase == phrase], phrase

    def _choose_brief(self, redexes: list[Step]) -> tuple[list[Step], object]:
        derivatives = [step for step in redexes if type(step.redex) in OPERATORS]
        routine = [step for step in derivatives if step.rule.table == ROUTINE]
        if routine:
            return routine, "finish"
        if derivatives:
            return derivatives, None
        return redexes, "finish"

    def _finishes(self, step: Step) -> bool:
        """Whether no derivative is left where the step was made."""
        return not _has_derivative(step.replacement)

    # -- finding and rewriting -------------------------------------------------------------

    def _redexes(self, root: Basic, only_first: bool) -> list[Step]:
        """The steps that apply in an expression, leftmost first; derivatives before all else."""
        found = self._find(root, self.without_derivatives, True, only_first)
        self.untouched = self.without_derivatives
        if not found:
            found = self._find(root, self.still, False, only_first)
            self.untouched = self.still
        return found

    def _find(
        self, root: Basic, barren: set[Basic], derivatives: bool, only_first: bool
    ) -> list[Step]:
        """The outermost steps that apply.

        Expressions in which there is none join ``barren``, so that a line costs the part of
        the expression that still changes.
        """
        found: dict[Basic, Step] = {}
        met = 0  # redexes met so far, repeated ones too
        met_before: list[int] = []
        stack: list[tuple[Basic, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                if met == met_before.pop():
                    barren.add(node)
                continue
            if node in barren:
                continue
            step = self.steps.get(node)
            if step is not None and (not derivatives or type(node) in OPERATORS):
                found[node] = step
                met += 1
                if only_first:
                    # What is still open is what holds the redex, from the outside in.
                    self.path = [holder for holder, open_ in stack if open_]
                    break
            elif isinstance(node, Node) and node._args:
                stack.append((node, True))
                met_before.append(met)
                stack.extend((operand, False) for operand in reversed(node._args))
        return list(found.values())

    def _rewrite_on_path(self, old: Basic, new: Basic) -> Basic:
        """Rewrite the redex found last where it was found, and only there."""
        for holder in reversed(self.path):
            operands = [new if operand is old else operand for operand in holder._args]
            old, new = holder, rebuild(holder, operands)
        return new

    def _rewrite(self, root: Basic, replaced: Mapping[Basic, Basic]) -> Basic:
        done: dict[Basic, Basic] = {}
        stack: list[tuple[Basic, bool]] = [(root, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                assert isinstance(node, Node)
                done[node] = rebuild(node, [done.get(operand, operand) for operand in node._args])
            elif node in done or node in self.untouched:
                continue
            elif node in replaced:
                done[node] = replaced[node]
            elif type(node) in DERIVATIVES and node in self.steps:
                continue  # it is rewritten from the outside, when its turn comes
            elif isinstance(node, Node) and node._args:
                stack.append((node, True))
                untouched = self.untouched
                stack.extend((operand, False) for operand in node._args if operand not in untouched)
        return done.get(root, root)


def _has_derivative(root: Basic) -> bool:
    stack = [root]
    seen: set[Basic] = set()
    while stack:
        node = stack.pop()
        if type(node) in OPERATORS:
            return True
        if isinstance(node, Node) and node not in seen:
            seen.add(node)
            stack.extend(node._args)
    return False
