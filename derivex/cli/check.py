"""``derivex check``: hand derivations judged line by line, one file or many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from derivex.cli.check_files import Checker, Job, checked_files
from derivex.cli.inputs import read_data, read_standard_input
from derivex.cli.output import Output
from derivex.cli.status import GOOD, UNDECIDED, USAGE, WRONG
from derivex.cli.streams import complain
from derivex.text_files import MAX_DOCUMENT_FILE

__all__ = ["FORMATS", "check_command", "status_of"]

FORMATS = {
    "text": (".txt",),
    "json": (".json",),
    "csv": (".csv",),
    "html": (".html", ".htm"),
    "latex": (".tex",),
}
"""What can be written, with the endings of the files that ask for it."""

_STANDARD_INPUT = "standard input"


def check_command(
    out: Output,
    chosen_format: str | None,
    files: Sequence[str],
    let: list[str] | None,
    assume: list[str] | None,
    data: str | None,
    rules: Path | None,
    jobs: int,
    resume: bool,
) -> int:
    """``derivex check``.

    Args:
        out: where it is written; as plain text, whatever that is.
        chosen_format: one of :data:`FORMATS`; None to go by the name of the output file.
        files: the documents, ``-`` for standard input.
        let: definitions that they leave out.
        assume: what is known of letters.
        data: a file with data.
        rules: a file with more rules.
        jobs: how many are checked at a time.
        resume: whether to go on where an interrupted run stopped.
    """
    asked = [
        Job(_STANDARD_INPUT, read_standard_input(MAX_DOCUMENT_FILE)) if file == "-" else Job(file)
        for file in files
    ]
    checker = Checker(tuple(let or ()), tuple(assume or ()), read_data(data), rules)
    checker.premises()  # a premise that cannot be read is told once, before any file
    records = checked_files(asked, checker, jobs, resume)
    _write(out, chosen_format or _format_of(out.file), records, asked)
    out.close()
    for record in records:
        if record.get("error"):
            complain(f"derivex: {record['error']}")
    return status_of(records)


def status_of(records: Iterable[Mapping[str, Any]]) -> int:
    """The exit status: 1 something is wrong, 2 unreadable, 3 undecided, 0 every line holds."""
    verdicts = {record["verdict"] for record in records}
    if "wrong" in verdicts:
        return WRONG
    if "unreadable" in verdicts:
        return USAGE
    if verdicts & {"undecided", "outside the domain"}:
        return UNDECIDED
    return GOOD


def _format_of(file: Path | None) -> str:
    """The format that the name of an output file says; text if it says none."""
    suffix = file.suffix.lower() if file is not None else ""
    return next((name for name, suffixes in FORMATS.items() if suffix in suffixes), "text")


def _write(
    out: Output, chosen: str, records: Sequence[Mapping[str, Any]], asked: Sequence[Job]
) -> None:
    if chosen == "json":
        from derivex.api.check_records import VERSION

        out.json({"version": VERSION, "kind": "check", "files": list(records)})
        return
    if chosen == "csv":
        from derivex.rendering.checked_table import checked_csv

        out.say(checked_csv(records).rstrip("\n"))
        return
    sources = [job.source() for job in asked]
    if chosen in ("html", "latex"):
        from derivex.rendering import checked_pages

        page = checked_pages.html_page if chosen == "html" else checked_pages.latex_page
        out.say(page(list(zip(records, sources, strict=True))).rstrip("\n"))
        return
    from derivex.rendering.checked import checked_text, closing

    for record, source in zip(records, sources, strict=True):
        if record.get("error") is None:
            out.say(checked_text(record, source, width=out.width, unicode=out.unicode))
    if len(records) > 1:
        out.say(closing(records))
