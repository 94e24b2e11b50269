"""The table of rules and the check of a rule file, as JSON has them."""

from __future__ import annotations

from typing import Any

from derivex.api.document import VERSION
from derivex.rendering.rule_table import rules_as_data
from derivex.rulebook import RuleBook
from derivex.storage import Record, Writing
from derivex.storage.rules import RULE_CHECK, RULES

__all__ = ["rule_check", "rule_table"]


def rule_table(book: RuleBook) -> dict[str, Any]:
    """All rules and functions of a book as a dictionary, ready for ``json.dump``."""
    return _told(RULES, rules_as_data(book))


def rule_check(findings: dict[str, Any]) -> dict[str, Any]:
    """What was found out about a rule file as a dictionary, ready for ``json.dump``."""
    return _told(RULE_CHECK, findings)


def _told(record: Record, data: dict[str, Any]) -> dict[str, Any]:
    return {"version": VERSION, **record.write(data, Writing({}))}
