"""What is said of installing and of the version follows from clippings.release, everywhere."""

import json
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
import yaml

import clippings as cl
import release_words
from clippings import release
from clippings.measures import checks

ROOT = Path(__file__).parents[1]
EXTRAS = ("html", "measures", "dask")


def messages(monkeypatch, tmp_path) -> dict[str, str]:
    """Return what the library says where the packages of each extra are missing."""
    for module in ("selectolax.lexbor", "networkx", "rensa", "distributed"):
        monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / "page.html").write_text("<p>Quiet.", "utf-8")
    said = {"html": cl.read(tmp_path / "page.html").failures[0].hint}
    with pytest.raises(ImportError) as raised:
        checks.need("networkx")
    said["measures"] = str(raised.value)
    with pytest.raises(ImportError) as raised:
        checks.need("rensa")
    said["measures, need"] = str(raised.value)
    with pytest.raises(ImportError) as raised:
        cl.annotate_to("nowhere", tmp_path / "tables", engine="dask")
    said["dask"] = str(raised.value)
    assert not (tmp_path / "tables").exists()
    return said


def test_while_it_is_on_no_index_messages_name_the_packages_of_the_extra(monkeypatch, tmp_path):
    monkeypatch.setattr(release, "ON_INDEX", False)
    assert messages(monkeypatch, tmp_path) == {
        "html": "install what the extra html needs: pip install lxml-html-clean selectolax trafilatura",
        "measures": "this needs networkx: pip install networkx rensa",
        "measures, need": "this needs rensa: pip install networkx rensa",
        "dask": "this needs distributed: pip install 'dask[array,dataframe]' distributed",
    }


def test_once_it_is_on_the_index_messages_name_the_extra(monkeypatch, tmp_path):
    monkeypatch.setattr(release, "ON_INDEX", True)
    for where, said in messages(monkeypatch, tmp_path).items():
        assert said.endswith(f": pip install 'press-clippings[{where.partition(',')[0]}]'")


@pytest.mark.parametrize("extra", EXTRAS)
def test_the_packages_named_are_those_of_the_extra(extra, monkeypatch):
    monkeypatch.setattr(release, "ON_INDEX", False)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["name"] == release.NAME
    wanted = {re.split(r"[<>=!~ ]", one)[0] for one in project["optional-dependencies"][extra]}
    named = {one.strip("'") for one in release.install(extra).removeprefix("pip install ").split()}
    assert named == wanted


def test_an_extra_is_told_from_one_of_a_longer_name(monkeypatch):
    lines = ["one>=1", "two (>=2) ; extra == 'htmlplus'", "three[a,b]~=3; python_version < '4' and extra == 'html'"]
    monkeypatch.setattr(release, "ON_INDEX", False)
    monkeypatch.setattr("importlib.metadata.requires", lambda _: lines)
    assert release.install("html") == "pip install 'three[a,b]'"
    assert release.install("htmlplus") == "pip install two"


def test_a_library_that_is_not_installed_is_installed_from_its_folder(monkeypatch):
    def requires(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(release, "ON_INDEX", False)
    monkeypatch.setattr("importlib.metadata.requires", requires)
    assert release.install("html") == "pip install '.[html]'"


def test_the_words_in_the_files_are_those_of_the_release():
    for path in release_words.FILES:
        text = path.read_text("utf-8")
        assert release_words.words() in text, f"{path.name} is not as clippings.release says: run make refresh"
        assert release_words.rewritten(text) == text


def test_no_other_words_tell_how_to_install_the_library():
    told = re.compile(r"pip install [^\n]*(?:press[-_]clippings|\.\[|\. |\.$)")
    files = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("book/*.md"), *ROOT.glob("book/*.ipynb")]
    files += [path for path in (ROOT / "src").rglob("*.py") if path.name != "release.py"]
    for path in files:
        text = re.sub(r"<!-- install.*?<!-- end of install -->", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert told.findall(text) == [], path


def test_on_the_day_of_release_the_words_change(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(release, "ON_INDEX", False)
    before = release_words.words()
    assert "pip install .   # the import" in before
    assert "pip install '.[html]'" in before
    assert f"pip install press_clippings-{release.VERSION}-py3-none-any.whl" in before
    page = tmp_path / "page.md"
    page.write_text(f"# Page\n\n{before}\nMore.\n", "utf-8")
    assert release_words.main([page]) == 0
    monkeypatch.setattr(release, "ON_INDEX", True)
    assert release_words.main([page]) == 0
    assert [line.rpartition(": ")[2] for line in capsys.readouterr().out.splitlines()] == ["unchanged", "written"]
    text = page.read_text("utf-8")
    assert "pip install press-clippings   # the import" in text
    assert "pip install 'press-clippings[html]'" in text
    assert "index yet" not in text
    assert ".whl" not in text
    assert (text[:9], text[-7:]) == ("# Page\n\n<", "\nMore.\n")


def test_the_version_is_part_of_the_words(monkeypatch):
    monkeypatch.setattr(release, "ON_INDEX", False)
    monkeypatch.setattr(release, "VERSION", "9.9.9")
    assert "press_clippings-9.9.9-py3-none-any.whl" in release_words.words()


@pytest.mark.parametrize("blocks", [0, 2])
def test_a_file_without_one_block_is_one_line(blocks, tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text(f"# Page\n{release_words.words() * blocks}", "utf-8")
    before = page.read_bytes()
    assert release_words.main([page]) == 2
    assert f"page.md: {blocks} blocks between" in capsys.readouterr().err
    assert page.read_bytes() == before


def test_the_version_stands_in_one_place():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "version" not in project["project"]
    assert project["tool"]["hatch"]["version"] == {"path": "src/clippings/release.py"}
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    packages = [
        json.loads((ROOT / folder / "datapackage.json").read_text("utf-8")) for folder in ("data", "src/clippings")
    ]
    assert [citation["version"], *(one["version"] for one in packages)] == [release.VERSION] * 3


def test_the_changelog_and_the_citation_name_the_day_of_the_version():
    heads = re.findall(r"(?m)^## (\S+) - (\d{4}-\d\d-\d\d)$", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert heads[0] == (release.VERSION, citation["date-released"].isoformat())


def test_the_citation_has_what_its_format_requires_and_no_address():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert not {"url", "repository", "repository-code", "repository-artifact"} & set(citation)
    assert requires(release.NAME)
