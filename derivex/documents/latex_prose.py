r"""What the words around a formula in a line of text say about it: "let $u = …$", "for $x > 0$"."""

from __future__ import annotations

import re

from derivex.documents.languages import (
    CLAIM,
    CLAIM_IN_CHINESE,
    CONDITION,
    LET,
    SUPPOSE,
    THEN,
    TO_ZERO,
)
from derivex.notation.characters import plain_name

__all__ = [
    "asks",
    "in_one_sentence",
    "is_case",
    "is_condition",
    "new_function",
    "poses",
    "says_claim",
    "says_let",
    "says_value",
    "says_where",
    "supposes",
    "one_hot_names",
    "symmetric_names",
    "with_dollars",
]

_FAR = 400  # characters between a display and what explains it
_WINDOW = 120  # characters before a formula that are looked at
_LET = re.compile(
    r"\b(?:let|where|with|define[sd]?|defining|denot\w+|put|set|consider|suppose|assume|given"
    rf"|function|model|write|by|say|expressed as|loss|{LET})\b|[设設令]",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    rf"\b(?:(?:for|at|when|if|in case|setting|unless|case|{CONDITION})\s+(?:[\w-]+\s+){{0,3}}"
    r"|(?:from|until|en|se|in)\s+)\$|[当當若]\s*\$",
    re.IGNORECASE,
)
_DEFINING = re.compile(rf"\b(?:let|define|put|write|denote|where|with|{LET})\b", re.IGNORECASE)
_THEN = re.compile(rf"\b(?:then|we|so|hence|thus|therefore|{THEN})\b", re.IGNORECASE)
_CASE_BEFORE = re.compile(
    r"(?:\b(?:case|fall|cas|caso|where)\b|情况)[\s\w()]{0,6}[:：.)–-]?[\s*_]*\Z",
    re.IGNORECASE,
)
_CASE_BEHIND = re.compile(r"[\s*_]*(?:[:：]|[- ]?(?:case|fall)\b|时|일 때|のとき)", re.IGNORECASE)
_RELATED = re.compile(r"[=<>≤≥≠∈]|\\(?:[lg]eq?|neq?|in|[lg]t|to)(?![a-z])")
_DEFINED = re.compile(r"\s*\\?[A-Za-z]+\s*\([^()=]*\)\s*=")
_FUNCTION = re.compile(r"\b(?:function|loss|model|example|matrix|vector)s?\b", re.IGNORECASE)
_VALUE = re.compile(r"\b(?:let|set|put|define|fix|sei|setze)\s*\Z", re.IGNORECASE)
_CLAIM = re.compile(
    r"\b(?:note(?: that)?|thus|hence|therefore|(?:we|you|and) (?:have|get|obtain|find|see)|becomes"
    r"|can be (?:re)?(?:written|expressed)|recall(?: that)?|that is|equals|follows that|yields"
    rf"|gives|solv\w+|leads to|resulting in|is given by|{CLAIM})"
    rf"[^.!?|]{{0,40}}\Z|\b(?:so|so that|it follows|folgt|also)[\s,]*\Z|{CLAIM_IN_CHINESE}\Z",
    re.IGNORECASE,
)
_POSED_BEFORE = re.compile(
    r"\b(?:(?:equal )?to (?:zero|\$?0\$?)|null ?(?:setzen|gesetzt)?|solv(?:e|es|ing)|löse\w*"
    r"|gleichung|nebenbedingung|conditions?|constraints?|subject to|normal equations?"
    r"|satisf\w+|solutions? (?:of|to)|solves|requir\w+|curve|circle|ellipse|line|plane|surface"
    r"|equations?|must|want|need)\b[^.;:!?$]*\Z",
    re.IGNORECASE,
)
_TO_ZERO = re.compile(
    rf"\b(?:(?:equal )?to (?:zero|\$?0\$?)|{TO_ZERO}|normal equations?|constraints?|subject to"
    r"|solve)\b[^.;!?$]*\Z",
    re.IGNORECASE,
)
_POSED_AFTER = re.compile(
    r"[\s,]*(?:gives|yields|leads|implies|results in|iff|if and only if|has|is (?:solved|satisfied"
    r"|equivalent)|holds|für|ergibt|liefert)\b",
    re.IGNORECASE,
)
_LETS = re.compile(
    r"\b(?:let|suppose|assume|consider|sei|given)(?: that| a function)?\s*\Z", re.IGNORECASE
)
_BEING = re.compile(r"\s*(?:be|is|and|denote|with|eine)\b", re.IGNORECASE)
_ONE_FUNCTION = re.compile(r"(?P<name>[A-Za-z])\s*(?:\([A-Za-z]\s*)?")
_SYMMETRIC = (
    r"(?<![\w-])(?<!not )(?:"
    r"(?:symmetric|symmetrisch\w*|symétriques?|sim[eé]tric[ao]|simmetric[ao])\b"
    r"|(?:covariance|scatter|gram|kernel|precision|diagonal) matrix\b"
    r"|(?:ko|co)varian[zc]\w*matri\w+|positive[ -](?:semi-?)?definite\b|对称|對稱|симметричн)"
)
_LETTERS = (
    r"(?:\$\(?|\\\()\s*(?:\\(?:mathbf|boldsymbol|bm)\s*\{?\s*)?\\?(?P<name>[A-Za-z]+)"
    r"[^$]*?(?:\$|\\\))"
)
_TRANSPOSED = r"\s*\^\s*\{?\s*(?:T|\\top|\\intercal|\\prime|\\mathsf\s*\{?\s*T\s*\}?)\s*\}?"
_SYMMETRIC_NAME = (
    re.compile(rf"{_LETTERS}[^.;:$]{{0,60}}?{_SYMMETRIC}", re.IGNORECASE),
    re.compile(rf"{_SYMMETRIC}[\w -]{{0,40}}?{_LETTERS}", re.IGNORECASE),
    re.compile(rf"(?<![\w$])(?P<name>[B-HJ-Z]) is [\w ]{{0,30}}?{_SYMMETRIC}"),
    # A^T = A
    re.compile(
        rf"(?<![\w}}^])(?P<name>[A-Z]){_TRANSPOSED}\s*=\s*(?P=name)(?=\s*(?:\$|\\[)\]]|[,.]))"
    ),
    re.compile(
        rf"(?<![\w}}^])(?P<name>[A-Z])\s*=\s*(?P=name){_TRANSPOSED}(?=\s*(?:\$|\\[)\]]|[,.]))"
    ),
    # the covariance of a normal distribution, N(μ, Σ)
    re.compile(
        r"(?:\\mathcal\s*\{?\s*N\s*\}?|\bN)\s*(?:\\left)?\([^(),;$]*[,;]\s*\\?(?P<name>[A-Za-z]+)\s*"
        r"(?:\\right)?\)"
    ),
)
_ONE_HOT = r"one[- ]hot\b"
_ONE_HOT_NAME = (
    re.compile(rf"{_ONE_HOT}[\w -]{{0,40}}?{_LETTERS}", re.IGNORECASE),
    re.compile(rf"{_LETTERS}[^.;:$]{{0,60}}?{_ONE_HOT}", re.IGNORECASE),
    re.compile(rf"{_ONE_HOT}[\w -]{{0,40}}?\$\s*\\sum[^$A-Za-z]*(?:[a-z]\W+)?(?P<name>[A-Za-z])_"),
    # a letter that is not set as a formula
    re.compile(rf"(?<![\w$\\])(?P<name>[A-Za-z])[*`]*\s*(?:is|는|은|[(（])(?:\s|an?\b)*{_ONE_HOT}"),
)
_SENTENCE = re.compile(r"[.;:!?](?:\s|\Z)|[。；：！？]|\n\s*\n")
_CASE_ENDS = re.compile(rf"\A\*{{0,2}}(?::|\.\s+(?:then|so|{THEN})\b)", re.IGNORECASE)
_FORMULA = re.compile(r"\$[^$]*\$")


