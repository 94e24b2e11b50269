r"""What the LaTeX writer writes is read back as the same expression."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.expression import (
    DOTS,
    ONE,
    TWO,
    And,
    Apply,
    At,
    Branch,
    Cases,
    Column,
    D,
    E,
    Greater,
    LeftLimit,
    Less,
    Limit,
    Matrix,
    Negative,
    Or,
    Over,
    Plus,
    Power,
    Product,
    RightLimit,
    Row,
    Substituted,
    Times,
    Total,
    free_symbols,
    function_name,
    integer,
    postorder,
    primed,
    raised_name,
    symbol,
)
from derivex.notation import LatexWriter, Scope, read_array, read_text
from derivex.notation.latex import latex_source
from derivex.rulebook import shipped_book
from tests.notation.test_writers import LATEX, NOT_READ, RUNS, SCOPE, TREES, divides_by_zero

x, y, h, n, i = map(symbol, "xyhni")


def read_back(tree: Basic, scope: Scope = SCOPE) -> Basic:
    scope = scope.declare(*(name.name for name in free_symbols(tree)))
    return read_text(latex_source(LatexWriter().write(tree)), scope).expression


@pytest.mark.parametrize("tree", [row[0] for row in LATEX], ids=[row[1] for row in LATEX])
def test_the_table_of_the_writer_is_read_back(tree: Basic) -> None:
    if any(isinstance(part, NOT_READ) or part is DOTS for part in postorder(tree)):
        pytest.skip("no expression")
    assert read_back(tree) is tree


@settings(max_examples=400, deadline=None)
@given(TREES)
def test_what_is_written_is_read_back(tree: Basic) -> None:
    assume(not divides_by_zero(tree))
    # ∂e below a bar is no derivative by a variable: e is the constant, and it has no other sign.
    assume(not any(type(part) is D and part.args[1] is E for part in postorder(tree)))
    assert read_back(tree) is tree


@settings(max_examples=300, deadline=None)
@given(RUNS)
def test_letters_side_by_side_are_read_back(tree: Basic) -> None:
    assert read_back(tree) is tree


NAMES = st.sampled_from(
    [symbol(name) for name in ("x", "y", "n", "theta", "y_1", "loss", "ŷ", "x\u0302", "Sigma_C",
                               "theta\u0303_2", "ell", "w_max", "Delta_x", "epsilon")]
)  # fmt: skip
CONDITIONS = st.one_of(
    st.tuples(st.sampled_from([Less, Greater]), NAMES, NAMES).map(lambda t: t[0](t[1], t[2])),
    NAMES.map(lambda name: And(Less(ONE, name), Less(name, TWO))),
    NAMES.map(lambda name: Or(Less(name, ONE), Greater(name, TWO))),
)


def _other(parts: st.SearchStrategy[Basic]) -> st.SearchStrategy[Basic]:
    pairs = st.tuples(parts, parts)
    return st.one_of(
        pairs.map(lambda pair: Plus(*pair)),
        pairs.map(lambda pair: Times(*pair)),
        pairs.map(lambda pair: Over(*pair)),
        parts.map(lambda part: Power(part, TWO)),
        parts.map(Negative),
        parts.map(lambda part: Apply(function_name("factorial"), part)),
        parts.map(lambda part: Apply(primed(function_name("f"), 1, 1), part)),
        parts.map(lambda part: Apply(primed(function_name("g"), 1, 1, 1, 1), part)),
        parts.map(lambda part: Product(part, i, ONE, n)),
        parts.map(lambda part: Total(part, i)),
        parts.map(lambda part: Limit(part, h, integer(0))),
        parts.map(lambda part: RightLimit(part, h, integer(0))),
        parts.map(lambda part: LeftLimit(part, h, x)),
        pairs.map(lambda pair: Substituted(pair[0], x, pair[1])),
        st.tuples(parts, CONDITIONS, parts).map(
            lambda three: Cases(Branch(three[0], three[1]), Branch(three[2]))
        ),
        st.tuples(parts, CONDITIONS, parts, CONDITIONS).map(
            lambda four: Cases(Branch(four[0], four[1]), Branch(four[2], four[3]))
        ),
        st.just(At(raised_name("x"), i)),
        st.just(At(raised_name("x"), i, symbol("j"))),
    )


@settings(max_examples=400, deadline=None)
@given(st.recursive(NAMES, _other, max_leaves=7))
def test_other_nodes_are_read_back(tree: Basic) -> None:
    assert read_back(tree, SCOPE) is tree


def test_a_primed_name_before_a_bracket_is_refused() -> None:
    primed_name = symbol("A'")
    assert read_back(Times(primed_name, x), SCOPE) is Times(primed_name, x)
    with pytest.raises(ReadError, match="A is not a function"):  # or is it the derivative there?
        read_back(Times(primed_name, Plus(x, x)), SCOPE)


@pytest.mark.parametrize(
    "text",
    [
        "X^T (X w - y)", "||X w - y||^2", "||w||_1", "w·x", "A^-1 w", "A^-T w", "w^T A w",
        "∇_w ||w||^2", "∇²_w ||w||^2", "det(A) + log(det(A))", "tr(A^T A)", "w ⊙ x", "(w ⊙ x)·w",
        "(A w)[i]", "w_i x_i", "∇_w (w·x)", "(∂(A w)/∂w)^T x", "A A A w", "2 A^T w", "-(w·x) A w",
        "softmax(w)", "softmax(w)_k", "diag(w) x",
    ],
)  # fmt: skip
def test_arrays_are_read_back(text: str) -> None:
    names = ("X: n by d", "w: d", "x: d", "y: n", "A: d by d")
    scope = SCOPE.with_arrays(*map(read_array, names))
    tree = read_text(text, scope).expression
    assert read_text(latex_source(LatexWriter().write(tree)), scope).expression is tree


@pytest.mark.parametrize(
    "tree",
    [
        Column(x, y), Matrix(Row(x, ONE), Row(Negative(y), TWO)), Column(x, Over(ONE, y), TWO),
        Matrix(Row(x, y)),
    ],
)  # fmt: skip
def test_tables_are_read_back(tree: Basic) -> None:
    assert read_back(tree) is tree


NAMED = [
    *("LambertW", "ellipticK", "ellipticE", "fresnels", "fresnelc", "digamma", "zeta", "gamma"),
    *("airyai", "airybi", "erf", "sigmoid", "sin", "atan", "Ei", "Si", "relu"),
]
TWO_ARGUMENTS = ("besselj", "polygamma", "polylog", "expint", "uppergamma", "lowergamma")


@pytest.mark.parametrize("name", [*NAMED, *TWO_ARGUMENTS])
@pytest.mark.parametrize("shape", ["f(u)", "f(u)^2", "x f(u)", "f(u + 1)", "2 f(u) + 1"])
def test_the_functions_of_the_table_are_read_back(name: str, shape: str) -> None:
    book = shipped_book().functions
    u = Plus(x, ONE) if "u + 1" in shape else x
    order = Plus(n, ONE) if "u + 1" in shape else TWO
    call = Apply(function_name(name), *([order, u] if name in TWO_ARGUMENTS else [u]))
    tree: Basic = {
        "f(u)^2": Power(call, TWO),
        "x f(u)": Times(x, call),
        "2 f(u) + 1": Plus(Times(TWO, call), ONE),
    }.get(shape, call)
    written = LatexWriter(book).write(tree)
    assert read_text(latex_source(written), Scope(functions=book)).expression is tree


@pytest.mark.parametrize(
    "latex", [r"J_i(\theta)", r"K_{i-1}(x)", r"Y_{t-1}(1 + r)", r"\psi(x)", "W(x)"]
)
def test_other_letters_with_a_subscript_are_no_functions_of_the_table(latex: str) -> None:
    found = read_text(latex_source(latex), Scope(functions=shipped_book().functions))
    names = {str(part.args[0]) for part in postorder(found.expression) if isinstance(part, Apply)}
    assert not names & {"besselj", "besselk", "bessely", "digamma", "LambertW"}


@pytest.mark.parametrize(
    "text",
    [
        "d/d",
        "d/(d a)",
        "-d/(d a)",
        "d^2/(d a^2)",
        "d^2/(d^2 a)",
        "d a/(d x)",
        "(d a + x)/(d x)",
        "d (a + x)/(d x)",
        "(d/a)/(d x)",
    ],
)
def test_a_quotient_of_products_with_a_letter_d_is_no_derivative(text: str) -> None:
    expression = read_text(text).expression
    assert read_text(LatexWriter().write(expression)).expression is expression
