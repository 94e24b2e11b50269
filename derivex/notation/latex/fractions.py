r"""Fractions, and those that are derivatives: \frac{d}{dx}, \frac{\partial^2 f}{\partial x^2}."""

from __future__ import annotations

from typing import NamedTuple

from derivex.notation.latex.commands import (
    ACCENTS,
    GREEK_COMMANDS,
    LETTER_STYLES,
    SIZES,
    STYLE_SWITCHES,
    UPRIGHT,
)
from derivex.notation.latex.source import Written
from derivex.notation.latex.translation import Item, Stretch, Translation

__all__ = ["Fractions"]

_OPERATORS = ("PLUS", "MINUS", "STAR", "SLASH", "EQUALS", "RELATION", "ARROW")
_SPACES = (r"\,", r"\;", r"\:", r"\!", "\\ ", r"\displaystyle", r"\textstyle")
_POINTED = frozenset("fgh")  # letters that are functions where a bracket follows


class _Part(NamedTuple):
    """The numerator or denominator of a derivative behind its first d or ∂."""

    order: int
    first: int
    last: int


class Fractions(Translation):
    r"""The part of the translation that takes \frac and its kin."""

    def take_fraction(self, stretch: Stretch) -> None:
        at = self.tokens[stretch[0]]
        above, above_end, after = self.argument(stretch[0] + 1, stretch[1], at)
        below, below_end, after = self.argument(after, stretch[1], at)
        if self._derivative(stretch, (above, above_end), (below, below_end), after):
            return
        self._note_mixed((above, above_end), (below, below_end), stretch[0], after)
        if all(
            last > first + 1 and self.tokens[first].text == r"\delta"
            for first, last in ((above, above_end), (below, below_end))
        ):
            raise self.error(
                "this looks like a functional derivative, which cannot be read",
                at,
                self.tokens[after - 1],
                r"write \frac{\partial L}{\partial y} for a partial derivative",
            )
        stretch[0] = after
        opening = Written("OPEN", "{", at.start, at.end)
        last = self.tokens[after - 1]
        closing = Written("CLOSE", "}", last.start, last.end, True)
        slash = Written("SLASH", "/", at.start, at.end, True)
        differential = self._differential(above, above_end) if self.integrals else above_end
        numerator = self.braced(above, differential, at)
        if differential == above:
            numerator = [self.word("NUMBER", "1", at, True)]
        self.push(
            opening,
            self._glue(),
            *numerator,
            slash,
            self._glue(),
            *self.braced(below, below_end, at),
            closing,
            [differential, above_end],
        )

    def _differential(self, first: int, last: int) -> int:
        r"""Where the dx begins that ends the numerator of \int \frac{dx}{x}, or the end."""
        for position in range(max(first, last - 7), last - 1):
            behind = self._sign(position, last)
            if behind is not None and self._symbol(behind, last) == last:
                return position
        return last

    def _note_mixed(
        self, above: tuple[int, int], below: tuple[int, int], begin: int, after: int
    ) -> None:
        """Note that a number before a fraction of numbers is a factor, no mixed number."""
        before = self.words[-1] if self.words else None
        if before is None or before.kind != "NUMBER" or self.ends_exponent():
            return
        parts = (*self.tokens[slice(*above)], *self.tokens[slice(*below)])
        if all(token.kind == "DIGIT" for token in parts) and self.tokens[begin - 1].kind == "DIGIT":
            shown = self.shown(begin, after)
            self.remarks.append(
                (len(self.words) - 1, f"{before.text}{shown}", f"{before.text}·{shown}")
            )

    def take_inline_derivative(self, stretch: Stretch) -> bool:
        """d/dx, dy/dx or d(x^2)/dx on one line; False if there is none here."""
        begin, end = stretch
        sign = self._sign(begin, end)
        if sign is None or (begin and self._adjoins_letter(begin)):
            return False
        position = sign
        if position < end and self.tokens[position].kind == "SUPER":
            position = self.argument(position + 1, end, self.tokens[position])[2]
        token = self.token(position, end)
        if token is not None and token.text in ("(", "["):
            position = self._closing_bracket(position, end)
        elif token is not None and token.text != "/":
            symbol = self._symbol(position, end)
            position = position if symbol is None else symbol
            called = self.token(position, end)
            if called is not None and called.text == "(" and not self.spaced[position]:
                position = self._closing_bracket(position, end)  # df(x)/dx
        slash = self.token(position, end)
        if slash is None or slash.text != "/":
            return False
        below = self._sign(position + 1, end)
        if below is None:
            return False
        after = self._symbol(below, end)
        powered = True
        if after is None:
            token = self.token(below, end)
            if token is None or token.text != "(":
                return False
            after = self._closing_bracket(below, end)
        elif after == below + 1 and self.tokens[below].text in _POINTED:
            called = self.token(after, end)
            if called is not None and called.text == "(":
                after = self._closing_bracket(after, end)  # df/dg(x)
                powered = False
        following = self.token(after, end)
        if powered and following is not None and following.kind == "SUPER":
            after = self.argument(after + 1, end, following)[2]
        return self._derivative(stretch, (begin, position), (position + 1, after), after)

    def _adjoins_letter(self, position: int) -> bool:
        return self.tokens[position - 1].kind == "LETTER" and not self.spaced[position]

    def _closing_bracket(self, position: int, end: int) -> int:
        """The position behind the bracket that closes the one at a position."""
        depth = 0
        for inner in range(position, end):
            text = self.tokens[inner].text
            depth += (text in ("(", "[")) - (text in (")", "]"))
            if not depth:
                return inner + 1
        return end

    def _derivative(
        self,
        stretch: Stretch,
        above: tuple[int, int],
        below: tuple[int, int],
        after: int,
    ) -> bool:
        """Take a fraction that is a derivative; False if it is none."""
        begin, end = stretch
        top = self._part(*above)
        if top is None:
            self._refuse_order(above, below)
        if top is None or self._is_signed(top.first, top.last):
            return False
        variables = self._variables(*below, top.order)
        if not variables:
            return False
        at = self.tokens[begin]
        partial = Written("PARTIAL", "∂", at.start, self.tokens[after - 1].end)
        power: list[Written] = []
        if top.order != 1:
            sign = self.tokens[above[0]]
            power = [
                Written("CARET", "^", sign.start, sign.end, True),
                Written("NUMBER", str(top.order), sign.start, sign.end, True),
            ]
        slash = Written("SLASH", "/", at.start, at.end, True)
        numerator: list[Item] = []
        if top.first < top.last:
            opening = Written("OPEN", "{", at.start, at.end, True)
            last = self.tokens[top.last - 1]
            closing = Written("CLOSE", "}", last.start, last.end, True)
            numerator = [opening, self._glue(), [top.first, top.last], closing]
        if self._take_nested(stretch, top, variables, after):
            return True
        denominator = self._denominator(variables, top.order)
        if self._take_primed(stretch, above[0], top, variables, after):
            return True
        self._refuse_point(top, after, end)
        wrapped = bool(numerator) and self._is(after, end, "SUPER")
        stretch[0] = after
        if wrapped:
            self.emit("OPEN", "{", at)
            last = self.tokens[after - 1]
            denominator.append(Written("CLOSE", "}", last.start, last.end, True))
        self.push(partial, *power, *numerator, slash, *denominator)
        return True

    def _refuse_order(self, above: tuple[int, int], below: tuple[int, int]) -> None:
        r"""Refuse \frac{d^n}{dx^n}, of which the order is no number.

        Raises:
            ReadError: it is such a derivative.
        """
        sign = self._sign(*above)
        if sign is None or not self._is(sign, above[1], "SUPER") or self._sign(*below) is None:
            return
        first, last, _ = self.argument(sign + 1, above[1], self.tokens[sign])
        order = self.shown(first, last)
        behind = self.shown(*below).replace(" ", "")
        if order.isalpha() and behind.endswith((f"^{order}", f"^{{{order}}}")):
            raise self.error(
                "the order of this derivative is not a number",
                self.tokens[above[0]],
                self.tokens[last - 1],
                r"write \frac{d^2}{dx^2}",
            )

    def _is(self, position: int, end: int, kind: str) -> bool:
        return position < end and self.tokens[position].kind == kind

    def _sign(self, position: int, end: int) -> int | None:
        r"""The position behind a d or ∂, also \mathrm{d}; None if there is none."""
        while position < end and self.tokens[position].text in _SPACES:
            position += 1
        token = self.token(position, end)
        if token is None:
            return None
        if token.text in ("d", r"\partial"):
            return position + 1
        if token.kind == "OPEN" and self.partner[position] < end:  # {\rm d}
            after = self.partner[position]
            inside = [each.text for each in self.tokens[position + 1 : after]]
            if [text for text in inside if text not in STYLE_SWITCHES] in (["d"], [r"\partial"]):
                return after + 1
        if token.text in UPRIGHT:
            first, last, after = self.argument(position + 1, end, token)
            if last == first + 1 and self.tokens[first].text == "d":
                return after
        return None

    def _part(self, first: int, last: int) -> _Part | None:
        """What stands behind the d or ∂ of a numerator, with the order; None if it is none."""
        position = self._sign(first, last)
        if position is None:
            return None
        order = 1
        if self._is(position, last, "SUPER"):
            inside, inside_end, after = self.argument(position + 1, last, self.tokens[position])
            digits = "".join(token.text for token in self.tokens[inside:inside_end])
            if digits not in tuple("123456789"):
                return None
            order, position = int(digits), after
        if self._is(position, last, "SUB") or self._is(position, last, "PRIME"):
            return None
        return _Part(order, position, last)

    def _is_signed(self, first: int, last: int) -> bool:
        """Whether what would be differentiated begins with a binary sign: d + 1."""
        return first < last and self.is_operator(first, last)

    def _variables(self, first: int, last: int, order: int) -> list[tuple[int, int, int]]:
        """The variables of a denominator, each with how often; none if it is no denominator."""
        position = self._sign(first, last)
        found: list[tuple[int, int, int]] = []
        left = order
        while position is not None:
            start = position
            if position >= last or self.tokens[position].kind in ("SUB", "SUPER", "PRIME"):
                return []
            depth = 0
            following = None
            while position < last:
                text = self.tokens[position].text
                if self.tokens[position].kind == "OPEN":
                    position = self.partner[position] + 1
                    continue
                depth += (text in ("(", "[", r"\left")) - (text in (")", "]", r"\right"))
                inside = depth or position == start or order == 1
                following = None if inside else self._sign(position, last)
                if following is not None:
                    break
                if not depth and self.is_operator(position, last) and position > start:
                    return []
                position += 1
            stop, times = position, 1
            if order > 1:
                stop, times = self._times(start, stop)
            found.append((start, stop, times))
            left -= times
            position = following
        if left != 0 and found:
            above, below = self.tokens[first - 1], self.tokens[last - 1]
            raise self.error(
                f"the order of this derivative is {order} above the line and {order - left} below",
                above,
                below,
                r"write \frac{d^2}{dx^2}, and \frac{\partial^2}{\partial x \partial y}",
            )
        return found

    def _times(self, start: int, stop: int) -> tuple[int, int]:
        """Where a variable ends before its exponent, and the exponent: x^2 in d^2/dx^2."""
        for caret in (stop - 2, stop - 4):
            if caret > start and self.tokens[caret].kind == "SUPER":
                inside, inside_end, after = self.argument(caret + 1, stop, self.tokens[caret])
                digits = "".join(token.text for token in self.tokens[inside:inside_end])
                if after == stop and digits in tuple("23456789"):
                    return caret, int(digits)
        return stop, 1

    def _take_nested(
        self,
        stretch: Stretch,
        top: _Part,
        variables: list[tuple[int, int, int]],
        after: int,
    ) -> bool:
        r"""\frac{\partial^2 u}{\partial a \partial (b+c)}: one derivative of another.

        False if all that is differentiated by are names, or the same.
        """
        if len(variables) < 2 or all(
            self._symbol(start, stop) == stop for start, stop, _ in variables
        ):
            return False
        begin = stretch[0]
        at, end = self.tokens[begin], self.tokens[after - 1]
        opening = Written("OPEN", "{", at.start, at.end, True)
        closing = Written("CLOSE", "}", end.start, end.end, True)
        partial = Written("PARTIAL", "∂", at.start, at.end)
        slash = Written("SLASH", "/", at.start, at.end, True)
        written: list[Item] = []
        if top.first < top.last:
            written = [opening, self._glue(), [top.first, top.last], closing]
        for start, stop, times in reversed(variables):
            by = self._denominator([(start, stop, 1)], 1)
            for _ in range(times):
                copied = [list(each) if isinstance(each, list) else each for each in by]
                if top.first < top.last:
                    written = [opening, self._glue(), partial, *written, slash, *copied, closing]
                else:
                    written = [partial, slash, *copied, *written]
        stretch[0] = after
        self.push(*written)
        return True

    def _denominator(self, variables: list[tuple[int, int, int]], order: int) -> list[Item]:
        """The words of a denominator."""
        found: list[Item] = []
        for start, stop, times in variables:
            first, last = self.tokens[start], self.tokens[stop - 1]
            partial = Written("PARTIAL", "∂", first.start, last.end, True)
            after = self._symbol(start, stop)
            if first.text in ("e", r"\pi") and start + 1 == stop:
                after = None  # what it stands for is decided where it is read
            power: list[Written] = []
            if times > 1:
                power = [
                    Written("CARET", "^", last.start, last.end, True),
                    Written("NUMBER", str(times), last.start, last.end, True),
                ]
            if after == stop:
                found += [partial, self._glue(), [start, stop], *power]
                continue
            opening = Written("OPEN", "(", first.start, first.end, True)
            closing = Written("CLOSE", ")", last.start, last.end, True)
            found += [partial, opening, self._glue(), [start, stop], closing, *power]
        return found

    def _symbol(self, position: int, end: int) -> int | None:
        """The position behind one letter or name, with a subscript; None if there is none."""
        token = self.token(position, end)
        if token is None:
            return None
        if token.kind == "LETTER":
            after = position + 1
        elif token.text in GREEK_COMMANDS:
            after = position + 1
            following = self.token(after, end)
            if token.text == r"\Delta" and following is not None and following.kind == "LETTER":
                after += 1
        elif token.text in LETTER_STYLES or token.text in ACCENTS or token.text in UPRIGHT:
            first, last, after = self.argument(position + 1, end, token)
            if token.text in UPRIGHT:
                if not all(each.kind in ("LETTER", "DIGIT") for each in self.tokens[first:last]):
                    return None
            elif self._symbol(first, last) != last:
                return None
        else:
            return None
        following = self.token(after, end)
        if following is not None and following.kind == "SUB":
            first, last, after = self.argument(after + 1, end, following)
            if self.simple_subscript(first, last) is None:
                return None
        return after

    def _take_primed(
        self,
        stretch: Stretch,
        sign: int,
        top: _Part,
        variables: list[tuple[int, int, int]],
        after: int,
    ) -> bool:
        r"""\frac{df}{dx}(2), f'(2); False if it is not that."""
        begin, end = stretch
        opening = self.token(after, end)
        variable = variables[0]
        applied = [token.text for token in self.tokens[top.first + 1 : top.last]]
        by = [token.text for token in self.tokens[variable[0] : variable[1]]]
        if applied not in ([], ["(", *by, ")"]):
            return False
        if self.tokens[top.first].text not in _POINTED:
            return False
        if opening is None or opening.text != "(" or self.tokens[sign].text == r"\partial":
            return False
        closing = self._closing_bracket(after, end)
        inside = self.tokens[after + 1 : closing - 1]
        signed = len(inside) > 1 and inside[0].text in ("-", "−")
        point = after + 1 + signed
        number = all(token.kind == "DIGIT" or token.text == "." for token in inside[signed:])
        if not inside or (not number and self._symbol(point, closing - 1) != closing - 1):
            return False
        if len(variables) > 1 or self._symbol(*variable[:2]) != variable[1]:
            return False
        at, name = self.tokens[begin], self.tokens[top.first]
        primes = "'" * top.order
        shown = self.shown(after, closing)
        self.remark(at.start, self.tokens[closing - 1].end, f"{name.text}{primes}{shown}")
        stretch[0] = after
        place = (at.start, self.tokens[after - 1].end)
        self.push(
            Written("NAME", name.text, *place),
            Written("PRIME", primes, *place, True),
        )
        return True

    def _refuse_point(self, top: _Part, after: int, end: int) -> None:
        """Refuse ∂f/∂x(1, 2), a derivative at a point, which looks like a product."""
        if top.first >= top.last:
            return
        position = after
        while position < end and (
            self.tokens[position].text in (r"\left", *_SPACES)
            or self.tokens[position].text in SIZES
        ):
            position += 1
        opening = self.token(position, end)
        if opening is None or opening.text != "(":
            return
        closing = self._closing_bracket(position, end)
        whole = self._symbol(top.first, top.last) == top.last
        short = closing - position <= 4 and not any(
            self.is_operator(inner, closing) for inner in range(position + 2, closing)
        )
        alone = whole and (short or self.tokens[top.first].text in _POINTED)
        several = any(token.text == "," for token in self.tokens[position:closing])
        if whole and several:
            return  # which argument that is by is known where the functions are
        if alone or several:
            raise self.error(
                "this looks like the derivative at a point, which is not read from brackets",
                opening,
                self.tokens[closing - 1],
                r"write \left. … \right|_{x = 2} for its value there, \cdot for a product",
            )
