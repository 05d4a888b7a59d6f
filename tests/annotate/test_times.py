"""Times as told: case tables for each language, and words that look like times but are none."""

from __future__ import annotations

import pytest

from dragoman.annotate.document import Change, Document, Reading
from dragoman.annotate.text import prepare
from dragoman.annotate.times import find_times
from dragoman.claims import Received, When
from dragoman.languages import available, load


def read(text: str, language: str) -> Document:
    document = prepare(Received(source="case", text=text), language)
    document.times = find_times(document)
    return document


def code(when: When) -> str:
    """A time in short: `?-05-19`, `since 2022`, `w4<` (last Friday), `-1 week`, `early ?-03`."""

    def date(year: int | None, month: int | None, day: int | None) -> str:
        parts = [str(year or "?"), *(f"{part:02}" for part in (month, day) if part)]
        return "-".join(parts)

    arrow = {-1: "<", 0: "", 1: ">"}[when.direction]
    if when.kind == "weekday":
        core = f"w{when.weekday}" + (f"#{when.day}" if when.day else "")
    elif when.kind == "offset":
        core = f"{when.amount:+d} {when.unit}"
    elif when.part == "weekend":
        core = "weekend"
    else:
        core = f"{when.part} " if when.part else ""
        core += date(when.year, when.month, when.day)
        if when.weekday is not None:
            core += f" w{when.weekday}"
        if when.until_day or when.until_year:
            core += "/" + "-".join(
                f"{part:02}" for part in (when.until_year, when.until_month, when.until_day) if part
            )
    bound = "" if when.bound == "on" else f"{when.bound} "
    return f"{bound}{core}{arrow}"


def told(text: str, language: str) -> list[str]:
    times = read(text, language).times
    assert all(when.span.text == text[when.span.start : when.span.end] for when in times)
    return [f"{when.span.text} = {code(when)}" for when in times]


ENGLISH = [
    ("The envoys met on 19 May 2025.", ["19 May 2025 = 2025-05-19"]),
    ("The envoys met on May 19.", ["May 19 = ?-05-19"]),
    ("The envoys met on May 19, 2025, in Lund.", ["May 19, 2025 = 2025-05-19"]),
    ("The envoys met on the 19th of May.", ["the 19th of May = ?-05-19"]),
    ("The envoys met on June 2nd.", ["June 2nd = ?-06-02"]),
    ("Dated 2025-05-19 and signed.", ["2025-05-19 = 2025-05-19"]),
    ("Dated 19.05.2025 and signed.", ["19.05.2025 = 2025-05-19"]),
    ("Dated 19/05/2025 and signed.", ["19/05/2025 = 2025-05-19"]),
    ("Dated 05/06/2025 and signed.", []),
    ("They met on Friday, May 16.", ["Friday, May 16 = ?-05-16 w4"]),
    ("They met on Friday 16 May 2025.", ["Friday 16 May 2025 = 2025-05-16 w4"]),
    ("The talks of May 15–16 failed.", ["May 15–16 = ?-05-15/16"]),
    ("The talks between 3 and 5 May failed.", ["3 and 5 May = ?-05-03/05"]),
    ("The strike ran from 28 May to 2 June.", ["28 May to 2 June = ?-05-28/06-02"]),
    ("The strike ran from May 28 to June 2, 2024.", ["May 28 to June 2, 2024 = 2024-05-28/06-02"]),
    ("They had not met since March 2022.", ["March 2022 = since 2022-03"]),
    ("The truce was accepted in March.", ["March = ?-03"]),
    ("The truce of early March held.", ["early March = early ?-03"]),
    ("It ended in mid-May 2023.", ["mid-May 2023 = mid 2023-05"]),
    ("It ended in late 2024.", ["late 2024 = late 2024"]),
    ("The first meeting since 2022 was short.", ["2022 = since 2022"]),
    ("The border was closed in 2022.", ["2022 = 2022"]),
    ("It revives the 2022 negotiations.", ["2022 = 2022"]),
    ("The war of 2014–2016 is over.", ["2014–2016 = 2014/2016"]),
    ("They met on Friday.", ["Friday = w4"]),
    ("They met on Friday night.", ["Friday night = w4"]),
    ("Friday's talks failed.", ["Friday = w4"]),
    ("They met last Friday.", ["last Friday = w4<"]),
    ("They meet next Tuesday.", ["next Tuesday = w1>"]),
    ("They talked from Monday to Wednesday.", ["Monday = since w0", "Wednesday = until w2"]),
    ("An answer is due by Thursday.", ["Thursday = until w3"]),
    ("It was sent before Monday.", ["Monday = before w0"]),
    ("It came before Monday's session.", ["Monday = w0"]),
    ("They met yesterday.", ["yesterday = -1 day"]),
    ("They meet today and tomorrow.", ["today = +0 day", "tomorrow = +1 day"]),
    ("They met last week.", ["last week = -1 week"]),
    ("The process resumed last month.", ["last month = -1 month"]),
    ("It will resume next year.", ["next year = +1 year"]),
    ("They met earlier this week.", ["earlier this week = +0 week"]),
    ("They met two days ago.", ["two days ago = -2 day"]),
    ("They parted three weeks ago.", ["three weeks ago = -3 week"]),
    ("They parted 10 years ago.", ["10 years ago = -10 year"]),
    ("Shelling went on over the weekend.", ["the weekend = weekend"]),
    ("Shelling went on last weekend.", ["last weekend = weekend<"]),
    ("The first talks in three years began.", ["in three years = since -3 year"]),
    (
        "The first talks in more than three years began.",
        ["in more than three years = before -3 year"],
    ),
    ("It was paid within two weeks.", ["within two weeks = within +2 week"]),
    ("It was quiet in the past two weeks.", ["in the past two weeks = within -2 week"]),
    ("The ceasefire holds until 1 July 2026.", ["1 July 2026 = until 2026-07-01"]),
    ("It was ratified after May 19.", ["May 19 = after ?-05-19"]),
    ("Last March they failed.", ["Last March = ?-03<"]),
    ("The day before yesterday they left.", ["The day before yesterday = -2 day"]),
]

