"""Marking on a Dask cluster: the same as here.  Starting one takes seconds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import derivex as library
from tests.cli.commands import derivex


@pytest.mark.unchecked
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.chdir(tmp_path)
    library.sheet("(3x^2 + 1)^4", by="x", level="hard").save_json("key.json")
    told = [
        {"student": f"{at}", "answers": {"1": f"{at} x", "3": "4(3x^2 + 1)^3 (3*2x)"}}
        for at in range(60)
    ]
    Path("class.json").write_text(json.dumps(told))
    here = derivex("mark", "key.json", "class.json", "--format", "csv", "--no-diagnosis")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address
        there = derivex(
            "mark", "key.json", "class.json", "--format", "csv", "--no-diagnosis", "--dask", address
        )
    assert there.out == here.out
    assert there.status == 0
