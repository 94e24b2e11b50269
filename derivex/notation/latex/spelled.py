r"""Letters side by side that are one name after all: one that is declared, or a function's.

In LaTeX letters stand for themselves one by one; but ``loss`` where loss is declared is that
name, and ``cos(x)`` without its backslash is hardly ever c·o·s·(x).
"""

from __future__ import annotations

import unicodedata

from derivex.notation.array_functions import ARRAY_FUNCTIONS
from derivex.notation.characters import GREEK_NAMES, letter_name
from derivex.notation.function_pieces import ARGUMENT_STARTS
from derivex.notation.latex.called_letters import FUNCTION_LETTERS, bracket_end, called_letters
from derivex.notation.latex.commands import TAKING_A_LETTER
from derivex.notation.latex.operator_d import OPERANDS, with_derivatives
from derivex.notation.latex.orders import with_orders
from derivex.notation.latex.source import LatexSource
from derivex.notation.lexer import Word
from derivex.notation.notes import Notes
from derivex.notation.refusals import refuse_array_function
from derivex.notation.vocabulary import (
    UNKNOWN_FUNCTIONS,
    Vocabulary,
    subscript_text,
)

__all__ = ["spelled_out"]

_WORDS = frozenset(("mean", "sum", "prod", "lim"))
_LONG = 4  # letters that look like a word
_NAMING = ("upright", "text")
_NO_ARGUMENT = ("CARET", "SUBSCRIPT", "SUPERSCRIPT")


def spelled_out(
    source: LatexSource, words: list[Word], vocabulary: Vocabulary, notes: Notes
) -> list[Word]:
    """The words with such letters put together, and calls of unknown functions marked.

    Raises:
        ReadError: an unknown word is followed by a bracket, like a function.
    """
    found: list[Word] = []
    words = _labelled(source, words, vocabulary, notes)
    words = with_derivatives(source, words, vocabulary, notes)
    words = with_orders(source, words, vocabulary, notes)
    called = called_letters(source, words)
    position = 0
    while position < len(words):
        end = _run_end(words, position)
        after = max(end, position + 1)
        follow = words[after] if after < len(words) else None
        role = source.roles.get(words[position].start)
        if role == "operator" and (name := _function_written(words[position].text, vocabulary)):
            words[position] = words[position]._replace(kind="NAME", text=name)
        elif role in ("operator", *_NAMING):
            words[position] = _capitalised(source, words[position], follow, vocabulary, notes)
        if role == "command" and words[position].text in ARRAY_FUNCTIONS:
            word = words[position]
            if not _is_known(word.text, vocabulary):
                raise refuse_array_function(source, word.text, word.start, word.end)
        if role == "operator":
            _check_operator(source, words[position], follow, vocabulary)
        if end - position < 2:
            found.append(words[position])
        else:
            found.extend(_run(source, words[position:end], follow, vocabulary, notes))
        if found[-1].kind in ("NAME", "GREEK"):
            _look_at_bracket(source, found[-1], role, words, after, vocabulary, notes, called)
        position = after
    for word in found:
        if word.text == "∣":
            raise source.error(
                "a conditional bar stands only in the bracket of a function: p(x \\mid y)",
                word.start,
                word.end,
                "give what it stands for a name",
            )
    return found


def _labelled(
    source: LatexSource, words: list[Word], vocabulary: Vocabulary, notes: Notes
) -> list[Word]:
    r"""The words; s^{\text{new}}, where new is no name, is a name of its own and no power."""
    found: list[Word] = []
    position = 0
    while position < len(words):
        label = words[position + 2] if position + 3 < len(words) else None
        if (
            label is None
            or not found
            or source.roles.get(label.start) not in _NAMING
            or words[position].text != "^"
            or words[position + 1].text != "{"
            or words[position + 3].text != "}"
            or label.text in vocabulary.declared
        ):
            found.append(words[position])
            position += 1
            continue
        start, end = words[position].start, words[position + 3].end
        base = found[-1]
        if base.kind not in ("NAME", "GREEK"):
            raise source.error(
                f"{label.text} is a word and no exponent",
                start,
                end,
                r"write it lower: x_{\text{new}}",
            )
        found.append(Word("SUBSCRIPT", f"_{label.text}", start, end))
        name = f"{letter_name(base.text)}_{label.text}"
        notes.add(base.start, source.quote(base.start, end), f"the name {name}")
        position += 4
    return found


def _run_end(words: list[Word], position: int) -> int:
    """Where the letters end that stand side by side from a position on; itself for no letter."""
    first = words[position]
    if first.kind != "NAME" or len(first.text) != 1:
        return position
    end = position + 1
    while end < len(words):
        word = words[end]
        if word.kind != "NAME" or len(word.text) != 1 or word.start != words[end - 1].end:
            break
        end += 1
    return end


