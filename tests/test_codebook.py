"""The codebook loads, extends and travels, and each theme shows in its own examples and in no counterexample."""

import importlib.metadata
import pickle
import re
import shutil
import sys
from importlib.resources import files
from pathlib import Path

import pytest

import clippings as cl
from clippings.codebook import (
    FILES,
    Codebook,
    CodebookError,
    Confusion,
    Context,
    Cues,
    Theme,
    Verb,
    create,
)
from clippings.layers import registry

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
    return {hit.theme for hit in registry.annotate(clipping, BOOK).themes}


def test_the_shipped_codebook_is_named_and_versioned():
    assert BOOK.ref.name == "security"
    assert re.fullmatch(r"\d+\.\d+\.\d+", BOOK.ref.version)
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
    with pytest.raises(ValueError, match="workers must be a whole number of at least 1"):
        cl.Corpus([]).annotate(workers=workers)


BURBLE = '"We wait," burbled Anna Petrova. "We always wait."'


def speakers(book: Codebook, text: str) -> list[str | None]:
    (page,) = cl.Corpus(cl.parse(text, layout="plain")).annotate(book)
    return [quote.speaker for quote in page.quotes]


def write(folder: Path, **files_: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files_.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


BURBLES = "verbs:\n  - {forms: [burble, burbles, burbled], frame: say}\n"


def test_a_verb_added_by_a_folder_attributes_a_quotation(tmp_path):
    extended = BOOK.extend(write(tmp_path / "mine", cues_yaml=BURBLES))
    assert speakers(BOOK, BURBLE)[0] is None
    assert speakers(extended, BURBLE)[0] == "Anna Petrova"
    assert len(extended.cues.verbs) == len(BOOK.cues.verbs) + 1


def test_a_verb_added_in_python_attributes_a_quotation():
    extended = BOOK.extend(cues=Cues(verbs=(Verb(("burble", "burbles", "burbled"), "say"),)), name="burbles")
    assert speakers(extended, BURBLE)[0] == "Anna Petrova"
    assert (extended.ref.name, extended.ref.version) == ("security+burbles", BOOK.ref.version)


def test_a_verb_in_a_folder_of_ones_own_attributes_a_quotation(own):
    with (own / "cues.yaml").open("r+", encoding="utf-8") as file:
        text = file.read().replace("verbs:\n", BURBLES, 1)
        file.seek(0)
        file.write(text)
    assert speakers(Codebook.load(own), BURBLE)[0] == "Anna Petrova"


HEAD = "name: mine\nversion: 1.2.0\ntitle: Mine\n"
ACTORS = "short,canonical,kind,country,surface_forms\n"


def test_an_extension_is_named_versioned_and_hashed(tmp_path):
    extended = BOOK.extend(write(tmp_path / "x", codebook_yaml=HEAD, cues_yaml=BURBLES))
    assert extended.ref.name == "security+mine"
    assert extended.ref.version == f"{BOOK.ref.version}+1.2.0"
    assert len(extended.ref.sha256) == 64
    assert extended.ref.sha256 != BOOK.ref.sha256
    assert extended.title == BOOK.title
    again = Codebook.load().extend(tmp_path / "x")
    assert again.ref == extended.ref
    assert extended.extend(tmp_path / "x").ref.version == f"{BOOK.ref.version}+1.2.0.1.2.0"
    write(tmp_path / "x", cues_yaml=f"{BURBLES}# more\n")
    assert BOOK.extend(tmp_path / "x").ref.sha256 != extended.ref.sha256
    assert "burble" not in str(BOOK.cues)


@pytest.mark.parametrize(("folder", "name"), [("mine", "mine"), ("My codes, 2007", "My-codes-2007"), ("#", "own")])
def test_an_extension_without_a_name_has_that_of_its_folder(tmp_path, folder, name):
    extended = BOOK.extend(write(tmp_path / folder, cues_yaml=BURBLES))
    assert (extended.ref.name, extended.ref.version) == (f"security+{name}", BOOK.ref.version)


def test_an_extension_records_itself_in_results(tmp_path):
    extended = BOOK.extend(write(tmp_path / "mine", cues_yaml=BURBLES))
    pages = list(cl.read(ZOO / "112007-214.txt").annotate(extended, workers=2))
    assert [page.codebook for page in pages] == [extended.ref]


def test_actors_are_added_and_replaced(tmp_path):
    rows = "Zubr,Zubr,organization,BY,Zubr movement\nNATO,The pact,alliance,,Nordic pact\n"
    extended = BOOK.extend(write(tmp_path / "mine", actors_csv=ACTORS + rows))
    assert len(extended.actors) == len(BOOK.actors) + 1
    assert extended.names["NATO"] == "The pact"
    shorts = [actor.short for actor in extended.actors]
    assert shorts == [*(actor.short for actor in BOOK.actors), "Zubr"]
    (page,) = cl.Corpus(cl.parse("The Zubr movement left the Nordic pact.", layout="plain")).annotate(extended)
    assert [mention.id for mention in page.mentions] == ["Zubr", "NATO"]


def test_themes_may_name_actors_of_both(tmp_path):
    text = """\
- id: alliances
  label: Mine
  definition: Mine.
  include: []
  exclude: []
  indicators:
    - terms: ["@Zubr"]
      with: ["@NATO"]
      without: [football]
  positive: [The Zubr movement wrote to NATO.]
  negative: [The Zubr movement marched.]
"""
    rows = "Zubr,Zubr,organization,BY,Zubr movement\n"
    extended = BOOK.extend(write(tmp_path / "mine", themes_yaml=text, actors_csv=ACTORS + rows))
    assert [theme.id for theme in extended.themes] == [theme.id for theme in BOOK.themes]
    assert extended.themes[0].label == "Mine"
    assert "football" in extended.terms
    (page,) = cl.Corpus(cl.parse("The Zubr movement wrote to NATO.", layout="plain")).annotate(extended)
    assert page.document_themes == ("alliances",)


def test_other_rows_are_added_and_replaced():
    extended = BOOK.extend(
        cues=Cues(verbs=(Verb(("said",), "tell"),), phrases=("in the ears of",), roles=("analyst",)),
        confusions=[Confusion("week", "weak", ("quite",)), Confusion("peace", "piece")],
        contexts=[Context("Georgia", "GE", needs=("RU",)), Context("Minsk", "BY", default=True)],
    )
    said = [verb for verb in extended.cues.verbs if "said" in verb.forms]
    assert said == [Verb(("said",), "tell")]
    assert extended.cues.phrases == (*BOOK.cues.phrases, "in the ears of")
    assert len(extended.cues.roles) - len(BOOK.cues.roles) == ("analyst" not in BOOK.cues.roles)
    confused = {row.printed: row for row in extended.confusions}
    assert (confused["week"].before, confused["peace"].expected) == (("quite",), "piece")
    assert len(extended.confusions) == len(BOOK.confusions) + 1
    rules = {(rule.form, rule.id): rule for rule in extended.contexts}
    assert rules["Georgia", "GE"].needs == ("RU",)
    assert len(extended.contexts) == len(BOOK.contexts) + 1
    assert extended.ref.name == "security+own"


def test_an_extended_codebook_travels(tmp_path):
    extended = BOOK.extend(write(tmp_path / "mine", cues_yaml=BURBLES))
    copy = pickle.loads(pickle.dumps(extended))
    assert (copy.ref, copy.cues) == (extended.ref, extended.cues)


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package whose folder holds a codebook, announced as an entry point."""
    create(tmp_path / "codes_of_mine")
    (tmp_path / "codes_of_mine" / "__init__.py").write_bytes(b"")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda *, group: [
        importlib.metadata.EntryPoint("mine", "codes_of_mine", group),
        importlib.metadata.EntryPoint("gone", "no_such_module", group),
    ] if group == "clippings.codebooks" else [])  # fmt: skip
    yield
    sys.modules.pop("codes_of_mine", None)


@pytest.mark.usefixtures("package")
def test_an_entry_point_is_a_codebook():
    assert Codebook.load("mine").ref.name == "codes_of_mine"
    assert BOOK.extend("mine").ref.name == "security+codes_of_mine"
    with pytest.raises(CodebookError, match="did you mean 'mine'"):
        Codebook.load("minee")


@pytest.mark.usefixtures("package")
def test_an_entry_point_that_can_not_be_opened_is_told():
    with pytest.raises(CodebookError, match=r"^gone: its entry point 'no_such_module' cannot be opened: No module"):
        Codebook.load("gone")


def test_a_path_is_never_a_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    create("security")
    assert Codebook.load("security").ref == BOOK.ref
    assert len(Codebook.load("./security").actors) == len(Codebook.load(Path("security")).actors) == 4


TABLES = {
    "themes": ["id", "label", "definition", "include", "exclude"],
    "indicators": ["theme", "number", "terms", "with", "and", "page", "without", "passing"],
    "examples": ["theme", "kind", "text"],
    "actors": ["id", "name", "kind", "country", "forms", "wikidata"],
    "forms": ["id", "kind", "country", "form", "case", "ambiguous"],
    "cues": ["kind", "frame", "words"],
    "confusions": ["printed", "expected", "before", "after"],
    "contexts": ["form", "id", "before", "after", "not_before", "not_after", "needs", "default", "one_sense"],
}


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_tidy(name):
    frame = BOOK.table(name)
    assert list(frame.columns) == TABLES[name]
    assert len(frame) > 0
    assert BOOK.extend(cues=Cues(roles=("tester",))).table(name).dtypes.equals(frame.dtypes)


def test_tables_hold_what_the_codebook_does():
    assert BOOK.table("themes")["id"].tolist() == [theme.id for theme in BOOK.themes]
    assert len(BOOK.table("indicators")) == len(INDICATORS)
    assert len(BOOK.table("examples")) == len([*examples("positive"), *examples("negative")])
    assert len(BOOK.table("forms")) == BOOK.table("actors")["forms"].sum()
    forms = BOOK.table("forms").set_index("form")
    assert forms.loc["Minsk", ["id", "kind", "case"]].tolist() == ["BY", "capital", "exact"]


def test_an_unknown_table_is_told_the_nearest():
    with pytest.raises(ValueError, match="no table 'actor'; did you mean 'actors'"):
        BOOK.table("actor")


def test_the_codebook_says_what_it_is():
    assert repr(BOOK) == f"<Codebook security {BOOK.ref.version}: 3 themes, {len(BOOK.actors):,} actors>"


def test_a_codebook_is_built_once_for_its_content(own):
    assert Codebook.load(own) is Codebook.load(str(own))
