"""Which rules lead from one line to the next, and what is claimed."""

from __future__ import annotations

from itertools import pairwise

import pytest

from derivex.derivation import Detail
from derivex.diagnosis import ALGEBRA, justify, understood
from derivex.engine import differentiate
from derivex.expression import symbol
from derivex.rulebook import read_rules
from derivex.rulebook.rule import PUTTING_IN
from tests.diagnosis.reading import BOOK, line

# Each: a line, the next one, what is claimed, the verdict and some of the rules.
STEPS = [
    ("d/dx (x^2 + x)",        "d/dx x^2 + d/dx x",       "sum rule",      "expected",   {"sum"}),
    ("d/dx (x^2 + x)",        "2x + 1",                  "sum and power rules", "expected", {"sum", "exponent"}),
    ("d/dx (x^2 + x)",        "2x + 1",                  "",              "expected",   {"sum", "exponent"}),
    ("d/dx (x^2 + x)",        "d/dx x + d/dx x^2",       "product rule",  "other",      {"sum"}),
    ("d/dx (x^2 sin(3x))",    "2x sin(3x) + 3x^2 cos(3x)", "product rule", "several",   {"product", "chain"}),
    ("d/dx (x^2 sin(3x))",    "2x sin(3x) + 3x^2 cos(3x)", "",            "several",    {"product", "chain"}),
    ("d/dx sin(x^2)",         "cos(x^2) d/dx x^2",       "Kettenregel",   "expected",   {"chain"}),
    ("d/dx sin(x^2)",         "cos(x^2) * 2x",           "by the chain rule", "expected", {"chain", "exponent"}),
    ("d/dx (7x)",             "7 d/dx x",                "linearity",     "expected",   {"constant-factor"}),
    ("(x + 1)^2",             "x^2 + 2x + 1",            "expand",        "expected",   {"distribute"}),
    ("(x + 1)^2",             "x^2 + 2x + 1",            "chain rule",    "other",      {"distribute"}),
    ("2x * 3 + y",            "y + 6x",                  "simplify",      "rearranged", set()),
    ("-(x/y)",                "(-x)/y",                  "",              "rearranged", set()),
    ("sin(x)^2 + cos(x)^2", "1", "Pythagoras", "expected",     set()),
    ("d/dx (5x^2)",           "0 x^2 + 5 * 2x",          "product rule",  "expected",   {"product"}),
    ("d/dx (5x sin(x))",      "sin(x) d/dx (5x) + 5x d/dx sin(x)", "product rule", "expected", {"product"}),
    ("d/dx (x^2 exp(x) tan(x))", "exp(x) tan(x) d/dx x^2 + x^2 d/dx (exp(x) tan(x))", "product rule", "expected", {"product"}),
    ("d/dx (x + x)^3",        "d/dx (2x)^3",             "simplify",      "rearranged", set()),
    ("d/dx ((x + 1)(x - 1))", "d/dx (x^2 - 1)",          "expand",        "expected",   {"distribute"}),
    ("d/dx 2^x",              "d/dx exp(x log(2))",      "rewrite",       "detour",     set()),
    ("d/dx (x^2 + 5)",        "2x + 0",                  "chain rule",    "other",      {"sum"}),
    ("d/dx x^2", "lim_{h->0} ((x + h)^2 - x^2)/h", "definition of the derivative", "expected", {"derivative-as-limit"}),
    ("d/dx x^2", "lim_{h->0} ((x + h)^2 - x^2)/h", "product rule",       "other",      {"exponent"}),
    ("2x + 6 = 10",           "2x = 4",                  "subtract 6",    "expected",   {"subtract"}),
    ("2x + 6 = 10",           "2x = 4",                  "subtract 2",    "other",      {"subtract"}),
    ("2x + 6 = 10",           "2x = 4",                  "divide by 2",   "other",      {"subtract"}),
    ("2x = 4",                "x = 2",                   "divide both sides by 2", "expected", {"divide"}),
    ("2x = 4",                "x = 2",                   "subtract 2 from both sides", "other", {"divide"}),
    ("2x = 4",                "x = 2",                   "solve for x",   "expected",   {"divide"}),
    ("d/dx (x sin(x))",       "sin(x) + x cos(x)",       "since (sin x)' = cos x", "several", {"product"}),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "claimed", "kind", "rules"), STEPS)
