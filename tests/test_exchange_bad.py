"""Foreign files that are damaged, too large or hostile give one error that says which file, where, and what to do."""

import json
import random
import re
import shutil
import zipfile
import zlib

import pytest

import clippings as cl
from clippings.interchange import FORMATS, FormatError, _reading

TEXT = '😀 Минск.\n\n"We wait 😀," said Anna Petrova.\n'
BOTH = {one.name: one for one in FORMATS if one.read}


@pytest.fixture(scope="module")
def annotated():
    return cl.Corpus(cl.parse(TEXT, path="page.txt", layout="plain")).annotate()


@pytest.fixture
def wrote(annotated, tmp_path):
    def wrote(name):
        return cl.interchange.write(annotated, tmp_path / f"out{BOTH[name].suffix}", format=name)

    return wrote


def changed(made, old, new):
    """Replace words in the one file that has them."""
    files = [made] if made.is_file() else [one for one in made.rglob("*") if one.is_file()]
    hits = [one for one in files if old.encode() in one.read_bytes() and one.name != "documents.csv"]
    assert hits, old
    for one in hits:
        one.write_bytes(one.read_bytes().replace(old.encode(), new.encode(), 1))


def refusal(made, name):
    """What is said of a file that is refused; nothing of one that is read. Any other error is raised."""
    try:
        cl.interchange.read(made, format=name)
    except FormatError as error:
        return str(error)
    return ""


WRONG = [
    ("brat", "Quote 10", "Quote x", r"page.ann:\d+: an annotation must be as in"),
    ("brat", "Quote 10", "Quote 11", r"page.ann:\d+: .* is not what the text has there"),
    ("brat", "Quote 10 22", "Quote 10 220", r"page.ann:\d+: 10-220 is not within its text of 42 characters"),
    ("brat", "Quote 10", "Person 10", r"page.ann:\d+: no layer is called 'Person'; there are Sentence, Quote, "),
    ("brat", "AnnotatorNotes T", "AnnotatorNotes", r"page.ann:\d+: a note must name what it is about"),
    ("brat", "Arg2:T", "Arg2:T9", r"page.ann:\d+: a relation refers to T9\d+, which is not there"),
    ("brat", "Source Arg1", "Owner Arg1", r"page.ann:\d+: a relation must be as in"),
    ("brat", "Kind T", "Kind", r"page.ann:\d+: an attribute must be as in"),
    ("brat", "A1\tKind T1 ", "E1\tKind:T1 ", r"page.ann:\d+: 'E1' is none of T, A, R and #; events and normalizations"),
    ("brat", "A1\tKind T1 ", "*\tEquiv T1 ", r"page.ann:\d+: '\*' is none of T, A, R and #"),
    ("brat", "Kind T1", "Kind T99", r"page.ann: .* refers to T99\d*, which is not there"),
    ("w3c", '"AnnotationPage"', '"Page"', r"out.jsonld: holds no Web Annotations; give an AnnotationPage"),
    ("w3c", '"tagging"', '"commenting"', r"annotation 1: no body with the purpose tagging says its layer"),
    ("w3c", '"start": 10', '"start": -10', r"annotation \d+: -10 is not a whole number of 0 or more"),
    ("w3c", '"end": ', '"end": 1.5, "x": ', r"annotation 1: 1.5 is not a whole number"),
    ("w3c", '"value": "quotes"', '"value": "speech"', r"no layer is called 'speech'"),
    ("labelstudio", '"id": "page"', '"ids": "page"', r"tasks.json: task 1: its data has no text or no id"),
    ("labelstudio", '"text": "\\"We', '"text": "\\"He', r"task 1: the region at 10 is not on its words"),
    ("labelstudio", '"result": [', '"results": [', r"task 1: an annotation without result; export as JSON"),
    ("labelstudio", '"to_id": "p0"', '"to_id": "p9"', r"a relation leads to p9, which is not there"),
    ("labelstudio", '["Quote"]', '["Said"]', r"task 1: region n\d+: no layer is called 'Said'"),
    ("conll", "FORM START", "FORM BEGIN", r"out.conll:1: the columns must be FORM START END"),
    ("conll", "We\t11\t13", "We\t12\t14", r"out.conll:\d+: the token 'We' is not at 12-14"),
    ("conll", "We\t11\t13", "We\t11\t13\tO", r"out.conll:\d+: \d+ columns, where \d+ must be, split by tabs"),
    ("conll", "\tB-", "\tI-", r"out.conll:\d+: 'I-.*' goes on with what did not begin"),
    ("conll", "\tB-", "\tX-", r"out.conll:\d+: 'X-.*' is none of O, B-label and I-label"),
    ("conll", "# newdoc", "# olddoc", r"out.conll:\d+: a token without '# newdoc id' above it"),
    ("tei", "</TEI>", "</TEY>", r"page.xml:\d+: not XML: "),
    ("tei", 'who="#', 'who="#x', r"page.xml:\d+: #xspeaker1 leads nowhere; declare it in the header"),
    ("tei", 'type="clipping"', 'type="page"', r"page.xml:1: its sourceDesc names 0 clippings"),
    ("tei", "<body>", "<body/><body>", r"page.xml"),
    ("csv", "start", "begin", r"out.csv:1: the column start is missing"),
    ("csv", "page,0,quotes,10", "page,0,quotes,x", r"out.csv:\d+: 'x' is not a whole number"),
    ("csv", "page,0,quotes,10", "page,0,quotes,", r"out.csv:\d+: the cell start is empty"),
    ("csv", "page,0,quotes,10,22", "page,0,quotes,22,10", r"out.csv:\d+: 22-10 is not within its text"),
    ("jsonl", '"schema":2', '"schema":1', r"out.jsonl:1:1: error\[CLP601\]"),
    ("xmi", "</xmi:XMI>", "</xmi:XML>", r"page.xmi:\d+: not XML: "),
    ("xmi", 'item="0"', 'item="one"', r"page.xmi: 'one' is not a whole number"),
    ("xmi", 'begin="11" end="24"', 'begin="11" end="240"', r"page.xmi: "),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "said"), WRONG)
