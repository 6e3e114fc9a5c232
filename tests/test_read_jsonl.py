"""JSON Lines hold what the frames hold and come back as they were; what does not is named with its line."""

import io
import json
import shutil
from pathlib import Path

import msgspec
import pandas as pd
import pytest

import clippings as cl
from clippings.cli import main
from clippings.model import Block, Span
from clippings.tables import jsonl
from clippings.tables.frames import KEPT

ROOT = Path(__file__).resolve().parents[1]
SOURCES = (ROOT / "data/clippings", ROOT / "tests/zoo")
PAGE = (
    'DATE:\n\n02/11/2007\n\nTalks in Minsk\n\n"We wait," said Anna Petrova on Tuesday. Belarus is an ally of Russia.\n'
)
HTML = f"<html><title>No</title><body><p>{PAGE.strip().replace(chr(10) * 2, '</p><p>')}</p></body></html>"


@pytest.fixture(scope="module")
def whole() -> cl.AnnotatedCorpus:
    return cl.read(*(path for folder in SOURCES for path in sorted(folder.glob("*.txt")))).annotate()


@pytest.fixture
def press(tmp_path, monkeypatch) -> Path:
    """A folder of pages in several encodings, the working folder beside it."""
    (tmp_path / "press").mkdir()
    monkeypatch.chdir(tmp_path)
    for name, data in {
        "plain.txt": PAGE.encode(),
        "crlf.txt": PAGE.replace("\n", "\r\n").replace("Talks", "Talk").encode(),
        "wide.txt": PAGE.replace("Tuesday", "Friday").encode("utf-16"),
        "big.txt": b"\xfe\xff" + PAGE.replace("Tuesday", "Monday").encode("utf-16-be"),
        "signed.txt": PAGE.replace("Talks", "More talks").encode("utf-8-sig"),
        "old.txt": PAGE.replace("Talks", "Talks “here” – café").encode("cp1252"),
        "saved.html": HTML.replace("Tuesday", "Sunday").encode(),
    }.items():
        (tmp_path / "press" / name).write_bytes(data)
    return tmp_path / "press"


def lines(annotated: cl.AnnotatedCorpus) -> list[bytes]:
    return list(jsonl.lines(annotated))


def same(read: cl.AnnotatedCorpus, written: cl.AnnotatedCorpus) -> None:
    assert read.failures == ()
    assert list(read) == list(written)
    assert read.layers == written.layers
    for name in written.frames:
        if name != "diagnostics" or not written.failures:
            pd.testing.assert_frame_equal(getattr(read, name), getattr(written, name), obj=name)


# There and back.


def test_all_shipped_pages_come_back_with_their_text_from_the_files(whole):
    written = lines(whole)
    assert not any("text" in json.loads(line) for line in written)
    same(cl.read_jsonl(written), whole)


def test_all_shipped_pages_come_back_with_their_text_from_the_lines(whole, tmp_path):
    target = tmp_path / "evidence.jsonl"
    target.write_bytes(b"".join(jsonl.lines(whole, is_whole=True)))
    read = cl.read_jsonl(target)
    same(read, whole)
    items = [
        page.clipping for page in read if page.clipping.id == next(p for p in whole if p.clipping.item).clipping.id
    ]
    assert len(items) > 1
    assert len({id(item.text) for item in items}) == 1


def test_a_path_an_open_file_and_lines_are_read_alike(press):
    assert main(["annotate", str(press), "-o", "out.jsonl"]) == 0
    text = Path("out.jsonl").read_text("utf-8")
    for source in ("out.jsonl", Path("out.jsonl"), io.StringIO(text), io.BytesIO(text.encode()), text.splitlines()):
        same(cl.read_jsonl(source), cl.read(press).annotate())


def test_what_another_encoding_holds_is_read_from_the_file_and_a_saved_page_from_the_line(press):
    annotated = cl.read(press).annotate()
    given = {Path(made["path"]).name for made in map(json.loads, lines(annotated)) if "text" in made}
    assert given == {"saved.html"}
    assert len({page.clipping.encoding for page in annotated}) == 5
    same(cl.read_jsonl(lines(annotated)), annotated)


