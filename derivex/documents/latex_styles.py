r"""Letters in two styles: the set D and the distribution \mathcal{D} are two names."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["with_script_names"]

_SCRIPT = re.compile(r"\\mathcal\{([A-Z])\}")
_OTHER = re.compile(r"\\[A-Za-z]+(?:\s*\{[A-Za-z]\})?|[A-Za-z]{2,}")


def with_script_names(text: str, formulas: Iterable[str]) -> str:
    r"""The text with names of their own for script letters that stand beside the same plain one.

    The names are as long as what they stand for, so that offsets stay.

    Args:
        text: the document.
        formulas: its formulas.

    >>> with_script_names(r"$|D| + \mathcal{D}(x)$", [r"|D| + \mathcal{D}(x)"])
    '$|D| + \\mathrm{Ds}(x)$'
    >>> with_script_names(r"$\mathcal{D}(x)$", [r"\mathcal{D}(x)"])
    '$\\mathcal{D}(x)$'
    """
    both: set[str] = set()
    for formula in formulas:
        script = set(_SCRIPT.findall(formula))
        if script:
            both |= script & set(_OTHER.sub(" ", formula))
    return _SCRIPT.sub(
        lambda found: rf"\mathrm{{{found[1]}s}}" if found[1] in both else found[0], text
    )
