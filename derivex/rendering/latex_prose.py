r"""Prose in Markdown as LaTeX: headings, lists, tables, code, links, and inline mathematics.

Nothing in the prose becomes a command of LaTeX's.  The one exception is mathematics between
dollar signs, and there only commands that set mathematics are let through; where another one
stands, the formula is shown as the code that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from derivex.rendering.latex_text import escaped, latex_text
from derivex.rendering.math_commands import MATH_COMMANDS

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

__all__ = [
    "code_block",
    "code_in_lines",
    "inline_code",
    "is_mathematics",
    "prose_as_latex",
    "prose_reader",
]

_SECTIONS = ("section*", "subsection*", "subsubsection*", "paragraph", "paragraph", "paragraph")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_ENVIRONMENTS = frozenset(
    ("aligned", "array", "bmatrix", "Bmatrix", "cases", "gathered", "matrix", "pmatrix",
     "smallmatrix", "split", "vmatrix", "Vmatrix")
)  # fmt: skip
_OPEN = {
    "blockquote_open": r"\begin{quote}",
    "bullet_list_open": r"\begin{itemize}",
    "ordered_list_open": r"\begin{enumerate}",
    "list_item_open": r"\item",
}
_CLOSE = {
    "blockquote_close": r"\end{quote}",
    "bullet_list_close": r"\end{itemize}",
    "ordered_list_close": r"\end{enumerate}",
}
_DEEPEST_LIST = 4  # LaTeX has no more levels
_SPAN = {
    "em_open": r"\emph{", "strong_open": r"\textbf{", "s_open": r"\textit{",
    "em_close": "}", "strong_close": "}", "s_close": "}",
    "hardbreak": "\\\\\n",
}  # fmt: skip


def prose_as_latex(markdown: str, without_title: str = "") -> str:
    """Prose as LaTeX, in paragraphs.

    Args:
        markdown: the prose.
        without_title: a heading of the first level that is left out if the prose begins with
            it, because it stands above the whole page already.

    >>> print(prose_as_latex("Half of *everything* is 50 %, and $x^2$ is `x**2`."))
    Half of \\emph{everything} is 50 \\%, and $x^2$ is \\texttt{x**2}.
    """
    tokens = _reader().parse(markdown)
    if len(tokens) > 2 and tokens[0].tag == "h1" and _plain(tokens[1]) == without_title:
        tokens = tokens[3:]
    return _tidied(_blocks(tokens))


def prose_reader() -> MarkdownIt:
    """A reader of Markdown that knows tables and mathematics between dollar signs, and no HTML."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    reader.inline.ruler.before("escape", "mathematics", _inline_mathematics)
    reader.block.ruler.before(
        "paragraph",
        "mathematics",
        _display_mathematics,
        {"alt": ["paragraph", "blockquote", "list"]},
    )
    return reader


_reader = cache(prose_reader)


def _inline_mathematics(state: StateInline, silent: bool) -> bool:
    """``$x^2$``, as GitHub reads it: no space inside next to the signs, no digit after them."""
    found = _INLINE.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        token = state.push("mathematics", "", 0)
        token.content = found[2]
        token.markup = found[1]
    state.pos = found.end()
    return True


_INLINE = re.compile(r"(\$\$?)(?![\s$])((?:[^$\\]|\\.)+?)(?<!\s)\1(?![\d$])", re.DOTALL)


