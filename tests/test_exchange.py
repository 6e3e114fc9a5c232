"""What is written for another program is read back as it was, but for what the format says that it loses."""

import dataclasses
import itertools
import sys
import zipfile

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.evidence import DateRef, Erratum, Mention, Quote, ThemeHit
from clippings.interchange import FORMATS, FormatError, _pages, _reading, exchange
from clippings.interchange.formats import BY_NAME
from clippings.model import Annotated, CodebookRef, Span

TEXT = (
    "😀 Переговоры\r\n\r\n"
    '"We wait 😀 for Минск," said Anna Petrova. "Nobody\r\nknows how long," she added on Tuesday, 30 October 2007.\r\n'
    "\r\n"
    "Russia and Belarus have an militery alliance with NATO. Moscow's ally, the Chairman of the State Duma of Russia,\n"
    'waits.\x1b\n\n"They came in spring.\n\n"They left," said Иван Орлов 𝔄.\n'
)
ODD_ID = "папка/2007 {1}\\=a"
BOTH = [one for one in FORMATS if one.read]
PLACED = ["id", "item", "layer", "start", "end", "value", "speaker", "source_start", "source_end"]
WORDS = ["exact", "prefix", "suffix"]
LAYERS_LOST = {"brat": {"sentences"}, "labelstudio": {"sentences"}}
COLUMNS_LOST = {"conll": {"source_start", "source_end"}}
WITH_CODERS = {"w3c", "labelstudio", "jsonl", "parquet", "csv"}
# Their words have pictures for controls, or other line ends.
OTHER_WORDS = {"xmi", "tei", "csv"}


@pytest.fixture(scope="module")
def annotated():
    """A page with characters beyond 16 bits, in an odd file; pages of many items and forms; one of the collection."""
    odd = cl.parse(TEXT, path=f"{ODD_ID}.txt", layout="plain")
    read = cl.read(cl.collection().path / "data/bring-your-own/exports")
    return cl.Corpus([*odd, *read, *cl.collection().read()]).annotate()


def rows(frame, columns):
    told = frame[columns].astype(object).where(frame[columns].notna(), None)
    return sorted(map(tuple, told.to_numpy().tolist()), key=repr)


def expected(annotated, name):
    found = _reading.frame(_pages.pages(annotated))
    return found[~found["layer"].isin(LAYERS_LOST.get(name, ()))]


@pytest.mark.parametrize("one", BOTH, ids=lambda one: one.name)
def test_what_was_written_is_read_back(one, annotated, tmp_path):
    made = cl.interchange.write(annotated, tmp_path / f"out{one.suffix}", format=one.name)
    read = cl.interchange.read(made, format=one.name)
    kept = [column for column in PLACED if column not in COLUMNS_LOST.get(one.name, ())]
    wanted = expected(annotated, one.name)
    assert list(read.columns) == list(_reading.COLUMNS)
    assert rows(read, kept) == rows(wanted, kept)
    assert set(read["coder"]) == ({_pages.MACHINE} if one.name in WITH_CODERS else {None})
    if one.name not in OTHER_WORDS:
        assert rows(read, WORDS) == rows(wanted, WORDS)
    assert read["source_start"].notna().any() == ("source_start" in kept)


@pytest.mark.parametrize("one", BOTH, ids=lambda one: one.name)
def test_what_is_lost_is_said(one):
    for layer in LAYERS_LOST.get(one.name, ()):
        assert layer in one.loses
    assert ("source" in one.loses) == (one.name in COLUMNS_LOST)
    assert ("control" in one.loses) == (one.name in OTHER_WORDS)
    assert ("sentences" in one.loses) == (one.name in LAYERS_LOST)


