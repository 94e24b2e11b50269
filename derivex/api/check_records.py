"""What is found about a document as plain data, from which every output is made."""

from __future__ import annotations

from typing import Any

from sympy.core.basic import Basic

from derivex.checking import CheckedDocument, CheckedLine
from derivex.equality import Counterexample
from derivex.expression.functions import Functions
from derivex.notation import LatexWriter, TextWriter

__all__ = ["VERSION", "document_as_dict", "line_as_dict"]

VERSION = 1


def document_as_dict(document: CheckedDocument, functions: Functions) -> dict[str, Any]:
    """One file, as it stands in the JSON of ``derivex check``.

    Args:
        document: what was found.
        functions: how LaTeX writes the functions that are known.
    """
    text, latex = TextWriter(), LatexWriter(functions)
    return {
        "name": document.name,
        "verdict": document.verdict,
        "counts": document.counts,
        "derivations": [
            {
                "verdict": derivation.verdict,
                "lines": [line_as_dict(line, text, latex) for line in derivation.lines],
            }
            for derivation in document.derivations
        ],
    }


def line_as_dict(line: CheckedLine, text: TextWriter, latex: LatexWriter) -> dict[str, Any]:
    """One line, as it stands there."""
    told: dict[str, Any] = {
        "line": line.place.line,
        "column": line.place.column,
        "text": line.text,
        "read": _read(line, text),
        "verdict": line.verdict,
        "note": line.note or None,
        "claimed": line.claimed,
        "claim": line.claim,
        "found": list(line.found),
        "counterexample": _counterexample(line.counterexample),
        "diagnosis": list(line.diagnosis),
        "expected": None if line.expected is None else text.write(line.expected),
        "latex": {
            "read": _read(line, latex),
            "expected": None if line.expected is None else latex.write(line.expected),
        },
    }
    if line.cell is not None:
        told["cell"] = line.cell
    return told


def _read(line: CheckedLine, writer: TextWriter | LatexWriter) -> str | None:
    if not line.read:
        return None
    parts = [f"{sign} {_written(tree, writer)}".strip() for sign, tree in line.read]
    return " ".join(parts)


def _written(tree: Basic, writer: TextWriter | LatexWriter) -> str:
    return writer.write(tree)


def _counterexample(found: Counterexample | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "text": str(found),
        "point": dict(found.point),
        "left": found.left,
        "right": found.right,
    }