def test_one_error_says_where(name, old, new, said, wrote):
    made = wrote(name)
    changed(made, old, new)
    if (name, old) == ("tei", "<body>"):
        assert len(cl.interchange.read(made, format=name)) == 0  # The first body holds nothing.
        return
    with pytest.raises(FormatError, match=said):
        cl.interchange.read(made, format=name)


@pytest.mark.parametrize("name", [name for name in BOTH if name != "parquet"])
def test_damage_at_any_place_is_an_error_or_a_frame(name, wrote):
    """Bytes cut off, taken out or changed raise nothing but our error."""
    made = wrote(name)
    draw = random.Random(name)
    files = [made] if made.is_file() else sorted(one for one in made.rglob("*") if one.is_file())
    for _ in range(40):
        file = draw.choice(files)
        whole = file.read_bytes()
        at = draw.randrange(len(whole))
        damage = [whole[:at], whole[:at] + whole[at + draw.randint(1, 9) :], whole[:at] + b"\xff<\0&" + whole[at:]]
        file.write_bytes(draw.choice(damage))
        said = refusal(made, name)
        assert "\n" not in said
        assert len(said) < 700
        file.write_bytes(whole)


@pytest.mark.parametrize("name", [name for name in BOTH if name != "parquet"])
@pytest.mark.parametrize("data", [b"", b"\0" * 99, b"[]", b"{}", b"null", b'"x"', b"[1]", b"\xff\xfe", b"[" * 99_999])
def test_another_file_is_an_error_or_an_empty_frame(name, data, tmp_path):
    made = tmp_path / f"other{BOTH[name].suffix or {'xmi': '.xmi', 'tei': '.xml', 'brat': '.ann'}.get(name, '.json')}"
    made.write_bytes(data)
    said = refusal(made, name)
    assert "other" in said or cl.interchange.read(made, format=name).empty


ENTITY = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>\n'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


@pytest.mark.parametrize("head", [ENTITY, LAUGHS + "]>\n"], ids=["file", "laughs"])
@pytest.mark.parametrize(("name", "file"), [("tei", "page.xml"), ("xmi", "page.xmi"), ("xmi", "TypeSystem.xml")])
def test_no_entity_is_followed(head, name, file, wrote):
    made = wrote(name) / file
    body = re.sub(rb"^<\?xml[^>]*\?>\s*", b"", made.read_bytes())
    made.write_bytes(head.encode() + body)
    with pytest.raises(FormatError, match=rf"{file}:1: has a document type, whose entities are not read"):
        cl.interchange.read(made.parent, format=name)


