"""Projects that people edited in the other program: what was added, moved, deleted, called otherwise, and by whom."""

import io
import json
import shutil
import zipfile

import cassis
import pandas as pd
import pytest
import spacy
from lxml import etree

import clippings as cl

# An emoji in front, so that a place in the wrong unit is off by one.
TEXT = '😀 Минск.\n\n"We wait 😀," said Anna Petrova. "We go," she said. Belarus waits on Tuesday, 30 October 2007.\n'
ADDED = (TEXT.index("Минск"), TEXT.index("Минск") + 5)
FIRST = (TEXT.index('"We wait'), TEXT.index('" said') + 1)
SECOND = (TEXT.index('"We go'), TEXT.index('" she') + 1)
NAME = (TEXT.index("Anna"), TEXT.index("Petrova") + 7)
PRONOUN = (TEXT.index("she said"), TEXT.index("she said") + 3)


@pytest.fixture(scope="module")
def annotated():
    return cl.Corpus(cl.parse(TEXT, path="page.txt", layout="plain")).annotate(layers=["quotes", "mentions"])


@pytest.fixture
def wrote(annotated, tmp_path):
    def wrote(name):
        suffix = {one.name: one.suffix for one in cl.interchange.FORMATS}[name]
        return cl.interchange.write(annotated, tmp_path / f"out{suffix}", format=name)

    return wrote


def found(path, name, **options):
    frame = cl.interchange.read(path, format=name, **options)
    assert set(frame["id"]) == {"page"}
    assert set(frame["item"]) == {0}
    for row in frame.itertuples():
        assert row.exact == TEXT[row.start : row.end]
    columns = ["layer", "start", "end", "value", "speaker", "source_start", "coder"]
    told = frame[columns].astype(object).where(frame[columns].notna(), None)
    return [tuple(row) for row in told.to_numpy().tolist() if row[0] in ("quotes", "mentions")]


def quotes(rows):
    return sorted(row[1:] for row in rows if row[0] == "quotes")


def test_what_the_machine_found_is_what_the_edits_begin_with(wrote):
    assert quotes(found(wrote("w3c"), "w3c")) == [
        (*FIRST, "speech", "Anna Petrova", NAME[0], "clippings 0.1.0"),
        (*SECOND, "speech", "Anna Petrova", PRONOUN[0], "clippings 0.1.0"),
    ]


def test_w3c(wrote):
    """Another client rewrote the file: one target is no list, a body has no purpose, one quotation was moved."""
    made = wrote("w3c")
    project = json.loads(made.read_text("utf-8"))
    first, second = [one for one in project["items"] if one["body"][0]["value"] == "quotes"]
    others = [one for one in project["items"] if one["body"][0]["value"] == "mentions"]
    first["target"]["selector"] = {"type": "TextPositionSelector", "start": FIRST[0] + 1, "end": FIRST[1] - 1}
    first["creator"] = {"type": "Person", "name": "Eva Й."}
    first["body"][1]["value"] = "mixed"
    added = {
        "id": "http://elsewhere.example/1",
        "type": "Annotation",
        "creator": {"type": "Person", "nickname": "jo"},
        "motivation": "tagging",
        "body": {"type": "TextualBody", "value": "mention"},
        "target": {
            "source": first["target"]["source"],
            "selector": [{"type": "TextPositionSelector", "start": ADDED[0], "end": ADDED[1]}],
        },
    }
    made.write_text(json.dumps([first, *others[1:], added]), "utf-8")
    assert second not in [first, *others]
    rows = found(made, "w3c", corpus=cl.Corpus(cl.parse(TEXT, path="page.txt", layout="plain")))
    assert quotes(rows) == [(FIRST[0] + 1, FIRST[1] - 1, "mixed", "Anna Petrova", NAME[0], "Eva Й.")]
    assert ("mentions", *ADDED, None, None, None, "jo") in rows
    assert len(rows) == len(others) + 1


