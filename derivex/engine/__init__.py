"""The engine: which rule where, until none is left.  It knows matching, not calculus."""

from derivex.engine.differentiate import TIDYING, differentiate
from derivex.engine.evaluate import Columns, evaluate, fill_in_data, length_of, unfold
from derivex.engine.forms import Form, FormKind, bring_into_form, collect_phase, normal_phase
from derivex.engine.normalise import MAX_STEPS, Normaliser

__all__ = [
    "MAX_STEPS",
    "TIDYING",
    "Columns",
    "Form",
    "FormKind",
    "Normaliser",
    "bring_into_form",
    "collect_phase",
    "differentiate",
    "evaluate",
    "fill_in_data",
    "length_of",
    "unfold",
    "normal_phase",
]
