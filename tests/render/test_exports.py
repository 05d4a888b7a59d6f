"""Each export, read by the program that it is made for; the invented record and the hostile one."""

import csv
import io
import json

import hostile
import invented
import pytest

from dragoman.errors import ConfigError
from dragoman.render.exports import FORMATS, export
from dragoman.render.exports.columns import TABLES
from dragoman.types import Meeting

VIEWS = {"invented": invented.view, "hostile": hostile.view}


@pytest.fixture(params=list(VIEWS))
def view(request):
    return VIEWS[request.param]()


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_every_format_gives_the_same_bytes_each_time():
    view = invented.view()
    for name in FORMATS:
        assert export(view, name) == export(view, name), name


def test_what_is_unknown_is_told(view):
    with pytest.raises(ConfigError, match="no such format"):
        export(view, "xlsx")
    with pytest.raises(ConfigError, match="no such kind"):
        export(view, "csv", "secret")


def test_what_is_not_installed_is_named(view, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r"dragoman\[pdf\]"):
        export(view, "pdf")


@pytest.mark.parametrize("kind", TABLES)
def test_duckdb_reads_every_table_as_csv_and_as_parquet(view, kind, tmp_path):
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    counts = []
    for form in ("csv", "parquet"):
        path = tmp_path / f"{kind}.{form}"
        path.write_bytes(export(view, form, kind))
        options = ", header = true, all_varchar = true" if form == "csv" else ""
        with duckdb.connect() as db:
            query = f"SELECT count(*) FROM read_{form}('{path}'{options})"  # noqa: S608
            counts += db.execute(query).fetchone()
    expected = (
        sum(len(entry.evidence) for entry in view.entries())
        if kind == "evidence"
        else len(list(view.entries(kind)))
    )
    assert counts == [expected, expected]


@pytest.mark.parametrize("kind", TABLES)
def test_no_cell_is_a_formula(view, kind):
    for row in rows(export(view, "csv", kind)):
        for value in row.values():
            assert not value.startswith(("=", "+", "@", "\t", "\r")), value
            assert not value.startswith("-"), value


def test_parquet_keeps_lists_and_numbers():
    pyarrow = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    table = pyarrow.read_table(io.BytesIO(export(invented.view(), "parquet", "meeting")))
    held = next(row for row in table.to_pylist() if row["round"] == 2)
    assert held["parties"] == ["Upper Orlia", "Sel Delta"]
    assert held["duration_minutes"] == 180


def test_mediators_columns():
    (row,) = rows(export(invented.view(), "mend"))
    assert (row["Day"], row["Month"], row["Year"]) == ("2", "6", "2031")
    assert row["third_party"] == "Republic of Karst"
    assert row["local_parties"] == "Upper Orlia; Sel Delta"
    assert (row["med_type"], row["agmt"]) == ("M", "0")
    assert row["conflict_country"] == ""


def test_a_negotiation_is_a_pair_of_sides():
    (row,) = rows(export(invented.view(), "pncc"))
    assert (row["side_a"], row["side_b"]) == ("Upper Orlia", "Sel Delta")
    assert (row["start_date"], row["start_prec"], row["mediation"]) == ("2031-06-02", "1", "1")
    assert row["dyad_id"] == ""


def test_plover_events_are_none_that_was_only_planned_or_said():
    found = rows(export(invented.view(), "plover"))
    types = {row["event_type"] for row in found}
    assert {"ASSAULT", "CONSULT", "THREATEN", "REJECT"} <= types
    planned = next(
        e for e in invented.entries() if isinstance(e, Meeting) and e.status == "planned"
    )
    assert planned.id not in {row["event_id"] for row in found}


def test_followthemoney_takes_the_entities(view):
    pytest.importorskip("followthemoney", reason="followthemoney is not installed")
    from followthemoney import model

    found = {}
    for line in export(view, "ftm").splitlines():
        data = json.loads(line)
        model.get(data["schema"]).validate(data)
        proxy = model.get_proxy(data)
        for prop, values in data["properties"].items():
            assert len(proxy.get(prop)) == len(set(values)), (prop, values)
        found[proxy.id] = proxy
    assert found
    for proxy in found.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert value in found
                assert found[value].schema.is_a(prop.range), (prop, value)


