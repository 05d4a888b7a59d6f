"""Whether a run of capitalised words is a person, a body or a place, by the words around it."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence

from dragoman.annotate.names.bodies import acronym_after, venue_before
from dragoman.annotate.names.chunks import Chunk
from dragoman.annotate.names.draft import Sheet
from dragoman.annotate.names.heads import acronym_of_body
from dragoman.languages.lexicon import fold
from dragoman.types import ActorType

_AREA_REACH = 10
_APPOSITION_REACH = 3
_COMPOUND = 3  # tokens of a name, a hyphen and a noun
_DATELINE_MOST = 14  # tokens from a dateline's place to its dash
_DATELINE_SIGNS = frozenset(",.()/:")
_DASHES = frozenset("-–—")
_ACRONYM_LEAST, _ACRONYM_MOST = 2, 6


def type_runs(sheet: Sheet) -> dict[int, ActorType]:
    """The type of each run that has evidence for one, by the run's identity."""
    types: dict[int, ActorType] = {}
    _datelines(sheet, types)
    _credited(sheet, types)
    for use in sheet.uses:
        if use.name is not None and use.name.kind == "run":
            types[id(use.name)] = "person"
    for use in sheet.uses:
        if use.owner is not None and use.owner.kind == "run" and not _common(sheet, use.owner):
            types.setdefault(id(use.owner), "person" if use.personal else "organization")
    for chunks in sheet.report:
        for index, chunk in enumerate(chunks):
            if chunk.kind == "run" and id(chunk) not in types:
                found = _type_alone(sheet, chunks, index)
                if found is not None:
                    types[id(chunk)] = found
        _lists_of_areas(sheet, chunks, types)
        _types_in_lists(sheet, chunks, types)
    _types_by_repetition(sheet, types)
    _surnames_are_no_places(sheet, types)
    return types


def _common(sheet: Sheet, run: Chunk) -> bool:
    """Whether a run is but the word for a sort of body or place (`Parlamento`)."""
    return run.last - run.first == 1 and any(
        sheet.scene.is_word(sort, run.first)
        for sort in ("organization_nouns", "venue_nouns", "area_nouns", "polity")
    )


def _datelines(sheet: Sheet, types: dict[int, ActorType]) -> None:
    """`KELDBY, Norvania, 3 March (Northern Wire) -`: where a report was filed, and by whom."""
    tokens = sheet.document.tokens
    for chunks in sheet.report:
        sentence = sheet.document.sentence_at(chunks[0].first) if chunks else None
        if sentence is None or chunks[0].first != sentence.first:
            continue
        end = _dateline_end(sheet, chunks[0].last, sentence.last)
        if end is None:
            continue
        inside = False
        for chunk in chunks:
            if chunk.first >= end:
                break
            inside = inside or any(
                tokens[place].text == "(" for place in range(sentence.first, chunk.first)
            )
            if chunk.kind == "run":
                types[id(chunk)] = "organization" if inside else "place"


def _dateline_end(sheet: Sheet, first: int, stop: int) -> int | None:
    """The dash that ends a dateline whose place ends at a token; None if it is no dateline.

    A place that is not in capitals needs the brackets of an agency before the dash.
    """
    tokens, start = sheet.document.tokens, first - 1
    bracket = False
    for place in range(first, min(stop, first + _DATELINE_MOST)):
        token = tokens[place]
        if token.text in _DASHES and not sheet.scene.glued(place):
            return place if bracket or tokens[start].text.isupper() else None
        bracket = bracket or token.text == ")"
        dated = token.text[:1].isdigit() or token.fold in sheet.scene.gazetteer.calendar
        if not (dated or token.capital or token.text in _DATELINE_SIGNS):
            return None
    return None


def _credited(sheet: Sheet, types: dict[int, ActorType]) -> None:
    """Runs that are the name of the report's outlet or agency are bodies."""
    credited = {fold(name) for name in (sheet.document.outlet, sheet.document.agency) if name}
    for chunks in sheet.report:
        for chunk in chunks:
            if chunk.kind == "run" and sheet.folded(chunk) in credited:
                types[id(chunk)] = "organization"


def types_as_told(sheet: Sheet, types: dict[int, ActorType]) -> dict[int, ActorType]:
    """The type of each run that the rules left, where a second source takes it for a name.

    All runs of the same words get the type that it gives most of them; a name with a particle of
    persons' names is a person's.
    """
    particles = sheet.scene.gazetteer.words["particles"] - sheet.scene.gazetteer.words["links"]
    runs = [
        run
        for chunks in sheet.report
        for run in chunks
        if run.kind == "run"
        and id(run) not in types
        and id(run) not in sheet.by_chunk
        and not _common(sheet, run)
    ]
    votes: dict[str, Counter[ActorType]] = defaultdict(Counter)
    for run in runs:
        if (parsed := sheet.parsed_as(run)) is not None:
            inner = particles.intersection(sheet.document.words[run.first : run.last - 1])
            votes[sheet.folded(run)]["person" if inner else parsed] += 1
    found: dict[int, ActorType] = {}
    for run in runs:
        told = votes.get(sheet.folded(run))
        if told is not None and not (run.weak and sheet.parsed_as(run) is None):
            found[id(run)] = min(told, key=lambda type_: (-told[type_], type_))
            sheet.supposed.add(id(run))
    together = types | found
    _surnames_are_no_places(sheet, together)
    return {run: together[run] for run in found}


