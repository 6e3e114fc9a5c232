"""Fingerprint every layer of annotation on fixed pages, so that a change made for speed can be shown to change nothing.

Usage: golden.py [--write] [PAGE...]

Without pages: the constructed pages in tests/zoo and forty generated ones, against tests/golden/annotations.csv. A
difference is printed as page and layer, and the exit status is 1. ``--write`` records the annotations of today; do it
in the commit that changes them on purpose. With pages: their fingerprints are printed, for a comparison of one's own.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import clippings as cl
from clippings.export import jsonl

ROOT = Path(__file__).resolve().parents[1]
RECORDED = ROOT / "tests/golden/annotations.csv"
LAYERS = ("sentences", "mentions", "quotes", "dates", "themes", "document_themes", "errata")
GENERATED = 40
HEAD = ("page", "item", "layer", "sha256")

sys.path.insert(0, str(ROOT / "benchmarks"))
import generated  # noqa: E402


def main() -> int:
    """Compare, record or print, as asked."""
    options = _options()
    if options.pages:
        _write(sys.stdout, fingerprints(cl.read(*options.pages)))
        return 0
    today = list(fingerprints(fixed_pages()))
    if options.write:
        with RECORDED.open("w", encoding="utf-8", newline="") as file:
            _write(file, today)
        return 0
    changed = differences(recorded(), today)
    print("\n".join(changed) or f"golden: {len(today)} layers are as recorded")
    return bool(changed)


def fixed_pages() -> Iterator[cl.Clipping]:
    """Yield the constructed pages and the generated ones."""
    yield from cl.read(ROOT / "tests/zoo")
    for number, text in enumerate(generated.pages(GENERATED)):
        yield from cl.parse(text, path=f"generated-{number:02}.txt")


def fingerprints(found: Iterable[cl.Clipping]) -> Iterator[tuple[str, ...]]:
    """Yield page, item, layer and the SHA-256 of the layer as the wire format writes it."""
    for page in cl.Corpus(tuple(found)).annotate():
        written = json.loads(jsonl.line(page))
        for layer in LAYERS:
            text = json.dumps(written[layer], ensure_ascii=False)
            yield written["id"], str(written["item"]), layer, hashlib.sha256(text.encode()).hexdigest()


def recorded() -> list[tuple[str, ...]]:
    """Return the fingerprints on record."""
    with RECORDED.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def differences(before: Iterable[tuple[str, ...]], after: Iterable[tuple[str, ...]]) -> list[str]:
    """Name the layers that are not the same, or are in one only.

    >>> differences([("a", "0", "quotes", "12")], [("a", "0", "quotes", "34")])
    ['a, item 0: quotes differ from the record']
    """
    told = {row[:3] for row in set(before) ^ set(after)}
    return [f"{page}, item {item}: {layer} differ from the record" for page, item, layer in sorted(told)]


def _write(file: object, rows: Iterable[tuple[str, ...]]) -> None:
    writer = csv.writer(file, lineterminator="\n")  # type: ignore[call-overload]
    writer.writerow(HEAD)
    writer.writerows(rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", help="pages of one's own to fingerprint")
    parser.add_argument("--write", action="store_true", help="record the annotations of today")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
