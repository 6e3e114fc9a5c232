"""Two results compared: what a changed codebook does is told row by row, and bad input in one line."""

import itertools
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

import clippings as cl
from clippings import codebook
from clippings.cli import examples, main
from clippings.comparing import report

SECURITY = Path(codebook.__file__).parents[1] / "codebooks/security"
PAGE = examples.SOUND.replace(
    "They met on Tuesday.",
    'Belarusian soldiers came on Tuesday. "We wait for them," said Anna Petrova. Byelorussian guests came in 2006.',
)
LATER = PAGE.replace("02/11/2007", "03/11/2007")
SAY = "  - {forms: [say, says, said, saying], frame: say}\n"
BOOK = f"security {cl.Codebook.load().ref.version}"
SHARED = ["entity", "kind", "country", "form", "nested", "wikidata"]


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Path:
    """Two pages annotated with the codebook, without one alias and without one cue, in both forms."""
    root = tmp_path_factory.mktemp("results")
    (root / "press").mkdir()
    (root / "press/112007-1.txt").write_text(PAGE, "utf-8")
    (root / "press/112007-2.txt").write_text(LATER, "utf-8")
    changes = {"alias": ("actors.csv", "Belarusian|Belarussian|", "Belarussian|"), "cue": ("cues.yaml", SAY, "")}
    books = {"old": "security", **{name: changed(root / f"book-{name}", *change) for name, change in changes.items()}}
    for name, book in books.items():
        for target in (root / f"{name}.jsonl", root / name):
            tail = "" if target.suffix else "/"
            assert main(["annotate", str(root / "press"), "--codebook", str(book), "-o", f"{target}{tail}"]) == 0
    return root


def changed(folder: Path, file: str, before: str, after: str) -> Path:
    shutil.copytree(SECURITY, folder)
    words = (folder / file).read_text("utf-8")
    assert words.count(before) == 1
    (folder / file).write_text(words.replace(before, after), "utf-8")
    return folder


@pytest.fixture
def diff(results, capsys, monkeypatch):
    """Run the command and return its status, its output and what it says beside it."""
    monkeypatch.chdir(results)

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        status = main(["diff", *map(str, arguments)])
        return status, *capsys.readouterr()

    return run


def objects(output: str) -> list[dict]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.mark.parametrize("form", [".jsonl", ""])
def test_an_alias_less_is_told_with_page_layer_and_id(diff, form):
    status, output, beside = diff(f"old{form}", f"alias{form}", "--format", "json")
    lost = [one for one in objects(output) if one["layer"] == "mentions"]
    assert status == 1
    assert [(one["change"], one["id"], one["start"], one["end"]) for one in lost] == [
        ("lost", "112007-1", 62, 72),
        ("lost", "112007-2", 62, 72),
    ]
    assert {column: lost[0]["old"][column] for column in SHARED} == {
        "entity": "BY",
        "kind": "demonym",
        "country": "BY",
        "form": "Belarusian",
        "nested": False,
        "wikidata": "Q184",
    }
    assert lost[0]["new"] is None
    assert beside.startswith(f"clippings: codebooks differ: OLD {BOOK} (")


@pytest.mark.parametrize(("form", "words"), [(".jsonl", ""), ("", ' "Belarusian"')])
def test_the_text_sums_up_and_then_tells_each_row(diff, form, words):
    status, output, beside = diff(f"old{form}", f"alias{form}")
    lines = output.splitlines()
    assert (status, beside) == (1, "")
    assert lines[0] == "2 pages in both, 0 in OLD alone, 0 in NEW alone"
    assert lines[1].startswith(f"codebooks differ: OLD {BOOK} (")
    assert lines[3:] == [
        "layer     rule        gained  lost  changed",
        "mentions  Belarusian       0     2        0",
        "total                      0     2        0",
        "",
        "112007-1",
        f'  lost     mentions 62-72{words}: entity "BY"; kind "demonym"; form "Belarusian"',
        "112007-2",
        f'  lost     mentions 62-72{words}: entity "BY"; kind "demonym"; form "Belarusian"',
    ]


@pytest.mark.parametrize("form", [".jsonl", ""])
def test_a_changed_rule_is_told_with_both(diff, form):
    status, output, _ = diff(f"old{form}", f"cue{form}")
    assert status == 1
    summed = "quotes    inverted cue -> subject of the sentence before       0     0        2"
    assert summed in output.splitlines()
    row = next(line for line in output.splitlines() if line.startswith("  changed  quotes 99-118"))
    assert 'speaker "Anna Petrova" -> "Belarusian soldiers"' in row
    assert "cue_start 119 -> none; cue_end 123 -> none" in row
    assert 'rule "inverted cue" -> "subject of the sentence before"' in row


