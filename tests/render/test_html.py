import datetime as dt
import re
import time
from html.parser import HTMLParser

import hostile
import invented

from dragoman.render.html import html
from dragoman.render.markdown import markdown
from dragoman.types import Interval, Report, Span, Statement, content_hash, identified

TAGS = {
    "html", "head", "meta", "title", "link", "style", "body", "a", "header", "h1", "p", "span",
    "nav", "h2", "ol", "li", "main", "section", "figure", "div", "figcaption", "h3", "ul",
    "details", "summary", "table", "thead", "tr", "th", "tbody", "td", "article", "mark", "s",
    "u", "q", "bdi", "label", "input",
    "svg", "g", "path", "rect", "text", "line", "desc",
}  # fmt: skip


class Seen(HTMLParser):
    """Every tag, address and event handler of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.addresses, self.ids = set(), [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            assert name != "style", tag
            if name in {"href", "src", "action", "xlink:href"}:
                self.addresses.append(value)
            if name == "id":
                self.ids.append(value)


def check(page):
    seen = Seen(page)
    assert seen.tags <= TAGS
    assert len(set(seen.ids)) == len(seen.ids)
    inside = {address[1:] for address in seen.addresses if address.startswith("#")}
    assert inside <= set(seen.ids)
    assert {address for address in seen.addresses if not address.startswith("#")} == {"data:,"}
    return seen


def test_the_page_needs_nothing_from_outside_and_every_link_lands(view):
    check(html(view))


def test_hostile_text_stays_text():
    page = html(hostile.view())
    check(page)
    assert "49" not in re.findall(r"\{\{.*?\}\}", page)
    assert "{{ 7*7 }}" in page
    assert "\u202e" not in page
    assert "\x1b" not in page
    page.encode("utf-8")


def test_hostile_text_stays_text_in_markdown():
    page = markdown(hostile.view())
    bare = re.sub(
        r'<a id="[wm]-\d+"></a>|\[\\\[\d+\\\]\]\(#w-\d+\)|\[and \d+ more\]\(#m-\d+\)', "", page
    )
    bare = re.sub(r"\\.", "", bare)
    assert not re.search(r"[<>\[\]`*]|https?:/", bare)
    assert "\u202e" not in page
    assert "\x1b" not in page


def test_the_same_record_gives_the_same_bytes(view):
    assert html(view) == html(invented.view())
    assert markdown(view) == markdown(invented.view())


def test_every_citation_of_the_markdown_has_its_source(view):
    page = markdown(view)
    cited = set(re.findall(r"\(#(w-\d+)\)", page))
    listed = re.findall(r'<a id="(w-\d+)">', page)
    assert cited == set(listed)
    assert listed == [f"w-{number}" for number in range(1, len(listed) + 1)]
    assert "wire.txt" in page
    assert "characters 0 to 157" in page


def test_two_thousand_entries_take_seconds():
    texts, entries = {}, []
    for number in range(100):
        text = " ".join(f"word{number}n{place}" for place in range(400))
        report = f"rep-{content_hash(str(number))}"
        texts[report] = text
        entries.append(
            Report(
                id=report,
                evidence=(Span(report=report, start=0, end=4, text=text[:4]),),
                source=f"{number}.txt",
                sha256="x",
            )
        )
        for place in range(20):
            start, end = place * 60, place * 60 + 90
            span = Span(report=report, start=start, end=end, text=text[start:end])
            entries.append(
                identified(
                    Statement(
                        evidence=(span,),
                        mode="direct",
                        content=span.text,
                        speaker=f"Speaker {place}",
                        date=Interval.day(dt.date(2031, 1, 1) + dt.timedelta(days=number)),
                    )
                )
            )
    began = time.perf_counter()
    html(invented.FakeView(entries, texts))
    assert time.perf_counter() - began < 12
