r"""Sheets in LaTeX with the exam class: sheet and key are one source with one switch.

Every blank is a ``\fillin`` with its answer; ``\printanswers`` fills them in, in colour.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from derivex.expression import Equation
from derivex.notation import LatexWriter
from derivex.rendering.latex_aligned import A4_ROOM, AlignedRow, aligned, side_by_side
from derivex.rendering.latex_breaking import set_width
from derivex.rendering.latex_metrics import text_width
from derivex.rendering.latex_prose import prose_as_latex
from derivex.rendering.latex_text import latex_text
from derivex.rendering.pdf import pdf_of
from derivex.rendering.sheet_parts import functions_of
from derivex.sheets import Blank, BlankKind, Exercise, Sheet, SheetRow

__all__ = ["sheet_latex", "sheet_pdf"]

_PREAMBLE = r"""\documentclass[a4paper,11pt,addpoints]{exam}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{textcomp}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\usepackage[margin=25mm]{geometry}
\usepackage{amsmath,amssymb,array,xcolor,graphicx}
\usepackage[hidelinks]{hyperref}
\allowdisplaybreaks
\emergencystretch=3em
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt plus 2pt minus 1pt}
\renewcommand{\arraystretch}{1.25}
\footer{}{\thepage/\numpages}{}
\pointformat{\bfseries(\thepoints)}
\unframedsolutions
% What is filled in has a colour.
\definecolor{filled}{HTML}{0A7D28}
\CorrectChoiceEmphasis{\color{filled}}
% \blank{number}{width}{answer}: an answer that is wider than its line is made smaller, and the
% line stands below an answer that reaches deep.
\newsavebox{\filledin}
\newcommand{\blank}[3]{\ensuremath{\underset{\text{\tiny(#1)}}{\text{\rule{0pt}{3.4ex}%
  \sbox{\filledin}{\color{filled}#3}%
  \ifdim\wd\filledin>#2\sbox{\filledin}{\resizebox{#2}{!}{\usebox{\filledin}}}\fi
  \setlength{\answerclearance}{\dimexpr\dp\filledin+0.4ex}%
  \fillin[\usebox{\filledin}][#2]}}}}
"""
_SWITCH = (
    "\\noprintanswers % \\printanswers makes this sheet its key\n",
    "\\printanswers % \\noprintanswers makes this key its sheet\n",
)
_NARROWEST, _WIDEST = 40.0, 300.0  # points at a size of 10, of the line of a blank
_REASON = 140.0  # the same for every reason, so that the length of the line tells nothing
_MARGIN = 1.2  # of the width of the answer, so that handwriting has room
_LIST_MARGIN = 26.0  # by which the exam class sets questions in
_PLACE = re.compile(r"\\text\{Q(\d+)Qm+\}|Q(\d+)Qm+")


def sheet_latex(sheet: Sheet, key: bool = False) -> str:
    """A sheet, or its key, as a document for the exam class.

    Args:
        sheet: the sheet, with its answers.
        key: whether the answers are printed; nothing else is different.
    """
    page = _Page(sheet)
    heading = rf"{{\centering\LARGE\bfseries {latex_text(sheet.title)}\par}}"
    name = r"\vspace{4pt}\makebox[\linewidth]{Name:\enspace\hrulefill}"
    return (
        f"{_PREAMBLE}{_SWITCH[key]}\\begin{{document}}\n\n{heading}\n\n{name}\n\n"
        f"{page.body()}\n\n\\end{{document}}\n"
    )


def sheet_pdf(sheet: Sheet, key: bool = False) -> bytes:
    """A sheet, or its key, as a PDF.

    Raises:
        ProblemError: there is no pdflatex, or it does not come to an end.
    """
    return pdf_of(sheet_latex(sheet, key))


class _Page:
    """Writes the items of a sheet.

    While the rows are laid out, a word as wide as its line stands for each blank; the blank
    itself takes its place after that.
    """

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        functions = functions_of(sheet)
        self.plain = LatexWriter(functions)
        self.answers = {blank.number: self._answer(blank) for blank in sheet.blanks}
        self.writer = LatexWriter(functions, self._place)

    def body(self) -> str:
        parts: list[str] = []
        asked = False
        for item in self.sheet:
            if isinstance(item, Exercise):
                if not asked:
                    parts.append(r"\begin{questions}")
                asked = True
                parts.append(self._exercise(item))
            else:
                prose = prose_as_latex(item.markdown, self.sheet.title)
                parts.append(rf"\fullwidth{{{prose}}}" if asked else prose)
        if asked:
            parts.append(r"\end{questions}")
        return "\n\n".join(part for part in parts if part)

    def _exercise(self, exercise: Exercise) -> str:
        worth = sum(self.sheet.blank(number).points for number in exercise.blanks)
        room = A4_ROOM - _LIST_MARGIN
        columns = [self._rows(exercise, column) for column in exercise.columns]
        laid_out = aligned(columns[0], room) if len(columns) == 1 else side_by_side(columns, room)
        formulas = _PLACE.sub(self._filled, laid_out)
        task = prose_as_latex(exercise.task)
        points = f"[{worth}]" if worth else ""
        return f"\\question{points} {task}\n{formulas}"

    def _rows(self, exercise: Exercise, column: Sequence[SheetRow]) -> list[AlignedRow]:
        if exercise.kind == "equations":
            return [self._equation(row) for row in column]
        rows: list[AlignedRow] = []
        left = ""
        for row in column:
            formula, says = self.writer.write(row.shown), self._says(row)
            if not row.relation:
                left = formula
                if not says and len(column) > 1:
                    continue
                rows.append(AlignedRow(left, "", says, row.label))
            else:
                sign = r"\Rightarrow" if row.relation == "⇒" else row.relation
                rows.append(AlignedRow(left, f"{sign} {formula}", says, row.label))
            left = ""
        return rows

    def _equation(self, row: SheetRow) -> AlignedRow:
        if type(row.shown) is Equation and Equation not in map(type, row.shown.args):
            left, right = (self.writer.write(side) for side in row.shown.args)
            return AlignedRow(left, f"= {right}", self._says(row), row.label)
        return AlignedRow(self.writer.write(row.shown), "", self._says(row), row.label)

    def _says(self, row: SheetRow) -> str:
        return row.says if row.says_blank is None else self._word(row.says_blank)

    # -- blanks --------------------------------------------------------------------------------

    def _answer(self, blank: Blank) -> tuple[str, float]:
        """What is filled in, as text, and how wide the line is that it stands on."""
        if blank.kind is BlankKind.RULE:
            return latex_text(blank.says), _REASON
        if blank.answer is not None:
            formula = self.plain.write(blank.answer)
            answer, width = rf"$\displaystyle {formula}$", set_width(formula)
        else:
            answer, width = "", 0.0
        return answer, min(max(_MARGIN * width, _NARROWEST), _WIDEST)

    def _word(self, number: int) -> str:
        """A word that is as wide as a blank."""
        mark = f"Q{number}Q"
        more = (self.answers[number][1] - text_width(mark)) / text_width("m")
        return mark + "m" * max(1, round(more))

    def _place(self, number: int) -> str:
        return rf"\text{{{self._word(number)}}}"

    def _filled(self, found: re.Match[str]) -> str:
        number = int(found[1] or found[2])
        answer, width = self.answers[number]
        return rf"\blank{{{number}}}{{{width / 10:.1f}em}}{{{answer}}}"
