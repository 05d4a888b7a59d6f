"""Which passages tell of one meeting.

Talks come in sessions: passages that tell a date or a round are tied to one another first, across
reports; then each report's passages that tell neither go to the session that the report is about.
Other meetings are tied by who met and when. Nothing is tied that differs in round, day or parties.
"""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.claims import Annotation, MeetingClaim, Tense
from dragoman.languages.gazetteer import offices
from dragoman.link.context import Clusters, Context, Item, pair_counts
from dragoman.types import Actor, Interval, MeetingForm, MeetingStatus

OPEN: tuple[MeetingStatus, ...] = ("planned", "proposed")
Allowed = Callable[[int, int], bool]
# A bare weekday told of something planned lies ahead, told of something held behind.
_TENSE: dict[MeetingStatus, Tense] = {"planned": "future", "held": "past"}
_LONG_DAYS = 45
_HALF = 0.5
_NEXT = 0.6
_NEWS_DAYS = dt.timedelta(10)


@dataclass(frozen=True)
class Told:
    """A meeting claim with its names and dates resolved.

    `others` are collectives told of talks that aren't the parties of the negotiation, `sides`
    the parties that the people are of.
    """

    item: Item[MeetingClaim]
    form: MeetingForm
    status: MeetingStatus
    round: int | None
    first: bool
    date: Interval | None
    parties: frozenset[str]
    people: frozenset[str]
    others: frozenset[str]
    sides: frozenset[str]
    place: str | None

    @property
    def anchored(self) -> bool:
        """Whether the passage tells by itself which session it means."""
        return self.date is not None or self.round is not None

    @property
    def names(self) -> frozenset[str]:
        """All who took part."""
        return self.parties | self.people

    def shared(self, other: Told) -> int:
        """How many of those who took part are told of both; a party also by somebody of it."""
        one, two = self.names, other.names
        return max(len(one & (two | other.sides)), len(two & (one | self.sides)))


def sessions(
    annotations: Sequence[Annotation], context: Context, core: set[str]
) -> list[list[Told]]:
    """The passages of all reports, grouped by meeting; groups and members in a fixed order.

    `core` are the names of the negotiating parties.
    """
    told = _told(annotations, context, core)
    kinds = _kinds(told)
    clusters = Clusters(len(told), kinds)

    def allowed(one: int, other: int) -> bool:
        return _allowed(told[one], told[other])

    alike: dict[int, list[int]] = defaultdict(list)
    for index, kind in enumerate(kinds):
        alike[kind].append(index)
    # What tells the same of a meeting tells of one meeting, if it tells enough: one stands for all.
    for kind, members in alike.items():
        if _score(told[kind], told[kind]) > 0:
            for index in members[1:]:
                clusters.join(kind, index, allowed)
    for _, one, other in sorted(_pairs(told, kinds), key=lambda pair: (-pair[0], *pair[1:])):
        clusters.join(one, other, allowed)
    reports: dict[str, list[int]] = defaultdict(list)
    for index, one_told in enumerate(told):
        if one_told.form == "talks":
            reports[one_told.item.report].append(index)
    for _, members in sorted(reports.items()):
        _gather(told, members, clusters, allowed)
    anchors = _Anchors(told, sorted(alike))
    for _, members in sorted(reports.items()):
        tied = {clusters.root(i) for i in members if told[i].anchored}
        left = [i for i in members if clusters.root(i) not in tied]
        _attach(told, left, anchors, (clusters, context))
    return [[told[i] for i in group] for group in clusters.groups()]


def _gather(
    told: Sequence[Told], members: Sequence[int], clusters: Clusters, allowed: Allowed
) -> None:
    """Tie a report's passages without date and round to the session that it is about.

    That is the session at the same place, or else the one that most of its passages tell of. Plans
    go to what is planned, the rest to what was held.
    """
    for is_open in (False, True):
        here = [i for i in members if (told[i].status in OPEN) == is_open]
        anchors = [i for i in here if told[i].anchored]
        bare = [i for i in here if not told[i].anchored]
        counts = Counter(clusters.root(i) for i in anchors)
        ranked = sorted(anchors, key=lambda i: (-counts[clusters.root(i)], i))
        for index in bare:
            place = told[index].place
            same = [i for i in ranked if place is not None and told[i].place == place]
            for anchor in (*same, *ranked, *bare):
                if anchor == index or _elsewhere(told[index], told[anchor]):
                    continue
                if clusters.join(anchor, index, allowed):
                    break


