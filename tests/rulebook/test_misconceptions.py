"""Misconceptions: each of the shipped ones fails where it says, and wrong ones are refused."""

from __future__ import annotations

import pytest

from derivex.errors import RuleError
from derivex.expression import D
from derivex.rulebook import Rule, misconceptions, shipped_book
from derivex.rulebook.lint import lint
from derivex.rulebook.soundness import check_rule

BOOK = shipped_book()
MISCONCEPTIONS = misconceptions(BOOK)


def errors_of(text: str) -> list[str]:
    return [str(error) for error in lint(text, "my.rules", BOOK).errors]


@pytest.mark.parametrize("rule", MISCONCEPTIONS, ids=lambda rule: rule.name)
def test_it_fails_at_its_point(rule: Rule) -> None:
    finding = check_rule(rule, BOOK.functions)
    assert not finding.errors, str(finding.errors[0])
    assert finding.instances == len(rule.forms)
    assert finding.text.startswith("fails as it says: ")


def test_there_are_enough_and_none_is_a_rule() -> None:
    assert len(MISCONCEPTIONS) >= 45
    assert not {rule.name for rule in MISCONCEPTIONS} & set(BOOK.rules)
    assert len({rule.phrase for rule in MISCONCEPTIONS}) == len(MISCONCEPTIONS)


def test_nothing_is_derived_with_one() -> None:
    report = lint(
        'misconception kept  "the constant was kept"\n'
        "    d/dx c = c\n    where c is free of x\n    fails at c = 2, x = 1\n",
        "my.rules",
        BOOK,
    )
    assert report.is_sound
    (finding,) = report.findings
    extended = BOOK.with_rules([finding.rule], {}, "")
    assert finding.rule in misconceptions(extended)
    for rule in extended.rules.values():
        assert not (rule.is_misconception and rule.derivative_forms(D))
    candidates = extended.table("").values()
    assert all(entry.rule is not finding.rule for entries in candidates for entry in entries)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("    d/dx (c u) = c d/dx u\n    where c is free of x\n    fails at c = 2, u = x, x = 1\n",
         "does not fail at its point: both sides are 2"),
        ("    d/dx c = c\n    where c is free of x\n", "does not say where it fails"),
        ("    d/dx c = c\n    where c is free of x\n    fails at c = x, x = 1\n",
         "does not apply to ∂x/∂x"),
        ("    d/dx c = c\n    where c is free of x\n    fails at c = y, x = 1\n",
         "the point does not say what y is"),
        ("    d/dx c = c\n    where c is free of x\n    fails at c = 2, nonsense\n",
         "not written as name = value"),
        ("    d/dx c = c\n    where c is free of x\n    fails when c = 2\n",
         "the point at which it fails is expected here"),
        ("    d/dx log(u) = u\n    where u depends on x\n    fails at u = 0 x, x = 1\n",
         "one of the sides has no value"),
        ("    sum_i c = c\n    where c is free of i\n    fails at c = 2\n",
         "the point does not say what n, the number of data, is"),
        ("    c u = v => u = v - c\n    fails at c = 2, u = x, v = 6, x = 4\n",
         "2x = 6 does not hold at this point: 8 is not 6"),
        ("    c u = v => u = v/c\n    fails at c = 2, u = x, v = 6, x = 3\n",
         "does not fail at its point: both sides are 3"),
    ],
)  # fmt: skip
def test_a_wrong_one_is_refused(text: str, part: str) -> None:
    source = f'misconception mine  "mine"\n{text}'
    try:
        found = errors_of(source)
    except RuleError as error:
        found = [str(error)]
    assert found and part in found[0]
    assert "my.rules, line" in found[0]


def test_a_rule_does_not_fail_anywhere() -> None:
    with pytest.raises(RuleError, match="only a misconception fails somewhere"):
        errors_of('rule mine  "mine"\n    u + 0 = u\n    fails at u = 2\n')


def test_formulas_in_a_phrase_are_made_of_its_letters() -> None:
    (error,) = errors_of(
        'misconception mine  "the inner derivative {d/dx w} was forgotten"\n'
        "    d/dx c = c\n    where c is free of x\n    fails at c = 2, x = 1\n"
    )
    assert "w does not occur on the left-hand side" in error


def test_words_are_understood_and_mean_a_rule_that_there_is() -> None:
    source = 'words "Potenzgesetz"\n    exponent, arithmetic\n'
    assert errors_of(source) == []
    (error,) = errors_of('words "mine"\n    my-rule\n')
    assert "there is no rule and no table my-rule" in error
    with pytest.raises(RuleError, match="words stand in double quotes"):
        errors_of("words mine\n    exponent\n")
