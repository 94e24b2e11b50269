"""Where output goes, and in which form: a terminal, a pipe or a file."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from derivex.api.plain import in_ascii
from derivex.cli.streams import complain, shows_unicode
from derivex.errors import ProblemError
from derivex.notation import TextWriter
from derivex.rendering.readable import readable
from derivex.rendering.wrapping import wrap_sentence

if TYPE_CHECKING:
    from rich.text import Text

    from derivex.derivation import Line
    from derivex.rendering.document import Document
    from derivex.rendering.formats import Format
    from derivex.rendering.outline import Block

__all__ = ["Output"]

_PICTURES = {"latex": "pdf", "markdown": "svg"}
"""Formats that refer to pictures in files of their own, beside them."""


@dataclass
class Output:
    """What a command writes to.

    Args:
        chosen_format: ``text``, ``json``, ``latex``, …; None to go by the name of the file, and
            to write text where there is none.
        detail: how many lines a derivation has.
        chosen_style: ``stacked`` or ``inline``; None to go by what the output is.
        chosen_width: the columns; None to go by the terminal.
        file: a file to write to instead of standard output.
        echo: whether to say how a formula was read.
        chosen_highlight: whether what each line rewrites is marked in colour; None for where that
            is usual: in a terminal and in whole documents.
    """

    chosen_format: str | None
    detail: str
    chosen_style: str | None
    chosen_width: int | None
    file: Path | None
    echo: bool = False
    chosen_highlight: bool | None = None

    def __post_init__(self) -> None:
        self._format = self._choose_format()
        self._parts: list[str | bytes] = []
        self._pictures: dict[str, bytes] = {}
        self._terminal = self.file is None and sys.stdout.isatty()
        self.unicode = self.file is not None or shows_unicode(sys.stdout)

    def _choose_format(self) -> Format | None:
        """The format; None for text, for which nothing need be imported."""
        if self.chosen_format in (None, "text") and (self.file is None or not self.file.suffix):
            return None
        from derivex.rendering.formats import format_named, format_of_file

        if self.chosen_format is not None:
            return format_named(self.chosen_format)
        assert self.file is not None
        return format_of_file(self.file)

    @property
    def format(self) -> str:
        """What is written: ``text``, ``json``, or one of the formats of documents."""
        return "text" if self._format is None else self._format.name

    @property
    def style(self) -> Literal["stacked", "inline"]:
        """Stacked formulas in a terminal, one-line ones in a pipe, unless chosen."""
        if self.chosen_style is not None:
            return "stacked" if self.chosen_style == "stacked" else "inline"
        return "stacked" if self._terminal else "inline"

    @property
    def width(self) -> int | None:
        """The columns there are; None where nothing limits them."""
        if self.chosen_width is not None:
            return self.chosen_width
        return shutil.get_terminal_size().columns if self._terminal else None

    # -- what commands say -----------------------------------------------------------------

    def say(self, text: Text | str = "") -> None:
        """Write a block of text and end the line."""
        if self._terminal and self.unicode and not isinstance(text, str):
            from rich.console import Console

            sys.stdout.flush()
            Console(highlight=False, soft_wrap=True, width=self.width).print(text, soft_wrap=True)
            return
        plain = text if isinstance(text, str) else text.plain
        self._write(plain + "\n")

    def lines(self, lines: Iterable[Line]) -> None:
        """Write a derivation.

        Raises:
            ProblemError: a line of it is too long to be read.
        """
        from derivex.rendering import inline_lines, show_lines

        shown = list(readable(lines))
        if self.style == "inline" and self.width is None:
            # A pipe: nothing to fit and nothing to colour, so rich need not be imported.
            self.say("\n".join(inline_lines(shown, TextWriter(self.unicode))))
            return
        self.say(
            show_lines(
                shown,
                style=self.style,
                width=self.width,
                unicode=self.unicode,
                highlight=self._has_colours,
            )
        )

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Write blocks, an empty line after each."""
        for block in blocks:
            self.block(block)
            self.say()

    def block(self, block: Block) -> None:
        """Write one block as text."""
        from derivex.api.showing import show_block
        from derivex.rendering.outline import Lines, Remark

        if isinstance(block, Remark):
            self.remark(block.text, block.failed)
        elif isinstance(block, Lines):
            self.lines(block.lines)
        else:
            self.say(
                show_block(block, self.style, self.width, self.unicode, highlight=self._has_colours)
            )

    def page(self, document: Document, fragment: bool = True) -> None:
        """Write a document in a format other than text and JSON.

        Args:
            document: what is written.
            fragment: whether LaTeX on standard output is only what one pastes into a document
                of one's own; in a file it is always a document that can be set as it is.

        Raises:
            ProblemError: it cannot be written here.
        """
        if self.format == "latex" and fragment and not self._is_latex_file:
            from derivex.rendering.latex import latex_fragment

            document = replace(document, highlight=bool(self.chosen_highlight))
            self._write(latex_fragment(document) + "\n")
            return
        assert self._format is not None
        kind = _PICTURES.get(self.format)
        if self.file is not None and kind is not None:
            from derivex.rendering.figures import with_files

            document, self._pictures = with_files(document, self.file.stem, kind)
        self.whole(self._format.write(document))

    def whole(self, written: str | bytes) -> None:
        """Write what is a file as it stands."""
        if isinstance(written, str) and not self.unicode:
            written = written.encode()  # a page is UTF-8 everywhere, and says so
        self._write(written)

    @property
    def highlight(self) -> bool:
        """Whether what each line rewrites is marked, where there are colours."""
        return self.chosen_highlight is not False

    @property
    def _has_colours(self) -> bool:
        return self._terminal and self.highlight and "NO_COLOR" not in os.environ

    @property
    def _is_latex_file(self) -> bool:
        return self.file is not None and self.file.suffix.lower() == ".tex"

    def remark(self, text: str, failed: bool) -> None:
        """Write a sentence, wrapped; in red in a terminal if something failed."""
        wrapped = "\n".join(wrap_sentence(text, self.width or 100_000, others="  "))
        if not self._terminal:
            self.say(wrapped)
            return
        from rich.text import Text

        self.say(Text(wrapped, style="bold red" if failed else "bold"))

    def prose(self, text: str) -> None:
        """Write the prose of a lesson, as it is in a pipe, set as Markdown in a terminal."""
        if not self._terminal:
            self.say(text.strip("\n") + "\n")
            return
        from rich.console import Console
        from rich.markdown import Markdown

        Console(width=self.width).print(Markdown(text))
        self.say()

    def statement(self, text: str) -> None:
        """Write the statement of a lesson whose outcome follows."""
        line = "> " + " ".join(text.split())
        if not self._terminal:
            self.say(line + "\n")
            return
        from rich.text import Text

        self.say(Text(line + "\n", style="cyan"))

    def json(self, value: Any) -> None:
        """Write a value as JSON."""
        self._write(json.dumps(value, ensure_ascii=not self.unicode, indent=2) + "\n")

    def notes(self, notes: Sequence[str]) -> None:
        """Write remarks to standard error."""
        for note in notes:
            complain(f"note: {note}")

    def close(self) -> None:
        """Write the file, if there is one.  Nothing is written to it before the end.

        Raises:
            ProblemError: the file cannot be written.
        """
        if self.file is None:
            return
        written = [each.encode() if isinstance(each, str) else each for each in self._parts]
        try:
            self.file.write_bytes(b"".join(written))
            for name, content in self._pictures.items():
                self.file.with_name(name).write_bytes(content)
        except OSError as error:
            raise ProblemError(f"{self.file} cannot be written: {error.strerror}") from None

    def _write(self, text: str | bytes) -> None:
        if self.file is not None:
            self._parts.append(text)
        elif isinstance(text, bytes):
            self._write_bytes(text)
        else:
            sys.stdout.write(text if self.unicode else in_ascii(text))

    def _write_bytes(self, content: bytes) -> None:
        if self._terminal:
            raise ProblemError(
                f"{self.format} is nothing for a terminal",
                hint=f"for example: -o lesson.{self.format}",
            )
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
