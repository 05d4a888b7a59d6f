"""The frame, the floors, the scorer, the generated reports."""

from __future__ import annotations

import importlib.util
import itertools
import json
import random
import sys
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import baseline, lineage
from benchmarks.frame import ROOT, Figure, Floors, Missing, Options, Part, data_folder, hash_of
from benchmarks.generated import WORDS, write_reports
from benchmarks.lineage_stories import stories as told_stories
from benchmarks.lineage_stories import words
from benchmarks.scoring import pair, read_rows, read_texts, score
from dragoman.languages import load

TEXTS = {
    "a.txt": "Ana Berg met Carl Dorn in Elm on 3 May.\n“We shall free forty men,” Berg said.\n",
    "b.txt": "Berg told the press that forty men would be freed. Subscribe now.\n",
}


def span(report, words, **more):
    start = TEXTS[report].index(words)
    return {"report": report, "start": start, "end": start + len(words), "text": words, **more}


def gold():
    return [
        {"kind": "report", "report": "a.txt", "language": "en", "evidence": [span("a.txt", "Ana")]},
        {
            "kind": "actor",
            "name": "Ana Berg",
            "type": "person",
            "forms": ["Ana Berg", "Berg"],
            "evidence": [span("a.txt", "Ana Berg"), span("b.txt", "Berg")],
        },
        {
            "kind": "actor",
            "name": "Carl Dorn",
            "type": "person",
            "forms": ["Carl Dorn"],
            "evidence": [span("a.txt", "Carl Dorn")],
        },
        {
            "kind": "meeting",
            "form": "talks",
            "status": "held",
            "participants": ["Ana Berg", "Carl Dorn"],
            "date": "2031-05-03",
            "evidence": [span("a.txt", "met Carl Dorn in Elm")],
        },
        {
            "kind": "statement",
            "speaker": "Ana Berg",
            "mode": "direct",
            "evidence": [span("a.txt", "We shall free forty men")],
        },
        {"kind": "boilerplate", "evidence": [span("b.txt", "Subscribe now.")]},
        {
            "kind": "comparison",
            "verdict": "agrees",
            "field": "number",
            "evidence": [span("a.txt", "free forty men"), span("b.txt", "forty men")],
        },
        {"kind": "lineage", "report": "b.txt", "from": "a.txt", "form": "excerpt",
         "evidence": [span("b.txt", "forty men")]},
    ]  # fmt: skip


def changed(kind, **fields):
    return [row | fields if row["kind"] == kind else row for row in gold()]


def test_gold_against_itself_is_perfect():
    result = score(gold(), gold(), TEXTS)
    assert result.overall == 1.0
    assert set(result.kinds) == {row["kind"] for row in gold()}
    assert result.violations == ()


def test_nothing_scores_nothing():
    assert score(gold(), [], TEXTS).overall == 0


@pytest.mark.parametrize(
    ("kind", "fields", "least", "most"),
    [
        ("statement", {"speaker": "Carl Dorn"}, 0, 0),
        ("statement", {"speaker": "Berg"}, 1, 1),
        ("meeting", {"date": "2031-05-04"}, 0, 0),
        ("meeting", {"date": None}, 1, 1),
        ("meeting", {"participants": ["Ivo Lund"]}, 0, 0),
        ("comparison", {"verdict": "contradicts"}, 0, 0),
        ("lineage", {"form": "copy"}, 0, 0),
        ("report", {"language": "fr"}, 0, 0),
        ("boilerplate", {"evidence": [span("b.txt", "freed. Subscribe now.")]}, 0.5, 1),
    ],
)
def test_what_is_wrong_costs_its_kind_alone(kind, fields, least, most):
    result = score(gold(), changed(kind, **fields), TEXTS)
    assert least <= result.kinds[kind].score <= most
    assert all(part.score == 1 for name, part in result.kinds.items() if name != kind)


def test_two_actors_taken_for_one_cost_precision():
    merged = [row for row in gold() if row.get("name") != "Carl Dorn"]
    for row in merged:
        if row["kind"] == "actor":
            row["evidence"].append(span("a.txt", "Carl Dorn"))
    assert 0 < score(gold(), merged, TEXTS).kinds["actor"].score < 1


def test_words_that_are_not_there_are_a_violation_and_match_nothing():
    result = score(
        gold(),
        changed("statement", evidence=[{"report": "a.txt", "start": 0, "end": 3, "text": "Bob"}]),
        TEXTS,
    )
    assert len(result.violations) == 1
    assert result.kinds["statement"].score == 0


