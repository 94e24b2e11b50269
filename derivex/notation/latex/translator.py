r"""The translation of LaTeX into the words of the text notation, token by token."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from types import MappingProxyType

from derivex.errors import ReadError
from derivex.limits import MAX_CHARACTERS
from derivex.notation.characters import describe_character, find_unreadable
from derivex.notation.latex.commands import (
    ACCENTS,
    CLOSING_DELIMITERS,
    DELIMITERS,
    DOTLESS,
    DROPPED,
    DROPPED_WITH_ARGUMENT,
    FUNCTIONS,
    GREEK_COMMANDS,
    HARMFUL,
    INVERTED,
    KEPT_CONTENT,
    LETTER_STYLES,
    OVER_SIGNS,
    REFUSED,
    SIGNS,
    SIZES,
    STYLE_SWITCHES,
    UPRIGHT,
)
from derivex.notation.latex.habits import in_plain_signs
from derivex.notation.latex.macros import DEFINING, Macros, expanded
from derivex.notation.latex.over import with_fractions
from derivex.notation.latex.signs import Signs
from derivex.notation.latex.source import LatexSource
from derivex.notation.latex.tables import Tables
from derivex.notation.latex.tokens import Token, is_blank, latex_tokens
from derivex.notation.latex.translation import Stretch
from derivex.notation.latex.undefined import with_names
from derivex.notation.latex.whole_words import as_names, whole_words
from derivex.notation.lexer import Source

_FRACTIONS = frozenset((r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\nicefrac", r"\sfrac"))
_BINOMIALS = (r"\binom", r"\dbinom", r"\tbinom")
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
    macros = Macros() if macros is None else macros
    found = expanded(source, latex_tokens(text, start, end), macros)
    words = whole_words(found)
    found = as_names(found, words | macros.words)
    plain = in_plain_signs(*_without_blanks(source, found))
    tokens, spaced, named = with_names(*with_fractions(*plain))
    translator = Translator(source, tokens, spaced)
    translator.run_all()
    for word in sorted(words):
        translator.remarks.append((0, word, f"the name {word}"))
    for command, chosen in named.items():
        translator.remarks.append((0, command, chosen))
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
        elif token.text in DOTLESS:
            token = token._replace(kind="LETTER", text=token.text[1])
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
    while last > first:
        tagged = _tag_start(tokens, first, last)
        if tagged is not None:
            last = tagged
        elif (
            (tokens[last - 1].text in _ENDS and tokens[last - 2].kind != "RIGHT")
            or tokens[last - 1].text in DROPPED
            or tokens[last - 1].kind == "ROW"
        ):
            last -= 1
        else:
            break
    return tokens[first:last], spaced[first:last]


def _tag_start(tokens: list[Token], first: int, last: int) -> int | None:
    r"""Where the \tag{1} begins that some tokens end with; None if they end otherwise."""
    depth = 0
    for position in range(last - 1, first, -1):
        kind = tokens[position].kind
        depth += (kind == "CLOSE") - (kind == "OPEN")
        if depth <= 0:
            command = position - 1 - (tokens[position - 1].text == "*")
            tag = depth == 0 and command >= first
            return command if tag and tokens[command].text in DROPPED_WITH_ARGUMENT else None
    return None


class Translator(Signs, Tables):
    """Translates tokens into :attr:`words`."""

    def run_all(self) -> None:
        """Translate all of the tokens."""
        self.decimal_commas = self.has_decimal_commas()
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
            self.take_letter(stretch, token)
        elif kind == "DIGIT":
            self.take_number(stretch, token)
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
            self.take_other(stretch, token)
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

    # Commands.

    def takes_arguments(self, token: Token) -> bool:
        text = token.text
        return (
            text in _FRACTIONS
            or text in (r"\sqrt", *_BINOMIALS, *_BARS)
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
            self.after_size(stretch, token)
        elif text in GREEK_COMMANDS:
            stretch[0] = position + 1
            self.letter(GREEK_COMMANDS[text], token, position)
            if text in (r"\Sigma", r"\Pi") and not self.style:
                self.note_sign(position, end)
        elif text in _FRACTIONS:
            self.take_fraction(stretch)
        elif text in _BINOMIALS:
            self._take_binomial(stretch, token)
        elif text in FUNCTIONS:
            self._take_function(stretch, token)
        elif text in _BIG:
            self.take_big(stretch, *_BIG[text])
        elif text == r"\nabla":
            self.take_nabla(stretch)
        elif text in SIGNS:
            stretch[0] = position + 1
            self.take_sign(stretch, token)
        elif text in DELIMITERS:
            stretch[0] = position + 1
            self.open_bracket(text, token, position)
        elif text in CLOSING_DELIMITERS:
            stretch[0] = position + 1
            self.close_bracket(CLOSING_DELIMITERS[text], token)
        elif text == r"\sqrt":
            self._take_root(stretch, token)
        elif text in LETTER_STYLES or text in UPRIGHT or text in ACCENTS or text in _BARS:
            self.take_styled(stretch, token)
        elif text in STYLE_SWITCHES:
            self.take_switch(stretch, token)
        elif text in KEPT_CONTENT:
            self._take_content(stretch, token)
        elif text in DROPPED_WITH_ARGUMENT:
            stretch[0] = self.argument(self.behind_star(position + 1, end), end, token)[2]
        elif text in OVER_SIGNS and self.take_marked_sign(stretch, token):
            return
        elif text == r"\not":
            self.take_not(stretch, token)
        elif text in (r"\mathbb", r"\mathds") and self.take_double_struck(stretch, token):
            return
        else:
            raise self._unknown(token)

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

    def _take_binomial(self, stretch: Stretch, token: Token) -> None:
        r"""\binom{n}{k}, the number of ways to choose k of n."""
        first, last, after = self.argument(stretch[0] + 1, stretch[1], token)
        below, below_end, after = self.argument(after, stretch[1], token)
        stretch[0] = after
        stop = self.tokens[after - 1]
        self.emit("NAME", "binomial", token, role="command")
        self.emit("OPEN", "(", token, True)
        self.push(
            self._glue(),
            [first, last],
            self.word("COMMA", ",", stop, True),
            [below, below_end],
            self.word("CLOSE", ")", stop, True),
        )

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