def _display_mathematics(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Lines from ``$$`` to ``$$``."""
    begin = state.bMarks[first] + state.tShift[first]
    if not state.src.startswith("$$", begin):
        return False
    end = state.src.find("$$", begin + 2, state.eMarks[last - 1])
    if end < 0:
        return False
    line = first
    while state.eMarks[line] < end + 2:
        line += 1
    if state.src[end + 2 : state.eMarks[line]].strip():
        return False
    if not silent:
        token = state.push("mathematics", "", 0)
        token.content = state.src[begin + 2 : end].strip()
        token.markup = "$$"
        token.block = True
        token.map = [first, line + 1]
    state.line = line + 1
    return True


def _plain(inline: Token) -> str:
    """The text of a heading."""
    return "".join(child.content for child in inline.children or ())


def _tidied(pieces: Iterable[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "".join(pieces)).strip("\n")


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    table: list[list[str]] = []
    lists = 0
    for position, token in enumerate(tokens):
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            lists += 1
            if lists > _DEEPEST_LIST:
                continue
        if kind in ("bullet_list_close", "ordered_list_close"):
            lists -= 1
            if lists >= _DEEPEST_LIST:
                continue
        if kind in _OPEN:
            yield _OPEN[kind] + (_first_number(token, lists) if "ordered" in kind else "")
            yield " " if kind == "list_item_open" else "\n"
        elif kind in _CLOSE:
            yield "\n" + _CLOSE[kind] + "\n\n"
        elif kind == "heading_open":
            section = _SECTIONS[int(token.tag[1]) - 1]
            yield f"\n\n\\{section}{{{_inline(tokens[position + 1])}}}\n\n"
        elif kind in ("fence", "code_block"):
            yield "\n" + code_block(token.content.rstrip("\n")) + "\n\n"
        elif kind == "mathematics":
            yield _display(token.content)
        elif kind == "hr":
            yield "\n\\begin{center}\\rule{0.4\\linewidth}{0.4pt}\\end{center}\n\n"
        elif kind == "table_open":
            table = []
        elif kind == "tr_open":
            table.append([])
        elif kind in ("th_open", "td_open"):
            heading = kind == "th_open"
            cell = _inline(tokens[position + 1])
            table[-1].append(rf"\textbf{{{cell}}}" if heading and cell else cell)
        elif kind == "table_close":
            yield _table(table)
        elif kind == "inline" and tokens[position - 1].type == "paragraph_open":
            yield _inline(token)
        elif kind == "paragraph_close":
            yield "\n" if token.hidden else "\n\n"


def _first_number(token: Token, depth: int) -> str:
    first = token.attrGet("start")
    if not isinstance(first, int) or first == 1 or depth > _DEEPEST_LIST:
        return ""
    counter = "enum" + ("i", "ii", "iii", "iv")[depth - 1]
    return f"\n\\setcounter{{{counter}}}{{{min(first, 10**6) - 1}}}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    r"""A table; its columns share the width of the line, so that long cells wrap."""
    columns = max(map(len, rows))
    width = f"\\dimexpr{0.98 / columns:.3f}\\linewidth-2\\tabcolsep"
    column = f">{{\\raggedright\\arraybackslash}}p{{{width}}}"
    lines = [" & ".join([*row, *[""] * (columns - len(row))]) + r" \\" for row in rows]
    body = "\n".join([lines[0], r"\hline", *lines[1:]])
    return (
        f"\n\\begin{{center}}\n\\begin{{tabular}}{{*{{{columns}}}{{{column}}}}}\n"
        f"{body}\n\\end{{tabular}}\n\\end{{center}}\n\n"
    )


def _inline(token: Token) -> str:
    return "".join(_spans(token.children or ()))


def _spans(tokens: Sequence[Token]) -> Iterator[str]:
    links: list[str] = []
    sentence = ""  # the text so far that no other span has ended
    for place, token in enumerate(tokens):
        kind = token.type
        if kind in ("text", "softbreak"):
            sentence += token.content or "\n"
            continue
        if kind == "em_close" and tokens[place - 2].type == "em_open" and sentence in _ARTICLES:
            yield f"${sentence}$"  # an emphasised letter is a name
        else:
            yield _sentence(sentence)
        sentence = ""
        if kind in _SPAN:
            yield _SPAN[kind]
        elif kind == "code_inline":
            yield inline_code(token.content)
        elif kind == "mathematics":
            yield _mathematics(token.content)
        elif kind == "link_open":
            links.append(str(token.attrGet("href") or ""))
            if _is_address(links[-1]):
                yield f"\\href{{{_address(links[-1])}}}{{"
        elif kind == "link_close":
            if _is_address(links.pop()):
                yield "}"
        elif kind == "image":
            yield rf"\emph{{{escaped(token.content)}}}"  # nothing is fetched
        else:
            yield escaped(token.content)
    yield latex_text(sentence)


_ARTICLES = ("a", "A", "I")
_ARTICLE_AT_THE_END = re.compile(r"(.*(?<!\S))([aAI]\s+)", re.DOTALL)


def _sentence(text: str) -> str:
    """A part of a sentence that goes on: the a at its end is no name."""
    found = _ARTICLE_AT_THE_END.fullmatch(text)
    return latex_text(text) if found is None else latex_text(found[1]) + found[2]


def _is_address(link: str) -> bool:
    """Whether a link leads somewhere from a page of its own."""
    return link.startswith(("https://", "http://", "mailto:"))


def _address(link: str) -> str:
    return re.sub(r"[\\{}#%~^&_$\"]", lambda found: "\\" + found[0] if found[0] in "#%&_$" else
                  f"\\%{ord(found[0]):02X}", link)  # fmt: skip


def inline_code(text: str) -> str:
    r"""Code inside of a sentence; it may break after signs.

    >>> print(inline_code("let f(x) = x_1"))
    \texttt{let f(x) = x\_1}
    """
    return rf"\texttt{{{_code(text)}}}"


def code_in_lines(text: str, together: int = 20) -> str:
    r"""Code that may break at any of its spaces, and in longer words after so many signs."""
    words = [
        r"\allowbreak{}".join(
            _code(word[start : start + together]) for start in range(0, len(word), together)
        )
        for word in text.split(" ")
    ]
    return rf"\texttt{{{' '.join(words)}}}"


def _code(text: str) -> str:
    """Code as it was typed: no ligatures, straight quotes."""
    pieces = [
        r"\textquotesingle{}"
        if character == "'"
        else "-{}"
        if character == "-"
        else escaped(character)
        for character in text
    ]
    return "".join(pieces)


_SETS_APART = 96  # characters of a line that is set in a smaller size
_LONGEST_LINE = 88


def code_block(text: str) -> str:
    r"""Lines of code as they are; long ones are continued on the next line, set in.

    >>> print(code_block("let x = 1"))
    \begin{quote}\small\ttfamily\raggedright
    let~x~=~1
    \end{quote}
    """
    lines = []
    for line in text.expandtabs(4).split("\n"):
        written = _code(line).replace(" ", "~")
        lines.append(_breakable(line) if len(line) > 60 else written or r"\mbox{}")
    return (
        "\\begin{quote}\\small\\ttfamily\\raggedright\n" + "\\\\\n".join(lines) + "\n\\end{quote}"
    )


def _breakable(line: str) -> str:
    """A long line of code: it breaks at its spaces, and a run without any after some characters."""
    indent = len(line) - len(line.lstrip())
    words = []
    for word in line.lstrip().split(" "):
        parts = [_code(word[start : start + 40]) for start in range(0, len(word), 40)]
        words.append(r"\allowbreak{}".join(parts))
    return r"\hangindent=2em " + "~" * indent + " ".join(words)


# -- mathematics -------------------------------------------------------------------------------


def _mathematics(source: str) -> str:
    r"""Inline mathematics; as code where there is a command in it that is not known."""
    source = " ".join(source.split())
    return f"${source}$" if is_mathematics(source) else inline_code(f"${source}$")


def _display(source: str) -> str:
    if not is_mathematics(source):
        return "\n" + code_block(source) + "\n\n"
    body = re.sub(r"\n\s*\n", "\n", source)
    if re.search(r"(?<!\\begin\{)(?<!\w)\\\\|&", body) and r"\begin" not in body:
        body = rf"\begin{{aligned}} {body} \end{{aligned}}"
    return f"\n\\[\n{body}\n\\]\n\n"


def is_mathematics(source: str) -> bool:
    """Whether there is nothing in a formula but mathematics, and it is complete."""
    if not source.isascii() or "%" in source.replace(r"\%", "") or "#" in source:
        return False
    commands = [found[1] for found in _COMMAND.finditer(source)]
    if not all(command in MATH_COMMANDS for command in commands if command[0].isalpha()):
        return False
    named = re.findall(r"\\(begin|end)\s*\{([a-zA-Z*]*)\}", source)
    if len(named) != commands.count("begin") + commands.count("end"):
        return False
    if not all(environment in _ENVIRONMENTS for _, environment in named):
        return False
    return _is_balanced(source, named)


def _is_balanced(source: str, named: Sequence[tuple[str, str]]) -> bool:
    waiting: list[str] = []
    for part in re.finditer(r"\\(begin|end)\s*\{([a-zA-Z*]*)\}|\\(left|right)\b|\\.|[{}]", source):
        if part[1] == "begin" or part[3] == "left" or part[0] == "{":
            waiting.append(part[2] or part[3] or "{")
        elif part[1] == "end" or part[3] == "right" or part[0] == "}":
            expected = part[2] or ("left" if part[3] else "{")
            if not waiting or waiting.pop() != expected:
                return False
    plain = re.sub(r"\\.", "", source)
    doubled = re.search(r"[\^_]\s*[\^_}]|[\^_]\s*$|\$", plain)
    return not waiting and doubled is None and not _has_double_script(plain)


def _has_double_script(plain: str) -> bool:
    """Whether something has two superscripts or two subscripts, which is an error."""
    script = r"(?:\w|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})"
    return bool(
        re.search(rf"\^\s*{script}\s*(?:_\s*{script}\s*)?\^", plain)
        or re.search(rf"_\s*{script}\s*(?:\^\s*{script}\s*)?_", plain)
        or re.search(rf"\^\s*{script}\s*'", plain)
    )
