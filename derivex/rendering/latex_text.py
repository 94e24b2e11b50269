r"""Sentences as LaTeX: the formulas in them become mathematics, every other character is escaped.

A sentence such as "x² + 1 ≥ 0, if θ₁ ≠ 0" holds formulas in the text notation.  What belongs to
one formula is found by its signs, and set as one piece of mathematics: $x^{2} + 1 \ge 0$.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from derivex.notation.characters import GREEK_LETTERS
from derivex.notation.spelling import GREEK, latex_name, without_bar

__all__ = ["escaped", "latex_text", "math_text"]

_ESCAPES = {
    "\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    **{character: "\\" + character for character in "{}$&#_%"},
}  # fmt: skip
_TEXT_SIGNS = {
    "“": "``", "”": "''", "‘": "`", "’": "'", "–": "--", "—": "---", "…": r"\dots{}",
    "\u00a0": "~", "\u202f": r"\,", "\u2009": r"\,", "•": r"\textbullet{}", "€": r"\texteuro{}",
    "£": r"\pounds{}", "§": r"\S{}", "©": r"\copyright{}", "\u2011": "-", "„": r"\quotedblbase{}",
    "\u200b": "", "\ufeff": "",
}  # fmt: skip
_MATH_SIGNS = {
    "−": "-", "≠": r"\neq", "≈": r"\approx", "≤": r"\le", "≥": r"\ge", "·": r"\cdot",
    "∂": r"\partial", "∇": r"\nabla", "→": r"\to", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow",
    "∞": r"\infty", "∈": r"\in", "∉": r"\notin", "∪": r"\cup", "∩": r"\cap", "⊂": r"\subset",
    "⊆": r"\subseteq", "×": r"\times", "÷": r"\div", "±": r"\pm", "∓": r"\mp", "⊙": r"\odot",
    "∑": r"\sum", "Σ": r"\sum", "∏": r"\prod", "Π": r"\prod", "∫": r"\int", "‖": r"\|",
    "⟨": r"\langle", "⟩": r"\rangle", "⟶": r"\longrightarrow", "↦": r"\mapsto",
    "←": r"\leftarrow", "↔": r"\leftrightarrow", "∀": r"\forall", "∃": r"\exists",
    "∅": r"\emptyset", "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}",
    "ℚ": r"\mathbb{Q}", "ℂ": r"\mathbb{C}", "′": "'",
    "″": "''", "…": r"\dots", "*": r"\cdot", "⁺": "^{+}", "°": r"^{\circ}", "∘": r"\circ",
    "≡": r"\equiv", "∝": r"\propto", "√": r"\surd", "ℓ": r"\ell", "∧": r"\wedge", "∨": r"\vee",
    "½": r"\tfrac{1}{2}", "¼": r"\tfrac{1}{4}", "¾": r"\tfrac{3}{4}", "≪": r"\ll", "≫": r"\gg",
    "𝟏": r"\mathbf{1}",
    "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$", "~": r"\sim",
    "^": r"\hat{}", "\\": r"\backslash",
}  # fmt: skip
_FUNCTIONS = frozenset(
    ("arccos", "arcsin", "arctan", "cos", "cosh", "cot", "coth", "csc", "det", "exp", "lim", "ln",
     "log", "max", "min", "sec", "sin", "sinh", "tan", "tanh")
)  # fmt: skip
# What makes a word part of a formula, whatever stands round it.
_STRONG = re.compile(
    "[=<>+*^_|−≠≈≤≥·∂∇→⇒⇔∞∈∪∩×÷±⊙∑Σ∏Π∫‖√∫⟨⟩′⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵀ₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ⁽⁾ⁱʲᵏˡᵐⁿ"
    "\u0304\u0305ȳāēīōūα-ωΑ-Ω]|[\\w)\\]]/[\\w(]"
)
_NO_FORMULA = re.compile(r"</?[a-z]\w*/?>|://|[A-Za-z]{2,}/[A-Za-z]{2,}|\+/-")
_WEAK = re.compile(r"[(\[{]*(?:[A-Za-z]|\d+(?:\.\d+)?(?:[A-Za-z]{1,2})?|[-/])[)\]}!]*")
_CALL = re.compile(r"[(\[{]*(?:[fgh]|" + "|".join(sorted(_FUNCTIONS)) + r")\(.*")
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_END = ",.;:?"  # what may stand after a formula and belongs to the sentence
_OPERATORS = frozenset("=+−-·/<>≤≥≠≈×")
_AFTER_NAMES = frozenset(("are", "depends", "has", "is", "may"))
_KEEPS_LETTER = {"for", "collect", "substitute", "by"}


def latex_text(text: str) -> str:
    r"""A sentence as LaTeX.

    >>> print(latex_text("divide both sides by 2x² a_1, if θ₁ ≠ −1"))
    divide both sides by $2x^{2} a_{1}$, if $\theta_{1} \neq -1$
    >>> print(latex_text("filling in z̄₁ & more"))
    filling in $\bar{z}_{1}$ \& more
    """
    return "".join(
        f"${_breakable(math_text(piece))}$" if formula else escaped(piece)
        for piece, formula in _pieces(text)
    )


_LONG = 14  # characters of a formula in a sentence that has to be able to break


def _breakable(formula: str) -> str:
    """A formula in a sentence; a long one may break after commas and between factors as well."""
    if len(formula) <= _LONG:
        return formula
    return _BREAKS.sub(lambda found: f"{found[0].rstrip()}\\allowbreak ", formula)


_BREAKS = re.compile(r", |(?<=[)}0-9]) (?=[(\\])(?!\\(?:n?eq|le|ge|in|to|approx)\b)")


def escaped(text: str) -> str:
    r"""Text in which nothing is a command of LaTeX's, and every character is one it knows.

    >>> print(escaped("50 % of a_1, “x²”"))
    50 \% of a\_1, ``x\ensuremath{^{2}}''
    """
    return "".join(map(_escaped_character, _with_bars(text)))


def _with_bars(text: str) -> Iterator[str]:
    """The characters, those with an accent that is a character of its own in one piece."""
    return (found.group() for found in re.finditer("\\w[\u0300-\u036f]+|.", text, re.DOTALL))


def _escaped_character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isascii():
        return character if character.isprintable() or character in "\n\t" else ""
    if character in _TEXT_SIGNS:
        return _TEXT_SIGNS[character]
    if character in _MATH_SIGNS:
        return rf"\ensuremath{{{_MATH_SIGNS[character]}}}"
    if _is_latin(character):
        return character
    mathematics = _math_character(character)
    if mathematics is not None:
        return rf"\ensuremath{{{mathematics}}}"
    apart = unicodedata.normalize("NFKC", character)
    if apart != character and all(each.isascii() or _is_latin(each) for each in apart):
        return escaped(apart)
    return "".join(rf"\texttt{{[U+{ord(each):04X}]}}" for each in character)


def _is_latin(character: str) -> bool:
    """Whether it is a letter for which LaTeX is set up: é, ß, ő."""
    composed = unicodedata.normalize("NFC", character)
    return len(composed) == 1 and "\u00c0" <= composed <= "\u017e" and composed not in "×÷ĿŀŉŦŧĦħĸ"


def _math_character(character: str) -> str | None:
    """A character in mathematics; None if it has no place there."""
    if character in _MATH_SIGNS:
        return _MATH_SIGNS[character]
    if without_bar(character)[1]:
        return latex_name(character)
    if character in GREEK_LETTERS:
        name = GREEK_LETTERS[character]
        if name in GREEK:
            return "\\" + name
        return "o" if name == "omicron" else rf"\mathrm{{{name[0].upper()}}}"
    kind, _, code = unicodedata.decomposition(character).partition(" ")
    if kind in ("<sub>", "<super>") and code:
        inner = chr(int(code, 16))
        raised = "_" if kind == "<sub>" else "^"
        if inner == "T" and kind == "<super>":
            inner = r"\top"
        return f"{raised}{{{'-' if inner == '−' else inner}}}"
    return None


# -- formulas ----------------------------------------------------------------------------------


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a sentence, each with whether it is a formula."""
    words = re.split(r"([ \n]+)", text)
    position = 0
    while position < len(words):
        end = _formula_end(words, position)
        if not end:
            yield words[position], False
            position += 1
            continue
        whole = "".join(words[position:end])
        formula, after = _without_end(whole)
        before = re.match(r"[“‘\"]*", formula)
        opening = before.group() if before else ""
        if opening:
            yield opening, False
        yield formula[len(opening) :], True
        if after:
            yield after, False
        position = end


