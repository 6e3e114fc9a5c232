"""What the tests of the book share: its pages, read once."""

from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "book"
NOTEBOOKS = sorted(BOOK.glob("*.ipynb"))
PAGES = sorted([*NOTEBOOKS, *BOOK.glob("*.md")])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for argument, paths in (("notebook_path", NOTEBOOKS), ("page_path", PAGES)):
        if argument in metafunc.fixturenames:
            metafunc.parametrize(argument, paths, ids=[path.name for path in paths], scope="module")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def book() -> Path:
    return BOOK


@pytest.fixture(scope="module")
def notebook(notebook_path: Path) -> nbformat.NotebookNode:
    return nbformat.read(notebook_path, as_version=4)


@pytest.fixture(scope="module")
def prose(page_path: Path) -> str:
    """The Markdown of a page."""
    if page_path.suffix == ".md":
        return page_path.read_text("utf-8")
    cells = nbformat.read(page_path, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
