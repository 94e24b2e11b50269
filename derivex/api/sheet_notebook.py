"""Sheets as notebooks for nbgrader: one cell for each answer, and one that judges it.

The notebook belongs into the folder ``source`` of a course.  Each judging cell stands between
nbgrader's marks for hidden tests, as does the key, which the first of them holds; so
``nbgrader generate_assignment`` takes them out of what the class gets, and ``nbgrader
autograde`` puts them back.  There derivex must be installed: it judges as ``derivex mark`` does,
and what it gives for an answer is the value of the cell, which nbgrader takes as its points.

This is a format of sheets like those in :mod:`derivex.rendering`; it stands here for the key that
it holds, which is the JSON of a result.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from derivex.api.sheets import ExerciseSheet
from derivex.notation import TextWriter
from derivex.rendering.markdown import as_plain_markdown
from derivex.rendering.notebook import as_notebook, markdown_cell
from derivex.rendering.sheet_markdown import exercise_as_markdown
from derivex.rendering.sheet_parts import FORMS_IN_WORDS
from derivex.rulebook import shipped_book
from derivex.sheets import Blank, Exercise, Sheet

__all__ = ["sheet_notebook"]

_SCHEMA = 3  # of nbgrader's metadata
_BEGIN, _END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
_HOW = (
    'Type each answer between the quotation marks of its cell, as in `answer_1 = r"2x cos(x)"`. '
    "Every form that is equal counts, unless a certain form is asked for."
)


def sheet_notebook(sheet: Sheet, key: bool = False) -> str:
    """A sheet, or its key, as the text of an ``.ipynb`` file with nbgrader's metadata.

    Args:
        sheet: the sheet, with its answers.
        key: whether the answers are filled in.

    Raises:
        ProblemError: nbformat is not installed, which checks that it is a notebook.
    """
    return as_notebook(list(_cells(sheet, key)))


def _cells(sheet: Sheet, key: bool) -> Iterator[dict[str, Any]]:
    first = sheet.items[0] if sheet.items else None
    if isinstance(first, Exercise) or first is None or not first.markdown.lstrip().startswith("# "):
        yield markdown_cell(f"# {as_plain_markdown(sheet.title)}")
    for item in sheet:
        if item is first:
            how = [markdown_cell(_HOW), _judging("key", 0, _KEY, _keys_cell(sheet))]
        else:
            how = []
        if isinstance(item, Exercise):
            yield from how
            yield markdown_cell("\n\n".join(exercise_as_markdown(sheet, item, key)))
            for number in item.blanks:
                yield from _answer(sheet.blank(number), key)
        else:
            yield markdown_cell(item.markdown)
            yield from how


_KEY = "# The key is put here when the notebook is graded."


def _keys_cell(sheet: Sheet) -> str:
    written = ExerciseSheet(sheet, shipped_book()).to_json()
    return f"import derivex\n\nKEY = {written!r}"


def _answer(blank: Blank, key: bool) -> Iterator[dict[str, Any]]:
    """A cell to be filled in, and one that judges what was."""
    number = blank.number
    form = FORMS_IN_WORDS[blank.form]
    told = f"# Blank {number}{f' ({form})' if form else ''}"
    yield _code(f"{told}\nanswer_{number} = {_quoted(blank) if key else _EMPTY}", {})
    judged = (
        f"judged = derivex.judge_blank(KEY, {number}, answer_{number})\n"
        'print(judged.verdict, judged.note, sep=": " if judged.note else "")\n'
        "float(judged.points)"
    )
    yield _judging(f"blank-{number}", blank.points, f"# Blank {number} is judged here.", judged)


_EMPTY = 'r""'


def _quoted(blank: Blank) -> str:
    answer = blank.says if blank.answer is None else TextWriter().write(blank.answer)
    return f'r"{answer}"'


def _judging(name: str, points: int, told: str, hidden: str) -> dict[str, Any]:
    """A cell whose outcome nbgrader takes as points, and which it keeps from the class."""
    marks = {
        "grade": True,
        "grade_id": name,
        "locked": True,
        "points": points,
        "schema_version": _SCHEMA,
        "solution": False,
        "task": False,
        "cell_type": "code",
    }
    return _code(f"{told}\n{_BEGIN}\n{hidden}\n{_END}", {"nbgrader": marks})


def _code(source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "metadata": metadata,
        "source": source,
        "execution_count": None,
        "outputs": [],
    }
