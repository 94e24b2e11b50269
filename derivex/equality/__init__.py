"""Are two expressions equal?  Proven, tested, wrong (with a witness) or undecided."""

from derivex.equality.judge import judge
from derivex.equality.verdict import Counterexample, Verdict

__all__ = ["Counterexample", "Verdict", "judge"]
