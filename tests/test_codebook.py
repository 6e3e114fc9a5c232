"""The codebook loads, says what is wrong with it, and each theme shows in its own examples and in no counterexample."""

import pickle
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

import clippings as cl
from clippings import annotators
from clippings.codebook import FILES, Codebook, CodebookError, Theme

SHIPPED = Path(str(files("clippings"))) / "codebooks" / "security"
ZOO = Path(__file__).resolve().parent / "zoo"
BOOK = Codebook.load()
SHORTS = {actor.short for actor in BOOK.actors}
INDICATORS = [(theme.id, at, row) for theme in BOOK.themes for at, row in enumerate(theme.indicators, start=1)]


@pytest.fixture
def own(tmp_path) -> Path:
    folder = tmp_path / "own"
    shutil.copytree(SHIPPED, folder)
    return folder


def themes_of(sentence: str) -> set[str]:
    (clipping,) = cl.parse(sentence, layout="plain")
    return {hit.theme for hit in annotators.annotate(clipping, BOOK).themes}


def test_the_shipped_codebook_is_named_and_versioned():
    assert BOOK.ref.name == "security"
    assert len(BOOK.ref.version.split(".")) == 3
    assert len(BOOK.ref.sha256) == 64
    assert BOOK.title
    assert BOOK.description
    assert len({theme.id for theme in BOOK.themes}) == len(BOOK.themes) == 3
    assert BOOK.cues.verbs
    assert BOOK.confusions


def examples(side: str) -> list:
    return [
        pytest.param(theme, text, id=f"{theme.id}-{number}")
        for theme in BOOK.themes
        for number, text in enumerate(getattr(theme, side), start=1)
    ]


@pytest.mark.parametrize(("theme", "sentence"), examples("positive"))
def test_positive_examples_show_the_theme(theme: Theme, sentence: str):
    assert theme.id in themes_of(sentence)


@pytest.mark.parametrize(("theme", "sentence"), examples("negative"))
def test_negative_examples_do_not(theme: Theme, sentence: str):
    assert theme.id not in themes_of(sentence)


@pytest.mark.parametrize("theme", BOOK.themes, ids=lambda theme: theme.id)
def test_each_theme_is_defined_with_examples_of_both_sides(theme: Theme):
    assert theme.label
    assert theme.definition.endswith(".")
    assert theme.include
    assert theme.exclude
    assert len(theme.positive) >= 2
    assert len(theme.negative) >= 2


@pytest.mark.parametrize(("theme", "number", "row"), INDICATORS)
def test_indicators_name_known_actors_once(theme, number, row):
    named = [*row.terms, *row.with_]
    assert row.terms, f"{theme}, indicator {number} has no terms"
    assert {term[1:] for term in named if term.startswith("@")} <= SHORTS
    assert all(term == " ".join(term.split()) for term in named)
    assert len(set(row.terms)) == len(row.terms)
    assert len(set(row.with_)) == len(row.with_)


@pytest.mark.parametrize(("theme", "number", "row"), [entry for entry in INDICATORS if entry[2].with_])
def test_a_term_that_asks_for_company_shows_nothing_alone(theme, number, row):
    others = {term for name, at, other in INDICATORS if name == theme and at != number for term in other.terms}
    # A term that holds a word of its company ("deploy missiles") brings it along.
    sure = [*others, *row.with_]
    lonely = [term for term in row.terms if not term.startswith("@") and not any(word in term for word in sure)]
    assert [term for term in lonely if theme in themes_of(f"The word {term} stands alone.")] == []


@pytest.mark.parametrize("term", BOOK.terms)
def test_every_term_finds_itself(term):
    found = {BOOK.terms[hit.form.target] for hit in BOOK.scan(f"The {term}.") if hit.form.kind == "term"}
    assert term in found


@pytest.mark.parametrize(
    ("spelled", "other"), [("missile defense", "missile defence"), ("joint defense", "joint defence")]
)
def test_spelling_variants_share_a_place(spelled, other):
    assert spelled in BOOK.terms
    assert other not in BOOK.terms
    assert {hit.form.target for hit in BOOK.scan(other)} & {BOOK.terms.index(spelled)}


