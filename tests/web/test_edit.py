"""Corrections on the pages and as JSON: they hold, can be undone, and no other can make any."""

import re
import shutil
import threading

import pytest

from dragoman.record import Reader, Writer
from dragoman.review import Desk

from .browsing import Visit, browser, served
from .conftest import opened
from .test_api import check

WHO = {"who": "Lea", "why": "read it"}


@pytest.fixture
def copy(record, tmp_path):
    return shutil.copy(record, tmp_path / "r.db")


@pytest.fixture
def editing(copy):
    with opened(copy, edit=True, who="Lea") as client:
        yield client


def entries(path, kind):
    with Reader(path) as reader:
        return list(reader.entries(kind))


def seal(client, address):
    return re.search(r'name="seal" value="(\w+)"', client.get(address).text)[1]


def correct(client, target, action, **fields):
    page = f"/entries/{target}"
    form = {"seal": seal(client, page), "target": target, "action": action, **WHO, **fields}
    return client.post("/corrections", data=form)


def test_a_field_is_set_in_a_form_and_the_correction_undone_in_another(editing, copy):
    position = entries(copy, "position")[0]
    answer = correct(editing, position.id, "change", field="value", value="nine tons")
    assert answer.status_code == 303
    assert re.fullmatch(r"/entries/pos-\w+\?kept=cor-\w+", answer.headers["location"])
    page = editing.get(answer.headers["location"]).text
    assert "nine tons" in page
    assert "changed by Lea" in page
    kept = answer.headers["location"].rpartition("=")[2]
    form = {"seal": seal(editing, "/review"), "target": kept, "action": "undo", **WHO}
    assert editing.post("/corrections", data=form).headers["location"].startswith("/review?kept=")
    with Reader(copy) as reader:
        assert reader.entry(position.id) == position


def test_an_entry_is_accepted_or_rejected(editing, copy):
    one, two = entries(copy, "incident")[:2]
    assert correct(editing, one.id, "accept").status_code == 303
    assert "accepted" in editing.get(f"/entries/{one.id}").text
    gone = correct(editing, two.id, "reject")
    assert gone.headers["location"].startswith("/review?kept=")
    assert editing.get(f"/entries/{two.id}").status_code == 404
    done = editing.get(gone.headers["location"]).text
    assert "rejected" in done
    assert "read it" in done


def test_actors_are_joined_by_name_and_parted_by_form(editing, copy):
    people = [a for a in entries(copy, "actor") if a.type == "person" and len(a.forms) > 1]
    one, two = people[:2]
    answer = correct(editing, one.id, "join", other=two.name)
    assert answer.status_code == 303
    with Reader(copy) as reader:
        joined = reader.entry(one.id)
    assert two.name in joined.forms
    page = editing.get(f"/actors/{one.id}").text
    assert 'name="forms"' in page
    parted = correct(editing, one.id, "part", forms=list(two.forms), name=two.name)
    assert parted.status_code == 303
    assert {a.name for a in entries(copy, "actor")} >= {one.name, two.name}


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"action": "change", "field": "nonsense", "value": "x"}, 422),
        ({"action": "change", "field": "stance", "value": "x"}, 422),
        ({"action": "burn"}, 422),
        ({"action": "accept", "why": ""}, 422),
        ({"action": "join", "other": "nobody"}, 422),
        ({"action": "accept", "target": "pos-0"}, 404),
        ({"action": "undo", "target": "cor-0"}, 404),
        ({"action": "accept", "seal": "0" * 64}, 403),
        ({"action": "accept", "why": "x" * 70_000}, 413),
    ],
)
def test_what_does_not_fit_is_told_and_not_kept(editing, copy, form, status):
    kind = "actor" if form["action"] == "join" else "position"
    target = entries(copy, kind)[0].id
    sent = {"seal": seal(editing, f"/entries/{target}"), "target": target, **WHO, **form}
    answer = editing.post("/corrections", data=sent)
    assert answer.status_code == status, answer.text
    assert "<h1>" in answer.text
    with Reader(copy) as reader:
        assert reader.corrections() == []


def test_a_form_is_bound_to_the_session_and_to_this_site(editing, copy):
    target = entries(copy, "position")[0].id
    shown = seal(editing, f"/entries/{target}")
    form = {"seal": shown, "target": target, "action": "accept", **WHO}
    cookie = editing.cookies.get("dragoman-session")
    assert cookie
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ):
        assert editing.post("/corrections", data=form, headers=headers).status_code == 403
    editing.cookies.set("dragoman-session", "another", domain="127.0.0.1")
    editing.cookies.delete("dragoman-session", domain="127.0.0.1")
    assert editing.post("/corrections", data=form).status_code == 403
    with Reader(copy) as reader:
        assert reader.corrections() == []


