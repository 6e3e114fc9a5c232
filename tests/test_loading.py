"""A folder of tables is loaded as it was written, or refused with what to do."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import clippings as cl
from clippings.store import parquet


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    cl.annotate_to([tmp_path / "none", *written(tmp_path / "press", 4)], tmp_path / "out", part=2, layout="plain")
    return tmp_path / "out"


def written(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    files = [folder / f"{number}.txt" for number in range(count)]
    for number, file in enumerate(files):
        file.write_text(f'"We wait {number} days," said Anna Petrova.', "utf-8")
    return files


def other_counts(folder: Path, change: dict[str, int | None]) -> None:
    path = folder / "manifest.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for name, count in change.items():
        rows = lines[1] if name in lines[1] else lines[1]["rows"]
        rows.pop(name) if count is None else rows.update({name: count})
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def test_tables_that_are_as_written_are_verified(folder: Path) -> None:
    assert len(cl.load(folder, verify=True)) == 4
    saved = cl.save(cl.read(folder.parent / "press").annotate(), folder.parent / "saved")
    assert len(cl.load(saved.folder, verify=True)) == 4


@pytest.mark.parametrize("verify", [False, True])
def test_a_missing_file_is_named(folder: Path, verify: bool) -> None:
    (folder / "quotes/part-000001.parquet").unlink()
    with pytest.raises(cl.FolderError, match=r"quotes.part-000001\.parquet is missing; annotate again with overwrite"):
        cl.load(folder, verify=verify)


@pytest.mark.parametrize(("name", "count"), [("quotes", None), ("quotes", -1), ("pages", -4), ("failures", -1)])
def test_a_count_that_is_none_is_named(folder: Path, name: str, count: int | None) -> None:
    other_counts(folder, {name: count})
    with pytest.raises(cl.FolderError, match=rf"manifest\.jsonl has no count of {name} for part 0; annotate again"):
        cl.load(folder)


def test_a_layer_that_this_version_does_not_have_is_named(folder: Path) -> None:
    path = folder / "manifest.jsonl"
    path.write_text(path.read_text("utf-8").replace('"themes"', '"moods"', 1), "utf-8")
    with pytest.raises(cl.FolderError, match=r"manifest\.jsonl names the layer 'moods'.*into another folder"):
        cl.load(folder)


def test_a_changed_file_is_told_when_verifying(folder: Path) -> None:
    shutil.copy(folder / "quotes/part-000000.parquet", folder / "quotes/part-000001.parquet")
    assert len(cl.load(folder)) == 4
    with pytest.raises(cl.FolderError, match=r"a table of part 1 of .*out is not as it was written; annotate again"):
        cl.load(folder, verify=True)


@pytest.mark.parametrize("name", ["quotes/part-000009.parquet", "quotes/mine.parquet", "blocks/part-copies.parquet"])
def test_a_file_that_the_manifest_does_not_know_is_told_when_verifying(folder: Path, name: str) -> None:
    shutil.copy(folder / "quotes/part-000000.parquet", folder / name)
    assert len(cl.load(folder).quotes) == 4
    with pytest.raises(cl.FolderError, match=re.escape(f"{name} is not one of these tables; move it elsewhere")):
        cl.load(folder, verify=True)


def test_a_user_s_own_files_stay(folder: Path) -> None:
    for name in ("notes.txt", "quotes/mine.parquet", "quotes/part-of-mine.txt", "part-1.parquet"):
        (folder / name).write_bytes(b"mine")
    cl.annotate_to(folder.parent / "press", folder, overwrite=True)
    for name in ("notes.txt", "quotes/mine.parquet", "quotes/part-of-mine.txt", "part-1.parquet"):
        assert (folder / name).read_bytes() == b"mine"


def test_a_part_that_unpacks_too_far_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "quotes/part-000000.parquet"
    pd.DataFrame({"text": ["a" * 1_000_000]}).to_parquet(path)
    assert path.stat().st_size < 50_000
    monkeypatch.setattr(parquet, "MOST_BYTES", 500_000)
    tables = cl.load(folder)
    for ask in (lambda: tables.quotes, lambda: tables[0]):
        with pytest.raises(
            cl.FolderError, match=r"quotes.part-000000\.parquet unpacks to .* bytes, 500,000 are allowed"
        ):
            ask()


def test_a_small_part_that_repeats_a_long_text_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "texts/part-000000.parquet"
    long = pq.read_table(path).slice(0, 1).to_pylist()[0] | {"text": "a" * 10_000}
    monkeypatch.setattr(parquet, "MOST_BYTES", 20_000_000)
    for count, is_refused in ((1_500, False), (2_500, True)):
        pq.write_table(pa.Table.from_pylist([long] * count, pq.read_schema(path)), path, row_group_size=count)
        assert path.stat().st_size < 50_000
        if is_refused:
            with pytest.raises(
                cl.FolderError, match=r"part-000000\.parquet unpacks to .* bytes, 20,000,000 are allowed"
            ):
                parquet.decoded([path], "texts")
        else:
            assert len(parquet.decoded([path], "texts")) == count


def test_a_file_with_other_rows_or_columns_is_told_when_it_is_read(folder: Path) -> None:
    path = folder / "clippings/part-000001.parquet"
    whole = pq.read_table(path)
    others = {
        "has 1 rows, and its manifest counts 2": whole.slice(0, 1),
        "has other columns than the table clippings": whole.drop_columns(["title"]),
    }
    for said, table in others.items():
        pq.write_table(table, path)
        asked = (
            lambda: cl.load(folder).clippings,
            lambda: cl.load(folder)[1],
            lambda: [*cl.load(folder).parts("clippings")],
        )
        for ask in asked:
            with pytest.raises(cl.FolderError, match=rf"part-000001\.parquet {said}"):
                ask()


def in_manifest(folder: Path, record: int, change: dict[str, object]) -> None:
    path = folder / "manifest.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    lines[record] |= change
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


@pytest.mark.parametrize(
    ("record", "change", "said"),
    [
        pytest.param(-1, {"clippings": 9}, r"manifest\.jsonl ends with other counts than its parts have", id="sum"),
        pytest.param(-1, {"parts": 1}, r"manifest\.jsonl ends with other counts than its parts have", id="parts"),
        pytest.param(1, {"pages": 9}, r"manifest\.jsonl ends with other counts than its parts have", id="pages"),
        pytest.param(0, {"codebook": None}, r"does not name the codebook of its clippings", id="codebook"),
        pytest.param(-1, {"copies": "../../mine.parquet"}, r"mine\.parquet is missing", id="copies"),
    ],
)
def test_a_manifest_that_contradicts_itself_is_told(
    folder: Path, record: int, change: dict[str, object], said: str
) -> None:
    shutil.copy(folder / "diagnostics/part-copies.parquet", folder.parent / "mine.parquet")
    in_manifest(folder, record, change)
    with pytest.raises(cl.FolderError, match=rf"{said}; annotate again"):
        cl.load(folder)


def test_a_lost_file_of_copies_is_named(folder: Path) -> None:
    (folder / "diagnostics/part-copies.parquet").unlink()
    with pytest.raises(cl.FolderError, match=r"part-copies\.parquet is missing; annotate again"):
        cl.load(folder)


def test_counts_that_agree_with_each_other_and_not_with_the_files_are_told_when_verifying(folder: Path) -> None:
    rows = json.loads((folder / "manifest.jsonl").read_text("utf-8").splitlines()[1])["rows"]
    in_manifest(folder, 1, {"rows": rows | {"clippings": 5}})
    in_manifest(folder, -1, {"clippings": 8})
    assert len(cl.load(folder)) == 8
    with pytest.raises(cl.FolderError, match=r"part-000000\.parquet has 1 rows, and its manifest counts 5"):
        cl.load(folder, verify=True)
