r"""What the commands of LaTeX are to a formula: letters, signs, functions, or nothing at all."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from derivex.notation.characters import GREEK_LETTERS

__all__ = [
    "ACCENTS",
    "DELIMITERS",
    "DOTLESS",
    "DROPPED",
    "DROPPED_WITH_ARGUMENT",
    "FUNCTIONS",
    "GREEK_COMMANDS",
    "HARMFUL",
    "INVERTED",
    "KEPT_CONTENT",
    "LETTER_STYLES",
    "REFUSED",
    "SIGNS",
    "SIZES",
    "STYLE_SWITCHES",
    "TAKING_A_LETTER",
    "UPRIGHT",
]


def _commands(names: str) -> frozenset[str]:
    return frozenset("\\" + name for name in names.split())


GREEK_COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        **{f"\\{name}": letter for letter, name in GREEK_LETTERS.items() if letter not in "ςϑϕϖϱϵ"},
        r"\varepsilon": "ε", r"\vartheta": "θ", r"\varphi": "φ", r"\varrho": "ρ", r"\varpi": "π",
        r"\varsigma": "σ", r"\varkappa": "κ", r"\ell": "ℓ",
        r"\varGamma": "Γ", r"\varDelta": "Δ", r"\varTheta": "Θ", r"\varLambda": "Λ",
        r"\varSigma": "Σ", r"\varPhi": "Φ", r"\varPsi": "Ψ", r"\varOmega": "Ω",
    }
)  # fmt: skip
"""Commands for letters that are names of their own."""

DOTLESS = _commands("imath jmath")
"""Letters without their dots, for a mark in its place."""

FUNCTIONS = _commands("""
    sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan exp ln log max min det
""")
"""The commands of LaTeX that are named like the functions that they stand for."""

INVERTED = _commands("""
    sin cos tan cot sec csc sinh cosh tanh coth
""")
"""The functions of which -1 above the name makes the inverse function."""

TAKING_A_LETTER = INVERTED | _commands("ln log exp arcsin arccos arctan")
"""The functions that people also write without the backslash and without a bracket: sinx, ln x."""

# Each with the kind of word that it is.
SIGNS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        r"\cdot": ("STAR", "·"), r"\times": ("STAR", "×"), r"\ast": ("STAR", "*"),
        r"\odot": ("STAR", "⊙"), r"\bullet": ("STAR", "·"), r"\div": ("SLASH", "÷"),
        r"\le": ("RELATION", "≤"), r"\leq": ("RELATION", "≤"), r"\leqslant": ("RELATION", "≤"),
        r"\ge": ("RELATION", "≥"), r"\geq": ("RELATION", "≥"), r"\geqslant": ("RELATION", "≥"),
        r"\ne": ("RELATION", "≠"), r"\neq": ("RELATION", "≠"), r"\lt": ("RELATION", "<"),
        r"\gt": ("RELATION", ">"), r"\approx": ("RELATION", "≈"), r"\simeq": ("RELATION", "≈"),
        r"\leftarrow": ("DOUBLE", ":="), r"\gets": ("DOUBLE", ":="),
        r"\coloneqq": ("DOUBLE", ":="), r"\triangleq": ("DOUBLE", ":="),
        r"\to": ("ARROW", "→"), r"\rightarrow": ("ARROW", "→"), r"\longrightarrow": ("ARROW", "→"),
        r"\downarrow": ("ARROW", "→"), r"\searrow": ("ARROW", "→"),
        r"\uparrow": ("ARROW", "→"), r"\nearrow": ("ARROW", "→"),
        r"\Rightarrow": ("ARROW", "⇒"), r"\implies": ("ARROW", "⇒"),
        r"\Longrightarrow": ("ARROW", "⇒"), r"\iff": ("ARROW", "⇔"),
        r"\Leftrightarrow": ("ARROW", "⇔"), r"\Longleftrightarrow": ("ARROW", "⇔"),
        r"\ldots": ("DOTS", "…"), r"\dots": ("DOTS", "…"), r"\cdots": ("DOTS", "…"),
        r"\dotsc": ("DOTS", "…"), r"\dotsb": ("DOTS", "…"), r"\dotsm": ("DOTS", "…"),
        r"\vdots": ("DOTS", "…"),
        r"\infty": ("OTHER", "∞"), r"\pm": ("OTHER", "±"),
        r"\partial": ("PARTIAL", "∂"), r"\nabla": ("NABLA", "∇"),
        r"\land": ("NAME", "and"), r"\wedge": ("NAME", "and"), r"\lor": ("NAME", "or"),
        r"\colon": ("OTHER", ":"), r"\mid": ("OTHER", "∣"),
        r"\Vert": ("DOUBLE", "‖"), r"\|": ("DOUBLE", "‖"),
        r"\lVert": ("DOUBLE", "‖"), r"\rVert": ("DOUBLE", "‖"),
    }
)  # fmt: skip
"""Commands for signs: the kind of word of the text notation, and the word."""

SIZES = frozenset(
    rf"\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")
)
"""What makes a bracket tall."""

DELIMITERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "(": ("(", ")"), r"\lparen": ("(", ")"), "[": ("[", "]"), r"\lbrack": ("[", "]"),
        r"\{": (r"\{", r"\}"), r"\lbrace": (r"\{", r"\}"), r"\langle": ("⟨", "⟩"), "⟨": ("⟨", "⟩"),
        r"\lfloor": ("⌊", "⌋"), r"\lceil": ("⌈", "⌉"),
        r"\lvert": ("|", "|"), r"\lVert": ("‖", "‖"), r"\llbracket": ("", ""),
    }
)  # fmt: skip
"""The brackets that open, with what they and their closing ones are."""

CLOSING_DELIMITERS: Mapping[str, str] = MappingProxyType(
    {
        ")": ")", r"\rparen": ")", "]": "]", r"\rbrack": "]", r"\}": r"\}", r"\rbrace": r"\}",
        r"\rfloor": "⌋", r"\rceil": "⌉", r"\rangle": "⟩", "⟩": "⟩", r"\rvert": "|",
    }
)  # fmt: skip
"""The brackets that close."""

DROPPED = _commands("""
    quad qquad displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber
    notag allowbreak nobreak hfill hfil strut mathstrut thinspace medspace thickspace enspace
    tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge
    negthinspace negmedspace negthickspace relax null noindent centering hline middle
    allowdisplaybreaks protect