def test_what_is_too_large_is_refused(wrote, tmp_path, monkeypatch):
    made = wrote("w3c")
    size = made.stat().st_size
    monkeypatch.setattr(_reading, "MAX_BYTES", size)
    assert len(cl.interchange.read(made, format="w3c"))
    monkeypatch.setattr(_reading, "MAX_BYTES", size - 1)
    with pytest.raises(FormatError, match=rf"out.jsonld: more than {size - 1:,} bytes; split the project"):
        cl.interchange.read(made, format="w3c")
    packed = tmp_path / "bomb.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.ann", b"\0" * (size // 2))
    with pytest.raises(FormatError, match=r"bomb.zip: unpacks to more than"):
        cl.interchange.read(packed, format="brat")


def test_a_docbin_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    from clippings.interchange import docbin

    monkeypatch.setattr(docbin, "MAX_BYTES", 1_000)
    made = tmp_path / "bomb.spacy"
    made.write_bytes(zlib.compress(b"\0" * 1_001))
    with pytest.raises(FormatError, match=r"bomb.spacy: unpacks to more than 1,000 bytes"):
        cl.interchange.read(made, format="docbin")
    made.write_bytes(zlib.compress(b"\0" * 1_000))
    with pytest.raises(FormatError, match=r"bomb.spacy: not a DocBin of spaCy"):
        cl.interchange.read(made, format="docbin")


def test_too_many_files_are_refused(wrote, monkeypatch):
    made = wrote("brat")
    monkeypatch.setattr(_reading, "MAX_FILES", 4)
    assert len(cl.interchange.read(made, format="brat"))
    monkeypatch.setattr(_reading, "MAX_FILES", 3)
    with pytest.raises(FormatError, match="more than 3 files; name a folder with fewer"):
        cl.interchange.read(made, format="brat")


def test_too_many_files_of_a_zip_are_refused_and_not_left_out(wrote, tmp_path, monkeypatch):
    packed = shutil.make_archive(str(tmp_path / "a"), "zip", wrote("brat"))
    monkeypatch.setattr(_reading, "MAX_FILES", 4)
    assert len(cl.interchange.read(packed, format="brat"))
    monkeypatch.setattr(_reading, "MAX_FILES", 3)
    with pytest.raises(FormatError, match=r"a.zip: more than 3 files; unpack it, and name a folder with fewer"):
        cl.interchange.read(packed, format="brat")


def test_a_table_of_documents_that_a_spreadsheet_saved_with_semicolons(wrote):
    made = wrote("brat")
    table = made / "documents.csv"
    table.write_text(table.read_text("utf-8").replace(",", ";"), "utf-8")
    assert set(cl.interchange.read(made, format="brat")["id"]) == {"page"}


def test_a_zip_whose_packed_bytes_are_damaged(tmp_path):
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.ann", "T1\tquote 0 4\tThey\n" * 100)
    head = 30 + len("a.ann")
    data = packed.read_bytes()
    packed.write_bytes(data[:head] + b"\xff" * 8 + data[head + 8 :])
    with pytest.raises(FormatError, match=r"a.zip: cannot be unpacked: "):
        cl.interchange.read(packed, format="brat")


def test_a_zip_that_is_none_or_locked(tmp_path):
    made = tmp_path / "a.zip"
    made.write_bytes(b"PK\x03\x04 and nothing else")
    with pytest.raises(FormatError, match=r"a.zip: cannot be unpacked: "):
        cl.interchange.read(made, format="xmi")


def test_what_is_not_there_or_only_written(tmp_path):
    with pytest.raises(FormatError, match="no such file or folder; check the path"):
        cl.interchange.read(tmp_path / "no", format="brat")
    with pytest.raises(FormatError, match=r"is a folder; w3c is a file, ending in .jsonld"):
        cl.interchange.read(tmp_path, format="w3c")
    with pytest.raises(ValueError, match="ris is only written; read is for w3c, brat, "):
        cl.interchange.read(tmp_path, format="ris")
    for name in ("brat", "xmi", "tei"):
        with pytest.raises(FormatError, match="holds no "):
            cl.interchange.read(tmp_path, format=name)
    with pytest.raises(FormatError, match=r"is not a folder of tables"):
        cl.interchange.read(tmp_path, format="parquet")


def test_arguments_of_another_kind_are_refused_by_name(annotated, tmp_path):
    with pytest.raises(ValueError, match="path must be a path, not None; give the file or folder to read"):
        cl.interchange.read(None, format="brat")
    with pytest.raises(ValueError, match="path must be a path, not int; give the file or folder to write"):
        cl.interchange.write(annotated, 5, format="brat")
    for corpus in ("press", ["press"], 5):
        with pytest.raises(ValueError, match=r"corpus (must be a list|holds str).*that were exported"):
            cl.interchange.read(tmp_path, format="brat", corpus=corpus)


def test_a_text_of_brat_that_is_gone(wrote):
    made = wrote("brat")
    (made / "page.txt").unlink()
    with pytest.raises(FormatError, match=r"page.ann: page.txt is not beside it"):
        cl.interchange.read(made, format="brat")


@pytest.mark.parametrize("name", ["brat", "xmi", "tei"])
def test_a_document_that_is_lost_is_told(name, annotated, tmp_path):
    other = cl.Corpus(cl.parse(TEXT.replace("wait", "go"), path="other.txt", layout="plain")).annotate()
    made = cl.interchange.write(annotated + other, tmp_path / "out", format=name)
    whole = cl.interchange.read(made, format=name)
    for file in made.glob("other.*"):
        file.unlink()
    with pytest.raises(FormatError, match=r"1 of the documents that documents.csv names are not there, such as other;"):
        cl.interchange.read(made, format=name)
    table = (made / "documents.csv").read_text("utf-8").splitlines(keepends=True)
    (made / "documents.csv").write_text("".join(table[:-1]), "utf-8")
    assert len(cl.interchange.read(made, format=name)) == (whole["id"] == "page").sum()


def test_a_text_that_is_lost_is_told_where_its_table_is_given(annotated, tmp_path):
    other = cl.Corpus(cl.parse(TEXT, path="other.txt", layout="plain")).annotate()
    made = cl.interchange.write(annotated + other, tmp_path / "out", format="texts")
    (made / "other.txt").unlink()
    (told,) = cl.read(made, metadata=made / "metadata.csv", key="filename").notes
    assert (told.code, "'other.txt'" in told.message) == ("CLP408", True)


@pytest.mark.parametrize("name", ["brat", "tei", "xmi"])
def test_one_page_in_two_files_counts_for_two_coders_or_is_told(name, wrote):
    made = wrote(name)
    (made / "copy").mkdir()
    for file in made.glob("page.*"):
        (made / "copy" / file.name).write_bytes(file.read_bytes())
    if name != "tei":  # Which knows no coders.
        assert set(cl.interchange.read(made, format=name)["coder"]) == {"copy", None}
        for file in made.glob("page.*"):
            (made / f"again{file.suffix}").write_bytes(file.read_bytes())
        table = (made / "documents.csv").read_text("utf-8")
        (made / "documents.csv").write_text(table + table.splitlines()[1].replace("page", "again", 1) + "\n", "utf-8")
    with pytest.raises(FormatError, match=r"annotates the same page as .*, and nothing says that another coder did"):
        cl.interchange.read(made, format=name)


def test_a_line_of_json_at_least(wrote):
    made = wrote("jsonl")
    made.write_bytes(b"")
    with pytest.raises(FormatError, match=r"CLP601.: not an annotated clipping: no line is in the file"):
        cl.interchange.read(made, format="jsonl")
    assert [one.code for one in cl.read_jsonl(made).failures] == ["CLP601"]
    assert cl.read_jsonl([]).failures == ()


def test_a_region_of_another_kind_of_text_is_told(wrote):
    made = wrote("labelstudio")
    changed(made, '"type": "labels"', '"type": "hypertextlabels"')
    with pytest.raises(FormatError, match=r"region n\d+ is of the type 'hypertextlabels', which is not read; set"):
        cl.interchange.read(made, format="labelstudio")


def test_a_project_on_which_nobody_worked_is_told(wrote, tmp_path):
    made = wrote("xmi")
    with zipfile.ZipFile(tmp_path / "project.zip", "w") as project:
        project.write(made / "page.xmi", "source/page.xmi")
        project.write(made / "page.xmi", "annotation/page.xmi/INITIAL_CAS.xmi")
        project.write(made / "TypeSystem.xml", "annotation/page.xmi/TypeSystem.xml")
    with pytest.raises(FormatError, match="nobody has annotated a document of the project yet; export it again later"):
        cl.interchange.read(tmp_path / "project.zip", format="xmi")


def test_the_type_system_that_is_gone(wrote):
    made = wrote("xmi")
    (made / "TypeSystem.xml").unlink()
    with pytest.raises(FormatError, match=r"page.xmi: TypeSystem.xml is not beside it"):
        cl.interchange.read(made, format="xmi")


def test_selectors_that_differ_are_refused(wrote, annotated):
    made = wrote("w3c")
    project = json.loads(made.read_text("utf-8"))
    project["items"][0]["target"]["selector"][1]["start"] += 1
    made.write_text(json.dumps(project), "utf-8")
    with pytest.raises(FormatError, match=r"annotation 1: its selectors differ: "):
        cl.interchange.read(made, format="w3c", corpus=annotated)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('<seg type="theme" prev="#none">x</seg>', "no next leads to this piece, which has prev"),
        ('<seg type="theme" next="#none">x</seg>', "next leads to #none, which is not there"),
        ('<seg type="theme" next="#z">x</seg> y <seg xml:id="z" prev="#a">z</seg>', "words stand between its pieces"),
    ],
)
def test_chains_of_tei_that_are_broken(words, said, wrote):
    made = wrote("tei")
    changed(made, "<body>", f"<body><p>{words}</p>")
    with pytest.raises(FormatError, match=rf"page.xml:\d+: {said}"):
        cl.interchange.read(made, format="tei")


