import warnings

import pytest

from dragoman.annotate.language import identify

TEXTS = {
    "en": "The two delegations met for three hours in Muscat and agreed to meet again next month.",
    "pt": "As duas delegações reuniram-se durante três horas e concordaram em voltar a falar.",
    "es": "Las dos delegaciones se reunieron durante tres horas y acordaron volver a hablar.",
    "fr": "Les deux délégations se sont réunies pendant trois heures et se reverront lundi.",
    "de": "Die beiden Delegationen trafen sich drei Stunden lang und wollen sich wieder treffen.",
    "tr": "İki heyet üç saat boyunca görüştü ve gelecek ay yeniden bir araya gelme kararı aldı.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_sentence_is_enough(code):
    assert identify(TEXTS[code], None)[0] == code


@pytest.mark.parametrize("text", ["", "   ", "OK", "12/05/2023 14:30", "https://x.example/a/b?c=d"])
def test_what_cannot_be_told_stays_unknown(text):
    code, reason = identify(text, None)
    assert code is None
    assert reason.why


def test_the_source_decides_where_the_words_do_not():
    assert identify("Muscat", "fr-CH")[0] == "fr"


def test_the_words_decide_against_a_wrong_hint():
    assert identify(TEXTS["pt"] * 3, "en")[0] == "pt"


def test_notices_of_another_language_are_outvoted():
    notice = "Subscribe to our newsletter and never miss a story. "
    assert identify(notice + "\n" + " ".join([TEXTS["pt"]] * 25), None)[0] == "pt"


def test_no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        identify(TEXTS["en"], None)