""") | {r"\,", r"\;", r"\:", r"\!", r"\>", r"\/", "\\ ", "\\\n", "\\\t", r"\-"}
"""Spacing and the like, which has no meaning."""

DROPPED_WITH_ARGUMENT = _commands("""
    label tag hspace vspace phantom hphantom vphantom color kern mspace eqref ref
""")
"""What has no meaning, and neither has its argument."""

KEPT_CONTENT: Mapping[str, int] = MappingProxyType(
    {
        r"\boxed": 1, r"\underline": 1, r"\underbrace": 1, r"\overbrace": 1, r"\cancel": 1,
        r"\bcancel": 1, r"\xcancel": 1, r"\mathop": 1, r"\mathrel": 1, r"\mathbin": 1,
        r"\mathord": 1, r"\mathopen": 1, r"\mathclose": 1, r"\ensuremath": 1, r"\smash": 1,
        r"\mathinner": 1, r"\textcolor": 2, r"\colorbox": 2, r"\fbox": 1, r"\hl": 1,
    }
)  # fmt: skip
"""What is only seen: the last of so many arguments is what is meant."""

OVER_SIGNS = _commands("overset underset stackrel")
"""What puts its first argument over or under the sign that is its second one."""

LETTER_STYLES: Mapping[str, str] = MappingProxyType(
    {
        r"\mathbf": "bold", r"\boldsymbol": "bold", r"\bm": "bold", r"\pmb": "bold",
        r"\vec": "bold", r"\mathbfit": "bold", r"\boldmath": "bold", r"\textbf": "bold",
        r"\mathcal": "calligraphic", r"\mathscr": "calligraphic", r"\mathfrak": "Gothic",
        r"\mathnormal": "", r"\bold": "bold",
    }
)  # fmt: skip
"""Commands that set the letters of their argument in another style."""

UPRIGHT: Mapping[str, str] = MappingProxyType(
    {
        r"\mathrm": "upright", r"\textrm": "upright", r"\mathsf": "upright", r"\mathtt": "upright",
        r"\mathit": "upright", r"\textit": "upright", r"\textsf": "upright", r"\texttt": "upright",
        r"\operatorname": "operator", r"\text": "text", r"\mbox": "text", r"\hbox": "text",
        r"\textnormal": "text", r"\mathup": "upright",
    }
)  # fmt: skip
"""Commands that make one name of the letters of their argument."""

STYLE_SWITCHES: Mapping[str, str] = MappingProxyType(
    {r"\rm": r"\mathrm", r"\bf": r"\mathbf", r"\it": r"\mathit", r"\cal": r"\mathcal",
     r"\sf": r"\mathsf", r"\tt": r"\mathtt"}
)  # fmt: skip
"""What sets the rest of a group in a style, with the command that does so for an argument."""

ACCENTS: Mapping[str, str] = MappingProxyType(
    {
        r"\hat": "\u0302", r"\widehat": "\u0302", r"\tilde": "\u0303", r"\widetilde": "\u0303",
        r"\dot": "\u0307", r"\ddot": "\u0308", r"\check": "\u030c", r"\breve": "\u0306",
    }
)  # fmt: skip
"""Marks over a letter, which make another name of it; a bar is a mean."""

HARMFUL = _commands("""
    input include includegraphics write immediate openout openin read catcode csname endcsname
    let expandafter newwrite special usepackage documentclass loop repeat edef xdef gdef
    futurelet uppercase lowercase newenvironment newif output everymath shipout jobname
    directlua ShellEscape
