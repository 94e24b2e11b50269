"""Explanations are not cut short by a busy machine."""

from __future__ import annotations

import pytest

from derivex.checking import explanations


@pytest.fixture(autouse=True)
def time_to_explain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explanations, "_SECONDS", 30.0)
    monkeypatch.setattr(explanations, "_IMPATIENT_SECONDS", 30.0)
