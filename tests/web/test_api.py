"""The JSON interface keeps to its own description, and to the export's contract."""

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from dragoman.record import Reader
from dragoman.web.api import ENDPOINTS


@pytest.fixture(scope="module")
def described(client):
    return client.get("/api/openapi.json").json()


def check(described, name, value):
    registry = Registry().with_resource(
        "urn:api", Resource.from_contents(described, default_specification=DRAFT202012)
    )
    schema = {"$ref": f"urn:api#/components/schemas/{name}"}
    jsonschema.Draft202012Validator(schema, registry=registry).validate(value)


def test_every_endpoint_is_described(described):
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {e.path for e in ENDPOINTS} - {"/api"}
    ids = [path["get"]["operationId"] for path in described["paths"].values()]
    assert len(ids) == len(set(ids))


def answer_of(described, path):
    schema = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    return schema["schema"]["$ref"].rsplit("/", 1)[1]


def test_answers_are_as_described(client, described, record):
    with Reader(record) as reader:
        report = next(reader.entries("report")).id
        meeting = next(reader.entries("meeting")).id
    for address, path in {
        "/api/record": "/api/record",
        "/api/entries?kind=statement&q=prisoners&per=5": "/api/entries",
        "/api/entries?kind=comparison": "/api/entries",
        f"/api/entries/{meeting}": "/api/entries/{id}",
        f"/api/reports/{report}": "/api/reports/{id}",
        "/api/search?q=ceasefire": "/api/search",
        "/api/timeline": "/api/timeline",
        "/api/families": "/api/families",
    }.items():
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        check(described, answer_of(described, path), answer.json())


def test_all_entries_can_be_had_page_by_page(client, record):
    with Reader(record) as reader:
        counts = reader.counts()
    for kind, count in counts.items():
        found, address = [], f"/api/entries?kind={kind}&per=50"
        while address:
            page = client.get(address).json()
            found += [entry["id"] for entry in page["entries"]]
            address = page["next"]
        assert len(found) == len(set(found)) == count == page["total"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/entries", 400),
        ("/api/entries?kind=secret", 400),
        ("/api/entries/none", 404),
        ("/api/nowhere", 404),
        ("/api/search", 200),
        ("/api/entries?kind=actor&per=100000000000&page=x", 200),
    ],
)
def test_what_is_wrong_is_told_as_json(client, described, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    if status != 200:
        check(described, "Error", answer.json())
