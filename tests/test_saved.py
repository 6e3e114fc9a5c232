"""A whole folder of saved files: every file accounted for, every field, key and paragraph as written down."""

import sys
from pathlib import Path

import pytest
import yaml

import clippings as cl

sys.path.insert(0, str(Path(__file__).parent / "saved"))
import make

EXPECTED = yaml.safe_load(Path(make.__file__).with_name("expected.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("saved")
    assert len(make.write(root)) >= 60
    return root


@pytest.fixture(scope="module")
def corpus(folder):
    return cl.read(folder)


def below(folder: Path, file: str) -> str:
    return Path(file).relative_to(folder).as_posix()


def row(clipping: cl.Clipping) -> dict:
    date = clipping.fields.get("date")
    paragraphs = [part.of(clipping.text) for part in clipping.paragraphs]
    return {
        "id": clipping.id,
        "item": clipping.item,
        "title": clipping.title,
        "date": clipping.date,
        "basis": date.basis if date else None,
        "outlet": clipping.outlet,
        "byline": clipping.value("byline"),
        "paragraphs": len(paragraphs),
        "begins": paragraphs[0][:40].strip(),
        "told": [note.code for note in clipping.diagnostics if note.code != "CLP217"],
    }


def test_every_clipping(corpus):
    assert [row(clipping) for clipping in corpus] == EXPECTED["clippings"]


def test_what_was_not_read(corpus, folder):
    assert {below(folder, failure.file): failure.code for failure in corpus.failures} == EXPECTED["failures"]
    left = corpus.sources[corpus.sources["state"] == "not read"]
    assert dict(zip([below(folder, file) for file in left["file"]], left["code"], strict=True)) == EXPECTED["not_read"]


def test_the_sum(corpus, folder):
    assert corpus.summary == EXPECTED["summary"]
    sources = corpus.sources
    assert sources["clippings"].sum() == len(corpus) == len(EXPECTED["clippings"])
    seen = {below(folder, file) for file in sources["file"]}
    packed = {name for name in seen if name.startswith(("packed/pages.zip/", "packed/pages.tar.gz/"))}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert seen == (there - {"packed/pages.zip", "packed/pages.tar.gz"}) | packed


def test_languages(corpus):
    foreign = {clipping.id: clipping.language for clipping in corpus if clipping.language not in (None, "en")}
    assert foreign == EXPECTED["languages"]


def test_the_key_is_a_key(corpus):
    keys = corpus.clippings[["id", "item"]]
    assert not keys.duplicated().any()
    texts = corpus.texts
    assert len(texts.merge(corpus.clippings, on=["id", "item"])) == len(texts)


def test_all_text_is_in_blocks(corpus):
    assert all(clipping.render() == clipping.text for clipping in corpus)
