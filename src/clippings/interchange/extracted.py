"""Extracted features: counts of words by clipping and section, and of what was found, to share what texts may not be.

After the Extracted Features of the HathiTrust Research Center (Organisciak et al. 2017), by clipping in place of page.
What protects the texts: words are folded, counted and sorted by alphabet; no count is of two words together, and no
place within the text is kept. A text of a few words may still be guessed; ``rare`` folds the words that few clippings
use into one. A title is kept, as a fact of the clipping; so is the SHA-256 of the page, by which its owner can tell
that a page is the same.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from clippings import arguments, release
from clippings.corpus import AnnotatedCorpus
from clippings.hidden import sound
from clippings.interchange._pages import refuse_review
from clippings.interchange._reading import FormatError
from clippings.measures.words import count_words
from clippings.model import Clipping

KEY = ["id", "item"]
MARK = "features.json"
VERSION = 1
RARE = "<rare>"
"""What stands for all words that are folded; no word has such signs."""
HEAD, BODY = "head", "body"
_FACTS = ["date", "date_precision", "title", "outlet", "authors", "source_url", "language", "sha256"]
_COUNTED = {"mentions": ["entity", "kind", "country"], "themes": ["theme"], "dates": ["iso", "precision"]}


@dataclass(frozen=True)
class Features:
    """A collection without its texts; a frame of a layer that was not run is None.

    Attributes:
        words: ``id``, ``item``, ``section`` (head: the printed fields; body), ``word``, ``count``.
        clippings: ``id``, ``item``, the fields of a clipping, and ``words``, how many head and body hold.
        mentions: ``id``, ``item``, ``entity``, ``kind``, ``country``, ``count``.
        themes: ``id``, ``item``, ``theme``, ``count``.
        dates: ``id``, ``item``, ``iso``, ``precision``, ``count``.
    """

    words: pd.DataFrame
    clippings: pd.DataFrame
    mentions: pd.DataFrame | None = None
    themes: pd.DataFrame | None = None
    dates: pd.DataFrame | None = None


def features(annotated: AnnotatedCorpus, *, rare: int = 1) -> Features:
    """Count words, entities, themes and days of each clipping, to share a collection without its texts.

    The measures that count words take ``words`` in place of texts: ``keyness``, ``frequencies``, ``dispersion``.

    Args:
        annotated: what ``annotate`` or ``cl.load`` returns.
        rare: the words that fewer clippings use become ``<rare>``, so that all sums stay; 1 folds none.

    Raises:
        ValueError: ``rare`` is less than 1.
        TypeError: the corpus holds verdicts of coders.

    References:
        Organisciak, P., Capitanu, B., Underwood, T. and Downie, J. S. (2017). Access to billions of pages for
        large-scale text analysis. iConference 2017 Proceedings.

    >>> import clippings as cl
    >>> found = features(cl.Corpus(cl.parse("We wait, and wait.", path="a.txt", layout="plain")).annotate())
    >>> found.words[["section", "word", "count"]].values.tolist()
    [['body', 'and', 1], ['body', 'wait', 2], ['body', 'we', 1]]
    """
    arguments.whole("rare", rare, 1)
    refuse_review(annotated, "features would count what coders rejected")
    rows = [row for page in annotated for row in _words(page.clipping)]
    types = {"id": "str", "item": "int64", "section": "str", "word": "str", "count": "int64"}
    words = _folded(pd.DataFrame(rows, columns=list(types)).astype(types), rare)
    found = annotated.clippings[[*KEY, *_FACTS]].reset_index(drop=True)
    for column in [name for name in found.columns if found[name].dtype == "str"]:
        found[column] = found[column].map(sound, na_action="ignore").astype("str")
    sizes = words.groupby(KEY)["count"].sum().rename("words").reset_index()
    found = found.merge(sizes, how="left", on=KEY).fillna({"words": 0}).astype({"words": "int64"})
    counted = {name: _counts(annotated, name) for name in _COUNTED if name in annotated.layers}
    return Features(words, found, **counted)


def read_features(path: str | os.PathLike[str]) -> Features:
    """Return the features that a folder holds, as ``cl.interchange.write(..., format="features")`` wrote it.

    Args:
        path: the folder.

    Raises:
        FormatError: it is not such a folder, or a file is missing or not the one that was written.

    >>> import clippings as cl, tempfile
    >>> annotated = cl.Corpus(cl.parse("We wait, and wait.", path="a.txt", layout="plain")).annotate()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = cl.interchange.write(annotated, f"{folder}/shared", format="features")
    ...     int(read_features(made).words["count"].sum())
    4
    """
    arguments.path("path", path, "give the folder to read")
    folder = Path(path)
    try:
        about: Any = json.loads((folder / MARK).read_bytes())
        files = dict(about["files"])
        version = about["version"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise FormatError(f"{path}: holds no readable {MARK}; give a folder written as features") from error
    if version != VERSION:
        raise FormatError(f"{path}: is of version {version!r}, and this library reads {VERSION}")
    names = [one.name for one in fields(Features)]
    if not {"words", "clippings"} <= set(files) <= set(names):
        raise FormatError(f"{path}: {MARK} names {', '.join(map(str, files)) or 'no files'}; write the folder again")
    return Features(**{name: _frame(folder / f"{name}.parquet", digest) for name, digest in files.items()})


def write(annotated: AnnotatedCorpus) -> Iterator[tuple[str, bytes]]:
    """Yield the frames as Parquet, and what they are with the hash of each file."""
    found = features(annotated)
    held = {one.name: getattr(found, one.name) for one in fields(Features)}
    made = {name: _encoded(frame) for name, frame in held.items() if frame is not None}
    for name, data in made.items():
        yield f"{name}.parquet", data
    files = {name: hashlib.sha256(data).hexdigest() for name, data in made.items()}
    about = {"format": "features of clippings", "version": VERSION, "made_by": release.VERSION, "files": files}
    yield MARK, (json.dumps(about, indent=1) + "\n").encode()


def _words(clipping: Clipping) -> Iterator[tuple[str, int, str, str, int]]:
    sections = {HEAD: _head(clipping), BODY: [clipping.body.of(clipping.text)]}
    for section, texts in sections.items():
        for word, count in sorted(count_words(texts).items()):
            yield sound(clipping.id), clipping.item, section, word, count


def _head(clipping: Clipping) -> list[str]:
    """What the page prints as fields outside the body; a stretch that is two fields counts once."""
    spans = {(field.span.start, field.span.end) for field in clipping.fields.values() if field.span}
    body, texts, end = clipping.body, [], 0
    for start, stop in sorted(spans):
        if stop <= body.start or start >= body.end:
            texts.append(clipping.text[max(start, end) : stop])
            end = max(end, stop)
    return texts


def _folded(words: pd.DataFrame, rare: int) -> pd.DataFrame:
    users = Counter(words[[*KEY, "word"]].drop_duplicates()["word"])
    few = {word for word, clippings in users.items() if clippings < rare}
    if not few:
        return words
    folded = words.assign(word=words["word"].where(~words["word"].isin(few), RARE))
    return folded.groupby([*KEY, "section", "word"], sort=False)["count"].sum().reset_index()


def _counts(annotated: AnnotatedCorpus, name: str) -> pd.DataFrame:
    """Count what a layer found in each clipping, sorted so that its order in the text is lost."""
    frame: pd.DataFrame = getattr(annotated, name)
    columns = [*KEY, *_COUNTED[name]]
    counted = frame.groupby(columns, dropna=False, sort=False).size().rename("count").reset_index()
    counted["id"] = counted["id"].map(sound).astype("str")
    return counted.sort_values(columns, ignore_index=True).astype({"count": "int64"})


def _encoded(frame: pd.DataFrame) -> bytes:
    sink = io.BytesIO()
    frame.to_parquet(sink, index=False, compression="zstd")
    return sink.getvalue()


def _frame(path: Path, digest: str) -> pd.DataFrame:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FormatError(f"{path}: is missing; copy the whole folder again") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise FormatError(f"{path}: is not the file that was written; copy the whole folder again")
    return pd.read_parquet(io.BytesIO(data))
