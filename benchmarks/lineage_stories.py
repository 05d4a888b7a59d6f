"""Families of reports made from one wire, and independent accounts of the same event.

The sentences, the editor's additions and the synonyms are those of `lineage.yaml`; none of them is
known to the program. Names, numbers and dates are drawn by story, the same ones for the same seed.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from dragoman.types import Interval

Form = Literal["wire", "copy", "excerpt", "spin", "translation", "own"]

_UNDATED = 4  # each fourth story is without dates
_WIRED = dt.date(2031, 5, 6)
_BACKGROUND = 2
EDITS = (0.0, 0.2, 0.4, 0.6)
LANGUAGES = ("pt", "es", "de", "fr")
_CHOICE = re.compile(r"\[([^\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[A-Za-z][a-z-]*")

_DAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    "pt": ["segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira"],
    "es": ["lunes", "martes", "miércoles", "jueves", "viernes"],
    "de": ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"],
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi"],
}
_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "pt": [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
}
_ENDINGS = {"en": "ia", "pt": "ia", "es": "ia", "de": "ien", "fr": "ie"}
_DATED = {
    "en": "{m} {d}",
    "pt": "{d} de {m}",
    "es": "{d} de {m}",
    "de": "{d}. {m}",
    "fr": "{d} {m}",
}
_THIRDS = {
    "en": ("Finland", "Chile", "Ghana"),
    "pt": ("Finlândia", "Chile", "Gana"),
    "es": ("Finlandia", "Chile", "Ghana"),
    "de": ("Finnland", "Chile", "Ghana"),
    "fr": ("Finlande", "Chili", "Ghana"),
}
_AGENCIES = ("Reuters", "AP")
_PAPERS = ("Courier", "Herald", "Ledger", "Tribune", "Post")


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact as the wire tells it, as others do, and in other languages."""

    wire: str
    own: tuple[str, ...]
    pt: tuple[str, ...]
    es: tuple[str, ...]
    de: tuple[str, ...]
    fr: tuple[str, ...]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The form of `lineage.yaml`."""

    facts: tuple[Fact, ...]
    editor: tuple[str, ...]
    synonyms: dict[str, str]


class Made(NamedTuple):
    """A report, the number of its story, and how it was made from the story's wire.

    `published` is known in three of four stories: what is made of a wire comes a day later or two.
    """

    name: str
    story: int
    form: Form
    language: str
    text: str
    published: Interval | None


@cache
def words() -> Words:
    """The sentences and tables."""
    path = Path(__file__).with_name("lineage.yaml")
    return msgspec.yaml.decode(path.read_bytes(), type=Words)


def stories(count: int, seed: int) -> Iterator[Made]:
    """The reports of some stories, one after another."""
    for number in range(count):
        yield from _Story(number, random.Random(f"{seed} {number}")).reports()  # noqa: S311


class _Story:
    """One event: its names, numbers and choice of words."""

    def __init__(self, number: int, rng: random.Random) -> None:
        self._number, self._rng = number, rng
        self._agency = _AGENCIES[number % len(_AGENCIES)]
        self._facts = list(words().facts)
        head, *rest = self._facts
        rng.shuffle(rest)
        self._facts = [head, *rest]
        self._choices: dict[str, str] = {}
        self._values = self._drawn()

    def reports(self) -> Iterator[Made]:
        """The wire, what was made from it, and accounts of their own."""
        yield self._made("wire", "en", self._headed(self._wire()))
        for edits in EDITS:
            yield self._made("copy", "en", self._copy(edits), f"{edits:.0%}")
        yield self._made("excerpt", "en", self._excerpt(0.3), "30%")
        yield self._made("excerpt", "en", self._excerpt(0.5), "50%")
        yield self._made("spin", "en", self._spin(0.5), "half")
        yield self._made("spin", "en", self._spin(1.0), "all")
        for language in self._rng.sample(LANGUAGES, 2):
            yield self._made("translation", language, self._translation(language))
        for which in (0, 1):
            yield self._made("own", "en", self._own(which), str(which))
        # One only: the sentences of those in Portuguese and in German are partly the same.
        language = self._rng.choice(("pt", "de"))
        yield self._made("own", language, self._foreign(language))

    def _made(self, form: Form, language: str, sentences: Sequence[str], kind: str = "") -> Made:
        name = "-".join(filter(None, (f"{self._number:05}", form, language, kind.strip("%"))))
        parts = [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]
        published = None
        if self._number % _UNDATED:
            late = 0 if form == "wire" else self._rng.randrange(1, 3)
            published = Interval.day(_WIRED + dt.timedelta(late))
        return Made(name, self._number, form, language, "\n\n".join(parts) + "\n", published)

    # ---- names and numbers

    def _drawn(self) -> dict[str, object]:
        rng = self._rng
        values: dict[str, object] = {key: _name(rng, 2) + "ia" for key in ("a", "b")}
        values |= {key: _name(rng, 2) for key in ("town", "city", "city2")}
        values |= {k: f"{_name(rng, 2)} {_name(rng, 3)}" for k in ("pa", "pb", "po", "m")}
        values |= {f"n{n}": rng.randrange(11, 400) for n in range(1, 10)}
        values["n2"], values["n7"] = rng.randrange(4, 20), rng.randrange(2, 9)
        values["year"] = rng.randrange(2015, 2030)
        values |= {key: rng.randrange(12) for key in ("month", "month2")}
        dates = ("date", "date2", "date3", "date4", "date5")
        values |= {key: (rng.randrange(1, 28), rng.randrange(12)) for key in dates}
        values["day"], values["third"] = rng.randrange(5), rng.randrange(3)
        return values

    def _told(self, sentence: str, language: str) -> str:
        """A sentence with the story's choice of words, names and numbers."""

        def chosen(match: re.Match[str]) -> str:
            key = match[1]
            if key not in self._choices:
                self._choices[key] = self._rng.choice(key.split("|"))
            return self._choices[key]

        def filled(match: re.Match[str]) -> str:
            return self._value(match[1], language)

        return _SLOT.sub(filled, _CHOICE.sub(chosen, sentence))

    def _value(self, key: str, language: str) -> str:
        value = self._values[key]
        if isinstance(value, tuple):
            day, month = value
            return _DATED[language].format(d=day, m=_MONTHS[language][month])
        if key in {"a", "b"}:
            return str(value).removesuffix("ia") + _ENDINGS[language]
        if isinstance(value, str):
            return value
        tables: Mapping[str, Sequence[str]] = {
            "day": _DAYS[language],
            "month": _MONTHS[language],
            "month2": _MONTHS[language],
            "third": _THIRDS[language],
        }
        return tables[key][int(str(value))] if key in tables else str(value)

    # ---- reports

    def _wire(self) -> list[str]:
        return [self._told(fact.wire, "en") for fact in self._facts]

    def _headed(self, sentences: Sequence[str]) -> list[str]:
        city = str(self._values["city"]).upper()
        return [f"{city} ({self._agency}) - {sentences[0]}", *sentences[1:]]

    def _copy(self, edits: float) -> list[str]:
        """The wire under another house's name, a part of its sentences replaced by the editor's."""
        rng, sentences = self._rng, self._wire()
        changed = set(rng.sample(range(1, len(sentences)), round(edits * len(sentences))))
        own = iter(rng.sample(words().editor, min(len(changed), len(words().editor))))
        kept = [next(own, "") if n in changed else s for n, s in enumerate(sentences)]
        kept = [self._told(sentence, "en") for sentence in kept if sentence]
        if edits == 0:
            return [*self._headed(kept), f"Source: {self._agency}"]
        return [f"The {rng.choice(_PAPERS)}.", *kept]

    def _excerpt(self, part: float) -> list[str]:
        sentences = self._wire()
        size = max(3, round(part * len(sentences)))
        begin = self._rng.randrange(len(sentences) - size + 1)
        return sentences[begin : begin + size]

    def _spin(self, part: float) -> list[str]:
        """The wire with a part of the words that have a synonym exchanged."""
        table, rng = words().synonyms, self._rng

        def exchanged(match: re.Match[str]) -> str:
            word = match[0]
            other = table.get(word.lower())
            if other is None or rng.random() > part:
                return word
            return other.capitalize() if word[0].isupper() else other

        return [_WORD.sub(exchanged, sentence) for sentence in self._wire()]

    def _translation(self, language: str) -> list[str]:
        """The wire in another language, now and then without a sentence."""
        told = [self._told(getattr(fact, language)[0], language) for fact in self._facts]
        left_out = set(self._rng.sample(range(1, len(told)), self._rng.randrange(4)))
        return [sentence for place, sentence in enumerate(told) if place not in left_out]

    def _own(self, which: int) -> list[str]:
        """Another reporter's account: other sentences in another order, one quotation shared.

        The second one also has two sentences of the wire, as background that all houses print.
        """
        facts = self._rng.sample(self._facts, len(self._facts) - 2)
        told = [self._told(fact.own[which], "en") for fact in facts]
        shared = self._rng.sample(self._facts, _BACKGROUND) if which else []
        return [*told, *(self._told(fact.wire, "en") for fact in shared)]

    def _foreign(self, language: str) -> list[str]:
        facts = self._rng.sample(self._facts, len(self._facts) - 2)
        return [self._told(getattr(fact, language)[1], language) for fact in facts]


def _name(rng: random.Random, syllables: int) -> str:
    parts = [rng.choice("bdfgklmnprstv") + rng.choice("aeiou") for _ in range(syllables)]
    return ("".join(parts) + rng.choice("lmnrst")).capitalize()
