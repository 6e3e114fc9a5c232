"""A proof that nbval, as this project sets it up, fails on any changed output.

One pytest run over a constructed notebook, with a real kernel, the options of ``pyproject.toml`` and the root
``conftest.py``, fails on a changed output of every kind and on no unchanged one. The notebooks of the book then go
through the same code of nbval with a kernel that sends back their stored outputs: each stored value is changed once.
"""

import base64
import copy
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output
from nbval.plugin import IPyNbCell, IPyNbFile, NbCellError
from PIL import Image, ImageOps

IMAGE, RECORD = "image/png", "application/papermill.record/"
TEXT_DIFFERS, IMAGE_DIFFERS = "Cell outputs differ", "of the pixels differ"


def png(image: Image.Image) -> str:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def changed(kind: str, value: str) -> str:
    """Turn an image upside down; change the first digit of a text, or its first character where it has no digit."""
    if kind == IMAGE:
        return png(ImageOps.flip(Image.open(io.BytesIO(base64.b64decode(value)))))
    if re.search(r"\d", value):
        return re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), value, count=1)
    return re.sub(r"\S", lambda found: "y" if found[0] == "x" else "x", value, count=1)


def values(output: NotebookNode) -> dict[str, str]:
    """Return the stored values of an output, by kind."""
    return {"stream": output.text} if output.output_type == "stream" else dict(output.data)


def with_one_change(outputs: list[NotebookNode]) -> Iterator[tuple[str, list[NotebookNode]]]:
    """Yield each kind and the outputs with one value of that kind changed; empty values are left out."""
    for at, output in enumerate(outputs):
        for kind, value in values(output).items():
            if value:
                new = copy.deepcopy(outputs)
                held, key = (new[at], "text") if kind == "stream" else (new[at].data, kind)
                held[key] = changed(kind, value)
                yield kind, new


# One run with a real kernel.

SHAPE = Image.radial_gradient("L").crop((0, 0, 60, 100))
SHOWN = {"stream": "print(2007)", "text/plain": "2007"}
SHOWN["text/html"] = 'from IPython.display import HTML, Image, display\nHTML("<b>2007</b>")'
SHOWN[RECORD + "text/plain"] = 'from myst_nb import glue\nglue("year", 2007, display=False)'
SHOWN[RECORD + "text/html"] = 'glue("bold", HTML("<b>2007</b>"), display=False)'
SHOWN[IMAGE] = f'import base64\nImage(base64.b64decode("{png(SHAPE)}"))'
HTML = {"text/plain": "<IPython.core.display.HTML object>", "text/html": "<b>2007</b>"}
STORED = {
    "stream": new_output("stream", name="stdout", text="2007\n"),
    "text/plain": new_output("execute_result", {"text/plain": "2007"}),
    "text/html": new_output("execute_result", HTML),
    RECORD + "text/plain": new_output("display_data", {RECORD + "text/plain": "2007"}),
    RECORD + "text/html": new_output("display_data", {RECORD + kind: value for kind, value in HTML.items()}),
    IMAGE: new_output("execute_result", {"text/plain": "<IPython.core.display.Image object>", IMAGE: png(SHAPE)}),
}


def cases() -> Iterator[tuple[str, str, list[NotebookNode], str]]:
    """Yield the name of a case, its code, the outputs stored for it, and the failure to expect (empty: it passes)."""
    for kind, source in SHOWN.items():
        sound = [STORED[kind]]
        differs = IMAGE_DIFFERS if kind == IMAGE else TEXT_DIFFERS
        yield f"{kind}, unchanged", source, sound, ""
        yield f"{kind}, changed", source, next(new for one, new in with_one_change(sound) if one == kind), differs
        yield f"{kind}, not stored", source, [], TEXT_DIFFERS
        yield f"{kind}, not printed", "pass", sound, TEXT_DIFFERS
    ink = Image.new("RGBA", SHAPE.size)
    bare = new_output("execute_result", {"text/plain": STORED[IMAGE].data["text/plain"], IMAGE: png(ink)})
    ink.putalpha(SHAPE)
    drawn = SHOWN[IMAGE].replace(png(SHAPE), png(ink))
    yield f"{IMAGE}, black ink on no ground, not stored", drawn, [bare], IMAGE_DIFFERS
    text_only = new_output("execute_result", {"text/plain": STORED[IMAGE].data["text/plain"]})
    yield f"{IMAGE}, text alone stored", SHOWN[IMAGE], [text_only], "0 stored images, 1 drawn"


