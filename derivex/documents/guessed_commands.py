r"""Commands that a stretch of LaTeX uses and does not define: \p for \partial, \th for \theta.

They stand in a part of the document that is not at hand.  What can only be one thing is read as
that, and told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from derivex.errors import ReadError
from derivex.notation.characters import GREEK_LETTERS, GREEK_NAMES
from derivex.notation.latex import Macros, latex_source, read_macros
from derivex.notation.lexer import words_of

__all__ = ["NO_GUESSES", "guessed_commands", "with_guesses"]

NO_GUESSES: Mapping[str, str] = MappingProxyType({})
"""Where all commands are known."""

_FRACTION = re.compile(
    r"\\[dtc]?frac\s*\{\s*(?P<command>\\[a-zA-Z]{1,3})(?![a-zA-Z])[^{}]*"
    r"\}\s*\{\s*(?P=command)(?![a-zA-Z])"
)
_COMMAND = re.compile(r"\\[a-z]{2,5}(?![a-zA-Z])")
_LETTERS = frozenset(GREEK_LETTERS.values())
_OPERATORS = (
    ("trace", "tr"), ("tr", "tr"), ("diag", "diag"), ("sgn", "sign"), ("sign", "sign"),
    ("sigmoid", "sigmoid"), ("softmax", "softmax"), ("relu", "relu"), ("erf", "erf"),
)  # fmt: skip
_USUAL = {
    **{
        f"\\{name}": rf"\operatorname{{{meaning}}}"
        for written, meaning in _OPERATORS
        for name in (written, written.capitalize(), "ReLU" if written == "relu" else written)
    },
    r"\T": r"\top",
    r"\norm": r"\lVert #1 \rVert",
    r"\abs": r"\lvert #1 \rvert",
}
"""Commands that many people define in the same way."""
_ANY = re.compile(r"\\[a-zA-Z]+")
_MOST = 20  # commands that are looked at


def guessed_commands(text: str, macros: Macros) -> dict[str, str]:
    r"""The commands that are known neither to LaTeX nor to the document, and what they must be.

    >>> found = guessed_commands(r"\frac{\p f}{\p x} = \cos \lamb", Macros())
    >>> sorted(found.items())
    [('\\lamb', '\\lambda'), ('\\p', '\\partial')]
    >>> guessed_commands(r"\Tr(A)", Macros())
    {'\\Tr': '\\operatorname{tr}'}
    """
    found: dict[str, str] = {}
    for command in dict.fromkeys(each["command"] for each in _FRACTION.finditer(text)):
        if len(found) < _MOST and _is_unknown(command, macros):
            found[command] = r"\partial"
    for command in dict.fromkeys(_ANY.findall(text)):
        if command in _USUAL and _is_unknown(command, macros):
            found[command] = _USUAL[command]
    for command in list(dict.fromkeys(_COMMAND.findall(text)))[:_MOST]:
        letters = [each for each in _LETTERS if each.startswith(command[1:])]
        if len(letters) == 1 and command not in found and _is_unknown(command, macros):
            found[command] = f"\\{letters[0]}"
    return found


def with_guesses(guesses: Mapping[str, str], macros: Macros) -> Macros:
    """The author's commands, and those that were guessed."""
    if not guesses:
        return macros
    text = "".join(
        rf"\newcommand{{{name}}}{'[1]' if '#1' in meaning else ''}{{{meaning}}}"
        for name, meaning in guesses.items()
    )
    return read_macros(text, macros)


def _is_unknown(command: str, macros: Macros) -> bool:
    """Whether a command is refused, or taken for a name of its own."""
    written = f"{command} x"
    try:
        words = words_of(latex_source(written, 0, len(written), macros))
    except ReadError as error:
        return "command that I do not know" in error.message
    first = words[0]  # \cos has a meaning of its own: it is a function that is spelled out
    return first.kind != "NAME" and first.text == command[1:] and first.text not in GREEK_NAMES
