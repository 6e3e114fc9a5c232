"""The heaviest paths: many saved pages, and many rows of a frame; in flat memory, stopped anywhere and gone on with."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import clippings as cl
from clippings.reading import rows
from clippings.store import local
from test_engine import tree
from test_engine_broken import PowerCutError, power_for

SPOKEN = "\n\n".join(f'"We wait for the talks in Minsk," said Anna Petrova on {day} May 2008.' for day in range(1, 29))


def frame(count: int) -> pd.DataFrame:
    texts = [f"{SPOKEN}\n\nThere were {number} of them." for number in range(count)]
    return pd.DataFrame({"id": range(count), "text": texts, "title": "Talks", "shelf": [*range(count)]})


def saved(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        paragraphs = "".join(f"<p>{line}</p>" for line in SPOKEN.split("\n\n"))
        page = f"<html><body><article><h1>Talks, {number}</h1>{paragraphs}</article></body></html>"
        (folder / f"{number:04}.html").write_text(page, "utf-8")
    return folder


@pytest.mark.parametrize("kind", ["frame", "pages"])
def test_a_run_stopped_anywhere_is_gone_on_with_to_the_same_bytes(tmp_path, monkeypatch, kind):
    source = frame(6) if kind == "frame" else saved(tmp_path / "press", 6)
    cl.annotate_to(source, tmp_path / "undisturbed", part=2)
    for lasts in (3, 25, 40):
        out = tmp_path / f"out-{lasts}"
        with power_for(lasts, monkeypatch), pytest.raises(PowerCutError):
            cl.annotate_to(source, out, part=2)
        cl.annotate_to(source, out, part=2)
        assert tree(out) == tree(tmp_path / "undisturbed")


def test_parts_of_a_frame_that_stand_are_not_made_again(tmp_path, monkeypatch):
    cl.annotate_to(frame(6), tmp_path / "out", part=2)
    made = []
    real = local.parts.make
    monkeypatch.setattr(local.parts, "make", lambda pages, *rest: made.append(pages[0].name) or real(pages, *rest))
    changed = frame(6)
    changed.loc[3, "text"] = "Nobody came."
    cl.annotate_to(changed, tmp_path / "out", part=2)
    assert made == ["2"]


def test_a_frame_gives_what_read_frame_gives(tmp_path):
    tables, annotated = cl.annotate_to(frame(5), tmp_path / "out", part=2), cl.read_frame(frame(5)).annotate()
    for name in annotated.frames:
        pd.testing.assert_frame_equal(getattr(tables, name), getattr(annotated, name), obj=name)
    assert tables.clippings["shelf"].tolist() == [0, 1, 2, 3, 4]


def test_a_row_named_like_a_file_of_the_tables_is_read(tmp_path):
    named = pd.DataFrame({"id": [str(tmp_path / "out" / "a")], "text": ["Minsk was quiet."]})
    assert len(cl.annotate_to(named, tmp_path / "out")) == 1


@pytest.mark.parametrize("column", ["id", "text"])
def test_a_column_that_a_frame_lacks_is_named(tmp_path, column):
    with pytest.raises(cl.ArgumentError, match=rf"sources: a frame needs the columns id and text; {column} is missing"):
        cl.annotate_to(frame(1).drop(columns=column), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_frame_takes_no_table_of_metadata(tmp_path):
    with pytest.raises(cl.ArgumentError, match="metadata: a frame says itself"):
        cl.annotate_to(frame(1), tmp_path / "out", metadata=frame(1))


@pytest.mark.parametrize("together", [1, 2, 5])
def test_cells_are_the_same_however_many_rows_are_taken_at_a_time(monkeypatch, together):
    monkeypatch.setattr(rows, "_TOGETHER", together)
    told = [page.given for page in rows.pages(frame(5), "text", "id", {})]
    assert told == [{"title": "Talks", "shelf": number} for number in range(5)]


def test_rows_are_taken_only_when_their_part_is_made():
    found = rows.pages(frame(5), "text", "id", {})
    assert [page.name for page in itertools.islice(found, 2)] == ["0", "1"]


PEAK = """
import json, resource, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
import clippings as cl
from test_heavy_runs import frame

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

root, kind, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
cl.annotate_to(frame(40) if kind == "frame" else root / "few", root / f"warm-{{kind}}-{{count}}", part=20)
source = frame(count) if kind == "frame" else root / f"press-{{count}}"
before = peak()
cl.annotate_to(source, root / f"out-{{kind}}-{{count}}", part=20)
print(json.dumps([before, peak()]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system for the peak of a process")
@pytest.mark.parametrize("kind", ["frame", "pages"])
def test_memory_is_flat(tmp_path, kind):
    """Four times the pages take 2 % more at most; as one part, with all that is kept of them, they take 11 %."""
    if kind == "pages":
        for name, count in (("few", 40), ("press-80", 80), ("press-320", 320)):
            saved(tmp_path / name, count)
    script = PEAK.format(tests=str(Path(__file__).parent))
    peaks = []
    for count in (80, 320):
        command = [sys.executable, "-c", script, str(tmp_path), kind, str(count)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        peaks.append(json.loads(done.stdout)[1])
    assert peaks[1] < 1.06 * peaks[0]
