"""Gradient descent, with the arithmetic of every step."""

from derivex.descent.steps import DIGITS, Descent, DescentStep, descend

__all__ = ["DIGITS", "Descent", "DescentStep", "descend"]