def test_what_is_kept_for_review_earns_and_costs_nothing():
    rows = [
        row | {"evidence": [e | {"grounding": "partial"} for e in row["evidence"]]}
        for row in gold()
        if row["kind"] == "meeting"
    ]
    assert score(gold(), gold() + rows, TEXTS) == score(gold(), gold(), TEXTS)


def test_the_order_of_lines_changes_nothing():
    rows = gold()
    random.Random(3).shuffle(rows)  # noqa: S311
    assert score(gold(), rows, TEXTS) == score(gold(), gold(), TEXTS)


def test_pairs_are_most_then_heaviest():
    rng = random.Random(5)  # noqa: S311
    for _ in range(60):
        weights = {
            (i, j): rng.randint(1, 9) for i in range(4) for j in range(4) if rng.random() < 0.6
        }
        best = max(
            (sum(edge in weights for edge in edges), sum(weights.get(e, 0) for e in edges))
            for order in itertools.permutations(range(4))
            for edges in [tuple(enumerate(order))]
        )
        pairs = pair(weights)
        assert (len(pairs), sum(weights[p] for p in pairs)) == best


SHARED = data_folder(None)
BROUGHT = SHARED / "score" / "score_record.py" if SHARED else None


@pytest.mark.skipif(
    BROUGHT is None or not BROUGHT.is_file(), reason="no data folder with a scorer of its own"
)
@pytest.mark.parametrize("seed", range(6))
def test_it_scores_like_the_scorer_of_the_data_folder(seed, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    spec = importlib.util.spec_from_file_location("brought", BROUGHT)
    brought = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(brought)
    story = SHARED / "istanbul"
    rows, texts = read_rows(story / "gold.jsonl"), read_texts(story / "reports")
    rng = random.Random(seed)  # noqa: S311
    export = damaged(rows, texts, rng, (0, 0.1, 0.3)[seed % 3])
    theirs = brought.score(rows, export, texts)
    ours = score(rows, export, texts)
    for part in theirs["results"]:
        assert ours.kinds[part.kind].score == pytest.approx(part.score, abs=0.02), part.kind
    assert ours.overall == pytest.approx(theirs["overall"], abs=0.02)


def damaged(rows, texts, rng, rate):
    """The rows with some left out, doubled, moved or mixed up."""
    out = []
    for row in json.loads(json.dumps(rows)):
        if rng.random() < rate:
            continue
        for evidence in row["evidence"]:
            if rng.random() < rate:
                text = texts[evidence["report"]]
                evidence["start"] = max(0, evidence["start"] - rng.randrange(30))
                evidence["end"] = min(len(text), evidence["end"] + rng.randrange(60))
                evidence["text"] = text[evidence["start"] : evidence["end"]]
        for key in sorted(set(row) - {"kind", "evidence", "report"}):
            if rng.random() < rate / 2:
                row[key] = rng.choice([r for r in rows if r["kind"] == row["kind"]]).get(key)
        out += [row] * (1 + (rng.random() < rate))
    return out


def test_the_baseline_is_well_grounded():
    rows = baseline.export(TEXTS)
    result = score(gold(), rows, TEXTS)
    assert result.violations == ()
    assert 0 < result.overall < 0.6
    assert result.kinds["statement"].right == 1


# ---------------------------------------------------------------- floors


def part(value, sha256="abc", **more):
    return Part(data="story", sha256=sha256, figures={"overall": Figure(value=value, n=3, **more)})


def test_floors_are_pinned_raised_and_not_lowered_unasked(tmp_path):
    floors = Floors()
    assert floors.pin("record", part(0.51239), lower=False) == []
    floors.write(tmp_path / "floors.toml")
    floors = Floors.read(tmp_path / "floors.toml")
    assert floors.of("record", "story", "overall") == 0.512
    assert list(floors.faults("record", part(0.513))) == []
    assert "floor" in next(floors.faults("record", part(0.511)))
    assert floors.pin("record", part(0.4), lower=False) != []
    assert floors.of("record", "story", "overall") == 0.512
    assert floors.pin("record", part(0.4), lower=True) == []
    assert floors.of("record", "story", "overall") == 0.4


def test_other_data_do_not_pass():
    floors = Floors()
    floors.pin("record", part(0.5), lower=False)
    assert "--pin" in next(floors.faults("record", part(0.9, sha256="other")))


def test_a_figure_that_was_not_measured_does_not_pass():
    floors = Floors()
    floors.pin("record", part(0.5), lower=False)
    empty = Part(data="story", sha256="abc", figures={})
    assert "not measured" in next(floors.faults("record", empty))


def test_what_has_no_floor_yet_does_not_pass():
    assert "no floors" in next(Floors().faults("record", part(0.5)))


def test_what_depends_on_the_machine_has_no_floor():
    floors = Floors()
    floors.pin("throughput", part(12.0, pinned=False), lower=False)
    assert floors.table == {}
    assert list(floors.faults("throughput", part(12.0, pinned=False))) == []


def test_a_hash_tells_every_change(tmp_path):
    for name, text in (("a", "1"), ("b", "2")):
        (tmp_path / name).write_text(text)
    files = sorted(tmp_path.iterdir())
    first = hash_of(files, tmp_path)
    assert hash_of(reversed(files), tmp_path) == first
    (tmp_path / "b").write_text("3")
    assert hash_of(files, tmp_path) != first


# ---------------------------------------------------------------- command


@pytest.fixture
def stories(monkeypatch, tmp_path):
    """Two data sets, one of them not there; the floors in a scratch file."""

    def run(_options):
        yield part(0.5, peer=0.25)
        yield Missing(data="other", why="it is not there")

    file = tmp_path / "floors.toml"
    monkeypatch.setattr(command, "BENCHMARKS", {"stories": run})
    monkeypatch.setattr(command, "FLOORS", file)
    return file


@pytest.mark.usefixtures("stories")
def test_figures_are_printed_and_written(tmp_path, capsys):
    out = tmp_path / "figures.json"
    assert command.main(["--json", str(out)]) == 0
    assert json.loads(out.read_text()) == {
        "stories": {"story overall": {"value": 0.5, "peer": 0.25, "floor": None, "n": 3}}
    }
    assert "other: skipped, it is not there" in capsys.readouterr().out


def test_check_fails_below_a_floor(stories, capsys):
    stories.write_text('[stories.story]\nsha256 = "abc"\n[stories.story.floors]\noverall = 0.6\n')
    assert command.main([]) == 0
    assert command.main(["--check"]) == 1
    assert "its floor is 0.6" in capsys.readouterr().err
    assert command.main(["--pin"]) == 1
    assert command.main(["--pin", "--lower"]) == 0
    assert command.main(["--check"]) == 0


@pytest.mark.usefixtures("stories")
@pytest.mark.parametrize("arguments", [["nonsense"], ["--lower"], ["--data", "/no/such/folder"]])
def test_wrong_usage(arguments):
    with pytest.raises(SystemExit) as stop:
        command.main(arguments)
    assert stop.value.code == 2


# ---------------------------------------------------------------- generated reports


def test_generated_reports_are_the_same_for_the_same_seed(tmp_path):
    sources = {
        language: [
            "\n".join(
                f"Mr Berg of Elm told {n} men in 2031 that {language}{text}{n} was so."
                for n in "12"
            )
            for text in ("first", "second")
        ]
        for language in ("la", "eo")
    }
    made = {}
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_reports(tmp_path / name, sources, count=5, seed=seed)
        made[name] = [path.read_text("utf-8") for path in sorted((tmp_path / name).iterdir())]
    assert made["a"] == made["b"] != made["c"]
    assert len(set(made["a"])) == 5
    assert all(WORDS <= len(text.split()) < WORDS + 60 for text in made["a"])
    assert all("2031" in text for text in made["a"])


def test_the_data_folder(tmp_path):
    assert data_folder(tmp_path) == tmp_path
    assert data_folder(None, {"DRAGOMAN_DATA": str(tmp_path)}) == tmp_path
    assert data_folder(None, {"DRAGOMAN_DATA": str(tmp_path / "none")}) is None
    assert Path(ROOT, "pyproject.toml").is_file()


def test_stories_are_the_same_for_a_seed_and_their_synonyms_are_not_the_programs():
    once, again = list(told_stories(2, 3)), list(told_stories(2, 3))
    assert once == again != list(told_stories(2, 4))
    known = load("en").damage.synonyms
    for word, other in words().synonyms.items():
        assert other not in known.get(word, ())
        assert word not in known.get(other, ())


def test_a_story_is_recognised():
    part = next(iter(lineage.run(Options(seed=5), count=1)))
    assert isinstance(part, Part)
    assert all(figure.value >= 0.5 for figure in part.figures.values())
