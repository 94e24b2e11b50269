"""``derivex diff --against``: the derivative, and what is found about an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivex import api
from derivex.api.check_records import line_as_dict
from derivex.checking import CheckedLine
from derivex.cli.commands import note
from derivex.cli.output import Output
from derivex.cli.status import GOOD, UNDECIDED, WRONG
from derivex.notation import LatexWriter, TextWriter

__all__ = ["show_answer"]


def show_answer(out: Output, found: api.Derivative, judged: CheckedLine) -> int:
    """Write the derivative, then the verdict on the answer; the exit status is the verdict's."""
    from derivex.rendering.outline import Remark

    note(out, found.asked, found.notes)
    remarks = [Remark(text, failed) for text, failed in _remarks(judged)]
    if out.format == "text":
        out.lines(found.iterate_lines(out.detail))
        out.say()
        for remark in remarks:
            out.remark(remark.text, remark.failed)
    elif out.format == "json":
        writers = TextWriter(), LatexWriter(found.derivation.book.functions)
        told = line_as_dict(judged, *writers)
        for name in ("line", "column"):
            del told[name]
        out.json({**found.to_dict(out.detail), "against": told})
    else:
        page = found.document(out.detail, out.highlight)
        out.page(replace(page, items=(*page.items, *remarks)))
    out.close()
    if judged.verdict == "wrong":
        return WRONG
    return GOOD if judged.holds else UNDECIDED


def _remarks(judged: CheckedLine) -> Iterator[tuple[str, bool]]:
    """What is to be said of the answer, and whether it is bad news."""
    writer = TextWriter()
    answer = writer.write(judged.read[0][1])
    if judged.verdict == "wrong":
        told = f": {judged.counterexample}" if judged.counterexample else ""
        yield f"{answer} is wrong{told}", True
        for sentence in judged.diagnosis:
            yield sentence, True
        if judged.expected is not None:
            yield f"it should read: {writer.write(judged.expected)}", False
    elif judged.holds:
        said = f"is right ({judged.note})" if judged.note else "is right"
        yield f"{answer} {said}", False
    else:
        yield f"{answer}: {judged.verdict}, {judged.note}", True