@pytest.mark.usefixtures("press")
def test_what_no_file_holds_is_in_the_line():
    frame = pd.DataFrame({"id": ["press/plain.txt", "press/other.txt", "x"], "text": [PAGE, PAGE + " ", PAGE + "  "]})
    pages = [
        *cl.parse(PAGE),
        *cl.parse(PAGE + "!", path="press/plain.txt"),
        *cl.read_frame(frame),
        *cl.read(io.StringIO(f"{PAGE} . ")),
    ]
    annotated = cl.Corpus(pages).annotate()
    given = ["text" in json.loads(line) for line in lines(annotated)]
    # The first row of the frame is the very file of that name.
    assert given == [True, True, False, True, True, True]
    same(cl.read_jsonl(lines(annotated)), annotated)


@pytest.mark.usefixtures("press")
def test_a_folder_that_moved_with_its_lines_is_found(tmp_path, monkeypatch):
    annotated = cl.read("press").annotate()
    Path("out.jsonl").write_bytes(b"".join(lines(annotated)))
    (tmp_path / "elsewhere").mkdir()
    shutil.move("press", "elsewhere/press")
    shutil.move("out.jsonl", "elsewhere/out.jsonl")
    assert list(cl.read_jsonl("elsewhere/out.jsonl")) == list(annotated)
    monkeypatch.chdir("elsewhere")
    assert list(cl.read_jsonl("out.jsonl")) == list(annotated)


@pytest.mark.parametrize("layers", [["mentions"], ["dates", "themes"], ["sentences"], None])
def test_some_layers_come_back_as_these(whole, layers):
    some = whole.corpus.annotate(layers=layers)
    same(cl.read_jsonl(lines(some)), some)


ITEM = """Document {n} of 999

Talks about the road in town {n}

Publication info: Minsk News ; Minsk {n} Nov 2007

"We wait for the ferry," said Minister Ivan Orlov.

____________________________________________________________

"""


def digest(items: int) -> cl.AnnotatedCorpus:
    return cl.Corpus(cl.parse("".join(ITEM.format(n=n + 1) for n in range(items)))).annotate(layers=["quotes"])


@pytest.fixture
def long(monkeypatch):
    """Every page counts as one with too many blocks to repeat."""
    monkeypatch.setattr(jsonl, "REPEATED", 0)


def items_of(blocks: int) -> list[cl.Clipping]:
    """Two items of a page with so many blocks."""
    (page,) = cl.parse("x" * blocks, layout="plain")
    cut = tuple(Block("text", start, start + 1) for start in range(blocks))
    return [msgspec.structs.replace(page, item=item, blocks=cut) for item in (0, 1)]


def test_each_line_of_a_short_digest_stands_alone():
    annotated = digest(4)
    written = list(map(json.loads, lines(annotated)))
    assert all(made["text"] == annotated[0].clipping.text for made in written)
    assert {len(made["blocks"]) for made in written} == {33}
    assert list(cl.read_jsonl(lines(annotated)[::-1])) == list(annotated)[::-1]


@pytest.mark.parametrize(("blocks", "is_repeated"), [(1_000, True), (1_001, False)])
def test_only_pages_of_many_blocks_have_them_in_one_line(blocks, is_repeated):
    # A thousand blocks are a digest of a hundred items and take 45 KB; 10,000 items of a page would take gigabytes.
    first, second = map(json.loads, jsonl.lines(items_of(blocks)))
    assert len(first["blocks"]) == blocks
    assert (second["blocks"] == first["blocks"], "text" in second) == (is_repeated, is_repeated)