def _without_end(formula: str) -> tuple[str, str]:
    """A formula without what belongs to the sentence after it, and that."""
    end = len(formula)
    while end and (formula[end - 1] in _END or formula[end - 1] in '”’"'):
        end -= 1
    body = formula[:end]
    while body and body[-1] in ")]}" and body.count(body[-1]) > body.count(_opening(body[-1])):
        body = body[:-1]
    opened = body[:1]
    if opened in _PAIRS and body.count(opened) > body.count(_PAIRS[opened]):
        return formula, ""
    return body, formula[len(body) :]


def _opening(closing: str) -> str:
    return next(opening for opening, other in _PAIRS.items() if other == closing)


def _formula_end(words: list[str], start: int) -> int:
    """Behind the last word of the formula that begins with a word; 0 if none does."""
    if not words[start].strip() or (words[start] in ("a", "A", "I") and not _is_name(words, start)):
        return 0
    end = position = start
    strong = depth = 0
    while position < len(words):
        word = words[position]
        if not word.strip():
            position += 1
            continue
        is_strong = bool(_STRONG.search(word)) and not _NO_FORMULA.search(word)
        fits = is_strong or bool(_WEAK.fullmatch(word.rstrip(_END))) or bool(_CALL.match(word))
        if end > start and words[end - 1] in _OPERATORS and word.strip("()[]" + _END).isalpha():
            fits = True  # after a sign stands what it belongs to
        if position > start and word in ("a", "A", "I") and not _is_name(words, position):
            fits = depth > 0
        if not fits and not (depth > 0 or word in _FUNCTIONS or word == ".."):
            break
        depth += sum(map(word.count, "([{")) - sum(map(word.count, ")]}"))
        strong += is_strong or bool(_CALL.match(word)) or word[:1] in "[{"
        position += 1
        end = position
        if depth <= 0 and word[-1] in _END:
            break
    if end == start or depth > 0 or not (strong or _stands_alone(words, start, end)):
        return 0
    return end


