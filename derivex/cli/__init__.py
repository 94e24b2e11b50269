"""The commands.  Importing this package is quick: what a command needs is imported by it."""

from derivex.cli.main import main, process

__all__ = ["main", "process"]
