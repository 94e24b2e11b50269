"""``derivex run FOLDER``: all lessons of a folder as a book, with their sheets and keys."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from derivex.api.inputs import read_book
from derivex.api.lesson import run
from derivex.api.sheets import sheet
from derivex.derivation import Detail
from derivex.errors import DerivexError, ProblemError
from derivex.rendering.book import INDEX, Chapter, index_page, links, with_links
from derivex.rendering.html import html_document
from derivex.rendering.latex_document import latex_document
from derivex.rendering.lesson_document import lesson_document
from derivex.rendering.pdf import pdf_of
from derivex.rendering.sheet_html import sheet_html
from derivex.rendering.sheet_latex import sheet_latex
from derivex.rulebook import RuleBook
from derivex.sheets import Sheet

__all__ = ["lessons_in", "write_book"]


def lessons_in(folder: Path) -> list[Path]:
    """The lessons of a folder, by name.

    Raises:
        ProblemError: there is none.
    """
    found = sorted(file for file in folder.glob("*.md") if file.is_file())
    if not found:
        raise ProblemError(
            f"there is no lesson in {folder}", hint="lessons are Markdown files, *.md"
        )
    return found


def write_book(
    lessons: Sequence[Path],
    folder: Path,
    *,
    title: str = "Lessons",
    detail: str | Detail = Detail.TEXTBOOK,
    highlight: bool = True,
    rules: str | Path | RuleBook | None = None,
    seed: int = 0,
) -> Iterator[Chapter]:
    """Write lessons as pages and PDFs, with their sheets and keys, and a page that lists them.

    A lesson that is broken, or has nothing to leave out, does not stop the others; what became
    of it is said in its chapter.  There are PDFs where pdflatex is installed.

    Args:
        lessons: the files of the lessons.
        folder: where everything is written; it is made if it is not there.
        title: what the book is called.
        detail: how many lines derivations have.
        highlight: whether what each line rewrites is marked.
        rules: a rule file whose rules are used as well, or a rule book used instead.
        seed: the seed by which blanks, and values for letters, are chosen.

    Yields:
        the chapters, each when all of its files are written; the list is written at the end.

    Raises:
        ProblemError: the folder, or a file in it, cannot be written.
    """
    binding = _Binding(
        folder,
        frozenset(lesson.stem for lesson in lessons),
        Detail(detail),
        highlight,
        read_book(rules),
        seed,
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProblemError(f"{folder} cannot be made: {error.strerror}") from None
    chapters: list[Chapter] = []
    # pdflatex runs beside this process, which works the next lesson meanwhile.
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        waiting: list[_Work] = []
        for lesson in lessons:
            waiting.append(_work(lesson, binding, pool))
            while waiting and waiting[0].is_done:
                chapters.append(waiting.pop(0).finish())
                yield chapters[-1]
        for work in waiting:
            chapters.append(work.finish())
            yield chapters[-1]
    _save(folder / INDEX, index_page(title, chapters))


@dataclass(frozen=True)
class _Binding:
    """What all chapters have in common: see :func:`write_book`; and the names of the lessons."""

    folder: Path
    names: frozenset[str]
    detail: Detail
    highlight: bool
    rules: RuleBook
    seed: int

    def save(self, name: str, page: str) -> None:
        """Write a page, whose links to lessons lead to their pages."""
        _save(self.folder / name, with_links(page, self.names, "html"))


@dataclass
class _Work:
    """A chapter whose PDFs are on their way."""

    chapter: Chapter
    folder: Path
    printing: list[tuple[str, str, Future[bytes]]] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return all(printed.done() for _, _, printed in self.printing)

    def finish(self) -> Chapter:
        """The chapter, after its PDFs have been written; one that cannot be set is told."""
        files, remarks = list(self.chapter.files), list(self.chapter.remarks)
        for what, name, printed in self.printing:
            try:
                content = printed.result()
            except ProblemError as error:
                remarks.append(f"{what}: {error.message}")
            else:
                _save(self.folder / name, content)
                files.append((what, name))
        return replace(self.chapter, files=tuple(files), remarks=tuple(remarks))


def _work(lesson: Path, binding: _Binding, pool: ThreadPoolExecutor) -> _Work:
    name, folder, rules, seed = lesson.stem, binding.folder, binding.rules, binding.seed
    try:
        worked = run(lesson, rules=rules, seed=seed)
        document = lesson_document(worked, rules, binding.detail, binding.highlight)
        holds = worked.holds
    except DerivexError as error:
        return _Work(Chapter(name, name, (), (_told(error),), False), folder)
    remarks = [] if holds else ["not everything came out as expected"]
    files = [("lesson", f"{name}.html")]
    printed = [("lesson as PDF", f"{name}.pdf", latex_document(document))]
    made: Sheet | None = None
    try:
        made = sheet(lesson, rules=rules, seed=seed).sheet
    except DerivexError as error:
        remarks.append(f"no sheet: {error.message}")
    if made is not None:
        files += [("to practise", f"{name}-sheet.html"), ("key", f"{name}-key.html")]
        printed.append(("sheet as PDF", f"{name}-sheet.pdf", sheet_latex(made)))
        printed.append(("key as PDF", f"{name}-key.pdf", sheet_latex(made, key=True)))
    if shutil.which("pdflatex") is None:
        remarks.append("no PDFs, for pdflatex is not installed")
        printed = []
    everything = [*files, *((what, file) for what, file, _ in printed)]
    binding.save(f"{name}.html", html_document(document, links(f"{name}.html", everything)))
    if made is not None:
        for key, (_, file) in enumerate(files[1:]):
            binding.save(file, sheet_html(made, bool(key), links(file, everything)))
    chapter = Chapter(name, document.title, tuple(files), tuple(remarks), holds)
    linked = [(w, f, with_links(latex, binding.names, "pdf")) for w, f, latex in printed]
    return _Work(chapter, folder, [(w, f, pool.submit(pdf_of, latex)) for w, f, latex in linked])


def _told(error: DerivexError) -> str:
    where = error.place
    at = "" if where is None else f"line {where.line}: "
    return f"this lesson could not be worked: {at}{error.message}"


def _save(file: Path, content: str | bytes) -> None:
    try:
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise ProblemError(f"{file} cannot be written: {error.strerror}") from None
