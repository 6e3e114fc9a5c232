"""Codebooks: the written rules of a coding, as data files with a name, a version and a hash.

A codebook is a folder: ``codebook.yaml`` (name, version, spellings), ``themes.yaml``, ``actors.csv`` (gazetteer),
``cues.yaml`` (verbs that report speech), ``confusions.yaml`` (words printed one for another) and, where names are
ambiguous, ``contexts.yaml`` (what the words around them decide).
"""

from clippings.codebook.book import Codebook, example_line, find_faults
from clippings.codebook.faults import CodebookError, Fault, nearest
from clippings.codebook.rules import Rule
from clippings.codebook.schema import Actor, Confusion, Context, Cues, Indicator, Theme, Verb
from clippings.codebook.sources import FILES, OPTIONAL, create

__all__ = [
    "FILES",
    "OPTIONAL",
    "Actor",
    "Codebook",
    "CodebookError",
    "Confusion",
    "Context",
    "Cues",
    "Fault",
    "Indicator",
    "Rule",
    "Theme",
    "Verb",
    "create",
    "example_line",
    "find_faults",
    "nearest",
]
