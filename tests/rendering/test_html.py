"""Pages: valid, in order for those who hear them, and harmless whatever is on them."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest

import derivex
from derivex.rendering.document import Document, Prose, Statement
from derivex.rendering.html import html_document, html_fragment
from derivex.rendering.outline import Remark
from tests.rendering.pages import Outline, document_of

RESULTS = {
    "product": lambda: derivex.diff("x^2 sin x"),
    "chain": lambda: derivex.diff("(x + y + z)^2", by="y"),
    "matrices": lambda: derivex.gradient(
        "||X theta - y||^2", by="theta", let="X: n by d, theta: d"
    ),
    "cases": lambda: derivex.subgradient("max(0, 1 - x)", at="x = 1"),
    "equations": lambda: derivex.solve("3a^2 + b^2 - ab + a"),
    "numbers": lambda: derivex.nudge("a^2", at="a = 2", by="0.001"),
    "network": lambda: derivex.gradient("tanh(w x + b)^2", by="w, b", backward=True),
    "descent": lambda: derivex.descend("a^2 + b^2", start="a = 1, b = 2", rate="0.1", steps=2),
}
HOSTILE = "<script>alert(1)</script> & ]]> <img src=x onerror=alert(1)> \"'"


@pytest.fixture(params=RESULTS)
def page(request: pytest.FixtureRequest) -> str:
    return html_document(document_of(RESULTS[request.param]()))


def test_pages_are_valid(page: str) -> None:
    html5lib.HTMLParser(strict=True).parse(page)


def test_pages_stand_alone(page: str) -> None:
    outline = Outline(page)
    assert not {"script", "link", "img", "iframe", "object", "base"} & set(outline.elements)
    addresses = {value for _, name, value in outline.attributes if name in ("src", "href")}
    assert not addresses
    assert "url(" not in page and "@import" not in page


def test_pages_tell_what_they_are(page: str) -> None:
    outline = Outline(page)
    assert outline.headings == [1]
    assert outline.elements["main"] == 1
    assert ("html", "lang", "en") in outline.attributes
    assert "<title>A title</title>" in page
    assert '<meta name="viewport" content="width=device-width' in page


def test_each_line_is_a_formula_and_its_justification():
    page = html_document(document_of(derivex.diff("x^2 sin x")))
    rows = re.findall(
        r'^<li><div class="formula"[^>]*><math alttext="([^"]*)".*', page, re.MULTILINE
    )
    assert rows == [
        "∂(x² sin(x))/∂x",
        "= ∂x²/∂x · sin(x) + x² · ∂sin(x)/∂x",
        "= 2x sin(x) + x² cos(x)",
    ]
    assert re.findall("<summary>(.*?)</summary>", page) == [
        "using the product rule",
        "using the exponent rule and the derivative of sin",
    ]


def test_what_a_line_rewrites_is_marked_like_what_replaces_it():
    document = document_of(derivex.diff("x^2 + 1"))
    page = html_document(document)
    assert page.count('class="mark-0"') == 2
    assert ".mark-0" in page and "border-bottom" in page  # not by colour alone
    plain = html_document(replace(document, highlight=False))
    assert 'class="mark-' not in plain


def test_a_step_unfolds_to_the_rule_and_what_it_was_applied_to():
    page = html_document(document_of(derivex.diff("5 sin(x)")))
    (step,) = re.findall(r"<summary>using the constant factor rule</summary>(.*?)</details>", page, re.DOTALL)  # fmt: skip
    assert "<p>The constant factor rule <code>constant-factor</code></p>" in step
    assert 'alttext="∂(cu)/∂x = c · ∂u/∂x"' in step
    assert "<p>where c is free of x, u depends on x</p>" in step
    assert 'alttext="∂(5 sin(x))/∂x"' in step
    assert 'alttext="5 · ∂sin(x)/∂x"' in step
    assert 'alttext="c = 5"' in step
    assert 'alttext="u = sin(x)"' in step


def test_a_hundred_rewrites_of_a_line_are_not_all_told():
    terms = " + ".join(f"x^{power}" for power in range(2, 60))
    page = html_document(document_of(derivex.diff(terms)))
    assert "<li>and 46 more</li>" in page


def test_tables_have_a_caption_and_headings():
    page = html_document(document_of(RESULTS["numbers"]()))
    assert re.search(
        r"<caption[^>]*>Table of nudge, a, a², difference, difference/nudge</caption>", page
    )
    assert page.count('<th scope="col">') == 5


def test_headings_of_prose_are_in_order():
    prose = Prose("# One\n\ntext\n\n#### Four\n\n# Another\n\n## Two\n\n###### Six\n")
    page = html_document(Document("The title", (prose,)))
    levels = Outline(page).headings
    assert levels == [1, 2, 2, 2, 3]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert "<h1>One</h1>" in page


def test_a_page_without_a_heading_gets_its_title():
    page = html_document(Document("The <title>", (Prose("Only text.\n\n## Below\n"),)))
    assert "<h1>The &lt;title&gt;</h1>" in page
    assert Outline(page).headings == [1, 2]


@pytest.mark.parametrize(
    "item",
    [Prose(HOSTILE), Prose(f"# {HOSTILE}"), Statement(HOSTILE), Remark(HOSTILE),
     Prose(f"```\n{HOSTILE}\n```"), Prose("[x](javascript:alert(1))"), Prose("<b onclick='a()'>b</b>"),
     Prose("![a picture](https://example.org/a.png)"), Prose("<!-- a\n-->\n\n<style>*{}</style>")],
)  # fmt: skip
def test_nothing_that_is_written_does_anything(item: Prose | Statement | Remark) -> None:
    page = html_document(Document(HOSTILE, (item,), (HOSTILE,)))
    outline = Outline(page)
    assert not {"script", "img", "b"} & set(outline.elements)
    assert outline.elements["style"] == 1
    assert not any(name.startswith("on") for _, name, _ in outline.attributes)
    assert not any(value.startswith("javascript:") for _, _, value in outline.attributes)
    html5lib.HTMLParser(strict=True).parse(page)


def test_mathematics_in_prose():
    prose = Prose("The mean $\\frac{a}{2}$ of 3 $ and 4 $.\n\n$$\n\\sum_i x_i\n$$\n\n`$y$`")
    page = html_document(Document("Title", (prose,)))
    assert '<math alttext="\\frac{a}{2}"><semantics><mfrac>' in page
    assert "of 3 $ and 4 $." in page
    assert '<math alttext="\\sum_i x_i" displaystyle="true"><semantics><mrow><munder>' in page
    assert "<code>$y$</code>" in page
    html5lib.HTMLParser(strict=True).parse(page)


@pytest.mark.parametrize(
    "source",
    [r"\href{javascript:alert(1)}{x}", r"\class{a}{x}", r"\newcommand{\a}{\a\a}\a", r"\frac{1}",
     r"\left( x", r"x_", r"{", r"\begin{matrix} 1", r"\text{</math><script>}", r"\unicode{60}"],
)  # fmt: skip
def test_mathematics_that_is_more_or_less_than_that_is_shown_as_code(source: str) -> None:
    page = html_document(Document("Title", (Prose(f"so ${source}$ it is"),)))
    outline = Outline(page)
    assert not {"script", "a"} & set(outline.elements)
    assert not any(name in ("href", "style") for _, name, _ in outline.attributes)
    html5lib.HTMLParser(strict=True).parse(page)
    assert "so " in page and " it is" in page


def test_a_picture_is_told_by_its_words():
    page = html_document(Document("Title", (Prose("![a slope](https://example.org/a.png)"),)))
    assert "<em>a slope</em>" in page
    assert "example.org" not in page


def test_links_stay():
    page = html_document(Document("Title", (Prose("[more](chain_rule.md)"),)))
    assert '<a href="chain_rule.md">more</a>' in page


def test_names_cannot_do_anything():
    found = derivex.diff("x^2")
    page = html_document(document_of(found, "x < y & z"))
    assert "<title>x &lt; y &amp; z</title>" in page


def test_a_failed_remark_is_told_in_words_and_marked():
    page = html_document(Document("T", (Remark("expected 1, but found 2", failed=True),)))
    assert '<p class="failed">expected 1, but found 2</p>' in page


def test_a_fragment_is_no_page():
    fragment = html_fragment(document_of(derivex.diff("x^2")))
    assert "<html" not in fragment and "<h1" not in fragment and "<body" not in fragment
    assert fragment.startswith("<style>")
    assert html5lib.HTMLParser(strict=True).parseFragment(fragment) is not None
    # What it says of colours and sizes stays within it.
    styles = fragment[len("<style>") : fragment.index("</style>")]
    selectors = [
        each for each in re.findall(r"([^{}]+)\{", styles) if not each.strip().startswith("@")
    ]
    assert len(selectors) > 20
    assert all(".derivex" in part for each in selectors for part in each.split(","))


def test_functions_of_somebody_elses_rule_file_do_nothing(tmp_path: Path) -> None:
    file = tmp_path / "hostile.rules"
    file.write_text(
        "function evil(x)\n    defined as x^2\n"
        "    latex \\href{javascript:alert(1)}{f}\n    d/dx evil(x) = 2x\n"
        "function script(x)\n    defined as x^3\n"
        "    latex \\text{<script>alert(1)</script>}\n    d/dx script(x) = 3x^2\n"
    )
    page = derivex.diff("evil(x) + script(x)", rules=file).to_html()
    outline = Outline(page)
    assert not {"script", "a"} & set(outline.elements)
    assert not any(name in ("href", "style") for _, name, _ in outline.attributes)
    html5lib.HTMLParser(strict=True).parse(page)
