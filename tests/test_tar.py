"""A damaged tar file: what is lost is told, and the members around it are read."""

import bz2
import gzip
import io
import lzma
import tarfile
import zlib

import pytest

import clippings as cl
from clippings.reading import _tar
from clippings.reading.source import MAX_BYTES

PACKERS = {".tar": bytes, ".tar.gz": gzip.compress, ".tar.xz": lzma.compress, ".tar.bz2": bz2.compress}
WORDS = ("Minsk", "Brest", "Gomel", "Orsha", "Pinsk")
BLOCK = 512


def page(word: str) -> bytes:
    return f"DATE:\n\n02/11/2007\n\n{word} was quiet on Tuesday.\n".encode()


def tarred(names=WORDS, form=tarfile.GNU_FORMAT, size=0) -> bytearray:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:", format=form) as archive:
        for name in names:
            data = page(name) + b"More on that.\n" * size
            info = tarfile.TarInfo(f"{name}.txt")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return bytearray(file.getvalue())


def read(tmp_path, data: bytes, kind=".tar") -> tuple[list[str], list[tuple[str, str]]]:
    """The ids that are read, and file and message of each failure."""
    (tmp_path / f"press{kind}").write_bytes(data)
    corpus = cl.read(tmp_path / f"press{kind}")
    # What is changed may look like a picture or a member of any size.
    assert {failure.code for failure in corpus.failures} <= {"CLP104", "CLP106", "CLP111"}
    failed = corpus.sources.query("state == 'failed'")
    assert failed["file"].tolist() == [failure.file for failure in corpus.failures]
    root = f"{tmp_path}/"
    return [clipping.id for clipping in corpus], [(f.file.removeprefix(root), f.message) for f in corpus.failures]


def header(number: int) -> int:
    """Where the header of a member stands; each has one block of text."""
    return 2 * BLOCK * number


@pytest.mark.parametrize("number", range(5))
def test_a_wrong_checksum_loses_one_member_and_names_it(tmp_path, number):
    data = tarred()
    data[header(number) + 148] ^= 1
    ids, failures = read(tmp_path, data)
    assert ids == sorted(word for at, word in enumerate(WORDS) if at != number)
    ((file, message),) = failures
    assert file == f"press.tar/{WORDS[number]}.txt"
    assert f"a header is damaged at byte {header(number):,}, and 512 bytes behind it are lost" in message


@pytest.mark.parametrize("filling", [b"\0", b"\xff", b"x"])
@pytest.mark.parametrize("number", range(5))
def test_an_overwritten_header_loses_one_member(tmp_path, number, filling):
    data = tarred()
    at = header(number)
    data[at : at + BLOCK] = filling * BLOCK
    ids, failures = read(tmp_path, data)
    assert ids == sorted(word for at, word in enumerate(WORDS) if at != number)
    assert [file for file, _ in failures] == ["press.tar"]


@pytest.mark.parametrize("cut", [100, BLOCK, 2 * BLOCK, 3 * BLOCK - 1, 3 * BLOCK + 10, 9 * BLOCK + 20, 10 * BLOCK])
def test_a_cut_tar_is_told_once(tmp_path, cut):
    ids, failures = read(tmp_path, tarred()[:cut])
    whole = [word for at, word in enumerate(WORDS) if cut >= header(at) + BLOCK + len(page(word))]
    assert ids == sorted(whole)
    assert len(failures) == 1


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("kind", PACKERS)
def test_a_sound_tar_of_any_format_has_no_damage(tmp_path, kind, form):
    long = "" if form == tarfile.USTAR_FORMAT else "/".join(["x" * 60] * 3) + "/"
    names = [*WORDS, f"{long}Мінск"]
    ids, failures = read(tmp_path, PACKERS[kind](bytes(tarred(names, form))), kind)
    assert (sorted(ids), failures) == (sorted(names), [])


@pytest.mark.parametrize("kind", [".tar.gz", ".tar.xz", ".tar.bz2"])
def test_a_wrong_checksum_of_the_packed_stream_is_noticed(tmp_path, kind):
    data = bytearray(PACKERS[kind](bytes(tarred())))
    place = {".tar.gz": -8, ".tar.xz": -20, ".tar.bz2": -3}[kind]
    data[place] ^= 0xFF
    ids, failures = read(tmp_path, data, kind)
    assert ids == sorted(WORDS)
    ((file, message),) = failures
    assert file == f"press{kind}"
    assert "its packed stream is damaged, and pages read from it may be" in message


@pytest.mark.parametrize("at", [0.3, 0.5, 0.7, 0.9])
def test_changed_bytes_of_a_packed_stream_keep_the_members_before_them(tmp_path, at):
    words = [f"{number:03}" for number in range(300)]
    whole = bytes(tarred(words))
    data = bytearray(gzip.compress(whole))
    place = int(len(data) * at)
    data[place : place + 8] = b"\xff" * 8
    ids, failures = read(tmp_path, data, ".tar.gz")
    good = zlib.decompressobj(31).decompress(bytes(data[:place]))
    before = words[: len(good) // (2 * BLOCK) - 8]
    assert set(before) <= set(ids)
    assert len(before) > 20
    assert failures


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("kind", [".tar.gz", ".tar.xz", ".tar.bz2"])
def test_a_cut_packed_stream_is_told(tmp_path, kind, keep):
    data = PACKERS[kind](bytes(tarred([f"{number:03}" for number in range(300)])))
    ids, failures = read(tmp_path, data[: int(len(data) * keep)], kind)
    assert len(ids) < 300
    assert len(failures) == 1


def test_two_tars_one_behind_the_other_are_both_read(tmp_path):
    assert read(tmp_path, bytes(tarred(["a"])) + bytes(tarred(["b"]))) == (["a", "b"], [])
    packed = gzip.compress(bytes(tarred(["a"]))) + gzip.compress(bytes(tarred(["b"])))
    assert read(tmp_path, packed, ".tar.gz") == (["a", "b"], [])


def test_a_bomb_is_not_unpacked_whole():
    packed = gzip.compress(bytes(200_000_000))
    blocks = _tar.members(".tar.gz", io.BytesIO(packed), 50_000_000, MAX_BYTES)
    with pytest.raises(_tar.TooLargeError, match="more than 50,000,000 bytes unpacked"):
        list(blocks)


@pytest.mark.parametrize("size", [-1, 8**11])
def test_a_header_that_promises_too_much(tmp_path, size):
    data = tarred(["a", "b"])
    info = tarfile.TarInfo("c.txt")
    info.size = 0
    buffer = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    buffer[124:136] = tarfile.itn(size, 12, tarfile.GNU_FORMAT)
    buffer[148:156] = b"%06o\0 " % tarfile.calc_chksums(bytes(buffer))[0]
    ids, failures = read(tmp_path, bytes(data[: 4 * BLOCK]) + bytes(buffer) + bytes(data[4 * BLOCK :]))
    assert ids == ["a", "b"]
    assert failures or size > 0
