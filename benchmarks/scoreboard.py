"""Record how well the library does in data/scoreboard.csv; a score may not fall without --lower.

Usage: scoreboard.py [--lower] [--check]
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
from scores import ROOT, all_scores

import clippings as cl

BOARD = ROOT / "data/scoreboard.csv"
KEY = ["task", "data", "measure", "system"]
COLUMNS = [*KEY, "version", "value", "n", "date", "note"]
OURS = "clippings"
NOTE = "pages at hand while the library was written"


def main() -> int:
    """Compare today's scores with those recorded and, unless checking, record them."""
    options = _options()
    return settle(_today(), check=options.check, lower=options.lower)


def settle(today: pd.DataFrame, *, check: bool, lower: bool) -> int:
    """Print the scores that fell; record those of today unless checking, or where one fell and none may."""
    before = pd.read_csv(BOARD, keep_default_na=False) if BOARD.exists() else pd.DataFrame(columns=COLUMNS)
    fallen = falls(before, today)
    for row in fallen.itertuples():
        print(f"{row.task}, {row.data}, {row.measure}: {row.value} is under the recorded {row.value_before}")
    if len(fallen) and not lower:
        print("scores fell; mend the cause, or record them with --lower and say why in the commit")
        return 1
    if not check:
        record(before, today, BOARD)
    print(f"scoreboard: {len(today)} scores, {len(fallen)} fallen")
    return 0


def falls(before: pd.DataFrame, today: pd.DataFrame) -> pd.DataFrame:
    """Return the scores of today that lie under those recorded, and recorded ones that are gone as zero."""
    ours = before[before["system"] == OURS]
    ours = ours[ours["data"].isin(today["data"])]
    both = ours[[*KEY, "value"]].merge(today, on=KEY, how="left", suffixes=("_before", ""))
    both["value"] = both["value"].fillna(0.0)
    return both[both["value"] < both["value_before"].astype(float)]


def record(before: pd.DataFrame, today: pd.DataFrame, board: Path) -> None:
    """Write today's scores over those of the same data and system; an unchanged score keeps its date."""
    scored = today[["data", "system"]].drop_duplicates()
    kept = before[before.merge(scored, how="left", indicator=True)["_merge"].to_numpy() == "left_only"]
    dated = today.merge(
        before[[*KEY, "value", "n", "date", "version"]], on=[*KEY, "value", "n"], how="left", suffixes=("", "_before")
    )
    for name in ("date", "version"):
        # Where no score is unchanged, all of the column is missing and has another type.
        today[name] = dated[f"{name}_before"].astype(object).fillna(today[name])
    whole = pd.concat([frame for frame in (kept, today) if len(frame)], ignore_index=True)
    whole.sort_values(KEY, kind="stable")[COLUMNS].to_csv(board, index=False, lineterminator="\n")


def dated(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Return scores as rows of the board: ours, of this version and of today, unless they say otherwise."""
    date = datetime.datetime.now(datetime.UTC).date().isoformat()
    shared = {"system": OURS, "version": cl.__version__, "date": date, "note": NOTE}
    return pd.DataFrame([{**shared, **row} for row in rows], columns=COLUMNS)


def _today() -> pd.DataFrame:
    return dated(score._asdict() for score in all_scores())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lower", action="store_true", help="record scores that fell")
    parser.add_argument("--check", action="store_true", help="compare only, record nothing")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
