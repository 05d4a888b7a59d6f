"""JSON Lines and sidecars: what is stated about reports."""

import contextlib
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import acquire
from dragoman.acquire import Limits
from dragoman.acquire.facts import interval, language_code
from dragoman.claims import Received
from dragoman.errors import SourceError
from dragoman.types import Interval

FULL = {
    "id": "r-1",
    "url": "https://post.example/talks",
    "title": "Talks",
    "outlet": "Post",
    "agency": "Wire",
    "language": "pt-BR",
    "published": "2031-03-04T10:00:00+02:00",
    "text": "They met.\r\nThey left.",
    "score": 0.3,
}


def read(tmp_path, content, name="a.jsonl", **options):
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / name).write_bytes(data)
    return list(acquire.read([str(tmp_path)], **options))


def line(**fields):
    return json.dumps({"text": "They met.", **fields})


def test_a_full_line(tmp_path):
    raw = json.dumps(FULL)
    (received,) = read(tmp_path, raw + "\n")
    assert received == Received(
        source="https://post.example/talks",
        text="They met.\r\nThey left.",
        raw=raw.encode(),
        media_type="application/jsonl",
        url="https://post.example/talks",
        title="Talks",
        outlet="Post",
        agency="Wire",
        language="pt",
        published=Interval.parse("2031-03-04"),
        published_how="stated",
    )


def test_names_of_lines(tmp_path):
    lines = [line(), line(id="x"), line(id=7), line(url="u", id="x"), line(url="", id=" "), ""]
    sources = [item.source for item in read(tmp_path, "\n".join(lines))]
    assert sources == ["a.jsonl#1", "x", "7", "u", "a.jsonl#5"]


def test_blank_lines_marks_and_line_ends(tmp_path):
    content = b"\xef\xbb\xbf" + line().encode() + b"\r\n\r\n  \n" + line().encode()
    assert [item.source for item in read(tmp_path, content)] == ["a.jsonl#1", "a.jsonl#4"]


@pytest.mark.parametrize(
    ("bad", "cause"),
    [
        (b"{", "malformed JSON"),
        (b"not json", "malformed JSON"),
        (b'"text"', "a table is wanted"),
        (b"[1]", "a table is wanted"),
        (b"null", "a table is wanted"),
        (b'{"text": 5}', "text: text or nothing is wanted, not a whole number"),
        (b'{"title": "a"}', "no `text`"),
        (b'{"text": null}', "no `text`"),
        (b'{"text": " \\n"}', "`text` is empty"),
        (b'{"text": "a\\u0000b"}', "NUL"),
        (b'{"text": "\\ud800"}', "JSON"),
        (b'{"text": "\xff"}', "not UTF-8"),
        (b'{"x": ' + b"[" * 5000, "nested too deep"),
        (b'{"text": "' + b"x" * 5000 + b'"}', "more than the 4,000 bytes allowed"),
    ],
)
def test_a_bad_line_stops_nothing(tmp_path, bad, cause):
    limits = Limits(max_bytes=4_000 if b"xxx" in bad else 20_000_000)
    content = line().encode() + b"\n" + bad + b"\n" + line().encode() + b"\n"
    first, refused, last = read(tmp_path, content, limits=limits)
    assert (first.source, last.source) == ("a.jsonl#1", "a.jsonl#3")
    assert isinstance(refused, SourceError)
    assert refused.place.endswith("a.jsonl:2")
    assert cause in refused.cause
    assert refused.step


@pytest.mark.parametrize(
    ("facts", "cause"),
    [
        ({"published": "Friday"}, "`published` 'Friday' is no ISO 8601"),
        ({"published": "2031-02-30"}, "`published`"),
        ({"published": "2031-03-05/2031-03-04"}, "`published`"),
        ({"language": "Portuguese (Brazil)"}, "`language`"),
    ],
)
def test_a_fact_not_understood_costs_only_itself(tmp_path, facts, cause):
    refused, received = read(tmp_path, line(outlet="Post", **facts))
    assert cause in refused.cause
    assert received.outlet == "Post"
    assert (received.published, received.published_how) == (None, "unknown")
    assert received.language is None


@pytest.mark.parametrize(
    ("content", "name", "cause"),
    [
        ('{\n "text": "a"\n}', "a.json", "not one object a line"),
        ('[{"text": "a"}]', "a.json", "not one object a line"),
        ("\n\n", "a.jsonl", "empty"),
        (line().encode("utf-16"), "a.jsonl", "must be UTF-8"),
        (bytes(100), "a.jsonl", "must be UTF-8"),
    ],
)
def test_what_is_no_json_lines(tmp_path, content, name, cause):
    (refused,) = read(tmp_path, content, name)
    assert cause in refused.cause


def test_known_by_content(tmp_path):
    assert read(tmp_path, line(), "a.txt")[0].source == "a.txt#1"
    assert read(tmp_path, '{"Nothing is decided", he said.', "a.txt")[0].text.startswith("{")
    assert read(tmp_path, "<p>They met.</p>", "a.txt")[0].text == "They met."


