r"""What stands between the arrows and words of a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derivex.documents.latex_signs import phrase_at, sign_at
from derivex.notation.latex.tokens import Token, is_blank

__all__ = ["PHRASES", "Clause", "clauses_of"]

PHRASES = {
    "and": "and", "or": "or", "und": "and", "oder": "or", "or equivalently": "or",
    "so": "⇒", "hence": "⇒", "therefore": "⇒", "thus": "⇒", "so that": "⇒", "i.e.": "⇒",
    "that is": "⇒", "then": "⇒", "implies": "⇒", "gives": "⇒", "which gives": "⇒",
    "if and only if": "⇔", "iff": "⇔", "is equivalent to": "⇔",
    "where": "let", "with": "let", "let": "let", "for": "if", "if": "if", "when": "if",
    "whenever": "if", "at": "if", "as": "if", "unless": "if", "for all": "if", "otherwise": "if",
    "on": "if", "such that": "if", "while": "and",
    "，即": "⇒", "即": "⇒", "所以": "⇒", "因此": "⇒", "故": "⇒", "则": "⇒", "于是": "⇒", "得": "⇒",
    "令": "let", "设": "let", "其中": "let", "当": "if", "若": "if", "如果": "if",
}  # fmt: skip


@dataclass
class Clause:
    """What stands between two arrows or words of a row."""

    joint: str
    start: int  # positions in the row's tokens
    end: int
    said: str = ""
    condition: bool = False
    connective: str = "and"
    joins: bool = False
    fragment: bool = False  # words of another script follow: the x of 对 x 求导


def clauses_of(tokens: Sequence[Token], depth: Sequence[int]) -> Iterator[Clause]:
    """What stands between arrows, words and colons outside of brackets."""
    part = Clause("", 0, 0)
    position = 0
    while position < len(tokens):
        if depth[position] == 0 and not is_blank(tokens[position]):
            sign = sign_at(tokens, position)
            phrase = None if sign else phrase_at(tokens, position)
            if sign is not None and (
                sign.arrow or _is_step(tokens, depth, part.start, position, sign.sign)
            ):
                part.end = position
                yield part
                part = Clause(sign.sign, position + sign.length, 0)
                position += sign.length
                continue
            if sign is not None:
                position += sign.length
                continue
            if phrase is not None:
                words = " ".join(phrase.text.strip(" (),.;:，。；：、").lower().split())
                meaning = PHRASES.get(words) or _first_meaning(words)
                if meaning or phrase.foreign:
                    part.end, part.fragment = position, phrase.foreign
                    yield part
                    part = _after(meaning or "next", position + phrase.length, part)
                position += phrase.length
                continue
            if tokens[position].text in (":", "：") and position > part.start:
                part.end, part.condition = position, True
                yield part
                part = Clause("", position + 1, 0)
            elif tokens[position].text == r"\forall":
                part.end = position
                yield part
                part = Clause("", position, 0, condition=True)
        position += 1
    part.end = len(tokens)
    yield part


def _first_meaning(words: str) -> str:
    """What words that begin with "where" or "if" mean."""
    first = words.split(" ")[0]
    return PHRASES.get(first, "") if first in ("where", "if", "for", "when") else ""


def _after(meaning: str, start: int, before: Clause) -> Clause:
    if meaning in ("⇒", "⇔"):
        return Clause(meaning, start, 0)
    if meaning == "next":
        return Clause("", start, 0)
    if meaning == "if":
        return Clause("", start, 0, condition=True)
    if meaning == "let":
        return Clause("", start, 0, said="let")
    return Clause("", start, 0, before.said, before.condition, meaning, joins=True)


def _is_step(
    tokens: Sequence[Token], depth: Sequence[int], start: int, position: int, sign: str
) -> bool:
    """Whether → stands between two equations: f(x) = x^2 → f'(x) = 2x."""
    if sign != "→":
        return False

    def related(first: int, last: int) -> bool:
        return any(
            not depth[at] and (found := sign_at(tokens, at)) is not None and found.sign == "="
            for at in range(first, last)
        )

    return related(start, position) and related(position + 1, len(tokens))
