"""Checking a rule file: does it parse, is every rule sound, is anything left to chance?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derivex.errors import RuleError
from derivex.expression import D
from derivex.rulebook.book import RuleBook
from derivex.rulebook.file_reader import RuleFile, read_rules
from derivex.rulebook.findings import Finding
from derivex.rulebook.overlaps import overlaps
from derivex.rulebook.rule import ALGEBRA, PUTTING_IN, Rule
from derivex.rulebook.shape_soundness import wrong_shape
from derivex.rulebook.soundness import check_rule
from derivex.rulebook.stanzas import place_in

__all__ = ["LintReport", "check_file", "lint"]


@dataclass(frozen=True)
class LintReport:
    """What checking a rule file found.

    Args:
        name: what the file is called.
        findings: the verdict on each rule, in the order of the file.
        overlaps: rules that fit the same expression, neither of them the more specific.
        warnings: what is to be said besides.
        shapes: what is said of the shape of functions and does not hold.
    """

    name: str
    findings: tuple[Finding, ...]
    overlaps: tuple[RuleError, ...]
    warnings: tuple[str, ...]
    shapes: tuple[RuleError, ...] = ()

    @property
    def errors(self) -> tuple[RuleError, ...]:
        """Everything for which the file is refused."""
        unsound = tuple(error for finding in self.findings for error in finding.errors)
        return unsound + self.shapes + self.overlaps

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.errors


def lint(source: str, name: str, book: RuleBook) -> LintReport:
    """Check the text of a rule file, to be used together with a book.

    Every rule is tested; all that is wrong is reported, not only the first.

    Args:
        source: the text.
        name: what errors call it.
        book: the rules that it is used together with.

    Raises:
        RuleError: it does not parse.

    >>> from derivex.rulebook import shipped_book
    >>> report = lint('''
    ... rule half-angle  "the half-angle formula"
    ...     d/dx cos(x)^2  =  -sin(2 x)
    ... ''', "my.rules", shipped_book())
    >>> [(finding.rule.name, finding.kind) for finding in report.findings], report.is_sound
    ([('half-angle', 'proven')], True)
    """
    return check_file(read_rules(source, name, book.functions), book)


def check_file(file: RuleFile, book: RuleBook) -> LintReport:
    """Check a rule file that was read already, to be used together with a book."""
    extended = book.with_rules(file.rules, file.functions, file.source)
    findings = tuple(check_rule(rule, extended.functions) for rule in file.rules)
    warnings = [warning for finding in findings for warning in finding.warnings]
    warnings += _unused(file, book)
    sound = [finding.rule for finding in findings if not finding.errors]
    return LintReport(
        file.name,
        findings,
        (*overlaps(sound, extended), *_words_for_nothing(file, extended)),
        tuple(dict.fromkeys(warnings)),
        tuple(_wrong_shapes(file, extended)),
    )


def _words_for_nothing(file: RuleFile, book: RuleBook) -> Iterator[RuleError]:
    """Words for a rule that there is not."""
    known = {*book.rules, *(rule.table for rule in book.rules.values()), ALGEBRA, PUTTING_IN}
    for words in file.words:
        for name in words.rules:
            if name not in known:
                yield RuleError(
                    f"there is no rule and no table {name} that people could call so",
                    words.place,
                    "see the names in derivex rules",
                )


def _unused(file: RuleFile, book: RuleBook) -> Iterator[str]:
    """Rules that nothing would try."""
    tables = {rule.table for rule in book.rules.values()}
    for rule in file.rules:
        if rule.is_misconception:
            continue
        if rule.is_move:
            if rule.name not in book.rules:
                yield f"the move {rule.name} is new, and solving does not use it by itself"
        elif rule.table not in tables and not _finds_its_place(rule):
            yield (
                f"the rule {rule.name} stands in {_table(rule)}, so it is not tried by itself; "
                "a line “table tidying” above it has it tried at the end"
            )


def _finds_its_place(rule: Rule) -> bool:
    """Derivatives are found by what stands under the ∂, whatever the table."""
    return bool(rule.forms) and all(type(form.before) is D for form in rule.forms)


def _table(rule: Rule) -> str:
    return f"the table {rule.table}, which is new" if rule.table else "no table"


def _wrong_shapes(file: RuleFile, book: RuleBook) -> Iterator[RuleError]:
    for function in file.functions.values():
        refusal = wrong_shape(function, book.functions)
        if refusal is not None:
            found = re.search(
                rf"^function\s+{re.escape(function.name)}\b", file.source, re.MULTILINE
            )
            offset = found.start() if found else 0
            length = len(found.group()) if found else 1
            yield RuleError(refusal, place_in(file.source, file.name, offset, length))
