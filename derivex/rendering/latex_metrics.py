"""How wide LaTeX sets the signs of a formula, in points at a size of 10 points.

The numbers are those of the Computer Modern fonts (cmr10, cmmi10 and cmsy10; Latin Modern has the
same), the width of each character with its italic correction.
"""

from __future__ import annotations

import string

__all__ = [
    "COMMAND_WIDTHS",
    "DELIMITERS",
    "LETTER_WIDTHS",
    "SIZES",
    "SPACES",
    "size_for",
    "text_width",
]

_ITALIC_LOWER = (
    "529 429 433 520 466 597 513 576 345 469 552 318 878 600 485 503 482 479 469 361 572 521 743 "
    "572 526 509"
)
_ITALIC_UPPER = (
    "750 809 786 856 796 782 786 912 518 651 921 681 1079 912 791 781 791 767 671 723 792 806 1083 "
    "907 803 754"
)
_ROMAN_LOWER = (
    "500 556 444 556 444 383 514 556 278 306 528 278 833 556 500 556 528 392 394 389 556 542 736 "
    "528 542 444"
)
_ROMAN_UPPER = (
    "750 708 722 764 681 653 785 750 361 514 778 625 917 750 778 681 778 736 556 722 750 764 1042 "
    "750 775 611"
)


def _table(letters: str, widths: str) -> dict[str, float]:
    return {letter: int(width) / 100 for letter, width in zip(letters, widths.split(), strict=True)}


LETTER_WIDTHS: dict[str, float] = {
    **_table(string.ascii_lowercase, _ITALIC_LOWER),
    **_table(string.ascii_uppercase, _ITALIC_UPPER),
    **dict.fromkeys(string.digits, 5.0),
    **dict.fromkeys("()", 3.89),
    **dict.fromkeys(",.;:![]|'", 2.78),
    **dict.fromkeys("+-=<>", 7.78),
    **dict.fromkeys("/*?", 5.0),
}
"""Characters in mathematics."""

_ROMAN: dict[str, float] = {
    **_table(string.ascii_lowercase, _ROMAN_LOWER),
    **_table(string.ascii_uppercase, _ROMAN_UPPER),
    **dict.fromkeys(string.digits, 5.0),
    " ": 3.5,
}

_GREEK = (
    "alpha 643 beta 618 gamma 573 delta 482 epsilon 406 zeta 511 eta 532 theta 497 iota 354 "
    "kappa 576 lambda 583 mu 603 nu 558 xi 484 pi 606 rho 517 sigma 607 tau 550 upsilon 576 "
    "phi 596 chi 626 psi 687 omega 658 varepsilon 466 vartheta 591 varpi 856 varrho 517 "
    "varsigma 443 varphi 654 Gamma 625 Delta 833 Theta 778 Lambda 694 Xi 667 Pi 750 Sigma 722 "
    "Upsilon 778 Phi 722 Psi 778 Omega 722"
)
_SIGNS = (
    "partial 586 ell 417 cdot 278 ast 500 infty 1000 nabla 833 in 667 to 1000 Rightarrow 1000 "
    "Leftrightarrow 1000 | 500 { 500 } 500 langle 389 rangle 389 cup 667 cap 667 top 778 "
    "dots 1170 ldots 1170 cdots 1170 surd 833 times 778 iff 1560 implies 1560"
)
_FUNCTION_NAMES = (
    "arccos arcsin arctan cos cosh cot coth csc det exp lim ln log max min sec sin sinh tan tanh"
)


def text_width(text: str) -> float:
    """Upright text, such as the name of a function.

    >>> round(text_width("sin"), 1)
    12.3
    """
    return sum(_ROMAN.get(character, 5.6) for character in text)


def _pairs(text: str) -> dict[str, float]:
    words = text.split()
    return {name: int(width) / 100 for name, width in zip(words[::2], words[1::2], strict=True)}


COMMAND_WIDTHS: dict[str, float] = {
    **_pairs(_GREEK),
    **_pairs(_SIGNS),
    **{name: text_width(name) for name in _FUNCTION_NAMES.split()},
    "sum": 14.5,
    "prod": 12.8,
    "int": 10.0,
}
"""Commands without an argument; signs that are not here have the width of a +."""

SPACES: dict[str, float] = {",": 1.67, ":": 2.22, ";": 2.78, "!": -1.67, " ": 3.33, "quad": 10.0,
                            "qquad": 20.0}  # fmt: skip
"""Commands that leave room."""

DELIMITERS = ((10.0, 3.9, ""), (12.5, 4.6, "big"), (18.5, 6.0, "Big"), (24.5, 7.4, "bigg"),
              (30.5, 8.0, "Bigg"), (float("inf"), 8.8, "Bigg"))  # fmt: skip
"""Up to which height of what is inside a bracket has which width, and how its size is called."""

# Small fonts are wider than their size tells, and large brackets do not become smaller.
SIZES = ((1.0, ""), (0.95, r"\small"), (0.89, r"\footnotesize"), (0.84, r"\scriptsize"),
         (0.76, r"\tiny"))  # fmt: skip
"""The sizes that are tried for what is too wide: by what the widths shrink, and the command."""


def size_for(width: float, room: float) -> str:
    """The command for the largest size in which there is room; "" for the usual one.

    >>> size_for(100, 200), size_for(100, 98)
    ('', '\\\\small')
    """
    return next((command for by, command in SIZES if width * by <= room), SIZES[-1][1])