@pytest.mark.parametrize("new", ["alias", "cue"])
def test_both_forms_tell_the_same(diff, new):
    """Of a changed row the columns are those that the form records, and JSON Lines record fewer."""
    told = {}
    for form in (".jsonl", ""):
        told[form] = objects(diff(f"old{form}", f"{new}{form}", "--format", "json")[1])
    for lines, tables in zip(told[".jsonl"], told[""], strict=True):
        for side in ("old", "new"):
            assert (lines[side] or {}).items() <= (tables[side] or {}).items()
        assert {**lines, "old": 0, "new": 0, "text": 0} == {**tables, "old": 0, "new": 0, "text": 0}
        assert (lines["text"] is None, tables["text"] is None) == (True, False)


def test_two_forms_of_one_result_do_not_differ(diff):
    status, output, beside = diff("old.jsonl", "old")
    assert (status, beside) == (0, "")
    assert output.splitlines()[1].startswith("schemas differ: OLD JSON Lines (schema 2), NEW tables (schema ")
    assert "not compared, as one side does not record them: dates date; " in output
    assert output.endswith("no differences\n")


def test_two_forms_of_two_results_do(diff):
    status, output, _ = diff("old.jsonl", "alias")
    assert status == 1
    assert "mentions  Belarusian       0     2        0" in output


@pytest.mark.parametrize("name", ["old.jsonl", "old"])
def test_a_result_is_like_itself(diff, name):
    assert diff(name, name) == (0, "2 pages in both, 0 in OLD alone, 0 in NEW alone\nno differences\n", "")
    assert diff(name, name, "--format", "json") == (0, "", "")


def test_an_empty_result_is_told_and_not_compared(diff, tmp_path):
    (tmp_path / "none.jsonl").touch()
    status, output, told = diff(tmp_path / "none.jsonl", tmp_path / "none.jsonl")
    assert (status, output) == (2, "")
    assert told == f"clippings: {tmp_path}/none.jsonl: is empty; {NO_FILE}"


def test_fields_are_rows_and_a_page_of_one_side_is_all_gained(diff, results, tmp_path):
    first, second = (results / "old.jsonl").read_text("utf-8").splitlines()
    record = json.loads(first)
    changed = json.dumps({**record, "title": "Talks in Brest", "byline": "Anna Petrova", "publisher": None})
    (tmp_path / "old.jsonl").write_text(first.replace('"publisher":null', '"publisher":"Gazeta"') + "\n", "utf-8")
    (tmp_path / "new.jsonl").write_text(f"{changed}\n{second}\n", "utf-8")
    status, output, _ = diff(tmp_path / "old.jsonl", tmp_path / "new.jsonl", "--all")
    assert status == 1
    assert output.startswith("1 page in both, 0 in OLD alone, 1 in NEW alone\n")
    page, added = output.split("112007-1\n")[1].split("112007-2\n")
    assert page.splitlines() == [
        '  gained   fields byline: "Anna Petrova"',
        '  lost     fields publisher: "Gazeta"',
        '  changed  fields title: "Talks in Minsk" -> "Talks in Brest"',
    ]
    assert all(line.startswith("  gained ") for line in added.splitlines())
    assert '  gained   quotes 99-118: kind "speech"; speaker "Anna Petrova"; rule "inverted cue"' in added


