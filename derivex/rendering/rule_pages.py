"""The rule table as a page in HTML, in Markdown, and as a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from derivex.notation import LatexWriter, TextWriter
from derivex.rendering.html import html_page
from derivex.rendering.html_formulas import HtmlFormulas
from derivex.rendering.markdown import GitHubWriter, as_plain_markdown
from derivex.rendering.rule_table import (
    form_as_written,
    phrase_in_words,
    rule_tables,
    said_of,
    works_on,
)
from derivex.rulebook import Rule, RuleBook

__all__ = ["rules_as_html", "rules_as_markdown", "rules_as_notebook"]

_TITLE = "The rules"


def rules_as_html(book: RuleBook) -> str:
    """The table as a page that stands alone.

    >>> from derivex.rulebook import shipped_book
    >>> "<h2 id=\\"differentiation\\">Differentiation</h2>" in rules_as_html(shipped_book())
    True
    """
    formulas = HtmlFormulas(book.functions)
    tables = list(rule_tables(book))
    names = [
        f'<li><a href="#{_anchor(table)}">{escape(_heading(table))}</a></li>' for table, _ in tables
    ]
    body = [f"<h1>{_TITLE}</h1>", f'<nav aria-label="Tables"><ul>{"".join(names)}</ul></nav>']
    for table, rules in tables:
        body.append(f'<h2 id="{_anchor(table)}">{escape(_heading(table))}</h2>')
        body.append('<dl class="rules">')
        body += [f"<div>{''.join(_rule_as_html(rule, book, formulas))}</div>" for rule in rules]
        body.append("</dl>")
    return html_page(_TITLE, "\n".join(body))


def _rule_as_html(rule: Rule, book: RuleBook, formulas: HtmlFormulas) -> Iterator[str]:
    yield f"<dt>{escape(phrase_in_words(rule, book))} <code>{escape(rule.name)}</code></dt>"
    for latex, text, said in _formulas(rule, formulas.latex, formulas.text):
        formula = formulas.boxed(latex, text) if latex else ""
        conditions = f"<p>{escape(said)}</p>" if said else ""
        yield f"<dd>{formula}{conditions}</dd>"


def _formulas(rule: Rule, latex: LatexWriter, text: TextWriter) -> Iterator[tuple[str, str, str]]:
    """What a rule says, formula by formula: in LaTeX, as text, and what belongs to it in words."""
    for form in rule.forms:
        as_latex, as_text, conditions = form_as_written(form, latex, text)
        yield as_latex, as_text, said_of(conditions)
    if rule.procedure is None:
        return
    said = f"works on {works_on(rule.procedure)}"
    if not rule.examples:
        yield "", "", said
    for example in rule.examples:
        before, after = example.sides
        yield (
            f"{latex.write(before)} = {latex.write(after)}",
            f"{text.write(before)} = {text.write(after)}",
            said,
        )


def _anchor(table: str) -> str:
    return "-".join("".join(each if each.isalnum() else " " for each in table).split())


def _heading(table: str) -> str:
    """The name of a table as words.

    >>> _heading("limits-inside")
    'Limits inside'
    """
    return (table[:1].upper() + table[1:]).replace("-", " ")


def rules_as_markdown(book: RuleBook) -> str:
    """The table in GitHub's Markdown.

    >>> from derivex.rulebook import shipped_book
    >>> print(rules_as_markdown(shipped_book()).partition("\\n")[0])
    # The rules
    """
    return "\n\n".join(_markdown_parts(book)) + "\n"


def rules_as_notebook(book: RuleBook) -> str:
    """The table as a notebook, with a cell for each part of it.

    Raises:
        ProblemError: nbformat is not installed, which checks that it is a notebook.
    """
    from derivex.rendering.notebook import as_notebook, markdown_cell

    return as_notebook(list(map(markdown_cell, _markdown_parts(book))))


def _markdown_parts(book: RuleBook) -> Iterator[str]:
    """The title, and each table in Markdown."""
    latex, text = GitHubWriter(book.functions), TextWriter()
    yield f"# {_TITLE}"
    for table, rules in rule_tables(book):
        parts = [f"## {as_plain_markdown(_heading(table))}"]
        for rule in rules:
            parts.append(f"**{as_plain_markdown(phrase_in_words(rule, book))}** `{rule.name}`")
            for formula, _, said in _formulas(rule, latex, text):
                parts += [f"$$\n{formula}\n$$"] if formula else []
                parts += [as_plain_markdown(said)] if said else []
        yield "\n\n".join(parts)
