"""Codebooks from records and by name, what extends one, and copies of the one that is shipped."""

import shutil

import pytest

from clippings.codebook import (
    FILES,
    Actor,
    Codebook,
    CodebookError,
    Context,
    Cues,
    Indicator,
    Theme,
    Verb,
)
from test_codebook_errors import KINDS, SHIPPED, THEME


@pytest.mark.parametrize("name", ["", "securty", "Security", "zzz", "no/such/folder", "codebook.yaml"])
def test_an_unknown_name_is_told_the_nearest(name):
    with pytest.raises(CodebookError) as caught:
        Codebook.load(name)
    assert str(caught.value) == f"no codebook named {name!r} and no such folder; did you mean 'security'?"
    assert caught.value.faults == ()


@pytest.mark.parametrize(("records", "expected"), [
    ({"themes": [Theme("gas", "Gas", "Gas.", (), (), (Indicator(("@NATTO",)),), ("a",), ("b",))]},
     "themes[0].indicators[0].terms[0]: '@NATTO' names no actor; did you mean '@NATO'?"),
    ({"actors": [Actor("X", "X", "thing", names=("X",))]}, f"actors[0].kind: kind 'thing' is none of {KINDS}"),
    ({"cues": Cues(verbs=(Verb(("Quip",), "say"),))},
     "cues.verbs[0].forms[0]: 'Quip' has capitals; words are compared in small letters; write them so"),
    ({"contexts": [Context("NATTO", "NATO")]},
     "contexts[0].form: 'NATTO' is no form of 'NATO'; did you mean 'NATO'?"),
    ({"cues": Cues(verbs=(Verb(("quip",), "sing"),))}, "the records do not fit: Invalid enum value 'sing'"),
    ({"actors": [Actor("X", "X", "place", names="X")]}, "the records do not fit: Expected `array`, got `str`"),
    ({"cues": Cues(roles=("king",)), "name": "two words"},
     "the name 'two words' is no single word; use letters, digits, '.', '_' and '-'"),
])  # fmt: skip
def test_records_with_faults(records, expected):
    with pytest.raises(CodebookError) as caught:
        Codebook.load().extend(**records)
    assert str(caught.value).startswith(expected)


def test_a_folder_with_faults_does_not_extend(tmp_path):
    (tmp_path / "themes.yaml").write_text(THEME.replace("[gas]", "[gas, '@NATTO']"), encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        Codebook.load().extend(tmp_path)
    assert str(caught.value) == "themes.yaml:7: '@NATTO' names no actor; did you mean '@NATO'?"


@pytest.mark.parametrize("keywords", [{}, {"folder": "x", "themes": [object()]}])
def test_extend_takes_a_folder_or_records(keywords):
    with pytest.raises(TypeError, match="a folder, or records"):
        Codebook.load().extend(**keywords)


def test_a_copy_with_windows_line_ends_and_a_mark_reads_the_same(tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(SHIPPED, folder)
    for name in FILES:
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    assert Codebook.load(folder).ref == Codebook.load().ref


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"actors": 5}, "actors must be a list, not int; give records"),
        ({"themes": "gas"}, "themes must be a list, not str; give records"),
        ({"name": 5, "cues": Cues(roles=("pilot",))}, "name must be a string, not int; give a word"),
    ],
)
def test_what_is_no_record_is_refused_by_its_name(options, message):
    with pytest.raises(ValueError, match=message):
        Codebook.load("security").extend(**options)


def test_a_table_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="no table None; did you mean"):
        Codebook.load("security").table(None)
