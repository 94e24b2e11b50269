"""The pairs of the equality benchmark: every one is judged rightly."""

from __future__ import annotations

from tests.benchmarks.equality import labelled_pairs, measured, ours


def test_every_labelled_pair_is_judged_rightly() -> None:
    pairs = list(labelled_pairs())
    assert len(pairs) >= 300
    judged = [outcome for outcome, _ in measured(ours, pairs)]
    missed = [pair.name for pair, found in zip(pairs, judged, strict=True) if found != "right"]
    assert "wrong" not in judged, missed
    assert judged.count("undecided") <= 0.02 * len(pairs), missed
