r"""Letters side by side that are one name after all: one that is declared, or a function's.

In LaTeX letters stand for themselves one by one; but ``loss`` where loss is declared is that
name, and ``cos(x)`` without its backslash is hardly ever c·o·s·(x).
"""

from __future__ import annotations

from derivex.notation.function_pieces import ARGUMENT_STARTS
from derivex.notation.latex.source import LatexSource
from derivex.notation.lexer import Word
from derivex.notation.notes import Notes
from derivex.notation.vocabulary import UNKNOWN_FUNCTIONS, Vocabulary

__all__ = ["spelled_out"]

_WORDS = frozenset(("mean", "sum", "prod", "lim"))
_OPERANDS = frozenset(
    {"NUMBER", "NAME", "GREEK", "OPEN", "BAR", "PARTIAL", "SIGMA", "ROOT", "DOUBLE", "NABLA"}
)
_LONG = 4  # letters that look like a word
_NO_ARGUMENT = ("CARET", "SUBSCRIPT", "SUPERSCRIPT")


def spelled_out(
    source: LatexSource, words: list[Word], vocabulary: Vocabulary, notes: Notes
) -> list[Word]:
    """The words with such letters put together.

    Raises:
        ReadError: an unknown word is followed by a bracket, like a function.
    """
    found: list[Word] = []
    position = 0
    while position < len(words):
        end = _run_end(words, position)
        after = max(end, position + 1)
        follow = words[after] if after < len(words) else None
        role = source.roles.get(words[position].start)
        if role in ("operator", "upright", "text"):
            _check_name(source, words[position], follow, role, vocabulary)
        if end - position < 2:
            found.append(words[position])
            if end - position == 1:
                _note_call(source, words, position, vocabulary, notes)
        else:
            found.extend(_run(source, words[position:end], follow, vocabulary, notes))
            _note_call(source, words, end - 1, vocabulary, notes)
        position = after
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
        known = vocabulary.function(name) is not None or name in _WORDS
        if known and (opens or (cut == 0 and argument and len(name) > 2)):
            notes.add(letters[cut].start, f"{name}{'(…)' if opens else ''}", f"the function {name}")
            return [*letters[:cut], Word("NAME", name, letters[cut].start, end)]
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


def _check_name(
    source: LatexSource, word: Word, follow: Word | None, role: str, vocabulary: Vocabulary
) -> None:
    """Refuse an unknown function: loss(x) would be read as a product."""
    name = word.text
    if word.kind != "GREEK" or follow is None or vocabulary.function(name) is not None:
        return
    if name in vocabulary.declared or name in vocabulary.scope.given:
        return
    applied = follow.text == "(" and follow.start == word.end
    if applied or (role == "operator" and follow.kind in _OPERANDS):
        raise source.error(
            f"{name} is not a function that I know",
            word.start,
            word.end,
            f'declare it: --let "{name}(x) = …"; for a product write {name} \\cdot (…)',
        )


def _note_call(
    source: LatexSource, words: list[Word], position: int, vocabulary: Vocabulary, notes: Notes
) -> None:
    """Note that J(θ) is a product where J is no function."""
    word = words[position]
    inside = words[position + 1 : position + 5]
    if len(inside) < 3 or inside[0].text != "(" or inside[0].start != word.end:
        return
    if word.kind not in ("NAME", "GREEK") or inside[1].kind not in ("NAME", "GREEK"):
        return
    closing = inside[2:]
    if closing[0].kind == "SUBSCRIPT":
        closing = closing[1:]
    name = word.text
    if not closing or closing[0].text != ")" or name in UNKNOWN_FUNCTIONS:
        return
    if vocabulary.function(name) is None and name not in vocabulary.scope.given:
        shown = source.quote(inside[0].start, closing[0].end)
        notes.add(word.start, f"{name}{shown}", f"{name}·{shown}")
