"""Checked documents as pages: HTML, and LaTeX that pdflatex sets.

Both show the document line by line with its marks, and below a line what is said about it.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from derivex.rendering.checked import (
    MARKS,
    closing,
    findings_of,
    gravest,
    lines_by_number,
    summary,
)

__all__ = ["html_page", "latex_page"]

Checked = tuple[Mapping[str, Any], str]
"""A file as it stands in the JSON of ``derivex check``, and its text."""

_CLASSES = {verdict: verdict.replace(" ", "-") for verdict in MARKS}

_STYLE = """\
:root {
  color-scheme: light dark;
  background: light-dark(#fdfdfb, #16171a);
  color: light-dark(#1b1c1f, #e6e6e2);
}
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font-family: system-ui, sans-serif;
  overflow-wrap: anywhere; }
ol { list-style: none; padding: 0; font-family: ui-monospace, monospace; }
li { display: grid; grid-template-columns: 1.5rem 3.5rem minmax(0, 1fr); white-space: pre-wrap; }
.number, .aside { color: light-dark(#595959, #b0b0b0); }
.number { text-align: right; padding-right: 1rem; }
.said { grid-column: 3; font-family: system-ui, sans-serif; margin: 0.2rem 0 0.4rem 1.5rem; }
.wrong { color: light-dark(#b00020, #ff9aa8); }
.unreadable { color: light-dark(#7b1fa2, #d9a6ea); }
.undecided, .outside-the-domain { color: light-dark(#7a5200, #f0c060); }
.tested, .proven, .right { color: light-dark(#1b6e20, #8fd694); }
"""


def html_page(documents: Sequence[Checked]) -> str:
    """A page of its own, readable without colours: every mark has its word."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<title>Checked derivations</title>",
        f"<style>\n{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        "<h1>Checked derivations</h1>",
    ]
    if len(documents) > 1:
        parts.append(f"<p>{html.escape(closing([record for record, _ in documents]))}</p>")
    for record, source in documents:
        parts.append("<section>")
        parts.append(f"<h2>{html.escape(record['name'] or 'derivation')}</h2>")
        if record.get("error"):
            parts.append(f'<p class="wrong">{html.escape(record["error"])}</p>')
        else:
            parts.append(f"<p>{html.escape(summary(record))}</p>")
            parts.append("<ol>")
            parts.extend(_html_lines(record, source))
            parts.append("</ol>")
        parts.append("</section>")
    return "\n".join([*parts, "</main>", "</body>", "</html>"]) + "\n"


def _html_lines(record: Mapping[str, Any], source: str) -> Iterator[str]:
    for number, line, found in _annotated(record, source):
        verdict = gravest(found)
        mark = ""
        if verdict is not None:
            mark = (
                f'<span class="{_CLASSES[verdict]}" role="img" aria-label="{verdict}" '
                f'title="{verdict}">{MARKS[verdict][0]}</span>'
            )
        shown = html.escape(line) if found else f'<span class="aside">{html.escape(line)}</span>'
        said = "".join(
            f'<p class="said {_html_class(each, style)}">{html.escape(text)}</p>'
            for each in found
            for text, style in findings_of(each)
        )
        yield (
            f'<li><span>{mark}</span><span class="number">{number}</span>'
            f"<code>{shown}</code>{said}</li>"
        )


def _html_class(line: Mapping[str, Any], style: str) -> str:
    if style == "green":
        return "right"
    return _CLASSES[line["verdict"]] if "dim" not in style else "aside"


_LATEX_HEAD = r"""\documentclass{article}
\usepackage[utf8]{inputenc}
\usepackage{amssymb}
\usepackage{xcolor}
\usepackage[margin=2.5cm]{geometry}
\setlength{\parindent}{0pt}
\definecolor{wrong}{HTML}{B00020}
\definecolor{unreadable}{HTML}{7B1FA2}
\definecolor{undecided}{HTML}{7A5200}
\definecolor{right}{HTML}{1B6E20}
\definecolor{aside}{HTML}{6B6B6B}
\newcommand{\checkedline}[4]{\hangindent=4em\hangafter=1
  \makebox[1.5em][l]{#1}\makebox[2.5em][l]{\small\color{aside}#2}{\ttfamily\color{#3}#4}\par}
\newcommand{\checkedsays}[2]{{\leftskip=5.5em\small\color{#1}#2\par}}
\begin{document}
"""

_LATEX_MARKS = {
    "wrong": r"\color{wrong}$\times$",
    "unreadable": r"\color{unreadable}$\dots$",
    "undecided": r"\color{undecided}?",
    "outside the domain": r"\color{undecided}!",
    "tested": r"\color{right}$\checkmark$",
    "proven": r"\color{right}$\checkmark$",
    "definition": r"$\cdot$",
}
_LATEX_COLOURS = {
    "wrong": "wrong",
    "unreadable": "unreadable",
    "undecided": "undecided",
    "outside the domain": "undecided",
}


def latex_page(documents: Sequence[Checked]) -> str:
    """A LaTeX document that shows the documents as they are typed, with their marks."""
    parts = [_LATEX_HEAD]
    for record, source in documents:
        parts.append(rf"\section*{{{_typed(record['name'] or 'derivation')}}}")
        if record.get("error"):
            parts.append(rf"\checkedsays{{wrong}}{{{_typed(record['error'])}}}")
            continue
        parts.append(rf"{_typed(summary(record))}\par\medskip")
        for number, line, found in _annotated(record, source):
            verdict = gravest(found)
            mark = _LATEX_MARKS[verdict] if verdict else ""
            colour = "black" if found else "aside"
            parts.append(rf"\checkedline{{{mark}}}{{{number}}}{{{colour}}}{{{_typed(line)}}}")
            for each in found:
                for text, style in findings_of(each):
                    shade = "right" if style == "green" else _LATEX_COLOURS.get(each["verdict"])
                    shade = "aside" if shade is None or "dim" in style else shade
                    parts.append(rf"\checkedsays{{{shade}}}{{{_typed(text)}}}")
        parts.append(r"\medskip")
    return "\n".join([*parts, r"\end{document}"]) + "\n"


def _annotated(
    record: Mapping[str, Any], source: str
) -> Iterator[tuple[int, str, list[Mapping[str, Any]]]]:
    by_number = lines_by_number(record)
    for number, line in enumerate(source.rstrip().split("\n"), 1):
        yield number, line.rstrip(), by_number.get(number, [])


_TYPED = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": "$<$",
    ">": "$>$",
    "|": "$|$",
    '"': "''",
    " ": "\\ ",
    "\t": "\\ \\ ",
    "·": r"\textperiodcentered{}",
    "−": "$-$",
    "≈": r"$\approx$",
    "≠": r"$\neq$",
    "≤": r"$\leq$",
    "≥": r"$\geq$",
    "∂": r"$\partial$",
    "Σ": r"$\Sigma$",
    "√": r"$\surd$",
    "∇": r"$\nabla$",
    "⇒": r"$\Rightarrow$",
    "⇔": r"$\Leftrightarrow$",
    "→": r"$\rightarrow$",
    "…": r"\dots{}",
    "“": "``",
    "”": "''",
    "’": "'",
    "—": "---",
}


def _typed(text: str) -> str:
    """Text as LaTeX sets it character by character; what it has no sign for is spelled."""
    from derivex.notation.characters import plain_name

    found: list[str] = []
    for character in text:
        known = _TYPED.get(character)
        if known is not None:
            found.append(known)
        elif character.isascii():
            found.append(character if character.isprintable() else "?")
        else:
            found.append(_typed_letter(character, plain_name(character)))
    return "".join(found)


def _typed_letter(character: str, name: str) -> str:
    from unicodedata import normalize

    if name != character and name.isascii():
        return rf"$\{name}$" if name.isalpha() else name
    plain = normalize("NFKD", character)
    if plain.isascii():
        raised = character in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁱⁿ"
        lowered = "₀" <= character <= "ₜ" or character in "ᵢᵣᵤᵥⱼ"
        return f"$^{{{plain}}}$" if raised else f"$_{{{plain}}}$" if lowered else plain
    return {"⁻": "$^{-}$"}.get(character, "?") if character not in "äöüÄÖÜßéèáàç" else character
