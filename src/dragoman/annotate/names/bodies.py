"""Bodies and places that no list knows, with their short forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from dragoman.annotate.names.chunks import Chunk, folded_words
from dragoman.annotate.names.draft import Draft, Sheet
from dragoman.languages.endings import stem
from dragoman.languages.lexicon import fold
from dragoman.types import ActorType

_ACRONYM_LEAST, _ACRONYM_MOST = 2, 6


def find_bodies_and_places(sheet: Sheet, types: dict[int, ActorType]) -> None:
    """Add the runs that are bodies or places, and what short forms are met of them."""
    acronyms: dict[str, Draft] = {}
    for chunks in sheet.report:
        for index, chunk in enumerate(chunks):
            type_ = types.get(id(chunk))
            if chunk.kind != "run" or type_ in {None, "person"} or id(chunk) in sheet.by_chunk:
                continue
            first, last = chunk.first, chunk.last
            owner = _owner_of_body(sheet, chunks, index) if type_ == "organization" else None
            name = sheet.text(first, last)
            if owner is not None and owner.known is not None:
                first = owner.first
                name = sheet.text(first, last)
            if type_ == "place":
                first = _with_venue_noun(sheet, chunk)
                name = sheet.text(first, last)
            short = acronym_after(sheet, chunk) if type_ == "organization" else None
            draft = sheet.draft(f"{type_}:{fold(name)}", name, type_ or "organization", None)
            if short is not None:
                last = short[0]
                acronyms[short[1]] = draft
                draft.why("short form", f"{name} is called {short[1]}")
            if owner is not None:
                draft.side = sheet.by_chunk.get(id(owner))
            draft.add(first, last)
            sheet.by_chunk[id(chunk)] = draft
    for chunks in sheet.report:
        for chunk in chunks:
            text = sheet.text(chunk.first, chunk.last)
            if (
                chunk.kind == "run"
                and id(chunk) not in types
                and text in acronyms
                and not (
                    acronyms[text].mentions[0][0] <= chunk.first < acronyms[text].mentions[0][1]
                )
            ):
                acronyms[text].add(chunk.first, chunk.last)
                sheet.by_chunk[id(chunk)] = acronyms[text]
    _short_venues(sheet)
    _short_bodies(sheet, types)


def _short_bodies(sheet: Sheet, types: dict[int, ActorType]) -> None:
    """A lone word that is one of the words of a single body's name here is short for it."""
    bodies: dict[str, set[int]] = defaultdict(set)
    drafts = [draft for draft in sheet.drafts if draft.type == "organization"]
    for number, draft in enumerate(drafts):
        for first, last, _ in draft.mentions:
            if last - first > 1:
                for word in sheet.document.words[first:last]:
                    bodies[stem(word, sheet.document.language)].add(number)
    for run in [run for chunks in sheet.report for run in chunks if run.kind == "run"]:
        if run.last - run.first > 1 or types.get(id(run), "organization") != "organization":
            continue
        named = sheet.scene.is_word("organization_nouns", run.first) and not run.weak
        found = bodies.get(stem(sheet.folded(run), sheet.document.language), set())
        if len(found) != 1 or not (named or (run.told and run.told.type == "organization")):
            continue
        full, own = drafts[min(found)], sheet.by_chunk.get(id(run))
        if own is full:
            continue
        if own is not None:
            own.mentions.remove((run.first, run.last, "name"))
        full.add(run.first, run.last)
        full.why("short body", f"{sheet.text(run.first, run.last)} is short for {full.name}")
        sheet.by_chunk[id(run)] = full


def _short_venues(sheet: Sheet) -> None:
    """A venue's name without its noun (`the talks in Dolmabahce`) is the same place."""
    venues = {
        word: draft
        for draft in sheet.drafts
        if draft.type == "place" and draft.key is None
        for word in folded_words(draft.name)[:1]
        if len(folded_words(draft.name)) > 1
    }
    for draft in [draft for draft in sheet.drafts if draft.type == "place" and not draft.key]:
        full = venues.get(fold(draft.name))
        if full is not None and full is not draft:
            full.mentions += draft.mentions
            full.why("short venue", f"{draft.name} is short for {full.name}")
            sheet.drafts.remove(draft)


def _with_venue_noun(sheet: Sheet, chunk: Chunk) -> int:
    if not venue_before(sheet, chunk):
        return chunk.first
    place = chunk.first - 1
    while not sheet.scene.is_word("venue_nouns", place):
        place -= 1
    return place


def _owner_of_body(sheet: Sheet, chunks: Sequence[Chunk], index: int) -> Chunk | None:
    """The state directly before a body's name (`Ukraine's Security Service`)."""
    if index == 0 or chunks[index - 1].kind != "state":
        return None
    if sheet.document.tokens[chunks[index - 1].first].text.islower():
        return None  # "la chaîne russe X": an adjective, no part of the name
    words = sheet.scene.gazetteer.words
    gap = sheet.scene.gap(chunks[index - 1].last, chunks[index].first)
    if all(word in words["possessive"] or word in "'’" for word in gap):
        return chunks[index - 1]
    return None


def acronym_after(sheet: Sheet, chunk: Chunk) -> tuple[int, str] | None:
    """The end and letters of a short form in brackets behind a name."""
    tokens = sheet.document.tokens
    place = chunk.last
    if (
        place + 2 < len(tokens)
        and tokens[place].text == "("
        and tokens[place + 2].text == ")"
        and tokens[place + 1].text.isupper()
        and _ACRONYM_LEAST <= len(tokens[place + 1].text) <= _ACRONYM_MOST
    ):
        return place + 3, tokens[place + 1].text
    return None


def venue_before(sheet: Sheet, chunk: Chunk) -> bool:
    """`the palace of X`, `hotel X`, in languages that put the noun first."""
    place = chunk.first - 1
    links = sheet.scene.gazetteer.words["links"]
    while place > 0 and sheet.document.tokens[place].fold in links and place > chunk.first - 3:
        place -= 1
    return (
        place >= 0
        and sheet.scene.is_word("venue_nouns", place)
        and sheet.scene.gazetteer.names.adjectives_follow
    )
