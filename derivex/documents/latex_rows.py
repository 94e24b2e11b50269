r"""The rows of a display of LaTeX: chains of formulas, justifications, numbers, conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from derivex.documents.index_cases import index_case
from derivex.documents.latex_calls import argument_names, bars_in_calls, words_above
from derivex.documents.latex_chains import EQUATIONS, JOINING, chains_of, trimmed
from derivex.documents.latex_clauses import PHRASES, clauses_of
from derivex.documents.latex_columns import columns_of, have_columns
from derivex.documents.latex_layout import LayoutRow, closing_of, layout_of
from derivex.documents.latex_problems import leave_out_problem
from derivex.documents.latex_signs import (
    WIDE,
    depths,
    is_end,
    is_foreign,
    is_space,
    phrase_at,
    sign_at,
)
from derivex.documents.raw import RawFormula, RawRow, Span
from derivex.notation.latex.tokens import Token, is_blank

__all__ = ["DisplayReader"]

_CLAIMING = ("by", "since", "because", "using", "from", "via", "due to")
_NO_FORMULA = frozenset(
    (r"\label", r"\tag", r"\eqno", r"\notag", r"\nonumber", r"\hline", r"\qedhere", r"\qed",
     r"\displaybreak", r"\allowdisplaybreaks", r"\pagebreak", r"\newpage", r"\noindent", r"\square",
     r"\blacksquare", r"\Box", r"\checkmark", r"\surd", r"\medskip", r"\smallskip", r"\bigskip")
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{2,}")
_BOXES = (r"\boxed", r"\hl")
_ANSWER = re.compile(r"\((?:ans(?:wer)?|proved|shown|q\.?e\.?d)\.?\)", re.IGNORECASE)
_NUMBER = re.compile(r"\(?\*?[0-9]+[a-z]?'?\*?\)?|\(?[ivx]+\)|\(\*+\)")


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
        self._case: list[list[RawFormula]] = []  # "i = j:", a row for those below it

    def rows(self, tokens: Sequence[Token], environment: str) -> list[RawRow]:
        """The rows of a display.

        Args:
            tokens: what stands in it.
            environment: the name of its environment, "" if it has none.
        """
        found: list[RawRow] = []
        last: dict[int, RawRow] = {}  # of each column
        layout = [row for row in layout_of(tokens, environment) if _is_filled(row)]
        columns = have_columns(layout)
        self._case = []
        for row in layout:
            self._blank_between(row.cells)
            intertext = _span(row.before)
            for column, cells in columns_of(row, columns):
                for raw in self._rows(cells, column in last or bool(last and not column)):
                    raw.column = column
                    raw.given = [*self._case, *raw.given]
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
        for raw in last.values():
            chain = raw.chains[-1] if raw.chains else []
            if len(chain) > 1 and chain[-1].start == chain[-1].end:
                del chain[-1]  # = u =, where the next display goes on
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
        first = next((token for cell in cells for token in cell if not is_space(token)), None)
        if first is None or first.text not in JOINING:
            return False
        indented = not any(not is_space(token) for token in cells[0]) or len(cells) == 1
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
        parts = list(clauses_of(tokens, depth))
        rows: list[RawRow] = []
        condition: Span | None = None  # one that stands before the formulas
        given: list[list[RawFormula]] = []
        for part in parts:
            start, end = trimmed(tokens, part.start, part.end)
            if start == end:
                continue
            while part.condition and end > start + 1 and is_foreign(tokens[end - 1]):
                end -= 1  # i = j 时
            chains = chains_of(tokens, depth, start, end)
            cases = [chain for chain in chains[1:] if self._is_case(chain, tokens[start])]
            chains = [chain for chain in chains if chain not in cases]
            if (problem := leave_out_problem(tokens, chains[0])) is not None:
                self.blanked.append(problem)
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
            sentence = (said or part.fragment) and not signs and not chains[0][0].sign
            if sentence or (signs and not signs & EQUATIONS and not chains[0][0].sign):
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
                    given=[*given, *cases],
                )
            )
            follows = True
        if given and not rows:
            self._case = given
        if rows:
            rows[-1].claim, rows[-1].number, rows[-1].label = cut.claim, cut.number, cut.label
        for row in rows:
            row.chains = [self._without_membership(chain) for chain in row.chains]
        yield from rows

    def _is_case(self, chain: Sequence[RawFormula], first: Token) -> bool:
        r"""Whether a chain says for which indices the one before it holds: …, \quad i = j."""
        written = self.text[chain[0].start : chain[-1].end]
        return bool(index_case(written, within=self.text[first.start : chain[0].start]))

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
        self._open_boxes(cut, bounds)
        self._take_commands(cut, bounds)
        tokens = cut.tokens
        self.blanked.extend(argument_names(tokens))
        self.commas.extend(bars_in_calls(tokens))
        self.lowered.extend(words_above(tokens))
        depth = depths(tokens)
        start = self._claim_start(tokens, depth, bounds)
        if start is not None:
            inside = [token for token in tokens[start:] if not is_space(token)]
            if inside:
                cut.claim = Span(inside[0].start, inside[-1].end)
                self.blanked.append(cut.claim)
            cut.tokens = tokens[:start]
        self._take_leading_number(cut)
        self._take_trailing_number(cut)
        return cut

    def _open_boxes(self, cut: _Cut, bounds: list[int]) -> None:
        r"""Take the box off \boxed{x = 2}, an equation; one round an expression stays."""
        tokens = cut.tokens
        dropped: set[int] = set()
        for position, token in enumerate(tokens):
            opening = position + 1
            if token.text not in _BOXES or opening >= len(tokens):
                continue
            closing = closing_of(tokens, opening) if tokens[opening].kind == "OPEN" else 0
            inside = tokens[opening + 1 : closing]
            if closing >= len(tokens) or not any(
                sign_at(inside, at) is not None and not deep
                for at, deep in enumerate(depths(inside))
            ):
                continue
            dropped.update((position, opening, closing))
            self.blanked.append(Span(token.start, tokens[opening].end))
            self.blanked.append(Span(tokens[closing].start, tokens[closing].end))
        if dropped:
            bounds[:] = [bound - sum(each < bound for each in dropped) for bound in bounds]
            cut.tokens = [token for at, token in enumerate(tokens) if at not in dropped]

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
            if phrase.text.lstrip().startswith(",") and " " in words and not _relates(rest):
                return position  # \text{, differentiating by } x
            if " " in words and words not in PHRASES and all(map(is_end, rest)):
                return position if words.split()[0] not in PHRASES else None
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
                before = shown[number - 1]
                apart = "".join(each.text for each in cut.tokens[before + 1 : shown[number]])
                wide = cut.tokens[before].text in WIDE
                if not wide:
                    wide, before = apart.count("~") > 1, before + 1  # b = 30 ~~~~ (4)
                if (wide and _NUMBER.fullmatch(written)) or _ANSWER.fullmatch(written):
                    cut.number = written if wide else None
                    last = cut.tokens[shown[-1]]
                    self.blanked.append(Span(cut.tokens[shown[number]].start, last.end))
                    cut.tokens = cut.tokens[:before]
                return


def _is_filled(row: LayoutRow) -> bool:
    return any(not is_space(token) for cell in row.cells for token in cell)


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


def _relates(tokens: Sequence[Token]) -> bool:
    """Whether there is a sign of relation in a stretch."""
    return any(sign_at(tokens, at) is not None for at in range(len(tokens)))


def _is_claim(tokens: Sequence[Token], depth: Sequence[int], start: int) -> bool:
    """Whether what stands from a position to the end of the row is a justification."""
    position = start
    while position < len(tokens) and (is_space(tokens[position]) or depth[position] != 0):
        if depth[position] != 0:
            return False
        position += 1
    while position < len(tokens) and tokens[position].text in ("(", "[", "{", r"\left", r"\small"):
        position += 1
        while position < len(tokens) and is_space(tokens[position]):
            position += 1
    if position >= len(tokens):
        return False
    phrase = phrase_at(tokens, position)
    if phrase is None or not _WORD.search(phrase.text):
        return False
    words = phrase.text.strip(" ()[],.;:").lower()
    if words in PHRASES or words.split(" ")[0] in ("for", "if", "when", "where", "and", "or"):
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
