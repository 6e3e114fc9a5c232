"""A layer is declared once: everything that shows it follows, it runs alone, and it needs only what is before it."""

import pickle
import pkgutil
import subprocess
import sys
import textwrap
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest

import clippings as cl
from clippings import diagnostics, layers
from clippings.layers import registry
from clippings.layers.layer import Layer, checked
from clippings.model import Span
from clippings.reading.source import SourceError
from clippings.tables.frames import SCHEMA

ROOT = Path(__file__).resolve().parents[1]
BODY = '"We wait," said Anna Petrova on Tuesday. Belarus and Russia is allies. NATO waits.'
PAGE = f"DATE:\n\n02/11/2007\n\nTalks in Minsk\n\n{BODY}"

# A layer in a file of its own: record, annotator, declaration. All else is asked of the library as it is.
TOY = """
import re, sys, tempfile
import msgspec
from clippings.display.marks import Mark
from clippings.layers import registry
from clippings.layers.layer import Column, Described, Layer, checked
from clippings.model import Span

class Shout(Span, frozen=True, gc=False):
    loud: str
    echo: Span | None
    letters: tuple[Span, ...]

    def marks(self):
        return (Mark(self.start, self.end, "shout", f"shout: {self.loud}"),)

def annotate(clipping, sentences):
    found = re.finditer(r"\\b[A-Z]{3,}\\b", clipping.text)
    letters = lambda span: tuple(Span(at, at + 1) for at in range(*span))
    return tuple(Shout(*one.span(), one[0].lower(), Span(one.start(), one.end()), letters(one.span())) for one in found)

toy = Layer("shouts", ("clipping", "sentences"), annotate, Shout, shown=("loud",),
            columns={"length": lambda clipping, found: [len(one.loud) for one in found]},
            described=Described("a word in capitals", {
                "loud": Column("The word in small letters."), "length": Column("Its length.", type="int64"),
                "echo": Column("The word."), "echo_start": Column("Where it begins.", type="Int64"),
                "echo_end": Column("Where it ends.", type="Int64"), "letters": Column("Its letters."),
                "letters_places": Column("Where they stand."), "text": None}))
registry.LAYERS = checked([*registry.LAYERS, toy])
registry.KEPT[toy.name] = toy

import clippings as cl
from clippings.tables import jsonl
"""


def toy(code: str) -> list[str]:
    """What Python prints with the toy layer declared and a page annotated."""
    page = f"corpus = cl.Corpus(cl.parse({PAGE!r}, path='112007-1.txt'))\nannotated = corpus.annotate()\n"
    script = TOY + page + textwrap.dedent(code)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_new_layer_is_a_frame_and_described():
    assert toy(
        """
        print(annotated.shouts[["loud", "length", "echo", "letters_places", "text"]].values.tolist())
        print(cl.describe("shouts")["column"].tolist() == annotated.shouts.columns.tolist())
        print(dict(cl.describe("shouts").set_index("column")["type"])["echo_start"])
        print(corpus.annotate(layers=["shouts"]).layers)
        """
    ) == [
        "[['date', 4, 'DATE', '0-1; 1-2; 2-3; 3-4', 'DATE'], "
        "['nato', 4, 'NATO', '106-107; 107-108; 108-109; 109-110', 'NATO']]",
        "True",
        "Int64",
        "('shouts',)",
    ]


def test_a_new_layer_is_in_json_lines_and_comes_back():
    lines = toy(
        """
        made = msgspec.json.decode(jsonl.line(annotated[0]))
        print(list(made)[-1], made["shouts"][0])
        print(cl.read_jsonl([jsonl.line(annotated[0])])[0] == annotated[0])
        """
    )
    places = "'echo_start': 0, 'echo_end': 4, 'letters': [[0, 1], [1, 2], [2, 3], [3, 4]]"
    assert lines == [f"shouts {{'start': 0, 'end': 4, 'loud': 'date', {places}}}", "True"]


