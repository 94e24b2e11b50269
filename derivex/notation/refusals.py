"""Words that can be named but not read, each with what to do instead."""

from __future__ import annotations

from derivex.errors import ReadError
from derivex.notation.lexer import Source, Word

__all__ = [
    "CASE_WORDS",
    "INFINITIES",
    "RESERVED",
    "refuse_array_function",
    "refuse_infinity",
    "refuse_name",
    "refuse_relation",
    "refuse_word",
]

CASE_WORDS = {
    "if": "IF",
    "then": "THEN",
    "else": "ELSE",
    "otherwise": "ELSE",
    "and": "AND",
    "or": "OR",
}
"""The words of a case distinction, with the kind of piece that each of them is."""
INFINITIES = frozenset(("oo", "inf", "infinity"))
"""How ∞ is typed where none of these is declared as a name."""
_NOT_A_NUMBER = "stands for no number, so nothing can be differentiated here"

RESERVED: dict[str, str] = {
    **{name: f"{name} {_NOT_A_NUMBER}" for name in ("None", "nan", "NaN", "zoo", "undefined")},
    **{name: f"{name} is a truth value, not an expression" for name in ("True", "False")},
}
"""Words that cannot be names unless they are declared, with what to say about them."""

_ONE_SIDE = "give one side of it; y as a function of x from an equation: derivex implicit"
_SYMBOLS: dict[str, tuple[str, str]] = {
    "‘": ("‘ cannot be read here", "write ' for a prime: f'(x)"),
    "`": ("` cannot be read here", "write ' for a prime: f'(x)"),
    "\\": ("a backslash begins a LaTeX command, and this is read as plain text",
           "write sin(x), a/b, sqrt(x), theta without the backslash"),
    "%": ("% is not an operator here", "write p/100 for p percent"),
    "&": ("& is not an operator here", "write one expression at a time"),
    ";": ("a semicolon cannot be part of an expression", "give one expression at a time"),
    ":": ("a colon cannot be part of an expression", "write / for a division"),
    "_": ("a name cannot begin or end with an underscore", "write a letter before it: a_i, x_1"),
    '"': ("a quotation mark cannot be part of a formula", "leave the quotation marks out"),
    ".": ("a point cannot stand here", "write 0.5, 2*x, and w·x or w^T x for a dot product"),
    "±": ("± stands for two expressions", "give one of them at a time"),
    "\u0304": ("a bar can stand only over one letter", "write mean(…)"),
}  # fmt: skip
_DOUBLES: dict[str, tuple[str, str]] = {
    "==": ("== is not an operator here", "an equation, or a condition, has one =: x = 2"),
    "//": ("// is not an operator here", "write / for a division, and sqrt or ^ for roots"),
    "&&": ("&& is not an operator here", "between two conditions write: and"),
    ":=": (":= cannot be part of an expression", "a definition has one ="),
}


def refuse_array_function(source: Source, name: str, start: int, end: int) -> ReadError:
    """The error for tr(A) where no vector or matrix is declared."""
    return source.error(
        f"{name} is a function of vectors and matrices, and none is declared here",
        start,
        end,
        'declare what it is of: --let "A: n by n"',
    )


def refuse_word(source: Source, word: Word) -> ReadError:
    """The error for a word that no expression can hold."""
    kind, text = word.kind, word.text
    if kind == "BAD_NUMBER":
        message = f"{text} is not a number"
        hint = "a decimal has one point, with digits after it: 1.5"
    elif kind == "DOTS":
        message = "the terms around the dots do not show how they go on"
        hint = "write w_1^2 + w_2^2 + ... + w_n^2, or sum(w_i^2, i = 1..n)"
    elif kind == "RANGE":
        message = "a range such as 1..n can stand only in a sum"
        hint = "write sum(u, i = 1..n)"
    elif kind == "ARROW":
        message = f"{text} joins the lines of a derivation and cannot be part of an expression"
        hint = "give one line at a time"
    elif kind == "EQUALS":
        message = "an equation, where one expression is expected"
        hint = _ONE_SIDE
    elif kind == "DOUBLE":
        message, hint = _DOUBLES.get(text, (f"{text} cannot be read here", "delete it"))
    elif text in ("“", "”", "„"):
        message, hint = _SYMBOLS['"']
    else:
        message, hint = _SYMBOLS.get(
            text, (f"the character {text} cannot be read here", "see --help for the notation")
        )
    return source.error(message, word.start, word.end, hint)


def refuse_name(source: Source, word: Word) -> ReadError:
    """The error for a word that is reserved."""
    hint = "declare it first if it is meant as a name"
    return source.error(RESERVED[word.text], word.start, word.end, hint)


def refuse_infinity(source: Source, start: int, end: int) -> ReadError:
    """The error for an ∞ that something is calculated with."""
    return source.error(
        "∞ is not a number, so nothing can be calculated with it",
        start,
        end,
        "it can be where a limit goes, what it comes to, or a bound of a sum or an integral",
    )


def refuse_relation(source: Source, text: str, start: int, end: int) -> ReadError:
    """The error for a relation that does not stand in a condition."""
    if text == "=":
        message = "an equation, where one expression is expected"
        hint = _ONE_SIDE
    elif text == "≈":
        message = "≈ cannot be read"
        hint = "write = or one of <, <=, >, >="
    else:
        message = f"{text} (a relation) can stand only in a condition"
        hint = "give one side at a time, or write: if x > 0 then … else …"
    return source.error(message, start, end, hint)
