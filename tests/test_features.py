"""Extracted features give the figures that the texts give, and no text can be rebuilt from them."""

import json

import pandas as pd
import pytest

import clippings as cl
from clippings.interchange import FormatError
from clippings.interchange.extracted import RARE
from clippings.measures import code_pairs, dispersion, frequencies, keyness

PAGES = {
    "a.txt": 'Talks with NATO began on 5 May 2008 in Minsk. "We wait 😀, and wait," said Anna Petrova. Minsk waits.',
    "b.txt": "Russia and Belarus have a military alliance. Переговоры о ракетах шли in Minsk, and nobody knew of them.",
    "c.txt": "The missile shield in Poland worries Moscow. The INF Treaty, Moscow says, is at risk; the shield comes.",
}


@pytest.fixture(scope="module")
def annotated():
    return cl.Corpus(
        [one for name, text in PAGES.items() for one in cl.parse(text, path=name, layout="plain")]
    ).annotate()


@pytest.fixture(scope="module")
def texts(annotated):
    rows = [(one.clipping.id, one.clipping.item, one.clipping.body.of(one.clipping.text)) for one in annotated]
    return pd.DataFrame(rows, columns=["id", "item", "text"])


@pytest.fixture(scope="module", params=["made", "read"])
def found(request, annotated, tmp_path_factory):
    if request.param == "made":
        return cl.interchange.features(annotated)
    made = cl.interchange.write(annotated, tmp_path_factory.mktemp("shared") / "out", format="features")
    return cl.interchange.read_features(made)


def test_words_are_as_frequent_as_in_the_texts(found, texts):
    pd.testing.assert_frame_equal(frequencies(found.words), frequencies(texts))
    pd.testing.assert_frame_equal(frequencies(found.words, by="id"), frequencies(texts, by="id"))


def test_words_are_spread_as_in_the_texts(found, texts):
    pd.testing.assert_frame_equal(dispersion(found.words, minimum=1), dispersion(texts, minimum=1))


def test_words_are_as_key_as_in_the_texts(found, texts):
    is_a, is_text_of_a = found.words["id"] == "a", texts["id"] == "a"
    ours = keyness(found.words[is_a], found.words[~is_a], minimum=1)
    pd.testing.assert_frame_equal(ours, keyness(texts[is_text_of_a], texts[~is_text_of_a], minimum=1))


@pytest.mark.parametrize(("layer", "column"), [("themes", "theme"), ("mentions", "entity"), ("dates", "iso")])
def test_findings_are_counted_as_in_the_layer(found, annotated, layer, column):
    ours = getattr(found, layer).groupby(["id", column])["count"].sum()
    assert len(ours)
    assert ours.to_dict() == getattr(annotated, layer).groupby(["id", column]).size().to_dict()


def test_themes_stand_together_as_in_the_layer(found, annotated):
    held = [pd.crosstab(frame["id"], frame["theme"]).clip(upper=1) for frame in (found.themes, annotated.themes)]
    pd.testing.assert_frame_equal(*(code_pairs(one, n_draws=20) for one in held))


def test_head_and_body_are_counted_apart():
    page = cl.collection().read().annotate()
    words = cl.interchange.features(page).words.set_index(["section", "word"])["count"]
    clipping = page[0].clipping
    assert words["head", "boost"] == words["body", "boost"] == 1
    assert words["body"].sum() == len(cl.measures.words.words(clipping.body.of(clipping.text)))
    assert ("head", "date") not in words, "a label of the archive is no field"


def test_no_order_is_kept(found):
    backwards = [" ".join(reversed(text.split())) for text in PAGES.values()]
    turned = [
        one for name, text in zip(PAGES, backwards, strict=True) for one in cl.parse(text, path=name, layout="plain")
    ]
    ours = cl.interchange.features(cl.Corpus(turned).annotate(layers=["mentions"])).words
    pd.testing.assert_frame_equal(ours, found.words)
    assert not {"start", "end", "text"} & {c for f in vars(found).values() if f is not None for c in f.columns}


def test_a_layer_that_was_not_run_is_none(annotated):
    made = cl.interchange.features(annotated.corpus.annotate(layers=["mentions"]))
    assert made.themes is None
    assert made.dates is None
    assert len(made.mentions)


def test_rare_words_are_one_and_sums_stay(annotated):
    all_of, folded = (cl.interchange.features(annotated, rare=rare) for rare in (1, 2))
    assert RARE not in set(all_of.words["word"])
    sections = ["id", "section"]
    sums = [one.words.groupby(sections)["count"].sum().to_dict() for one in (all_of, folded)]
    assert sums[0] == sums[1]
    kept = set(folded.words["word"])
    assert {"minsk", "and"} <= kept, "two clippings use them"
    assert not {"wait", "переговоры"} & kept, "one clipping uses them"
    with pytest.raises(ValueError, match="rare"):
        cl.interchange.features(annotated, rare=0)


def spoil_words(folder):
    (folder / "words.parquet").write_bytes(b"PAR1")


def drop_words(folder):
    (folder / "words.parquet").unlink()


def other_version(folder):
    about = json.loads((folder / "features.json").read_text("utf-8"))
    (folder / "features.json").write_text(json.dumps(about | {"version": 2}), "utf-8")


def other_files(folder):
    about = json.loads((folder / "features.json").read_text("utf-8"))
    (folder / "features.json").write_text(json.dumps(about | {"files": {"../words": "0"}}), "utf-8")


def no_object(folder):
    (folder / "features.json").write_text("[]", "utf-8")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (spoil_words, "words.parquet: is not the file that was written"),
        (drop_words, "words.parquet: is missing"),
        (other_version, "is of version 2"),
        (other_files, "names ../words"),
        (no_object, "holds no readable features.json"),
    ],
)
def test_a_damaged_folder_is_told(annotated, tmp_path, spoil, message):
    made = cl.interchange.write(annotated, tmp_path / "out", format="features")
    spoil(made)
    with pytest.raises(FormatError, match=message):
        cl.interchange.read_features(made)


@pytest.mark.parametrize("count", [-1, 1.5])
def test_a_count_that_is_none_is_refused(found, count):
    words = found.words.astype({"count": "float64"})
    words.loc[0, "count"] = count
    for measure in (frequencies, dispersion):
        with pytest.raises(ValueError, match="counts are whole and not below 0"):
            measure(words)
