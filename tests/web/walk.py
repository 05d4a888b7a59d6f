"""Reads pages as a browser would: links, forms, ids, what is asked of elsewhere."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


class Seen(HTMLParser):
    """The tags, links, ids and attributes of a page."""

    VOID = frozenset({"meta", "link", "input", "path", "rect", "circle", "br"})

    def __init__(self, html):
        super().__init__()
        self.links, self.ids, self.asked, self.attributes, self.open = [], [], [], [], []
        self.tags = set()
        self.words = None
        self._lit = 0
        self.feed(html)
        assert self.open == [], self.open

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        given = dict(attrs)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given["href"])
        for name in ("src", "action"):
            if name in given:
                self.asked.append(given[name])
        if tag == "link":
            self.asked.append(given["href"])
        if given.get("id") == "words" or given.get("data-of") == "words":
            self.words = self.words or ""
            self._lit = len(self.open)

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        assert self.open.pop() == tag
        if len(self.open) < self._lit:
            self._lit = 0

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data):
        # What the page adds of its own inside the words is no part of them.
        if self._lit and not {"a", "span"} & set(self.open[self._lit :]):
            self.words += data


def crawl(client, *starts, most=4000):
    """Every page that can be reached; yields address, answer and what was seen in it.

    Lists that are narrowed down by two things or more are left out: there are too many of them.
    """
    waiting, met = list(starts), set(starts)
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address)
        seen = None
        if answer.headers["content-type"].startswith("text/html"):
            seen = Seen(answer.text)
            for link in seen.links:
                whole = urljoin(address, link)
                assert not urlsplit(link).netloc, (address, link)
                page = whole.partition("#")[0]
                if page not in met and len(met) < most and "&" not in page:
                    met.add(page)
                    waiting.append(page)
        yield address, answer, seen
