"""``solve``: equations, or the gradient set to zero."""

from __future__ import annotations