def test_a_folder_of_ones_own_reads_the_same(own):
    assert Codebook.load(own).ref == Codebook.load(str(own)).ref == BOOK.ref


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_changes_the_hash_at_once(own, name):
    before = Codebook.load(own).ref.sha256
    (own / name).write_bytes((own / name).read_bytes() + b"\n")
    after = Codebook.load(own).ref.sha256
    assert before == BOOK.ref.sha256 != after


@pytest.mark.parametrize("name", ["securty", "Security", "zzz", "no/such/folder", "codebook.yaml"])
def test_an_unknown_name_is_told_the_nearest(name):
    with pytest.raises(CodebookError) as caught:
        Codebook.load(name)
    assert repr(name) in str(caught.value)
    assert "did you mean 'security'?" in str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(own, name):
    (own / name).unlink()
    with pytest.raises(CodebookError, match=f"missing: {name}$"):
        Codebook.load(own)


YAMLS = [name for name in FILES if name.endswith(".yaml")]
BROKEN = {"syntax": b"a: [", "bytes": b"\xff\xfe\x00\x01", "empty": b"", "number": b"5", "tab": b"\t- x"}


@pytest.mark.parametrize("name", YAMLS)
@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_broken_yaml_is_named_in_one_line(own, name, data):
    (own / name).write_bytes(data)
    with pytest.raises(CodebookError, match=f"^{name}: ") as caught:
        Codebook.load(own)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("name", YAMLS)
def test_an_unknown_key_is_named(own, name):
    content = yaml.safe_load((own / name).read_bytes())
    row = content[0] if isinstance(content, list) else content
    row["no_such_key"] = "x"
    (own / name).write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(CodebookError, match=f"^{name}: .*no_such_key"):
        Codebook.load(own)


def test_an_unknown_key_of_an_indicator_is_named(own):
    content = yaml.safe_load((own / "themes.yaml").read_bytes())
    content[0]["indicators"][0]["without"] = ["x"]
    (own / "themes.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(CodebookError, match="without"):
        Codebook.load(own)


def test_a_missing_column_is_named(own):
    table = (own / "actors.csv").read_text(encoding="utf-8")
    (own / "actors.csv").write_text(table.replace("surnames", "surname", 1), encoding="utf-8")
    with pytest.raises(CodebookError, match=r"^actors\.csv: there is no column 'surnames'"):
        Codebook.load(own)


def test_a_gazetteer_that_is_not_utf8_is_named(own):
    (own / "actors.csv").write_bytes((own / "actors.csv").read_bytes() + b"\xe9")
    with pytest.raises(CodebookError, match=r"^actors\.csv: not UTF-8"):
        Codebook.load(own)


def test_a_short_row_has_empty_cells(own):
    with (own / "actors.csv").open("a", encoding="utf-8") as table:
        table.write(",Nowhere,Nowhere,place,\n")
    (actor,) = [actor for actor in Codebook.load(own).actors if actor.short == "Nowhere"]
    assert (actor.names, actor.surnames, actor.wikidata, actor.exact) == ((), (), None, False)


@pytest.mark.parametrize("used", [False, True])
def test_a_codebook_travels_to_another_process(own, used):
    book = Codebook.load(own)
    text = "Russia and Belarus plan a joint exercise with NATO."
    hits = book.scan(text) if used else None
    copy = pickle.loads(pickle.dumps(book))
    assert copy.ref == book.ref
    assert copy.terms == book.terms
    assert copy.scan(text) == (hits or book.scan(text))


def test_a_result_records_its_codebook(own):
    (own / "codebook.yaml").write_text(
        (own / "codebook.yaml").read_text(encoding="utf-8").replace("name: security", "name: mine"), encoding="utf-8"
    )
    (page,) = cl.read(ZOO / "112007-214.txt").annotate(str(own))
    assert page.codebook == Codebook.load(own).ref
    assert page.codebook.name == "mine"


def test_two_workers_find_what_one_finds():
    corpus = cl.read(ZOO)
    assert list(corpus.annotate(workers=2)) == list(corpus.annotate(workers=1))


@pytest.mark.parametrize("workers", [0, -1])
def test_no_workers_is_an_error(workers):
    with pytest.raises(ValueError, match="workers must be 1 or more"):
        cl.Corpus([]).annotate(workers=workers)
