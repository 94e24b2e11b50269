r"""The rows of a display of LaTeX: chains of formulas, justifications, numbers, conditions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from derivex.documents.latex_layout import LayoutRow, closing_of, layout_of
from derivex.documents.latex_signs import SPACES, WIDE, depths, phrase_at, sign_at
from derivex.documents.raw import RawFormula, RawRow, Span
from derivex.notation.latex.tokens import Token, is_blank

__all__ = ["DisplayReader"]

_ALIGNED = frozenset(["align", "aligned", "alignat", "alignedat", "flalign", "split"])
_EQUATIONS = frozenset(("=", ":=", "≈", "≡", "≠", "<", ">", "≤", "≥", "∝"))
_JOINING = frozenset(("+", "-", "−", r"\cdot", r"\times", "·", "×", "*", "/"))
_ENDING = frozenset((".", ",", ";", "!"))
_PHRASES = {
    "and": "and", "or": "or", "und": "and", "oder": "or", "or equivalently": "or",
    "so": "⇒", "hence": "⇒", "therefore": "⇒", "thus": "⇒", "so that": "⇒", "i.e.": "⇒",
    "that is": "⇒", "then": "⇒", "implies": "⇒", "gives": "⇒", "which gives": "⇒",
    "if and only if": "⇔", "iff": "⇔", "is equivalent to": "⇔",
    "where": "let", "with": "let", "let": "let", "for": "if", "if": "if", "when": "if",
    "whenever": "if", "at": "if", "as": "if", "unless": "if", "for all": "if", "otherwise": "if",
    "on": "if", "such that": "if", "while": "and",
}  # fmt: skip
_CLAIMING = ("by", "since", "because", "using", "from", "via", "due to")
_NO_FORMULA = frozenset(
    (r"\label", r"\tag", r"\eqno", r"\notag", r"\nonumber", r"\hline", r"\qedhere", r"\qed",
     r"\displaybreak", r"\allowdisplaybreaks", r"\pagebreak", r"\newpage", r"\noindent", r"\square",
     r"\blacksquare", r"\Box", r"\medskip", r"\smallskip", r"\bigskip")
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"\(?\*?[0-9]+[a-z]?'?\*?\)?|\(?[ivx]+\)|\(\*+\)")


@dataclass
class _Part:
    """What stands between two arrows or words of a row."""

    joint: str
    start: int  # positions in the row's tokens
    end: int
    said: str = ""
    condition: bool = False
    connective: str = "and"
    joins: bool = False


@dataclass
class _Cut:
    """A row without its number, label and justification."""

    tokens: list[Token]
    claim: Span | None = None
    number: str | None = None
    label: str | None = None
    blanked: list[Span] = field(default_factory=list)


class DisplayReader:
    """Cuts displays into rows, and remembers what is not a part of any formula.

    Args:
        text: the document.

    Attributes:
        blanked: the stretches to be blanked out: signs of alignment, labels, justifications.
        commas: the bars that separate arguments, as in p(x | θ).
        lowered: the signs that raise a word, as in x^{\\text{new}}, which is a name.
    """

    def __init__(self, text: str):
        self.text = text
        self.blanked: list[Span] = []
        self.commas: list[Span] = []
        self.lowered: list[Span] = []

    def rows(self, tokens: Sequence[Token], environment: str) -> list[RawRow]:
        """The rows of a display.

        Args:
            tokens: what stands in it.
            environment: the name of its environment, "" if it has none.
        """
        found: list[RawRow] = []
        last: dict[int, RawRow] = {}  # of each column
        layout = [row for row in layout_of(tokens, environment) if _is_filled(row)]
        columns = _have_columns(layout)
        for row in layout:
            self._blank_between(row.cells)
            intertext = _span(row.before)
            for column, cells in _columns(row, columns):
                for raw in self._rows(cells, column in last or bool(last and not column)):
                    raw.column = column
                    if raw.claim is None and intertext is not None:
                        raw.claim = intertext
                    if raw.claim is None and row.after is not None:
                        raw.claim = _remark(row.after)
                    intertext = None
                    before = last.get(column, last.get(0))
                    if before is not None and self._joins(before, raw, cells):
                        self._join(before, raw)
                        continue
                    if column not in last and raw.joint == "next":
                        raw.joint = "start"
                    found.append(raw)
                    last[column] = raw
        return found

    def _blank_between(self, cells: Sequence[Sequence[Token]]) -> None:
        """Blank out the signs between the cells, and whatever ends the row."""
        filled = [cell for cell in cells if cell]
        for cell, following in pairwise(filled):
            self.blanked.append(Span(cell[-1].end, following[0].start))

    # -- rows that go on ---------------------------------------------------------------------

    def _joins(self, before: RawRow, raw: RawRow, cells: Sequence[Sequence[Token]]) -> bool:
        """Whether a row goes on with the last formula of the row before it."""
        if not raw.chains or not before.chains or raw.joint not in ("next", "start"):
            return False
        ended = self.text[before.chains[-1][-1].start : before.chains[-1][-1].end].rstrip()
        if not ended or ended.endswith(("+", "-", "=", "\\cdot", "\\times", "/")):
            return True
        first = next((token for cell in cells for token in cell if not _is_space(token)), None)
        if first is None or first.text not in _JOINING:
            return False
        indented = not any(not _is_space(token) for token in cells[0]) or len(cells) == 1
        signs = len(raw.chains) > 1 or len(raw.chains[0]) > 1
        return indented and not (signs and first.text in "-−")

    def _join(self, before: RawRow, raw: RawRow) -> None:
        last, first = before.chains[-1][-1], raw.chains[0][0]
        between = Span(last.end, first.start)
        self.blanked.append(between)
        before.chains[-1][-1] = last._replace(
            start=last.start if last.end > last.start else first.start, end=first.end
        )
        before.chains[-1].extend(raw.chains[0][1:])
        before.chains.extend(raw.chains[1:])
        before.end = raw.end
        before.claim = raw.claim or before.claim
        before.number = raw.number or before.number
        before.label = raw.label or before.label

    # -- one row -----------------------------------------------------------------------------

    def _rows(self, cells: Sequence[Sequence[Token]], follows: bool) -> Iterator[RawRow]:
        cut = self._cut(cells)
        tokens = cut.tokens
        depth = depths(tokens)
        parts = list(_parts(tokens, depth))
        rows: list[RawRow] = []
        condition: Span | None = None  # one that stands before the formulas
        given: list[list[RawFormula]] = []
        for part in parts:
            start, end = _trimmed(tokens, part.start, part.end)
            if start == end:
                continue
            chains = _chains(tokens, depth, start, end)
            signs = {formula.sign for chain in chains for formula in chain[1:]}
            stretch = Span(tokens[start].start, tokens[end - 1].end)
            if part.condition:
                chains = [chain for chain in chains if len(chain) > 1]
                if rows:
                    rows[-1].condition = stretch
                    rows[-1].given.extend(chains)
                else:
                    condition = stretch
                    given.extend(chains)
                continue
            said = any(
                not depth[at] and (phrase := phrase_at(tokens, at)) and " " in phrase.text.strip()
                for at in range(start, end)
            )
            sentence = (said or _is_foreign(tokens[start:end])) and not signs
            sentence = sentence and not chains[0][0].sign
            if sentence or (signs and not signs & _EQUATIONS and not chains[0][0].sign):
                self.blanked.append(stretch)
                continue
            joined = part.joins and rows and not part.joint and not chains[0][0].sign
            if joined and signs:
                rows[-1].chains.extend(chains)
                rows[-1].connective = part.connective
                rows[-1].end = tokens[end - 1].end
                continue
            joint = part.joint or chains[0][0].sign or ("next" if follows else "start")
            rows.append(
                RawRow(
                    joint,
                    chains,
                    tokens[start].start,
                    tokens[end - 1].end,
                    said=part.said,
                    connective=part.connective,
                    condition=condition,
                    given=list(given),
                )
            )
            follows = True
        if rows:
            rows[-1].claim, rows[-1].number, rows[-1].label = cut.claim, cut.number, cut.label
        for row in rows:
            row.chains = [self._without_membership(chain) for chain in row.chains]
        yield from rows

    def _without_membership(self, chain: list[RawFormula]) -> list[RawFormula]:
        """A chain without the set that its last formula is said to be in: v = (…) ∈ R^m."""
        kept = chain
        while len(kept) > 1 and kept[-1].sign == "∈":
            self.blanked.append(Span(kept[-2].end, kept[-1].end))
            kept = kept[:-1]
        return kept

    def _cut(self, cells: Sequence[Sequence[Token]]) -> _Cut:
        """A row without what is no formula."""
        tokens: list[Token] = []
        cut = _Cut(tokens)
        bounds: list[int] = []
        for cell in cells:
            bounds.append(len(tokens))
            tokens.extend(cell)
        self._take_commands(cut, bounds)
        tokens = cut.tokens
        self.blanked.extend(_argument_names(tokens))
        self.commas.extend(_bars_in_calls(tokens))
        self.lowered.extend(_words_above(tokens))
        depth = depths(tokens)
        start = self._claim_start(tokens, depth, bounds)
        if start is not None:
            inside = [token for token in tokens[start:] if not _is_space(token)]
            if inside:
                cut.claim = Span(inside[0].start, inside[-1].end)
                self.blanked.append(cut.claim)
            cut.tokens = tokens[:start]
        self._take_leading_number(cut)
        self._take_trailing_number(cut)
        return cut

    def _take_commands(self, cut: _Cut, bounds: list[int]) -> None:
        r"""Take \label, \tag, \nonumber and the like out of a row."""
        kept: list[Token] = []
        position = 0
        moved = {bound: bound for bound in bounds}
        tokens = cut.tokens
        while position < len(tokens):
            if position in moved:
                moved[position] = len(kept)
            token = tokens[position]
            if token.text in _NO_FORMULA:
                end = position + 1
                inside: Sequence[Token] = ()
                if token.text in (r"\label", r"\tag", r"\eqno"):
                    while end < len(tokens) and (is_blank(tokens[end]) or tokens[end].text == "*"):
                        end += 1
                    if end < len(tokens) and tokens[end].kind == "OPEN":
                        closing = closing_of(tokens, end)
                        inside, end = tokens[end + 1 : closing], closing + 1
                written = "".join(each.text for each in inside).strip()
                self.blanked.append(Span(token.start, tokens[min(end, len(tokens)) - 1].end))
                if token.text == r"\label":
                    cut.label = written
                elif written and _WORD.search(written) and not _NUMBER.fullmatch(written):
                    cut.claim = Span(inside[0].start, inside[-1].end)
                elif written:
                    cut.number = f"({written.strip('()')})"
                position = end
                continue
            kept.append(token)
            position += 1
        bounds[:] = [moved[bound] if bound < len(tokens) else len(kept) for bound in bounds]
        cut.tokens = kept

    def _claim_start(
        self, tokens: Sequence[Token], depth: Sequence[int], bounds: Sequence[int]
    ) -> int | None:
        """Where the justification at the end of a row begins."""
        starts = [bound for bound in bounds if 0 < bound < len(tokens)]
        for position, token in enumerate(tokens):
            if depth[position] == 0 and token.text in WIDE and position:
                starts.append(position)
        for start in sorted(starts):
            if _is_claim(tokens, depth, start):
                return start
        # Words without a space before them, at the very end: = 2x \text{ by the chain rule}
        for position in range(len(tokens)):
            phrase = phrase_at(tokens, position) if depth[position] == 0 else None
            if phrase is None or not position:
                continue
            words = phrase.text.strip(" ()[],.;:").lower()
            if words.split(" ")[0] in _CLAIMING and len(words.split()) > 1:
                return position
            rest = tokens[position + phrase.length :]
            if " " in words and words not in _PHRASES and all(map(_is_end, rest)):
                return position if words.split()[0] not in _PHRASES else None
        return None

    def _take_leading_number(self, cut: _Cut) -> None:
        r"""Take the number off that stands before a formula: (1) \quad = h'(0)."""
        shown = [position for position, token in enumerate(cut.tokens) if not is_blank(token)]
        if len(shown) < 4 or cut.tokens[shown[0]].text != "(":
            return
        for number, position in enumerate(shown[1:6], 1):
            if cut.tokens[position].text == ")":
                written = "".join(cut.tokens[at].text for at in shown[: number + 1])
                wide = number + 1 < len(shown) and cut.tokens[shown[number + 1]].text in WIDE
                if wide and _NUMBER.fullmatch(written):
                    cut.number = written
                    self.blanked.append(Span(cut.tokens[0].start, cut.tokens[position].end))
                    cut.tokens = cut.tokens[position + 1 :]
                return

    def _take_trailing_number(self, cut: _Cut) -> None:
        r"""Take the number off that stands behind a formula: b = 30 \quad (4)."""
        shown = [position for position, token in enumerate(cut.tokens) if not is_blank(token)]
        if len(shown) < 5 or cut.tokens[shown[-1]].text != ")":
            return
        for number in range(len(shown) - 2, max(0, len(shown) - 7), -1):
            if cut.tokens[shown[number]].text == "(":
                written = "".join(cut.tokens[at].text for at in shown[number:])
                wide = cut.tokens[shown[number - 1]].text in WIDE
                if wide and _NUMBER.fullmatch(written):
                    cut.number = written
                    last = cut.tokens[shown[-1]]
                    self.blanked.append(Span(cut.tokens[shown[number]].start, last.end))
                    cut.tokens = cut.tokens[: shown[number - 1]]
                return


