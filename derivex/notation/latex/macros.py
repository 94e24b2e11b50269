r"""What an author defines: \newcommand, \def, \DeclareMathOperator, and putting it in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from derivex.notation.latex.tokens import Token, is_blank, latex_tokens
from derivex.notation.lexer import Source

__all__ = ["Macro", "Macros", "expanded", "read_macros"]

_COMMANDS = (r"\newcommand", r"\renewcommand", r"\providecommand")
_OPERATORS = (r"\DeclareMathOperator",)
DEFINING = frozenset((*_COMMANDS, *_OPERATORS, r"\def"))
"""The commands that define others."""
_MOST_EXPANSIONS = 5_000
_MOST_TOKENS = 200_000
_LONGEST_DEFINITION = 2_000  # tokens


class Macro(NamedTuple):
    """What a command stands for: how many arguments it has, and its tokens, #1 among them.

    ``default`` is what an optional first argument is if it is not given; None if there is none.
    """

    arguments: int
    default: tuple[Token, ...] | None
    body: tuple[Token, ...]


class Macros:
    r"""An author's commands, by their names with the backslash; immutable.

    >>> sorted(read_macros(r"\newcommand{\p}{\partial} \def\half{\frac12}").names)
    ['\\half', '\\p']
    """

    __slots__ = ("names", "words")
    names: Mapping[str, Macro]
    words: frozenset[str]
    """Letters side by side that the author means as one name: TR."""

    def __init__(
        self,
        names: Mapping[str, Macro] = MappingProxyType({}),
        words: Collection[str] = frozenset(),
    ):
        self.names = MappingProxyType(dict(names))
        self.words = frozenset(words)

    def __or__(self, other: Macros) -> Macros:
        """These and others; the others go before those of the same name."""
        return Macros({**self.names, **other.names}, self.words | other.words)

    def __bool__(self) -> bool:
        return bool(self.names)


def read_macros(text: str, known: Macros | None = None, name: str | None = None) -> Macros:
    r"""The commands that a preamble, or any other LaTeX, defines; other text is passed over.

    Args:
        text: the LaTeX.
        known: commands that are known already, which new ones replace.
        name: what the text is called in errors.

    Raises:
        ReadError: a definition that cannot be read.
    """
    found = dict(known.names) if known is not None else {}
    reading = _Reading(Source(text, name), latex_tokens(text))
    while reading.position < len(reading.tokens):
        if reading.tokens[reading.position].text in DEFINING:
            found.update([reading.definition()])
        else:
            reading.position += 1
    return Macros(found, known.words if known is not None else ())


class _Reading:
    """Tokens that are taken one after another."""

    def __init__(self, source: Source, tokens: Sequence[Token]):
        self.source = source
        self.tokens = tokens
        self.position = 0

    def definition(self) -> tuple[str, Macro]:
        """The definition that begins here, with the name that it is for."""
        first = self.tokens[self.position]
        self.position += 1
        if (first.text in _OPERATORS and self._is("*")) or (
            first.text in _COMMANDS and self._is("*")
        ):
            self.position += 1
        named = self._argument(first)
        named = tuple(token for token in named if not is_blank(token))
        if len(named) != 1 or named[0].kind not in ("COMMAND", "SYMBOL"):
            raise self._error(first, "the name of a command is expected after it")
        count, default = 0, None
        if first.text == r"\def":
            while self._is("#"):
                count += 1
                if not self._is(str(count), 1):
                    raise self._error(first, "its arguments are written #1#2…")
                self.position += 2
            if not self._is("{"):
                raise self._error(first, "its arguments are written #1#2…, and its meaning in {…}")
        elif first.text in _COMMANDS and self._is("["):
            digits = self._bracketed(first)
            number = "".join(token.text for token in digits if not is_blank(token))
            if number not in tuple("123456789"):
                raise self._error(first, "the number of its arguments is a digit: [2]")
            count = int(number)
            if self._is("["):
                default = tuple(self._bracketed(first))
        body = self._argument(first)
        if first.text in _OPERATORS:
            place = (first.start, first.end)
            opening, closing = Token("OPEN", "{", *place), Token("CLOSE", "}", *place)
            body = (Token("COMMAND", r"\operatorname", *place), opening, *body, closing)
        return named[0].text, Macro(count, default, body)

    def _is(self, text: str, further: int = 0) -> bool:
        while not further and self.position < len(self.tokens):
            if not is_blank(self.tokens[self.position]):
                break
            self.position += 1
        at = self.position + further
        return at < len(self.tokens) and self.tokens[at].text == text

    def _argument(self, of: Token) -> tuple[Token, ...]:
        """A group in braces without them, or one token."""
        if not self._is("{"):
            if self.position >= len(self.tokens):
                raise self._error(of, "the text ends before what belongs to it")
            self.position += 1
            return (self.tokens[self.position - 1],)
        start = self.position
        self.position = closing = closing_of(self.source, self.tokens, start) + 1
        return tuple(self.tokens[start + 1 : closing - 1])

    def _bracketed(self, of: Token) -> Sequence[Token]:
        start = self.position + 1
        while self.position < len(self.tokens):
            if self.tokens[self.position].text == "]":
                self.position += 1
                return self.tokens[start : self.position - 1]
            self.position += 1
        raise self._error(of, "there is no ] for the [ after it")

    def _error(self, of: Token, what: str) -> Exception:
        return self.source.error(
            f"this {of.text} cannot be read: {what}",
            of.start,
            of.end,
            r"write \newcommand{\p}{\partial}, or \newcommand{\norm}[1]{\|#1\|}",
        )


def closing_of(source: Source, tokens: Sequence[Token], opening: int) -> int:
    """The position of the brace that closes the one at a position.

    Raises:
        ReadError: there is none.
    """
    depth = 0
    for position in range(opening, len(tokens)):
        kind = tokens[position].kind
        if kind == "OPEN":
            depth += 1
        elif kind == "CLOSE":
            depth -= 1
            if not depth:
                return position
    first = tokens[opening]
    raise source.error("this { is never closed", first.start, first.end, "write } where it ends")


def expanded(source: Source, tokens: Sequence[Token], macros: Macros) -> list[Token]:
    r"""The tokens with every command of the author's put in, those defined among them, too.

    Raises:
        ReadError: a command that is defined by itself, or that grows beyond measure.
    """
    if not macros and not any(token.text in DEFINING for token in tokens):
        return list(tokens)
    known = dict(macros.names)
    waiting: list[Token] = list(reversed(tokens))  # the next token is the last
    active: list[str] = []
    found: list[Token] = []
    expansions = 0
    while waiting:
        token = waiting.pop()
        if token.kind == "EXPANDED":
            active.pop()
            continue
        if token.text in DEFINING:
            waiting.append(token)
            reading = _Reading(source, waiting[: -_LONGEST_DEFINITION - 1 : -1])
            name, macro = reading.definition()
            known[name] = macro
            del waiting[len(waiting) - reading.position :]
            continue
        called = known.get(token.text) if token.kind in ("COMMAND", "SYMBOL") else None
        if called is None:
            found.append(token)
            continue
        if token.text in active:
            raise source.error(
                f"{token.text} is defined by itself, so it never ends",
                token.start,
                token.end,
                "define it by other commands",
            )
        expansions += 1
        if expansions > _MOST_EXPANSIONS or len(waiting) + len(found) > _MOST_TOKENS:
            raise source.error(
                f"the definition of {token.text} makes this formula too long to be read",
                token.start,
                token.end,
                "write the formula without that command",
            )
        arguments = list(_arguments(source, token, called, waiting, active))
        active.append(token.text)
        waiting.append(token._replace(kind="EXPANDED"))
        waiting.extend(reversed(_filled(source, token, called, arguments)))
    return found


def _arguments(
    source: Source, call: Token, macro: Macro, waiting: list[Token], active: list[str]
) -> Iterator[Sequence[Token]]:
    """The arguments of a call, which are taken off the tokens that follow."""

    def following() -> Token:
        # A command whose own arguments reach beyond its meaning ends there.
        while waiting and waiting[-1].kind == "EXPANDED":
            active.remove(waiting.pop().text)
        return waiting[-1] if waiting else Token("END", "", call.end, call.end)

    for number in range(macro.arguments):
        while is_blank(following()):
            waiting.pop()
        if not number and macro.default is not None:
            if following().text == "[":
                yield _up_to(source, waiting, following, "]")
            else:
                yield macro.default
            continue
        first = following()
        if first.kind in ("CLOSE", "ALIGN", "ROW", "END"):
            raise source.error(
                f"{call.text} needs {macro.arguments} argument{'s' * (macro.arguments > 1)}",
                call.start,
                call.end,
                f"write {call.text}{'{…}' * macro.arguments}",
            )
        if first.kind == "OPEN":
            yield _up_to(source, waiting, following, "}")
        else:
            yield [waiting.pop()]


def _up_to(
    source: Source, waiting: list[Token], following: Callable[[], Token], closing: str
) -> list[Token]:
    """What stands in a bracket that opens here, which is taken off."""
    first = waiting.pop()
    depth = 1
    inside: list[Token] = []
    while following().text or waiting:
        token = waiting.pop()
        if closing == "]":
            depth -= token.text == "]"
        else:
            depth += (token.kind == "OPEN") - (token.kind == "CLOSE")
        if not depth:
            return inside
        inside.append(token)
    raise source.error(
        f"this {first.text} is never closed", first.start, first.end, f"write {closing}"
    )


def _filled(
    source: Source, call: Token, macro: Macro, arguments: Sequence[Sequence[Token]]
) -> list[Token]:
    """The body of a macro with its arguments, at the place of the call."""
    result: list[Token] = []
    body = iter(macro.body)
    for token in body:
        if token.text != "#":
            result.append(token._replace(start=call.start, end=call.end))
            continue
        number = next(body, None)
        text = number.text if number is not None else ""
        if not text.isdigit() or not 1 <= int(text) <= len(arguments):
            raise source.error(
                f"the definition of {call.text} asks for an argument #{text} that it does not have",
                call.start,
                call.end,
                r"write the number of arguments: \newcommand{\norm}[1]{\|#1\|}",
            )
        result.extend(arguments[int(text) - 1])
    return result
