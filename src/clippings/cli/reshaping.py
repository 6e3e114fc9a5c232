"""Eight changes of the form of a codebook that must change no annotation: what it says is the same."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from clippings import parse
from clippings.codebook import Codebook
from clippings.codebook.parsing import Parsed
from clippings.layers import registry
from clippings.model import Annotated

Files = dict[str, bytes]
Rows = list[dict[str, str]]
_LISTS = ("surface_forms", "demonyms", "capitals", "surnames", "ambiguous")
_YAML = {"themes.yaml": "themes", "cues.yaml": "cues", "confusions.yaml": "confusions", "contexts.yaml": "contexts"}


class Reshaped(NamedTuple):
    """Files that say what those of a codebook say, in a base and what extends it; ``names`` are new ids by the old."""

    what: str
    base: Files
    extension: Mapping[str, bytes] = MappingProxyType({})
    names: Mapping[str, str] = MappingProxyType({})


def of(files: Mapping[str, bytes]) -> Iterator[Reshaped]:
    """Yield the eight changes of the files of a codebook, which have no faults."""
    content = json.loads(msgspec.json.encode(Parsed(files).content))
    rows = _rows(files["actors.csv"])
    kept = dict(files)
    yield Reshaped("rows in another order", kept | _written(_reversed(content, rows_too=True), rows[::-1]))
    yield Reshaped("terms in another order", kept | _written(_reversed(content), list(map(_terms_reversed, rows))))
    by_key = [dict(reversed(row.items())) for row in rows]
    yield Reshaped("keys in another order", kept | _written(_keys_reversed(content), by_key))
    names = _new_names(content, rows)
    yield Reshaped("other ids", kept | _written(*_renamed(content, rows, names)), names=names)
    commented = {name: b"# A comment.\n\n" + data for name, data in files.items() if name.endswith(".yaml")}
    yield Reshaped("comments", kept | commented)
    yield Reshaped("other quotes", kept | _written(content, rows, csv.QUOTE_ALL))
    crlf = {
        name: b"\xef\xbb\xbf" + data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") for name, data in files.items()
    }
    yield Reshaped("other line ends", crlf)
    base, rest = _split(content, rows)
    yield Reshaped("two folders", kept | {"actors.csv": _csv(base)}, {"actors.csv": _csv(rest)} if rest else {})


def unlike(files: Mapping[str, bytes], texts: Sequence[str]) -> list[str]:
    """Return, for each change that changes an annotation, what it is and the first text it does so in."""
    told = []
    wanted: list[str] = []
    for change in [Reshaped("", dict(files)), *of(files)]:
        with tempfile.TemporaryDirectory() as folder:
            found = list(map(_annotations(_loaded(change, Path(folder)), change.names), texts))
        wanted = wanted or found
        odd = next((text for text, one, other in zip(texts, wanted, found, strict=True) if one != other), None)
        if odd is not None:
            told.append(f"{change.what}: the annotations of {odd!r} change")
    return told


def texts(codebook: Codebook) -> list[str]:
    """Return the examples of the themes, and a text for each form that several actors share."""
    found = [text for theme in codebook.themes for text in (*theme.positive, *theme.negative)]
    counts = Counter(form for actor in codebook.actors for form in set(actor.forms))
    for form in sorted(form for form, count in counts.items() if count > 1):
        names = [actor.canonical for actor in codebook.actors if form in actor.forms]
        found += [f"They spoke of {' and '.join(sorted(names))}; {form} was named.", f"They spoke of {form}."]
    return found


def _rows(data: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def _csv(rows: Rows, quoting: Any = csv.QUOTE_MINIMAL) -> bytes:
    target = io.StringIO()
    writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n", quoting=quoting)
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode()


def _written(content: Mapping[str, Any], rows: Rows, quoting: Any = csv.QUOTE_MINIMAL) -> Files:
    """The files, those of YAML as JSON, which is YAML with every text in quotes."""
    found = {file: json.dumps(content[part]).encode() for file, part in _YAML.items()}
    return {**found, "actors.csv": _csv(rows, quoting)}


def _reversed(content: Mapping[str, Any], *, rows_too: bool = False) -> dict[str, Any]:
    """The content with its rows, or else the lists within them, from the last to the first."""
    if rows_too:
        cues = {name: part[::-1] for name, part in content["cues"].items()}
        return {part: value[::-1] if isinstance(value, list) else value for part, value in content.items()} | {
            "cues": cues
        }
    return {part: _lists_reversed(value) for part, value in content.items()}


def _lists_reversed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists_reversed(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_lists_reversed(part) for part in value] if value and isinstance(value[0], dict) else value[::-1]
    return value


def _terms_reversed(row: dict[str, str]) -> dict[str, str]:
    return {name: "|".join(reversed(cell.split("|"))) if name in _LISTS else cell for name, cell in row.items()}


def _keys_reversed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _keys_reversed(part) for key, part in reversed(value.items())}
    return list(map(_keys_reversed, value)) if isinstance(value, list) else value


def _new_names(content: Mapping[str, Any], rows: Rows) -> dict[str, str]:
    """Another id for each theme and each actor but the states, whose ids are codes."""
    ids = [row["short"] for row in rows if row["kind"] != "country"] + [theme["id"] for theme in content["themes"]]
    return {name: f"id_{number}" for number, name in enumerate(dict.fromkeys(ids))}


def _renamed(content: Mapping[str, Any], rows: Rows, names: Mapping[str, str]) -> tuple[dict[str, Any], Rows]:
    entities = {f"@{old}": f"@{new}" for old, new in names.items()}
    themes = [
        {**theme, "id": names[theme["id"]], "indicators": _replaced(theme["indicators"], entities)}
        for theme in content["themes"]
    ]
    contexts = [
        {**row, "id": names.get(row["id"], row["id"]), "needs": _replaced(row["needs"], names)}
        for row in content["contexts"]
    ]
    renamed = [{**row, "short": names.get(row["short"], row["short"])} for row in rows]
    return {**content, "themes": themes, "contexts": contexts}, renamed


def _replaced(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [_replaced(part, names) for part in value]
    return names.get(value, value)


def _split(content: Mapping[str, Any], rows: Rows) -> tuple[Rows, Rows]:
    """The actors that another file names, and half of the others; and the rest."""
    named = json.dumps([content["themes"], content["contexts"]])
    others = [row for row in rows if json.dumps(row["short"])[1:-1] not in named]
    rest = {row["short"] for row in others[::2]}
    return [row for row in rows if row["short"] not in rest], [row for row in rows if row["short"] in rest]


def _loaded(change: Reshaped, folder: Path) -> Codebook:
    for part, files in (("base", change.base), ("extension", change.extension)):
        (folder / part).mkdir()
        for name, data in files.items():
            (folder / part / name).write_bytes(data)
    codebook = Codebook.load(folder / "base")
    return codebook.extend(folder / "extension") if change.extension else codebook


def _annotations(codebook: Codebook, names: Mapping[str, str]) -> Callable[[str], str]:
    old = {mark + new: mark + name for name, new in names.items() for mark in ("", "@")}

    def annotations(text: str) -> str:
        pages = [registry.annotate(clipping, codebook) for clipping in parse(text, layout="plain")]
        found = [_replaced(_plain(page), old) for page in pages]
        for shown in (shown for page in found for shown in page["themes"]):
            shown["rule"].sort()
        return json.dumps(found, sort_keys=True)

    return annotations


def _plain(page: Annotated) -> dict[str, Any]:
    """A page as it can be compared: what it rests on left out, and what is a set sorted."""
    found: dict[str, Any] = json.loads(msgspec.json.encode(dict(page.found)))
    found["diagnostics"] = [(told.code, told.line, told.column) for told in page.clipping.diagnostics]
    for shown in found["themes"]:
        shown["rule"] = shown["rule"].split(", ")
    return found