def _is_name(words: list[str], position: int) -> bool:
    """Whether a letter that is a word of English, too, is a name here."""
    before = words[position - 2] if position >= 2 else ""
    after = words[position + 2] if position + 2 < len(words) else ""
    if not after or before in _OPERATORS:
        return bool(before)
    if after[0] in "=<>+*/^−≠≈≤≥·→∈" or (after == "-"):
        return True
    if after == "and":  # a and b are
        following = words[position + 4] if position + 4 < len(words) else ""
        return len(following.rstrip(_END)) == 1
    if after in _AFTER_NAMES:  # a is: no article stands there
        return True
    return before in _KEEPS_LETTER and after in ("from", "in", "to")


def _stands_alone(words: list[str], start: int, end: int) -> bool:
    """Whether words without a sign of mathematics are one letter, which is a name."""
    (word, *others) = [word for word in words[start:end] if word.strip()]
    bare = word.strip("“”\"'" + _END)
    return not others and len(bare) == 1 and bare.isalpha() and bare.isascii()


_TOKEN = re.compile(
    r"(?P<raised>\^)|(?P<lowered>_)|(?P<word>[A-Za-z]{2,})|(?P<number>[0-9]+(?:\.[0-9]+)?)|"
    "(?P<root>√)|(?P<space> +)|(?P<sign>\\w[\u0304\u0305]+|.)",
    re.DOTALL,
)


