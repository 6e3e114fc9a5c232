"""The page of names calls each by the name that a reader imports, and says its types in words of Python."""

import re
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import clippings
import clippings_api
from clippings_api import TYPES, definition, plain, skip, spell_out


def test_every_name_of_the_package_is_on_the_page_as_it_is_imported(book: Path) -> None:
    shown = set(re.findall(r"^\.\. auto\w+:: clippings\.(\w+)$", (book / "api.md").read_text("utf-8"), re.MULTILINE))
    named = {name for name in clippings.__all__ if not isinstance(getattr(clippings, name), ModuleType)}
    # The module of records shows these two beside the others.
    assert named - shown == {"Annotated", "Clipping"}


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
