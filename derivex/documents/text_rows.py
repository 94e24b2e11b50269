"""Plain text, cut into derivations and rows.

A chain goes on with a sign of relation at the start of a line, an equation that is being solved
with an arrow; an empty line ends a derivation; ``#`` starts a remark.  A line goes on with the one
before it where a bracket is open, where that one ends with a sign, or where it begins with one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from derivex.documents.behind_numbers import bare_numbers_in_text
from derivex.documents.raw import ARROWS, RawBlock, RawFormula, RawRow, Span, without_blanks
from derivex.documents.text_claims import cut_claim
from derivex.documents.text_sentences import Stretch, stretches
from derivex.errors import Place, ReadError
from derivex.notation.lexer import Source, Word, words_of

__all__ = ["text_blocks", "without_remarks"]

IsWord = Callable[[Word], bool]

SIGNS = {
    "=": "=", "≈": "≈", "<": "<", ">": ">", "<=": "≤", "≤": "≤", ">=": "≥", "≥": "≥", "!=": "≠",
    "≠": "≠", ":=": ":=", "≡": "≡", "∝": "∝", "≅": "≈", "≃": "≈", "→": "→", "->": "→", "~": "≈",
}  # fmt: skip
"""The signs of relation, by how they are typed."""

_LET = frozenset(("let", "where", "define", "set", "put", "given", "with", "suppose", "write"))
_FOLLOWS = frozenset(("so", "hence", "therefore", "thus"))
_GOES_ON = ("+", "*", "/", "·", "×", "^")
_OPERATORS = frozenset(
    ("PLUS", "MINUS", "STAR", "SLASH", "CARET", "EQUALS", "RELATION", "COMMA", "PARTIAL", "ROOT")
)
_LABEL = re.compile(
    r"(?:(?:problem|exercise|question|task|part|example|step|solution|answer|aufgabe|beispiel|ex)"
    r"(?:\.? ?(?:\d+[a-z]?|\([a-z]\)|[a-z]\))[.:)]?|[.:])(?: +(?=\S)| *\Z)"
    r"|\d{1,2}[.)] +(?=\S)|[a-z]\) +(?=\S)|\([a-z]\)  +(?=\S)"
    r"|\([a-z]\) (?=[A-Za-z](?:\([A-Za-z]\)|'+)? ?=))",
    re.IGNORECASE,
)
_TICK = re.compile(
    r"(?m)(?:(?<=\s)(?:ok(?:ay)?|qed|q\.e\.d\.?|done|checks|stimmt)|[✓✔□■∎☐])[ \t.!]*$", re.I
)
_NUMBER = re.compile(r"\(\d+[a-z]?\)")
_ENDINGS = ".,;:"
_WIDE = 3  # blanks that set off one equation from the next
_MOST_OPEN = 40  # lines after which a bracket counts as one that is never closed


def without_remarks(text: str) -> str:
    """The text with blanks in place of its remarks, units and ticks, so that offsets stay.

    >>> without_remarks("a  # b\\nc")
    'a     \\nc'
    """
    shown = re.sub(r"#[^\n]*", lambda remark: " " * len(remark[0]), text)
    return bare_numbers_in_text(_TICK.sub(lambda tick: " " * len(tick[0]), shown))


def text_blocks(
    text: str, start: int, end: int, is_word: IsWord, name: str | None
) -> Iterator[RawBlock]:
    """The derivations in a stretch of a text without remarks.

    Args:
        text: the document, with blanks for remarks.
        start, end: the stretch.
        is_word: whether a word is one of the language, rather than a name or a function.
        name: what the document is called.
    """
    remarks_only = False
    lines: list[Span] = []
    for line in _lines(text, start, end):
        if not text[line.start : line.end].strip():
            # A line that holds a remark only is blank here, but ends nothing.
            remarks_only = line.end - line.start > 0 and "\t" not in text[line.start : line.end]
            if lines and not remarks_only:
                yield from _block(text, lines, is_word, name)
                lines = []
        else:
            lines.append(line)
    if lines:
        yield from _block(text, lines, is_word, name)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield Span(start, stop)
        start = stop + 1


def _block(
    text: str, lines: Sequence[Span], is_word: IsWord, name: str | None
) -> Iterator[RawBlock]:
    rows: list[RawRow] = []
    for span in _joined(text, lines):
        rows.extend(_rows(text, span, is_word, name, bool(rows)))
    if rows:
        yield RawBlock(rows, rows[0].start, rows[-1].end)


def _joined(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Lines that belong to one row, as one stretch."""
    current: Span | None = None
    indent = depth = 0
    for number, line in enumerate(lines):
        stripped = without_blanks(text, *line)
        shown = text[stripped.start : stripped.end]
        if current is not None and _goes_on(text, current, shown, depth):
            deeper = stripped.start - line.start > indent
            if shown[0] not in "-−" or deeper or depth > 0 or _ends_open(text, current):
                current = Span(current.start, stripped.end)
                depth += _depth(shown)
                continue
        if current is not None:
            yield current
        current = stripped
        indent = stripped.start - line.start
        depth = _depth(shown)
        if depth > 0 and not _is_closed(text, lines[number + 1 : number + _MOST_OPEN], depth):
            depth = 0  # what is wrong here must not swallow the lines that follow
    if current is not None:
        yield current


