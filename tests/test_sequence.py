"""Corpora and tables are chosen from and added alike: the type stays, keys stay keys, nothing is lost on the way."""

import datetime
import shutil
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

import clippings as cl

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("corpus", "annotated", "tables")


@pytest.fixture(scope="module")
def corpus() -> cl.Corpus:
    return cl.read(ROOT / "tests/zoo", ROOT / "data/clippings", ROOT / "no-such-folder")


@pytest.fixture(scope="module")
def held(corpus, tmp_path_factory) -> dict[str, cl.Corpus | cl.AnnotatedCorpus | cl.Tables]:
    """The same clippings as a corpus, annotated, and in a folder of several parts."""
    folder = tmp_path_factory.mktemp("tables")
    sources = [ROOT / "tests/zoo", ROOT / "data/clippings", ROOT / "no-such-folder"]
    return {
        "corpus": corpus,
        "annotated": corpus.annotate(),
        "tables": cl.annotate_to(sources, folder / "out", part=4),
    }


@pytest.fixture(params=KINDS)
def some(request, held):
    return held[request.param]


def keys(found) -> list[tuple[str, int]]:
    pages = [getattr(one, "clipping", one) for one in found]
    return [(page.id, page.item) for page in pages]


def same_frames(one, other) -> None:
    assert one.frames == other.frames
    for name in one.frames:
        pair = [getattr(side, name) for side in (one, other)]
        if name == "diagnostics":  # Tables have the failures first in each part.
            pair = [frame.sort_values(list(frame.columns), ignore_index=True) for frame in pair]
        pd.testing.assert_frame_equal(*pair, obj=name)


# What is chosen, of each kind the same.


def test_a_slice_keeps_the_type(some, corpus):
    for part in (slice(3), slice(25, None), slice(None, None, -1), slice(2, 20, 7), slice(5, 5)):
        chosen = some[part]
        assert type(chosen) is type(some)
        assert keys(chosen) == keys(list(corpus)[part])
        assert len(chosen) == len(list(corpus)[part])


def test_a_place_an_id_and_a_key_give_one_clipping(some, corpus):
    name, item = keys(corpus)[-1]
    assert keys([some[-1], some[name], some[name, item], some[len(corpus) - 1]]) == [(name, item)] * 4
    digest = next(name for name, item in keys(corpus) if item == 2)
    assert keys([some[digest, 2]]) == [(digest, 2)]
    with pytest.raises(KeyError, match=f"'{digest}' has 3 items; give one as .*'{digest}', 0.*, or filter"):
        some[digest]
    for unknown in ("nothing", (name, 9)):
        with pytest.raises(KeyError, match=r"no clipping .*the column id of clippings lists those there are"):
            some[unknown]
    for place in (len(corpus), -len(corpus) - 1):
        with pytest.raises(IndexError, match=f"no clipping {place}; there are {len(corpus)}, counted from 0"):
            some[place]
    with pytest.raises(TypeError):
        some[1.5]


def test_a_filter_takes_a_function_or_a_condition(some, corpus):
    def is_long(one) -> bool:
        return len(getattr(one, "clipping", one).text) > 1500

    wanted = [key for key, one in zip(keys(corpus), corpus, strict=True) if is_long(one)]
    assert 0 < len(wanted) < len(corpus)
    for keep in (is_long, some.clippings["characters"] > 1500, (some.clippings["characters"] > 1500).tolist()):
        chosen = some.filter(keep)
        assert (type(chosen), keys(chosen)) == (type(some), wanted)


def test_a_condition_that_does_not_fit_is_refused(some):
    count = len(some)
    flags = some.clippings["characters"] > 1500
    for keep, message in (
        ([True], f"keep has 1 values for {count} clippings; give one for each"),
        ([*[True] * (count - 1), float("nan")], "keep holds nan; give True or False for each clipping"),
        ([*[True] * (count - 1), pd.NA], "keep holds <NA>; give True or False"),
        (flags[::-1], "keep is not in the order of the clippings"),
    ):
        with pytest.raises(ValueError, match=message):
            some.filter(keep)


