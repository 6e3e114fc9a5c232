"""The pictures of the annotated clipping show what the library makes of it now; drawing them needs a browser."""

import importlib
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        return importlib.import_module("pictures")
    finally:
        sys.path.remove(str(ROOT / "tools"))


@pytest.fixture(scope="module")
def pictures(tool):
    return tool.pictures()


def test_every_picture_shows_the_page_of_now(pictures):
    stale = [picture.name for picture in pictures if not picture.is_current()]
    assert stale == [], "run make refresh where there is Chromium, look at the pictures, and commit them"


def test_pictures_are_of_the_size_asked_for(pictures):
    for picture in pictures:
        with Image.open(picture.path) as image:
            assert image.width == picture.width * picture.scale
            assert not picture.height or image.height == picture.height * picture.scale


@pytest.fixture
def static(tool, monkeypatch, tmp_path):
    """A folder of its own for the stored pictures."""
    shutil.copytree(tool.STATIC, tmp_path / "_static")
    monkeypatch.setattr(tool, "STATIC", tmp_path / "_static")
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "pictures", lambda: [tool.Picture("og-card.png", "<p>another page</p>", 300, 1)])
    return tmp_path / "_static"


def run(tool, monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["pictures.py", *arguments])
    return tool.main()


def test_a_changed_page_makes_the_picture_stale(pictures):
    card = pictures[-1]
    assert not card._replace(body=card.body.replace("Serdyukov", "Serdyukow", 1)).is_current()
    assert not card._replace(name="no-such.png").is_current()


@pytest.mark.parametrize(
    ("arguments", "said", "status"), [((), "no Chromium found", 0), (("--check",), "would change", 1)]
)
def test_nothing_is_drawn_without_a_browser(tool, static, monkeypatch, capsys, arguments, said, status):
    before = (static / "og-card.png").read_bytes()
    assert run(tool, monkeypatch, *arguments) == status
    [line] = capsys.readouterr().out.splitlines()
    assert said in line
    assert (static / "og-card.png").read_bytes() == before


def test_a_picture_is_cut_where_the_page_ends(tool):
    shot = Image.new("RGB", (300, 900), "white")
    shot.paste("black", (10, 20, 50, 120))
    assert tool.trimmed(shot, tool.Picture("a.png", "", 300, 1)).size == (300, 120)
    assert tool.trimmed(shot, tool.Picture("a.png", "", 300, 1, 120)).size == (300, 120)
    with pytest.raises(RuntimeError, match=r"a\.png: 1 pixels do not fit"):
        tool.trimmed(shot, tool.Picture("a.png", "", 300, 1, 119))
    with pytest.raises(RuntimeError, match=r"nothing is drawn in a\.png"):
        tool.trimmed(Image.new("RGB", (300, 900), "white"), tool.Picture("a.png", "", 300, 1))


def test_a_picture_is_drawn_by_the_browser(tool, static, monkeypatch, capsys):
    found = subprocess.run(["sh", str(ROOT / "tools/find-chromium.sh")], capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip("no Chromium")
    assert run(tool, monkeypatch, found.stdout.strip()) == 0
    assert capsys.readouterr().out == "refresh: _static/og-card.png: stored\n"
    assert tool.pictures()[0].is_current()
    with Image.open(static / "og-card.png") as image:
        assert image.width == 300
        assert len(image.convert("RGB").getcolors(100_000)) > 2
