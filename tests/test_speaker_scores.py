"""The benchmark of who speaks: its gold is well formed, and what it says of two invented articles is right."""

import doctest
import json
import random
import sys
from pathlib import Path

import pandas as pd
import pytest
import scoreboard
import speaker_verdicts
import speakers
from speaker_verdicts import APART, GIVEN, NONE, PRECISION, RIGHT, WRONG

KINDS = {"person", "body", "document", "state", "unnamed", "several", "nobody"}
FLOOR = {(speakers.KEPT, PRECISION): 0.95, (speakers.KEPT, GIVEN): 0.8, ("zoo", PRECISION): 0.98}

READ = (
    'The envoy Anna Petrova was there. "We wait for them all," said Petrova. "They came," said Oleg Taranin.\n\n'
    '"We never came," said a spokesman.\n\n"Nobody came at all," it was said.'
)
KEPT = '"We wait for them all," said Ruslan Zhuk. He left with a "wait list" in hand.'
CASE = 'Talks went on\n\nMinsk was quiet. "We wait for them all," said Anna Petrova.\n'


@pytest.fixture(scope="module")
def gold():
    return speakers.read()


def truth(half: str, text: str, words: str, kind: str, name: str | None = None) -> speakers.Truth:
    place = text.index(words), text.index(words) + len(words)
    named = (text.index(name), text.index(name) + len(name)) if name else None
    return speakers.Truth(half, half, place, kind, named)


TRUTHS = [
    truth("tuned", READ, '"We wait for them all,"', "person", "Anna Petrova"),
    truth("tuned", READ, '"They came,"', "person", "Anna Petrova"),
    truth("tuned", READ, '"We never came,"', "unnamed"),
    truth("tuned", READ, '"Nobody came at all,"', "person", "Anna Petrova"),
    truth("kept", KEPT, '"We wait for them all,"', "person", "Ruslan Zhuk"),
    truth("kept", KEPT, '"wait list"', "nobody"),
]


@pytest.fixture
def judged():
    pages = dict(zip(("tuned", "kept"), speakers.annotated([READ, KEPT]), strict=True))
    return pages, list(speakers.judge(TRUTHS, pages))


def test_the_gold_names_each_person_and_no_place_twice(gold):
    assert len(gold) == len({(one.article, one.place) for one in gold}) == 400
    assert {one.kind for one in gold} == KINDS
    assert all(one.name for one in gold if one.kind == "person")
    assert all(one.name is None for one in gold if one.kind in ("unnamed", "several", "nobody"))
    assert all(start < end for one in gold for start, end in filter(None, (one.place, one.name)))


def test_the_halves_share_no_article(gold):
    halves = {half: {one.article for one in gold if one.half == half} for half in speakers.HALVES}
    assert {half: len(ids) for half, ids in halves.items()} == {"tuned": 17, "kept": 16}
    assert not halves["tuned"] & halves["kept"]
    assert {one.half for one in gold} == set(halves)


def test_each_quotation_of_the_gold_is_judged(judged):
    assert [one.verdict for one in judged[1]] == [RIGHT, WRONG, APART, NONE, RIGHT, APART]


def test_the_misses_of_the_half_kept_apart_are_not_told(judged):
    pages, rows = judged
    told = list(speakers.misses([*rows, rows[4]._replace(verdict=WRONG)], pages))
    assert [line.split(":")[0] for line in told] == ["wrong tuned 72-84", "none  tuned 141-162"]
    assert "Oleg Taranin" in told[0]


def test_misses_are_grouped_and_counted(judged):
    found = speakers.grouped(judged[1]).values.tolist()
    assert found == [
        ["tuned", "none", "person", "subject of the sentence", "", 1],
        ["tuned", "wrong", "person", "inverted cue", "full name", 1],
    ]


def test_the_rows_of_the_scoreboard_tell_the_halves_apart():
    rows = speakers.board({speakers.TUNED: [RIGHT, WRONG, NONE], speakers.KEPT: [RIGHT]})
    values = rows.set_index(["data", "measure"])["value"].to_dict()
    assert values == {
        (speakers.TUNED, PRECISION): 0.5,
        (speakers.TUNED, GIVEN): 0.667,
        (speakers.KEPT, PRECISION): 1.0,
        (speakers.KEPT, GIVEN): 1.0,
    }


@pytest.mark.parametrize(
    ("allowed", "where", "verdicts"),
    [
        (["Anna Petrova"], "wait", [RIGHT]),
        (["Oleg Taranin", None], "wait", [WRONG]),
        (["Anna Petrova"], "go", []),
    ],
)
def test_a_case_is_judged_by_what_it_allows(tmp_path, allowed, where, verdicts):
    check = {"frame": "quotes", "where": {"text": where}, "expect": {"speaker": allowed}}
    other = {"frame": "dates", "expect": {"iso": [None]}}
    (tmp_path / "one.txt").write_text(CASE, "utf-8")
    cases = [{"file": "one.txt", "checks": [{"any": [check]}, other]}, {"files": {}, "checks": [check]}]
    (tmp_path / "cases.json").write_text(json.dumps(cases), "utf-8")
    assert list(speakers.of_cases(tmp_path)) == verdicts


@pytest.mark.parametrize(("speaker", "allowed", "verdict"), [(None, [None, "Lee"], APART), (None, ["Lee"], NONE)])
def test_a_case_without_a_speaker_is_apart_where_none_is_allowed(speaker, allowed, verdict):
    quote = speakers.Quote(0, 1, "speech", "marks", speaker)
    assert speakers._of_check({"expect": {"speaker": allowed}}, quote) == verdict


def test_the_command_records_what_it_scores(tmp_path, monkeypatch, capsys):
    rows = [{"id": name, "text": text, "quotes": []} for name, text in (("tuned", READ), ("kept", KEPT), ("x", "y"))]
    random.Random(1).shuffle(rows)
    (tmp_path / "quoted_dev.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    board = tmp_path / "board.csv"
    pd.DataFrame(columns=scoreboard.COLUMNS).to_csv(board, index=False)
    monkeypatch.setattr(speakers, "BOARD", board)
    monkeypatch.setattr(speakers, "MISSES", tmp_path / "misses.csv")
    monkeypatch.setattr(speakers, "read", lambda: TRUTHS)
    monkeypatch.setattr(sys, "argv", ["speakers.py", str(tmp_path), "--misses"])
    assert speakers.main() == 0
    assert "wrong tuned 72-84" in capsys.readouterr().out
    assert pd.read_csv(board)["value"].tolist() == [1.0, 1.0, 0.667, 0.5]


@pytest.mark.parametrize(("data", "measure"), FLOOR)
def test_the_recorded_precision_keeps_the_promise_of_the_project(data, measure):
    board = pd.read_csv(Path(speakers.BOARD))
    value = board[(board["data"] == data) & (board["measure"] == measure)]["value"]
    assert value.item() >= FLOOR[data, measure]


def test_the_examples_run():
    assert doctest.testmod(speaker_verdicts).failed == 0
