r"""Subscripts, exponents, primes: x_i^2, x^{(i)}, f', X^\top."""

from __future__ import annotations

from typing import NamedTuple

from derivex.notation.latex.commands import (
    DROPPED,
    FUNCTIONS,
    GREEK_COMMANDS,
    LETTER_STYLES,
    UPRIGHT,
)
from derivex.notation.latex.source import Written
from derivex.notation.latex.tokens import Token, is_blank
from derivex.notation.latex.translation import Item, Stretch, Translation
from derivex.notation.vocabulary import INDEX_LETTERS, UNKNOWN_FUNCTIONS

__all__ = ["Scripts"]

_TRANSPOSED = ("T", r"\top", r"\intercal", "⊤")
_STYLES = {*LETTER_STYLES, *UPRIGHT}
_PRIMES = {"'": 1, "’": 1, "′": 1, r"\prime": 1, "″": 2, "‴": 3}
_LABELS = {
    "*": "star", r"\ast": "star", r"\star": "star", "+": "plus", "-": "minus", "−": "minus",
}  # fmt: skip
_STARS = ("*", r"\ast", r"\star")
_NO_EXPONENT = {r"\circ": "degrees", r"\dagger": "a dagger", r"\perp": "⊥"}


def _is_name(token: Token) -> bool:
    return token.kind == "LETTER" or token.text in GREEK_COMMANDS


class _Found(NamedTuple):
    """The scripts behind something: where each of them begins and ends, None if it is missing."""

    low: tuple[int, int] | None
    high: tuple[int, int] | None
    primes: int
    after: int