CASES = [*cases()]


@pytest.fixture(scope="module")
def failures(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the failure of each case, all run as cells of one notebook; empty where it passes."""
    folder = tmp_path_factory.mktemp("nbval")
    for name in ("pyproject.toml", "conftest.py"):
        shutil.copy(root / name, folder)
    cells = [new_code_cell(source, execution_count=1, outputs=outputs) for _, source, outputs, _ in CASES]
    nbformat.write(new_notebook(cells=cells), folder / "made.ipynb")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--color=no",
        "-p",
        "no:cacheprovider",
        "--junitxml=run.xml",
        "made.ipynb",
    ]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == pytest.ExitCode.TESTS_FAILED, run.stdout + run.stderr
    found = [case.findtext("failure", "") for case in ElementTree.parse(folder / "run.xml").iter("testcase")]
    return dict(zip((name for name, *_ in CASES), found, strict=True))


@pytest.mark.parametrize(("name", "expected"), [(name, expected) for name, *_, expected in CASES])
def test_nbval_fails_where_an_output_differs(name: str, expected: str, failures: dict[str, str]) -> None:
    assert expected in failures[name]
    assert bool(expected) == bool(failures[name])


# The book's notebooks, without a kernel.


class Replay:
    """A stand-in for a kernel: whatever the code, it sends back the outputs it was given."""

    def __init__(self, outputs: list[NotebookNode]) -> None:
        shown = [(output.output_type, copy.deepcopy(output)) for output in outputs]
        self.messages = iter([*shown, ("status", {"execution_state": "idle"})])

    def is_alive(self) -> bool:
        return True

    def execute_cell_input(self, _source: str, *, allow_stdin: bool) -> str:
        assert not allow_stdin
        return "replay"

    def await_reply(self, _message: str, *, timeout: float) -> None:
        assert timeout

    def get_message(self, _stream: str, *, timeout: float) -> dict[str, object]:
        assert timeout
        kind, content = next(self.messages)
        return {"msg_type": kind, "content": content, "parent_header": {"msg_id": "replay"}}


@pytest.fixture(scope="module")
def cells(notebook_path: Path, request: pytest.FixtureRequest) -> list[IPyNbCell]:
    """The items that nbval collects from a notebook under the options of this run; no kernel is started."""
    file = IPyNbFile.from_parent(request.session, path=notebook_path)
    file.setup_sanitize_files()
    return [*file.collect()]


@pytest.fixture(scope="module")
def root_conftest(root: Path, request: pytest.FixtureRequest) -> ModuleType:
    return request.config.pluginmanager.get_plugin(str(root / "conftest.py"))


def replay(cell: IPyNbCell, stored: list[NotebookNode], printed: list[NotebookNode], conftest: ModuleType) -> None:
    """Run the test of a cell as if its code had printed ``printed``."""
    assert not cell.options["skip"]
    cell.parent.kernel = Replay(printed)
    cell.cell.outputs = stored
    cell.runtest()
    conftest.compare_images(cell)


def test_every_kind_of_output_was_tried_with_a_kernel(notebook: NotebookNode) -> None:
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert {kind for output in outputs for kind in values(output)} <= set(SHOWN)


def test_nbval_sees_a_change_in_any_output(cells: list[IPyNbCell], root_conftest: ModuleType) -> None:
    tried = 0
    for cell in cells:
        printed = cell.cell.outputs
        replay(cell, copy.deepcopy(printed), printed, root_conftest)
        for kind, stored in with_one_change(printed):
            differs = IMAGE_DIFFERS if kind == IMAGE else TEXT_DIFFERS
            with pytest.raises((NbCellError, pytest.fail.Exception), match=differs):
                replay(cell, stored, printed, root_conftest)
            tried += 1
    assert tried, "no output is stored"
