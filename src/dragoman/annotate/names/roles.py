"""Who holds which office: an office, whom it serves and the name beside it.

The patterns are the same in all languages; the words around them come from the pack:
`President X`, `Turkey's foreign minister, X`, `X, the foreign minister of Y`, `ministro turco X`,
`the Ukrainian delegation, led by X`, `X, who heads the delegation of Y`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.annotate.names.chunks import Chunk
from dragoman.annotate.names.scenery import Scene
from dragoman.languages.gazetteer import Office, offices

_PAUSES = frozenset(",(–—:-")
_CLOSERS = frozenset(",.;:)–—!?")
_MARKS = frozenset("'’-‐–")
_REACH = 8
_TOPIC_LEAST, _TOPIC_MOST = 2, 9
_POSSESSED_LEAST, _POSSESSED_MOST = 4, 6  # tokens of `, the employers' `
_SERVED_MOST = 6  # tokens of `of the mine workers,`


@dataclass(slots=True, eq=False)
class OfficeUse:
    """An office met in a text: whom it serves (`owner`), and the run that names its holder.

    `first` to `last` are the tokens of office and owner; `personal` is set where the owner is a
    person ("X's envoy").
    """

    office: Office
    first: int
    last: int
    owner: Chunk | None = None
    name: Chunk | None = None
    personal: bool = False


def office_uses(scene: Scene, chunks: Sequence[Chunk]) -> list[OfficeUse]:
    """The offices of one sentence with their owners and holders."""
    uses: list[OfficeUse] = []
    taken: set[int] = set()
    for index, chunk in enumerate(chunks):
        if chunk.kind != "office":
            continue
        use, following = _with_owner(scene, chunks, index)
        name = _name_after(scene, chunks, following, use)
        if name is not None:
            use.name = name
            taken.add(id(name))
            use.owner = use.owner or _owner_behind(scene, chunks, name)
        uses.append(use)
    for use in uses:
        if use.name is None:
            use.name = _name_before(scene, chunks, use, taken)
    _share_owner(scene, uses)
    _share_name(scene, uses)
    _hand_on_name(scene, uses)
    uses += _team_heads(scene, chunks, uses)
    return uses


def _choose(chunk: Chunk, owner: Chunk | None) -> Office:
    """The meaning of an office's word that fits whom it serves."""
    state = owner.known.state if owner is not None and owner.known is not None else None
    code = (state or "").partition(":")[2]
    fitting = [office for office in chunk.offices if code in office.data.only_of]
    free = [office for office in chunk.offices if not office.data.only_of]
    return (fitting or free or list(chunk.offices))[0]


def _with_owner(scene: Scene, chunks: Sequence[Chunk], index: int) -> tuple[OfficeUse, int]:
    """The office at `index` with its owner, and the index of the chunk after both."""
    chunk = chunks[index]
    first, last, following = chunk.first, chunk.last, index + 1
    before, possessed = _owner_before(scene, chunks, index)
    inside = _owner_inside(scene, chunk)
    owner = before or inside
    if before is not None:
        first = before.first
    after = chunks[following] if following < len(chunks) else None
    if after is not None and _owns_after(scene, chunk, after):
        bodies = {"state", "organization", "group"}
        if owner is None or (after.kind in bodies and owner.kind not in bodies and not possessed):
            owner = after
        last, following = after.last, following + 1
    office = _choose(chunk, owner)
    personal = (
        owner is not None
        and owner.kind == "run"
        and office.key in scene.gazetteer.words["personal_offices"]
    )
    return OfficeUse(office, first, last, owner, personal=personal), following


def _owner_before(scene: Scene, chunks: Sequence[Chunk], index: int) -> tuple[Chunk | None, bool]:
    if index == 0:
        return None, False
    chunk, owner = chunks[index], chunks[index - 1]
    words = scene.gazetteer.words
    gap = scene.gap(owner.last, chunk.first)
    allowed = words["possessive"] | words["modifiers"] | _MARKS
    if any(word not in allowed for word in gap):
        return None, False
    possessed = bool(words["possessive"]) and any(word in words["possessive"] for word in gap)
    last = scene.document.tokens[owner.last - 1].text
    if owner.kind == "run" and not gap and last.endswith(scene.gazetteer.names.genitive):
        return owner, True
    # A capital may stand bare before an office only as its state's metonym.
    metonym = owner.known is not None and owner.known.state is not None and not gap
    bare = {"run", "group"} if metonym else {"run", "group", "place"}
    if owner.kind == "office" or (owner.kind in bare and not possessed):
        return None, False
    if not possessed and index > 1:
        # "X's Ukraine envoy": the nearer name is what the office is about.
        further = chunks[index - 2]
        between = scene.gap(further.last, owner.first)
        if between and all(word in words["possessive"] for word in between):
            return further, True
    if owner.demonym and scene.gazetteer.names.adjectives_follow:
        # "o governo russo presidente ...": there an adjective belongs to the word before it.
        return None, False
    return owner, possessed


