r"""Letters: one by one, with marks over them, and the dx of integrals."""

from __future__ import annotations

import unicodedata

from derivex.notation.latex.big_operators import BigOperators
from derivex.notation.latex.brackets import OPERANDS_END, Brackets
from derivex.notation.latex.commands import ACCENTS, GREEK_COMMANDS
from derivex.notation.latex.fractions import Fractions
from derivex.notation.latex.source import Written
from derivex.notation.latex.tokens import Token
from derivex.notation.latex.translation import Stretch
from derivex.notation.vocabulary import INDEX_LETTERS

__all__ = ["Letters"]

_UNITS = "ijk"
_HAT = ACCENTS[r"\hat"]


class Letters(Fractions, BigOperators, Brackets):
    """The part of the translation that takes letters."""

    def take_letter(self, stretch: Stretch, token: Token) -> None:
        position = stretch[0]
        if token.text == "d":
            if self.integrals and self.take_differential(stretch, position + 1):
                return
            if self.take_inline_derivative(stretch):
                return
            self._note_differential(position, stretch[1])
        stretch[0] = position + 1
        self.letter(token.text, token, position)

    def _note_differential(self, position: int, end: int) -> None:
        """Note that the dx of no integral is a product."""
        following = self.token(position + 1, end)
        if following is not None and following.text == "(" and not self.spaced[position + 1]:
            closing = self._closing_bracket(position + 1, end)
            shown = self.shown(position, closing)
            self.remarks.append((len(self.words), shown, f"d·{shown[1:]}, no differential"))
            return
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
        if text in _UNITS and (mark == _HAT or (not mark and self.style == "bold")):
            self._end_argument(before, token)
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
        self.emit(kind, text, token, glued, self.style)

    def _end_argument(self, before: Written | None, unit: Token) -> None:
        r"""A unit vector is no part of an argument: \sin t\,\mathbf{j} is sin(t) times it."""
        if before is not None and before.role != "command" and before.kind in OPERANDS_END:
            self.emit("STAR", "*", unit)

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

    def take_differential(self, stretch: Stretch, position: int) -> bool:
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

    def note_sign(self, position: int, end: int) -> None:
        r"""Note that \Sigma_i is a name, where it could have been meant as a sum."""
        found = self.scripts(position + 1, end)
        index = None if found.low is None else self.simple_subscript(*found.low)
        if index is not None and index in INDEX_LETTERS and found.high is None:
            token = self.tokens[position]
            sign = r"\sum" if token.text == r"\Sigma" else r"\prod"
            stop = self.tokens[found.after - 1]
            self.remark(token.start, stop.end, f"a name; the sign is {sign}_{index}")