def test_the_table_of_documents_is_read_strictly(wrote):
    made = wrote("brat")
    table = made / "documents.csv"
    whole = table.read_text("utf-8")
    for text, said in [
        (whole.replace("file,id", "name,id"), r"documents.csv:1: the column file is missing"),
        (whole.replace("page,page,0", "page,page,x"), r"documents.csv:2: 'x' is not a whole number"),
        (whole + "page\n", r"documents.csv:3: the cell id is empty"),
    ]:
        table.write_text(text, "utf-8")
        with pytest.raises(FormatError, match=said):
            cl.interchange.read(made, format="brat")


def test_nothing_but_bytes_is_read_from_a_link(tmp_path, wrote):
    made = wrote("brat")
    (made / "page.ann").rename(tmp_path / "elsewhere.ann")
    (made / "page.ann").symlink_to(tmp_path / "elsewhere.ann")
    with pytest.raises(FormatError, match=r"holds no .ann file"):
        cl.interchange.read(made, format="brat")


@pytest.mark.parametrize("figures", ["1" * 13, "1" * 5_000])
def test_a_number_of_many_figures(figures, wrote):
    made = wrote("w3c")
    changed(made, '"start": 10', f'"start": {figures}')
    with pytest.raises(FormatError, match=r"out.jsonld.*(not a whole number|a number that is too long)"):
        cl.interchange.read(made, format="w3c")


def test_a_place_has_no_more_than_a_million_million_characters():
    assert _reading.whole(_reading._LARGEST, "a") == _reading.whole(str(_reading._LARGEST - 1), "a") + 1
    with pytest.raises(FormatError, match="a: 1000000000001 is not a whole number"):
        _reading.whole(_reading._LARGEST + 1, "a")


@pytest.mark.parametrize("cut", [lambda data: data[:0], lambda data: data[:-20], lambda data: data[:-40] + b"\0" * 40])
def test_a_damaged_table_is_told(cut, wrote):
    made = wrote("parquet")
    (table,) = (made / "quotes").glob("*.parquet")
    table.write_bytes(cut(table.read_bytes()))
    with pytest.raises(FormatError, match=r"part-\d+\.parquet is damaged \(.*\); make the tables again"):
        cl.interchange.read(made, format="parquet")
