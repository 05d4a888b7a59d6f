"""Quantities: case tables for each language, and numbers that count nothing."""

from __future__ import annotations

import pytest

from dragoman.annotate.numerals import read_numeral
from dragoman.annotate.quantities import find_quantities
from dragoman.annotate.text import prepare
from dragoman.annotate.times import find_times
from dragoman.claims import Quantity, Received


def test_a_long_row_of_number_words_is_read_in_parts() -> None:
    document = prepare(Received(source="row", text="twenty thousand " * 60), "en")
    number = read_numeral(document, 0)
    assert number is not None
    assert number.last <= 24


@pytest.mark.parametrize("text", ["6.107.31", "6,107.31", "6.107,31"])
def test_groups_and_decimals_by_any_sign(text: str) -> None:
    for language in ("en", "fr", "de"):
        number = read_numeral(prepare(Received(source="sum", text=text), language), 0)
        assert number is not None
        assert number.value == 6107.31


def quantities(text: str, language: str) -> list[Quantity]:
    document = prepare(Received(source="case", text=text), language)
    document.times = find_times(document)
    return find_quantities(document)


def code(quantity: Quantity) -> str:
    """A quantity in short: `1000 prisoner`, `40.. drone`, `0..120 minute`, with ~ if about."""

    def number(value: float | None) -> str:
        return "" if value is None else f"{value:.6g}" if value < 1e6 else f"{value:.0f}"

    if quantity.value is not None and quantity.low == quantity.high == quantity.value:
        size = number(quantity.value)
    else:
        size = f"{number(quantity.low)}..{number(quantity.high)}"
    return f"{'~' if quantity.approximate else ''}{size} {quantity.unit}"


def told(text: str, language: str) -> list[str]:
    found = quantities(text, language)
    assert all(one.span.text == text[one.span.start : one.span.end] for one in found)
    return [code(one) for one in found]


ENGLISH = [
    ("They swapped 1,000 prisoners of war.", ["1000 prisoner"]),
    ("They swapped 1,000 POWs.", ["1000 prisoner"]),
    ("They launched 273 drones.", ["273 drone"]),
    ("They launched 472 unmanned aerial vehicles.", ["472 drone"]),
    ("Dozens of foreign aircraft burned.", ["~24.. aircraft"]),
    ("Hundreds of civilians fled.", ["~200.. civilian"]),
    ("Tens of thousands of people marched.", ["~20000.. person"]),
    ("At least 40 people died.", ["40.. person"]),
    ("More than 300 hostages are held.", ["300.. hostage"]),
    ("Fewer than 20 soldiers stayed.", ["0..20 soldier"]),
    ("Up to 500 trucks wait.", ["0..500 truck"]),
    ("About 200 workers struck.", ["~180..220 worker"]),
    ("Nearly 200 workers struck.", ["~180..200 worker"]),
    ("Some 50 villages are cut off.", ["~45..55 village"]),
    ("Twelve or more ships sank.", ["12.. ship"]),
    ("They talked for one hour and 40 minutes.", ["100 minute"]),
    ("They talked for less than two hours.", ["0..120 minute"]),
    ("They talked for nearly three hours.", ["~162..180 minute"]),
    ("A two-hour meeting followed.", ["120 minute"]),
    ("It took half an hour.", ["30 minute"]),
    ("It took an hour and a half.", ["90 minute"]),
    ("It took two and a half hours.", ["150 minute"]),
    ("A 30-day truce was offered.", ["30 day"]),
    ("A 30 -day truce was offered.", ["30 day"]),
    ("It took two weeks.", ["14 day"]),
    ("The war has lasted three years.", ["~1095 day"]),
    ("It took six months.", ["~180 day"]),
    ("Prices rose 20%.", ["20 percent"]),
    ("Prices rose by 3.5 percent.", ["3.5 percent"]),
    ("The tariff is 15 to 20 percent.", ["15..20 percent"]),
    ("They asked for $2.5 billion.", ["2500000000 USD"]),
    ("They asked for €300 million.", ["300000000 EUR"]),
    ("They asked for 300 million euros.", ["300000000 EUR"]),
    ("2.5 million refugees returned.", ["2500000 refugee"]),
    ("Between 10 and 15 soldiers died.", ["10..15 soldier"]),
    ("They saw 20–30 drones.", ["20..30 drone"]),
    ("Two hundred and fifty thousand people left.", ["250000 person"]),
    ("Twenty-two points are open.", ["22 point"]),
    ("Ten other soldiers came.", ["10 soldier"]),
    ("They burned 17 orchards.", ["17 orchards"]),
    ("They took 14 large red barns.", ["14 barns"]),
    ("A dozen hostages left.", ["12 hostage"]),
    ("Half a million people left.", ["500000 person"]),
    ("The exchange is 1,000 for 1,000.", ["1000 None", "1000 None"]),
    ("They cut 1,500 jobs and 40,000 tonnes.", ["1500 job", "40000 tonne"]),
    ("1.000 prisoners came home.", ["1000 prisoner"]),
    ("It rained 2 or 3 days.", ["2..3 day"]),
    ("Three soldiers and two civilians died.", ["3 soldier", "2 civilian"]),
]