def _is_closed(text: str, lines: Sequence[Span], depth: int) -> bool:
    """Whether lines that follow close so many brackets."""
    for line in lines:
        depth += _depth(text[line.start : line.end])
        if depth <= 0:
            return True
    return False


def _goes_on(text: str, row: Span, line: str, depth: int) -> bool:
    if line.startswith((*SIGNS, *ARROWS)) and not line.startswith("~"):
        return False
    return depth > 0 or line.startswith((*_GOES_ON, "-", "−")) or _ends_open(text, row)


def _ends_open(text: str, row: Span) -> bool:
    """Whether a row ends with a sign after which something must follow."""
    return text[row.start : row.end].endswith(("+", "-", "−", "*", "/", "·", "=", "^"))


def _depth(line: str) -> int:
    return sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))


def _rows(
    text: str, span: Span, is_word: IsWord, name: str | None, follows: bool
) -> Iterator[RawRow]:
    """The rows in one stretch: one, or several where arrows stand between equations."""
    start, end = span
    label = _LABEL.match(text, start, end)
    start = start if label is None else label.end()
    if start == end:
        return
    row = text[start:end]
    try:
        words: Sequence[Word] = words_of(Source(row))
    except ReadError as error:
        place = error.place
        at = (start, end) if place is None else (start + place.start, start + place.end)
        moved = ReadError(error.message, Place(text, *at, name), error.hint)
        joint = "next" if follows else "start"
        yield RawRow(joint, [[RawFormula("", start, end)]], start, end, error=moved)
        return
    number = None
    leading = _NUMBER.match(row)
    if leading and len(words) > 3 and (row[leading.end() :][:2].isspace()):
        number = leading[0]
        words = words[3:]
    cut = cut_claim(row, words, is_word)
    claim = None if cut.claim is None else Span(start + cut.claim.start, start + cut.claim.end)
    words = _without_last_remark(words[: cut.words], is_word)
    if words and number is None:
        trailing = _trailing_number(row, words)
        if trailing is not None:
            number, words = trailing, words[:-3]
    sentence = stretches(words, is_word, lambda word: word.text in SIGNS)
    if sentence:
        rows = _in_sentence(sentence, start, follows)
        if rows:
            rows[-1].claim, rows[-1].number = claim, number
        yield from rows
        return
    words, joint, said = _without_introduction(words, is_word)
    if not words or _is_prose(words, is_word):
        return
    first = True
    for arrow, part in _between_arrows(words):
        part = _without_ending(part)
        if not part:
            continue
        if arrow:
            joint = arrow
        elif not joint:
            joint = SIGNS.get(part[0].text) or ("next" if follows else "start")
        last = part[-1].end >= words[-1].end - 1
        yield RawRow(
            joint,
            _chains(part, start),
            start + (0 if first else part[0].start),
            start + part[-1].end,
            claim=claim if last else None,
            number=number if last else None,
            said=said,
            connective="or" if any(word.text == "or" for word in part) else "and",
        )
        first, joint, follows = False, "", True


