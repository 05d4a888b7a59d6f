from dragoman.annotate.fingerprint import HASHES, fingerprint
from dragoman.types import Reason

TEXT = "On Friday Oto Marr met Ina Vell in Bern. They spoke of 1,200 boats. Later Marr left."


def agreeing(one, other):
    return sum(a == b for a, b in zip(one.minhash, other.minhash, strict=True))


def test_the_same_text_has_the_same_fingerprint():
    assert fingerprint(TEXT, "en", []) == fingerprint(TEXT, None, [])
    assert len(fingerprint(TEXT, "en", []).minhash) == HASHES


def test_boilerplate_does_not_count():
    notice = "Subscribe to our newsletter."
    text = f"{TEXT}\n{notice}"
    place = (len(TEXT) + 1, len(text), Reason(rule="r", why="w"))
    assert fingerprint(text, "en", [place]) == fingerprint(TEXT, "en", [])


def test_a_copy_is_near_and_another_text_is_not():
    first = fingerprint(TEXT * 3, "en", [])
    copy = fingerprint(TEXT * 3 + " One sentence more was added here.", "en", [])
    other = fingerprint("The harvest was good in the south this year, farmers said.", "en", [])
    assert agreeing(first, copy) > HASHES / 2
    assert agreeing(first, other) < 4


def test_marks_are_the_same_in_other_languages():
    english = fingerprint(TEXT, "en", []).marks
    german = fingerprint(
        "Vorher traf Oto Marr in Bern Ina Vell wegen 1.200 Booten.", "de", []
    ).marks
    assert "1200" in english
    assert "1200" in german
    assert {"mr", "brn", "1200"} & set(english) <= set(german) | {"mr"}


def test_empty_text():
    assert fingerprint("", None, []).words == 0
    assert fingerprint("...", None, []).marks == ()
