"""The formats of other programs: one row each, from which the command line, the book and the tests go."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from clippings import writing
from clippings.interchange import (
    brat,
    citing,
    conll,
    datasets,
    docbin,
    labelstudio,
    networks,
    tables,
    tei,
    texts,
    w3c,
    xmi,
)
from clippings.interchange._pages import Page
from clippings.interchange._reading import FormatError, frame, known

if TYPE_CHECKING:
    import pandas as pd

    from clippings.corpus import AnnotatedCorpus

Parts: TypeAlias = Iterator[tuple[str, bytes]]
Direction: TypeAlias = Literal["both", "out"]


class Format(NamedTuple):
    """A format of other programs.

    Attributes:
        name: what it is called.
        suffix: of its file; empty where it is a folder.
        meaning: what it is, in a line.
        direction: ``both`` where it is read back, else ``out``.
        write: yields the parts of its files in order, each with the name of its file in the folder.
        read: returns the pages of a path; a corpus gives what the format left out.
        extra: that it needs, if any.
        checked_by: what reads it back in the tests.
        loses: what an annotation loses on the way.
        without_text: whether it can be written without the text of the pages.
    """

    name: str
    suffix: str
    meaning: str
    direction: Direction
    write: Callable[..., Parts]
    read: Callable[[Path, Sequence[Page]], list[Page]] | None
    extra: str
    checked_by: str
    loses: str
    without_text: bool = False


def _cited(made: Callable[[Any], str]) -> Callable[..., Parts]:
    def write(annotated: AnnotatedCorpus, text: bool) -> Parts:  # noqa: ARG001
        yield "", made(annotated.clippings).encode("utf-8", "replace")

    return write


def _csl(clippings: pd.DataFrame) -> str:
    return json.dumps(citing.csl(clippings), ensure_ascii=False, indent=2) + "\n"


_RULES = "the words of a cue, roles and affiliations, what a theme rests on"
_CITED = "all annotations: it cites the clippings"

FORMATS: tuple[Format, ...] = (
    Format(
        "w3c", ".jsonld", "Web Annotations of the W3C in JSON-LD", "both", w3c.write, w3c.read, "",
        "jsonschema, by the rules of the recommendation", f"{_RULES}; the text beyond each quotation", True,
    ),
    Format(
        "brat", "", "a folder for brat: texts, annotations and configuration", "both", brat.write, brat.read, "",
        "a reader after the rules of brat's own, in the tests", f"{_RULES}; white space in a name but single blanks",
    ),
    Format(
        "xmi", "", "a folder of UIMA CAS XMI with its type system, for INCEpTION", "both", xmi.write, xmi.read,
        "interchange", "dkpro-cassis", f"{_RULES}; controls that XML cannot hold are shown by their pictures",
    ),
    Format(
        "labelstudio", "", "a folder with tasks for Label Studio and its configuration", "both", labelstudio.write,
        labelstudio.read, "", "jsonschema, by the format of predictions", f"{_RULES}; sentences; the kind of no quotation",
    ),
    Format(
        "conll", ".conll", "CoNLL columns with IOB2 tags and places", "both", conll.write, conll.read, "",
        "spaCy, which takes the tags of each column", f"{_RULES}; sources, coders; white space at the edge of a place",
        True,
    ),
    Format(
        "tei", "", "a folder of TEI P5: said, names and dates in the text", "both", tei.write, tei.read, "interchange",
        "lxml, by a RELAX NG of the elements used", f"{_RULES}; controls that XML cannot hold",
    ),
    Format(
        "docbin", ".spacy", "a DocBin of spaCy with a group of spans for each layer", "both", docbin.write, docbin.read,
        "interchange", "spaCy", f"{_RULES}; coders",
    ),
    Format(
        "jsonl", ".jsonl", "the JSON Lines of the library, schema 2", "both", tables.write_jsonl, tables.read_jsonl_pages,
        "", "clippings", "nothing", True,
    ),
    Format(
        "parquet", "", "a folder of Parquet, as cl.load opens it", "both", tables.write_parquet, tables.read_parquet, "",
        "DuckDB, and clippings", "nothing",
    ),
    Format(
        "csv", ".csv", "one table of all annotations, safe for spreadsheets", "both", tables.write_csv, tables.read_csv,
        "", "pandas", f"{_RULES}; controls, and line ends but line feeds, in the words", True,
    ),
    Format(
        "graphml", ".graphml", "a network, for Gephi, Cytoscape or igraph", "out", networks.write_graphml, None,
        "interchange", "networkx", "all but who or what stands together, and how often", True,
    ),
    Format(
        "gexf", ".gexf", "the same network, for Gephi", "out", networks.write_gexf, None, "interchange", "networkx",
        "all but who or what stands together, and how often", True,
    ),
    Format(
        "texts", "", "plain texts with metadata.csv, for AntConc, Voyant or quanteda", "out", texts.write, None, "",
        "pandas", "all annotations; titles and what stands around the body are in the table or left out",
    ),
    Format(
        "datasets", "", "a folder for the library datasets of Hugging Face", "out", datasets.write, None, "",
        "PyArrow, by the features of the card", "nothing of the frames; files that were not read", True,
    ),
    Format(
        "bibtex", ".bib", "the clippings as BibTeX", "out", _cited(citing.bibtex), None, "", "pybtex", _CITED, True,
    ),
    Format("ris", ".ris", "the clippings as RIS", "out", _cited(citing.ris), None, "", "rispy", _CITED, True),
    Format(
        "csl", ".json", "the clippings as CSL-JSON", "out", _cited(_csl), None, "",
        "jsonschema, by the schema of CSL", _CITED, True,
    ),
)  # fmt: skip
"""In the order in which they are listed."""

BY_NAME = {one.name: one for one in FORMATS}


def write(
    annotated: AnnotatedCorpus,
    path: str | os.PathLike[str],
    *,
    format: str,  # noqa: A002
    text: bool = True,
    network: networks.Network = "speakers",
    overwrite: bool = False,
) -> Path:
    """Write an annotated corpus for another program, and return where; all of it or nothing.

    Args:
        annotated: what ``annotate`` or ``cl.load`` returns.
        path: a file, or a folder where the format is one; its own folder must exist.
        format: the name of one of ``FORMATS``.
        text: whether the texts of the pages may be in it; some formats are nothing without.
        network: of graphml and gexf: ``speakers`` quoted in one clipping, or ``entities`` named in one sentence.
        overwrite: whether what is at ``path`` may be replaced, where it holds no other files than those written.

    Raises:
        ValueError: there is no such format or network, or the format cannot go without the text.
        TypeError: the corpus is not annotated.
        FormatError: there is something at ``path``, or its suffix is that of another format.
        ImportError: a package of the extra is not installed.
        LayerError: a network needs a layer that was not run.

    >>> import clippings as cl, tempfile
    >>> annotated = cl.Corpus(cl.parse('"We wait," said Anna Petrova.', layout="plain")).annotate()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = write(annotated, f"{folder}/brat", format="brat")
    ...     read(made, format="brat").query("layer == 'quotes'")["speaker"].item()
    'Anna Petrova'
    """
    chosen, target = named(format), Path(path)
    if not hasattr(annotated, "layers"):
        raise TypeError(f"write needs an annotated corpus, not {type(annotated).__name__}; give corpus.annotate()")
    if not text and not chosen.without_text:
        able = ", ".join(one.name for one in FORMATS if one.without_text)
        raise ValueError(f"{format} is nothing without the text; text=False is for {able}")
    if network not in networks.NETWORKS:
        raise ValueError(f"network must be one of {', '.join(networks.NETWORKS)}, not {network!r}")
    free(target, chosen, overwrite=overwrite)
    about = {"network": network} if chosen.name in ("graphml", "gexf") else {}
    parts = chosen.write(annotated, text, **about)
    if chosen.suffix:
        _into_file(parts, target)
    else:
        _into_folder(parts, target)
    return target


def read(path: str | os.PathLike[str], *, format: str, corpus: Iterable[Any] | None = None) -> pd.DataFrame:  # noqa: A002
    """Return the annotations that another program holds, one row each, human or not.

    Args:
        path: a file or folder; the zip of a project too, where the format is a folder.
        format: the name of one of ``FORMATS`` that goes both ways.
        corpus: the clippings that were exported, annotated or not. It tells whose a file is where the table beside it is
            gone, and gives the words where the format left out the text.

    Returns:
        ``id``, ``item``, ``layer``, ``start`` and ``end`` in code points, ``value``, ``speaker``, ``source_start``,
        ``source_end``, ``coder``, and the words with those around them: ``exact``, ``prefix``, ``suffix``. What the file
        does not say is None.

    Raises:
        ValueError: there is no such format, or it is only written.
        FormatError: a file is damaged, foreign or too large; the message says where.
        ImportError: a package of the extra is not installed.
    """
    chosen = named(format)
    if chosen.read is None:
        able = ", ".join(one.name for one in FORMATS if one.read)
        raise ValueError(f"{format} is only written; read is for {able}")
    place = Path(path)
    if not place.exists():
        raise FormatError(f"{path}: no such file or folder; check the path")
    if chosen.suffix and place.is_dir():
        raise FormatError(f"{path}: is a folder; {format} is a file, ending in {chosen.suffix}")
    pages = known(corpus)
    return frame(chosen.read(place, pages), pages)


def named(name: str) -> Format:
    """Return the format of a name; raises ValueError where there is none.

    >>> named("ris").suffix
    '.ris'
    """
    if name not in BY_NAME:
        raise ValueError(f"no format is called {name!r}; there are {', '.join(BY_NAME)}")
    return BY_NAME[name]


def free(target: Path, chosen: Format, *, overwrite: bool) -> None:
    """Refuse a path at which something is that was not to be replaced.

    Raises:
        FormatError: the path is taken, or its suffix is that of another format.
    """
    other = next((one for one in FORMATS if one.suffix == target.suffix.lower() != ""), None)
    if other and other.suffix != chosen.suffix:
        wanted = f"a name ending in {chosen.suffix}" if chosen.suffix else "the name of a folder"
        raise FormatError(f"{target}: {chosen.name} is not {other.name}; give {wanted}")
    is_folder = target.is_dir()
    if is_folder and chosen.suffix:
        raise FormatError(f"{target}: is a folder; {chosen.name} is a file, so name one")
    if target.exists() and not is_folder and not chosen.suffix:
        raise FormatError(f"{target}: is a file; {chosen.name} is a folder, so name one")
    if target.exists() and not overwrite and not (is_folder and not any(target.iterdir())):
        raise FormatError(f"{target}: is there already; give another name, or overwrite")
    if not target.absolute().parent.is_dir():
        raise FormatError(f"{target}: its folder is not there; make it first")


def _into_file(parts: Parts, target: Path) -> None:
    try:
        with writing.moved_file(target) as file:
            for _, data in parts:
                file.write(data)
    except OSError as error:
        raise FormatError(f"{target}: cannot be written: {error.strerror}") from error


def _into_folder(parts: Parts, target: Path) -> None:
    try:
        with writing.moved_folder(target) as folder:
            made = set()
            for name, data in parts:
                file = folder / name
                made.add(PurePosixPath(name).parts[0])
                file.parent.mkdir(parents=True, exist_ok=True)
                with file.open("ab") as opened:
                    opened.write(data)
            _refuse_others(target, made)
    except OSError as error:
        raise FormatError(f"{target}: cannot be written: {error.strerror}") from error


def _refuse_others(target: Path, made: set[str]) -> None:
    """Refuse to replace a folder with files of somebody else."""
    kept = sorted(one.name for one in target.iterdir() if one.name not in made) if target.is_dir() else []
    if kept:
        raise FormatError(f"{target}: holds {kept[0]!r}, which would be lost; give another folder")
