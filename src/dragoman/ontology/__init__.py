"""Issues, subjects of commitments and incident types: data files, and a reader for them.

Issues follow PA-X's provision categories where one fits; incident types carry PLOVER's event and
mode. All words by which a language speaks of them are in the language packs.
"""

from __future__ import annotations

import functools
from collections.abc import Collection
from pathlib import Path

from dragoman.languages import read_yaml
from dragoman.types import Value

FOLDER = Path(__file__).parent


class Issue(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An issue on the table; `pax` is the PA-X provision category that it falls under."""

    name: str
    about: str
    pax: str | None = None


class Subject(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a commitment can be about, the issue that it belongs to, and what its figures count.

    `counts` holds units of the language packs; `money` stands for every currency. `serves`: it is
    set up for something else, that is not agreed by it ("a commission for a ceasefire").
    """

    name: str
    issue: str
    counts: tuple[str, ...] = ()
    serves: bool = False


class IncidentType(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sort of incident, with PLOVER's event and mode, and what its figures count."""

    name: str
    event: str
    mode: str | None = None
    counts: tuple[str, ...] = ()


@functools.cache
def issues() -> dict[str, Issue]:
    """All issues by name."""
    return {issue.name: issue for issue in read_yaml(FOLDER / "issues.yaml", tuple[Issue, ...])}


@functools.cache
def subjects() -> dict[str, Subject]:
    """All subjects of commitments by name."""
    found = read_yaml(FOLDER / "subjects.yaml", tuple[Subject, ...])
    return {subject.name: subject for subject in found}


@functools.cache
def incidents() -> dict[str, IncidentType]:
    """All incident types by name."""
    found = read_yaml(FOLDER / "incidents.yaml", tuple[IncidentType, ...])
    return {incident.name: incident for incident in found}


def counted(unit: str | None, units: Collection[str]) -> bool:
    """Whether a unit is among those named; `money` stands for every currency."""
    if unit is None:
        return False
    return unit in units or ("money" in units and len(unit) == 3 and unit.isupper())
