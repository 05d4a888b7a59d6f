"""Marks nest properly however they overlap, and hold exactly their words."""

import html
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from dragoman.render.reader import Mark, marked
from dragoman.render.safe import harmless

TEXT = st.text(st.sampled_from("ab <&>\"'\n{}\u202eק"), min_size=1, max_size=40)


class Checker(HTMLParser):
    """Collects the text of each mark, and sees that tags close in order."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.words, self.all = [], {}, ""

    def handle_starttag(self, tag, attrs):
        assert tag == "mark"
        attrs = dict(attrs)
        anchor = attrs.get("id") or attrs["data-of"]
        assert ("id" in attrs) == (anchor not in self.words)
        self.words.setdefault(anchor, "")
        self.open.append(anchor)

    def handle_endtag(self, tag):
        assert tag == "mark"
        self.open.pop()

    def handle_data(self, data):
        self.all += data
        for anchor in self.open:
            self.words[anchor] += data


@given(st.data())
def test_marks_hold_their_words(data):
    text = data.draw(TEXT)
    place = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(place, place), max_size=8))
    marks = [
        Mark(start, end, "mark", anchor=f"w-{number}")
        for number, (start, end) in enumerate(spans)
        if start < end
    ]
    checker = Checker()
    checker.feed(str(marked(text, marks)))
    checker.close()
    assert not checker.open
    assert checker.all == harmless(text)
    assert checker.words == {mark.anchor: harmless(text[mark.start : mark.end]) for mark in marks}


def test_no_text_is_markup():
    page = str(marked("<script>x</script>&amp;", []))
    assert "<" not in page
    assert html.unescape(page) == "<script>x</script>&amp;"
