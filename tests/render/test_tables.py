import csv
import io
import json

import hostile
import invented
import pytest

from dragoman.errors import ConfigError
from dragoman.render import tables


@pytest.mark.parametrize("kind", tables.LISTED)
def test_every_row_has_its_entry_and_every_column_its_title(view, kind):
    entries = list(view.entries(kind))
    table = tables.rows(kind, entries)
    assert [row[0] for row in table.rows] == [entry.id for entry in entries]
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert len(table.titles()) == len(table.columns)


def test_a_kind_without_a_listing_is_an_error():
    with pytest.raises(ConfigError):
        tables.rows("boilerplate", [])


def test_the_timeline_puts_unknown_dates_last(view):
    dates = [row[1] for row in tables.timeline(view).rows]
    known = [date for date in dates if date]
    assert known
    assert dates == known + [""] * (len(dates) - len(known))


def test_positions_are_in_order(view):
    rows = [row[1:5] for row in tables.positions(view).rows]
    assert rows[:2] == [
        ("share of water", "Sel Delta", "demands", "35 per cent"),
        ("share of water", "Sel Delta", "accepts", "30 per cent"),
    ]


def test_listings_tell_what_is_in_doubt(view):
    table = tables.rows("position", view.entries("position"))
    by_value = {row[table.columns.index("value")]: row for row in table.rows}
    assert by_value["never to be told"][table.columns.index("grounding")] == "none"


def test_csv_holds_no_formula():
    view = hostile.view()
    for kind in ("statement", "position", "actor", "incident"):
        text = tables.as_csv(tables.rows(kind, view.entries(kind)))
        for row in csv.reader(io.StringIO(text)):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_listings_are_harmless_to_a_terminal():
    table = tables.rows("statement", hostile.view().entries("statement"))
    assert not any("\x1b" in cell or "\n" in cell for row in table.rows for cell in row)


def test_json_tells_unknown_as_null():
    table = tables.rows("meeting", invented.view().entries("meeting"))
    first = [row for row in json.loads(tables.as_json(table)) if row["round"] == "1"]
    assert first[0]["date"] is None
