"""Every page in a browser: nothing fails, nothing leaves the machine, all can be used by all."""

import os
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.pipeline import build
from dragoman.record import Reader

from .browsing import Visit, browser, served
from .conftest import opened
from .test_hostile import LISTS as HOSTILE_LISTS
from .test_pages import VIEWS
from .walk import crawl

NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
DATA = Path(os.environ.get("DRAGOMAN_DATA", Path(__file__).parents[3] / "shared"))
ISTANBUL = DATA / "istanbul" / "reports"
# Set, each single page is opened and checked by axe, in ten minutes; else some of each sort. That
# every link leads to a whole page is seen in `test_pages` for all of them in any case.
EVERY = bool(os.environ.get("DRAGOMAN_EVERY_PAGE"))
KINDS = (
    "meeting", "actor", "statement", "position", "commitment", "incident", "comparison",
    "lineage", "repair", "boilerplate", "report",
)  # fmt: skip
HOMES = {"meeting": "meetings", "actor": "actors", "report": "reports"}


@pytest.fixture(scope="module")
def chromium():
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def base(record):
    with served(record) as address:
        yield address


def richest(record):
    """Of each kind the entry with most words to it, as addresses."""
    found = []
    with Reader(record) as reader:
        for kind in KINDS:
            entries = sorted(reader.entries(kind), key=lambda e: (-len(e.evidence), e.id))
            if entries:
                found.append(f"/{HOMES.get(kind, 'entries')}/{entries[0].id}")
                if kind == "report":
                    found.append(f"{found[-1]}?words=0-9#words")
    return found


def addresses(record):
    """The views, the pages that links of theirs lead to, one in so many of those that are alike.

    With `EVERY`, all that any link leads to.
    """
    with opened(record) as client:
        pages = crawl(client, *VIEWS, "/exports", most=4000 if EVERY else len(VIEWS) + 1)
        links = {address: seen.links for address, _, seen in pages if seen is not None}
    if EVERY:
        return [address for address in links if not address.startswith("/exports/")]
    met = {}
    for address, found in links.items():
        for link in (address, *found):
            page = link.partition("#")[0]
            if page and "&" not in page and not page.startswith(("/api", "/exports/")):
                met.setdefault(sort_of(page), {})[page] = None
    return [
        page for sort, pages in sorted(met.items()) for page in list(pages)[:: FEW.get(sort, 1)]
    ] + richest(record)


FEW = {"/reports?words": 40, "/reports/": 4, "/entries/": 10, "/actors/": 8, "/search/": 9}


def sort_of(page):
    path = page.partition("?")[0]
    if "?words=" in page:
        return "/reports?words"
    return path if path.count("/") == 1 and path != "/search" else f"/{path.split('/')[1]}/"


def walk(chromium, base, record):
    visit = Visit(chromium, base, viewport=NARROW)
    met = addresses(record)
    for address in met:
        assert visit.go(address) == 200, address
        assert visit.wide() <= 0, address
    assert visit.faults == []
    return met


def test_every_page_of_the_example_opens_without_a_fault(chromium, base, record):
    assert len(walk(chromium, base, record)) > (300 if EVERY else 80)


@pytest.mark.skipif(not ISTANBUL.is_dir(), reason="istanbul is not there: set DRAGOMAN_DATA")
def test_every_page_of_istanbul_opens_without_a_fault(chromium, tmp_path):
    record = tmp_path / "istanbul.db"
    build([str(ISTANBUL)], record, Config())
    with served(record) as base:
        assert len(walk(chromium, base, record)) > (200 if EVERY else 50)


