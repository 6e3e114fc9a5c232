"""Each format is read by software that is not ours, or by the rules its own software goes by."""

import inspect
import itertools
import json
import lzma
import re
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

import cassis
import citeproc
import duckdb
import jsonschema
import networkx
import pandas as pd
import pyarrow.parquet as pq
import pybtex.database
import pytest
import rispy
import spacy
import yaml
from citeproc.source.json import CiteProcJSON
from lxml import etree

import clippings as cl
from clippings.interchange import FORMATS
from test_exchange import ODD_ID, TEXT

SCHEMAS = Path(__file__).parent / "schemas"


def schema(name):
    return json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def annotated():
    odd = cl.parse(TEXT, path=f"{ODD_ID}.txt", layout="plain")
    read = cl.read(cl.collection().path / "data/bring-your-own/exports/nexis.txt")
    return cl.Corpus([*odd, *read, *cl.collection().read()]).annotate()


def texts(annotated):
    return {page.clipping.id: page.clipping.text for page in annotated}


KEYS = ["2007 {1}\\=a", "nexis-0", "nexis-1", "112007-14"]


# --- by the rules of the W3C's recommendation: what an annotation, a body, a target and a selector must have ---

W3C = schema("web-annotations")


def w3c(annotated, made):
    found = json.loads(made.read_text("utf-8"))
    jsonschema.validate(found, W3C)
    assert len({one["id"] for one in found["items"]}) == len(found["items"]) > 20
    for one in found["items"]:
        text = texts(annotated)[one["target"]["clippings:id"]]
        quote, place = one["target"]["selector"]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) >= 1


def brat(_, made):
    """As brat reads: the words of a span are its pieces, joined by blanks; the configuration has the labels."""
    conf = (made / "annotation.conf").read_text("utf-8")
    sections = dict(re.findall(r"^\[(\w+)\]\n((?:.+\n)*)", conf, re.MULTILINE))
    assert list(sections) == ["entities", "relations", "events", "attributes"]
    allowed = dict(re.findall(r"^(\w+)\tArg:\w+, Value:(.+)$", sections["attributes"], re.MULTILINE))
    files = sorted(made.glob("*.ann"))
    assert len(files) == len(list(made.glob("*.txt"))) == 3
    assert sum(_brat_annotations(file, sections, allowed) for file in files) > 20


def _brat_annotations(file, sections, allowed):
    text = file.with_suffix(".txt").read_bytes().decode()
    spans, seen, count = {}, set(), 0
    lines = file.read_bytes().decode().splitlines()
    for line in lines:
        key, head, *tail = line.split("\t")
        assert key not in seen
        seen.add(key)
        label, rest = head.split(" ", 1)
        if key[0] == "T":
            pieces = [tuple(map(int, piece.split(" "))) for piece in rest.split(";")]
            assert " ".join(text[start:end] for start, end in pieces) == tail[0]
            assert label in sections["entities"].splitlines()
            spans[key], count = label, count + 1
        elif key[0] == "A":
            target, value = rest.split(" ")
            assert spans[target] == "Quote"
            assert value in allowed[label].split("|")
        elif key[0] == "R":
            ends = dict(one.split(":") for one in rest.split(" "))
            assert f"{label}\tArg1:{spans[ends['Arg1']]}, Arg2:{spans[ends['Arg2']]}" in sections["relations"]
        else:
            assert (key[0], label) == ("#", "AnnotatorNotes")
            assert rest in spans
    return count


def xmi(annotated, made):
    types = cassis.load_typesystem(made / "TypeSystem.xml")
    custom = [one for one in types.get_types() if one.name.startswith("webanno.custom.")]
    for one in custom:  # What INCEpTION asks of a layer, and of a link from one to another.
        features = {feature.name: feature for feature in one.features}
        if one.name.endswith("Link"):
            assert (one.supertype.name, set(features)) == ("uima.cas.TOP", {"role", "target"})
        else:
            assert one.supertype.name == "uima.tcas.Annotation"
            plain = {name for name, feature in features.items() if feature.rangeType.name == "uima.cas.String"}
            assert set(features) - plain <= {"source", "cue"}
    files = sorted(made.glob("*.xmi"))
    assert len(files) == 3
    for file in files:
        cas = cassis.load_cas_from_xmi(file, types)
        assert cas.sofa_string.replace("␛", "\x1b") in texts(annotated).values()
        _covered(cas)
        _in_utf16(file, cas.sofa_string)


def _covered(cas):
    """Each word stands in a sentence, without which INCEpTION does not show it; sentences do not overlap."""
    dkpro = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type."
    sentences = sorted((one.begin, one.end) for one in cas.select(f"{dkpro}Sentence"))
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(sentences))
    inside = {place for start, end in sentences for place in range(start, end)}
    assert {place for place, char in enumerate(cas.sofa_string) if not char.isspace()} <= inside
    tokens = [(one.begin, one.end) for one in cas.select(f"{dkpro}Token")]
    assert all(set(range(*token)) <= inside for token in tokens)


