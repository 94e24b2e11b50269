"""Builds the documentation: ``python -m docs.build FOLDER``.

The pages that are written by hand stand beside this file; the others (lessons with what they lead
to, commands with their help, the table of rules, the table of the schema) are made from the
program.  Every warning is an error.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from docs.pages import made_pages

HERE = Path(__file__).parent
STYLE = HERE.parent / "derivex" / "rendering" / "derivation.css"


def prepare(folder: Path) -> None:
    """Put together all that Sphinx reads."""
    for page in (*HERE.glob("*.md"), HERE / "conf.py"):
        shutil.copy(page, folder)
    for name, text in made_pages():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    static = folder / "static"
    static.mkdir()
    shutil.copy(STYLE, static)


def build(site: Path) -> int:
    """Build the site in a folder; the exit status of Sphinx."""
    from sphinx.cmd.build import build_main

    with tempfile.TemporaryDirectory() as made:
        source = Path(made) / "source"
        source.mkdir()
        prepare(source)
        words = ["-q", "-W", "--keep-going", "-b", "html", "-d", f"{made}/doctrees"]
        return int(build_main([*words, str(source), str(site)]))


def main() -> int:
    """The command; an exit status."""
    if len(sys.argv) != 2:
        print("usage: python -m docs.build FOLDER", file=sys.stderr)
        return 2
    return build(Path(sys.argv[1]))


if __name__ == "__main__":
    sys.exit(main())
