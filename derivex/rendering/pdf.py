"""A document as a PDF, set by pdflatex where that is installed.

It runs in a folder of its own, which is removed with everything in it, without leave to start
other programs or to open files anywhere else, and for a limited time.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from derivex.errors import ProblemError
from derivex.rendering.document import Document
from derivex.rendering.figures import with_files
from derivex.rendering.latex_document import latex_document

__all__ = ["pdf_document", "pdf_of"]

_SECONDS = 120.0
_RUNS = 2  # the second one knows how wide the labels of the first were
_COMMAND = (
    "pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error",
    "-file-line-error", "document.tex",
)  # fmt: skip


def pdf_document(document: Document) -> bytes:
    """The document as a PDF.

    Raises:
        ProblemError: there is no pdflatex, or it does not come to an end.
    """
    with_pictures, files = with_files(document, "picture", "pdf")
    return pdf_of(latex_document(with_pictures), files)


def pdf_of(latex: str, files: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """A document in LaTeX as a PDF.

    Args:
        latex: the document.
        files: the pictures in it, by their names.

    Raises:
        ProblemError: there is no pdflatex, or it does not come to an end.
    """
    if shutil.which(_COMMAND[0]) is None:
        raise ProblemError(
            "a PDF is set by pdflatex, which is not installed",
            hint="install TeX Live (on Debian: texlive-latex-extra), or write a .tex or .html file",
        )
    with tempfile.TemporaryDirectory(prefix="derivex-") as folder:
        source = Path(folder, "document.tex")
        source.write_text(latex, encoding="utf-8")
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        for _ in range(_RUNS):
            _run(folder)
        return source.with_suffix(".pdf").read_bytes()


def _run(folder: str) -> None:
    # Files are read and written in this folder only ("p" is for paranoid).
    environment = {**os.environ, "openin_any": "p", "openout_any": "p", "TEXMFOUTPUT": folder}
    try:
        done = subprocess.run(
            _COMMAND, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise ProblemError(
            f"pdflatex was not ready after {_SECONDS:.0f} seconds",
            hint="write a .tex file, and run pdflatex on it",
        ) from None
    if done.returncode:
        told = re.search(r"^\S+?:\d+: (.*)|^! (.*)", done.stdout.decode(errors="replace"), re.M)
        reason = (told[1] or told[2]) if told else "it says nothing about why"
        raise ProblemError(
            f"pdflatex cannot set this document: {reason}",
            hint="write a .tex file to see it; the packages are those of texlive-latex-extra",
        )
