"""Who is named in a report: persons, states, organizations, places and groups.

Rules over the language pack's names, one room a step: known names first (`known`), then offices
with whom they serve and who holds them (`roles`), then other runs of capitalised words by the
words around them (`kinds`, `bodies`, `persons`, `holders`). A second source of names passes what
it takes for names as `hints`.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.annotate.document import Document
from dragoman.annotate.names.bodies import find_bodies_and_places
from dragoman.annotate.names.chunks import chunk_report
from dragoman.annotate.names.draft import NameHint, Sheet
from dragoman.annotate.names.holders import add_role_mentions, assign_roles
from dragoman.annotate.names.kinds import type_runs, types_as_told
from dragoman.annotate.names.known import find_known
from dragoman.annotate.names.nouns import find_armies, find_capitals
from dragoman.annotate.names.output import write_out
from dragoman.annotate.names.persons import find_persons
from dragoman.annotate.names.roles import office_uses
from dragoman.annotate.names.scenery import Told, make_scene
from dragoman.annotate.names.states import learn_states
from dragoman.claims import LocalActor, Mention

__all__ = ["NameHint", "find_actors"]


def find_actors(
    document: Document, hints: Sequence[NameHint] = ()
) -> tuple[list[LocalActor], list[Mention]]:
    """The actors of a report in the order of their first mention, and all their mentions.

    Args:
        document: with tokens, sentences and quotations; sentences of boilerplate taken out.
        hints: what a second source takes for names. Firm ones cut the text into names where no
            known name is as long; all give a type where no rule does.
    """
    sheet = _sheet(document, hints)
    for chunks in sheet.report:
        sheet.uses += office_uses(sheet.scene, chunks)
    find_known(sheet)
    types = type_runs(sheet)
    find_bodies_and_places(sheet, types)
    find_capitals(sheet)
    find_armies(sheet)
    find_persons(sheet, types)
    if told := types_as_told(sheet, types):
        find_bodies_and_places(sheet, types | told)
        find_persons(sheet, types | told)
    assign_roles(sheet)
    add_role_mentions(sheet)
    return write_out(sheet)


def _sheet(document: Document, hints: Sequence[NameHint]) -> Sheet:
    """The report cut into chunks, once more where it taught states that no list knows."""
    told = {
        document.token_at(hint.start): Told(
            document.token_at(hint.end - 1) + 1, hint.type, hint.firm
        )
        for hint in sorted(hints)
    }
    scene = make_scene(document, told)
    report = chunk_report(scene)
    learned = learn_states(scene, report)
    if learned:
        scene = make_scene(document, told, learned)
        report = chunk_report(scene)
    return Sheet(document, scene, report)
