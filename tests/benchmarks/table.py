"""Prints what derivex costs: run ``python -m tests.benchmarks.table`` in the source tree."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sympy.core.basic import Basic

from derivex.derivation import Derivation, Detail
from derivex.engine import differentiate
from derivex.notation.latex_writer import LatexWriter
from derivex.notation.text_writer import TextWriter
from derivex.rendering import inline_lines, show_lines
from derivex.rulebook import RuleBook, shipped_book
from tests.benchmarks.backward import compare_backward
from tests.benchmarks.descending import LOSSES, compare_descent
from tests.benchmarks.expressions import COMPARED, written_nest, written_polynomial
from tests.benchmarks.measuring import compare, process_time, seconds
from tests.benchmarks.solving import linear_table, stationary_table

__all__ = ["main"]


def against_sympy(book: RuleBook) -> None:
    """A derivation with every step recorded, against the bare result."""
    print("A derivation with every step recorded, against a bare sympy.diff (milliseconds)\n")
    print(
        f"{'expression':30}{'sympy.diff':>11}{'derivex':>9}{'of it lift':>12}"
        f"{'lowering':>10}{'steps':>7}{'ratio':>8}"
    )
    for name, make in COMPARED.items():
        found = compare(make, book)
        print(
            f"{name:30}{found.sympy * 1e3:11.2f}{(found.lifting + found.deriving) * 1e3:9.3f}"
            f"{found.lifting * 1e3:12.3f}{found.lowering * 1e3:10.2f}{found.steps:7}"
            f"{found.ratio:8.1f}",
            flush=True,
        )


def growth(book: RuleBook) -> None:
    """Ten times the size; SymPy takes minutes here, or fails."""
    print("\nGrowth, from a written tree (milliseconds)\n")
    print(f"{'expression':30}{'size':>8}{'derivex':>11}{'growth':>9}{'replay':>11}{'growth':>9}")
    makers: dict[str, tuple[Callable[[int], tuple[Basic, Basic]], tuple[int, ...]]] = {
        "polynomial, terms": (written_polynomial, (100, 1000, 10_000)),
        "sin, depth": (written_nest, (100, 1000, 10_000, 100_000)),
    }
    for name, (make, sizes) in makers.items():
        before: tuple[float, ...] = ()
        for size in sizes:
            expression, variable = make(size)
            took = (
                seconds(partial(differentiate, expression, [variable], book)),
                seconds(differentiate(expression, [variable], book).replay),
            )
            grown = [now / then for now, then in zip(took, before or took, strict=True)]
            columns = zip(took, grown, strict=True)
            print(
                f"{name:30}{size:8}"
                + "".join(f"{now * 1e3:11.2f}{by:9.1f}" for now, by in columns),
                flush=True,
            )
            before = took


def backpropagation(book: RuleBook) -> None:
    """The gradient of a network by all of its weights."""
    print("\nThe gradient of a tanh network by all weights, backward (milliseconds)\n")
    print(
        f"{'hidden units, inputs':22}{'weights':>8}{'sympy.diff':>12}{'symengine':>11}"
        f"{'derivex':>9}{'ratio':>9}{'operations':>12}{'with gradient':>15}{'times':>7}"
    )
    for hidden, inputs in ((5, 18), (25, 38)):
        found = compare_backward(hidden, inputs, book)
        other = "" if found.symengine is None else f"{found.symengine * 1e3:.1f}"
        print(
            f"{f'{hidden}, {inputs}':22}{found.weights:8}{found.sympy * 1e3:12.0f}{other:>11}"
            f"{found.derivex * 1e3:9.1f}{found.sympy / found.derivex:9.0f}{found.loss:12}"
            f"{found.both:15}{found.both / found.loss:7.2f}",
            flush=True,
        )


def rendering(book: RuleBook) -> None:
    """Writing a derivation: the cost of a character stays the same."""
    print("\nRendering\n")
    print(f"{'what':44}{'lines':>8}{'characters':>13}{'ms':>10}{'ns/character':>14}")
    for name, make, sizes in (
        ("polynomial of {} terms", written_polynomial, (10, 100, 1000)),
        ("sin, {} deep", written_nest, (10, 100)),
    ):
        for size in sizes:
            expression, variable = make(size)
            derivation = differentiate(expression, [variable], book)
            # A line for each of n steps, each n terms long: with 1000 terms that is 60 million
            # characters, which no one reads.
            for detail in (Detail.TEXTBOOK, Detail.FULL)[: 2 if size <= 100 else 1]:
                for style, write in (("text", _text), ("LaTeX", _latex), ("stacked", _stacked)):
                    _one_rendering(name.format(size), derivation, detail, style, write)


def _one_rendering(
    name: str,
    derivation: Derivation,
    detail: Detail,
    style: str,
    write: Callable[[Derivation, Detail], list[str]],
) -> None:
    lines = write(derivation, detail)
    characters = sum(map(len, lines))
    took = seconds(lambda: write(derivation, detail))
    print(
        f"{f'{name}, {detail.value}, {style}':44}{len(lines):8}{characters:13}"
        f"{took * 1e3:10.2f}{took / characters * 1e9:14.0f}",
        flush=True,
    )


def _text(derivation: Derivation, detail: Detail) -> list[str]:
    return inline_lines(list(derivation.lines(detail)), TextWriter(True))


def _latex(derivation: Derivation, detail: Detail) -> list[str]:
    writer = LatexWriter()
    return [writer.write(line.expression) for line in derivation.lines(detail)]


def _stacked(derivation: Derivation, detail: Detail) -> list[str]:
    lines = list(derivation.lines(detail))
    return show_lines(lines, style="stacked", width=100).plain.splitlines()


def processes() -> None:
    """Whole processes, from start to end."""
    print("\nWhole processes (milliseconds, and the ratio to importing SymPy)\n")
    commands = {
        "python -c 'import sympy'": ["-c", "import sympy"],
        "python -c pass": ["-c", "pass"],
        "derivex --version": ["-m", "derivex", "--version"],
        "derivex --help": ["-m", "derivex", "--help"],
        "derivex diff 'x^2' --by x": ["-m", "derivex", "diff", "x^2", "--by", "x"],
    }
    times = {name: process_time(arguments) for name, arguments in commands.items()}
    sympy = next(iter(times.values()))
    for name, took in times.items():
        print(f"{name:30}{took * 1e3:9.0f}{took / sympy:8.2f}")


def descent(book: RuleBook) -> None:
    """A step on a million rows, beside a loop that was written for this loss in NumPy."""
    print("\nA step of descent on a million rows (milliseconds)\n")
    print(f"{'loss':30}{'derivex':>9}{'by hand':>9}{'ratio':>8}")
    for name in LOSSES:
        found = compare_descent(name, book)
        print(
            f"{name:30}{found.derivex * 1e3:9.2f}{found.by_hand * 1e3:9.2f}{found.ratio:8.2f}",
            flush=True,
        )


def main() -> None:
    """Print all tables."""
    book = shipped_book()
    against_sympy(book)
    growth(book)
    backpropagation(book)
    descent(book)
    linear_table((2, 10, 50, 100))
    linear_table((2, 4, 20), letters=True)
    stationary_table()
    rendering(book)
    processes()


if __name__ == "__main__":
    main()