PORTUGUESE = [
    ("Trocaram 1.000 prisioneiros de guerra.", ["1000 prisoner"]),
    ("Trocaram mil prisioneiros.", ["1000 prisoner"]),
    ("Lançaram 273 drones.", ["273 drone"]),
    ("Dezenas de aviões arderam.", ["~20.. aircraft"]),
    ("Centenas de civis fugiram.", ["~200.. civilian"]),
    ("Milhares de pessoas marcharam.", ["~2000.. person"]),
    ("Pelo menos 40 pessoas morreram.", ["40.. person"]),
    ("Mais de 300 reféns seguem presos.", ["300.. hostage"]),
    ("Menos de 20 soldados ficaram.", ["0..20 soldier"]),
    ("Até 500 caminhões esperam.", ["0..500 truck"]),
    ("Cerca de 200 trabalhadores pararam.", ["~180..220 worker"]),
    ("Quase 200 trabalhadores pararam.", ["~180..200 worker"]),
    ("Doze ou mais navios afundaram.", ["12.. ship"]),
    ("Durou uma hora e 40 minutos.", ["100 minute"]),
    ("Durou menos de duas horas.", ["0..120 minute"]),
    ("Durou quase três horas.", ["~162..180 minute"]),
    ("Durou meia hora.", ["30 minute"]),
    ("Durou uma hora e meia.", ["90 minute"]),
    ("Durou duas horas e meia.", ["150 minute"]),
    ("Uma trégua de 30 dias foi oferecida.", ["30 day"]),
    ("Durou duas semanas.", ["14 day"]),
    ("A guerra dura três anos.", ["~1095 day"]),
    ("Durou seis meses.", ["~180 day"]),
    ("Os preços subiram 20%.", ["20 percent"]),
    ("Os preços subiram 3,5 por cento.", ["3.5 percent"]),
    ("A tarifa é de 15 a 20 por cento.", ["15..20 percent"]),
    ("Pediram 2,5 bilhões de dólares.", ["2500000000 USD"]),
    ("Pediram € 300 milhões.", ["300000000 EUR"]),
    ("Pediram 300 milhões de euros.", ["300000000 EUR"]),
    ("2,5 milhões de refugiados voltaram.", ["2500000 refugee"]),
    ("Entre 10 e 15 soldados morreram.", ["10..15 soldier"]),
    ("Viram 20–30 drones.", ["20..30 drone"]),
    ("Vinte e dois pontos seguem abertos.", ["22 point"]),
    ("Duzentos e cinquenta mil habitantes saíram.", ["250000 person"]),
    ("Queimaram 17 pomares.", ["17 pomares"]),
    ("Uma dúzia de reféns saiu.", ["12 hostage"]),
    ("Cortaram 1.500 empregos e 40.000 toneladas.", ["1500 job", "40000 tonne"]),
    ("Três soldados e dois civis morreram.", ["3 soldier", "2 civilian"]),
    ("Cem mil pessoas partiram.", ["100000 person"]),
    ("Não mais de 12 delegados vieram.", ["0..12 delegate"]),
    ("Morreram cento e vinte pessoas.", ["120 person"]),
]