# -- the parts of a row ------------------------------------------------------------------------


def _argument_names(tokens: Sequence[Token]) -> Iterator[Span]:
    """The names of arguments that are given by name: f(a = 2) is f(2), P(y = i) is P(i)."""
    shown = [token for token in tokens if not is_blank(token)]
    for number in range(1, len(shown) - 3):
        called, bracket, name = shown[number - 1 : number + 2]
        if bracket.text != "(" or name.kind != "LETTER":
            continue
        if called.text in (r"\left", r"\big", r"\bigl", r"\Big") and number > 1:
            called = shown[number - 2]
        if called.kind not in ("PRIME", "LETTER", "CLOSE"):
            continue
        after = number + 2
        if shown[after].kind == "SUB":
            opened = shown[after + 1 : after + 2]
            braced = bool(opened) and opened[0].kind == "OPEN"
            after = closing_of(shown, after + 1) + 1 if braced else after + 2
        if after < len(shown) and shown[after].text == "=":
            yield Span(name.start, shown[after].end)


def _bars_in_calls(tokens: Sequence[Token]) -> Iterator[Span]:
    r"""The bars in p(x \mid \theta) and p(x | \theta): a density is a function of both."""
    shown = [token for token in tokens if not is_blank(token)]
    opened: list[tuple[bool, list[Token]]] = []  # whether a name stands before it, its bars
    for number, token in enumerate(shown):
        if token.text == "(":
            before = shown[number - 1] if number else None
            if before is not None and before.text in (r"\left", r"\big", r"\Big", r"\bigl"):
                before = shown[number - 2] if number > 1 else None
            called = before is not None and before.kind in ("LETTER", "CLOSE")
            opened.append((called, []))
        elif token.text == ")" and opened:
            called, bars = opened.pop()
            conditional = [bar for bar in bars if bar.text == r"\mid"]
            if called and (conditional or len(bars) == 1):
                for bar in conditional or bars:
                    yield Span(bar.start, bar.end)
        elif token.text in ("|", r"\mid", r"\vert") and opened:
            opened[-1][1].append(token)


