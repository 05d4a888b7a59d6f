import xml.etree.ElementTree as ET

import hostile
import invented
import pytest

from dragoman.render import chronology
from dragoman.render.pictures import positions_picture, timeline_picture
from dragoman.render.strings import strings
from dragoman.render.teller import Teller
from dragoman.render.view import Index
from dragoman.types import Interval


def drawn(view):
    teller = Teller(Index(view), strings())
    return timeline_picture(teller, chronology.events(teller)), positions_picture(teller)


def test_pictures_are_named_and_take_the_pages_inks(view):
    for picture in drawn(view):
        root = ET.fromstring(picture.svg)  # noqa: S314 - made here
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"] == picture.title
        assert root.find("{*}desc").text == picture.description
        assert "var(--p-ink" in picture.svg
        assert "Roboto" not in picture.svg
        assert " style=" not in picture.svg


def test_undated_events_are_told_apart(view):
    timeline, _ = drawn(view)
    assert any("no known date" in remark for remark in timeline.remarks)


def test_what_lies_far_from_all_else_is_left_to_the_table():
    def event(day):
        when = Interval.parse(day)
        return chronology.Event(lane="incident", what=day, status="", date=when, entry="inc-1")

    near = [event(f"2031-06-{day:02}") for day in range(1, 9)]
    far = [event("2028-01-01"), event("2028-01-03")]
    teller = Teller(Index(invented.view()), strings())
    picture = timeline_picture(teller, [*far, *near])
    assert "2028-01-01" not in picture.svg
    assert "2 events lie far from the others" in picture.remarks[0]
    assert timeline_picture(teller, near).remarks == ()


def test_movement_is_drawn_by_letters(view):
    _, positions = drawn(view)
    assert "D → A" in positions.svg


def test_hostile_labels_are_text():
    timeline, positions = drawn(hostile.view())
    assert timeline is None
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(positions.svg).iter()}  # noqa: S314
    assert tags <= {"svg", "title", "desc", "g", "path", "rect", "text", "line"}


def test_nothing_to_draw_is_no_picture():
    assert drawn(invented.FakeView([], {})) == (None, None)


@pytest.mark.parametrize("at", [0, 1])
def test_the_same_record_gives_the_same_picture(at):
    assert drawn(invented.view())[at] == drawn(invented.view())[at]
