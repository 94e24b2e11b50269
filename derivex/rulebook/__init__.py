"""Rules: what they are, the files they are read from, and the book that finds them."""

from derivex.rulebook.book import RuleBook
from derivex.rulebook.file_reader import read_rules
from derivex.rulebook.form import Form
from derivex.rulebook.procedure import Procedure
from derivex.rulebook.rule import Judgement, Rule
from derivex.rulebook.shipped import (
    load_rules,
    misconceptions,
    read_rule_text,
    shipped_book,
    shipped_files,
    shipped_words,
)

__all__ = [
    "Form",
    "Judgement",
    "Procedure",
    "Rule",
    "RuleBook",
    "load_rules",
    "misconceptions",
    "read_rule_text",
    "read_rules",
    "shipped_book",
    "shipped_files",
    "shipped_words",
]