def _words_above(tokens: Sequence[Token]) -> Iterator[Span]:
    r"""The ^ before a word in x^{\text{new}}: it makes a name, no power."""
    shown = [token for token in tokens if not is_blank(token)]
    for number in range(1, len(shown) - 2):
        if shown[number].kind != "SUPER" or shown[number - 1].kind not in ("LETTER", "COMMAND"):
            continue
        after = number + 1 + (shown[number + 1].kind == "OPEN")
        phrase = phrase_at(shown, after) if after < len(shown) else None
        if phrase is not None and re.fullmatch(r"[A-Za-z]{2,}", phrase.text.strip()):
            yield Span(shown[number].start, shown[number].end)


def _is_filled(row: LayoutRow) -> bool:
    return any(not _is_space(token) for cell in row.cells for token in cell)


def _is_space(token: Token) -> bool:
    return is_blank(token) or token.text in SPACES


def _is_end(token: Token) -> bool:
    return _is_space(token) or token.text in _ENDING


def _span(tokens: Sequence[Token]) -> Span | None:
    shown = [token for token in tokens if not is_blank(token)]
    return Span(shown[0].start, shown[-1].end) if shown else None


def _remark(token: Token) -> Span | None:
    """What a remark at the end of a row says, if it is a sentence and no LaTeX put aside."""
    text = token.text.rstrip("\n").lstrip("% \t")
    if not _WORD.search(text) or any(sign in text for sign in "&$\\"):
        return None
    end = token.start + len(token.text.rstrip("\n"))
    return Span(end - len(text), end)


