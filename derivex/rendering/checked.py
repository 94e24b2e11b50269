"""A checked document in a terminal: marks in the margin, the rest dimmed, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from derivex.rendering.wrapping import wrap_sentence

if TYPE_CHECKING:
    from rich.text import Text

__all__ = [
    "MARKS",
    "checked_text",
    "closing",
    "findings_of",
    "gravest",
    "lines_by_number",
    "remarks",
    "summary",
]

MARKS: Mapping[str, tuple[str, str, str]] = {
    "wrong": ("✗", "x", "bold red"),
    "unreadable": ("…", "~", "magenta"),
    "undecided": ("?", "?", "yellow"),
    "outside the domain": ("!", "!", "yellow"),
    "tested": ("✓", "+", "green"),
    "proven": ("✓", "+", "green"),
    "definition": ("·", ".", ""),
}
"""For each verdict its mark, the same in ASCII, and its colour; the gravest verdict first."""

_USUAL = ("agrees at", "holds at")
"""Notes that say no more than a mark does; JSON has them."""
_LEAST_WIDTH = 40


def checked_text(
    record: Mapping[str, Any], source: str, *, width: int | None = None, unicode: bool = True
) -> Text:
    """One document with its findings.

    Args:
        record: a file, as it stands in the JSON of ``derivex check``.
        source: the text of the document.
        width: the columns there are; None where nothing limits them.
        unicode: whether marks may be other than ASCII.
    """
    from rich.text import Text

    shown = Text()
    shown.append(f"{record['name'] or 'derivation'}: {summary(record)}\n\n", style="bold")
    by_number = lines_by_number(record)
    lines = source.split("\n")
    while len(lines) > 1 and not lines[-1].strip() and len(lines) not in by_number:
        lines.pop()
    digits = len(str(len(lines)))
    for number, line in enumerate(lines, 1):
        found = by_number.get(number, [])
        verdict = gravest(found)
        mark, plain, style = MARKS[verdict] if verdict else (" ", " ", "")
        shown.append(f"{mark if unicode else plain} ", style=style)
        shown.append(f"{number:>{digits}}  ", style="dim")
        shown.append(line.rstrip() + "\n", style="" if found else "dim")
        for each in found:
            for text, kind in findings_of(each):
                _append(shown, text, kind, digits + 6, width)
    return shown


def summary(record: Mapping[str, Any]) -> str:
    """How many lines there are, and what is found about them."""
    counts: Mapping[str, int] = record["counts"]
    judged = sum(number for verdict, number in counts.items() if verdict != "definition")
    told = [
        f"{counts[verdict]} {verdict}"
        for verdict in MARKS
        if verdict != "definition" and counts.get(verdict)
    ]
    noun = "line" if judged == 1 else "lines"
    return f"{judged} {noun} judged" + (f": {', '.join(told)}" if told else "")


def closing(records: Sequence[Mapping[str, Any]]) -> str:
    """How many files there were, and what is found about them, in a sentence."""
    counts: dict[str, int] = {}
    for record in records:
        verdict = record["verdict"]
        kind = "hold" if verdict in ("proven", "tested", "definition") else verdict
        counts[kind] = counts.get(kind, 0) + 1
    told = ", ".join(f"{number} {kind}" for kind, number in counts.items())
    return f"{len(records)} files: {told}"


def lines_by_number(record: Mapping[str, Any]) -> dict[int, list[Mapping[str, Any]]]:
    """What is found, by the line of the file."""
    found: dict[int, list[Mapping[str, Any]]] = {}
    for derivation in record["derivations"]:
        for line in derivation["lines"]:
            found.setdefault(line["line"], []).append(line)
    return found


def gravest(lines: Sequence[Mapping[str, Any]]) -> str | None:
    """The gravest verdict among some lines."""
    verdicts = {line["verdict"] for line in lines}
    return next((each for each in MARKS if each in verdicts), None)


def findings_of(line: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What there is to say about a line, sentence by sentence, each with the style it has."""
    verdict = line["verdict"]
    if verdict == "wrong":
        told = f"wrong: {line['text']}"
        if line["counterexample"]:
            told += f" — {line['counterexample']['text']}"
        yield told, "bold red"
        if line["note"]:
            yield line["note"], "red"
        for sentence in line["diagnosis"]:
            yield sentence, "red"
        if line["expected"]:
            yield f"it should read: {line['expected']}", "green"
    elif verdict in ("unreadable", "undecided", "outside the domain"):
        yield f"{verdict}: {line['note'] or line['text']}", MARKS[verdict][2]
    elif line["note"] and verdict != "definition" and not line["note"].startswith(_USUAL):
        yield line["note"], "dim italic"
    yield from remarks(line)


def remarks(line: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What there is to say about a justification."""
    claim, found = line["claim"], ", ".join(line["found"])
    if claim == "another rule":
        told = found or "another rule"
        if not told.startswith(("the ", "another ")):
            told = f"“{told}”"  # subtract 6 from both sides
        yield f"right, but by {told}, not by “{line['claimed']}”", "yellow"
    elif claim == "several rules":
        yield f"several rules at once: {found}", "dim italic"
    elif claim == "a detour" and line["claimed"]:
        yield "a detour: equal, but no rule leads here directly", "dim italic"


def _append(shown: Text, text: str, style: str, indent: int, width: int | None) -> None:
    room = 100_000 if width is None else max(_LEAST_WIDTH, width)
    wrapped = wrap_sentence(text, room, " " * indent, " " * (indent + 2))
    shown.append("\n".join(wrapped) + "\n", style=style)
