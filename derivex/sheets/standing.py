"""What stands on a sheet for all to see, and whether an answer stands among it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sympy.core.basic import Basic

from derivex.notation import LatexWriter, TextWriter
from derivex.sheets.places import stands_in

__all__ = ["Standing"]

_SPACING = re.compile(r"\\(?:left|right|cdot|times|quad|[,;! ])|\[_\d+_\]")
_IGNORED = r"[\s*`$·_{}\\]"
_LOW = str.maketrans("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖ−", "0123456789ijk-")


class Standing:
    """What is to be seen on a sheet beside the rows: tasks, prose, reasons.

    Args:
        texts: the texts.

    >>> from derivex.expression import Times, TWO, symbol
    >>> product = Times(TWO, symbol("x"))
    >>> Standing(["so it is $2 \\\\cdot x$."]).tells(product), Standing(["12x"]).tells(product)
    (True, False)
    """

    def __init__(self, texts: Iterable[str]):
        self._text = _plain("\n".join(texts))
        self._together = re.sub(_IGNORED, "", self._text)
        self._writers = (TextWriter(), TextWriter(unicode=False), LatexWriter())
        self._told: dict[Basic, bool] = {}
        self._shown: dict[tuple[Basic, Basic], bool] = {}

    def tells(self, answer: Basic) -> bool:
        """Whether a text has the answer in it."""
        found = self._told.get(answer)
        if found is None:
            found = any(self.says(writer.write(answer)) for writer in self._writers)
            self._told[answer] = found
        return found

    def says(self, words: str) -> bool:
        """Whether a text has these words in it, whatever the marks and blanks among them."""
        signs = [sign for sign in _plain(words) if not re.fullmatch(_IGNORED, sign)]
        if "".join(signs) not in self._together:
            return False  # nearly always, and soon found out
        pattern = f"{_IGNORED}*".join(map(re.escape, signs))
        before = r"(?<![\w.])" if signs[0].isalnum() else ""
        after = r"(?!\w|\.\d)" if signs[-1].isalnum() else ""
        return re.search(before + pattern + after, self._text) is not None

    def shows(self, answer: Basic, row: Basic) -> bool:
        """Whether an answer stands in what is shown of a row."""
        key = (answer, row)
        found = self._shown.get(key)
        if found is None:
            found = self._shown[key] = stands_in(answer, row)
        return found


def _plain(text: str) -> str:
    return _SPACING.sub(" ", text.translate(_LOW))
