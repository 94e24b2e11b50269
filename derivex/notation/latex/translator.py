r"""The translation of LaTeX into the words of the text notation, token by token."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from derivex.errors import ReadError
from derivex.limits import MAX_CHARACTERS
from derivex.notation.characters import describe_character, find_unreadable
from derivex.notation.latex.brackets import Brackets
from derivex.notation.latex.commands import (
    ACCENTS,
    CLOSING_DELIMITERS,
    DELIMITERS,
    DROPPED,
    DROPPED_WITH_ARGUMENT,
    FUNCTIONS,
    GREEK_COMMANDS,
    HARMFUL,
    INVERTED,
    KEPT_CONTENT,
    LETTER_STYLES,
    REFUSED,
    SIGNS,
    SIZES,
    STYLE_SWITCHES,
    UPRIGHT,
)
from derivex.notation.latex.fractions import Fractions
from derivex.notation.latex.macros import DEFINING, Macros, expanded
from derivex.notation.latex.scripts import Scripts
from derivex.notation.latex.source import LatexSource, Written
from derivex.notation.latex.tables import Tables
from derivex.notation.latex.tokens import Token, is_blank, latex_tokens
from derivex.notation.latex.translation import Stretch
from derivex.notation.lexer import Source, text_words
from derivex.notation.refusals import CASE_WORDS, RESERVED
from derivex.notation.vocabulary import INDEX_LETTERS

__all__ = ["latex_source"]

_FRACTIONS = frozenset((r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\nicefrac", r"\sfrac"))
_BIG: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        r"\sum": ("SIGMA", "Σ"),
        r"\prod": ("SIGMA", "Π"),
        r"\int": ("INTEGRAL", "∫"),
        r"\lim": ("NAME", "lim"),
    }
)
_BARS = (r"\bar", r"\overline")
_WRAPPERS = {r"\(": r"\)", r"\[": r"\]"}
_BINARY = frozenset("+-−*/=<>,;≤≥≠≈·×⋅")
_WORDS_OF_ITS_OWN = frozenset(("sum", "prod", "lim", "mean", "int", "abs"))
# Operators whose argument is not what they are functions of.
_NO_FUNCTIONS = frozenset(
    ("argmin", "argmax", "arg", "E", "Var", "Cov", "Pr", "sup", "inf", "prox", "span", "conv")
)
# Words between formulas, which are no names.
_PROSE = frozenset(
    ("where", "for", "with", "if", "when", "such", "that", "since", "by", "using", "and", "or",
     "so", "then", "thus", "hence", "on", "in", "at", "is", "a", "the", "from", "as", "with", "to")
)  # fmt: skip
_ENDS = (".", ",", ";", ":")


def latex_source(
    text: str,
    start: int = 0,
    end: int | None = None,
    macros: Macros | None = None,
    name: str | None = None,
) -> LatexSource:
    r"""A stretch of LaTeX as something that can be read.

    Args:
        text: the whole text, such as a document.
        start, end: the stretch of it that is one formula, with or without its dollar signs.
        macros: commands that the author has defined; the formula may define more.
        name: what the text is called in errors.

    Raises:
        ReadError: the stretch is too long, or holds what cannot be read; its place is one in the
            whole text.

    >>> latex_source(r"\frac{1}{2} x^{2} + \ln x").text
    '{1/2} x^2 + ln x'
    """
    end = len(text) if end is None else end
    source = Source(text, name)
    if end - start > MAX_CHARACTERS:
        raise source.error(
            f"this formula has {end - start} characters; at most {MAX_CHARACTERS} are read",
            start + MAX_CHARACTERS,
            start + MAX_CHARACTERS + 1,
            "split it into smaller formulas, or build the expression in Python",
        )
    unreadable = find_unreadable(text[start:end])
    if unreadable is not None:
        raise source.error(
            f"{describe_character(text[start + unreadable])} cannot be part of a formula",
            start + unreadable,
            start + unreadable + 1,
            "delete this character; it may have come along when the text was copied",
        )
    found = expanded(source, latex_tokens(text, start, end), macros or Macros())
    tokens, spaced = _without_blanks(source, found)
    translator = Translator(source, tokens, spaced)
    translator.run_all()
    return LatexSource(text, translator.words, translator.remarks, name, (start, max(end, start)))


def _without_blanks(source: Source, found: list[Token]) -> tuple[list[Token], list[bool]]:
    """The tokens without white space, and before which of them it stood."""
    tokens: list[Token] = []
    spaced: list[bool] = []
    space = False
    for token in found:
        if is_blank(token):
            space = True
            continue
        if token.text in (r"\left", r"\right"):
            token = token._replace(kind=token.text[1:].upper())
        tokens.append(token)
        spaced.append(space)
        space = False
    first, last = 0, len(tokens)
    while last - first > 1:
        opening, closing = tokens[first], tokens[last - 1]
        dollars = opening.kind == "DOLLAR" and closing.text == opening.text
        if not dollars and _WRAPPERS.get(opening.text) != closing.text:
            break
        first, last = first + 1, last - 1
    while last > first and (
        (tokens[last - 1].text in _ENDS and tokens[last - 2].kind != "RIGHT")
        or tokens[last - 1].text in DROPPED
        or tokens[last - 1].kind == "ROW"
    ):
        last -= 1
    return tokens[first:last], spaced[first:last]


class Translator(Fractions, Scripts, Brackets, Tables):
    """Translates tokens into :attr:`words`."""

    def run_all(self) -> None:
        """Translate all of the tokens."""
        self.decimal_commas = self._has_decimal_commas()
        whole = [0, len(self.tokens)]
        self.run([0, 0])
        if any(token.kind == "ROW" for token in self.tokens):
            self._run_rows(whole)
        else:
            self.run(whole)
        if self.open_brackets:
            closing, at, _ = self.open_brackets[-1]
            raise self.error("this bracket is never closed", at, at, f"write {closing}")

    def _run_rows(self, whole: Stretch) -> None:
        depth = 0
        for token in self.tokens:
            depth += (token.kind == "BEGIN") - (token.kind == "END")
            if token.kind == "ROW" and not depth:
                self.take_rows(whole)
                break
        self.run(whole)

    def take(self, stretch: Stretch) -> None:
        position = stretch[0]
        token = self.tokens[position]
        kind = token.kind
        if kind == "LETTER":
            self._take_letter(stretch, token)
        elif kind == "DIGIT":
            self._take_number(stretch, token)
        elif kind in ("SUB", "SUPER", "PRIME"):
            self.take_scripts(stretch)
        elif kind == "COMMAND" or kind == "SYMBOL":
            self._take_command(stretch, token)
        elif kind == "OPEN":
            self.take_group(stretch)
        elif kind == "LEFT":
            self.take_left(stretch)
        elif kind == "BEGIN":
            self.take_environment(stretch)
        elif kind == "OTHER":
            self._take_other(stretch, token)
        elif kind == "ALIGN" and self._aligns_relation(position):
            stretch[0] = position + 1
        elif kind in ("ALIGN", "ROW"):
            raise self.error(
                f"{token.text} cannot stand here",
                token,
                token,
                "it belongs into matrices, cases and aligned formulas; give one formula at a time",
            )
        else:
            raise self.error(
                f"{token.text} cannot stand inside a formula",
                token,
                token,
                "give one formula at a time",
            )

    def _aligns_relation(self, position: int) -> bool:
        """Whether an & stands beside the sign of a relation, as in one row of an alignment."""
        beside = self.tokens[max(position - 1, 0) : position + 2]
        return position == 0 or any(
            each.text in ("=", "<", ">", ":") or SIGNS.get(each.text, ("",))[0] == "RELATION"
            for each in beside
        )

    # Letters and numbers.

    def _take_letter(self, stretch: Stretch, token: Token) -> None:
        position = stretch[0]
        if token.text == "d":
            if self.integrals and self._take_differential(stretch, position + 1):
                return
            if self.take_inline_derivative(stretch):
                return
            self._note_differential(position, stretch[1])
        stretch[0] = position + 1
        self.letter(token.text, token, position)

    def _note_differential(self, position: int, end: int) -> None:
        """Note that the dx of no integral is a product."""
        following = self.token(position + 1, end)
        alone = not position or self.spaced[position] or self.tokens[position - 1].kind != "LETTER"
        if (
            following is None
            or following.kind != "LETTER"
            or self.spaced[position + 1]
            or not alone
        ):
            return
        further = self.token(position + 2, end)
        if further is None or further.kind != "LETTER" or self.spaced[position + 2]:
            read = f"d{following.text}"
            self.remarks.append((len(self.words), read, f"d·{following.text}, no differential"))

    def letter(
        self, text: str, token: Token, position: int = -1, mark: str = "", after: int = -1
    ) -> None:
        """A letter, in the style that is set.

        Args:
            text: the letter.
            token: what it has the place of.
            position: the position of its token, if it is one.
            mark: the accent over it.
            after: the position behind it, if that is another one.
        """
        before = self.words[-1] if self.words else None
        glued = (
            position > 0
            and before is not None
            and before.kind == "NAME"
            and len(before.text) == 1
            and self.tokens[position - 1].kind == "LETTER"
            and not self.spaced[position]
        )
        if before is not None and before.text == "Δ" and position > 0:
            glued = self.tokens[position - 1].text in (r"\Delta", "Δ", r"\varDelta")
        elif before is not None and before.kind == "NUMBER" and position > 0:
            glued = not self.spaced[position] and self.tokens[position - 1].kind == "DIGIT"
        if text.isascii() and not mark:
            kind = "NAME"
        elif text in ("Σ", "Π"):
            kind, text = "NAME", {"Σ": "Sigma", "Π": "Pi"}[text]
        else:
            kind = "GREEK"
        text = unicodedata.normalize("NFC", text + mark)
        self._note_style(text, token, position + 1 if after < 0 else after)
        self.emit(kind, text, token, glued)

    def _note_style(self, text: str, token: Token, after: int) -> None:
        """Refuse one letter in two styles, which would be two names."""
        written = token.text if token.text in GREEK_COMMANDS else ""
        style = self.style or written
        following = self.token(after, len(self.tokens)) if after else None
        low = following is not None and following.kind in ("SUB", "SUPER")
        if not after or (self.style == "bold" and low):
            return
        known = self.styles.get(text)
        if known is None:
            self.styles[text] = (style, low)
        elif known[0] != style and not (low and "bold" in (known[0], style)) and not known[1]:
            raise self.error(
                f"{text} stands here in two styles, and both would be read as one name",
                token,
                token,
                "write another letter for one of the two",
            )

    def _take_differential(self, stretch: Stretch, position: int) -> bool:
        """The dx of an integral, behind its d; False if it is none."""
        end = stretch[1]
        after = self._symbol(position, end)
        if after is None:
            return False
        self.integrals -= 1
        at, variable = self.tokens[stretch[0]], self.tokens[position]
        stretch[0] = after
        if variable.kind == "LETTER":
            place = (at.start, variable.end)
            self.write(Written("NAME", f"d{variable.text}", *place))
            self.push([position + 1, after])
        else:
            self.emit("NAME", "d", at)
            self.push(self._glue(), [position, after])
        return True

    def _has_decimal_commas(self) -> bool:
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

    def _take_indicator(self, stretch: Stretch, position: int) -> bool:
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

    def _take_number(self, stretch: Stretch, token: Token) -> None:
        position, end = stretch
        following = self.token(position + 1, end)
        braced = following is not None and following.text == r"\{"
        if token.text == "1" and braced and self._take_indicator(stretch, position + 1):
            return
        if position:
            self._multiply_number(position, token)
        after = self._digits(position, end)
        text = "".join(each.text for each in self.tokens[position:after])
        fraction = self._fraction(after, end)
        if fraction is not None:
            mark, first = fraction
            last = self._digits(first, end)
            digits = "".join(each.text for each in self.tokens[first:last])
            if mark == ",":
                shown = self.shown(position, last)
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
        if before.kind == "SUBSCRIPT":
            left = self.words[-2]
        if left.kind not in ("NAME", "GREEK") or left.text in ("lim", "mean"):
            return
        shown = left.text if left is before else left.text + before.text
        self.remarks.append((len(self.words), f"{shown} {token.text}", f"{shown}·{token.text}"))
        self.emit("STAR", "·", token)

    def _digits(self, position: int, end: int) -> int:
        first = position
        while self._is_digit(position, end) and (position == first or not self.spaced[position]):
            position += 1
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

    # Signs.

    def is_operator(self, position: int, end: int) -> bool:
        token = self.tokens[position]
        if token.kind == "OTHER":
            return token.text in _BINARY
        kind, text = SIGNS.get(token.text, ("", ""))
        return kind in ("STAR", "SLASH", "RELATION", "ARROW") or text == ":="

    def is_sign(self, token: Token) -> bool:
        if token.text in DROPPED or token.text in REFUSED or token.text in DROPPED_WITH_ARGUMENT:
            return True
        return token.text in SIGNS and SIGNS[token.text][0] not in ("PARTIAL", "NABLA", "DOTS")

    def _take_other(self, stretch: Stretch, token: Token) -> None:
        position, end = stretch
        text = token.text
        if text == "|" and self.take_value_behind(stretch):
            return
        stretch[0] = position + 1
        if text in DELIMITERS:
            self.open_bracket(text, token, position)
            return
        if text in CLOSING_DELIMITERS:
            self.close_bracket(CLOSING_DELIMITERS[text], token)
            return
        following = self.token(position + 1, end)
        if text == ":" and following is not None and following.text == "=":
            stretch[0] = position + 2
            self.write(Written("DOUBLE", ":=", token.start, following.end))
            return
        if text == "." and self._is_digit(position + 1, end) and not self.spaced[position + 1]:
            after = self._digits(position + 1, end)
            digits = "".join(each.text for each in self.tokens[position + 1 : after])
            stretch[0] = after
            last = self.tokens[after - 1]
            self.write(Written("NUMBER", f".{digits}", token.start, last.end))
            return
        if text == "," and self.open_brackets and self._in_set():
            raise self.error(
                "a set cannot be read here", token, token, "write ( and ) for brackets"
            )
        words = text_words(text)
        word = words[0] if words else None
        if word is None or text == "\\":
            raise self.error(f"{text} cannot be read here", token, token, "leave it out")
        before = self.words[-1] if self.words else None
        if word.kind == "PLUS" and before is not None and before.kind in ("PLUS", "MINUS", "STAR"):
            raise self.error("two signs stand together", token, token, "leave one of them out")
        double = (
            word.kind == "BAR"
            and position > 0
            and self.tokens[position - 1].text == "|"
            and not self.spaced[position]
        )
        self.emit(word.kind, word.text, token, double or word.kind in ("COMMA", "SEMICOLON"))
        if text == "|":
            self.glue_next = False

    def _in_set(self) -> bool:
        closing, opening, _ = self.open_brackets[-1]
        return closing == r"\}" and opening.start not in self.listed

    # Commands.

    def takes_arguments(self, token: Token) -> bool:
        text = token.text
        return (
            text in _FRACTIONS
            or text in (r"\sqrt", r"\binom", *_BARS)
            or text in ACCENTS
            or text in LETTER_STYLES
            or text in UPRIGHT
            or text in KEPT_CONTENT
            or text in DROPPED_WITH_ARGUMENT
            or text in _BIG
        )

    def _take_command(self, stretch: Stretch, token: Token) -> None:
        position, end = stretch
        text = token.text
        if text in DROPPED or text in SIZES:
            stretch[0] = position + 1
            self._after_size(stretch, token)
        elif text in GREEK_COMMANDS:
            stretch[0] = position + 1
            self.letter(GREEK_COMMANDS[text], token, position)
            if text in (r"\Sigma", r"\Pi") and not self.style:
                self._note_sign(position, end)
        elif text in _FRACTIONS:
            self.take_fraction(stretch)
        elif text in FUNCTIONS:
            self._take_function(stretch, token)
        elif text in _BIG:
            self.take_big(stretch, *_BIG[text])
        elif text == r"\nabla":
            self.take_nabla(stretch)
        elif text == r"\vert" and self.take_value_behind(stretch):
            return
        elif text in SIGNS:
            stretch[0] = position + 1
            self._take_sign(stretch, token)
        elif text in DELIMITERS:
            stretch[0] = position + 1
            self.open_bracket(text, token, position)
        elif text in CLOSING_DELIMITERS:
            stretch[0] = position + 1
            self.close_bracket(CLOSING_DELIMITERS[text], token)
        elif text == r"\sqrt":
            self._take_root(stretch, token)
        elif text in LETTER_STYLES or text in UPRIGHT or text in ACCENTS or text in _BARS:
            self._take_styled(stretch, token)
        elif text in STYLE_SWITCHES:
            self._take_switch(stretch, token)
        elif text in KEPT_CONTENT:
            self._take_content(stretch, token)
        elif text in DROPPED_WITH_ARGUMENT:
            stretch[0] = self.argument(self._behind_star(position + 1, end), end, token)[2]
        elif text == r"\not":
            self._take_not(stretch, token)
        elif text in (r"\mathbb", r"\mathds") and self._take_double_struck(stretch, token):
            return
        else:
            raise self._unknown(token)

    def _note_sign(self, position: int, end: int) -> None:
        r"""Note that \Sigma_i is a name, where it could have been meant as a sum."""
        found = self.scripts(position + 1, end)
        index = None if found.low is None else self.simple_subscript(*found.low)
        if index is not None and index in INDEX_LETTERS and found.high is None:
            token = self.tokens[position]
            sign = r"\sum" if token.text == r"\Sigma" else r"\prod"
            stop = self.tokens[found.after - 1]
            self.remark(token.start, stop.end, f"a name; the sign is {sign}_{index}")

    def _take_function(self, stretch: Stretch, token: Token) -> None:
        r"""\sin, and \sin^{-1}, which is its inverse function."""
        position, end = stretch
        name = token.text[1:]
        stretch[0] = position + 1
        if token.text in INVERTED and self._is(position + 1, end, "SUPER"):
            caret = self.tokens[position + 1]
            first, last, after = self.argument(position + 2, end, caret)
            if [each.text for each in self.tokens[first:last]] in (["-", "1"], ["−", "1"]):
                stretch[0] = after
                stop = self.tokens[after - 1]
                name = f"a{name}"
                self.remark(token.start, stop.end, f"{name}, the inverse function")
                token = token._replace(end=stop.end)
        self.emit("NAME", name, token, role="command")

    def _take_double_struck(self, stretch: Stretch, token: Token) -> bool:
        r"""The \mathbb{1} or \mathbb{I} of an indicator."""
        first, last, after = self.argument(stretch[0] + 1, stretch[1], token)
        if "".join(each.text for each in self.tokens[first:last]) not in ("1", "I"):
            return False
        if after < stretch[1] and self.tokens[after].kind == "LEFT":
            return False
        return self._take_indicator(stretch, after)

    def _behind_star(self, position: int, end: int) -> int:
        star = self.token(position, end)
        return position + (star is not None and star.text == "*")

    def _after_size(self, stretch: Stretch, token: Token) -> None:
        """A bar behind \\bigl opens, and one behind \\bigr closes."""
        if token.text not in SIZES or token.text[-1] not in "lr":
            return
        bar = self.token(stretch[0], stretch[1])
        behind = self.token(stretch[0] + 1, stretch[1])
        if behind is not None and behind.kind == "SUB":
            return  # \bigr|_{x = 2}
        if bar is None or bar.text not in ("|", r"\vert", r"\|", r"\Vert"):
            return
        double = bar.text in (r"\|", r"\Vert")
        stretch[0] += 1
        if token.text.endswith("l"):
            self.open_bracket(r"\lVert" if double else r"\lvert", bar, stretch[0])
        else:
            self.close_bracket("‖" if double else "|", bar)

    def _take_sign(self, stretch: Stretch, token: Token) -> None:
        kind, text = SIGNS[token.text]
        if token.text in (r"\lVert", r"\rVert"):
            if token.text == r"\lVert":
                self.open_bracket(token.text, token, stretch[0])
            else:
                self.close_bracket("‖", token)
            return
        if kind == "PARTIAL" and self._take_numbered_partial(stretch, token):
            return
        self.emit(kind, text, token)

    def _take_numbered_partial(self, stretch: Stretch, token: Token) -> bool:
        r"""\partial_i f(x), the derivative by x_i; False if it is another one."""
        position, end = stretch
        if not self._is(position, end, "SUB"):
            return False
        first, last, after = self.argument(position + 1, end, self.tokens[position])
        index = self.simple_subscript(first, last)
        call = self.tokens[after : after + 4]
        texts = [each.text for each in call]
        if index is None or len(index) != 1 or index not in INDEX_LETTERS or len(call) < 4:
            return False
        if call[0].kind != "LETTER" or texts[1] != "(" or texts[3] != ")":
            return False
        variable = call[2]
        if variable.kind != "LETTER" and variable.text not in GREEK_COMMANDS:
            return False
        stop = self.tokens[after - 1]
        shown = f"{variable.text}_{index}"
        self.remark(token.start, stop.end, f"the derivative by {shown}")
        stretch[0] = after
        self.emit("PARTIAL", "∂", token._replace(end=stop.end))
        self.push(
            self.word("INDEX_OPEN", "_{", stop, True),
            self._glue(),
            [after + 2, after + 3],
            self.word("SUBSCRIPT", f"_{index}", stop, True),
            self.word("CLOSE", "}", stop, True),
        )
        return True

    def _take_root(self, stretch: Stretch, token: Token) -> None:
        position, end = stretch[0] + 1, stretch[1]
        order: tuple[int, int] | None = None
        bracket = self.token(position, end)
        if bracket is not None and bracket.text == "[":
            closing = position
            while closing < end and self.tokens[closing].text != "]":
                closing = self.partner.get(closing, closing) + 1
            if closing >= end:
                raise self.error("this [ is never closed", bracket, bracket, "write ]")
            order, position = (position + 1, closing), closing + 1
        first, last, after = self.argument(position, end, token)
        stretch[0] = after
        stop = self.tokens[after - 1]
        if order is None or self.shown(*order) == "2":
            self.emit("NAME", "sqrt", token, role="command")
            self.emit("OPEN", "(", token, True)
            self.push(self._glue(), [first, last], self.word("CLOSE", ")", stop, True))
            return
        opening, closing_word = self.word("OPEN", "{", token), self.word("CLOSE", "}", stop, True)
        self.push(
            opening,
            self._glue(),
            opening,
            self._glue(),
            [first, last],
            closing_word,
            self.word("CARET", "^", token, True),
            self.word("OPEN", "{", token, True),
            self.word("NUMBER", "1", token, True),
            self.word("SLASH", "/", token, True),
            self.word("OPEN", "{", token, True),
            self._glue(),
            [*order],
            closing_word,
            closing_word,
            closing_word,
        )

    def _take_styled(self, stretch: Stretch, token: Token) -> None:
        position, end = stretch
        behind = (
            self._behind_star(position + 1, end) if token.text == r"\operatorname" else position + 1
        )
        first, last, after = self.argument(behind, end, token)
        stretch[0] = after
        if token.text in _BARS:
            stop = self.tokens[after - 1]
            self.emit("NAME", "mean", token)
            self.emit("OPEN", "(", token, True)
            self.push(self._glue(), [first, last], self.word("CLOSE", ")", stop, True))
        elif token.text in ACCENTS:
            self._take_accent(token._replace(end=self.tokens[after - 1].end), first, last)
        elif token.text in LETTER_STYLES:
            if all(each.kind == "DIGIT" for each in self.tokens[first:last]):
                raise self.error(
                    f"{self.shown(position, after)} is a number in another style",
                    token,
                    self.tokens[after - 1],
                    "write the number, or a name for the vector of such numbers",
                )
            self._take_letters(token, first, last, after)
        else:
            self._take_upright(stretch, token, position, (first, last), after)

    def _take_letters(self, token: Token, first: int, last: int, after: int) -> None:
        """Letters in another style; one alone has the place of the whole command."""
        style, inside = LETTER_STYLES[token.text], self.token(first, last)
        if last != first + 1 or inside is None:
            self._in_style(style, [first, last])
            return
        text = inside.text if inside.kind == "LETTER" else GREEK_COMMANDS.get(inside.text)
        if text is None:
            self._in_style(style, [first, last])
            return
        outer, self.style = self.style, style or self.style
        place = token._replace(end=self.tokens[after - 1].end)
        self.letter(text, place, after=after)
        self.style = outer

    def _in_style(self, style: str, stretch: Stretch) -> None:
        outer = self.style

        def begin() -> None:
            self.style = style or outer

        def end() -> None:
            self.style = outer

        self.push(begin, stretch, end)

    def _take_accent(self, token: Token, first: int, last: int) -> None:
        """A letter with a mark over it, which is another name."""
        while first < last and self.tokens[first].text in LETTER_STYLES:
            inside, inside_end, after = self.argument(first + 1, last, self.tokens[first])
            if after != last:
                break
            first, last = inside, inside_end
        while last - first > 1 and self.tokens[first].kind == "OPEN":
            if self.partner[first] != last - 1:
                break
            first, last = first + 1, last - 1
        at = self.token(first, last)
        text = None
        if at is not None:
            text = at.text if at.kind == "LETTER" else GREEK_COMMANDS.get(at.text)
        if at is None or text is None or (last > first + 1 and not self._only_scripts(first, last)):
            raise self.error(
                f"{token.text} stands over more than one letter",
                token,
                self.tokens[max(last - 1, first)] if at is not None else token,
                rf"write {token.text} over one letter: {token.text}{{y}}",
            )
        if text in ("Σ", "Π"):
            raise self.error(f"{token.text} over {text}", token, at, "use another letter")
        if token.text in (r"\dot", r"\ddot"):
            self.remark(
                token.start, at.end, "a name of its own; a derivative is written \\frac{d}{dt}"
            )
        self.letter(text, token, mark=ACCENTS[token.text])
        self.push([first + 1, last])

    def _only_scripts(self, first: int, last: int) -> bool:
        return self.scripts(first + 1, last).after == last

    def _take_upright(
        self,
        stretch: Stretch,
        token: Token,
        position: int,
        inside: tuple[int, int],
        after: int,
    ) -> None:
        r"""What \mathrm, \text or \operatorname holds: one name, a letter, or a word."""
        first, last = inside
        tokens = [each for each in self.tokens[first:last] if each.text not in DROPPED]
        text = "".join(each.text for each in tokens)
        role = UPRIGHT[token.text]
        if not text:
            return
        if text == "d" and self.integrals:
            behind = [position, stretch[1]]
            if self._take_differential(behind, after):
                stretch[0] = behind[0]
                return
        plain = all(each.kind in ("LETTER", "DIGIT") for each in tokens)
        together = not any(self.spaced[first + 1 : last])
        if role == "text":
            apart = self.spaced[first] or (after > last and self.spaced[last])
            together = together and not apart and text not in _PROSE
        last_token = self.tokens[after - 1]
        at = token._replace(end=max(token.end, last_token.end))
        if plain and together and tokens[0].kind == "LETTER":
            if len(text) == 1:
                self.letter(text, at)
                return
            if text in ("if", "and", "or", "then", "else", "otherwise") and role == "text":
                self.emit("NAME", text, at)
                return
            if text in _NO_FUNCTIONS and role == "operator":
                raise self.error(
                    f"{text} cannot be read", at, at, "give the expression that it is of"
                )
            special = text in _WORDS_OF_ITS_OWN or text in RESERVED or text in CASE_WORDS
            self.emit("NAME" if special else "GREEK", text, at, role=role)
            return
        if role == "text" or not together:
            if text in ("and", "or", "if"):
                self.emit("NAME", text, at)
                return
            raise self.error(
                "words cannot be read inside a formula",
                at,
                at,
                r"leave them out; a name is one word: \text{loss}",
            )
        self.push([first, last])

    def _take_switch(self, stretch: Stretch, token: Token) -> None:
        """{\\rm loss}: what is left of the group, in that style."""
        position, end = stretch
        stretch[0] = end
        command = STYLE_SWITCHES[token.text]
        if command in LETTER_STYLES:
            self._in_style(LETTER_STYLES[command], [position + 1, end])
            return
        named = token._replace(text=command)
        self._take_upright([end, end], named, position, (position + 1, end), end)

    def _take_content(self, stretch: Stretch, token: Token) -> None:
        r"""\boxed{u}, \underbrace{u}_{…}, \textcolor{red}{u}: u."""
        position, end = stretch[0] + 1, stretch[1]
        for _ in range(KEPT_CONTENT[token.text] - 1):
            position = self.argument(position, end, token)[2]
        option = self.token(position, end)
        if option is not None and option.kind != "OPEN":
            first, last, after = self.argument(position, end, token)
            stretch[0] = after
            self.push([first, last])
            return
        inside = [position, end]
        self.argument(position, end, token)
        after = self.partner[position] + 1
        if token.text in (r"\underbrace", r"\overbrace"):
            scripts = self.scripts(after, end)
            if scripts.low is None or scripts.high is None:
                after = scripts.after
        stretch[0] = after
        inside[1] = self.partner[position] + 1
        self.push(lambda: self.take_group(inside, shown=True))

    def _take_not(self, stretch: Stretch, token: Token) -> None:
        sign = self.token(stretch[0] + 1, stretch[1])
        if sign is None or sign.text != "=":
            raise self.error(r"\not cannot be read here", token, token, r"write \ne")
        stretch[0] += 2
        self.write(Written("RELATION", "≠", token.start, sign.end))

    def _unknown(self, token: Token) -> ReadError:
        """The error for a command that cannot be read."""
        text = token.text
        if text in REFUSED:
            what, hint = REFUSED[text]
            return self.error(f"{text}, {what}, cannot be read", token, token, hint)
        if text in HARMFUL or text in DEFINING:
            return self.error(
                f"{text} is not carried out: a formula loads nothing and runs nothing",
                token,
                token,
                "give the formula itself",
            )
        if text in ("\\", r"\(", r"\)", r"\[", r"\]"):
            return self.error(f"{text} cannot stand here", token, token, "leave it out")
        known = [*GREEK_COMMANDS, *FUNCTIONS, *SIGNS, *_FRACTIONS, r"\sqrt", *_BIG]
        near = difflib.get_close_matches(text[:30], known, n=1, cutoff=0.75)
        mean = f"did you mean {near[0]}?  Else define it" if near else "define it"
        return self.error(
            f"{text[:40]} is a command that I do not know",
            token,
            token,
            rf"{mean} before the formula: \newcommand{{{text[:20]}}}{{…}}",
        )