def test_a_new_layer_is_in_parquet_display_and_differences():
    assert toy(
        """
        with tempfile.TemporaryDirectory() as folder:
            tables = cl.save(annotated, folder)
            print(tables.shouts.equals(annotated.shouts), tables[0] == annotated[0])
            less = cl.Corpus(cl.parse("Talks in Minsk", path="112007-1.txt", layout="plain")).annotate()
            found = cl.differences(less, tables)
            print(found.query("layer == 'shouts' and column == 'loud'")["new"].tolist())
        print(*(("shout: nato" in drawn, "theme: alliances" in drawn) for drawn in
                (shown.html.partition("<details")[0] for shown in
                 (annotated[0].show(), annotated[0].show(layers=["themes"])))))
        """
    ) == ["True True", "['date', 'nato']", "(True, False) (False, True)"]


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ([Layer("towns", ("clipping", "streets"), len)], "layer towns needs streets, which does not stand before it"),
        ([Layer("a", ("b",), len), Layer("b", ("clipping",), len)], "layer a needs b, which does not stand before it"),
        ([Layer("a", ("clipping",), len, optional=("b",))], "layer a needs b, which"),
        ([Layer("a", (), len), Layer("a", (), len)], "two layers are called a; rename one"),
    ],
)
def test_what_a_layer_needs_is_checked(declared, message):
    with pytest.raises(ValueError, match=message):
        checked(declared)


@pytest.fixture(scope="module")
def zoo() -> cl.Corpus:
    return cl.read(ROOT / "tests/zoo", ROOT / "data/clippings")


@pytest.fixture(scope="module")
def whole(zoo) -> cl.AnnotatedCorpus:
    return zoo.annotate()


@pytest.mark.parametrize("layer", registry.KEPT)
def test_the_records_of_a_layer_are_sorted_by_position(whole, layer):
    places = [[one.start for one in page.found[layer]] for page in whole]
    assert any(map(len, places)), f"no page of the zoo has {layer}: add one that has"
    unsorted = [page for page in places if page != sorted(page)]
    assert not unsorted, f"sort the records of {layer} by position: {unsorted[0]}"


@pytest.mark.parametrize("layer", registry.KEPT)
def test_the_records_of_a_layer_lie_within_the_text(whole, layer):
    outside = [
        f"{page.clipping.id}: {one.start}-{one.end} of {len(page.clipping.text)} characters"
        for page in whole
        for one in page.found[layer]
        if not 0 <= one.start <= one.end <= len(page.clipping.text)
    ]
    assert not outside, f"records of {layer} end behind the text of their page: {outside}"


@pytest.mark.parametrize("layer", registry.KEPT)
def test_what_a_comparison_shows_are_columns(layer):
    shown = set(registry.KEPT[layer].shown)
    assert shown <= set(SCHEMA[layer]), f"Layer({layer!r}): `shown` names no column: {shown - set(SCHEMA[layer])}"


@pytest.mark.parametrize("layer", registry.KEPT)
def test_every_attribute_of_a_record_is_a_column(layer):
    parts = {"plain": [""], "place": ["", "_start", "_end"], "places": ["", "_places"]}
    declared = registry.KEPT[layer]
    named = {(declared.names.get(name, name), form) for name, form in declared.forms}
    lost = {f"{name}{part}" for name, form in named for part in parts[form]} - set(SCHEMA[layer])
    assert not lost, f"{layer}.yaml: describe {', '.join(sorted(lost))}, which frames would leave out"


def test_every_record_is_of_a_layer():
    modules = [import_module(one.name) for one in pkgutil.walk_packages(layers.__path__, f"{layers.__name__}.")]
    records = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Span) and value.__module__ == module.__name__
    }
    lost = records - {layer.record for layer in registry.LAYERS}
    assert not lost, f"declare a Layer in layers/registry.py for {', '.join(sorted(one.__name__ for one in lost))}"


@pytest.mark.parametrize("layer", registry.KEPT)
def test_a_layer_alone_is_as_with_all_others(zoo, whole, layer):
    alone = zoo.annotate(layers=[layer])
    names = {layer} | ({"document_themes"} if layer == "themes" else set())
    assert alone.layers == (layer,)
    for one, other in zip(alone, whole, strict=True):
        assert set(one.found) == names
        if layer != "mentions":
            assert one.found[layer] == other.found[layer]


def test_sources_out_of_the_gazetteer_are_mentions_only_with_quotes(zoo, whole):
    assert [page.mentions for page in zoo.annotate(layers=["mentions", "quotes"])] == [page.mentions for page in whole]
    alone = zoo.annotate(layers=["mentions"])
    assert all(set(one.mentions) <= set(other.mentions) for one, other in zip(alone, whole, strict=True))
    page = cl.Corpus(cl.parse(PAGE))
    assert "Anna Petrova" not in set(page.annotate(layers="mentions").mentions["entity"])
    assert "Anna Petrova" in set(page.annotate(layers=["quotes", "mentions"]).mentions["entity"])


def test_mentions_alone_run_no_quotations(zoo, monkeypatch):
    ran = []
    spied = [
        Layer(one.name, one.needs, lambda *a, one=one: ran.append(one.name) or one.annotate(*a), optional=one.optional)
        for one in registry.LAYERS
    ]
    monkeypatch.setattr(registry, "LAYERS", spied)
    registry._needed.cache_clear()
    zoo[:1].annotate(layers=["mentions"])
    registry._needed.cache_clear()
    assert ran == ["_hits", "_linked", "_listed", "mentions"]