def _owner_inside(scene: Scene, chunk: Chunk) -> Chunk | None:
    """A state named within the words of an office (`head of the Ukrainian delegation`)."""
    known = scene.gazetteer.known.find(scene.document.words, chunk.first, chunk.last)
    for hit in known:
        token = scene.document.tokens[hit.first]
        if hit.value.type == "state" and (hit.value.small or token.capital):
            return Chunk(hit.first, hit.last, "state", known=hit.value)
    for hit in scene.learned.find(scene.document.words, chunk.first, chunk.last):
        return Chunk(hit.first, hit.last, "state", known=hit.value)
    return None


def _owns_after(scene: Scene, chunk: Chunk, owner: Chunk) -> bool:
    if owner.kind == "office":
        return False
    words = scene.gazetteer.words
    gap = scene.gap(chunk.last, owner.first)
    if not gap:
        names = scene.gazetteer.names
        if owner.demonym:
            return names.adjectives_follow
        return names.owner_follows and owner.kind not in {"run", "group"}
    if any(
        word not in words["of"] | words["articles"] | words["modifiers"] | _MARKS for word in gap
    ):
        return False
    joined = any(word in words["of"] for word in gap)
    genitive = bool(scene.gazetteer.names.genitive) and gap[0] in words["articles"]
    return (joined or genitive) and not (owner.kind == "run" and owner.weak)


def _name_after(
    scene: Scene, chunks: Sequence[Chunk], following: int, use: OfficeUse
) -> Chunk | None:
    if following >= len(chunks) or chunks[following].kind != "run":
        return None
    name, words = chunks[following], scene.gazetteer.words
    gap = scene.gap(use.last, name.first)
    allowed = words["articles"] | words["honorifics"] | words["modifiers"] | {",", ":", "-", "."}
    if any(word not in allowed for word in gap) and not _topic(scene, use.last, name.first):
        return None
    if _is_body(scene, name):
        return None
    if any(word in {",", ":"} for word in gap):
        closed = name.last >= len(scene.document.tokens) or (
            scene.document.tokens[name.last].text in _CLOSERS
        )
        if not (closed or name.last - name.first > 1):
            return None
    return name


def _owner_behind(scene: Scene, chunks: Sequence[Chunk], name: Chunk) -> Chunk | None:
    """Whom an office serves, told behind the name: `Foreign Minister X of Y`."""
    after = next((chunk for chunk in chunks if chunk.first >= name.last), None)
    if after is None or after.kind not in {"state", "organization"} or after.demonym:
        return None
    gap, words = scene.gap(name.last, after.first), scene.gazetteer.words
    genitive = words["of"] - words["locatives"]
    allowed = genitive | words["articles"]
    joined = bool(gap) and gap[0] in genitive and all(word in allowed for word in gap)
    return after if joined else None


def _topic(scene: Scene, first: int, last: int) -> bool:
    """What an office is for, between it and a name (`envoy for trade, X`, `for Peace Affairs X`).

    Words written small need a comma before the name.
    """
    tokens = scene.document.tokens[first:last]
    words = scene.gazetteer.words
    if not _TOPIC_LEAST <= len(tokens) <= _TOPIC_MOST or tokens[0].fold not in words["of"]:
        return False
    joints = words["of"] | words["articles"] | set(scene.document.pack.grammar.conjunctions)
    if all(t.fold in words["portfolios"] | joints or t.text == "," for t in tokens):
        return True
    return tokens[-1].text == "," and all(token.text.islower() for token in tokens[:-1])


def _is_body(scene: Scene, run: Chunk) -> bool:
    return any(
        scene.is_word("organization_nouns", place) or scene.is_word("venue_nouns", place)
        for place in range(run.first, run.last)
    )


def _name_before(
    scene: Scene, chunks: Sequence[Chunk], use: OfficeUse, taken: set[int]
) -> Chunk | None:
    before = [chunk for chunk in chunks if chunk.last <= use.first]
    if not before or before[-1].kind != "run" or _is_body(scene, before[-1]):
        return None
    name, words = before[-1], scene.gazetteer.words
    gap = scene.gap(name.last, use.first)
    allowed = words["articles"] | words["modifiers"] | words["of"] | _PAUSES
    if not gap or gap[0] not in _PAUSES:
        return None
    if any(word not in allowed for word in gap) and not _of_many(scene, name.last, use.first):
        return None
    closed = _closed(scene, use.last)
    if use.owner is None and not closed:
        return None
    if id(name) in taken and not closed:
        return None
    return name


def _of_many(scene: Scene, first: int, last: int) -> bool:
    """Whether an apposition begins with whom the office serves: `, the employers' `."""
    tokens, possessive = scene.document.tokens[first:last], scene.gazetteer.words["possessive"]
    return (
        _POSSESSED_LEAST <= len(tokens) <= _POSSESSED_MOST
        and tokens[1].fold in scene.gazetteer.words["articles"]
        and bool(possessive)
        and tokens[-1].fold in possessive | _MARKS
        and all(token.text.islower() for token in tokens[1:] if token.word)
    )


