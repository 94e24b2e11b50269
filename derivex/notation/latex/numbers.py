r"""Numbers, with a point or a comma, and the 1 of an indicator."""

from __future__ import annotations

from derivex.notation.latex.commands import SIGNS, TAKING_A_LETTER
from derivex.notation.latex.letters import Letters
from derivex.notation.latex.source import Written
from derivex.notation.latex.tokens import Token
from derivex.notation.latex.translation import Stretch

__all__ = ["Numbers"]

_GROUP = 3  # digits that are set apart in 1\,000\,000
_LONGEST = max(map(len, TAKING_A_LETTER))


class Numbers(Letters):
    """The part of the translation that takes numbers."""

    def has_decimal_commas(self) -> bool:
        """Whether commas outside of brackets can only be those of numbers such as 0,01."""
        depth = 0
        tokens = self.tokens
        found = False
        for position, token in enumerate(tokens):
            if token.text in ("(", "[", r"\{", "BEGIN") or token.kind == "BEGIN":
                depth += 1
            elif token.text in (")", "]", r"\}") or token.kind == "END":
                depth -= 1
            elif token.text == "," and not depth:
                around = tokens[position - 1 : position] + tokens[position + 1 : position + 2]
                digits = len(around) == 2 and all(each.kind == "DIGIT" for each in around)
                if not digits or self.spaced[position] or self.spaced[position + 1]:
                    return False
                found = True
        return found

    def take_indicator(self, stretch: Stretch, position: int) -> bool:
        r"""1\{y = 1\} or \mathbb{I}(y = 1), 1 where that holds and else 0; False if it is none.

        The bracket, or the subscript, begins at a position.
        """
        begin, end = stretch
        opening = self.token(position, end)
        if opening is None:
            return False
        if opening.kind == "SUB":
            first, last, after = self.argument(position + 1, end, opening)
            if last - first > 2 and self.tokens[first].text == r"\{":
                first, last = first + 1, last - 1
        else:
            closes = {r"\{": r"\}", "(": ")", "[": "]"}.get(opening.text)
            last = first = position + 1
            depth = 1
            while last < end:
                depth += (self.tokens[last].text == opening.text) - (
                    self.tokens[last].text == closes
                )
                if not depth:
                    break
                last += 1
            after = last + 1
        inside = self.tokens[first:last]
        if after > end or not any(
            each.text in ("=", "<", ">") or SIGNS.get(each.text, ("",))[0] == "RELATION"
            for each in inside
        ):
            return False
        token, stop = self.tokens[begin], self.tokens[after - 1]
        stretch[0] = after
        self.remark(token.start, stop.end, "1 where that holds, and 0 elsewhere")
        self.push(
            self.word("OPEN", "(", token),
            self.word("NAME", "if", token, True),
            [first, last],
            self.word("NAME", "then", stop),
            self.word("NUMBER", "1", stop),
            self.word("NAME", "else", stop),
            self.word("NUMBER", "0", stop),
            self.word("CLOSE", ")", stop, True),
        )
        return True

    def take_double_struck(self, stretch: Stretch, token: Token) -> bool:
        r"""The \mathbb{1} or \mathbb{I} of an indicator."""
        first, last, after = self.argument(stretch[0] + 1, stretch[1], token)
        if "".join(each.text for each in self.tokens[first:last]) not in ("1", "I"):
            return False
        if after < stretch[1] and self.tokens[after].kind == "LEFT":
            return False
        return self.take_indicator(stretch, after)

    def take_number(self, stretch: Stretch, token: Token) -> None:
        position, end = stretch
        following = self.token(position + 1, end)
        braced = following is not None and following.text == r"\{"
        if token.text == "1" and braced and self.take_indicator(stretch, position + 1):
            return
        if position:
            self._multiply_number(position, token)
        after = self.digits(position, end)
        text = "".join(each.text for each in self.tokens[position:after])
        grouped = self._thousands(after, end) if after - position <= _GROUP else after
        if grouped > after:
            parts = self.tokens[after:grouped]
            text += "".join(each.text for each in parts if each.kind == "DIGIT")
            self.remarks.append((len(self.words), self.shown(position, grouped), text))
            after = grouped
        fraction = self._fraction(after, end)
        if fraction is not None:
            mark, first = fraction
            last = self.digits(first, end)
            digits = "".join(each.text for each in self.tokens[first:last])
            if mark == ",":
                shown = self.shown(position, last)
                if digits == "0" * _GROUP and text != "0":
                    raise self.error(
                        f"{shown} can be {text}{digits} or {text}.{digits}",
                        token,
                        self.tokens[last - 1],
                        rf"write {text}\,{digits} for thousands, {text}.{digits} for a decimal",
                    )
                self.remarks.append((len(self.words), shown, f"{text}.{digits}"))
            text, after = f"{text}.{digits}", last
        following = self.token(after, end)
        if following is not None and following.text in ("e", "E") and not self.spaced[after]:
            sign = self.token(after + 1, end)
            digit = after + 1 + (sign is not None and sign.text in ("-", "+", "−"))
            if self._is_digit(digit, end) and not self.spaced[digit]:
                last_token = self.tokens[digit]
                raise self.error(
                    "this can be a number in exponent notation or a product with e",
                    token,
                    last_token,
                    r"write 2 \cdot 10^{-3} for the number, 2 \cdot e - 3 for the rest",
                )
        stretch[0] = after
        last_token = self.tokens[after - 1]
        self.write(Written("NUMBER", text, token.start, last_token.end))

    def _multiply_number(self, position: int, token: Token) -> None:
        """x 2 with a space is a product; x2 is refused by the reader."""
        before = self.words[-1] if self.words else None
        if before is None or not self.spaced[position] or before.role == "command":
            return
        if before.end != self.tokens[position - 1].end:
            return
        left = before
        if before.kind == "SUBSCRIPT" and len(self.words) > 1:
            left = self.words[-2]
        if left.kind not in ("NAME", "GREEK") or left.text in ("lim", "mean"):
            return
        letters = "".join(word.text for word in self.words[-_LONGEST:])
        if any(letters.endswith(command[1:]) for command in TAKING_A_LETTER):
            return  # sin 2x
        shown = left.text if left is before else left.text + before.text
        self.remarks.append((len(self.words), f"{shown} {token.text}", f"{shown}·{token.text}"))
        self.emit("STAR", "·", token)

    def digits(self, position: int, end: int) -> int:
        first = position
        while self._is_digit(position, end) and (position == first or not self.spaced[position]):
            position += 1
        return position

    def _thousands(self, position: int, end: int) -> int:
        r"""The position behind the groups of three digits in 1\,000\,000, set apart by spaces."""
        while position < end and self.tokens[position].text == r"\,":
            after = self.digits(position + 1, end)
            if after - position - 1 != _GROUP or self.spaced[position + 1]:
                break
            position = after
        return position

    def _fraction(self, position: int, end: int) -> tuple[str, int] | None:
        """A decimal point or comma at a position, and where the digits behind it begin."""
        token = self.token(position, end)
        if token is None or self.spaced[position]:
            return None
        if (
            token.text == "."
            and self._is_digit(position + 1, end)
            and not self.spaced[position + 1]
        ):
            return ".", position + 1
        if token.text == "," and self._is_digit(position + 1, end):
            zeros = self.tokens[position + 1].text == "0" and self._is_digit(position + 2, end)
            if (zeros or self.decimal_commas) and not self.spaced[position + 1]:
                return ",", position + 1
        inside = [each.text for each in self.tokens[position : min(position + 3, end)]]
        if inside == ["{", ",", "}"] and self._is_digit(position + 3, end):
            return ",", position + 3
        return None
