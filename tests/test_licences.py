"""Every locked package has a licence that was looked at: tests/tables/licences.yaml says which, and why."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
LOOKED_AT = yaml.safe_load((ROOT / "tests/tables/licences.yaml").read_text("utf-8"))
LOCKED = sorted(
    set(re.findall(r"(?m)^([A-Za-z0-9][\w.-]*)(?:\[[^]]*\])?==", (ROOT / "requirements.txt").read_text("utf-8")))
)


def installed(name: str) -> metadata.PackageMetadata | None:
    try:
        return metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None


def licence(of: metadata.PackageMetadata) -> str:
    """Return what the package says of its licence: an SPDX expression, else its classifiers, else one line in words."""
    if expression := of.get("License-Expression"):
        return expression
    named = [line.rpartition(" :: ")[2] for line in of.get_all("Classifier") or [] if line.startswith("License :: ")]
    named = [name for name in named if name != "OSI Approved"]
    return "; ".join(sorted(named)) or (of.get("License") or "none").strip().splitlines()[0][:60]


def refused(name: str, words: str) -> bool:
    """Tell whether neither the licence nor the package with it was looked at."""
    return words not in LOOKED_AT["free"] and LOOKED_AT["by package"].get(name, {}).get("licence") != words


@pytest.mark.parametrize("name", LOCKED)
def test_a_locked_package_has_a_licence_that_was_looked_at(name: str) -> None:
    of = installed(name)
    if of is None:
        pytest.skip("is for another system or another Python")
    assert not refused(name.lower(), licence(of)), f"{name}: look at {licence(of)!r}, then name it in licences.yaml"


@pytest.mark.parametrize(
    ("name", "words"), [("made-up", "AGPL-3.0-only"), ("made-up", "none"), ("made-up", "LGPL-2.1-or-later")]
)
def test_a_licence_that_was_not_looked_at_is_refused(name: str, words: str) -> None:
    assert refused(name, words)


def test_a_package_of_the_table_is_locked_and_says_why() -> None:
    assert set(LOOKED_AT["by package"]) <= set(map(str.lower, LOCKED))
    assert all(row["why"] for row in LOOKED_AT["by package"].values())
    assert not set(LOOKED_AT["free"]) & {row["licence"] for row in LOOKED_AT["by package"].values()}
