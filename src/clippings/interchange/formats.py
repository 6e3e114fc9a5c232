"""The formats of other programs: one row each, from which the command line, the book and the tests go."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    from clippings.interchange._pages import Page

Parts: TypeAlias = Iterator[tuple[str, bytes]]
Direction: TypeAlias = Literal["both", "out"]


@dataclass(frozen=True)
class Format:
    """A format of other programs.

    Attributes:
        name: what it is called.
        suffix: of its file; empty where it is a folder.
        meaning: what it is, in a line.
        direction: ``both`` where it is read back, else ``out``.
        write: yields the parts of its files in order, each with the name of its file in the folder.
        read: returns the pages of a path; a corpus gives what the format left out. None where it is only written.
        checked_by: the package that reads it back in the tests, and behind a colon, by what.
        loses: what the annotations lose on the way.
        extra: that it needs, if any.
        package: of that extra.
        mark: of a folder, a file by which one that was written before is known.
        without_text: whether it can be written without the text of the pages.
        keeps_verdicts: whether it holds what coders decided, or no annotations that they could decide about.
    """

    name: str
    suffix: str
    meaning: str
    direction: Direction
    write: Callable[..., Parts]
    read: Callable[[Path, Sequence[Page]], list[Page]] | None
    checked_by: str
    loses: str
    extra: str = ""
    package: str = ""
    mark: str = ""
    without_text: bool = False
    keeps_verdicts: bool = False


def _later(place: str) -> Callable[..., Any]:
    """A function of a module of this folder, which is imported when it is called: to list the formats costs nothing."""
    module, _, name = place.partition(".")

    def call(*given: Any, **named: Any) -> Any:
        return getattr(importlib.import_module(f"clippings.interchange.{module}"), name)(*given, **named)

    return call


_XML = "controls that XML cannot hold are shown by their pictures"
_CITED = "all annotations: it cites the clippings"
_COUNTED = "all but who or what stands together, and how often"

FORMATS: tuple[Format, ...] = (
    Format(
        "w3c", ".jsonld", "Web Annotations of the W3C in JSON-LD", "both", _later("w3c.write"), _later("w3c.read"),
        "jsonschema: by the rules of the recommendation", "details; the text beyond the words around each annotation",
        without_text=True,
    ),
    Format(
        "brat", "", "a folder for brat: texts, annotations, configuration", "both", _later("brat.write"),
        _later("brat.read"), "the tests: by the rules of brat's own reader",
        "details, rules, sentences; white space in a name but single blanks", mark="documents.csv",
    ),
    Format(
        "xmi", "", "a folder of UIMA CAS XMI with its type system, for INCEpTION", "both", _later("xmi.write"),
        _later("xmi.read"), "dkpro-cassis", f"details; {_XML}", "interchange", "cassis", mark="documents.csv",
    ),
    Format(
        "labelstudio", "", "a folder for Label Studio: tasks, configuration", "both", _later("labelstudio.write"),
        _later("labelstudio.read"), "jsonschema: by the form of predictions", "details, rules, sentences",
        mark="tasks.json",
    ),
    Format(
        "conll", ".conll", "columns of CoNLL: tokens, places, IOB2 tags of each layer", "both", _later("conll.write"),
        _later("conll.read"), "spacy: the tags of each column",
        "details, rules, the words of sources; white space at the edge of an annotation", without_text=True,
    ),
    Format(
        "tei", "", "a folder of TEI P5: said, names and dates in the text", "both", _later("tei.write"),
        _later("tei.read"), "lxml: by the schema tei_all 4.3.0", f"details, rules; {_XML}", "interchange", "lxml.etree",
        mark="documents.csv",
    ),
    Format(
        "docbin", ".spacy", "a DocBin of spaCy with a group of spans for each layer", "both", _later("docbin.write"),
        _later("docbin.read"), "spacy", "details, rules", "interchange", "spacy",
    ),
    Format(
        "jsonl", ".jsonl", "the JSON Lines of the library, schema 2", "both", _later("tables.write_jsonl"),
        _later("tables.read_jsonl_pages"), "press-clippings", "nothing", without_text=True,
    ),
    Format(
        "parquet", "", "a folder of Parquet, as cl.load opens it", "both", _later("tables.write_parquet"),
        _later("tables.read_parquet"), "duckdb", "nothing", mark="manifest.jsonl", keeps_verdicts=True,
    ),
    Format(
        "csv", ".csv", "one table of all annotations, safe for spreadsheets", "both", _later("tables.write_csv"),
        _later("tables.read_csv"), "pandas", "details; controls in the words, and their line ends but line feeds",
        without_text=True,
    ),
    Format(
        "graphml", ".graphml", "a network, for Gephi, Cytoscape or igraph", "out", _later("networks.write_graphml"),
        None, "networkx", _COUNTED, "interchange", "networkx", without_text=True,
    ),
    Format(
        "gexf", ".gexf", "the same network, for Gephi", "out", _later("networks.write_gexf"), None, "networkx",
        _COUNTED, "interchange", "networkx", without_text=True,
    ),
    Format(
        "texts", "", "plain texts with metadata.csv, for AntConc, Voyant, quanteda", "out", _later("texts.write"), None,
        "pandas", "all annotations; what stands around the body", mark="metadata.csv", keeps_verdicts=True,
    ),
    Format(
        "datasets", "", "a folder for the library datasets of Hugging Face", "out", _later("datasets.write"), None,
        "pyarrow: by the features of the card", "files that were not read, diagnostics", mark="README.md",
        without_text=True,
    ),
    Format(
        "features", "", "a folder of counts of words and findings, for texts that cannot be shared", "out",
        _later("extracted.write"), None, "duckdb", "the order of words, places, quotations", mark="features.json",
    ),
    Format(
        "bibtex", ".bib", "the clippings as BibTeX", "out", _later("citing.write_bibtex"), None, "pybtex", _CITED,
        without_text=True, keeps_verdicts=True,
    ),
    Format(
        "ris", ".ris", "the clippings as RIS", "out", _later("citing.write_ris"), None, "rispy", _CITED,
        without_text=True, keeps_verdicts=True,
    ),
    Format(
        "csl", ".json", "the clippings as CSL-JSON", "out", _later("citing.write_csl"), None,
        "citeproc-py: as a list of references", _CITED, without_text=True, keeps_verdicts=True,
    ),
)  # fmt: skip
"""In the order in which they are listed.

:meta hide-value:
"""

BY_NAME = {one.name: one for one in FORMATS}


def named(name: str) -> Format:
    """Return the format of a name; raises ValueError where there is none.

    >>> named("ris").suffix
    '.ris'
    """
    if name not in BY_NAME:
        raise ValueError(f"no format is called {name!r}; there are {', '.join(BY_NAME)}")
    return BY_NAME[name]
