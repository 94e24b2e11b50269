"""MathML as latex2mathml makes it, put right where browsers would show it wrongly.

A sign after a bracket belongs to what follows it, the brackets round a matrix are as tall as the
matrix and not as the line, and primes and names of functions are not set like products of
letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from derivex.rendering.mathml_breaks import BARS, CLOSING_BRACKETS, Brackets

__all__ = ["IS_NAME", "put_right"]

IS_NAME = "\uf8f0"
"""Stands before the name of a function or a quantity, not before a word."""

_SIGNS = frozenset("−+±")
_RELATIONS = frozenset("=≠<>≤≥≈,→⟹⟺∈·×")
_PRIMES = frozenset("′″‴⁗")
_NAMES = frozenset("∂∇⊤…")  # what is written like a letter, and gets no room of its own
_ARROWS = frozenset("⟹⟺")
_LONG_BAR = "―"
_WITH_LIMITS = frozenset(("∑", "∏", "lim"))
_BELOW = {"msub": "munder", "msubsup": "munderover"}
_BOLD_DIGITS = {str(digit): chr(0x1D7CE + digit) for digit in range(10)}
_REFERENCE = re.compile(r"&#x([0-9A-Fa-f]+);")
# Whatever else an attribute could do (link somewhere, run something) has no place in a formula.
_ATTRIBUTES = frozenset(
    ("accent", "class", "display", "displaystyle", "fence", "form", "largeop", "linethickness",
     "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "rspace", "stretchy", "width")
)  # fmt: skip


def put_right(root: Element) -> None:
    """Put a formula right, in place."""
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
    if element.tag == "mtext" and text.startswith(IS_NAME):
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
        elif text == "!" or text in BARS or element.get("fence") == "true":
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
    brackets = Brackets()
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
        beside = before is not None and (before.tag != "mo" or before.text in CLOSING_BRACKETS)
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


def _triples(parent: Element) -> Iterator[tuple[Element, Element, Element]]:
    children = list(parent)
    return zip(children, children[1:], children[2:], strict=False)
