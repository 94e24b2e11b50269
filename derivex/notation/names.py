"""Letters run together: is ``ab`` a name, or a·b, and is ``xsin`` x·sin?

The order of precedence is: a word that is known as a whole; a word made of known names; a
function's name inside it; two or three letters of which one is known; otherwise one name.
Every choice that the writer might not have meant is noted, and two readings that are both
made of declared names are an error.
"""

from __future__ import annotations

from typing import NamedTuple

from derivex.errors import ReadError
from derivex.notation.characters import GREEK_NAMES
from derivex.notation.lexer import Source
from derivex.notation.vocabulary import CONSTANTS, UNKNOWN_FUNCTIONS, Vocabulary

__all__ = ["Split", "split_word"]

_LONGEST_WORD = 24  # letters; a longer word is one name, so that splitting stays cheap
# A letter that may follow a function's name unspaced although it stands nowhere else: sinx.
_USUAL_ARGUMENTS = frozenset("xyzuvw")


class Split(NamedTuple):
    """The parts of a word, those that are functions, and whether the choice is to be noted."""

    parts: tuple[str, ...]
    functions: frozenset[int] = frozenset()
    note: bool = False

    def show(self) -> str:
        """The parts as they are shown in a note: ``a·b``, ``x·sin t``."""
        pieces = [self.parts[0]]
        for position in range(1, len(self.parts)):
            pieces.append(" " if position - 1 in self.functions else "·")
            pieces.append(self.parts[position])
        return "".join(pieces)


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
    if vocabulary.function(word) is not None:
        return Split((word,), frozenset({0}))
    if word in GREEK_NAMES or word in CONSTANTS:
        return Split((word,))
    if len(word) > _LONGEST_WORD:
        return Split((word,), note=True)
    readings = _segmentations(vocabulary, word, subscript, declared_only=True)
    if len(readings) > 1:
        raise _two_readings(source, word, start, readings)
    if not readings:
        readings = _segmentations(vocabulary, word, subscript, declared_only=False)
    if readings:
        parts = min(readings, key=len)
        constant_e = "e" in parts and "e" not in vocabulary.declared
        return Split(parts, note=len(readings) > 1 or constant_e)
    split = _around_functions(vocabulary, word, subscript, opens, argument)
    if split is not None:
        return split
    return _partly_known(vocabulary, source, word, start, subscript, opens)


def _refuse_two_readings(vocabulary: Vocabulary, source: Source, word: str, start: int) -> None:
    """A declared word is an error where other declared names make it up too."""
    if word in GREEK_NAMES or len(word) > _LONGEST_WORD:
        return
    others = [
        parts
        for parts in _segmentations(vocabulary, word, None, declared_only=True)
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


def _segmentations(
    vocabulary: Vocabulary, word: str, subscript: str | None, declared_only: bool
) -> list[tuple[str, ...]]:
    """Up to two ways to cut a word into known names (the fewest parts among them)."""
    known = vocabulary.declared if declared_only else None
    letters = len(word.rstrip("0123456789"))
    # best[k] holds at most two cuts of word[k:].
    best: list[list[tuple[str, ...]]] = [[] for _ in range(letters + 1)]
    best[letters] = [()]
    for position in range(letters - 1, -1, -1):
        found: list[tuple[str, ...]] = []
        for end in range(position + 1, letters + 1):
            part = word[position:end] if end < letters else word[position:]
            names = (part,) if end < letters or not subscript else (part, f"{part}_{subscript}")
            if not best[end]:
                continue
            if any(n in known if known is not None else vocabulary.is_known(n) for n in names):
                found.extend((part, *rest) for rest in best[end])
        found.sort(key=len)
        best[position] = found[:2]
    return best[0]


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


def _around_functions(
    vocabulary: Vocabulary, word: str, subscript: str | None, opens: bool, argument: bool
) -> Split | None:
    """``xsin(x)``, ``sinx``, ``xsinxcosx``: cut at the functions' names, if the rest is known."""
    parts: list[str] = []
    functions: set[int] = set()
    rest = word
    while True:
        cut = _first_function(vocabulary, rest, bool(functions), opens, argument)
        if cut is None:
            break
        before, name, rest = cut
        parts.extend(before)
        functions.add(len(parts))
        parts.append(name)
        if not rest:
            break
    if not functions:
        return None
    if rest:
        if opens or (rest == "e" and "e" not in vocabulary.known):
            return None  # sinx(…) and sine are no way to write sin(x)(…) and sin(e)
        after = _factors(vocabulary, rest, subscript, _USUAL_ARGUMENTS)
        if after is None:
            return None
        parts.extend(after)
    return Split(tuple(parts), frozenset(functions), note=True)


def _first_function(
    vocabulary: Vocabulary, word: str, follows: bool, opens: bool, argument: bool
) -> tuple[tuple[str, ...], str, str] | None:
    """The first function in a word whose left side is made of known names, with both sides."""
    any_letter = frozenset(word[:1]) | _USUAL_ARGUMENTS
    for position in range(len(word)):
        for end in range(len(word), position, -1):
            name = word[position:end]
            if end < len(word) or not (opens or argument):
                applicable = len(name) > 1 and end < len(word)
            else:
                applicable = len(name) > 1 or opens
            if not applicable:
                continue
            known = vocabulary.function(name)
            unknown = opens and end == len(word) and name in UNKNOWN_FUNCTIONS
            if known is None and not (unknown and name not in vocabulary.declared):
                continue
            if known is not None and known.arity not in (1, None) and end < len(word):
                continue  # max takes its arguments in brackets
            usual = any_letter if len(name) > 1 else frozenset()
            before = _factors(vocabulary, word[:position], None, usual) if position else ()
            if before is not None:
                return before, name, word[end:]
    return None


def _factors(
    vocabulary: Vocabulary, word: str, subscript: str | None, letters: frozenset[str]
) -> tuple[str, ...] | None:
    """The known names that make up a stretch beside a function, or one usual letter."""
    if word in letters:
        return (word,)
    readings = _segmentations(vocabulary, word, subscript, declared_only=False)
    return readings[0] if readings else None


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
        near = vocabulary.nearest_function(word)
        hint = f"did you mean {near}?  For" if near else "for"
        raise source.error(
            f"{word} is not a function that I know",
            start,
            start + len(word),
            f"{hint} a product, write {word}*(…), or declare the name",
        )
    return Split((word,), note=letters <= 3 or known > 0)
