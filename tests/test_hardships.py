import json

import pytest

from dragoman.annotate import annotate
from dragoman.claims import Received
from dragoman.pipeline import build


@pytest.mark.parametrize("text", ["abcdefghij" * 20_000, '"' * 20_000, "o'" * 10_000, "(" * 20_000])
def test_long_runs_without_spaces_are_read(text):
    annotation = annotate(Received(source="a", text=text))
    assert annotation.length == len(text)


@pytest.mark.parametrize("day", ["9999-12-31", "the week after 31 December 9999", "1 January 0001"])
def test_days_at_the_ends_of_the_calendar_are_no_days(day, tmp_path):
    line = {"text": f"France and Turkey met in Geneva on {day}. They will meet again on {day}."}
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps(line | {"published": "0001-01-01"}) + "\n", "utf-8")
    summary = build([source], tmp_path / "r.db")
    assert summary.read == 1
    assert "no date that a report can have" in summary.skipped[0].cause


def test_a_link_to_itself_among_reports_is_told_and_the_rest_goes_on(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("The talks ended in Geneva on Monday.\n", "utf-8")
    (tmp_path / "in" / "loop").symlink_to("loop")
    summary = build([tmp_path / "in"], tmp_path / "r.db")
    assert summary.read == 1
    assert "itself" in summary.skipped[0].cause


@pytest.mark.parametrize(
    "text",
    [
        "قالت وزيرة المياه إيرينا فاش إن بلادها ترفض حصة ثابتة من مياه النهر.",
        "นายกรัฐมนตรีกล่าวว่าการเจรจาจะดำเนินต่อไปในกรุงเจนีวาในวันจันทร์",
        "मंत्री ने कहा कि वार्ता सोमवार को जिनेवा में जारी रहेगी।",
        "মন্ত্রী বলেছেন যে আলোচনা সোমবার জেনেভায় চলবে।",
        "وزیر گفت که مذاکرات روز دوشنبه در ژنو ادامه خواهد یافت.",
        "அமைச்சர் பேச்சுவார்த்தை திங்களன்று ஜெனீவாவில் தொடரும் என்றார்.",
    ],
    ids=["ar", "th", "hi", "bn", "fa", "ta"],
)
def test_scripts_whose_vowels_are_marks_are_read(text):
    annotation = annotate(Received(source="a", text=text))
    assert annotation.length == len(text)
    assert annotation.language not in {None, "en"}