def _in_sentence(sentence: Sequence[Stretch], offset: int, follows: bool) -> list[RawRow]:
    """The rows that the formulas of a sentence are.

    "At x = 2" belongs to the row before it; what "where" introduces comes before that.
    """
    rows: list[RawRow] = []
    claimed = 0  # the rows after which a premise stands
    for words, said in sentence:
        either = any(word.text == "or" for word in words)
        whole = _without_ending(words)
        for number, part in enumerate([whole] if either else _related_parts(whole)):
            if number and not _gives_name(part):
                said = "posed"  # at x = 2, and g(2) = 4
            span = Span(offset + part[0].start, offset + part[-1].end)
            chains = _chains(part, offset)
            if said == "if" and len(rows) > claimed:
                rows[-1].condition = span
                rows[-1].given.extend(chains)
                continue
            joint = chains[0][0].sign or "next"
            if either and rows and said == "claim":
                joint = "⇒"
            row = RawRow(joint, chains, *span, said="let" if said == "if" else said)
            row.connective = "or" if either else "and"
            if row.said == "let":
                rows.insert(claimed, row)
                claimed += 1
            else:
                rows.append(row)
                claimed = max(claimed, len(rows) - 1)
    for number, row in enumerate(rows):
        if row.joint in ("start", "next"):
            row.joint = "next" if follows or number else "start"
    return rows


def _without_last_remark(words: Sequence[Word], is_word: IsWord) -> Sequence[Word]:
    """Without the words that a comma separates from a relation: f''(x) < 0, maximum."""
    for position in range(len(words) - 1, 0, -1):
        if words[position].kind == "COMMA":
            behind = _without_ending(words[position + 1 :])
            related = any(True for _ in _signs(words[:position]))
            said = [word for word in behind if word.text not in ("a", "an", "the")]
            remark = bool(said) and all(is_word(word) and len(word.text) > 3 for word in said)
            return words[:position] if related and remark else words
    return words


def _related_parts(words: Sequence[Word]) -> list[Sequence[Word]]:
    """What commas and "and" separate, where each part has a sign of relation."""
    parts = [_without_ending(part) for part in _at_commas(words)]
    parts = [part for part in parts if part]
    if all(any(True for _ in _signs(part)) for part in parts):
        return parts
    return [words] if any(True for _ in _signs(words)) else []


def _gives_name(words: Sequence[Word]) -> bool:
    """Whether a part begins with a bare name and a sign: b = 2."""
    return len(words) > 2 and words[0].kind in ("NAME", "GREEK") and words[1].text in SIGNS


def _trailing_number(row: str, words: Sequence[Word]) -> str | None:
    """The number of an equation, ``x = 1   (2)``."""
    if len(words) < 5 or [word.text for word in words[-3::2]] != ["(", ")"]:
        return None
    inside, before = words[-2], words[-4]
    if inside.kind != "NUMBER" or words[-3].start - before.end < 2:
        return None
    return row[words[-3].start : words[-1].end] if before.kind != "STAR" else None


def _without_introduction(
    words: Sequence[Word], is_word: IsWord
) -> tuple[Sequence[Word], str, str]:
    """The words after "let", "so" or a sentence that leads to a formula."""
    joint, said = "", ""
    if words and words[0].kind == "NAME" and len(words) > 1:
        first = words[0].text.lower()
        if first in _LET and words[1].start > words[0].end:
            return words[1:], "", "let"
        if first in _FOLLOWS and words[1].start > words[0].end:
            words, joint = words[1:], "⇒"
            if words[0].kind == "COMMA":
                words = words[1:]
    related = any(word.text in SIGNS for word in words)
    leading = 0
    for position, word in enumerate(words):
        if word.kind != "NAME":
            if word.text == ":" and position and related:
                leading = position + 1
            break
        if is_word(word):
            leading = position + 1
    # "The slope is f'(2) = 4": two words at least, so that a long name stays one.
    if related and (leading > 1 or (leading and words[leading - 1].text == ":")):
        words = words[leading:]
    return words, joint, said


def _is_prose(words: Sequence[Word], is_word: IsWord) -> bool:
    """Whether words are a sentence, not a formula."""
    if words[-1].text == ":" and not any(word.text in SIGNS for word in words):
        return True
    if len(words) == 1 or (len(words) == 2 and words[1].text in _ENDINGS):
        return is_word(words[0]) and len(words[0].text) > 3
    return any(is_word(left) and is_word(right) for left, right in pairwise(words)) and not any(
        word.text in SIGNS for word in words
    )


