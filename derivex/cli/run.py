"""``derivex run``: a lesson, shown while it is worked."""

from __future__ import annotations

from pathlib import Path

import derivex.rendering.lesson_outline  # noqa: F401  # registers the outlines
from derivex import api
from derivex.cli.inputs import read_file
from derivex.cli.output import Output
from derivex.cli.status import GOOD, WRONG
from derivex.cli.streams import complain
from derivex.derivation import Detail
from derivex.lessons import Prose
from derivex.notation import TextWriter
from derivex.rendering.outline import outline
from derivex.rulebook import load_rules, shipped_book

__all__ = ["run_command"]


def run_command(out: Output, file: str, rules: Path | None) -> int:
    """``derivex run``."""
    book = load_rules(rules, shipped_book()) if rules else shipped_book()
    run = api.run(read_file(file), name="standard input" if file == "-" else file, rules=book)
    out.functions = book.functions
    if out.format == "json":
        told = api.lesson_as_dict(run, api.Writers(book.functions, out.detail))
        out.json(told)
        out.close()
        return GOOD if told["holds"] else WRONG
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
    if not holds:
        complain("derivex: not everything came out as expected")
    return GOOD if holds else WRONG
