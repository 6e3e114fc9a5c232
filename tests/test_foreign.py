"""What was written for a program is told by its name, and never read as a page, whatever its file is called."""

import gzip
import json

import pandas as pd
import pytest

import clippings as cl

TEXT = '"We wait for the ferry," said Anna Petrova in Minsk.'
FOREIGN = {
    "Web Annotations": (
        '{"@context": ["http://www.w3.org/ns/anno.jsonld"], "type": "AnnotationPage", "items": []}',
        "Web Annotations in JSON-LD",
        "format='w3c'",
    ),
    "a list of them": (
        '[{"id": "a", "type": "Annotation", "target": {"selector": {"type": "TextQuoteSelector", "exact": "Minsk"}}}]',
        "Web Annotations in JSON-LD",
        "format='w3c'",
    ),
    "an export of Label Studio": (
        '[{"id": 1, "data": {"text": "Minsk waits."}, "annotations": []}]',
        "tasks of Label Studio",
        "format='labelstudio'",
    ),
    "a library of references": (
        '[{"id": "a", "type": "book", "issued": {"date-parts": [[2007]]}}]',
        "references in CSL-JSON",
        "metadata=",
    ),
    "other JSON": ('{"talks": [{"text": "Minsk waits."}]}', "JSON", "cl.read_frame"),
    "JSON that was cut off": ('{"talks": [{"text": "Minsk wai', "JSON", "cl.read_frame"),
    "lines of JSON": ('{"text": "Minsk waits."}\n{"text": "Brest waits."}\n', "JSON", "cl.read_frame"),
    "lines of the library": ('{"schema":2,"id":"a"}\n', "annotated clippings as JSON Lines", "cl.read_jsonl"),
    "RIS": ("\r\nTY  - NEWS\r\nTI  - Talks in Minsk\r\nER  - \r\n", "references in RIS", "a reference manager"),
    "BibTeX": ("% Encoding: UTF-8\n\n@article{a,\n  title = {Talks}\n}\n", "references in BibTeX", "metadata="),
    "a string of BibTeX": ("@string{jan = {January}}\n", "references in BibTeX", "metadata="),
    "XMI": ('<?xml version="1.1"?>\n<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"/>', "UIMA CAS XMI", "format='xmi'"),
    "a type system": ("<typeSystemDescription/>", "UIMA CAS XMI", "format='xmi'"),
    "GraphML": ("<!-- of us -->\n<graphml></graphml>", "a network in GraphML or GEXF", "Gephi"),
    "TEI": ('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text/></TEI>', "TEI", "format='tei'"),
    "brat": ("T1\tQuote 0 5;6 9\twords\n", "annotations of brat", "format='brat'"),
    "a note of brat": ("#1\tAnnotatorNotes T1\tAnna\nT1\tQuote 0 5\twords\n", "annotations of brat", "format='brat'"),
    "a relation of brat": ("R1\tSource Arg1:T1 Arg2:T2\n", "annotations of brat", "format='brat'"),
    "CoNLL": ("# global.columns = FORM START END\n", "tokens in CoNLL", "format='conll'"),
}
PAGES = [
    f'{{"scheme": 1}} is printed here. {TEXT}',
    f'{{"scheme" is a word}} {TEXT}',
    f"TY - is no tag. {TEXT}",
    f"TY  - NEWS of the day. {TEXT}",
    f"@anna: {{we wait}} {TEXT}",
    f"T1 Quote 0 5 was the form. {TEXT}",
    f"# newdocuments were signed. {TEXT}",
    f"[1] {TEXT}",
    f"<TEIlight> {TEXT}",
    f"Annotations: {{{TEXT}}}",
]


