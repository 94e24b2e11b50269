r"""Brackets of LaTeX: ( ), \left[ \right], \{ \}, |x|, braces; and \left. u \right|_{x = 2}."""

from __future__ import annotations

from derivex.notation.latex.commands import CLOSING_DELIMITERS, DELIMITERS, FUNCTIONS
from derivex.notation.latex.source import Written
from derivex.notation.latex.tokens import Token
from derivex.notation.latex.translation import Stretch
from derivex.notation.latex.values import LOOSE, Values

__all__ = ["OPERANDS_END", "Brackets"]

_WRITTEN = {"(": "(", "[": "[", r"\{": "(", "⟨": "⟨"}
_CLOSED = {")": ")", "]": "]", r"\}": ")", "⟩": "⟩"}
_FUNCTION_BRACKETS = {"|": "abs", "⌋": "floor", "⌉": "ceiling"}
_BEFORE_A_CALL = ("NAME", "GREEK", "SUBSCRIPT", "PRIME", "RAISED")
_SIGNS = ("PLUS", "MINUS")
OPERANDS_END = ("NAME", "GREEK", "NUMBER", "SUBSCRIPT", "CLOSE", "PRIME", "BAR", "DOTS")


class Brackets(Values):
    """The part of the translation that takes brackets of every kind."""

    def open_bracket(self, shape: str, at: Token, position: int) -> None:
        """A bracket opens; the token at a position is the first that belongs to it."""
        closing = DELIMITERS[shape][1]
        if closing in _FUNCTION_BRACKETS or closing == "‖":
            self._open_bars(closing, at)
            return
        opening = DELIMITERS[shape][0]
        if opening not in _WRITTEN:
            raise self.error(f"{shape} cannot be read", at, at, "write ( and )")
        inner = position + 1 + (self.tokens[position].kind == "LEFT")
        following = self.token(inner, len(self.tokens))
        if opening == "[" and following is not None and following.kind == "BEGIN":
            opening, written = "(", ")"  # the brackets of a matrix are those of its environment
        else:
            written = _CLOSED[closing]
        if opening == "[" and self.words and self.words[-1].kind == "PRIME":
            opening, written = "(", ")"  # f'[g(x)]
        self.open_brackets.append((closing, at, written))
        if opening == "[":
            self._note_square(at, position)
        if opening == r"\{" and self.words and self.words[-1].text in ("max", "min"):
            self.listed.add(at.start)
        elif opening == r"\{" and self.words and self.words[-1].role == "calligraphic":
            raise self.error(
                f"{self.words[-1].text} of what stands in {{ }} looks like a transform, "
                "which cannot be read",
                at,
                at,
                "write out the integral",
            )
        elif opening == r"\{":
            self.remarks.append((len(self.words), r"\{…\}", "brackets: (…)"))
        glued = False
        if opening == "(" and self.words:
            before = self.words[-1]
            if before.kind in _BEFORE_A_CALL:
                command = before.role == "command"
                glued = not command or not self.spaced[position]
            elif (before.kind == "CLOSE" and before.text == "}") or self.ends_exponent():
                glued = not self.spaced[position]
        self.emit("OPEN", _WRITTEN[opening], at, glued)
        self.glue_next = True

    def _note_square(self, at: Token, position: int) -> None:
        """E[x] would be an expected value; C[x] is noted as a product."""
        before = self.words[-1] if self.words else None
        if before is None or before.kind not in ("NAME", "GREEK") or before.role == "command":
            return
        if self.spaced[position] or len(before.text) > 1:
            return
        if len(self.words) > 1 and self.words[-2].kind == "PARTIAL":
            return  # the x of ∂/∂x
        if before.text == "E":
            raise self.error(
                "E[…] looks like an expected value, which cannot be read",
                at,
                at,
                r"write out the sum or the integral, or E \cdot (…) for a product",
            )
        self.remarks.append((len(self.words) - 1, f"{before.text}[…]", f"{before.text}·[…]"))

    def _open_bars(self, closing: str, at: Token) -> None:
        self.open_brackets.append((closing, at, closing))
        if closing == "‖":
            self.emit("DOUBLE", "‖", at)
            self.glue_next = True
            return
        self.emit("NAME", _FUNCTION_BRACKETS[closing], at)
        self.emit("OPEN", "(", at, True)
        self.glue_next = True

    def close_bracket(self, shape: str, at: Token) -> None:
        """A bracket closes; what closes must be what belongs to the one that is open."""
        if not self.open_brackets:
            raise self.error(
                f"there is no open bracket that this {at.text} could close",
                at,
                at,
                f"leave {at.text} out, or open a bracket before it",
            )
        closing, opening, written = self.open_brackets.pop()
        if closing != shape:
            raise self.error(
                f"{at.text} does not close {opening.text}; {closing} is expected here",
                at,
                at,
                f"write {closing}, or close the bracket that {at.text} belongs to",
            )
        if shape in _FUNCTION_BRACKETS:
            self.emit("CLOSE", ")", at, True)
        elif shape == "‖":
            self.emit("DOUBLE", "‖", at, True)
        else:
            self.emit("CLOSE", written, at, True)

    def take_left(self, stretch: Stretch) -> None:
        r"""\left with all up to its \right."""
        begin, end = stretch
        closing = self.partner[begin]
        at = self.tokens[begin]
        if closing + 1 >= end:
            at = self.tokens[closing]
            raise self.error(r"the text ends behind \right", at, at, r"write \right) or \right.")
        opens, closes = self.tokens[begin + 1], self.tokens[closing + 1]
        if opens.text == "." and closes.text in ("|", r"\rvert", "]"):
            self.take_value(stretch, begin + 2, closing)
            return
        if opens.text == "[" and closes.text == "]" and self.is_difference(closing + 2, end):
            self.take_value(stretch, begin + 2, closing)
            return
        if (
            opens.text in (r"\{", r"\lbrace")
            and closes.text == "."
            and self.is_table(begin + 2, closing)
        ):
            stretch[0] = closing + 2
            self.take_environment([begin + 2, closing], cases=True)
            return
        if opens.text == "." or closes.text == ".":
            raise self.error(
                "a bracket on one side only cannot be read",
                opens if opens.text == "." else closes,
                opens if opens.text == "." else closes,
                r"write the other bracket, or \left. u \right|_{x = 2} for a value",
            )
        shape = {"|": r"\lvert", r"\|": r"\lVert", r"\Vert": r"\lVert"}.get(opens.text, opens.text)
        ends = {"|": "|", r"\rvert": "|", r"\|": "‖", r"\Vert": "‖", r"\rVert": "‖"}
        ending = ends.get(closes.text) or CLOSING_DELIMITERS.get(closes.text)
        if shape not in DELIMITERS or ending is None:
            wrong = opens if shape not in DELIMITERS else closes
            raise self.error(
                f"{wrong.text} is no bracket that can be read here", wrong, wrong, "write ( and )"
            )
        self.open_bracket(shape, opens, begin)
        stretch[0] = closing + 2
        self.push([begin + 2, closing], lambda: self.close_bracket(ending, closes))

    # Braces, which only hold things together in LaTeX.

    def take_group(self, stretch: Stretch, shown: bool = False) -> None:
        """A group in braces; ``shown`` if a command round it says that it stands for itself."""
        begin, end = stretch
        closing = self.partner[begin]
        at = self.tokens[begin]
        place = len(self.words)
        before = self.words[-1] if self.words else None
        self.emit("OPEN", "{", at)
        stretch[0] = closing + 1
        following = self.token(closing + 1, end)

        def close() -> None:
            self._close_group(place, before, begin, following, shown)

        self.push([begin + 1, closing], close)

    def _close_group(
        self,
        place: int,
        before: Written | None,
        begin: int,
        following: Token | None,
        shown: bool,
    ) -> None:
        """Keep the braces of a group as brackets where they must have been meant as such."""
        words = self.words
        inside = words[place + 1 :]
        at, last = self.tokens[begin], self.tokens[self.partner[begin]]
        kinds, factors = _outermost(inside)
        raised = following is not None and (
            following.kind in ("SUPER", "SUB", "PRIME") or following.text == "!"
        )
        multiplied = following is not None and self.starts_operand(following)
        keep = False
        if inside and not shown:
            if any(kind in LOOSE for kind in kinds):
                signed = kinds[0] in _SIGNS and not any(kind in LOOSE for kind in kinds[1:])
                after_sum = before is None or before.kind in ("OPEN", "EQUALS", "PLUS", "COMMA")
                keep = raised or multiplied or (not after_sum and not signed)
                if signed and before is not None and before.kind in ("CARET", "SLASH", "STAR"):
                    keep = True
            elif raised:
                keep = factors > 1
            elif before is not None:
                keep = factors > 1 and (
                    before.kind == "SLASH" or (before.role == "command" and multiplied)
                )
                keep = keep or (before.role == "command" and multiplied)
        if not keep:
            glued = words[place].glued
            del words[place]
            if place < len(words) and glued:
                words[place] = words[place]._replace(glued=True)
            return
        first = words[place]
        words[place] = first._replace(
            text="(" if before is None or before.role != "command" else "{"
        )
        text = ")" if words[place].text == "(" else "}"
        self.emit("CLOSE", text, last, True)
        applied = before is not None and before.role == "command" and multiplied
        if factors > 1 or applied or any(kind in LOOSE for kind in kinds):
            read = " ".join(self.source.text[at.start : last.end].split())
            self.remarks.append((place, read, f"({read[1:-1].strip()})"))

    def starts_operand(self, token: Token) -> bool:
        """Whether a token can be the first one of a factor."""
        if token.kind in ("LETTER", "DIGIT", "OPEN", "LEFT"):
            return True
        return (
            token.kind == "COMMAND" and (token.text in FUNCTIONS or not self.is_sign(token))
        ) or token.text in ("(", "[")


def _outermost(words: list[Written]) -> tuple[list[str], int]:
    """The kinds of the words that stand in no bracket, and how many factors there are."""
    depth = 0
    kinds: list[str] = []
    factors = 0
    for word in words:
        if word.kind in ("CLOSE",):
            depth -= 1
            continue
        if not depth:
            kinds.append(word.kind)
            script = word.kind in ("SUBSCRIPT", "INDEX_OPEN", "CARET", "PRIME")
            applied = word.kind == "OPEN" and word.glued
            factors += not (script or applied)
        if word.kind in ("OPEN", "INDEX_OPEN"):
            depth += 1
    return kinds, factors
