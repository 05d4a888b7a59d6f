"""News as an Atom feed (RFC 4287): those of the latest states, the latest first."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from xml.etree import ElementTree as ET

from dragoman.record import Reader
from dragoman.review import news
from dragoman.types import content_hash
from dragoman.watch.config import Alert

_ATOM = "http://www.w3.org/2005/Atom"
# States that a feed looks back on, and the most entries.
_STATES, _MOST = 20, 200
_WORDS = 3
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(record: Path, alert: Alert) -> bytes:
    """The feed of an alert, made from the record alone: the same record gives the same feed.

    Raises:
        RecordError: the record can't be read.
    """
    with Reader(record) as reader:
        states = reader.states()[-_STATES - 1 :]
        sources = dict(reader.rows("SELECT id, source FROM report"))
    root = ET.Element("feed", xmlns=_ATOM)
    _text(root, "title", f"Dragoman: {alert.name}")
    _text(root, "id", f"urn:dragoman:alert:{content_hash(alert.name)}")
    _text(root, "updated", states[-1].at.isoformat())
    author = ET.SubElement(root, "author")
    _text(author, "name", "Dragoman")
    count = 0
    for before, after in reversed(list(itertools.pairwise(states))):
        for each in news(record, before.id, after.id, alert.wanted):
            if (count := count + 1) > _MOST:
                break
            entry = ET.SubElement(root, "entry")
            _text(entry, "title", f"{each.sort}: {each.text}"[:300])
            name = content_hash(alert.name, each.sort, each.entry.id, str(after.id))
            _text(entry, "id", f"urn:dragoman:news:{name}")
            _text(entry, "updated", after.at.isoformat())
            ET.SubElement(entry, "category", term=each.entry.kind)
            words = [
                f"{sources.get(span.report, span.report)} {span.start}:{span.end}: {span.text}"
                for span in each.words[:_WORDS]
            ]
            content = _text(entry, "content", "\n".join([each.text, "", *words]))
            content.set("type", "text")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _text(parent: ET.Element, tag: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = _NOT_XML.sub("�", text)
    return element