def test_w3c_by_quotation_alone(wrote):
    made = wrote("w3c")
    project = json.loads(made.read_text("utf-8"))
    kept = [one for one in project["items"] if one["body"][0]["value"] == "quotes"]
    for one in kept:
        one["target"]["selector"] = one["target"]["selector"][:1]
        one["body"] = one["body"][:3]
    made.write_text(json.dumps(project | {"items": kept}), "utf-8")
    corpus = cl.Corpus(cl.parse(TEXT, path="page.txt", layout="plain"))
    assert [row[:2] for row in quotes(found(made, "w3c", corpus=corpus))] == [FIRST, SECOND]
    with pytest.raises(cl.interchange.FormatError, match="give corpus=, in which its quotation can be looked for"):
        cl.interchange.read(made, format="w3c")
    twice = cl.Corpus(cl.parse(TEXT * 2, path="page.txt", layout="plain"))
    kept[0]["target"]["selector"][0] |= {"prefix": "", "suffix": ""}
    del kept[0]["target"]["clippings:sha256"]
    made.write_text(json.dumps(kept[:1]), "utf-8")
    with pytest.raises(cl.interchange.FormatError, match=r"We wait 😀,\"' stands more than once in the text"):
        cl.interchange.read(made, format="w3c", corpus=twice)


BRAT = f"""T1\tQuote {FIRST[0] + 1} {FIRST[1] - 1}\t{TEXT[FIRST[0] + 1 : FIRST[1] - 1]}
A1\tKind T1 mixed
T2\tSource {NAME[0]} {NAME[1]}\tAnna Petrova
R1\tSource Arg1:T1 Arg2:T2\t
#1\tAnnotatorNotes T1\tАнна Petrova
T7\tMention {ADDED[0]} {ADDED[1]}\tМинск
#2\tAnnotatorNotes T7\tBY
T8\tTheme 2 {FIRST[0] - 2};{FIRST[0]} {FIRST[1]}\tМинск. {TEXT[slice(*FIRST)]}
"""


def test_brat(wrote):
    made = wrote("brat")
    (made / "page.ann").write_bytes(BRAT.encode())
    rows = found(made, "brat")
    assert quotes(rows) == [(FIRST[0] + 1, FIRST[1] - 1, "mixed", "Анна Petrova", NAME[0], None)]
    assert [row for row in rows if row[0] == "mentions"] == [("mentions", *ADDED, "BY", None, None, None)]
    themes = cl.interchange.read(made, format="brat").query("layer == 'themes'")
    assert themes[["start", "end"]].to_numpy().tolist() == [[2, FIRST[1]]]


def test_brat_with_a_folder_for_each_annotator(wrote):
    made = wrote("brat")
    for coder, lines in (("anna", BRAT), ("ben", BRAT.partition("T7")[0])):
        (made / coder).mkdir()
        shutil.copy(made / "page.txt", made / coder)
        (made / coder / "page.ann").write_bytes(lines.replace("\n", "\r\n").encode())
    (made / "page.ann").unlink()
    rows = found(made, "brat")
    assert [row[-1] for row in rows] == ["anna", "anna", "ben"]


def xmi_project(made, path):
    """As INCEpTION 30 exports a project: a zip for each annotator, below the name of the document."""
    types = cassis.load_typesystem(made / "TypeSystem.xml")
    data = (made / "page.xmi").read_bytes()
    with zipfile.ZipFile(path, "w") as project:
        project.writestr("exportedproject1.json", "{}")
        project.writestr("source/page.xmi", data)
        for user, edit in (("eva", xmi_edited), ("INITIAL_CAS", lambda *_: None)):
            cas = cassis.load_cas_from_xmi(io.BytesIO(data), types)
            edit(cas, types)
            inner = io.BytesIO()
            with zipfile.ZipFile(inner, "w") as packed:
                packed.writestr(f"{user}.xmi", cas.to_xmi().replace('version="1.0"', 'version="1.1"', 1))
                packed.writestr("TypeSystem.xml", types.to_xml())
            project.writestr(f"annotation/page.xmi/{user}.zip", inner.getvalue())


