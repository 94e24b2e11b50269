r"""The letters of a formula that can only be functions, by how they are called."""

from __future__ import annotations

from derivex.notation.latex.source import LatexSource
from derivex.notation.lexer import Word

__all__ = ["FUNCTION_LETTERS", "bracket_end", "called_letters"]

# Letters that are a function's where a bracket with several arguments follows.
FUNCTION_LETTERS = frozenset(
    (*"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghklmnopqrstuvwyz", *"ℓφψΦΨΛΓΘΩ", "Sigma", "p̂", "ŷ", "f̂")
)


def called_letters(source: LatexSource, words: list[Word]) -> set[str]:
    """The letters that can only be functions: J in ∂J(θ)/∂θ, p in log p(x) and in p(x, y)."""
    by = _differentiated_by(words)
    defined = _defined(words)
    found = set(defined[:1])
    for position, word in enumerate(words):
        opening = position + 1
        if opening < len(words) and words[opening].kind == "SUBSCRIPT":
            opening += 1
        if (
            word.kind not in ("NAME", "GREEK")
            or word.text not in (*FUNCTION_LETTERS, "x")
            or opening >= len(words)
            or words[opening].text != "("
            or words[opening].start != words[opening - 1].end
        ):
            continue
        closing, separators = bracket_end(words, opening)
        inside = [each for each in words[opening + 1 : closing] if each.kind != "SUBSCRIPT"]
        single = len(inside) == 1 and inside[0].kind in ("NAME", "GREEK")
        before = words[position - 1] if position else None
        applied = before is not None and source.roles.get(before.start) == "command"
        applied = applied or (before is not None and before.kind == "NABLA")
        applied = applied or _is_differentiated(words, position)
        differentiated = single and inside[0].text in by and inside[0].text != word.text
        if word.text == "x":  # x(x + 1) is a product, and x(t) beside dx/dt a function
            applied, separators = False, []
        of_defined = single and word.text.isupper() and inside[0].text in defined[1:]
        if separators or differentiated or of_defined or (single and applied):
            found.add(word.text)
    return found


def _defined(words: list[Word]) -> list[str]:
    """The p and the x of a formula that begins with p(x) =, and so says what p is; else nothing."""
    texts = [word.text for word in words[:5]]
    if len(texts) < 5 or texts[1] != "(" or texts[3:] != [")", "="]:
        return []
    name, argument = words[0], words[2]
    letters = name.kind in ("NAME", "GREEK") and argument.kind in ("NAME", "GREEK")
    usual = letters and name.text in FUNCTION_LETTERS and name.end == words[1].start
    return [name.text, argument.text] if usual else []


def _is_differentiated(words: list[Word], position: int) -> bool:
    """Whether ∂/∂x, or ∂/∂x_i, stands directly before a position."""
    position -= 1
    if position > 0 and words[position].kind == "SUBSCRIPT":
        position -= 1
    texts = [word.kind for word in words[max(position - 3, 0) : position + 1]]
    return texts[-3:-1] == ["SLASH", "PARTIAL"] and texts[-1] in ("NAME", "GREEK")


def _differentiated_by(words: list[Word]) -> set[str]:
    """The letters that something is differentiated by: those of ∂/∂x, ∂_x and ∇_x."""
    found: set[str] = set()
    for position, word in enumerate(words[:-1]):
        following = words[position + 1]
        if word.kind == "PARTIAL" and following.kind in ("NAME", "GREEK"):
            if position and words[position - 1].text == "/":
                found.add(following.text)
        elif word.kind in ("PARTIAL", "NABLA") and following.kind == "SUBSCRIPT":
            found.add(following.text.strip("_{}"))
        elif word.kind in ("PARTIAL", "NABLA") and following.kind == "INDEX_OPEN":
            found.update(each.text for each in words[position + 2 : position + 3])
    return found


def bracket_end(words: list[Word], opening: int) -> tuple[int, list[int]]:
    """Where a bracket closes, and what separates its arguments: commas, semicolons, bars."""
    depth = 0
    separators: list[int] = []
    bars: dict[str, list[int]] = {"BAR": [], "DOUBLE": []}
    for position in range(opening, len(words)):
        word = words[position]
        if word.kind in ("OPEN", "INDEX_OPEN"):
            depth += 1
        elif word.kind == "CLOSE":
            depth -= 1
            if not depth:
                for some in bars.values():
                    if len(some) == 1:  # p(x|y), KL(q‖p); two of them are |x|, ‖x‖
                        separators += some
                return position, separators
        elif depth == 1 and (word.kind in ("COMMA", "SEMICOLON") or word.text == "∣"):
            separators.append(position)
        elif depth == 1 and word.kind in bars:
            bars[word.kind].append(position)
    return len(words), separators
