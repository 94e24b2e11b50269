"""A sheet as a page on which one practises, and its key as a page to be read.

The practice page is one file that needs no network: the answers are typed below the rows,
judged in the browser, and can be saved as the file that ``derivex mark`` takes.  It judges by
the values of the answers at hidden points, so that every equivalent form counts.  The formulas
of the key are not in it; yet whoever takes the page apart can find out what is right, and the
page says so.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from sympy.core.basic import Basic

from derivex.derivation import listed
from derivex.expression import (
    Cases,
    Equation,
    Gap,
    Hull,
    Interval,
    LeftLimit,
    Limit,
    RightLimit,
    Singleton,
    postorder,
)
from derivex.expression.array_nodes import DERIVATIVES, Inverse, Nabla, Norm, Transpose
from derivex.notation import LatexWriter, TextWriter
from derivex.notation.spelling import ascii_name
from derivex.rendering.hidden_points import judged_at_points
from derivex.rendering.html import html_page
from derivex.rendering.html_formulas import HtmlFormulas
from derivex.rendering.html_prose import HtmlProse
from derivex.rendering.judged_points import Judged, name_of
from derivex.rendering.judged_values import Worth
from derivex.rendering.rule_table import form_as_written, phrase_in_words
from derivex.rendering.sheet_parts import FORMS_IN_WORDS, functions_of, reasons_of, task_of
from derivex.rulebook import Rule, shipped_book
from derivex.sheets import BlankKind, Exercise, Sheet, SheetRow, Text, with_answers

__all__ = ["sheet_html"]

_MOST_FORMULAS = 2  # of a rule in a hint
_SCRIPTS = ("math", "words", "reader", "evaluator", "page")
# Nothing is fetched, and no text becomes a program.
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'\">\n"
)
_ABOUT = (
    "Type what is missing, as in <code>2x cos(x)</code> or <code>x^2/(1 + x)</code>, and press "
    "Enter. Every form that is equal counts, unless a certain form is asked for."
)
# How what has no key of its own is typed, where answers have it.
_TYPED: tuple[tuple[frozenset[type], str], ...] = (
    (DERIVATIVES, "A derivative is typed as <code>d(x^2)/dx</code> or <code>d/dx x^2</code>."),
    (frozenset({Nabla, Transpose, Norm, Inverse}), (
        "Vectors and matrices: <code>X^T</code>, <code>A^-1</code>, <code>||w||</code>, "
        "<code>w·x</code>, <code>grad_w ||w||^2</code>."
    )),
    (frozenset({Limit, LeftLimit, RightLimit}), "A limit: <code>lim_{h-&gt;0} (2x + h)</code>."),
    (frozenset({Singleton, Interval, Hull}), (
        "Sets: <code>{1}</code>, <code>[-1, 1]</code>, <code>conv{a, b}</code>."
    )),
    (frozenset({Cases}), (
        "Cases: <code>if x &lt; 0 then -1 else if x = 0 then 0 else 1</code>."
    )),
)  # fmt: skip
_NOTE = (
    "The answers are judged on this page, by numbers that stand in it. No formula of the key "
    "does, but a determined reader can find out what is right: this is for practice, not for an "
    "examination. Nothing is sent anywhere."
)


def sheet_html(sheet: Sheet, key: bool = False, navigation: str = "") -> str:
    """A sheet as a practice page, or its key as a page.

    Args:
        sheet: the sheet, with its answers.
        key: whether what was left out is filled in, in colour; such a page holds no program.
        navigation: links to other pages, as HTML.
    """
    page = _Page(sheet, key)
    body = "\n".join(page.parts())
    if key:
        title = f"{sheet.title}: key"
        return html_page(title, body, ("practice/page",), navigation=navigation)
    body += f"\n{page.scripts()}"
    return html_page(sheet.title, body, ("practice/page",), _POLICY, navigation)


class _Page:
    """Writes a sheet."""

    def __init__(self, sheet: Sheet, key: bool):
        self.sheet, self.key = sheet, key
        self.functions = functions_of(sheet)
        self.formulas = HtmlFormulas(self.functions)
        self.formulas.latex = LatexWriter(self.functions, self._filled if key else _box)
        self.plain = LatexWriter(self.functions)
        self.filled = {
            blank.number: blank.answer for blank in sheet.blanks if blank.answer is not None
        }
        self.text = TextWriter()
        self.prose = HtmlProse()
        self.phrases = reasons_of(sheet)

    def parts(self) -> Iterator[str]:
        """The elements of the page, from top to bottom."""
        items = list(self.sheet)
        first = items[0] if items else None
        if isinstance(first, Text) and self.prose.begins_with_a_title(first.markdown):
            yield self.prose.write(first.markdown)
            items = items[1:]
        else:
            yield self.prose.heading(self.sheet.title)
        if not self.key:
            yield f"<p>{' '.join((_ABOUT, *self._typed()))}</p>"
        for item in items:
            if isinstance(item, Exercise):
                yield from self._exercise(item)
            else:
                yield self.prose.write(item.markdown)
        if not self.key:
            yield from self._closing()

    def _typed(self) -> Iterator[str]:
        answers = [blank.answer for blank in self.sheet.blanks if blank.answer is not None]
        kinds = {type(node) for answer in answers for node in postorder(answer)}
        yield from (says for wanted, says in _TYPED if kinds & wanted)

    def _exercise(self, exercise: Exercise) -> Iterator[str]:
        yield self.prose.heading(f"Exercise {exercise.number}", 2)
        yield self.prose.write(task_of(exercise))
        columns = exercise.columns
        if len(columns) > 1:
            yield '<div class="columns">'
        asked = iter(exercise.asking())
        for column in columns:
            kind = "equations" if exercise.kind == "equations" else "lines"
            asking = (next(asked) for _ in column)
            rows = "\n".join(f"<li>{self._row(exercise, row, new)}</li>" for row, new in asking)
            yield f'<div class="derivation"><ol class="{kind}">\n{rows}\n</ol></div>'
        if len(columns) > 1:
            yield "</div>"

    def _row(self, exercise: Exercise, row: SheetRow, new: Sequence[int]) -> str:
        label = f'<span class="label">{escape(row.label)}</span>' if row.label else ""
        if exercise.kind != "equations":
            formula = self._formula(row.shown, row.relation)
        elif type(row.shown) is Equation and Equation not in map(type, row.shown.args):
            left, right = row.shown.args
            formula = self._formula(left, "", "formula left") + self._formula(right, "=")
        else:
            formula = self._formula(row.shown, "", "formula whole")
        return label + formula + self._says(row) + ("" if self.key else self._answers(row, new))

    def _formula(self, shown: Basic, relation: str, kind: str = "formula") -> str:
        sign = r"\Rightarrow" if relation == "⇒" else relation
        room = r"\;" if sign and type(shown) is Gap else ""
        latex = f"{sign}{room} {self.formulas.latex.write(shown)}".strip()
        told = with_answers(shown, self.filled) if self.key else shown
        text = f"{relation} {self.text.write(told)}".strip()
        return self.formulas.boxed(latex, text.replace("[_", "(blank ").replace("_]", ")"), kind)

    def _says(self, row: SheetRow) -> str:
        if row.says_blank is None:
            return f'<p class="says">{escape(row.says)}</p>' if row.says.strip() else ""
        if self.key:
            return f'<p class="says"><span class="filled">{escape(row.says)}</span></p>'
        number = row.says_blank
        return f'<p class="says"><span class="gap">{number}</span></p>'

    def _filled(self, number: int) -> str:
        answer = self.sheet.blank(number).answer
        return rf"\class{{filled}}{{{'' if answer is None else self.plain.write(answer)}}}"

    # -- what a practice page has besides -------------------------------------------------------

    def _answers(self, row: SheetRow, new: Sequence[int]) -> str:
        fields = "".join(self._answer(number, row) for number in new)
        return f'<div class="answers">{fields}</div>' if fields else ""

    def _answer(self, number: int, row: SheetRow) -> str:
        named = f'id="blank-{number}" aria-describedby="verdict-{number}"'
        if self.sheet.blank(number).kind is BlankKind.RULE:
            options = "".join(f"<option>{escape(phrase)}</option>" for phrase in self.phrases)
            field = f'<select {named}><option value="">choose a reason</option>{options}</select>'
        else:
            field = (
                f'<input {named} type="text" maxlength="2000" autocomplete="off" '
                'autocapitalize="off" spellcheck="false">'
            )
        return (
            f'<form class="answer" data-blank="{number}">'
            f'<label for="blank-{number}">Blank {number}{self._asked(number)}</label>{field}'
            f'<button type="submit" aria-label="Check blank {number}">Check</button>'
            f'<output class="verdict" id="verdict-{number}" for="blank-{number}"></output>'
            f"</form>{self._hints(number, row)}"
        )

    def _asked(self, number: int) -> str:
        asked = FORMS_IN_WORDS[self.sheet.blank(number).form]
        return f" ({asked})" if asked else ""

    def _hints(self, number: int, row: SheetRow) -> str:
        """What kind of rule leads here, and inside of that the rule as a formula."""
        known = shipped_book().rules
        rules = [known[name] for name in row.rules if name in known]
        if not rules:
            return ""
        kinds = list(dict.fromkeys(_kind(rule) for rule in rules))
        weak = f"<p>This row comes from {escape(listed(kinds))}.</p>"
        strong = "".join(self._formulas(rule, row) for rule in rules)
        return (
            f'<details class="hints"><summary>Hint for blank {number}</summary>{weak}'
            f'<details class="hints"><summary>A stronger hint for blank {number}</summary>'
            f"{strong}</details></details>"
        )

    def _formulas(self, rule: Rule, row: SheetRow) -> str:
        name = "" if row.says_blank is not None else f"<p>{escape(phrase_in_words(rule))}</p>"
        written = [
            form_as_written(form, self.plain, self.text) for form in rule.forms[:_MOST_FORMULAS]
        ]
        shown = "".join(self.formulas.boxed(latex, text) for latex, text, _ in written)
        return name + (shown or f"<p>{escape(phrase_in_words(rule))}</p>")

    def _closing(self) -> Iterator[str]:
        yield (
            '<div class="closing"><button type="button" id="check-all">Check everything</button>'
            '<output id="count"></output></div>'
        )
        yield (
            '<div class="closing"><label for="student">Your name</label>'
            '<input id="student" type="text" maxlength="200" autocomplete="off">'
            '<button type="button" id="download">Save my answers</button></div>'
        )
        yield f'<p class="note">{_NOTE}</p>'

    def scripts(self) -> str:
        """The programs, and what they judge with."""
        told = json.dumps(self._told(), ensure_ascii=False, separators=(",", ":"))
        hidden = b64encode(told.encode()).decode()
        programs = "".join(f"<script>\n{_script(name)}</script>\n" for name in _SCRIPTS)
        return f'<script type="text/plain" id="judged-with">{hidden}</script>\n{programs}'

    def _told(self) -> dict[str, Any]:
        judged = {
            exercise.number: judged_at_points(self.sheet, exercise, self.functions)
            for exercise in self.sheet.exercises
        }
        points = [point for each in judged.values() for point in each.points]
        stand_ins = {name: f for each in judged.values() for name, f in each.stand_ins.items()}
        functions = {**self.functions, **stand_ins}
        implicit = {name_of(name) for each in judged.values() for name in each.abbreviations}
        plain = {
            name: function
            for name, function in functions.items()
            if function.definition is not None and not function.variadic
        }
        names = sorted({name for point in points for name in point.values} | implicit)
        return {
            "names": names,
            "spellings": {ascii_name(name): name for name in names if not name.isascii()},
            "indexed": sorted({name for point in points for name in point.columns}),
            "functions": {
                name: 0 if function.variadic else len(function.parameters)
                for name, function in functions.items()
                if name not in implicit
            }
            | dict.fromkeys(("sqrt", "abs", "tr", "det", "diag"), 1),
            "aliases": {
                alias: function.name
                for function in functions.values()
                for alias in function.aliases
            },
            "definitions": {
                name: {
                    "parameters": [parameter.name for parameter in function.parameters],
                    "body": self.text.write(function.definition),
                }
                for name, function in plain.items()
            },
            "sets": any(
                blank.worth.kind == "set"
                for each in judged.values()
                for blank in each.blanks.values()
            ),
            "phrases": self.phrases,
            "exercises": {number: self._exercise_told(each) for number, each in judged.items()},
            "blanks": {
                number: self._blank(number, exercise, judged[exercise.number])
                for exercise in self.sheet.exercises
                for number in exercise.blanks
            },
        }

    def _exercise_told(self, judged: Judged) -> dict[str, Any]:
        everywhere = {
            "directions": judged.directions,
            "size": judged.size,
            "symmetric": judged.symmetric,
        }
        return {
            "points": [{**vars(point), **everywhere} for point in judged.points],
            "abbreviations": {
                name_of(name): self.text.write(body) for name, body in judged.abbreviations.items()
            },
        }

    def _blank(self, number: int, exercise: Exercise, judged: Judged) -> dict[str, Any]:
        blank = self.sheet.blank(number)
        if blank.kind is BlankKind.RULE:
            return {"choice": self.phrases.index(blank.says)}
        told: dict[str, Any] = {"exercise": exercise.number, "form": blank.form}
        found = judged.blanks.get(number)
        if found is not None:
            told["worth"] = {**_worth(found.worth), "values": found.values}
            told["taken"] = [
                {
                    "head": old.head,
                    "leaves": old.leaves,
                    "names": sorted(map(name_of, old.names)),
                    "by": "" if old.by is None else self.text.write(old.by),
                    **_worth(old.worth),
                    "values": values,
                }
                for old, values in found.taken
            ]
        return told


def _worth(worth: Worth) -> dict[str, Any]:
    told = vars(worth).items()
    return {name: value for name, value in told if name != "scalars" and value}


def _box(number: int) -> str:
    return rf"\class{{gap}}{{{number}}}"


def _kind(rule: Rule) -> str:
    """The kind of a rule, in words."""
    if rule.table == "differentiation":
        return "a rule of differentiation"
    return f"the rules for {rule.table.replace('-', ' ')}" if rule.table else "another rule"


@lru_cache
def _script(name: str) -> str:
    """A program, as it is published or written; math.js is what npm has as version 15.2.0."""
    file = Path(__file__).parent / "practice" / f"{name}.js"
    written = file.read_text(encoding="utf-8")
    # A link to what is not there, and what would end the element, are left out.
    kept = [line for line in written.splitlines() if not line.startswith("//# sourceMappingURL")]
    return "\n".join(kept).replace("</script", r"<\/script") + "\n"
