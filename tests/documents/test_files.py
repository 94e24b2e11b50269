"""Markdown, notebooks, and which reader a file needs."""

from __future__ import annotations

import json

import pytest

from derivex.documents import MAX_DOCUMENT, read_document
from tests.documents.shown import known, shown

MARKDOWN = """\
# Slopes

Let $f(x) = x^2$. Then

$$
\\begin{aligned}
f'(x) &= 2x && \\text{exponent rule}
\\end{aligned}
$$

```text
d/dx (3x)     # plain text
  = 3         [constant factor rule]
```

```python
a = b = 3
```

The code `$x = 1$` is none.

```derivex
let g(x) = 3x
differentiate g by x
check
d/dx g(x)
  = 3
expect result = 3
```
"""


def test_markdown() -> None:
    document = read_document(MARKDOWN, "notes.md", known())
    assert [shown(row) for row in document.rows()] == [
        "start: f′(x) = 2x [exponent rule]",
        "start: ∂(3x)/∂x",
        "=: = 3 [constant factor rule]",
        "start: g(x) = 3x",
        "start: ∂g(x)/∂x",
        "=: = 3",
    ]
    assert [each.definition.name for each in document.definitions] == ["f", "g"]
    assert [row.place.line for row in document.rows()] == [7, 12, 13, 23, 26, 27]
    for row in document.rows():
        assert row.place.source == MARKDOWN
        assert row.place.source[row.place.start : row.place.end] == row.text


def test_a_notebook() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["Let $f(x) = x^2$.\n", "\n", "$$f'(x) = 2x$$"]},
        {"cell_type": "code", "source": "a = b", "outputs": []},
        {"cell_type": "markdown", "source": "$$f'(1) = 2$$"},
    ]
    document = read_document(json.dumps({"cells": cells}), "notes.ipynb", known())
    found = [(row.cell, row.place.name, row.place.line, shown(row)) for row in document.rows()]
    assert found == [
        (1, "notes.ipynb, cell 1", 3, "start: f′(x) = 2x"),
        (3, "notes.ipynb, cell 3", 1, "start: f′(1) = 2"),
    ]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"cells": 3}', '{"cells": [{"source": 3}]}', "[" * 50_000]
)
def test_what_is_no_notebook(text: str) -> None:
    document = read_document(text, "notes.ipynb")
    (wrong,) = document.unreadable
    assert "no notebook" in str(wrong.error)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.tex", "a &= b"),
        ("notes.md", "$$a = b$$"),
        ("notes.txt", "a = b"),
        (None, "a = b"),
        (None, "$$a = b$$"),
        (None, r"\begin{align} a &= b \end{align}"),
        ("notes.txt", "We get $$a = b$$."),
    ],
)
def test_the_reader_is_chosen(name: str | None, text: str) -> None:
    assert [shown(row) for row in read_document(text, name).rows()] == ["start: a = b"]


def test_a_document_that_is_too_long() -> None:
    document = read_document("x" * (MAX_DOCUMENT + 1), "notes.tex")
    assert "characters" in str(document.unreadable[0].error)
    assert document.derivations == ()
