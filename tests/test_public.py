"""The public names are all there, documented, and cost nothing until they are asked for."""

import inspect
import subprocess
import sys

import pytest

import clippings as cl

PROMISED = {"read", "parse", "load", "save", "Corpus", "AnnotatedCorpus", "Clipping", "Codebook", "reference"}


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize("name", cl.__all__)
def test_every_name_resolves_and_is_documented(name):
    found = getattr(cl, name)
    assert (inspect.getdoc(found) or "").strip()
    assert getattr(cl, name) is found


@pytest.mark.parametrize("name", cl.__all__)
def test_public_methods_are_documented(name):
    found = getattr(cl, name)
    members = vars(found).items() if inspect.isclass(found) else ()
    documented = [(n, m) for n, m in members if not n.startswith("_") and (callable(m) or isinstance(m, property))]
    assert [n for n, member in documented if not inspect.getdoc(member)] == []


def test_the_promised_names_are_public():
    assert set(cl.__all__) >= PROMISED
    assert len(set(cl.__all__)) == len(cl.__all__)


def test_dir_lists_the_public_names():
    assert set(cl.__all__) | {"__version__"} <= set(dir(cl))


@pytest.mark.parametrize("name", ["nothing", "Reader", "_hidden", "pandas"])
def test_an_unknown_name_is_an_attribute_error(name):
    with pytest.raises(AttributeError, match=f"module 'clippings' has no attribute '{name}'"):
        getattr(cl, name)


def test_importing_is_light():
    code = "import sys, clippings; print(*sorted({'pandas', 'numpy', 'matplotlib', 'yaml'} & set(sys.modules)))"
    assert python(code) == ""


def test_reading_needs_no_matplotlib():
    code = "import sys, clippings; clippings.read(); print('matplotlib' in sys.modules)"
    assert python(code) == "False"


def test_a_star_import_brings_the_public_names():
    assert (
        python("from clippings import *; print(Corpus([]), callable(read))")
        == "<Corpus of 0 clippings, 0 failures; 0 files: 0 read (0 clippings)> True"
    )


def test_the_version_is_that_of_the_distribution():
    from importlib.metadata import version

    assert cl.__version__ == version("press-clippings")


def public_functions():
    homes = {"clippings": cl, **{name: getattr(cl, name) for name in ("measures", "plots", "reference")}}
    for home, module in homes.items():
        for name in module.__all__:
            value = getattr(module, name)
            if inspect.isfunction(value):
                yield pytest.param(value, id=f"{home}.{name}")


@pytest.mark.parametrize("function", list(public_functions()))
def test_every_public_function_has_an_example(function):
    assert ">>>" in inspect.getdoc(function)
