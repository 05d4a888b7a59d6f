"""Who met, spoke to and acted on whom, and what was made from what, as GraphML."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from dragoman.languages.lexicon import fold
from dragoman.render.safe import on_one_line
from dragoman.render.teller import report_label
from dragoman.render.view import Index, View, told
from dragoman.types import Actor, Incident, Lineage, Meeting, Statement

_KEYS = (
    ("kind", "node", "string"),
    ("name", "node", "string"),
    ("type", "node", "string"),
    ("side", "node", "string"),
    ("language", "node", "string"),
    ("relation", "edge", "string"),
    ("entry", "edge", "string"),
    ("date", "edge", "string"),
    ("weight", "edge", "double"),
)


class _Graph:
    def __init__(self) -> None:
        self.nodes: dict[str, dict[str, str]] = {}
        self.edges: list[tuple[str, str, dict[str, str]]] = []

    def node(self, id_: str | None, name: str, **data: str | None) -> str:
        """The id of a node, which is made if it is not there."""
        key = id_ or f"name:{fold(name)}"
        known = {name: value for name, value in data.items() if value}
        self.nodes.setdefault(key, {"name": name, **known})
        return key


def graphml(view: View) -> bytes:
    """One graph: actors and reports are nodes; an edge is an entry that relates two of them."""
    index, graph = Index(view), _Graph()
    for report in index.reports.values():
        graph.node(report.id, report_label(report), kind="report", language=report.language)
    for actor in index.stated(Actor):
        graph.node(actor.id, actor.name, kind="actor", type=actor.type, side=actor.side)
    for made in index.stated(Lineage):
        graph.edges.append(
            (
                made.report,
                made.source,
                {"relation": made.form, "entry": made.id, "weight": f"{made.share:g}"},
            )
        )
    for entry in index.stated(Meeting):
        _meeting(graph, entry)
    for incident in index.stated(Incident):
        by, against = told(incident, "by"), told(incident, "against")
        if by and against:
            ends = (graph.node(incident.by_id, by), graph.node(incident.against_id, against))
            graph.edges.append((*ends, _about(incident.type, incident)))
    for said in index.stated(Statement):
        speaker, to = told(said, "speaker"), told(said, "addressee")
        if speaker and to:
            ends = (graph.node(said.speaker_id, speaker), graph.node(said.addressee_id, to))
            graph.edges.append((*ends, _about(said.force, said)))
    return _written(graph)


def _meeting(graph: _Graph, entry: Meeting) -> None:
    """Each party is joined to each other, each host or mediator to each party."""
    names, third = told(entry, "parties") or (), told(entry, "third_parties") or ()
    ids = entry.party_ids if len(entry.party_ids) == len(names) else (None,) * len(names)
    hosts = entry.third_party_ids
    host_ids = hosts if len(hosts) == len(third) else (None,) * len(third)
    parties = [graph.node(i, n, kind="actor") for i, n in zip(ids, names, strict=True)]
    thirds = [graph.node(i, n, kind="actor") for i, n in zip(host_ids, third, strict=True)]
    about = _about(f"{entry.form}, {entry.status}", entry)
    for place, one in enumerate(parties):
        graph.edges += [(one, other, about) for other in parties[place + 1 :]]
        graph.edges += [(host, one, {**about, "relation": "host or mediator"}) for host in thirds]


def _about(relation: str, entry: Meeting | Incident | Statement) -> dict[str, str]:
    when = told(entry, "date")
    about = {"relation": relation, "entry": entry.id}
    return about | ({"date": str(when)} if when is not None else {})


def _written(graph: _Graph) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ]
    lines += [
        f'<key id="{name}" for="{of}" attr.name="{name}" attr.type="{sort}"/>'
        for name, of, sort in _KEYS
    ]
    lines.append('<graph id="record" edgedefault="directed">')
    for key, data in graph.nodes.items():
        lines.append(f"<node id={quoteattr(_xml(key))}>{_data(data)}</node>")
    for place, (one, other, data) in enumerate(graph.edges):
        ends = f"source={quoteattr(_xml(one))} target={quoteattr(_xml(other))}"
        lines.append(f'<edge id="e{place}" {ends}>{_data(data)}</edge>')
    lines += ["</graph>", "</graphml>", ""]
    return "\n".join(lines).encode("utf-8", "replace")


def _data(data: dict[str, str]) -> str:
    return "".join(
        f'<data key="{name}">{escape(_xml(value))}</data>' for name, value in data.items()
    )


def _xml(text: str) -> str:
    """A text without the characters that XML can't hold."""
    return on_one_line(text).replace("\ufffe", "").replace("\uffff", "")
