"""The pages of names call each by the name that a reader imports, and say its types in words of Python."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import clippings
import clippings_api
from clippings_api import TYPES, definition, plain, skip, spell_out

DIRECTIVE = re.compile(r"^\.\. (?:auto|py:)(\w+):: (clippings[\w.]*)\n((?:   :.*\n)*)", re.MULTILINE)
MEMBERS = re.compile(r"^   :members:(.*)$", re.MULTILINE)
LISTED = re.compile(r"^   ~?(\w[\w.]*)$|\{py:data\}`\w+ <clippings\.([\w.]+)>`", re.MULTILINE)


def documented(text: str) -> Iterator[str]:
    """Yield what a page documents, by the names behind ``clippings``; a method stands with its class."""
    for kind, name, options in DIRECTIVE.findall(text):
        home = name.removeprefix("clippings").lstrip(".")
        if kind != "module":
            yield home
            continue
        [members] = MEMBERS.findall(options)
        chosen = re.findall(r"\w+", members) or importlib.import_module(name).__all__
        yield from (f"{home}.{member}" for member in chosen)


@pytest.fixture(scope="module")
def names(book: Path) -> list[str]:
    return [name for page in book.glob("api-*.md") for name in documented(page.read_text("utf-8"))]


def test_every_name_of_the_package_is_on_a_page_as_it_is_imported(names: list[str]) -> None:
    named = {name for name in clippings.__all__ if not isinstance(getattr(clippings, name), ModuleType)}
    # The module of records shows these two beside the others.
    assert named - set(names) == {"Annotated", "Clipping"}


def test_the_first_page_lists_every_name_once(names: list[str], book: Path) -> None:
    listed = ["".join(pair) for pair in LISTED.findall((book / "api.md").read_text("utf-8"))]
    assert len(listed) == len(set(listed))
    # Methods that a reader looks for stand behind their class.
    assert {name for name in listed if name.rpartition(".")[0] not in listed} == set(names)


def test_every_page_of_names_is_led_to_by_its_title(book: Path) -> None:
    first = (book / "api.md").read_text("utf-8")
    pages = {page.name: page.read_text("utf-8").partition("\n")[0].removeprefix("# ") for page in book.glob("api-*.md")}
    assert len(pages) > 1
    assert dict(re.findall(r"^## \[(.+?)\]\((.+?)\)$", first, re.MULTILINE)) == {t: n for n, t in pages.items()}


@pytest.mark.parametrize("name", TYPES)
def test_every_name_for_a_type_is_spelled_out(name: str) -> None:
    assert name not in plain(f"{name} | None")
    assert plain(f"tables.{name}") == definition(name).replace("pd.", "")


def test_a_type_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(clippings_api.TYPES, "Gone", "model.py")
    with pytest.raises(LookupError, match=r"model\.py no longer defines Gone"):
        definition("Gone")


def test_types_and_defaults_of_a_signature_are_for_readers() -> None:
    noted = {"clippings.read": {"layout": "Layout | None", "frame": "pd.DataFrame"}}
    app = SimpleNamespace(env=SimpleNamespace(temp_data={"annotations": noted}))
    given = "(start, fields=<factory>, now=<function _now>, part=500)"
    assert spell_out(app, "function", "clippings.read", None, None, given, "") == (
        "(start, fields=..., now=..., part=500)",
        "",
    )
    assert noted["clippings.read"] == {"layout": "str | None", "frame": "DataFrame"}
    assert spell_out(app, "exception", "clippings.none", None, None, "", "") is None


def test_fields_of_named_tuples_are_left_to_their_class() -> None:
    interval = clippings.measures.Interval
    assert skip(None, "class", "low", interval.low, False, None) is True
    assert skip(None, "class", "wilson", clippings.measures.wilson, False, None) is None
