"""Every page and every link; every citation lands on its words; nothing comes from elsewhere."""

import re
from urllib.parse import urljoin

import pytest

from dragoman.record import Reader
from dragoman.render.safe import harmless

from .walk import Seen, crawl

VIEWS = (
    "/", "/timeline", "/positions", "/positions?by=round", "/meetings", "/commitments",
    "/incidents", "/statements", "/actors", "/comparisons", "/copies", "/reports",
    "/search?q=ceasefire", "/help",
)  # fmt: skip


def plain(text):
    return " ".join(harmless(text).split())


@pytest.fixture(scope="module")
def walked(client):
    return list(crawl(client, *VIEWS))


def test_every_page_that_a_link_leads_to_is_there(walked):
    assert len(walked) > 300
    assert [(address, a.status_code) for address, a, _ in walked if a.status_code != 200] == []


def test_every_page_asks_for_nothing_from_elsewhere(walked):
    for address, _, seen in walked:
        if seen is not None and not address.startswith("/exports/"):  # files to take along
            assert [a for a in seen.asked if not re.match(r"/(static/|\w*$)", a)] == [], address
            assert not {"iframe", "object", "embed", "base", "style"} & seen.tags
            for tag, name, value in seen.attributes:
                assert not name.startswith("on"), (address, tag, name)
                assert name != "style", (address, tag, value)


def test_every_link_within_a_page_and_to_a_place_in_another_lands(walked):
    ids = {address: set(seen.ids) for address, _, seen in walked if seen is not None}
    for address, _, seen in walked:
        if seen is None:
            continue
        assert len(seen.ids) == len(set(seen.ids)), address
        for link in seen.links:
            page, _, place = urljoin(address, link).partition("#")
            if place:
                assert place in ids.get(page or address, ids[address]), (address, link)


def test_every_citation_lands_on_its_words(walked, record):
    lit = [(address, seen) for address, _, seen in walked if "?words=" in address]
    assert len(lit) > 200
    with Reader(record) as reader:
        for address, seen in lit:
            report, start, end = re.fullmatch(
                r"/reports/([\w-]+)\?words=(\d+)-(\d+)", address
            ).groups()
            words = reader.text(report)[int(start) : int(end)]
            assert plain(seen.words).replace(" ", "") == plain(words).replace(" ", ""), address


def test_every_entry_has_a_page_and_its_citable_words_are_linked(client, record):
    with Reader(record) as reader:
        entries = list(reader.entries())
    for entry in entries:
        page = client.get(f"/entries/{entry.id}")
        assert page.status_code == 200, entry.id
        links = Seen(page.text).links
        for span in entry.evidence[:60]:
            assert f"/reports/{span.report}?words={span.start}-{span.end}#words" in links


def test_the_margin_leads_to_the_words_and_back(client, record):
    with Reader(record) as reader:
        report = next(reader.entries("report")).id
    seen = Seen(client.get(f"/reports/{report}").text)
    notes = [id_ for id_ in seen.ids if re.fullmatch(r"n\d+", id_)]
    marks = [id_ for id_ in seen.ids if re.fullmatch(r"m\d+", id_)]
    assert len(notes) == len(marks) > 5
    assert {f"#{id_}" for id_ in (*notes, *marks)} <= set(seen.links)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/statements?q=prisoners", "prisoners"),
        ("/statements?force=demands", "demanded"),
        ("/statements?language=de", 'lang="de"'),
        ("/meetings?status=planned", "planned"),
        ("/timeline?since=2023-05-01&until=2023-05-31", "May 2023"),
        ("/actors?q=karvelia", "Karvelia"),
        ("/statements?q=nothingofthatsort", "fits all of that"),
        ("/search?q=nothingofthatsort", "nothingofthatsort"),
        ("/statements?page=999", "Page"),
        ("/statements?page=-1&since=never&unheard=of", "Statements"),
    ],
)
def test_a_list_can_be_narrowed_down_by_its_address(client, address, words):
    answer = client.get(address)
    assert answer.status_code == 200
    assert words in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere",
        "/reports/rep-0",
        "/meetings/act-0",
        "/actors/%00",
        "/entries/'; DROP TABLE entry",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
    ],
)
def test_what_is_not_there_is_told_in_a_page(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "import" not in answer.text


def test_words_that_a_report_does_not_have(client, record):
    with Reader(record) as reader:
        report = next(reader.entries("report")).id
    assert client.get(f"/reports/{report}?words=5-999999").status_code == 404
    assert client.get(f"/reports/{report}?words=x").status_code == 200


def test_the_record_is_read_anew_only_when_it_was_written(tmp_path):
    from dragoman.config import Config
    from dragoman.pipeline import build
    from dragoman.web.desk import Desk

    (tmp_path / "a.txt").write_text(
        "Norland and Surland held talks in Elm on 3 May 2031.\n", "utf-8"
    )
    path = tmp_path / "r.db"
    build([str(tmp_path / "a.txt")], path, Config())
    desk = Desk(path)
    for _ in range(3):
        catalogue = desk.catalogue
        desk.refresh()
        assert desk.catalogue is catalogue
    (tmp_path / "b.txt").write_text("Norland threatened Surland on 4 May 2031.\n", "utf-8")
    build([str(tmp_path)], path, Config(), replace=True)
    desk.refresh()
    assert desk.catalogue is not catalogue
    assert len(desk.catalogue.cards) == 2
    desk.close()
