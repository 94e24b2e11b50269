"""A lesson as the material of a sheet: its prose, and what its statements lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import Place
from derivex.expression import free_symbols, symbol
from derivex.expression.array_nodes import ArrayName
from derivex.expression.data import data_names
from derivex.lessons.lesson import Prose
from derivex.lessons.outcomes import BlankMarks, Choice, Data, Outcome, Shapes
from derivex.notation import Definition, LatexWriter, declaration_text
from derivex.sheets import SheetKnowledge, Text, Words
from derivex.sheets.candidates import At, Candidate
from derivex.sheets.filled_values import with_values
from derivex.sheets.given import data_words, definition_words
from derivex.sheets.going_on import going_on, without_repetition
from derivex.sheets.making import Marked, Material, sentence
from derivex.sheets.worked import Worked, worked

__all__ = ["exercises_of", "lesson_material"]

_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_INLINE_MARKS = re.compile(r"[*_`]+")


def exercises_of(results: Iterable[object]) -> list[Worked]:
    """The exercises that the results of a statement are."""
    return [exercise for result in results for exercise in worked(result)]


def lesson_material(parts: Iterable[Prose | Outcome], name: str) -> Material:
    """What a sheet of a lesson is made of.

    Expectations are left out, for they would give the results away.

    Args:
        parts: prose and outcomes, in order.
        name: what the lesson is called.
    """
    material = Material(name, source=name)
    writer = LatexWriter()
    definitions: list[Definition] = []
    arrays: dict[str, ArrayName] = {}
    columns: dict[Symbol, tuple[Basic, ...]] = {}
    last: list[int] = []  # the numbers of the exercises of the last statement that had any
    for part in parts:
        if isinstance(part, Prose):
            _add_prose(material, part.text, name)
            continue
        named = [symbol(each.name) for each in definitions if not each.parameters]
        done = list(with_values(exercises_of(part.results), material.exercises, named))
        if done:
            again = without_repetition(done, material.exercises)
            first = len(material.exercises) - again
            material.parts += done[again:]
            last = list(range(first, first + len(done)))
        for result in part.results:
            words: Words = ()
            if isinstance(result, Definition):
                definitions.append(result)
                words = definition_words(result)
            elif isinstance(result, Data):
                columns[result.name] = tuple(result.entries)
                words = data_words(result.name, result.entries)
            elif isinstance(result, Shapes):
                arrays.update({array.name: array for array in result.arrays})
                told = ", ".join(map(declaration_text, result.arrays))
                words = (f"Let {told}.",)
            elif isinstance(result, Choice):
                material.parameters += result.values
            elif isinstance(result, BlankMarks):
                material.marked += _marked(result, last, part.statement.place)
            if words:
                material.parts.append(Text(sentence(words, writer), words))
    ahead = iter(going_on(material.exercises))
    material.parts = [next(ahead) if isinstance(each, Worked) else each for each in material.parts]
    material.knowledge = SheetKnowledge(
        _names(material, columns),
        tuple(definitions),
        tuple(arrays.values()),
        (),
        tuple(columns.items()),
    )
    return material


def _add_prose(material: Material, text: str, name: str) -> None:
    """Prose as it stands; the first heading is the title of the sheet."""
    if material.title == name:
        found = _HEADING.search(text)
        if found:
            material.title = _INLINE_MARKS.sub("", found[1])
            text = text[: found.start()] + text[found.end() :]
    if text.strip():
        material.parts.append(Text(text.strip("\n")))


def _marked(blank: BlankMarks, last: list[int], place: Place) -> Iterator[Marked]:
    """The blanks that a statement marks, as they stand on the sheet."""
    for mark in blank.marks:
        at = At(last[mark.part], mark.column, mark.row)
        yield Marked(Candidate(at, mark.kind, mark.answer, mark.says), blank.points, place)


def _names(material: Material, columns: Iterable[Symbol]) -> tuple[str, ...]:
    """The letters of all formulas, which answers may write next to each other."""
    found: dict[str, None] = {}
    for exercise in material.exercises:
        for row in exercise.rows:
            entries = data_names(row.expression)
            for name in free_symbols(row.expression):
                if isinstance(name, Symbol) and name not in entries and name not in columns:
                    found[name.name] = None
    return tuple(found)
