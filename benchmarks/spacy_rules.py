"""Read the files of a folder and write sentences and entities as Parquet, by the rules of spaCy.

Usage: spacy_rules.py FORMS FOLDER OUTPUT

FORMS is a file with one form a line.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import spacy


def main() -> None:
    """Write both tables."""
    forms, folder, output = map(Path, sys.argv[1:])
    rules = pipeline(forms.read_text("utf-8").splitlines())
    paths = sorted(folder.iterdir())
    sentences, entities = [], []
    for path, doc in zip(paths, rules.pipe(path.read_text("utf-8") for path in paths), strict=True):
        sentences += [(path.name, span.start_char, span.end_char, span.text) for span in doc.sents]
        entities += [(path.name, span.start_char, span.end_char, span.text) for span in doc.ents]
    output.mkdir()
    for name, rows in {"sentences": sentences, "entities": entities}.items():
        frame = pd.DataFrame(rows, columns=["id", "start", "end", "text"])
        frame.to_parquet(output / f"{name}.parquet", compression="zstd")


def pipeline(forms: list[str]) -> spacy.language.Language:
    """Return the pipeline: sentences by their marks, and entities by the forms, in any case."""
    rules = spacy.blank("en")
    rules.add_pipe("sentencizer")
    ruler = rules.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "FORM", "pattern": form} for form in forms])
    return rules


if __name__ == "__main__":
    main()
