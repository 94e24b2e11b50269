r"""Reading LaTeX: tokens, an author's macros, and the translation into the text notation."""

from derivex.notation.latex.macros import Macro, Macros, read_macros
from derivex.notation.latex.source import LatexSource
from derivex.notation.latex.tokens import Token, environment_of, latex_tokens
from derivex.notation.latex.translator import latex_source

__all__ = [
    "LatexSource",
    "Macro",
    "Macros",
    "Token",
    "environment_of",
    "latex_source",
    "latex_tokens",
    "read_macros",
]
