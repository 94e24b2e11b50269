"""One result of every kind, and some more, for the tests of what is stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import derivex

LESSONS = sorted((Path(__file__).parent.parent.parent / "worked_examples").glob("*.md"))

RESULTS: dict[str, Callable[[], Any]] = {
    "a derivative":       lambda: derivex.diff("x^2 sin x", at="x = 2"),
    "with declarations":  lambda: derivex.diff("sum_i f(a_i)", "s", let="f(t) = s t^2", data={"a": [1, 2]}),
    "with assumptions":   lambda: derivex.diff("x |x|", assume="x > 0"),
    "a second one":       lambda: derivex.diff("x^2 y^3", by=["x", "y"]),
    "in a form":          lambda: derivex.diff("(x + 1)^3", form="expanded"),
    "through":            lambda: derivex.diff("(a x + b)^2", by="x", through="auto"),
    "from the limit":     lambda: derivex.diff("x^2", from_limit=True),
    "stuck":              lambda: derivex.diff("sum(i, i = 1..x)", by="x"),
    "of entries":         lambda: derivex.diff("w_1^2 + w_2^2 + ... + w_n^2", by="w_i"),
    "a value":            lambda: derivex.evaluate("mean(a h) - pi e", data={"a": [1, 2], "h": ["0.1", 3]}),
    "a Jacobian":         lambda: derivex.jacobian("(x^2 y, 5x + sin y)", by="x,y"),
    "a Hessian":          lambda: derivex.hessian("||X theta - y||^2", "theta", let="X: n by d, theta: d, y: n"),
    "a gradient":         lambda: derivex.gradient("x^2 y", by="x,y", at="x = 1, y = 2"),
    "a column":           lambda: derivex.gradient("x^2 + |y|", layout="denominator"),
    "by a vector":        lambda: derivex.gradient("||X theta - y||^2", "theta", let="X: n by d, theta: d, y: n"),
    "by components":      lambda: derivex.gradient("||w||^2", by="w", components=True),
    "backward":           lambda: derivex.gradient("(tanh(w x + b) - t)^2", "w,b", backward=True, substitute=True),
    "backward at":        lambda: derivex.gradient("sin(w x)^2 + |w|", "w", backward=True, at="w = 0.5, x = 1"),
    "backward with data": lambda: derivex.gradient("sum_i (w a_i)^2", "w", backward=True, at="w = 2", data={"a": [1, 2]}),
    "a subdifferential":  lambda: derivex.subgradient("max(x, 0) + |x - 1|"),
    "at a kink":          lambda: derivex.subgradient("max(x, 0)", at="x = 0", convention="zero"),
    "not convex":         lambda: derivex.subgradient("-|x|"),
    "implicit":           lambda: derivex.implicit("x^2 + y^2 = 25", by=["x", "x"], at="x = 3, y = 4"),
    "of two variables":   lambda: derivex.implicit("z^3 + x z = y", of="z(x, y)", by="x"),
    "a minimum":          lambda: derivex.solve("3a^2 + b^2 - ab + a"),
    "a saddle":           lambda: derivex.solve("x^2 - y^2 + c x"),
    "a plateau":          lambda: derivex.solve("(x + y)^2"),
    "not solved":         lambda: derivex.solve("x e^x = 1"),
    "by cases":           lambda: derivex.solve("x^3 + 3x y^2 - 3x^2 - 3y^2"),
    "rounded":            lambda: derivex.solve("x^5/5 - x^2/2 - x + y^2"),
    "a curve":            lambda: derivex.solve("(x^2 + y^2 - 1)^2"),
    "a kink":             lambda: derivex.solve("sqrt(x^2 + y^2)"),
    "angles":             lambda: derivex.solve("2 sin(x)^2 = sin(x)", within="0 <= x <= 2pi"),
    "beyond the Hessian": lambda: derivex.solve("(y - x^2)(y - 3x^2)"),
    "with data":          lambda: derivex.solve("1/2 sum_i (s a_i + b - h_i)^2", "s,b", means=True, data={"a": [0, 2, 4], "h": [30, 40, 50]}),
    "an equation":        lambda: derivex.solve("2x + 3 = 7"),
    "with a condition":   lambda: derivex.solve("a x + b = c", by="x"),
    "no solution":        lambda: derivex.solve("x + 1 = x"),
    "equations":          lambda: derivex.solve("x + y + z = 6, x - y = 1, z = 2x"),
    "a descent":          lambda: derivex.descend("x^2 + x y", start="x = 1, y = 0.3", rate="1/3", steps=3),
    "nudges":             lambda: derivex.nudge("a^2", at="a = 2"),
    "rounded nudges":     lambda: derivex.nudge("sin a", at="a = 1", by="0.01"),
    "a tangent":          lambda: derivex.tangent("x^2 + c x", "x", at="x = 2, c = 1"),
    "along a direction":  lambda: derivex.directional("x^2 + y^2", along="3, 4", at="x = 1, y = 2"),
    "along, by limit":    lambda: derivex.directional("x^2 y", along="3, 4", unit=True, from_limit=True),
    "a true claim":       lambda: derivex.differentiability("x^2 + y^2", gradient="2x, 2y"),
    "a false claim":      lambda: derivex.differentiability("x^2 + y^2", gradient="2x, 3y", at="x = 1, y = 1"),
    "worked statements":  lambda: derivex.Lesson()("let f(x) = x^2\ndifferentiate f(x) by x\nexpect result = 2x"),
    "a declaration":      lambda: derivex.Lesson()("let f(x) = x^2"),
    **{path.name: lambda path=path: derivex.run(path) for path in LESSONS},
}  # fmt: skip
