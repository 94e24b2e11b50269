"""The rule files that come with derivex, in the installed package or in the source tree."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from derivex.errors import ReadError, RuleError
from derivex.expression.functions import Function
from derivex.rulebook.book import RuleBook
from derivex.rulebook.file_reader import read_rules
from derivex.rulebook.rule import Rule, Words
from derivex.text_files import MAX_DOCUMENT_FILE, read_text_file

__all__ = [
    "load_rules",
    "misconceptions",
    "read_rule_text",
    "rule_folder",
    "shipped_book",
    "shipped_files",
    "shipped_words",
]

# Functions first: the formulas of the other files use them.
_FILES = (
    *("functions", "special_functions", "activations"),
    *("differentiation", "intermediate", "unknown", "sums", "integrals"),
    *("tidying", "vectors", "forms", "limits", "equations", "subgradients"),
)


def rule_folder() -> Path:
    """The folder with the rule files.

    Raises:
        RuleError: the installation is damaged.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "rules", package.parent / "rules"):
        if (folder / "functions.rules").is_file():
            return folder
    raise RuleError("the rule files are missing from the installation; install derivex again")


def shipped_files() -> list[Path]:
    """The shipped rule files, in the order in which they are read."""
    return [rule_folder() / f"{name}.rules" for name in _FILES]


@lru_cache(maxsize=1)
def shipped_book() -> RuleBook:
    """All rules that come with derivex."""
    rules: list[Rule] = []
    functions: dict[str, Function] = {}
    sources: list[str] = []
    for path in shipped_files():
        source = path.read_text(encoding="utf-8")
        found = read_rules(source, path.name, functions, later=True)
        names = {rule.name for rule in rules}
        for rule in found.rules:
            if rule.name in names:  # it would silently take the place of the other one
                raise RuleError(f"another rule file has a rule {rule.name} already", rule.place)
        rules.extend(found.rules)
        functions |= found.functions
        sources.append(source)
    return RuleBook(rules, functions, "\n".join(sources))


@lru_cache(maxsize=1)
def _shipped_misconceptions() -> tuple[Rule, ...]:
    path = rule_folder() / "misconceptions.rules"
    source = path.read_text(encoding="utf-8")
    return read_rules(source, path.name, shipped_book().functions, later=True).rules


@lru_cache(maxsize=1)
def shipped_words() -> tuple[Words, ...]:
    """What people call the shipped rules."""
    path = rule_folder() / "words.rules"
    return read_rules(path.read_text(encoding="utf-8"), path.name).words


def misconceptions(book: RuleBook) -> tuple[Rule, ...]:
    """The mistakes that people make: those that come with derivex, and those of a book.

    The shipped ones are no part of the shipped book, because a derivation does not need them: they
    are read when they are first asked for, and stored derivations do not depend on them.
    """
    found = {rule.name: rule for rule in _shipped_misconceptions()}
    found |= {rule.name: rule for rule in book.rules.values() if rule.is_misconception}
    return tuple(found.values())


def load_rules(path: Path, book: RuleBook) -> RuleBook:
    """A book with the rules of a user's file added.

    The file is tested when it is first used; that it is sound is then remembered.

    Raises:
        RuleError: the file cannot be read, does not parse, or has a rule that is not sound.
    """
    from derivex import __version__
    from derivex.rulebook.verdict_cache import is_known_sound, key_of, remember_sound

    source = read_rule_text(path)
    found = read_rules(source, path.name, book.functions)
    extended = book.with_rules(found.rules, found.functions, source, found.words)
    key = key_of(source, __version__, book.fingerprint)
    if not is_known_sound(key):
        # Imported here, because testing needs much that loading does not.
        from derivex.rulebook.lint import check_file

        report = check_file(found, book)
        if report.errors:
            raise _refused(report.errors, path)
        remember_sound(key, sum(finding.instances for finding in report.findings))
    return extended


def _refused(errors: Sequence[RuleError], path: Path) -> RuleError:
    """The first error, with a word on where to see the others."""
    first = errors[0]
    if len(errors) == 1:
        return first
    others = f"(there is more: run  derivex rules {path})"
    return RuleError(first.message, first.place, f"{first.hint} {others}" if first.hint else others)


def read_rule_text(path: Path) -> str:
    """The text of a rule file.

    Raises:
        RuleError: there is no such file, or it is no text.
    """
    try:
        return read_text_file(path, MAX_DOCUMENT_FILE)
    except ReadError as error:
        raise RuleError(error.message, hint=error.hint) from None
