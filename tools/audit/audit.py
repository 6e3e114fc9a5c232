"""Look for known faults in the locked packages, and write what the environment holds as a CycloneDX list.

Usage: audit.py DIST

Exit code 1 says that a package has a known fault, 2 that no service answers and nothing was looked up. The list (SBOM)
of the project's environment is written in each case to DIST/clippings.cdx.json, the same bytes each time.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LOCKS = (
    *("requirements.txt", "requirements-lab.txt", "benchmarks/requirements.txt"),
    *(f"tools/{name}/requirements.txt" for name in ("audit", "fuzz", "validators")),
)
LIST = "clippings.cdx.json"
NO_SERVICE = 2


def main() -> int:
    """Write the list, look up every lock, and say what was found."""
    (dist := Path(sys.argv[1])).mkdir(parents=True, exist_ok=True)
    write_list(dist / LIST)
    answers = [looked_up(lock) for lock in LOCKS]
    looked = [package for answer in answers for package in answer if "vulns" in package]
    faulty = {(one["name"], one["version"], fault["id"]) for one in looked for fault in one["vulns"]}
    for name, version, fault in sorted(faulty):
        print(f"audit: {name} {version} has the known fault {fault}")
    left = sum(map(len, answers)) - len(looked)
    if not looked:
        print("audit: no service of known faults answers, nothing was looked up")
        return NO_SERVICE
    print(
        f"audit: {len(looked)} packages looked up in {len(LOCKS)} locks, {len(faulty)} known faults, {left} not known"
    )
    return bool(faulty)


def looked_up(lock: str) -> list[dict[str, Any]]:
    """Return the packages of a lock, each with its known faults, or without where the service does not know it."""
    command = [_program("pip-audit"), "-r", lock, "--disable-pip", "--progress-spinner", "off", "--format", "json"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        return list(json.loads(run.stdout)["dependencies"])
    except (ValueError, KeyError):
        return []


def write_list(path: Path) -> None:
    """Write the packages of .venv with versions and licences."""
    python = ROOT / ".venv/bin/python"
    command = [_program("cyclonedx-py"), "environment", str(python), "--pyproject", "pyproject.toml"]
    run = subprocess.run([*command, "--output-reproducible"], cwd=ROOT, capture_output=True, text=True, check=True)
    bom = json.loads(run.stdout)
    bom["components"] = [_without_folders(one) for one in bom["components"]]
    path.write_text(json.dumps(bom, indent=1, sort_keys=True) + "\n", "utf-8")
    print(f"audit: {len(bom['components'])} packages are listed in {path}")


def _without_folders(component: Mapping[str, Any]) -> dict[str, Any]:
    """Drop the addresses of files of this machine, which an editable install has."""
    references = [one for one in component.get("externalReferences", []) if not one["url"].startswith("file:")]
    return {**component, "externalReferences": references}


def _program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


if __name__ == "__main__":
    sys.exit(main())
