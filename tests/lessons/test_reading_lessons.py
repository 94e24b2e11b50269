"""Lesson files taken apart: prose, fences, statements over several lines, places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivex.errors import LessonError
from derivex.lessons import Program, Prose, read_lesson
from derivex.limits import MAX_CHARACTERS


def statements(block):
    lesson = read_lesson(f"```derivex\n{block}\n```\n", "lesson.md")
    return [statement.shown for statement in lesson.statements]


STATEMENTS = [
    # what stands in the block                        the statements
    ("evaluate 1",                                    ["evaluate 1"]),
    ("evaluate 1\n\n\nevaluate 2",                    ["evaluate 1", "evaluate 2"]),
    ("# nothing but a remark",                        []),
    ("data a = 0, 2   # months",                      ["data a = 0, 2"]),
    ("data a = 0,\n2",                                ["data a = 0, 2"]),
    ("data a = 0,  # birth\n# a remark\n2",           ["data a = 0, 2"]),
    ("evaluate 1\n  + 2\n  + 3\nevaluate 4",          ["evaluate 1 + 2 + 3", "evaluate 4"]),
    ("evaluate 1\n\n\t+ 2",                           ["evaluate 1 + 2"]),
    ("evaluate 1\r\nevaluate 2\r",                    ["evaluate 1", "evaluate 2"]),
]  # fmt: skip


@pytest.mark.parametrize(("block", "expected"), STATEMENTS)
def test_statements(block, expected):
    assert statements(block) == expected


def test_prose_stays_as_it_is_written():
    prose = "# A *title*\n\n  - an item  \n```python\n```\n"
    lesson = read_lesson(f"{prose}```derivex\nevaluate 1\n```\nThe end", "lesson.md")
    first, program, last = lesson.blocks
    assert first == Prose(prose)
    assert isinstance(program, Program)
    assert last == Prose("The end")


FENCES = [
    # source                                           number of statements
    ("```derivex\nevaluate 1\n```\n",                  1),
    ("``` derivex\nevaluate 1\n```\n",                 1),
    ("   ```derivex\nevaluate 1\n   ```\n",            1),
    ("    ```derivex\n    evaluate 1\n    ```\n",      0),
    ("~~~derivex\nevaluate 1\n~~~\n",                  1),
    ("~~~~derivex\nevaluate 1\n~~~~~\n",               1),
    ("```derivex example\nevaluate 1\n```\n",          1),
    ("```derivexed\nevaluate 1\n```\n",                0),
    ("```python\nevaluate 1\n```\n",                   0),
    ("````markdown\n```derivex\nevaluate 1\n```\n````\n", 0),
    ("```derivex\nevaluate 1\n```\n```derivex\nevaluate 2\n```", 2),
]  # fmt: skip


@pytest.mark.parametrize(("source", "count"), FENCES)
def test_fences(source, count):
    assert len(read_lesson(source, "lesson.md").statements) == count


def test_a_statement_knows_where_it_stands():
    source = "Prose.\n\n```derivex\nevaluate 1\nevaluate x,\n  y\n```\n"
    first, second = read_lesson(source, "lesson.md").statements
    assert (first.place.line, first.place.column) == (4, 1)
    assert source[second.place.start : second.place.end] == "evaluate x,\n  y"
    assert len(second.text) == second.place.end - second.place.start


REFUSED = [
    # source                                message                                line
    ("```derivex\nevaluate 1\n",            "this block is never closed",          1),
    ("\n~~~derivex\n```\n",                 "this block is never closed",          2),
    ("```derivex\n  evaluate 1\n```\n",     "an indented line goes on with",       2),
]  # fmt: skip


@pytest.mark.parametrize(("source", "message", "line"), REFUSED)
def test_refused_files(source, message, line):
    with pytest.raises(LessonError, match=message) as caught:
        read_lesson(source, "lesson.md")
    assert caught.value.place.line == line
    assert caught.value.place.name == "lesson.md"
    assert caught.value.hint


def test_a_file_that_is_too_long():
    with pytest.raises(LessonError, match="at most 100000 are read"):
        read_lesson("x" * (MAX_CHARACTERS + 1), "long.md")


LINES = st.sampled_from(
    ["prose", "", "```derivex", "```", "~~~", "````", "evaluate 1,", "  x", "# remark", "\tx"]
)


@given(st.lists(LINES, max_size=12))
def test_any_file_is_read_or_refused(lines):
    source = "\n".join(lines)
    try:
        lesson = read_lesson(source, "lesson.md")
    except LessonError as error:
        assert error.place is not None
        return
    for statement in lesson.statements:
        place = statement.place
        assert len(statement.text) == place.end - place.start
        written = source[place.start : place.end]
        assert statement.text.split()[0] == written.split()[0]
    if not any(isinstance(block, Program) for block in lesson.blocks):
        assert "".join(block.text for block in lesson.blocks) == source