SPANISH = [
    ("Canjearon 1.000 prisioneros de guerra.", ["1000 prisoner"]),
    ("Canjearon mil prisioneros.", ["1000 prisoner"]),
    ("Lanzaron 273 drones.", ["273 drone"]),
    ("Decenas de aviones ardieron.", ["~20.. aircraft"]),
    ("Miles de personas marcharon.", ["~2000.. person"]),
    ("Al menos 40 personas murieron.", ["40.. person"]),
    ("Más de 300 rehenes siguen presos.", ["300.. hostage"]),
    ("Menos de 20 soldados quedaron.", ["0..20 soldier"]),
    ("Hasta 500 camiones esperan.", ["0..500 truck"]),
    ("Unos 200 trabajadores pararon.", ["~180..220 worker"]),
    ("Duró una hora y 40 minutos.", ["100 minute"]),
    ("Duró menos de dos horas.", ["0..120 minute"]),
    ("Duró media hora.", ["30 minute"]),
    ("Duró dos horas y media.", ["150 minute"]),
    ("Se ofreció una tregua de 30 días.", ["30 day"]),
    ("Los precios subieron un 3,5 por ciento.", ["3.5 percent"]),
    ("Pidieron 300 millones de euros.", ["300000000 EUR"]),
    ("Entre 10 y 15 soldados murieron.", ["10..15 soldier"]),
    ("Treinta y dos puntos siguen abiertos.", ["32 point"]),
    ("Quemaron 17 huertos.", ["17 huertos"]),
    ("Recortaron 1.500 empleos.", ["1500 job"]),
]

FRENCH = [
    ("Ils ont échangé 1 000 prisonniers de guerre.", ["1000 prisoner"]),
    ("Ils ont échangé mille prisonniers.", ["1000 prisoner"]),
    ("Ils ont lancé 273 drones.", ["273 drone"]),
    ("Des dizaines d'avions ont brûlé.", ["~20.. aircraft"]),
    ("Des milliers de personnes ont marché.", ["~2000.. person"]),
    ("Au moins 40 personnes sont mortes.", ["40.. person"]),
    ("Plus de 300 otages restent captifs.", ["300.. hostage"]),
    ("Moins de 20 soldats sont restés.", ["0..20 soldier"]),
    ("Jusqu'à 500 camions attendent.", ["0..500 truck"]),
    ("Environ 200 salariés ont fait grève.", ["~180..220 worker"]),
    ("Cela a duré une heure et 40 minutes.", ["100 minute"]),
    ("Cela a duré moins de deux heures.", ["0..120 minute"]),
    ("Cela a duré une demi-heure.", ["30 minute"]),
    ("Cela a duré deux heures et demie.", ["150 minute"]),
    ("Une trêve de 30 jours a été offerte.", ["30 day"]),
    ("Les prix ont monté de 3,5 pour cent.", ["3.5 percent"]),
    ("Ils veulent 300 millions d'euros.", ["300000000 EUR"]),
    ("Entre 10 et 15 soldats sont morts.", ["10..15 soldier"]),
    ("Quatre-vingt-dix soldats sont partis.", ["90 soldier"]),
    ("Soixante-douze vergers ont brûlé.", ["72 vergers"]),
    ("Deux cent cinquante otages sont libres.", ["250 hostage"]),
]