@pytest.mark.parametrize("one", [one for one in FORMATS if one.without_text], ids=lambda one: one.name)
def test_no_words_of_the_page_are_written_without_its_text(one, annotated, tmp_path):
    made = cl.interchange.write(annotated, tmp_path / f"out{one.suffix}", format=one.name, text=False)
    files = sorted(made.rglob("*")) if made.is_dir() else [made]
    told = b"".join(
        pd.read_parquet(file).to_csv().encode() if file.suffix == ".parquet" else file.read_bytes()
        for file in files
        if file.is_file()
    ).decode()
    for words in ("We wait", "knows how long", "waits", "alliance with", "State Duma of Russia,"):
        assert words not in told
    if one.read:
        read = cl.interchange.read(made, format=one.name, corpus=annotated.corpus)
        assert rows(read, WORDS) == rows(expected(annotated, one.name), WORDS)


@pytest.mark.parametrize("name", ["w3c", "conll", "csv"])
def test_without_the_text_only_places_are_left_and_another_text_is_refused(name, annotated, tmp_path):
    made = cl.interchange.write(annotated, tmp_path / f"out{BY_NAME[name].suffix}", format=name, text=False)
    assert set(cl.interchange.read(made, format=name)["exact"]) == {None}
    changed = cl.Corpus(cl.parse(f"A line before.\n{TEXT}", path=f"{ODD_ID}.txt", layout="plain"))
    with pytest.raises(FormatError, match="in the corpus is not the one that was annotated"):
        cl.interchange.read(made, format=name, corpus=changed)


@pytest.mark.parametrize("name", ["w3c", "csv"])
def test_a_text_that_changed_leaves_the_words_as_they_were(name, annotated, tmp_path):
    made = cl.interchange.write(annotated, tmp_path / f"out{BY_NAME[name].suffix}", format=name)
    changed = cl.Corpus(cl.parse(f"A line before.\n{TEXT}", path=f"{ODD_ID}.txt", layout="plain"))
    read = cl.interchange.read(made, format=name, corpus=changed)
    assert '"We wait 😀 for Минск,"' in set(read["exact"])


@pytest.mark.parametrize("name", [one.name for one in BOTH if not one.suffix and one.name != "parquet"])
def test_the_zip_of_a_folder_is_read(name, annotated, tmp_path):
    made = cl.interchange.write(annotated, tmp_path / "out", format=name)
    packed = tmp_path / "project.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted(made.rglob("*")):
            archive.write(file, f"project/{file.relative_to(made)}")
    if name == "labelstudio":  # It exports one file.
        return
    assert rows(cl.interchange.read(packed, format=name), PLACED) == rows(expected(annotated, name), PLACED)


@pytest.mark.parametrize("name", ["brat"])
def test_the_corpus_says_whose_a_file_is_where_the_table_is_gone(name, annotated, tmp_path):
    made = cl.interchange.write(annotated, tmp_path / "out", format=name)
    (made / "documents.csv").unlink()
    with pytest.raises(FormatError, match=r"keep documents.csv in the folder, or give corpus="):
        cl.interchange.read(made, format=name)
    read = cl.interchange.read(made, format=name, corpus=annotated.corpus)
    assert rows(read, PLACED) == rows(expected(annotated, name), PLACED)


def test_tables_of_a_folder_are_written_too(annotated, tmp_path):
    tables = cl.save(annotated, tmp_path / "tables")
    made = cl.interchange.write(tables, tmp_path / "a.jsonld", format="w3c")
    other = cl.interchange.write(annotated, tmp_path / "b.jsonld", format="w3c")
    assert made.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_the_same_corpus_gives_the_same_bytes(one, annotated, tmp_path):
    made = [cl.interchange.write(annotated, tmp_path / f"{n}{one.suffix}", format=one.name) for n in "ab"]
    files = [sorted(one.rglob("*.*")) if one.is_dir() else [one] for one in made]
    assert len(files[0]) == len(files[1]) > 0
    assert [file.read_bytes() for file in files[0]] == [file.read_bytes() for file in files[1]]


