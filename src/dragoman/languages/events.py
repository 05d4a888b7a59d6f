"""The form of `events.yaml`: how a language tells of meetings, positions, agreements, incidents.

Phrases are those of `lexicon`. Names of issues, subjects and incident types are the ontology's.
"""

from __future__ import annotations

from typing import Literal

from dragoman.types import CommitmentStatus, MeetingForm, Stance, Value

Modality = Literal[
    "negated",
    "planned",
    "proposed",
    "cancelled",
    "refused",
    "under way",
    "hypothetical",
    "conditional",
    "provided",
    "unreal",
    "reported",
    "hoped",
    "threatened",
    "denied",
    "alleged",
    "accuses",
    "accused",
]


class MeetingWords(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words for meetings of one form: `verbs` have the participants as subject.

    `light` are verbs that tell of a meeting only where two sides take part (`briefed`).
    """

    form: MeetingForm
    verbs: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


class StanceWords(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words for one stance. `nouns` follow their holder (`Kyiv's demand for`).

    `passive` stand after the issue (`sanctions must be imposed`); `by` compounds after the holder
    (`U.S.-proposed`).
    """

    stance: Stance
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    passive: tuple[str, ...] = ()
    by: tuple[str, ...] = ()


class EventsFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words for events in one language.

    `modality`: words that make an event planned, denied and so on, near its trigger;
    `hypothetical` are those for a condition (`if`), `conditional` those for a mood (`would`);
    `provided` those for a condition behind what depends on it (`conditional on`);
    `unreal` those for what nearly happened or would have, `reported` those for a mood that tells
    the unreal, and in what somebody says only that it is said (`hätte`); `alleged` words of
    hearsay (`alleged`, `reports that`), `accuses` and `accused` verbs of accusation with the
    accuser or the accused as subject. `endings`: the same, by endings of verbs. `inverted`:
    auxiliaries that open a condition before their subject (`had they met`); `openers`: phrases
    that make a clause unreal only where they open it (Spanish `de haber`). `commits`: verbs whose
    subject does what their object tells (`launched an attack`, not `condemned an attack`).
    `ends`: words for how a meeting ended that are no step of a commitment (`broke down`).
    `rounds`: nouns that an ordinal counts. `thirds`: words before one who hosts or mediates;
    `thirds_after`: words after them (`mediated`). `with_`: words that join participants.
    `joins`: those before one who takes part besides (`with`, `as well as`). `topics`: words that
    open what is talked about (`to discuss`), up to a comma, another clause or one of `joins`.
    `aside`: prepositions whose noun takes no part (`in`); `off_place` those before a place that is
    only spoken of (`on the valley`). `agents`: nouns that make a people's adjective stand for
    those who act (`officials`). `who`: relative pronouns.
    `returns`: words for a meeting told before (`the meeting`, `their call`), `present` those
    for who was there (`attended by`).
    `level`: words for a meeting of leaders. `own`: nouns for one's own officials. `lasted`: words
    for a duration. `since`: words for "the first since". `about`: words before talks that are
    only spoken of or gone away from (`familiar with`, `leave`). `aims`: words that open what a
    meeting is for (`to`). `same_day`: words for another part of the day told before (`in the
    evening`). `utters`: light verbs before a noun of stance (`made a demand`). `back`: words that
    stand for what was told before (`that`, `these terms`). `relatives`: words that open a relative
    clause whose object they are. `purposes`: words before an aim that is not itself wanted here
    (`in order to`). `values`: qualities of what is wanted, by their English name. `steps`: words
    for the steps of a commitment; `principle` weakens `agreed`; `promises`: words of the future
    (`will`). `subjects`, `issues` and `incidents` are keyed by the ontology's names.
    """

    meetings: tuple[MeetingWords, ...] = ()
    modality: dict[Modality, tuple[str, ...]] = {}
    endings: dict[Modality, tuple[str, ...]] = {}
    inverted: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    commits: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    thirds: tuple[str, ...] = ()
    thirds_after: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    off_place: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    lasted: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    aims: tuple[str, ...] = ()
    same_day: tuple[str, ...] = ()
    stances: tuple[StanceWords, ...] = ()
    utters: tuple[str, ...] = ()
    back: dict[Literal["one", "several"], tuple[str, ...]] = {}
    relatives: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    values: dict[str, tuple[str, ...]] = {}
    issues: dict[str, tuple[str, ...]] = {}
    steps: dict[CommitmentStatus, tuple[str, ...]] = {}
    principle: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    subjects: dict[str, tuple[str, ...]] = {}
    incidents: dict[str, tuple[str, ...]] = {}
    by: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
