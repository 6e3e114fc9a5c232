"""What does not fit an argument is refused by its name, with what to give instead; no error is Python's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import clippings as cl

CORPUS = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain"))

TEXTS = CORPUS.texts
CODES = pd.DataFrame({"id": ["a"], "theme": ["x"]})

Call = Callable[[], Any]

REFUSED: dict[str, Call] = {
    "text must be a string, not None; for a file there is read": lambda: cl.parse(None),
    "text must be a string, not bytes; for a file there is read, and bytes are decoded": lambda: cl.parse(b"Minsk"),
    "path must be a string, not int; give the name of the page": lambda: cl.parse("Minsk", path=5),
    "sources: neither a path nor an open file: NoneType": lambda: cl.read(None),
    "sources: neither a path nor an open file: bytes": lambda: cl.read([b"a.txt"]),
    "sources: neither a path nor an open file: int": lambda: cl.annotate_to(5, "out"),
    "outlet must be a string, not int; give the name of the paper": lambda: cl.read("press", outlet=5),
    "metadata must be a path, not int; give a frame": lambda: cl.read("press", metadata=5),
    "folder must be a path, not None; give the folder that save": lambda: cl.load(None),
    "folder must be a path, not '';": lambda: cl.load(""),
    "folder must be a path, not bytes;": lambda: cl.load(b"out"),
    "folder must be a path, not int; give the folder that the tables": lambda: cl.save(CORPUS.annotate(), 5),
    "folder must be a path, not None; give the folder that the tables": lambda: cl.annotate_to("press", None),
    "not Corpus: annotate first, and give corpus.annotate()": lambda: cl.save(CORPUS, "out"),
    "folder must be a path, not DataFrame; give the folder": lambda: cl.load(pd.DataFrame()),
    "folder holds a NUL character, which no path has; give": lambda: cl.load("a\0b"),
    "text must name the column of the texts, and is None": lambda: cl.read_frame(pd.DataFrame({"text": []}), text=None),
    "columns must be a list, not int; give the name of a column": lambda: cl.measures.alpha(CODES, unit=5),
    "words must be a list, not int; give a word": lambda: cl.measures.dispersion(TEXTS, by="id", words=5),
    "first must be a list of numbers, such as a column": lambda: cl.measures.mean_difference("word", [1, 2]),
    "second must be a list of numbers, such as a column": lambda: cl.measures.mean_difference([1, 2], None),
    "workers must be a whole number of at least 1, not DataFrame": lambda: CORPUS.annotate(workers=pd.DataFrame([1])),
    "workers must be a whole number of at least 1, not '2'": lambda: CORPUS.annotate(workers="2"),
    "workers must be a whole number of at least 1, not None": lambda: CORPUS.annotate(workers=None),
    "workers must be a whole number of at least 1, not 1.5": lambda: CORPUS.annotate(workers=1.5),
    "workers must be a whole number of at least 1, not 0": lambda: CORPUS.annotate(workers=0),
    "part must be a whole number of at least 1, not '5'": lambda: cl.annotate_to("press", "out", part="5"),
    "layers must be a list, not int; give names of layers": lambda: CORPUS.annotate(layers=5),
    "layers holds None; give names of layers": lambda: CORPUS.annotate(layers=[None]),
    "layers must be a list, not int; give names of layers, as": lambda: CORPUS.annotate()[0].show(layers=5),
    "source must be a list, not None; give a path, an open file or lines": lambda: cl.read_jsonl(None),
    "source must be a path, an open file or lines, not bytes": lambda: cl.read_jsonl(b"{}"),
    "source holds int; give a path": lambda: cl.read_jsonl([5]),
    "found must be a list, not None; give clippings": lambda: cl.Corpus(None),
    "found must be a list, not str; give clippings, as parse returns them; for files there": lambda: cl.Corpus("press"),
    "found holds int; give clippings": lambda: cl.Corpus([5]),
    "keep must be a function or a list of truth values, not int": lambda: CORPUS.filter(5),
    "[None]: give a place, an id, or an id and item": lambda: CORPUS[None],
    "table must be a path, not None; give a CSV file": lambda: cl.fetch(None, "press", contact="a@b.example"),
    "folder must be a path, not int; give the folder that the pages": lambda: cl.fetch(
        "a.csv", 5, contact="a@b.example"
    ),
    "contact must be a string, not None; give your e-mail or web address": lambda: cl.fetch(
        "a.csv", "press", contact=None
    ),
    "folder must be a path, not None; give the folder of the pages": lambda: cl.verify(None, "catalogue"),
    "catalogue_folder must be a path, not ''; give the folder of the": lambda: cl.verify("press", ""),
    "form must be a PageForm, not NoneType": lambda: cl.register_page_form(None),
    "engine must be one of local, dask, not DataFrame": lambda: cl.annotate_to("a", "out", engine=pd.DataFrame([1])),
    "window must be a whole number of at least 0, not '5'": lambda: cl.measures.kwic(
        pd.DataFrame({"id": ["a"], "item": [0], "text": ["Minsk"]}), "Minsk", window="5"
    ),
}


@pytest.mark.parametrize("said", REFUSED)
def test_an_argument_is_refused_by_name(said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(cl.ArgumentError, match=re.escape(said)) as refused:
        REFUSED[said]()
    assert all(isinstance(refused.value, kind) for kind in (cl.ClippingsError, ValueError, TypeError))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("workers", [1, pd.Series([1]).iloc[0]])
def test_a_whole_number_of_any_kind_is_taken(workers: int) -> None:
    assert len(CORPUS.annotate(workers=workers)) == 1


def test_what_can_be_asked_only_once_is_taken() -> None:
    assert len(cl.Corpus(clipping for clipping in CORPUS)) == 1
    assert CORPUS.annotate(layers=(name for name in ["dates"])).layers == ("dates",)
    assert cl.read_jsonl(iter([])).failures == ()
