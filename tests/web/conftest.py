"""The example's record, built once, and the application over it."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.claims import Annotation, Received
from dragoman.config import Config
from dragoman.pipeline import build
from dragoman.record import Writer
from dragoman.types import Report
from dragoman.web.app import create_app
from dragoman.web.desk import Desk
from dragoman.web.settings import settings
from tests.hostile import record as record_of_attacks

REPORTS = Path(__file__).parent.parent.parent / "examples" / "reports"


@pytest.fixture(scope="session")
def record(tmp_path_factory):
    path = tmp_path_factory.mktemp("web") / "example.db"
    build([str(REPORTS)], path, Config())
    return path


@pytest.fixture(scope="module")
def client(record):
    with opened(record) as client:
        yield client


def opened(record, **options):
    """A client of the application over a record; used with `with`."""
    app = create_app(lambda: Desk(record), settings(**options))
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """A record of the hostile texts."""
    entries, texts = record_of_attacks()
    path = tmp_path_factory.mktemp("web") / "hostile.db"
    with Writer(path) as writer:
        for entry in entries:
            if isinstance(entry, Report):
                text = texts[entry.id]
                received = Received(
                    source=entry.source, text=text, raw=text.encode(), title=entry.title
                )
                annotation = Annotation(
                    report=entry.id,
                    source=entry.source,
                    sha256=entry.sha256,
                    length=len(text),
                    language=None,
                    lead=entry.evidence[0],
                )
                writer.add_report(received, annotation)
        writer.write_entries(entries)
        writer.close_state("build")
    return path