def _run(
    source: LatexSource,
    letters: list[Word],
    follow: Word | None,
    vocabulary: Vocabulary,
    notes: Notes,
) -> list[Word]:
    """What letters side by side are: a name, a function behind factors, or one by one."""
    text = "".join(word.text for word in letters)
    start, end = letters[0].start, letters[-1].end
    if text in vocabulary.declared or text in vocabulary.scope.given:
        return [Word("NAME", text, start, end)]
    opens = follow is not None and follow.text == "("
    argument = (
        follow is not None and follow.kind in ARGUMENT_STARTS and follow.kind not in _NO_ARGUMENT
    )
    for cut in range(len(letters) - 1):
        name = text[cut:]
        usual = _usual_name(name, vocabulary, whole=cut == 0)
        known = vocabulary.function(usual) is not None or usual in _WORDS or usual != name
        known = known or (cut == 0 and usual in ARRAY_FUNCTIONS)
        bare = argument and cut < 2 and rf"\{name}" in TAKING_A_LETTER
        if known and (opens or bare or (cut == 0 and argument and len(name) > 2)):
            shown = f"{name}{'(…)' if opens else ''}"
            notes.add(letters[cut].start, shown, f"the function {usual}")
            return [*letters[:cut], Word("NAME", usual, letters[cut].start, end)]
    for cut in range(len(letters) - 2):
        name = text[cut:-1]
        if not opens and cut < 2 and rf"\{name}" in TAKING_A_LETTER:
            notes.add(letters[cut].start, text[cut:], f"{name}({text[-1]})")
            start = letters[cut].start
            function = Word("NAME", name, start, letters[-2].end)
            return [*letters[:cut], function, letters[-1]]
    if opens and len(set(text)) == 1 and text.isupper() and text not in vocabulary.known:
        source.calls.add(start)
        notes.add(start, f"{text}(…)", f"the function {text}, of which nothing is known")
        return [Word("GREEK", text, start, end)]
    if len(text) >= _LONG:
        if opens:
            raise source.error(
                f"{text} is not a function that I know",
                start,
                end,
                rf"write \operatorname{{{text}}}(…) and declare it, or spaces between factors",
            )
        notes.add(start, text, "·".join(text))
    return letters


def _usual_name(name: str, vocabulary: Vocabulary, whole: bool = True) -> str:
    """The name of a function that is written with a capital letter, Tr or Sin; else the same."""
    small = name[0].lower() + name[1:]
    if not whole or len(name) < 2 or not name[0].isupper() or small in GREEK_NAMES:
        return name
    if _is_known(name, vocabulary) or not name[1:].islower():
        return name
    known = vocabulary.function(small) is not None or small in ARRAY_FUNCTIONS
    return small if known else name


def _check_operator(
    source: LatexSource, word: Word, follow: Word | None, vocabulary: Vocabulary
) -> None:
    """Refuse an unknown operator such as Tr A, which would be read as a product."""
    name = word.text
    if word.kind != "GREEK" or follow is None or _is_known(name, vocabulary):
        return
    if follow.kind in OPERANDS:
        raise source.error(
            f"{name} is not a function that I know",
            word.start,
            word.end,
            f'declare it: --let "{name}(x) = …"; for a product write {name} \\cdot (…)',
        )


def _capitalised(
    source: LatexSource, word: Word, follow: Word | None, vocabulary: Vocabulary, notes: Notes
) -> Word:
    r"""\operatorname{Tr} and \text{tr} before what they are applied to: the function tr."""
    if word.kind != "GREEK" or follow is None or follow.kind not in OPERANDS:
        return word
    usual = _usual_name(word.text, vocabulary)
    if usual in ARRAY_FUNCTIONS and not _is_known(usual, vocabulary):
        raise refuse_array_function(source, usual, word.start, word.end)
    if usual == word.text:
        return word
    if usual != word.text:
        notes.add(word.start, source.quote(word.start, word.end), f"the function {usual}")
    return word._replace(kind="NAME", text=usual)


def _function_written(text: str, vocabulary: Vocabulary) -> str:
    r"""The function that is written \operatorname{text}, where its name is another one."""
    if _is_known(text, vocabulary):
        return ""
    written = rf"\operatorname{{{text}}}"
    functions = vocabulary.scope.functions.values()
    return next((each.name for each in functions if each.latex == written), "")


def _is_known(name: str, vocabulary: Vocabulary) -> bool:
    known = vocabulary.function(name) is not None or name in vocabulary.declared
    return known or name in vocabulary.scope.given or name in _WORDS


