"""A downloaded notebook runs where only the library is installed: no repository, another folder, no MyST-NB."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

# Together these read everything that a notebook of the book can ask for; each takes seconds.
RUN = ["bring-your-own", "data-dictionary", "voices", "your-own-clippings"]
# Where the library and its data are, asked in the kernel of the notebook itself.
PLACES = "import clippings as cl\nprint(cl.__file__, cl.collection().path)"
REFUSED = "raise ModuleNotFoundError('myst_nb is not installed here')\n"


def shown(cells: list[NotebookNode]) -> list[list[dict[str, object]]]:
    """What the cells show but for pictures, which nbval's own hook compares."""
    outputs = [[dict(output, execution_count=None) for output in cell.outputs] for cell in cells]
    for output in (one for cell in outputs for one in cell):
        output["data"] = {kind: value for kind, value in output.get("data", {}).items() if kind != "image/png"}
    return outputs


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("name", RUN)
def test_it_shows_what_the_book_shows(name: str, book: Path, installed: Path, tmp_path: Path) -> None:
    stored = nbformat.read(book / f"{name}.ipynb", as_version=4)
    notebook = nbformat.read(book / f"{name}.ipynb", as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(PLACES))
    refusing, folder = tmp_path / "refusing", tmp_path / "downloads"
    for made in (refusing, folder):
        made.mkdir()
    (refusing / "myst_nb.py").write_text(REFUSED, "utf-8")
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    client.execute(env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (refusing, installed)))})
    *cells, places = code_cells(notebook)
    library, collection = places.outputs[0].text.split()
    assert Path(library).is_relative_to(installed)
    assert Path(collection).is_relative_to(installed)
    assert shown(cells) == shown(code_cells(stored))


def test_no_notebook_needs_the_repository(notebook: NotebookNode) -> None:
    for cell in code_cells(notebook):
        assert "../" not in cell.source, cell.source
        assert "myst_nb" not in cell.source, cell.source
