"""Many variants: as many as are wanted, no two alike, the same whoever makes them."""

from __future__ import annotations

import csv
from itertools import islice
from pathlib import Path

import pytest

import derivex
from derivex.api.sheets import asked_of
from derivex.api.variants import SheetMaker, variants
from derivex.errors import BlankError
from derivex.notation import TextWriter
from derivex.rendering.sheet_formats import sheet_format_named
from tests.cli.commands import derivex as run

LESSON = """# Parabolas

```derivex
choose k, m from 2..9 where k != m
differentiate (k x + m)^2 by x
blank result
```
"""
FEW = "```derivex\nchoose k from 2..5 where k != 4\nevaluate k + 1\n```\n"


def as_text(made: derivex.ExerciseSheet) -> tuple[bytes, ...]:
    return made.to_text().encode(), made.key().to_text().encode()


def maker(source: str, name: str = "lesson.md", seed: int = 0, **options) -> SheetMaker:
    return SheetMaker(
        source,
        name,
        asked_of((), None, "middle", seed),
        False,
        None,
        tuple(options.items()),
        as_text,
    )


def test_no_two_variants_are_alike() -> None:
    made = list(variants(maker(LESSON), 40))
    assert len(made) == 40
    assert len({each.fingerprint for each in made}) == len({each.files[0] for each in made}) == 40
    chosen = [dict(each.parameters) for each in made]
    assert all(each["k"] != each["m"] for each in chosen)


def test_several_processes_make_the_same_as_one() -> None:
    assert list(variants(maker(LESSON), 12, jobs=2)) == list(variants(maker(LESSON), 12, jobs=1))


def test_a_variant_is_made_again_by_its_seed() -> None:
    for each in variants(maker(LESSON), 6):
        assert derivex.sheet(LESSON, seed=each.seed).to_text().encode() == each.files[0]
        values = derivex.run(LESSON, seed=each.seed).outcomes[0].results[0].values
        assert [(name.name, str(value)) for name, value in values] == list(each.parameters)


def test_sheets_that_differ_in_their_numbers_only_by_name_are_alike() -> None:
    # k + m is the same whichever way round the two are chosen: six different sums.
    source = (
        "```derivex\nchoose k, m from 1..3 where k != m\nevaluate k m x + k + m at x = 7\n```\n"
    )
    assert len(list(variants(maker(source), 6))) == 6
    source = source.replace("k m x + k + m at x = 7", "10^k x + 10^k at x = 7")
    assert len(list(variants(maker(source), 6))) < 6


def test_there_may_be_fewer_than_are_wanted() -> None:
    assert len(list(variants(maker(FEW), 10))) == 3


def test_variants_of_an_expression_differ_in_their_blanks() -> None:
    made = list(variants(maker("x^2 sin(3x) + e^x", "", by="x"), 8))
    assert len({each.files[0] for each in made}) == 8
    assert len({each.files[1].split(b"(1)")[0] for each in made}) == 1  # one derivation


def test_a_blank_that_does_not_do_for_all_values_only_loses_those(tmp_path: Path) -> None:
    # With k = 2 the result 2x + 2 has "2" in the start, and so has not been left out.
    source = "```derivex\nchoose k from 2..9\ndifferentiate x^2 + 5x by x\nevaluate k + 2\nblank result\n```\n"
    made = list(islice(variants(maker(source), 8), 7))
    assert len(made) == 7
    with pytest.raises(BlankError, match="it stands elsewhere on the sheet: in line"):
        list(variants(maker(source), 8))


def test_the_command_says_which_blank_cannot_be_left_out(tmp_path: Path) -> None:
    told = "It is done using the chain rule."
    source = f"{told}\n\n{LESSON.replace('blank result', 'blank rule of line 2')}"
    (tmp_path / "lesson.md").write_text(source, encoding="utf-8")
    ended = run("sheet", str(tmp_path / "lesson.md"), "--variants", "3", "-o", str(tmp_path / "v"))
    assert ended.status == 2
    assert "its name stands in the text of the sheet: in “It is done" in ended.err
    assert "blank rule of line 2" in ended.err


