"""STACK questions: the fields that STACK's importer asks for, and what refers to what."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from derivex.rendering.sheet_stack import sheet_stack
from derivex.sheets import Exercise, Sheet, Text
from tests.rendering.sheets import derivation_sheet, equation_sheet, long_sheet

SHEETS = {
    "each kind of blank": long_sheet,
    "equations": equation_sheet,
    "expanded": lambda: derivation_sheet("(x + 1)^2", "x", {4: "line"}, form="expanded"),
    "no derivative": lambda: derivation_sheet("0.5 x^2", "x", {2: "line"}, form="no derivative"),
}
QUESTION = [
    "name",
    "questiontext",
    "generalfeedback",
    "defaultgrade",
    "penalty",
    "hidden",
    "idnumber",
    "stackversion",
    "questionvariables",
    "specificfeedback",
    "questionnote",
    "questiondescription",
    "questionsimplify",
    "assumepositive",
    "assumereal",
    "prtcorrect",
    "prtpartiallycorrect",
    "prtincorrect",
    "decimals",
    "scientificnotation",
    "multiplicationsign",
    "sqrtsign",
    "complexno",
    "inversetrig",
    "logicsymbol",
    "matrixparens",
    "variantsselectionseed",
]
INPUT = [
    "name",
    "type",
    "tans",
    "boxsize",
    "strictsyntax",
    "insertstars",
    "syntaxhint",
    "syntaxattribute",
    "forbidwords",
    "allowwords",
    "forbidfloat",
    "requirelowestterms",
    "checkanswertype",
    "mustverify",
    "showvalidation",
    "options",
]
NODE = [
    "name",
    "description",
    "answertest",
    "sans",
    "tans",
    "testoptions",
    "quiet",
    "truescoremode",
    "truescore",
    "truepenalty",
    "truenextnode",
    "trueanswernote",
    "truefeedback",
    "falsescoremode",
    "falsescore",
    "falsepenalty",
    "falsenextnode",
    "falseanswernote",
    "falsefeedback",
]
TREE = ["name", "value", "autosimplify", "feedbackstyle", "feedbackvariables"]
TESTS = {"AlgEquiv", "EqualComAss", "Expanded", "FacForm", "LowestTerms"}


def _questions(sheet: Sheet, key: bool = False) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(sheet_stack(sheet, key).encode())
    assert root.tag == "quiz"
    return root.findall("question")


def _text(element: ElementTree.Element, path: str) -> str:
    found = element.find(path)
    assert found is not None, path
    return found.text or ""


@pytest.mark.parametrize("name", SHEETS)
def test_the_fields_are_those_that_stack_asks_for(name: str) -> None:
    sheet = SHEETS[name]()
    (question,) = _questions(sheet)
    assert question.get("type") == "stack"
    plain = [each.tag for each in question if each.tag not in ("input", "prt", "qtest")]
    assert plain == QUESTION
    for given in question.findall("input"):
        assert [each.tag for each in given] == INPUT
        assert _text(given, "type") in ("algebraic", "dropdown")
    for tree in question.findall("prt"):
        assert [each.tag for each in tree if each.tag != "node"] == TREE
        for node in tree.findall("node"):
            assert [each.tag for each in node] == NODE
            assert _text(node, "answertest") in TESTS
    for element in question.iter():
        if element.get("format") is not None:
            assert [each.tag for each in element] == ["text"]


@pytest.mark.parametrize("name", SHEETS)
def test_everything_that_is_referred_to_is_there(name: str) -> None:
    sheet = SHEETS[name]()
    (question,) = _questions(sheet)
    shown = _text(question, "questiontext/text")
    inputs = [_text(given, "name") for given in question.findall("input")]
    trees = [_text(tree, "name") for tree in question.findall("prt")]
    assert inputs == [f"ans{blank.number}" for blank in sheet.blanks]
    assert re.findall(r"\[\[input:(\w+)\]\]", shown) == inputs
    assert re.findall(r"\[\[validation:(\w+)\]\]", shown) == inputs
    assert re.findall(r"\[\[feedback:(\w+)\]\]", shown) == trees
    variables = _text(question, "questionvariables/text")
    known = set(re.findall(r"^(\w+):", variables, re.MULTILINE))
    for given in question.findall("input"):
        assert _text(given, "tans") in known
    for tree in question.findall("prt"):
        places = {_text(node, "name") for node in tree.findall("node")}
        for node in tree.findall("node"):
            assert _text(node, "sans") in inputs and _text(node, "tans") in known
            assert {_text(node, "truenextnode"), _text(node, "falsenextnode")} <= places | {"-1"}
    notes = {each.text for each in question.iter() if each.tag.endswith("answernote")}
    (test,) = question.findall("qtest")
    assert [_text(each, "value") for each in test.findall("testinput")] == [
        f"model{blank.number}" for blank in sheet.blanks
    ]
    assert {_text(each, "expectedanswernote") for each in test.findall("expected")} <= notes
    worth = sum(float(_text(tree, "value")) for tree in question.findall("prt"))
    assert worth == float(_text(question, "defaultgrade")) == sheet.points


def test_models_are_in_maximas_syntax() -> None:
    (question,) = _questions(long_sheet())
    variables = _text(question, "questionvariables/text")
    assert "model2: diff(x + y + z, y);" in variables
    assert "model5: 2*(x + y + z);" in variables
    assert '[2, true, "using the chain rule"]' in variables
    assert variables.count("true") == 2


def test_the_form_that_is_asked_for_is_half_of_the_points() -> None:
    (question,) = _questions(SHEETS["expanded"]())
    first, second = question.findall("prt/node")
    assert [_text(node, "answertest") for node in (first, second)] == ["AlgEquiv", "Expanded"]
    assert _text(first, "truenextnode") == "1" and _text(second, "falsescore") == "0.5000000"
    (question,) = _questions(SHEETS["no derivative"]())
    assert "diff" in _text(question, "input/forbidwords")
    assert _text(question, "input/forbidfloat") == "0"  # 0.5 is in the answer


def test_what_maxima_cannot_say_is_filled_in_and_said() -> None:
    sheet = derivation_sheet("f(x) x^2", "x", {1: "∂x²/∂x", 2: "line"})
    (question,) = _questions(sheet)
    shown = _text(question, "questiontext/text")
    assert [_text(each, "name") for each in question.findall("input")] == ["ans1"]
    assert "Maxima has no words for it: blank 2" in shown and r"\color{green}" in shown


def test_the_key_asks_nothing() -> None:
    (question,) = _questions(long_sheet(), key=True)
    assert question.get("type") == "description"
    assert "[[" not in _text(question, "questiontext/text")
    assert r"\color{green}{2(x + y + z)}" in _text(question, "questiontext/text")


def test_prose_is_nothing_but_prose() -> None:
    sheet = long_sheet()
    (exercise,) = sheet.exercises
    prose = Text("[[input:ans9]] {@system(1)@} {#a#} \\(x\\) <script>1</script> $\\frac{1}{2}$ "
                 "$\\input{x}$ [[comment]]")  # fmt: skip
    changed: tuple[Text | Exercise, ...] = (prose, exercise)
    (question,) = _questions(replace(sheet, items=changed))
    shown = _text(question, "questiontext/text")
    assert "[[input:ans9]]" not in shown and "{@" not in shown and "{#" not in shown
    assert "<script" not in shown and r"\(x\)" not in shown
    assert r"\(\frac{1}{2}\)" in shown and r"<code>\input{x}</code>" in shown
    blocks = re.findall(r"\[\[(\w+)", shown)
    assert set(blocks) == {"input", "validation", "feedback"}