def test_the_session_is_kept_from_scripts_and_other_sites(copy):
    with opened(copy, edit=True) as client:
        cookie = client.get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()


def test_a_reader_sees_no_form_and_can_send_none(client, record):
    target = entries(record, "actor")[0].id
    for address in ("/", f"/entries/{target}", f"/actors/{target}"):
        answer = client.get(address)
        assert 'method="post"' not in answer.text
        assert "set-cookie" not in answer.headers
    assert client.get("/review").status_code == 404
    body = {"action": "accept", "target": target, **WHO}
    assert client.post("/corrections", data=body).status_code == 404
    assert client.post("/api/corrections", json=body).status_code == 405


def test_a_program_corrects_as_json(editing, copy):
    described = editing.get("/api/openapi.json").json()
    target = entries(copy, "position")[0].id
    body = {"action": "change", "target": target, "fields": {"stance": "open"}, **WHO}
    answer = editing.post("/api/corrections", json=body)
    assert answer.status_code == 201
    check(described, "Wanted", body)
    check(described, "Kept", answer.json())
    with Reader(copy) as reader:
        assert reader.entry(answer.json()["entry"]).stance == "open"
    listed = editing.get("/api/corrections").json()
    check(described, "Corrections", listed)
    assert [each["id"] for each in listed["corrections"]] == [answer.json()["correction"]]
    cases = editing.get("/api/review?most=5").json()
    check(described, "Cases", cases)
    assert 0 < len(cases["cases"]) <= 5


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 422),
        (b"{", "application/json", 422),
        (b"\xff", "application/json", 422),
        (b'{"action":"accept","target":"x","who":"a","why":"b"}', "text/plain", 415),
        (b'{"action":"accept","target":"pos-0","who":"a","why":"b"}', "application/json", 404),
    ],
)
def test_what_is_sent_wrongly_is_told_as_json(editing, content, kind, status):
    headers = {"content-type": kind}
    answer = editing.post("/api/corrections", content=content, headers=headers)
    assert answer.status_code == status
    check(editing.get("/api/openapi.json").json(), "Error", answer.json())


def test_others_need_the_token_to_correct(copy):
    target = entries(copy, "position")[0].id
    body = {"action": "accept", "target": target, **WHO}
    ours = {"host": "192.0.2.7:8383"}
    with opened(copy, host="192.0.2.7", token="s3cret", edit=True) as client:  # noqa: S106
        assert client.post("/api/corrections", json=body, headers=ours).status_code == 401
        bearer = {**ours, "authorization": "Bearer s3cret"}
        assert client.post("/api/corrections", json=body, headers=bearer).status_code == 201


def test_one_writes_at_a_time_and_the_other_is_told(editing, copy, monkeypatch):
    target = entries(copy, "position")[0].id
    body = {"action": "accept", "target": target, **WHO}
    # Another program is writing.
    with Writer(copy, extend=True) as writer:
        told = editing.post("/api/corrections", json=body)
        writer.abandon()
    assert told.status_code == 409
    assert "another program is writing" in told.json()["error"]["cause"]
    # Another reader of the same pages is.
    begun, go_on = threading.Event(), threading.Event()
    accept = Desk.accept

    def slow(desk, entry, why):
        begun.set()
        go_on.wait(20)
        return accept(desk, entry, why)

    monkeypatch.setattr(Desk, "accept", slow)
    first = []
    other = threading.Thread(
        target=lambda: first.append(editing.post("/api/corrections", json=body))
    )
    other.start()
    assert begun.wait(20)
    second = editing.post("/api/corrections", json=body)
    assert editing.get("/positions").status_code == 200
    go_on.set()
    other.join()
    assert second.status_code == 409
    assert "another correction is being written" in second.json()["error"]["cause"]
    assert first[0].status_code == 201


def test_a_correction_in_a_browser(copy):
    position = entries(copy, "position")[0]
    with browser() as chromium, served(copy, edit=True) as base:
        visit = Visit(chromium, base, viewport={"width": 360, "height": 740})
        visit.go(f"/entries/{position.id}")
        page = visit.page
        page.fill(".correcting [name=who]", "Lea <b>")
        page.fill(".correcting [name=why]", "read it again")
        page.select_option(".correcting [name=field]", "value")
        page.fill(".correcting [name=value]", "seven tons")
        page.click("button[value=change]")
        page.wait_for_url("**/entries/pos-*kept=*")
        assert "seven tons" in page.inner_text("main")
        assert visit.wide() <= 0
        page.click(".kept summary")
        page.fill(".kept [name=who]", "Lea")
        page.fill(".kept [name=why]", "no, six")
        page.click(".kept button")
        page.wait_for_url("**/review?kept=*")
        assert "undone" in page.inner_text("main")
        assert visit.wide() <= 0
        assert visit.faults == []