PORTUGUESE = [
    ("A reunião foi em 16 de maio de 2025.", ["16 de maio de 2025 = 2025-05-16"]),
    ("A reunião foi no dia 16 de maio.", ["16 de maio = ?-05-16"]),
    ("A reunião foi em 1º de março de 2024.", ["1º de março de 2024 = 2024-03-01"]),
    ("A reunião foi em 16/05/2025.", ["16/05/2025 = 2025-05-16"]),
    ("A reunião foi em 05/06/2025.", ["05/06/2025 = 2025-06-05"]),
    ("A reunião foi em 16.05.2025.", ["16.05.2025 = 2025-05-16"]),
    ("A reunião foi em 2025-05-16.", ["2025-05-16 = 2025-05-16"]),
    ("As conversas de 15 a 16 de maio falharam.", ["15 a 16 de maio = ?-05-15/16"]),
    ("As conversas de 15 e 16 de maio falharam.", ["15 e 16 de maio = ?-05-15/16"]),
    ("Foi entre 28 de maio e 2 de junho.", ["28 de maio e 2 de junho = ?-05-28/06-02"]),
    ("A trégua vale desde março de 2022.", ["março de 2022 = since 2022-03"]),
    ("A trégua foi aceita em março.", ["março = ?-03"]),
    ("A trégua de início de março falhou.", ["início de março = early ?-03"]),
    ("Tudo acabou em meados de maio de 2023.", ["em meados de maio de 2023 = mid 2023-05"]),
    ("Tudo acabou no final de 2024.", ["no final de 2024 = late 2024"]),
    ("É a primeira desde 2022.", ["2022 = since 2022"]),
    ("A fronteira fechou em 2022.", ["2022 = 2022"]),
    ("Retomam as negociações de 2022.", ["2022 = 2022"]),
    ("Reuniram-se na sexta-feira.", ["sexta-feira = w4"]),
    ("Reuniram-se na sexta-feira à noite.", ["sexta-feira à noite = w4"]),
    ("Reuniram-se nesta sexta-feira (16).", ["sexta-feira (16) = w4#16"]),
    ("Reuniram-se na sexta (16) em Faro.", ["na sexta (16) = w4#16"]),
    ("Reuniram-se na sexta-feira, 16 de maio.", ["sexta-feira, 16 de maio = ?-05-16 w4"]),
    ("Reuniram-se na segunda-feira passada.", ["segunda-feira passada = w0<"]),
    ("Reuniram-se na última terça-feira.", ["última terça-feira = w1<"]),
    ("Vão reunir-se na próxima terça-feira.", ["próxima terça-feira = w1>"]),
    ("Vão reunir-se na quarta-feira que vem.", ["quarta-feira que vem = w2>"]),
    ("Reuniram-se no sábado.", ["sábado = w5"]),
    ("Reuniram-se no domingo.", ["domingo = w6"]),
    ("A resposta é esperada até quinta-feira.", ["quinta-feira = until w3"]),
    ("Reuniram-se ontem.", ["ontem = -1 day"]),
    ("Reuniram-se ontem à noite.", ["ontem à noite = -1 day"]),
    ("Reuniram-se anteontem.", ["anteontem = -2 day"]),
    ("Reúnem-se hoje e amanhã.", ["hoje = +0 day", "amanhã = +1 day"]),
    ("Reúnem-se depois de amanhã.", ["depois de amanhã = +2 day"]),
    ("Reuniram-se na semana passada.", ["semana passada = -1 week"]),
    ("O processo foi retomado no mês passado.", ["mês passado = -1 month"]),
    ("Será retomado no próximo ano.", ["próximo ano = +1 year"]),
    ("Reuniram-se esta semana.", ["esta semana = +0 week"]),
    ("Reuniram-se há dois dias.", ["há dois dias = -2 day"]),
    ("Separaram-se três semanas atrás.", ["três semanas atrás = -3 week"]),
    ("Voltam daqui a três semanas.", ["daqui a três semanas = +3 week"]),
    ("Houve ataques no fim de semana.", ["fim de semana = weekend"]),
    ("Houve ataques no fim de semana passado.", ["fim de semana passado = weekend<"]),
    ("A primeira em mais de três anos.", ["em mais de três anos = before -3 year"]),
    ("Foi ratificado depois de 19 de maio.", ["19 de maio = after ?-05-19"]),
    ("Foi calmo nas últimas duas semanas.", ["nas últimas duas semanas = within -2 week"]),
]

