"""Outlets by name and by address: the table ``outlets.csv``.

Its columns: ``outlet`` (name), ``forms`` (other spellings) and ``domains`` it publishes under, both split by ``|``, and
``evidence``: pages of the catalogue and addresses that show the name or the domain, or the gazetteer of the codebook.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Mapping
from importlib.resources import files

from clippings.page import _addresses as addresses

_WITH_ARTICLE = re.compile(
    r"(?i:de|el|la|le|les|los|las|il|die|der|das) [A-Z][\w'’-]{2,}(?: (?i:d[aeiou]|des|del|della?) [A-Z][\w'’-]+)?"
)


def is_listed(name: str) -> bool:
    """Tell whether a name is that of an outlet of the table, in any spelling.

    >>> is_listed("Itar-Tass"), is_listed("Minsk")
    (True, False)
    """
    return name.casefold() in _names()


def is_name_of_paper(text: str) -> bool:
    """Tell whether words have the shape of an outlet's name: an article, or letters that other words begin with.

    >>> is_name_of_paper("Die Welt"), is_name_of_paper("bne - Business New Europe"), is_name_of_paper("Jan Novak")
    (True, True, False)
    """
    if _WITH_ARTICLE.fullmatch(text):
        return True
    short, _, long = text.partition(" - ")
    return len(short) > 1 and [*short.lower()] == [word[0].lower() for word in long.split()]


def of_host(host: str) -> str:
    """Return the outlet that publishes under a host; where the table has none, the domain itself.

    A host without an entry is looked up under the domain above it, down to the registered one.

    >>> of_host("en.rian.ru"), of_host("www.harborgazette.example")
    ('RIA Novosti', 'harborgazette.example')
    """
    registered, domain = addresses.registered(host), host.lower()
    while domain != registered and domain not in _domains():
        domain = domain.partition(".")[2]
    return _domains().get(domain, registered)


@functools.cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(files(__package__).joinpath("outlets.csv").read_text("utf-8").splitlines()))


@functools.cache
def _names() -> frozenset[str]:
    return frozenset(name.casefold() for row in _rows() for name in (row["outlet"], *row["forms"].split("|")) if name)


@functools.cache
def _domains() -> Mapping[str, str]:
    return {domain: row["outlet"] for row in _rows() for domain in row["domains"].split("|") if domain}
