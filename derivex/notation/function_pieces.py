"""Pieces for names that are functions where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.expression import Apply, D, function_name
from derivex.notation.characters import plain_name
from derivex.notation.integral_pieces import IntegralPieces
from derivex.notation.known_names import holds_itself
from derivex.notation.lexer import Word
from derivex.notation.piece import Piece
from derivex.notation.vector_arguments import spread_arguments
from derivex.notation.vocabulary import INDEX_LETTERS, UNKNOWN_FUNCTIONS, KnownFunction

__all__ = ["ARGUMENT_STARTS", "FunctionPieces"]

ARGUMENT_STARTS = frozenset(
    {"NUMBER", "NAME", "GREEK", "BARRED", "OPEN", "BAR", "PARTIAL", "SIGMA", "ROOT"}
    | {"SUPERSCRIPT", "CARET", "SUBSCRIPT"}
)
"""The words with which what follows a function's name can begin."""


class FunctionPieces(IntegralPieces):
    """Decides whether a name is a function, and what its subscript means."""

    def function_piece(
        self, name: str, start: int, end: int, subscript: str | None, follow: Word | None
    ) -> Piece | None:
        """The piece for a name that is a function here, or None."""
        vocabulary = self.vocabulary
        full = name if subscript is None else f"{name}_{subscript}"
        known = vocabulary.function(full) or vocabulary.function(name)
        opens = follow is not None and follow.kind == "OPEN" and follow.text == "("
        if known is not None and vocabulary.needs_brackets(name):
            letter = self.source.text[start]
            if not letter.isascii() and vocabulary.function(letter) is None:
                return None  # γ is a variable; the gamma function is Γ
            if follow is None or not opens or follow.start > end:
                return None
            if name in vocabulary.bare and not self.scope.rules:
                self.notes.add(start, f"{name}(…)", f"{name}·(…)")
                return None
        if known is None and subscript is not None and opens and follow is not None:
            known = vocabulary.by_subscript(name)
            if known is not None and follow.start == end:
                order = vocabulary.order(subscript)
                if order is not None and vocabulary.is_order(name, subscript):
                    shown = self.source.text[start:end]
                    chosen = f"the function {known.name} of order {subscript}"
                    if f"{name}_" not in self.scope.given:
                        self.notes.add(start, f"{shown}(…)", chosen)
                    return Piece("FUNCTION", start, end, order, function=known)
            known = None
        if known is None:
            called = start in self.source.calls
            usual = name in UNKNOWN_FUNCTIONS and name not in vocabulary.declared
            if not opens or not (usual or called):
                return None
            if name in vocabulary.bare and not self.scope.rules and not called:
                self.notes.add(start, f"{name}(…)", f"{name}·(…)")
                return None
            # The letters of f_{s,b} name parameters; f_1 and f_i are one function of several.
            numbered = subscript is not None and (
                not subscript.replace(",", "").isalpha() or subscript in INDEX_LETTERS
            )
            letters = [] if subscript is None or numbered else subscript.split(",")
            if any(plain_name(letter) in self.scope.names for letter in letters):
                shown = self.source.text[start:end]
                told = " and ".join(letters)
                raise self.source.error(
                    f"{shown}(…) depends on {told}, and nothing says how",
                    start,
                    end,
                    f'define it, as in --let "{name}(x) = …", or write {name}(x, {letters[0]})',
                )
            if any(letter in vocabulary.known for letter in letters):
                shown = self.source.text[start:end]
                chosen = f"{name}(…), which is free of {', '.join(letters)}"
                self.notes.add(start, f"{shown}(…)", chosen)
            whole = vocabulary.takes_whole(name)
            known = KnownFunction(full if numbered else name, None, None, whole=whole)
            return Piece("FUNCTION", start, end, function=known)
        factor = False
        if opens and follow is not None and name in vocabulary.bare:
            opening = bisect_left(self.words, follow.start, key=lambda word: word.start)
            factor = holds_itself(self.words, opening, name)
        if factor:  # g(1 − g)
            self.notes.add(start, f"{name}(…)", f"{name}·(…)")
            opens = False
        if known.quantity and not opens and known.function is not None:
            quantity = Apply(known.head, *spread_arguments(known, known.function.parameters))
            return Piece("LEAF", start, end, quantity)
        definition = known.function.definition if known.function is not None else None
        partial = self._partial(known, subscript, start, end, opens)
        if partial is not None:
            return partial
        applicable = follow is not None and follow.kind in ARGUMENT_STARTS
        if not opens and (len(name) == 1 or factor or not applicable):
            if known.function is not None and definition is not None:
                parameters = known.function.parameters
                shown = ", ".join(map(str, parameters))
                self.notes.add(start, name, f"{name}({shown})")
                given: Sequence[Basic] = parameters
                if self.result and self.result[-1].kind == "GRADIENT":  # ∇f is by vectors, too
                    read = vocabulary.parameters(known.function)
                    given = spread_arguments(known, read)
                return Piece("LEAF", start, end, Apply(function_name(known.name), *given))
            if len(name) == 1:
                return None
        piece = Piece("FUNCTION", start, end, function=known)
        if subscript is not None and vocabulary.function(full) is None:
            piece.value = self._base(known, subscript, start, end)
        return piece

    def _partial(
        self, known: KnownFunction, subscript: str | None, start: int, end: int, opens: bool
    ) -> Piece | None:
        """f_x or f_{xy} of a function that is defined with these parameters: derivatives."""
        function = known.function
        if function is None or not subscript or self.scope.rules:
            return None
        if function.definition is None and known.name not in self.scope.given:
            return None
        names = [str(parameter) for parameter in function.parameters]
        letters = subscript.replace(",", "")
        if len(names) < 2 or not set(letters) <= set(names) - set(INDEX_LETTERS):
            return None
        shown = self.source.text[start:end]
        if opens:
            places = tuple(names.index(letter) + 1 for letter in letters)
            self.notes.add(start, shown, f"the derivative of {known.name} by {', '.join(letters)}")
            return Piece(
                "FUNCTION", start, end, function=known._replace(places=places, quantity="")
            )
        value: Basic = Apply(known.head, *function.parameters)
        for letter in letters:
            value = D(value, function.parameters[names.index(letter)])
        self.notes.add(start, shown, f"the derivative of {known.name} by {', '.join(letters)}")
        return Piece("LEAF", start, end, value)

    def _base(self, known: KnownFunction, subscript: str, start: int, end: int) -> Basic | None:
        """The base that a logarithm's subscript gives; other letters only name parameters."""
        order = self.vocabulary.order(subscript) if known.name == "log" else None
        if order is not None:
            return order
        if (
            known.function is not None
            and known.function.means is None
            and known.name in self.scope.given
            and subscript.replace(",", "").isalpha()
        ):
            return None
        name = self.source.text[start:end]
        raise self.source.error(
            f"{name} is not a function that I know",
            start,
            end,
            "only a logarithm has a subscript: log_2(x)",
        )
