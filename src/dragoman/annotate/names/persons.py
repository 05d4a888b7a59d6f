"""Persons: full names first, then lone surnames, whole or garbled, of the same people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from dragoman.annotate.names.chunks import Chunk, folded_words
from dragoman.annotate.names.draft import Draft, Sheet
from dragoman.languages.endings import inflects, stem
from dragoman.languages.lexicon import fold
from dragoman.languages.spelling import likeness, skeleton
from dragoman.types import ActorType

_SAME_SURNAME = 0.86
_GARBLED_SURNAME = 0.55
_GARBLED_MARGIN = 0.15
_OTHER_BEGINNING = 0.15


def find_persons(sheet: Sheet, types: dict[int, ActorType]) -> None:
    """Add the persons, and runs without a type that are the surname of one of them."""
    runs = [
        run
        for chunks in sheet.report
        for run in chunks
        if run.kind == "run" and types.get(id(run)) == "person" and id(run) not in sheet.by_chunk
    ]
    runs = [run for run in runs if not _pair_of_names(sheet, run)]
    _full_names(sheet, [run for run in runs if _size(sheet, run) > 1])
    singles = [run for run in runs if _size(sheet, run) == 1]
    persons = [draft for draft in sheet.drafts if draft.type == "person"]
    rest: list[Chunk] = []
    for run in singles:
        draft = _by_surname(sheet, run, persons)
        if draft is None:
            rest.append(run)
        else:
            draft.add(run.first, run.last)
            sheet.by_chunk[id(run)] = draft
    for run in rest:
        _single(sheet, run, persons)
    _untyped(sheet, types, [draft for draft in sheet.drafts if draft.type == "person"])
    for draft in sheet.drafts:
        if draft.type == "person":
            _name_in_full(sheet, draft)


def _name_in_full(sheet: Sheet, draft: Draft) -> None:
    """Call somebody by the fullest form met.

    Where names have endings, of several full forms the commonest is taken: it mostly has none.
    Then the shortest.
    """
    forms = Counter(
        sheet.text(first, last) for first, last, sort in draft.mentions if sort == "name"
    )
    most = max(len(folded_words(form)) for form in forms)
    full = [form for form in forms if len(folded_words(form)) == most]
    if inflects(sheet.document.language) or len(folded_words(draft.name)) < most:
        draft.name = min(full, key=lambda form: (-forms[form], len(form), form))


def _pair_of_names(sheet: Sheet, run: Chunk) -> bool:
    """Whether it is two persons joined by a hyphen (`the Putin-Trump meeting`)."""
    tokens = sheet.document.tokens
    if run.last - run.first != 3 or tokens[run.first + 1].text not in "-–‐":
        return False
    alone = {
        sheet.document.tokens[other.last - 1].fold
        for chunks in sheet.report
        for other in chunks
        if other.kind == "run" and other is not run
    }
    return tokens[run.first].fold in alone and tokens[run.last - 1].fold in alone


def _size(sheet: Sheet, run: Chunk) -> int:
    return len(_name_words(sheet, run))


def _name_words(sheet: Sheet, run: Chunk) -> tuple[str, ...]:
    words = folded_words(sheet.text(run.first, run.last))
    return (
        tuple(word for word in words if word not in sheet.scene.gazetteer.words["particles"])
        or words
    )


def _full_names(sheet: Sheet, runs: Iterable[Chunk]) -> None:
    for run in runs:
        name, words = sheet.text(run.first, run.last), _stems(sheet, _name_words(sheet, run))
        draft = sheet.by_key.get(f"person:{' '.join(words)}")
        for other in [] if draft is not None else _same_full_name(sheet, words):
            draft = other
            draft.why("same full name", f"{name} and {draft.name} are spelt alike")
        if draft is None:
            draft = sheet.draft(f"person:{' '.join(words)}", name, "person", None)
        sheet.by_key[f"person:{' '.join(words)}"] = draft
        draft.add(run.first, run.last)
        sheet.by_chunk[id(run)] = draft


def _same_full_name(sheet: Sheet, words: tuple[str, ...]) -> list[Draft]:
    found = []
    for draft in sheet.drafts:
        if draft.type != "person":
            continue
        other = _stems(sheet, _words_of(sheet, draft))
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


def _words_of(sheet: Sheet, draft: Draft) -> tuple[str, ...]:
    words = folded_words(draft.name)
    return tuple(w for w in words if w not in sheet.scene.gazetteer.words["particles"]) or words


def _stems(sheet: Sheet, words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without the endings that the report's language puts on names."""
    return tuple(stem(word, sheet.document.language) for word in words)


