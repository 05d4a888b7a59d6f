"""Who is named in a report: persons, states, organizations, places and groups.

Rules over the language pack's names: known names first, then offices with whom they serve and who
holds them, then other runs of capitalised words by the words around them. A later parser passes
what it takes for names as `hints`; they count where no rule has decided.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from dragoman.annotate.document import Document
from dragoman.annotate.name_chunks import (
    Chunk,
    Scene,
    chunk_report,
    folded_words,
    make_scene,
)
from dragoman.annotate.name_roles import OfficeUse, office_uses
from dragoman.annotate.name_states import learn_states
from dragoman.claims import LocalActor, Mention
from dragoman.languages.gazetteer import canonical_name, offices
from dragoman.languages.lexicon import fold
from dragoman.languages.spelling import likeness, skeleton
from dragoman.types import ActorType, Reason, Role

Sort = Literal["name", "role", "demonym", "metonym", "pronoun"]
_SAME_SURNAME = 0.86
_GARBLED_SURNAME = 0.55
_GARBLED_MARGIN = 0.15
_LIST_SIGNS = frozenset(",–-")
_AREA_REACH = 10
_ACRONYM_LEAST, _ACRONYM_MOST = 2, 6


class NameHint(NamedTuple):
    """What a parser takes for a name: characters of the reading, and its type."""

    start: int
    end: int
    type: ActorType


@dataclass(eq=False)
class _Draft:
    """An actor being put together."""

    name: str
    type: ActorType
    key: str | None = None
    roles: list[tuple[str, str | _Draft | None]] = field(default_factory=list)
    side: str | _Draft | None = None
    reasons: list[Reason] = field(default_factory=list)
    mentions: list[tuple[int, int, Sort]] = field(default_factory=list)

    def add(self, first: int, last: int, sort: Sort = "name") -> None:
        self.mentions.append((first, last, sort))

    def why(self, rule: str, words: str, weight: float | None = None) -> None:
        reason = Reason(rule=rule, why=words, weight=weight)
        if reason not in self.reasons:
            self.reasons.append(reason)


def find_actors(
    document: Document, hints: Sequence[NameHint] = ()
) -> tuple[list[LocalActor], list[Mention]]:
    """The actors of a report in the order of their first mention, and all their mentions.

    Args:
        document: with tokens, sentences and quotations; sentences of boilerplate taken out.
        hints: what a parser takes for names.
    """
    return _Finder(document, hints).find()


class _Finder:
    def __init__(self, document: Document, hints: Sequence[NameHint]) -> None:
        self.document = document
        scene = make_scene(document)
        report = chunk_report(scene)
        learned = learn_states(scene, report)
        if learned:
            scene = make_scene(document, learned)
            report = chunk_report(scene)
        self.scene: Scene = scene
        self.report = report
        self.uses: list[OfficeUse] = []
        self.drafts: list[_Draft] = []
        self.by_key: dict[str, _Draft] = {}
        self.by_chunk: dict[int, _Draft] = {}
        self.hints = {
            (document.token_at(hint.start), document.token_at(hint.end - 1) + 1): hint.type
            for hint in hints
        }

    # ------------------------------------------------------------ the order of the rules

    def find(self) -> tuple[list[LocalActor], list[Mention]]:
        for chunks in self.report:
            self.uses += office_uses(self.scene, chunks)
        self._known()
        types = self._types()
        self._bodies_and_places(types)
        self._persons(types)
        self._roles()
        self._role_mentions()
        return self._finish()

    # ------------------------------------------------------------ known names

    def _draft(self, key: str, name: str, type_: ActorType, known: str | None) -> _Draft:
        draft = self.by_key.get(key)
        if draft is None:
            draft = _Draft(name, type_, key=known)
            self.by_key[key] = draft
            self.drafts.append(draft)
        return draft

    def _known(self) -> None:
        for chunks in self.report:
            for index, chunk in enumerate(chunks):
                if chunk.group is not None:
                    draft = self._draft(f"group:{chunk.group}", chunk.group, "group", None)
                    draft.add(chunk.first, chunk.last)
                    self.by_chunk[id(chunk)] = draft
                elif chunk.known is not None:
                    self._known_name(chunks, index)

    def _known_name(self, chunks: Sequence[Chunk], index: int) -> None:
        chunk = chunks[index]
        known = chunk.known
        if known is None:
            return
        sort: Sort = known.naming
        key, name, type_ = known.key or f"learned:{known.name}", known.name, known.type
        if type_ == "place" and known.state is not None and not self._locative(chunks, index):
            state = canonical_name(known.state) or known.name
            key, type_, sort = known.state, "state", "metonym"
            words = f"{known.name} stands for {state} where no place is meant"
            draft = self._draft(key, state, type_, known.state)
            draft.why("metonym", words)
        else:
            draft = self._draft(key, name, type_, known.key or None)
        if not known.key:
            draft.why("learned state", "named as a state or as whom an office of state serves")
        if known.historical:
            draft.why("historical name", "a name of the past is read as today's place")
        draft.add(chunk.first, chunk.last, sort)
        self.by_chunk[id(chunk)] = draft

    def _locative(self, chunks: Sequence[Chunk], index: int) -> bool:
        """Whether a capital is meant as a place: `in Kyiv`, `left Kyiv`, `the city of Kyiv`."""
        scene, chunk = self.scene, chunks[index]
        tokens, words = self.document.tokens, scene.gazetteer.words
        place = chunk.first - 1
        sentence = self.document.sentence_at(chunk.first)
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
        return self._listed_with_place(chunks, index)

    def _listed_with_place(self, chunks: Sequence[Chunk], index: int) -> bool:
        """Whether it follows a place in a list that began as one of places."""
        if index == 0:
            return False
        before, chunk = chunks[index - 1], chunks[index]
        if before.known is None or before.kind != "place" or not self._listed(before, chunk):
            return False
        draft = self.by_chunk.get(id(before))
        return draft is not None and draft.type == "place"

    def _listed(self, left: Chunk, right: Chunk) -> bool:
        gap = self.scene.gap(left.last, right.first)
        joints = _LIST_SIGNS | set(self.document.pack.grammar.conjunctions)
        return 0 < len(gap) <= 2 and all(word in joints for word in gap)

    # ------------------------------------------------------------ types of runs

    def _types(self) -> dict[int, ActorType]:
        """The type of each run that has evidence for one, by the run's identity."""
        types: dict[int, ActorType] = {}
        for use in self.uses:
            if use.name is not None and use.name.kind == "run":
                types[id(use.name)] = "person"
        for use in self.uses:
            if use.owner is not None and use.owner.kind == "run":
                types.setdefault(id(use.owner), "person" if use.personal else "organization")
        for chunks in self.report:
            for index, chunk in enumerate(chunks):
                if chunk.kind == "run" and id(chunk) not in types:
                    found = self._type_alone(chunks, index)
                    if found is not None:
                        types[id(chunk)] = found
            self._lists_of_areas(chunks, types)
            self._types_in_lists(chunks, types)
        self._types_by_repetition(types)
        self._surnames_are_no_places(types)
        return types

    def _surnames_are_no_places(self, types: dict[int, ActorType]) -> None:
        """A lone word taken for a place that is the surname of a person here is that person."""
        runs = [run for chunks in self.report for run in chunks if run.kind == "run"]
        surnames = {
            self.document.tokens[run.last - 1].fold
            for run in runs
            if types.get(id(run)) == "person"
        }
        for run in runs:
            if (
                types.get(id(run)) == "place"
                and run.last - run.first == 1
                and self._fold(run) in surnames
            ):
                types[id(run)] = "person"

    def _type_alone(self, chunks: Sequence[Chunk], index: int) -> ActorType | None:
        scene, chunk = self.scene, chunks[index]
        tokens, gaz = self.document.tokens, scene.gazetteer
        size = chunk.last - chunk.first
        span = range(chunk.first, chunk.last)
        if self._honorific(chunk):
            return "person"
        if size > 1 or self._venue_before(chunk):
            if any(scene.is_word("venue_nouns", place) for place in span) or self._venue_before(
                chunk
            ):
                return "place"
            if any(scene.is_word("organization_nouns", place) for place in span):
                return "organization"
            if self._acronym_after(chunk) is not None and not self._given(chunk):
                return "organization"
        elif scene.is_word("organization_nouns", chunk.first):
            return None
        if self._area_beside(chunk):
            return "place"
        if size > 1 and self._given(chunk):
            return "person"
        if hint := self._hint(chunk):
            return hint
        if self._speaks(chunk):
            return "person"
        before = tokens[chunk.first - 1].fold if chunk.first else ""
        strict = self.document.pack.grammar.capital_nouns
        text = tokens[chunk.first].text
        if size == 1 and text.isupper() and _ACRONYM_LEAST <= len(text) <= _ACRONYM_MOST:
            return None
        if before in gaz.words["only_places"] and not chunk.weak and not strict:
            return "place"
        return None

    def _hint(self, chunk: Chunk) -> ActorType | None:
        for (first, last), type_ in self.hints.items():
            if first < chunk.last and chunk.first < last:
                return type_
        return None

    def _honorific(self, chunk: Chunk) -> bool:
        tokens, place = self.document.tokens, chunk.first - 1
        if place >= 0 and tokens[place].text == ".":
            place -= 1
        return (
            place >= 0
            and tokens[place].capital
            and tokens[place].fold in self.scene.gazetteer.words["honorifics"]
        )

    def _given(self, chunk: Chunk) -> bool:
        tokens = self.document.tokens
        first = tokens[chunk.first]
        initials = len(first.text) <= 2 and first.text.isupper() and chunk.last - chunk.first > 1
        return first.fold in self.scene.gazetteer.given or initials

    def _venue_before(self, chunk: Chunk) -> bool:
        """`the palace of X`, `hotel X`, in languages that put the noun first."""
        place = chunk.first - 1
        links = self.scene.gazetteer.words["links"]
        while place > 0 and self.document.tokens[place].fold in links and place > chunk.first - 3:
            place -= 1
        return (
            place >= 0
            and self.scene.is_word("venue_nouns", place)
            and self.scene.gazetteer.names.adjectives_follow
        )

    def _area_beside(self, chunk: Chunk) -> bool:
        tokens, words = self.document.tokens, self.scene.gazetteer.words
        if chunk.last < len(tokens) and tokens[chunk.last].fold in words["area_nouns"]:
            return not tokens[chunk.last].capital or not self._given(chunk)
        place = chunk.first - 1
        while place >= 0 and tokens[place].fold in words["of"] | words["articles"]:
            place -= 1
        return place >= 0 and tokens[place].fold in words["area_nouns"]

    def _speaks(self, chunk: Chunk) -> bool:
        """Whether a person's verb stands directly beside it."""
        tokens, words = self.document.tokens, self.scene.gazetteer.words
        if chunk.last - chunk.first > 3 or not all(
            tokens[place].text[:1].isalpha() or tokens[place].text in ".-'’"
            for place in range(chunk.first, chunk.last)
        ):
            return False
        before = chunk.first - 1
        if before >= 0 and tokens[before].fold in words["person_verbs"]:
            return True
        after = chunk.last
        article = before >= 0 and tokens[before].fold in words["articles"]
        return after < len(tokens) and tokens[after].fold in words["person_verbs"] and not article

    def _lists_of_areas(self, chunks: Sequence[Chunk], types: dict[int, ActorType]) -> None:
        """Runs listed after what a sentence calls regions, towns or parts are places."""
        if self.document.pack.grammar.capital_nouns:
            return
        areas = self.scene.gazetteer.words["area_nouns"]
        for left, right in itertools.pairwise(chunks):
            if left.kind != "run" or not self._listed(left, right):
                continue
            sentence = self.document.sentence_at(left.first)
            start = max(left.first - _AREA_REACH, sentence.first if sentence else 0)
            if any(word in areas for word in self.scene.gap(start, left.first)) and not any(
                id(run) in types or self._given(run) for run in (left, right)
            ):
                types[id(left)] = "place"

    def _types_in_lists(self, chunks: Sequence[Chunk], types: dict[int, ActorType]) -> None:
        """A run in a list with places or persons is one; read from both ends."""
        for order in (range(1, len(chunks)), range(len(chunks) - 1, 0, -1)):
            for index in order:
                left, right = chunks[index - 1], chunks[index]
                if not self._listed(left, right):
                    continue
                for one, other in ((left, right), (right, left)):
                    if one.kind != "run" or id(one) in types or one.weak:
                        continue
                    kind = types.get(id(other), other.kind)
                    if kind == "person" and one.last - one.first <= 3:
                        types[id(one)] = "person"
                    elif kind == "place" and not self._given(one):
                        types[id(one)] = "place"

    def _types_by_repetition(self, types: dict[int, ActorType]) -> None:
        """A run of the same words as a typed one, or a surname alone, has its type."""
        runs = [c for chunks in self.report for c in chunks if c.kind == "run"]
        by_form: dict[str, ActorType] = {}
        singles = {self._fold(run) for run in runs if run.last - run.first == 1 and not run.weak}
        for run in runs:
            if (type_ := types.get(id(run))) is not None:
                by_form.setdefault(self._fold(run), type_)
        for run in runs:
            form = self._fold(run)
            if id(run) in types:
                continue
            if form in by_form and not (run.weak and by_form[form] == "place"):
                types[id(run)] = by_form[form]
            elif (
                2 <= run.last - run.first <= 3
                and not run.weak
                and self.document.tokens[run.last - 1].fold in singles
                and not self.document.pack.grammar.capital_nouns
            ):
                types[id(run)] = "person"

    # ------------------------------------------------------------ bodies and places

    def _text(self, first: int, last: int) -> str:
        tokens = self.document.tokens
        return " ".join(self.document.text[tokens[first].start : tokens[last - 1].end].split())

    def _fold(self, chunk: Chunk) -> str:
        return fold(self._text(chunk.first, chunk.last))

    def _acronym_after(self, chunk: Chunk) -> tuple[int, str] | None:
        """The end and letters of a short form in brackets behind a name."""
        tokens = self.document.tokens
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

    def _bodies_and_places(self, types: dict[int, ActorType]) -> None:
        acronyms: dict[str, _Draft] = {}
        for chunks in self.report:
            for index, chunk in enumerate(chunks):
                type_ = types.get(id(chunk))
                if chunk.kind != "run" or type_ in {None, "person"}:
                    continue
                first, last = chunk.first, chunk.last
                owner = self._owner_of_body(chunks, index) if type_ == "organization" else None
                name = self._text(first, last)
                if owner is not None and owner.known is not None:
                    first = owner.first
                    name = self._text(first, last)
                if type_ == "place":
                    first = self._with_venue_noun(chunk)
                    name = self._text(first, last)
                short = self._acronym_after(chunk) if type_ == "organization" else None
                draft = self._draft(f"{type_}:{fold(name)}", name, type_ or "organization", None)
                if short is not None:
                    last = short[0]
                    acronyms[short[1]] = draft
                    draft.why("short form", f"{name} is called {short[1]}")
                if owner is not None:
                    draft.side = self.by_chunk.get(id(owner))
                draft.add(first, last)
                self.by_chunk[id(chunk)] = draft
        for chunks in self.report:
            for chunk in chunks:
                text = self._text(chunk.first, chunk.last)
                if (
                    chunk.kind == "run"
                    and id(chunk) not in types
                    and text in acronyms
                    and not (
                        acronyms[text].mentions[0][0] <= chunk.first < acronyms[text].mentions[0][1]
                    )
                ):
                    acronyms[text].add(chunk.first, chunk.last)
                    self.by_chunk[id(chunk)] = acronyms[text]
        self._short_venues()

    def _short_venues(self) -> None:
        """A venue's name without its noun (`the talks in Dolmabahce`) is the same place."""
        venues = {
            word: draft
            for draft in self.drafts
            if draft.type == "place" and draft.key is None
            for word in folded_words(draft.name)[:1]
            if len(folded_words(draft.name)) > 1
        }
        for draft in [draft for draft in self.drafts if draft.type == "place" and not draft.key]:
            full = venues.get(fold(draft.name))
            if full is not None and full is not draft:
                full.mentions += draft.mentions
                full.why("short venue", f"{draft.name} is short for {full.name}")
                self.drafts.remove(draft)

    def _with_venue_noun(self, chunk: Chunk) -> int:
        if not self._venue_before(chunk):
            return chunk.first
        place = chunk.first - 1
        while not self.scene.is_word("venue_nouns", place):
            place -= 1
        return place

    def _owner_of_body(self, chunks: Sequence[Chunk], index: int) -> Chunk | None:
        """The state directly before a body's name (`Ukraine's Security Service`)."""
        if index == 0 or chunks[index - 1].kind != "state":
            return None
        words = self.scene.gazetteer.words
        gap = self.scene.gap(chunks[index - 1].last, chunks[index].first)
        if all(word in words["possessive"] or word in "'’" for word in gap):
            return chunks[index - 1]
        return None

    # ------------------------------------------------------------ persons

    def _persons(self, types: dict[int, ActorType]) -> None:
        runs = [
            run
            for chunks in self.report
            for run in chunks
            if run.kind == "run" and types.get(id(run)) == "person"
        ]
        runs = [run for run in runs if not self._pair_of_names(run)]
        self._full_names([run for run in runs if self._size(run) > 1])
        singles = [run for run in runs if self._size(run) == 1]
        persons = [draft for draft in self.drafts if draft.type == "person"]
        rest: list[Chunk] = []
        for run in singles:
            draft = self._by_surname(run, persons)
            if draft is None:
                rest.append(run)
            else:
                draft.add(run.first, run.last)
                self.by_chunk[id(run)] = draft
        for run in rest:
            self._single(run, persons)
        self._untyped(types, [draft for draft in self.drafts if draft.type == "person"])

    def _pair_of_names(self, run: Chunk) -> bool:
        """Whether it is two persons joined by a hyphen (`the Putin-Trump meeting`)."""
        tokens = self.document.tokens
        if run.last - run.first != 3 or tokens[run.first + 1].text not in "-–‐":
            return False
        alone = {
            self.document.tokens[other.last - 1].fold
            for chunks in self.report
            for other in chunks
            if other.kind == "run" and other is not run
        }
        return tokens[run.first].fold in alone and tokens[run.last - 1].fold in alone

    def _size(self, run: Chunk) -> int:
        return len(self._name_words(run))

    def _name_words(self, run: Chunk) -> tuple[str, ...]:
        words = folded_words(self._person_text(run))
        return (
            tuple(word for word in words if word not in self.scene.gazetteer.words["particles"])
            or words
        )

    def _person_text(self, run: Chunk) -> str:
        return self._text(run.first, run.last)

    def _full_names(self, runs: Iterable[Chunk]) -> None:
        for run in runs:
            name, words = self._person_text(run), self._name_words(run)
            draft = self.by_key.get(f"person:{' '.join(words)}")
            for other in [] if draft is not None else self._same_full_name(words):
                draft = other
                draft.why("same full name", f"{name} and {draft.name} are spelt alike")
            if draft is None:
                draft = self._draft(f"person:{' '.join(words)}", name, "person", None)
            self.by_key[f"person:{' '.join(words)}"] = draft
            draft.add(run.first, run.last)
            self.by_chunk[id(run)] = draft

    def _same_full_name(self, words: tuple[str, ...]) -> list[_Draft]:
        found = []
        for draft in self.drafts:
            if draft.type != "person":
                continue
            other = self._words_of(draft)
            if (
                len(other) > 1
                and likeness(other[-1], words[-1]) >= _SAME_SURNAME
                and (
                    likeness(other[0], words[0]) >= _SAME_SURNAME
                    or (min(len(other[0]), len(words[0])) == 1 and other[0][0] == words[0][0])
                )
            ):
                found.append(draft)
        return found[:1]

    def _words_of(self, draft: _Draft) -> tuple[str, ...]:
        words = folded_words(draft.name)
        return tuple(w for w in words if w not in self.scene.gazetteer.words["particles"]) or words

    def _by_surname(self, run: Chunk, persons: Sequence[_Draft]) -> _Draft | None:
        """The person whose surname (or only name) it is; the last named one of several."""
        (*_, surname) = self._name_words(run)
        bases = {surname} | {
            surname.removesuffix(fold(ending))
            for ending in self.scene.gazetteer.names.genitive
            if surname.endswith(fold(ending))
        }
        same = [draft for draft in persons if self._words_of(draft)[-1] in bases]
        if not same:
            same = [
                draft
                for draft in persons
                if len(self._words_of(draft)) > 1
                and skeleton(self._words_of(draft)[-1]) == skeleton(surname)
                and likeness(self._words_of(draft)[-1], surname) >= _SAME_SURNAME
            ]
        earlier = [draft for draft in same if min(draft.mentions)[0] < run.first]
        return max(earlier or same, key=lambda draft: -min(draft.mentions)[0], default=None)

    def _single(self, run: Chunk, persons: list[_Draft]) -> None:
        """A lone name: a garbled surname of somebody here, or a person of its own."""
        surname, name = self._name_words(run)[-1], self._person_text(run)
        exact = [draft for draft in persons if self._words_of(draft)[-1] == surname]
        draft = exact[0] if exact else self._garbled(run, surname, persons)
        if draft is None:
            draft = self._draft(f"person:{surname}", name, "person", None)
            persons.append(draft)
        draft.add(run.first, run.last)
        self.by_chunk[id(run)] = draft

    def _garbled(self, run: Chunk, surname: str, persons: Sequence[_Draft]) -> _Draft | None:
        """Somebody in this report whose surname it is likely to be, garbled."""
        office = next((use for use in self.uses if use.name is run), None)
        scored = []
        for draft in persons:
            score = max(self._alike(other, surname) for other in self._surnames(draft))
            if office is not None and any(
                key == office.office.key for key, _ in self._roles_so_far(draft)
            ):
                score += 0.2
            scored.append((score, draft))
        scored.sort(key=lambda pair: (-pair[0], min(pair[1].mentions)))
        if not scored or scored[0][0] < _GARBLED_SURNAME + (0.0 if office else 0.05):
            return None
        if len(scored) > 1 and scored[0][0] - scored[1][0] < _GARBLED_MARGIN:
            return None
        score, draft = scored[0]
        if self._full_of_own(surname):
            return None
        words = f"{self._person_text(run)} is read as {draft.name}: alike, and nobody else here is"
        draft.why("garbled surname", words, round(min(score, 1.0), 2))
        return draft

    def _surnames(self, draft: _Draft) -> set[str]:
        """Every spelling of a person's surname that the report has."""
        last = {self._text(first, end) for first, end, _ in draft.mentions}
        return {self._words_of(draft)[-1]} | {
            words[-1] for form in last if (words := folded_words(form))
        }

    @staticmethod
    def _alike(one: str, other: str) -> float:
        cut = min(len(one), len(other)) >= 4 and (one.startswith(other) or other.startswith(one))
        return max(likeness(one, other), 0.85 if cut else 0.0)

    def _full_of_own(self, surname: str) -> bool:
        return any(
            draft.type == "person"
            and len(self._words_of(draft)) > 1
            and self._words_of(draft)[-1] == surname
            for draft in self.drafts
        )

    def _roles_so_far(self, draft: _Draft) -> list[tuple[str, object]]:
        return [
            (use.office.key, use.owner)
            for use in self.uses
            if use.name is not None and self.by_chunk.get(id(use.name)) is draft
        ]

    def _untyped(self, types: dict[int, ActorType], persons: Sequence[_Draft]) -> None:
        """Runs without evidence of their own that are the surname of a person found here."""
        for chunks in self.report:
            for run in chunks:
                if run.kind != "run" or id(run) in self.by_chunk:
                    continue
                if self._pair_of_names(run):
                    for part in (
                        Chunk(run.first, run.first + 1, "run"),
                        Chunk(run.last - 1, run.last, "run"),
                    ):
                        if (draft := self._by_surname(part, persons)) is not None:
                            draft.add(part.first, part.last)
                    continue
                if id(run) in types:
                    continue
                draft = self._by_surname(run, persons) if self._size(run) <= 2 else None
                if draft is not None:
                    draft.add(run.first, run.last)
                    self.by_chunk[id(run)] = draft

    # ------------------------------------------------------------ roles

    def _roles(self) -> None:
        for use in self.uses:
            if use.name is None:
                continue
            draft = self.by_chunk.get(id(use.name))
            if draft is None or draft.type != "person":
                continue
            owner = self.by_chunk.get(id(use.owner)) if use.owner is not None else None
            if use.owner is not None and owner is None:
                owner = self._inner_owner(use.owner)
            draft.roles.append((use.office.key, owner))
            if owner is not None and owner is not draft and draft.side is None:
                draft.side = owner
        for draft in self.drafts:
            self._complete_roles(draft)

    @staticmethod
    def _complete_roles(draft: _Draft) -> None:
        """An office told without its state is of the state that another office of theirs is."""
        owners = [o for _, o in draft.roles if isinstance(o, _Draft) and o.type == "state"]
        bare = [key for key, owner in draft.roles if owner is None]
        if owners and bare:
            draft.roles = [(key, owner or owners[0]) for key, owner in draft.roles]
            titles = ", ".join(offices()[key].title for key in bare)
            draft.why(
                "office completed", f"{titles}: of {owners[0].name}, as another office of theirs"
            )

    def _inner_owner(self, owner: Chunk) -> _Draft | None:
        """The actor of a state named inside the words of an office."""
        if owner.known is None:
            return None
        key = owner.known.key or f"learned:{owner.known.name}"
        draft = self._draft(key, owner.known.name, "state", owner.known.key or None)
        if (owner.first, owner.last, owner.known.naming) not in draft.mentions:
            draft.add(owner.first, owner.last, owner.known.naming)
        return draft

    def _role_mentions(self) -> None:
        """`the Turkish minister`: who holds that office here, if one person does."""
        for use in self.uses:
            if use.name is not None:
                continue
            owner = None
            if use.owner is not None:
                owner = self.by_chunk.get(id(use.owner)) or self._inner_owner(use.owner)
            elif not self._definite(use):
                continue
            holders = self._holders(use, owner)
            if use.owner is None:
                before = [d for d in holders if min(d.mentions)[0] < use.first]
                holders = sorted(
                    before, key=lambda d: -max(m[0] for m in d.mentions if m[0] < use.first)
                )[:1]
            if len(holders) == 1:
                holders[0].add(use.first, use.last, "role")

    def _definite(self, use: OfficeUse) -> bool:
        grammar, place = self.document.pack.grammar, use.first - 1
        if place < 0:
            return False
        word = self.document.tokens[place].fold
        articles = [fold(article) for article in grammar.articles]
        contractions = [fold(word) for word in grammar.contractions]
        return (word in articles and word not in self._indefinite()) or word in contractions

    def _indefinite(self) -> set[str]:
        # An article that is also a number ("a", "um", "ein") does not say which one is meant.
        numbers = {fold(word) for word in self.document.pack.grammar.numbers}
        return numbers | {fold(word) for word in self.scene.gazetteer.names.indefinite}

    def _holders(self, use: OfficeUse, owner: _Draft | None) -> list[_Draft]:
        wanted = {use.office.key, *use.office.data.covers}
        return [
            draft
            for draft in self.drafts
            if draft.type == "person"
            and any(key in wanted and (owner is None or held is owner) for key, held in draft.roles)
        ]

    # ------------------------------------------------------------ output

    def _finish(self) -> tuple[list[LocalActor], list[Mention]]:
        drafts = [draft for draft in self.drafts if draft.mentions]
        drafts.sort(key=lambda draft: min(draft.mentions))
        actors: list[LocalActor] = []
        mentions: list[Mention] = []
        for index, draft in enumerate(drafts):
            forms = []
            for first, last, sort in sorted(set(draft.mentions)):
                form = self._text(first, last)
                if sort in {"name", "demonym", "metonym"} and form not in forms:
                    forms.append(form)
                span = self.document.token_span(first, last)
                mentions.append(Mention(span=span, form=form, actor=index, sort=sort))
            actors.append(
                LocalActor(
                    name=draft.name,
                    type=draft.type,
                    forms=tuple(forms),
                    roles=self._roles_of(draft),
                    key=draft.key,
                    side=_side(draft),
                    reasons=tuple(draft.reasons),
                )
            )
        mentions.sort(key=lambda m: (m.span.start, -m.span.end, m.sort, m.actor))
        return actors, mentions

    def _roles_of(self, draft: _Draft) -> tuple[Role, ...]:
        roles: dict[tuple[str, str | None], Role] = {}
        titled = set()
        for key, owner in draft.roles:
            of = _of(owner) if isinstance(owner, _Draft) else None
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


def _of(owner: _Draft) -> str:
    """Whom an office serves: a person's own side if it has one."""
    if owner.type == "person" and isinstance(owner.side, _Draft) and owner.side.type == "state":
        return owner.side.name
    return owner.name


def _side(draft: _Draft) -> str | None:
    """The key, or else the name, of the party that somebody belongs to."""
    side, seen = draft.side, {id(draft)}
    while isinstance(side, _Draft) and side.type == "person" and id(side) not in seen:
        seen.add(id(side))
        if side.side is None:
            break
        side = side.side
    if not isinstance(side, _Draft):
        return side
    return side.key or side.name
