"""Letters that are written with the index of the sum around them: Σ_i δ_ik u_i = u_k."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import At, Binder, postorder, transform
from derivex.matching.bindings import Letters

__all__ = ["without_running_indices"]


def without_running_indices(before: Basic, letters: Letters) -> Basic:
    """A left-hand side with u for every u_i under a Σ_i of its own, which is noted in ``letters``.

    The letter u stands for any expression, in which the index may occur.
    """
    plain: dict[Basic, Basic] = {}
    for node in postorder(before):
        if not isinstance(node, Binder):
            continue
        index = node._args[1]
        for part in postorder(node._args[0]):
            if type(part) is At and part._args[1:] == (index,):
                letter = part._args[0]
                if isinstance(letter, Symbol) and letters.is_letter(letter):
                    letters.indexed[letter.name] = str(index)
                    plain[part] = letter
    if not plain:
        return before
    # What is replaced stands under the very index that it names, so nothing is captured.
    return transform(before, lambda node: plain.get(node, node))
