"""Whatever is given to read: a page or a diagnostic, never silence, a traceback or a hang."""

import io
import os
import sys
import threading
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import clippings as cl
from clippings.cli import main
from clippings.reading import folders, reader

PAGE = "DATE:\n\n02/11/2007\n\nMinsk was quiet on Tuesday.\n"
HTML = "<p>They met in Minsk on Tuesday.<p>Nobody spoke of it, and nobody was seen to leave the talks."


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(PAGE, "utf-8")


def rows(corpus: cl.Corpus, root: Path) -> dict[str, tuple[str, str]]:
    found = corpus.sources
    return {
        os.path.relpath(file, root): (kind, state)
        for file, kind, state in zip(found["file"], found["kind"], found["state"], strict=True)
    }


class Stream:
    """An open file that gives what it is told to give."""

    def __init__(self, gives: object, name: str = "") -> None:
        self.gives, self.name = gives, name

    def read(self, _size: int = -1) -> object:
        if isinstance(self.gives, BaseException):
            raise self.gives
        return self.gives


@pytest.mark.parametrize(
    ("gives", "message"),
    [
        (RuntimeError("the line went dead"), "the line went dead"),
        (OSError(5, "Input/output error"), "Input/output error"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), "invalid start byte"),
        (ZeroDivisionError(), "ZeroDivisionError"),
        (None, "gave NoneType, not bytes or text"),
        (["many", "words"], "gave list, not bytes or text"),
        (7, "gave int, not bytes or text"),
    ],
)
@pytest.mark.parametrize("name", ["", "press.zip", "a.txt"])
def test_an_open_file_that_gives_no_bytes_is_a_diagnostic(gives, message, name):
    corpus = cl.read(Stream(gives, name), io.StringIO(PAGE))
    (failure,) = corpus.failures
    assert failure.code == "CLP107"
    assert message in failure.message
    assert len(corpus) == 1
    assert corpus.sources["state"].tolist() == ["failed", "read"]
    with pytest.raises(cl.SourceError, match="CLP107"):
        cl.read(Stream(gives, name), strict=True)


@pytest.mark.parametrize("gives", [bytearray(PAGE.encode()), memoryview(PAGE.encode())])
def test_an_open_file_may_give_any_kind_of_bytes(gives):
    assert cl.read(Stream(gives))[0].text == PAGE


def test_an_interruption_is_no_diagnostic():
    with pytest.raises(KeyboardInterrupt):
        cl.read(Stream(KeyboardInterrupt()))


@pytest.mark.parametrize("codec", ["utf-32", "utf-32-le", "utf-16", "utf-8-sig"])
def test_a_page_in_utf_32_with_a_mark(tmp_path, codec):
    mark = "" if codec in ("utf-32", "utf-16", "utf-8-sig") else "\ufeff"
    (tmp_path / "a.txt").write_bytes((mark + PAGE).encode(codec))
    corpus = cl.read(tmp_path)
    assert corpus.failures == ()
    assert corpus[0].text == PAGE


def test_half_a_character_of_utf_32_is_told(tmp_path):
    (tmp_path / "a.txt").write_bytes("\ufeffMinsk".encode("utf-32-le")[:-2])
    (failure,) = cl.read(tmp_path).failures
    assert failure.code == "CLP105"


