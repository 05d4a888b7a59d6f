"""Stage 3 on one page: copies, dates, actors, then everything that rests on them.

Nothing here depends on the order in which reports come: each step sorts what it is given by
content. Annotations are passed over several times, the texts are asked for only to confirm copies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from dragoman.claims import Annotation
from dragoman.link.actors import link_actors
from dragoman.link.commitments import link_commitments
from dragoman.link.comparisons import Linked, link_comparisons
from dragoman.link.context import Context
from dragoman.link.dates import infer_published
from dragoman.link.incidents import link_incidents
from dragoman.link.lineage import families, link_lineage
from dragoman.link.meetings import link_meetings
from dragoman.link.memo import NO_MEMO, Memo
from dragoman.link.positions import link_positions
from dragoman.link.repairs import link_repairs
from dragoman.link.sessions import core_parties
from dragoman.link.statements import link_statements
from dragoman.types import AnyEntry, Interval, PublishedHow, Reason, Report

Published = Mapping[str, tuple[Interval, PublishedHow, tuple[Reason, ...]]]


def link(
    annotations: Callable[[], Iterator[Annotation]],
    text: Callable[[str], str],
    memo: Memo = NO_MEMO,
) -> Iterator[AnyEntry]:
    """All entries of a record.

    Args:
        annotations: gives an iterator over all annotations; it is called several times.
        text: gives the text of a report by its id.
        memo: remembers results from one linking to the next.
    """
    said = sorted(annotations(), key=lambda annotation: annotation.report)
    published: Published = infer_published(said)
    lineages = link_lineage(said, text, memo)
    family = families(lineages, [annotation.report for annotation in said])
    for annotation in said:
        yield _report(annotation, published)
        yield from annotation.boilerplate
    yield from link_repairs(said, lineages)
    said = [_slim(annotation) for annotation in said]
    cast = link_actors(said, family)
    context = Context(
        cast=cast,
        published=published,
        family=family,
        languages={annotation.report: annotation.language for annotation in said},
    )
    yield from cast.entries
    core = core_parties(said, context)
    meetings = link_meetings(said, context, core)
    incidents = link_incidents(said, context)
    statements = link_statements(said, context)
    yield from (meeting.entry for meeting in meetings)
    yield from (statement.entry for statement in statements)
    positions = link_positions(said, context, meetings)
    yield from positions
    commitments = link_commitments(said, context, core, meetings)
    yield from (commitment.entry for commitment in commitments)
    yield from (incident.entry for incident in incidents)
    yield from lineages
    linked = Linked(meetings, incidents, statements, commitments, positions)
    yield from link_comparisons(said, linked, context)


def _slim(annotation: Annotation) -> Annotation:
    """What is left to be linked once reports, their lineage and repairs are: the rest is let go."""
    return msgspec.structs.replace(
        annotation, boilerplate=(), repairs=(), fingerprint=None, header=(), reasons=()
    )


def _report(annotation: Annotation, published: Published) -> Report:
    date: Interval | None
    how: PublishedHow
    date, how, why = published.get(annotation.report, (None, "unknown", ()))
    return Report(
        id=annotation.report,
        evidence=annotation.header or (annotation.lead,),
        reasons=(*annotation.reasons, *why),
        source=annotation.source,
        sha256=annotation.sha256,
        outlet=annotation.outlet,
        agency=annotation.agency,
        title=annotation.title,
        language=annotation.language,
        published=date,
        published_how=how,
    )