@pytest.mark.parametrize(
    ("scheme", "viewport"), [("light", WIDE), ("dark", NARROW)], ids=["light", "dark"]
)
def test_axe_finds_no_violation(chromium, base, record, scheme, viewport):
    axe = pytest.importorskip("axe_playwright_python", reason="axe is not installed")
    source = Path(axe.__file__).with_name("axe.min.js").read_text("utf-8")
    visit = Visit(chromium, base, viewport=viewport, color_scheme=scheme)
    for address in addresses(record) if EVERY else (*VIEWS, "/exports", *richest(record)):
        visit.go(address)
        visit.page.evaluate(source)
        found = visit.page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        told = [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found]
        assert told == [], address
    assert visit.faults == []


# What can be reached by Tab from the beginning of the page to its end, in order.
TABBED = """() => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('[hidden]')).length"""
SHOWN = """() => { const e = document.activeElement, s = getComputedStyle(e);
  const ring = e.matches('.theme input') ? getComputedStyle(e.nextElementSibling) : s;
  return [e.tagName, ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 2]; }"""


@pytest.mark.parametrize("address", ["/", "/positions?by=round", "/statements", "/copies"])
def test_everything_is_reached_by_key_and_seen_to_be(chromium, base, address):
    visit = Visit(chromium, base, viewport=WIDE)
    visit.go(address)
    page = visit.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    visit.go(address)
    met = 0
    for _ in range(page.evaluate(TABBED) + 5):
        page.keyboard.press("Tab")
        tag, seen = page.evaluate(SHOWN)
        if tag == "BODY":
            break
        assert seen, (address, tag, met)
        met += 1
    # The choice of light or dark is one stop of three.
    assert met >= page.evaluate(TABBED) - 2
    assert visit.faults == []


def test_a_wide_table_is_scrolled_by_key(chromium, base):
    visit = Visit(chromium, base, viewport=NARROW)
    visit.go("/positions?by=round")
    visit.page.locator(".scroll").first.focus()
    for _ in range(6):
        visit.page.keyboard.press("ArrowRight")
    # The pages' policy lets no expression be waited for, so it is asked for until it holds.
    for _ in range(100):
        if visit.page.evaluate("document.querySelector('.scroll').scrollLeft > 50"):
            break
        visit.page.wait_for_timeout(20)
    assert visit.page.evaluate("document.querySelector('.scroll').scrollLeft > 50")


def test_keys_lead_to_the_views(chromium, base):
    visit = Visit(chromium, base, viewport=WIDE)
    visit.go("/")
    visit.page.keyboard.type("gt")
    visit.page.wait_for_url("**/timeline")
    visit.page.keyboard.press("/")
    assert visit.page.evaluate("document.activeElement.id") == "q"
    visit.page.keyboard.type("ceasefire")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/search?q=ceasefire")
    visit.page.keyboard.press("Escape")
    visit.page.locator("main").focus()
    visit.page.keyboard.press("j")
    assert visit.page.evaluate("document.activeElement.closest('main') !== null")
    assert visit.faults == []


def test_a_print_holds_what_matters_and_no_controls(chromium, base):
    visit = Visit(chromium, base, viewport=WIDE, color_scheme="dark")
    visit.go("/statements")
    visit.page.emulate_media(media="print")
    for gone in ("nav.contents", "form.find", ".filters", ".pager", ".skip"):
        assert not visit.page.locator(gone).first.is_visible(), gone
    assert visit.page.locator("main blockquote").first.is_visible()
    paper = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    pdf = visit.page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")


def test_hostile_texts_run_nothing_and_break_no_layout(chromium, hostile):
    with Reader(hostile) as reader:
        reports = [f"/reports/{entry.id}" for entry in reader.entries("report")]
        others = richest(hostile)
        names = [f"/actors/{entry.id}" for entry in reader.entries("actor")]
    with served(hostile) as base:
        visit = Visit(chromium, base, viewport=NARROW)
        shown = (*reports, *names) if EVERY else (*reports[::3], *names[::9])
        for address in (*HOSTILE_LISTS, *others, *shown):
            assert visit.go(address) == 200
            assert visit.wide() <= 0, address
            assert "owned" not in visit.page.evaluate("document.title").split("'")[0][:5]
        assert visit.faults == []