def test_names_of_files_are_safe_and_no_two_alike():
    odd = ["a/b", "a\\b", "a:b", "a b", "CON", "con.txt", "..", "", "-rf", "documents", "metadata", "я", "ж", "x" * 300]
    ids = [*odd, "Ab", "aB", "README", "112007-14", "a.b_c-1", "nul.1", "trail."]
    names = _pages.file_names(ids)
    assert len({name.casefold() for name in names}) == len(ids)
    assert all(name.isascii() and not set(name) & set('/\\:*?"<>| ') and 0 < len(name) <= 80 for name in names)
    assert not any(name.startswith((".", "-")) or name.endswith(".") for name in names)
    assert {"112007-14", "a.b_c-1"} < set(names)
    assert not {"CON", "con.txt", "documents", "metadata", "nul.1", "README", "Ab", "aB"} & set(names)


def test_a_name_has_as_many_characters_as_it_may():
    fits, longer = "a" * _pages.LONGEST_NAME, "a" * (_pages.LONGEST_NAME + 1)
    assert _pages.file_names([fits]) == [fits]
    assert _pages.file_names([longer])[0] != longer
    assert len(_pages.file_names([longer])[0]) == _pages.LONGEST_NAME


def test_words_around_an_annotation_are_as_many_as_said():
    text = "b" * 40 + "x" + "a" * 40
    assert _pages.quoted(text, 40, 41) == ("x", "b" * _pages.CONTEXT, "a" * _pages.CONTEXT)


def test_nothing_is_replaced_unasked(annotated, tmp_path):
    kept = tmp_path / "a.jsonl"
    kept.write_text("mine", "utf-8")
    with pytest.raises(FormatError, match=r"a.jsonl: is there already; give another name, or overwrite"):
        cl.interchange.write(annotated, kept, format="jsonl")
    assert kept.read_text("utf-8") == "mine"
    cl.interchange.write(annotated, kept, format="jsonl", overwrite=True)
    assert len(cl.interchange.read(kept, format="jsonl"))
    folder = cl.interchange.write(annotated, tmp_path / "brat", format="brat")
    with pytest.raises(FormatError, match="is there already"):
        cl.interchange.write(annotated, folder, format="brat")
    (folder / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(FormatError, match=r"holds 'mine.txt', which would be lost; give another folder"):
        cl.interchange.write(annotated, folder, format="brat", overwrite=True)
    assert (folder / "mine.txt").read_text("utf-8") == "mine"
    (folder / "mine.txt").unlink()
    cl.interchange.write(annotated, folder, format="brat", overwrite=True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.jsonl", "brat"]


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_a_review_is_never_replaced(name, annotated, curated, tmp_path):
    """Neither the table that a coder fills in nor tables with decisions, also not by another review."""
    if name == "csv":
        made = tmp_path / "review.csv"
        cl.review.write(annotated, made).assign(verdict="accept").to_csv(made, index=False, sep=";")
    else:
        made = tmp_path / "out"
        cl.save(curated, made)
    before = [one.read_bytes() for one in sorted(tmp_path.rglob("*")) if one.is_file()]
    for found in (annotated, curated)[: 1 + (name == "parquet")]:
        with pytest.raises(FormatError, match="holds what coders decided, which would be lost; give another name"):
            cl.interchange.write(found, made, format=name, overwrite=True)
    assert [one.read_bytes() for one in sorted(tmp_path.rglob("*")) if one.is_file()] == before


def test_what_fails_half_way_leaves_nothing(annotated, tmp_path, monkeypatch):
    def fails(*_, **__):
        yield "a.txt", b"half"
        raise OSError(28, "No space left on device")

    for name in ("brat", "w3c"):
        broken = dataclasses.replace(BY_NAME[name], write=fails)
        monkeypatch.setattr(exchange, "named", lambda _, broken=broken: broken)
        with pytest.raises(FormatError, match=r"out.*: cannot be written: No space left on device"):
            cl.interchange.write(annotated, tmp_path / f"out{broken.suffix}", format=name)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        ({"format": "xml"}, ValueError, r"no format is called 'xml'; there are w3c, brat, "),
        ({"format": "brat", "text": False}, ValueError, r"brat is nothing without the text; text=False is for w3c, "),
        (
            {"format": "gexf", "network": "friends"},
            ValueError,
            r"network must be one of speakers, entities, not 'friends'",
        ),
        (
            {"format": "ris", "path": "a.bib"},
            FormatError,
            r"a.bib: ris is not written as .bib; give a name ending",
        ),
        (
            {"format": "tei", "path": "a.csv"},
            FormatError,
            r"a.csv: tei is a folder, and no .csv; give the name",
        ),
        (
            {"format": "csv", "path": "q.tsv"},
            FormatError,
            r"q.tsv: csv is not written as .tsv; give a name ending",
        ),
        ({"format": "csv", "path": "q"}, FormatError, r"q: csv is not written without a suffix; give a name ending in"),
        ({"format": "brat", "path": "q.zip"}, FormatError, r"q.zip: brat is a folder, and no .zip; give the name of"),
        ({"format": "ris", "path": "no/a.ris"}, FormatError, r"a.ris: its folder is not there; make it first"),
        ({"format": "ris", "path": "."}, FormatError, r": is a folder; ris is a file, so name one"),
    ],
)
def test_what_cannot_be_written_is_refused(asked, error, said, annotated, tmp_path):
    asked = dict(asked)
    with pytest.raises(error, match=said):
        cl.interchange.write(annotated, tmp_path / asked.pop("path", "out"), **asked)
    assert list(tmp_path.iterdir()) == []


