"""Functions of every kind, with the chain, product and quotient rules, against mpmath.

Each row is a function as it is typed, and the same for SymPy, which only evaluates it: the
derivative that is compared with comes from mpmath's numeric differentiation.
"""

from __future__ import annotations

import mpmath
import pytest
import sympy

import derivex
from derivex.derivation import Status

ROWS = """
x^2                                   | x**2
3x^3 - 2x + 7                         | 3*x**3 - 2*x + 7
sin(x^2) e^(3x)                       | sin(x**2)*exp(3*x)
log(1 + e^(-2x))                      | log(1 + exp(-2*x))
x^x                                   | x**x
x^(x+1)                               | x**(x + 1)
(x^x)^x                               | (x**x)**x
(1 + x^2)^sin(x)                      | (1 + x**2)**sin(x)
2^(x^2) 3^x                           | 2**(x**2)*3**x
|x - 2|                               | Abs(x - 2)
x |x|                                 | x*Abs(x)
|sin(5x)|^3                           | Abs(sin(5*x))**3
log(|x - 1|)                          | log(Abs(x - 1))
max(x, 0) x^2                         | Max(x, 0)*x**2
max(sin(x), cos(x))                   | Max(sin(x), cos(x))
max(x, x^2, 1/2)                      | Max(x, x**2, Rational(1, 2))
min(x^2, e^x)                         | Min(x**2, exp(x))
relu(x^2 - 1) x                       | Max(x**2 - 1, 0)*x
sign(x) x^2                           | sign(x)*x**2
sqrt(1 + x^2)/x                       | sqrt(1 + x**2)/x
if x > 1 then x^2 else 2x - 1         | Piecewise((x**2, x > 1), (2*x - 1, True))
x (if x < 1/2 then e^x else x^3)      | x*Piecewise((exp(x), x < Rational(1, 2)), (x**3, True))
tanh(3 tanh(2x + 1) - 1)              | tanh(3*tanh(2*x + 1) - 1)
atan2(x^2, x + 1)                     | atan2(x**2, x + 1)
atan2(3, x)                           | atan2(3, x)
erf(x^2)                              | erf(x**2)
erfc(2x)/x                            | erfc(2*x)/x
gamma(x^2 + 1)                        | gamma(x**2 + 1)
x!/(2x)!                              | factorial(x)/factorial(2*x)
loggamma(x) x                         | loggamma(x)*x
digamma(3x)                           | digamma(3*x)
J_0(2x)                               | besselj(0, 2*x)
x J_1(x)                              | x*besselj(1, x)
besselj(2, x^2)                       | besselj(2, x**2)
bessely(0, x)                         | bessely(0, x)
besseli(1, 3x)                        | besseli(1, 3*x)
besselk(0, x) x^2                     | besselk(0, x)*x**2
Si(x^2)                               | Si(x**2)
Ci(x)/x                               | Ci(x)/x
Ei(2x)                                | Ei(2*x)
fresnels(x) fresnelc(x)               | fresnels(x)*fresnelc(x)
LambertW(x^2)                         | LambertW(x**2)
airyai(x)^2                           | airyai(x)**2
polylog(2, x/4)                       | polylog(2, x/4)
ellipticK(x/4)                        | elliptic_k(x/4)
log_2(x^2 + 1)                        | log(x**2 + 1)/log(2)
log10(sqrt(x))                        | log(sqrt(x))/log(10)
cbrt(x^2 + 1)                         | (x**2 + 1)**Rational(1, 3)
root(x + 2, 5)                        | (x + 2)**Rational(1, 5)
x^(2/3)                               | x**Rational(2, 3)
sec(x) tan(x)                         | sec(x)*tan(x)
csc(x/2)^2                            | csc(x/2)**2
cot(x + 1)                            | cot(x + 1)
arcsin(x/3)                           | asin(x/3)
acos(x^2/9)                           | acos(x**2/9)
arctan(1/x)                           | atan(1/x)
acot(x^2)                             | acot(x**2)
asec(x + 2)                           | asec(x + 2)
acsc(-x - 2)                          | acsc(-x - 2)
sinh(x)/cosh(2x)                      | sinh(x)/cosh(2*x)
coth(x) sech(x)                       | coth(x)*sech(x)
csch(x^2)                             | csch(x**2)
arsinh(3x)                            | asinh(3*x)
acosh(x + 2)                          | acosh(x + 2)
atanh(x/4)                            | atanh(x/4)
acoth(x + 3)                          | acoth(x + 3)
asech(x/4)                            | asech(x/4)
acsch(x^2)                            | acsch(x**2)
sigmoid(x)^2                          | 1/(1 + exp(-x))**2
σ(3x - 1) x                           | x/(1 + exp(1 - 3*x))
softplus(-x)                          | log(1 + exp(-x))
gelu(2x)                              | x*(1 + erf(sqrt(2)*x))
swish(x^2)                            | x**2/(1 + exp(-x**2))
leakyrelu(x - 1, 0.1)                 | Piecewise((x - 1, x > 1), ((x - 1)/10, True))
elu(x - 1, 2)                         | Piecewise((x - 1, x > 1), (2*exp(x - 1) - 2, True))
logsumexp(x, 2x, 1)                   | log(exp(x) + exp(2*x) + exp(1))
softmax(x, x^2, 0)                    | exp(x)/(exp(x) + exp(x**2) + 1)
crossentropy(1, sigmoid(x))           | -log(1/(1 + exp(-x)))
logisticloss(-1, x^2)                 | log(1 + exp(x**2))
hinge(1, x^2)                         | Max(0, 1 - x**2)
hypot(x, sin(x))                      | sqrt(x**2 + sin(x)**2)
logit(x/4)                            | log((x/4)/(1 - x/4))
x floor(x)                            | x*floor(x)
sinc(3x)                              | sin(3*x)/(3*x)
e^(e^x)                               | exp(exp(x))
exp(-x^2/2)/sqrt(2 pi)                | exp(-x**2/2)/sqrt(2*pi)
sin(cos(tan(x)))                      | sin(cos(tan(x)))
log(log(log(x + 16)))                 | log(log(log(x + 16)))
"""
NOT_IN_MPMATH = {"airyaiprime": lambda x: mpmath.airyai(x, derivative=1)}
POINTS = (0.3, 0.73, 1.37, 2.41)


@pytest.mark.parametrize("row", ROWS.strip().splitlines(), ids=lambda row: row.split("|  ")[0])
def test_against_mpmath(row: str) -> None:
    text, theirs = (part.strip() for part in row.rsplit(" | ", 1))
    found = derivex.diff(text, by="x")
    assert found.status is Status.FINISHED
    assert derivex.Derivative.from_json(found.to_json()) == found
    assert found.to_latex().count("{") == found.to_latex().count("}")
    x = sympy.Symbol("x")
    value = sympy.lambdify(x, sympy.sympify(theirs), "mpmath")
    ours = sympy.lambdify(x, found.result, [NOT_IN_MPMATH, "mpmath"])
    compared = 0
    with mpmath.workdps(30):
        for point in POINTS:
            expected = mpmath.diff(value, mpmath.mpf(point))
            if not (mpmath.isfinite(expected) and mpmath.im(expected) == 0):
                continue
            assert mpmath.almosteq(ours(mpmath.mpf(point)), expected, 1e-9, 1e-9)
            compared += 1
    assert compared >= 3
