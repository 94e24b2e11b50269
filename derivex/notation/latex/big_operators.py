r"""Sums, products, integrals, limits and gradients, with what stands under and above them."""

from __future__ import annotations

from derivex.notation.latex.commands import UPRIGHT
from derivex.notation.latex.scripts import Scripts
from derivex.notation.latex.source import Written
from derivex.notation.latex.tokens import Token
from derivex.notation.latex.translation import Item, Stretch
from derivex.notation.vocabulary import INDEX_LETTERS

__all__ = ["BigOperators"]

_BRACES = ("OPEN", "CLOSE")
_SIDES = {
    **dict.fromkeys((r"\downarrow", r"\searrow"), ("PLUS", "+")),
    **dict.fromkeys((r"\uparrow", r"\nearrow"), ("MINUS", "-")),
}
"""Arrows in a limit that say from which side it is taken."""
_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")
_ENDS_TERM = ("+", "-", "−", "=", "&", ",", ";", r"\\")


class BigOperators(Scripts):
    r"""The part of the translation that takes \sum, \int, \lim, \nabla and their bounds."""

    def take_big(self, stretch: Stretch, kind: str, text: str) -> None:
        r"""\sum, \prod, \int or \lim with what stands under and above it."""
        at = self.tokens[stretch[0]]
        position = stretch[0] + 1
        end = stretch[1]
        while position < end and self.tokens[position].text in (r"\limits", r"\nolimits"):
            position += 1
        found = self.scripts(position, end)
        stretch[0] = found.after
        sign = self.word(kind, text, at)
        low, high = found.low, found.high
        if high is not None and high[0] >= high[1]:
            high = None  # \sum_{h}^{}
        if found.primes:
            raise self.error(f"a prime behind {at.text}", at, at, "leave it out")
        if text == "lim":
            self._limit(sign, low, high, at)
        elif kind == "INTEGRAL":
            self.integrals += 1
            self.push(sign, *self._bound("_", low, at), *self._bound("^", high, at))
        else:
            only = self._only_index(*stretch) if low is None and high is None else ""
            if only:
                self.remark(at.start, at.end, f"{at.text}_{only}")
                self.push(sign, Written("SUBSCRIPT", f"_{only}", at.start, at.end, True))
                return
            self._sum(sign, low, high, at)

    def _only_index(self, position: int, end: int) -> str:
        r"""The i of \sum (x_i - \mu)^2, which is left out below the sign; "" if there is no one."""
        found: set[str] = set()
        depth = 0
        for at in range(position, end):
            token = self.tokens[at]
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
            if depth < 0 or (not depth and at > position and token.text in _ENDS_TERM):
                break
            if token.text == r"\sum":
                return ""
            if token.text in ("_", "^") and at + 1 < end:
                below = [each.text for each in self.tokens[at + 1 : at + 5]]
                if token.text == "_" and below[0] == "{" and below[2:3] == ["}"]:
                    below = below[1:]
                if token.text == "^" and below[:2] == ["{", "("] and below[3:4] == [")"]:
                    below = below[2:]
                elif token.text == "^":
                    continue
                if below[0] in INDEX_LETTERS and below[0] != "n":
                    found.add(below[0])
        return found.pop() if len(found) == 1 else ""

    def _bound(self, mark: str, bound: tuple[int, int] | None, at: Token) -> list[Item]:
        if bound is None or bound[0] >= bound[1]:
            return []
        tokens = self.tokens[bound[0] : bound[1]]
        start = tokens[0].start
        opening = [Written("INDEX_OPEN", "_{", start, start + 1, True)]
        if mark == "^":
            opening = [
                Written("CARET", "^", start, start + 1, True),
                Written("OPEN", "{", start, start + 1, True),
            ]
        return [*opening, self._glue(), list(bound), self.closing(bound[1])]

    def take_nabla(self, stretch: Stretch) -> None:
        r"""\nabla with what it is by, and \nabla^2."""
        at = self.tokens[stretch[0]]
        found = self.scripts(stretch[0] + 1, stretch[1])
        stretch[0] = found.after
        items: list[Item] = [self.word("NABLA", "∇", at)]
        if found.high is not None:
            if self.shown(*found.high) != "2" or found.primes:
                raise self.error(f"{at.text} has no such exponent", at, at, r"write \nabla_w")
            items.append(self.word("SUPERSCRIPT", "²", at, True))
        if found.low is not None:
            items += self.lower(*found.low, at)
        self.push(*items)

    def _sum(
        self,
        sign: Written,
        low: tuple[int, int] | None,
        high: tuple[int, int] | None,
        at: Token,
    ) -> None:
        if low is None or low[0] >= low[1]:
            raise self.error(
                f"this {at.text} does not say over what it goes",
                at,
                at,
                rf"write {at.text}_i or {at.text}_{{i=1}}^{{n}}",
            )
        index = self.simple_subscript(*low)
        if index is None and self._take_all_but(sign, low, high, at):
            return
        if index is None:
            texts = [token.text for token in self.tokens[low[0] : low[1]]]
            if "=" not in texts or texts.index("=") not in (1, 4):
                raise self.error(
                    f"{self.shown(*low)} is not an index that {at.text} can go over",
                    self.tokens[low[0]],
                    self.tokens[low[1] - 1],
                    rf"write {at.text}_i or {at.text}_{{i=1}}^{{n}}",
                )
            self.push(sign, *self._bound("_", low, at), *self._bound("^", high, at))
            return
        begin, stop = self.tokens[low[0]], self.tokens[low[1] - 1]
        if high is None and len(index) > 1 and begin.text in UPRIGHT and begin.end == stop.end:
            place = (begin.start, stop.end)  # over all values of one name
            opening = Written("INDEX_OPEN", "_{", *place, True)
            name = Written("NAME", index, *place, True)
            self.push(sign, opening, name, Written("CLOSE", "}", *place, True))
            return
        if high is None:
            text = f"_{index}" if len(index) == 1 else f"_{{{index}}}"
            self.push(sign, Written("SUBSCRIPT", text, begin.start, stop.end, True))
            return
        upper = self.tokens[high[1] - 1]
        self.remark(at.start, upper.end, f"{at.text}_{{{index}=1}}^{{{self.shown(*high)}}}")
        place = (begin.start, stop.end)
        self.push(
            sign,
            Written("INDEX_OPEN", "_{", *place, True),
            Written("NAME", index, *place, True),
            Written("EQUALS", "=", *place, True),
            Written("NUMBER", "1", *place, True),
            Written("CLOSE", "}", *place, True),
            *self._bound("^", high, at),
        )

    def _take_all_but(
        self, sign: Written, low: tuple[int, int], high: tuple[int, int] | None, at: Token
    ) -> bool:
        r"""\sum_{j \ne i}, all but one: with the factor 1 − δ; False if it is another sum."""
        texts = [token.text for token in self.tokens[low[0] : low[1]] if token.kind not in _BRACES]
        if at.text != r"\sum" or len(texts) != 3 or texts[1] not in (r"\ne", r"\neq", "≠"):
            return False
        index, other = texts[0], texts[2]
        if not all(len(name) == 1 and name.isalpha() for name in (index, other)):
            return False
        begin, stop = self.tokens[low[0]], self.closing(low[1])
        place = (begin.start, stop.end)
        bounds: list[Item] = [Written("SUBSCRIPT", f"_{index}", *place, True)]
        if high is not None:
            bounds = [
                Written("INDEX_OPEN", "_{", *place, True),
                Written("NAME", index, *place, True),
                Written("EQUALS", "=", *place, True),
                Written("NUMBER", "1", *place, True),
                Written("CLOSE", "}", *place, True),
                *self._bound("^", high, at),
            ]
        self.remark(at.start, stop.end, f"the sum of (1 − δ_{index}{other}) times …")
        self.push(
            sign,
            *bounds,
            Written("OPEN", "(", *place),
            Written("NUMBER", "1", *place, True),
            Written("MINUS", "-", *place),
            Written("GREEK", "δ", *place),
            Written("SUBSCRIPT", f"_{{{index},{other}}}", *place, True),
            Written("CLOSE", ")", *place, True),
        )
        return True

    def _limit(
        self,
        sign: Written,
        low: tuple[int, int] | None,
        high: tuple[int, int] | None,
        at: Token,
    ) -> None:
        if low is None or high is not None:
            raise self.error(
                "this limit needs its variable and where that goes",
                at,
                at,
                r"write \lim_{h \to 0}",
            )
        first, last = low
        side: list[Written] = []
        if last - first > 3 and self.tokens[last - 1].kind == "CLOSE":
            opening = self.partner[last - 1]
            if self.tokens[opening - 1].kind == "SUPER":
                side, last = self._side(opening + 1, last - 1), opening - 1
        elif last - first > 2 and self.tokens[last - 2].kind == "SUPER":
            side, last = self._side(last - 1, last), last - 2
        if not side:
            last = low[1]
            side = [
                self.word(*_SIDES[token.text], token, True)
                for token in self.tokens[first:last]
                if token.text in _SIDES
            ]
        begin, stop = self.tokens[low[0]], self.tokens[low[1] - 1]
        self.push(
            sign,
            Written("INDEX_OPEN", "_{", begin.start, begin.end, True),
            self._glue(),
            [first, last],
            *side,
            Written("CLOSE", "}", stop.start, stop.end, True),
        )

    def _side(self, first: int, last: int) -> list[Written]:
        """The sign that says from which side a limit is taken."""
        tokens = self.tokens[first:last]
        if len(tokens) == 1 and tokens[0].text in ("+", "-", "−"):
            kind = "PLUS" if tokens[0].text == "+" else "MINUS"
            return [self.word(kind, tokens[0].text, tokens[0], True)]
        return []
