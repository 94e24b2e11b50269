r"""Values put in: \left. u \right|_{x = 2}, u|_{x = 2}, [F(x)]_a^b, F(x) \Big|_a^b."""

from __future__ import annotations

from typing import NamedTuple

from derivex.notation.latex.commands import GREEK_COMMANDS, SIZES
from derivex.notation.latex.source import Written
from derivex.notation.latex.tokens import Token
from derivex.notation.latex.translation import Item, Stretch, Translation
from derivex.notation.vocabulary import INDEX_LETTERS

__all__ = ["LOOSE", "Values"]

LOOSE = ("PLUS", "MINUS", "COMMA", "EQUALS", "RELATION", "ARROW", "DOUBLE", "SEMICOLON")
_CONSTANTS = ("e", "d", r"\pi")
_USUAL = ("x", "t", "u")  # what goes from bound to bound where there are other letters
_MOST_DIFFERENCES = 100  # of two values; what is inside of one is written twice
_MOST_WORDS = 2000  # before a bar, of which each doubles them
_HINT = r"write \left. u \right|_{x = 2}, or |_{x = 0}^{x = 1} for a difference"


class _Bounds(NamedTuple):
    """What stands below and above: the tokens of each value, and those of the name before a =."""

    name: tuple[int, int] | None
    low: tuple[int, int]
    high: tuple[int, int] | None
    after: int


