"""Pages before those who know: checkers of HTML and of accessibility, in a real browser.

They come from elsewhere: ``npm install html-validate vnu-jar axe-core`` with ``NODE_PATH`` set to
the folder of the modules, Java, Chromium with its driver, and selenium.  What is not there is
skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import derivex
from derivex.rendering.checked_pages import html_page as checked_page
from derivex.rendering.rule_pages import rules_as_html
from derivex.rendering.sheet_html import sheet_html
from derivex.rulebook import shipped_book
from tests.rendering.sheets import equation_sheet, long_sheet

ROOT = Path(__file__).resolve().parents[2]
MODULES = Path(os.environ.get("NODE_PATH", "node_modules").split(os.pathsep)[0])

CHECKED = (
    """d/dx (3x^2 + 1)^4
  = 4 (3x^2 + 1)^3                  [chain rule]

# A long line without a place to break: """
    + "x" * 120
    + """
d/dx (x^2 sin x)
  = 2x sin x + x^2 d/dx sin x       [product rule]
  = ((2
"""
)

RESULTS = {
    "product": lambda: derivex.diff("x^2 sin x"),
    "matrices": lambda: derivex.gradient(
        "||X theta - y||^2", by="theta", let="X: n by d, theta: d"
    ),
    "long": lambda: derivex.diff(" + ".join(f"{power} x^{power}" for power in range(2, 40))),
    "cases": lambda: derivex.subgradient("max(0, 1 - x)", at="x = 1"),
    "equations": lambda: derivex.solve("3a^2 + b^2 - ab + a"),
    "row operations": lambda: derivex.solve("x + y + z + w = 1, x - y = 2, z + 2w = 3, x + z = 4"),
    "checked": lambda: derivex.check(CHECKED),
    "numbers": lambda: derivex.nudge("a^2", at="a = 2", by="0.001"),
    "lesson": lambda: derivex.run(ROOT / "worked_examples" / "first_principles.md"),
}


def needed(path: Path | str | None, name: str) -> str:
    """A tool that is there; the test is skipped where it is not."""
    if path is None or not Path(path).exists():
        pytest.skip(f"{name} is not installed (see the beginning of this file)")
    return str(path)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    written = {name: make().to_html() for name, make in RESULTS.items()}
    written["rules"] = rules_as_html(shipped_book())
    record = json.loads(derivex.check(CHECKED).to_json())
    written["checked line by line"] = checked_page([(record["files"][0], CHECKED)])
    for name, sheet in (("sheet", long_sheet()), ("sheet of equations", equation_sheet())):
        written[f"{name} to practise with"] = sheet_html(sheet)
        written[f"key of the {name}"] = sheet_html(sheet, key=True)
    files = {}
    for name, page in written.items():
        files[name] = folder / f"{name}.html"
        files[name].write_text(page, encoding="utf-8")
    return files


@pytest.mark.unchecked
def test_html_validate_finds_nothing(pages: dict[str, Path], tmp_path: Path) -> None:
    tool = needed(MODULES / ".bin" / "html-validate", "html-validate")
    rules = {
        "extends": ["html-validate:recommended"],
        "rules": {"no-inline-style": "error", "long-title": "off", "no-trailing-whitespace": "off"},
    }
    settings = tmp_path / "settings.json"
    settings.write_text(json.dumps(rules))
    done = subprocess.run(
        [tool, "--config", str(settings), *map(str, pages.values())],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[:3000]


@pytest.mark.unchecked
def test_the_checker_of_the_w3c_finds_nothing(pages: dict[str, Path]) -> None:
    jar = needed(MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar", "vnu-jar")
    java = needed(shutil.which("java"), "Java")
    done = subprocess.run(
        [java, "-jar", jar, "--format", "json", "--stdout", *map(str, pages.values())],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    found = [
        f"{Path(each['url']).name}: {each['message']}: {each.get('extract', '')}"
        for each in json.loads(done.stdout)["messages"]
        # It does not know the newer words of style sheets, which say how wide a box is.
        if not each["message"].startswith("CSS: ")
    ]
    assert found == []


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    options = webdriver.ChromeOptions()
    options.binary_location = needed(chromium, "Chromium")
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--hide-scrollbars", f"--user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):  # fmt: skip
        options.add_argument(argument)
    service = webdriver.ChromeService(needed(shutil.which("chromedriver"), "chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    driver.set_script_timeout(300)
    yield driver
    driver.quit()


@pytest.mark.unchecked
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_pages_can_be_used_by_all(
    pages: dict[str, Path], browser: Any, width: int, scheme: str
) -> None:
    axe = Path(needed(MODULES / "axe-core" / "axe.min.js", "axe-core")).read_text(encoding="utf-8")
    command = browser.execute_cdp_cmd
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    command("Emulation.setEmulatedMedia", {"features": features})
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    command("Emulation.setDeviceMetricsOverride", size)
    found = {}
    for name, file in pages.items():
        browser.get(file.as_uri())
        browser.execute_script("document.querySelectorAll('details').forEach(e => e.open = true)")
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} wide at {width}"
        if name == "rules":
            continue  # of which the browser needs minutes
        browser.execute_script(axe)
        found[name] = browser.execute_async_script(
            "const done = arguments[0]; axe.run({resultTypes: ['violations']}).then(r => done("
            "r.violations.map(v => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 200)])))"
        )
    assert not any(found.values()), found
