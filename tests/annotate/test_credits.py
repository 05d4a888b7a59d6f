import pytest

from dragoman.annotate.boilerplate import find_boilerplate
from dragoman.annotate.credits import find_credits
from dragoman.annotate.damage import find_repairs
from dragoman.claims import Received

LEAD = "The ministers of Arven and Tolm met in Bern on Friday, and they signed no paper at all."
BODY = "Arven wants its boats back before it talks about the strait, its envoy said on Saturday."


def credits_of(text, code="en", **stated):
    received = Received(source="a.txt", text=text, **stated)
    notices = find_boilerplate(text, code)
    return find_credits(received, text, code, notices, find_repairs(text, code, notices))


@pytest.mark.parametrize(
    ("text", "code", "outlet", "agency"),
    [
        (f"BERN (AFP) – {LEAD}\n{BODY}", "en", None, "Agence France-Presse"),
        (f"BERN, May 3 (Reuters) - {LEAD}\n{BODY}", "en", None, "Reuters"),
        (f"Reuters - {LEAD}\n{BODY}", "en", None, "Reuters"),
        (f"BERN, May 3 (Strait News) - {LEAD}\n{BODY}", "en", None, "Strait News"),
        (f"{LEAD}\n{BODY}\nSource: Bern Gazette", "en", "Bern Gazette", None),
        (f"{LEAD}\n{BODY}\nFonte: Lusa", "pt", None, "Lusa"),
        (f"МОСКВА, 3 мая /ТАСС/. {LEAD}\n{BODY}", "ru", None, "TASS"),
        (f"{LEAD}\n{BODY}\nИсточник: РИА Новости", "ru", None, "RIA Novosti"),
        (f"{LEAD}\n{BODY}\nДжерело: Укрінформ", "uk", None, "Ukrinform"),
        (
            f"{LEAD}\nДипломат повідомив виданню Європейська правда, що ні.",
            "uk",
            "European Pravda",
            None,
        ),
        (f"ANKARA (AA) - {LEAD}\n{BODY}", "tr", None, "Anadolu Agency"),
        (f"{LEAD}\n{BODY}\nKaynak: Demirören Haber Ajansı", "tr", None, "Demirören Haber Ajansı"),
        (f"{LEAD}\n{BODY}\nΠηγή: Καθημερινή", "el", "Kathimerini", None),
        (f"{LEAD}\n{BODY}\n(ΑΠΕ-ΜΠΕ)", "el", None, "Athens-Macedonian News Agency"),
        (f"{LEAD}\n{BODY}\nQuelle: dpa", "de", None, "Deutsche Presse-Agentur"),
        (
            f"{LEAD}\n{BODY}\nhttps://www.ft.com/img/raw/a.jpg?width=700",
            "en",
            "Financial Times",
            None,
        ),
        (
            f"{LEAD}\n{BODY}\nDisclaimer: what readers write here is not posted by Strait TIMES.",
            "en",
            "Strait TIMES",
            None,
        ),
        (f"{LEAD}\nAn official told Agence France-Presse so.", "en", None, "Agence France-Presse"),
        (f"{LEAD}\nA source told the Kyiv Unbiased so.", "en", "Kyiv Independent", None),
        (f"{LEAD}\nMinister Oto Marr told Fox News so.", "en", None, None),
        (f"{LEAD}\nA source told Reuters so.\nAn official told AFP no.", "en", None, None),
        (f"The Bern Gazette | 3 May 2031\n\n{LEAD}\n{BODY}", "en", "The Bern Gazette", None),
        (f"{LEAD}\n{BODY}", "en", None, None),
    ],
)
def test_outlet_and_agency(text, code, outlet, agency):
    found = credits_of(text, code)
    assert (found.outlet, found.agency) == (outlet, agency)
    assert bool(found.reasons) == bool(outlet or agency)
    for span in found.header:
        assert text[span.start : span.end] == span.text


def test_what_the_source_states_comes_first():
    text = f"BERN (Strait) - {LEAD}\n{BODY}\nSource: Bern Gazette"
    found = credits_of(text, outlet="Strait News Agency")
    assert found.outlet == "Strait News Agency"
    assert found.agency == "Strait News Agency"


def test_the_address_of_a_known_outlet():
    assert credits_of(LEAD, url="https://www.lemonde.fr/a").outlet == "Le Monde"
    assert credits_of(LEAD, url="https://[bad").outlet is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            f"Arven and Tolm part without a paper\n{LEAD}\n{BODY}",
            "Arven and Tolm part without a paper",
        ),
        (f"{LEAD}\n{BODY}", None),
        ("Arven and Tolm part without a paper", None),
        (f"Subscribe to our newsletter\n{LEAD}\n{BODY}", None),
    ],
)
def test_title(text, title):
    assert credits_of(text).title == title
