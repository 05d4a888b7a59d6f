import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import (
    ConfigError,
    DragomanError,
    EntryMissing,
    RecordDamaged,
    RecordError,
    RecordMissing,
)
from dragoman.record import Reader
from dragoman.record.file import APPLICATION_ID, SCHEMA_VERSION
from dragoman.types import KINDS, identified

from .story import ENTRIES, FIRST, REPORTS, SECOND, THIRD, clock, exported, name_of, on, write


def altered(record, *statements):
    """Change the record behind its back."""
    db = sqlite3.connect(record)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def test_entries_come_back_in_a_fixed_order(record):
    order = list(KINDS)
    with Reader(record) as reader:
        found = list(reader.entries())
        assert found == sorted(ENTRIES, key=lambda e: (order.index(e.kind), e.id))
        assert [e.kind for e in reader.entries("actor")] == ["actor"] * 3
        assert reader.counts() == {k: sum(e.kind == k for e in ENTRIES) for k in KINDS}
        assert list(reader.counts()) == order
        with pytest.raises(ValueError, match="no kind"):
            next(reader.entries("song"))


def test_an_entry_by_its_id_or_its_beginning(record):
    with Reader(record) as reader:
        for entry in ENTRIES:
            assert reader.entry(entry.id) == entry
        assert reader.entry(ENTRIES[-1].id[:8]) == ENTRIES[-1]
        with pytest.raises(EntryMissing, match=r"several entries begin so .*act-.*, act-"):
            reader.entry("act-")
        for nothing in ("", "act-zz", "\udcff", "%", "' OR 1"):
            with pytest.raises(EntryMissing):
                reader.entry(nothing)


def test_reports_come_back_as_they_came(record):
    with Reader(record) as reader:
        for received in REPORTS:
            name = name_of(received)
            assert reader.received(name) == received
            assert reader.raw(name) == received.raw
            assert reader.text(name) == received.text
            assert reader.report(name).source == received.source
        for ask in (reader.text, reader.raw, reader.received, reader.report):
            with pytest.raises(EntryMissing):
                ask("rep-0")
        with pytest.raises(EntryMissing, match="of the kind actor"):
            reader.report(ENTRIES[3].id)


def test_states(record):
    with Reader(record) as reader:
        (state,) = reader.states()
    assert (state.id, state.cause, state.program) == (1, "build", "dragoman test")
    assert state.at == clock().replace(microsecond=0)


def test_a_sound_record_passes_its_check(record):
    with Reader(record) as reader:
        assert reader.check() == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE entry SET json = replace(json, 'Brusk', 'Brisk')", "was changed since"),
        ("UPDATE entry SET id = 'act-0' WHERE kind = 'boilerplate'", "that of another entry"),
        ("UPDATE evidence SET start = start + 1", "rows of evidence"),
        ("DELETE FROM ref WHERE field = 'speaker_id'", "rows of references"),
        ("DELETE FROM entry WHERE kind = 'actor' AND json LIKE '%Sud%'", "which is not there"),
        ("UPDATE report SET sha256 = 'ab'", "not the one that was received"),
        ("UPDATE report SET source = 'else'", "id is not that of its source"),
        ("UPDATE report SET text = substr(text, 1, 20)", "can't be read"),
        ("DELETE FROM report WHERE source = 'blog/two.txt'", "names a report that is not there"),
    ],
)
def test_the_check_finds(record, statement, fault):
    altered(record, statement)
    with Reader(record) as reader:
        assert any(fault in line for line in reader.check()), reader.check()


def test_the_check_finds_words_that_are_not_those_of_the_text(tmp_path):
    wrong = identified(type(ENTRIES[6])(evidence=(on(FIRST, "Norland"),)))
    moved = wrong.evidence[0]
    for start, fault in ((0, "not those of the text"), (10_000, "lie outside the text")):
        span = type(moved)(report=moved.report, start=start, end=start + 7, text="Norland")
        path = tmp_path / f"{start}.db"
        write(path, entries=[identified(type(wrong)(evidence=(span,)))])
        with Reader(path) as reader:
            (line,) = reader.check()
        assert fault in line


def test_not_there(tmp_path):
    with (
        pytest.raises(RecordMissing, match="dragoman build SOURCE"),
        Reader(tmp_path / "none.db"),
    ):
        pass
    (tmp_path / "empty.db").touch()
    with pytest.raises(RecordMissing, match="nothing was ever"), Reader(tmp_path / "empty.db"):
        pass
    assert (tmp_path / "empty.db").read_bytes() == b""
    with pytest.raises(RecordMissing), Reader(tmp_path):
        pass


@pytest.mark.parametrize("content", [b"x", b"no database at all\n" * 99])
def test_not_a_database(tmp_path, content):
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(RecordDamaged, match="no record of Dragoman"), Reader(path):
        pass
    assert path.read_bytes() == content