GERMAN = [
    ("Sie tauschten 1.000 Kriegsgefangene aus.", ["1000 prisoner"]),
    ("Sie tauschten tausend Gefangene aus.", ["1000 prisoner"]),
    ("Sie starteten 273 Drohnen.", ["273 drone"]),
    ("Dutzende ausländische Flugzeuge brannten.", ["~24.. aircraft"]),
    ("Tausende Menschen demonstrierten.", ["~2000.. person"]),
    ("Mindestens 40 Menschen starben.", ["40.. person"]),
    ("Mehr als 300 Geiseln sind gefangen.", ["300.. hostage"]),
    ("Weniger als 20 Soldaten blieben.", ["0..20 soldier"]),
    ("Bis zu 500 Lastwagen warten.", ["0..500 truck"]),
    ("Rund 200 Arbeiter streikten.", ["~180..220 worker"]),
    ("Es dauerte eine Stunde und 40 Minuten.", ["100 minute"]),
    ("Es dauerte weniger als zwei Stunden.", ["0..120 minute"]),
    ("Es dauerte eine halbe Stunde.", ["30 minute"]),
    ("Es dauerte anderthalb Stunden.", ["90 minute"]),
    ("Das zweistündige Treffen endete.", ["120 minute"]),
    ("Die Waffenruhe soll 30 Tage dauern.", ["30 day"]),
    ("Die Preise stiegen um 3,5 Prozent.", ["3.5 percent"]),
    ("Sie fordern 300 Millionen Euro.", ["300000000 EUR"]),
    ("Zwischen 10 und 15 Soldaten starben.", ["10..15 soldier"]),
    ("Sie verbrannten 17 alte Scheunen.", ["17 scheunen"]),
    ("Sie strichen 1.500 Stellen.", ["1500 job"]),
]

NOT_QUANTITIES = [
    ("en", "They met on 19 May 2025."),
    ("en", "They met two days ago."),
    ("en", "The second round and the third meeting."),
    ("en", "The F-16 and the G7 and COVID-19."),
    ("en", "Version 3.11.2 is out."),
    ("en", "Call +41 22 917 12 34."),
    ("en", "One of them left, and no one stayed."),
    ("en", "The home side won 2-1."),
    ("en", "It holds one-fifth of the land."),
    ("en", "Resolution 2334, adopted."),
    ("en", "1. Next."),
    ("pt", "Reuniram-se em 16 de maio de 2025."),
    ("pt", "Um dos enviados saiu."),
    ("pt", "A segunda rodada."),
    ("es", "Se reunieron el 16 de mayo."),
    ("fr", "Ils se sont vus le 16 mai."),
    ("fr", "L'un des envoyés est parti."),
    ("de", "Sie trafen sich am 16. Mai."),
    ("de", "Einer der Gesandten ging."),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: list[str]) -> None:
    assert told(text, "en") == expected


@pytest.mark.parametrize(("text", "expected"), PORTUGUESE)
def test_portuguese(text: str, expected: list[str]) -> None:
    assert told(text, "pt") == expected


@pytest.mark.parametrize(("text", "expected"), SPANISH)
def test_spanish(text: str, expected: list[str]) -> None:
    assert told(text, "es") == expected


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_french(text: str, expected: list[str]) -> None:
    assert told(text, "fr") == expected


@pytest.mark.parametrize(("text", "expected"), GERMAN)
def test_german(text: str, expected: list[str]) -> None:
    assert told(text, "de") == expected


@pytest.mark.parametrize(("language", "text"), NOT_QUANTITIES)
def test_no_false_quantities(language: str, text: str) -> None:
    assert told(text, language) == []


def test_the_span_holds_the_words_that_bound_the_number() -> None:
    (quantity,) = quantities("It lasted less than two hours.", "en")
    assert quantity.span.text == "less than two hours"
    assert (quantity.value, quantity.low, quantity.high) == (None, 0, 120)


def test_bounds_never_cross() -> None:
    for text, _ in ENGLISH:
        for quantity in quantities(text, "en"):
            if quantity.low is not None and quantity.high is not None:
                assert quantity.low <= quantity.high
