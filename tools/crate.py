"""Describe the data of the book as RO-Crate 1.1 and Croissant 1.0, from the declaration of the data package.

Usage: crate.py [--check]

What is said of a table stands once, in data/datapackage.json; sizes and hashes are those of the files. ``--check``
writes nothing, and fails where a description differs from what would be written.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import yaml

Json: TypeAlias = dict[str, Any]

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
DECLARATION = "datapackage.json"
CRATE, CROISSANT = "ro-crate-metadata.json", "croissant.json"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS = "#rights"
AUTHORS = "#authors"
# Flags are 1 and 0 in the files; readers of Croissant take any text but the empty one for true.
TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "boolean": "sc:Integer",
    "number": "sc:Float",
    "date": "sc:Date",
}
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def main(arguments: list[str]) -> int:
    """Write both descriptions, or with ``--check`` return 1 where one is out of step."""
    if arguments not in ([], ["--check"]):
        print(f"crate: unknown arguments {' '.join(arguments)}; there is only --check", file=sys.stderr)
        return 2
    stale = [name for name, text in written().items() if _stored(name) != text]
    if arguments:
        for name in stale:
            print(f"crate: data/{name} is out of step with the data: run tools/crate.py", file=sys.stderr)
        return bool(stale)
    for name, text in written().items():
        (DATA / name).write_text(text, "utf-8", newline="\n")
        print(f"crate: data/{name}: {'written' if name in stale else 'unchanged'}")
    return 0


def written(folder: Path = DATA) -> dict[str, str]:
    """Return the text of each description, by the name of its file."""
    package = json.loads((folder / DECLARATION).read_text("utf-8"))
    released = str(yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["date-released"])
    made = {CRATE: crate(package, folder, released), CROISSANT: croissant(package, folder, released)}
    return {name: json.dumps(one, ensure_ascii=False, indent=1) + "\n" for name, one in made.items()}


def crate(package: Json, folder: Path, released: str) -> Json:
    """Return the RO-Crate: the package as its root, a file a resource, the declaration, licenses and sources."""
    files = [_crate_file(resource, folder) for resource in package["resources"]]
    declaration = {
        "@id": DECLARATION,
        "@type": "File",
        "name": "Data Package",
        "description": "What each table and field holds: the declaration from which this crate is made.",
        "encodingFormat": "application/json",
        **_measured(folder / DECLARATION),
    }
    root = {
        "@id": "./",
        "@type": "Dataset",
        **_told(package, released),
        "license": {"@id": RIGHTS},
        "author": {"@id": AUTHORS},
        "publisher": {"@id": AUTHORS},
        **_based_on(package),
        "hasPart": [{"@id": one["@id"]} for one in [*files, declaration]],
    }
    about = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    graph = [about, root, *files, declaration, *_context_entities(package)]
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}


def croissant(package: Json, folder: Path, released: str) -> Json:
    """Return the Croissant: the tables with their fields and keys, and no file that has no license."""
    tables = [one for one in package["resources"] if "schema" in one]
    paths = {one["name"]: one["path"] for one in tables}
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        **_told(package, released),
        "license": CC_BY,
        "creator": {"@type": "sc:Organization", "name": package["contributors"][0]["title"]},
        "citeAs": f"{package['contributors'][0]['title']} ({released[:4]}). {package['title']}, {package['version']}.",
        "isLiveDataset": False,
        "distribution": [_file_object(one, folder) for one in tables],
        "recordSet": [_record_set(one, paths) for one in tables],
    }


def _told(package: Json, released: str) -> Json:
    told = {name: package[kept] for name, kept in (("name", "title"), ("description", "description"))}
    return told | {"version": package["version"], "keywords": package["keywords"], "datePublished": released}


def _measured(path: Path) -> Json:
    content = path.read_bytes()
    return {"contentSize": str(len(content)), "sha256": hashlib.sha256(content).hexdigest()}


def _crate_file(resource: Json, folder: Path) -> Json:
    licenses = resource.get("licenses", [])
    return {
        "@id": resource["path"],
        "@type": "File",
        "name": resource["title"],
        "description": resource["description"],
        "encodingFormat": resource["mediatype"],
        "license": {"@id": licenses[0]["path"] if licenses else RIGHTS},
        **_measured(folder / resource["path"]),
        **_based_on(resource),
    }


def _based_on(part: Json) -> Json:
    """The sources of the package or a resource; the specification wants one alone to stand in no list."""
    sources = [{"@id": one["path"]} for one in part.get("sources", [])]
    return {"isBasedOn": sources if len(sources) > 1 else sources[0]} if sources else {}


def _context_entities(package: Json) -> list[Json]:
    """Licenses, rights, authors and sources, each once."""
    held = [package, *package["resources"]]
    sources = {one["path"]: one["title"] for part in held for one in part.get("sources", [])}
    licenses = {one["path"]: one["title"] for part in held for one in part.get("licenses", [])}
    unlicensed = ", ".join(part["path"] for part in package["resources"] if not part.get("licenses"))
    rights = f"Each file names its license. {unlicensed} has none: it belongs to its publisher, and is quoted."
    people = {"@id": AUTHORS, "@type": "Organization", "name": package["contributors"][0]["title"]}
    return [
        people,
        {"@id": RIGHTS, "@type": "CreativeWork", "name": "Rights, file by file", "description": rights},
        *(
            {"@id": at, "@type": "CreativeWork", "name": name, "description": f"{name}."}
            for at, name in licenses.items()
        ),
        *({"@id": at, "@type": "CreativeWork", "name": name, "url": at} for at, name in sources.items()),
    ]


def _file_object(resource: Json, folder: Path) -> Json:
    return {
        "@type": "cr:FileObject",
        "@id": resource["path"],
        "name": resource["title"],
        "description": resource["description"],
        "contentUrl": resource["path"],
        "encodingFormat": resource["mediatype"],
        **_measured(folder / resource["path"]),
    }


def _record_set(resource: Json, paths: Mapping[str, str]) -> Json:
    schema, name = resource["schema"], resource["name"]
    keys = [{"@id": f"{name}/{column}"} for column in schema["primaryKey"]]
    # Croissant knows references of one column only.
    references = {
        one["fields"][0]: _column(paths[one["reference"]["resource"]], one["reference"]["fields"][0])
        for one in schema.get("foreignKeys", [])
        if len(one["fields"]) == 1
    }
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": resource["description"],
        "key": keys if len(keys) > 1 else keys[0],
        "field": [_field(resource, one, references) for one in schema["fields"]],
    }


def _field(resource: Json, field: Json, references: Mapping[str, Json]) -> Json:
    name = field["name"]
    made = {
        "@type": "cr:Field",
        "@id": f"{resource['name']}/{name}",
        "name": name,
        "description": field["description"],
        "dataType": "sc:URL" if field["format"] == "uri" else TYPES[field["type"]],
        "source": _column(resource["path"], name),
    }
    return made | ({"references": references[name]} if name in references else {})


def _column(path: str, name: str) -> Json:
    return {"fileObject": {"@id": path}, "extract": {"column": name}}


def _stored(name: str) -> str | None:
    path = DATA / name
    return path.read_text("utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
