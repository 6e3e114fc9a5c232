"""Words that tell the lines of a page apart: the data of ``words.yaml``."""

from __future__ import annotations

from importlib import resources

import msgspec


class _Words(msgspec.Struct):
    outlets: list[str]
    rubrics: list[str]
    sections: list[str]
    jobs: list[str]
    headings: list[str]
    nations: list[str]
    documents: list[str]
    portals: list[str]
    issuers: list[str]
    mottos: list[str]
    between: list[str]
    labels: dict[str, list[str]]
    sources: list[str]
    done: list[str]
    places: list[str]
    site: list[str]


WORDS = msgspec.yaml.decode(resources.files(__package__).joinpath("words.yaml").read_bytes(), type=_Words)
OUTLET_WORDS, RUBRICS, JOB_WORDS = frozenset(WORDS.outlets), frozenset(WORDS.rubrics), frozenset(WORDS.jobs)