SPANISH = [
    ("Se reunieron el 16 de mayo de 2025.", ["16 de mayo de 2025 = 2025-05-16"]),
    ("Se reunieron el 16 de mayo.", ["16 de mayo = ?-05-16"]),
    ("Se reunieron el 1º de marzo del 2024.", ["1º de marzo del 2024 = 2024-03-01"]),
    ("Se reunieron el 05/06/2025.", ["05/06/2025 = 2025-06-05"]),
    ("Se reunieron del 15 al 16 de mayo.", ["15 al 16 de mayo = ?-05-15/16"]),
    ("La tregua rige desde marzo de 2022.", ["marzo de 2022 = since 2022-03"]),
    ("La tregua se aceptó en marzo.", ["marzo = ?-03"]),
    ("Acabó a principios de marzo.", ["a principios de marzo = early ?-03"]),
    ("Es la primera desde 2022.", ["2022 = since 2022"]),
    ("La frontera se cerró en 2022.", ["2022 = 2022"]),
    ("Se reunieron el viernes.", ["viernes = w4"]),
    ("Se reunieron el viernes 16.", ["viernes 16 = w4#16"]),
    ("Se reunieron el viernes 16 de mayo.", ["viernes 16 de mayo = ?-05-16 w4"]),
    ("Se reunieron el pasado lunes.", ["pasado lunes = w0<"]),
    ("Se reunirán el próximo martes.", ["próximo martes = w1>"]),
    ("Se reunieron el domingo.", ["domingo = w6"]),
    ("Se reunieron ayer.", ["ayer = -1 day"]),
    ("Se reunirán mañana.", ["mañana = +1 day"]),
    ("Se reunieron hoy.", ["hoy = +0 day"]),
    ("Se reunieron la semana pasada.", ["semana pasada = -1 week"]),
    ("Volvieron el mes pasado.", ["mes pasado = -1 month"]),
    ("Se reunieron hace dos días.", ["hace dos días = -2 day"]),
    ("Volverán dentro de tres semanas.", ["dentro de tres semanas = +3 week"]),
    ("Hubo ataques el fin de semana.", ["fin de semana = weekend"]),
    ("La primera en más de tres años.", ["en más de tres años = before -3 year"]),
    ("Debe responder antes del jueves.", ["jueves = before w3"]),
]

