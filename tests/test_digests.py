"""Several items on one page: each a clipping with a body of its own, signed or not."""

import pytest

import clippings as cl
from clippings import places
from clippings.layers.registry import annotate
from clippings.text import scanning

CODEBOOK = cl.Codebook.load("security")
GAS = "BELARUS TO BUY GAS FROM RUSSIA. Minsk will buy gas, an official said on June 19."
TALKS = "UKRAINE SETS NEW DATE FOR TALKS. Kiev will hold talks in July."
WINE = "MOLDOVA'S WINE FAIR POSTPONED AGAIN. Chisinau will wait."
DIGESTS = {
    "initials behind": ([f"{GAS} AM", f"{TALKS} JM", f"{WINE} AM"], [GAS, TALKS, WINE]),
    "initials below": ([GAS, "AM", TALKS, "JM"], [GAS, TALKS]),
    "initials in brackets": ([f"{GAS} (AM)", f"{TALKS} (JM)"], [GAS, TALKS]),
    "two authors": ([f"{GAS} AM/JM", f"{TALKS} JM"], [GAS, TALKS]),
    "no initials": ([GAS, TALKS], [GAS, TALKS]),
    "two paragraphs": ([GAS, "More on that.", "AM", f"{TALKS} JM"], [f"{GAS}\n\nMore on that.", TALKS]),
    "an abbreviation": (
        ["U.S. SAYS TALKS WITH MINSK FAILED. They did. AM", f"{TALKS} JM"],
        ["U.S. SAYS TALKS WITH MINSK FAILED. They did.", TALKS],
    ),
    "a question": (
        ["WILL THE TWO STATES MERGE THIS YEAR? They may. JM", TALKS],
        ["WILL THE TWO STATES MERGE THIS YEAR? They may.", TALKS],
    ),
    "dots": (
        ["MINSK CRITICIZES MOSCOW... It did so twice. JM", "...AND THEN PRAISES IT. It did. JM"],
        ["MINSK CRITICIZES MOSCOW... It did so twice.", "...AND THEN PRAISES IT. It did."],
    ),
    "headlines above": (
        ["BELARUS TO BUY GAS FROM RUSSIA", "Minsk will. AM", "UKRAINE SETS NEW DATE", "Kiev will. JM"],
        ["BELARUS TO BUY GAS FROM RUSSIA\n\nMinsk will.", "UKRAINE SETS NEW DATE\n\nKiev will."],
    ),
}
ONE_TEXT = {
    "one headline": [GAS, "Nobody was surprised."],
    "headings": ["THE PRICE OF GAS", "It rose again.", "WHAT COMES NEXT", "Nobody knows."],
    "a slogan": ["NATO TO EXPAND. So it says.", "Others say it will not."],
}


def page(lines: list[str]) -> list[cl.Clipping]:
    head = ["BELARUS NEWS AND ANALYSIS", "DATE:", "02/11/2007", "Newsline: region", "Eastern Monitor"]
    return cl.parse("\n\n".join([*head, *lines, "Source:", "http://www.example.org/a", "Google"]))


@pytest.mark.parametrize("name", DIGESTS)
def test_each_item_is_a_clipping(name):
    lines, bodies = DIGESTS[name]
    found = page(lines)
    assert [item.body.of(item.text) for item in found] == bodies
    assert [item.item for item in found] == list(range(len(bodies)))
    assert {item.publisher for item in found} == {"Eastern Monitor"}
    assert found[0].render() == found[0].text
    assert len({id(item.blocks) for item in found}) == 1


@pytest.mark.parametrize("name", ONE_TEXT)
def test_capitals_alone_make_no_digest(name):
    (clipping,) = page(ONE_TEXT[name])
    assert clipping.body.of(clipping.text) == "\n\n".join(ONE_TEXT[name])


@pytest.mark.parametrize("count", [2, 200])
def test_an_item_is_read_alone_however_many_stand_beside_it(count):
    items = page([f"{GAS} AM", f"{TALKS} JM"] * (count // 2))
    assert len(items) == count
    scanned = [scanning.in_clipping(item, CODEBOOK) for item in items[:2]]
    assert [[hit.form.text for hit in hits if hit.form.kind != "term"] for hits in scanned] == [
        ["Belarus", "Russia", "Minsk"],
        ["Ukraine", "Kiev"],
    ]
    whole = CODEBOOK.scan(items[0].text)
    for item, hits in zip(items, scanned, strict=False):
        assert hits == [hit for hit in whole if item.body.start <= hit.start and hit.end <= item.body.end]


@pytest.mark.parametrize(("last", "named"), [("A missile waits.", ["Trident"]), ("A truck waits.", [])])
def test_words_elsewhere_on_the_page_count_for_each_item(last, named):
    items = page([f"{WINE} AM", "THE TRIDENT IS SHOWN AGAIN. It waits. JM", f"SO DOES SOMETHING ELSE. {last}"])
    found = [[mention.id for mention in annotate(item, CODEBOOK).mentions] for item in items]
    assert found == [["MD", "MD"], named, []]


def test_the_lines_of_a_page_are_counted_once_for_all_its_items():
    record = "Document 1 of 9\n\nTalks begin\n\nPublication info: Minsk News ; 2 Nov 2007\n\nThey met.\n\n____\n\n"
    places._line_starts.cache_clear()
    found = cl.parse(record * 20)
    told = [diagnostic for item in found for diagnostic in item.diagnostics]
    assert len(found) == 20
    assert len({diagnostic.line for diagnostic in told}) >= 20
    # Counted again for each diagnostic, an export of 10 MB takes hours.
    assert places._line_starts.cache_info().misses == 1


@pytest.mark.parametrize(("offset", "place"), [(0, (1, 1)), (2, (1, 3)), (5, (2, 1)), (6, (3, 1)), (7, (4, 1))])
def test_each_form_of_line_end_counts_once(offset, place):
    assert places.position("one\r\n\n\rx", offset) == place
