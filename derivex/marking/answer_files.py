"""Answers read from files: JSON, CSV, a filled-in Markdown sheet, a filled-in notebook.

Whatever stands in a file is text.  A notebook's cells are looked through for ``answer_3 = "…"``;
nothing is executed.
"""

from __future__ import annotations

import csv
import json
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from derivex.errors import ReadError
from derivex.marking.answers import (
    MAX_ANSWER,
    SHEET_COLUMNS,
    STUDENT_COLUMNS,
    Answers,
    number_of,
)

__all__ = ["SUFFIXES", "answer_files", "read_answer_file", "read_answers"]

_BLOCK = 1_000_000
MAX_BYTES = 100_000_000
"""Bytes of a file that is read as a whole; a CSV file, read row by row, may be longer."""

_FILLER = re.compile(r"^(?:_{2,}|\.{3,}|…+)\s*|\s*(?:_{2,}|\.{3,}|…+)$")
_MARKED = re.compile(r"\s*(?:[-*+>]\s+)?\*\*\s*\(?(\d{1,6})\s*[.):]*\s*\*\*[.):]*[ \t]*(.*)")
_NAMED = re.compile(
    r"\s*(?:\*\*)?(student|name|sheet|variant)\s*:\s*(?:\*\*)?\s*(.*)", re.IGNORECASE
)
_ASSIGNED = re.compile(r"^[ \t]*answer_(\d{1,6})[ \t]*=[ \t]*", re.MULTILINE)
_QUOTED = re.compile(r"[rRuU]?(\"\"\"|'''|\"|')((?:\\.|(?!\1).)*)\1", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\'\"])")


def answer_files(names: list[str]) -> list[Path]:
    """The files that are meant: a folder stands for all files of answers in it, in order.

    Raises:
        ReadError: there is nothing of that name, or a folder has no file of answers.
    """
    found: list[Path] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.suffix.lower() in SUFFIXES)
            if not inside:
                raise ReadError(f"{name} has no files of answers ({', '.join(SUFFIXES)})")
            found += inside
        elif not path.exists():
            raise ReadError(f"{name} cannot be opened: there is no such file")
        else:
            found.append(path)
    return found


def read_answers(path: Path) -> Iterator[Answers]:
    """The answers in a file; what is wrong with it is told as the problem of a nameless student.

    A broken file never stops a batch.
    """
    try:
        yield from read_answer_file(path)
    except ReadError as error:
        yield Answers(path.stem, {}, error.message)


def read_answer_file(path: Path) -> Iterator[Answers]:
    """The answers in a file, of one student or of many, in its order.

    Args:
        path: JSON (an object with ``student`` and ``answers``, or a list of them), CSV (a row for
            each student, columns ``student,1,2,3,…``), Markdown (lines ``**3.** answer``), or a
            notebook (``answer_3 = "…"``).

    Raises:
        ReadError: the file cannot be read at all.
    """
    reader = SUFFIXES.get(path.suffix.lower())
    if reader is None:
        raise ReadError(
            f"{path.name} is no file of answers; there are {', '.join(SUFFIXES)}",
        )
    try:
        yield from reader(path)
    except OSError as error:
        raise ReadError(f"{path.name} cannot be opened: {error.strerror}") from None


def _text(path: Path) -> str:
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise ReadError(f"{path.name} has more than {MAX_BYTES} bytes")
    return raw.decode(_encoding(path), errors="replace")


def _encoding(path: Path) -> str:
    """UTF-8, what spreadsheets call Unicode, or, where it is neither, the old one of Windows."""
    with path.open("rb") as file:
        if file.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE):
            return "utf-16"
        file.seek(0)
        decoder = getincrementaldecoder("utf-8")()
        try:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _json(path: Path) -> Iterator[Answers]:
    told = _loaded(path)
    for number, each in enumerate(told if isinstance(told, list) else [told], 1):
        nameless = path.stem if not isinstance(told, list) else f"{path.stem}, entry {number}"
        yield _of_object(each, nameless, "" if isinstance(told, list) else path.stem)


