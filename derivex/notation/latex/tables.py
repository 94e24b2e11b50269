r"""Environments: matrices, case distinctions, and aligned rows that hold one formula."""

from __future__ import annotations

from derivex.notation.latex.commands import DROPPED, UPRIGHT
from derivex.notation.latex.source import Written
from derivex.notation.latex.tokens import Token, environment_of
from derivex.notation.latex.translation import Item, Stretch, Translation

__all__ = ["Tables"]

_MATRICES = frozenset(
    ("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "smallmatrix", "array", "psmallmatrix")
)
_ALIGNED = frozenset(
    ("align", "aligned", "alignat", "alignedat", "equation", "split", "gather", "gathered",
     "multline", "eqnarray", "math", "displaymath", "flalign", "alignmath")
)  # fmt: skip
_CASES = frozenset(("cases", "dcases", "rcases"))
_WITH_ARGUMENT = frozenset(("array", "alignat", "alignedat"))
_OTHERWISE = frozenset(("otherwise", "else", "sonst", "elsewhere"))
_BEFORE_A_CONDITION = frozenset(("if", "for", "when", "where"))
_CONTINUES = ("+", "-", "−", r"\cdot", r"\times", "=")
_BRACES = ("OPEN", "CLOSE")

Cell = tuple[int, int]


class Tables(Translation):
    """The part of the translation that takes environments."""

    def is_table(self, first: int, last: int) -> bool:
        """Whether a stretch is one array."""
        token = self.token(first, last)
        return (
            token is not None
            and token.kind == "BEGIN"
            and self.partner[first] == last - 1
            and environment_of(token) in ("array", "matrix", "aligned")
        )

    def take_environment(self, stretch: Stretch, cases: bool = False) -> None:
        begin = stretch[0]
        at = self.tokens[begin]
        closing = self.partner[begin]
        name = environment_of(at)
        first = begin + 1
        if name in _WITH_ARGUMENT and first < closing and self.tokens[first].kind == "OPEN":
            first = self.partner[first] + 1
        stretch[0] = closing + 1
        if cases:
            name = "cases"
        if name in _ALIGNED:
            self.take_rows([first, closing])
        elif name in _MATRICES:
            self._take_matrix(name, at, self.tokens[closing], self._rows(first, closing))
        elif name in _CASES:
            self._take_cases(at, self.tokens[closing], self._rows(first, closing))
        else:
            raise self.error(
                f"the environment {name} cannot be read in a formula",
                at,
                at,
                "pmatrix, bmatrix, cases, aligned and their like can",
            )

    def _rows(self, first: int, last: int) -> list[list[Cell]]:
        """The rows of an environment, and the cells of each, empty rows left out."""
        rows: list[list[Cell]] = [[]]
        start = position = first
        while position < last:
            token = self.tokens[position]
            if token.kind in ("OPEN", "BEGIN", "LEFT"):
                position = self.partner[position] + 1
                continue
            if token.kind in ("ALIGN", "ROW"):
                rows[-1].append((start, position))
                start = position + 1
                if token.kind == "ROW":
                    rows.append([])
            position += 1
        rows[-1].append((start, last))
        return [row for row in rows if any(not self._is_empty(cell) for cell in row)]

    def _is_empty(self, cell: Cell) -> bool:
        position, last = cell
        while position < last:
            token = self.tokens[position]
            if token.text in DROPPED or token.text == "&":
                position += 1
            elif token.text in (r"\label", r"\tag"):
                position = self.argument(position + 1, last, token)[2]
            else:
                return False
        return True

    def take_rows(self, stretch: Stretch) -> None:
        """Aligned rows: all of one formula, which goes on with an operator in the next row."""
        rows = self._rows(*stretch)
        for row in rows[1:]:
            filled = [cell for cell in row if not self._is_empty(cell)]
            first, last = filled[0]
            while first < last and (
                self.tokens[first].text in DROPPED or self.tokens[first].kind in _BRACES
            ):
                first += 1
            if first < last and self.tokens[first].text not in _CONTINUES:
                raise self.error(
                    "a second formula begins in this row",
                    self.tokens[first],
                    self.tokens[last - 1],
                    "give one formula at a time; derivex check reads derivations of many lines",
                )
        stretch[0] = stretch[1]
        self.push(*[list(cell) for row in rows for cell in row])

    def _take_matrix(self, name: str, at: Token, last: Token, rows: list[list[Cell]]) -> None:
        if not rows:
            raise self.error("this matrix is empty", at, last, "write its entries")
        width = len(rows[0])
        for row in rows:
            if len(row) != width:
                cell = row[-1]
                raise self.error(
                    f"this row has {len(row)} entries, and the first one has {width}",
                    self.tokens[min(row[0][0], cell[1] - 1)],
                    self.tokens[cell[1] - 1],
                    "all rows of a matrix have the same number of entries",
                )
        if name == "vmatrix":
            self.emit("BAR", "|", at)
        items: list[Item] = [self.word("OPEN", "[", at)]
        for number, row in enumerate(rows):
            if number:
                items.append(self._comma(row[0]))
            if width > 1:
                items.append(self.word("OPEN", "[", self.tokens[row[0][0] - 1]))
            for column, cell in enumerate(row):
                if column:
                    items.append(self._comma(cell))
                items.append([*cell])
            if width > 1:
                items.append(self.word("CLOSE", "]", self.tokens[row[-1][1] - 1], True))
        items.append(self.word("CLOSE", "]", last, True))
        if name == "vmatrix":
            items.append(self.word("BAR", "|", last))
        self.push(*items)

    def _comma(self, before: Cell) -> Written:
        return self.word("COMMA", ",", self.tokens[before[0] - 1], True)

    def _take_cases(self, at: Token, last: Token, rows: list[list[Cell]]) -> None:
        """cases as if … then … else …"""
        items: list[Item] = [self.word("OPEN", "(", at)]
        ended = False
        for number, row in enumerate(rows):
            filled = [cell for cell in row if not self._is_empty(cell)]
            if not filled or ended or len(filled) > 2:
                token = self.tokens[row[0][0]]
                raise self.error(
                    "a case is a value and its condition, and “otherwise” comes last",
                    token,
                    token,
                    r"write \begin{cases} x & x > 0 \\ -x & \text{otherwise} \end{cases}",
                )
            value = self._without_comma(filled[0])
            condition = self._condition(filled[1]) if len(filled) > 1 else None
            sign = self.tokens[value[0]]
            if number:
                items.append(self.word("NAME", "else", sign))
            if condition is None:
                ended = True
            else:
                items += [
                    self.word("NAME", "if", sign),
                    *self._compared(condition),
                    self.word("NAME", "then", sign),
                ]
            items.append([*value])
        items.append(self.word("CLOSE", ")", last, True))
        self.push(*items)

    def _compared(self, condition: Cell) -> list[Item]:
        r"""A condition; (x, y) \ne (0, 0) entry by entry, as x ≠ 0 or y ≠ 0."""
        left = self._entries(condition)
        right = self._entries((left[-1][1] + 2, condition[1])) if left else []
        if not right or len(left) != len(right) or right[-1][1] + 1 != condition[1]:
            return [[*condition]]
        sign = self.tokens[left[-1][1] + 1]
        equal = sign.text == "="
        if not equal and sign.text not in (r"\ne", r"\neq", "≠"):
            return [[*condition]]
        items: list[Item] = []
        for one, other in zip(left, right, strict=True):
            if items:
                items.append(self.word("NAME", "and" if equal else "or", sign))
            kind = ("EQUALS", "=") if equal else ("RELATION", "≠")
            items += [[*one], self.word(*kind, sign), [*other]]
        return items

    def _entries(self, cell: Cell) -> list[Cell]:
        """What the commas part in a bracket that a cell begins with; nothing if there is none."""
        first, last = cell
        if first >= last or self.tokens[first].text != "(":
            return []
        found: list[Cell] = []
        start, depth = first + 1, 0
        for position in range(first, last):
            text = self.tokens[position].text
            depth += (text in ("(", r"\{", "[")) - (text in (")", r"\}", "]"))
            if (depth == 1 and text == ",") or not depth:
                found.append((start, position))
                start = position + 1
            if not depth:
                break
        whole = not depth and len(found) > 1 and all(begin < end for begin, end in found)
        return found if whole else []

    def _without_comma(self, cell: Cell) -> Cell:
        first, last = cell
        while last > first and (
            self.tokens[last - 1].text in (",", ".", ";") or self.tokens[last - 1].text in DROPPED
        ):
            last -= 1
        return first, last

    def _condition(self, cell: Cell) -> Cell | None:
        """The condition of a case without an if before it; None for “otherwise”."""
        first, last = self._without_comma(cell)
        while first < last:
            token = self.tokens[first]
            if token.text in DROPPED:
                first += 1
                continue
            if token.text not in UPRIGHT:
                break
            inside, inside_end, after = self.argument(first + 1, last, token)
            word = "".join(each.text for each in self.tokens[inside:inside_end]).lower()
            word = word.strip(".,:")
            if word in _OTHERWISE and after == last:
                return None
            if word not in _BEFORE_A_CONDITION and word:
                break
            first = after
        return first, last