def _by_surname(sheet: Sheet, run: Chunk, persons: Sequence[Draft]) -> Draft | None:
    """The person whose surname (or only name) it is; the last named one of several."""
    (*_, surname) = _name_words(sheet, run)
    bases = {surname} | {
        surname.removesuffix(fold(ending))
        for ending in sheet.scene.gazetteer.names.genitive
        if surname.endswith(fold(ending))
    }
    bases |= set(_stems(sheet, tuple(bases)))
    same = [draft for draft in persons if not bases.isdisjoint(_last_words(sheet, draft))]
    if not same:
        same = [
            draft
            for draft in persons
            if len(_words_of(sheet, draft)) > 1
            and skeleton(_words_of(sheet, draft)[-1]) == skeleton(surname)
            and likeness(_words_of(sheet, draft)[-1], surname) >= _SAME_SURNAME
        ]
    earlier = [draft for draft in same if min(draft.mentions)[0] < run.first]
    return max(earlier or same, key=lambda draft: -min(draft.mentions)[0], default=None)


def _last_words(sheet: Sheet, draft: Draft) -> tuple[str, ...]:
    """Somebody's last word as it stands and without its ending."""
    last = _words_of(sheet, draft)[-1:]
    return (*last, *_stems(sheet, last))


def _single(sheet: Sheet, run: Chunk, persons: list[Draft]) -> None:
    """A lone name: a garbled surname of somebody here, or a person of its own."""
    surname, name = _name_words(sheet, run)[-1], sheet.text(run.first, run.last)
    exact = [draft for draft in persons if _words_of(sheet, draft)[-1] == surname]
    draft = exact[0] if exact else _garbled(sheet, run, surname, persons)
    if draft is None:
        draft = sheet.draft(f"person:{surname}", name, "person", None)
        persons.append(draft)
    draft.add(run.first, run.last)
    sheet.by_chunk[id(run)] = draft


def _garbled(sheet: Sheet, run: Chunk, surname: str, persons: Sequence[Draft]) -> Draft | None:
    """Somebody in this report whose surname it is likely to be, garbled."""
    office = next((use for use in sheet.uses if use.name is run), None)
    scored = []
    for draft in persons:
        score = max(_alike(other, surname) for other in _surnames(sheet, draft))
        if office is not None and any(
            key == office.office.key for key, _ in _roles_so_far(sheet, draft)
        ):
            score += 0.2
        scored.append((score, draft))
    scored.sort(key=lambda pair: (-pair[0], min(pair[1].mentions)))
    if not scored or scored[0][0] < _GARBLED_SURNAME + (0.0 if office else 0.05):
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _GARBLED_MARGIN:
        return None
    score, draft = scored[0]
    if _full_of_own(sheet, surname):
        return None
    words = (
        f"{sheet.text(run.first, run.last)} is read as {draft.name}: alike, and nobody else here is"
    )
    draft.why("garbled surname", words, round(min(score, 1.0), 2))
    return draft


def _surnames(sheet: Sheet, draft: Draft) -> set[str]:
    """Every spelling of a person's surname that the report has."""
    last = {sheet.text(first, end) for first, end, _ in draft.mentions}
    return {_words_of(sheet, draft)[-1]} | {
        words[-1] for form in last if (words := folded_words(form))
    }


def _alike(one: str, other: str) -> float:
    cut = min(len(one), len(other)) >= 4 and (one.startswith(other) or other.startswith(one))
    if cut:
        return max(likeness(one, other), 0.85)
    # What is misheard or mistyped mostly keeps its first sound.
    begins = skeleton(one)[:1] == skeleton(other)[:1]
    return likeness(one, other) - (0.0 if begins else _OTHER_BEGINNING)


def _full_of_own(sheet: Sheet, surname: str) -> bool:
    return any(
        draft.type == "person"
        and len(_words_of(sheet, draft)) > 1
        and _words_of(sheet, draft)[-1] == surname
        for draft in sheet.drafts
    )


def _roles_so_far(sheet: Sheet, draft: Draft) -> list[tuple[str, object]]:
    return [
        (use.office.key, use.owner)
        for use in sheet.uses
        if use.name is not None and sheet.by_chunk.get(id(use.name)) is draft
    ]


def _untyped(sheet: Sheet, types: dict[int, ActorType], persons: Sequence[Draft]) -> None:
    """Runs without evidence of their own that are the surname of a person found here."""
    for chunks in sheet.report:
        for run in chunks:
            if run.kind != "run" or id(run) in sheet.by_chunk:
                continue
            if _pair_of_names(sheet, run):
                for part in (
                    Chunk(run.first, run.first + 1, "run"),
                    Chunk(run.last - 1, run.last, "run"),
                ):
                    if (draft := _by_surname(sheet, part, persons)) is not None:
                        draft.add(part.first, part.last)
                continue
            if id(run) in types:
                continue
            draft = _by_surname(sheet, run, persons) if _size(sheet, run) <= 2 else None
            if draft is not None:
                draft.add(run.first, run.last)
                sheet.by_chunk[id(run)] = draft
