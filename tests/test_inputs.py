"""Archives, open files and frames: every page is read or told, nothing is written, and what could hurt is refused."""

import bz2
import gzip
import io
import lzma
import os
import stat
import sys
import tarfile
import threading
import tracemalloc
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import clippings as cl
from clippings.cli import main
from clippings.reading import archives

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "data" / "clippings" / "112007-14.txt").read_bytes()
PACKERS = {".tar": bytes, ".tar.gz": gzip.compress, ".tgz": gzip.compress, ".tar.xz": lzma.compress}
PACKERS |= {".txz": lzma.compress, ".tar.bz2": bz2.compress}
KINDS = [".zip", *PACKERS]


def page(word: str) -> bytes:
    return f"DATE:\n\n02/11/2007\n\n{word} was quiet on Tuesday.\n".encode()


def packed(kind: str, members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    if kind == ".zip":
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return file.getvalue()
    with tarfile.open(fileobj=file, mode="w:") as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return PACKERS[kind](file.getvalue())


def tarred(*members: tarfile.TarInfo) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:") as archive:
        for member in members:
            archive.addfile(member, io.BytesIO(b"x" * member.size))
    return file.getvalue()


def read(name: str, data: bytes, tmp_path: Path) -> cl.Corpus:
    (tmp_path / name).write_bytes(data)
    before = sorted(tmp_path.rglob("*"))
    corpus = cl.read(tmp_path / name)
    assert sorted(tmp_path.rglob("*")) == before
    return corpus


def codes(corpus: cl.Corpus) -> list[str]:
    return [failure.code for failure in corpus.failures]


@pytest.mark.parametrize("kind", KINDS)
def test_an_archive_is_read_as_a_folder_is(kind, tmp_path):
    names = ("b.txt", "a.txt", "sub/c.txt")
    members = {**{name: page(name) for name in names}, "notes.md": b"no page", "__MACOSX/._a.txt": b"\0\1\2"}
    corpus = read(f"press{kind}", packed(kind, members), tmp_path)
    assert [clipping.id for clipping in corpus] == ["a", "b", "sub/c"]
    assert [clipping.path for clipping in corpus] == [f"{tmp_path}/press{kind}/{name}" for name in sorted(names)]
    assert [clipping.text.encode() for clipping in corpus] == [members[name] for name in sorted(names)]
    assert corpus.failures == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_member_stops_no_other(kind, tmp_path):
    members = {"a.txt": page("Minsk"), "b.txt": b"", "c.txt": b"\x89PNG", "d.txt": page("Brest")}
    corpus = read(f"press{kind}", packed(kind, members), tmp_path)
    assert [clipping.id for clipping in corpus] == ["a", "d"]
    assert codes(corpus) == ["CLP103", "CLP104"]
    assert [Path(failure.file).name for failure in corpus.failures] == ["b.txt", "c.txt"]


TRICKS = ["/etc/a.txt", "../a.txt", "sub/../../a.txt", "..\\a.txt", "C:\\a.txt", "C:/a.txt", "\\a.txt"]


@pytest.mark.parametrize("name", TRICKS)
@pytest.mark.parametrize("kind", [".zip", ".tar"])
def test_a_name_that_leads_out_is_told_and_not_read(kind, name, tmp_path):
    corpus = read(f"press{kind}", packed(kind, {name: PAGE, "good.txt": PAGE}), tmp_path)
    assert [clipping.id for clipping in corpus] == ["good"]
    assert codes(corpus) == ["CLP112"]
    assert repr(name.replace("\0", ""))[1:-1] in corpus.failures[0].message


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_a_link_or_device_in_a_tar_file_is_told(kind, tmp_path):
    link = tarfile.TarInfo("link.txt")
    link.type, link.linkname = kind, "/etc/passwd"
    corpus = read("press.tar", tarred(link), tmp_path)
    assert (len(corpus), codes(corpus)) == (0, ["CLP112"])


def test_a_link_in_a_zip_file_is_told(tmp_path):
    file = io.BytesIO()
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert codes(read("press.zip", file.getvalue(), tmp_path)) == ["CLP112"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("inner", KINDS)
def test_an_archive_within_an_archive_is_told_and_not_opened(kind, inner, tmp_path):
    members = {f"more{inner}": packed(inner, {"a.txt": PAGE}), "good.txt": PAGE}
    corpus = read(f"press{kind}", packed(kind, members), tmp_path)
    assert [clipping.id for clipping in corpus] == ["good"]
    assert codes(corpus) == ["CLP114"]


@pytest.mark.parametrize("kind", [".zip", ".tar", ".tar.gz"])
def test_too_many_members(kind, tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    corpus = read(f"press{kind}", packed(kind, {f"{n}.txt": page(str(n)) for n in range(5)}), tmp_path)
    assert codes(corpus) == ["CLP113"]


@pytest.mark.parametrize("kind", [".zip", ".tar.gz", ".tar.xz"])
def test_a_bomb_is_refused(kind, tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "SMALL", 100_000)
    monkeypatch.setattr(archives, "MAX_RATIO", 20)
    corpus = read(f"press{kind}", packed(kind, {"bomb.txt": b" " * 2_000_000}), tmp_path)
    assert (len(corpus), codes(corpus)) == (0, ["CLP113"])
    assert "unpacked" in corpus.failures[0].message


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_that_holds_more_than_it_declares_is_not_unpacked(method, tmp_path):
    file, size = io.BytesIO(), 30_000_000
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("a.txt", b" " * size)
    lying = file.getvalue().replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    tracemalloc.start()
    corpus = read("press.zip", lying, tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(corpus), codes(corpus)) == (0, ["CLP111"])
    assert peak < size


def test_a_sparse_member_that_claims_much_is_refused(tmp_path):
    sparse = tarfile.TarInfo("bomb.txt")
    claims = {"major": "0", "minor": "1", "map": "0,1", "size": "9999999"}
    sparse.pax_headers = {f"GNU.sparse.{name}": value for name, value in claims.items()}
    sparse.size = 1
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(sparse, io.BytesIO(b"x"))
    corpus = read("press.tar", file.getvalue(), tmp_path)
    assert (len(corpus), codes(corpus)) == (0, ["CLP112"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_member_larger_than_a_page(kind, tmp_path):
    members = {"big.txt": b"x" * 20_000_001, "good.txt": PAGE}
    corpus = read(f"press{kind}", packed(kind, members), tmp_path)
    assert [clipping.id for clipping in corpus] == ["good"]
    assert codes(corpus) == ["CLP106"]
    assert "20,000,001" in corpus.failures[0].message


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("keep", [0, 1, 20, 0.5, 0.7])
def test_a_cut_archive_is_told(kind, keep, tmp_path):
    data = packed(kind, {f"{n}.txt": os.urandom(64).hex().encode() * 40 for n in range(9)})
    corpus = read(f"press{kind}", data[: keep if isinstance(keep, int) else int(len(data) * keep)], tmp_path)
    assert set(codes(corpus)) <= {"CLP102", "CLP111"}
    assert len(corpus.failures) == 1
    assert len(corpus) < 9


def test_a_spoiled_member_stops_no_other(tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.txt", page("Minsk"))
        archive.writestr("b.txt", page("Brest"))
    corpus = read("press.zip", file.getvalue().replace(b"Minsk", b"Pinsk"), tmp_path)
    assert [clipping.id for clipping in corpus] == ["b"]
    assert codes(corpus) == ["CLP111"]


def test_an_archive_under_a_password(tmp_path):
    data = bytearray(packed(".zip", {"a.txt": PAGE}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    corpus = read("press.zip", bytes(data), tmp_path)
    assert codes(corpus) == ["CLP111"]
    assert "encrypted" in corpus.failures[0].message


@pytest.mark.parametrize("kind", KINDS)
def test_an_archive_without_pages(kind, tmp_path):
    assert codes(read(f"press{kind}", packed(kind, {"notes.md": b"x"}), tmp_path)) == ["CLP102"]


def test_a_folder_gives_the_pages_of_its_archives_too(tmp_path):
    (tmp_path / "a.txt").write_bytes(page("Minsk"))
    (tmp_path / "b.zip").write_bytes(packed(".zip", {"z.txt": page("Brest")}))
    (tmp_path / "c.txt").write_bytes(page("Orsha"))
    (tmp_path / "d.htm").write_bytes(b"<p>Quiet.")
    assert [clipping.id for clipping in cl.read(tmp_path)] == ["a", "b.zip/z", "c", "d"]
    assert [clipping.id for clipping in cl.read(f"{tmp_path}/*.zip", tmp_path / "b.zip")] == ["b.zip/z"]


def test_the_frames_of_a_saved_page_are_no_pages(tmp_path):
    for name in ("page.html", "page_files/ad.html", "my_files/a.html", "page_files/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"<p>Quiet in " + name.encode())
    found = [Path(clipping.path).relative_to(tmp_path).as_posix() for clipping in cl.read(tmp_path)]
    assert found == ["my_files/a.html", "page.html", "page_files/a.txt"]


@pytest.mark.parametrize("name", ["gone.zip", "gone.tar.gz"])
def test_an_archive_that_is_not_there(name, tmp_path):
    assert codes(cl.read(tmp_path / name)) == ["CLP101"]


def test_a_folder_named_as_an_archive(tmp_path):
    (tmp_path / "press.zip").mkdir()
    (tmp_path / "press.zip" / "a.txt").write_bytes(PAGE)
    assert [clipping.id for clipping in cl.read(tmp_path / "press.zip")] == ["a"]


def test_a_pipe_in_a_folder_is_passed_over_and_a_named_one_is_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_bytes(PAGE)
    assert [clipping.id for clipping in cl.read(tmp_path)] == ["a"]
    writer = threading.Thread(target=(tmp_path / "pipe.txt").write_bytes, args=(PAGE,))
    writer.start()
    corpus = cl.read(tmp_path / "pipe.txt")
    writer.join()
    assert corpus[0].text.encode() == PAGE


def test_a_device_that_never_ends():
    assert codes(cl.read("/dev/zero")) == ["CLP106"]


@pytest.mark.parametrize("stream", [io.BytesIO(PAGE), io.StringIO(PAGE.decode())])
def test_an_open_file_without_a_name(stream):
    (clipping,) = cl.read(stream)
    assert (clipping.text.encode(), clipping.path) == (PAGE, "")
    assert clipping.sha256.startswith(clipping.id)


def test_an_open_file_with_a_name(tmp_path):
    (tmp_path / "112007-3.txt").write_bytes(page("Minsk"))
    (tmp_path / "press.zip").write_bytes(packed(".zip", {"z.txt": PAGE}))
    with (tmp_path / "112007-3.txt").open("rb") as first, (tmp_path / "press.zip").open("rb") as second:
        assert [clipping.id for clipping in cl.read(first, second)] == ["112007-3", "z"]


@pytest.mark.parametrize("stream", [io.BytesIO(), io.StringIO()])
def test_an_open_file_that_is_empty(stream):
    assert codes(cl.read(stream)) == ["CLP103"]


def test_an_open_file_that_is_too_long():
    assert codes(cl.read(io.BytesIO(b" " * 20_000_001), io.BytesIO(PAGE))) == ["CLP106"]


@pytest.mark.parametrize("command", ["parse", "annotate", "check"])
def test_standard_input(command, monkeypatch, capsysbinary):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(page("Minsk"))))
    sys.stdin.buffer.name = "<stdin>"
    assert main([command, "-"]) == 0
    output = capsysbinary.readouterr().out
    assert (b'"path":"<stdin>"' in output) == (command != "check")


def test_a_frame():
    frame = pd.DataFrame({"id": ["112007-3", "a/b.c"], "text": [PAGE.decode(), "Minsk was quiet."], "note": [1, 2]})
    corpus = cl.read_frame(frame)
    assert [(clipping.id, clipping.path) for clipping in corpus] == [("112007-3", "112007-3"), ("a/b.c", "a/b.c")]
    assert corpus[0].text.encode() == PAGE


def test_a_frame_with_other_columns_and_its_index():
    frame = pd.DataFrame({"body": ["Minsk was quiet."]}, index=["x.html"])
    (clipping,) = cl.read_frame(frame, text="body", id=None, layout="plain")
    assert (clipping.id, clipping.form) == ("x.html", "plain")


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, "", 7])
def test_a_row_without_text_is_told(missing):
    frame = pd.DataFrame({"id": [1, 2], "text": pd.Series(["Quiet.", missing], dtype=object)})
    corpus = cl.read_frame(frame)
    assert ([clipping.id for clipping in corpus], codes(corpus), corpus.failures[0].file) == (["1"], ["CLP115"], "2")
    with pytest.raises(cl.SourceError, match="CLP115"):
        cl.read_frame(frame, on_error="raise")


def test_a_frame_without_the_column():
    with pytest.raises(KeyError, match="text"):
        cl.read_frame(pd.DataFrame({"id": [1]}))


def test_on_error(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    assert codes(cl.read(tmp_path, on_error="collect")) == ["CLP103"]
    for options in ({"on_error": "raise"}, {"strict": True}):
        with pytest.raises(cl.SourceError, match="CLP103"):
            cl.read(tmp_path, **options)
    with pytest.raises(ValueError, match="'ignore'"):
        cl.read(tmp_path, on_error="ignore")


def test_copies_are_told_and_kept(tmp_path):
    spaced = {"b": PAGE.replace(b"\n", b"\r\n"), "e": PAGE.replace(b"\n\n", b"\n \n\n")}
    pages = {"a": PAGE, "c": PAGE, "d": PAGE + b"x", **spaced}
    for name, data in pages.items():
        (tmp_path / f"{name}.txt").write_bytes(data)
    corpus = cl.read(tmp_path)
    told = [(Path(clipping.path).stem, one.code, one.message) for clipping in corpus for one in clipping.diagnostics]
    assert [(name, code) for name, code, _ in told] == [("b", "CLP302"), ("c", "CLP301"), ("e", "CLP302")]
    assert all(f"{tmp_path}/a.txt" in message for _, _, message in told)
    assert len(corpus) == len(pages)


def test_pages_that_differ_late_are_no_copies(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_bytes(PAGE + f"\n\n{number}".encode())
    assert not set(cl.read(tmp_path).diagnostics["code"]) & {"CLP301", "CLP302"}


def test_results_of_the_library_are_not_read_as_a_page(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text('"We wait," said Anna Petrova.', "utf-8")
    results = tmp_path / "evidence.jsonl"
    assert main(["annotate", str(page), "-o", str(results)]) == 0
    (told,) = cl.read(results).failures
    assert (told.code, "cl.read_jsonl" in told.hint) == ("CLP118", True)
    page.write_text('{"scheme": 1} is printed here.', "utf-8")
    assert len(cl.read(page)) == 1
