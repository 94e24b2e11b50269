r"""Letters in a style, and words: \mathbf{w}, \hat{y}, \text{loss}, {\rm loss}."""

from __future__ import annotations

from derivex.notation.latex.commands import (
    ACCENTS,
    DROPPED,
    GREEK_COMMANDS,
    LETTER_STYLES,
    STYLE_SWITCHES,
    UPRIGHT,
)
from derivex.notation.latex.numbers import Numbers
from derivex.notation.latex.tokens import Token
from derivex.notation.latex.translation import Stretch
from derivex.notation.refusals import CASE_WORDS, RESERVED

__all__ = ["Styles"]

_BARS = (r"\bar", r"\overline")
_WORDS_OF_ITS_OWN = frozenset(("sum", "prod", "lim", "mean", "int", "abs"))
# Operators whose argument is not what they are functions of.
_NO_FUNCTIONS = frozenset(
    ("argmin", "argmax", "arg", "E", "Var", "Cov", "Pr", "sup", "inf", "prox", "span", "conv")
)
_OF_CHANCE = frozenset(("Var", "Cov", "Pr", "argmin", "argmax"))
# Words between formulas, which are no names.
_PROSE = frozenset(
    ("where", "for", "with", "if", "when", "such", "that", "since", "by", "using", "and", "or",
     "so", "then", "thus", "hence", "on", "in", "at", "is", "a", "the", "from", "as", "with", "to")
)  # fmt: skip


class Styles(Numbers):
    """The part of the translation that takes what has a style."""

    def behind_star(self, position: int, end: int) -> int:
        star = self.token(position, end)
        return position + (star is not None and star.text == "*")

    def take_styled(self, stretch: Stretch, token: Token) -> None:
        position, end = stretch
        behind = (
            self.behind_star(position + 1, end) if token.text == r"\operatorname" else position + 1
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
                token.start, token.end, "a name of its own; a derivative is written \\frac{d}{dt}"
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
            if self.take_differential(behind, after):
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
            if text in _NO_FUNCTIONS and (role == "operator" or text in _OF_CHANCE):
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

    def take_switch(self, stretch: Stretch, token: Token) -> None:
        """{\\rm loss}: what is left of the group, in that style."""
        position, end = stretch
        stretch[0] = end
        command = STYLE_SWITCHES[token.text]
        if command in LETTER_STYLES:
            self._in_style(LETTER_STYLES[command], [position + 1, end])
            return
        named = token._replace(text=command)
        self._take_upright([end, end], named, position, (position + 1, end), end)
