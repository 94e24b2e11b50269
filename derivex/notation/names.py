"""Letters run together: is ``ab`` a name, or a·b, and is ``xsin`` x·sin?

The order of precedence is: a word that is known as a whole; a word made of known names; a
function's name inside it; two or three letters of which one is known; otherwise one name.
Every choice that the writer might not have meant is noted, and two readings that are both
made of declared names are an error.
"""

from __future__ import annotations

from derivex.errors import ReadError
from derivex.notation.array_functions import ARRAY_FUNCTIONS
from derivex.notation.characters import GREEK_NAMES
from derivex.notation.glued import Split, around_functions, segmentations
from derivex.notation.lexer import Source
from derivex.notation.refusals import refuse_array_function
from derivex.notation.vocabulary import CONSTANTS, Vocabulary

__all__ = ["split_word"]

_LONGEST_WORD = 24  # letters; a longer word is one name, so that splitting stays cheap


def split_word(
    vocabulary: Vocabulary,
    source: Source,
    word: str,
    start: int,
    subscript: str | None,
    opens: bool,
    argument: bool,
) -> Split:
    """Read one word, letters with the digits that follow them.

    Args:
        vocabulary: what is known.
        source: the text, for errors.
        word: the letters and digits.
        start: where the word starts.
        subscript: the subscript written on its last part, or None.
        opens: whether a bracket follows directly.
        argument: whether something follows that a function could be applied to.

    Raises:
        ReadError: two readings are possible, or an unknown function is applied.
    """
    if len(word.rstrip("0123456789")) == 1:
        return Split((word,))
    whole = word if subscript is None else f"{word}_{subscript}"
    if vocabulary.scope.rules:
        return _split_in_a_rule(vocabulary, word, argument)
    if word in vocabulary.declared or whole in vocabulary.declared:
        _refuse_two_readings(vocabulary, source, word, start)
        return Split((word,))
    if vocabulary.function(word) is not None and (opens or not vocabulary.needs_brackets(word)):
        return Split((word,), frozenset({0}))
    if word in GREEK_NAMES or word in CONSTANTS:
        return Split((word,))
    if len(word) > _LONGEST_WORD:
        return Split((word,), note=True)
    readings = segmentations(vocabulary, word, subscript, declared_only=True)
    if len(readings) > 1:
        raise _two_readings(source, word, start, readings)
    if not readings:
        readings = segmentations(vocabulary, word, subscript, declared_only=False)
    if readings:
        parts = min(readings, key=len)
        constant_e = "e" in parts and "e" not in vocabulary.declared
        return Split(parts, note=len(readings) > 1 or constant_e)
    split = around_functions(vocabulary, word, subscript, opens, argument)
    if split is not None:
        return split
    return _partly_known(vocabulary, source, word, start, subscript, opens)


def _refuse_two_readings(vocabulary: Vocabulary, source: Source, word: str, start: int) -> None:
    """A declared word is an error where other declared names make it up too."""
    if word in GREEK_NAMES or len(word) > _LONGEST_WORD:
        return
    others = [
        parts
        for parts in segmentations(vocabulary, word, None, declared_only=True)
        if len(parts) > 1
    ]
    if others:
        raise _two_readings(source, word, start, [(word,), *others])


def _two_readings(
    source: Source, word: str, start: int, readings: list[tuple[str, ...]]
) -> ReadError:
    shown = sorted(("·".join(parts) for parts in readings), key=len)[:2]
    return source.error(
        f"{word} can be read as {shown[0]} and as {shown[1]}: both are declared",
        start,
        start + len(word),
        "write a space or * between factors, or give one of the names another letter",
    )


def _split_in_a_rule(vocabulary: Vocabulary, word: str, argument: bool) -> Split:
    """In a rule every letter is a name; only functions, Greek names and π are longer."""
    parts: list[str] = []
    functions: set[int] = set()
    longest = max((len(name) for name in vocabulary.function_names()), default=1)
    longest = max(longest, 7)
    position = 0
    while position < len(word):
        for length in range(min(longest, len(word) - position), 1, -1):
            part = word[position : position + length]
            if vocabulary.function(part) is not None:
                functions.add(len(parts))
                break
            if part in vocabulary.declared or part in GREEK_NAMES or part in CONSTANTS:
                break
        else:
            end = position + 1
            while end < len(word) and word[end].isdigit():
                end += 1
            part = word[position:end]
        parts.append(part)
        position += len(part)
    return Split(tuple(parts), frozenset(functions))


def _partly_known(
    vocabulary: Vocabulary,
    source: Source,
    word: str,
    start: int,
    subscript: str | None,
    opens: bool,
) -> Split:
    """A product of two or three letters if one of them is known; else one name."""
    parts: list[str] = []
    known = 0
    position = 0
    letters = len(word.rstrip("0123456789"))
    while position < letters:
        for end in range(letters, position, -1):
            part = word[position:end] if end < letters else word[position:]
            full = f"{part}_{subscript}" if subscript and end == letters else part
            if vocabulary.is_known(part) or vocabulary.is_known(full):
                # That e is a constant says nothing about the other letters.
                known += part != "e" or "e" in vocabulary.known
                break
        else:
            end = position + 1
            part = word[position:end] if end < letters else word[position:]
        parts.append(part)
        position = end
    product = known > 0 and len(parts) <= (2 if opens else 3)
    if product:
        return Split(tuple(parts), note=True)
    if opens:
        if word in ARRAY_FUNCTIONS:
            raise refuse_array_function(source, word, start, start + len(word))
        near = vocabulary.nearest_function(word)
        hint = f"did you mean {near}?  For" if near else "for"
        raise source.error(
            f"{word} is not a function that I know",
            start,
            start + len(word),
            f"{hint} a product, write {word}*(…), or declare the name",
        )
    return Split((word,), note=letters <= 3 or known > 0)