def _elsewhere(one: Told, other: Told) -> bool:
    """Whether two passages tell of different places."""
    return one.place is not None and other.place is not None and one.place != other.place


def _attach(
    told: Sequence[Told],
    members: Sequence[int],
    anchors: _Anchors,
    known: tuple[Clusters, Context],
) -> None:
    """Tie a report whose talks have neither date nor round to the one session that it can mean.

    Told as the first, it is the session that others tell as the first; else the one session that
    was in the days before the report came out.
    """
    clusters, context = known
    held = [i for i in members if told[i].status not in OPEN]
    if not held:
        return
    window = context.told(told[held[0]].item.annotation)
    first = any(told[i].first for i in held)
    fitting: dict[int, int] = {}
    for index in anchors.firsts if first else anchors.news(window):
        if any(_allowed(told[i], told[index]) for i in held):
            fitting.setdefault(clusters.root(index), index)
    if len(fitting) == 1:
        anchor = next(iter(fitting.values()))
        for index in held:
            clusters.join(anchor, index, lambda a, b: _allowed(told[a], told[b]))


class _Anchors:
    """The talks held whose date or round is told, one of each kind, by what they are looked for by.

    Args:
        told: all passages.
        kinds: the first of each kind, in order.
    """

    def __init__(self, told: Sequence[Told], kinds: Sequence[int]) -> None:
        held = [
            index
            for index in kinds
            if told[index].anchored
            and told[index].form == "talks"
            and told[index].status not in OPEN
        ]
        self.firsts = [index for index in held if told[index].first]
        self._dated = sorted(
            (date.last, date.first, index) for index in held if (date := told[index].date)
        )

    def news(self, window: Interval | None) -> list[int]:
        """Those in the days before a report of that date, in order; none where it is unknown."""
        if window is None:
            return []
        since = window.first - min(_NEWS_DAYS, window.first - dt.date.min)
        begin = bisect.bisect_left(self._dated, (since, dt.date.min, -1))
        end = bisect.bisect_right(self._dated, (window.last, dt.date.max, sys.maxsize), begin)
        return sorted(index for _, first, index in self._dated[begin:end] if first >= since)


def _told(annotations: Sequence[Annotation], context: Context, core: set[str]) -> list[Told]:
    items = [
        Item(annotation, claim, index)
        for annotation in annotations
        for index, claim in enumerate(annotation.meetings)
    ]
    items.sort(key=Item.sort_key)
    return [_one(item, core, context) for item in items]


def _one(item: Item[MeetingClaim], core: set[str], context: Context) -> Told:
    claim, annotation = item.claim, item.annotation
    people = _unrepresented(context.actors(annotation, claim.participants))
    form = _form(claim, people, core)
    thirds = {a.name for a in context.actors(annotation, claim.third_parties)}
    parties = named = {a.name for a in context.actors(annotation, claim.parties)} - thirds
    if form == "talks":
        if claim.form != "talks":
            parties = {person.side for person in people if person.side is not None}
        # One name alone stands opposite nobody: the passage then tells of talks already known.
        among = parties & core
        parties = among if among or len(parties) < 2 else parties
        parties = parties if among or len(parties) > 1 else set()
    place = context.actor(annotation, claim.place)
    date = context.date(annotation, claim.when, _TENSE.get(claim.status))
    return Told(
        item=item,
        form=form,
        status=claim.status,
        round=claim.round,
        first=claim.since is not None and claim.round is None,
        date=date[0] if date else None,
        parties=frozenset(parties),
        people=frozenset(actor.name for actor in people),
        others=frozenset((named | thirds) - parties),
        sides=frozenset(actor.side for actor in people if actor.side is not None),
        place=place.name if place else None,
    )


def _unrepresented(actors: Sequence[Actor]) -> list[Actor]:
    """Those who take part, without the parties that a person among them is of."""
    sides = {actor.side for actor in actors if actor.type == "person"}
    return [actor for actor in actors if actor.type == "person" or actor.name not in sides]


def _form(claim: MeetingClaim, people: Sequence[Actor], core: set[str]) -> MeetingForm:
    """The form, by who met: heads of two sides are a summit, envoys of both parties negotiate."""
    sides = {person.side for person in people if person.type == "person" and person.side}
    if claim.form != "side meeting" or len(sides) < 2:
        return claim.form
    persons = [person for person in people if person.type == "person" and person.side]
    if all(any(role.title in _heads() for role in person.roles) for person in persons):
        return "summit"
    return "talks" if len(core) > 1 and sides <= core else claim.form


