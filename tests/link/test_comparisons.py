"""Reports of invented quarrels, held beside one another by the whole of stage 3."""

from zlib import crc32

import pytest

from dragoman.annotate import annotate
from dragoman.claims import Received
from dragoman.link import link
from dragoman.types import Comparison, Interval


def compared(*reports):
    """The comparisons of reports given as (language, date or None, text)."""
    received = [
        Received(
            source=f"{crc32(text.encode())}.txt",
            text=text,
            language=language,
            published=Interval.parse(date) if date else None,
            published_how="stated" if date else "unknown",
        )
        for language, date, text in reports
    ]
    said = [annotate(one) for one in received]
    texts = {a.report: one.text for a, one in zip(said, received, strict=True)}
    return [e for e in link(lambda: iter(said), texts.__getitem__) if isinstance(e, Comparison)]


def told(entries, field):
    return [(e.verdict, {value.value for value in e.values}) for e in entries if e.field == field]


def test_a_figure_in_the_next_sentence_belongs_to_the_incident():
    reports = (
        (
            "en",
            "2031-03-12",
            (
                "Shelling hit the harbour of Port Sella on Tuesday. Eleven people "
                "were killed, the mayor said."
            ),
        ),
        (
            "es",
            "2031-03-13",
            (
                "El martes un bombardeo alcanzó el puerto de Port Sella. 17 personas "
                "murieron, según el hospital."
            ),
        ),
    )
    assert told(compared(*reports), "figure") == [("contradicts", {"Eleven people", "17 personas"})]


def test_one_sort_of_incident_at_two_places_is_no_contradiction():
    reports = (
        (
            "en",
            "2031-03-12",
            (
                "Shelling hit the harbour of Port Sella on Tuesday. Eleven people "
                "were killed, the mayor said."
            ),
        ),
        (
            "en",
            "2031-03-12",
            (
                "Shelling hit the station of Cardona on Tuesday. Three people were "
                "killed, the mayor said."
            ),
        ),
    )
    assert told(compared(*reports), "figure") == []


def test_a_weekday_in_capitals_is_no_place():
    reports = (
        ("en", "2031-03-12", "On Tuesday shelling hit a harbour. Eleven people were killed."),
        ("en", "2031-03-12", "On Tuesday shelling hit a station. Three people were killed."),
    )
    assert told(compared(*reports), "figure") == []


def test_figures_of_other_days_are_of_other_events():
    reports = (
        ("en", "2031-03-12", "Norway launched 30 drones at Peru on Tuesday."),
        ("en", "2031-03-28", "Norway launched 85 drones at Peru on Thursday."),
    )
    assert told(compared(*reports), "figure") == [("different events", {"30 drones", "85 drones"})]


def test_a_bound_and_a_figure_agree_on_how_long_talks_lasted():
    reports = (
        (
            "en",
            "2031-03-12",
            (
                "Norway and Peru held talks in Lisbon on Tuesday. The talks between "
                "Norway and Peru lasted for one hour and 50 minutes."
            ),
        ),
        (
            "pt",
            "2031-03-12",
            (
                "A Noruega e o Peru realizaram conversações em Lisboa na terça-feira. "
                "As conversações entre a Noruega e o Peru duraram menos de duas horas."
            ),
        ),
    )
    assert told(compared(*reports), "duration") == [
        ("compatible", {"one hour and 50 minutes", "menos de duas horas"})
    ]


def test_talks_of_other_weeks_are_not_compared():
    reports = (
        (
            "en",
            "2031-03-12",
            (
                "Norway and Peru held talks in Lisbon on Tuesday. The talks between "
                "Norway and Peru lasted for one hour."
            ),
        ),
        (
            "en",
            "2031-05-20",
            (
                "Norway and Peru held talks in Quito on Monday. The talks between "
                "Norway and Peru lasted for six hours."
            ),
        ),
    )
    assert told(compared(*reports), "duration") == []


def test_what_is_on_the_way_is_updated_by_what_is_done():
    reports = (
        (
            "en",
            "2031-03-12",
            (
                "Norway and Peru began the prisoner exchange on Tuesday. A first "
                "group of 40 prisoners crossed the bridge."
            ),
        ),
        (
            "en",
            "2031-03-20",
            "Norway and Peru completed the prisoner exchange of 212 prisoners on Wednesday.",
        ),
    )
    found = told(compared(*reports), "quantity")
    assert ("later update", {"40 prisoners", "212 prisoners"}) in found
    assert all(verdict != "contradicts" for verdict, _ in found)


def test_what_counts_something_else_is_not_compared():
    reports = (
        ("en", "2031-03-12", "The two governments agreed to the prisoner exchange on Tuesday."),
        ("en", "2031-03-12", "Norway and Peru agreed to exchange 212 prisoners on Tuesday."),
    )
    assert told(compared(*reports), "quantity") == []