def pages(*dates: str) -> cl.Corpus:
    """A page for each date; one of a month prints none and has it in its name."""
    made = [
        (f"{date[5:]}{date[:4]}-{n}.txt", "Talks")
        if len(date) == len("2007-11")
        else (f"{n}.txt", f"DATE:\n\n{date}\n\nTalks in Minsk\n\nThey met.")
        for n, date in enumerate(dates)
    ]
    return cl.Corpus([cl.parse(text, path=path)[0] for path, text in made])


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        ("2007-11-02", "2007-11-03", ["02/11/2007", "03/11/2007"]),
        ("2007-11-03", "2007-11-03", ["03/11/2007"]),
        (datetime.date(2007, 11, 3), datetime.datetime(2007, 12, 1, 9), ["03/11/2007", "01/12/2007"]),
        # The whole month lies between, or it is not sure that the page does.
        ("2007-11", "2007-11", ["02/11/2007", "03/11/2007", "2007-11"]),
        ("2007-11-01", "2007-11-30", ["02/11/2007", "03/11/2007"]),
        ("2007-11-01", "2007-11-31", None),
        ("2007", "2007", ["02/11/2007", "03/11/2007", "2007-11", "01/12/2007"]),
        (None, "2007-11-02", ["02/11/2007"]),
        ("2007-12", None, ["01/12/2007", "01/01/2008"]),
        (None, None, ["02/11/2007", "03/11/2007", "2007-11", "01/12/2007", "01/01/2008"]),
        ("2009", None, []),
    ],
)
def test_between_two_days(first, last, wanted):
    dates = ("02/11/2007", "03/11/2007", "2007-11", "01/12/2007", "01/01/2008")
    corpus = pages(*dates)
    corpus += cl.Corpus(cl.parse("No date", path="none.txt"))
    if wanted is None:
        with pytest.raises(ValueError, match="last must be a day, month or year such as 2007-11-02 or 2007-11, not"):
            corpus.between(first, last)
        return
    assert keys(corpus.between(first, last)) == [keys(corpus)[dates.index(date)] for date in wanted]


@pytest.mark.parametrize("day", ["", "yesterday", "2007-13", "02/11/2007", "2007-11-02T09:00"])
def test_a_day_that_is_none_is_refused(corpus, day):
    with pytest.raises(ValueError, match="first must be a day, month or year such as 2007-11-02 or 2007-11, not"):
        corpus.between(day)


def test_days_in_the_wrong_order_are_refused(corpus):
    with pytest.raises(ValueError, match="first is '2008', after last, which is '2007-12-31'; give the earlier day"):
        corpus.between("2008", "2007-12-31")
    assert len(corpus.between("1999-01-01", "1999-01-01")) == 0


# What is chosen has the frames and failures of what it was chosen from.


def test_frames_of_what_is_chosen_are_those_of_its_clippings(held):
    for choose in (
        lambda one: one.between("2007", "2010"),
        lambda one: one[::-3],
        lambda one: one.filter(one.clippings["item"] > 0),
        lambda one: one[:0],
        lambda one: one[2:9] + one[20:],
        lambda one: one[20:][1:3],
    ):
        chosen = {kind: choose(held[kind]) for kind in KINDS}
        assert keys(chosen["corpus"]) == keys(chosen["annotated"]) == keys(chosen["tables"])
        assert list(chosen["annotated"]) == list(chosen["tables"])
        same_frames(chosen["annotated"], chosen["tables"])
        assert [one.code for one in chosen["corpus"].failures] == ["CLP101"]
        assert [one.code for one in chosen["tables"].failures] == ["CLP101"]


