"""A quiz: the blanks of a sheet asked one by one, in plain sentences.

What is said is text without layout, a line for each formula, so that a dumb terminal and a screen
reader have all of it.  Nothing here reads or prints: lines go in, lines come out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sympy.core.basic import Basic

from derivex.expression import Gap, postorder
from derivex.expression.array_nodes import DERIVATIVES
from derivex.marking.hints import STRENGTHS, hint
from derivex.marking.marked import MarkedBlank
from derivex.marking.marker import Marker
from derivex.rulebook import RuleBook
from derivex.sheets import Blank, BlankKind, Exercise, SheetRow, Text, with_answers

__all__ = ["HELP", "Quiz"]

HELP = (
    "Type what belongs into the blank, as you would type a formula, and Enter.",
    "? asks for a hint: which kind of rule. ?? tells the rule, ??? the whole line.",
    "hint gives one hint after the other; again repeats the question;",
    "skip goes on to the next blank; quit ends the quiz.",
)
"""What may be typed, told at the beginning and on ``help``."""

_ASKED = {
    "any": "",
    "step": "Do the step.",
    "no derivative": "Leave no derivative in it.",
    "worked out": "Work the arithmetic out.",
    "expanded": "Multiply it out.",
    "factored": "Write it as a product.",
    "number": "It is one number.",
}


def _derived(row: SheetRow) -> bool:
    return any(type(node) in DERIVATIVES for node in postorder(row.expression))


@dataclass
class _Attempts:
    """What has happened at one blank."""

    tries: int = 0
    strongest: int = 0  # of the hints
    outcome: str = "not reached"


@dataclass
class Quiz:
    """Asks for the blanks of a sheet in order.

    Args:
        marker: judges the answers.
        book: the rules.
        write: writes formulas on one line.
        first: the number of the blank that is asked first, of a quiz that was ended before.
    """

    marker: Marker
    book: RuleBook
    write: Callable[[Basic], str]
    first: int = 1
    _over: bool = False
    _attempts: dict[int, _Attempts] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._at = self.first - 1

    @property
    def over(self) -> bool:
        """Whether nothing more is asked."""
        return self._over or self.at_end

    @property
    def at_end(self) -> bool:
        """Whether all blanks have been asked for."""
        return self._at >= len(self.marker.sheet.blanks)

    @property
    def number(self) -> int:
        """The number of the blank that is asked for."""
        return self._blank.number

    @property
    def all_right(self) -> bool:
        """Whether every blank that was to be asked was answered rightly, also after hints."""
        return all(self._of(blank).outcome == "right" for blank in self._asked)

    @property
    def _asked(self) -> Sequence[Blank]:
        return self.marker.sheet.blanks[self.first - 1 :]

    @property
    def prompt(self) -> str:
        """What stands before an answer."""
        return f"({self.number}) "

    def begin(self) -> Iterator[str]:
        """The sheet, and the first question."""
        sheet = self.marker.sheet
        count = len(sheet.blanks)
        yield sheet.title
        yield f"There {'is 1 blank' if count == 1 else f'are {count} blanks'} to fill in."
        yield from HELP
        if not self.over:
            yield from self._question(new=True, whole=True)

    def answer(self, line: str) -> Iterator[str]:
        """What is said to an answer or a command, and the next question."""
        text = line.strip()
        command = text.casefold()
        if command in ("quit", "exit", "q"):
            self._over = True
        elif command in ("skip", "s"):
            yield from self._skipped()
        elif command in ("again", "repeat"):
            yield from self._question(new=False)
        elif command == "help":
            yield from HELP
        elif text and set(text) == {"?"}:
            yield self._hint(len(text))
        elif command == "hint":
            yield self._hint(self._of(self._blank).strongest + 1)
        elif text:
            yield from self._judged(text)

    def summary(self) -> Iterator[str]:
        """How it went: the sum, then every blank that was not simply right."""
        blanks = self._asked
        right = [blank for blank in blanks if self._of(blank).outcome == "right"]
        plain = [
            blank for blank in right if self._of(blank).tries == 1 and not self._of(blank).strongest
        ]
        noun = "blank" if len(blanks) == 1 else "blanks"
        yield f"{len(right)} of {len(blanks)} {noun} right, {len(plain)} of them at once."
        for blank in blanks:
            told = self._of(blank)
            if blank in plain or told.outcome == "not reached":
                continue
            said = [told.outcome]
            if told.tries > 1:
                said.append(f"{told.tries} tries")
            if told.strongest:
                said.append(f"hint {told.strongest}")
            answer = "" if told.outcome == "right" else f". The answer is {self._key(blank)}"
            yield f"Blank {blank.number}: {', '.join(said)}{answer}"
        left = sum(self._of(blank).outcome == "not reached" for blank in blanks)
        if left:
            yield f"{left} not reached."

    # -- one blank -------------------------------------------------------------------------

    @property
    def _blank(self) -> Blank:
        return self.marker.sheet.blanks[self._at]

    def _of(self, blank: Blank) -> _Attempts:
        return self._attempts.setdefault(blank.number, _Attempts())

    def _question(self, new: bool, whole: bool = False) -> Iterator[str]:
        """The exercise where it begins, or where it is asked for, then the rows in question."""
        blank = self._blank
        exercise, row = self.marker.sheet.row_of(blank.number)
        first = exercise.blanks[0] == blank.number
        yield ""
        if whole or (first and new):
            yield from self._exercise(exercise)
        before = self._before(exercise, row)
        asked = f"Blank {blank.number} of {len(self.marker.sheet.blanks)}."
        if blank.kind is BlankKind.RULE:
            yield f"{asked} By which rule does one get from the first line to the second?"
        else:
            wanted = "What line stands here?" if type(row.shown) is Gap else "What belongs there?"
            form = _ASKED.get(blank.form, "")
            if blank.form == "no derivative" and before is not None and not _derived(before):
                form = ""  # there is none that could be left
            yield f"{asked} {wanted}{' ' if form else ''}{form}"
        if before is not None:
            yield f"  {self._row(before)}"
        yield f"  {self._row(row)}"

    def _exercise(self, exercise: Exercise) -> Iterator[str]:
        number = len(self.marker.sheet.exercises)
        head = f"Exercise {exercise.number}. " if number > 1 else ""
        prose = self._prose_before(exercise)
        if prose:
            yield from prose
            yield ""
        yield f"{head}{self._sentence(exercise.words, exercise.task)}"
        yield ""
        for row in exercise.rows:
            yield f"  {self._row(row)}"
        yield ""

    def _prose_before(self, exercise: Exercise) -> list[str]:
        """The prose that leads to an exercise; headings are lines like others."""
        lines: list[str] = []
        for item in self.marker.sheet.items:
            if item is exercise:
                return lines
            lines = []
            if isinstance(item, Text):
                told = self._sentence(item.words, "") if item.words else item.markdown
                lines = [line.lstrip("#").strip() for line in told.split("\n")]
        return lines

    def _sentence(self, words: Sequence[str | Basic], markdown: str) -> str:
        """A sentence with its formulas on one line; as Markdown where that is all there is."""
        if not words:
            return " ".join(markdown.split())
        return "".join(each if isinstance(each, str) else self.write(each) for each in words)

    def _before(self, exercise: Exercise, row: SheetRow) -> SheetRow | None:
        for column in exercise.columns:
            for earlier, later in pairwise(column):
                if later is row:
                    return earlier
        return None

    def _row(self, row: SheetRow) -> str:
        """A row on one line, what was asked before filled in."""
        known = {
            each.number: each.answer
            for each in self.marker.sheet.blanks[: self._at]
            if each.answer is not None
        }
        label = f"{row.label} " if row.label else ""
        sign = f"{row.relation} " if row.relation else ""
        line = f"{label}{sign}{self.write(with_answers(row.shown, known))}"
        reason = row.says
        if row.says_blank is not None and row.says_blank > self._at:
            reason = f"by which rule? ({row.says_blank})"
        return f"{line}    [{reason}]" if reason else line

    def _judged(self, text: str) -> Iterator[str]:
        blank = self._blank
        told = self._of(blank)
        found = self.marker.judge(blank.number, text)
        if found.verdict == "unreadable":
            yield f"I cannot read that: {found.note}."
            return
        told.tries += 1
        told.outcome = found.verdict
        if found.verdict == "right":
            if told.strongest >= STRENGTHS:
                told.outcome = "shown"  # it was copied
            yield self._right(found)
            yield from self._next()
        elif found.verdict in ("right, other form", "not what is asked"):
            yield f"That is equal, but {found.note}. Try again, or skip."
        elif found.verdict == "undecided":
            yield f"I cannot tell whether that is right: {found.note}. Try to write it otherwise."
        else:
            yield f"That is wrong{f': {found.note}' if found.note else ''}."
            for sentence in found.diagnosis:
                yield f"Perhaps {sentence}."
            yield "Try again, or type ? for a hint."

    def _right(self, found: MarkedBlank) -> str:
        answer = self._blank.answer
        if answer is not None and found.read != self.marker.write(answer):
            return f"Right. The key has {self._key(self._blank)}."
        return "Right."

    def _key(self, blank: Blank) -> str:
        return blank.says if blank.answer is None else self.write(blank.answer)

    def _hint(self, strength: int) -> str:
        blank = self._blank
        strength = min(strength, STRENGTHS)
        told = self._of(blank)
        told.strongest = max(told.strongest, strength)
        exercise, row = self.marker.sheet.row_of(blank.number)
        before = self._before(exercise, row)
        return hint(strength, blank, row, before, self.book, self.write)

    def _skipped(self) -> Iterator[str]:
        told = self._of(self._blank)
        if told.outcome in ("not reached", "undecided"):
            told.outcome = "skipped"
        yield f"The answer is {self._key(self._blank)}."
        yield from self._next()

    def _next(self) -> Iterator[str]:
        self._at += 1
        if not self.over:
            yield from self._question(new=True)
