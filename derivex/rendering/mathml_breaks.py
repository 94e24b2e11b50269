"""Where a long formula may be broken: before its terms, and not inside of brackets."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

__all__ = ["BARS", "CLOSING_BRACKETS", "Brackets", "breakable"]

BARS = frozenset("|‖")
CLOSING_BRACKETS = frozenset(")]}⟩")
_OPENING = frozenset("([{⟨")
_BREAKS = frozenset("+−=⟹⟺")


def breakable(row: Element) -> Element:
    """A row whose terms have rows of their own, between which a style sheet may break it."""
    if row.tag != "mrow":
        return row
    whole = Element("mrow", {"class": "breakable"})
    term = Element("mrow")
    mark: Element | None = None  # the row for what is marked in this term
    brackets = Brackets()
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


def _with_marks(row: Element) -> Iterator[tuple[Element, str | None]]:
    """The elements of a row, those that are marked together one by one, and their marks."""
    for child in row:
        if child.tag == "mrow" and child.get("class", "").startswith("mark-"):
            yield from ((each, child.get("class")) for each in child)
        else:
            yield child, None


class Brackets:
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
        elif element.text in BARS:
            self._in_bars = self.just_opened = not self._in_bars
        elif element.text in _OPENING:
            self._depth += 1
            self.just_opened = True
        elif element.text in CLOSING_BRACKETS:
            self._depth -= 1
