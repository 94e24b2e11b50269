"""``derivex run``: a lesson, shown while it is worked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from derivex import api
from derivex.cli.inputs import read_file
from derivex.cli.output import Output
from derivex.cli.status import GOOD, WRONG
from derivex.cli.streams import complain
from derivex.derivation import Detail
from derivex.lessons import LessonRun, Prose
from derivex.lessons.run import STATEMENTS
from derivex.notation import TextWriter
from derivex.rendering.lesson_document import lesson_document
from derivex.rendering.outline import outline
from derivex.rulebook import RuleBook, load_rules, shipped_book

__all__ = ["run_command"]


def run_command(out: Output, file: str, rules: Path | None, seed: int = 0) -> int:
    """``derivex run``."""
    if file != "-" and Path(file).is_dir():
        from derivex.cli.book import book_command

        return book_command(out, Path(file), rules, seed)
    book = load_rules(rules, shipped_book()) if rules else shipped_book()
    name = "standard input" if file == "-" else file
    run = api.run(read_file(file), name=name, rules=book, seed=seed)
    if not run.lesson.statements:
        out.notes((_nothing_to_work(run.lesson.source, name),))
    if out.format == "json":
        told = api.to_dict(run, out.detail)
        out.json(told)
        out.close()
        return GOOD if told["holds"] else WRONG
    if out.format != "text":
        return _write_page(out, run, book, rules)
    holds = True
    for part in run:
        if isinstance(part, Prose):
            out.prose(part.text)
            continue
        out.statement(part.statement.shown)
        out.notes(part.notes)
        for result in part.results:
            out.blocks(outline(result, Detail(out.detail), TextWriter(out.unicode)))
        holds = holds and part.holds
    out.close()
    return _verdict(holds)


def _nothing_to_work(source: str, name: str) -> str:
    """That a file holds no statement, and what in it may have been meant for one."""
    says = f"there is no derivex block in {name}: statements stand between ```derivex and ```"
    for number, line in enumerate(source.splitlines(), 1):
        if line.split(maxsplit=1)[:1] and line.split(maxsplit=1)[0] in STATEMENTS:
            return f"{says}; line {number} looks like one: {line.strip()}"
    return says


def _write_page(out: Output, run: LessonRun, book: RuleBook, rules: Path | None) -> int:
    document = lesson_document(run, book, out.detail, out.highlight)
    if rules is not None:
        document = replace(document, rules=str(rules))
    out.notes(tuple(dict.fromkeys(note for each in run.outcomes for note in each.notes)))
    out.page(document, fragment=False)
    out.close()
    return _verdict(run.holds)


def _verdict(holds: bool) -> int:
    if not holds:
        complain("derivex: not everything came out as expected")
    return GOOD if holds else WRONG
