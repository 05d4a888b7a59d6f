"""HTML: the article, what the page states, and pages that are broken or hostile."""

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import acquire
from dragoman.acquire import Limits, html, page
from dragoman.claims import Received
from dragoman.errors import SourceError
from dragoman.types import Interval

WORDS = "<p>The delegations of Varonne and Oststrand met in the customs house on Tuesday.</p>"


def page_of(head="", body=WORDS, attributes=""):
    return f"<!doctype html><html {attributes}><head>{head}</head><body>{body}</body></html>"


def read(tmp_path, content, name="a.html", **options):
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / name).write_bytes(data)
    (item,) = acquire.read([str(tmp_path / name)], **options)
    return item


def meta(name, content, key="property"):
    return f'<meta {key}="{name}" content="{content}">'


def ld(**fields):
    fields = {"@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


def test_a_whole_page(tmp_path):
    content = page_of(
        "<title>Talks resume | The Varonne Post</title>"
        + meta("og:site_name", "The Varonne Post")
        + meta("article:published_time", "2031-03-04T22:10:00-05:00")
        + meta("article:modified_time", "2031-03-09T08:00:00Z")
        + '<link rel="canonical" href="https://post.example/talks">',
        "<nav><a href='/'>Home</a></nav><script>document.write('evil')</script>"
        f"<article>{WORDS}<p>They will meet again next week, said the spokesman.</p></article>",
        "lang='en-GB'",
    )
    received = read(tmp_path, content)
    assert received.text == (
        "The delegations of Varonne and Oststrand met in the customs house on Tuesday.\n"
        "They will meet again next week, said the spokesman."
    )
    assert received.raw == content.encode()
    assert received.media_type == "text/html; charset=utf-8"
    assert received.title == "Talks resume"
    assert received.outlet == "The Varonne Post"
    assert received.language == "en"
    assert received.url == "https://post.example/talks"
    assert (received.published, received.published_how) == (
        Interval.day(dt.date(2031, 3, 4)),
        "metadata",
    )


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (meta("article:published_time", "2031-03-04"), "2031-03-04"),
        (meta("article:published_time", "20310304T101500Z"), "2031-03-04"),
        (meta("datePublished", "2031-03-04", "itemprop"), "2031-03-04"),
        (meta("dc.date.issued", "2031-03-04", "name"), "2031-03-04"),
        (meta("pubdate", "Tue, 04 Mar 2031 10:00:00 GMT", "name"), "2031-03-04"),
        (meta("date", "March 4, 2031", "name"), "2031-03-04"),
        (meta("date", "24/03/2031", "name"), "2031-03-24"),
        (ld(datePublished="2031-03-04T10:00:00Z"), "2031-03-04"),
        (
            ld(**{"@type": ["Thing", "ReportageNewsArticle"]}, datePublished="2031-03-04"),
            "2031-03-04",
        ),
        ('<link rel="canonical" href="https://a.example/2031/03/04/talks">', "2031-03-04"),
        ('<link rel="canonical" href="https://a.example/2031/13/40/talks">', None),
        (meta("article:published_time", "2031-03"), None),
        (meta("article:published_time", "2031"), None),
        (meta("article:published_time", "March 2031"), None),
        (meta("article:published_time", "03/04/2031"), None),
        (meta("article:published_time", "yesterday"), None),
        (meta("article:published_time", "2031-02-30"), None),
        (meta("article:modified_time", "2031-03-04"), None),
        (meta("og:updated_time", "2031-03-04"), None),
        (meta("last-modified", "2031-03-04", "http-equiv"), None),
        (meta("copyrightYear", "2031", "itemprop"), None),
        (ld(dateModified="2031-03-04"), None),
        (ld(**{"@type": "Event"}, datePublished="2031-03-04"), None),
        (ld(datePublished="2031-03-04") + ld(datePublished="2031-03-05"), None),
        (meta("date", "2031-03-04", "name") + meta("date", "2031-03-05", "name"), None),
        ("<script type='application/ld+json'>{broken</script>", None),
        ("<script type='application/ld+json'>" + "[" * 9999 + "</script>", None),
        ("", None),
    ],
)
def test_published_is_stated_or_unknown(tmp_path, head, day):
    received = read(tmp_path, page_of(head))
    assert (str(received.published) if received.published else None) == day
    assert received.published_how == ("metadata" if day else "unknown")


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("<time pubdate datetime='2031-03-04T10:00'>Tuesday</time>", "2031-03-04"),
        ("<time class='entry-date published' datetime='2031-03-04'>x</time>", "2031-03-04"),
        ("<time itemprop='datePublished'>4 March 2031</time>", "2031-03-04"),
        ("<time datetime='2031-03-04'>the talks of Tuesday</time>", None),
        ("<footer>© 2031-03-04</footer>", None),
        ("<span class='date'>4 March 2031</span>", None),
        ("<p>On 2031-03-04 they met.</p>", None),
    ],
)
def test_times_in_the_page(tmp_path, body, day):
    received = read(tmp_path, page_of(body=body + WORDS))
    assert (str(received.published) if received.published else None) == day


