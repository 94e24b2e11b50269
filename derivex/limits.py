"""How large an input may be.  The library's own trees may be far larger than what is read."""

MAX_CHARACTERS = 100_000
"""Characters in one formula, rule file or lesson."""

MAX_DEPTH = 500
"""Brackets inside brackets in one formula."""

MAX_DIGITS = 1_000
"""Digits in one number that is read."""

MAX_BITS = 20_000
"""Bits in a number that arithmetic may make; a larger power stays as it is written."""