def _sentence(before: str) -> str:
    """What stands of the sentence before a formula."""
    ends = [found.end() for found in _SENTENCE.finditer(before)]
    return before[ends[-1] :] if ends else before


def _before(text: str, start: int) -> str:
    """What stands of its sentence before a formula that begins at an offset."""
    return _sentence(text[max(0, start - _WINDOW) : start])


def in_one_sentence(text: str, end: int, start: int) -> bool:
    """Whether what ends at an offset and what begins at a later one stand in one sentence.

    So do "Case 1: $a = 0$.  Then …" and "If $a = 0$: …".

    >>> in_one_sentence("At $x = 2$ we get $y = 4$", 9, 19), in_one_sentence("$a$. $b$", 2, 6)
    (True, False)
    """
    between = _FORMULA.sub("", text[end:start].lstrip("$\\)"))
    return not _SENTENCE.search(_CASE_ENDS.sub("", between))


def says_let(text: str, start: int) -> bool:
    """Whether the words of the sentence before an offset introduce a definition.

    >>> says_let("Let $u = 1$", 4), says_let("This shows $u = 1$", 11)
    (True, False)
    """
    return _LET.search(_before(text, start)) is not None


def says_where(text: str, end: int, start: int) -> bool:
    r"""Whether the sentence that ends a display goes on with "where", up to an offset.

    >>> says_where(r"\[ y = f(x) \] where $f(x) = x^2$", 12, 22)
    True
    >>> says_where(r"\[ y = f(x). \] With $x = 2$ we get", 13, 21)
    False
    """
    if start - end > _FAR:
        return False
    between = _FORMULA.sub("$", text[end:start]).lstrip("$\\]} \n\t,.")
    between = re.sub(r"\A(?:\\?end\{\w+\*?\}|\s|[$,.\]\\])*", "", between)
    return re.match(
        r"(?:where|with|since|because|as|using)\b", between
    ) is not None and not _SENTENCE.search(between)