def test_positions_with_equal_values_agree():
    reports = (
        ("en", "2031-03-12", "Peru offered a 15-day ceasefire on Tuesday."),
        ("de", "2031-03-13", "Peru bot am Dienstag einen Waffenstillstand von 15 Tagen an."),
    )
    assert ("agrees", {"15-day", "15 Tagen"}) in told(compared(*reports), "quantity")


def test_copies_make_no_comparison_of_values():
    text = (
        "Norway and Peru held talks in Lisbon on Tuesday, their first since 2027. The talks "
        "between Norway and Peru lasted for one hour and 50 minutes. Officials said that nothing "
        "was signed, and that both sides would meet again in Quito before the end of the month."
    )
    found = compared(("en", "2031-03-12", text), ("en", "2031-03-13", "Morning edition.\n" + text))
    assert told(found, "duration") == []


SPEECH = "Minister Anna Soler of Norway spoke in Lisbon on Tuesday. "
FALA = "A ministra Anna Soler, da Noruega, falou em Lisboa na terça-feira. "


@pytest.mark.parametrize(
    ("language", "lead", "quotation", "same"),
    [
        # short, and only its notions are shared
        ("pt", FALA, '"Nada está perdido enquanto as portas ficarem abertas", disse Soler.', True),
        # as long, by the same speaker, on the same day
        (
            "pt",
            FALA,
            '"Os pescadores querem trabalho, não promessas de ministros", disse Soler.',
            False,
        ),
        # one language, other words
        ("en", SPEECH, '"Nothing has been lost so long as the doors stay open," Soler said.', True),
        # one language, the opposite
        ("en", SPEECH, '"Nothing is not lost while the doors remain open," Soler said.', False),
    ],
)
def test_one_utterance(language, lead, quotation, same):
    first = SPEECH + '"Nothing is lost while the doors remain open," Soler said.'
    found = told(
        compared(("en", "2031-03-12", first), (language, "2031-03-12", lead + quotation)),
        "quotation",
    )
    assert bool(found) == same


def test_other_numbers_make_another_utterance():
    reports = tuple(
        (
            "en",
            "2031-03-12",
            SPEECH + f'"We will send {number} ships to guard the harbour," Soler said.',
        )
        for number in (12, 30)
    )
    assert told(compared(*reports), "quotation") == []


def test_a_demand_restated_weeks_later_is_another_utterance():
    reports = tuple(
        ("en", date, SPEECH + '"We want every boat back before the winter," Soler said.')
        for date in ("2031-03-12", "2031-06-12")
    )
    assert told(compared(*reports), "quotation") == []


def test_the_order_of_reports_changes_nothing():
    reports = [
        ("en", "2031-03-12", "Norway launched 30 drones at Peru on Tuesday."),
        ("en", "2031-03-28", "Norway launched 85 drones at Peru on Thursday."),
        ("en", "2031-03-12", "Peru offered a 15-day ceasefire on Tuesday."),
    ]
    assert compared(*reports) == compared(*reversed(reports))


LONG = (
    "Norway and Peru held talks in Lisbon on Tuesday, and officials said that nothing was signed. "
    "The talks between Norway and Peru lasted for {hours} hours. Both sides want to meet again in "
    "Quito before the end of the month. Fishermen waited outside the hotel with lamps and drums. "
    "A clerk carried four folders to the car. The ministers left by the back door, one by one."
)


def test_a_value_that_a_copy_has_otherwise_is_garbled():
    wire = ("en", "2031-03-12", LONG.format(hours="five"))
    copy = ("en", "2031-03-13", "Evening edition.\n" + LONG.format(hours="nine"))
    other = (
        "pt",
        "2031-03-12",
        (
            "A Noruega e o Peru realizaram conversações em Lisboa na terça-feira. As conversações "
            "entre a Noruega e o Peru duraram menos de seis horas."
        ),
    )
    assert sorted(told(compared(wire, copy, other), "duration")) == [
        ("compatible", {"five hours", "menos de seis horas"}),
        ("garbled", {"five hours", "nine hours"}),
    ]


def test_the_weight_of_each_value_is_told_in_words():
    reports = (
        ("en", "2031-03-12", "Peru offered a 15-day ceasefire on Tuesday."),
        ("de", "2031-03-13", "Peru bot am Dienstag einen Waffenstillstand von 15 Tagen an."),
    )
    (entry,) = (e for e in compared(*reports) if e.verdict == "agrees" and e.field == "quantity")
    weights = [reason.why for reason in entry.reasons if reason.rule == "weight"]
    assert len(weights) == 2
    assert all("one account" in why for why in weights)