def xmi_edited(cas, types):
    """One quotation moved, called otherwise and said by another, one deleted; a layer of the project's own."""
    own = types.get_type("webanno.custom.Mine") if types.contains_type("webanno.custom.Mine") else None
    cas.add((own or types.create_type("webanno.custom.Mine", "uima.tcas.Annotation"))(begin=0, end=1))
    first, second = sorted(cas.select("webanno.custom.Quote"), key=lambda one: one.begin)
    first.begin, first.end, first.value = FIRST[0] + 1, FIRST[1] - 1, "mixed"
    first.speaker = "Анна 😀"
    cas.remove(second)
    for one in list(cas.select("webanno.custom.Mention")):
        cas.remove(one)
    cas.add(types.get_type("webanno.custom.Mention")(begin=ADDED[0], end=ADDED[1]))


def test_xmi(wrote, tmp_path):
    xmi_project(wrote("xmi"), tmp_path / "project.zip")
    rows = found(tmp_path / "project.zip", "xmi")
    assert quotes(rows) == [(FIRST[0] + 1, FIRST[1] - 1, "mixed", "Анна 😀", NAME[0], "eva")]
    assert [row for row in rows if row[0] == "mentions"] == [("mentions", *ADDED, None, None, None, "eva")]


@pytest.mark.parametrize(
    ("places", "wanted"),
    [
        (["p/annotation/page.xmi/eva.xmi", "p/curation/page.xmi/CURATION_USER.xmi"], {"eva", "CURATION_USER"}),
        (["p/annotation/page.xmi/webanno123export/eva.xmi"], {"eva"}),
        (["flat/page.xmi/eva.xmi", "flat/page.xmi/ben.xmi"], {"eva", "ben"}),
        (["eva/page.xmi", "ben/page.xmi"], {"eva", "ben"}),
        (["export/page.xmi"], {None}),
    ],
)
def test_who_annotated_is_told_by_the_folders_of_an_export(places, wanted, wrote, tmp_path):
    made = wrote("xmi")
    with zipfile.ZipFile(tmp_path / "project.zip", "w") as project:
        project.write(made / "TypeSystem.xml", "TypeSystem.xml")
        for place in places:
            project.write(made / "page.xmi", place)
    assert {row[-1] for row in found(tmp_path / "project.zip", "xmi")} == wanted


def test_an_xmi_on_its_own_is_read_with_the_type_system_beside_it(wrote):
    assert len(quotes(found(wrote("xmi") / "page.xmi", "xmi"))) == 2