FRENCH = [
    ("Ils se sont vus le 16 mai 2025.", ["16 mai 2025 = 2025-05-16"]),
    ("Ils se sont vus le 16 mai.", ["16 mai = ?-05-16"]),
    ("Ils se sont vus le 1er mars.", ["1er mars = ?-03-01"]),
    ("Ils se sont vus le 05/06/2025.", ["05/06/2025 = 2025-06-05"]),
    ("Ils se sont vus du 15 au 16 mai.", ["15 au 16 mai = ?-05-15/16"]),
    ("La trêve tient depuis mars 2022.", ["mars 2022 = since 2022-03"]),
    ("La trêve a été acceptée en mars.", ["mars = ?-03"]),
    ("Tout a fini début mars.", ["début mars = early ?-03"]),
    ("Tout a fini à la mi-mai 2023.", ["à la mi-mai 2023 = mid 2023-05"]),
    ("C'est la première depuis 2022.", ["2022 = since 2022"]),
    ("La frontière a fermé en 2022.", ["2022 = 2022"]),
    ("Ils se sont vus vendredi.", ["vendredi = w4"]),
    ("Ils se sont vus vendredi soir.", ["vendredi soir = w4"]),
    ("Ils se sont vus vendredi dernier.", ["vendredi dernier = w4<"]),
    ("Ils se verront mardi prochain.", ["mardi prochain = w1>"]),
    ("Ils se sont vus vendredi 16 mai.", ["vendredi 16 mai = ?-05-16 w4"]),
    ("Ils se sont vus hier.", ["hier = -1 day"]),
    ("Ils se voient aujourd'hui.", ["aujourd'hui = +0 day"]),
    ("Ils se verront demain.", ["demain = +1 day"]),
    ("Ils se sont vus la semaine dernière.", ["semaine dernière = -1 week"]),
    ("Tout a repris le mois dernier.", ["mois dernier = -1 month"]),
    ("Ils se sont vus il y a deux jours.", ["il y a deux jours = -2 day"]),
    ("Ils se verront dans trois semaines.", ["dans trois semaines = +3 week"]),
    ("La réponse est attendue avant jeudi.", ["jeudi = before w3"]),
    ("La première depuis plus de trois ans.", ["depuis plus de trois ans = before -3 year"]),
    ("Il y a eu des tirs ce week-end.", ["ce week-end = weekend"]),
]

GERMAN = [
    ("Sie trafen sich am 16. Mai 2025.", ["16. Mai 2025 = 2025-05-16"]),
    ("Sie trafen sich am 5. Juni.", ["5. Juni = ?-06-05"]),
    ("Sie trafen sich am 16.05.2025.", ["16.05.2025 = 2025-05-16"]),
    ("Sie trafen sich am 16.05. in Graz.", ["16.05. = ?-05-16"]),
    ("Sie trafen sich vom 15. bis 16. Mai.", ["15. bis 16. Mai = ?-05-15/16"]),
    ("Die Waffenruhe gilt seit März 2022.", ["März 2022 = since 2022-03"]),
    ("Die Waffenruhe wurde im März vereinbart.", ["März = ?-03"]),
    ("Sie endete Anfang März.", ["Anfang März = early ?-03"]),
    ("Sie endete Ende 2024.", ["Ende 2024 = late 2024"]),
    ("Es ist das erste Treffen seit 2022.", ["2022 = since 2022"]),
    ("Die Grenze wurde im Jahr 2022 geschlossen.", ["2022 = 2022"]),
    ("Sie trafen sich am Freitag.", ["Freitag = w4"]),
    ("Sie trafen sich am Freitagabend.", ["Freitagabend = w4"]),
    ("Sie trafen sich am vergangenen Freitag.", ["vergangenen Freitag = w4<"]),
    ("Sie treffen sich am kommenden Dienstag.", ["kommenden Dienstag = w1>"]),
    ("Sie trafen sich am Freitag, dem 16. Mai.", ["Freitag, dem 16. Mai = ?-05-16 w4"]),
    ("Sie trafen sich gestern.", ["gestern = -1 day"]),
    ("Sie treffen sich heute.", ["heute = +0 day"]),
    ("Sie treffen sich übermorgen.", ["übermorgen = +2 day"]),
    ("Sie trafen sich vergangene Woche.", ["vergangene Woche = -1 week"]),
    ("Sie begannen im vergangenen Monat.", ["vergangenen Monat = -1 month"]),
    ("Sie trafen sich vor zwei Tagen.", ["vor zwei Tagen = -2 day"]),
    ("Sie treffen sich in drei Wochen.", ["in drei Wochen = +3 week"]),
    ("Die Antwort soll bis Donnerstag kommen.", ["Donnerstag = until w3"]),
    ("Es ist das erste seit mehr als drei Jahren.", ["seit mehr als drei Jahren = before -3 year"]),
    ("Am Wochenende gab es Angriffe.", ["Wochenende = weekend"]),
]

