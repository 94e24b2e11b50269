"""What is told of a mistake, in a sentence."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.diagnosis.edits import Edit
from derivex.diagnosis.misconceived import Mistake
from derivex.diagnosis.routes import Routes
from derivex.expression import Apply, Negative, value_of
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook
from derivex.rulebook.said import formulas_of

__all__ = ["sentence_of_mistake", "sentence_of_slip"]


def sentence_of_mistake(mistake: Mistake, book: RuleBook) -> str:
    """The phrase of a misconception, the formulas in it worked out."""
    write = TextWriter().write
    pieces: list[str] = []
    for piece in formulas_of(mistake.form, mistake.slots, book.functions):
        pieces.append(piece if isinstance(piece, str) else write(Routes(piece, book).result))
    sentence = "".join(pieces)
    if mistake.places > 1:
        sentence += f", at {mistake.places} places"
    return sentence


def sentence_of_slip(edit: Edit) -> str:
    """What is wrong in a line that a small edit puts right."""
    write = TextWriter().write
    wrong, right = write(edit.wrong), write(edit.right)
    return _sentence_for(edit).format(
        wrong=wrong,
        right=right,
        part=write(_bare(edit.wrong) if edit.part is None else edit.part),
        instead=f"{right} belongs in the place of {wrong}",
    )


_SENTENCES = {
    "sign": "the sign of {part} is wrong",
    "number": "{wrong} should be {right}",
    "exponent": "the exponent is wrong: {instead}",
    "lost-factor": "the factor {part} is missing",
    "extra-factor": "the factor {part} is too much",
    "lost-term": "the term {part} is missing",
    "extra-term": "the term {part} is too much",
    "variable": "{wrong} is written where {right} belongs",
    "index": "the index is wrong: {instead}",
    "inverted": "the fraction is upside down: {instead}",
    "function": "the function is wrong: {instead}",
    "brackets": "the brackets are wrong: {instead}",
    "bounds": "the bounds are wrong: {instead}",
    "transpose": "the transpose is wrong: {instead}",
    "exchanged": "{wrong} and {right} are exchanged",
    "order": "the factors are in the wrong order: {instead}",
}
"""What is said of a slip, by the name of the edit that mends it."""


def _sentence_for(edit: Edit) -> str:
    if edit.name == "exponent" and _is_simple(edit.wrong) and _is_simple(edit.right):
        return "the exponent {wrong} should be {right}"
    if edit.name == "function" and not (type(edit.wrong) is type(edit.right) is Apply):
        return "{instead}"
    return _SENTENCES.get(edit.name, "{instead}")


def _is_simple(node: Basic) -> bool:
    return value_of(node) is not None


def _bare(node: Basic) -> Basic:
    return node._args[0] if type(node) is Negative else node
