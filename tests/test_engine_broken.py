"""Runs that end anywhere, and inputs that cannot be read: gone on with, or told."""

# ruff: noqa: F811  (fixtures are imported, and asked for by name)
from __future__ import annotations

import contextlib
import io
import os
import zipfile
from pathlib import Path

import pytest

import clippings as cl
from clippings.store import manifest
from test_engine import made, press, tree, undisturbed  # noqa: F401


def test_a_manifest_cut_short_anywhere_is_made_whole(press, undisturbed):
    path = Path("undisturbed/manifest.jsonl")
    whole = path.read_bytes()
    head = whole.index(b"\n") + 1
    for size in range(head, len(whole), 311):
        path.write_bytes(whole[:size])
        cl.annotate_to(press, "undisturbed", part=3)
        assert path.read_bytes() == whole
    assert tree(Path("undisturbed")) == undisturbed


def test_a_manifest_that_is_none_is_told(tmp_path):
    (tmp_path / manifest.NAME).write_text("{}", "utf-8")
    with pytest.raises(cl.FolderError, match=r"manifest\.jsonl is not a manifest that this version reads"):
        cl.load(tmp_path)


class PowerCutError(Exception):
    pass


@pytest.mark.parametrize("lasts", range(1, 60, 7))
def test_a_run_that_ends_at_any_step_is_gone_on_with(press, undisturbed, monkeypatch, lasts):
    with power_for(lasts, monkeypatch), pytest.raises(PowerCutError):
        cl.annotate_to(press, "out", part=3)
    for file in Path("out").rglob("part-0*.parquet"):
        assert undisturbed[file.relative_to("out").as_posix()] == file.read_bytes()
    cl.annotate_to(press, "out", part=3)
    assert tree(Path("out")) == undisturbed


@contextlib.contextmanager
def power_for(lasts, monkeypatch):
    """Let files be written and moved so many times, and no more."""
    steps = 0

    def failing(step):
        def run(*given):
            nonlocal steps
            steps += 1
            if steps > lasts:
                raise PowerCutError
            return step(*given)

        return run

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing(os.fsync))
        patch.setattr(os, "replace", failing(os.replace))
        yield


def test_inputs_of_every_kind(press, tmp_path):
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        archive.write(press / "03.txt", "03.txt")
    stream = io.BytesIO((press / "04.txt").read_bytes())
    tables = cl.annotate_to([press / "02.txt", "more.zip", stream, "nowhere"], "out")
    assert tables.clippings["path"].dropna().tolist() == [str(press / "02.txt"), "more.zip/03.txt"]
    assert len(tables.clippings) == 3
    assert [told.code for told in tables.failures] == ["CLP101"]


@pytest.mark.skipif(os.name != "posix", reason="names files by bytes")
def test_a_name_that_is_no_utf_8_is_shown(tmp_path):
    for name in (b"caf\xe9.txt", b"copy.txt"):
        (tmp_path / os.fsdecode(name)).write_text("Minsk was quiet.", "utf-8")
    tables = cl.annotate_to(tmp_path, tmp_path / "out")
    assert [Path(path).name for path in tables.clippings["path"]] == ["caf\ufffd.txt", "copy.txt"]
    assert "CLP301" in tables.diagnostics["code"].tolist()


def test_no_pages_at_all(tmp_path):
    tables = cl.annotate_to([], tmp_path)
    assert (len(tables), tables.quotes.empty, tables.failures) == (0, True, ())


def test_a_fault_while_reading_is_a_row(press, monkeypatch):
    monkeypatch.setattr("clippings.reading.reader.lay_out", lambda *_: 1 / 0)
    tables = cl.annotate_to(press / "00.txt", "out")
    assert [told.message for told in tables.failures] == ["could not be annotated: ZeroDivisionError: division by zero"]


@pytest.mark.parametrize("options", [{"workers": 0}, {"part": 0}, {"engine": "spark"}])
def test_options_out_of_range_are_refused(press, options):
    with pytest.raises(ValueError, match=next(iter(options))):
        cl.annotate_to(press, "out", **options)
    assert not Path("out").exists()


def test_half_a_surrogate_pair_is_shown(tmp_path):
    found = cl.Corpus(cl.parse("Minsk \ud83d was quiet.", layout="plain"))
    tables = cl.save(found.annotate(), tmp_path)
    assert tables.blocks["text"].tolist() == found.blocks["text"].tolist() == ["Minsk \ufffd was quiet."]
