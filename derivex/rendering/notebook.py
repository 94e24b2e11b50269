"""Documents as Jupyter notebooks.

Prose becomes cells of Markdown.  A statement of a lesson becomes a cell of code that works it, as
a user would type it, with what it led to as its output; so the notebook can be read as it is,
and run, and changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from derivex.errors import ProblemError
from derivex.rendering.document import Document, Item, Prose, Statement
from derivex.rendering.markdown import has_title, markdown_document, markdown_items
from derivex.rendering.mime import mime_bundle
from derivex.rendering.outline import Block

__all__ = ["as_notebook", "markdown_cell", "notebook_document"]

_BEGIN = "import derivex\n\nlesson = derivex.Lesson({})"
_KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
}


def notebook_document(document: Document) -> str:
    """A document as the text of an ``.ipynb`` file.

    Raises:
        ProblemError: nbformat is not installed, which checks that it is a notebook.
    """
    return as_notebook(list(_cells(document)))


def as_notebook(cells: Sequence[dict[str, Any]]) -> str:
    """Cells as the text of an ``.ipynb`` file; they get their names.

    Raises:
        ProblemError: nbformat is not installed, which checks that it is a notebook.
    """
    try:
        import nbformat
    except ImportError:
        raise ProblemError(
            "nbformat is not installed, which writes notebooks",
            hint="install it, for example: pip install 'derivex[notebook]'",
        ) from None
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"cell-{number}"
    notebook = {"cells": list(cells), "metadata": _KERNEL, "nbformat": 4, "nbformat_minor": 5}
    nbformat.validate(notebook)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _cells(document: Document) -> Iterator[dict[str, Any]]:
    executed = count(1)
    begun = False
    if not has_title(document):
        yield markdown_cell(markdown_document(replace(document, items=())))
    for head, blocks in _groups(document.items):
        if isinstance(head, Statement):
            if not begun:
                rules = "" if document.rules is None else f"rules={_quoted(document.rules)}"
                yield _code(_BEGIN.format(rules), next(executed), {})
                begun = True
            shown = mime_bundle(replace(document, items=blocks, notes=())) if blocks else {}
            yield _code(f"lesson({_quoted(head.text)})", next(executed), shown)
            continue
        if head is not None:
            yield markdown_cell(head.markdown)
        if blocks:
            yield markdown_cell(markdown_items(blocks, document.functions))


def _groups(
    items: Sequence[Item],
) -> Iterator[tuple[Prose | Statement | None, tuple[Block, ...]]]:
    """Each piece of prose and each statement with the blocks that follow it."""
    head: Prose | Statement | None = None
    blocks: list[Block] = []
    for item in items:
        if isinstance(item, (Prose, Statement)):
            if head is not None or blocks:
                yield head, tuple(blocks)
            head, blocks = item, []
        else:
            blocks.append(item)
    if head is not None or blocks:
        yield head, tuple(blocks)


def _quoted(text: str) -> str:
    """A statement as Python writes a string, in double quotes unless it holds some.

    >>> print(_quoted("expect f'(x) = 1"))
    "expect f'(x) = 1"
    """
    written = repr(text)
    return written if '"' in written else f'"{written[1:-1]}"'


def markdown_cell(text: str) -> dict[str, Any]:
    """A cell of prose."""
    return {"cell_type": "markdown", "metadata": {}, "source": text.strip("\n")}


def _code(source: str, number: int, shown: dict[str, str]) -> dict[str, Any]:
    outputs = [
        {"output_type": "execute_result", "metadata": {}, "data": shown, "execution_count": number}
    ]
    return {
        "cell_type": "code",
        "metadata": {},
        "source": source,
        "execution_count": number,
        "outputs": outputs if shown else [],
    }