@pytest.mark.parametrize("asked", [["quote"], ["quotes", "nothing"], [], ["_said"]])
def test_an_unknown_layer_lists_those_there_are(zoo, tmp_path, asked):
    with pytest.raises(ValueError, match=f"there are: {', '.join(registry.KEPT)}$"):
        zoo.annotate(layers=asked)
    with pytest.raises(ValueError, match=f"there are: {', '.join(registry.KEPT)}$"):
        cl.annotate_to([], tmp_path, layers=asked)


def test_a_layer_that_was_not_run_is_an_error_that_says_which_were(zoo, tmp_path):
    some = zoo.annotate(layers=["dates", "mentions"])
    tables = cl.save(some, tmp_path)
    message = r"no layer 'quotes' here; these ran: mentions, dates\. Ask for it with annotate\(layers=\['quotes'\]\)"
    for holder in (some, some[0], tables, tables[0], tables[:1]):
        with pytest.raises(cl.LayerError, match=message):
            _ = holder.quotes
        assert not hasattr(holder, "quotes")
        assert "quotes" not in dir(holder)
    with pytest.raises(cl.LayerError, match="these ran: mentions, dates"):
        some[0].show(layers=["quotes"])
    assert not (tmp_path / "quotes").exists()
    with pytest.raises(AttributeError, match="AnnotatedCorpus has no attribute 'nothing'"):
        _ = some.nothing
    assert f", {len(some.dates)} dates; " in repr(some)


def test_a_folder_of_some_layers_is_theirs_alone(tmp_path):
    source = ROOT / "data/clippings"
    tables = cl.annotate_to(source, tmp_path / "out", layers=["dates"], workers=2)
    assert tables.layers == ("dates",)
    assert tables.dates.equals(cl.read(source).annotate().dates.assign(id=tables.dates["id"]))
    assert {file.name for file in (tmp_path / "out").iterdir()} >= {"dates", "clippings", "blocks"}
    assert not (tmp_path / "out/quotes").exists()
    again = cl.annotate_to(source, tmp_path / "out", layers=["dates"])
    assert again.dates.equals(tables.dates)
    with pytest.raises(cl.FolderError, match="made with layers dates, not mentions, dates; give another folder"):
        cl.annotate_to(source, tmp_path / "out", layers=["mentions", "dates"])
    assert len(cl.annotate_to(source, tmp_path / "out", overwrite=True).quotes)


def test_a_partition_of_some_layers():
    frame = pd.DataFrame({"path": ["112007-1.txt"], "text": [PAGE]})
    long = cl.store.annotate_partition(frame, layers=["dates", "mentions"])
    assert set(long["layer"]) == {
        "clippings",
        "blocks",
        "texts",
        "sources",
        "fields",
        "diagnostics",
        "dates",
        "mentions",
        "_pages",
    }
    (page,) = cl.Corpus(cl.parse(PAGE)).annotate()
    found = {name for name in registry.KEPT if getattr(page, name)}
    assert set(cl.store.annotate_partition(frame)["layer"]) - set(long["layer"]) == found - {"dates", "mentions"}
    assert {"quotes", "themes", "errata"} <= found


ERRORS = {
    "ArgumentError": ValueError,
    "CodebookError": ValueError,
    "CollectionError": ValueError,
    "FolderError": ValueError,
    "LayerError": AttributeError,
    "ResultError": ValueError,
    "SearchError": ValueError,
    "SourceError": ValueError,
    "WorkerError": RuntimeError,
}


def test_every_error_of_ours_is_a_clippings_error():
    named = {name for name in cl.__all__ if name.endswith("Error")} - {"ClippingsError"}
    assert named == set(ERRORS)
    for name, base in ERRORS.items():
        assert issubclass(getattr(cl, name), cl.ClippingsError)
        assert issubclass(getattr(cl, name), base)
    assert issubclass(cl.measures.MissingColumn, cl.ClippingsError)
    assert issubclass(cl.reference.UnknownName, cl.ClippingsError)


@pytest.mark.parametrize(
    "error",
    [
        SourceError(diagnostics.make("CLP103", file="a.txt")),
        cl.LayerError("quotes", ["dates"]),
        cl.measures.MissingColumn("frame", "speeker", ["speaker"]),
        cl.ArgumentError("workers must be 1"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_comes_whole_from_another_process(error):
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))