def test_home_is_found(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    write(tmp_path, "press/2007/a.txt", "press/b.txt")
    for source in ("~/press", "~/press/**", Path("~/press"), "~/press/*"):
        assert [clipping.id for clipping in cl.read(source)] == ["2007/a", "b"]
    assert [clipping.id for clipping in cl.read("~/press/b.txt")] == ["b"]
    assert [failure.code for failure in cl.read("~/gone").failures] == ["CLP101"]
    assert [failure.code for failure in cl.read("~nobody-of-this-name/a").failures] == ["CLP101"]


def test_a_file_whose_name_begins_with_a_tilde(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "~/a.txt", "~b.txt")
    assert [clipping.id for clipping in cl.read("~", "~b.txt")] == ["a", "~b"]


def test_lists_of_sources(tmp_path):
    write(tmp_path, "a.txt", "b.txt", "c.txt")
    names = [tmp_path / "b.txt", str(tmp_path / "a.txt")]
    for sources in (names, tuple(names), iter(names), [names], (name for name in names)):
        assert [clipping.id for clipping in cl.read(sources, tmp_path / "c.txt")] == ["b", "a", "c"]
    assert len(cl.read([])) == 0


@pytest.mark.parametrize("wrong", [5, None, pd.DataFrame(), b"a.txt", [1], [None], [b"a.txt"], [["a.txt"], 2.0]])
def test_what_is_no_source_is_refused(wrong):
    with pytest.raises(TypeError, match="neither a path nor an open file"):
        cl.read(wrong)


@pytest.mark.parametrize(
    "head", ["<!DOCTYPE html><html><body>", "<html>", "\n  <HTML lang=en>", "<!-- saved -->\n<!doctype html>", "<body>"]
)
@pytest.mark.parametrize("encoded", [True, False])
def test_an_open_file_that_is_html(head, encoded):
    words = head + HTML
    stream = io.BytesIO(words.encode()) if encoded else io.StringIO(words)
    (clipping,) = cl.read(stream)
    assert "<" not in clipping.text
    assert "They met in Minsk on Tuesday." in clipping.text


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe"])
def test_html_behind_a_mark(mark):
    words = ("<html><body>" + HTML).encode("utf-8" if mark[0] == 0xEF else "utf-16-le")
    assert "<" not in cl.read(io.BytesIO(mark + words))[0].text


@pytest.mark.parametrize("words", ["A <html> tag was found in Minsk.", "<hr> is a rule, and so is this.", "x < y"])
def test_a_text_that_speaks_of_html_is_text(words):
    assert cl.read(io.StringIO(words), layout="plain")[0].text == words


@pytest.mark.parametrize(("begins", "is_html"), [("<html>", True), ("<!DOCTYPE html>\n<p>", True), ("<p>", False)])
def test_html_in_a_text_file(tmp_path, begins, is_html):
    (tmp_path / "a.txt").write_text(begins + HTML, "utf-8")
    assert ("<" not in cl.read(tmp_path)[0].text) == is_html


def test_html_on_standard_input(monkeypatch, capsysbinary):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"<html><body>" + HTML.encode())))
    sys.stdin.buffer.name = "<stdin>"
    assert main(["parse", "-", "--format", "table"]) == 0
    assert b"<" not in capsysbinary.readouterr().out.replace(b"<stdin>", b"")


def test_a_file_is_read_once_however_many_links_lead_to_it(tmp_path):
    write(tmp_path, "2007/a.txt")
    (tmp_path / "2007" / "b.txt").symlink_to("a.txt")
    (tmp_path / "2008").mkdir()
    (tmp_path / "2008" / "c.txt").hardlink_to(tmp_path / "2007" / "a.txt")
    (tmp_path / "2008" / "d.txt").symlink_to("../2007/b.txt")
    for source in (tmp_path, f"{tmp_path}/**", [tmp_path, tmp_path / "2008" / "d.txt", tmp_path]):
        corpus = cl.read(source)
        assert [clipping.id for clipping in corpus] == ["2007/a"]
        assert rows(corpus, tmp_path) == {
            "2007/a.txt": (".txt", "read"),
            "2007/b.txt": ("link", "not read"),
            "2008/c.txt": ("link", "not read"),
            "2008/d.txt": ("link", "not read"),
        }
        assert len(corpus.sources) == 4
        assert {told.message for told in corpus.unread} == {f"not read: a link to {tmp_path}/2007/a.txt, which is read"}
    assert [clipping.id for clipping in cl.read(tmp_path / "2007" / "b.txt")] == ["b"]


@pytest.mark.parametrize("source", ["press", "press/**", "press/**/*.txt", "press/*", "**/a.txt", "press/**/**/*.txt"])
def test_links_that_loop_end(tmp_path, monkeypatch, source):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "press/2007/a.txt")
    for name in ("up", "2007/up", "2007/again"):
        (tmp_path / "press" / name).symlink_to(tmp_path / "press", target_is_directory=True)
    corpus = cl.read(source)
    assert len(corpus) == 1
    assert corpus.failures == ()
    links = corpus.sources.query("state == 'not read'")
    assert set(links["kind"]) <= {"link"}
    if source != "**/a.txt":
        assert len(links) >= 2


def test_a_folder_that_is_only_a_link_is_followed_when_it_is_named(tmp_path):
    write(tmp_path, "press/a.txt")
    (tmp_path / "link").symlink_to("press", target_is_directory=True)
    assert [clipping.id for clipping in cl.read(tmp_path / "link")] == ["a"]
    assert [clipping.id for clipping in cl.read(tmp_path / "link" / "*.txt")] == ["a"]
    assert [clipping.id for clipping in cl.read(f"{tmp_path}/li*")] == ["link/a"]


@pytest.fixture
def shut(tmp_path, monkeypatch) -> Path:
    """A folder with another in it that may not be opened."""
    write(tmp_path, "a.txt", "shut/b.txt", "z/c.txt")
    scandir = os.scandir

    def refuse(path):
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(folders.os, "scandir", refuse)
    return tmp_path


@pytest.mark.parametrize("source", ["", "/**", "/**/*.txt", "/*"])
def test_a_folder_that_may_not_be_opened_is_told(shut, source):
    corpus = cl.read(f"{shut}{source}")
    assert [clipping.id for clipping in corpus] == ["a", "z/c"]
    (failure,) = corpus.failures
    assert (failure.code, failure.file) == ("CLP107", f"{shut}/shut")
    assert "Permission denied" in failure.message
    assert rows(corpus, shut)["shut"] == ("folder", "failed")
    with pytest.raises(cl.SourceError, match="CLP107"):
        cl.read(f"{shut}{source}", strict=True)


