"""Whatever a report's texts, titles, names and addresses hold, the pages only show it."""

import itertools
import json
import re
from urllib.parse import quote, urlencode, urlsplit

import pytest

from dragoman.config import Config
from dragoman.pipeline import build
from dragoman.record import Reader
from dragoman.render.briefing import brief
from dragoman.render.html import html
from dragoman.render.markdown import markdown
from dragoman.render.safe import harmless
from tests.hostile import ATTACKS, CLASSES

from .conftest import opened
from .walk import Seen

LISTS = (
    "/", "/timeline", "/positions", "/positions?by=round", "/meetings", "/commitments",
    "/incidents", "/statements", "/actors", "/comparisons", "/copies", "/reports", "/exports",
)  # fmt: skip
_TAGS = (
    "html head meta title link script body a header svg path span form input fieldset legend label"
    " nav details summary p ul li main h1 h2 h3 div section table thead tbody tr th td ol time bdi"
    " blockquote footer article mark s u q dl dt dd b figure figcaption g rect text line desc"
    " aside button select option br tspan circle kbd"
)
TAGS = set(_TAGS.split())
# No control, direction-turning or invisible character may be left in a page.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ufeff]")


@pytest.fixture(scope="module")
def attacked(hostile):
    with opened(hostile) as client:
        yield client


def test_there_are_enough_of_them_and_no_two_alike():
    assert len(set(ATTACKS)) == len(ATTACKS) >= 200
    assert all(len(texts) >= 9 for texts in CLASSES.values())


def check(answer, status=200):
    """The page holds our tags, our addresses, and no script but ours."""
    assert answer.status_code == status, answer.url
    assert not STEERING.search(answer.text), answer.url
    seen = Seen(answer.text)
    assert seen.tags <= TAGS, (answer.url, seen.tags - TAGS)
    assert len(seen.ids) == len(set(seen.ids)), answer.url
    assert answer.text.count("<script") == 1
    for tag, name, value in seen.attributes:
        assert re.fullmatch(r"[a-zA-Z][\w:-]*", name), (answer.url, tag, name)
        assert not name.lower().startswith("on"), (answer.url, tag, name)
        assert name not in {"style", "srcdoc", "formaction"}, (answer.url, tag, name)
        if tag == "script":
            assert (name, value) == ("src", "/static/app.js")
    for link in (*seen.links, *seen.asked):
        parts = urlsplit(link)
        assert not parts.scheme, (answer.url, link)
        assert not parts.netloc, (answer.url, link)
        assert link.startswith(("/", "#")), (answer.url, link)
    return seen


def test_every_list_stays_a_list(attacked):
    waiting = list(LISTS)
    for address in waiting:
        answer = attacked.get(address)
        check(answer)
        further = re.search(r'rel="next" href="([^"]+)"', answer.text)
        if further:
            waiting.append(further[1].replace("&amp;", "&"))


def test_every_report_name_and_saying_has_its_page(attacked, hostile):
    with Reader(hostile) as reader:
        entries = list(reader.entries())
    homes = {"report": "reports", "actor": "actors", "meeting": "meetings"}
    for number, entry in enumerate(entries):
        # Every report and name; of the other kinds, which are shown by the same means, some.
        if entry.kind in {"report", "actor"} or number % 7 == 0:
            check(attacked.get(f"/{homes.get(entry.kind, 'entries')}/{entry.id}"))
        if entry.kind == "statement":
            span = entry.evidence[0]
            address = f"/reports/{span.report}?words={span.start}-{span.end}"
            # Lines of a report become paragraphs; what is white space is not compared.
            words = "".join(harmless(span.text).split())
            assert "".join((check(attacked.get(address)).words or "").split()) == words


def test_they_can_be_looked_for_and_are_no_addresses(attacked):
    turns = itertools.cycle(
        itertools.product(("speaker", "since", "page", "party", "unheard"), ("actors", "reports"))
    )
    for attack in ATTACKS:
        short = attack[:400]
        query = urlencode({"q": short})
        setting, kind = next(turns)
        check(attacked.get(f"/search?{query}"))
        check(attacked.get(f"/{kind}?{query}"))
        check(attacked.get(f"/meetings?{urlencode({setting: short})}"))
        found = attacked.get(f"/api/search?{query}")
        assert found.status_code == 200
        json.loads(found.content)
        for page in (kind, "entries", "exports"):
            answer = attacked.get(f"/{page}/{quote(short, safe='')}")
            # An address that leads up and back is one of ours.
            assert answer.status_code in {200, 307, 404}, answer.url
            if answer.headers.get("content-type", "").startswith("text/html"):
                check(answer, answer.status_code)


def test_a_program_gets_the_texts_as_they_are(attacked):
    found, address = set(), "/api/entries?kind=actor&per=200"
    while address:
        answer = attacked.get(address)
        assert answer.headers["content-type"] == "application/json"
        page = json.loads(answer.content)
        found |= {entry["name"] for entry in page["entries"]}
        address = page["next"]
    assert found == set(ATTACKS)


def test_reports_of_them_are_read_built_and_told(tmp_path):
    source = tmp_path / "hostile.jsonl"
    lines = [
        {
            "id": f"{attack}#{number}",
            "url": attack,
            "title": attack,
            "outlet": attack,
            "language": attack[:20],
            "text": f"“{attack}”, said Irena Vash, the minister of Orlia, on 3 May 2031. "
            f"She met {attack[:80]} in Tambor. Orlia demands {attack[:80]}.",
        }
        for number, attack in enumerate(ATTACKS)
    ]
    lines += [{"text": f"Talks were held in Tambor.{chr(half)}"} for half in (0xD800, 0xDFFF)]
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    record = tmp_path / "hostile.db"
    summary = build([source], record, Config())
    # A text with NUL is none, and half a surrogate pair no JSON; the rest goes on.
    refused = {s.cause for s in summary.skipped if "language" not in s.cause}
    assert {cause.split(" (")[0] for cause in refused} == {
        "`text` holds NUL characters",
        "malformed JSON",
    }
    assert summary.read == sum("\x00" not in attack for attack in ATTACKS)
    with Reader(record) as reader:
        assert brief(reader).sections
        for written in (html(reader), markdown(reader)):
            assert not STEERING.search(written)
            assert not re.search(r"(?<!\\)<script", written)
        ids = [entry.id for entry in reader.entries("report")]
    with opened(record) as client:
        for address in (*LISTS, *(f"/reports/{id_}" for id_ in ids[::4])):
            check(client.get(address))
