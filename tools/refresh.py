"""Run notebooks from top to bottom and store their outputs: the only way in which stored outputs change.

With --check nothing is stored: a notebook that would change is named, and the exit status is 1.
"""

import argparse
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
# What a run or an editor adds to the metadata and no reader needs.
VOLATILE = ("collapsed", "execution", "ExecuteTime", "scrolled", "trusted")


def execute(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Run the notebook in its own folder, as the book and the tests do, and clean its metadata."""
    notebook.metadata = NotebookNode(kernelspec=KERNEL)
    client = NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    # The kernel reports the exact Python version, which differs from one machine to the next.
    notebook.metadata = NotebookNode(kernelspec=KERNEL, language_info={"name": "python"})
    for cell in notebook.cells:
        for key in VOLATILE:
            cell.metadata.pop(key, None)
    return notebook


def refresh(path: Path, *, check: bool = False) -> bool:
    """Run one notebook and, unless it is only checked, write it if anything in it changed; return whether it did."""
    before = path.read_text("utf-8")
    notebook = nbformat.reads(before, as_version=4)
    for number, cell in enumerate(notebook.cells):
        # nbformat gives a random id to a cell without one.
        cell.id = cell.id if f'"{cell.id}"' in before else f"cell-{number}"
    after: str = nbformat.writes(execute(notebook, path.parent)).rstrip("\n") + "\n"
    if after != before and not check:
        path.write_text(after, "utf-8", newline="\n")
    return after != before


def main() -> int:
    """Refresh every notebook of the folders or files named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path, help="notebooks, or folders of notebooks")
    parser.add_argument("--check", action="store_true", help="store nothing; exit 1 if a notebook would change")
    arguments = parser.parse_args()
    any_changed = False
    for path in arguments.paths:
        for notebook in sorted(path.glob("*.ipynb")) if path.is_dir() else [path]:
            changed = refresh(notebook, check=arguments.check)
            any_changed |= changed
            said = "unchanged" if not changed else "would change" if arguments.check else "stored"
            print(f"refresh: {notebook}: {said}", flush=True)
    return 1 if arguments.check and any_changed else 0


if __name__ == "__main__":
    sys.exit(main())