def test_another_version_or_another_database(record):
    altered(record, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(RecordDamaged, match=f"have version {SCHEMA_VERSION + 1}"), Reader(record):
        pass
    altered(record, f"PRAGMA user_version = {SCHEMA_VERSION}", "PRAGMA application_id = 7")
    with pytest.raises(RecordDamaged, match="no record of Dragoman"), Reader(record):
        pass
    altered(record, f"PRAGMA application_id = {APPLICATION_ID}", "DROP TABLE evidence")
    with Reader(record) as reader:
        assert reader.check()


def used(path):
    """Read all of a record; what was exported, and what the check says."""
    with Reader(path) as reader:
        faults = reader.check()
        for received in REPORTS:
            reader.text(name_of(received))
        list(reader.entries())
        reader.search("reef")
        reader.states()
        reader.skipped()
        reader.corrections()
    return exported(path), faults


def test_a_truncated_file_is_told(record):
    whole = record.read_bytes()
    for size in sorted({1, 50, 100, 4096, len(whole) // 2, len(whole) - 4096, len(whole) - 1}):
        record.write_bytes(whole[:size])
        try:
            _, faults = used(record)
        except RecordDamaged:
            continue
        assert faults, size  # a part of a page is read as if zeros came after it


def test_flipped_bits_are_told_or_harmless(record):
    """No other error than those of the record, and no changed export without a word about it."""
    whole, export = record.read_bytes(), exported(record)
    chance = random.Random(7)  # noqa: S311 - the same places every time
    held = [place for place, byte in enumerate(whole) if byte]  # the rest is mostly empty pages
    told = 0
    for _ in range(150):
        place = chance.choice(held)
        damaged = bytearray(whole)
        damaged[place] ^= 1 << chance.randrange(8)
        record.write_bytes(damaged)
        try:
            found, faults = used(record)
        except DragomanError:
            told += 1
        else:
            told += bool(faults)
            assert faults or found == export, place
    assert told > 75


def test_reading_changes_nothing(record):
    before = record.read_bytes()
    used(record)
    with Reader(record) as reader, pytest.raises(RecordError):
        list(reader.rows("DELETE FROM entry"))
    assert record.read_bytes() == before
    assert [path.name for path in record.parent.iterdir()] == [record.name]


AS_NOBODY = """
import os, sys
from pathlib import Path
from dragoman.errors import RecordError
from dragoman.record import Reader, Writer
os.setgid(65534); os.setuid(65534)
path = Path(sys.argv[1])
try:
    with Reader(path) as reader:
        print(sum(reader.counts().values()))
except RecordError as error:
    print(error.cause)
try:
    with Writer(path, replace=True) as writer:
        pass
except RecordError as error:
    print(error.cause)
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody without permission")
@pytest.mark.parametrize("file_mode", [0o444, 0o666])
def test_a_folder_that_may_not_be_written(record, file_mode, tmp_path):
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)
    record.chmod(file_mode)

    def asked():
        child = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, str(record)],
            capture_output=True,
            text=True,
            check=True,
        )
        return child.stdout.splitlines()

    read, written = asked()
    assert read == str(len(ENTRIES))
    assert "can't be" in written
    Path(f"{record}-wal").write_bytes(b"what a writer left behind")
    read, _ = asked()
    assert read.startswith("a writer left its log beside it")
    Path(f"{record}-wal").unlink()
    record.chmod(0o600)
    read, _ = asked()
    assert "can't be opened" in read


def test_search_finds_words_without_case_and_accents(record):
    with Reader(record) as reader:
        found = reader.search("COAST guard")
        assert [(f.kind, f.id) for f in found] == [
            ("statement", ENTRIES[10].id),
            ("report", name_of(SECOND)),
        ]
        for hit in found:
            text = reader.text(hit.span.report)
            assert text[hit.span.start : hit.span.end] == hit.span.text
            assert "côast" in hit.span.text
        assert [f.id for f in reader.search('"freed the crews"')] == [name_of(THIRD)]
        assert reader.search('"crews freed"') == []
        assert [f.id for f in reader.search("delegat*")] == [name_of(FIRST)]
        assert len(reader.search("Sudmark", limit=1)) == 2
        assert reader.search("") == reader.search("... *") == []


HOSTILE = [
    '"',
    '""" "',
    "a AND",
    "NEAR(",
    "words:reef",
    "reef OR",
    "*",
    "reef*",
    "^reef",
    "-reef",
    "{reef}",
    "reef\0",
    "\udcff reef",
    "'; DROP TABLE entry; --",
    "(((((",
    '"reef',
    "reef + * reef",
    "हिन्दी",
    "和平 谈判",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_search_is_safe(record, query):
    with Reader(record) as reader:
        reader.search(query)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(st.characters() | st.sampled_from('"*^-+(){}:\0 a')))
def test_search_is_safe_with_anything(record, query):
    with Reader(record) as reader:
        reader.search(query)


def test_readers_keep_their_state_while_others_write(record):
    with Reader(record) as reader:
        before = list(reader.entries())
        write(record, replace=True, entries=ENTRIES[:3])
        assert list(reader.entries()) == before
    with Reader(record) as reader:
        assert sum(reader.counts().values()) == 3


def test_search_takes_so_many_words_and_no_more(record):
    with Reader(record) as reader:
        reader.search(" ".join(["truce"] * 3000))  # one word, however often it is asked for
        with pytest.raises(ConfigError, match="ask for fewer"):
            reader.search(" ".join(f"w{number}*" for number in range(300)))