def _closed(scene: Scene, place: int) -> bool:
    """Whether an apposition ends at a token, or behind whom the office serves (`of the miners,`).

    Whom it serves is a common noun here; a name would have been taken for its owner.
    """
    tokens, words = scene.document.tokens, scene.gazetteer.words
    if place >= len(tokens) or tokens[place].text in _CLOSERS:
        return True
    genitive = bool(scene.gazetteer.names.genitive) and tokens[place].fold in words["articles"]
    if not genitive and tokens[place].fold not in words["of"]:
        return False
    for end in range(place + 1, min(place + _SERVED_MOST, len(tokens))):
        if tokens[end].text in _CLOSERS:
            return end > place + 1
        if not tokens[end].word or scene.tag(end) in {"VERB", "AUX"}:
            return False
    return False


def _share_owner(scene: Scene, uses: Sequence[OfficeUse]) -> None:
    """`US Vice President A and Secretary of State B`: the second serves whom the first does."""
    for left, right in itertools.pairwise(uses):
        if left.name is None or right.name is None or right.owner is not None:
            continue
        if left.owner is None or left.last > right.first:
            continue
        gap = scene.gap(left.name.last, right.first)
        if len(gap) == 1 and gap[0] in scene.document.pack.grammar.conjunctions:
            right.owner, right.personal = left.owner, left.personal


def _share_name(scene: Scene, uses: Sequence[OfficeUse]) -> None:
    """`The leader of the Ukrainian delegation, Defence Minister X`: both offices are X's."""
    for left, right in itertools.pairwise(uses):
        if left.name is not None or right.name is None or left.last > right.first:
            continue
        gap = scene.gap(left.last, right.first)
        if left.owner is not None and gap in ([","], []) and right.first < right.name.first:
            left.name = right.name
            right.owner = right.owner or left.owner


def _hand_on_name(scene: Scene, uses: Sequence[OfficeUse]) -> None:
    """`envoy of the secretary-general X`: X holds the first office, not the nearest.

    Only where the second may follow the first bare, by its case.
    """
    if not scene.gazetteer.names.owner_follows:
        return
    for left, right in itertools.pairwise(uses):
        if left.name is None and left.owner is None and left.last == right.first:
            left.name, right.name = right.name, None
            left.owner = right.owner


def _team_heads(
    scene: Scene, chunks: Sequence[Chunk], uses: Sequence[OfficeUse]
) -> Iterator[OfficeUse]:
    """Heads of delegations told by a verb: `led by X`, `X, who leads the delegation`."""
    if not chunks:
        return
    head = Office("delegation_head", offices()["delegation_head"])
    words, first, last = scene.document.words, chunks[0].first, chunks[-1].last
    last = max(last, min(len(words), last + 2))
    runs = [chunk for chunk in chunks if chunk.kind == "run" and not _is_body(scene, chunk)]
    named = {id(use.name) for use in uses if use.name is not None}
    for hit in scene.gazetteer.led_by.find(words, first, last):
        name = next((run for run in runs if hit.last <= run.first <= hit.last + _REACH), None)
        owner = _team_owner(scene, chunks, hit.first - _REACH, hit.first)
        if name is not None and owner is not None:
            direct = name.first - hit.last <= 1 or id(name) in named
            if direct:
                yield OfficeUse(head, hit.first, hit.last, owner, name)
        if name is None and scene.document.pack.grammar.verb_final:
            name = next((run for run in runs if run.last == hit.first), None)
            owner = _team_owner(scene, chunks, hit.first - _REACH, name.first) if name else None
            if name is not None and owner is not None:
                yield OfficeUse(head, hit.first, hit.last, owner, name)
    for hit in scene.gazetteer.leads.find(words, first, last):
        owner = _team_owner(scene, chunks, hit.last, hit.last + _REACH)
        left = [run for run in runs if hit.first - _REACH <= run.last <= hit.first]
        if owner is not None and left:
            gap = scene.gap(left[-1].last, hit.first)
            name = left[-1]
            # "X, an aide to Y, who heads the delegation": X does.
            name = next((u.name for u in uses if u.owner is name and u.name), name)
            if len(gap) <= 1 or gap[0] == ",":
                yield OfficeUse(head, hit.first, hit.last, owner, name)


def _team_owner(scene: Scene, chunks: Sequence[Chunk], first: int, last: int) -> Chunk | None:
    """Whose delegation is spoken of between two tokens; None where no delegation is."""
    stop = min(last, len(scene.document.tokens))
    words = scene.gazetteer.words
    joints = words["possessive"] | words["of"] | words["articles"] | words["modifiers"] | _MARKS
    teams = [place for place in range(max(0, first), stop) if scene.is_word("delegation", place)]
    for chunk in chunks:
        if chunk.kind not in {"state", "organization", "place"}:
            continue
        for team in teams:
            gap = (
                scene.gap(chunk.last, team)
                if chunk.last <= team
                else scene.gap(team + 1, chunk.first)
            )
            follows = chunk.first > team
            if all(word in joints for word in gap) and (
                not follows or any(word in words["of"] for word in gap) or chunk.demonym
            ):
                return chunk
    return None