@pytest.mark.parametrize(("data", "kind", "remedy"), FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("name", ["a.txt", "a.json", "a", "a.txt.gz"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_is_foreign_is_named_with_what_reads_it(data, kind, remedy, name, encoding, tmp_path):
    encoded = data.encode(encoding)
    (tmp_path / name).write_bytes(gzip.compress(encoded) if name.endswith(".gz") else encoded)
    corpus = cl.read(tmp_path / name)
    (told,) = corpus.failures
    assert (len(corpus), told.code, told.message) == (0, "CLP118", f"{kind}, not a page; not read")
    assert remedy in told.hint


LISTS = {
    "a report of Zotero": "<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>Zotero Report</title></head>",
    "bookmarks": "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>",
}


@pytest.mark.parametrize(("kind", "head"), [*LISTS.items(), ("bookmarks", "<html><title>Pocket Export</title>")])
def test_a_list_of_pages_is_no_page(kind, head, tmp_path):
    (tmp_path / "a.html").write_text(f"{head}<body><p>{TEXT}</p></body>", "utf-8")
    (told,) = cl.read(tmp_path).failures
    assert (told.code, told.message) == ("CLP118", f"{kind}, not a page; not read")


def test_a_page_about_a_program_that_makes_lists_is_one(tmp_path):
    words = "<html><title>Why Zotero is read</title><body><p>Zotero Report</p><p>{TEXT}</p></body>"
    (tmp_path / "a.html").write_text(words, "utf-8")
    assert len(cl.read(tmp_path)) == 1


@pytest.mark.parametrize("data", PAGES)
def test_a_page_that_begins_like_one_is_read(data, tmp_path):
    (tmp_path / "a.txt").write_text(data, "utf-8")
    corpus = cl.read(tmp_path)
    assert (len(corpus), corpus[0].text) == (1, data)


@pytest.mark.parametrize("kind", ["TEI", "a network in GraphML or GEXF", "UIMA CAS XMI"])
def test_xml_that_is_no_feed_is_named(kind, tmp_path):
    data = next(data for data, found, _ in FOREIGN.values() if found == kind)
    (tmp_path / "a.xml").write_text(data, "utf-8")
    (told,) = cl.read(tmp_path / "a.xml").unread
    assert (told.code, f"it is {kind}; " in told.message) == ("CLP139", True)


@pytest.mark.parametrize("one", cl.interchange.FORMATS, ids=lambda one: one.name)
def test_nothing_that_the_library_writes_is_a_page(one, tmp_path):
    annotated = cl.Corpus(cl.parse(TEXT, path="page.txt", layout="plain")).annotate()
    made = cl.interchange.write(annotated, tmp_path / f"out{one.suffix}", format=one.name)
    texts = {one.text for one in cl.read(made)}
    assert texts <= {TEXT}  # A folder may hold the text itself.
    assert one.suffix == "" or not texts


@pytest.mark.parametrize("saved", ["as written", "semicolons", "sorted columns", "a workbook"])
def test_a_review_is_no_table_of_texts(saved, tmp_path):
    annotated = cl.Corpus(cl.parse(TEXT, path="page.txt", layout="plain")).annotate()
    path = tmp_path / ("review.xlsx" if saved == "a workbook" else "review.csv")
    rows = cl.review.write(annotated, tmp_path / "written.csv")
    if saved == "a workbook":
        rows.to_excel(path, index=False)
    else:
        found = rows[sorted(rows.columns)] if saved == "sorted columns" else rows
        found.to_csv(path, index=False, sep=";" if saved == "semicolons" else ",")
    corpus = cl.read(path)
    assert (len(corpus), [told.code for told in corpus.unread]) == (0, ["CLP139"])
    assert "clippings review read --verdicts reads" in corpus.unread[0].message


def test_a_table_of_texts_with_a_column_of_verdicts_is_read(tmp_path):
    pd.DataFrame({"text": [TEXT], "verdict": ["guilty"]}).to_csv(tmp_path / "a.csv", index=False)
    assert len(cl.read(tmp_path / "a.csv")) == 1


def test_a_row_may_hold_anything():
    frame = pd.DataFrame({"text": [json.dumps({"text": TEXT})]})
    assert len(cl.read_frame(frame, id=None)) == 1
