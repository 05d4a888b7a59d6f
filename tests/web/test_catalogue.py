"""The rows of the pages are kept beside the record, and are never of another state of it."""

import shutil

import pytest

from dragoman.record import Reader
from dragoman.review import Desk as Correcting
from dragoman.web.catalogue import keep, opened
from dragoman.web.desk import Desk

ITEMS = "SELECT * FROM item ORDER BY seq"


@pytest.fixture
def copy(record, tmp_path):
    return shutil.copy(record, tmp_path / "r.db")


def items(path):
    with Reader(path) as reader:
        catalogue = opened(reader, path)
        rows = catalogue.rows(ITEMS)
        catalogue.close()
    return rows


def test_rows_are_made_once(copy, monkeypatch):
    first = items(copy)
    assert copy.with_name("r.db.pages").is_file()
    monkeypatch.setattr(keep, "make", None)
    assert items(copy) == first


def test_a_correction_is_seen(copy):
    desk = Desk(copy)
    with Reader(copy) as reader:
        position = next(reader.entries("position"))
    with Correcting(copy, "Lea") as correcting:
        correcting.reject(position.id, "said in irony")
    desk.refresh()
    assert desk.catalogue.one("SELECT count(*) FROM item WHERE id = ?", position.id) == 0
    desk.close()


def test_rows_of_another_record_or_of_none_are_made_anew(copy, hostile):
    first = items(copy)
    kept = copy.with_name("r.db.pages")
    shutil.copy(hostile, copy.with_name("h.db"))
    items(copy.with_name("h.db"))
    for content in (b"", b"no rows at all", copy.with_name("h.db.pages").read_bytes()):
        kept.write_bytes(content)
        assert items(copy) == first


def test_where_nothing_can_be_written_rows_are_made_in_memory(copy, monkeypatch):
    first = items(copy)
    kept = copy.with_name("r.db.pages")
    kept.unlink()

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(keep.os, "open", refuse)
    assert items(copy) == first
    assert not kept.exists()
    assert list(copy.parent.glob("r.db.pages*")) == []
