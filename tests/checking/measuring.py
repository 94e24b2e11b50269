"""Prints how many lines of documents get which verdict: run ``python -m tests.checking.measuring``.

The documents are not a part of the project: ``DERIVEX_DOCUMENTS`` names the folder in which they
are, as files in ``seeds/`` and as a list of formulas, with what is known of their letters, in
``corpus/latex_derivations.json``.  With words such as ``wrong undecided`` behind the command, the
lines with these verdicts are printed as well; ``--only 002`` takes one document.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from derivex.api.checks import Checked, check
from derivex.checking import VERDICTS, CheckedLine
from derivex.errors import DerivexError
from derivex.notation import TextWriter

__all__ = ["main"]

VARIABLE = "DERIVEX_DOCUMENTS"
_SHOWN = ("proven", "tested", "wrong", "undecided", "unreadable", "outside the domain")


def documents(folder: Path) -> Iterator[tuple[str, Checked, float]]:
    """Each file of the folder ``seeds``, checked, and the seconds that it took."""
    for path in sorted((folder / "seeds").glob("[0-9]*")):
        started = time.perf_counter()
        yield path.name, check(path), time.perf_counter() - started


def derivations(folder: Path) -> Iterator[tuple[str, Checked, float, object]]:
    """Each derivation of the list, checked, the seconds, and whether it is said to be right."""
    rows = json.loads((folder / "corpus" / "latex_derivations.json").read_text())
    for row in rows:
        started = time.perf_counter()
        found = check(row["latex"], name="derivation.tex")
        yield row["id"], found, time.perf_counter() - started, row["is_correct"]


def table_row(name: str, counts: Counter[str], seconds: float) -> str:
    """One line of the table: the counts, and the share that is undecided or unreadable."""
    total = sum(counts.values())
    judged = sum(counts[each] for each in _SHOWN)
    open_ = counts["undecided"] + counts["unreadable"]
    shown = " ".join(f"{counts[each]:>10}" for each in (*_SHOWN, "definition"))
    return f"{name:24}{total:>6} {shown} {open_ / max(1, total):>7.1%} {open_ / max(1, judged):>7.1%} {seconds:>6.1f}"


def told(line: CheckedLine) -> str:
    """A line with all that is said of it."""
    read = " ".join(f"{sign} {TextWriter().write(each)}" for sign, each in line.read).strip()
    parts = [line.note, *line.diagnosis]
    if line.counterexample is not None:
        found = line.counterexample
        at = ", ".join(f"{name} = {value}" for name, value in found.point)
        parts.append(f"at {at}: left {found.left}, right {found.right}")
    said = "; ".join(filter(None, parts))
    text = " ".join(line.text.split())
    return f"  {line.place.line:>4} {line.verdict}: {text[:140]}\n       read: {read[:160]}\n       {said[:300]}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 1 if a derivation that is said to be right has a line called wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verdicts", nargs="*", metavar="VERDICT", help=", ".join(VERDICTS))
    parser.add_argument("--only", default="", help="take only what has this in its name")
    parser.add_argument("--part", choices=("seeds", "latex"), help="only the one or the other")
    asked = parser.parse_args(arguments)
    name = os.environ.get(VARIABLE)
    if name is None or not Path(name).is_dir():
        print(f"set {VARIABLE} to the folder with the documents", file=sys.stderr)
        return 2
    folder = Path(name)
    head = "".join(f" {each[:10]:>10}" for each in (*_SHOWN, "definition"))
    print(f"{'':24}{'lines':>6}{head}    open  judged seconds")
    alarms = 0
    if asked.part != "latex":
        whole: Counter[str] = Counter()
        for label, found, seconds in documents(folder):
            if asked.only in label:
                counts = Counter(line.verdict for line in found.lines)
                whole += counts
                print(table_row(label, counts, seconds))
                _print_lines(found, asked.verdicts)
        print(table_row("all documents", whole, 0.0))
    if asked.part != "seeds":
        whole = Counter()
        agreed: Counter[tuple[object, str]] = Counter()
        kinds: Counter[str] = Counter()
        for label, found, seconds, right in derivations(folder):
            if asked.only not in label:
                continue
            counts = Counter(line.verdict for line in found.lines)
            whole += counts
            verdict = found.verdict
            kinds[verdict] += 1
            agreed[right, "wrong" if verdict == "wrong" else "not wrong"] += 1
            alarms += right is True and verdict == "wrong"
            if any(line.verdict in asked.verdicts for line in found.lines):
                print(f"{label}  said to be right: {right}, found {verdict}, {seconds:.1f} s")
                _print_lines(found, asked.verdicts)
        print(table_row("LaTeX derivations", whole, 0.0))
        print("  derivations by their gravest verdict:", dict(kinds))
        print("  (said to be right, found):", dict(agreed))
    return 1 if alarms else 0


def _print_lines(found: Checked, verdicts: Sequence[str]) -> None:
    for line in found.lines:
        if line.verdict in verdicts or "all" in verdicts:
            print(told(line))


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except DerivexError as error:
        raise SystemExit(str(error)) from error