@pytest.mark.usefixtures("long")
def test_the_items_of_a_long_page_take_its_text_and_blocks_from_the_line_of_the_first():
    annotated = digest(4)
    assert [page.clipping.item for page in annotated] == [0, 1, 2, 3]
    written = list(map(json.loads, lines(annotated)))
    assert [made["blocks"] is None for made in written] == ["text" not in made for made in written]
    assert [made["blocks"] is None for made in written] == [False, True, True, True]
    read = cl.read_jsonl(lines(annotated))
    same(read, annotated)
    assert len({id(page.clipping.blocks) for page in read}) == len({id(page.clipping.text) for page in read}) == 1
    assert list(cl.read_jsonl(lines(annotated[2:]))) == list(annotated[2:])


@pytest.mark.usefixtures("long")
def test_the_lines_of_a_digest_grow_as_it_does():
    few, many = (len(b"".join(lines(digest(items)))) for items in (10, 40))
    # With its blocks in the line of each item, four times the items would make nearly 16 times the bytes.
    assert many < 4.5 * few


@pytest.mark.parametrize("kept", [slice(1, None), slice(None, None, -1)])
@pytest.mark.usefixtures("long")
def test_an_item_without_the_first_of_its_page_is_told(kept):
    written = lines(digest(3))[kept]
    failures = cl.read_jsonl(written).failures
    assert [failure.line for failure in failures] == [1, 2]
    assert "its blocks stand in the line of the first item of its page, which was not read" in failures[0].message


@pytest.mark.usefixtures("long")
def test_an_item_behind_another_page_is_not_given_its_blocks(whole):
    written = [lines(whole)[0], lines(digest(2))[1]]
    (failure,) = cl.read_jsonl(written).failures
    assert (failure.code, failure.line) == ("CLP601", 2)


def test_nothing_comes_back_as_nothing():
    read = cl.read_jsonl([b"\n", " "])
    assert (len(read), read.failures, read.quotes.empty) == (0, (), True)


def test_half_a_surrogate_pair_becomes_a_replacement_character():
    annotated = cl.Corpus(cl.parse(f"{PAGE}Minsk \ud800 was quiet.", path="caf\udce9.txt")).annotate()
    (read,) = cl.read_jsonl(lines(annotated))
    assert read.clipping.path == "caf\ufffd.txt"
    assert read.clipping.text == annotated[0].clipping.text.replace("\ud800", "\ufffd")
    assert read.found == annotated[0].found


# A record holds no less than the frames do.


@pytest.mark.parametrize("layer", KEPT)
def test_a_record_holds_every_attribute_and_the_frame_every_offset(whole, layer):
    rows = [row for page in whole for row in json.loads(jsonl.line(page))[layer]]
    frame = getattr(whole, layer)
    assert len(rows) == len(frame) > 0
    spans = [tuple(row[:2]) if isinstance(row, list) else (row["start"], row["end"]) for row in rows]
    assert spans == list(zip(frame["start"], frame["end"], strict=True))
    if KEPT[layer].record is not Span:
        columns = {KEPT[layer].names.get(name, name) for name in rows[0]}
        assert columns - set(frame.columns) == set()
        placed = {name for name, form in KEPT[layer].forms if form == "place"}
        derived = {"id", "item", "text", "evidence_places", *placed, *KEPT[layer].columns}
        assert set(frame.columns) - columns - derived == set()


def test_evidence_has_its_offsets_in_the_frame(whole):
    texts = {page.clipping.id: page.clipping.text for page in whole}
    for row in whole.themes.to_dict("records"):
        places = [tuple(map(int, place.split("-"))) for place in row["evidence_places"].split("; ")]
        assert "; ".join(texts[row["id"]][start:end] for start, end in places) == row["evidence"]


def test_a_record_says_its_id_as_the_frames_do(whole):
    made = [json.loads(line) for line in lines(whole)]
    assert [(one["id"], one["item"]) for one in made] == list(
        zip(whole.clippings["id"], whole.clippings["item"], strict=True)
    )


# What cannot be read.


def spoiled(change) -> list[bytes]:
    """Three lines, of which the second was changed."""
    annotated = cl.Corpus([cl.parse(PAGE + "." * n, path=f"{n}.txt")[0] for n in range(3)]).annotate()
    first, second, third = lines(annotated)
    made = json.loads(second)
    changed = change(made)
    return [first, changed if isinstance(changed, bytes) else json.dumps(made).encode(), third]


