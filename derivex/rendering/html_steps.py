"""What a justification unfolds to: the rules, what they matched, and what they made of it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from sympy.core.basic import Basic

from derivex.derivation import Line, Step
from derivex.rendering.html_formulas import HtmlFormulas
from derivex.rendering.rule_table import form_as_written, phrase_in_words
from derivex.rulebook import Form, Procedure

__all__ = ["justification"]

_MOST_REWRITES = 12  # in one line; of a hundred alike nobody reads more


def justification(line: Line, formulas: HtmlFormulas) -> str:
    """What a line says, with what can be unfolded below it; empty for a line that says nothing."""
    if not line.says.strip():
        return ""
    inside = "".join(_rules(line, formulas)) + _rewrites(line, formulas)
    if not inside:
        return f'<p class="says">{escape(line.says)}</p>'
    return (
        f'<details class="says"><summary>{escape(line.says)}</summary>'
        f'<div class="step">{inside}</div></details>'
    )


def _rules(line: Line, formulas: HtmlFormulas) -> Iterator[str]:
    applied = dict.fromkeys(step.applied for step in line.steps)
    for rule in line.rules:
        forms = [each for each in applied if each.rule is rule and isinstance(each, Form)]
        yield f"<p>{_sentence_case(phrase_in_words(rule))} <code>{escape(rule.name)}</code></p>"
        for form in forms:
            yield from _form(form, formulas)
        if isinstance(rule.procedure, Procedure):
            yield "<p>A procedure: it calculates its result instead of filling in a formula.</p>"


def _form(form: Form, formulas: HtmlFormulas) -> Iterator[str]:
    latex, text, conditions = form_as_written(form, formulas.latex, formulas.text)
    yield formulas.boxed(latex, text)
    if conditions:
        yield f"<p>where {escape(', '.join(conditions))}</p>"


def _rewrites(line: Line, formulas: HtmlFormulas) -> str:
    steps = {step.redex: step for step in line.steps}
    items = [
        _rewrite(before, after, steps.get(before), formulas)
        for before, after in line.changed[:_MOST_REWRITES]
    ]
    if len(line.changed) > len(items):
        items.append(f"<li>and {len(line.changed) - len(items)} more</li>")
    return f'<ul class="rewrites">{"".join(items)}</ul>' if items else ""


def _rewrite(before: Basic, after: Basic, step: Step | None, formulas: HtmlFormulas) -> str:
    bindings = "" if step is None else ", ".join(_bindings(step, formulas))
    # It can be scrolled on a phone, so it must be reached without a mouse.
    reached = 'tabindex="0" role="group" aria-label="what the letters stand for"'
    matched = f"<p {reached}>with {bindings}</p>" if bindings else ""
    return (
        f"<li>{formulas.box(before)}"
        '<span class="becomes"><span aria-hidden="true">↦</span>'
        '<span class="hidden">becomes</span></span>'
        f"{formulas.box(after)}{matched}</li>"
    )


def _bindings(step: Step, formulas: HtmlFormulas) -> Iterator[str]:
    """What each letter of the rule stands for, where that is another formula."""
    for name, bound in step.bindings.items():
        if not (name.isidentifier() and isinstance(bound, Basic)):
            continue
        written = formulas.latex.write(bound), formulas.text.write(bound)
        if written[1] != name:
            yield formulas.math(f"{name} = {written[0]}", f"{name} = {written[1]}")


def _sentence_case(text: str) -> str:
    return escape(text[:1].upper() + text[1:])
