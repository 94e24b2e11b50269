"""``derivex rules``: the rule table, and the check of a rule file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from derivex import api
from derivex.cli.output import Output
from derivex.cli.status import GOOD, WRONG
from derivex.errors import ProblemError, RuleError
from derivex.rendering.rule_table import rules_as_lines
from derivex.rulebook import read_rule_text, shipped_book
from derivex.rulebook.lint import LintReport, lint

__all__ = ["rules_command"]


def rules_command(out: Output, file: Path | None) -> int:
    """Print the table of all rules, or check a rule file; the exit status.

    Raises:
        RuleError: the file cannot be read or does not parse.
    """
    if file is None:
        _show_table(out)
        out.close()
        return GOOD
    report = lint(read_rule_text(file), file.name, shipped_book())
    _show_report(out, report)
    out.close()
    return GOOD if report.is_sound else WRONG


def _show_table(out: Output) -> None:
    book = shipped_book()
    if out.format == "json":
        out.json(api.rule_table(book))
    elif out.format in ("latex", "pdf"):
        from derivex.rendering.pdf import pdf_of
        from derivex.rendering.rule_latex import rules_as_latex

        latex = rules_as_latex(book)
        out.whole(latex if out.format == "latex" else pdf_of(latex))
    elif out.format != "text":
        from derivex.rendering import rule_pages

        write = {
            "html": rule_pages.rules_as_html,
            "markdown": rule_pages.rules_as_markdown,
            "ipynb": rule_pages.rules_as_notebook,
        }[out.format]
        out.whole(write(book))
    else:
        lines = rules_as_lines(book, out.width, out.unicode)
        if out.width is None:
            # A pipe: nothing to colour, so rich need not be imported.
            out.say("\n".join((left + right).rstrip() for left, right in lines))
            return
        from derivex.rendering import as_text

        out.say(as_text(lines))


def _show_report(out: Output, report: LintReport) -> None:
    if out.format == "json":
        out.json(api.rule_check(_as_data(report)))
        return
    if out.format != "text":
        raise ProblemError(
            f"the check of a rule file cannot be written as {out.format}",
            hint="choose --format text or --format json",
        )
    names = [finding.rule.name for finding in report.findings]
    column = max(map(len, names), default=0) + 2
    for finding in report.findings:
        out.say(finding.rule.name.ljust(column) + finding.text)
    for error in report.errors:
        out.say(f"\n{error}")
    for warning in report.warnings:
        out.say(f"\nnote: {warning}")
    if not names:
        out.notes([f"there are no rules in {report.name}"])


def _as_data(report: LintReport) -> dict[str, Any]:
    return {
        "file": report.name,
        "sound": report.is_sound,
        "rules": [
            {
                "name": finding.rule.name,
                "verdict": finding.kind,
                "instances": finding.instances,
                "errors": [_error_as_data(error) for error in finding.errors],
            }
            for finding in report.findings
        ],
        "overlaps": [_error_as_data(error) for error in report.overlaps],
        "warnings": list(report.warnings),
    }


def _error_as_data(error: RuleError) -> dict[str, Any]:
    return {
        "message": error.message,
        "line": error.place.line if error.place else None,
        "column": error.place.column if error.place else None,
        "hint": error.hint,
    }
