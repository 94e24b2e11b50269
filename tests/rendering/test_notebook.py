"""Lessons as notebooks: prose, cells that a user would type, and what they show."""

import json
from pathlib import Path

import pytest

import derivex
from derivex.rendering.document import Document, Prose, Statement
from derivex.rendering.notebook import notebook_document
from derivex.rendering.outline import Remark
from tests.rendering.pages import document_of

nbformat = pytest.importorskip("nbformat")

ROOT = Path(__file__).resolve().parents[2]
LESSON = """# Slopes

How *steep* is it?

```derivex
let f(x) = x^2 - 3x
data a = 1, 2, 4
differentiate f by x
expect f'(x) = 2x - 3
```

So much for that.

```derivex
solve 2x - 3 = 0 for x
nudge f(x) by 0.1 at x = 2
expect f(1) = 5
```
"""


def cells_of(document: Document) -> list[dict]:
    text = notebook_document(document)
    nbformat.validate(nbformat.reads(text, 4))
    return json.loads(text)["cells"]


def test_a_lesson_has_a_cell_for_each_statement():
    cells = cells_of(derivex.run(LESSON).document())
    assert [(cell["cell_type"], "".join(cell["source"])) for cell in cells] == [
        ("markdown", "# Slopes\n\nHow *steep* is it?"),
        ("code", "import derivex\n\nlesson = derivex.Lesson()"),
        ("code", 'lesson("let f(x) = x^2 - 3x")'),
        ("code", 'lesson("data a = 1, 2, 4")'),
        ("code", 'lesson("differentiate f by x")'),
        ("code", 'lesson("expect f\'(x) = 2x - 3")'),
        ("markdown", "So much for that."),
        ("code", 'lesson("solve 2x - 3 = 0 for x")'),
        ("code", 'lesson("nudge f(x) by 0.1 at x = 2")'),
        ("code", 'lesson("expect f(1) = 5")'),
    ]


def test_outputs_are_stored():
    cells = cells_of(derivex.run(LESSON).document())
    assert [len(cell["outputs"]) for cell in cells if cell["cell_type"] == "code"] == [
        0, 0, 0, 1, 1, 1, 1, 1,
    ]  # fmt: skip
    (output,) = cells[4]["outputs"]
    assert output["output_type"] == "execute_result"
    assert set(output["data"]) == {"text/plain", "text/latex", "text/html"}
    assert "".join(output["data"]["text/plain"]).endswith("= 2x − 3                 arithmetic")


def test_a_result_alone_is_a_notebook_to_read():
    cells = cells_of(document_of(derivex.diff("x^2"), "The square"))
    assert [cell["cell_type"] for cell in cells] == ["markdown", "markdown"]
    assert "".join(cells[0]["source"]) == "# The square"
    assert "".join(cells[1]["source"]).startswith("$$\n\\begin{aligned}\n")


def test_statements_are_quoted_as_python_reads_them():
    for text in ('say "a"', "it's", "both \"a\" and 'b'", "back\\slash", 'end"'):
        (code,) = (
            cell["source"]
            for cell in cells_of(Document("T", (Prose("# T"), Statement(text), Remark("x"))))
            if "Lesson" not in "".join(cell["source"]) and cell["cell_type"] == "code"
        )
        compiled = compile("".join(code), "cell", "eval")
        assert eval(compiled, {"lesson": lambda statement: statement}) == text


def test_cells_show_when_executed_what_they_store():
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    stored = nbformat.reads(notebook_document(derivex.run(LESSON).document()), 4)
    executed = nbformat.from_dict(json.loads(json.dumps(stored)))
    for cell in executed.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    nbclient.NotebookClient(
        executed, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    ).execute()
    compared = 0
    for before, after in zip(stored.cells, executed.cells, strict=True):
        if before.cell_type == "code":
            assert [each.data for each in after.outputs] == [each.data for each in before.outputs]
            assert before.execution_count == after.execution_count
            compared += 1
    assert compared == 8