def _between_arrows(words: Sequence[Word]) -> Iterator[tuple[str, Sequence[Word]]]:
    """The parts between arrows outside of brackets, each with the arrow before it."""
    depth, start, arrow = 0, 0, ""
    for position, word in enumerate(words):
        depth += (word.kind in ("OPEN", "INDEX_OPEN")) - (word.kind == "CLOSE")
        if depth <= 0 and word.text in ARROWS:
            if position > start:
                yield arrow, words[start:position]
            arrow, start = ARROWS[word.text], position + 1
    yield arrow, words[start:]


def _without_ending(words: Sequence[Word]) -> Sequence[Word]:
    """Without the point or comma that ends a sentence."""
    while words and words[-1].text in _ENDINGS:
        words = words[:-1]
    if words and words[-1].kind == "BAD_NUMBER" and words[-1].text.count(".") == 1:
        last = words[-1]  # "= 2." ends a sentence
        words = [*words[:-1], Word("NUMBER", last.text[:-1], last.start, last.end - 1)]
    return words


def _chains(words: Sequence[Word], offset: int) -> list[list[RawFormula]]:
    """The formulas of each chain; commas separate chains, signs of relation their formulas."""
    parts = _at_commas(words)
    chains: list[list[RawFormula]] = []
    related = [any(True for _ in _signs(part)) for part in parts]
    if all(related[:-1]) and len(parts) > 1 and _is_setting(parts[-1]):
        parts.pop()
    elif not all(related):
        parts = [words]  # a list of numbers, say; not equations
    for part in parts:
        chains.append(list(_formulas(part, offset)))
    return [chain for chain in chains if chain]


def _is_setting(words: Sequence[Word]) -> bool:
    """Whether words say a number and what it is without a sign: rate 0.1."""
    kinds = [word.kind for word in words]
    return kinds == ["NAME", "NUMBER"] and words[0].text.isalpha() and len(words[0].text) > 3


def _at_commas(words: Sequence[Word]) -> list[Sequence[Word]]:
    """What commas separate, or "and", or a wide gap between two equations."""
    depth, start = 0, 0
    parts: list[Sequence[Word]] = []
    for position, word in enumerate(words):
        wide = position > start and word.start - words[position - 1].end >= _WIDE
        if wide and depth <= 0 and _begins_equation(words, start, position):
            parts.append(words[start:position])
            start = position
        depth += (word.kind in ("OPEN", "INDEX_OPEN")) - (word.kind == "CLOSE")
        separates = word.kind in ("COMMA", "SEMICOLON") or word.text in ("and", "or")
        if depth <= 0 and separates:
            parts.append(words[start:position])
            start = position + 1
    parts.append(words[start:])
    return [part for part in parts if part]


def _begins_equation(words: Sequence[Word], start: int, position: int) -> bool:
    """Whether there is a sign on both sides of a position, and none right at it."""
    around = words[position - 1 : position + 1]
    if any(word.text in SIGNS or word.kind in _OPERATORS for word in around):
        return False
    return all(
        any(word.text in SIGNS for word in part)
        for part in (words[start:position], words[position:])
    )


def _signs(words: Sequence[Word]) -> Iterator[tuple[int, str]]:
    """The signs of relation outside of brackets and of conditions."""
    depth, conditions = 0, 0
    for position, word in enumerate(words):
        depth += (word.kind in ("OPEN", "INDEX_OPEN")) - (word.kind == "CLOSE")
        if word.text == "if":
            conditions += 1
        elif word.text == "then":
            conditions = max(0, conditions - 1)
        elif depth <= 0 and not conditions and word.text in SIGNS:
            yield position, SIGNS[word.text]


def _formulas(words: Sequence[Word], offset: int) -> Iterator[RawFormula]:
    start, sign = 0, ""
    for position, following in [*_signs(words), (len(words), "")]:
        part = words[start:position]
        if part:
            yield RawFormula(sign, offset + part[0].start, offset + part[-1].end)
        elif sign:  # a sign with nothing behind it: the reader says what is missing
            at = offset + words[start - 1].end
            yield RawFormula(sign, at, at)
        start, sign = position + 1, following