def test_the_command_writes_sheets_keys_and_the_list(tmp_path: Path) -> None:
    (tmp_path / "lesson.md").write_text(LESSON, encoding="utf-8")
    folder = tmp_path / "sheets"
    ended = run(
        "sheet", str(tmp_path / "lesson.md"), "--variants", "10", "-o", str(folder), "--jobs", "2"
    )
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 21
    assert names[:2] == ["sheet-01-key.txt", "sheet-01.txt"] and names[-1] == "variants.csv"
    rows = list(csv.DictReader((folder / "variants.csv").read_text("utf-8").splitlines()))
    assert [row["variant"] for row in rows] == [str(number) for number in range(1, 11)]
    assert len({(row["k"], row["m"]) for row in rows}) == 10
    third = rows[2]
    assert f"({third['k']}x + {third['m']})²" in (folder / "sheet-03.txt").read_text("utf-8")


def test_the_command_says_how_many_there_are(tmp_path: Path) -> None:
    (tmp_path / "few.md").write_text(FEW, encoding="utf-8")
    ended = run("sheet", str(tmp_path / "few.md"), "--variants", "9", "-o", str(tmp_path / "out"))
    assert ended.status == 1
    assert "9 variants were wanted, and 3 were made" in ended.err
    assert len(list((tmp_path / "out").glob("sheet-?.txt"))) == 3


def test_variants_go_into_a_folder() -> None:
    ended = run("sheet", "x^2 sin x", "--variants", "2")
    assert ended.status == 2
    assert "-o variants/" in ended.err


@pytest.mark.parametrize("format", ["latex", "markdown", "json"])
def test_variants_in_other_formats(format: str, tmp_path: Path) -> None:
    ended = run(
        "sheet", "x^2 sin x", "--variants", "2", "--format", format, "-o", str(tmp_path / "v")
    )
    assert ended.status == 0, ended.err
    suffix = {"latex": ".tex", "markdown": ".md", "json": ".json"}[format]
    names = {path.name for path in (tmp_path / "v").iterdir()}
    assert f"sheet-1{suffix}" in names
    assert (f"sheet-1-key{suffix}" in names) is (format != "json")


def test_the_prose_has_the_chosen_numbers() -> None:
    lesson = (
        "# Powers\n\n```derivex\nchoose k from 3..9\ndifferentiate x^k\n```\n\n"
        "Now {k} of {these}: $x^{k}$, but `{k}`.\n"
    )
    for seed in (0, 1, 2):
        made = derivex.sheet(lesson, seed=seed)
        ((_, chosen),) = made.sheet.parameters
        told = made.sheet.items[-1].markdown
        assert told == f"Now {chosen} of {{these}}: $x^{{{chosen}}}$, but `{{k}}`."
        assert f"Now {chosen} of" in made.to_text()


def test_functions_of_a_rule_file_go_with_the_sheet(tmp_path: Path) -> None:
    rules = tmp_path / "my.rules"
    rules.write_text(
        "function wobble(x)\n    defined as x + sin(x)\n    d/dx wobble(x) = 1 + cos(x)\n",
        encoding="utf-8",
    )
    made = derivex.sheet("x wobble(x)", by="x", blank="lines", rules=rules)
    again = derivex.load(made.to_json())
    key = {blank.number: TextWriter().write(blank.answer) for blank in again.blanks}
    assert any("wobble" in answer for answer in key.values())
    marked = derivex.mark(again, key).students[0].blanks
    assert {blank.verdict for blank in marked} == {"right"}
    for name in ("html", "latex", "markdown", "stack"):
        assert "wobble" in str(sheet_format_named(name).write(again.sheet, True))
