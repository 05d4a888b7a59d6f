"""The example's record, built once, and the application over it."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.config import Config
from dragoman.pipeline import build
from dragoman.web.app import create_app
from dragoman.web.desk import Desk
from dragoman.web.settings import settings

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
