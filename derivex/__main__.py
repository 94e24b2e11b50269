"""``python -m derivex``."""

from derivex.cli import main

main()
