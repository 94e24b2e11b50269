"""The rule table: every rule with its name, its phrase, its forms and their conditions."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import RuleError
from derivex.expression import Equation, symbol
from derivex.matching import Condition
from derivex.notation import LatexWriter, TextWriter, declaration_text
from derivex.notation.characters import GREEK_LETTERS
from derivex.notation.relations import relations_as_latex, relations_as_text
from derivex.rendering.breaking import break_formula
from derivex.rulebook import Form, Judgement, Procedure, Rule, RuleBook, misconceptions
from derivex.rulebook.procedures import HEADS
from derivex.rulebook.said import pieces_of

__all__ = [
    "form_as_written",
    "phrase_in_words",
    "rule_tables",
    "rules_as_data",
    "rules_as_lines",
    "said_of",
    "works_on",
]

_WIDTH = 80
_NAME_COLUMN = 28
_CONDITIONS_COLUMN = 46
_PHRASE_INDENT = 4
_INDENT = 6
_LETTER = re.compile(r"\{(-?)(\w)\}")
_ARROWS = {
    Judgement.EQUALITY: ("=", "=", "="),
    Judgement.LIMIT: ("=", "=", "="),
    Judgement.MEMBERSHIP: ("=", "=", "="),
    Judgement.EQUIVALENT: ("⇔", "<=>", r"\iff"),
    Judgement.IMPLIED: ("⇒", "=>", r"\implies"),
    Judgement.MISCONCEPTION: ("≠", "!=", r"\neq"),
}


def rules_as_lines(
    book: RuleBook, width: int | None = None, unicode: bool = True
) -> list[tuple[str, str]]:
    """The table as lines of text, each with what stands on its right in a paler colour.

    Args:
        book: the rules.
        width: the columns there are, 80 if that is not known.
        unicode: whether ∂, Σ and the like can be shown.

    >>> from derivex.rulebook import shipped_book
    >>> for left, right in rules_as_lines(shipped_book()):
    ...     if left.lstrip().startswith(("∂c/∂x =", "constant ")):
    ...         print(left + right)
      constant                  the constant rule
          ∂c/∂x = 0                               c is free of x
    """
    writer = TextWriter(unicode)
    lines: list[tuple[str, str]] = []
    for table, rules in _by_table(book):
        if lines:
            lines.append(("", ""))
        lines.append((table, ""))
        for rule in rules:
            name, phrase = f"  {rule.name}  ", _phrase(rule, writer, book)
            column = max(len(name), _NAME_COLUMN)
            if column + len(phrase) > (width or _WIDTH):
                lines.append((name.rstrip(), ""))
                name = " " * _PHRASE_INDENT
            else:
                name = name.ljust(_NAME_COLUMN)
            lines += _phrase_lines(name, phrase, width or _WIDTH)
            for form in rule.forms:
                lines += _form_lines(form, writer, width or _WIDTH)
            if rule.procedure is not None:
                lines += _procedure_lines(rule, rule.procedure, writer, width or _WIDTH)
    return lines


def _phrase_lines(name: str, phrase: str, width: int) -> list[tuple[str, str]]:
    """A phrase behind the name of its rule, on several lines where it is too long for one."""
    first, *others = textwrap.wrap(phrase, max(width - len(name), 20)) or [""]
    return [(name, first), *((" " * len(name), other) for other in others)]


def _by_table(book: RuleBook) -> Iterator[tuple[str, list[Rule]]]:
    order: dict[str, int] = {}
    own = [rule for rule in book.rules.values() if not rule.is_misconception]
    everything = [*own, *misconceptions(book)]
    for rule in everything:
        order.setdefault(rule.table, len(order))
    rules = sorted(everything, key=lambda rule: order[rule.table])
    for table, group in groupby(rules, key=lambda rule: rule.table):
        yield table or "in no table", list(group)


def _phrase(rule: Rule, writer: TextWriter, book: RuleBook) -> str:
    """The phrase of a rule, with the formulas of that of a misconception."""
    if not rule.is_misconception:
        return _plain_phrase(rule, writer.unicode)
    pieces = pieces_of(rule.forms[0], book.functions)
    return "".join(
        piece if isinstance(piece, str) else writer.write(piece)
        for piece in pieces
        if not isinstance(piece, RuleError)
    )


def _plain_phrase(rule: Rule, unicode: bool) -> str:
    minus = "−" if unicode else "-"
    phrase = _with_marks(rule.phrase, "…" if unicode else "...")
    told = _LETTER.sub(lambda found: found[1].replace("-", minus) + found[2], phrase)
    if unicode:
        return told
    return "".join(GREEK_LETTERS.get(sign, sign) for sign in told.replace("−", "-"))


def _with_marks(phrase: str, dots: str) -> str:
    """A phrase with an example in the place of the names that it speaks of."""
    return phrase.replace("{names}", "u").replace("{definitions}", f"u = {dots}")


def _arrow(form: Form) -> tuple[str, str, str]:
    """The sign between the sides of a rule, in Unicode, ASCII and LaTeX."""
    if form.rule.is_misconception and type(form.written) is Equation:
        return "⇏", "=/=>", r"\not\Rightarrow"
    return _ARROWS[form.rule.judgement]


def _formula(form: Form, writer: TextWriter) -> str:
    arrow = _arrow(form)[0 if writer.unicode else 1]
    return f"{writer.write(form.written)} {arrow} {writer.write(form.after)}"


def _broken(formula: str, width: int) -> list[str]:
    """An indented formula, on several lines where it is too wide for one."""
    return list(break_formula(" " * _INDENT + formula, width, _INDENT + 4, _INDENT))


def _form_lines(form: Form, writer: TextWriter, width: int) -> list[tuple[str, str]]:
    pieces = _broken(_formula(form, writer), width)
    said = _conditions(form, writer)
    conditions = ", ".join(said)
    if not conditions:
        return [(piece, "") for piece in pieces]
    last = f"{pieces[-1]}  ".ljust(_CONDITIONS_COLUMN)
    if len(last) + len(conditions) <= width:
        return [*((piece, "") for piece in pieces[:-1]), (last, conditions)]
    indent = " " * (_INDENT + 4)
    begin = "where" if said_of(said).startswith("where") else ""
    wrapped: list[tuple[str, str]] = [(indent, begin)]
    for condition in said:
        left, right = wrapped[-1]
        longer = f"{right}{'' if right == begin else ','} {condition}".lstrip()
        if len(left) + len(longer) > width - 1 and right != begin:
            wrapped[-1] = (left, right + ",")
            wrapped.append((indent, f"  {condition}"))
        else:
            wrapped[-1] = (left, longer)
    return [*((piece, "") for piece in pieces), *wrapped]


_FAILS = "fails at"


def said_of(conditions: Sequence[str]) -> str:
    """The conditions of a form in a sentence: "where c is free of x", or only where it fails."""
    said = ", ".join(conditions)
    return said if not said or said.startswith(_FAILS) else f"where {said}"


def _conditions(form: Form, writer: TextWriter) -> list[str]:
    """The shapes of letters, the conditions in words, and what is provided."""
    relations, inside = _provided(form)
    arrays = (form.letters.arrays or {}).items()
    shapes = [declaration_text(array) for name, array in arrays if name in form.letters.slots]
    said = relations_as_text(relations, writer)
    fails = f"{_FAILS} {form.fails[0]}".split(", ") if form.fails else []
    return [*shapes, *map(str, form.conditions), *said, *inside, *fails]


def _provided(form: Form) -> tuple[list[Basic], list[str]]:
    """The relations that a form takes for granted, and what it says of letters for conditions."""
    provided = form.provisions.relations if form.provisions else ()
    return (
        [each for each in provided if not isinstance(each, Symbol)],
        [f"inside {each.name}" for each in provided if isinstance(each, Symbol)],
    )


def _procedure_lines(
    rule: Rule, procedure: Procedure, writer: TextWriter, width: int
) -> Iterator[tuple[str, str]]:
    example_follows = ", as in" if rule.examples else ""
    works_on = f"works on {', '.join(_heads(procedure))}{example_follows}"
    for line in textwrap.wrap(works_on, max(width - _INDENT, 20)):
        yield (" " * _INDENT, line)
    for example in rule.examples:
        text = f"{writer.write(example.before)} = {writer.write(example.after)}"
        yield from ((piece, "") for piece in _broken(text, width))


def _heads(procedure: Procedure) -> list[str]:
    return [word for word, head in HEADS.items() if head in procedure.heads]


def rule_tables(book: RuleBook) -> Iterator[tuple[str, list[Rule]]]:
    """The tables, in the order of their files, each with its rules."""
    return _by_table(book)


def phrase_in_words(rule: Rule, book: RuleBook | None = None) -> str:
    """What a rule is called, with an example in the place of the names that it speaks of.

    Args:
        rule: the rule.
        book: the book that it is in, whose functions the phrase of a misconception may hold.
    """
    return _plain_phrase(rule, True) if book is None else _phrase(rule, TextWriter(), book)


def works_on(procedure: Procedure) -> str:
    """What a procedure works on, in words."""
    return ", ".join(_heads(procedure))


def form_sides(form: Form, writer: LatexWriter) -> tuple[str, str]:
    """What stands before the sign of a rule, and the sign with what stands after it, as LaTeX."""
    arrow = _arrow(form)[2]
    return writer.write(form.written), f"{arrow} {writer.write(form.after)}"


def phrase_pieces(rule: Rule) -> list[str]:
    """The phrase of a rule: words, and after each piece of them a sign and a letter in turns.

    >>> from derivex.rulebook import shipped_book
    >>> phrase_pieces(shipped_book().rules["subtract"])
    ['subtract ', '', 'c', ' from both sides']
    """
    return _LETTER.split(_with_marks(rule.phrase, "…"))


def form_as_written(form: Form, latex: LatexWriter, text: TextWriter) -> tuple[str, str, list[str]]:
    """A rule as its file has it: as LaTeX, as text, and the conditions in words."""
    arrow = _arrow(form)[2]
    as_latex = f"{latex.write(form.written)} {arrow} {latex.write(form.after)}"
    return as_latex, _formula(form, text), _conditions(form, text)


# -- LaTeX -------------------------------------------------------------------------------------


def _latex_formula(form: Form, writer: LatexWriter) -> str:
    arrow = _arrow(form)[2]
    conditions = [
        rf"{writer.write(array)} \in \mathbb{{R}}^{{{array.rows} \times {array.columns}}}"
        for name, array in (form.letters.arrays or {}).items()
        if name in form.letters.slots
    ]
    conditions += [_latex_condition(condition, writer) for condition in form.conditions]
    relations, inside = _provided(form)
    conditions += relations_as_latex(relations, writer)
    conditions += [rf"\text{{{words}}}" for words in inside]
    formula = f"{writer.write(form.written)} {arrow} {writer.write(form.after)}"
    return formula + r" \qquad " + r",\; ".join(conditions) if conditions else formula


def _latex_condition(condition: Condition, writer: LatexWriter) -> str:
    letters = [condition.subject] + ([condition.other] if condition.other else [])
    return condition.kind.latex.format(*[writer.write(symbol(letter)) for letter in letters])


# -- data --------------------------------------------------------------------------------------


def rules_as_data(book: RuleBook) -> dict[str, Any]:
    """The table as plain data, for JSON.

    >>> from derivex.rulebook import shipped_book
    >>> rules_as_data(shipped_book())["rules"][0]["name"]
    'derivative-of-exp'
    """
    text, latex = TextWriter(unicode=False), LatexWriter(book.functions)
    return {
        "fingerprint": book.fingerprint,
        "rules": [_rule_as_data(rule, text, latex) for rule in book.rules.values()],
        "misconceptions": [_rule_as_data(rule, text, latex) for rule in misconceptions(book)],
        "functions": [
            {
                "name": function.name,
                "parameters": [letter.name for letter in function.parameters],
                "means": function.means,
                "definition": _written(function.definition, text),
                "latex": function.latex,
                "aliases": list(function.aliases),
            }
            for function in book.functions.values()
        ],
    }


def _written(node: Basic | None, writer: TextWriter) -> str | None:
    return None if node is None else writer.write(node)


def _rule_as_data(rule: Rule, text: TextWriter, latex: LatexWriter) -> dict[str, Any]:
    return {
        "name": rule.name,
        "phrase": rule.phrase,
        "table": rule.table,
        "judgement": rule.judgement.value,
        "forms": [
            {
                "before": text.write(form.written),
                "after": text.write(form.after),
                "latex": _latex_formula(form, latex),
                "conditions": _conditions(form, text),
            }
            for form in rule.forms
        ],
        "works_on": [] if rule.procedure is None else _heads(rule.procedure),
        "examples": [
            {"before": text.write(example.before), "after": text.write(example.after)}
            for example in rule.examples
        ],
    }
