"""Watching, over a server on this machine: what is fetched, what is refused, what is told."""

from __future__ import annotations

import email
import email.policy
import gzip
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import feedparser
import icalendar
import pytest

from dragoman import pipeline
from dragoman.errors import ConfigError, FetchError
from dragoman.record import Reader
from dragoman.watch import cycle, load
from dragoman.watch.alerts.webhook import signature
from dragoman.watch.config import Limits, Watch
from dragoman.watch.fetch import FEEDS, PAGES, Fetcher
from dragoman.watch.sources import items_of
from dragoman.watch.transport import check_address

from ..living import once

QUICK = Limits(delay=0, back_off=0.01, retries=2, seconds=5, max_bytes=200_000)
STORY = (
    "Delegations of Norland and Surland held talks in Elm on 3 May 2031, the second round."
    " Norland's foreign minister Ana Berg said: “We shall free forty prisoners.” Surland"
    " demanded a ceasefire of thirty days. {}"
)


class Site:
    """A server whose answers the tests set: by path, a function of the request or a response."""

    def __init__(self):
        self.answers, self.asked, self.posted = {}, [], []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append((self.path, dict(self.headers)))
                answer = site.answers.get(self.path, (404, {}, b""))
                status, headers, body = answer(self) if callable(answer) else answer
                if status is None:
                    return
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                site.posted.append((dict(self.headers), body))
                self.send_response(site.answers.get("POST", 204))
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def page(self, path, text, **headers):
        body = f"<html><body><article><p>{text}</p></article></body></html>".encode()
        self.answers[path] = 200, {"Content-Type": "text/html", **headers}, body

    def feed(self, path, *items, **headers):
        entries = "".join(
            f"<item><guid>{name}</guid><link>{self.url}{link}</link><title>T</title></item>"
            for name, link in items
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel>{entries}</channel></rss>'
        self.answers[path] = 200, {"Content-Type": "application/rss+xml", **headers}, body.encode()

    def count(self, path):
        return sum(asked == path for asked, _ in self.asked)

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


@pytest.fixture(autouse=True)
def _read_once(monkeypatch):
    monkeypatch.setattr(pipeline, "annotate", once)


@pytest.fixture
def fetcher():
    with Fetcher(Watch(record="x", allow=("127.0.0.1",), limits=QUICK), sleep=lambda _: None) as it:
        yield it


def plan(tmp_path, **fields):
    return Watch(
        record=str(tmp_path / "r.db"),
        memory=str(tmp_path / "seen.json"),
        allow=("127.0.0.1",),
        limits=fields.pop("limits", QUICK),
        **fields,
    )


def run(watch, **fields):
    return cycle(watch, sleep=lambda _: None, **fields)


def sources(watch):
    with Reader(Path(watch.record)) as reader:
        return sorted(report.source for report in reader.entries("report"))


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.3.4", "169.254.169.254", "0.0.0.0",  # noqa: S104 - to be refused
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0",
        "fc00::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "2002:7f00:1::", "ff02::1",
    ],
)  # fmt: skip
def test_only_public_addresses(address):
    with pytest.raises(FetchError, match="no public address"):
        check_address(address, ())
    check_address(address, (address,))


def test_public_addresses_are_taken():
    for address in ("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"):
        check_address(address, ())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_this_machine_is_not_reached_unless_allowed(site, host):
    port = site.server.server_port
    with (
        Fetcher(Watch(record="x", limits=QUICK), sleep=lambda _: None) as fetcher,
        pytest.raises(FetchError, match="no public address"),
    ):
        fetcher.get(f"http://{host}:{port}/page", PAGES, {})
    assert site.asked == []


def test_a_redirect_to_a_private_address_is_refused(site, fetcher):
    for target in (
        "http://10.0.0.8/",
        "http://127.0.0.2:1/",
        "http://[::1]/",
        "file:///etc/passwd",
    ):
        site.answers["/away"] = 302, {"Location": target}, b""
        with pytest.raises(FetchError, match=r"no public address|no plain web address"):
            fetcher.get(f"{site.url}/away", PAGES, {})


def test_a_name_is_checked_at_each_connection(site, fetcher, monkeypatch):
    from dragoman.watch import transport

    port, answers = site.server.server_port, iter(["127.0.0.1", "127.0.0.1", "10.0.0.8"])
    names = SimpleNamespace(
        SOCK_STREAM=1, getaddrinfo=lambda *_, **__: [(0, 0, 0, "", (next(answers), port))]
    )
    monkeypatch.setattr(transport, "socket", names)
    site.page("/page", "text")
    assert fetcher.get(f"http://name.example:{port}/page", PAGES, {}).body
    with pytest.raises(FetchError, match=r"10\.0\.0\.8: it is no public address"):
        fetcher.get(f"http://name.example:{port}/page", PAGES, {})


