"""Source addresses are kept as printed, and an odd or cut one is told with its place."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.page import _addresses as addresses

ROOT = Path(__file__).resolve().parent.parent
LEAD = "Talks began in the capital on Tuesday, where both sides were said to be close to an agreement."
# address -> words of the message, the column told
ODD = {
    "www.example.org/a": ("no scheme", 1),
    "example.org/a/b.html": ("no scheme", 1),
    "hxxp://example.org/x": ("'hxxp:' is no scheme", 1),
    "http//www.example.org/x": ("'http//' is no scheme", 1),
    "http:/www.example.org/x": ("'http:' is no scheme", 1),
    "http://www.example.org/a b.html": ("a blank", 25),
    "http:// www.example.org/x": ("a blank", 8),
    "http://www.example.org/x...": ("it is cut", 25),
    "http://www.example.org/x…": ("it is cut", 25),
    "http://www.example.org/x%2": ("cut within a code", 25),
    "http://www.exam": ("no whole host", 8),
    "http://www": ("no whole host", 8),
    "http://": ("nothing stands behind", 1),
    "http:/": ("nothing stands behind", 1),
    "htt": ("nothing stands behind", 1),
    "http://www.example.org/x.": ("'.' stands behind it", 25),
    "http://www.example.org/x,": ("',' stands behind it", 25),
    "http://www.example.org/x)": ("no partner", 25),
    "http://www.example.org/?id={1}": ("'{' has no place", 28),
    "<http://www.example.org/x>": ("'<' has no place", 1),
    "RIA Novosti": ("it is no address", 1),
}
SOUND = [
    "http://www.example.org",
    "https://example.org/",
    "http://www.example.org:8080/a",
    "http://www.example.org/a_(b)/c,d;e!f",
    "http://www.example.org/a?id=1&&b=%3f#c",
    "http://news.example.co.uk/article/0,,11069-1579655,00.html",
    "http://10.0.0.1/x",
    "ftp://example.org/x",
]


def page(*lines: str) -> cl.Clipping:
    return cl.parse("\n\n".join(["BELARUS NEWS AND ANALYSIS", "DATE:", "02/11/2007", "Talks begin", LEAD, *lines]))[0]


def told(clipping: cl.Clipping) -> list[tuple[str, int, int]]:
    return [(one.code, one.line, one.column) for one in clipping.diagnostics if one.code != "CLP217"]


@pytest.mark.parametrize("address", ODD)
def test_an_odd_address_is_kept_and_told(address):
    words, column = ODD[address]
    clipping = page("Source:", address, "Google")
    (one,) = (one for one in clipping.diagnostics if one.code != "CLP217")
    assert (one.code, one.severity, one.line, one.column) == ("CLP208", "warning", 13, column)
    assert repr(address) in one.message
    assert words in one.message
    assert clipping.value("source_url") == address
    assert clipping.body.of(clipping.text) == LEAD


@pytest.mark.parametrize("address", SOUND)
def test_a_sound_address_is_not_told(address):
    clipping = page("Source:", address, "Google")
    assert told(clipping) == []
    assert clipping.value("source_url") == address


@pytest.mark.parametrize("address", [address for address in [*ODD, *SOUND] if addresses.is_address(address)])
def test_an_address_without_its_label_is_no_body(address):
    clipping = page(address, "Google")
    assert clipping.value("source_url") == address
    assert clipping.body.of(clipping.text) == LEAD


@pytest.mark.parametrize("label", ["Source: ", "SOURCE:", "Source : "])
def test_the_address_on_the_line_of_its_label(label):
    clipping = page(f"{label}http://www.example.org/x")
    field = clipping.fields["source_url"]
    assert field.value == field.span.of(clipping.text) == "http://www.example.org/x"
    assert told(clipping) == []


@pytest.mark.parametrize("label", ["Source:", "source", "Sourc", "Sou"])
def test_a_label_without_an_address_whole_or_cut(label):
    clipping = page(label)
    assert told(clipping) == [("CLP206", 11, 1)]
    assert clipping.value("source_url") is None
    assert clipping.body.of(clipping.text) == LEAD


@pytest.mark.parametrize(
    "line", ["Minsk was quiet.", "http: what a word", "See http://www.example.org/a for more.", "a/b"]
)
def test_other_lines_are_no_addresses(line):
    assert not addresses.is_address(line)


def test_no_address_of_the_zoo_or_the_catalogue_is_told_but_those_with_braces():
    zoo = [json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "tests/zoo").glob("*.json"))]
    rows = csv.DictReader((ROOT / "data/catalogue/clippings.csv").read_text("utf-8").splitlines())
    printed = [one["fields"]["source_url"] for one in zoo] + [row["source_url"] for row in rows]
    odd = {address for address in printed if address and addresses.oddity(address)}
    assert odd == {address for address in printed if address and "{" in address}
    assert len(odd) == 2


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.text() | st.text(st.sampled_from("htpxs:/.w%2{}() a"), max_size=30))
def test_any_text_is_judged(text):
    odd = addresses.oddity(text)
    assert odd is None or (0 <= odd.at <= len(text) and odd.reason)
    place = addresses.host(text)
    assert place is None or text[slice(*place)]
