"""What is written is in the format that its name says, and of the frame that is asked for."""

import json
from pathlib import Path

import pandas as pd
import pytest

import clippings as cl
from one_press import tree

FORMATS = [
    (["parse", "-o", "a.jsonl"], "jsonl"),
    (["parse", "-o", "a.ndjson"], "jsonl"),
    (["parse", "-o", "a"], "jsonl"),
    (["parse", "-o", "a.txt"], "table"),
    (["parse", "-o", "a.txt", "--format", "jsonl"], "jsonl"),
    (["annotate", "-o", "a.CSV"], "csv"),
    (["annotate", "-o", "a.xyz", "--format", "csv"], "csv"),
    (["annotate", "-o", "a.parquet"], "parquet"),
    (["parse", "-o", "a.parquet", "--format", "parquet"], "parquet"),
]


def kind(data: bytes) -> str:
    if data.startswith(b"PAR1"):
        return "parquet"
    return "jsonl" if data.startswith(b"{") else "csv" if data.startswith(b"id,item,") else "table"


@pytest.mark.parametrize(("words", "expected"), FORMATS)
def test_the_suffix_says_the_format(run, words, expected):
    command, *rest = words
    assert run(command, "press/a.txt", *rest)[0] == 0
    assert kind(Path(rest[1]).read_bytes()) == expected


@pytest.mark.parametrize(("name", "first"), [("a.sarif", "{"), ("a.json", "[]"), ("a.txt", None)])
def test_so_it_does_for_check(run, name, first):
    assert run("check", "press/a.txt", "-o", name)[0] == 0
    assert Path(name).read_text("utf-8").splitlines()[:1] == ([first] if first else [])


CONTRADICTIONS = {
    "two formats": (["annotate", "-o", "a.csv", "--format", "jsonl"], "the suffix .csv contradicts --format jsonl"),
    "a table in a frame": (["parse", "-o", "a.parquet", "--format", "table"], "the suffix .parquet contradicts"),
    "an unknown suffix": (["annotate", "-o", "a.xlsx"], "no format is known by the suffix .xlsx; give --format, or"),
    "JSON that is JSON Lines": (["annotate", "-o", "a.json"], "no format is known by the suffix .json"),
    "a report": (["check", "-o", "a.sarif", "--format", "github"], "the suffix .sarif contradicts --format github"),
    "a folder": (["annotate", "-o", "out/", "--format", "csv"], "a folder gets Parquet tables; for --format csv name"),
    "a frame of none": (["annotate", "--frame", "quotes"], "--frame quotes: jsonl has no frames; give --format csv"),
    "a frame of a folder": (["annotate", "-o", "out/", "--frame", "quotes"], "a folder gets every frame; for one name"),
    "no such frame": (["annotate", "-o", "a.csv", "--frame", "quote"], "annotate has no such frame; there are"),
    "a frame of a layer": (
        ["parse", "-o", "a.csv", "--frame", "quotes"],
        "parse has no such frame; there are clippings",
    ),
    "one frame of pages": (["parse", "--format", "parquet"], "writes one frame into a file; name it with -o"),
}


@pytest.mark.parametrize(("words", "said"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_contradiction_is_told(run, words, said):
    before = tree()
    status, out, told = run(words[0], "press/a.txt", *words[1:])
    assert (status, out, len(told)) == (2, b"", 1)
    assert said in told[0]
    assert tree() == before
    assert not Path("out").exists()


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("frame", [None, "clippings", "mentions", "dates", "sentences", "sources"])
def test_a_frame_is_that_of_the_corpus(run, form, frame):
    assert run("annotate", "press", "-o", f"a.{form}", *(["--frame", frame] if frame else []))[0] == 1
    expected = getattr(cl.read("press").annotate(), frame or "quotes")
    if form == "parquet":
        pd.testing.assert_frame_equal(pd.read_parquet(f"a.{form}").astype(expected.dtypes), expected)
    else:
        shown = pd.read_csv(f"a.{form}", dtype=str, keep_default_na=False)
        assert list(shown.columns) == list(expected.columns)
        assert len(shown) == len(expected)


@pytest.mark.parametrize("command", ["parse", "annotate"])
def test_json_says_the_id_of_the_frames(run, command):
    _, out, _ = run(command, "press", "press.zip", "--format", "jsonl")
    keys = [(record["id"], record["item"]) for record in map(json.loads, out.splitlines())]
    assert keys == list(cl.read("press", "press.zip").clippings[["id", "item"]].itertuples(index=False, name=None))