@pytest.mark.parametrize("url", ["http://a:b@127.0.0.1/", "ftp://127.0.0.1/", "http:///nothing"])
def test_only_plain_web_addresses(fetcher, url):
    with pytest.raises(FetchError):
        fetcher.get(url, PAGES, {})


# ---------------------------------------------------------------- limits


def endless(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"x" * 65_536)
    except OSError:
        return None, {}, b""


def test_an_endless_body_is_cut(site, fetcher):
    site.answers["/endless"] = endless
    with pytest.raises(FetchError, match="more than 200,000 bytes"):
        fetcher.get(f"{site.url}/endless", PAGES, {})


def test_a_packed_bomb_is_cut(site, fetcher):
    bomb = gzip.compress(b"x" * 50_000_000)
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    site.answers["/bomb"] = 200, headers, bomb
    with pytest.raises(FetchError, match="more than 200,000 bytes"):
        fetcher.get(f"{site.url}/bomb", PAGES, {})
    site.answers["/fine"] = 200, headers, gzip.compress(b"<p>small</p>")
    assert fetcher.get(f"{site.url}/fine", PAGES, {}).body == b"<p>small</p>"


def test_redirects_are_counted(site, fetcher):
    site.answers["/round"] = 302, {"Location": "/round"}, b""
    with pytest.raises(FetchError, match="too many redirects"):
        fetcher.get(f"{site.url}/round", PAGES, {})
    site.answers["/nowhere"] = 302, {}, b""
    with pytest.raises(FetchError, match="to nowhere"):
        fetcher.get(f"{site.url}/nowhere", PAGES, {})


def test_types_are_checked(site, fetcher):
    site.answers["/film"] = 200, {"Content-Type": "video/mp4"}, b"x"
    with pytest.raises(FetchError, match="of type video/mp4"):
        fetcher.get(f"{site.url}/film", PAGES, {})


def test_what_may_pass_is_tried_again(site):
    answers, slept = [503, 429, 200], []

    def page(_):
        status = answers.pop(0)
        return status, {"Content-Type": "text/html", "Retry-After": "7"}, b"<p>at last</p>"

    site.answers["/busy"] = page
    watch = Watch(record="x", allow=("127.0.0.1",), limits=QUICK)
    with Fetcher(watch, sleep=slept.append) as fetcher:
        assert fetcher.get(f"{site.url}/busy", PAGES, {}).body == b"<p>at last</p>"
        assert slept == [7.0, 7.0]
        site.answers["/gone"] = 410, {}, b""
        with pytest.raises(FetchError, match="answered 410") as gone:
            fetcher.get(f"{site.url}/gone", PAGES, {})
        assert not gone.value.passing
        site.answers["/later"] = 503, {"Retry-After": "86400"}, b""
        with pytest.raises(FetchError, match="come back in 86400 s") as later:
            fetcher.get(f"{site.url}/later", PAGES, {})
        assert later.value.passing
    assert (site.count("/gone"), site.count("/later")) == (1, 1)


def test_a_host_is_asked_no_faster_than_it_wants(site):
    site.answers["/robots.txt"] = 200, {}, b"User-agent: *\nCrawl-delay: 9\nDisallow: /secret"
    site.page("/page", "text")
    slept = []
    watch = Watch(record="x", allow=("127.0.0.1",), limits=Limits(delay=2, retries=0))
    with Fetcher(watch, sleep=slept.append, clock=lambda: 100.0) as fetcher:
        fetcher.get(f"{site.url}/page", PAGES, {})
        fetcher.get(f"{site.url}/page", PAGES, {})
        assert slept == [9.0, 9.0]
        with pytest.raises(FetchError, match=r"robots\.txt forbids"):
            fetcher.get(f"{site.url}/secret/x", PAGES, {})
    assert (site.count("/robots.txt"), site.count("/secret/x")) == (1, 0)


def test_robots_that_fail_forbid_all_for_the_time(site, fetcher):
    site.answers["/robots.txt"] = 500, {}, b""
    site.page("/page", "text")
    with pytest.raises(FetchError, match="answered 500") as error:
        fetcher.get(f"{site.url}/page", PAGES, {})
    assert error.value.passing
    assert site.count("/page") == 0


