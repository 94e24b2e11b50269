"""The pages of the documentation that are made from the program itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from typer.main import get_command
from typer.testing import CliRunner

import derivex
import derivex.errors
from derivex.cli.app import program
from derivex.matching import VOCABULARY
from derivex.rendering.document import Prose
from derivex.rendering.formats import FORMATS
from derivex.rendering.html import html_fragment
from derivex.rendering.lesson_document import lesson_document, lesson_title
from derivex.rendering.rule_table import rules_as_data
from derivex.rulebook import shipped_book

__all__ = ["made_pages"]

ROOT = Path(__file__).parent.parent
_WIDTH = 88


def made_pages() -> Iterator[tuple[str, str]]:
    """The name of each page, and its text."""
    yield from _lessons()
    yield "commands.md", _commands()
    yield "notation.md", _notation()
    yield "rule_table.md", _rule_table()
    yield "adding_a_rule.txt", _section(_readme(), "Add a rule").partition("\n")[2]
    yield "conditions.txt", _conditions()
    yield "kinds.txt", _kinds()
    yield "formats.txt", _formats()
    yield "other_names.txt", _other_names()


# -- lessons ---------------------------------------------------------------------------------------


def _lessons() -> Iterator[tuple[str, str]]:
    names = []
    for path in sorted((ROOT / "worked_examples").glob("*.md")):
        run = derivex.run(path)
        document = lesson_document(run, run.book)
        parts: list[str] = []
        waiting: list[Any] = []
        for item in document.items:
            if isinstance(item, Prose):
                parts += [_fragment(document, waiting), _without_links(item.markdown)]
                waiting = []
            else:
                waiting.append(item)
        parts.append(_fragment(document, waiting))
        text = "\n\n".join(part for part in parts if part)
        if not text.lstrip().startswith("# "):
            text = f"# {lesson_title(run)}\n\n{text}"
        names.append(path.stem)
        yield f"lessons/{path.name}", text + "\n"
    listed = "\n".join(f"lessons/{name}" for name in names)
    yield "lessons_listed.txt", f"```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n"


def _fragment(document: Any, items: list[Any]) -> str:
    if not items:
        return ""
    page = type(document)(document.title, tuple(items), (), document.functions, document.highlight)
    html = html_fragment(page).partition("</style>")[2]
    return f"`````{{raw}} html\n{html.strip()}\n`````"


def _without_links(markdown: str) -> str:
    """Markdown whose links to files of the source tree are plain words."""
    return re.sub(r"\[([^\]]+)\]\((?!https?:)[^)]*\)", r"\1", markdown).strip("\n")


# -- commands --------------------------------------------------------------------------------------


def _commands() -> str:
    names = list(get_command(program()).commands)  # type: ignore[attr-defined]
    parts = [
        "# Commands",
        "Every command explains itself with `--help`. Results go to standard output, remarks and "
        "errors to standard error. The exit status is 0 if all is well, 1 if something is wrong, "
        "2 if the input cannot be used, and 3 if something is left undecided.",
    ]
    for name in names:
        parts += [f"## derivex {name}", f"```text\n{_help(name)}\n```"]
    return "\n\n".join(parts) + "\n"


def _help(command: str) -> str:
    environment = {"COLUMNS": str(_WIDTH), "TERMINAL_WIDTH": str(_WIDTH), "NO_COLOR": "1"}
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        ended = CliRunner().invoke(program(), [command, "--help"], prog_name="derivex")
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    return ended.output.strip("\n")


# -- notation --------------------------------------------------------------------------------------


def _notation() -> str:
    parts = [_section(_readme(), title) for title in ("Notation", "Functions and assumptions")]
    first = re.sub(r"^#(#+) ", r"\1 ", parts[0], flags=re.MULTILINE)  # a level up: the page's title
    return "\n\n".join([first, *parts[1:]]) + "\n"


def _readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def _section(markdown: str, title: str) -> str:
    """A section of the README."""
    found = re.search(rf"^## {title}\n.*?(?=^## |\Z)", markdown, re.MULTILINE | re.DOTALL)
    assert found, f"the README has no section {title}"
    return _without_links(found[0])


# -- rules -----------------------------------------------------------------------------------------


def _rule_table() -> str:
    data = rules_as_data(shipped_book())
    tables: dict[str, list[dict[str, Any]]] = {}
    for rule in data["rules"]:
        tables.setdefault(rule["table"], []).append(rule)
    parts = [
        "# The table of rules",
        f"derivex comes with {len(data['rules'])} rules and {len(data['functions'])} functions. "
        "Stored derivations cite the rules by the names in the first column.",
    ]
    for table, rules in tables.items():
        rows = "\n".join(map(_rule_row, rules))
        parts += [
            f"## {table}",
            "`````{raw} html\n<table class='docutils'>\n<thead><tr><th>rule</th><th>what it says"
            f"</th></tr></thead>\n<tbody>\n{rows}\n</tbody></table>\n`````",
        ]
    return "\n\n".join(parts) + "\n"


_ARROWS = {"equivalent equations": "⇔", "implied equation": "⇒", "misconception": "≠"}


def _rule_row(rule: dict[str, Any]) -> str:
    lines = [f"<em>{escape(rule['phrase'])}</em>"]
    arrow = _ARROWS.get(rule["judgement"], "→")
    for form in rule["forms"]:
        when = f" where {', '.join(form['conditions'])}" if form["conditions"] else ""
        lines.append(
            f"<code>{escape(form['before'])}</code> {arrow} <code>{escape(form['after'])}</code>"
            + escape(when)
        )
    if not rule["forms"]:
        lines.append(escape(f"a procedure, on {', '.join(rule['works_on'])}"))
    return f"<tr><td>{escape(rule['name'])}</td><td>{'<br>'.join(lines)}</td></tr>"


def _conditions() -> str:
    listed = (f"- `u {kind.words}{' v' if kind.binary else ''}`" for kind in VOCABULARY.values())
    return "\n".join(listed) + "\n"


# -- formats ---------------------------------------------------------------------------------------


def _formats() -> str:
    rows = [f"| `{each.name}` | {', '.join(each.suffixes)} |" for each in FORMATS.values()]
    return "\n".join(["| `--format` | endings of file names |", "|---|---|", *rows]) + "\n"


# -- the library -----------------------------------------------------------------------------------


def _other_names() -> str:
    """The public names that no page speaks of."""
    said = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    left = [
        name
        for name in derivex.__all__
        if name != "__version__"
        and f"derivex.{name}\n" not in said
        and not hasattr(derivex.errors, name)
    ]
    if not left:
        return ""
    listed = "\n".join(
        f".. autoclass:: derivex.{name}\n   :members:"
        if isinstance(getattr(derivex, name), type)
        else f".. autofunction:: derivex.{name}"
        for name in left
    )
    return f"## More\n\n```{{eval-rst}}\n{listed}\n```\n"


# -- JSON ------------------------------------------------------------------------------------------


def _kinds() -> str:
    """Every kind of document with its fields, as the schema describes them."""
    schema = derivex.json_schema()
    parts = []
    for each in schema["oneOf"]:
        name = each["$ref"].rpartition("/")[2]
        definition = schema["$defs"][name]
        rows = [
            f"| `{field}` | {_meaning(about, schema)} |"
            for field, about in definition["properties"].items()
            if field not in _COMMON
        ]
        kind = definition["properties"]["kind"]["const"]
        table = "\n".join(["| field | what it is |", "|---|---|", *rows])
        parts += [f"### {kind}", definition["description"], table]
    return "\n\n".join(parts) + "\n"


_COMMON = {"version", "kind", "declarations", "notes", "fingerprint", "nodes"}


def _meaning(about: dict[str, Any], schema: dict[str, Any]) -> str:
    told = about.get("description", "")
    if not told and "$ref" in about:
        told = schema["$defs"][about["$ref"].rpartition("/")[2]]["description"]
    if not told and about.get("items", {}).get("$ref", "").endswith("/node"):
        told = "Numbers of nodes."
    return told.replace("|", "\\|")