@pytest.mark.parametrize("size", [10, 60_000, 70_000, 300_000])
def test_long_lines(size):
    text = "a…" * size
    lines = io.BytesIO(f"{line(text=text)}\n{line()}\n".encode())
    assert [item.text for item in acquire.read(["-"], stdin=lines)] == [text, "They met."]


def test_the_file_may_be_longer_than_the_limit(tmp_path):
    items = read(tmp_path, f"{line()}\n" * 1000, limits=Limits(max_bytes=100))
    assert len(items) == 1000


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2031", "2031"),
        ("2031-03", "2031-03"),
        ("2031-03-04", "2031-03-04"),
        ("2031-03-04T23:30:00-05:00", "2031-03-04"),
        ("2031-03-04 10:00", "2031-03-04"),
        ("2031-03-04/2031-03-06", "2031-03-04/2031-03-06"),
        ("2031-03-04T10:00Z/2031-03-06T10:00Z", "2031-03-04/2031-03-06"),
        ("../2031-03-06", "../2031-03-06"),
    ],
)
def test_dates(text, written):
    assert str(interval(text)) == written


@given(st.text())
def test_any_date_is_an_interval_or_a_value_error(text):
    with contextlib.suppress(ValueError):
        interval(text)


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en", "en"), ("pt-BR", "pt"), ("zh_Hant", "zh"), ("UK", "uk"), ("und", None), ("x-a", None)],
)
def test_language_codes(tag, code):
    assert language_code(tag) == code


# ------------------------------------------------------------------ sidecars


def put(folder, **files):
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(content)


@pytest.mark.parametrize("name", ["a.txt.meta.json", "a.meta.json"])
def test_sidecar(tmp_path, name):
    put(tmp_path, a_txt="They met.", b_txt="They left.")
    (tmp_path / name).write_text(json.dumps(FULL))
    described, plain = acquire.read([str(tmp_path)])
    (alone,) = acquire.read([str(tmp_path / "a.txt")])
    assert described == alone
    assert described.text == "They met."
    assert described.source == "a.txt"
    assert described.url == "https://post.example/talks"
    assert (described.outlet, described.agency, described.language) == ("Post", "Wire", "pt")
    assert (str(described.published), described.published_how) == ("2031-03-04", "stated")
    assert plain.outlet is None


def test_sidecar_overrides_the_page_only_where_it_speaks(tmp_path):
    put(
        tmp_path,
        a_html="<html lang=de><head><title>Page</title><meta name=date content=2031-03-04>"
        "</head><body><p>They met.</p></body></html>",
        a_html_meta_json='{"title": "Mine", "language": "en"}',
    )
    (received,) = acquire.read([str(tmp_path)])
    assert (received.title, received.language) == ("Mine", "en")
    assert (str(received.published), received.published_how) == ("2031-03-04", "metadata")


def test_the_closer_sidecar_counts(tmp_path):
    put(
        tmp_path,
        a_txt="They met.",
        a_meta_json='{"outlet": "Far"}',
        a_txt_meta_json='{"outlet": "Near"}',
    )
    (received,) = acquire.read([str(tmp_path)])
    assert received.outlet == "Near"


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("{", "malformed JSON"),
        ("", "malformed JSON"),
        ("[]", "a table is wanted"),
        ('{"title": 5}', "title: text or nothing is wanted, not a whole number"),
        ('{"published": "soon"}', "`published`"),
    ],
)
def test_malformed_sidecar(tmp_path, content, cause):
    put(tmp_path, a_txt="They met.", a_meta_json=content)
    refused, received = acquire.read([str(tmp_path)])
    assert cause in refused.cause
    assert refused.place.endswith("a.meta.json")
    assert "read without it" in refused.step
    assert received.text == "They met."


def test_sidecars_that_can_not_be_had(tmp_path):
    put(tmp_path, a_txt="They met.", b_txt="They left.", c_txt="They sat.")
    (tmp_path / "a.meta.json").symlink_to(tmp_path / "nowhere")
    (tmp_path / "b.meta.json").mkdir()
    (tmp_path / "c.meta.json").write_text(" " * 200)
    items = list(acquire.read([str(tmp_path)], limits=Limits(max_bytes=100)))
    assert [type(item) for item in items] == [SourceError, Received] * 3
    causes = [item.cause for item in items[::2]]
    assert causes[:2] == ["does not exist", "not a file"]
    assert "more than" in causes[2]


def test_sidecars_are_no_reports(tmp_path):
    put(tmp_path, a_meta_json="{}", b_jsonl=line(), b_meta_json="{}")
    orphan, unused, received = acquire.read([str(tmp_path)])
    assert "not there" in orphan.cause
    assert "JSON Lines" in unused.cause
    assert received.source == "b.jsonl#1"
    (named,) = acquire.read([str(tmp_path / "a.meta.json")])
    assert "is none" in named.cause