def test_a_source_that_may_not_be_opened_is_told_once(shut):
    corpus = cl.read(shut / "shut")
    assert [(failure.code, failure.file) for failure in corpus.failures] == [("CLP107", f"{shut}/shut")]


def in_time(source: str) -> cl.Corpus:
    """Read in a thread, so that a hang fails and does not stop the tests."""
    found: list[cl.Corpus] = []
    thread = threading.Thread(target=lambda: found.append(cl.read(source)), daemon=True)
    thread.start()
    thread.join(20)
    assert found, "it hangs"
    return found[0]


@pytest.mark.parametrize("source", ["", "/*", "/*.txt", "/**", "/**/*.txt", "/p*"])
def test_a_pipe_in_a_folder_or_pattern_is_told(tmp_path, source):
    write(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "pipe2.txt").symlink_to("pipe.txt")
    (tmp_path / "pnull").symlink_to("/dev/null")
    corpus = in_time(f"{tmp_path}{source}")
    assert len(corpus) == (source != "/p*")
    found = rows(corpus, tmp_path)
    assert found["pipe.txt"] == found["pipe2.txt"] == ("pipe or device", "not read")
    assert all("a pipe or device" in told.message for told in corpus.unread)
    assert corpus.failures == ()


def test_devices_of_a_pattern_are_told():
    corpus = in_time("/dev/zer*")
    assert [told.code for told in corpus.unread] == ["CLP117"]


def test_other_kinds_are_told_by_name(tmp_path):
    write(tmp_path, "a.txt", "talks.key", "notes", "b.TXT")
    (tmp_path / "page.html").write_text(HTML, "utf-8")
    write(tmp_path, "page_files/style.css", "page_files/ad.html", "other_files/b.css")
    corpus = cl.read(tmp_path)
    assert rows(corpus, tmp_path) == {
        "a.txt": (".txt", "read"),
        "b.TXT": (".txt", "read"),
        "notes": ("no suffix", "not read"),
        "other_files/b.css": (".css", "not read"),
        "page.html": (".html", "read"),
        "page_files/ad.html": ("part of a saved page", "not read"),
        "page_files/style.css": ("part of a saved page", "not read"),
        "talks.key": (".key", "not read"),
    }
    assert {Path(told.file).name for told in corpus.unread} == {
        "notes",
        "b.css",
        "ad.html",
        "style.css",
        "talks.key",
    }


def test_a_pattern_with_many_steps_takes_time_by_what_it_meets(tmp_path):
    deep = tmp_path.joinpath(*["d"] * 12)
    write(deep, "a.txt")
    assert [clipping.id for clipping in cl.read(f"{tmp_path}/**/**/**/**/**/*.txt")] == ["d/" * 12 + "a"]


def test_a_fault_of_ours_stops_no_other_page(tmp_path, monkeypatch):
    write(tmp_path, "a.txt", "b.txt")
    lay_out = reader.lay_out

    def fail(text, layout):
        if "Brest" in text:
            raise ValueError("no such day")
        return lay_out(text, layout)

    (tmp_path / "b.txt").write_text(PAGE.replace("Minsk", "Brest"), "utf-8")
    monkeypatch.setattr(reader, "lay_out", fail)
    corpus = cl.read(tmp_path)
    assert [failure.code for failure in corpus.failures] == ["CLP501"]
    assert corpus.summary == "2 files: 1 read (1 clipping), 1 failed"
    with pytest.raises(ValueError, match="no such day"):
        cl.read(tmp_path, strict=True)


@pytest.mark.parametrize("cut", [False, True])
def test_a_zip_that_was_cut_within_an_archive_it_holds_is_no_archive(tmp_path, cut):
    """The end of what is left is that of the inner archive, by which the whole would be read as that."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("inner.txt", "Minsk was quiet.")
    with zipfile.ZipFile(tmp_path / "press.zip", "w") as archive:
        archive.writestr("a.txt", "Brest was loud.")
        archive.writestr("old.zip", inner.getvalue())
    data = (tmp_path / "press.zip").read_bytes()
    end = data.index(inner.getvalue()) + len(inner.getvalue())
    (tmp_path / "press.zip").write_bytes(data[:end] if cut else data)
    corpus = cl.read(tmp_path / "press.zip")
    assert [clipping.id for clipping in corpus] == ([] if cut else ["a"])
    assert [(why.code, "cut short" in why.message) for why in corpus.failures if cut] == [("CLP111", True)] * cut


def test_a_zip_behind_a_program_that_unpacks_it_is_read(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "Minsk was quiet.")
    (tmp_path / "press.zip").write_bytes(b"#!/bin/sh\nunzip $0\n" + packed.getvalue())
    assert [clipping.id for clipping in cl.read(tmp_path / "press.zip")] == ["a"]
