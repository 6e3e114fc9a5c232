"""A page with its annotations, and the table of them that a coder fills in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import clippings as cl
from reviewing import annotate


@pytest.fixture(scope="package")
def annotated() -> cl.AnnotatedCorpus:
    return annotate()


@pytest.fixture
def rows(annotated: cl.AnnotatedCorpus, tmp_path: Path) -> pd.DataFrame:
    return cl.review.write(annotated, tmp_path / "review.csv").astype(object)
