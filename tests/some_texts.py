"""Texts as the measures take them, given or drawn."""

from __future__ import annotations

import pandas as pd
from hypothesis import settings
from hypothesis import strategies as st

TEXTS = st.text(alphabet="ab'-. \n_éS3", max_size=60)
FEW = settings(max_examples=30, deadline=None)


def texts(*given_texts: str, **columns: object) -> pd.DataFrame:
    ids = [f"t{number}" for number in range(len(given_texts))]
    return pd.DataFrame({"id": ids, "item": 0, "text": list(given_texts), **columns})
