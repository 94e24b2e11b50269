"""What is wrong with a rule file is told with file, line, column, a caret and the repair."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivex.errors import RuleError
from derivex.rulebook import load_rules, read_rules, shipped_book

BOOK = shipped_book()


def error_of(text: str) -> RuleError:
    with pytest.raises(RuleError) as caught:
        read_rules(text, "my.rules", BOOK.functions)
    return caught.value


def rule(formula: str, *lines: str) -> str:
    body = "".join(f"    {line}\n" for line in (formula, *lines))
    return f'rule mine  "my rule"\n{body}'


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        # what is written                                    line, column, length   what is said
        (rule("d/dx (c u) = 0", "where c is fre of x"),      (3, 11, 13), "“c is fre of x” is not a condition"),
        (rule("d/dx c = 0", "where q is free of x"),         (2, 5, 10),  "the condition “q is free of x” speaks of q, which is not on the left-hand side"),
        (rule("d/dx (c u)"),                                 (2, 15, 1),  "an equation is expected, and there is no ="),
        (rule("d/dx c == 0"),                                (2, 12, 2),  "== is not an equals sign"),
        (rule("d/dx (2 u) = c d/dx v"),                      (2, 18, 1),  "c does not occur on the left-hand side"),
        (rule("d/dx (2 u) = 2 d/dx v"),                      (2, 25, 1),  "v does not occur on the left-hand side"),
        (rule("d/dx (2 u) = f(u)"),                          (2, 18, 1),  "f does not occur on the left-hand side"),
        (rule("u = 3"),                                      (2, 5, 5),   "the left-hand side is a single letter and matches everything"),
        (rule("d/dx f(u) = 0"),                              (2, 5, 13),  "f(u) needs the condition “u depends on …”"),
        (rule("f(u) = u", "where u depends on x"),           (2, 5, 8),   "f(u) stands under a derivative by x"),
        (rule("d/dx f(u, v) = 0"),                           (2, 5, 16),  "f stands for any function, so write f(u)"),
        (rule("d/dx f(f(u)) = 0", "where u depends on x"),   (2, 5, 16),  "f stands for any function, so write f(u)"),
        (rule("d/dx f(u) = f(u, u)", "where u depends on x"), (2, 5, 19), "f has one operand on the left-hand side"),
        (rule("2 x = x", "where x is the unknown"),          (2, 5, 7),   "only a move has an unknown"),
        (rule("u + ... + v = u"),                            (2, 5, 15),  "dots on a left-hand side stand after one single letter"),
        (rule("d/dx (u + ...) = d/dx u"),                    (2, 5, 23),  "u stands for several operands on the left-hand side, so it needs dots on the right"),
        (rule("d/dx u = u + ..."),                           (2, 5, 16),  "the dots on the right stand for nothing on the left"),
        (rule("d/dx u = 0", "d/dx v = 0"),                   (3, 5, 10),  "a rule has one formula; another form of it begins with “also”"),
        (rule("d/dx x^ = 0"),                                (2, 12, 1),  "the expression ends after ^"),
        ('rule mine  "my rule"\n',                           (1, 1, 20),  "a formula is missing"),
        ("rule mine\n    d/dx x = 1\n",                      (1, 6, 4),   "a rule has a name in small letters with dashes, and a phrase in double quotes"),
        ('rule My_rule  "my"\n    d/dx x = 1\n',             (1, 6, 13),  "a rule has a name in small letters with dashes, and a phrase in double quotes"),
        ('rul mine  "my rule"\n',                            (1, 1, 3),   "“rul” does not begin a stanza"),
        ("    d/dx x = 1\n",                                 (1, 5, 10),  "an indented line before any rule"),
        ("also\n    d/dx x = 1\n",                           (1, 1, 4),   "“also” follows a rule, and there is none before it"),
        (rule("d/dx x = 1") + rule("d/dx x = 1"),            (3, 6, 15),  "a rule mine stands above already"),
        ('move mine  "mine"\n    u = v\n',                   (2, 5, 5),   "a move goes from one equation to another"),
        ('procedure mine  "mine"\n    on sums\n',            (1, 11, 4),  "there is no procedure mine"),
        ('procedure cancel  "x"\n    on fractons\n',         (2, 8, 8),   "“fractons” is no kind of expression"),
        ("function g\n    means sin\n",                      (1, 10, 1),  "a function is introduced by its name and its parameters"),
        ("function g(x)\n    means sine\n",                  (2, 11, 4),  "“sine” is not the name of an elementary function"),
        ("function g(x)\n    d/dx g(x) = 1\n",               (1, 1, 13),  "nothing says what g is"),
        ("function g(x)\n    defined as (x\n",               (2, 16, 1),  "this bracket is never closed"),
        ("function g(x)\n    means sin\n" * 2,               (3, 10, 1),  "a function g stands above already"),
    ],
)  # fmt: skip
def test_errors(text: str, place: tuple[int, int, int], message: str) -> None:
    error = error_of(text)
    assert error.place is not None
    found = error.place
    assert (found.line, found.column, found.end - found.start) == place
    assert found.name == "my.rules"
    assert error.message.startswith(message)


def test_an_error_as_it_is_shown() -> None:
    assert str(error_of(rule("d/dx (2 u) = 2 d/dx v"))) == (
        "my.rules, line 2, column 25: v does not occur on the left-hand side\n"
        "        d/dx (2 u) = 2 d/dx v\n"
        "                            ^\n"
        "    what stands on the right is made of the letters on the left"
    )


def test_tabs_are_blanks() -> None:
    source = 'rule\tmine\t"my rule"\n\td/dx\t(c u) = c\td/dx u\n\twhere\tc is free of x\n'
    (found,) = read_rules(source, "my.rules", BOOK.functions).rules
    assert (found.name, found.phrase) == ("mine", "my rule")
    assert [str(condition) for condition in found.forms[0].conditions] == ["c is free of x"]


def test_tabs_keep_the_caret_in_its_place() -> None:
    error = error_of('rule mine  "my rule"\n\td/dx (2 u)\t= v\n')
    assert error.place is not None
    _, line, caret = str(error).splitlines()[:3]
    assert line[caret.index("^")] == "v"


def test_remarks_and_empty_lines() -> None:
    source = '# mine\n\nrule mine  "my rule"  # a remark\n\n    d/dx 7 = 0  # seven\n'
    assert len(read_rules(source, "my.rules", BOOK.functions).rules) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be opened"),
        (b"rule \xff", "is not UTF-8 text"),
    ],
)
def test_unreadable_files(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "my.rules"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RuleError, match=message):
        load_rules(path, BOOK)
