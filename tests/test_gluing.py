"""Glued values are the records that MyST-NB makes, and nothing where there is no notebook."""

import json
import subprocess
import sys

import pytest

import clippings as cl

VALUES = {"pages": "170", "share": "69% to 88%", "who": 'Lukashenko\'s "ally" – «союз»', "count": 12, "mean": 0.5}
RECORDED = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
import pandas as pd
import clippings as cl
from myst_nb import glue

values = json.loads(sys.argv[1]) | {"frame": pd.DataFrame({"a": [1]})}
InteractiveShell.instance()
with capture_output() as theirs:
    for name, value in values.items():
        glue(name, value, display=False)
with capture_output() as ours:
    cl.glue(**values)
told = [[(one.data, one.metadata) for one in found.outputs] for found in (theirs, ours)]
print(json.dumps(told), ours.stdout)
"""


def test_records_are_those_of_myst_nb():
    pytest.importorskip("myst_nb")
    command = [sys.executable, "-c", RECORDED, json.dumps(VALUES)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    theirs, ours = json.loads(done.stdout)
    assert len(ours) == len(VALUES) + 1
    assert json.dumps(ours) == json.dumps(theirs)


def test_plain_python_records_nothing(capsys):
    cl.glue(**VALUES)
    assert capsys.readouterr().out == ""


def test_gluing_imports_neither_ipython_nor_myst_nb():
    code = "import sys, clippings as cl; cl.glue(a='1'); print({'IPython', 'myst_nb'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