class Scripts(Translation):
    """The part of the translation that takes what stands lower or higher."""

    def scripts(self, position: int, end: int) -> _Found:
        """The scripts at a position.

        Raises:
            ReadError: there are two subscripts, or two exponents.
        """
        low = high = None
        primes = 0
        while position < end:
            token = self.tokens[position]
            if token.kind == "PRIME":
                primes += _PRIMES[token.text]
                position += 1
                continue
            if token.kind not in ("SUB", "SUPER"):
                break
            first, last, after = self.argument(position + 1, end, token)
            if position and self.tokens[position - 1].text == r"\log":
                last = after = self._whole_base(first, after, end)
            inside = [each.text for each in self.tokens[first:last]]
            if token.kind == "SUPER" and inside and all(text in _PRIMES for text in inside):
                primes += sum(_PRIMES[text] for text in inside)
            elif (low if token.kind == "SUB" else high) is not None:
                name = "subscript" if token.kind == "SUB" else "superscript"
                raise self.error(
                    f"a second {name} behind the first one",
                    token,
                    self.tokens[after - 1],
                    f"put braces round what the first {name} belongs to",
                )
            elif token.kind == "SUB":
                low = (first, last)
            else:
                high = (first, last)
            self._refuse_longer(token, first, after, end)
            position = after
        return _Found(low, high, primes, position)

    def _whole_base(self, first: int, after: int, end: int) -> int:
        r"""Where the base of ``\log_10`` ends: no logarithm has the base 1."""
        if after != first + 1 or self.tokens[first].text != "1":
            return after
        while self._is_digit(after, end) and not self.spaced[after]:
            after += 1
        return after

    def _refuse_longer(self, sign: Token, first: int, after: int, end: int) -> None:
        """Refuse x^10, where TeX raises only the 1."""
        unbraced = after == first + 1
        if not unbraced or self.tokens[first].kind != "DIGIT":
            following = self.token(after, end)
            longer = following is not None and following.kind in ("DIGIT", "LETTER")
            if unbraced and longer and self.tokens[first].text in ("-", "−"):
                raise self.error(
                    f"{sign.text}- takes the minus only",
                    sign,
                    self.tokens[first],
                    f"put the whole in braces: {sign.text}{{-1}}",
                )
            self._note_second_index(sign, first, after, end)
            return
        following = self.token(after, end)
        if following is None or self.spaced[after]:
            return
        if following.kind == "DIGIT" or (following.text == "." and self._is_digit(after + 1, end)):
            digit, more = self.tokens[first].text, following.text
            raise self.error(
                f"TeX takes only the {digit} into this {sign.text}{digit}{more}",
                sign,
                following,
                f"put the whole in braces, {sign.text}{{{digit}{more}}}, or a space between",
            )

    def _note_second_index(self, sign: Token, first: int, after: int, end: int) -> None:
        """Note that x_ij is x_i times j, as TeX sets it."""
        following = self.token(after, end)
        if following is None or sign.kind != "SUB" or self.spaced[after]:
            return
        letters = self.tokens[first].text, following.text
        if after == first + 1 and all(letter in INDEX_LETTERS for letter in letters):
            left, right = letters
            self.remark(sign.start, following.end, f"_{left}·{right}, not _{{{left}{right}}}")

    def _is_digit(self, position: int, end: int) -> bool:
        return position < end and self.tokens[position].kind == "DIGIT"

    def take_scripts(self, stretch: Stretch) -> None:
        """What stands lower and higher behind the word written last."""
        begin, end = stretch
        found = self.scripts(begin, end)
        stretch[0] = found.after
        at = self.tokens[begin]
        items: list[Item] = []
        if found.low is not None:
            self._refuse_constant(begin, *found.low)
            starred = self._starred(found, at)
            if starred is not None:
                self.push(starred)
                return
            if self._take_partial(found, at, end):
                return
            items += self.lower(*found.low, at)
        if found.primes:
            items.append(Written("PRIME", "'" * found.primes, at.start, at.end, True))
        if found.high is not None and found.high[0] < found.high[1]:
            sign = self.tokens[found.high[0] - 1]
            sign = sign if sign.kind == "SUPER" else self.tokens[found.high[0] - 2]
            items += self._higher(*found.high, sign, found.low is not None)
        self.push(*items)

    def _take_partial(self, found: _Found, at: Token, end: int) -> bool:
        r"""Take f'_x(x, y) as ∂_x f(x, y), and f''_{xy} so; False if it is another thing."""
        before = self.words[-1] if self.words else None
        if at.kind != "PRIME" or before is None or found.low is None or found.high is not None:
            return False
        letters = [token for token in self.tokens[slice(*found.low)] if not is_blank(token)]
        names = all(_is_name(token) and token.text not in INDEX_LETTERS for token in letters)
        if not names or len(letters) != found.primes or before.text not in UNKNOWN_FUNCTIONS:
            return False
        opening = self.token(found.after, end)
        if opening is not None and opening.text in ("(", r"\left"):
            inside = [token.text for token in self.tokens[found.after : end]]
            inside = inside[: inside.index(")") if ")" in inside else 0]
            alone = [
                text
                for left, text, right in zip(inside, inside[1:], [*inside[2:], ","], strict=False)
                if left in ("(", ",") and right in (",", r"\right")
            ]
            if not {token.text for token in letters} <= {*alone}:
                return False  # f'_x(x_0, y_0)
        name = self.words.pop()
        by = "".join(f"_{self.shown(*found.low)}" for _ in letters[:1])
        self.remark(before.start, self.tokens[found.after - 1].end, f"∂{by} {before.text}")
        for letter in letters:
            self.write(self.word("PARTIAL", "∂", at))
            shown = GREEK_COMMANDS.get(letter.text, letter.text)
            self.write(self.word("SUBSCRIPT", f"_{shown}", letter, True))
        self.write(name._replace(glued=False))
        return True

    def _starred(self, found: _Found, at: Token) -> Written | None:
        r"""The subscript of x_1^*, a name of its own; None for x_i^*, an entry of what x^* is."""
        if found.low is None or found.high is None or found.primes:
            return None
        low, high = self.simple_subscript(*found.low), self.shown(*found.high)
        if low is None or not low.isdigit() or high not in _STARS:
            return None
        end = self.tokens[found.after - 1].end
        before = self.words[-1] if self.words else None
        if before is None or before.kind not in ("NAME", "GREEK"):
            return None
        self.remark(before.start, end, f"the name {before.text}_{{{low},star}}")
        return Written("SUBSCRIPT", f"_{{{low},star}}", at.start, end, True)

    def _refuse_constant(self, begin: int, first: int, last: int) -> None:
        r"""Refuse (\frac{\partial T}{\partial V})_S, where the S is what is held constant."""
        names = [token for token in self.tokens[first:last] if token.text not in (",", r"\,")]
        if not names or self.words[-1:] == [] or self.words[-1].kind != "CLOSE":
            return
        depth = 0
        for position in range(len(self.words) - 1, -1, -1):
            depth += (self.words[position].kind == "CLOSE") - (self.words[position].kind == "OPEN")
            if not depth:
                break
        inside = [word.kind for word in self.words[position + 1 : position + 4]]
        if "PARTIAL" not in inside[:1] or inside[1:2] == ["SLASH"]:
            return
        if all(_is_name(token) and token.text not in INDEX_LETTERS for token in names):
            raise self.error(
                "what is held constant under a derivative cannot be read",
                self.tokens[begin],
                self.tokens[last - 1],
                r"leave it out where it is clear: \frac{\partial T}{\partial V}",
            )

    def lower(self, first: int, last: int, at: Token) -> list[Item]:
        if first >= last:
            return []
        simple = self.simple_subscript(first, last)
        end = self.tokens[last - 1].end
        if simple is not None:
            text = f"_{simple}" if len(simple) == 1 or simple.isalnum() else f"_{{{simple}}}"
            return [Written("SUBSCRIPT", text, at.start, end, True)]
        opening = Written("INDEX_OPEN", "_{", at.start, at.end, True)
        return [opening, self._glue(), [first, last], self.closing(last)]

    def closing(self, last: int) -> Written:
        """The brace that closes what ends before a position."""
        at = self.token(last, len(self.tokens))
        if at is None or at.kind != "CLOSE":
            at = self.tokens[last - 1]
        return self.word("CLOSE", "}", at, True)

    def simple_subscript(self, first: int, last: int) -> str | None:
        r"""A subscript made of letters, digits, commas and brackets round them; None if it is not.

        What \text and the like hold is taken as it is.
        """
        tokens = self.tokens[first:last]
        if tokens and tokens[0].text == "(" and tokens[-1].text == ")":
            tokens = tokens[1:-1]  # E_{(w, b)}
            if not any(token.text == "," for token in tokens):
                return None  # x_{(i)} is no x_i
        text = ""
        for token in tokens:
            if token.kind in ("LETTER", "DIGIT"):
                text += token.text
            elif token.text in GREEK_COMMANDS:
                text += GREEK_COMMANDS[token.text]
            elif token.text in FUNCTIONS:
                text += token.text[1:]  # x_{\max}
            elif token.text == "," and text and text[-1] != ",":
                text += ","
            elif token.text == "-" and any(each.text in UPRIGHT for each in tokens):
                continue  # \text{cross-entropy}
            elif token.kind not in ("OPEN", "CLOSE") and token.text not in _STYLES:
                return None
        if not text or text[-1] == "," or "Σ" in text or "Π" in text:
            return None
        if not all(part.isalnum() for part in text.split(",")):
            return None
        mixed = any(part[0].isdigit() and not part.isdigit() for part in text.split(","))
        return None if mixed else text

    def _higher(self, first: int, last: int, at: Token, low: bool) -> list[Item]:
        tokens = self.tokens[first:last]
        end = tokens[-1].end
        plain = [
            token.text
            for token in tokens
            if token.kind not in ("OPEN", "CLOSE")
            and token.text not in _STYLES
            and token.text not in DROPPED
        ]
        caret = Written("CARET", "^", at.start, at.end, True)
        if len(plain) > 3 and plain[-1] in _TRANSPOSED and plain[-2] in (")", "]"):
            name = Written("NAME", "T", tokens[-1].start, end, True)  # x^{(i)T}
            stop = last - 1
            while self.tokens[stop].text not in (")", "]"):
                stop -= 1
            return [*self._higher(first, stop + 1, at, low), caret, name]
        if plain and plain[-1] in _TRANSPOSED and (len(plain) == 1 or plain[:-1] == ["-"]):
            name = Written("NAME", "T", tokens[-1].start, end, True)
            sign = Written("MINUS", "-", tokens[0].start, tokens[0].end, True)
            return [caret, sign, name] if len(plain) == 2 else [caret, name]
        labelled = self._labelled(plain, at, end) if not low else None
        if labelled is not None:
            return labelled
        if len(plain) == 1 and (plain[0] in _NO_EXPONENT or plain[0] in _LABELS):
            raise self.error(
                f"{_NO_EXPONENT.get(plain[0], plain[0])} is no exponent",
                at,
                tokens[-1],
                r"give what it makes a name of its own: \hat{x}, x_{\text{new}}",
            )
        raised = self._raised_index(first, last, at) or self._entry_above(first, last, at)
        if raised is not None:
            return raised
        letters = [text for text in plain if text not in ("+", "-", "−", *"0123456789")]
        if low and len(letters) == 1 and letters[0] in INDEX_LETTERS and letters[0] != "n":
            read = f"^{{({''.join(plain)})}}"
            self.remark(at.start, self.closing(last).end, f"an exponent; an index is {read}")
        if last == first + 1 and tokens[0].kind in ("LETTER", "DIGIT"):
            return [caret, self._glue(), [first, last]]
        opening = Written("OPEN", "{", at.start, at.end, True)
        return [caret, opening, self._glue(), [first, last], self.closing(last)]

    def _labelled(self, plain: list[str], at: Token, end: int) -> list[Item] | None:
        r"""The star of x^*, which makes a name of its own, and that of \sigma^{2*}, its square."""
        before = self.words[-1] if self.words else None
        if before is None or before.kind not in ("NAME", "GREEK"):
            return None
        labels = [text for text in plain if text in _LABELS]
        powers = [text for text in plain if text not in _LABELS]
        if len(labels) != 1 or len(powers) > 1 or not "".join(powers or "2").isdigit():
            return None
        if powers and labels[0] not in _STARS:
            return None  # x^{-2}
        label = _LABELS[labels[0]]
        self.remark(before.start, end, f"the name {before.text}_{label}")
        items: list[Item] = [Written("SUBSCRIPT", f"_{label}", at.start, end, True)]
        if powers:
            items.append(Written("CARET", "^", at.start, at.end, True))
            items.append(Written("NUMBER", powers[0], at.start, at.end, True))
        return items

    def _raised_index(self, first: int, last: int, at: Token) -> list[Item] | None:
        """The number in x^{(2)}, which counts entries or derivatives, and what is in a^{[l]}."""
        tokens = self.tokens[first:last]
        before = self.words[-1] if self.words else None
        named = before is not None and before.kind in ("NAME", "GREEK", "SUBSCRIPT")
        if not named or before is None or before.text == "e" or len(tokens) < 3:
            return None
        brackets = tokens[0].text + tokens[-1].text
        inside = "".join(token.text for token in tokens[1:-1])
        closing = self.token(last, len(self.tokens))
        stop = closing if closing is not None and closing.kind == "CLOSE" else tokens[-1]
        if brackets in ("()", "[]") and inside.isdigit() and inside.isascii():
            called = self.token(last + 1, len(self.tokens))
            order = called is not None and called.text in ("(", r"\left")
            kind = "ORDER" if order and brackets == "()" else "RAISED"
            if kind == "RAISED":
                self.remark(at.start, stop.end, f"the index {inside}, no power")
            text = f"⁽{''.join('⁰¹²³⁴⁵⁶⁷⁸⁹'[int(digit)] for digit in inside)}⁾"
            return [Written(kind, text, at.start, stop.end, True)]
        if tokens[0].text == "[" and "](" in "".join(token.text for token in tokens):
            raise self.error(
                "several indices above a name cannot be read",
                tokens[0],
                tokens[-1],
                "write one of them below: a_i^{[l]}",
            )
        if brackets != "[]":
            return None
        self.remark(at.start, stop.end, f"the index {inside}, no power")
        place = (at.start, stop.end)
        opening = [("CARET", "^"), ("OPEN", "{"), ("OPEN", "(")]
        ending = [("CLOSE", ")"), ("CLOSE", "}")]
        return [
            *(Written(kind, text, *place, True) for kind, text in opening),
            self._glue(),
            [first + 1, last - 1],
            *(Written(kind, text, *place, True) for kind, text in ending),
        ]

    def _entry_above(self, first: int, last: int, at: Token) -> list[Item] | None:
        """The index in [∇f(θ)]^{(i)}, which is no power."""
        inside = [token.text for token in self.tokens[first:last]]
        before = self.words[-1] if self.words else None
        if before is None or before.kind != "CLOSE" or before.text == "}" or len(inside) != 3:
            return None
        if inside[0] != "(" or inside[2] != ")" or inside[1] not in INDEX_LETTERS:
            return None
        stop = self.closing(last)
        self.remark(at.start, stop.end, f"the index {inside[1]}, no power")
        return [Written("SUBSCRIPT", f"_{inside[1]}", at.start, stop.end, True)]
