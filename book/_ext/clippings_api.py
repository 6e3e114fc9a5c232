"""The reference of names, as a reader needs it: types in words that can be looked up, and nothing that says nothing."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

import clippings

# What Python says of each field of a named tuple; its class describes them.
ALIAS = "Alias for field number"
# A default that is made or looked up when it is needed, such as <factory>.
MADE = re.compile(r"=<[^=]*?>(?=[,)])")
# Names that the library has for types of its own, and the module that defines each.
TYPES = {
    "Columns": "measures/checks.py",
    "Day": "sequence.py",
    "Engine": "store/runs.py",
    "Layout": "page/forms.py",
    "Network": "interchange/networks.py",
    "OnError": "reading/reader.py",
    "Result": "comparing/results.py",
    "Statistic": "measures/robustness.py",
    "TableName": "codebook/tables.py",
}
NAMED = re.compile(rf"(?<![\w.])(?:\w+\.)?({'|'.join(TYPES)})(?![\w.\[])")


def definition(name: str) -> str:
    """Return what a name for a type stands for, as the library's source has it.

    >>> definition("Layout"), definition("Day")
    ('str', 'str | datetime.date')
    """
    source = (Path(clippings.__file__).parent / TYPES[name]).read_text("utf-8")
    found = re.search(rf"^ *{name}(?:: TypeAlias)? = (.+)$", source, re.MULTILINE)
    if found is None:
        raise LookupError(f"{TYPES[name]} no longer defines {name}: correct TYPES in {Path(__file__).name}")
    return found[1].strip('"')


def plain(annotation: str) -> str:
    """Return a type with the library's own names for types spelled out, and without the short name of pandas.

    >>> plain("Layout | None"), plain("pd.DataFrame"), plain("Collection")
    ('str | None', 'DataFrame', 'Collection')
    """
    return NAMED.sub(lambda name: definition(name[1]), annotation).replace("pd.", "")


def spell_out(app: Sphinx, _what: str, name: str, _obj: object, _options: object, args: str, returned: str) -> object:
    """Spell out the types that autodoc has noted of a name, and leave out defaults that only Python understands."""
    noted = app.env.temp_data.get("annotations", {}).get(name, {})
    noted.update({argument: plain(annotation) for argument, annotation in noted.items()})
    return (MADE.sub("=...", args), returned) if args else None


def skip(_app: Sphinx, _what: str, _name: str, member: object, *_: object) -> bool | None:
    """Return True for the field of a named tuple; None leaves the choice to Sphinx."""
    return True if str(getattr(member, "__doc__", "")).startswith(ALIAS) else None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.setup_extension("sphinx.ext.autodoc")
    app.connect("autodoc-skip-member", skip)
    # After autodoc has noted the types.
    app.connect("autodoc-process-signature", spell_out, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
