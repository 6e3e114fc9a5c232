"""Hold the annotations of fixed pages against those on record, row by row.

Usage: golden.py [--write | --since [REVISION]]

The pages are the shipped clipping, the constructed ones of tests/zoo, and forty generated ones. The record is
tests/golden: a file for each page and one for all that are generated, an annotation a line. What differs is printed as
``clippings diff`` prints it, OLD being the record and NEW the code of today, and the exit status is 1. ``--write``
records the annotations of today; do it in the commit that changes them on purpose. ``--since`` prints what differs
between the record of a revision and that of today, and always succeeds; without a revision it is where the branch left
main, or else the commit before.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import clippings as cl
from clippings.comparing import pages, report
from clippings.comparing.differences import Comparison
from clippings.comparing.pages import Page

ROOT = Path(__file__).resolve().parents[1]
RECORD = ROOT / "tests/golden"
GENERATED = 40
GENERATED_FILE = "generated.json"
_FIRST = ("start", "end", "text")
_MAIN = ("origin/main", "main")

sys.path.insert(0, str(ROOT / "benchmarks"))
import generated  # noqa: E402


def main() -> int:
    """Compare, record, or tell what was recorded since, as asked."""
    options = _options()
    if options.since is not None:
        print(since(options.since))
        return 0
    files = written(today())
    if options.write:
        record(files)
        return 0
    told = changes(stored(), files)
    print(told or f"golden: {len(files)} files are as recorded")
    return bool(told)


def fixed_pages() -> Iterator[cl.Clipping]:
    """Yield the shipped clipping, the constructed pages and the generated ones."""
    yield from cl.read(ROOT / "data/clippings", ROOT / "tests/zoo")
    for number, text in enumerate(generated.pages(GENERATED)):
        yield from cl.parse(text, path=f"generated-{number:02}.txt")


def today() -> Iterator[Page]:
    """Annotate the fixed pages; yield what frames and JSON Lines hold of them."""
    return pages.of_corpus(cl.Corpus(tuple(fixed_pages())).annotate())


def written(found: Iterable[Page]) -> dict[str, str]:
    """Return the files of a record by name: a file a page, with its items, and one for all generated pages."""
    files: dict[str, list[Page]] = {}
    for page in found:
        name = GENERATED_FILE if page.id.startswith("generated-") else f"{page.id}.json"
        files.setdefault(name, []).append(page)
    return {name: "[\n" + ",\n".join(map(_object, items)) + "\n]\n" for name, items in files.items()}


def stored(folder: Path = RECORD) -> dict[str, str]:
    """Return the files on record, by name."""
    return {file.name: file.read_text("utf-8") for file in sorted(folder.glob("*.json"))}


def record(files: Mapping[str, str], folder: Path = RECORD) -> None:
    """Put files on record, and remove those of pages that are gone."""
    folder.mkdir(exist_ok=True)
    for file in folder.glob("*.json"):
        if file.name not in files:
            file.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """Tell what differs between two records as ``clippings diff`` does; nothing where they are the same."""
    if old == new:
        return ""
    found = Comparison(_read(old), _read(new))
    told = "\n".join(report.text(found))
    if found.counts:
        return told
    names = sorted(name for name in {**old, **new} if old.get(name) != new.get(name))
    return f"the rows are the same; their order or form differs in {', '.join(names)}"


def since(revision: str) -> str:
    """Tell what differs between the record of a revision and that of today."""
    base = revision or _base()
    files = _stored_in(base) if base else {}
    if not files:
        return f"golden: nothing to compare with, {base or 'the commit before'} has no record or is not at hand"
    told = changes(files, stored())
    return f"golden: the record since {base}\n{told or 'no differences'}"


def _object(page: Page) -> str:
    lists = [f'"{layer}": [{_block(map(_row, rows))}]' for layer, rows in page.layers.items()]
    fields = _block(f"{_json(name)}: {_json(value)}" for name, value in page.fields.items())
    head = f'{{"id": {_json(page.id)}, "item": {page.item},\n"fields": {{{fields}}}'
    return ",\n".join([head, *lists]) + "}"


def _block(lines: Iterable[str]) -> str:
    found = ",\n ".join(lines)
    return f"\n {found}\n" if found else ""


def _row(row: Mapping[str, Any]) -> str:
    return _json({**{name: row[name] for name in _FIRST if name in row}, **row})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _read(files: Mapping[str, str]) -> Iterator[Page]:
    for _, text in sorted(files.items()):
        for found in json.loads(text):
            layers = {layer: found[layer] for layer in pages.LAYERS}
            yield Page(found["id"], found["item"], found["fields"], layers, "record", None)


def _stored_in(revision: str) -> dict[str, str]:
    names = _git("ls-tree", "--name-only", revision, "tests/golden/").split()
    return {Path(name).name: _git("show", f"{revision}:{name}") for name in names if name.endswith(".json")}


def _base() -> str:
    head = _git("rev-parse", "HEAD").strip()
    bases = (_git("merge-base", "HEAD", branch).strip() for branch in _MAIN)
    found = next((base for base in bases if base and base != head), "")
    return found or _git("rev-parse", "--verify", "--quiet", "HEAD~1").strip()


def _git(*words: str) -> str:
    """Return what git prints; nothing where it fails, or is not there."""
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=False)
    except OSError:
        return ""
    return done.stdout.decode("utf-8") if done.returncode == 0 else ""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--write", action="store_true", help="record the annotations of today")
    asked.add_argument("--since", nargs="?", const="", metavar="REVISION", help="tell what was recorded since then")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
