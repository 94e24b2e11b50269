"""Sheets in Markdown, read as a whole."""

from __future__ import annotations

from derivex.rendering.sheet_markdown import sheet_markdown
from derivex.rendering.sheet_parts import FORMS_IN_WORDS
from derivex.sheets import FORMS
from tests.rendering.sheets import equation_sheet, long_sheet

SHEET = r"""# Two equations

**Exercise 1.** Solve for $a$ and $b$.

$$
\begin{aligned}
\text{(1)} && 6a - b + 1 &= 0 \\
 && a &= \boxed{\,1\,} && \text{solve (1) for a}
\end{aligned}
$$

$$
\begin{aligned}
\text{(2)} && 2b - a &= 0 \\
 && b &= \frac{a}{2} && \boxed{\,2\,}
\end{aligned}
$$

**1.** ________

**2.** ________
"""


def test_a_sheet_has_numbered_boxes_and_a_line_for_each() -> None:
    assert sheet_markdown(equation_sheet()) == SHEET


def test_the_key_is_the_sheet_filled_in_with_green() -> None:
    key = sheet_markdown(equation_sheet(), key=True)
    filled = (
        SHEET.replace(r"\boxed{\,1\,}", r"{\color{green}{\frac{b - 1}{6}}}")
        .replace(r"\boxed{\,2\,}", r"{\color{green}{\text{solve (2) for b}}}")
        .replace("**1.** ________", "**1.** (b − 1)/6")
        .replace("**2.** ________", "**2.** solve (2) for b")
    )
    assert key == filled


def test_the_prose_of_the_lesson_gives_the_title() -> None:
    written = sheet_markdown(long_sheet())
    assert written.startswith("# The chain rule\n\nFill in *what is missing*.\n\n**Exercise 1.**")
    assert written.count("# The chain rule") == 1


def test_there_are_words_for_every_form() -> None:
    assert tuple(FORMS_IN_WORDS) == FORMS
