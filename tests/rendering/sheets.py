"""Sheets made by hand for the tests of their formats: which row lacks what is chosen here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sympy.core.basic import Basic

import derivex
from derivex.expression import Equation, Gap, integer, substitute, symbol
from derivex.notation import Definition, Scope, read_definition, read_text
from derivex.sheets import Blank, BlankKind, Exercise, Sheet, SheetKnowledge, SheetRow, Text

__all__ = ["derivation_sheet", "equation_sheet", "long_sheet"]


def derivation_sheet(
    formula: str,
    by: str,
    left_out: Mapping[int, str],
    *,
    title: str = "A sheet",
    names: Sequence[str] = (),
    form: str = "any",
    let: Sequence[str] = (),
) -> Sheet:
    """A derivation with blanks.

    Args:
        formula: what is differentiated.
        by: the variable.
        left_out: for the number of a line what is left out there: "line", "rule", or the text
            of a subexpression.
        title: the heading.
        names: letters that are known besides the variable.
        form: the form that is asked for.
        let: definitions.
    """
    found = derivex.diff(formula, by=by, let=let)
    scope = Scope(functions=found.book.functions).declare(by, *names)
    blanks: list[Blank] = []
    rows: list[SheetRow] = []
    for number, line in enumerate(found.lines()):
        what = left_out.get(number)
        shown, said = line.expression, None
        rules = tuple(rule.name for rule in line.rules)
        next_one = len(blanks) + 1
        if what == "rule":
            said = next_one
            blanks.append(Blank(next_one, BlankKind.RULE, None, rules, line.says))
        elif what == "line":
            shown = Gap(integer(next_one))
            blanks.append(Blank(next_one, BlankKind.LINE, line.expression, form=form))
        elif what is not None:
            part = read_text(what, scope).expression
            shown = substitute(line.expression, {part: Gap(integer(next_one))})
            assert shown is not line.expression, what
            blanks.append(Blank(next_one, BlankKind.FACTOR, part, form=form))
        relation = "=" if number else ""
        rows.append(SheetRow(relation, line.expression, shown, line.says, said, "", rules))
    exercise = Exercise(1, f"Differentiate by ${by}$.", (tuple(rows),))
    text = Text(f"# {title}\n\nFill in *what is missing*.")
    definitions = tuple(map(_definition, let))
    knowledge = SheetKnowledge((by, *names), definitions)
    return Sheet(title, (text, exercise), tuple(blanks), formula, knowledge=knowledge)


def _definition(text: str) -> Definition:
    return read_definition(text)


def equation_sheet() -> Sheet:
    """Two equations side by side, with a right side and a reason left out."""

    def equation(left: str, right: str) -> Basic:
        return Equation(read_text(left).expression, read_text(right).expression)

    gap = Gap(integer(1))
    first = (
        SheetRow("", equation("6a - b + 1", "0"), equation("6a - b + 1", "0"), "", None, "(1)"),
        SheetRow("⇒", equation("a", "(b - 1)/6"), Equation(symbol("a"), gap), "solve (1) for a"),
    )
    second = (
        SheetRow("", equation("2b - a", "0"), equation("2b - a", "0"), "", None, "(2)"),
        SheetRow("⇒", equation("b", "a/2"), equation("b", "a/2"), "solve (2) for b", 2),
    )
    blanks = (
        Blank(1, BlankKind.RESULT, read_text("(b - 1)/6").expression),
        Blank(2, BlankKind.RULE, None, ("solve-for",), "solve (2) for b"),
    )
    exercise = Exercise(1, "Solve for $a$ and $b$.", (first, second), "equations")
    return Sheet("Two equations", (exercise,), blanks, "by hand",
                 knowledge=SheetKnowledge(("a", "b")))  # fmt: skip


def long_sheet() -> Sheet:
    """A derivation with a blank of each kind."""
    return derivation_sheet(
        "(x + y + z)^2", "y", {1: "rule", 2: "∂(x + y + z)/∂y", 3: "∂y/∂y", 4: "rule", 5: "line"},
        title="The chain rule", names=("x", "z"),
    )  # fmt: skip
