"""The pictures of the annotated clipping show what the library makes of it now; drawing them needs a browser."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

import pictures as drawing

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def pictures():
    return drawing.pictures()


def test_every_picture_shows_the_page_of_now(pictures):
    stale = [picture.name for picture in pictures if not picture.is_current()]
    assert stale == [], "run make refresh where there is Chromium, look at the pictures, and commit them"


def test_pictures_are_of_the_size_asked_for(pictures):
    for picture in pictures:
        with Image.open(picture.path) as image:
            assert image.width == picture.width * picture.scale
            assert not picture.height or image.height == picture.height * picture.scale


@pytest.fixture
def static(monkeypatch, tmp_path):
    """A folder of its own for the stored pictures."""
    shutil.copytree(drawing.STATIC, tmp_path / "_static")
    monkeypatch.setattr(drawing, "STATIC", tmp_path / "_static")
    monkeypatch.setattr(drawing, "ROOT", tmp_path)
    monkeypatch.setattr(drawing, "pictures", lambda: [drawing.Picture("og-card.png", "<p>another page</p>", 300, 1)])
    return tmp_path / "_static"


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["pictures.py", *arguments])
    return drawing.main()


def test_a_changed_page_makes_the_picture_stale(pictures):
    card = pictures[-1]
    assert not card._replace(body=card.body.replace("Serdyukov", "Serdyukow", 1)).is_current()
    assert not card._replace(name="no-such.png").is_current()


@pytest.mark.parametrize(
    ("arguments", "said", "status"), [((), "no Chromium found", 0), (("--check",), "would change", 1)]
)
def test_nothing_is_drawn_without_a_browser(static, monkeypatch, capsys, arguments, said, status):
    before = (static / "og-card.png").read_bytes()
    assert run(monkeypatch, *arguments) == status
    [line] = capsys.readouterr().out.splitlines()
    assert said in line
    assert (static / "og-card.png").read_bytes() == before


def test_a_picture_is_cut_where_the_page_ends():
    shot = Image.new("RGB", (300, 900), "white")
    shot.paste("black", (10, 20, 50, 120))
    assert drawing.trimmed(shot, drawing.Picture("a.png", "", 300, 1)).size == (300, 120)
    assert drawing.trimmed(shot, drawing.Picture("a.png", "", 300, 1, 120)).size == (300, 120)
    with pytest.raises(RuntimeError, match=r"a\.png: 1 pixels do not fit"):
        drawing.trimmed(shot, drawing.Picture("a.png", "", 300, 1, 119))
    with pytest.raises(RuntimeError, match=r"nothing is drawn in a\.png"):
        drawing.trimmed(Image.new("RGB", (300, 900), "white"), drawing.Picture("a.png", "", 300, 1))


def test_a_picture_is_drawn_by_the_browser(static, monkeypatch, capsys):
    found = subprocess.run(["sh", str(ROOT / "tools/find-chromium.sh")], capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip("no Chromium")
    assert run(monkeypatch, found.stdout.strip()) == 0
    assert capsys.readouterr().out == "refresh: _static/og-card.png: stored\n"
    assert drawing.pictures()[0].is_current()
    with Image.open(static / "og-card.png") as image:
        assert image.width == 300
        assert len(image.convert("RGB").getcolors(100_000)) > 2