def new_function(text: str, start: int, end: int) -> str:
    """The function that is introduced with nothing said of what it is; "" if none is.

    >>> text = "Let $f$ be differentiable with"
    >>> new_function(text, 4, 7), new_function("Then $f$ is convex", 5, 8)
    ('f', '')
    """
    name = _ONE_FUNCTION.fullmatch(text[start:end].strip("$\\() "))
    if name is None or not _LETS.search(text[max(0, start - _WINDOW) : start]):
        return ""
    return name["name"] if _BEING.match(text[end : end + _WINDOW].lstrip("$\\)")) else ""


def symmetric_names(text: str) -> set[str]:
    r"""The matrices that the words of a text say to be symmetric, as covariances are.

    >>> sorted(symmetric_names("Let $A$ be symmetric, $B$ not symmetric, and $x$ a vector."))
    ['A']
    >>> symmetric_names(r"for the covariance matrix $\Sigma$")
    {'Sigma'}
    >>> symmetric_names(r"Since $B^\top = B$"), symmetric_names(r"Sei $A$ symmetrisch")
    ({'B'}, {'A'})
    >>> symmetric_names(r"$x \sim \mathcal{N}(\mu, S)$")
    {'S'}
    """
    return {
        plain_name(found["name"]) for pattern in _SYMMETRIC_NAME for found in pattern.finditer(text)
    }


def one_hot_names(text: str) -> set[str]:
    r"""The names that the words of a text say to be one-hot: their entries sum to 1.

    >>> one_hot_names("with a one-hot vector $y$"), one_hot_names("where $t_k$ is one-hot")
    ({'y'}, {'t'})
    >>> one_hot_names("(y is one-hot)"), one_hot_names(r"(one-hot $\sum t_i = 1$)")
    ({'y'}, {'t'})
    """
    found = {each["name"] for pattern in _ONE_HOT_NAME for each in pattern.finditer(text)}
    return {plain_name(name) for name in found - {"sum"}}


def with_dollars(text: str) -> str:
    r"""A text with $ around its inline formulas, of the same length.

    >>> with_dollars(r"where \(y\) is")
    'where  $y$  is'
    """
    text = re.sub(r"(?<!\\)\\\(", " $", text)
    return re.sub(r"(?<!\\)\\\)", "$ ", text)


