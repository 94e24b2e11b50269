"""``derivex sheet``: a fill-in-the-blank sheet and its key, or many variants of it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from derivex import api
from derivex.api.sheets import ExerciseSheet, is_lesson, sheet_of_lesson
from derivex.api.variants import SheetMaker, Variant, variants
from derivex.cli.inputs import read_data, read_file
from derivex.cli.output import Output
from derivex.cli.progress import with_progress
from derivex.cli.status import GOOD, WRONG
from derivex.cli.streams import complain
from derivex.errors import BlankError, ProblemError
from derivex.lessons import read_lesson
from derivex.rendering.document import Prose, Statement
from derivex.rendering.sheet_document import AnswerLines
from derivex.rendering.sheet_formats import sheet_format_named, sheet_format_of_file
from derivex.rulebook import load_rules, shipped_book
from derivex.sheets.making import Asked

__all__ = ["made_sheet", "options_of", "sheet_command", "source_of"]

LIST = "variants.csv"
"""The list of the variants, with the seed and the chosen values of each."""


@dataclass(frozen=True)
class Source:
    """What a sheet is made from.

    Args:
        text: the text of a lesson, or an expression.
        name: what the lesson is called; "" for an expression.
    """

    text: str
    name: str


def sheet_command(
    out: Output,
    source: str,
    by: list[str] | None,
    let: list[str] | None,
    data: str | None,
    assume: list[str] | None,
    rules: Path | None,
    asked: Asked,
    more: bool,
    key: bool,
    count: int | None,
    jobs: int,
    folder: Path | None,
    format: str | None,
) -> int:
    """``derivex sheet``."""
    given = source_of(source)
    options = options_of(given, by, let, data, assume)
    writer = Writer.named(format, None if count else out.file)
    if count is not None:
        return _write_variants(writer, given, asked, more, rules, options, count, jobs, folder)
    made = made_sheet(given, asked, more, rules, options)
    _write(out, made, writer, key)
    return GOOD


def source_of(argument: str) -> Source:
    """The lesson in a file, or an expression.

    Raises:
        ReadError: the file cannot be read.
    """
    if argument == "-":
        text = read_file("-")
        return Source(text, "standard input" if is_lesson(text) else "")
    path = Path(argument)
    try:
        if path.is_dir():
            raise ProblemError(
                f"{argument} is a folder, and a sheet is made of one lesson",
                hint=f"derivex run {argument} -o site/ writes all lessons with sheets and keys",
            )
        there = path.is_file()
    except (OSError, ValueError):  # an expression that no file can be called
        there = False
    if there or path.suffix == ".md":
        return Source(read_file(argument), path.name)
    return Source(argument.strip(), "")


def options_of(
    given: Source,
    by: list[str] | None,
    let: list[str] | None,
    data: str | None,
    assume: list[str] | None,
) -> dict[str, Any]:
    """What is said about an expression.

    Raises:
        ProblemError: it is a lesson, which says all of that itself.
    """
    if given.name:
        if by or let or data or assume:
            raise ProblemError(
                "a lesson says itself what it is about: --by, --let, --data and --assume are for "
                "an expression"
            )
        return {}
    return {
        "by": ",".join(by) if by else None,
        "let": tuple(let or ()),
        "data": read_data(data),
        "assume": tuple(assume or ()),
    }


def made_sheet(
    given: Source, asked: Asked, more: bool, rules: Path | None, options: dict[str, Any]
) -> ExerciseSheet:
    """The sheet that is asked for.

    Args:
        given: what it is made from.
        asked: what is left out.
        more: whether blanks are chosen beside those that a lesson marks.
        rules: a file with more rules.
        options: what is said about an expression: by, let, data, assume.
    """
    if not given.name:
        words = [kind.value for kind in asked.kinds]
        return api.sheet(
            given.text,
            blank=words,
            blanks=asked.count,
            level=asked.level.value,
            seed=asked.seed,
            rules=rules,
            **options,
        )
    book = load_rules(rules, shipped_book()) if rules else shipped_book()
    return sheet_of_lesson(read_lesson(given.text, given.name), asked, book, more)


# -- one sheet -------------------------------------------------------------------------------------


def _write(out: Output, made: ExerciseSheet, writer: Writer, key: bool) -> None:
    """Write the sheet, and the key: after it, or in a file of its own next to it."""
    if out.file is not None:
        for name, content in zip(_names(out.file), writer(made), strict=False):
            _save(name, content)
    elif writer.format == "text":
        _say(out, made)
        if key:
            out.say()
            _say(out, made.key())
    else:
        sheet, *rest = writer(made)
        out.whole(rest[0] if key and rest else sheet)


def _say(out: Output, made: ExerciseSheet) -> None:
    """The sheet as text, set as the terminal has it."""
    document = made.document()
    out.say(document.title)
    out.say()
    for item in document.items:
        if isinstance(item, AnswerLines):
            out.say(item.markdown + "\n")
        elif isinstance(item, Prose):
            out.prose(item.markdown)
        elif not isinstance(item, Statement):
            out.blocks([item])


@dataclass(frozen=True)
class Writer:
    """Writes a sheet and its key in a format; it can be sent to other processes.

    Args:
        format: the name of the format.
        suffix: the ending of its files.
    """

    format: str
    suffix: str

    @classmethod
    def named(cls, name: str | None, file: Path | None) -> Writer:
        """The writer for a format, or for what the name of a file says.

        Raises:
            ProblemError: there is no such format.
        """
        if name == "json" or (name is None and file is not None and file.suffix == ".json"):
            return cls("json", ".json")
        if name is None and file is not None:
            found = sheet_format_of_file(file)
        else:
            found = sheet_format_named(name or "text")
        return cls(found.name, found.suffixes[0])

    def __call__(self, made: ExerciseSheet) -> tuple[bytes, ...]:
        """The sheet and its key; JSON is both at once."""
        if self.format == "json":
            return ((made.to_json(indent=2) + "\n").encode(),)
        write = sheet_format_named(self.format).write
        both = write(made.sheet, False), write(made.sheet, True)
        return tuple(each.encode() if isinstance(each, str) else each for each in both)


def _names(file: Path) -> tuple[Path, Path]:
    return file, file.with_name(f"{file.stem}-key{file.suffix}")


def _save(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise ProblemError(f"{file} cannot be written: {error.strerror}") from None


# -- variants --------------------------------------------------------------------------------------


def _write_variants(
    writer: Writer,
    given: Source,
    asked: Asked,
    more: bool,
    rules: Path | None,
    options: dict[str, Any],
    wanted: int,
    jobs: int,
    folder: Path | None,
) -> int:
    if folder is None:
        raise ProblemError(
            "it is not said where the variants go", hint="name a folder: -o variants/"
        )
    maker = SheetMaker(given.text, given.name, asked, more, rules, tuple(options.items()), writer)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProblemError(f"{folder} cannot be made: {error.strerror}") from None
    digits = len(str(wanted))
    made: list[Variant] = []
    why = "there are no more that differ"
    try:
        for each in with_progress(variants(maker, wanted, jobs), "variants", wanted):
            made.append(each)
            name = folder / f"sheet-{len(made):0{digits}}{writer.suffix}"
            for file, content in zip(_names(name), each.files, strict=False):
                _save(file, content)
    except BlankError as error:
        if not made:
            raise
        why = f"of all others a blank that is marked cannot be left out:\n{error}"
    _save(folder / LIST, _list(made).encode())
    if len(made) < wanted:
        complain(f"derivex: {wanted} variants were wanted, and {len(made)} were made, for {why}")
        return WRONG
    return GOOD


def _list(made: list[Variant]) -> str:
    """The variants as CSV: number, seed, and a column for each letter that was chosen."""
    names = list(dict.fromkeys(name for each in made for name, _ in each.parameters))
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(["variant", "seed", *names])
    for number, each in enumerate(made, 1):
        chosen = dict(each.parameters)
        table.writerow([number, each.seed, *(chosen.get(name, "") for name in names)])
    return written.getvalue()