def _in_utf16(file, text):
    """The places in the file, without cassis, count 16-bit units, as Java does."""
    wide = text.encode("utf-16-le")
    found = [one for one in ElementTree.parse(file).iter() if one.tag.endswith("Source")]
    words = {wide[2 * int(one.get("begin")) : 2 * int(one.get("end"))].decode("utf-16-le") for one in found}
    assert words <= {"Anna Petrova", "she", "Иван Орлов 𝔄."} or "😀" not in text


# --- by the form that Label Studio gives predictions ---

LABELSTUDIO = schema("label-studio")


def labelstudio(annotated, made):
    tasks = json.loads((made / "tasks.json").read_text("utf-8"))
    jsonschema.validate(tasks, LABELSTUDIO)
    config = etree.parse(made / "config.xml")
    labels = set(config.xpath("//Label/@value"))
    controls = {one.get("name"): one.tag.lower() for one in config.iter("Labels", "Choices", "TextArea")}
    assert [task["data"]["text"] for task in tasks] == list(dict.fromkeys(texts(annotated).values()))
    for task in tasks:
        for one in task["predictions"][0]["result"]:
            if one["type"] == "relation":
                assert set(one["labels"]) <= set(config.xpath("//Relation/@value"))
                continue
            assert controls[one["from_name"]] == one["type"]
            value = one["value"]
            if one["type"] == "labels":
                assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
                assert set(value["labels"]) <= labels
            elif one["type"] == "choices":
                assert set(value["choices"]) <= set(config.xpath("//Choice/@value"))


def conll(annotated, made):
    lines = made.read_text("utf-8").split("\n")
    head = lines[0].removeprefix("# global.columns = ").split(" ")
    tokens = [line.split("\t") for line in lines[1:] if line and not line.startswith("# ")]
    assert {len(cells) for cells in tokens} == {len(head)}
    counts = {}
    for place, name in enumerate(head[3:-1], start=3):
        tags = spacy.training.iob_utils.iob_to_biluo([cells[place] for cells in tokens])
        assert tags is not None
        counts[name.partition(":")[0]] = counts.get(name.partition(":")[0], 0) + sum(tag[0] in "BU" for tag in tags)
    assert counts == {name: len(getattr(annotated, name)) for name in annotated.layers}


def tei(annotated, made):
    schema = etree.RelaxNG(etree.fromstring(lzma.decompress((SCHEMAS / "tei_all-4.3.0.rng.xz").read_bytes())))
    files = sorted(made.glob("*.xml"))
    assert len(files) == 3
    for file in files:
        document = etree.parse(file)
        assert schema.validate(document), schema.error_log.last_error
        body = document.find("{*}text/{*}body")
        assert "".join(body.itertext()).replace("␛", "\x1b") in texts(annotated).values()
        for one in document.iter("{*}said"):
            who = one.get("who")
            assert who is None or document.xpath("//*[@xml:id=$id]", id=who.removeprefix("#"))


def docbin(annotated, made):
    documents = list(spacy.tokens.DocBin(store_user_data=True).from_disk(made).get_docs(spacy.blank("en").vocab))
    assert [one.text for one in documents] == list(dict.fromkeys(texts(annotated).values()))
    speakers = [span.kb_id_ for one in documents for span in one.spans.get("quotes", ()) if span.kb_id_]
    assert sorted(speakers) == sorted(annotated.quotes["speaker"].dropna())
    dates = {span.label_ for one in documents for span in one.spans.get("dates", ())}
    assert dates == set(annotated.dates["iso"].fillna(""))


def jsonl(annotated, made):
    assert list(cl.read_jsonl(made)) == list(annotated)


def parquet(annotated, made):
    query = f"SELECT speaker FROM '{made}/quotes/*.parquet' WHERE speaker IS NOT NULL ORDER BY ALL"
    assert duckdb.sql(query).df()["speaker"].tolist() == sorted(annotated.quotes["speaker"].dropna())
    pd.testing.assert_frame_equal(cl.load(made).quotes, annotated.quotes)


def csv(annotated, made):
    table = pd.read_csv(made)
    assert table.groupby("layer").size().to_dict() == {name: len(getattr(annotated, name)) for name in annotated.layers}
    assert not table["exact"].str.startswith(("=", "+", "-", "@")).any()
    for row in table[table["layer"] == "quotes"].itertuples():
        assert texts(annotated)[row.id][row.start : row.end].replace("\r\n", "\n") == row.exact.removeprefix("'")


def graphml(annotated, made):
    _same_network(networkx.read_graphml(made), annotated)


def gexf(annotated, made):
    read = networkx.read_gexf(made)
    for _, told in read.nodes(data=True):
        told.pop("label")
    for _, _, told in read.edges(data=True):
        told.pop("id")
    _same_network(read, annotated)


def _same_network(read, annotated):
    made = cl.interchange.graph(annotated)
    assert {node: told["count"] for node, told in read.nodes(data=True)} == dict(made.nodes(data="count"))
    assert sorted((*sorted(pair), told) for *pair, told in read.edges(data="count")) == sorted(
        (*sorted(pair), told) for *pair, told in made.edges(data="count")
    )
    assert set(read) == set(annotated.quotes["speaker_id"].dropna())
    assert any("Орлов" in name for name in read)