def _surnames_are_no_places(sheet: Sheet, types: dict[int, ActorType]) -> None:
    """A lone word taken for a place that is the surname of a person here is that person.

    One that only a verb of speaking makes a person ("said Tamsen", of a government) is none where
    a second source takes the word for a place.
    """
    runs = [run for chunks in sheet.report for run in chunks if run.kind == "run"]
    persons = [run for run in runs if types.get(id(run)) == "person"]
    places = {sheet.folded(run) for run in runs if types.get(id(run)) == "place"}
    supposed = [run for run in persons if id(run) in sheet.supposed]
    if supposed:
        seen = places & _seen_as_places(sheet, runs)
        types.update({id(run): "place" for run in supposed if sheet.folded(run) in seen})
    surnames = {
        sheet.document.tokens[run.last - 1].fold
        for run in persons
        if types.get(id(run)) == "person"
    }
    for run in runs:
        if (
            types.get(id(run)) == "place"
            and run.last - run.first == 1
            and sheet.folded(run) in surnames
        ):
            types[id(run)] = "person"


def _seen_as_places(sheet: Sheet, runs: Sequence[Chunk]) -> set[str]:
    """The words that a second source of names takes for places more often than for persons."""
    votes: Counter[str] = Counter()
    for run in runs:
        parsed = sheet.parsed_as(run)
        if parsed is not None:
            votes[sheet.folded(run)] += -1 if parsed == "person" else 1
    return {words for words, vote in votes.items() if vote > 0}


def _type_alone(sheet: Sheet, chunks: Sequence[Chunk], index: int) -> ActorType | None:
    scene, chunk = sheet.scene, chunks[index]
    tokens, gaz = sheet.document.tokens, scene.gazetteer
    size = chunk.last - chunk.first
    span = range(chunk.first, chunk.last)
    if _honorific(sheet, chunk) or _colleague(sheet, chunk):
        return "person"
    if size > 1 or venue_before(sheet, chunk):
        if any(scene.is_word("venue_nouns", place) for place in span) or venue_before(sheet, chunk):
            return "place"
        if any(scene.is_word("organization_nouns", place) for place in span):
            return "organization"
        if acronym_after(sheet, chunk) is not None and not sheet.given(chunk):
            area = any(scene.is_word("area_nouns", place) for place in span)
            return "place" if area else "organization"
    elif scene.is_word("organization_nouns", chunk.first):
        return chunk.told.type if chunk.told is not None and chunk.told.firm else None
    if acronym_of_body(scene, chunk.first, chunk.last):
        return "organization"
    if (
        _area_beside(sheet, chunk)
        or _area_in_apposition(sheet, chunk)
        or _area_inside(sheet, chunk)
    ):
        return "place"
    if size > 1 and sheet.given(chunk):
        return "person"
    if chunk.told is not None and chunk.told.firm:
        return chunk.told.type
    if _speaks(sheet, chunk):
        if size == 1 and _acronym(tokens[chunk.first].text):
            return "organization"
        if size == 1:
            sheet.supposed.add(id(chunk))
        return "person"
    if size > 1 and not chunk.weak and any(_acronym(tokens[place].text) for place in span):
        return "organization"  # IG Metall, CFDT Cheminots
    before = tokens[chunk.first - 1].fold if chunk.first else ""
    nearly = " ".join(sheet.document.words[max(0, chunk.first - 2) : chunk.first])
    strict = sheet.document.pack.grammar.capital_nouns
    if size == 1 and _acronym(tokens[chunk.first].text):
        return None
    if {before, nearly} & gaz.words["only_places"] and not chunk.weak and not strict:
        return "place"
    return None


def _acronym(text: str) -> bool:
    return text.isupper() and _ACRONYM_LEAST <= len(text) <= _ACRONYM_MOST


def _honorific(sheet: Sheet, chunk: Chunk) -> bool:
    tokens, place = sheet.document.tokens, chunk.first - 1
    if place >= 0 and tokens[place].text == ".":
        place -= 1
    return (
        place >= 0
        and tokens[place].capital
        and tokens[place].fold in sheet.scene.gazetteer.words["honorifics"]
    )


def _area_beside(sheet: Sheet, chunk: Chunk) -> bool:
    tokens, words = sheet.document.tokens, sheet.scene.gazetteer.words
    if chunk.last < len(tokens) and tokens[chunk.last].fold in words["area_nouns"]:
        return not tokens[chunk.last].capital or not sheet.given(chunk)
    place = chunk.first - 1
    while place >= 0 and tokens[place].fold in words["of"] | words["articles"]:
        place -= 1
    return place >= 0 and tokens[place].fold in words["area_nouns"]


