"""Formulas of the shipped rules are read when they are needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivex.engine import differentiate
from derivex.expression import symbol
from derivex.notation import Scope, read_text
from derivex.rulebook import RuleBook, read_rules, shipped_book, shipped_files


@pytest.fixture
def book() -> RuleBook:
    return shipped_book.__wrapped__()


def derive(text: str, book: RuleBook) -> None:
    read = read_text(text, Scope(functions=book.functions))
    differentiate(read.expression, [symbol("x")], book)


def names_read(book: RuleBook) -> set[str]:
    return {name for name, rule in book.rules.items() if rule._forms}


def test_a_derivative_reads_few_formulas(book: RuleBook) -> None:
    assert names_read(book) == set()
    derive("x^2", book)
    read = [book.rules[name] for name in names_read(book)]
    assert read
    assert not any(rule.is_move or rule.function for rule in read)
    elsewhere = [rule.name for rule in read if rule.table in ("expanding", "limit-laws", "means")]
    assert elsewhere == []


def test_only_the_functions_that_occur_have_their_rows_read(book: RuleBook) -> None:
    derive("sin(x) exp(x)", book)
    rows = {name for name in names_read(book) if book.rules[name].function}
    assert rows == {"derivative-of-sin", "derivative-of-exp"}


def test_what_was_read_stays(book: RuleBook) -> None:
    for rule in book.rules.values():
        forms = rule.forms
        assert rule.forms is forms
        assert bool(forms) is (rule.procedure is None)


@pytest.mark.parametrize("path", shipped_files(), ids=lambda path: path.stem)
def test_the_shipped_files_are_well_written(path: Path) -> None:
    """What is checked when a file is read at once, which the shipped ones are not."""
    functions = shipped_book().functions
    found = read_rules(path.read_text(encoding="utf-8"), path.name, functions)
    assert found.rules
