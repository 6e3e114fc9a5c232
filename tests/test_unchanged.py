"""The annotations of fixed pages are those on record, and what is not is named with its words."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import clippings as cl

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import golden

NAME = "112007-14.json"


@pytest.fixture(scope="module")
def stored() -> dict[str, str]:
    return golden.stored()


def altered(stored: dict[str, str], layer: str, change) -> str:
    """What is told where one layer of the shipped clipping is not as on record."""
    (page,) = json.loads(stored[NAME])
    change(page[layer])
    today = golden.Page(page["id"], 0, page["fields"], {name: page[name] for name in golden.pages.LAYERS}, "", None)
    return golden.changes(stored, {**stored, **golden.written([today])})


def test_every_row_is_as_recorded(stored):
    told = golden.changes(stored, golden.written(golden.today()))
    how = "OLD is the record, NEW the code of today; if this is meant: .venv/bin/python tools/golden.py --write"
    assert not told, f"\n{told}\n{how}"


def test_all_fixed_pages_are_on_record(stored):
    ids = {found["id"] for text in stored.values() for found in json.loads(text)}
    expected = {clipping.id for clipping in cl.read(golden.ROOT / "data/clippings", golden.ROOT / "tests/zoo")}
    assert ids == expected | {f"generated-{number:02}" for number in range(golden.GENERATED)}


def test_the_record_holds_all_that_json_lines_and_frames_do():
    (page,) = golden.pages.of_corpus(cl.read(golden.ROOT / "data/clippings").annotate())
    assert {"iso", "first", "last", "anchor"} <= page.layers["dates"][0].keys()
    assert {"evidence", "evidence_places", "rule"} <= page.layers["themes"][0].keys()
    assert {"body", "document_themes", "characters"} <= page.fields.keys()


def test_every_annotation_is_a_line_of_its_own(stored):
    lines = stored[NAME].splitlines()
    (page,) = json.loads(stored[NAME])
    for layer in golden.pages.LAYERS:
        begun = lines.index(f'"{layer}": [') + 1
        rows = [json.loads(line.rstrip(",")) for line in lines[begun : begun + len(page[layer])]]
        assert rows == page[layer]


def test_the_record_is_small(stored):
    assert sum(len(text.encode()) for text in stored.values()) < 1_500_000


def test_a_changed_speaker_is_named(stored):
    told = altered(stored, "quotes", lambda quotes: quotes[0].update(speaker="Ruslan Pukhov"))
    assert "  changed  quotes 554-698 \"NATO's expansion and the worsening crisis" in told
    assert told.endswith(': speaker "Anatoly Serdyukov" -> "Ruslan Pukhov"')
    assert "quotes  source, then cue       0     0        1" in told


def test_a_lost_quote_is_named(stored):
    told = altered(stored, "quotes", lambda quotes: quotes.pop(0))
    assert "112007-14\n  lost     quotes 554-698 \"NATO's expansion and the worsening crisis" in told
    assert told.endswith('kind "speech"; speaker "Anatoly Serdyukov"; rule "source, then cue"')


def test_a_new_date_is_named(stored):
    date = {"start": 3, "end": 7, "text": "2007", "iso": "2007", "rule": "year"}
    told = altered(stored, "dates", lambda dates: dates.insert(0, date))
    assert told.endswith('112007-14\n  gained   dates 3-7 "2007": iso "2007"; rule "year"')


def test_rows_in_another_order_are_told_with_their_file(stored):
    told = altered(stored, "mentions", lambda mentions: mentions.reverse())
    assert told == f"the rows are the same; their order or form differs in {NAME}"


def test_a_page_that_is_gone_is_told(stored):
    told = golden.changes(stored, {name: text for name, text in stored.items() if name != NAME})
    assert told.startswith("70 pages in both, 1 in OLD alone, 0 in NEW alone")


def test_recording_writes_the_files_and_removes_those_of_pages_gone(stored, tmp_path):
    (tmp_path / "gone.json").write_text("[]", "utf-8")
    golden.record(stored, tmp_path)
    assert golden.stored(tmp_path) == stored


def git(folder: Path, *words: str) -> None:
    named = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *named, *words], cwd=folder, check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_the_record_of_the_commit_before_is_held_against_today(stored, tmp_path, monkeypatch):
    monkeypatch.setattr(golden, "ROOT", tmp_path)
    monkeypatch.setattr(golden, "RECORD", tmp_path / "tests/golden")
    (tmp_path / "tests").mkdir()
    files = {NAME: stored[NAME]}
    assert "nothing to compare with" in golden.since("")
    git(tmp_path, "init", "--initial-branch", "main")
    for number, speaker in enumerate(("Anatoly Serdyukov", "Ruslan Pukhov")):
        golden.record({NAME: files[NAME].replace("Anatoly Serdyukov", speaker)}, tmp_path / "tests/golden")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-m", str(number))
    monkeypatch.setattr(golden, "stored", lambda: {NAME: files[NAME].replace("Anatoly Serdyukov", "Ruslan Pukhov")})
    told = golden.since("")
    assert 'speaker "Anatoly Serdyukov" -> "Ruslan Pukhov"' in told
    assert golden.since("HEAD").endswith("\nno differences")
    assert "nowhere has no record" in golden.since("nowhere")
    git(tmp_path, "switch", "-c", "branch")
    git(tmp_path, "commit", "--allow-empty", "-m", "2")
    assert golden.since("").endswith("\nno differences")