def texts_(annotated, made):
    table = pd.read_csv(made / "metadata.csv")
    assert table["id"].tolist() == annotated.clippings["id"].tolist()
    for page, name in zip(annotated, table["filename"], strict=True):
        assert (made / name).read_bytes().decode() == page.clipping.body.of(page.clipping.text)
    assert len(list(made.glob("*.txt"))) == len(annotated)


def datasets(annotated, made):
    head = yaml.safe_load((made / "README.md").read_text("utf-8").split("---\n")[1])
    assert [one["config_name"] for one in head["configs"]] == [one["config_name"] for one in head["dataset_info"]]
    names = {
        "string": "string",
        "int64": "int64",
        "float64": "double",
        "bool": "bool",
        "timestamp[us]": "timestamp[us]",
    }
    for one in head["dataset_info"]:
        table = pq.read_table(sorted((made / one["config_name"]).glob("*.parquet")))
        assert [(field.name, str(field.type)) for field in table.schema] == [
            (feature["name"], names[feature["dtype"]]) for feature in one["features"]
        ]
        assert table.num_rows == one["splits"][0]["num_examples"] == len(getattr(annotated, one["config_name"]))


def features_(annotated, made):
    about = json.loads((made / "features.json").read_text("utf-8"))
    assert set(about["files"]) == {"words", "clippings", "mentions", "themes", "dates"}
    tables = {name: duckdb.sql(f"select * from '{made}/{name}.parquet'").df() for name in about["files"]}
    assert tables["clippings"]["words"].sum() == tables["words"]["count"].sum() > 0
    assert tables["mentions"]["count"].sum() == len(annotated.mentions)


def bibtex(annotated, made):
    entries = pybtex.database.parse_file(str(made), "bibtex").entries
    assert len(entries) == len(annotated)
    assert entries["112007-14"].fields["year"] == "2007"


def ris(annotated, made):
    entries = rispy.loads(made.read_text("utf-8"))
    assert [one["id"] for one in entries] == KEYS
    assert {one["type_of_reference"] for one in entries} == {"NEWS"}
    (page,) = [one for one in entries if one["id"] == "112007-14"]
    assert page["date"] == "2007/11/02/"
    assert (page["title"], page["secondary_title"]) == tuple(
        annotated.clippings.set_index("id").loc["112007-14", ["title", "outlet"]]
    )


def csl(_, made):
    items = json.loads(made.read_text("utf-8"))
    assert [one["id"] for one in items] == KEYS
    listed = references(items, citeproc.formatter.plain)
    assert len(listed) == len(KEYS)
    assert "“Russia and Belarus to boost political and military ties”, Gazeta.kz, 2 November" in "\n".join(listed)


def references(items, form):
    """The references in the style that citeproc brings; it warns of what CSL-JSON does not know, which is an error."""
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    made = citeproc.CitationStylesBibliography(style, CiteProcJSON(items), form)
    for item in items:
        made.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    return [str(one) for one in made.bibliography()]


def test_a_field_that_csl_json_does_not_know_is_told():
    with pytest.warns(UserWarning, match="headline"):
        references([{"id": "a", "type": "article-newspaper", "headline": "Talks"}], citeproc.formatter.plain)


CHECKS = {
    one.__name__.rstrip("_"): one
    for one in (
        *(w3c, brat, xmi, labelstudio, conll, tei, docbin, jsonl, parquet, csv),
        *(graphml, gexf, texts_, datasets, features_, bibtex, ris, csl),
    )
}
MODULES = {
    "citeproc-py": "citeproc",
    "dkpro-cassis": "cassis",
    "lxml": "etree",
    "pyarrow": "pq",
    "pandas": "pd",
    "press-clippings": "cl",
}


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_other_software_reads_it(one, annotated, tmp_path):
    made = cl.interchange.write(annotated, tmp_path / f"out{one.suffix}", format=one.name)
    CHECKS[one.name](annotated, made)


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_what_is_said_to_check_it_does(one):
    """Each row of the table of formats has a check, by the package that the row names; that package is installed."""
    package = one.checked_by.partition(":")[0]
    source = inspect.getsource(CHECKS[one.name])
    if package == "the tests":
        assert one.name == "brat"
        return
    assert version(package)
    assert f"{MODULES.get(package, package)}." in source or "_same_network(networkx" in source or one.name == "gexf"


def test_no_check_is_of_a_format_that_there_is_not():
    assert list(CHECKS) == [one.name for one in FORMATS]


def test_a_network_that_there_is_not_is_refused(annotated):
    with pytest.raises(ValueError, match="network must be one of speakers, entities, not 'speaker'"):
        cl.interchange.graph(annotated, "speaker")


def test_the_network_of_entities_leaves_out_names_within_names(annotated, tmp_path):
    made = cl.interchange.write(annotated, tmp_path / "a.graphml", format="graphml", network="entities")
    read = networkx.read_graphml(made)
    outer = annotated.mentions[~annotated.mentions["nested"]]
    assert set(read) == set(outer["entity"])
    assert read.edges["BY", "RU"]["count"] >= 1
