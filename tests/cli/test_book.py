"""``derivex run FOLDER -o site/``: pages, PDFs, sheets and keys, and a list that leads to them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.cli.commands import derivex as command
from tests.cli.commands import problem

PRODUCT = "# Products\n\nTwo *factors*.\n\n```derivex\ndifferentiate x^2 sin x by x\n```\n"
BROKEN = "# Broken\n\n```derivex\ndifferentiate x^ by x\n```\n"
WRONG = "# Wrong & <b>\n\n```derivex\ndifferentiate x^3 by x\nexpect result = x^2\n```\n"
NOTHING = "# Words\n\nOnly words.\n"


def _lessons(folder: Path, **lessons: str) -> Path:
    folder.mkdir()
    for name, text in lessons.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def without_latex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("without_latex")
def test_every_link_leads_to_a_file(tmp_path: Path) -> None:
    words = f"{NOTHING}\nMore of [products](products.md).\n"
    lessons = _lessons(tmp_path / "lessons", products=PRODUCT, words=words)
    site = tmp_path / "site"
    ended = command("run", str(lessons), "-o", str(site))
    assert ended.status == 0 and ended.out == ""
    assert {file.name for file in site.iterdir()} == {
        "index.html", "products.html", "products-sheet.html", "products-key.html", "words.html"
    }  # fmt: skip
    for page in site.glob("*.html"):
        for link in re.findall(r'href="([^"]+)"', page.read_text(encoding="utf-8")):
            assert (site / unquote(link)).is_file(), (page.name, link)
    index = (site / "index.html").read_text(encoding="utf-8")
    assert index.index("Products") < index.index("Words")
    assert "no PDFs, for pdflatex is not installed" in index and "words: no sheet" in ended.err
    assert "2 lessons" in ended.err


@pytest.mark.usefixtures("without_latex")
def test_a_broken_lesson_does_not_stop_the_others(tmp_path: Path) -> None:
    lessons = _lessons(tmp_path / "lessons", a=BROKEN, b=PRODUCT, c=WRONG)
    (lessons / "d.md").write_bytes(b"\xff\xfe no text")
    site = tmp_path / "site"
    ended = command("run", str(lessons), "-o", str(site))
    assert ended.status == 1
    assert "a: this lesson could not be worked: line 4:" in ended.err
    assert "c: not everything came out as expected" in ended.err
    assert "d: this lesson could not be worked" in ended.err
    made = {file.name for file in site.iterdir()}
    assert {"b.html", "b-sheet.html", "b-key.html", "c.html"} <= made
    assert not made & {"a.html", "d.html"}
    index = (site / "index.html").read_text(encoding="utf-8")
    assert "Wrong &amp; &lt;b&gt;" in index and index.count('class="failed"') >= 3


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no pdflatex")
def test_with_pdflatex_there_are_pdfs(tmp_path: Path) -> None:
    lessons = _lessons(tmp_path / "lessons", products=PRODUCT)
    site = tmp_path / "site"
    assert command("run", str(lessons), "-o", str(site)).status == 0
    for name in ("products.pdf", "products-sheet.pdf", "products-key.pdf"):
        assert (site / name).read_bytes().startswith(b"%PDF")
        assert f'href="{name}"' in (site / "index.html").read_text(encoding="utf-8")
        if name != "products.pdf":
            assert f'href="{name}"' in (site / "products.html").read_text(encoding="utf-8")


def test_where_the_pages_go_must_be_said(tmp_path: Path) -> None:
    lessons = _lessons(tmp_path / "lessons", products=PRODUCT)
    assert "-o site/" in problem(command("run", str(lessons)))
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "there is no lesson in" in problem(command("run", str(empty), "-o", str(empty)))
    (tmp_path / "file").write_text("")
    message = problem(command("run", str(lessons), "-o", str(tmp_path / "file" / "site")))
    assert "cannot be made" in message
