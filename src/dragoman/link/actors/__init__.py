"""The same actor across reports: blocking, pairwise scores with reasons, constrained clusters.

1. Local actors with the same key or the same spelling fall into one profile, whatever the report
   (`profiles`).
2. Profiles that share a block are compared (`blocks`). The score is a sum of weighted features,
   and every feature that counted is a reason (`features`, `pairs`).
3. Pairs are joined from the best down, unless a cannot-link rule speaks against it (`clusters`).
   Lone surnames come after full names, and stay apart where two people could be meant; places are
   compared once more with the lists that they stand in.
4. The clusters become entries (`cast`). A join that a rule refused is a reason of both.

The result depends on the set of annotations, never on their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dragoman.claims import Annotation
from dragoman.link.actors.cast import Cast, make_cast
from dragoman.link.actors.clusters import Clusters
from dragoman.link.actors.features import list_features
from dragoman.link.actors.pairs import likely_pairs, lone_pairs
from dragoman.link.actors.profiles import make_profiles

__all__ = ["Cast", "link_actors"]


def link_actors(annotations: Iterable[Annotation], family: Mapping[str, str] | None = None) -> Cast:
    """Join the local actors of all reports.

    Args:
        annotations: of all reports; gone through once.
        family: the root of each report's family of copies, which count as one witness. Without
            it, every report is one.
    """
    profiles, company = make_profiles(annotations, family or {})
    clusters = Clusters(profiles, company)
    full = {p.id: p for p in profiles.values() if p.type != "person" or p.given is not None}
    judged = likely_pairs(full, clusters, company, with_lists=False)
    clusters.apart += judged.refused
    clusters.join(judged.likely)
    clusters.attach(lone_pairs(profiles, company))
    places = {p.id: p for p in profiles.values() if p.type == "place"}
    again = likely_pairs(places, clusters, company, with_lists=True)
    clusters.join(again.likely, lambda one, other: list_features(one, other, clusters.root))
    return make_cast(profiles, clusters)