def _loaded(path: Path) -> Any:
    try:
        # Numbers stay text: nobody's million digits become a number here.
        return json.loads(_text(path), parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise ReadError(f"{path.name} is not JSON: {error}") from None
    except (RecursionError, ValueError) as error:
        raise ReadError(f"{path.name} cannot be read as JSON: {error}") from None


def _of_object(told: Any, nameless: str, sheet: str) -> Answers:
    if not isinstance(told, Mapping):
        return Answers(nameless, {}, "there is no object with “student” and “answers”")
    student = told.get("student")
    name = student.strip() if isinstance(student, str) and student.strip() else nameless
    answers = told.get("answers")
    if isinstance(answers, list):
        answers = {str(number): each for number, each in enumerate(answers, 1)}
    if not isinstance(answers, Mapping):
        return Answers(name, {}, "there are no answers: an object “answers” is expected")
    named = told.get("sheet", told.get("variant"))
    unused = tuple(key for key in answers if number_of(key) is None)
    told_sheet = named if isinstance(named, str) else sheet
    return Answers(name, _by_number(answers), "", told_sheet, unused)


def _by_number(answers: Mapping[Any, Any]) -> dict[int, str]:
    found: dict[int, str] = {}
    for key, value in answers.items():
        number = number_of(key)
        if number is None or value is None:
            continue
        text = value if isinstance(value, str) else _as_json(value)
        found[number] = text
    return found


def _as_json(value: Any) -> str:
    """Something that is no text, as a text that a reader of formulas will refuse or take."""
    try:
        return json.dumps(value)[: MAX_ANSWER + 1]
    except (RecursionError, ValueError):
        return "(" * 3


def _csv(path: Path) -> Iterator[Answers]:
    with path.open(encoding=_encoding(path), errors="replace", newline="") as file:
        first = file.readline(MAX_BYTES)
        file.seek(0)
        counts = {mark: first.count(mark) for mark in ",;\t"}
        reader = csv.reader(file, delimiter=max(counts, key=lambda mark: counts[mark]))
        try:
            heading = next(reader, [])
        except csv.Error as error:
            raise ReadError(f"{path.name} is no CSV: {error}") from None
        numbers = [number_of(title.removeprefix("\ufeff")) for title in heading]
        if not any(number is not None for number in numbers):
            raise ReadError(
                f"{path.name} has no column for a blank: its first line is to be student,1,2,3,…"
            )
        titles = [title.strip().casefold() for title in heading]
        named = [at for at, title in enumerate(titles) if title in STUDENT_COLUMNS]
        sheets = [at for at, title in enumerate(titles) if title in SHEET_COLUMNS]
        known = {*named, *sheets, *(at for at, number in enumerate(numbers) if number is not None)}
        unused = tuple(
            title for at, title in enumerate(heading) if title.strip() and at not in known
        )
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Answers(f"{path.stem}, line {reader.line_num}", {}, f"no CSV: {error}")
                continue
            if not any(cell.strip() for cell in row):
                continue
            nameless = f"{path.stem}, line {reader.line_num}"
            name = row[named[0]].strip() if named and named[0] < len(row) else ""
            answers = {
                number: cell
                for number, cell in zip(numbers, row, strict=False)
                if number is not None and cell.strip()
            }
            sheet = row[sheets[0]].strip() if sheets and sheets[0] < len(row) else ""
            yield Answers(name or nameless, answers, "", sheet, unused)
            unused = ()


def _markdown(path: Path) -> Iterator[Answers]:
    student, sheet = path.stem, path.stem
    answers: dict[int, str] = {}
    waiting: int | None = None  # a blank whose answer may stand on the next line
    for line in _text(path).splitlines():
        line = line[: 2 * MAX_ANSWER]
        marked = _MARKED.match(line)
        if marked:
            number, answer = int(marked.group(1)), _without_filler(marked.group(2))
            waiting = None if answer else number
            if answer or number not in answers:
                answers[number] = answer
            continue
        if waiting is not None and line.strip() and not line.lstrip().startswith("#"):
            answers[waiting] = _without_filler(line)
            waiting = None
            continue
        waiting = None
        named = _NAMED.fullmatch(line)
        said = _without_filler(named.group(2)) if named else ""
        if named and said and named.group(1).casefold() in SHEET_COLUMNS:
            sheet = said
        elif said and student == path.stem:
            student = said
    answered = {number: each for number, each in answers.items() if each}
    yield Answers(student, answered, "", sheet)


def _without_filler(text: str) -> str:
    """What was written on a line of underscores."""
    text = text.strip()
    while True:
        shorter = _FILLER.sub("", text).strip()
        if shorter == text:
            break
        text = shorter
    if len(text) > 1 and text[0] == text[-1] == "`":
        text = text.strip("`").strip()
    return text


def _notebook(path: Path) -> Iterator[Answers]:
    told = _loaded(path)
    cells = told.get("cells") if isinstance(told, Mapping) else None
    if not isinstance(cells, list):
        raise ReadError(f"{path.name} is no notebook: it has no cells")
    answers: dict[int, str] = {}
    for cell in cells:
        if not isinstance(cell, Mapping) or cell.get("cell_type") != "code":
            continue
        source = cell.get("source")
        if isinstance(source, list):
            source = "".join(line for line in source if isinstance(line, str))
        if isinstance(source, str):
            answers.update(_assigned(source))
    student, sheet = (_metadata(told, name) or path.stem for name in ("student", "sheet"))
    answered = {number: each for number, each in answers.items() if each.strip()}
    yield Answers(student, answered, "", sheet)


def _metadata(told: Mapping[str, Any], name: str) -> str:
    metadata = told.get("metadata")
    found = metadata.get(name) if isinstance(metadata, Mapping) else None
    return found.strip() if isinstance(found, str) else ""


def _assigned(source: str) -> Iterator[tuple[int, str]]:
    """The texts that are assigned to ``answer_3``, read without being executed.

    A backslash stays one, since answers are formulas: "\\frac" holds no form feed.  Where the
    quotes were left out, the rest of the line is the answer.
    """
    for found in _ASSIGNED.finditer(source):
        rest = source[found.end() : found.end() + 2 * MAX_ANSWER]
        quoted = _QUOTED.match(rest)
        if quoted:
            text = quoted.group(2)
            answer = text if rest[0] in "rR" else _ESCAPED.sub(r"\1", text)
        else:
            answer = rest.split("\n", 1)[0].split("#")[0]
        yield int(found.group(1)), answer.strip()


SUFFIXES: dict[str, Callable[[Path], Iterator[Answers]]] = {
    ".json": _json,
    ".csv": _csv,
    ".md": _markdown,
    ".markdown": _markdown,
    ".ipynb": _notebook,
}
"""The endings of files that are read, each with its reader."""
