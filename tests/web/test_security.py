"""Who may ask, and what every answer carries."""

import pytest

from dragoman.web.security import HEADERS, POLICY

from .conftest import opened


def test_every_answer_carries_the_headers(client):
    for address in ("/", "/static/app.css", "/api/record", "/nowhere", "/static/none"):
        headers = client.get(address).headers
        for name, value in HEADERS.items():
            assert headers[name] == value, (address, name)
        assert "server" not in headers


def test_the_policy_lets_nothing_in_from_elsewhere():
    rules = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
    assert rules["default-src"] == "'none'"
    assert {value for name, value in rules.items()} <= {"'none'", "'self'"}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::2]", "0.0.0.0"])  # noqa: S104
def test_another_name_of_the_host_is_refused(client, host):
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8383", "localhost", "LOCALHOST:1", "[::1]:8383"])
def test_names_of_this_machine_are_ours(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


def test_others_need_the_token(record):
    with opened(record, host="192.0.2.7", token="s3cret-token") as client:  # noqa: S106
        ours = {"host": "192.0.2.7:8383"}
        assert client.get("/", headers=ours).status_code == 401
        assert client.get("/static/app.css", headers=ours).status_code == 401
        assert client.get("/api/record?token=wrong", headers=ours).status_code == 401
        bearer = {**ours, "authorization": "Bearer s3cret-token"}
        assert client.get("/api/record", headers=bearer).status_code == 200
        welcome = client.get("http://127.0.0.1//evil.example/?token=s3cret-token&q=x", headers=ours)
        assert welcome.status_code == 303
        assert welcome.headers["location"] == "/evil.example/?q=x"
        cookie = welcome.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert "s3cret-token" not in cookie
        shown = {**ours, "cookie": cookie.split(";")[0]}
        assert client.get("/", headers=shown).status_code == 200
        assert client.get("/", headers={**ours, "cookie": "dragoman=x"}).status_code == 401


def test_a_token_is_drawn_where_others_can_ask():
    from dragoman.web.settings import settings

    assert settings("127.0.0.1").token is None
    drawn = {settings("0.0.0.0").token for _ in range(3)}  # noqa: S104
    assert len(drawn) == 3
    assert all(len(token) >= 32 for token in drawn)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client, method):
    for address in ("/", "/api/record", "/statements"):
        assert client.request(method, address).status_code == 405
