"""The site that is asked, and the folder that gets the pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from press_site import Site, running


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as one:
        yield one


@pytest.fixture
def press(tmp_path: Path) -> Path:
    return tmp_path / "press"