def test_followthemoney_takes_the_statements(view):
    pytest.importorskip("followthemoney", reason="followthemoney is not installed")
    from followthemoney import model
    from followthemoney.statement.serialize import read_csv_statements

    statements = list(read_csv_statements(io.BytesIO(export(view, "ftm-statements"))))
    entities = [json.loads(line) for line in export(view, "ftm").splitlines()]
    count = sum(len(v) for e in entities for v in e["properties"].values())
    assert len({(s.entity_id, s.prop, s.value) for s in statements}) == count
    for each in statements:
        assert each.prop in model.get(each.schema).properties
        assert model.get(each.schema).get(each.prop).type.name == each.prop_type, each.prop


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # within rdflib
@pytest.mark.parametrize("name", ["claimreview", "prov"])
def test_linked_data_is_a_graph(view, name):
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    data = json.loads(export(view, name))
    if name == "claimreview":
        # The context of schema.org lies elsewhere; its vocabulary is what it says.
        data["@context"] = {"@vocab": "https://schema.org/"}
    graph = rdflib.Dataset().parse(data=json.dumps(data), format="json-ld")
    if name == "prov":
        quoted = rdflib.URIRef("http://www.w3.org/ns/prov#wasQuotedFrom")
        assert len(list(graph.quads((None, quoted, None, None)))) > 10


def test_a_claim_is_rated_by_accounts_and_says_so():
    reviews = json.loads(export(invented.view(), "claimreview"))["@graph"]
    assert {r["claimReviewed"].split(": ")[1] for r in reviews} >= {"three hours", "five hours"}
    for review in reviews:
        assert "not a verdict" in review["reviewRating"]["alternateName"]
        assert review["itemReviewed"]["appearance"]


def test_networkx_reads_the_graph(view):
    networkx = pytest.importorskip("networkx", reason="networkx is not installed")
    graph = networkx.read_graphml(io.BytesIO(export(view, "graphml")))
    reports = len(list(view.entries("report")))
    assert sum(data["kind"] == "report" for _, data in graph.nodes(data=True)) == reports
    assert all("relation" in data for _, _, data in graph.edges(data=True))


def test_icalendar_reads_the_meetings(view):
    icalendar = pytest.importorskip("icalendar", reason="icalendar is not installed")
    data = export(view, "icalendar")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(data)
    events = list(calendar.walk("VEVENT"))
    dated = [m for m in view.entries("meeting") if m.date and m.date.days is not None]
    assert len(events) == len(dated)
    assert calendar.errors == []
    for event in events:
        assert event.errors == []
        assert event.start < event.end


def test_a_word_processor_reads_the_document(view):
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    document = docx.Document(io.BytesIO(export(view, "docx")))
    names = {e.get(docx.oxml.ns.qn("w:name")) for e in document.element.iter(
        docx.oxml.ns.qn("w:bookmarkStart"))}  # fmt: skip
    anchors = {e.get(docx.oxml.ns.qn("w:anchor")) for e in document.element.iter(
        docx.oxml.ns.qn("w:hyperlink"))}  # fmt: skip
    assert anchors
    assert anchors <= names
    assert document.core_properties.title


def test_the_pdf_holds_the_words_and_their_numbers_lead_to_them(view):
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    pytest.importorskip("typst", reason="typst is not installed")
    reader = pypdf.PdfReader(io.BytesIO(export(view, "pdf")))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "Who said what" in text
    assert reader.outline
    links = [
        annotation.get_object() for page in reader.pages for annotation in page.get("/Annots", [])
    ]
    assert links
    assert all("/URI" not in link.get("/A", {}) for link in links)
    assert "/JavaScript" not in str(reader.trailer["/Root"])
