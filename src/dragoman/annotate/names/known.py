"""Known names, and whether a capital stands for its city or for its state."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.annotate.names.chunks import Chunk
from dragoman.annotate.names.draft import Sheet, Sort
from dragoman.languages.gazetteer import canonical_name, groups


def find_known(sheet: Sheet) -> None:
    """Add the names and groups that a list knows."""
    for chunks in sheet.report:
        for index, chunk in enumerate(chunks):
            if chunk.group is not None and not groups()[chunk.group].government:
                draft = sheet.draft(f"group:{chunk.group}", chunk.group, "group", None)
                draft.add(chunk.first, chunk.last)
                sheet.by_chunk[id(chunk)] = draft
            elif chunk.known is not None:
                _known_name(sheet, chunks, index)
    _governments(sheet)


def _governments(sheet: Sheet) -> None:
    """A government told without its state is that of the one state that the report names.

    Where several are named it could be that of any, and stays unknown; where none is named, the
    reader is at home and it is a party by itself.
    """
    states = [draft for draft in sheet.drafts if draft.type == "state"]
    if len(states) > 1:
        return
    for chunk in (chunk for chunks in sheet.report for chunk in chunks):
        name = chunk.group
        if name is None or not groups()[name].government:
            continue
        draft = states[0] if states else sheet.draft(f"group:{name}", name, "group", None)
        draft.add(chunk.first, chunk.last, "role" if states else "name")
        sheet.by_chunk[id(chunk)] = draft


def _known_name(sheet: Sheet, chunks: Sequence[Chunk], index: int) -> None:
    chunk = chunks[index]
    known = chunk.known
    if known is None:
        return
    sort: Sort = known.naming
    key, name, type_ = known.key or f"learned:{known.name}", known.name, known.type
    if type_ == "place" and known.state is not None and not _locative(sheet, chunks, index):
        state = canonical_name(known.state) or known.name
        key, type_, sort = known.state, "state", "metonym"
        words = f"{known.name} stands for {state} where no place is meant"
        draft = sheet.draft(key, state, type_, known.state)
        draft.why("metonym", words)
    else:
        draft = sheet.draft(key, name, type_, known.key or None)
    if not known.key:
        draft.why("learned state", "named as a state or as whom an office of state serves")
    if known.historical:
        draft.why("historical name", "a name of the past is read as today's place")
    draft.add(chunk.first, chunk.last, sort)
    sheet.by_chunk[id(chunk)] = draft


def _locative(sheet: Sheet, chunks: Sequence[Chunk], index: int) -> bool:
    """Whether a capital is meant as a place: `in Kyiv`, `left Kyiv`, `the city of Kyiv`.

    Where no words around places are known, nothing tells a state: it is a place.
    """
    scene, chunk = sheet.scene, chunks[index]
    tokens, words = sheet.document.tokens, scene.gazetteer.words
    if not words["locatives"]:
        return True
    place = chunk.first - 1
    sentence = sheet.document.sentence_at(chunk.first)
    start = sentence.first if sentence else 0
    while place >= start and (
        tokens[place].fold in words["articles"] or tokens[place].fold in words["area_nouns"]
    ):
        if tokens[place].fold in words["area_nouns"]:
            return True
        place -= 1
    if place >= start:
        before = tokens[place].fold
        verbs = {before, tokens[place - 1].fold if place > start else ""}
        if verbs & words["place_verbs"]:
            return True
        if before in words["locatives"]:
            # "delegations from Kyiv" are of the state, "a train from Kyiv" is not.
            team = place > start and scene.is_word("delegation", place - 1)
            return not team
        if (
            before in words["of"]
            and place > start
            and tokens[place - 1].fold in words["area_nouns"]
        ):
            return True
    if chunk.last < len(tokens) and (
        tokens[chunk.last].fold in words["event_nouns"]
        or tokens[chunk.last].fold in words["area_nouns"]
    ):
        return True
    if (
        chunk.last + 1 < len(tokens)
        and tokens[chunk.last].fold == "'"
        and tokens[chunk.last + 1].fold in words["place_endings"]
    ):
        return True
    return _listed_with_place(sheet, chunks, index)


def _listed_with_place(sheet: Sheet, chunks: Sequence[Chunk], index: int) -> bool:
    """Whether it follows a place in a list that began as one of places."""
    if index == 0:
        return False
    before, chunk = chunks[index - 1], chunks[index]
    if before.known is None or before.kind != "place" or not sheet.listed(before, chunk):
        return False
    draft = sheet.by_chunk.get(id(before))
    return draft is not None and draft.type == "place"
