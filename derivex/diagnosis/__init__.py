"""Which rule, or which mistake, leads from one line to the next."""

from derivex.diagnosis.claims import ALGEBRA, Claim, understood
from derivex.diagnosis.diagnosis import Diagnosis, diagnose, expected, explain
from derivex.diagnosis.justification import Justification, JustificationKind, justify

__all__ = [
    "ALGEBRA",
    "Claim",
    "Diagnosis",
    "Justification",
    "JustificationKind",
    "diagnose",
    "expected",
    "explain",
    "justify",
    "understood",
]
