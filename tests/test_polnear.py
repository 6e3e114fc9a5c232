"""The benchmark on PolNeAR, on two invented articles in its form: what was won and lost since the last predictions."""

import doctest
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

import polnear  # noqa: E402
import predicted  # noqa: E402
from predicted import Prediction  # noqa: E402

# The gold of the second article is wrong on purpose: it gives Ruslan Zhuk's quotation to Anna Petrova.
FIRST = (
    '"We wait for them," said Anna Petrova. Petrova said that the talks begin in May. "They came," said Pavel Orlov.'
)
SECOND = 'Anna Petrova was there. "We never came," said Ruslan Zhuk.'
SPLIT = "invented"


def placed(text: str, words: str) -> list[int]:
    start = text.index(words)
    return [start, start + len(words)]


def article(name: str, text: str, said: dict[str, str], reported: dict[str, str]) -> tuple[dict, dict]:
    quotes = [
        {"start": placed(text, words)[0], "end": placed(text, words)[1], "speaker_spans": [placed(text, speaker)]}
        for words, speaker in said.items()
    ]
    attributions = [
        {"source": [], "cue": [placed(text, cue)], "content": [placed(text, words)]} for words, cue in reported.items()
    ]
    return {"id": name, "text": text, "quotes": quotes}, {"id": name, "text": text, "attributions": attributions}


@pytest.fixture
def corpus(tmp_path) -> Path:
    articles = [
        article(
            "first",
            FIRST,
            {'"We wait for them,"': "Anna Petrova", '"They came,"': "Pavel Orlov"},
            {"that the talks begin in May": "said that"},
        ),
        article("second", SECOND, {'"We never came,"': "Anna Petrova"}, {}),
    ]
    for name, rows in zip(("quoted", "attributions"), zip(*articles, strict=True), strict=True):
        lines = "\n".join(json.dumps(row) for row in rows)
        (tmp_path / f"{name}_{SPLIT}.jsonl").write_text(lines, "utf-8")
    return tmp_path


@pytest.fixture
def stored(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(polnear, "PREDICTIONS", tmp_path / "predictions")
    return tmp_path / "predictions" / f"polnear-{SPLIT}.csv"


@pytest.fixture
def run(corpus, stored, monkeypatch, capsys):
    """Run the benchmark, and return what it says of the predictions stored."""

    def ran(*options: str) -> list[str]:
        assert stored.name
        monkeypatch.setattr(sys, "argv", ["polnear.py", str(corpus), "--split", SPLIT, "--dry", *options])
        assert polnear.main() == 0
        return capsys.readouterr().out.split("\n\n")[-1].splitlines()

    return ran


def test_what_is_stored_are_places_and_rules_alone(run, stored):
    assert run() == ["no predictions are stored in polnear-invented.csv; --write stores those of today"]
    assert not stored.exists()
    run("--write")
    assert stored.read_text("utf-8").splitlines() == [
        "article,start,end,kind,rule,source_start,source_end,speaker_start,speaker_end",
        "first,0,19,speech,inverted cue,25,37,25,37",
        "first,57,79,reported,report behind the cue,39,46,25,37",
        "first,81,93,speech,inverted cue,99,110,99,110",
        "second,24,40,speech,inverted cue,46,57,46,57",
    ]


def test_nothing_is_won_or_lost_against_itself(run):
    run("--write")
    assert run() == [
        "quotations, since polnear-invented.csv was stored:",
        "0 won, 0 lost",
        "0 more that the gold lacks, 0 fewer",
        "reported speech, since polnear-invented.csv was stored:",
        "0 won, 0 lost",
        "0 more that the gold lacks, 0 fewer",
        "0 passages with another resolved speaker, not judged",
    ]


def test_what_was_wrong_before_is_won_and_what_was_right_is_lost(run, stored):
    """Before, the first quotation had no source, the second was not found, and the last had the one of the gold."""
    run("--write")
    rows = predicted.read(stored)
    before = [
        rows[0]._replace(rule="marks", source=None, speaker=None),
        rows[3]._replace(rule="running speaker", source=(0, 12), speaker=(0, 12)),
        Prediction("second", (5, 12), "speech", "signed", None, None),
    ]
    predicted.write(before, stored)
    assert run() == [
        "quotations, since polnear-invented.csv was stored:",
        "2 won, 1 lost",
        "  won       1  marks -> inverted cue",
        "  won       1  not found -> inverted cue",
        "  lost      1  running speaker -> inverted cue",
        "  won   first 1-17: marks -> inverted cue",
        "  won   first 82-91: not found -> inverted cue",
        "  lost  second 25-38: running speaker -> inverted cue",
        "0 more that the gold lacks, 1 fewer",
        "  fewer     1  signed",
        "reported speech, since polnear-invented.csv was stored:",
        "1 won, 0 lost",
        "  won       1  not found -> report behind the cue",
        "  won   first 52-79: not found -> report behind the cue",
        "0 more that the gold lacks, 0 fewer",
        "2 passages with another resolved speaker, not judged",
        "  other     2  inverted cue",
    ]
    assert predicted.read(stored) == before


def test_articles_that_are_not_in_the_corpus_are_told(run, stored):
    run("--write")
    rows = predicted.read(stored)
    predicted.write([*rows, rows[0]._replace(article="third")], stored)
    told = run()
    assert told[0] == "1 articles of polnear-invented.csv are not in this corpus and are left out"
    assert told[1:3] == ["quotations, since polnear-invented.csv was stored:", "0 won, 0 lost"]


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Annual talks: Ann spoke.", "Ann", (14, 17)),
        ("Ann\nLee spoke. Ann Lee left.", "Ann Lee", (0, 7)),
        ("Ann spoke.", "Ann Lee", None),
        ("Ann spoke.", None, None),
    ],
)
def test_the_place_of_a_name_is_the_first_where_it_stands_alone(text, name, place):
    assert predicted.first_place(text, name) == place


def test_the_stored_predictions_hold_what_was_scored():
    """As many reports as the scoreboard counts; where not, one was recorded without the other (polnear.py --write)."""
    rows = predicted.read(ROOT / "benchmarks/predictions/polnear-dev.csv")
    assert rows == sorted(rows, key=lambda row: (row.article, row.place))
    assert {row.kind for row in rows} == set(predicted.KINDS)
    board = polnear.pd.read_csv(polnear.BOARD).query("data == 'PolNeAR dev' and system == 'clippings'")
    reports = board.loc[board["measure"] == "reported speech: precision", "n"].item()
    assert sum(row.kind == "reported" for row in rows) == reports


def test_the_examples_run():
    assert doctest.testmod(predicted).failed == 0
