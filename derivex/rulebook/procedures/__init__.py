"""Named algorithms that rule files refer to; each is recorded under its rule's name.

A procedure looks at one node, whose operands are done already, and gives the changed node,
or None where there is nothing to change.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy.core.basic import Basic

from derivex.expression import (
    Apply,
    At,
    Cases,
    Column,
    D,
    Equation,
    Hull,
    Interval,
    Matrix,
    Mean,
    Named,
    Negative,
    Node,
    Over,
    Plus,
    Power,
    Row,
    Singleton,
    Substituted,
    Times,
    Total,
    put_in,
)
from derivex.expression.array_nodes import (
    Dot,
    Entrywise,
    Hadamard,
    Hessian,
    Inverse,
    Jacobian,
    MatrixProduct,
    Nabla,
    Norm,
    Transpose,
)
from derivex.expression.literals import LITERAL_TYPES
from derivex.rulebook.procedures.angles import angle_on_circle, inverse_on_interval, one_sine
from derivex.rulebook.procedures.arithmetic import (
    add_numbers,
    coefficients_first,
    multiply_numbers,
    number_power,
    reduce,
    signs_first,
)
from derivex.rulebook.procedures.array_equations import (
    divide_by_number,
    factor_out_vector,
    multiply_by_inverse,
    terms_without_vector,
)
from derivex.rulebook.procedures.arrays import (
    array_zeros,
    entry_by_entry,
    identity_factors,
    inverses,
    scalars_in_front,
    transpose_of_sum,
    transposes,
)
from derivex.rulebook.procedures.brackets import number_into_bracket, open_brackets
from derivex.rulebook.procedures.cases import choose_case, equal_cases
from derivex.rulebook.procedures.collecting import (
    cancel,
    cancel_common_factor,
    collect,
    common_factor,
    like_factors,
    like_terms,
)
from derivex.rulebook.procedures.common_number import cancel_common_number
from derivex.rulebook.procedures.components import (
    dot_by_components,
    entries_as_vector,
    entry_by_components,
    norm_by_components,
    product_by_components,
)
from derivex.rulebook.procedures.conditions import order_cases, solve_conditions
from derivex.rulebook.procedures.deltas import delta_in_front
from derivex.rulebook.procedures.denominators import (
    add_fractions,
    clear_fraction_above,
    clear_fractions,
    clear_numbers_below,
    common_denominator,
)
from derivex.rulebook.procedures.difference_quotients import (
    add_and_subtract,
    cancel_increment,
    common_denominator_above,
    common_factor_of_difference,
    difference_by_terms,
    expand_arguments,
    expand_numerator,
    free_factors,
    increment_as_factor,
    one_plus_rest,
    split_off_increment,
)
from derivex.rulebook.procedures.entries import (
    derivative_of_vector,
    determinant_of_entries,
    dot_product_of_entries,
    entry_of_units,
    gradient_by_entries,
    hessian_by_entries,
    jacobian_by_entries,
    norm_of_entries,
    partial_as_entry,
    product_of_entries,
    transpose_of_entries,
)
from derivex.rulebook.procedures.equations import (
    cube_root_of_number,
    new_letter,
    no_real_root,
    part_alone,
    quadratic_formula,
    zero_product,
)
from derivex.rulebook.procedures.expanding import multinomial, power_as_product
from derivex.rulebook.procedures.exponentials import (
    exponentials_as_powers,
    one_logarithm,
    power_of_base,
    quotient_of_logarithms,
)
from derivex.rulebook.procedures.intermediate import (
    chain_of_several_variables,
    chain_through,
    definition_of_intermediate,
    factors_as_written,
    name_intermediates,
    substitute_back,
    terms_with_variable,
)
from derivex.rulebook.procedures.kinds import POSSIBLE
from derivex.rulebook.procedures.means import totals_as_means
from derivex.rulebook.procedures.number_functions import function_of_numbers
from derivex.rulebook.procedures.ordering import positive_terms_first
from derivex.rulebook.procedures.polynomial_factors import factor_polynomial
from derivex.rulebook.procedures.polynomials import cancel_polynomials
from derivex.rulebook.procedures.real_roots import real_roots
from derivex.rulebook.procedures.roots import (
    cancel_root,
    number_root,
    square_over_absolute_value,
    squares_out_of_root,
)
from derivex.rulebook.procedures.sets import (
    add_sets,
    convex_hull,
    in_each_case,
    scale_set,
)
from derivex.rulebook.procedures.sides import (
    absolute_value_in_case,
    angles_in_letters,
    branch_in_case,
    logarithm_of_both,
)
from derivex.rulebook.procedures.sums_of_angles import squares_of_both, sum_as_product
from derivex.rulebook.procedures.vectors import add_vectors, negate_vector, scale_vector

__all__ = ["BY_FACTS", "HEADS", "MOVES", "OPERANDS", "POSSIBLE", "PROCEDURES"]

PROCEDURES: dict[str, Callable[..., Basic | None]] = {
    "add-numbers": add_numbers,
    "multiply-numbers": multiply_numbers,
    "signs-first": signs_first,
    "coefficients-first": coefficients_first,
    "reduce": reduce,
    "number-power": number_power,
    "number-root": number_root,
    "function-of-numbers": function_of_numbers,
    "squares-out-of-root": squares_out_of_root,
    "cancel-root": cancel_root,
    "square-over-absolute-value": square_over_absolute_value,
    "like-terms": like_terms,
    "like-factors": like_factors,
    "cancel": cancel,
    "cancel-common-factor": cancel_common_factor,
    "open-brackets": open_brackets,
    "number-into-bracket": number_into_bracket,
    "minus-into-bracket": number_into_bracket,
    "common-factor": common_factor,
    "delta-in-front": delta_in_front,
    "collect": collect,
    "multinomial-theorem": multinomial,
    "power-as-product": power_as_product,
    "definition-of-the-mean": totals_as_means,
    "put-in": put_in,
    "positive-terms-first": positive_terms_first,
    "clear-fractions": clear_fractions,
    "clear-fraction-above": clear_fraction_above,
    "clear-numbers-below": clear_numbers_below,
    "add-fractions": add_fractions,
    "common-denominator": common_denominator,
    "cancel-polynomials": cancel_polynomials,
    "cancel-common-number": cancel_common_number,
    "array-zeros": array_zeros,
    "identity-factors": identity_factors,
    "scalars-in-front": scalars_in_front,
    "transposes": transposes,
    "inverses": inverses,
    "transpose-of-sum": transpose_of_sum,
    "entry-by-entry": entry_by_entry,
    "norm-by-components": norm_by_components,
    "dot-by-components": dot_by_components,
    "product-by-components": product_by_components,
    "entry-by-components": entry_by_components,
    "entries-as-vector": entries_as_vector,
    "partial-as-entry": partial_as_entry,
    "entry-of-units": entry_of_units,
    "gradient-by-entries": gradient_by_entries,
    "hessian-by-entries": hessian_by_entries,
    "jacobian-by-entries": jacobian_by_entries,
    "derivative-of-vector": derivative_of_vector,
    "dot-product-of-entries": dot_product_of_entries,
    "norm-of-entries": norm_of_entries,
    "product-of-entries": product_of_entries,
    "transpose-of-entries": transpose_of_entries,
    "determinant-of-entries": determinant_of_entries,
    "add-vectors": add_vectors,
    "scale-vector": scale_vector,
    "negate-vector": negate_vector,
    "choose-case": choose_case,
    "equal-cases": equal_cases,
    "name-intermediates": name_intermediates,
    "chain-through": chain_through,
    "chain-several-variables": chain_of_several_variables,
    "fill-in-intermediates": definition_of_intermediate,
    "substitute-back": substitute_back,
    "terms-with-variable": terms_with_variable,
    "factors-as-written": factors_as_written,
    "add-and-subtract": add_and_subtract,
    "split-off-increment": split_off_increment,
    "difference-by-terms": difference_by_terms,
    "factor-of-difference": common_factor_of_difference,
    "expand-arguments": expand_arguments,
    "denominator-above": common_denominator_above,
    "expand-numerator": expand_numerator,
    "increment-as-factor": increment_as_factor,
    "cancel-increment": cancel_increment,
    "free-factors": free_factors,
    "one-plus-rest": one_plus_rest,
    "scale-set": scale_set,
    "add-sets": add_sets,
    "convex-hull": convex_hull,
    "in-each-case": in_each_case,
    "solve-conditions": solve_conditions,
    "order-cases": order_cases,
    "zero-product": zero_product,
    "terms-without-vector": terms_without_vector,
    "divide-by-number": divide_by_number,
    "factor-out-vector": factor_out_vector,
    "multiply-by-inverse": multiply_by_inverse,
    "quadratic-formula": quadratic_formula,
    "new-letter": new_letter,
    "no-real-root": no_real_root,
    "part-alone": part_alone,
    "real-roots": real_roots,
    "inverse-on-interval": inverse_on_interval,
    "angle-on-circle": angle_on_circle,
    "cube-root-of-number": cube_root_of_number,
    "factor-polynomial": factor_polynomial,
    "exponentials-as-powers": exponentials_as_powers,
    "power-of-base": power_of_base,
    "logarithms-of-one-base": quotient_of_logarithms,
    "one-logarithm": one_logarithm,
    "one-sine": one_sine,
    "sum-as-product": sum_as_product,
    "squares-of-both": squares_of_both,
    "logarithm-of-both": logarithm_of_both,
    "angles-in-letters": angles_in_letters,
    "absolute-value-in-case": absolute_value_in_case,
    "branch-in-case": branch_in_case,
}

MOVES = frozenset(
    (
        *("zero-product", "quadratic-formula", "no-real-root", "real-roots"),
        *("new-letter", "part-alone", "inverse-on-interval", "angles-in-letters"),
        *("logarithm-of-both", "absolute-value-in-case", "branch-in-case"),
        *("terms-without-vector", "divide-by-number"),
        *("factor-out-vector", "multiply-by-inverse"),
    )
)
"""Procedures that lead from an equation to others with the same solutions."""

BY_FACTS = frozenset({"choose-case"})
"""Procedures that make use of what is known of signs, which is handed to them."""

HEADS: dict[str, type] = {
    "sums": Plus,
    "products": Times,
    "fractions": Over,
    "powers": Power,
    "calls": Apply,
    "negatives": Negative,
    "totals": Total,
    "means": Mean,
    "substitutions": Substituted,
    "equations": Equation,
    "matrix-products": MatrixProduct,
    "transposes": Transpose,
    "inverses": Inverse,
    "dot-products": Dot,
    "functions": Apply,
    "entries": At,
    "norms": Norm,
    "gradients": Nabla,
    "jacobians": Jacobian,
    "hessians": Hessian,
    "entrywise-products": Hadamard,
    "entrywise-functions": Entrywise,
    "cases": Cases,
    "derivatives": D,
    "names": Named,
    "formulas": Node,
    "hulls": Hull,
}

OPERANDS: dict[str, frozenset[type]] = {
    "numbers": LITERAL_TYPES | {Over},
    "negatives": frozenset({Negative}),
    "norms": frozenset({Norm}),
    "tables": frozenset({Row, Column, Matrix}),
    "sums": frozenset({Plus}),
    "sets": frozenset({Singleton, Interval, Hull}),
    "cases": frozenset({Cases}),
}
"""What the operands of a node may be, as rule files say it: on products with numbers."""
