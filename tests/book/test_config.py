"""The settings of the book: Jupyter Book ignores a key it does not know, and a page that no table lists."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jupyter_book.config import PATH_JSON_SCHEMA, PATH_YAML_DEFAULT, get_final_config
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

# Keys below these are free: names of extensions, and Sphinx's own settings, which have their test.
OPEN = {"sphinx.config", "sphinx.local_extensions"}
# Read by Jupyter Book, though neither its schema nor its defaults name it.
READ_ALL_THE_SAME = {"html.use_multitoc_numbering"}


@pytest.fixture(scope="module")
def config(root: Path) -> dict[str, Any]:
    return yaml.safe_load((root / "_config.yml").read_text("utf-8"))


def paths_of(tree: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in tree.items():
        path = prefix + key
        yield path
        if isinstance(value, dict) and path not in OPEN:
            yield from paths_of(value, path + ".")


def paths_of_schema(schema: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in schema.get("properties", {}).items():
        yield prefix + key
        yield from paths_of_schema(value, prefix + key + ".")


def test_every_key_is_known(config: dict[str, Any]) -> None:
    defaults = yaml.safe_load(PATH_YAML_DEFAULT.read_text("utf-8"))
    known = set(paths_of(defaults)) | set(paths_of_schema(json.loads(PATH_JSON_SCHEMA.read_text("utf-8"))))
    assert not set(paths_of(config)) - known - READ_ALL_THE_SAME


def test_every_sphinx_setting_is_known(config: dict[str, Any], root: Path, book: Path, tmp_path: Path) -> None:
    final, _ = get_final_config(
        user_yaml=root / "_config.yml",
        cli_config={"latex_individualpages": False},
        sourcedir=book,
        raise_on_invalid=True,
    )
    with patch_docutils(), docutils_namespace():
        app = Sphinx(book, None, tmp_path, tmp_path, "dummy", final, status=None, warning=None)
        unknown = [key for key in config["sphinx"]["config"] if key not in app.config and key != "extensions"]
    assert not unknown


def test_notebooks_run_at_every_build(config: dict[str, Any]) -> None:
    assert config["execute"]["execute_notebooks"] == "force"
    assert config["execute"]["stderr_output"] == "error"
    assert config["execute"]["allow_errors"] is False


def test_the_table_of_contents_lists_every_page(book: Path) -> None:
    toc = yaml.safe_load((book / "_toc.yml").read_text("utf-8"))
    chapters = [chapter for part in toc["parts"] for chapter in part["chapters"]]
    sections = [section for chapter in chapters for section in chapter.get("sections", ())]
    listed = [one["file"] for one in (*chapters, *sections)]
    pages = [path.stem for path in (*book.glob("*.md"), *book.glob("*.ipynb"))]
    assert sorted([toc["root"], *listed]) == sorted(pages)
