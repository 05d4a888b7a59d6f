"""Linked data: what is disputed as schema.org ClaimReview, where all comes from as PROV."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

from dragoman.render.safe import on_one_line
from dragoman.render.strings import strings
from dragoman.render.teller import Teller, report_label
from dragoman.render.view import Index, View, citable, told
from dragoman.types import (
    Actor,
    Boilerplate,
    Comparison,
    Entry,
    Lineage,
    Repair,
    Report,
    Span,
)

# How far a verdict speaks for a value that so many of the independent accounts tell.
_RATED = frozenset({"contradicts", "garbled", "later update", "compatible", "agrees"})
_BEST = 5
_URN = "urn:dragoman:"


def claim_reviews(view: View) -> bytes:
    """A review for each value that reports tell of one thing, in one JSON-LD graph.

    The rating says how many of the independent accounts tell the value, from 1 (another value has
    more of them) to 5 (all do); it does not say what is true, and its words say so.
    """
    index = Index(view)
    teller = Teller(index, strings())
    graph = [
        review
        for entry in index.stated(Comparison)
        if entry.verdict in _RATED
        for review in _reviews(teller, entry)
    ]
    return _written({"@context": "https://schema.org", "@graph": graph})


def _reviews(teller: Teller, entry: Comparison) -> Iterable[dict[str, Any]]:
    total = sum(value.independent for value in entry.values)
    for place, value in enumerate(entry.values):
        spans = [s for s in entry.evidence if s.citable and s.report in value.reports]
        if not spans or not total:
            continue
        accounts = f"{value.independent} of {total} independent accounts"
        yield {
            "@type": "ClaimReview",
            "@id": f"{_URN}{entry.id}:{place}",
            "claimReviewed": f"{_one(entry.field)} of {_one(entry.about)}: {_one(value.value)}",
            "author": {"@type": "Organization", "name": "Dragoman"},
            "reviewRating": {
                "@type": "Rating",
                "ratingValue": max(1, round(_BEST * value.independent / total)),
                "bestRating": _BEST,
                "worstRating": 1,
                "alternateName": f"{entry.verdict}: told by {accounts}; not a verdict on its truth",
            },
            "itemReviewed": {
                "@type": "Claim",
                "appearance": [_work(teller, span) for span in spans],
            },
        }


def _work(teller: Teller, span: Span) -> dict[str, Any]:
    report = teller.index.reports.get(span.report)
    work: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": f"{_URN}{span.report}",
        "name": teller.report(span.report),
        "text": _one(span.text),
        "position": f"{span.start}-{span.end}",
    }
    if report is not None:
        work |= _address(report)
        if (published := told(report, "published")) is not None:
            work["datePublished"] = str(published)
        if report.language:
            work["inLanguage"] = report.language
    return work


def _address(report: Report) -> dict[str, str]:
    """The address of a report that has one."""
    parts = urlsplit(report.source) if report.source.isprintable() else None
    if parts is not None and parts.scheme in {"http", "https"} and parts.netloc:
        return {"url": quote(report.source, safe=":/?#[]@!$&'()*+,;=%-._~")}
    return {}


def prov(view: View) -> bytes:
    """Reports, entries and what was derived from what (W3C PROV), in one JSON-LD graph."""
    index = Index(view)
    graph: list[dict[str, Any]] = [
        {"@id": f"{_URN}program", "@type": "prov:SoftwareAgent", "rdfs:label": "Dragoman"}
    ]
    graph += [
        {
            "@id": f"{_URN}{report.id}",
            "@type": "prov:Entity",
            "rdfs:label": _one(report_label(report)),
            "dct:identifier": f"sha256:{report.sha256}",
            "dct:source": _one(report.source),
        }
        for report in index.reports.values()
    ]
    graph += [
        {"@id": f"{_URN}{made.report}", "prov:wasDerivedFrom": {"@id": f"{_URN}{made.source}"}}
        for made in index.stated(Lineage)
    ]
    graph += [_derived(entry) for entry in index.entries if _tells(entry)]
    context = {
        "prov": "http://www.w3.org/ns/prov#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "dct": "http://purl.org/dc/terms/",
        "oa": "http://www.w3.org/ns/oa#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
    return _written({"@context": context, "@graph": graph})


def _tells(entry: Entry) -> bool:
    apart = isinstance(entry, Report | Lineage | Boilerplate | Repair)
    return not apart and citable(entry)


def _derived(entry: Entry) -> dict[str, Any]:
    """An entry and the very words that it rests on."""
    return {
        "@id": f"{_URN}{entry.id}",
        "@type": ["prov:Entity", *(["prov:Agent"] if isinstance(entry, Actor) else [])],
        "rdfs:label": entry.kind,
        "prov:wasAttributedTo": {"@id": f"{_URN}program"},
        "prov:wasQuotedFrom": [
            {
                "@id": f"{_URN}{span.report}:{span.start}-{span.end}",
                "@type": "prov:Entity",
                "prov:wasQuotedFrom": {"@id": f"{_URN}{span.report}"},
                "prov:value": _one(span.text),
                "oa:hasSelector": {
                    "@type": "oa:TextPositionSelector",
                    "oa:start": {"@type": "xsd:nonNegativeInteger", "@value": str(span.start)},
                    "oa:end": {"@type": "xsd:nonNegativeInteger", "@value": str(span.end)},
                },
            }
            for span in entry.evidence
            if span.citable
        ],
    }


def _one(text: str) -> str:
    return on_one_line(text)


def _written(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")