def cut_short(made: dict) -> bytes:
    return json.dumps(made).encode()[:-9]


def without(*path: str | int):
    """Drop what stands at a path."""

    def drop(made: dict) -> None:
        for name in path[:-1]:
            made = made[name]
        del made[path[-1]]

    return drop


def with_file(path: str | None):
    """Take the text from the line, and give a path for it."""

    def move(made: dict) -> None:
        del made["text"]
        made["path"] = path

    return move


BAD = {
    "cut": (cut_short, "JSON is malformed"),
    "not an object": (lambda _: b"[1, 2]", "Expected `object`, got `array`"),
    "deep": (lambda _: b'{"id": ' + b"[" * 100_000, "recursion"),
    "not UTF-8": (lambda _: b'{"id": "\xff"}', "can't decode byte 0xff"),
    "schema 1": (without("schema"), "its schema is 1, this version reads 2; annotate again"),
    "schema 3": (lambda made: made.update(schema=3), "its schema is 3, this version reads 2"),
    "parsed only": (without("codebook"), "it holds no annotations; clippings annotate writes them"),
    "no id": (without("id"), "missing required field `id`"),
    "no field": (without("quotes", 0, "rule"), "missing required field `rule`"),
    "half a place": (without("quotes", 0, "source_end"), "Expected `int`, got `null`"),
    "a word for a number": (lambda made: made["dates"][0].update(start="3"), "Expected `int`, got `str`"),
    "no list": (lambda made: made.update(sentences=7), "Expected `array`, got `int`"),
    "a triple": (lambda made: made["sentences"].append([1, 2, 3]), "of length 2"),
    "behind the text": (
        lambda made: made["themes"][0]["evidence"].append([1, 9999]),
        "1-9999 is not within its text of",
    ),
    "backwards": (lambda made: made["mentions"][0].update(start=90, end=80), "90-80 is not within its text"),
    "blocks with a gap": (without("blocks", 1), "its blocks do not fit its text of"),
    "another text": (lambda made: made.update(text="Minsk"), "its blocks do not fit its text of 5 characters"),
    "a key twice": (lambda made: made.update(id="0"), "id '0', item 0 stands on line 1 already"),
    "other layers": (without("errata"), "dates, themes, those before have sentences"),
    "what a terminal would obey": (lambda made: made.update(schema="\x1b[2J"), "its schema is '\\x1b[2J'"),
}
NO_TEXT = {
    "no file": (with_file("1.txt"), "no file '1.txt'"),
    "no path": (with_file(None), "no file ''"),
    "a folder": (with_file("."), "no file '.'"),
    "another file": (with_file(str(SOURCES[0] / "112007-14.txt")), "is not the file that was annotated"),
}


@pytest.mark.parametrize("name", [*BAD, *NO_TEXT])
def test_a_bad_line_is_named_and_the_others_are_read(tmp_path, name):
    change, message = {**BAD, **NO_TEXT}[name]
    code = "CLP601" if name in BAD else "CLP602"
    given = spoiled(change)
    target = tmp_path / "evidence.jsonl"
    target.write_bytes(b"\n".join(line.rstrip() for line in given))
    read = cl.read_jsonl(target)
    (failure,) = read.failures
    assert (failure.code, failure.file, failure.line) == (code, str(target), 2)
    assert message in failure.message
    assert [page.clipping.id for page in read] == ["0", "2"]
    with pytest.raises(cl.ResultError, match=f"evidence.jsonl:2:1: error.{code}.: "):
        cl.read_jsonl(target, strict=True)


@pytest.mark.parametrize("path", ["nowhere.jsonl", "."])
def test_a_file_that_cannot_be_read_is_an_error(tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(cl.ResultError, match=rf"^{path}: cannot be read: .*; check the path$"):
        cl.read_jsonl(path)
