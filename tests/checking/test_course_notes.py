"""Pages as they stand in course notes: the lines in which a slip was made, and no others, are wrong.

Each page is a file in ``course_notes/``; a page without slips has no line that is called wrong.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import derivex

NOTES = Path(__file__).parent / "course_notes"

SLIPS = {
    "arc.tex": 4,
    "backprop.tex": 17,
    "cone.tex": 5,
    "crossent.md": 7,
    "crossentropy.md": 15,
    "em.md": 17,
    "gauss_map.tex": 6,
    "implicit2.tex": 4,
    "inverse_trig.tex": 6,
    "jacobian.tex": 5,
    "kernel_ridge.tex": 9,
    "logdiff.tex": 8,
    "maclaurin.tex": 4,
    "mle_bernoulli.tex": 6,
    "momentum.md": 7,
    "normal_eq.tex": 13,
    "notebook.ipynb": 4,
    "optimisation.md": 12,
    "pca.tex": 4,
    "product.txt": 3,
    "product_quotient.tex": 11,
    "ridge.tex": 12,
    "softmax.md": 17,
    "weighted_ls.tex": 8,
}
"""The line of the slip, of those pages that have one; of a notebook, the line of its cell."""


@pytest.mark.parametrize("name", sorted(path.name for path in NOTES.iterdir()))
def test_only_the_slip_is_wrong(name: str) -> None:
    lines = derivex.check(NOTES / name).lines
    wrong = [line.place.line for line in lines if line.verdict == "wrong"]
    assert wrong == ([SLIPS[name]] if name in SLIPS else []), [
        (line.place.line, line.text, line.verdict, line.note) for line in lines
    ]


def test_every_slip_has_its_page() -> None:
    assert SLIPS.keys() <= {path.name for path in NOTES.iterdir()}
