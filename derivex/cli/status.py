"""Exit statuses."""

GOOD, WRONG, USAGE, UNDECIDED = range(4)
"""All good; something is wrong; unusable input; undecided and nothing wrong."""