def math_text(formula: str) -> str:
    r"""A formula in the text notation as LaTeX for math mode, sign by sign.

    >>> print(math_text("∂L/∂w = √(x_max + 1) sin(θ^(n + 1))"))
    \partial L/\partial w = \sqrt{x_{\mathrm{max}} + 1} \sin(\theta^{n + 1})
    """
    pieces: list[str] = []
    closings: dict[int, str] = {}  # what closes a group, by where its bracket closes
    position = 0
    while position < len(formula):
        if position in closings:
            pieces.append(closings.pop(position))
            position += 1
            continue
        found = _TOKEN.match(formula, position)
        assert found is not None
        kind, text = str(found.lastgroup), found.group()
        after = found.end()
        if kind in ("raised", "lowered", "root"):
            opening = {"raised": "^", "lowered": "_", "root": r"\sqrt"}[kind] + "{"
            close = _closing(formula, after)
            if close is not None:
                pieces.append(opening)
                closings[close] = "}"
                position = after + 1
                continue
            operand = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?|−?\d+|\w").match(formula, after)
            if operand is not None:
                pieces.append(opening + _name(operand.group()) + "}")
                position = operand.end()
                continue
            pieces.append({"raised": r"\hat{}", "lowered": r"\_", "root": r"\surd "}[kind])
        elif kind == "word":
            pieces.append(_word(text))
        elif kind in ("number", "space"):
            pieces.append(text)
        else:
            pieces.append(_sign(text, pieces, formula[after : after + 1]))
        position = after
    written = _merged("".join(pieces))
    return re.sub(r" {2,}", " ", written).strip()


def _closing(formula: str, position: int) -> int | None:
    """Where the round bracket closes that opens at a position; None if none opens there."""
    if formula[position : position + 1] != "(":
        return None
    depth = 0
    for offset in range(position, len(formula)):
        depth += (formula[offset] == "(") - (formula[offset] == ")")
        if depth == 0:
            return offset
    return None


def _name(text: str) -> str:
    """An index or exponent of one word."""
    return rf"\mathrm{{{text}}}" if text in _FUNCTIONS else _word(text)


def _word(text: str) -> str:
    if text in _FUNCTIONS:
        return "\\" + text
    if text in GREEK:
        return "\\" + text
    if text in ("if", "then", "else", "otherwise", "and", "or", "for", "all", "where", "with"):
        return rf"\text{{ {text} }}"
    if len(text) > 2 and text.isalpha():
        return rf"\mathrm{{{text}}}"
    return text


def _sign(text: str, before: list[str], following: str) -> str:
    known = _math_character(text)
    if known is None:
        if text.isascii():
            return text
        return rf"\text{{{_escaped_character(text)}}}"
    if text == "′" and before and before[-1].startswith(" "):
        return r"{}'"
    spaced = (
        known[-1:].isalpha()
        and known.startswith("\\")
        and following.isascii()
        and following.isalpha()
    )
    return known + (" " if spaced else "")


def _merged(written: str) -> str:
    """Neighbouring indices as one: x_{1}_{2} is an error, x_{12} is meant."""
    for pattern in _TWO_SCRIPTS:
        changed = 1
        while changed:
            written, changed = pattern.subn(r"\1{\2\3}", written)
    return written


_TWO_SCRIPTS = tuple(
    re.compile(rf"({sign})\{{([^{{}}]*)\}}{sign}\{{([^{{}}]*)\}}") for sign in ("_", r"\^")
)