def _have_columns(layout: Sequence[LayoutRow]) -> bool:
    """Whether pairs of cells are equations of their own: 2x &= 4 & y &= 1."""
    for row in layout:
        if row.environment not in _ALIGNED or len(row.cells) < 3:
            continue
        left, right = row.cells[2], row.cells[3] if len(row.cells) > 3 else []
        shown = [position for position, token in enumerate(left) if not _is_space(token)]
        if not shown or phrase_at(left, shown[0]) or sign_at(left, shown[0]):
            continue
        both = [*left, *right]
        depth = depths(both)
        related = any(not depth[at] and sign_at(both, at) for at in range(len(both)))
        if related:
            return True
    return False


def _columns(row: LayoutRow, columns: bool) -> Iterator[tuple[int, list[list[Token]]]]:
    if not columns or row.environment not in _ALIGNED:
        yield row.side, row.cells
        return
    for start in range(0, len(row.cells), 2):
        cells = row.cells[start : start + 2]
        if any(not _is_space(token) for cell in cells for token in cell):
            yield row.side + start // 2, cells


def _is_claim(tokens: Sequence[Token], depth: Sequence[int], start: int) -> bool:
    """Whether what stands from a position to the end of the row is a justification."""
    position = start
    while position < len(tokens) and (_is_space(tokens[position]) or depth[position] != 0):
        if depth[position] != 0:
            return False
        position += 1
    while position < len(tokens) and tokens[position].text in ("(", "[", "{", r"\left", r"\small"):
        position += 1
        while position < len(tokens) and _is_space(tokens[position]):
            position += 1
    if position >= len(tokens):
        return False
    phrase = phrase_at(tokens, position)
    if phrase is None or not _WORD.search(phrase.text):
        return False
    words = phrase.text.strip(" ()[],.;:").lower()
    if words in _PHRASES or words.split(" ")[0] in ("for", "if", "when", "where", "and", "or"):
        return False
    following = position + phrase.length
    while following < len(tokens) and is_blank(tokens[following]):
        following += 1
    rest = tokens[following : following + 1]
    if " " not in words and rest and (rest[0].kind in ("SUB", "SUPER") or rest[0].text in "(["):
        return False  # a name, such as \text{loss}(s, b)
    introduced = words.split(" ")[0] in _CLAIMING
    return introduced or not any(
        not depth[at] and (sign := sign_at(tokens, at)) is not None and not sign.arrow
        for at in range(following, len(tokens))
    )


