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
    part = write(edit.part) if edit.part is not None else ""
    instead = f"{right} belongs in the place of {wrong}"
    if edit.name == "sign":
        return f"the sign of {part or write(_bare(edit.wrong))} is wrong"
    if edit.name == "number":
        return f"{wrong} should be {right}"
    if edit.name == "exponent":
        if _is_simple(edit.wrong) and _is_simple(edit.right):
            return f"the exponent {wrong} should be {right}"
        return f"the exponent is wrong: {instead}"
    if edit.name == "lost-factor":
        return f"the factor {part} is missing"
    if edit.name == "extra-factor":
        return f"the factor {part} is too much"
    if edit.name == "lost-term":
        return f"the term {part} is missing"
    if edit.name == "extra-term":
        return f"the term {part} is too much"
    if edit.name == "variable":
        return f"{wrong} is written where {right} belongs"
    if edit.name == "index":
        return f"the index is wrong: {instead}"
    if edit.name == "inverted":
        return f"the fraction is upside down: {instead}"
    if edit.name == "function":
        if type(edit.wrong) is Apply and type(edit.right) is Apply:
            return f"the function is wrong: {instead}"
        return instead
    if edit.name == "brackets":
        return f"the brackets are wrong: {instead}"
    if edit.name == "bounds":
        return f"the bounds are wrong: {instead}"
    if edit.name == "transpose":
        return f"the transpose is wrong: {instead}"
    if edit.name == "order":
        return f"the factors are in the wrong order: {instead}"
    return instead


def _is_simple(node: Basic) -> bool:
    return value_of(node) is not None


def _bare(node: Basic) -> Basic:
    return node._args[0] if type(node) is Negative else node
