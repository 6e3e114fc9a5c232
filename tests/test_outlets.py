"""The outlet of a page: printed, else the agency of its dateline, else that of its source address, and always why."""

import csv
import itertools
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import clippings as cl
from clippings.page import _addresses as addresses
from clippings.page import _outlets as outlets

ROOT = Path(__file__).resolve().parent.parent
LEAD = "Talks began in the capital on Tuesday, where both sides were said to be close to an agreement."
SOURCE = ("Source:", "http://en.rian.ru/russia/20070426/64447949.html")


def page(*lines: str) -> cl.Clipping:
    return cl.parse("\n\n".join(["BELARUS NEWS AND ANALYSIS", "DATE:", "02/11/2007", "Talks begin", *lines]))[0]


def outlet(clipping: cl.Clipping) -> tuple[str, str, str] | None:
    """Return value, basis, and the words of the page it rests on."""
    field = clipping.fields.get("outlet")
    return field and (field.value, field.basis, field.span.of(clipping.text))


AGENCIES = {
    "MINSK, December 14 (RIA Novosti) - ": "RIA Novosti",
    "MINSK. May 29 (Interfax) - ": "Interfax",
    "TEHRAN (Fars News Agency)- ": "Fars News Agency",
    "MOSCOW, September 9 /ITAR-TASS/. ": "ITAR-TASS",
    "/ITAR-TASS/ ": "ITAR-TASS",
    "EUOBSERVER / BRUSSELS - ": "EUOBSERVER",
    "Interfax, MINSK - ": "Interfax",
    "(RTTNews) - ": "RTTNews",
    "Civil.Ge -- ": "Civil.Ge",
    "Nov. 15 (Bloomberg) -- ": "Bloomberg",
    "Minsk (dpa) - ": "dpa",
    "MINSK, November 2 (Itar-Tass correspondent Jan Novak) -- ": "Itar-Tass",
    "BREST (Belarus), November 2 (RIA Novosti) - ": "RIA Novosti",
    "ASTANA. November 2. KAZINFORM ": "KAZINFORM",
    "VILNIUS, Nov 02, BNS - ": "BNS",
}
NO_AGENCIES = ["MINSK, Belarus: ", "MOSCOW. ", "MINSK, November 3 - ", "OBUZ-LESNOVSKY RANGE (Brest Region) - ", ""]


@pytest.mark.parametrize(("dateline", "agency"), AGENCIES.items())
def test_the_agency_of_a_dateline(dateline, agency):
    clipping = page(dateline + LEAD, *SOURCE)
    assert outlet(clipping) == (agency, "dateline", agency)
    assert clipping.publisher is None


@pytest.mark.parametrize("dateline", NO_AGENCIES)
def test_a_dateline_without_agency_leaves_the_address(dateline):
    assert outlet(page(dateline + LEAD, *SOURCE)) == ("RIA Novosti", "domain", "en.rian.ru")
    assert outlet(page(dateline + LEAD)) is None


@pytest.mark.parametrize("rest", [(LEAD,), ("MINSK (Reuters) - " + LEAD,), (LEAD, *SOURCE)])
def test_what_is_printed_is_never_overwritten(rest):
    clipping = page("Gazeta.kz", *rest)
    assert outlet(clipping) == ("Gazeta.kz", "printed", "Gazeta.kz")
    assert clipping.fields["outlet"] == clipping.fields["publisher"]


ADDRESSES = {
    "http://www.rferl.org/a/1.html": "RFE/RL",
    "http://rferl.org": "RFE/RL",
    "http://news.bbc.co.uk/2/hi/1.stm": "BBC",
    "http://www.bbc.co.uk/x": "bbc.co.uk",
    "http://www.harborgazette.example/a": "harborgazette.example",
    "http://today.wireledger.example/a": "wireledger.example",
    "www.voanews.com/english/1.cfm": "VOA News",
    "http://www.hurriyet.com.tr/english/...": "Hurriyet",
    "http://WWW.Interfax.COM:8080/x": "Interfax",
}


@pytest.mark.parametrize(("address", "name"), ADDRESSES.items())
def test_the_outlet_of_an_address(address, name):
    value, basis, words = outlet(page(LEAD, "Source:", address))
    assert (value, basis) == (name, "domain")
    assert words in address


@pytest.mark.parametrize("address", ["http://", "http://www", "htt", "RIA Novosti"])
def test_an_address_without_a_host_names_no_outlet(address):
    assert outlet(page(LEAD, "Source:", address)) is None


def test_items_of_a_digest_share_their_outlet():
    text = "\n\n".join(["Newsline", "THE TALKS BEGIN TODAY. They met.", "A NEW FERRY SAILS. It left.", *SOURCE])
    assert [item.outlet for item in cl.parse(text)] == ["RIA Novosti"] * 2


def test_it_is_in_the_frame_the_record_and_the_page_shown():
    corpus = cl.Corpus([page("MINSK (Reuters) - " + LEAD), page("Gazeta.kz", LEAD), page(LEAD)])
    found = corpus.clippings[["publisher", "outlet", "outlet_basis"]].astype(object)
    assert found.where(found.notna(), None).to_numpy().tolist() == [
        [None, "Reuters", "dateline"],
        ["Gazeta.kz", "Gazeta.kz", "printed"],
        [None, None, None],
    ]
    shown = [clipping.show().html for clipping in corpus]
    assert "Reuters (from the dateline)" in shown[0]
    assert all("<dt>outlet</dt>" not in html for html in shown[1:])


def test_every_row_of_the_table_has_evidence():
    rows = list(csv.DictReader((ROOT / "src/clippings/page/outlets.csv").read_text("utf-8").splitlines()))
    catalogue = list(csv.DictReader((ROOT / "data/catalogue/clippings.csv").read_text("utf-8").splitlines()))
    pages = {row["id"]: row for row in catalogue}
    actors = (ROOT / "src/clippings/codebooks/security/actors.csv").read_text("utf-8").splitlines()
    media = {
        form for row in csv.DictReader(actors) if row["kind"] == "media" for form in row["surface_forms"].split("|")
    }
    for row in rows:
        evidence = row["evidence"].split("|")
        names = {row["outlet"], *row["forms"].split("|")}
        assert names & media if "gazetteer" in evidence else evidence != [""]
        shown = [pages[one]["source_url"] if one in pages else one for one in evidence]
        hosts = [f".{urlsplit(one).hostname}" for one in shown if "://" in one]
        assert all(any(host.endswith(f".{domain}") for host in hosts) for domain in row["domains"].split("|") if domain)
    domains = list(itertools.chain.from_iterable(row["domains"].split("|") for row in rows if row["domains"]))
    assert len(set(domains)) == len(domains)
    assert len({row["outlet"].casefold() for row in rows}) == len(rows)


def test_the_catalogue_agrees_where_it_took_the_outlet_from_the_address():
    rows = csv.DictReader((ROOT / "data/catalogue/clippings.csv").read_text("utf-8").splitlines())
    taken = [row for row in rows if row["publisher_basis"] == "source_url"]
    assert len(taken) == 13
    for row in taken:
        start, end = addresses.host(row["source_url"])
        assert outlets.of_host(row["source_url"][start:end]) == row["publisher"]
