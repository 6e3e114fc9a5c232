"""Every input that once broke the reading of pages, kept for good, and a page given in every way."""

import sys
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools" / "fuzz"))

import files_target  # noqa: E402
from reading_target import NAMES, check, run  # noqa: E402

import clippings as cl  # noqa: E402

FUZZED = ROOT / "tests" / "fuzz"
FOUND = sorted(path for path in FUZZED.iterdir() if path.is_file())
PAGE = (ROOT / "data" / "clippings" / "112007-14.txt").read_bytes()


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name[:24])
def test_an_input_that_once_broke_it(path):
    run(path.read_bytes())


@pytest.mark.parametrize("number", range(len(NAMES)), ids=NAMES)
@pytest.mark.parametrize("data", [b"", b"\0", PAGE, PAGE[:100], b"\xff\xfe" + PAGE], ids=lambda data: repr(data[:8]))
def test_the_target_takes_a_page_in_every_way(number, data):
    run(bytes([number]) + data)


def test_the_target_notices_a_broken_law():
    (clipping,) = cl.parse("Minsk was quiet.")
    check(clipping)
    with pytest.raises(AssertionError, match=r"render\(\) is not the text"):
        check(msgspec.structs.replace(clipping, text="Minsk was quiet. Brest was not."))


@pytest.mark.parametrize("kind", files_target.TARGETS)
def test_a_file_of_each_kind_is_taken_whole_cut_and_damaged(kind):
    """What broke: a byte that is no UTF-8, brackets without end, and a table whose footer is cut."""
    target = files_target.TARGETS[kind]
    sound = list(files_target.seeds(kind))
    found = sorted((FUZZED / kind).iterdir()) if (FUZZED / kind).exists() else []
    inputs = [*sound, *(path.read_bytes() for path in found)]
    for seed in sound[:9]:
        middle = len(seed) // 2
        inputs += [seed[:1], seed[:middle], seed[:middle] + b"\x92" + seed[middle:], seed[:1] + b"[" * 3_000]
    for one in inputs:
        target(one)


def test_the_seed_of_a_review_is_read(tmp_path):
    """One that is refused at once leads the fuzzer nowhere."""
    tables = cl.save(cl.Corpus(cl.parse(files_target.PAGE, path="a.txt")).annotate(), tmp_path / "out")
    for seed in files_target.seeds("review"):
        (tables.folder / "review.json").write_bytes(seed)
        assert len(cl.load(tables.folder)) == 1


def test_the_seeds_of_verdicts_are_read(tmp_path):
    for number, seed in enumerate(files_target.seeds("verdicts")):
        sheet = tmp_path / files_target.SHEETS[number]
        sheet.write_bytes(seed[1:])
        assert {"accepted", "rejected"} <= set(
            cl.review.read(sheet, files_target._annotated(), coder="Jo").mentions["status"]
        )


def test_the_targets_notice_an_error_that_is_not_ours(monkeypatch):
    def broken(*_: object) -> None:
        raise KeyError("file")

    monkeypatch.setattr(cl, "read_jsonl", broken)
    with pytest.raises(KeyError):
        files_target.lines(b"{}")
