"""The entry point: arguments in, exit status out, and no traceback for a user."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import re
import sys

from derivex.cli.status import GOOD, USAGE
from derivex.cli.streams import complain, replace_closed_streams
from derivex.errors import DerivexError

__all__ = ["main", "process"]

_EXPRESSION = re.compile(r"-[^-]")
_SHORT_OPTIONS = {"-o", "-h", "-j"}


def process() -> None:
    """The command line as a process of its own: ``main``, and a quick end."""
    status: list[int] = []
    # What is registered first is called last: after the threads, the pools and the temporary
    # files of all that is imported later have been seen to.
    atexit.register(_leave, status)
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, int):
            status.append(end.code)
        raise


def main(arguments: list[str] | None = None) -> None:
    """Run the command line, that of the process unless arguments are given; raises SystemExit.

    An expression may begin with a minus sign: an argument that is no option is one.
    """
    # The process is short: looking for cyclic garbage all the time while SymPy is imported
    # costs a tenth of the start and frees nothing.
    gc.set_threshold(200_000)
    arguments = sys.argv[1:] if arguments is None else arguments
    prepared = [
        f" {argument}"
        if _EXPRESSION.match(argument) and argument not in _SHORT_OPTIONS
        else argument
        for argument in arguments
    ]
    sys.exit(_run(prepared))


def _leave(status: list[int]) -> None:
    """End the process without taking SymPy's modules and caches apart, a quarter of its import.

    Where what was written cannot be handed on, or the command did not end, Python ends as ever.
    """
    with contextlib.suppress(AttributeError, OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
        if status:
            os._exit(status[0])


def _run(arguments: list[str]) -> int:
    replace_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets a question mark, not an error.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        _refuse_bytes(arguments)
        from derivex.cli.app import program

        app = program(arguments[0] if arguments else None)
        outcome = app(args=arguments, prog_name="derivex", standalone_mode=False)
        sys.stdout.flush()
        return outcome if isinstance(outcome, int) else GOOD
    except DerivexError as error:
        return _complain(str(error))
    except (BrokenPipeError, SystemExit):
        # The reader went away, as `head` does: nothing is wrong, and nothing more can be said.
        # (The only way in which the command line itself ends the process is this one.)
        _drop_what_is_left()
        return GOOD
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except (RecursionError, MemoryError):
        return _complain("the expression is too large for this command")
    except OSError as error:
        # Files are seen to where they are read and written: what is left are the streams.
        where = error.filename or "standard output"
        if not error.filename:
            _drop_what_is_left()
        return _complain(f"{where} cannot be written: {error.strerror or error}")
    except Exception as error:
        return _other(error)


def _drop_what_is_left() -> None:
    """Let what waits to be written to standard output go nowhere: it could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _other(error: Exception) -> int:
    """Usage errors of the command line, and errors that should not happen.

    typer brings its own copy of click in some versions and uses the installed one in others,
    so its exceptions are told by what they can do.
    """
    show = getattr(error, "show", None)
    if callable(show):
        show()
        if "unexpected extra argument" in str(error):
            hint = 'Put a formula with spaces in quotes: derivex diff "x^2 + y" --by x'
            complain(hint)
        return USAGE
    status = getattr(error, "exit_code", None)
    if isinstance(status, int):
        return status
    return _complain(
        f"this should not have happened: {type(error).__name__}: {error}\n"
        "    Please report it together with the command."
    )


def _complain(message: str) -> int:
    complain(f"derivex: {message}")
    return USAGE


def _refuse_bytes(arguments: list[str]) -> None:
    """Refuse arguments that are no text: Python marks bytes that are not UTF-8."""
    from derivex.errors import ReadError

    for argument in arguments:
        for position, character in enumerate(argument):
            if "\udc80" <= character <= "\udcff":
                raise ReadError(
                    f"the argument is not UTF-8 text: byte {ord(character) - 0xDC00:#04x} "
                    f"at character {position + 1}"
                )