def _parts(tokens: Sequence[Token], depth: Sequence[int]) -> Iterator[_Part]:
    """What stands between arrows, words and colons outside of brackets."""
    part = _Part("", 0, 0)
    position = 0
    while position < len(tokens):
        if depth[position] == 0 and not is_blank(tokens[position]):
            sign = sign_at(tokens, position)
            phrase = None if sign else phrase_at(tokens, position)
            if sign is not None and (
                sign.arrow or _is_step(tokens, depth, part.start, position, sign.sign)
            ):
                part.end = position
                yield part
                part = _Part(sign.sign, position + sign.length, 0)
                position += sign.length
                continue
            if sign is not None:
                position += sign.length
                continue
            if phrase is not None:
                words = " ".join(phrase.text.strip(" (),.;:").lower().split())
                meaning = _PHRASES.get(words) or _first_meaning(words)
                if meaning:
                    part.end = position
                    yield part
                    part = _after(meaning, position + phrase.length, part)
                position += phrase.length
                continue
            if tokens[position].text == ":" and position > part.start:
                part.end, part.condition = position, True
                yield part
                part = _Part("", position + 1, 0)
            elif tokens[position].text == r"\forall":
                part.end = position
                yield part
                part = _Part("", position, 0, condition=True)
        position += 1
    part.end = len(tokens)
    yield part


def _first_meaning(words: str) -> str:
    """What words that begin with "where" or "if" mean."""
    first = words.split(" ")[0]
    return _PHRASES.get(first, "") if first in ("where", "if", "for", "when") else ""


def _is_foreign(tokens: Sequence[Token]) -> bool:
    """Whether there are words of a script in which nobody writes formulas."""
    return any(
        letter.isalpha() and "\u0400" <= letter <= "\ud7ff" and not "\u2100" <= letter <= "\u214f"
        for token in tokens
        for letter in token.text
    )


def _after(meaning: str, start: int, before: _Part) -> _Part:
    if meaning in ("⇒", "⇔"):
        return _Part(meaning, start, 0)
    if meaning == "if":
        return _Part("", start, 0, condition=True)
    if meaning == "let":
        return _Part("", start, 0, said="let")
    return _Part("", start, 0, before.said, before.condition, meaning, joins=True)