@given(st.text(max_size=30))
@settings(deadline=None)
def test_any_value_of_a_date_is_survived(value):
    page._day(value)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_every_iso_day_is_read(day):
    assert page._day(day.isoformat()) == day
    assert page._day(f"{day.isoformat()}T23:59:59-11:00") == day


@pytest.mark.parametrize(
    ("head", "body", "title", "outlet"),
    [
        ("<title>Talks</title>", "", "Talks", None),
        ("<title>A - Post</title>" + meta("og:site_name", "Post"), "", "A", "Post"),
        ("<title>A - B</title>", "", "A - B", None),
        ("<title>x</title>", "<h1>The <b>talks</b>\n go on</h1>", "The talks go on", None),
        ("<title>x</title>", "<h1>One</h1><h1>Two</h1>", "x", None),
        (ld(headline="Talks", publisher={"name": "Post"}), "<h1>y</h1>", "Talks", "Post"),
        (ld(headline="Talks", publisher=[{"name": "Post"}]), "", "Talks", "Post"),
        (ld(headline=7, publisher=7), "", None, None),
        (meta("application-name", "Post", "name"), "", None, "Post"),
        ('<link rel="canonical" href="https://post.example/x">', "", None, None),
    ],
)
def test_title_and_outlet(tmp_path, head, body, title, outlet):
    received = read(tmp_path, page_of(head, body + WORDS))
    assert (received.title, received.outlet) == (title, outlet)


@pytest.mark.parametrize(
    ("attribute", "language"),
    [("lang=pt-BR", "pt"), ("xml:lang=ru", "ru"), ("lang=''", None), ("lang=x-default", None)],
)
def test_language(tmp_path, attribute, language):
    assert read(tmp_path, page_of(attributes=attribute)).language == language


@pytest.mark.parametrize(
    ("start", "is_html"),
    [
        ("<!DOCTYPE html>", True),
        ("\n <HTML>", True),
        ("<?xml version='1.0'?>\n<html xmlns='x'>", True),
        ("<!-- a --><!-- b --><body>", True),
        ("<p>Talks", True),
        ("<div\nclass=x>", True),
        ("<pre>", False),
        ("<quote> said", False),
        ("Talks <p>", False),
        ("<!-- " * 2000, False),
    ],
)
def test_known_by_content(start, is_html):
    assert html.looks_like(start) == is_html


def test_content_before_ending(tmp_path):
    assert read(tmp_path, page_of(), "a.txt").media_type.startswith("text/html")
    assert read(tmp_path, "Plain words.", "b.html").text == "Plain words."