""") | {r"\write18"}
"""What runs or loads something, or changes the language."""

_ONE_SIDE = "give one side of it at a time"
REFUSED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        r"\mp": ("∓ (two expressions)", "give one of them at a time"),
        r"\circ": ("∘ (a composition, or degrees)", "write f(g(x)), or 90 \\cdot \\pi/180"),
        r"\equiv": ("≡", "write = or :="),
        r"\sim": ("∼", _ONE_SIDE), r"\propto": ("∝", _ONE_SIDE), r"\in": ("∈", _ONE_SIDE),
        r"\notin": ("∉", _ONE_SIDE), r"\subset": ("⊂", _ONE_SIDE), r"\subseteq": ("⊆", _ONE_SIDE),
        r"\mapsto": ("↦", "write f(x) = …"), r"\ll": ("≪", _ONE_SIDE), r"\gg": ("≫", _ONE_SIDE),
        r"\cup": ("∪", _ONE_SIDE), r"\cap": ("∩", _ONE_SIDE), r"\setminus": ("∖", _ONE_SIDE),
        r"\otimes": ("⊗", "write the entries"), r"\oplus": ("⊕", "write + or the entries"),
        r"\forall": ("∀", "leave it out"), r"\exists": ("∃", "leave it out"),
        r"\limsup": ("a limit superior", "write \\lim"),
        r"\liminf": ("a limit inferior", "write \\lim"),
        r"\sup": ("a supremum", "write \\max(…)"), r"\inf": ("an infimum", "write \\min(…)"),
        r"\arg": ("an argument", "give the expression that is minimised"),
        r"\argmin": ("an argmin", "give the expression that is minimised"),
        r"\argmax": ("an argmax", "give the expression that is maximised"),
        r"\Pr": ("a probability", "write out the density"),
        r"\iint": ("a double integral", "write \\int \\int … dx dy"),
        r"\iiint": ("a triple integral", "write \\int \\int \\int"),
        r"\oint": ("a line integral", "write \\int"),
        r"\ddots": ("diagonal dots", "write the entries, or a sum over an index"),
        r"\overset": ("something over a sign", "write the sign alone"),
        r"\underset": ("something under a sign", "write the sign alone"),
        r"\stackrel": ("something over a sign", "write the sign alone"),
        r"\xrightarrow": ("an arrow with text", "write \\to"),
        r"\substack": ("an index in several lines", "write one index"),
        r"\mathbb": ("a letter of the alphabet \\mathbb", "write out what it means"),
        r"\mathds": ("a letter of the alphabet \\mathds", "write cases"),
        r"\%": ("a percent sign", "write p/100 for p percent"),
        r"\#": ("the sign #", "write the number of them"), r"\$": ("the sign $", "leave it out"),
        r"\&": ("the sign &", "leave it out"),
        r"\_": ("an underscore", "write the subscript as x_{…}"),
        r"\perp": ("⊥", _ONE_SIDE), r"\bmod": ("a remainder", "give it a name"),
        r"\pmod": ("a remainder", "give it a name"), r"\mod": ("a remainder", "give it a name"),
        r"\footnote": ("a footnote", "leave it out"), r"\cite": ("a reference", "leave it out"),
        r"\overrightarrow": ("an arrow over several letters", "write \\vec{v} for one letter"),
        r"\dagger": ("a dagger", "write the adjoint out"),
        r"\Im": ("an imaginary part", "give it a name"),
        r"\Re": ("a real part", "give it a name"), r"\emptyset": ("the empty set", _ONE_SIDE),
    }
)  # fmt: skip
"""What is known but cannot be read, with what to write instead."""
