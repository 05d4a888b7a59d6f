import pytest

from dragoman.errors import EntryMissing
from dragoman.render.show import _lines, show


def test_an_entry_with_its_words_in_context(view):
    full = show(view, "stm-1", context=10)
    assert dict(full.fields)["speaker"] == "Irena Vash"
    first = full.evidence[0]
    assert first.words == "We will not open the upper gates without payment"
    assert first.before.endswith("“")
    assert first.after == ",” Vash sa"
    assert (first.label, first.role) == ("Sel News Agency", "content")


def test_reasons_are_shown(view):
    assert show(view, "cmp-1").reasons[0].rule == "measures"


def test_an_unknown_id_is_an_error(view):
    with pytest.raises(EntryMissing):
        show(view, "mtg-0")


def test_steps_are_told_in_words():
    span = {"report": "rep-1", "start": 2, "end": 6, "text": "said", "grounding": "exact"}
    lines = _lines([{"status": "held", "evidence": span, "date": None}], {})
    assert len(lines) == 1
    assert lines[0].startswith("status: held; evidence: ")
    assert lines[0].endswith("2:6 “said”")
    assert _lines(["a", "b"], {}) == ["a, b"]
    assert _lines(None, {}) == [""]
