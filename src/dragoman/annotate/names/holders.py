"""Who holds which office here, and whom an office told without a name means."""

from __future__ import annotations

from dragoman.annotate.names.chunks import Chunk
from dragoman.annotate.names.draft import Draft, Sheet
from dragoman.annotate.names.roles import OfficeUse
from dragoman.languages.gazetteer import offices
from dragoman.languages.lexicon import fold


def assign_roles(sheet: Sheet) -> None:
    """Give every named person the offices told of them, with whom those serve, and a side."""
    for use in sheet.uses:
        if use.name is None:
            continue
        draft = sheet.by_chunk.get(id(use.name))
        if draft is None or draft.type != "person":
            continue
        owner = sheet.by_chunk.get(id(use.owner)) if use.owner is not None else None
        if use.owner is not None and owner is None:
            owner = _inner_owner(sheet, use.owner)
        draft.roles.append((use.office.key, owner))
        if owner is not None and owner is not draft and draft.side is None:
            draft.side = owner
    for draft in sheet.drafts:
        _complete_roles(draft)


def _complete_roles(draft: Draft) -> None:
    """An office told without its state is of the state that another office of theirs is."""
    owners = [o for _, o in draft.roles if o is not None and o.type == "state"]
    bare = [key for key, owner in draft.roles if owner is None]
    if owners and bare:
        draft.roles = [(key, owner or owners[0]) for key, owner in draft.roles]
        titles = ", ".join(offices()[key].title for key in bare)
        draft.why("office completed", f"{titles}: of {owners[0].name}, as another office of theirs")


def _inner_owner(sheet: Sheet, owner: Chunk) -> Draft | None:
    """The actor of a state named inside the words of an office."""
    if owner.known is None:
        return None
    key = owner.known.key or f"learned:{owner.known.name}"
    draft = sheet.draft(key, owner.known.name, "state", owner.known.key or None)
    if (owner.first, owner.last, owner.known.naming) not in draft.mentions:
        draft.add(owner.first, owner.last, owner.known.naming)
    return draft


def add_role_mentions(sheet: Sheet) -> None:
    """`the Turkish minister`: who holds that office here, if one person does."""
    for use in sheet.uses:
        if use.name is not None:
            continue
        owner = None
        if use.owner is not None:
            owner = sheet.by_chunk.get(id(use.owner)) or _inner_owner(sheet, use.owner)
        elif not _definite(sheet, use):
            continue
        holders = _holders(sheet, use, owner)
        if use.owner is None:
            before = [d for d in holders if min(d.mentions)[0] < use.first]
            holders = sorted(
                before, key=lambda d: -max(m[0] for m in d.mentions if m[0] < use.first)
            )[:1]
        if len(holders) == 1:
            holders[0].add(use.first, use.last, "role")


def _definite(sheet: Sheet, use: OfficeUse) -> bool:
    grammar, place = sheet.document.pack.grammar, use.first - 1
    if place < 0:
        return False
    word = sheet.document.tokens[place].fold
    articles = [fold(article) for article in grammar.articles]
    contractions = [fold(word) for word in grammar.contractions]
    return (word in articles and word not in _indefinite(sheet)) or word in contractions


def _indefinite(sheet: Sheet) -> set[str]:
    # An article that is also a number ("a", "um", "ein") does not say which one is meant.
    numbers = {fold(word) for word in sheet.document.pack.grammar.numbers}
    return numbers | {fold(word) for word in sheet.scene.gazetteer.names.indefinite}


def _holders(sheet: Sheet, use: OfficeUse, owner: Draft | None) -> list[Draft]:
    wanted = {use.office.key, *use.office.data.covers}
    return [
        draft
        for draft in sheet.drafts
        if draft.type == "person"
        and any(key in wanted and (owner is None or held is owner) for key, held in draft.roles)
    ]
