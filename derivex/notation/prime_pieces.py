"""Pieces for derivatives of functions: f'(x), f⁽⁴⁾(x), ∂₁f(x, y)."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.expression import Apply, primed, symbol
from derivex.notation.characters import letter_name, raised
from derivex.notation.function_pieces import FunctionPieces
from derivex.notation.known_names import holds_itself
from derivex.notation.lexer import Word
from derivex.notation.piece import Piece
from derivex.notation.vocabulary import (
    INDEX_LETTERS,
    UNKNOWN_FUNCTIONS,
    KnownFunction,
    subscript_text,
)

__all__ = ["PrimePieces"]

_PRIMES = {"″": 2, "‴": 3}
_HIGHEST = 99  # the highest order that is read


class PrimePieces(FunctionPieces):
    """Reads what stands between the name of a function and its argument, or before the name."""

    def take_primes(self, name: str, start: int, subscript: str | None, position: int) -> int:
        """The primes at a position, directly behind a name, with the name; 0 if there are none.

        Args:
            name: the name that they stand behind.
            start: where the name starts.
            subscript: its subscript, or None.
            position: the position of the word behind it.
        """
        order, after = self._order_at(position)
        known = self._function(name, subscript)
        if after == position or (known is None and self.words[position].kind == "CARET"):
            return 0
        text, end = self.source.text, self.words[after - 1].end
        shown = text[start:end]
        if known is None and subscript is None and self._is_name(name, order, after):
            whole = name + "'" * (order or 0)
            if whole not in self.vocabulary.declared:
                self.notes.add(start, shown, "a name of its own, no derivative")
            self.result.append(Piece("LEAF", start, end, self.vocabulary.base(whole)))
            return after
        if known is None:
            raise self.source.error(
                f"{name} is not a function, so {shown} has no meaning",
                start,
                end,
                f'declare it first, as in --let "{name}(x)", or write d/dx',
            )
        if order is None:
            raise self.source.error(
                "the order of this derivative is not a number",
                start,
                end,
                "write f''(x), f^{(4)}(x)",
            )
        if order == 1 and self._names_direction(after):
            self.result.append(
                Piece("FUNCTION", start, end, function=known._replace(arity=None, along=True))
            )
            return after
        if known.arity not in (1, None):
            raise self.source.error(
                f"{name} has {known.arity} arguments, so {shown} does not say by which of them",
                start,
                end,
                f"write ∂_1 {name}(…) for the derivative by the first of them",
            )
        arity = None if self.scope.rules else 1  # f'(u, ...)
        derived = self._derived(known._replace(arity=arity), (1,) * order)
        if self._opens(after) and not holds_itself(self.words, after, name):
            self.result.append(Piece("FUNCTION", start, end, function=derived))
            return after
        if known.function is None or known.function.means is not None:
            raise self.source.error(f"{shown} needs its argument", start, end, f"write {shown}(x)")
        head = primed(known.head, *derived.places)
        parameters = known.function.parameters
        if not known.quantity:
            self.notes.add(start, shown, f"{shown}({parameters[0]})")
        self.result.append(Piece("LEAF", start, end, Apply(head, *parameters)))
        return after

    def _is_name(self, name: str, order: int | None, after: int) -> bool:
        """Whether primes belong to a name such as A', where no function is known by it."""
        if order is None or self._opens(after):
            return False
        capital = len(name) == 1 and name.isupper()
        return capital or name + "'" * order in self.vocabulary.declared

    def take_partials(self, position: int) -> int:
        """∂₁∂₂f(x, y): the numbers of the arguments, and the function; 0 if it is none."""
        words: Sequence[Word] = self.words
        first = words[position]
        places: list[int] = []
        at = position
        while at + 1 < len(words) and (words[at].kind == "PARTIAL" or words[at].text == "partial"):
            subscript = words[at + 1]
            digits = subscript_text(subscript.text) if subscript.kind == "SUBSCRIPT" else ""
            if subscript.start != words[at].end or not digits.isdigit():
                return 0
            places.insert(0, int(digits))
            at += 2
        if not places:
            return 0
        name = words[at] if at < len(words) else None
        known = (
            self._function(name.text, None) if name is not None and name.kind == "NAME" else None
        )
        if name is None or known is None or not self._opens(at + 1):
            end = words[at - 1].end if name is None else name.end
            raise self.source.error(
                f"{self.source.text[first.start : words[at - 1].end]} stands before the name of a "
                "function with its arguments",
                first.start,
                end,
                "write ∂_1 f(x, y); the derivative by a variable is ∂/∂x",
            )
        most = max(places)
        if min(places) < 1 or (known.arity is not None and most > known.arity):
            raise self.source.error(
                f"{name.text} has no argument number {most if min(places) else 0}",
                first.start,
                name.end,
                "the arguments are counted from 1",
            )
        derived = self._derived(known, tuple(places))
        self.result.append(Piece("FUNCTION", first.start, name.end, function=derived))
        return at + 1

    def take_partial_by(self, position: int) -> int:
        """∂_x or ∂_{x_1} before what is differentiated by it; 0 if it is none."""
        words: Sequence[Word] = self.words
        first = words[position]
        below = words[position + 1] if position + 1 < len(words) else None
        if below is None or below.start != first.end:
            return 0
        variable: Basic
        if below.kind == "SUBSCRIPT":
            name = subscript_text(below.text)
            if not name.isalnum():
                return 0
            if name in INDEX_LETTERS and name not in self.vocabulary.declared:
                raise self.source.error(
                    f"∂_{name} does not say which variable has the index {name}",
                    first.start,
                    below.end,
                    f"write ∂_{{x_{name}}} u, or ∂_1 f(x, y) for the first argument of f",
                )
            variable, after = symbol(name), position + 2
        elif below.kind == "INDEX_OPEN":
            after = position + 2
            while after < len(words) and words[after].kind != "CLOSE":
                after += 1
            if after >= len(words):
                return 0  # the bracket is never closed, which is told in its place
            inside = list(words[position + 2 : after])
            if not inside or inside[0].kind not in ("NAME", "GREEK") or len(inside) > 2:
                return 0
            name = letter_name(inside[0].text)
            variable = symbol(name)
            if len(inside) == 2:
                if inside[1].kind != "SUBSCRIPT":
                    return 0
                variable = self.vocabulary.subscripted(name, subscript_text(inside[1].text))
            after += 1
        else:
            return 0
        end = words[min(after, len(words)) - 1].end
        piece = Piece("DERIVE", first.start, end, order=1)
        piece.variables = (variable,)
        self.result.append(piece)
        return after

    def take_derived(self, word: Word, position: int) -> int:
        """The primes behind a bracket, (x²)′.

        Raises:
            ReadError: they stand elsewhere, or there are too many.
        """
        before = self.words[position - 1] if position else None
        order, after = self._order_at(position)
        if before is None or before.kind != "CLOSE" or before.end != word.start or not order:
            raise self.source.error(
                "a prime stands directly behind the name of a function or a bracket",
                word.start,
                word.end,
                "write f'(x), (x^2)', or d/dx before an expression",
            )
        self.result.append(Piece("DERIVED", word.start, self.words[after - 1].end, order=order))
        return after

    def _function(self, name: str, subscript: str | None) -> KnownFunction | None:
        vocabulary = self.vocabulary
        full = name if subscript is None else f"{name}_{subscript}"
        known = vocabulary.function(full) or vocabulary.function(name)
        if known is None and name in UNKNOWN_FUNCTIONS and name not in vocabulary.declared:
            return KnownFunction(full, None, None, whole=self.vocabulary.takes_whole(name))
        return known

    def _derived(self, known: KnownFunction, places: tuple[int, ...]) -> KnownFunction:
        """The derivative of a function; what a user defines is kept until it is filled in."""
        function = known.function
        given = function is None or known.name in self.scope.given
        unknown = function is None or not (function.means or function.definition)
        return known._replace(places=places, worked_out=not (given or unknown))

    def _names_direction(self, position: int) -> bool:
        """Whether the bracket that opens there holds a semicolon, as in f'(x; v)."""
        if not self._opens(position):
            return False
        depth = 0
        for word in self.words[position:]:
            if word.kind in ("OPEN", "INDEX_OPEN"):
                depth += 1
            elif word.kind == "CLOSE":
                depth -= 1
                if not depth:
                    return False
            elif word.kind == "SEMICOLON" and depth == 1:
                return True
        return False

    def _opens(self, position: int) -> bool:
        return position < len(self.words) and self.words[position].text == "("

    def _order_at(self, position: int) -> tuple[int | None, int]:
        """The order that the words directly behind a name give, and the position after them.

        The order is None where it is no number, as in f^{(n)}.
        """
        words = self.words
        order = 0
        at = position
        while at < len(words) and words[at].kind in ("PRIME", "ORDER"):
            if at and words[at].start != words[at - 1].end:
                break
            word = words[at]
            if word.kind == "ORDER":
                order += int(raised(word.text[1:-1])[:3])
            else:
                order += sum(_PRIMES.get(character, 1) for character in word.text)
            at += 1
        if at == position and [word.text for word in words[at : at + 3 : 1]] == ["^", "{", "("]:
            closing = [word.text for word in words[at + 4 : at + 6]]
            if closing == [")", "}"]:
                digits = words[at + 3].text
                return (int(digits[:3]) if digits.isdigit() else None), at + 6
        return (order if order <= _HIGHEST else None), at
