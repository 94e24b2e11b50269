"""The commands of LaTeX and amsmath that set mathematics and do nothing else.

Formulas that come from outside are let through to LaTeX only where all their commands are among
these: none of them reads or writes a file, or defines anything.
"""

from __future__ import annotations

__all__ = ["MATH_COMMANDS"]

_GREEK = """
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi
Pi Sigma Upsilon Phi Psi Omega
"""
_FUNCTIONS = """
arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup
ln log max min Pr sec sin sinh sup tan tanh operatorname
"""
_SIGNS = """
partial nabla infty pm mp times div cdot ast star circ bullet oplus ominus otimes oslash odot cap
cup setminus vee wedge lor land neg lnot le leq ge geq ne neq ll gg sim simeq approx cong equiv
propto in ni notin subset supset subseteq supseteq mid parallel perp to gets mapsto rightarrow
leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow longrightarrow longleftarrow
Longrightarrow Longleftarrow Longleftrightarrow longmapsto implies impliedby iff uparrow downarrow
forall exists nexists emptyset varnothing ell hbar Re Im aleph prime top bot angle triangle square
dots ldots cdots vdots ddots colon therefore because sum prod coprod int iint iiint oint bigcup
bigcap bigvee bigwedge bigoplus bigotimes lvert rvert lVert rVert vert Vert langle rangle lfloor
rfloor lceil rceil lbrace rbrace lbrack rbrack backslash surd dagger ddagger checkmark
"""
_LAYOUT = """
frac dfrac tfrac cfrac binom dbinom tbinom sqrt overline underline overbrace underbrace overset
underset stackrel bar hat tilde vec dot ddot check breve acute grave widehat widetilde
overrightarrow overleftarrow left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr
Biggl Biggr quad qquad mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak boldsymbol text
textbf textit textrm mbox limits nolimits displaystyle textstyle scriptstyle scriptscriptstyle
boxed substack begin end not bmod pmod mod phantom hphantom vphantom tag notag nonumber hline
lim limits smash
"""

MATH_COMMANDS = frozenset(" ".join((_GREEK, _FUNCTIONS, _SIGNS, _LAYOUT)).split())
"""Their names, without the backslash."""
