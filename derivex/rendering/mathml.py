r"""Formulas as MathML, which browsers show without a script and screen readers can walk through.

LaTeX is turned into MathML by latex2mathml.  What it leaves to the browser, and what browsers
show wrongly, is put right here: a sign after a bracket belongs to what follows it, the brackets
round a matrix are as tall as the matrix and not as the line, primes and names of functions are
not set like products of letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element, SubElement, tostring

from derivex.notation.marks import CLOSING, COLOURS, opening_mark, without_marks

__all__ = ["mathml"]

_FITS_A_PHONE = 24  # characters; a longer formula may be broken before its terms
_OPENING = frozenset("([{⟨")
_CLOSING_BRACKETS = frozenset(")]}⟩")
_SIGNS = frozenset("−+±")
_RELATIONS = frozenset("=≠<>≤≥≈,→⟹⟺∈·×")
_BREAKS = frozenset("+−=⟹⟺")
_PRIMES = frozenset("′″‴⁗")
_NAMES = frozenset("∂∇⊤…")  # what is written like a letter, and gets no room of its own
_ARROWS = frozenset("⟹⟺")
_BARS = frozenset("|‖")
_LONG_BAR = "―"
_WITH_LIMITS = frozenset(("∑", "∏", "lim"))
_BELOW = {"msub": "munder", "msubsup": "munderover"}
_BOLD_DIGITS = {str(digit): chr(0x1D7CE + digit) for digit in range(10)}

_WORD = re.compile(r"\\(?:operatorname|mathrm|text)\{((?:[^{}\\]|\\[_ &%$#])*)\}")
_IS_NAME = "\uf8f0"  # stands before the name of a function or a quantity, not before a word
_OPENING_MARKS = {opening_mark(number): rf"\class{{mark-{number}}}{{" for number in range(COLOURS)}
_MARKS_AND_TABLES = re.compile(
    rf"([{''.join(_OPENING_MARKS)}{CLOSING}&]|\\\\|\\(?:begin|end)\{{\w+\}})"
)
_REFERENCE = re.compile(r"&#x([0-9A-Fa-f]+);")
# Whatever else an attribute could do (link somewhere, run something) has no place in a formula.
_ATTRIBUTES = frozenset(
    ("accent", "class", "display", "displaystyle", "fence", "form", "largeop", "linethickness",
     "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "rspace", "stretchy", "width")
)  # fmt: skip


def mathml(latex: str, text: str, display: bool = True) -> str | None:
    r"""A formula as a ``<math>`` element.

    Args:
        latex: the formula, as :class:`derivex.notation.LatexWriter` writes it, perhaps with the
            signs of :mod:`derivex.notation.marks` in it.
        text: the formula in the text notation, for whoever cannot be shown MathML.
        display: whether fractions and sums are as large as in a formula that stands alone.

    Returns:
        the element; None for a formula that is nested too deeply.

    >>> print(mathml(r"2 \cdot 3", "2 · 3"))  # doctest: +ELLIPSIS
    <math alttext="2 · 3" displaystyle="true"><semantics><mrow><mn>2</mn><mo>·</mo><mn>3</mn>...
    """
    from latex2mathml.converter import convert_to_element  # only those who want HTML wait for it

    try:
        root = convert_to_element(_WORD.sub(_protected, _classed(latex)), display="block")
        _put_right(root)
        (row,) = root
        if len(text) > _FITS_A_PHONE:
            row = _breakable(row)
        inner = tostring(row, encoding="unicode", short_empty_elements=False)
    except RecursionError:
        return None
    annotation = (
        f'<annotation encoding="application/x-tex">{escape(without_marks(latex))}</annotation>'
    )
    return (
        f'<math alttext="{escape(text)}" displaystyle="true">'
        f"<semantics>{inner}{annotation}</semantics></math>"
    )


def _classed(latex: str) -> str:
    """Marked parts as rows with a class, which end with the cell of a table that they are in."""
    if without_marks(latex) is latex:
        return latex
    pieces: list[str] = []
    tables: list[list[str]] = [[]]  # what is open in each table round this place
    for piece in _MARKS_AND_TABLES.split(latex):
        if piece in _OPENING_MARKS:
            tables[-1].append(_OPENING_MARKS[piece])
            piece = _OPENING_MARKS[piece]
        elif piece == CLOSING:
            tables[-1].pop()
            piece = "}"
        elif piece.startswith(r"\begin"):
            tables.append([])
        elif piece.startswith(r"\end"):
            tables.pop()
        elif piece in ("&", r"\\"):
            piece = "}" * len(tables[-1]) + piece + "".join(tables[-1])
        pieces.append(piece)
    return "".join(pieces)


def _protected(found: re.Match[str]) -> str:
    """A word as text, which latex2mathml leaves in one piece; names are told from words."""
    word = re.sub(r"\\(.)", r"\1", found[1])
    return rf"\text{{{'' if found[0].startswith(chr(92) + 'text') else _IS_NAME}{word}}}"


def _put_right(root: Element) -> None:
    for element in root.iter():
        if element.text:
            element.text = _REFERENCE.sub(lambda found: chr(int(found[1], 16)), element.text)
    for element in root.iter():
        _put_element_right(element)
    for element in root.iter():
        if element.tag in ("mrow", "mtd"):
            _put_signs_right(element)
            _put_names_apart(element)
        _put_matrices_right(element)
        _put_primes_right(element)
        for name in [name for name in element.attrib if name not in _ATTRIBUTES]:
            del element.attrib[name]
    for element in root.iter():
        _unwrap(element)


def _put_element_right(element: Element) -> None:
    text = element.text or ""
    if element.tag == "mtext" and text.startswith(_IS_NAME):
        element.tag, element.text = "mi", text[1:]
        if len(text) == 2:
            element.set("mathvariant", "normal")
    elif element.tag == "mo":
        if text in _NAMES:
            element.tag = "mi"
            element.attrib = {"mathvariant": "normal"}
        elif text == _LONG_BAR:
            element.text = "¯"
            element.attrib = {"class": "bar"}
        elif text == "lim":
            element.set("movablelimits", "false")
        elif len(text) > 1 and text.isalpha():
            element.tag = "mi"
            element.attrib = {}
        elif text == "!" or text in _BARS or element.get("fence") == "true":
            element.set("lspace", "0em")
            element.set("rspace", "0em")
    elif element.tag == "mi":
        if text and text[0] in _PRIMES:
            element.tag, element.attrib = "mo", {"lspace": "0em", "rspace": "0em"}
        elif text in _ARROWS:
            element.tag = "mo"
    elif element.tag == "mn" and element.get("mathvariant") == "bold":
        element.text = "".join(_BOLD_DIGITS.get(digit, digit) for digit in text)
        del element.attrib["mathvariant"]
    elif element.tag in _BELOW and len(element) and element[0].text in _WITH_LIMITS:
        element.tag = _BELOW[element.tag]
    elif element.tag == "mover" and element[1].text == _LONG_BAR:
        # Few fonts have a bar that grows: a style sheet draws a line instead of it.
        element.set("accent", "true")
        base = Element("mrow", {"class": "overlined"})
        base.extend(element[0] if element[0].tag == "mrow" else [element[0]])
        element[0] = base
    elif element.tag == "mtd" and element.get("columnalign") == "left":
        element.set("class", "left")


def _put_signs_right(row: Element) -> None:
    """Say of a sign after a bracket or a relation that it belongs to what follows."""
    before: Element | None = None
    brackets = _Brackets()
    for child in list(row):
        if child.tag == "mo" and not child.text:
            row.remove(child)  # the invisible bracket of \left.
            continue
        if child.tag == "mo" and child.text in _SIGNS:
            first = before is None or brackets.just_opened or _is_relation(before)
            child.set("form", "prefix" if first else "infix")
        brackets.meet(child)
        before = child


def _is_relation(element: Element) -> bool:
    return element.tag == "mo" and element.text in _RELATIONS


def _put_names_apart(row: Element) -> None:
    """A little room before the name of a function or a quantity, as in 2 sin(x), and after one."""
    before: Element | None = None
    for child in list(row):
        beside = before is not None and (before.tag != "mo" or before.text in _CLOSING_BRACKETS)
        named = _begins_with_a_word(child) or (
            _begins_with_a_word(before) and child.tag not in ("mo", "mtext", "mspace")
        )
        if beside and named:
            row.insert(list(row).index(child), Element("mspace", {"width": "0.167em"}))
        before = child


def _begins_with_a_word(element: Element | None) -> bool:
    """Whether it is a word of several letters, perhaps with a power or an index."""
    if element is None:
        return False
    while element.tag in ("msup", "msub", "msubsup") or (
        element.tag == "mrow" and element.get("class") and len(element)
    ):
        element = element[0]
    return element.tag == "mi" and len(element.text or "") > 1


def _put_primes_right(parent: Element) -> None:
    """Let a prime stand beside what it belongs to: its sign is raised already."""
    for place, child in enumerate(parent):
        raised = child[-1] if child.tag in ("msup", "msubsup") else None
        if raised is None or raised.tag != "mo" or (raised.text or " ")[0] not in _PRIMES:
            continue
        row = Element("mrow")
        child.remove(raised)
        if child.tag == "msup":
            row.append(child[0])
        else:
            child.tag = "msub"
            row.append(child)
        row.append(raised)
        parent[place] = row


def _put_matrices_right(parent: Element) -> None:
    """Give a matrix and its brackets a row of their own, so that these are as tall as it is."""
    for first, table, last in list(_triples(parent)):
        if table.tag == "mtable" and first.tag == last.tag == "mo" and len(parent) > 3:
            row = Element("mrow")
            row.extend((first, table, last))
            place = list(parent).index(first)
            for each in (first, table, last):
                parent.remove(each)
            parent.insert(place, row)


def _unwrap(parent: Element) -> None:
    """Leave out rows of one element, which say nothing."""
    for place, child in enumerate(parent):
        if child.tag == "mrow" and len(child) == 1 and not child.attrib:
            parent[place] = child[0]


def _breakable(row: Element) -> Element:
    """A row whose terms have rows of their own, between which a style sheet may break it."""
    whole = Element("mrow", {"class": "breakable"})
    term = Element("mrow")
    mark: Element | None = None  # the row for what is marked in this term
    brackets = _Brackets()
    for child, kind in _with_marks(row):
        outside = not brackets.are_open
        brackets.meet(child)
        if (
            outside
            and child.tag == "mo"
            and child.text in _BREAKS
            and child.get("form") != "prefix"
        ):
            child.set("form", "infix")  # though now it stands at the beginning of a row
            if len(term):
                whole.append(term)
                term, mark = Element("mrow"), None
        if kind is None:
            mark = None
            term.append(child)
            continue
        if mark is None or mark.get("class") != kind:
            mark = SubElement(term, "mrow", {"class": kind})
        mark.append(child)
    whole.append(term)
    return whole if len(whole) > 1 else row


class _Brackets:
    """Which brackets are open while one goes along a row."""

    def __init__(self) -> None:
        self._depth = 0
        self._in_bars = False
        self.just_opened = False

    @property
    def are_open(self) -> bool:
        """Whether what comes next stands in brackets."""
        return self._depth > 0 or self._in_bars

    def meet(self, element: Element) -> None:
        """Go past an element; the bracket that is raised to a power is its first."""
        self.just_opened = False
        while element.tag in ("msup", "msub", "msubsup"):
            element = element[0]
        if element.tag != "mo":
            return
        if element.get("fence") == "true":
            self.just_opened = element.get("form") == "prefix"
        elif element.text in _BARS:
            self._in_bars = self.just_opened = not self._in_bars
        elif element.text in _OPENING:
            self._depth += 1
            self.just_opened = True
        elif element.text in _CLOSING_BRACKETS:
            self._depth -= 1


def _with_marks(row: Element) -> Iterator[tuple[Element, str | None]]:
    """The elements of a row, those that are marked together one by one, and their marks."""
    for child in row:
        if child.tag == "mrow" and child.get("class", "").startswith("mark-"):
            yield from ((each, child.get("class")) for each in child)
        else:
            yield child, None


def _triples(parent: Element) -> Iterator[tuple[Element, Element, Element]]:
    children = list(parent)
    return zip(children, children[1:], children[2:], strict=False)
