"""``derivex mark``: the sheets of a class, several at a time, into a table and a text for each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from derivex.api.marks import Marks, key_of
from derivex.cli.batch import worked
from derivex.cli.output import Output
from derivex.cli.status import GOOD, UNDECIDED, USAGE
from derivex.cli.streams import complain
from derivex.cli.workers import Cluster, Processes, Record, Workers
from derivex.errors import ProblemError
from derivex.marking import (
    DEFAULT_SCHEME,
    Answers,
    FileNames,
    MarkedAnswers,
    MarkedClass,
    Marker,
    Scheme,
    answer_files,
    read_answers,
    read_scheme,
)
from derivex.marking.answers import unused_in
from derivex.marking.keys import key_for
from derivex.rendering.marked import ClassSummary, marked_text, student_line
from derivex.rendering.marked_table import heading, row_of
from derivex.rulebook import shipped_book
from derivex.sheets import Sheet

__all__ = ["FORMATS", "JOURNAL", "Marking", "mark_command"]

FORMATS = {"text": (".txt",), "json": (".json",), "csv": (".csv",)}
"""What can be written, with the endings of the files that ask for it; or a folder."""

JOURNAL = ".derivex-mark.jsonl"
"""Where marks wait until all are there; in the working directory."""

TABLE = "marks.csv"
"""The table of the class in a folder."""

TOGETHER, TOGETHER_FAR = 25, 100
"""Students that a worker gets at a time, on this machine and elsewhere."""

_MOST_MARKERS = 100  # of different sheets at a time


@dataclass(frozen=True)
class Marking:
    """What the answers are marked with; other processes make their own from it.

    Args:
        keys: the JSON of the sheet with its answers; of several, by their names.
        rules: a rule file, which every worker must be able to read.
        scheme: what verdicts are worth.
        explain: whether the likely mistakes are looked for.
    """

    keys: tuple[tuple[str, str], ...]
    rules: Path | None
    scheme: Scheme
    explain: bool

    def marker(self, job: Answers) -> Marker | None:
        """Marks, and keeps what it has found; None where it is not known with which key.

        Raises:
            DerivexError: a key cannot be read, or has no answers.
        """
        (name, _), *others = self.keys
        found = key_for(job.sheet, self._texts) if others else name
        if found is None:
            return None
        if found not in self._markers:
            if len(self._markers) >= _MOST_MARKERS:
                self._markers.clear()
            key = key_of(self._texts[found], self.rules)
            self._markers[found] = Marker(*key, self.scheme, self.explain)
        return self._markers[found]

    @cached_property
    def _texts(self) -> dict[str, str]:
        return dict(self.keys)

    @cached_property
    def _markers(self) -> dict[str, Marker]:
        return {}

    def __getstate__(self) -> Record:
        """Only what was asked: every process reads the key itself."""
        return {name: self.__dict__[name] for name in self.__dataclass_fields__}

    def __setstate__(self, state: Record) -> None:
        self.__dict__.update(state)

    @cached_property
    def _told(self) -> str:
        rules = self.rules.read_text(encoding="utf-8") if self.rules is not None else ""
        told = json.dumps([self.keys, rules, dict(self.scheme.shares), self.explain])
        return hashlib.sha256(told.encode()).hexdigest()

    def key(self, job: Answers) -> str:
        """What tells that nothing has changed: the key, the scheme, the student, the answers."""
        told = [job.student, sorted(job.answers.items()), job.problem, job.sheet]
        return hashlib.sha256((self._told + json.dumps(told)).encode()).hexdigest()

    def do(self, job: Answers) -> Record:
        """The marks of a student; a problem is one of them."""
        try:
            marker = self.marker(job)
            if marker is None:
                told = f"there is no key for “{job.sheet}”" if job.sheet else "it names no sheet"
                return MarkedAnswers(job.student, (), job.problem or told).to_dict()
            return marker.mark(job).to_dict()
        except (RecursionError, MemoryError):
            return self.failed(job, "these answers are too large to be marked")
        except Exception as error:  # one broken sheet must not stop the others
            return self.failed(job, f"{type(error).__name__}: {error}")

    def failed(self, job: Answers, why: str) -> Record:
        """What is told of a student whose answers could not be marked."""
        return MarkedAnswers(job.student, (), why).to_dict()


def mark_command(
    out: Output,
    chosen_format: str | None,
    key: str,
    files: Sequence[str],
    scheme: Path | None,
    rules: Path | None,
    jobs: int,
    resume: bool,
    explain: bool,
    dask: str | None,
) -> int:
    """``derivex mark``.

    Args:
        out: where it is written, if not into a folder.
        chosen_format: one of :data:`FORMATS`; None to go by the name of the output.
        key: the sheet's JSON, with the answers; or a folder of several.
        files: files of answers, and folders of them.
        scheme: a file that says what verdicts are worth.
        rules: a file with more rules.
        jobs: how many students are marked at a time, each by a process; 0 for one a processor.
        resume: whether to go on where an interrupted run stopped.
        explain: whether to look for the likely mistakes.
        dask: the address of a Dask scheduler, whose workers do it.
    """
    paths = answer_files(list(files))
    shares = DEFAULT_SCHEME if scheme is None else read_scheme(scheme)
    keys, sheet = _keys(Path(key), rules)
    marking = Marking(keys, rules, shares, explain)
    with ExitStack() as opened:
        workers: Workers | None = None
        if dask is not None:
            workers = cluster = Cluster(dask)
            opened.callback(cluster.close)
        elif jobs != 1:
            workers = Processes(jobs)
        records = worked(
            _read(paths, len(sheet.blanks)),
            marking,
            workers,
            journal=Path(JOURNAL),
            resume=resume,
            together=TOGETHER if dask is None else TOGETHER_FAR,
            doing="marking",
        )
        marked = map(MarkedAnswers.from_dict, records)
        summary = ClassSummary()
        counted = _counted(marked, summary)
        into_folder = _is_folder(out.file, chosen_format)
        if into_folder:
            assert out.file is not None
            _folder(out.file, sheet, counted)
            for line in summary.lines():
                complain(line)
        else:
            _written(out, chosen_format, sheet, counted, summary)
    if not into_folder:
        out.close()
    if summary.problems:
        return USAGE
    return UNDECIDED if summary.verdicts["undecided"] else GOOD


def _read(paths: Iterable[Path], blanks: int) -> Iterator[Answers]:
    """The answers of all files; what of a file is not used is said once."""
    for path in paths:
        said: set[str] = set()
        for answers in read_answers(path):
            for sentence in unused_in(answers, blanks):
                if sentence not in said:
                    complain(f"derivex: {path.name}: {sentence}")
                    said.add(sentence)
            yield answers


def _keys(key: Path, rules: Path | None) -> tuple[tuple[tuple[str, str], ...], Sheet]:
    """The keys by their names, and the sheet with the most blanks, to which tables are made.

    They are read here, so that a key that cannot be used is told once, before any answer.

    Raises:
        DerivexError: a key cannot be read, or there is none.
    """
    paths = sorted(key.glob("*.json")) if key.is_dir() else [key]
    if not paths:
        raise ProblemError(
            f"{key} has no keys",
            hint="derivex sheet lesson.md --variants 30 --format json -o keys/ writes them",
        )
    sheets = [key_of(path, rules)[0] for path in paths]
    texts = tuple((path.stem, path.read_text(encoding="utf-8-sig")) for path in paths)
    return texts, max(sheets, key=lambda sheet: len(sheet.blanks))


def _is_folder(file: Path | None, chosen_format: str | None) -> bool:
    """Whether everything goes into a folder: one that is there, or a name without an ending."""
    return file is not None and chosen_format is None and (file.is_dir() or not file.suffix)


def _written(
    out: Output,
    chosen: str | None,
    sheet: Sheet,
    marked: Iterator[MarkedAnswers],
    summary: ClassSummary,
) -> None:
    """Write everything as it comes."""
    chosen = chosen or _format_of(out.file)
    if chosen == "json":
        _json(out, sheet, marked)
    elif chosen == "csv":
        out.whole(heading(len(sheet.blanks)))
        for each in marked:
            out.whole(row_of(each))
    else:
        _as_text(out, marked, summary)


def _counted(marked: Iterable[MarkedAnswers], summary: ClassSummary) -> Iterator[MarkedAnswers]:
    for each in marked:
        summary.add(each)
        if each.problem:
            complain(f"derivex: {each.student}: {each.problem}")
        yield each


def _as_text(out: Output, marked: Iterator[MarkedAnswers], summary: ClassSummary) -> None:
    """One student with everything; of several a line each, and the class in the end."""
    first, second = next(marked, None), next(marked, None)
    if first is not None and second is None:
        out.say(marked_text(first, out.width))
        return
    for each in (first, second):
        if each is not None:
            out.say(student_line(each))
    for each in marked:
        out.say(student_line(each))
    out.say()
    for line in summary.lines():
        out.say(line)


def _json(out: Output, sheet: Sheet, marked: Iterator[MarkedAnswers]) -> None:
    """The same as derivex.mark(…).to_json(), written student by student."""
    empty = Marks(MarkedClass(sheet.title, sheet.source, ()), shipped_book())
    parts = []
    for name, value in empty.to_dict().items():
        if name != "students":
            parts.append((name, iter([json.dumps(value, ensure_ascii=not out.unicode)])))
        else:
            texts = (json.dumps(each.to_dict(), ensure_ascii=not out.unicode) for each in marked)
            parts.append((name, _listed(texts)))
    for number, (name, pieces) in enumerate(parts):
        out.whole(f'{", " if number else "{"}"{name}": ')
        for piece in pieces:
            out.whole(piece)
    out.whole("}\n")


def _listed(texts: Iterable[str]) -> Iterator[str]:
    yield "["
    for number, text in enumerate(texts):
        yield f",\n{text}" if number else text
    yield "]"


def _folder(folder: Path, sheet: Sheet, marked: Iterator[MarkedAnswers]) -> None:
    """A table of the class, and a text for each student.

    Raises:
        ProblemError: the folder cannot be written to.
    """
    names = FileNames()
    names.of(TABLE.partition(".")[0])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / TABLE).open("w", encoding="utf-8-sig", newline="") as table:
            table.write(heading(len(sheet.blanks)))
            for each in marked:
                table.write(row_of(each))
                text = marked_text(each, 100)
                path = folder / f"{names.of(each.student)}.txt"
                path.write_text(f"{sheet.title}\n\n{text}\n", encoding="utf-8")
    except OSError as error:
        raise ProblemError(f"{folder} cannot be written: {error.strerror}") from None


def _format_of(file: Path | None) -> str:
    """The format that the name of an output file says; text if it says none."""
    suffix = file.suffix.lower() if file is not None else ""
    return next((name for name, suffixes in FORMATS.items() if suffix in suffixes), "text")
