"""Sheets as STACK questions for Moodle: one question for each exercise, one input for each blank.

A formula is judged by STACK's test AlgEquiv, a reason is chosen from a list.  Where the form
of an answer is asked for, a second node of the response tree gives half of the points for a right
answer in another form.  A blank that Maxima has no words for is shown filled in, and that is
said.  The fields are those of "Moodle XML" in STACK's documentation for authors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from types import MappingProxyType
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import At, Column, D, Decimal, Interval, Limit, Or, Row, postorder
from derivex.notation import LatexWriter
from derivex.notation.maxima_writer import MaximaWriter
from derivex.notation.spelling import ascii_name
from derivex.rendering.latex_prose import is_mathematics, prose_reader
from derivex.rendering.latex_text import latex_text
from derivex.rendering.sheet_parts import (
    FORMS_IN_WORDS,
    functions_of,
    reasons_of,
    task_of,
)
from derivex.sheets import Blank, BlankKind, Exercise, Sheet, SheetRow

__all__ = ["sheet_stack"]

_VERSION = "2020123000"  # of STACK's format that has these fields
_PENALTY = "0.1"
_FORM_TESTS = {"expanded": "Expanded"}
_DERIVATIVES = "diff, noundiff"
_TYPED: Mapping[type, tuple[str, str]] = MappingProxyType(
    {
        At: (r"\(a_i\)", "a_i"),
        D: (r"\(\frac{d}{dx} x^2\)", "diff(x^2, x)"),
        Limit: (r"\(\lim_{h \to 0} h\)", "limit(h, h, 0)"),
        Interval: (r"\([0, 1]\)", "cc(0, 1)"),
        Or: ("alternatives", "x = 1 or x = 2"),
        Column: ("columns", "matrix([1], [2])"),
        Row: ("rows", "matrix([1, 2])"),
    }
)
_OPTIONS = {
    "questionsimplify": "1", "assumepositive": "0", "assumereal": "1", "decimals": ".",
    "scientificnotation": "*10", "multiplicationsign": "dot", "sqrtsign": "1", "complexno": "i",
    "inversetrig": "cos-1", "logicsymbol": "lang", "matrixparens": "[",
}  # fmt: skip
_SAID = {
    "prtcorrect": "Right.",
    "prtpartiallycorrect": "Right, but not in the form that is asked for.",
    "prtincorrect": "This is not what belongs here.",
}


def sheet_stack(sheet: Sheet, key: bool = False) -> str:
    """A sheet as Moodle XML with STACK questions.

    Args:
        sheet: the sheet, with its answers.
        key: whether the questions are shown filled in, as descriptions without inputs; the file
            for the class holds all answers as well, for Moodle keeps them from the students.
    """
    quiz = Element("quiz")
    prose: list[str] = []
    for item in sheet:
        if isinstance(item, Exercise):
            _Question(sheet, item, key, "\n\n".join(prose)).add_to(quiz)
            prose = []
        else:
            prose.append(item.markdown)
    indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, encoding="unicode") + "\n"


class _Question:
    """Writes the question of one exercise, with the prose before it."""

    def __init__(self, sheet: Sheet, exercise: Exercise, key: bool, prose: str):
        self.sheet, self.exercise, self.key, self.prose = sheet, exercise, key, prose
        self.reasons = reasons_of(sheet)
        functions = functions_of(sheet)
        self.plain = LatexWriter(functions)
        self.asked: dict[int, str] = {}
        for number in () if key else exercise.blanks:
            judged_by = self._model(sheet.blank(number))
            if judged_by is not None:
                self.asked[number] = judged_by
        self.given = [number for number in exercise.blanks if number not in self.asked]
        self.writer = LatexWriter(functions, self._gap)

    def _model(self, blank: Blank) -> str | None:
        """The answer that STACK compares with; None where it cannot."""
        if blank.kind is BlankKind.RULE:
            return str(self.reasons.index(blank.says) + 1) if blank.says in self.reasons else None
        return None if blank.answer is None else MaximaWriter().write(blank.answer)

    def add_to(self, quiz: Element) -> None:
        """Add the question: a description where nothing is asked."""
        question = SubElement(quiz, "question", type="stack" if self.asked else "description")
        worth = sum(self.sheet.blank(number).points for number in self.asked)
        name = f"{self.sheet.title}: exercise {self.exercise.number}"
        if self.sheet.parameters:
            name += f", seed {self.sheet.seed}"
        _add(question, "name", name, text=True)
        _add_html(question, "questiontext", "\n".join(self._text()))
        _add_html(question, "generalfeedback", "\n".join(self._solution()))
        _add(question, "defaultgrade", str(worth))
        _add(question, "penalty", _PENALTY if self.asked else "0")
        _add(question, "hidden", "0")
        _add(question, "idnumber")
        if self.asked:
            self._add_stack(question)

    def _add_stack(self, question: Element) -> None:
        _add(question, "stackversion", _VERSION, text=True)
        variables = "\n".join(self._variables())
        _add(question, "questionvariables", variables, text=True)
        _add_html(question, "specificfeedback", "")
        _add_html(question, "questionnote", "")
        _add_html(question, "questiondescription", "")
        for name, value in _OPTIONS.items():
            _add(question, name, value)
            if name == "assumereal":
                for each, said in _SAID.items():
                    _add_html(question, each, f"<p>{said}</p>")
        _add(question, "variantsselectionseed")
        for number in self.asked:
            self._add_input(question, self.sheet.blank(number))
        for number in self.asked:
            self._add_tree(question, self.sheet.blank(number))
        self._add_test(question)

    # -- what is shown -------------------------------------------------------------------------

    def _text(self) -> Iterator[str]:
        yield _prose_as_castext(f"{self.prose}\n\n{task_of(self.exercise)}")
        asked = iter(self.exercise.asking())
        for column in self.exercise.columns:
            yield "<table>"
            for row, new in (next(asked) for _ in column):
                yield from self._row(row, new)
            yield "</table>"
        typed = dict(self._typed())
        if typed:
            told = ", ".join(
                f"{shown} as <code>{escape(text)}</code>" for shown, text in typed.items()
            )
            yield f"<p>Type {told}.</p>"
        if self.given and self.asked:
            numbers = ", ".join(map(str, self.given))
            yield f"<p>Filled in already, for Maxima has no words for it: blank {numbers}.</p>"

    def _typed(self) -> Iterator[tuple[str, str]]:
        """How what has no key of its own is typed, where answers have it."""
        for number in self.asked:
            answer = self.sheet.blank(number).answer
            for node in () if answer is None else postorder(answer):
                if isinstance(node, Symbol) and ascii_name(node.name) != node.name:
                    yield _formula(self.plain.write(node)), ascii_name(node.name)
                elif type(node) in _TYPED:
                    yield _TYPED[type(node)]

    def _row(self, row: SheetRow, new: Sequence[int]) -> Iterator[str]:
        sign = r"\Rightarrow" if row.relation == "⇒" else row.relation
        formula = f"{sign} {self.writer.write(row.shown)}".strip()
        says = latex_text(row.says) if row.says else ""
        if row.says_blank is not None and row.says_blank in self.asked:
            says = rf"\boxed{{\,{row.says_blank}\,}}"
        elif says:
            says = rf"\text{{{says}}}"
        cells = [f"<td>{escape(row.label)}</td>", f"<td>{_formula(formula)}</td>"]
        cells.append(f"<td>{_formula(says) if says else ''}</td>")
        yield f"<tr>{''.join(cells)}</tr>"
        for number in new:
            if number in self.asked:
                form = FORMS_IN_WORDS[self.sheet.blank(number).form]
                asked = f" ({form})" if form else ""
                inputs = (
                    f"[[input:ans{number}]] [[validation:ans{number}]] [[feedback:prt{number}]]"
                )
                yield f'<tr><td></td><td colspan="2">({number}){asked} {inputs}</td></tr>'

    def _gap(self, number: int) -> str:
        if number in self.asked:
            return rf"\boxed{{\,{number}\,}}"
        answer = self.sheet.blank(number).answer
        filled = "" if answer is None else self.plain.write(answer)
        return rf"{{\color{{green}}{{{filled}}}}}"

    def _solution(self) -> Iterator[str]:
        """The whole derivation, which Moodle shows when the attempt is over."""
        if not self.asked:
            return
        for column in self.exercise.columns:
            yield "<table>"
            for row in column:
                sign = r"\Rightarrow" if row.relation == "⇒" else row.relation
                formula = _formula(f"{sign} {self.plain.write(row.expression)}".strip())
                says = _formula(rf"\text{{{latex_text(row.says)}}}") if row.says else ""
                yield f"<tr><td>{formula}</td><td>{says}</td></tr>"
            yield "</table>"

    # -- what is judged ------------------------------------------------------------------------

    def _variables(self) -> Iterator[str]:
        for number, model in self.asked.items():
            if self.sheet.blank(number).kind is BlankKind.RULE:
                options = ", ".join(
                    f"[{place}, {str(str(place) == model).lower()}, {_string(reason)}]"
                    for place, reason in enumerate(self.reasons, 1)
                )
                yield f"choices{number}: [{options}];"
            yield f"model{number}: {model};"

    def _add_input(self, question: Element, blank: Blank) -> None:
        chosen = blank.kind is BlankKind.RULE
        model = self.asked[blank.number]
        single = all(len(name) == 1 for name in self.sheet.knowledge.names) and "_" not in model
        decimals = blank.answer is not None and _has_decimal(blank.answer)
        forbidden = blank.form not in ("any", "step", "number") and not chosen
        fields = {
            "name": f"ans{blank.number}",
            "type": "dropdown" if chosen else "algebraic",
            "tans": f"choices{blank.number}" if chosen else f"model{blank.number}",
            "boxsize": str(min(max(15, 5 * (len(model) // 5 + 1)), 60)),
            "strictsyntax": "1",
            # Products without a sign: also between single letters, where all names are such.
            "insertstars": "0" if chosen else "5" if single else "4",
            "syntaxhint": "",
            "syntaxattribute": "0",
            "forbidwords": _DERIVATIVES if forbidden else "",
            "allowwords": "",
            "forbidfloat": "0" if decimals else "1",
            "requirelowestterms": "0",
            "checkanswertype": "0" if chosen else "1",
            "mustverify": "0" if chosen else "1",
            "showvalidation": "0" if chosen else "1",
            "options": "",
        }
        element = SubElement(question, "input")
        for name, value in fields.items():
            _add(element, name, value)

    def _add_tree(self, question: Element, blank: Blank) -> None:
        number = blank.number
        tree = SubElement(question, "prt")
        _add(tree, "name", f"prt{number}")
        _add(tree, "value", f"{blank.points:.7f}")
        _add(tree, "autosimplify", "1")
        _add(tree, "feedbackstyle", "1")
        _add(tree, "feedbackvariables", "", text=True)
        form = _FORM_TESTS.get(blank.form)
        _add_node(tree, number, 0, "AlgEquiv", 1 if form else -1, 0.0)
        if form:
            _add_node(tree, number, 1, form, -1, 0.5)

    def _add_test(self, question: Element) -> None:
        """A test of the question for STACK to run: the model answers are right."""
        test = SubElement(question, "qtest")
        _add(test, "testcase", "1")
        _add(test, "description", "the answers of the key")
        for number in self.asked:
            entered = SubElement(test, "testinput")
            _add(entered, "name", f"ans{number}")
            _add(entered, "value", f"model{number}")
        for number in self.asked:
            last = 2 if self.sheet.blank(number).form in _FORM_TESTS else 1
            expected = SubElement(test, "expected")
            _add(expected, "name", f"prt{number}")
            _add(expected, "expectedscore", "1.0000000")
            _add(expected, "expectedpenalty", "0.0000000")
            _add(expected, "expectedanswernote", f"prt{number}-{last}-T")


def _add_node(
    tree: Element, number: int, place: int, test: str, following: int, less: float
) -> None:
    node = SubElement(tree, "node")
    _add(node, "name", str(place))
    _add(node, "description")
    _add(node, "answertest", test)
    _add(node, "sans", f"ans{number}")
    _add(node, "tans", f"model{number}")
    _add(node, "testoptions")
    _add(node, "quiet", "1")
    for kind, score, then in (("true", 1.0, following), ("false", less, -1)):
        _add(node, f"{kind}scoremode", "=")
        _add(node, f"{kind}score", f"{score:.7f}")
        _add(node, f"{kind}penalty")
        _add(node, f"{kind}nextnode", str(then))
        _add(node, f"{kind}answernote", f"prt{number}-{place + 1}-{kind[0].upper()}")
        _add_html(node, f"{kind}feedback", "")


def _add(parent: Element, name: str, content: str = "", text: bool = False) -> Element:
    element = SubElement(parent, name)
    (SubElement(element, "text") if text else element).text = content or None
    return element


def _add_html(parent: Element, name: str, content: str) -> None:
    _add(parent, name, content, text=True).set("format", "html")


def _formula(latex: str) -> str:
    r"""A formula between \( and \), in which nothing begins a block or a value of STACK's text.

    >>> print(_formula("[[1] < {@x@}"))
    \([ [1] &lt; { @x@}\)
    """
    apart = re.sub(r"\[(?=\[)|\{(?=[@#])", r"\g<0> ", latex)
    return rf"\({escape(apart, quote=False)}\)"


def _prose_as_castext(markdown: str) -> str:
    """Prose as HTML in which formulas are LaTeX, and nothing else means something to STACK."""
    reader = prose_reader()
    tokens = reader.parse(markdown.replace("\ue000", ""))
    formulas: list[str] = []
    for token in tokens:
        for part in (token, *(token.children or ())):
            if part.type == "mathematics":
                formulas.append(part.content)
                part.type, part.content = "text", f"\ue000{len(formulas) - 1}\ue001"
            elif part.type == "image":
                part.type = "text"  # nothing is fetched; its words stand for it
    written = str(reader.renderer.render(tokens, reader.options, {}))
    apart = re.sub(r"\[(?=\[)|\{(?=[@#])|\\(?=[(\[])", r"\g<0><!-- -->", written)
    return re.sub(
        "\ue000(\\d+)\ue001", lambda found: _author_formula(formulas[int(found[1])]), apart
    )


def _author_formula(source: str) -> str:
    source = " ".join(source.split())
    return _formula(source) if is_mathematics(source) else f"<code>{escape(source)}</code>"


def _string(words: str) -> str:
    """A string of Maxima's."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _has_decimal(answer: Basic) -> bool:
    return any(type(node) is Decimal for node in postorder(answer))
