"""The engine: which rule where, until none is left.  It knows matching, not calculus."""

from derivex.engine.definitions import NO_DEFINITIONS, Definitions, fill_in_definitions, filled_in
from derivex.engine.differentiate import TIDYING, differentiate
from derivex.engine.evaluate import Columns, evaluate, fill_in_data, length_of
from derivex.engine.forms import Form, FormKind, bring_into_form, collect_phase, normal_phase
from derivex.engine.gradient import GradientDerivation, Layout, gradient
from derivex.engine.intermediate import differentiate_through
from derivex.engine.intermediate_names import Intermediates, read_intermediates
from derivex.engine.normalise import MAX_STEPS, Normaliser

__all__ = [
    "MAX_STEPS",
    "NO_DEFINITIONS",
    "TIDYING",
    "Columns",
    "Definitions",
    "Form",
    "FormKind",
    "GradientDerivation",
    "Intermediates",
    "Layout",
    "Normaliser",
    "bring_into_form",
    "collect_phase",
    "differentiate",
    "differentiate_through",
    "evaluate",
    "fill_in_data",
    "fill_in_definitions",
    "filled_in",
    "gradient",
    "length_of",
    "normal_phase",
    "read_intermediates",
]