@pytest.mark.parametrize(
    ("codec", "declaration"),
    [
        ("cp1251", '<meta charset="windows-1251">'),
        ("koi8_r", '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'),
        ("utf-16", ""),
        ("utf-16-le", ""),
        ("utf-8-sig", '<meta charset="windows-1251">'),
        ("cp1251", '<meta charset="utf-8">'),
    ],
)
def test_encodings(tmp_path, codec, declaration):
    words = "Стороны встретились в пятницу и договорились продолжить переговоры."
    content = page_of(declaration, f"<p>{words}</p>").encode(codec)
    assert read(tmp_path, content).text == words


def test_declaration_of_xml(tmp_path):
    content = "<?xml version='1.0' encoding='iso-8859-2'?><html><body><p>Żółw ąę</p></body></html>"
    assert read(tmp_path, content.encode("iso8859_2")).text == "Żółw ąę"


@pytest.mark.parametrize(
    "content",
    [
        "<html><body><div><p>Unclosed <b>tags and words",
        "<html><body><p>Talks</div></span></p></table>",
        "<html><body>Talks" + "</div>" * 5000,
        "<html><body><p>Ta\0lks\0</p></body></html>",
        "<html><body><p>Talks &#1;&#0;&#xD800;&#x110000;&bogus;</p>",
        "<html><body><p>Talks \x01 \ufffe</p>" + WORDS,
        "<html><body><script>" + "<p>evil</p>" * 1000 + "</script><p>Talks</p>",
        "<html><body><style>p{}</style><iframe src=x></iframe><p onclick='x()'>Talks</p>",
        "<html><body>" + "<div>" * 1900 + "<p>Talks go on here.</p>",
        "<html><body>" + "<b>" * 1900 + "Talks go on here.",
        "<html><body>" + "<table><tr><td>" * 300 + "Talks go on here.",
        "<html><head>" + "<meta name=a content=b>" * 5000 + "</head><body><p>Talks</p>",
        "<!DOCTYPE html [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><html><body><p>Talks &c;</p>",
        "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><html><body><p>Talks</p>",
    ],
)
def test_broken_pages_with_words(tmp_path, content):
    received = read(tmp_path, content)
    assert isinstance(received, Received), received
    assert "evil" not in received.text
    assert "\0" not in received.text
    assert any(word in received.text for word in ("Talks", "tags", "lks"))


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("<html><head><title>x</title></head><body></body></html>", "without text"),
        ("<html><body><script>while(1){}</script></body></html>", "without text"),
        ("<html><frameset><frame src=x></frameset></html>", "without text"),
        ("<html>", "without"),
        ("<html><body>" + "<div>" * 50_000 + WORDS, "nested too deep"),
        ("<p " + " ".join(f"a{i}=1" for i in range(50_000)) + ">Talks", "too many attributes"),
        ("<html><body>" + "<i></i>" * 60_000 + WORDS, "more than 50,000 elements"),
    ],
)
def test_pages_without_words_or_end(tmp_path, content, cause):
    refused = read(tmp_path, content)
    assert isinstance(refused, SourceError)
    assert cause in refused.cause


def test_limit_of_elements(tmp_path):
    assert isinstance(read(tmp_path, page_of(), limits=Limits(max_elements=3)), SourceError)


def test_a_bug_in_extraction_stops_nothing(tmp_path, monkeypatch):
    def fails(*_args, **_kwargs):
        raise RecursionError("too deep")

    monkeypatch.setattr("trafilatura.extract", fails)
    assert "can't be read (too deep)" in read(tmp_path, page_of()).cause


@given(
    st.lists(
        st.sampled_from(
            [
                *"<>/='\"& \n\0é",
                *("<p>", "</p>", "<html", "<!--", "-->", "<![CDATA[", "<table>", "<svg>"),
                *("Talks", "<meta charset=", "&#0;", "<script>", "<time pubdate>"),
            ]
        ),
        max_size=40,
    )
)
@settings(deadline=None, max_examples=60)
def test_any_soup_is_survived(tmp_path_factory, parts):
    folder = tmp_path_factory.mktemp("soup")
    (folder / "a.html").write_text("<html>" + "".join(parts))
    (item,) = acquire.read([str(folder)])
    assert isinstance(item, SourceError) or item.text.strip()
