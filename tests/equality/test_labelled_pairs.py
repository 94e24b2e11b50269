"""The pairs of the equality benchmark: every one is judged rightly."""

from __future__ import annotations

from tests.benchmarks.equality import labelled_pairs, measured, ours


def test_every_labelled_pair_is_judged_rightly() -> None:
    pairs = list(labelled_pairs())
    assert len(pairs) >= 300
    outcomes, _, _, missed = measured(ours, pairs)
    assert outcomes["wrong"] == 0, missed
    assert outcomes["undecided"] <= 0.02 * len(pairs), missed
