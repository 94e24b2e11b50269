r"""A formula in LaTeX taken apart, and measured: how wide will it be, where may it be broken?

Brackets, fractions, roots, arrays and scripts are known, and what else the LaTeX writer writes.
The formula is a flat list of parts; what is inside of brackets stands in the list itself, so that
it can be broken there, and a fraction is one part, which knows what is above and below its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from itertools import count

from derivex.rendering.latex_metrics import (
    COMMAND_WIDTHS,
    DELIMITERS,
    LETTER_WIDTHS,
    SPACES,
    text_width,
)

__all__ = ["DEEPEST", "SCRIPT_SIZE", "Kind", "Part", "depth_of", "gap", "parts_of", "width_of"]

DEEPEST = 25
"""How deep groups may be nested; deeper ones are not taken apart, and TeX has no use for them."""


class Kind(Enum):
    """What decides the room on both sides of a part."""

    ORDINARY = auto()
    OPERATOR = auto()
    BINARY = auto()
    RELATION = auto()
    OPENING = auto()
    CLOSING = auto()
    PUNCTUATION = auto()
    INNER = auto()
    ROOM = auto()
    MARK = auto()


@dataclass(slots=True)
class Part:
    """A part of a formula.

    Args:
        tex: the LaTeX.
        kind: what it is in a formula.
        width: in points, at the size in which it is set.
        height, depth: above and below the line on which formulas stand.
        spaced: whether a space stands before it.
        command: the command of a part that has inner formulas: ``frac``, ``sqrt``, ``pmatrix``.
        inner: these formulas, in rows.
        fence: for a bracket, the number that it shares with the one that closes it; 0 if none.
        scripts: what is set below and above on its right, by ``_`` and ``^``, with its width.
    """

    tex: str
    kind: Kind
    width: float
    height: float = 7.0
    depth: float = 2.5
    spaced: bool = False
    command: str = ""
    inner: list[list[str]] = field(default_factory=list)
    fence: int = 0
    scripts: dict[str, tuple[str, float]] = field(default_factory=dict)

    @property
    def script_width(self) -> float:
        """How wide its scripts are, which stand one above the other."""
        return max((width for _, width in self.scripts.values()), default=0.0)


_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_RELATIONS = frozenset(
    ("=", "<", ">", r"\neq", r"\leq", r"\geq", r"\le", r"\ge", r"\in", r"\to", r"\approx",
     r"\Rightarrow", r"\Leftrightarrow", r"\iff", r"\implies", r"\subseteq", r"\subset", r"\mid")
)  # fmt: skip
_BINARIES = frozenset(("+", "-", r"\cdot", r"\times", r"\cup", r"\cap", r"\odot", "*", r"\pm"))
_OPENINGS = frozenset(("(", "[", r"\{", r"\langle"))
_CLOSINGS = frozenset((")", "]", r"\}", r"\rangle"))
_OPERATORS = frozenset((r"\sum", r"\prod", r"\int", r"\lim", r"\max", r"\min"))
_FUNCTIONS = frozenset(
    (r"\arccos", r"\arcsin", r"\arctan", r"\cos", r"\cosh", r"\cot", r"\coth", r"\csc", r"\det",
     r"\exp", r"\ln", r"\log", r"\sec", r"\sin", r"\sinh", r"\tan", r"\tanh")
)  # fmt: skip
_WITH_TEXT = frozenset((r"\text", r"\mathrm", r"\operatorname", r"\texttt"))
_ONE_FORMULA = frozenset((r"\sqrt", r"\overline", r"\bar", r"\hat", r"\tilde", r"\vec", r"\dot"))
_FONTS = frozenset((r"\mathbf", r"\mathbb", r"\mathcal", r"\mathit", r"\boldsymbol"))
_NUMBERS = count(1)  # of pairs of brackets
_FIXED_SIZES = {f"\\{size}{side}": width for _, width, size in DELIMITERS if size for side in "lr"}
SCRIPT_SIZE = 0.8
"""By what a formula is less wide as a script; small fonts are wider than their size tells."""
_WIDER = {1.0: 1.0, 0.7: SCRIPT_SIZE, 0.5: 0.66}
_UNFENCED_BEFORE = frozenset(
    (Kind.BINARY, Kind.RELATION, Kind.OPENING, Kind.PUNCTUATION, Kind.OPERATOR)
)


def depth_of(latex: str) -> int:
    """How deep groups are nested."""
    deepest = depth = 0
    for found in re.finditer(r"\\.|[{}]", latex):
        if found[0] == "{":
            depth += 1
            deepest = max(deepest, depth)
        elif found[0] == "}":
            depth -= 1
    return deepest


def parts_of(latex: str, display: bool = True, size: float = 1.0) -> list[Part]:
    """The parts of a formula.

    Args:
        latex: the formula; its groups are nested at most :data:`DEEPEST` deep.
        display: whether it is set in display style, with large fractions and sums.
        size: 1 for the size of the line, less for indices and the like.
    """
    return _Taker(_TOKEN.findall(latex), display, size).parts()


def width_of(parts: Sequence[Part], size: float = 1.0) -> float:
    """How wide the parts are side by side."""
    return sum(_widths(parts, size))


@lru_cache(maxsize=20_000)
def _size_of(latex: str, display: bool, size: float) -> tuple[float, float, float]:
    """The width of a formula, and its height above and below the line."""
    parts = parts_of(latex, display, size)
    solid = [part for part in parts if part.kind is not Kind.MARK]
    return (
        width_of(parts, size),
        max((part.height for part in solid), default=4.3 * size),
        max((part.depth for part in solid), default=0.0),
    )


def _widths(parts: Sequence[Part], size: float) -> Iterator[float]:
    before: Part | None = None
    for part in parts:
        if part.kind is Kind.MARK:
            continue
        yield part.width
        if before is not None and size == 1.0:
            yield gap(before.kind, part.kind)
        before = part


def gap(left: Kind, right: Kind) -> float:
    """The room between two parts."""
    if Kind.RELATION in (left, right):
        return 0.0 if left is right else 2.78
    if Kind.BINARY in (left, right):
        return 2.22
    if left is Kind.OPENING or right in (Kind.CLOSING, Kind.PUNCTUATION):
        return 0.0
    if left is Kind.PUNCTUATION or Kind.INNER in (left, right):
        return 1.67
    if right is Kind.OPERATOR or (left is Kind.OPERATOR and right is not Kind.OPENING):
        return 1.67
    return 0.0


class _Taker:
    """Takes parts from the tokens of a formula."""

    def __init__(self, tokens: Sequence[str], display: bool, size: float):
        self.tokens = tokens
        self.position = 0
        self.display = display
        self.size = size
        self.found: list[Part] = []
        self.fences: list[tuple[int, int, str]] = []  # number, place in the list, sign
        self.spaced = False

    def parts(self) -> list[Part]:
        """All parts."""
        while self.position < len(self.tokens):
            token = self._next()
            if token.isspace():
                self.spaced = True
                continue
            self._take(token)
            self.spaced = False
        return self.found

    def _next(self) -> str:
        token = self.tokens[self.position]
        self.position += 1
        return token

    def _group(self) -> str:
        """The LaTeX of the group that comes next, without its braces."""
        while self.position < len(self.tokens) and self.tokens[self.position].isspace():
            self.position += 1
        start = self.position
        if start >= len(self.tokens):
            return ""
        if self.tokens[start] != "{":
            self.position += 1
            return self.tokens[start]
        depth = 0
        while self.position < len(self.tokens):
            token = self._next()
            depth += (token == "{") - (token == "}")
            if depth == 0:
                break
        return "".join(self.tokens[start + 1 : self.position - 1])

    def _add(self, tex: str, kind: Kind, width: float, height: float = 7.0, depth: float = 2.5,
             command: str = "", inner: list[list[str]] | None = None) -> Part:  # fmt: skip
        if kind is Kind.BINARY and not self._has_left_side():
            kind = Kind.ORDINARY
        part = Part(tex, kind, width * _WIDER[self.size], height * self.size, depth * self.size,
                    self.spaced, command, inner or [])  # fmt: skip
        self.found.append(part)
        return part

    def _has_left_side(self) -> bool:
        before = next((each for each in reversed(self.found) if each.kind is not Kind.MARK), None)
        return before is not None and before.kind not in _UNFENCED_BEFORE

    def _take(self, token: str) -> None:
        if token in "^_":
            self._script(token)
        elif "\ue000" <= token <= "\ue00f":
            self.found.append(Part(token, Kind.MARK, 0.0, spaced=self.spaced))
        elif token == r"\frac":
            self._fraction()
        elif token in _ONE_FORMULA:
            self._covered(token)
        elif token in _WITH_TEXT:
            text = self._group()
            kind = Kind.OPERATOR if token == r"\operatorname" else Kind.ORDINARY
            self._add(f"{token}{{{text}}}", kind, _width_of_words(text))
        elif token in _FONTS:
            inside = self._group()
            self._add(f"{token}{{{inside}}}", Kind.ORDINARY, 7.5 * max(1, len(inside)))
        elif token in (r"\left", r"\right"):
            sign = self._next()
            self._bracket(token + sign, sign, token == r"\left")
        elif token in _FIXED_SIZES:
            sign = self._next()
            self._bracket(token + sign, sign, token.endswith("l"))
            self.found[-1].width = _FIXED_SIZES[token]
        elif token == r"\begin":
            self._array()
        elif token == "{":
            self.position -= 1
            inside = self._group()
            self._solid("{" + inside + "}", inside)
        else:
            self._sign(token)

    def _sign(self, token: str) -> None:
        name = token.removeprefix("\\")
        if token.startswith("\\") and name in SPACES:
            self._add(token, Kind.ROOM, SPACES[name])
        elif token in _RELATIONS:
            self._add(token, Kind.RELATION, COMMAND_WIDTHS.get(name, 7.78))
        elif token in _BINARIES:
            self._add(token, Kind.BINARY, COMMAND_WIDTHS.get(name, 7.78))
        elif token in _OPENINGS or token in _CLOSINGS:
            self._bracket(token, token, token in _OPENINGS)
        elif token == r"\|":
            opens = not (self.fences and self.fences[-1][2] == token)
            self._bracket(token, token, opens)
        elif token in (",", ";", ":"):
            self._add(token, Kind.PUNCTUATION, 2.78)
        elif token in _OPERATORS:
            self._operator(token, name)
        elif token in _FUNCTIONS:
            self._add(token, Kind.OPERATOR, COMMAND_WIDTHS[name])
        elif token.startswith("\\"):
            self._add(token, Kind.ORDINARY, COMMAND_WIDTHS.get(name, 7.78))
        else:
            self._add(token, Kind.ORDINARY, LETTER_WIDTHS.get(token, 7.78))

    def _operator(self, token: str, name: str) -> None:
        large = 1.0 if self.display else 0.73
        width = COMMAND_WIDTHS[name]
        if token in (r"\sum", r"\prod", r"\int"):
            self._add(token, Kind.OPERATOR, width * large, 9.5 * large, 4.5 * large)
        else:
            self._add(token, Kind.OPERATOR, width)

    def _solid(self, tex: str, inside: str) -> Part:
        width, height, depth = _size_of(inside, self.display, self.size)
        part = Part(tex, Kind.ORDINARY, width, height, depth, self.spaced)
        self.found.append(part)
        return part

    def _fraction(self) -> None:
        above, below = self._group(), self._group()
        smaller = self.size if self.display else 0.7 if self.size == 1.0 else 0.5
        w1, h1, d1 = _size_of(above, False, smaller)
        w2, h2, d2 = _size_of(below, False, smaller)
        room = 3.5 * self.size if self.display else 1.5 * self.size
        part = Part(
            f"\\frac{{{above}}}{{{below}}}", Kind.ORDINARY, max(w1, w2) + 2.4, h1 + d1 + room + 2.5,
            h2 + d2 + room - 1.0, self.spaced, "frac", [[above], [below]],
        )  # fmt: skip
        self.found.append(part)

    def _covered(self, token: str) -> None:
        inside = self._group()
        part = self._solid(f"{token}{{{inside}}}", inside)
        part.height += 2.5 * self.size
        if token == r"\sqrt":
            # The larger signs are as wide in small print as they are in large one.
            if part.height > 11 * self.size:
                part.width += 10.4
                part.depth += 3.0
            else:
                part.width += 8.4 * _WIDER[self.size]
            part.command, part.inner = "sqrt", [[inside]]
        elif token == r"\overline":
            part.command, part.inner = "overline", [[inside]]

    def _bracket(self, tex: str, sign: str, opens: bool) -> None:
        if opens:
            part = self._add(tex, Kind.OPENING, 0.0, 7.5)
            part.fence = next(_NUMBERS)
            part.width = (
                0.0 if sign == "." else COMMAND_WIDTHS.get(sign[1:], 3.9) * _WIDER[self.size]
            )
            self.fences.append((part.fence, len(self.found) - 1, sign))
            return
        part = self._add(tex, Kind.CLOSING, 0.0, 7.5)
        part.width = 0.0 if sign == "." else COMMAND_WIDTHS.get(sign[1:], 3.9) * _WIDER[self.size]
        if not self.fences:
            return
        part.fence, start, _ = self.fences.pop()
        if tex.startswith(r"\right"):
            self._grow(self.found[start], part, self.found[start + 1 : -1])

    def _grow(self, opening: Part, closing: Part, inside: Sequence[Part]) -> None:
        """Make brackets as large as what is inside."""
        height = max((part.height for part in inside if part.kind is not Kind.MARK), default=7.0)
        depth = max((part.depth for part in inside if part.kind is not Kind.MARK), default=2.5)
        whole = 1.8 * max(height - 2.5 * self.size, depth + 2.5 * self.size)
        width = next(width for most, width, _ in DELIMITERS if whole <= most)
        for bracket in (opening, closing):
            if bracket.width:
                bracket.width = max(bracket.width, width)
            bracket.height, bracket.depth = whole / 2 + 2.5, whole / 2 - 2.5

    def _array(self) -> None:
        name = self._group()
        if name == "subarray":
            self._group()  # how its lines are aligned
        start = self.position
        depth = 1
        rows: list[list[str]] = [[]]
        cell_start = start
        braces = 0
        while self.position < len(self.tokens) and depth:
            token = self._next()
            if token in (r"\begin", r"\end"):
                before = self.position - 1
                self._group()
                depth += 1 if token == r"\begin" else -1
                if depth == 0:
                    rows[-1].append("".join(self.tokens[cell_start:before]).strip())
            elif token in "{}":
                braces += 1 if token == "{" else -1
            elif depth == 1 and braces == 0 and token in ("&", r"\\"):
                rows[-1].append("".join(self.tokens[cell_start : self.position - 1]).strip())
                cell_start = self.position
                if token == r"\\":
                    rows.append([])
        opening = r"\begin{subarray}{l}" if name == "subarray" else f"\\begin{{{name}}}"
        tex = opening + "".join(self.tokens[start : self.position])
        self._measured_array(name, tex, rows)

    def _measured_array(self, name: str, tex: str, rows: list[list[str]]) -> None:
        columns = max(map(len, rows))
        lines = name == "aligned"  # the lines of a broken formula, in display style
        widths = [0.0] * columns
        height = 0.0
        for row in rows:
            tall = 8.5 if name == "subarray" else 12.0
            for place, cell in enumerate(row):
                width, high, deep = _size_of(cell, lines, 1.0 if lines else self.size)
                widths[place] = max(widths[place], width)
                tall = max(tall, high + deep + 3.0)
            height += tall
        sides = 2 * (8.8 if height > 30 else 7.4) + 10.0 * (columns - 1)
        if name == "cases":
            sides = 12.0 + 10.0 * (columns - 1)
        elif name == "subarray":
            sides = 0.0
        width = sum(widths) + (3.4 if lines else sides)
        kind = Kind.ORDINARY if name.endswith("matrix") else Kind.INNER
        part = Part(tex, kind, width, height / 2 + 2.5, height / 2 - 2.5, self.spaced, name, rows)
        self.found.append(part)

    def _script(self, token: str) -> None:
        script = self._group()
        smaller = 0.7 if self.size == 1.0 else 0.5
        width, height, depth = _size_of(script, False, smaller)
        base = next((each for each in reversed(self.found) if each.kind is not Kind.MARK), None)
        if base is None or base is not self.found[-1]:
            # The scripts of something marked stand behind the mark.
            self.found.append(Part("", Kind.ORDINARY, 0.0))
            base = self.found[-1]
        base.tex += f"{token}{{{script}}}"
        before = base.script_width
        base.scripts[token] = script, width
        command = base.tex.split("_")[0].split("^")[0]
        if self.display and command in (r"\sum", r"\prod", r"\lim", r"\max", r"\min"):
            base.width = max(base.width, width)
            if token == "_":
                base.depth += height + depth + 2.0
            else:
                base.height += height + depth + 2.0
            return
        base.width += max(0.0, base.script_width - before) + (0.5 if before == 0 else 0.0)
        if token == "^":
            base.height = max(base.height, 4.0 * self.size + height + depth)
        else:
            base.depth = max(base.depth, 1.5 * self.size + height)


def _width_of_words(text: str) -> float:
    return text_width(re.sub(r"\\[A-Za-z]+|[\\{}$]", "", text))
