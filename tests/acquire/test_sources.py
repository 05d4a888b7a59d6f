"""Folders, files and standard input: what is found, in which order, and what is refused."""

import gc
import io
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import acquire
from dragoman.acquire import Limits
from dragoman.acquire.source import Stream, printable
from dragoman.claims import Received
from dragoman.errors import SourceError

TALKS = "The parties met on Friday and will meet again.\n"


def put(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("__", "/")
        path = path.with_name(path.name.replace("_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(*sources, **options):
    return list(acquire.read([str(source) for source in sources], **options))


def names(*sources):
    return [item.source for item in read(*sources)]


def one(source, **options):
    (item,) = read(source, **options)
    return item


def refused(item, cause):
    assert isinstance(item, SourceError), item
    assert cause in item.cause
    assert item.place
    assert item.step
    assert "\n" not in str(item)
    return item


def test_folder_is_read_in_order_of_names(tmp_path):
    put(tmp_path, b_txt=TALKS, a_txt=TALKS, sub__c_txt=TALKS, sub__deep__d_txt=TALKS, z_txt=TALKS)
    assert names(tmp_path) == ["a.txt", "b.txt", "sub/c.txt", "sub/deep/d.txt", "z.txt"]


def test_text_and_bytes_are_as_they_were(tmp_path):
    put(tmp_path, a_txt=b"\xef\xbb\xbfOne\r\nT\xc3\xa9")
    received = one(tmp_path / "a.txt")
    assert received == Received(
        source="a.txt",
        text="One\r\nTé",
        raw=b"\xef\xbb\xbfOne\r\nT\xc3\xa9",
        media_type="text/plain; charset=utf-8",
    )


def test_order_of_sources_does_not_matter(tmp_path):
    put(tmp_path, one__a_txt=TALKS, two__b_txt=TALKS, c_txt=TALKS)
    sources = [tmp_path / "two", tmp_path / "c.txt", tmp_path / "one"]
    assert names(*sources) == names(*reversed(sources)) == ["c.txt", "a.txt", "b.txt"]


def test_hidden_files_are_passed_over_unless_named(tmp_path):
    put(tmp_path, a_txt=TALKS)
    (tmp_path / ".hidden.txt").write_text(TALKS)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text(TALKS)
    assert names(tmp_path) == ["a.txt"]
    assert names(tmp_path / ".hidden.txt") == [".hidden.txt"]


def test_a_file_reached_twice_is_read_once(tmp_path):
    put(tmp_path, a_txt=TALKS, sub__b_txt=TALKS)
    (tmp_path / "z.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "zz").symlink_to(tmp_path / "sub")
    assert names(tmp_path, tmp_path / "sub", tmp_path / "a.txt") == ["a.txt", "sub/b.txt"]


def test_links_out_of_the_folder_are_followed(tmp_path):
    put(tmp_path, away__b_txt=TALKS, here__a_txt=TALKS)
    (tmp_path / "here" / "linked").symlink_to(tmp_path / "away")
    assert names(tmp_path / "here") == ["a.txt", "linked/b.txt"]


def test_loop_is_one_line_and_the_rest_is_read(tmp_path):
    put(tmp_path, a_txt=TALKS, sub__b_txt=TALKS)
    (tmp_path / "sub" / "again").symlink_to(tmp_path)
    first, loop, last = read(tmp_path)
    refused(loop, "back to a folder")
    assert loop.place.endswith("sub/again")
    assert [first.source, last.source] == ["a.txt", "sub/b.txt"]


def test_links_to_nothing_and_to_themselves(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    gone, self_ = read(tmp_path)
    refused(gone, "link to nothing")
    refused(self_, "leads to itself")


def test_special_files_are_never_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(tmp_path / "sock.txt"))
        pipe, sock = read(tmp_path)
    refused(pipe, "named pipe")
    refused(sock, "socket")
    refused(one("/dev/zero"), "device")


@pytest.mark.parametrize("path", ["no/such/file", "a\0b", "", "x" * 5000])
def test_what_is_not_there(path):
    refused(one(path), "")


def test_empty_folder(tmp_path):
    refused(one(tmp_path), "without files")


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\xef\xbb\xbf\n", "\u2003".encode()])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a"])
def test_empty_file(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    if not (name == "a.jsonl" and content == "\u2003".encode()):
        refused(one(tmp_path / name), "empty")


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="needs users")
def test_without_permission():
    # The superuser may read anything, so become nobody, in a folder that nobody may enter.
    folder = pathlib.Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    put(folder, a_txt=TALKS, b_txt=TALKS, shut__c_txt=TALKS)
    (folder / "a.txt").chmod(0)
    (folder / "shut").chmod(0)
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        closed, received, shut = read(folder)
    finally:
        os.seteuid(me)
        (folder / "shut").chmod(0o755)
        shutil.rmtree(folder)
    refused(closed, "no permission")
    assert received.source == "b.txt"
    refused(shut, "no permission")


def test_failing_disk(tmp_path, monkeypatch):
    put(tmp_path, a_txt=TALKS, b_txt=TALKS)
    opened = pathlib.Path.open

    def broken(self, *args, **kwargs):
        if self.name == "a.txt":
            raise OSError(5, "Input/output error")
        return opened(self, *args, **kwargs)

    monkeypatch.setattr(pathlib.Path, "open", broken)
    first, second = read(tmp_path)
    refused(first, "Input/output error")
    assert second.source == "b.txt"


def test_too_big_is_refused_unread(tmp_path):
    with (tmp_path / "big.txt").open("wb") as file:
        file.write(TALKS.encode() * 3000)
        file.truncate(200_000_000)
    put(tmp_path, small_txt=TALKS)
    start = time.perf_counter()
    big, small = read(tmp_path)
    assert time.perf_counter() - start < 0.5
    refused(big, "200 MB is more than the 20 MB allowed")
    assert small.source == "small.txt"


def test_limit_is_exact(tmp_path):
    put(tmp_path, a_txt="x" * 100)
    assert one(tmp_path, limits=Limits(max_bytes=100)).text == "x" * 100
    refused(one(tmp_path, limits=Limits(max_bytes=99)), "100 bytes is more than the 99 bytes")
    refused(one("-", limits=Limits(max_bytes=99), stdin=io.BytesIO(b"x" * 100)), "more than")


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04" + bytes(26) + b"word/document.xml", "Office document"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip", "e-book"),
        (b"PK\x03\x04" + bytes(26) + b"a.txt", "ZIP archive"),
        (b"\x1f\x8b\x08\0\0", "compressed"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
        (b"GIF89a\x01", "picture"),
        (b"RIFF\x01\x02\x03\x04WEBP", "picture"),
        (b"RIFF\x01\x02\x03\x04WAVE", "sound"),
        (b"\0\0\0\x18ftypmp42", "sound or film"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"{\\rtf1 Talks}", "RTF"),
        (b"SQLite format 3\0", "database"),
        (b"\x7fELF\x02", "program"),
        (b"WARC/1.0\r\n", "web archive"),
        (b"<?xml version='1.0'?>\n<rss version='2.0'>", "feed"),
        (b"some words\0and a NUL", "binary"),
        (bytes(range(256)) * 4, "binary"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a"])
def test_what_holds_no_text(tmp_path, name, content, cause):
    (tmp_path / name).write_bytes(content)
    refused(one(tmp_path / name), cause)


@pytest.mark.parametrize("text", ["MZ is a code.", "BM said so.", "ID3 and others met.", "PK won."])
def test_text_that_begins_like_a_program(tmp_path, text):
    put(tmp_path, a_txt=text)
    assert one(tmp_path).text == text


def test_standard_input():
    received = one("-", stdin=io.BytesIO(TALKS.encode()))
    assert (received.source, received.text) == ("stdin", TALKS)
    assert one("-", stdin=io.BytesIO(b"<html><body><p>Talks go on.</p></body></html>")).media_type
    refused(one("-", stdin=io.BytesIO(b"")), "empty")
    lines = io.BytesIO(b'{"text": "a"}\n{"text": "b", "id": 7}\n')
    assert [item.source for item in acquire.read(["-"], stdin=lines)] == ["stdin#1", "7"]


def test_standard_input_is_left_open():
    stdin = io.BytesIO(TALKS.encode())
    one("-", stdin=stdin)
    gc.collect()
    assert not stdin.closed


def test_reading_is_lazy(tmp_path):
    put(tmp_path, a_txt=TALKS, b_txt=TALKS)
    reports = acquire.read([str(tmp_path)])
    assert next(reports).source == "a.txt"
    (tmp_path / "b.txt").unlink()
    refused(next(reports), "does not exist")


def test_names_that_are_no_text(tmp_path):
    (tmp_path / "a\nb\x1b[31m.txt").write_text(TALKS)
    (tmp_path / os.fsdecode(b"c\xff.txt")).write_text(TALKS)
    (tmp_path / os.fsdecode(b"d\xff.txt")).write_text("")
    first, second, third = read(tmp_path)
    assert first.source == "a\\nb\\x1b[31m.txt"
    assert second.source == "c\\xff.txt"
    assert refused(third, "empty").place.endswith("d\\xff.txt")


def test_folders_nested_deep(tmp_path):
    here = pathlib.Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(1200):
            pathlib.Path("d").mkdir()
            os.chdir("d")
        pathlib.Path("a.txt").write_text(TALKS)
        os.chdir(tmp_path)
        received = one("d")
    finally:
        os.chdir(here)
    assert received.source.endswith("/d/a.txt")
    # Python 3.11's own rmtree is not up to it.
    subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


def test_same_twice(tmp_path):
    put(tmp_path, a_txt=TALKS, b_html="<p>Talks go on.</p>", c_jsonl='{"text": "Talks"}\n{')
    assert list(map(str, read(tmp_path))) == list(map(str, read(tmp_path)))


@given(st.text())
def test_printable_names(name):
    shown = printable(name)
    assert shown.isprintable()
    shown.encode()


@given(st.lists(st.binary(max_size=40)), st.integers(1, 50))
def test_lines_are_those_of_the_file(lines, limit):
    lines = [line.replace(b"\n", b"") + b"\n" for line in lines]
    stream = Stream(io.BytesIO(b"".join(lines)))
    for line in lines:
        got, cut = stream.line(limit)
        assert got == line[: limit + 1]
        assert cut == (len(line) > limit + 1)
    assert stream.line(limit) == (b"", False)
