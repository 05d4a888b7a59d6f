"""Which reports were made from others: copies, excerpts, spins and translations.

1. Candidates, without comparing all pairs: see `candidates`.
2. Each candidate is confirmed by alignment: the same words in a row, or sentence by sentence in
   the same order. A common event, or a common quotation, is not enough.
3. Every family gets one root, and each other member one `Lineage` to it: a star, no chains.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from dragoman.claims import Annotation
from dragoman.languages.outlets import outlet_named
from dragoman.link.alignment import Match, compare
from dragoman.link.bodies import Body, body_of
from dragoman.link.candidates import Pair, by_marks, by_signature
from dragoman.link.memo import NO_MEMO, Memo
from dragoman.types import Alignment, Lineage, Reason, Span, content_hash, identified, pack

# Candidates of one report that are tried in vain before it is taken for an account of its own.
_MOST_TRIED = 6
_MOST_ALIGNED = 40
# From which part of the longest a report counts as full, and what that speaks for the origin
# beside the other signs.
_FULL, _FULLNESS = 0.8, 4.0
_MOST_EVIDENCE = 6


# ---------------------------------------------------------------- direction


def _sign_weights(member: Annotation, family: Sequence[Annotation]) -> list[tuple[float, str]]:
    """What speaks for (or against) a report as the one that its family was made from."""
    signs: list[tuple[float, str]] = []
    damage = [
        repair
        for repair in member.repairs
        if repair.reason in {"spin", "translation"} and repair.evidence[0].citable
    ]
    if damage:
        signs.append((-3.0, f"{len(damage)} of its words are damaged"))
    houses = {name for name in (member.outlet, member.agency) if name}
    credited = [
        other.report
        for other in family
        if other.report != member.report
        and other.agency
        and other.agency in houses
        and other.outlet != other.agency
        and other.outlet not in houses
    ]
    if credited and (member.outlet is None or member.outlet == member.agency):
        signs.append((2.0, f"{len(credited)} others name its agency"))
    if member.agency and member.outlet and member.outlet != member.agency:
        signs.append((-2.0, f"it names {member.agency} as its agency"))
    elif member.agency and member.outlet is None and _from_source(member):
        signs.append((-1.0, f"it names {member.agency} as its source"))
    if any(reason.rule == "credits.source_line" for reason in member.reasons):
        signs.append((-2.0, "a line in it names another source"))
    agency = outlet_named(member.agency) if member.agency else None
    own = agency.language if agency else None
    if agency and own != member.language and any(other.language == own for other in family):
        signs.append((-1.0, f"{agency.name} writes in another language"))
    dated = [m.published for m in family if m.published and m.report != member.report]
    if member.published and dated:
        if all(member.published.last < other.first for other in dated):
            signs.append((2.0, "it is the earliest"))
        elif any(other.last < member.published.first for other in dated):
            signs.append((-2.0, "an earlier one is there"))
    dateline = any(reason.rule == "credits.dateline" for reason in member.reasons)
    if dateline and member.outlet in {None, member.agency}:
        signs.append((1.0, f"it has the dateline of {member.agency} and names no other house"))
    # A part can't be where the whole comes from, whatever it says of itself; but a fifth more or
    # fewer words is what a translation or a notice makes.
    longest = max(_words(other) for other in family)
    full = min(1.0, _words(member) / (_FULL * longest)) if longest else 0.0
    signs.append((_FULLNESS * full, "its length"))
    return signs


def _from_source(member: Annotation) -> bool:
    return any(reason.rule in {"credits.source_line", "credits.told"} for reason in member.reasons)


def _words(annotation: Annotation) -> int:
    return annotation.fingerprint.words if annotation.fingerprint else 0


def _root_first(family: Sequence[Annotation]) -> list[tuple[Annotation, str]]:
    """The members, the likeliest origin first, each with what speaks for and against it."""
    ranked = []
    for member in family:
        signs = _sign_weights(member, family)
        why = "; ".join(text for weight, text in signs if text != "its length")
        ranked.append((-sum(weight for weight, _ in signs), -_words(member), member, why))
    ranked.sort(key=lambda item: (item[0], item[1], item[2].report))
    return [(member, why) for _, _, member, why in ranked]


# ---------------------------------------------------------------- families


class _Texts:
    """Bodies of reports, made when they are asked for; those asked for last are kept."""

    def __init__(self, said: Mapping[str, Annotation], text: Callable[[str], str]) -> None:
        self._said, self._text = said, text
        self._kept: OrderedDict[str, Body] = OrderedDict()

    def __getitem__(self, report: str) -> Body:
        body = self._kept.get(report)
        if body is None:
            body = self._kept[report] = body_of(self._said[report], self._text(report))
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(report)
        return body


_KEPT = 256


class _Groups:
    """Reports joined by pairs."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, report: str) -> str:
        """The report that stands for the group of this one."""
        parent = self._parent
        while parent.setdefault(report, report) != report:
            parent[report] = parent[parent[report]]
            report = parent[report]
        return report

    def join(self, one: str, other: str) -> None:
        """Make one group of two."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first

    def members(self) -> list[list[str]]:
        """The groups of more than one, all in order."""
        groups: dict[str, list[str]] = defaultdict(list)
        for report in sorted(self._parent):
            groups[self.root(report)].append(report)
        return [groups[key] for key in sorted(groups) if len(groups[key]) > 1]


class _Matches:
    """How one report rests on another, by their ids; remembered from one linking to the next."""

    def __init__(self, said: Mapping[str, Annotation], bodies: _Texts, memo: Memo) -> None:
        self._said, self._bodies, self._memo = said, bodies, memo
        self._prints: dict[str, str] = {}

    def __call__(self, here: str, there: str) -> Match | None:
        key = content_hash("lineage", self._print(here), self._print(there), length=32)
        known = self._memo.recall(key)
        if known is not None:
            return _MATCH.decode(known)
        languages = self._said[here].language, self._said[there].language
        found = compare(self._bodies[here], self._bodies[there], languages)
        self._memo.keep(key, pack(found))
        return found

    def _print(self, report: str) -> str:
        """All that a comparison sees of a report."""
        if report not in self._prints:
            self._prints[report] = content_hash(pack(self._said[report]), length=32)
        return self._prints[report]


_MATCH: msgspec.msgpack.Decoder[Match | None] = msgspec.msgpack.Decoder(Match | None)


def link_lineage(
    annotations: Iterable[Annotation], text: Callable[[str], str], memo: Memo = NO_MEMO
) -> list[Lineage]:
    """Which reports were made from which, sorted by report.

    Args:
        annotations: what stage 2 found in each report, in any order.
        text: gives the text of a report, as received, by its id.
        memo: remembers comparisons of two reports.
    """
    said = sorted(annotations, key=lambda annotation: annotation.report)
    by_id = {annotation.report: annotation for annotation in said}
    bodies = _Texts(by_id, text)
    groups = _Groups()
    match = _Matches(by_id, bodies, memo)

    def join(pairs: Iterable[Pair]) -> None:
        vain: Counter[str] = Counter()
        for one, other in pairs:
            # Reports that are joined already need no proof: each is held against the root below.
            if groups.root(one) == groups.root(other):
                continue
            if max(vain[one], vain[other]) >= _MOST_TRIED:
                continue
            if match(one, other) or match(other, one):
                groups.join(one, other)
            else:
                vain.update((one, other))

    join(by_signature(said))
    # One report stands for its copies, so that what is rare among accounts counts as rare.
    fullest: dict[str, Annotation] = {}
    for annotation in said:
        known = fullest.setdefault(groups.root(annotation.report), annotation)
        if _words(annotation) > _words(known):
            fullest[groups.root(annotation.report)] = annotation
    join(by_marks(sorted(fullest.values(), key=lambda annotation: annotation.report)))

    lineages: list[Lineage] = []
    for group in groups.members():
        left = group
        while len(left) > 1:
            (root, why), *others = _root_first([by_id[report] for report in left])
            rest = []
            for member, against in others:
                if found := match(member.report, root.report):
                    origin = Reason(rule="lineage.origin", why=_origin(why, against))
                    here, there = bodies[member.report], bodies[root.report]
                    lineages.append(_lineage(here, there, found, (found.reason, origin)))
                else:
                    # It belongs to another of the group, or to none.
                    rest.append(member.report)
            left = rest
    return sorted(lineages, key=lambda lineage: (lineage.report, lineage.source))


def _origin(root: str, member: str) -> str:
    said = [f"of the origin: {root}" if root else "", f"of this one: {member}" if member else ""]
    return "; ".join(part for part in said if part) or "the origin is the fuller text"


def _lineage(here: Body, there: Body, match: Match, reasons: tuple[Reason, ...]) -> Lineage:
    def span(body: Body, start: int, end: int, role: str | None = None) -> Span:
        return Span(report=body.report, start=start, end=end, text=body.text[start:end], role=role)

    longest = sorted(match.passages, key=lambda p: (p[0] - p[1], p[0]))
    return identified(
        Lineage(
            report=here.report,
            source=there.report,
            form=match.form,
            share=round(min(match.share, 1.0), 4),
            evidence=tuple(
                span(here, start, end) for start, end, _, _ in sorted(longest[:_MOST_EVIDENCE])
            ),
            aligned=tuple(
                Alignment(here=span(here, a, b), there=span(there, c, d))
                for a, b, c, d in sorted(longest[:_MOST_ALIGNED])
            ),
            reasons=reasons,
        )
    )


def families(lineages: Iterable[Lineage], reports: Iterable[str]) -> dict[str, str]:
    """The root of each report's family, itself if it was made from none.

    Accounts are independent where their roots differ.
    """
    source = {lineage.report: lineage.source for lineage in lineages}
    roots = {}
    for report in sorted(reports):
        root = report
        while root in source:
            root = source[root]
        roots[report] = root
    return roots
