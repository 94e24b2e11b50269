r"""Hand derivations in LaTeX: displays, and formulas in sentences that define things."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from derivex.documents.behind_numbers import bare_numbers_in_latex
from derivex.documents.document import HandDocument
from derivex.documents.gradient_of_product import with_brackets
from derivex.documents.guessed_commands import NO_GUESSES, guessed_commands, with_guesses
from derivex.documents.index_cases import index_case, open_cases, rows_from
from derivex.documents.latex_arrays import (
    bold_names,
    maps_of_vectors,
    memberships,
    vectors_written_out,
)
from derivex.documents.latex_prose import (
    asks,
    in_one_sentence,
    is_case,
    is_condition,
    new_function,
    one_hot_names,
    poses,
    says_claim,
    says_let,
    says_value,
    says_where,
    supposes,
    symmetric_names,
    with_dollars,
)
from derivex.documents.latex_rows import DisplayReader
from derivex.documents.latex_signs import sign_at, with_words_of_macros
from derivex.documents.latex_styles import with_script_names
from derivex.documents.latex_zones import Zone, zones_of
from derivex.documents.names import Names
from derivex.documents.passage import without_powers
from derivex.documents.points import point_at
from derivex.documents.primed_transposes import primes_transpose, with_transposes
from derivex.documents.raw import RawBlock, RawFormula, RawRow, Span
from derivex.documents.reading import Reading
from derivex.errors import Place, ReadError
from derivex.expression.array_nodes import ArrayName
from derivex.notation import Scope
from derivex.notation.latex import Macros, latex_source, read_macros
from derivex.notation.latex.tokens import Token, latex_tokens
from derivex.notation.latex.whole_words import defined_words, letters_alone
from derivex.notation.lexer import Source

__all__ = ["LatexPassage", "latex_passage", "read_hand_latex"]

_NUMERAL = re.compile(
    r"[-−]?\s*(?:[0-9.,]+|\\d?frac\s*\{?[0-9]+\}?\s*\{?[0-9]+\}?)(?:\^\{?-?[0-9]+\}?)?"
)
_CALL = re.compile(r"\\?[A-Za-z]+\s*(?:\\left)?\([\sA-Za-z0-9_,{}\\]+\)")
_NAME = re.compile(r"\\?[A-Za-z]+(?:_\{?[A-Za-z]+\}?)?")
_WORTH_READING = ("=", r"\approx", "≈", r"\equiv", r"\Rightarrow", r"\iff", r"\implies")


class LatexPassage:
    """A document in LaTeX.

    Args:
        text: the document, with blanks for what is no part of a formula.
        original: the document.
        name: what it is called.
        macros: the author's commands.
        cell: the cell of a notebook.
        guesses: the commands that are not defined, and what they must be.
    """

    def __init__(
        self,
        text: str,
        original: str,
        name: str | None,
        macros: Macros,
        cell: int | None = None,
        guesses: Mapping[str, str] = NO_GUESSES,
    ):
        self.text = text
        self.original = original
        self.name = name
        self.cell = cell
        self.macros = with_guesses(guesses, macros)
        self.guesses = guesses
        self._primes_transpose = primes_transpose(original)

    def stretch(self, start: int, end: int) -> Source:
        written = self.text[start:end]
        meant = with_brackets(with_transposes(written) if self._primes_transpose else written)
        if meant != written:
            return self.reworded(meant)
        return latex_source(self.text, start, end, self.macros, self.name)

    def head(self, start: int, end: int) -> Source:
        return self.reworded(f"{without_powers(self.text[start:end])} = 0")

    def with_operand(self, start: int, end: int, name: str) -> Source:
        return self.reworded(rf"{self.text[start:end]} \mathrm{{{name}}}")

    def reworded(self, text: str) -> Source:
        return latex_source(text, 0, len(text), self.macros)

    def guessed(self, start: int, end: int) -> tuple[str, ...]:
        text = self.text[start:end]
        return tuple(
            f"I read {name} as {meaning}"
            for name, meaning in self.guesses.items()
            if re.search(rf"{re.escape(name)}(?![A-Za-z])", text)
        )

    def moved(self, error: ReadError, start: int) -> ReadError:
        place = error.place
        if place is None:
            return error
        moved = Place(self.original, place.start, place.end, self.name)
        return ReadError(error.message, moved, error.hint)


def read_hand_latex(text: str, name: str | None = None, scope: Scope | None = None) -> HandDocument:
    r"""Read the derivations in a LaTeX document, or in a stretch of LaTeX without one.

    Rows end with ``\\``, cells with ``&``; a row that begins with a sign goes on with the one
    before it.  Justifications stand in ``\text{…}``, in a last column, or in a remark.
    Formulas in sentences that define something (let $u = ax + b$) are definitions.

    Args:
        text: the document.
        name: what it is called in errors.
        scope: the functions, and what is declared about names.

    >>> document = read_hand_latex(r"\begin{align} y &= x^2 && \text{given} \\ &= x x \end{align}")
    >>> [(row.joint, row.claim and row.claim.text) for row in document.rows()]
    [('start', 'given'), ('=', None)]
    """
    reading = Reading(Names(scope or Scope()))
    passage, blocks = latex_passage(text, text, name, reading.names)
    reading.read([(passage, block) for block in blocks])
    return reading.document(name, text)


def latex_passage(
    text: str,
    original: str,
    name: str | None,
    names: Names,
    known: Macros | None = None,
    cell: int | None = None,
) -> tuple[LatexPassage, list[RawBlock]]:
    """The derivations of a text with LaTeX in it, and what they are read from.

    Args:
        text: the text, with blanks for what is not LaTeX.
        original: the text as it is.
        name: what it is called.
        names: what is known; it learns the shapes of vectors and matrices.
        known: commands that an earlier cell defines.
        cell: the cell of a notebook.
    """
    text = bare_numbers_in_latex(text)
    try:
        macros = read_macros(text, known, name)
    except ReadError:
        macros = known or Macros()  # a formula that needs others says so
    blocks, masked, arrays = latex_blocks(text, original, name, macros)
    names.declare_arrays(arrays)
    names.symmetric |= symmetric_names(with_dollars(original))
    names.one_hot |= one_hot_names(with_dollars(original))
    macros = Macros(macros.names, macros.words | _words_meant(masked, blocks))
    guesses = guessed_commands(masked, macros)
    return LatexPassage(masked, original, name, macros, cell, guesses), blocks


def _words_meant(text: str, blocks: Sequence[RawBlock]) -> set[str]:
    """The initials that are names throughout a document: TR, where it says TR = 5Q."""
    heads: list[list[Token]] = []
    alone: set[str] = set()
    for chain in (chain for block in blocks for row in block.rows for chain in row.chains):
        for formula in chain:
            alone |= letters_alone(latex_tokens(text, formula.start, formula.end))
        if len(chain) > 1:
            heads.append(latex_tokens(text, chain[0].start, chain[0].end))
    return defined_words(heads, alone)


def latex_blocks(
    text: str, original: str, name: str | None, macros: Macros
) -> tuple[list[RawBlock], str, list[ArrayName]]:
    """The derivations in a document, its text with blanks for what is no formula, its arrays."""
    original = with_dollars(original)
    tokens = with_words_of_macros(latex_tokens(text), macros)
    reader = DisplayReader(text)
    blocks: list[RawBlock] = []
    arrays: list[ArrayName] = []
    last: RawBlock | None = None
    said: list[RawBlock] = []  # values and points that sentences give
    forked: RawFormula | None = None  # what several cases go on from
    display: RawBlock | None = None  # the display that is followed by inline formulas only
    for zone in zones_of(tokens):
        inside = tokens[zone.first : zone.last]
        arrays.extend(memberships(inside))
        arrays.extend(vectors_written_out(inside))
        maps = dict(maps_of_vectors(inside))
        if maps:
            start = zone.opening.start
            blocks.append(RawBlock([], start, start, maps=maps))
        fresh = new_function(original, zone.opening.start, inside[-1].end if inside else 0)
        if fresh and zone.inline:
            start = zone.opening.start
            blocks.append(RawBlock([], start, start, fresh=(fresh,)))
        block = _block(original, zone, inside, reader, name)
        if block is None:
            continue
        if zone.inline and not block.rows:
            said.append(block)
        else:
            _give(block, original, said)
            said = said if zone.inline else []
        block.bold = dict(bold_names(inside))
        goes_on = bool(block.rows) and block.rows[0].joint not in ("start", "next")
        if goes_on and last is not None and not zone.inline and block.error is None:
            if not block.given:
                _drop_unfinished(last.rows[-1:])
                last.rows.extend(block.rows)
                last.bold.update(block.bold)
                last.end = block.end
                continue
            forked = forked or last.rows[-1].chains[-1][-1]  # "If $i = j$," and goes on from there
            block.rows = rows_from(forked, block.rows)
        elif not zone.inline:
            forked = None
        if not zone.inline:
            last = display = block
        elif display is not None and says_where(original, display.end, block.start):
            block.explains = display.start
        else:
            display = display if block.inline and not block.rows else None
        if block.rows or block.error is not None:
            blocks.append(block)
    blocks = [
        block
        for block in blocks
        if block.error is not None or block.maps or block.fresh or _says_something(block)
    ]
    blocks.sort(key=lambda block: block.order)
    masked = _with_blanks(text, reader.commas, ",")
    masked = _with_blanks(_with_blanks(masked, reader.lowered, "_"), reader.blanked)
    stretches = [text[block.start : block.end] for block in blocks]
    return blocks, with_script_names(masked, stretches), arrays


def _block(
    text: str, zone: Zone, inside: Sequence[Token], reader: DisplayReader, name: str | None
) -> RawBlock | None:
    """The rows of one stretch of formulas; None if there is nothing to be judged in it."""
    start = zone.opening.start
    end = inside[-1].end if inside else zone.opening.end
    error = None
    if not zone.closed:
        shown = zone.opening.text
        error = ReadError(
            f"this {shown} is never closed",
            Place(text, start, zone.opening.end, name),
            "write what ends it",
        )
    point = point_at(text, inside[0].start, end) if zone.inline and inside else ()
    if point:
        return RawBlock([], start, end, inline=True, points=[point])
    worth = any(token.text in _WORTH_READING for token in inside)
    said = zone.inline and not worth
    if said and (is_condition(text, start) or is_case(text, start, end)):  # for $i \\ne j$
        worth = any(sign_at(inside, position) for position in range(len(inside)))
    if zone.inline and (not worth or _only_names_a_case(text, start, end)):
        return None if error is None else RawBlock([], start, end, error)
    rows = reader.rows(inside, zone.environment)
    if not zone.inline:
        if not rows and error is None:
            return None
        if rows and not rows[0].said and says_claim(text, start):
            rows[0].said = "claim"
        if poses(text, start, end, inline=False):
            for row in rows:
                row.said = "posed" if row.said in ("", "claim") else row.said
        return RawBlock(rows, start, end, error)
    values = [row for row in rows if _is_value(text, row, start, end)]
    given = [chain for row in values for chain in row.chains if len(chain) > 1]
    rows = [row for row in rows if row not in values and _is_whole(row)]
    for row in rows:
        row.said = row.said or _role(text, start, end)
    return RawBlock(rows, start, end, error, inline=True, given=given)


def _only_names_a_case(text: str, start: int, end: int) -> bool:
    """Whether a formula in a sentence, i = j, is neither a condition nor a definition."""
    letters = index_case(text[start:end])
    if not letters or not letters <= set("ijklmn") or says_let(text, start):
        return False
    return not (is_condition(text, start) or is_case(text, start, end))


def _give(block: RawBlock, text: str, said: Sequence[RawBlock]) -> None:
    """A block gets the values and points before it: a formula in a sentence, those of this one."""
    taken = [
        each for each in said if not block.inline or in_one_sentence(text, each.end, block.start)
    ]
    said_before = (chain for each in taken for chain in each.given)
    block.given = open_cases(text, (*said_before, *block.given))
    block.points = [point for each in taken for point in each.points]


def _role(text: str, start: int, end: int) -> str:
    """What the words around an inline formula say of it, see :class:`RawRow`."""
    if asks(text, end):
        return "asked"
    if poses(text, start, end):
        return "posed"
    if says_let(text, start) or supposes(text, start):
        return "let"
    return "claim" if says_claim(text, start) else ""


def _drop_unfinished(rows: Sequence[RawRow]) -> None:
    """Of a = b =, which goes on with = c in another display, the last sign is written twice."""
    for row in rows:
        chain = row.chains[-1]
        if len(chain) > 1 and chain[-1].start >= chain[-1].end:
            chain.pop()


def _says_something(block: RawBlock) -> bool:
    """Whether there is more in a block than a formula that is only mentioned."""
    return len(block.rows) > 1 or any(
        len(chain) > 1 or chain[0].sign for row in block.rows for chain in row.chains
    )


def _is_whole(row: RawRow) -> bool:
    """Whether something stands on both sides of every sign: $:=$ is only mentioned."""
    return all(formula.start < formula.end for chain in row.chains for formula in chain)


def _is_value(text: str, row: RawRow, start: int, end: int) -> bool:
    """Whether a row in a sentence is a condition, or a value that holds there only: "at $x = 2$".

    Values of names with numbers, a_1 = 3, are data; "let $a = 2$" is a definition, and "for the
    curve $x y = 1$" an equation.
    """
    if row.joint not in ("start", "next"):
        return False
    left = text[row.chains[0][0].start : row.chains[0][0].end].strip()
    if len(row.chains) == 1 and index_case(text[row.start : row.end]):
        return is_condition(text, start) or is_case(text, start, end)
    if len(row.chains) != 1 or [formula.sign for formula in row.chains[0]] != ["", "="]:
        defines = _CALL.fullmatch(left) and row.chains[0][-1].sign == "="
        return is_condition(text, start) and len(row.chains[0]) <= 3 and not defines
    right = text[row.chains[0][1].start : row.chains[0][1].end].strip()
    told = not (_NUMERAL.fullmatch(right) or _CALL.fullmatch(right) or "dots" in right)
    if told and _NAME.fullmatch(left) and supposes(text, start):
        return False  # If y = arcsin x, then
    if _NUMERAL.fullmatch(right):
        if not says_value(text, start) and _NAME.fullmatch(left):
            return not says_claim(text, start)
    elif _CALL.fullmatch(left):
        return is_condition(text, start, itself=False)  # For f(x) = x^2: a definition
    return is_condition(text, start) and not poses(text, start, end)


def _with_blanks(text: str, spans: Sequence[Span], first: str = " ") -> str:
    """The text with blanks in some stretches, or a sign and blanks; line ends stay."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        start = max(start, at)
        if start < end:
            pieces.append(text[at:start])
            pieces.append(re.sub(r"[^\n]", " ", text[start:end]).replace(" ", first, 1))
            at = end
    pieces.append(text[at:])
    return "".join(pieces)
