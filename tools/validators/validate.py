"""Have the readers of other projects check what clippings writes: RO-Crate, Croissant, a folder of datasets.

Usage: validate.py, in an environment of tools/validators/requirements.txt (``make validate``).

Nothing is fetched. The RO-Crate validator asks the network for the context of JSON-LD; it is given the one that the
package rocrate carries, whose version is said. The exit status is 1 where something is wrong, 2 where a check could not
be made.
"""

from __future__ import annotations

import csv
import io
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
PROJECT = ROOT / ".venv/bin/python"
CONTEXT = "https://w3id.org/ro/crate/"
FIND_CONTEXT = "import rocrate, pathlib; print(pathlib.Path(rocrate.__file__).parent / 'data/ro-crate.jsonld')"
EXPORT = (
    "import sys, clippings as cl; cl.interchange.write(cl.read(sys.argv[1]).annotate(), sys.argv[2], format='datasets')"
)
CAN_EXPORT = "import clippings as cl; print(hasattr(cl.interchange, 'write'))"
KNOWN = {"RECOMMENDED: The organization SHOULD have a URL."}
Faults = Iterator[str]


class NotCheckedError(Exception):
    """A check could not be made; the message says why."""


def main() -> int:
    """Run every check and print a line for each, and one for each fault."""
    os.environ |= {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
    statuses = [_run(name, check) for name, check in CHECKS.items()]
    return 1 if 1 in statuses else max(statuses)


def _run(name: str, check: Callable[[], Faults]) -> int:
    try:
        with mock.patch.object(socket, "getaddrinfo", _refused):
            faults = list(check())
    except (ImportError, NotCheckedError) as error:
        print(f"validate: {name}: NOT CHECKED: {error}")
        return 2
    except Exception as error:  # noqa: BLE001
        faults = [f"its reader ends with {type(error).__name__}: {error.__cause__ or error}"]
    for fault in faults:
        print(f"validate: {name}: {fault}")
    if not faults:
        print(f"validate: {name}: no faults")
    return bool(faults)


def _refused(host: str, *_: Any, **__: Any) -> Any:
    raise OSError(f"{host} was asked for, and nothing is fetched")


def ro_crate() -> Faults:
    """Yield what the RO-Crate validator finds, down to what the specification recommends."""
    from rocrate_validator import services
    from rocrate_validator.models import Severity, ValidationSettings
    from rocrate_validator.utils.http import HttpRequester

    context = Path(_project(FIND_CONTEXT))
    print(f"validate: RO-Crate: with the context {json.loads(context.read_text('utf-8'))['version']} of rocrate")
    settings = ValidationSettings(
        rocrate_uri=str(DATA), profile_identifier="ro-crate-1.1", requirement_severity=Severity.RECOMMENDED
    )
    with mock.patch.object(HttpRequester, "get", _answers(context.read_bytes()), create=True):
        result = services.validate(settings)
    found = [f"{issue.severity.name}: {issue.message}" for issue in result.get_issues(Severity.RECOMMENDED)]
    for known in sorted(set(found) & KNOWN):
        print(f"validate: RO-Crate: known: {known} The project has no address.")
    yield from (fault for fault in found if fault not in KNOWN)


def _answers(context: bytes) -> Callable[..., Any]:
    """What answers the validator in place of the network."""
    import requests

    def get(_: Any, url: str, **__: Any) -> requests.Response:
        if not url.startswith(CONTEXT):
            raise requests.ConnectionError(f"{url} was asked for, and nothing is fetched")
        answer = requests.Response()
        answer.status_code, answer.url, answer.raw = 200, url, io.BytesIO(context)
        answer.headers["Content-Type"] = "application/ld+json"
        return answer

    return get


def croissant() -> Faults:
    """Yield what mlcroissant finds, and the tables that it reads with other rows or cells than their files have."""
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(DATA / "croissant.json"))
    issues = dataset.metadata.ctx.issues
    yield from (f"{issue}" for issue in sorted([*issues.errors, *issues.warnings]))
    paths = {
        one["name"]: one["path"] for one in json.loads((DATA / "datapackage.json").read_text("utf-8"))["resources"]
    }
    for records in dataset.metadata.record_sets:
        with (DATA / paths[records.id]).open(encoding="utf-8", newline="") as file:
            kept = list(csv.DictReader(file))
        read = list(dataset.records(records.id))
        if len(read) != len(kept):
            yield f"{records.id}: {len(read)} rows are read of {len(kept)}"
        columns = [field.id for field in records.fields]
        others = sum(
            _differs(got[column], row[column.partition("/")[2]])
            for got, row in zip(read, kept, strict=False)
            for column in columns
        )
        if others:
            yield f"{records.id}: {others} cells are read otherwise than they are written"


def _differs(read: Any, written: str) -> bool:
    """Whether a cell is another one: numbers by their value, days by their first ten characters."""
    if read is None or read != read:
        return written != ""
    if isinstance(read, bytes):
        return read.decode() != written
    if isinstance(read, int | float):
        return written == "" or float(written) != float(read)
    return str(read)[:10] != written


def datasets_folder() -> Faults:
    """Yield the configurations of an exported folder that the library datasets cannot load."""
    import datasets
    from pyarrow import parquet

    datasets.disable_progress_bars()

    if _project(CAN_EXPORT) != "True":
        raise NotCheckedError("this version of clippings writes no folder for datasets")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "exported"
        _project(EXPORT, str(DATA / "clippings"), str(folder))
        names = datasets.get_dataset_config_names(str(folder))
        if "clippings" not in names:
            yield f"no configuration clippings; there are {', '.join(names)}"
        for name in names:
            loaded = datasets.load_dataset(str(folder), name, split="train", cache_dir=f"{place}/cache")
            kept = sum(parquet.read_metadata(one).num_rows for one in (folder / name).glob("*.parquet"))
            if loaded.num_rows != kept:
                yield f"{name}: {loaded.num_rows} rows are loaded of {kept}"
        print(f"validate: datasets: {len(names)} configurations loaded")


def _project(code: str, *given: str) -> str:
    """Return what the project's own environment prints."""
    ran = subprocess.run([PROJECT, "-c", code, *given], capture_output=True, text=True, check=False)
    if ran.returncode:
        last = (ran.stderr.strip().splitlines() or ["no message"])[-1]
        raise NotCheckedError(f"the project's environment says {last}; run make setup")
    return ran.stdout.strip()


CHECKS: dict[str, Callable[[], Faults]] = {"RO-Crate": ro_crate, "Croissant": croissant, "datasets": datasets_folder}

if __name__ == "__main__":
    sys.exit(main())
