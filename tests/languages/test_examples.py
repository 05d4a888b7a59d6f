"""Every pack's examples.yaml: sentences, and what must and must not be found in them."""

from __future__ import annotations

import pytest

from dragoman.annotate import annotate
from dragoman.claims import Received
from dragoman.languages import FOLDER, available, load, read_yaml
from dragoman.link.dates import resolve
from dragoman.types import Interval, Value

TOLD = Interval.parse("2025-05-21")  # a Wednesday


class Example(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text, what must be found in it, and the kinds of which nothing may be found."""

    text: str
    finds: tuple[dict[str, object], ...] = ()
    none: tuple[str, ...] = ()


def _cases():
    for code in available():
        path = FOLDER / code / "examples.yaml"
        for number, example in enumerate(read_yaml(path, tuple[Example, ...])):
            yield pytest.param(code, example, id=f"{code}-{number}")


def _found(annotation, kind):
    def name(index):
        return None if index is None else annotation.actors[index].name

    def said(claim):
        speaker = name(claim.speaker) or claim.described
        return {
            "speaker": speaker,
            "described": claim.described,
            "content": claim.evidence[0].text,
            "force": claim.force,
            "channel": claim.channel,
            "mode": claim.mode,
            "via": list(claim.via),
            "side": claim.side,
            "negated": claim.negated,
        }

    def meeting(claim):
        names = [name(i) for i in (*claim.parties, *claim.participants)]
        return {
            "form": claim.form,
            "status": claim.status,
            "round": claim.round,
            "with": names,
            "place": name(claim.place),
            "venue": name(claim.venue),
            "thirds": [name(i) for i in claim.third_parties],
        }

    def position(claim):
        return {
            "party": name(claim.party),
            "issue": claim.issue,
            "stance": claim.stance,
            "value": claim.value,
        }

    def commitment(claim):
        quantity = None if claim.quantity is None else annotation.quantities[claim.quantity].value
        return {"subject": claim.subject, "status": claim.status, "quantity": quantity}

    def incident(claim):
        figure = None if claim.quantity is None else annotation.quantities[claim.quantity].value
        return {
            "type": claim.type,
            "by": name(claim.by),
            "against": name(claim.against),
            "place": name(claim.place),
            "figure": figure,
            "claimed_by": name(claim.claimed_by),
        }

    def time(when):
        resolved = resolve(when, TOLD)
        return {"text": when.span.text, "value": None if resolved is None else str(resolved[0])}

    def quantity(measure):
        return {
            "text": measure.span.text,
            "low": measure.low,
            "high": measure.high,
            "unit": measure.unit,
        }

    makers = {
        "time": (annotation.times, time),
        "quantity": (annotation.quantities, quantity),
        "statement": (annotation.statements, said),
        "meeting": (annotation.meetings, meeting),
        "position": (annotation.positions, position),
        "commitment": (annotation.commitments, commitment),
        "incident": (annotation.incidents, incident),
        "actor": (annotation.actors, lambda a: {"name": a.name, "type": a.type}),
        "repair": (annotation.repairs, lambda r: {"garbled": r.garbled, "restored": r.restored}),
        "boilerplate": (annotation.boilerplate, lambda b: {"text": b.evidence[0].text}),
    }
    claims, make = makers[kind]
    return [make(claim) for claim in claims]


def _agrees(wanted, got):
    for key, value in wanted.items():
        if key == "kind":
            continue
        if key in {"content", "text"} and wanted["kind"] not in {"time", "quantity"}:
            if str(value) not in got[key] or len(got[key]) > 2 * len(str(value)) + 20:
                return False
        elif isinstance(value, list):
            if not set(value) <= set(got[key]):
                return False
        elif got[key] != value and not (key == "value" and got[key] == str(value)):
            return False
    return True


@pytest.mark.parametrize(("code", "example"), list(_cases()))
def test_example(code, example):
    annotation = annotate(Received(source="example", text=example.text, language=code))
    for wanted in example.finds:
        got = _found(annotation, wanted["kind"])
        assert any(_agrees(wanted, one) for one in got), (wanted, got)
    for kind in example.none:
        assert not _found(annotation, kind), (kind, _found(annotation, kind))


@pytest.mark.parametrize("code", available())
def test_an_offset_tells_how_much_of_what(code):
    for rule in load(code).dates.rules:
        if rule.kind != "offset":
            continue
        for form in rule.forms:
            assert rule.unit or "{unit" in form, (rule.name, form)
            assert rule.amount is not None or "{amount" in form or "{ord" in form, (rule.name, form)
