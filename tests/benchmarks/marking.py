"""How fast sheets are marked, and how that grows with workers.

``python -m tests.benchmarks.marking 10000`` marks so many sheets here, by two processes, and on a
Dask cluster of two local workers, and compares what they find.  With ``--different`` no two
students write the same.  Times are of the clock, so the machine should have nothing else to do;
of processes the processor's time is told as well.
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Iterator
from random import Random
from time import perf_counter, process_time

import derivex
from derivex.cli.batch import worked
from derivex.cli.mark import TOGETHER, TOGETHER_FAR, Marking
from derivex.cli.workers import Cluster, Processes, Workers
from derivex.marking import DEFAULT_SCHEME, Answers
from derivex.notation import TextWriter
from tests.marking.rewriting import equivalents

__all__ = ["main", "students"]

_EXPRESSION = "(3x^2 + 1)^4 sin(x)"


def students(count: int, different: bool) -> tuple[str, Iterator[Answers]]:
    """The key, and the answers of so many students: right, written otherwise, wrong, none."""
    sheet = derivex.sheet(_EXPRESSION, by="x", level="hard", blanks=6)
    write = TextWriter().write
    pools: dict[int, list[str]] = {}
    for blank in sheet.blanks:
        assert blank.answer is not None
        right = write(blank.answer)
        again = [write(each) for each in equivalents(blank.answer, Random(1), 5)]
        pools[blank.number] = [right, right, *again, f"2 ({right})", "4(3x^2 + 1)^3", ""]

    def answers() -> Iterator[Answers]:
        random = Random(0)
        for number in range(count):
            found = {blank: random.choice(pool) for blank, pool in pools.items()}
            if different:
                found = {at: f"{each} + {number} - {number}" for at, each in found.items() if each}
            yield Answers(f"student {number}", found)

    return sheet.to_json(), answers()


def measured(
    name: str, count: int, arguments: argparse.Namespace, workers: Workers | None
) -> list[float]:
    """Mark them all; the points of each, for comparing."""
    key, answers = students(count, arguments.different)
    marking = Marking((("key", key),), None, DEFAULT_SCHEME, arguments.diagnosis)
    begun, here, there = perf_counter(), process_time(), _of_children()
    together = TOGETHER_FAR if isinstance(workers, Cluster) else TOGETHER
    records = worked(answers, marking, workers, together=together)
    points = [next(records)["points"]]
    ready = perf_counter() - begun
    points += [record["points"] for record in records]
    took, here, there = perf_counter() - begun, process_time() - here, _of_children() - there
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name:18}{count:7} sheets {took:7.1f} s {count / took:7.0f} a second"
        f"   first after {ready:4.1f} s, then {count / (took - ready):7.0f} a second"
        f"   processor: here {here:.1f} s, processes {there:.1f} s; {peak} MB",
        flush=True,
    )
    return points


def _of_children() -> float:
    """The processor's time of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--different", action="store_true")
    parser.add_argument("--diagnosis", action="store_true")
    parser.add_argument("--dask", action="store_true", help="with a local cluster of two workers")
    arguments = parser.parse_args()
    count = arguments.count
    here = measured("one process, here", count, arguments, None)
    print("one worker and two:")
    for number in (1, 2):
        there = measured(f"processes: {number}", count, arguments, Processes(number))
        assert there == here
    if arguments.dask:
        from distributed import LocalCluster

        for number in (1, 2):
            with LocalCluster(
                n_workers=number, threads_per_worker=1, dashboard_address=None
            ) as local:
                cluster = Cluster(local.scheduler_address)
                there = measured(f"Dask workers: {number}", count, arguments, cluster)
                cluster.close()
                assert there == here
    print("all of them found the same")


if __name__ == "__main__":
    main()