def says_claim(text: str, start: int) -> bool:
    """Whether the words right before an offset say that what follows is so, not that it be so.

    >>> says_claim("Note that $$L = 1$$", 10), says_claim("Consider $$L = 1$$", 9)
    (True, False)
    """
    return _CLAIM.search(text[max(0, start - _WINDOW) : start]) is not None


def supposes(text: str, start: int) -> bool:
    """Whether a sentence begins with "If" right before an offset: "If $y = e^x$, then".

    >>> supposes("So. If $y = 1$", 7), supposes("Only if $y = 1$", 8)
    (True, False)
    """
    return re.fullmatch(rf"\W*(?:{SUPPOSE})\s*", _before(text, start)) is not None


def says_value(text: str, start: int) -> bool:
    """Whether the words right before an offset give a name its value: "let $a = 2$"."""
    return _VALUE.search(_before(text, start)) is not None


def asks(text: str, end: int) -> bool:
    """Whether the sentence that goes on at an offset, behind a formula, is a question.

    >>> asks("Is $f' = 1$? No.", 11), asks("Then $f' = 1$. Why?", 13)
    (True, False)
    """
    after = text[end : end + 2 * _WINDOW].lstrip("$\\)")
    ending = _SENTENCE.search(_FORMULA.sub("", after))
    return ending is not None and ending[0][0] == "?"


def poses(text: str, start: int, end: int, inline: bool = True) -> bool:
    """Whether a formula is an equation to be solved or a condition, by the words around it.

    Args:
        text: the document.
        start, end: where the formula stands, with what opens and closes it.
        inline: whether it stands in a line of text.

    >>> poses("the curve $x y = 1$ has", 10, 19), poses("and $g' = 0$ gives", 4, 12)
    (True, True)
    >>> poses("Hence $x y = 1$, as", 6, 15)
    False
    """
    if not inline:  # a display may stand behind a colon, and in a quotation
        introduced = text[:start].rstrip(" \n\t>:*_")
        return _TO_ZERO.search(_before(introduced, len(introduced))) is not None
    before = _before(text, start)
    after = text[end : end + _WINDOW].lstrip("$\\)")
    return _POSED_BEFORE.search(before) is not None or _POSED_AFTER.match(after) is not None


def is_case(text: str, start: int, end: int) -> bool:
    """Whether the words around a formula call it a case: "Case 2: $i = j$", "the $i = j$ case".

    >>> text = "Case 2: $i = j$, the rest"
    >>> is_case(text, 8, 15), is_case("Here $i = j$ is not", 5, 12)
    (True, False)
    """
    before, behind = text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
    after = behind.lstrip("$\\)")
    return _CASE_BEFORE.search(before) is not None or _CASE_BEHIND.match(after) is not None


def is_condition(text: str, start: int, itself: bool = True) -> bool:
    """Whether the words before an offset make what follows a condition: "for $x = 0$".

    Args:
        text: the document.
        start: where a formula begins.
        itself: whether it may be the condition; else it is subject to one before it.

    >>> is_condition("For $x = 0$", 4), is_condition("For $x > 0$, $f(x) = x$", 13)
    (True, True)
    >>> is_condition("If $x = 1$, then $y = 2$", 18), is_condition("Then at $x = 1$, $y = 2$", 17)
    (False, True)
    >>> is_condition("For a function $f(x) = x$", 15), is_condition("For all $i$ let $u = 2$", 16)
    (False, False)
    """
    sentence = f"{_before(text, start)}$"
    for found in _CONDITION.finditer(sentence):
        rest = sentence[found.end() :]
        formula, _, words = rest.partition("$")
        said = _RELATED.search(formula) and not _DEFINED.match(formula)
        concluded = _DEFINING.search(words) or _THEN.search(words)
        holds = (itself and not rest) or (said and not concluded)
        if holds and not _FUNCTION.search(found[0]):
            return True
    return False
