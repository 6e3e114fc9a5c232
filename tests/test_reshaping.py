"""The form of a codebook decides nothing: eight changes of it, such as other orders and ids, change no annotation."""

from __future__ import annotations

from pathlib import Path

import pytest

import clippings as cl
from clippings.cli import main, reshaping
from clippings.codebook import sources
from clippings.layers import mentions

FILES = sources.read("security")
CHANGES = ("rows in another order", "terms in another order", "keys in another order", "other ids")
CHANGES += ("comments", "other quotes", "other line ends", "two folders")
PAGES = [path.read_bytes().decode("utf-8", "replace") for path in sorted(Path(__file__).parent.glob("zoo/*.txt"))]
TIED = "Korea waits: North Korea met South Korea."
OWN = {
    "codebook.yaml": "name: own\nversion: 1.0.0\ntitle: Own\n",
    "themes.yaml": "[]",
    "actors.csv": "short,canonical,kind,surface_forms\nOld Bank,Old Bank,organization,Bank of Vale\n"
    "New Bank,New Bank,organization,Bank of Vale\n",
    "cues.yaml": "verbs: [{forms: [say, says, said], frame: say}]",
    "confusions.yaml": "[]",
}


@pytest.fixture
def own(tmp_path) -> Path:
    for name, text in OWN.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_there_are_eight_changes_each_of_them_a_codebook(tmp_path):
    changes = list(reshaping.of(FILES))
    assert tuple(change.what for change in changes) == CHANGES
    for change in changes:
        folder = tmp_path / change.what
        folder.mkdir()
        for name, data in change.base.items():
            (folder / name).write_bytes(data)
        assert {name: data for name, data in change.base.items() if data != FILES[name]}
        assert cl.codebook.find_faults(folder) == ()


def test_no_change_of_form_changes_an_annotation():
    assert reshaping.unlike(FILES, [*PAGES, TIED]) == []


def test_shared_forms_are_tried():
    tried = reshaping.texts(cl.Codebook.load())
    assert "They spoke of Korea." in tried
    assert "They spoke of North Korea and South Korea; Korea was named." in tried
    assert cl.Codebook.load().themes[0].positive[0] in tried


def test_a_codebook_whose_order_decides_is_told(own, monkeypatch, capsys):
    assert main(["codebook", "check", str(own)]) == 0
    monkeypatch.setattr(mentions, "_one_a_span", lambda _text, hits, _sure: (hits[:1], []))
    assert main(["codebook", "check", str(own)]) == 1
    told = capsys.readouterr().out
    text = "They spoke of New Bank and Old Bank; Bank of Vale was named."
    assert f"{own}: error: rows in another order: the annotations of {text!r} change" in told
    assert "keys in another order" not in told
