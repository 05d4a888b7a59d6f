"""The page in a browser: every citation leads to its words; nothing is asked of the outside."""

import shutil

import hostile
import invented
import pytest

from dragoman.render.briefing import brief
from dragoman.render.html import html
from dragoman.render.safe import harmless

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the path")

WORDS = """() => {
  const text = id => [...document.querySelectorAll(`[id="${id}"],[data-of="${id}"]`)]
    .map(piece => piece.textContent).join("");
  return [...document.querySelectorAll("a.cite")].map(link => {
    const id = decodeURIComponent(link.hash.slice(1));
    const target = document.getElementById(id);
    return [id, target && target.tagName, target && text(id)];
  });
}"""


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.mark.parametrize("make", [invented.view, hostile.view], ids=["invented", "hostile"])
def test_every_citation_leads_to_its_words(browser, tmp_path, make):
    view = make()
    path = tmp_path / "briefing.html"
    path.write_text(html(view), encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 800})
    messages, requests = [], []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    cited = {f"w-{number}": harmless(span.text) for number, span in brief(view).sources().values()}
    found = page.evaluate(WORDS)
    assert {id_ for id_, _, _ in found} == set(cited)
    for id_, tag, text in found:
        assert tag == "MARK"
        assert text == cited[id_]
    # Following one really shows its words, and the way back leads to the citation.
    page.locator("a.cite:visible").last.click()
    assert page.locator("mark:target").is_visible()
    number = page.evaluate("location.hash").removeprefix("#w-")
    page.evaluate(f"document.querySelector('a.back[data-n=\"{number}\"]').click()")
    assert page.evaluate("location.hash") == f"#c-{number}"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert messages == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert page.title() == brief(view).title
    page.close()
