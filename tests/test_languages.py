"""Pages in other languages are read whole, told, and not annotated; short texts and names are not called foreign."""

from pathlib import Path

import pytest
import yaml

import clippings as cl
from clippings.reading import languages

TABLE = yaml.safe_load(Path(__file__).with_name("tables").joinpath("languages.yaml").read_text("utf-8"))
GERMAN = (
    "Der Präsident sprach am Montag in Minsk über die Beziehungen zu Russland. „Wir warten“, sagte Anna Petrova. "
    "Die Verhandlungen werden an einem anderen Ort fortgesetzt, teilte das Ministerium mit.\n"
)
ENGLISH = (
    'The president spoke in Minsk on Monday about the relations with Russia. "We wait," said Anna Petrova. '
    "The talks will go on at another place, the ministry said.\n"
)
HEAD = "DATE:\n\n02/11/2007\n\n"


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["text"][:30])
def test_the_table_of_texts(row):
    assert languages.language(row["text"]) == row["language"]


def test_the_table_has_both_sides():
    found = [row["language"] for row in TABLE]
    assert found.count(None) >= 10
    assert len(set(found) - {None, "en"}) >= 20


@pytest.mark.parametrize("folder", ["data/clippings", "tests/zoo"])
def test_the_pages_of_the_archive_are_english_and_nobody_is_asked(folder, monkeypatch):
    monkeypatch.setattr(languages, "_detector", lambda: pytest.fail("the detector was asked"))
    corpus = cl.read(Path(__file__).parents[1] / folder)
    assert {clipping.language for clipping in corpus} == {"en"}


def test_a_page_in_another_language_is_read_whole_told_and_not_annotated(tmp_path):
    (tmp_path / "de.txt").write_text(HEAD + GERMAN, "utf-8")
    (tmp_path / "en.txt").write_text(HEAD + ENGLISH, "utf-8")
    annotated = cl.read(tmp_path).annotate()
    german = annotated[0].clipping
    assert (german.language, german.render()) == ("de", HEAD + GERMAN)
    assert annotated.clippings["language"].tolist() == ["de", "en"]
    assert annotated.clippings["paragraphs"].tolist() == [1, 1]
    for name in ("sentences", "quotes", "mentions", "dates", "themes", "errata"):
        assert set(getattr(annotated, name)["id"]) <= {"en"}, name
    assert annotated.quotes["speaker"].tolist()[0] == "Anna Petrova"
    (told,) = annotated.diagnostics.query("code == 'CLP401'").to_dict("records")
    assert Path(told["file"]).name == "de.txt"
    assert "another language (de)" in told["message"]
    assert "language='en'" in told["hint"]


def test_the_language_given_is_not_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(languages, "language", lambda _: pytest.fail("it was asked for"))
    (tmp_path / "de.txt").write_text(HEAD + GERMAN, "utf-8")
    as_english = cl.read(tmp_path, language="en").annotate()
    assert len(as_english.sentences) == 3
    assert "CLP401" not in set(as_english.diagnostics["code"])
    as_german = cl.read(tmp_path, language="de").annotate()
    assert len(as_german.sentences) == 0
    assert "CLP401" in set(as_german.diagnostics["code"])


def test_streamed_tables_say_the_same(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(HEAD + (GERMAN if number == 1 else ENGLISH), "utf-8")
    tables = cl.annotate_to(tmp_path, tmp_path / "out", part=2)
    assert tables.clippings["language"].tolist() == ["en", "de", "en"]
    assert set(tables.quotes["id"]) == {"0", "2"}


def words(count: int, common: int) -> str:
    """So many words, of which so many are among the commonest of English, and the others of no language."""
    return " ".join(["the"] * common + ["xkcd"] * (count - common))


def test_the_share_of_common_words_decides_who_is_asked(monkeypatch):
    asked = []
    monkeypatch.setattr(languages, "_asked", lambda *_: asked.append(True))
    assert languages.MOSTLY_ENGLISH == 0.12
    assert languages.language(words(100, 12)) == "en"
    assert not asked
    assert languages.language(words(100, 11)) is None
    assert asked


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        (words(6, 0), True),
        (words(5, 0), False),
        (words(6, 1), True),
        (words(6, 2), False),
        (f"{words(8, 0)} {' '.join(['Xkcd'] * 8)}", True),
        (f"{words(7, 0)} {' '.join(['Xkcd'] * 8)}", False),
        ("я" * 12, True),
        ("я" * 11, False),
        ("я" * 21 + "x" * 20, True),
        ("я" * 20 + "x" * 20, False),
    ],
)
def test_few_words_and_names_have_no_language(text, is_asked, monkeypatch):
    asked = []
    monkeypatch.setattr(languages, "_asked", lambda *_: asked.append(True) or "xx")
    assert languages.language(text) == ("xx" if is_asked else "en" if "the the" in text else None)
    assert bool(asked) == is_asked


@pytest.mark.parametrize(
    ("probability", "latin", "other"), [(0.94, None, "xx"), (0.95, "xx", "xx"), (0.4, None, "und")]
)
def test_how_sure_the_detector_must_be(probability, latin, other, monkeypatch):
    class Detector:
        def classify(self, _text):
            return "xx", probability

    monkeypatch.setattr(languages, "_detector", Detector)
    assert languages.language(words(30, 0)) == latin
    assert languages.language("я" * 30) == other
