"""Hand derivations in plain text."""

from __future__ import annotations

from derivex.documents.document import HandDocument
from derivex.documents.names import Names
from derivex.documents.passage import TextPassage
from derivex.documents.reading import Reading
from derivex.documents.text_rows import text_blocks, without_remarks
from derivex.documents.words import language
from derivex.notation import Scope

__all__ = ["read_hand_text"]


def read_hand_text(text: str, name: str | None = None, scope: Scope | None = None) -> HandDocument:
    """Read derivations in plain text.

    A chain goes on with ``=`` at the start of a line, an equation that is being solved with
    ``=>`` or ``<=>``.  A justification stands in brackets at the end, or after "using" or "by".
    An empty line ends a derivation; ``#`` starts a remark; ``let f(x) = …`` defines something.

    Args:
        text: the text.
        name: what it is called in errors.
        scope: the functions, and what is declared about names.

    >>> document = read_hand_text("d/dx x^2\\n  = 2x   [exponent rule]")
    >>> [(row.joint, row.claim and row.claim.text) for row in document.rows()]
    [('start', None), ('=', 'exponent rule')]
    """
    scope = scope or Scope()
    masked = without_remarks(text)
    reading = Reading(Names(scope))
    blocks = text_blocks(masked, 0, len(masked), language(scope), name)
    passage = TextPassage(masked, text, name)
    reading.read([(passage, block) for block in blocks])
    return reading.document(name, text)