class Values(Translation):
    """The part of the translation that takes values at points, and differences of two."""

    def is_difference(self, position: int, end: int) -> bool:
        """Whether a value below and one above stand behind a bracket, as in [F]_0^1."""
        bounds = self._bounds(position, end)
        if bounds is None or bounds.high is None:
            return False
        low = self.tokens[slice(*bounds.low)]
        return bounds.name is not None or len(low) != 1 or low[0].text not in INDEX_LETTERS

    def _bounds(self, position: int, end: int) -> _Bounds | None:
        """The bounds at a position; None if nothing stands below there, or no value."""
        found: dict[str, tuple[int, int]] = {}
        names: list[tuple[int, int]] = []
        while position < end and self.tokens[position].kind in ("SUB", "SUPER"):
            token = self.tokens[position]
            if token.kind in found:
                return None
            first, last, position = self.argument(position + 1, end, token)
            texts = self._outer(first, last)
            if "," in texts or texts.count("=") > 1 or first >= last:
                return None
            if "=" in texts:
                middle = first + texts.index("=")
                names.append((first, middle))
                first = middle + 1
            found[token.kind] = (first, last)
        if "SUB" not in found or ("SUPER" not in found and not names):
            return None
        return _Bounds(names[0] if names else None, found["SUB"], found.get("SUPER"), position)

    def take_value(self, stretch: Stretch, first: int, closing: int) -> None:
        r"""\left. u \right|_{x = 2}, the value of u there, or the difference of two.

        Args:
            stretch: what is translated; it begins with the bracket that opens.
            first: where u begins.
            closing: where it ends.
        """
        end = stretch[1]
        sign = self.tokens[closing + (self.tokens[closing].kind == "RIGHT")]
        behind = closing + 1 + (self.tokens[closing].kind == "RIGHT")
        low = self.token(behind, end)
        if low is None or low.kind not in ("SUB", "SUPER"):
            raise self.error("this bar does not say at which point", sign, sign, _HINT)
        bounds = self._bounds(behind, end)
        if bounds is None:
            raise self.error("one value for one name is expected here", low, low, _HINT)
        at = self.tokens[stretch[0]]
        stretch[0] = bounds.after
        body: list[Item] = [[first, closing]]
        if bounds.high is None:
            self.push(*self._value(body, self._name(bounds), bounds.low, at, sign))
        else:
            name = self._name(bounds) or self._letter(first, closing, sign)
            self.push(*self._difference(body, name, bounds, at, sign))

    def _name(self, bounds: _Bounds) -> list[Item]:
        return [] if bounds.name is None else [list(bounds.name)]

    def _value(
        self, body: list[Item], name: list[Item], value: tuple[int, int], at: Token, sign: Token
    ) -> list[Item]:
        """(u at x = 2); (lim_{x→∞} u) where the value is ∞."""
        stop = self.tokens[value[1] - 1]
        closing = Written("CLOSE", ")", stop.start, stop.end, True)
        copied = [list(item) if isinstance(item, list) else item for item in body]
        named = [list(item) if isinstance(item, list) else item for item in name]
        if any(each.text in (r"\infty", "∞") for each in self.tokens[slice(*value)]):
            return [
                self.word("NAME", "lim", at),
                self.word("OPEN", "(", at, True),
                self._glue(),
                *copied,
                self.word("COMMA", ",", sign, True),
                *named,
                self.word("ARROW", "→", sign),
                list(value),
                closing,
            ]
        return [
            self.word("OPEN", "(", at),
            self._glue(),
            *copied,
            self.word("NAME", "at", sign),
            *named,
            self.word("EQUALS", "=", sign),
            list(value),
            closing,
        ]

    def _difference(
        self, body: list[Item], name: list[Item], bounds: _Bounds, at: Token, sign: Token
    ) -> list[Item]:
        """((u at x = b) - (u at x = a))."""
        assert bounds.high is not None
        self.differences += 1
        if self.differences > _MOST_DIFFERENCES or len(body) > _MOST_WORDS:
            raise self.error(
                "values are put in too often in this formula", sign, sign, "give parts of it names"
            )
        return [
            self.word("OPEN", "(", at),
            self._glue(),
            *self._value(body, name, bounds.high, at, sign),
            self.word("MINUS", "-", sign),
            *self._value(body, name, bounds.low, at, sign),
            self.word("CLOSE", ")", sign, True),
        ]

    def _letter(self, first: int, last: int, sign: Token) -> list[Item]:
        """The letter of a stretch that goes from bound to bound.

        Raises:
            ReadError: there are several, and none of them is the usual one.
        """
        places: dict[str, int] = {}
        for position in range(first, last):
            token = self.tokens[position]
            if token.kind == "LETTER" or token.text in GREEK_COMMANDS:
                places.setdefault(token.text, position)
        letters = [text for text in places if text not in _CONSTANTS]
        by = self._integrated_by()
        chosen = next((each for each in (*by, *_USUAL) if each in letters), None)
        if len(letters) == 1:
            chosen = letters[0]
        if chosen is None:
            raise self.error("this does not say which letter has the bounds", sign, sign, _HINT)
        if len(letters) > 1 and chosen not in by:
            self.remark(self.tokens[first].start, sign.end, f"between two values of {chosen}")
        return [[places[chosen], places[chosen] + 1]]

    def _integrated_by(self) -> list[str]:
        """The letters behind the d of integrals."""
        if not any(token.text == r"\int" for token in self.tokens):
            return []
        return [
            after.text
            for token, after in zip(self.tokens, self.tokens[1:], strict=False)
            if token.text == "d" and (after.kind == "LETTER" or after.text in GREEK_COMMANDS)
        ]

    def take_difference(self, stretch: Stretch) -> bool:
        """[F(x)]_a^b in brackets without \\left; False if this bracket is another one."""
        begin, end = stretch
        if self.tokens[begin].text != "[":
            return False
        depth, closing = 1, begin + 1
        while closing < end:
            text = self.tokens[closing].text
            depth += (text == "[") - (text == "]")
            if not depth:
                break
            closing = max(self.partner.get(closing, 0), closing) + 1
        if depth or not self.is_difference(closing + 1, end):
            return False
        last = closing - (self.tokens[closing - 1].text in SIZES)
        bounds = self._bounds(closing + 1, end)
        assert bounds is not None
        at, sign = self.tokens[begin], self.tokens[closing]
        name = self._name(bounds) or self._letter(begin + 1, last, sign)
        stretch[0] = bounds.after
        self.push(*self._difference([[begin + 1, last]], name, bounds, at, sign))
        return True

    def take_value_behind(self, stretch: Stretch) -> bool:
        r"""u|_{x = 2} without \left: the value of the term before; False if it is none."""
        begin, end = stretch
        bounds = self._bounds(begin + 1, end)
        if bounds is None or not self.words:
            return False
        sized = begin > 0 and self.tokens[begin - 1].text in SIZES
        if bounds.name is None and not sized and any(word.kind == "BAR" for word in self.words):
            return False  # |x|_1^2
        start = self._term_start()
        sign, stop = self.tokens[begin], self.tokens[bounds.after - 1]
        opened = self.words[start]
        place = min(word.start for word in self.words[start:])
        read, behind = (
            " ".join(self.source.text[place:last].split())
            for last in (stop.end, max(word.end for word in self.words[start:]))
        )
        self.remarks.append((start, read, f"the value of {behind}"))
        at = Token("OTHER", "(", opened.start, opened.start + 1)
        body: list[Item] = [opened._replace(glued=True), *self.words[start + 1 :]]
        if bounds.high is None:
            items = self._value(body, self._name(bounds), bounds.low, at, sign)
        else:
            first = next(
                position
                for position, token in enumerate(self.tokens)
                if token.start >= place or position == begin
            )
            name = self._name(bounds) or self._letter(first, begin, sign)
            items = self._difference(body, name, bounds, at, sign)
        del self.words[start:]
        if isinstance(items[0], Written):
            items[0] = items[0]._replace(glued=opened.glued)
        stretch[0] = bounds.after
        self.push(*items)
        return True

    def _outer(self, first: int, last: int) -> list[str]:
        """The tokens of a stretch, empty where they stand in a bracket."""
        found: list[str] = []
        depth = 0
        for token in self.tokens[first:last]:
            depth -= token.kind in ("CLOSE", "END") or token.text in (")", "]")
            found.append("" if depth else token.text)
            depth += token.kind in ("OPEN", "BEGIN") or token.text in ("(", "[")
        return found

    def _term_start(self) -> int:
        """The word with which the term begins that has just been written."""
        depth = 0
        for position in range(len(self.words) - 1, -1, -1):
            kind = self.words[position].kind
            depth += kind == "CLOSE"
            if kind in ("OPEN", "INDEX_OPEN"):
                depth -= 1
            if depth < 0 or (not depth and kind in LOOSE):
                return position + 1
        return 0