# ---------------------------------------------------------------- cycles


def test_what_is_new_is_added_once(site, tmp_path):
    site.page("/1", STORY.format("One."), ETag='"a"')
    site.page("/2", STORY.format("Two."))
    site.feed("/feed", ("i1", "/1"), ("i2", "/2"), ("i2", "/2"), ETag='"f"')
    watch = plan(tmp_path, feeds=(f"{site.url}/feed",), pages=(f"{site.url}/1",))
    assert (run(watch).added, run(watch).added) == (2, 0)
    assert sources(watch) == [f"{site.url}/1", f"{site.url}/2"]
    # The second time validators are sent, and items that were seen are not fetched.
    assert site.asked[-2:][0][0] == "/feed"
    assert [h.get("If-None-Match") for p, h in site.asked if p == "/feed"] == [None, '"f"']
    assert [h.get("If-None-Match") for p, h in site.asked if p == "/1"] == [None, '"a"']
    assert site.count("/2") == 1


def test_an_item_or_a_page_that_changes_is_a_new_report(site, tmp_path):
    site.page("/1", STORY.format("One."))
    watch = plan(tmp_path, pages=(f"{site.url}/1",))
    run(watch)
    site.page("/1", STORY.format("Corrected."))
    assert run(watch).added == 1
    assert sources(watch) == [f"{site.url}/1"] * 2


def test_what_has_not_changed_is_not_read(site, tmp_path):
    site.page("/1", STORY.format("One."), ETag='"a"')
    watch = plan(tmp_path, pages=(f"{site.url}/1",))
    run(watch)
    site.answers["/1"] = lambda h: (
        304 if h.headers.get("If-None-Match") == '"a"' else 500,
        {},
        b"",
    )
    assert run(watch).problems == ()


def test_a_source_that_fails_loses_nothing(site, tmp_path):
    site.page("/1", STORY.format("One."))
    site.answers["/2"] = 503, {}, b""
    site.feed("/feed", ("i1", "/1"), ("i2", "/2"), ETag='"f"')
    watch = plan(tmp_path, feeds=(f"{site.url}/feed", f"{site.url}/none"))
    told = run(watch)
    assert told.added == 1
    assert [problem.split(": ")[1].split(";")[0] for problem in told.problems] == [
        "it answered 503", "it answered 404",
    ]  # fmt: skip
    site.page("/2", STORY.format("Two."))
    assert run(watch).added == 1


def test_a_record_that_can_not_be_written_loses_nothing(site, tmp_path, monkeypatch):
    from dragoman.errors import RecordError

    site.page("/1", STORY.format("One."))
    site.feed("/feed", ("i1", "/1"))
    watch = plan(tmp_path, feeds=(f"{site.url}/feed",))

    def full(*_, **__):
        raise RecordError("r.db", "the disk is full", "free some space")

    with monkeypatch.context() as patch:
        patch.setattr("dragoman.watch.rounds.add_received", full)
        with pytest.raises(RecordError):
            run(watch)
    assert not Path(watch.memory).exists()
    assert run(watch).added == 1


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel><item><link>http://a.example/1</link></item>",
        (
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
            b"<rss version='2.0'><channel><item><link>http://a.example/1</link><title>&b;</title>"
            b"</item></channel></rss>"
        ),
        b"\xff\xfe<rss version='2.0'><channel><item><link>http://a.example/1</link></item>",
    ],
)
def test_a_feed_with_bad_xml_is_read_as_far_as_it_can_be(body):
    try:
        assert all(item.url == "http://a.example/1" for item in items_of("feed", body))
    except FetchError as error:
        assert "no feed" in str(error)  # noqa: PT017 - either is as documented


def test_no_feed_is_an_error(site, tmp_path):
    site.answers["/feed"] = 200, {"Content-Type": "text/xml"}, b"<html><body>no"
    (problem,) = run(plan(tmp_path, feeds=(f"{site.url}/feed",))).problems
    assert "no feed that can be read" in problem
    assert FEEDS