def _is_step(
    tokens: Sequence[Token], depth: Sequence[int], start: int, position: int, sign: str
) -> bool:
    """Whether → stands between two equations: f(x) = x^2 → f'(x) = 2x."""
    if sign != "→":
        return False

    def related(first: int, last: int) -> bool:
        return any(
            not depth[at] and (found := sign_at(tokens, at)) is not None and found.sign == "="
            for at in range(first, last)
        )

    return related(start, position) and related(position + 1, len(tokens))


def _trimmed(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """A part without the spaces around it and the comma or point behind it."""
    while start < end and (_is_space(tokens[start]) or tokens[start].text == ","):
        start += 1
    while end > start and _is_end(tokens[end - 1]):
        end -= 1
    return start, end


def _chains(
    tokens: Sequence[Token], depth: Sequence[int], start: int, end: int
) -> list[list[RawFormula]]:
    """The chains in a part: several where commas or wide spaces stand between equations.

    What has no sign of relation and is set off by a wide space is a remark.
    """
    stretches = list(_stretches(tokens, depth, start, end, WIDE))
    related = [_is_related(tokens, depth, *stretch) for stretch in stretches]
    if any(related) and len(stretches) > 1:
        stretches = _joined_at_signs(tokens, stretches)
        stretches = [each for each in stretches if _is_related(tokens, depth, *each)]
    elif len(stretches) > 1:
        stretches = [(stretches[0][0], stretches[-1][1])]
    found: list[list[RawFormula]] = []
    for first, last in stretches:
        parts = list(_stretches(tokens, depth, first, last, (",", ";")))
        if not all(_is_related(tokens, depth, *part) for part in parts) or any(
            sign_at(tokens, part[0]) for part in parts[1:]
        ):
            parts = [_trimmed(tokens, first, last)]
        found.extend(list(_formulas(tokens, depth, *part)) for part in parts)
    return found


def _stretches(
    tokens: Sequence[Token], depth: Sequence[int], start: int, end: int, marks: Collection[str]
) -> Iterator[tuple[int, int]]:
    """What stands between marks outside of brackets, without the spaces around it."""
    bounds = [start]
    for position in range(start, end):
        if depth[position] == 0 and tokens[position].text in marks:
            between = position > start and position + 1 < end
            digits = between and tokens[position - 1].kind == tokens[position + 1].kind == "DIGIT"
            if not (digits and tokens[position].text == ","):  # a decimal comma
                bounds.append(position)
    bounds.append(end)
    for first, last in pairwise(bounds):
        first, last = _trimmed(tokens, first, last)
        if first < last:
            yield first, last


def _joined_at_signs(
    tokens: Sequence[Token], stretches: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Stretches of which none begins or ends with a sign: what does goes on."""
    joined = [stretches[0]]
    for first, last in stretches[1:]:
        begins = tokens[first].text in _JOINING or sign_at(tokens, first) is not None
        if begins or tokens[joined[-1][1] - 1].text in (*_JOINING, "="):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _is_related(tokens: Sequence[Token], depth: Sequence[int], start: int, end: int) -> bool:
    """Whether there is a sign of relation in a stretch, outside of brackets."""
    return any(
        depth[at] == 0 and (found := sign_at(tokens, at)) is not None and found.sign in _EQUATIONS
        for at in range(start, end)
    )


def _formulas(
    tokens: Sequence[Token], depth: Sequence[int], start: int, end: int
) -> Iterator[RawFormula]:
    """The formulas of a chain, each with the sign before it."""
    sign, first, position = "", start, start
    while position < end:
        found = sign_at(tokens, position) if depth[position] == 0 else None
        if found is None:
            position += 1
            continue
        yield from _formula(tokens, sign, first, position)
        sign = found.sign
        position += found.length
        first = position
    if sign or first < end:
        last = list(_formula(tokens, sign, first, end))
        if not last and sign:
            at = tokens[end - 1].end
            last = [RawFormula(sign, at, at)]
        yield from last


def _formula(tokens: Sequence[Token], sign: str, start: int, end: int) -> Iterator[RawFormula]:
    start, end = _trimmed(tokens, start, end)
    if start < end:
        yield RawFormula(sign, tokens[start].start, tokens[end - 1].end)
    elif sign:
        at = tokens[min(start, len(tokens) - 1)].start
        yield RawFormula(sign, at, at)