def labelstudio_export(made, units):
    (task,) = json.loads((made / "tasks.json").read_text("utf-8"))

    def value(place, **more):
        start, end = (len(TEXT[:one].encode("utf-16-le")) // 2 if units == "utf-16" else one for one in place)
        return {"start": start, "end": end, "text": TEXT[slice(*place)].replace("\n", "\\n"), **more}

    moved = (FIRST[0] + 1, FIRST[1] - 1)
    at = {"to_name": "text", "origin": "manual"}
    result = [
        {"id": "x", "from_name": "label", "type": "labels", "value": value(moved, labels=["Quote"]), **at},
        {"id": "x", "from_name": "kind", "type": "choices", "value": value(moved, choices=["mixed"]), **at},
        {"id": "x", "from_name": "speaker", "type": "textarea", "value": value(moved, text=["Анна"]), **at},
        {"id": "s", "from_name": "label", "type": "labels", "value": value(NAME, labels=["Source"]), **at},
        {"from_id": "x", "to_id": "s", "type": "relation", "direction": "right", "labels": ["Source"]},
        {"id": "m", "from_name": "label", "type": "labels", "value": value(ADDED, labels=["Mention"]), **at},
    ]
    people = [
        {"id": 1, "completed_by": {"id": 4, "email": "eva@a.example"}, "was_cancelled": False, "result": result},
        {"id": 2, "completed_by": 5, "was_cancelled": False, "result": result[-1:]},
        {"id": 3, "completed_by": 6, "was_cancelled": True, "result": []},
    ]
    export = made.parent / "project-1.json"
    export.write_text(json.dumps([task | {"id": 9, "annotations": people}]), "utf-8")
    return export


def test_labels_are_read_whatever_the_project_calls_them(wrote):
    export = labelstudio_export(wrote("labelstudio"), "code points")
    export.write_text(export.read_text("utf-8").replace('"from_name": "label"', '"from_name": "ner"'), "utf-8")
    assert len(quotes(found(export, "labelstudio"))) == 1


@pytest.mark.parametrize("units", ["code points", "utf-16"])
def test_labelstudio(wrote, units):
    rows = found(labelstudio_export(wrote("labelstudio"), units), "labelstudio")
    assert quotes(rows) == [(FIRST[0] + 1, FIRST[1] - 1, "mixed", "Анна", NAME[0], "eva@a.example")]
    mentions = [row for row in rows if row[0] == "mentions"]
    assert mentions == [("mentions", *ADDED, None, None, None, coder) for coder in ("eva@a.example", "5")]


def in_two_pieces(made, name):
    """Let the source of the first quotation be two pieces: those of both quotations."""
    if name == "brat":
        pronoun = f"T3\tSource {PRONOUN[0]} {PRONOUN[1]}\tshe\nR2\tSource Arg1:T1 Arg2:T3\t\n"
        (made / "page.ann").write_bytes((BRAT + pronoun).encode())
    elif name == "labelstudio":
        made = labelstudio_export(made, "code points")
        region = {"start": PRONOUN[0], "end": PRONOUN[1], "text": "she", "labels": ["Source"]}
        link = {"from_id": "x", "to_id": "s2", "type": "relation", "labels": ["Source"]}
        (task,) = json.loads(made.read_text("utf-8"))
        piece = {"id": "s2", "from_name": "label", "type": "labels", "value": region}
        task["annotations"][0]["result"] += [piece, link]
        made.write_text(json.dumps([task]), "utf-8")
    elif name == "w3c":
        project = json.loads(made.read_text("utf-8"))
        first, second = [one for one in project["items"] if one["body"][0]["value"] == "quotes"]
        first["body"] += [one for one in second["body"] if one.get("clippings:part") == "source"]
        made.write_text(json.dumps(project), "utf-8")
    else:
        path = made / "page.xml"
        tree = etree.parse(path)
        first, second = tree.iterfind(".//{*}seg[@type='source']")
        second.set("corresp", f"{first.get('corresp')} {second.get('corresp')}")
        tree.write(path, encoding="utf-8")
    return made


@pytest.mark.parametrize("name", ["brat", "labelstudio", "tei", "w3c"])
def test_a_source_in_two_pieces_goes_from_the_first_to_the_last(wrote, name):
    frame = cl.interchange.read(in_two_pieces(wrote(name), name), format=name)
    first = frame[(frame["layer"] == "quotes") & frame["speaker"].notna()].iloc[0]
    assert (first["source_start"], first["source_end"]) == (NAME[0], PRONOUN[1])


def test_a_region_with_two_labels_is_refused(wrote):
    export = labelstudio_export(wrote("labelstudio"), "code points")
    export.write_text(export.read_text("utf-8").replace('["Mention"]', '["Mention", "Date"]'), "utf-8")
    with pytest.raises(cl.interchange.FormatError, match="region m has 2 labels; give each a region of its own"):
        cl.interchange.read(export, format="labelstudio")


def test_conll(wrote):
    made = wrote("conll")
    head, *lines = made.read_text("utf-8").split("\n")
    names = head.removeprefix("# global.columns = ").split(" ")
    edited = [head]
    for line in lines:
        cells = line.split("\t")
        if len(cells) == len(names):
            for place in range(3, len(cells) - 1):
                cells[place] = "O"
            told = dict(zip(names, cells, strict=True))
            if told["FORM"] == "Минск":
                told["mentions"] = "B-BY"
            if FIRST[0] < int(told["START"]) < FIRST[1] - 1:
                told["quotes"] = f"{'B' if told['FORM'] == 'We' else 'I'}-mixed|%D0%90%20%7C"
            line = "\t".join(told.values())
        edited.append(line)
    made.write_bytes("\r\n".join(edited).encode())
    rows = found(made, "conll")
    assert sorted(rows) == [
        ("mentions", *ADDED, "BY", None, None, None),
        ("quotes", FIRST[0] + 1, FIRST[1] - 1, "mixed", "А |", None, None),
    ]


def test_tei(wrote):
    made = wrote("tei")
    namespace = {"t": "http://www.tei-c.org/ns/1.0"}
    document = etree.parse(made / "page.xml")
    first, second = document.xpath("//t:said", namespaces=namespace)
    first.set("who", "Ольга")
    first.set("ana", "mixed")
    second.tag = etree.QName(namespace["t"], "hi").text
    for one in document.xpath("//t:placeName", namespaces=namespace):
        one.tag = etree.QName(namespace["t"], "hi").text
    block = document.xpath("//t:body/*", namespaces=namespace)[0]
    words = block.text
    name = etree.SubElement(block, etree.QName(namespace["t"], "placeName").text, key="BY")
    block.remove(name)
    block.insert(0, name)
    block.text, name.text, name.tail = words[: ADDED[0]], "Минск", words[ADDED[1] :]
    document.write(made / "page.xml", encoding="UTF-16")
    rows = found(made, "tei")
    assert quotes(rows) == [(*FIRST, "mixed", "Ольга", NAME[0], None)]
    assert ("mentions", *ADDED, "BY", None, None, None) in rows


def test_docbin(wrote):
    made = wrote("docbin")
    (document,) = spacy.tokens.DocBin(store_user_data=True).from_disk(made).get_docs(spacy.blank("en").vocab)
    document.spans["quotes"] = [document.char_span(*FIRST, label="mixed", kb_id="Анна")]
    document.spans["mentions"] = [document.char_span(*ADDED, label="BY")]
    document.spans["mine"] = [document[0:1]]
    spacy.tokens.DocBin(docs=[document], store_user_data=True).to_disk(made)
    assert found(made, "docbin") == [
        ("quotes", *FIRST, "mixed", "Анна", None, None),
        ("mentions", *ADDED, "BY", None, None, None),
    ]


def test_a_source_of_two_spans_in_a_docbin_is_refused(wrote):
    made = wrote("docbin")
    (document,) = spacy.tokens.DocBin(store_user_data=True).from_disk(made).get_docs(spacy.blank("en").vocab)
    (source, *_) = document.spans["sources"]
    other = document.char_span(*ADDED, label="source", span_id=source.id_)
    document.spans["sources"] = [source, other]
    spacy.tokens.DocBin(docs=[document], store_user_data=True).to_disk(made)
    with pytest.raises(cl.interchange.FormatError, match=r"two spans of sources have the id '\d+'; .* has one source"):
        cl.interchange.read(made, format="docbin")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(wrote, delimiter):
    made = wrote("csv")
    table = pd.read_csv(made, dtype=str)
    table = table[table["layer"] == "quotes"].iloc[:1, ::-1]
    table = table.assign(value="mixed", coder="Ева", source_start="", note="why?")
    table["source_end"] = ""
    added = {"id": "page", "item": "0", "layer": "mentions", "start": ADDED[0], "end": ADDED[1], "exact": "Минск"}
    table = pd.concat([table, pd.DataFrame([added])])
    data = table.to_csv(index=False, sep=delimiter, lineterminator="\r\n")
    made.write_bytes(b"\xef\xbb\xbf" + data.encode() + b"\r\n")
    assert found(made, "csv") == [
        ("quotes", *FIRST, "mixed", "Anna Petrova", None, "Ева"),
        ("mentions", *ADDED, None, None, None, None),
    ]