def test_a_corpus_that_is_not_annotated_is_refused(annotated, tmp_path):
    with pytest.raises(TypeError, match=r"write needs an annotated corpus, not Corpus; give corpus.annotate\(\)"):
        cl.interchange.write(annotated.corpus, tmp_path / "a.jsonl", format="jsonl")
    few = annotated.corpus.annotate(layers=["dates"])
    with pytest.raises(cl.LayerError, match="quotes"):
        cl.interchange.write(few, tmp_path / "a.gexf", format="gexf")
    made = cl.interchange.write(few, tmp_path / "a.csv", format="csv")
    assert set(cl.interchange.read(made, format="csv")["layer"]) == {"dates"}


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_no_clippings_at_all_are_written(one, tmp_path):
    made = cl.interchange.write(cl.Corpus([]).annotate(), tmp_path / f"out{one.suffix}", format=one.name)
    assert made.exists()


def test_a_package_that_is_missing_is_named_before_anything_is_written(annotated, tmp_path, monkeypatch):
    for name, package in [("xmi", "cassis"), ("tei", "lxml.etree"), ("docbin", "spacy"), ("gexf", "networkx")]:
        monkeypatch.setitem(sys.modules, package, None)
        said = rf"this needs {package.partition('.')[0]}: pip install .*"
        with pytest.raises(ImportError, match=said):
            cl.interchange.write(annotated, tmp_path / f"out{BY_NAME[name].suffix}", format=name)
        assert BY_NAME[name].extra == "interchange"
    assert list(tmp_path.iterdir()) == []


# --- drawn at random: any text, with annotations that cross, touch and stand in one place ---

CHARS = st.sampled_from([*'ab Яж"\n\r\t<&;|%\\', "😀", "𝔄", "\u2028", "\x85", "\u200b", "é", "’"])
REF = CodebookRef("security", "0.0.0", "0" * 64)


@st.composite
def corpora(draw):
    pages = []
    for number in range(draw(st.integers(1, 2))):
        text = "".join(draw(st.lists(CHARS, max_size=30)))
        clipping = cl.parse(text, path=f"п {number}.txt", layout="plain")[0]
        solid = [place for place, char in enumerate(text) if not char.isspace()]
        spans = st.tuples(st.sampled_from(solid), st.sampled_from(solid)) if solid else st.nothing()
        drawn = draw(st.lists(spans, max_size=8)) if solid else []
        places = [(min(pair), max(pair) + 1) for pair in drawn]
        pages.append(Annotated(clipping, REF, _layers(places, draw(st.integers(0, 3)))))
    return cl.AnnotatedCorpus(pages, cl.Corpus([page.clipping for page in pages]))


