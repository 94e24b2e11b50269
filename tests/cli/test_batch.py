"""Many jobs at a time: in order, in bounded memory, none stopping the others, and going on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from derivex.cli.batch import worked
from derivex.cli.workers import Processes, Record


@dataclass
class Squares:
    """Squares numbers; the number 13 ends its process."""

    done: list[int] = field(default_factory=list)

    def key(self, job: int) -> str:
        return f"{job}"

    def do(self, job: int) -> Record:
        if job == 13:
            os._exit(1)
        self.done.append(job)
        return {"square": job * job}

    def failed(self, job: int, why: str) -> Record:
        return {"error": f"{job}: {why}"}


@pytest.mark.parametrize("together", [1, 3])
def test_several_workers_find_the_same_in_the_same_order(together: int) -> None:
    wanted = [{"square": number * number} for number in range(40) if number != 13]
    numbers = [number for number in range(40) if number != 13]
    assert list(worked(numbers, Squares())) == wanted
    assert list(worked(numbers, Squares(), Processes(2), together=together)) == wanted


def test_a_process_that_dies_takes_nothing_else_along() -> None:
    found = list(worked(range(11, 16), Squares(), Processes(2), together=2))
    assert found == [
        {"square": 121},
        {"square": 144},
        {"error": "13: its process was ended"},
        {"square": 196},
        {"square": 225},
    ]


def test_jobs_are_taken_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield 2

    for workers, most in ((None, 1), (Processes(2), 100)):
        taken = 0
        results = worked(endless(), Squares(), workers)
        assert next(results) == {"square": 4}
        results.close()
        assert taken <= most


def test_an_interrupted_run_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal = tmp_path / "journal"
    first = worked([1, 2, 3], Squares(), journal=journal)
    assert [next(first), next(first)] == [{"square": 1}, {"square": 4}]
    first.close()
    assert "the same command with --resume goes on" in capsys.readouterr().err
    journal.write_bytes(journal.read_bytes() + b'["3", {"squ')  # the power failed here
    again = Squares()
    assert list(worked([1, 2, 3], again, journal=journal, resume=True)) == [
        {"square": 1},
        {"square": 4},
        {"square": 9},
    ]
    assert again.done == [3]
    assert not journal.exists()


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    found = worked([13, 2], Squares(), Processes(2), journal=journal)
    assert next(found)["error"]
    assert next(found) == {"square": 4}
    found.close()
    assert journal.read_text() == '["2", {"square": 4}]\n'
