"""What nbval does not see in a notebook."""

import ast
import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from PIL import Image

MAX_LINES = 8
# How many code cells after a figure may pass before its table is shown.
TABLE_WITHIN = 2
TEXT_RECORD = "application/papermill.record/text/"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def bundles(cell: NotebookNode) -> Iterator[dict[str, str]]:
    for output in cell.outputs:
        yield output.get("data", {})


def image_cells(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    for number, cell in enumerate(code_cells(notebook)):
        if any("image/png" in bundle for bundle in bundles(cell)):
            yield number, cell


def shows_table(cell: NotebookNode) -> bool:
    return any("<table" in bundle.get("text/html", "") for bundle in bundles(cell))


def test_the_book_has_notebooks(book: Path) -> None:
    assert list(book.glob("*.ipynb"))


def test_is_valid(notebook: NotebookNode) -> None:
    nbformat.validate(notebook)


def test_every_cell_was_run_in_order(notebook: NotebookNode) -> None:
    counts = [cell.execution_count for cell in code_cells(notebook)]
    assert counts
    assert counts == list(range(1, len(counts) + 1))


def test_outputs_are_of_known_kinds(notebook: NotebookNode) -> None:
    for cell in code_cells(notebook):
        for output in cell.outputs:
            assert output.output_type != "error", cell.source
            assert output.get("name") != "stderr", cell.source
            for kind in output.get("data", {}):
                known = kind in {"text/plain", "text/html", "image/png"} or kind.startswith(TEXT_RECORD)
                assert known, f"{kind} in {cell.source}"


def test_glued_values_are_plain(notebook: NotebookNode) -> None:
    for cell in code_cells(notebook):
        for bundle in bundles(cell):
            for kind, value in bundle.items():
                if kind.startswith(TEXT_RECORD):
                    assert not re.search(r"\bnp\.|\n|^<", value), f"glue a formatted string: {value}"


def test_no_cell_is_exempt(notebook_path: Path, notebook: NotebookNode) -> None:
    text = notebook_path.read_text("utf-8").lower()
    assert not re.search(r"(nbval|pytest_validate)[-_]|raises-exception|remove[-_](output|cell)", text)
    for cell in notebook.cells:
        assert not {"skip-execution", "remove-input"} & set(cell.metadata.get("tags", []))


def test_metadata_is_stable(notebook: NotebookNode) -> None:
    assert notebook.metadata == METADATA
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"mystnb", "tags"}, cell.source


def test_cells_are_short_and_define_nothing(notebook: NotebookNode) -> None:
    for cell in code_cells(notebook):
        assert len(cell.source.splitlines()) <= MAX_LINES, cell.source
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef), cell.source
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr):
                assert not isinstance(node.value, ast.Lambda), cell.source


def test_figures_say_what_they_show(notebook: NotebookNode) -> None:
    for _, cell in image_cells(notebook):
        options = cell.metadata.get("mystnb", {})
        figure, alt = options.get("figure", {}), options.get("image", {}).get("alt", "")
        assert figure.get("name", "").startswith("fig-"), cell.source
        assert len(figure.get("caption", "")) > 10, cell.source
        assert len(alt) > 20, cell.source
        assert not re.search(r"\.(png|jpe?g|svg)\b", alt), alt
        assert cell.source.rstrip().endswith("plt.show()"), cell.source


def test_figures_have_their_table(notebook: NotebookNode) -> None:
    cells = code_cells(notebook)
    for number, cell in image_cells(notebook):
        assert any(shows_table(one) for one in cells[number : number + 1 + TABLE_WITHIN]), cell.source


def test_images_decode(notebook: NotebookNode) -> None:
    for _, cell in image_cells(notebook):
        for bundle in bundles(cell):
            if "image/png" in bundle:
                image = Image.open(io.BytesIO(base64.b64decode(bundle["image/png"], validate=False)))
                image.load()
                assert image.format == "PNG"
                assert min(image.size) > 50
