"""The form that a result is asked for in: ``, expanded``, ``, collected by x, y``."""

from __future__ import annotations

from difflib import get_close_matches

from derivex.engine import Form, FormKind
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.passage import Passage

__all__ = ["split_form"]

_FORMS = {kind.value: kind for kind in FormKind}


def split_form(knowledge: Knowledge, rest: Passage) -> tuple[Passage, Form | None]:
    """What stands before the form, and the form; None where none is asked for.

    Raises:
        LessonError: something follows the form, or it is misspelled.
    """
    parts = rest.parts(",")
    for number, part in enumerate(parts[1:], 1):
        word = part.text.split()[0] if part else ""
        if word in _FORMS:
            before = Passage(rest.statement, rest.start, parts[number - 1].end)
            return before, _form(knowledge, word, Passage(rest.statement, part.start, rest.end))
        near = get_close_matches(word, _FORMS, 1, 0.7)
        if near:
            raise part.error(
                f"“{word}” is not a form that a result can have", f"did you mean {near[0]}?"
            )
    return rest, None


def _form(knowledge: Knowledge, word: str, passage: Passage) -> Form:
    kind = _FORMS[word]
    extra = passage.after(word)
    if kind is FormKind.COLLECTED:
        if not extra.begins_with("by") or not extra.after("by"):
            raise passage.error("it is not said by what to collect", "write: collected by x, y")
        return Form(kind, knowledge.names(extra.after("by")))
    if extra:
        raise extra.error(f"nothing can follow “{word}”", "ask for one form at a time")
    return Form(kind)
