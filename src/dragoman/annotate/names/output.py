"""The drafts written out as local actors and mentions."""

from __future__ import annotations

from dragoman.annotate.names.draft import Draft, Sheet
from dragoman.claims import TYPE_SUPPOSED, LocalActor, Mention
from dragoman.languages.gazetteer import offices
from dragoman.types import Role


def write_out(sheet: Sheet) -> tuple[list[LocalActor], list[Mention]]:
    """The actors in the order of their first mention, and the mentions of all."""
    drafts = [draft for draft in sheet.drafts if draft.mentions]
    drafts.sort(key=lambda draft: min(draft.mentions))
    firm = {
        id(sheet.by_chunk[id(chunk)])
        for chunks in sheet.report
        for chunk in chunks
        if id(chunk) in sheet.by_chunk and id(chunk) not in sheet.supposed
    }
    for draft in drafts:
        if draft.key is None and not draft.roles and id(draft) not in firm:
            draft.why(TYPE_SUPPOSED, f"{draft.name} is likely a {draft.type}: no rule knows it")
    actors: list[LocalActor] = []
    mentions: list[Mention] = []
    for index, draft in enumerate(drafts):
        forms = []
        for first, last, sort in sorted(set(draft.mentions)):
            form = sheet.text(first, last)
            if sort in {"name", "demonym", "metonym"} and form not in forms:
                forms.append(form)
            span = sheet.document.token_span(first, last)
            mentions.append(Mention(span=span, form=form, actor=index, sort=sort))
        actors.append(
            LocalActor(
                name=draft.name,
                type=draft.type,
                forms=tuple(forms),
                roles=_roles_of(draft),
                key=draft.key,
                side=_side(draft),
                reasons=tuple(draft.reasons),
            )
        )
    mentions.sort(key=lambda m: (m.span.start, -m.span.end, m.sort, m.actor))
    return actors, mentions


def _roles_of(draft: Draft) -> tuple[Role, ...]:
    roles: dict[tuple[str, str | None], Role] = {}
    titled = set()
    for key, owner in draft.roles:
        of = _of(owner) if owner is not None else None
        title = offices()[key].title
        if of is not None:
            titled.add(title)
        roles.setdefault((title, of), Role(title=title, of=of))
    covered = {
        general
        for key, _ in draft.roles
        for general, data in offices().items()
        if key in data.covers
    }
    return tuple(
        role
        for (title, of), role in roles.items()
        if (of is not None or title not in titled)
        and title not in {offices()[key].title for key in covered}
    )


def _of(owner: Draft) -> str:
    """Whom an office serves: a person's own side if it has one."""
    if owner.type == "person" and owner.side is not None and owner.side.type == "state":
        return owner.side.name
    return owner.name


def _side(draft: Draft) -> str | None:
    """The key, or else the name, of the party that somebody belongs to."""
    side, seen = draft.side, {id(draft)}
    while side is not None and side.type == "person" and id(side) not in seen:
        seen.add(id(side))
        if side.side is None:
            break
        side = side.side
    return None if side is None else side.key or side.name
