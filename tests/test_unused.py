"""No module of the library keeps a private name that nothing uses: a split leaves such names behind."""

import ast
import re
from pathlib import Path

import pytest

import clippings

SOURCE = Path(clippings.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))


def unused(text: str) -> list[str]:
    """Return the private functions and constants of a module that stand in it once."""
    nodes = ast.parse(text).body
    names = [node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    names += [
        part.id
        for node in nodes
        if isinstance(node, ast.Assign)
        for target in node.targets
        for part in ast.walk(target)
        if isinstance(part, ast.Name)
    ]
    private = [name for name in names if re.match(r"_(?!_)", name)]
    return [name for name in private if len(re.findall(rf"\b{name}\b", text)) == 1]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_every_private_name_is_used(module):
    assert unused(module.read_text(encoding="utf-8")) == [], "delete what nothing uses"


def test_what_nothing_uses_is_found():
    text = "_A = _B = 1\n_C, _D = 2, 3\n__all__ = []\ndef _f(): return _A + _C\nclass _G: pass\n"
    assert unused(text) == ["_f", "_G", "_B", "_D"]
