"""Every shipped rule is proven anew; wrong ones are refused with the point at which they fail."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivex.equality import judge
from derivex.expression import Apply, function_name, integer, number
from derivex.expression.elementary import ELEMENTARY
from derivex.rulebook import Form, Rule, shipped_book
from derivex.rulebook.instances import instances
from derivex.rulebook.lint import LintReport, lint
from derivex.rulebook.overlaps import overlaps
from derivex.rulebook.soundness import check_rule

BOOK = shipped_book()
EQUALITIES = [form for rule in BOOK.rules.values() if not rule.is_move for form in rule.forms]


def lint_of(text: str) -> LintReport:
    return lint(text, "my.rules", BOOK)


def message_of(text: str) -> str:
    """The only error of a file."""
    (error,) = lint_of(text).errors
    return str(error)


# -- shipped rules -----------------------------------------------------------------------------


@pytest.mark.parametrize("rule", BOOK.rules.values(), ids=lambda rule: rule.name)
def test_shipped_rule_is_sound(rule: Rule) -> None:
    finding = check_rule(rule, BOOK.functions)
    assert not finding.errors, str(finding.errors[0])
    assert finding.kind in ("proven", "tested")
    assert finding.instances > 0
    assert not finding.warnings


def test_no_two_shipped_rules_overlap_without_an_order() -> None:
    assert overlaps(BOOK.rules.values(), BOOK) == []


@settings(max_examples=150, deadline=None)
@given(form=st.sampled_from(EQUALITIES), seed=st.integers(0, 10**6))
def test_every_application_preserves_the_value(form: Form, seed: int) -> None:
    for instance in instances(form, BOOK.functions, 4, str(seed)):
        conditions = form.conditions_of(instance.slots)
        verdict = judge(
            instance.before, instance.after, BOOK.functions, seconds=1, conditions=conditions
        )
        assert verdict.kind != "wrong", f"{instance.before} is not {instance.after}: {verdict}"


# Where mpmath has another name for a function, or none.
THEIRS = {
    "abs": abs,
    "log": mpmath.log,
    "atan2": mpmath.atan2,
    "polygamma": mpmath.polygamma,
    "airyaiprime": lambda x: mpmath.airyai(x, derivative=1),
    "airybiprime": lambda x: mpmath.airybi(x, derivative=1),
    "ceiling": mpmath.ceil,
    "Si": mpmath.si,
    "Ci": mpmath.ci,
    "Shi": mpmath.shi,
    "Chi": mpmath.chi,
    "Ei": mpmath.ei,
    "LambertW": mpmath.lambertw,
    "uppergamma": mpmath.gammainc,
    "lowergamma": lambda a, x: mpmath.gammainc(a, 0, x),
    "elliptic_k": mpmath.ellipk,
    "elliptic_e": mpmath.ellipe,
}
BEYOND_ONE = ("acosh", "acoth", "asec", "acsc")
OF_TWO = (
    *("atan2", "polygamma", "besselj", "bessely", "besseli", "besselk"),
    *("expint", "polylog", "uppergamma", "lowergamma"),
)


@pytest.mark.parametrize("name", [name for name in ELEMENTARY if name not in ("max", "min")])
def test_functions_mean_what_mpmath_means(name: str) -> None:
    point = Fraction(2) if name in BEYOND_ONE else Fraction(1, 3)
    arguments = [Fraction(2), point] if name in OF_TWO else [point]
    call = Apply(function_name(name), *map(number, arguments))
    witness = judge(call, integer(100), BOOK.functions).witness
    assert witness is not None
    theirs = THEIRS.get(name) or getattr(mpmath, name)
    expected = theirs(*[mpmath.mpf(each.numerator) / each.denominator for each in arguments])
    assert float(Fraction(witness.left)) == pytest.approx(float(expected.real), rel=1e-5)


def test_the_same_rule_gives_the_same_finding() -> None:
    rule = BOOK.rules["chain"]
    assert check_rule(rule, BOOK.functions) == check_rule(rule, BOOK.functions)


# -- wrong rules -------------------------------------------------------------------------------


def test_a_wrong_sign_is_refused_with_the_point() -> None:
    assert message_of(
        'rule factor  "the factor rule"\n'
        "    d/dx (c u) = -(c d/dx u)\n"
        "    where c is free of x, c is not one, u depends on x\n"
    ) == (
        "my.rules, line 2, column 5: the rule factor is not sound: "
        "at x = 2 the left-hand side is 2, the right-hand side −2\n"
        "        d/dx (c u) = -(c d/dx u)\n"
        "        ^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "    for c = 2, u = x: ∂(2x)/∂x ≠ −2 · ∂x/∂x"
    )


@pytest.mark.parametrize(
    ("rule", "where"),
    [
        # formula                                            condition
        ("d/dx x^n = (n + 1) x^n",                           "n is free of x"),
        ("d/dx (u * ...) = (d/dx u) * ...",                  ""),
        ("d/dx f(u) = d/du f(u)",                            "u depends on x, f is free of x"),
        ("sqrt(u^2) = u",                                    ""),
        ("log(u^n) = log(u)^n",                              "n is a whole number"),
        ("(u^m)^n = u^(m + n)",                              "n is a whole number"),
        ("sum_i (c u) = c u",                                "c is free of i, u depends on i"),
        ("sum_i c = c",                                      "c is free of i"),
        ("d/dx sum_i u = d/dx u",                            "u depends on x, x is free of i"),
        ("u/v = v/u",                                        ""),
        ("abs(u) = u",                                       ""),
        ("0^u = 0",                                          "u is a whole number"),
    ],
)  # fmt: skip
def test_wrong_equalities(rule: str, where: str) -> None:
    text = f'table trial\nrule trial  "a trial"\n    {rule}\n'
    if where:
        text += f"    where {where}\n"
    (finding,) = lint_of(text).findings
    assert finding.kind == "wrong"
    assert "is not sound: " in finding.errors[0].message


@pytest.mark.parametrize(
    "formula",
    [
        "u = v  <=>  u^2 = v^2",
        "u^2 = v u  <=>  u = v",
        "u/w = v  <=>  u = w v",
        "u = v  =>  u = v + 1",
        "e^u = v  <=>  u = -log(v)",
        "-u = v  <=>  u = v",
        "u^2 = v  <=>  u = sqrt(v)",
    ],
)
def test_wrong_moves(formula: str) -> None:
    message = message_of(f'move trial  "a trial"\n    {formula}\n')
    assert "the move trial is not sound: " in message
    assert " solves " in message


@pytest.mark.parametrize(
    "formula",
    [
        "u = v  =>  u^2 = v^2",
        "u = v  <=>  e^u = e^v",
        "u + w = v + w^2  <=>  u + w - w^2 = v",
        "u^3 = v^3  <=>  u = v",
        "u/w = v  =>  u = w v",
    ],
)
def test_sound_moves(formula: str) -> None:
    text = f'move trial  "a trial"\n    {formula}\n'
    if "+" in formula:
        text = text.rstrip("\n") + "\n    where u is not w, w is a number\n"
    report = lint_of(text)
    assert report.errors == ()
    assert report.findings[0].instances >= 12


def test_all_that_is_wrong_is_reported() -> None:
    report = lint_of(
        "table tidying\n"
        'rule first  "first"\n    sin(u) = u\n'
        'rule second  "second"\n    erf(-u) = -erf(u)\n'
        'rule third  "third"\n    cos(u) = u\n'
    )
    assert [finding.kind for finding in report.findings] == ["wrong", "tested", "wrong"]
    assert [error.place and error.place.line for error in report.errors] == [3, 7]


def test_examples_are_run() -> None:
    wrong = (
        'rule first  "first"\n'
        "    d/dx cos(x)^2 = -sin(2 x)\n"
        "    example d/dx cos(x)^2 = -sin(x*2)\n"
    )
    assert message_of(wrong) == (
        "my.rules, line 3, column 5: the example says that the rule first gives −sin(x · 2), "
        "but it gives −sin(2x)\n"
        "        example d/dx cos(x)^2 = -sin(x*2)\n"
        "        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "    an example must be exactly what the rule makes, before anything is tidied"
    )
    other = wrong.replace("-sin(x*2)", "-sin(2 x)").replace("example d/dx cos", "example d/dx sin")
    assert "does not apply to its example ∂sin(x)²/∂x" in message_of(other)


def test_a_rule_that_no_instance_fits_is_undecided() -> None:
    report = lint_of(
        'rule never  "never"\n    d/dx (c u) = 0\n    where c is free of x, c depends on x\n'
    )
    (finding,) = report.findings
    assert finding.kind == "undecided"
    assert "could be tested at no instances" in report.warnings[0]


# -- overlaps ----------------------------------------------------------------------------------


def test_two_rules_without_an_order() -> None:
    report = lint_of(
        "table tidying\n"
        'rule left-first  "left"\n    (u + ...)/(v^2) = u/v^2 + ...\n'
        'rule right-first  "right"\n    (u + ...)/(v^2) = (u + ...) (1/v^2)\n'
    )
    (error,) = report.errors
    assert "the rules left-first and right-first both fit " in error.message
    assert "neither is the more specific" in error.message


def test_crossed_patterns_are_found() -> None:
    report = lint_of(
        'table trial\nrule signs  "signs"\n    (-u)^2 v = u^2 v\n    where v is not a number\n'
        'rule others  "others"\n    u^2 (-v) = -(u^2 v)\n    where v is not a number\n'
    )
    assert len(report.overlaps) == 1


def test_a_more_specific_rule_is_in_order() -> None:
    text = 'rule double-angle  "the double angle formula"\n    d/dx sin(x)^2 = sin(2 x)\n'
    assert lint_of(text).errors == ()


def test_a_user_rule_that_rivals_a_shipped_one() -> None:
    text = (
        'rule my-constant-factor  "mine"\n    d/dx (c u) = (d/dx u) c\n'
        "    where c is free of x, u depends on x\n"
    )
    assert "my-constant-factor and constant-factor both fit" in message_of(text)
