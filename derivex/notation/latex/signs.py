r"""Signs: operators, relations, bars, the ∂ of a numbered argument."""

from __future__ import annotations

from derivex.notation.latex.brackets import OPERANDS_END
from derivex.notation.latex.commands import (
    CLOSING_DELIMITERS,
    DELIMITERS,
    DROPPED,
    DROPPED_WITH_ARGUMENT,
    FUNCTIONS,
    GREEK_COMMANDS,
    LETTER_STYLES,
    REFUSED,
    SIGNS,
    SIZES,
    UPRIGHT,
)
from derivex.notation.latex.source import Written
from derivex.notation.latex.styles import Styles
from derivex.notation.latex.tokens import Token
from derivex.notation.latex.translation import Stretch
from derivex.notation.lexer import text_words
from derivex.notation.vocabulary import INDEX_LETTERS

__all__ = ["Signs"]

_BINARY = frozenset("+-−*/=<>,;≤≥≠≈·×⋅")


class Signs(Styles):
    """The part of the translation that takes signs."""

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

    def take_other(self, stretch: Stretch, token: Token) -> None:
        position, end = stretch
        text = token.text
        if text == "|" and self.take_value_behind(stretch):
            return
        if text == "[" and self.take_difference(stretch):
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
            after = self.digits(position + 1, end)
            digits = "".join(each.text for each in self.tokens[position + 1 : after])
            stretch[0] = after
            last = self.tokens[after - 1]
            self.write(Written("NUMBER", f".{digits}", token.start, last.end))
            return
        if text == "." and self._multiplies(position, end):
            self.remarks.append((len(self.words) - 1, "the point", "·"))
            self.emit("STAR", "·", token)
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

    def _multiplies(self, position: int, end: int) -> bool:
        """Whether a point stands between two factors, as in 2x.f(x), and ends no word or sentence.

        w.r.t. and i.e. are no products.
        """
        following = self.token(position + 1, end)
        if not position or following is None or not self.words:
            return False
        if self.spaced[position + 1] and not self.spaced[position]:
            return False
        before = self.tokens[position - 1]
        if before.kind == following.kind == "LETTER":
            around = self.tokens[max(position - 2, 0)], self.token(position + 2, end)
            if any(each is not None and each.text == "." for each in around):
                return False
        if self.words[-1].kind not in OPERANDS_END or self.words[-1].kind == "DOTS":
            return False
        return following.kind != "DIGIT" and self.starts_operand(following)

    def _in_set(self) -> bool:
        closing, opening, _ = self.open_brackets[-1]
        return closing == r"\}" and opening.start not in self.listed

    def after_size(self, stretch: Stretch, token: Token) -> None:
        """A bar behind \\bigl opens, and one behind \\bigr closes."""
        if token.text not in SIZES or token.text[-1] not in "lr":
            return
        bar = self.token(stretch[0], stretch[1])
        behind = self.token(stretch[0] + 1, stretch[1])
        if behind is not None and behind.kind == "SUB":
            return  # \bigr|_{x = 2}
        if bar is None or bar.text not in ("|", r"\|", r"\Vert"):
            return
        double = bar.text in (r"\|", r"\Vert")
        stretch[0] += 1
        if token.text.endswith("l"):
            self.open_bracket(r"\lVert" if double else r"\lvert", bar, stretch[0])
        else:
            self.close_bracket("‖" if double else "|", bar)

    def take_sign(self, stretch: Stretch, token: Token) -> None:
        kind, text = SIGNS[token.text]
        if token.text in (r"\lVert", r"\rVert"):
            if token.text == r"\lVert":
                self.open_bracket(token.text, token, stretch[0])
            else:
                self.close_bracket("‖", token)
            return
        if kind == "PARTIAL" and self._take_numbered_partial(stretch, token):
            return
        if token.text == r"\times" and self._between_vectors(stretch[0] - 1, stretch[1]):
            raise self.error(
                r"\times between two vectors is a cross product, which cannot be read",
                token,
                token,
                r"write \cdot for the dot product, \odot for the product entry by entry",
            )
        self.emit(kind, text, token)

    def _between_vectors(self, position: int, end: int) -> bool:
        """Whether bold letters stand before and behind a position."""
        following = self.token(position + 1, end)
        if not position or following is None:
            return False
        before = self.tokens[position - 1]
        styled = self.partner[position - 1] - 1 if before.kind == "CLOSE" else position - 2
        return (
            styled >= 0
            and LETTER_STYLES.get(following.text) == "bold"
            and LETTER_STYLES.get(self.tokens[styled].text) == "bold"
        )

    def _take_numbered_partial(self, stretch: Stretch, token: Token) -> bool:
        r"""\partial_i f(x), the derivative by x_i; False if it is another one."""
        position, end = stretch
        if not self._is(position, end, "SUB"):
            return False
        first, last, after = self.argument(position + 1, end, self.tokens[position])
        index = self.simple_subscript(first, last)
        inside = self.tokens[first:last]
        if len(inside) > 1 and all(each.kind == "LETTER" for each in inside):
            raise self.error(
                f"{self.shown(position - 1, after)} is a derivative by several letters",
                token,
                self.tokens[after - 1],
                rf"write \partial_{inside[0].text} \partial_{inside[1].text}",
            )
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

    def take_marked_sign(self, stretch: Stretch, token: Token) -> bool:
        r"""\stackrel{!}{=}, which is =, and \underset{0}{u}, which is u; False for operators."""
        position, end = stretch
        after = self.argument(position + 1, end, token)[2]
        first, last, after = self.argument(after, end, token)
        sign = self.tokens[first]
        kind = SIGNS.get(sign.text, ("", ""))[0]
        relation = last == first + 1 and (sign.text in "=<>" or kind in ("RELATION", "ARROW"))
        longer = last > first + 1 and sign.text not in (*UPRIGHT, *REFUSED, r"\mathop")
        if not relation and not (longer and sign.text not in FUNCTIONS):
            return False
        self.remark(token.start, self.tokens[after - 1].end, self.shown(first, last))
        stretch[0] = after
        self.push([first, last])
        return True

    def take_not(self, stretch: Stretch, token: Token) -> None:
        sign = self.token(stretch[0] + 1, stretch[1])
        if sign is None or sign.text != "=":
            raise self.error(r"\not cannot be read here", token, token, r"write \ne")
        stretch[0] += 2
        self.write(Written("RELATION", "≠", token.start, sign.end))
