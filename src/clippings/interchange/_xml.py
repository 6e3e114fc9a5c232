"""XML that is not trusted: without document types, so without entities, and no network; and text that XML can hold."""

from __future__ import annotations

import importlib
import re
from typing import Any

from clippings import release
from clippings.display.escaping import visible
from clippings.interchange._reading import FormatError

# Tab, line feed and carriage return are the only controls that XML 1.0 knows.
_UNXML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def package(name: str) -> Any:
    """Import a package of the extra ``interchange``.

    Raises:
        ImportError: it is not installed; the message says how to install it.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise release.missing(name.partition(".")[0], "interchange") from error


def parsed(data: bytes, file: str) -> Any:
    """Return the root of an XML document.

    Raises:
        FormatError: it is damaged, or has a document type, which no annotation program writes.

    >>> parsed(b"<a>Minsk</a>", "a.xml").text
    'Minsk'
    """
    etree = package("lxml.etree")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise FormatError(f"{file}:{line}: not XML: {error.msg}; export it again") from error
    if root.getroottree().docinfo.doctype:
        raise FormatError(f"{file}:1: has a document type, whose entities are not read; export it without DOCTYPE")
    return root


def clean(text: str) -> str:
    r"""Return a text that XML can hold, of the same length: controls by their pictures.

    >>> clean("Minsk\x1b\n")
    'Minsk␛\n'
    """
    return _UNXML.sub(lambda found: visible(found[0]) if found[0] < "\ufffe" else "\ufffd", text)