def _look_at_bracket(
    source: LatexSource,
    word: Word,
    role: str | None,
    words: list[Word],
    after: int,
    vocabulary: Vocabulary,
    notes: Notes,
    called: set[str],
) -> None:
    """What a bracket directly behind a name is: J(a, b) is a call, and J(a) noted as a product."""
    end = word.end
    if words[after - 2].kind == "PARTIAL" and after > 1 and word.text not in UNKNOWN_FUNCTIONS:
        return  # the x of ∂f/∂x(1, 2)
    if after < len(words) and words[after].kind == "SUBSCRIPT":
        end, after = words[after].end, after + 1
    if after >= len(words) or words[after].text != "(" or words[after].start != end:
        return
    name = letter_name(word.text)
    if role == "bold" and name not in vocabulary.scope.given:
        closing, _ = bracket_end(words, after)
        inside = [each for each in words[after + 1 : closing] if each.kind != "SUBSCRIPT"]
        if len(inside) == 1 and source.roles.get(inside[0].start) == "bold":
            source.calls.add(word.start)  # no two vectors stand so side by side
            shown = source.quote(word.start, words[min(closing, len(words) - 1)].end)
            notes.add(word.start, shown, f"the function {word.text}, of which nothing is known")
            return
    if _is_known(name, vocabulary) and name in vocabulary.declared:
        return
    if word.start in source.calls:
        return
    low = words[after - 1] if words[after - 1].kind == "SUBSCRIPT" else None
    ordered = low is not None and vocabulary.by_subscript(word.text) is not None
    if low is not None and ordered and vocabulary.is_order(word.text, subscript_text(low.text)):
        return
    closing, separators = bracket_end(words, after)
    if closing >= len(words):
        return
    if word.text in ("O", "o"):
        raise source.error(
            f"{word.text}(…) looks like an order of magnitude, which cannot be read",
            word.start,
            words[closing].end,
            rf"leave it out; for a product write {word.text} \cdot (…)",
        )
    function = vocabulary.function(name)
    meant = None if function is None else function.function
    given = name in vocabulary.scope.given
    defined = meant is not None and (meant.definition is not None or given)
    if words[after - 1].kind == "SUBSCRIPT" and name in UNKNOWN_FUNCTIONS and not defined:
        _refuse_partial(source, word, words[after - 1], words[after + 1 : closing])
    entry = words[closing + 1] if closing + 1 < len(words) else None
    indexed = entry is not None and entry.kind == "SUBSCRIPT"
    alone = closing == after + 2 and words[after + 1].kind in ("NAME", "GREEK")
    unknown = not _is_known(name, vocabulary)
    if entry is not None and indexed and alone and unknown and entry.start == words[closing].end:
        raise source.error(  # s(x)_i; of x itself the entry is x_i
            f"this is an entry of {word.text}(…), of which nothing is known",
            word.start,
            entry.end,
            f"declare {word.text}, or write {word.text}_{{…}} for a function of several",
        )
    known = _is_known(name, vocabulary) or name in UNKNOWN_FUNCTIONS
    if name in GREEK_NAMES and vocabulary.function(word.text[0]) is None:
        known = name in vocabulary.scope.given  # γ is a name, Γ the function
    hatted = unicodedata.normalize("NFD", word.text)
    if len(hatted) > 1 and hatted[0] in UNKNOWN_FUNCTIONS and word.kind == "GREEK":
        called = {*called, word.text} if role is None else called
    if role == "calligraphic":
        called = {*called, word.text}  # nobody multiplies with 𝓛, as in 𝓛(θ + ε)
    shown = source.quote(word.start, words[closing].end)
    if separators and (known or role in _NAMING or word.text in FUNCTION_LETTERS):
        for place in separators:
            if words[place].kind != "SEMICOLON" or not _is_directional(words, after):
                words[place] = words[place]._replace(kind="COMMA", text=",")
    elif known or (not separators and role not in _NAMING and word.text not in called):
        inside = [each for each in words[after + 1 : closing] if each.kind != "SUBSCRIPT"]
        if not known and len(inside) == 1 and inside[0].kind in ("NAME", "GREEK"):
            left = source.quote(word.start, end)
            right = source.quote(words[after].start, words[closing].end)
            notes.add(word.start, shown, f"{left}·{right}")
        return
    elif separators:
        return
    if not known:
        source.calls.add(word.start)
        chosen = f"the function {word.text}, of which nothing is known"
        marks = [source.quote(words[place].start, words[place].end) for place in separators]
        if any(mark != "," for mark in marks):
            sign = next(mark for mark in marks if mark != ",")
            chosen = f"the function {word.text}, with {sign} as a comma"
        notes.add(word.start, shown, chosen)


def _refuse_partial(
    source: LatexSource, word: Word, subscript: Word, arguments: list[Word]
) -> None:
    """Refuse f_x(x, y) and f_x(1, 2), which can be the derivative by x."""
    letters = set(subscript_text(subscript.text).replace(",", ""))
    if letters and (letters <= {each.text for each in arguments} or letters <= set("xyz")):
        raise source.error(
            "this can be a derivative, or a function with a letter below",
            word.start,
            subscript.end,
            rf"write \frac{{\partial}}{{\partial x}} {word.text}(…), or another name",
        )


def _is_directional(words: list[Word], opening: int) -> bool:
    """Whether a prime stands before a bracket, as in f'(x; v)."""
    return words[opening - 1].kind == "PRIME"
