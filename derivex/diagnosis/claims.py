"""What people say that they did, as rules: “by the chain and power rules”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from derivex.rulebook import RuleBook, shipped_words
from derivex.rulebook.rule import ALGEBRA, PUTTING_IN

__all__ = ["ALGEBRA", "Claim", "understood"]

_SEPARATOR = re.compile(
    r"[,;+&/]|\band\b|\bthen\b|\btwice\b|\bund\b|\busing\b|\bby\b|\bwith\b|\bvia\b"
)
_NOT_WORDS = re.compile(r"[^\w'^]+")
_DERIVATIVE = re.compile(
    r"\bd\s*/\s*d\w\s*\(?\s*([a-z]+)|"  # d/dx sin x = cos x
    r"\(\s*([a-z]+)\s*\(?\w\)?\s*\)\s*['′]|\b([a-z]+)\s*['′]"  # (sin x)′, sin′
)
_EMPTY = frozenset(("the", "a", "an", "we", "use", "used", "apply", "applying", "again", "from"))
_SINGULAR = {"rules": "rule", "laws": "law", "identities": "identity"}
_NOUN = re.compile(r"(.*\S)\s+(rule|rules|law|laws|identity|identities)$")


@dataclass(frozen=True)
class Claim:
    """What someone says that a line is justified by.

    Args:
        words: as they were written.
        parts: for each thing that is said, the names of the rules of which one is meant;
            :data:`ALGEBRA` stands for what changes no derivative.
    """

    words: str
    parts: tuple[frozenset[str], ...]

    @property
    def rules(self) -> frozenset[str]:
        """All rules that may be meant."""
        return frozenset().union(*self.parts)

    @property
    def is_algebra(self) -> bool:
        """Whether nothing else than algebra is claimed."""
        return all(part <= {ALGEBRA, PUTTING_IN} for part in self.parts)


def understood(words: str, book: RuleBook) -> Claim | None:
    """What is claimed, None where no word is known to name a rule: "given", "obvious".

    Args:
        words: the justification, as people write it.
        book: the rules; their own phrases are understood, and what its files call them.

    >>> from derivex.rulebook import shipped_book
    >>> claim = understood("by the chain and power rules", shipped_book())
    >>> [sorted(part)[0] for part in claim.parts], "exponent" in claim.parts[1]
    (['adjoint-entrywise', 'derivative-of-cbrt'], True)
    >>> understood("given", shipped_book()) is None
    True
    """
    known, names = _vocabulary(book), _names(book)
    plain = _plain(words)
    if plain in known or plain in names:
        return Claim(words, (known.get(plain) or names[plain],))
    parts: dict[frozenset[str], None] = {}
    for function in ("".join(found) for found in _DERIVATIVE.findall(words.lower())):
        if f"derivative of {function}" in known:
            parts[known[f"derivative of {function}"]] = None
    for ways in _pieces(words.lower()):
        exact = (known.get(way) or names[way] for way in ways if way in known or way in names)
        meant = next(exact, None) or _longest(ways[-1], known)
        if meant:
            parts[meant] = None
    return Claim(words, tuple(parts)) if parts else None


def _plain(words: str) -> str:
    """Small letters, without signs and words that mean nothing here."""
    kept = _NOT_WORDS.sub(" ", words.lower()).split()
    return " ".join(word for word in kept if word not in _EMPTY)


def _pieces(words: str) -> Iterator[tuple[str, ...]]:
    """The things that are said, each in the ways in which it may be meant.

    “The chain and power rules” are two rules.
    """
    found = [_plain(piece) for piece in _SEPARATOR.split(words)]
    found = [piece for piece in found if piece]
    noun = ""
    whole: list[tuple[str, ...]] = []
    for piece in reversed(found):
        named = _NOUN.match(piece)
        if named:
            noun = _SINGULAR.get(named.group(2), named.group(2))
            whole.append((f"{named.group(1)} {noun}",))
        elif noun:
            whole.append((f"{piece} {noun}", piece))
        else:
            whole.append((piece,))
    yield from reversed(whole)


def _longest(piece: str, known: dict[str, frozenset[str]]) -> frozenset[str] | None:
    """The longest known phrase of which the words stand in a piece."""
    padded = f" {piece} "
    inside = [phrase for phrase in known if f" {phrase} " in padded]
    return known[max(inside, key=len)] if inside else None


@lru_cache(maxsize=8)
def _vocabulary(book: RuleBook) -> dict[str, frozenset[str]]:
    """All phrases with the names of the rules that they may mean."""
    found: dict[str, set[str]] = {}
    tables: dict[str, set[str]] = {}
    for rule in book.rules.values():
        tables.setdefault(rule.table, set()).add(rule.name)
        if "{" not in rule.phrase:
            found.setdefault(_plain(rule.phrase), set()).add(rule.name)
        if rule.function is not None:
            for name in _names_of_function(rule.function.name, book):
                found.setdefault(f"derivative of {name}", set()).add(rule.name)
                found.setdefault(f"{name} rule", set()).add(rule.name)
    for words in (*shipped_words(), *book.words):
        for phrase in words.phrases:
            meant = found.setdefault(_plain(phrase), set())
            for name in words.rules:
                meant.update(tables.get(name, {name}))
    return {phrase: frozenset(rules) for phrase, rules in found.items() if phrase}


@lru_cache(maxsize=8)
def _names(book: RuleBook) -> dict[str, frozenset[str]]:
    """The rules by their own names, which are words of which each may mean something else, too."""
    return {_plain(name): frozenset([name]) for name in book.rules}


def _names_of_function(name: str, book: RuleBook) -> Iterator[str]:
    yield name.lower()
    function = book.functions.get(name)
    if function is not None:
        yield from (alias.lower() for alias in function.aliases)
