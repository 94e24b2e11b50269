"""The documentation: it builds without a warning, and what its pages show is what happens."""

from __future__ import annotations

import doctest
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

import derivex
from docs.build import build
from docs.picture import PICTURE, picture_text, words_of
from tests.test_readme import FENCED, ROOT, run

PAGES = sorted((ROOT / "docs").glob("*.md"))
BLOCKS = [
    (page.name, found["note"] or "", found["kind"], found["body"])
    for page in PAGES
    for found in FENCED.finditer(page.read_text(encoding="utf-8"))
]
SHOWN = [
    (page, *part.partition("\n")[::2])
    for page, _, kind, body in BLOCKS
    if kind == "console"
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]
]


@pytest.mark.skipif(
    any(find_spec(name) is None for name in ("sphinx", "myst_parser")),
    reason="the documentation needs sphinx and myst-parser: pip install derivex[docs]",
)
@pytest.mark.filterwarnings("ignore")  # what Sphinx uses may be on its way out
@pytest.mark.unchecked
def test_it_is_built_without_a_warning(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status = build(tmp_path)
    written = capfd.readouterr()
    assert (status, written.err) == (0, "")
    library = (tmp_path / "api.html").read_text(encoding="utf-8")
    for name in derivex.__all__:
        assert name == "__version__" or f">{name}<" in library, f"{name} is not documented"
    lesson = (tmp_path / "lessons" / "chain_rule.html").read_text(encoding="utf-8")
    assert "using the chain rule" in lesson and "<math" in lesson
    commands = (tmp_path / "commands.html").read_text(encoding="utf-8")
    assert "Usage: derivex subgradient" in commands


@pytest.mark.parametrize(("page", "command", "output"), SHOWN)
def test_output_is_what_a_page_shows(page: str, command: str, output: str, tmp_path: Path) -> None:
    for _, note, _, body in BLOCKS:
        if note.startswith("file: "):
            (tmp_path / note.removeprefix("file: ")).write_text(body, encoding="utf-8")
    _, written = run(command, tmp_path)
    assert written == output


def test_the_picture_is_up_to_date() -> None:
    shown = words_of(PICTURE.read_text(encoding="utf-8"))
    assert shown == words_of(picture_text()), "run python -m docs.renew"
    assert "using the product rule" in shown
    assert "url(http" not in PICTURE.read_text(encoding="utf-8")


def test_sessions_of_the_pages() -> None:
    tried = 0
    for page, _, kind, body in BLOCKS:
        if kind == "pycon":
            test = doctest.DocTestParser().get_doctest(body, {}, page, page, 0)
            results = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test)
            assert results.failed == 0
            tried += results.attempted
    assert tried