def test_many_rows_are_printed_only_when_all_are_asked_for(diff, tmp_path):
    found = [{"start": at, "end": at + 1, "rule": f"rule {at}"} for at in range(60)]
    for name, dates in (("old", []), ("new", found)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": "a", "item": 0, "dates": dates}), "utf-8")
    sides = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    few, every = diff(*sides)[1].splitlines(), diff(*sides, "--all")[1].splitlines()
    assert few[-1] == "... 10 more differences; --all prints every one"
    assert sum(line.startswith("  gained") for line in few) == report.MOST_ROWS == 50
    assert any(line.split() == ["...", "10", "more", "rules", "10", "0", "0"] for line in few)
    assert sum(line.startswith("  gained") for line in every) == 60
    assert not any("more" in line for line in every)
    total = ["total", "60", "0", "0"]
    assert [line.split() for line in (*few, *every)].count(total) == 2


def test_what_a_terminal_would_obey_is_not_printed(diff, tmp_path):
    evil = "a\x1b[2J\u202eb"
    record = {"id": evil, "item": 1, "text": evil, "title": evil, evil: 1,
              "codebook": {"name": evil, "version": "", "sha256": ""},
              "quotes": [{"start": 0, "end": 7, "speaker": evil, "rule": evil}]}  # fmt: skip
    (tmp_path / "old.jsonl").write_text(json.dumps({"id": evil, "item": 1, "quotes": []}), "utf-8")
    (tmp_path / "new.jsonl").write_text(json.dumps(record), "utf-8")
    status, output, beside = diff(tmp_path / "old.jsonl", tmp_path / "new.jsonl")
    assert (status, beside) == (1, "")
    assert "\x1b" not in output
    assert "\u202e" not in output
    assert 'quotes 0-7 "a [2J b": speaker "a [2J b"; rule "a [2J b"' in output
    assert "a [2J b, item 1" in output


NO_FILE = "give what clippings annotate -o wrote, a JSON Lines file or a folder of tables\n"
BAD_LINES = {
    "truncated": (b'{"id":"a","item":0}\n{"id":"b","it', ":2: not a clipping as a line of JSON ("),
    "binary": (b"PAR1\x15\x04\x00\xff", ":1: not a clipping as a line of JSON ("),
    "list": (b'[{"id":"a"}]', ":1: not a clipping as a line of JSON (Expected `object`, got `array`)"),
    "no id": (b'{"item":0}', ":1: not a clipping as a line of JSON (Object missing required field `id`"),
    "no place": (b'{"id":"a","item":0,"dates":[{"start":1}]}', "(a row of dates has no start or no end)"),
    "no rows": (b'{"id":"a","item":0,"dates":[7]}', "(Expected `object`, got `int` - at `$.dates[0]`)"),
    "not text": (b'{"id":"\xff","item":0}', "('utf-8' codec"),
    "deep": (b"[" * 100_000, ":1: not a clipping as a line of JSON ("),
}


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("name", BAD_LINES)
def test_a_file_of_something_else_is_told_in_one_line(diff, results, tmp_path, name, side):
    data, told = BAD_LINES[name]
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(data)
    sides = [results / "old.jsonl", results / "old.jsonl"]
    sides[side] = bad
    status, output, beside = diff(*sides)
    assert (status, output, beside.count("\n")) == (2, "", 1)
    assert beside.startswith(f"clippings: {bad}:")
    assert told in beside
    assert beside.endswith(NO_FILE)


def test_a_file_that_is_not_there_is_told_in_one_line(diff, tmp_path):
    for name in (tmp_path / "nowhere.jsonl", tmp_path / ("n" * 300)):
        status, output, beside = diff("old.jsonl", name)
        assert (status, output) == (2, "")
        assert beside.startswith(f"clippings: {name}: cannot be read: ")
        assert beside.endswith(NO_FILE)


def test_pages_are_annotated_and_compared(diff):
    for words in (["press", "old", "-q"], ["cue", "press", "--codebook", "book-cue"]):
        status, output, _ = diff(*words)
        first, *_, last = output.splitlines()
        assert (status, first, last) == (0, "2 pages in both, 0 in OLD alone, 0 in NEW alone", "no differences")


def test_a_folder_without_pages_is_told(diff, tmp_path):
    status, output, beside = diff(tmp_path, "old")
    assert (status, output) == (2, "")
    assert beside.splitlines()[-1] == f"clippings: {tmp_path}: no page was read; give annotated results, or pages"


def broken(folder: Path, how: str) -> None:
    part = folder / "quotes/part-000000.parquet"
    if how == "no manifest":
        (folder / "manifest.jsonl").write_text("{}\n", "utf-8")
    if how == "not finished":
        manifest = folder / "manifest.jsonl"
        manifest.write_bytes(b"".join(manifest.read_bytes().splitlines(keepends=True)[:-1]))
    if how == "no part":
        part.unlink()
    if how == "cut":
        part.write_bytes(part.read_bytes()[:100])
    if how == "another page":
        pd.read_parquet(part).assign(id="112007-9").to_parquet(part)
    if how == "no key":
        pd.read_parquet(part).drop(columns="id").to_parquet(part)


@pytest.mark.parametrize(
    ("how", "told"),
    {
        "no manifest": "manifest.jsonl is not a manifest that this version reads",
        "not finished": ": the run that writes these tables is not finished; start it again",
        "no part": "part-000000.parquet: cannot be read: ",
        "cut": "part-000000.parquet: cannot be read: ",
        "another page": ": part 0 does not fit together (('112007-9', 0) is missing); annotate again",
        "no key": ": part 0 does not fit together ('id' is missing); annotate again",
    }.items(),
)
def test_a_broken_folder_is_told_in_one_line(diff, results, tmp_path, how, told):
    shutil.copytree(results / "old", tmp_path / "bad")
    broken(tmp_path / "bad", how)
    status, output, beside = diff("old", tmp_path / "bad")
    assert (status, output, beside.count("\n")) == (2, "", 1)
    assert told in beside


def test_tables_of_another_schema_are_compared_and_it_is_said(diff, results, tmp_path):
    """An older version of the tables has no errata, nor the column anchor."""
    other = tmp_path / "other"
    shutil.copytree(results / "old", other)
    shutil.rmtree(other / "errata")
    part = other / "dates/part-000000.parquet"
    pd.read_parquet(part).drop(columns="anchor").to_parquet(part)
    written = (other / "manifest.jsonl").read_text("utf-8")
    schema = json.loads(written.splitlines()[0])["schema"]
    (other / "manifest.jsonl").write_text(written.replace(schema, "another"), "utf-8")
    status, output, _ = diff("old", other)
    assert status == 0
    assert f"schemas differ: OLD tables (schema {schema}), NEW tables (schema another)" in output
    assert "not compared, as one side does not record them: dates anchor; errata all" in output


def test_a_library_call_takes_corpora_tables_and_paths(results):
    corpora = [cl.read(results / "press").annotate(book) for book in ("security", results / "book-alias")]
    tables = [cl.load(results / name) for name in ("old", "alias")]
    expected = cl.differences(results / "old", results / "alias")
    pd.testing.assert_frame_equal(cl.differences(*tables), expected)
    pd.testing.assert_frame_equal(cl.differences(*corpora), expected)
    pd.testing.assert_frame_equal(cl.differences(str(results / "old"), corpora[1]), expected)
    assert cl.differences(tables[0], corpora[0]).empty
    assert cl.differences(results / "old.jsonl", corpora[0]).empty


def test_swapped_arguments_swap_the_columns_of_the_frame(results):
    names = {"old": "new", "new": "old", "old_rule": "new_rule", "new_rule": "old_rule"}
    changes = {"gained": "lost", "lost": "gained", "changed": "changed"}
    forth, back = (cl.differences(*sides) for sides in itertools.permutations([results / "old", results / "cue"]))
    assert len(forth)
    swapped = back.rename(columns=names)[list(forth)].assign(change=back["change"].map(changes))
    pd.testing.assert_frame_equal(swapped, forth)


def test_a_row_without_columns_is_a_row_of_the_frame(tmp_path):
    for name, sentences in (("old", [[0, 4]]), ("new", [[0, 4], [5, 9]])):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": "a", "item": 0, "sentences": sentences}), "utf-8")
    found = cl.differences(tmp_path / "old.jsonl", tmp_path / "new.jsonl")
    assert found[["change", "layer", "start", "end"]].values.tolist() == [["gained", "sentences", 5, 9]]
    assert found["column"].isna().all()


def test_a_missing_result_of_the_library_call_is_a_result_error(tmp_path):
    with pytest.raises(cl.ResultError, match="cannot be read: "):
        cl.differences(tmp_path / "nowhere", tmp_path / "nowhere")


LINE = b'{"id":"a","item":0,"title":"b","dates":[{"start":1,"end":2,"rule":"c"}],"sentences":[[1,2]],"text":"d"}'
PARTS = (b'"a"', b"0", b'"b"', b'{"start":1,"end":2,"rule":"c"}', b"1", b"[1,2]", b'"c"')
OTHERS = (
    b"null",
    b"true",
    b"-1",
    b"1e400",
    b"9" * 30,
    b"9" * 5000,
    b'"\\ud800"',
    b"[]",
    b"{}",
    b'{"start":{}}',
    b"\xff",
    b"",
)


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("part", PARTS)
def test_no_line_gives_a_traceback(diff, tmp_path, part, other):
    (tmp_path / "old.jsonl").write_bytes(LINE)
    (tmp_path / "new.jsonl").write_bytes(LINE.replace(part, other))
    for options in ([], ["--format", "json"]):
        status, output, beside = diff(tmp_path / "old.jsonl", tmp_path / "new.jsonl", *options)
        assert status in (1, 2)
        assert (status == 2) == beside.endswith(NO_FILE)
        assert bool(output) == (status == 1)


def test_what_is_no_result_is_refused():
    with pytest.raises(cl.ClippingsError, match="must be annotated clippings, tables or a path, not int"):
        cl.differences(5, 5)
