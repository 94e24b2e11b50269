"""``python -m derivex``."""

from derivex.cli import process

process()