def _colleague(sheet: Sheet, chunk: Chunk) -> bool:
    """`her counterpart, X`, with an adjective between where the language puts it there."""
    tokens, words = sheet.document.tokens, sheet.scene.gazetteer.words["colleagues"]
    place = chunk.first - 1
    if place >= 0 and tokens[place].text == ",":
        place -= 1
    if place > 0 and tokens[place].text.islower() and tokens[place].fold not in words:
        place -= 1
    return place >= 0 and tokens[place].fold in words


def _area_in_apposition(sheet: Sheet, chunk: Chunk) -> bool:
    """`X, a Norwegian port town`: what it is, told behind a comma."""
    tokens, words = sheet.document.tokens, sheet.scene.gazetteer.words
    place = chunk.last
    if sheet.given(chunk) or place + 2 >= len(tokens) or tokens[place].text != ",":
        return False
    if tokens[place + 1].fold not in words["articles"]:
        return False
    return any(
        tokens[at].fold in words["area_nouns"]
        for at in range(place + 2, min(place + 2 + _APPOSITION_REACH, len(tokens)))
    )


def _area_inside(sheet: Sheet, chunk: Chunk) -> bool:
    """`Ardenne-Tal`: a name joined by a hyphen with what it is, where nouns are written so."""
    tokens = sheet.document.tokens
    return (
        sheet.document.pack.grammar.capital_nouns
        and chunk.last - chunk.first >= _COMPOUND
        and tokens[chunk.last - 2].text in "-‐‑"
        and tokens[chunk.last - 1].fold in sheet.scene.gazetteer.words["area_nouns"]
    )


def _speaks(sheet: Sheet, chunk: Chunk) -> bool:
    """Whether a person's verb stands directly beside it."""
    tokens, words = sheet.document.tokens, sheet.scene.gazetteer.words
    if chunk.last - chunk.first > 3 or not all(
        tokens[place].text[:1].isalpha() or tokens[place].text in ".-'’"
        for place in range(chunk.first, chunk.last)
    ):
        return False
    if _common(sheet, chunk):
        return False
    before = chunk.first - 1
    if before >= 0 and tokens[before].fold in words["person_verbs"]:
        return True
    after = chunk.last
    article = before >= 0 and tokens[before].fold in words["articles"]
    return after < len(tokens) and tokens[after].fold in words["person_verbs"] and not article


def _lists_of_areas(sheet: Sheet, chunks: Sequence[Chunk], types: dict[int, ActorType]) -> None:
    """Runs listed after what a sentence calls regions, towns or parts are places."""
    if sheet.document.pack.grammar.capital_nouns:
        return
    areas = sheet.scene.gazetteer.words["area_nouns"]
    for left, right in itertools.pairwise(chunks):
        if left.kind != "run" or not sheet.listed(left, right):
            continue
        sentence = sheet.document.sentence_at(left.first)
        start = max(left.first - _AREA_REACH, sentence.first if sentence else 0)
        if any(word in areas for word in sheet.scene.gap(start, left.first)) and not any(
            id(run) in types or sheet.given(run) for run in (left, right)
        ):
            types[id(left)] = "place"


def _types_in_lists(sheet: Sheet, chunks: Sequence[Chunk], types: dict[int, ActorType]) -> None:
    """A run in a list with places or persons is one; read from both ends."""
    for order in (range(1, len(chunks)), range(len(chunks) - 1, 0, -1)):
        for index in order:
            left, right = chunks[index - 1], chunks[index]
            if not sheet.listed(left, right):
                continue
            for one, other in ((left, right), (right, left)):
                if one.kind != "run" or id(one) in types or one.weak:
                    continue
                kind = types.get(id(other), other.kind)
                if kind == "person" and one.last - one.first <= 3:
                    types[id(one)] = "person"
                elif kind == "place" and not sheet.given(one):
                    types[id(one)] = "place"


def _types_by_repetition(sheet: Sheet, types: dict[int, ActorType]) -> None:
    """A run of the same words as a typed one, or a surname alone, has its type."""
    runs = [c for chunks in sheet.report for c in chunks if c.kind == "run"]
    by_form: dict[str, ActorType] = {}
    singles = {sheet.folded(run) for run in runs if run.last - run.first == 1 and not run.weak}
    for run in runs:
        if (type_ := types.get(id(run))) is not None:
            by_form.setdefault(sheet.folded(run), type_)
    known = {
        sheet.folded(run) for run in runs if id(run) in types and id(run) not in sheet.supposed
    }
    for run in runs:
        form = sheet.folded(run)
        if id(run) in types:
            continue
        if form in by_form and not (run.weak and by_form[form] == "place"):
            types[id(run)] = by_form[form]
            if form not in known:
                sheet.supposed.add(id(run))
        elif (
            2 <= run.last - run.first <= 3
            and not run.weak
            and sheet.document.tokens[run.last - 1].fold in singles
            and not sheet.document.pack.grammar.capital_nouns
        ):
            types[id(run)] = "person"
