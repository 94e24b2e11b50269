r"""Primes that transpose, as statisticians write them: (X'X)^{-1} X'y.

They do so in a whole document if somewhere a matrix, or a bracket, is multiplied with itself so:
X'X, X'WX, (y - Xb)'(y - Xb).
"""

from __future__ import annotations

import re

__all__ = ["primes_transpose", "with_transposes"]

_PRIME = r"(?:'|’|′|\^\s*\\prime|\^\s*\{\s*\\prime\s*\})"
_NAME = r"(?:\\(?:mathbf|boldsymbol|bm|bf)\s*)?\{?\s*[A-Z]\s*\}?"
_SQUARE = re.compile(
    rf"(?<![A-Za-z\\])(?P<name>{_NAME}){_PRIME}\s*(?:{_NAME}\s*)?(?P=name)(?![A-Za-z'’′(])"
    rf"|(?P<bracket>\([^()]*[-−][^()]*\)){_PRIME}\s*(?:{_NAME}\s*)?(?P=bracket)"
)
_MARKED = re.compile(
    rf"(?P<base>\)|\}}|(?<![A-Za-z])(?![fgh]{_PRIME}\s*\()[A-Za-z]|\\[a-zA-Z]+){_PRIME}(?!['’′])"
)


def primes_transpose(text: str) -> bool:
    r"""Whether the primes in a document are meant as transposes.

    >>> primes_transpose(r"$b = (X'X)^{-1} X'y$"), primes_transpose(r"$(y - Xb)'(y - Xb)$")
    (True, True)
    >>> primes_transpose(r"$(fg)' = f'g + fg'$"), primes_transpose(r"$F'(x) F(x)$")
    (False, False)
    """
    return _SQUARE.search(text) is not None


def with_transposes(formula: str) -> str:
    r"""A formula with transposes in the place of primes.

    >>> with_transposes(r"(X'X)^{-1} X'y - f'(x)")
    "(X^{\\top}X)^{-1} X^{\\top}y - f'(x)"
    """
    return _MARKED.sub(lambda found: found["base"] + r"^{\top}", formula)
