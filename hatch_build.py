"""What hatchling does beyond pyproject.toml: a wheel carries the collection, so that a downloaded notebook finds it.

An editable install reads the repository's own files; hatchling's force-include would copy them there too.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIED = ("data", "tests/zoo", "LICENSE-TEXT")


class CarryCollection(BuildHookInterface[Any]):
    """Puts the collection into the package, in the folders that it has in the repository."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files to a wheel that is not editable."""
        if version == "standard":
            build_data["force_include"] |= {path: f"clippings/_collection/{path}" for path in CARRIED}