def test_folders_are_watched(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.txt").write_text(STORY.format("One."), "utf-8")
    watch = plan(tmp_path, folders=(str(tmp_path / "in"),))
    assert run(watch).added == 1
    (tmp_path / "in" / "2.txt").write_text(STORY.format("Two."), "utf-8")
    assert (run(watch).added, run(watch).added) == (1, 0)


# ---------------------------------------------------------------- alerts

NEXT = "The third round of talks of Norland and Surland will be held in Elm on 19 May 2031. " * 2
CONFIG = """
record = "r.db"
folders = ["in"]
allow = ["127.0.0.1"]
[[alerts]]
name = "talks"
atom = "out/feed.xml"
calendar = "out/meetings.ics"
mail = {{ to = ["desk@example.org"], sender = "watch@example.org", folder = "out/mail" }}
webhook = {{ url = "{url}/hook", secret_variable = "HOOK_SECRET" }}
[[alerts]]
name = "breaches"
wanted = {{ weight = 5 }}
mail = {{ to = ["desk@example.org"], sender = "watch@example.org", folder = "out/breaches" }}
"""


@pytest.fixture
def alerted(site, tmp_path):
    (tmp_path / "watch.toml").write_text(CONFIG.format(url=site.url), "utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.txt").write_text(STORY.format("One."), "utf-8")
    watch = load(tmp_path / "watch.toml")
    assert run(watch, environment={"HOOK_SECRET": "s"}).problems == ()
    assert not (tmp_path / "out" / "mail").exists()  # nothing is known yet that could have moved
    (tmp_path / "in" / "2.txt").write_text(STORY.format("Two. ") + "\n\n" + NEXT, "utf-8")
    return watch


def test_what_moved_is_told_in_all_ways(site, tmp_path, alerted):
    told = run(alerted, environment={"HOOK_SECRET": "s"})
    assert told.problems == ()
    assert told.news["talks"] > 0
    assert told.news["breaches"] == 0
    assert not (tmp_path / "out" / "breaches").exists()

    parsed = feedparser.parse((tmp_path / "out" / "feed.xml").read_bytes())
    assert (parsed.bozo, parsed.version) == (False, "atom10")
    assert len(parsed.entries) == told.news["talks"]
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)

    (path,) = (tmp_path / "out" / "mail").iterdir()
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert message["To"] == "desk@example.org"
    plain, rich = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert parsed.entries[0].title.split(":")[0] in plain
    assert "<blockquote>" in rich

    ((headers, body),) = site.posted
    assert headers["X-Dragoman-Signature"] == signature("s", headers["X-Dragoman-Timestamp"], body)
    assert len(json.loads(body)["news"]) == told.news["talks"]

    calendar = icalendar.Calendar.from_ical((tmp_path / "out" / "meetings.ics").read_bytes())
    days = {str(event["DTSTART"].dt) for event in calendar.walk("VEVENT")}
    with Reader(Path(alerted.record)) as reader:
        planned = [m for m in reader.entries("meeting") if m.status in {"planned", "proposed"}]
    assert days == {str(m.date) for m in planned if m.date and m.date.days == 1}
    assert run(alerted, environment={"HOOK_SECRET": "s"}).news["talks"] == 0


def test_an_alert_that_fails_is_told_the_next_time(site, alerted):
    site.answers["POST"] = 500
    told = run(alerted, environment={"HOOK_SECRET": "s"})
    assert "answered 500" in told.problems[0]
    assert told.news["talks"] == 0
    told = run(alerted, environment={})
    assert "HOOK_SECRET is not set" in told.problems[0]
    site.answers["POST"] = 204
    assert run(alerted, environment={"HOOK_SECRET": "s"}).news["talks"] > 0


# ---------------------------------------------------------------- settings


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ('record = "r.db"', "nothing is watched"),
        ('record = "r.db"\nfolders = ["in"]\ncolour = "red"', "colour"),
        ('record = "r.db"\nfeeds = ["ftp://a/b"]', "no web address"),
        ('record = "r.db"\nfolders = ["in"]\n[[alerts]]\nname = "x"', "nobody is told"),
        ('record = "r.db"\nfolders = ["in"]\ninterval = 0', "> 0"),
        ("record = ", "no valid TOML"),
    ],
)
def test_a_watch_file_is_checked_as_a_whole(tmp_path, text, cause):
    (tmp_path / "w.toml").write_text(text)
    with pytest.raises(ConfigError, match=cause):
        load(tmp_path / "w.toml")
    with pytest.raises(ConfigError):
        load(tmp_path / "none.toml")


def test_a_memory_that_is_damaged_is_an_error(tmp_path):
    watch = plan(tmp_path, folders=(str(tmp_path),))
    Path(watch.memory).write_text("{")
    with pytest.raises(ConfigError, match="remove it"):
        run(watch)
