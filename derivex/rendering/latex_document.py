"""A whole document in LaTeX: what pdflatex sets as it is."""

from __future__ import annotations

from derivex.notation import LatexWriter
from derivex.rendering.document import Document, Item, Prose, Statement
from derivex.rendering.latex import latex_block
from derivex.rendering.latex_aligned import A4_ROOM
from derivex.rendering.latex_prose import code_block, prose_as_latex
from derivex.rendering.latex_text import latex_text
from derivex.rendering.outline import Figure, Remark

__all__ = ["latex_document", "latex_page"]

_PREAMBLE = r"""\documentclass[a4paper,11pt]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{textcomp}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\usepackage[margin=25mm]{geometry}
\usepackage{amsmath,amssymb,array,xcolor}
\usepackage[hidelinks]{hyperref}
\makeatletter% for LaTeX from before 2022
\@ifundefined{mathcolor}{\newcommand{\mathcolor}[3][]{{\color[#1]{#2}#3}}}{}
\@endparpenalty=10000% what a statement leads to begins on its page
\makeatother
\allowdisplaybreaks
\emergencystretch=3em
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt plus 2pt minus 1pt}
\renewcommand{\arraystretch}{1.25}
"""


def latex_document(document: Document) -> str:
    """A document that begins with ``\\documentclass``."""
    writer = LatexWriter(document.functions)
    parts = [_item(item, writer, document) for item in document.items]
    if document.notes:
        notes = "\n".join(rf"\item {latex_text(note)}" for note in document.notes)
        parts.append(f"\\begin{{itemize}}\n{notes}\n\\end{{itemize}}")
    pictures = any(isinstance(item, Figure) and item.file for item in document.items)
    body = "".join(map(_after_a_gap, filter(None, parts)))
    return latex_page(document.title, body, ("graphicx",) if pictures else ())


def latex_page(title: str, body: str, packages: tuple[str, ...] = ()) -> str:
    """A document with a title, as plain text, and what stands below it, in LaTeX."""
    more = "".join(f"\\usepackage{{{name}}}\n" for name in packages)
    heading = rf"\section*{{\centering\LARGE {latex_text(title)}}}"
    return f"{_PREAMBLE}{more}\\begin{{document}}\n\n{heading}\n{body}\n\n\\end{{document}}\n"


def _after_a_gap(part: str) -> str:
    """A part with an empty line before it, unless it is a formula, which has its own room."""
    return ("\n" if part.startswith((r"\begin{align*}", "{", r"\[")) else "\n\n") + part


def _item(item: Item, writer: LatexWriter, document: Document) -> str:
    if isinstance(item, Prose):
        return prose_as_latex(item.markdown, document.title)
    if isinstance(item, Statement):
        return code_block(item.text)
    if isinstance(item, Remark) and item.failed:
        return rf"\textbf{{{latex_text(item.text)}}}"
    return latex_block(item, writer, A4_ROOM, document.highlight)