def _layers(places, shift):
    """Each place in turn becomes a record of another layer; a quotation takes the first place for its source."""
    made = {name: [] for name in ("sentences", "quotes", "mentions", "dates", "themes", "errata")}
    makers = [
        (
            "quotes",
            lambda s, e: Quote(s, e, "speech", "r", "Анна 😀 P", source=Span(*places[0]), cue=Span(*places[-1])),
        ),
        ("quotes", lambda s, e: Quote(s, e, "scare", "marks")),
        ("mentions", lambda s, e: Mention(s, e, 'А & "B"|%', "person")),
        ("themes", lambda s, e: ThemeHit(s, e, "a b", (), "r", 1.0)),
        ("dates", lambda s, e: DateRef(s, e, "199X", "decade", "r")),
        ("dates", lambda s, e: DateRef(s, e, None, "day", "r")),
        ("errata", lambda s, e: Erratum(s, e, "=ж", "r")),
        ("mentions", lambda s, e: Mention(s, e, "BY", "country")),
    ]
    for (name, make), place in zip(itertools.islice(itertools.cycle(makers), shift, None), places, strict=False):
        made[name].append(make(*place))
    return {name: tuple(sorted(some, key=lambda one: (one.start, one.end))) for name, some in made.items()}


@pytest.mark.parametrize("name", [one.name for one in BOTH if one.name != "parquet"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpora())
def test_any_text_with_any_annotations_is_read_back(name, tmp_path_factory, corpus):
    made = tmp_path_factory.mktemp("drawn") / f"out{BY_NAME[name].suffix}"
    cl.interchange.write(corpus, made, format=name)
    kept = [column for column in PLACED if column not in COLUMNS_LOST.get(name, ())]
    assert rows(cl.interchange.read(made, format=name), kept) == rows(expected(corpus, name), kept)


def test_a_shard_of_a_data_set_has_so_many_rows(annotated, tmp_path, monkeypatch):
    from clippings.interchange import datasets

    rows = len(annotated.sentences)
    for limit, shards in ((rows, 1), (rows - 1, 2)):
        monkeypatch.setattr(datasets, "ROWS", limit)
        made = cl.interchange.write(annotated, tmp_path / f"{limit}", format="datasets")
        files = sorted((made / "sentences").glob("*"))
        assert [file.name for file in files][-1] == f"train-{shards - 1:05}-of-{shards:05}.parquet"
        assert sum(len(pd.read_parquet(file)) for file in files) == rows


KEEP = ("parquet", "texts", "bibtex", "ris", "csl")


@pytest.fixture
def curated():
    annotated = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain")).annotate()
    return cl.review.from_frame(annotated.quotes.assign(layer="quotes", speaker="Ivan Orlov"), annotated, coder="Jo")


@pytest.mark.parametrize(
    "one", [one for one in cl.interchange.FORMATS if one.name not in KEEP], ids=lambda one: one.name
)
def test_verdicts_of_coders_are_not_lost_in_silence(one, curated, tmp_path):
    target = tmp_path / f"out{one.suffix}"
    with pytest.raises(TypeError, match="without the verdicts of coders"):
        cl.interchange.write(curated, target, format=one.name)
    assert not target.exists()
    cl.interchange.write(curated.annotated, target, format=one.name)


def test_features_do_not_count_what_was_rejected(curated):
    with pytest.raises(TypeError, match=r"features would count what coders rejected; give curated.corrected\(\)"):
        cl.interchange.features(curated)
    assert len(cl.interchange.features(curated.corrected()).words)


def test_a_network_does_not_count_what_was_rejected(curated):
    with pytest.raises(TypeError, match="graph would count what coders rejected"):
        cl.interchange.graph(curated)
    assert len(cl.interchange.graph(curated.annotated)) == 1


def test_formats_that_lose_no_verdict_take_a_review(curated, tmp_path):
    for name in KEEP:
        (suffix,) = (one.suffix for one in cl.interchange.FORMATS if one.name == name)
        cl.interchange.write(curated, tmp_path / f"{name}{suffix}", format=name)
    assert cl.load(tmp_path / "parquet").quotes["speaker"].tolist() == ["Ivan Orlov"]