def test_items_without_the_first_of_their_page_keep_its_blocks(held):
    for some in held.values():
        rest = some.filter(some.clippings["item"] > 0)
        texts = {getattr(one, "clipping", one).text for one in rest}
        assert set(rest.blocks.groupby("id")["text"].agg("".join)) == texts != set()
        assert rest.blocks.merge(rest.clippings, on=["id", "item"]).shape[0] == len(rest.blocks)


def test_tables_part_by_part_are_those_chosen(held):
    chosen = held["tables"][5:12]
    for name in ("quotes", "clippings", "blocks"):
        pd.testing.assert_frame_equal(pd.concat(chosen.parts(name), ignore_index=True), getattr(chosen, name))


def test_tables_iterate_as_annotated_clippings_and_show(held):
    assert list(held["tables"]) == list(held["annotated"])
    assert held["tables"]["112007-14"].show().html == held["annotated"]["112007-14"].show().html
    assert "<dt>quotes</dt>" in held["tables"]._repr_html_()


def test_chosen_tables_are_compared_as_chosen(held):
    same = cl.differences(held["tables"][:3], held["annotated"][:3])
    assert same.empty
    more = cl.differences(held["tables"][:3], held["annotated"][:4])
    assert set(more["id"]) == {held["annotated"][3].clipping.id}


# Added.


def test_what_is_added_stands_behind(some, corpus):
    joined = some[:4] + some[10:12]
    assert (type(joined), keys(joined)) == (type(some), keys(corpus)[:4] + keys(corpus)[10:12])
    assert len(joined.failures) == len(some.failures) == 1


def test_a_key_in_both_is_refused(some):
    with pytest.raises(ValueError, match=r"1 clippings are in both, such as '.*', item 0; read both sources"):
        some[:3] + some[2:5]


def test_only_like_is_added_to_like(held, corpus, tmp_path):
    with pytest.raises(TypeError):
        held["corpus"] + held["annotated"]
    part = corpus[:2]
    for other in (corpus[4:6].annotate(layers=["dates"]), cl.Corpus(corpus[4:6]).annotate(changed(tmp_path))):
        with pytest.raises(ValueError, match="annotated with other layers or codebooks; annotate both alike"):
            part.annotate() + other
        folders = tmp_path / other.layers[0] / "one", tmp_path / other.layers[0] / "two"
        tables = cl.save(part.annotate(), folders[0]), cl.save(other, folders[1])
        with pytest.raises(ValueError, match="annotated with other layers or codebooks; annotate both alike"):
            tables[0] + tables[1]


def changed(folder: Path) -> cl.Codebook:
    """The codebook under another name."""
    shutil.copytree(files("clippings") / "codebooks/security", folder / "book")
    head = folder / "book/codebook.yaml"
    head.write_text(head.read_text("utf-8").replace("name: security", "name: mine"), "utf-8")
    return cl.Codebook.load(folder / "book")


def test_two_folders_are_added(corpus, tmp_path, held):
    one, two = (
        cl.save(corpus[part].annotate(), tmp_path / name) for name, part in (("one", slice(5)), ("two", slice(5, None)))
    )
    same_frames(one + two, held["annotated"])
    assert list(one + two) == list(held["annotated"])
    assert (one + two)[6] == held["annotated"][6]
    reverse = two[::-1] + one[::-1]
    assert list(reverse) == list(held["annotated"])[::-1]


def test_a_corpus_counts_outlets_that_were_given():
    pages = [cl.parse("Rain\n\nIt rained.", path=f"{number}.txt")[0] for number in (1, 2)]
    assert "<dt>outlets</dt><dd>0</dd>" in cl.Corpus(pages)._repr_html_()
    frame = pd.DataFrame({"text": ["It rained.", "It snowed."], "paper": ["The Gazette", "The Herald"]})
    assert "<dt>outlets</dt><dd>2</dd>" in cl.read_frame(frame, id=None, outlet="paper")._repr_html_()
