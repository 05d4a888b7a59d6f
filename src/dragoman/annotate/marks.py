"""Marks of what was said that do not depend on the language it was told in.

Two translations of one quotation share no words but much of what they are about: the concepts of
the event words (issues, stances, values), known actors, and numbers.
"""

from __future__ import annotations

import msgspec

from dragoman.annotate.scene import Scene
from dragoman.claims import SaidClaim


def mark_statements(scene: Scene) -> list[SaidClaim]:
    """The statements of a report with the marks of their contents."""
    return [
        msgspec.structs.replace(claim, marks=_marks(scene, claim)) for claim in scene.doc.statements
    ]


def _marks(scene: Scene, claim: SaidClaim) -> tuple[str, ...]:
    place_of = scene.doc.reading.place_of
    first = scene.doc.token_at(place_of(claim.evidence[0].start))
    last = scene.doc.token_at(place_of(claim.evidence[0].end - 1)) + 1
    found: list[tuple[int, str]] = []
    found += [
        (h.first, f"issue {h.value}") for h in scene.lex.issues.find(scene.words, first, last)
    ]
    found += [
        (h.first, f"value {h.value}") for h in scene.lex.values.find(scene.words, first, last)
    ]
    found += [
        (hit.first, f"stance {hit.value.stance}")
        for hit in scene.lex.stances.find(scene.words, first, last)
    ]
    found += [
        (hit.first, f"concept {hit.value}")
        for hit in scene.lex.concepts.find(scene.words, first, last)
    ]
    for named in scene.named:
        if first <= named.first and named.last <= last:
            actor = scene.actor(named)
            found.append((named.first, f"actor {actor.key or actor.name}"))
    for place, index in scene.quantities_in(first, last):
        value = scene.doc.quantities[index].value
        if value is not None:
            found.append((place, f"number {value:g}"))
    return tuple(dict.fromkeys(mark for _, mark in sorted(found)))