NOT_TIMES = [
    ("en", "The sides may sign, and may the talks succeed."),
    ("en", "They march on the capital to march for peace."),
    ("en", "The envoys sat in the sun and we wed our hopes."),
    ("en", "Marco Rossi met April Jones and August Meyer."),
    ("en", "The 22-point plan was read a second time."),
    ("en", "About 2,000 prisoners and 1945 soldiers came home."),
    ("en", "Version 2.0.2024 of the code replaces version 3.11.2."),
    ("en", "Call +41 22 917 12 34 or 555-2024-10."),
    ("en", "The home side won 2-1, the guests lost 20-19."),
    ("en", "The road is 2030 km long, and room 2024 is shut."),
    ("en", "Hours later they were gone, and minutes passed."),
    ("en", "See https://news.example/2024/05/16/talks for more."),
    ("en", "An august body of second sons."),
    ("pt", "Marco Silva pediu a segunda rodada na quarta reunião."),
    ("pt", "A sexta proposta e a terceira parte."),
    ("pt", "Cerca de 2.000 prisioneiros e 1945 soldados."),
    ("pt", "O placar foi de 2-1."),
    ("pt", "Na segunda rodada nada mudou."),
    ("es", "Marco y Plácido Domingo piden paz por la mañana siguiente."),
    ("es", "Unos 2.000 presos y 1945 soldados."),
    ("fr", "Le planète Mars et le plan en 22 points."),
    ("fr", "Quelque 2 000 prisonniers et 1945 soldats."),
    ("de", "Der Plan mit 22 Punkten und 1945 Soldaten."),
    ("de", "Etwa 2.000 Gefangene kamen frei."),
]

TENSES = [
    ("en", "He met the envoy on May 19.", "past"),
    ("en", "He will meet the envoy on May 19.", "future"),
    ("en", "He is scheduled to meet the envoy on May 19.", "future"),
    ("en", "The talks planned for May 19 matter.", "future"),
    ("en", "She said they will meet on Friday.", "future"),
    ("en", "She said on Friday that they will meet.", "past"),
    ("en", "They agreed to meet on Friday.", "future"),
    ("en", "Talks on Friday.", "unknown"),
    ("pt", "Ele encontrou o enviado em 19 de maio.", "past"),
    ("pt", "Ele vai encontrar o enviado em 19 de maio.", "future"),
    ("pt", "A reunião marcada para sexta-feira é longa.", "future"),
    ("es", "Se reunieron el 19 de mayo.", "past"),
    ("es", "Se reunirán el 19 de mayo.", "future"),
    ("fr", "Ils ont signé le 19 mai.", "past"),
    ("fr", "Ils vont signer le 19 mai.", "future"),
    ("de", "Sie trafen sich am 19. Mai.", "past"),
    ("de", "Sie werden sich am 19. Mai treffen.", "future"),
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


@pytest.mark.parametrize(("language", "text"), NOT_TIMES)
def test_no_false_times(language: str, text: str) -> None:
    assert told(text, language) == []


@pytest.mark.parametrize(("language", "text", "tense"), TENSES)
def test_tense(language: str, text: str, tense: str) -> None:
    (when,) = read(text, language).times
    assert when.tense == tense


def test_a_time_inside_a_quotation_is_marked() -> None:
    first, second = read("He said: “We meet tomorrow.” They met on Friday.", "en").times
    assert (first.quoted, second.quoted) == (True, False)


def test_a_repaired_month_is_found_and_its_span_says_so() -> None:
    text = "They met on Mey 19."
    place = text.index("Mey")
    reading = Reading(text, [Change(place, place + 3, "May")])
    document = prepare(Received(source="case", text=text), "en", reading)
    (when,) = find_times(document)
    assert (when.month, when.day, when.span.text) == (5, 19, "Mey 19")
    assert when.span.grounding == "repaired"


def test_a_language_without_a_pack_has_only_dates_in_figures() -> None:
    assert told("Ngày 2025-05-16, Friday.", "vi") == ["2025-05-16 = 2025-05-16"]


def test_no_text_no_times() -> None:
    assert told("", "en") == []


@pytest.mark.parametrize("language", ["en", "pt", "es", "fr", "de"])
def test_packs_name_every_month_and_weekday(language: str) -> None:
    assert language in available()
    dates = load(language).dates
    assert sorted(dates.months) == list(range(1, 13))
    assert sorted(dates.weekdays) == list(range(7))
    names = [rule.name for rule in dates.rules]
    assert len(set(names)) == len(names)


def test_what_would_be_is_not_what_was() -> None:
    document = prepare(
        Received(source="x", text="Der Streik würde am Freitag enden. Er wurde am Montag beendet."),
        "de",
    )
    friday, monday = find_times(document)
    assert (friday.tense, monday.tense) == ("unknown", "past")
