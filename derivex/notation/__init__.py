"""The notation: text and LaTeX to the written tree and back.

One reader for what people type and for LaTeX, which :mod:`derivex.notation.latex` writes down as
text first; and writers for both.
"""

from derivex.notation.alternatives import alternatives
from derivex.notation.array_declarations import (
    declaration_text,
    is_array_declaration,
    read_array,
    read_arrays,
    speaks_of_arrays,
)
from derivex.notation.array_functions import ARRAY_FUNCTIONS
from derivex.notation.definitions import Definition, read_definition
from derivex.notation.latex_writer import LatexWriter
from derivex.notation.lexer import Source, is_latex, source_of, words_of
from derivex.notation.scope import Reading, Scope
from derivex.notation.statements import (
    read_assignments,
    read_components,
    read_condition,
    read_names,
    read_relation,
    read_text,
    refuse_called,
)
from derivex.notation.sympy_writer import SympyWriter
from derivex.notation.text_writer import TextWriter

__all__ = [
    "ARRAY_FUNCTIONS",
    "Definition",
    "LatexWriter",
    "Reading",
    "Scope",
    "Source",
    "SympyWriter",
    "TextWriter",
    "alternatives",
    "declaration_text",
    "is_array_declaration",
    "is_latex",
    "read_array",
    "read_arrays",
    "read_assignments",
    "read_components",
    "read_condition",
    "read_definition",
    "read_names",
    "read_relation",
    "read_text",
    "speaks_of_arrays",
    "refuse_called",
    "source_of",
    "words_of",
]
