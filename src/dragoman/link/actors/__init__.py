"""The same actor across reports: blocking, pairwise scores with reasons, constrained clusters.

1. Local actors with the same key or the same spelling fall into one profile, whatever the report.
2. Profiles that share a block (skeleton of the surname, an office with one holder, a list) are
   compared. The score is a sum of weighted features, and every feature that counted is a reason.
3. Pairs are joined from the best down, unless a cannot-link rule speaks against it. Lone surnames
   come after full names, and stay apart where two people could be meant; places are compared
   once more with the lists that they stand in.

The result depends on the set of annotations, never on their order.
"""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.claims import Annotation
from dragoman.link.actors.cast import Cast, make_cast
from dragoman.link.actors.clusters import Clusters
from dragoman.link.actors.pairs import likely_pairs, lone_pairs
from dragoman.link.actors.profiles import make_profiles

__all__ = ["Cast", "link_actors"]


def link_actors(annotations: Iterable[Annotation]) -> Cast:
    """Join the local actors of all reports."""
    profiles = make_profiles(annotations)
    clusters = Clusters(profiles)
    full = {p.id: p for p in profiles.values() if p.type != "person" or p.given is not None}
    clusters.join(likely_pairs(full, clusters, with_lists=False))
    clusters.attach(lone_pairs(profiles))
    clusters.join(
        likely_pairs(
            {p.id: p for p in profiles.values() if p.type == "place"}, clusters, with_lists=True
        )
    )
    return make_cast(profiles, clusters)