def test_steps(before: str, after: str, claimed: str, kind: str, rules: set[str]) -> None:
    found = justify(line(before), line(after), BOOK, claimed=claimed)
    assert found is not None
    assert (found.kind, found.says) == (kind, found.says)
    assert rules <= set(found.rules)
    assert found.agrees == (kind != "other")


def test_what_goes_beyond_the_claim_is_named() -> None:
    found = justify(
        line("d/dx (x^2 sin(3x))"),
        line("2x sin(3x) + 3x^2 cos(3x)"),
        BOOK,
        claimed="product rule",
    )
    assert found is not None and found.beyond == ("the chain rule",)


@pytest.mark.parametrize(
    ("before", "after"), [("d/dx x^2", "2x + 1"), ("x", "y"), ("x = 1", "x = 2")]
)
def test_of_lines_that_differ_nothing_is_said(before: str, after: str) -> None:
    assert justify(line(before), line(after), BOOK) is None


@pytest.mark.parametrize(
    "text", ["(3x^2 + 1)^5 sin(x)", "x^2/(x + 1)", "log(x^2 + sin(x))", "x^x", "exp(-x^2) cos(2x)"]
)
@pytest.mark.parametrize("detail", list(Detail))
def test_the_lines_of_derivex_are_justified_by_the_rules_that_it_names(
    text: str, detail: Detail
) -> None:
    lines = list(differentiate(line(text), [symbol("x")], BOOK).lines(detail))
    for before, after in pairwise(lines):
        found = justify(before.expression, after.expression, BOOK, claimed=after.says)
        assert found is not None
        assert found.agrees, (after.says, found)


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("chain rule", ["chain"]),
        ("by the chain rule", ["chain"]),
        ("using the Product Rule, then the chain rule", ["product", "chain"]),
        ("sum and exponent rules", ["sum", "exponent"]),
        ("power rule and constant rule", ["exponent", "constant"]),
        ("Produktregel", ["product"]),
        ("derivative of tanh", ["derivative-of-tanh"]),
        ("since y is constant", ["constant"]),
        ("simplify", [ALGEBRA]),
        ("substitute u back", [ALGEBRA]),
        ("(linearity)", ["sum"]),
        ("by linearity of expectation", ["sum"]),
        ("pull the constant out of the sum", ["constant-out-of-total"]),
        ("product + chain rule", ["product", "chain"]),
        ("quotient rule & simplify", ["quotient", ALGEBRA]),
        ("chain rule (outer: square, inner: 2x+1)", ["chain"]),
        ("nach der Quotientenregel", ["quotient"]),
        ("règle de la chaîne", ["chain"]),
        ("d/dx sin x = cos x", ["derivative-of-sin"]),
        ("substitute (2) in (1)", [ALGEBRA]),
        ("divide both sides by 2", ["divide"]),
    ],
)
def test_claims_are_understood(words: str, rules: list[str]) -> None:
    claim = understood(words, BOOK)
    assert claim is not None and len(claim.parts) == len(rules)
    for part, rule in zip(claim.parts, rules, strict=True):
        assert rule in part


@pytest.mark.parametrize(
    "words",
    ["given", "", "obvious", "see above", "(1)", "???", "set the derivative to zero", "by (2)"],
)
def test_what_names_no_rule_claims_nothing(words: str) -> None:
    assert understood(words, BOOK) is None


def test_every_word_means_a_rule_that_there_is() -> None:
    from derivex.rulebook import shipped_words

    tables = {rule.table for rule in BOOK.rules.values()}
    for words in shipped_words():
        for name in words.rules:
            assert name in BOOK.rules or name in tables or name in (ALGEBRA, PUTTING_IN), name


def test_words_of_a_file_of_ones_own() -> None:
    words = read_rules('words "Potenzgesetz"\n    exponent\n', "my.rules").words
    book = BOOK.with_rules([], {}, "", words)
    claim = understood("nach dem Potenzgesetz", book)
    assert claim is not None and claim.parts == ({"exponent"},)
    assert understood("nach dem Potenzgesetz", BOOK) is None