@functools.cache
def _heads() -> frozenset[str]:
    """The titles of those who speak for a whole state or body."""
    return frozenset(office.title for office in offices().values() if office.head)


def core_parties(annotations: Sequence[Annotation], context: Context) -> set[str]:
    """The names that stand opposite one another in most talks: the parties of the negotiation."""
    groups = [
        [actor.name for actor in context.actors(annotation, claim.parties)]
        for annotation in annotations
        for claim in annotation.meetings
        if claim.form == "talks"
    ]
    counts = pair_counts(groups)
    most = max(counts.values(), default=0)
    return {name for name, count in counts.items() if count >= most * _HALF}


def _kinds(told: Sequence[Told]) -> list[int]:
    """For each passage the first that tells the same of its meeting."""
    first: dict[Hashable, int] = {}
    return [
        first.setdefault(
            (
                *(t.form, t.status, t.round, t.first, t.date, t.place),
                *(t.parties, t.people, t.others, t.sides),
            ),
            index,
        )
        for index, t in enumerate(told)
    ]


def _pairs(told: Sequence[Told], kinds: Sequence[int]) -> Iterable[tuple[float, int, int]]:
    """Pairs worth comparing, with a score; blocked by form and by round, month, report or name.

    Of passages that tell the same, one is compared with those of other reports.
    """
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, one in enumerate(told):
        keys = {f"report {one.item.report}"}
        if kinds[index] == index:
            keys |= _blocks(one)
        for key in sorted(keys):
            blocks[one.form, key].append(index)
    seen = set()
    for members in blocks.values():
        for place, first in enumerate(members):
            for second in members[place + 1 :]:
                if (first, second) not in seen:
                    seen.add((first, second))
                    score = _score(told[first], told[second])
                    if score > 0:
                        yield score, first, second


def _blocks(one: Told) -> set[str]:
    keys = set()
    if one.round is not None:
        keys.add(f"round {one.round}")
    if one.date is not None and one.date.earliest is not None and one.date.latest is not None:
        keys |= {day.strftime("%Y-%m") for day in (one.date.earliest, one.date.latest)}
    if one.form != "talks":
        keys |= {f"name {name}" for name in one.people}
    return keys


def _allowed(one: Told, other: Told) -> bool:
    """Whether nothing forbids that two claims tell of one meeting."""
    if one.round is not None and other.round is not None and one.round != other.round:
        return False
    if (one.first and (other.round or 1) > 1) or (other.first and (one.round or 1) > 1):
        return False
    if one.date is not None and other.date is not None and not one.date.overlaps(other.date):
        return False
    if one.form == "talks":
        return not (one.parties and other.parties) or bool(one.parties & other.parties)
    if (one.status in OPEN) != (other.status in OPEN) and (one.date is None or other.date is None):
        return False
    smaller = min(len(one.names), len(other.names))
    return smaller == 0 or one.shared(other) >= smaller * _HALF


def _complete(one: Told, other: Told) -> bool:
    """Whether two passages next to each other in a report tell the date and the round between them.

    "They met on Monday. Their second round ended without result."
    """
    if one.item.report != other.item.report or abs(one.item.index - other.item.index) != 1:
        return False
    halves = {(one.date is None, one.round is None), (other.date is None, other.round is None)}
    return halves == {(True, False), (False, True)} and one.status == other.status


def _score(one: Told, other: Told) -> float:
    """How much speaks for one meeting; 0 where nothing does or something forbids it."""
    if not _allowed(one, other):
        return 0.0
    score = 0.0
    if one.round is not None and one.round == other.round:
        score += 3.0
    if one.date is not None and other.date is not None:
        width = max(one.date.days or _LONG_DAYS, other.date.days or _LONG_DAYS)
        score += 2.0 if width <= 2 else 1.0 if width <= _LONG_DAYS else 0.0
    if one.form == "talks":
        score += _NEXT if _complete(one, other) else 0.0
    elif one.shared(other) > 1:
        score += 1.5
    elif one.names & other.names and one.form in {"internal meeting", "summit", "call"}:
        score += 0.4
    if score and one.place is not None and other.place is not None:
        score += 0.5 if one.place == other.place else -0.4
    return score
