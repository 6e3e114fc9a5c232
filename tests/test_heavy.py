"""What long pages and pages of many items cost: no words of a page are kept, and none are read again for each item."""

import gc

import pytest
from msgspec.structs import replace

import clippings as cl
from clippings.codebook import Codebook
from clippings.layers import _readable, registry
from clippings.store import parts
from clippings.text import tagging
from clippings.text.lexicon import lexicon
from clippings.text.tokens import Tokens

ITEM = 'TALKS IN MINSK GO ON. They met.\n\n"We wait," said Anna Petrova, who heads the cen-\ntre. She said so.'


def digest(count: int) -> list[cl.Clipping]:
    page = "BELARUS NEWS AND ANALYSIS\n\nDATE:\n\n02/11/2007\n\nDigest\n\n" + "\n\n".join([ITEM] * count)
    found = cl.parse(page, path="a.txt")
    assert len(found) == count
    return found


def test_the_words_of_a_page_are_let_go_when_it_is_annotated():
    (clipping,) = cl.parse('"We wait," said Anna Petrova. It was late.', layout="plain")
    codebook = Codebook.load()
    gc.collect()
    gc.disable()
    try:
        before = sum(isinstance(one, Tokens) for one in gc.get_objects())
        assert len(registry.annotate(clipping, codebook).quotes) == 1
        assert sum(isinstance(one, Tokens) for one in gc.get_objects()) == before
    finally:
        gc.enable()


def test_what_is_visible_of_a_page_is_asked_once_for_its_items(monkeypatch):
    asked = []
    real = _readable.visible
    monkeypatch.setattr(_readable, "visible", lambda text, **options: asked.append(text) or real(text, **options))
    found = cl.Corpus(digest(12)).annotate()
    assert len(asked) == 1
    assert found.quotes["speaker"].tolist().count("Anna Petrova") >= 12


def test_one_text_laid_out_in_two_ways_is_seen_in_each():
    page = "Talks in Min\u00adsk\n\nThe 2 November 2007\n\nThey met in Min\u00adsk."
    both = [*cl.parse(page, path="a.txt"), *cl.parse(page, path="b.txt", layout="plain")]
    alone = [len(cl.Corpus([one]).annotate().sentences) for one in both]
    together = cl.Corpus(both).annotate().sentences
    assert [int((together["id"] == one.id).sum()) for one in both] == alone


class Watched(str):
    """A text that notes where it is searched."""

    __slots__ = ("places",)

    def find(self, sub, start=0, end=None):  # type: ignore[override]
        self.places.append((start, end))
        return super().find(sub, start, len(self) if end is None else end)


def test_only_the_words_of_an_item_are_searched_for_line_starts():
    clipping = digest(9)[4]
    found = registry.annotate(clipping, Codebook.load())
    tokens = tagging.tag(clipping, (), found.sentences, lexicon(Codebook.load()))
    text = Watched(clipping.text)
    text.places = []
    list(tagging._line_starts(replace(tokens, text=text)))
    assert text.places
    assert all(clipping.body.start <= start and end <= clipping.body.end for start, end in text.places)


@pytest.mark.parametrize("text", ["", "Petrova met.\nZhuk said so."])
def test_line_starts_of_a_page_without_words_and_with_some(text):
    tokens = Tokens(text, lexicon(Codebook.load()), tuple(text.split()), ["name"] * len(text.split()), (), (), ())
    starts = [text.index(word) for word in text.split()]
    assert list(tagging._line_starts(replace(tokens, starts=starts))) == ([2] if text else [])


def test_a_table_of_a_part_is_made_only_when_the_one_before_is_written(monkeypatch):
    made = []
    real = parts.parquet.encoded
    monkeypatch.setattr(parts.parquet, "encoded", lambda table, *rest: made.append("written") or real(table, *rest))
    for home, asked, at in ((cl.Corpus, "_frame", 1), (parts.frames, "joined", 0)):
        make = getattr(home, asked)
        monkeypatch.setattr(home, asked, lambda *args, make=make, at=at: made.append(args[at]) or make(*args))
    done = parts.make([parts.Given("a.txt", ITEM, "a")], Codebook.load(), "plain")
    assert set(made[1::2]) == {"written"}
    assert sorted(list(done.tables)[:-1]) == sorted(made[:-1:2])
    assert list(done.tables) == list(parts.parquet.SCHEMA)


@pytest.mark.parametrize("together", [1, 2, 5])
def test_tables_are_the_same_however_much_evidence_is_held_at_once(monkeypatch, together):
    page = "BELARUS NEWS AND ANALYSIS\n\nDATE:\n\n02/11/2007\n\nDigest\n\n" + "\n\n".join([ITEM] * 5)
    given = [parts.Given("a.txt", page, "a"), parts.Given("b.txt", "", "b"), parts.Given("c.txt", ITEM, "c")]
    whole = parts.make(given, Codebook.load(), "auto")
    assert whole.failures == 1
    monkeypatch.setattr(parts, "_TOGETHER", together)
    assert parts.make(given, Codebook.load(), "auto") == whole
