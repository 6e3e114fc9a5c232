"""Verdicts on a text that changed: each annotation is found again for sure, or is an orphan with the reason."""

import msgspec
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.review import _anchors
from clippings.review._anchors import Anchor, PlaceError

FIRST = '"We wait for the bridge," said Anna Petrova in Minsk. The talks went on.'
SECOND = 'Ivan Orlov told reporters near the port: "Nobody knows when it will open." He left.'
THIRD = "«Мы ждём и ждём», said Олег Зуев 🙂 of the Brest Institute on Tuesday."
PAGE = "\n\n".join([FIRST, SECOND, THIRD])
TWICE = "\n\n".join(
    [
        'Anna Petrova came to Minsk early. "We wait for the bridge to open," Petrova said. Then she left.',
        'Ivan Orlov came to Brest later. "We wait for the bridge to open," Orlov said. Then he slept.',
    ]
)


def annotate(text: str, path: str = "page.txt") -> cl.AnnotatedCorpus:
    return cl.Corpus(cl.parse(text, path=path, layout="plain")).annotate()


def again(before: str, after: str, tmp_path, *, verdict="accept", rows=slice(None), after_path="page.txt", **cells):
    """The page after a change, with the verdicts on it as it was before."""
    written = cl.review.write(annotate(before), tmp_path / "review.csv").astype(object).iloc[rows]
    written.assign(verdict=verdict, **cells).to_csv(tmp_path / "done.csv", index=False)
    return cl.review.read(tmp_path / "done.csv", annotate(after, after_path), coder="Jo")


def placed(curated):
    frame = curated.quotes
    return frame.loc[frame["status"] != "unreviewed", "text"].tolist()


EDITS = {
    "a paragraph before": f"Nothing was new.\n\n{PAGE}",
    "an emoji and Cyrillic before": f"🙂🙂 Всё тихо 🙂.\n\n{PAGE}",
    "a paragraph between": "\n\n".join([FIRST, "A line of another hand.", SECOND, THIRD]),
    "paragraphs in another order": "\n\n".join([THIRD, FIRST, SECOND]),
    "a paragraph at the end": f"{PAGE}\n\nThe end.",
    "other line ends": PAGE.replace("\n", "\r\n"),
    "wrapped lines": PAGE.replace(" the ", "\nthe "),
    "typographic marks": PAGE.replace('"We', "“We").replace(',"', ",”").replace('"N', "„N").replace('."', ".“"),
    "a sentence gone that is not of it": PAGE.replace(" The talks went on.", ""),
}


def test_corrected_bounds_are_of_the_page_that_was_seen(tmp_path):
    """Also where the annotation stands as before, and the words behind it are others now."""
    other, far, end = FIRST.replace("went on", "stopped"), FIRST.index(" on."), FIRST.index(" in Minsk")
    curated = again(FIRST, other, tmp_path, verdict="change", corrected_end=str(far))
    assert "reach further than is known of the former text" in curated.orphans["reason"].item()
    (tmp_path / "review.csv").unlink()
    curated = again(FIRST, f"{FIRST} Then.", tmp_path, verdict="change", corrected_end=str(end))
    assert curated.quotes["text"].tolist() == [FIRST[:end]]


@pytest.mark.parametrize("after", EDITS.values(), ids=EDITS)
def test_an_annotation_is_found_again(after, tmp_path):
    before = annotate(PAGE).quotes
    curated = again(PAGE, after, tmp_path)
    assert curated.orphans.empty
    assert len(placed(curated)) == len(before)
    fold = lambda words: _anchors.folded(words).text  # noqa: E731
    assert sorted(map(fold, placed(curated))) == sorted(map(fold, before["text"]))
    assert set(curated.quotes["status"]) <= {"accepted", "changed", "unreviewed"}


GONE = {
    "its sentence is gone": (PAGE.replace(FIRST, "The talks went on."), "not on the page any more"),
    "a word of it is another": (PAGE.replace("bridge", "tunnel"), "not on the page any more"),
    "it stands twice now": (f"{PAGE}\n\n{PAGE}", "at 2 places"),
}


@pytest.mark.parametrize(("after", "reason"), GONE.values(), ids=GONE)
@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_what_cannot_be_placed_is_an_orphan_with_its_reason(after, reason, verdict, tmp_path):
    curated = again(PAGE, after, tmp_path, rows=slice(0, 1), verdict=verdict)
    assert set(curated.quotes["status"]) == {"unreviewed"}
    (orphan,) = curated.orphans.to_dict("records")
    assert reason in orphan["reason"]
    assert (orphan["text"], orphan["verdict"], orphan["coder"]) == ('"We wait for the bridge,"', verdict, "Jo")
    assert "CLP807" in [note.code for note in curated.notes]
    assert curated.coders == ("Jo",)


@pytest.mark.parametrize("row", [0, 1])
def test_a_verdict_never_moves_to_a_lookalike(row, tmp_path):
    paragraphs = TWICE.split("\n\n")
    after = paragraphs[1 - row]
    curated = again(TWICE, after, tmp_path, rows=slice(row, row + 1))
    assert set(curated.quotes["status"]) == {"unreviewed"}
    assert "what stood before or behind them is not" in curated.orphans["reason"].item()


@pytest.mark.parametrize("row", [0, 1])
def test_duplicates_are_told_apart_by_what_stands_around_them(row, tmp_path):
    curated = again(TWICE, f"New.\n\n{TWICE}", tmp_path, rows=slice(row, row + 1))
    assert curated.quotes["status"].tolist() == ["accepted" if at == row else "unreviewed" for at in range(2)]


def test_duplicates_with_much_alike_around_them_are_told_apart(tmp_path):
    same = 'He came to Minsk with all of his long train of ministers and clerks. "We wait," Orlov said. Then all left.'
    before = f"Ivan Orlov is here.\n\n{same}\n\nThe sun shone.\n\n{same}\n\nNight fell."
    curated = again(before, f"New.\n\n{before}", tmp_path, rows=slice(0, 1))
    assert curated.quotes["status"].tolist() == ["accepted", "unreviewed"]
    one_left = f"Ivan Orlov is here.\n\nThe sun shone.\n\n{same}\n\nNight fell."
    curated = again(before, one_left, _fresh(tmp_path), rows=slice(0, 1))
    assert set(curated.quotes["status"]) == {"unreviewed"}
    assert len(curated.orphans) == 1


def _fresh(tmp_path):
    folder = tmp_path / "again"
    folder.mkdir()
    return folder


def test_a_page_that_repeats_itself_places_nothing(tmp_path):
    line = '"We wait," said Anna Petrova. '
    curated = again(line * 80, line * 79, tmp_path, rows=slice(40, 41))
    assert len(curated.orphans) == 1


def test_a_page_under_another_name_is_known_by_its_text(tmp_path):
    curated = again(PAGE, PAGE, tmp_path, after_path="renamed.txt")
    assert set(curated.quotes["status"]) == {"accepted"}
    curated = again(PAGE, PAGE + " More.", _fresh(tmp_path), after_path="renamed.txt")
    assert set(curated.orphans["reason"]) == {"no clipping has the id 'page' and item 0"}


def test_corrected_bounds_move_with_the_words(tmp_path):
    cells = {"corrected_start": 1, "corrected_end": 24}
    curated = again(PAGE, f"New 🙂.\n\n{PAGE}", tmp_path, verdict="change", rows=slice(0, 1), **cells)
    assert placed(curated) == ["We wait for the bridge,"]
    cells = {"corrected_start": 1, "corrected_end": 200}
    curated = again(PAGE, f"New.\n\n{PAGE}", _fresh(tmp_path), verdict="change", rows=slice(0, 1), **cells)
    assert "reach further" in curated.orphans["reason"].item()


def test_a_source_moves_with_its_quotation(tmp_path):
    curated = again(PAGE, f"New 🙂.\n\n{PAGE}", tmp_path)
    assert set(curated.quotes["status"]) == {"accepted"}


# What is right where the library finds something else in the same text.


def quotes(annotated, **changes):
    """The annotations of another version of the library, with other values in the first quotation."""
    page = annotated[0]
    first, *rest = page.found["quotes"]
    made = msgspec.structs.replace(first, **changes) if changes else None
    found = {**page.found, "quotes": tuple([made] * (made is not None) + rest)}
    return cl.AnnotatedCorpus([cl.Annotated(page.clipping, page.codebook, found)], annotated.corpus)


CASES = [
    ("accept", {}, {"speaker": "Vera Lis"}, "changed", "Anna Petrova"),
    ("accept", {}, {"end": 24}, "changed", "Anna Petrova"),
    ("change", {"corrected_speaker": "Vera Lis"}, {"speaker": "Vera Lis"}, "accepted", "Vera Lis"),
    ("change", {"corrected_speaker": "Vera Lis"}, {"speaker": "Jan Kos"}, "changed", "Vera Lis"),
    ("reject", {}, {"speaker": "Vera Lis"}, "unreviewed", "Vera Lis"),
    ("reject", {}, {"role": "head"}, "rejected", "Anna Petrova"),
]


@pytest.mark.parametrize(("verdict", "cells", "changes", "status", "speaker"), CASES)
def test_a_verdict_holds_for_what_the_coder_saw(verdict, cells, changes, status, speaker, tmp_path):
    annotated = annotate(PAGE)
    rows = cl.review.write(annotated, tmp_path / "review.csv").astype(object).iloc[:1]
    rows.assign(verdict=verdict, **cells).to_csv(tmp_path / "done.csv", index=False)
    curated = cl.review.read(tmp_path / "done.csv", quotes(annotated, **changes), coder="Jo")
    assert curated.quotes.loc[0, ["status", "speaker"]].tolist() == [status, speaker]
    assert [note.code for note in curated.notes if note.code == "CLP809"] == ["CLP809"] * (status == "unreviewed")


def test_what_the_library_lost_is_added_and_a_rejection_of_it_is_told(tmp_path):
    annotated = annotate(PAGE)
    rows = cl.review.write(annotated, tmp_path / "review.csv").astype(object).iloc[:1]
    statuses = []
    for verdict in ("accept", "reject"):
        rows.assign(verdict=verdict).to_csv(tmp_path / "done.csv", index=False)
        curated = cl.review.read(tmp_path / "done.csv", quotes(annotated), coder="Jo")
        statuses.append(curated.quotes["status"].tolist()[:1])
    assert statuses == [["added"], ["unreviewed"]]
    assert "CLP810" in [note.code for note in curated.notes]


# The anchors themselves.


@pytest.mark.parametrize(
    ("text", "anchor", "place"),
    [
        ("Minsk waits.", Anchor("Minsk", "", "waits", True), (0, 5)),
        ("Now Minsk  waits.", Anchor("Minsk", "Now", "waits."), (4, 9)),
        ("a “b” c", Anchor('"b"', "a", "c"), (2, 5)),
        ("a ''b'' c", Anchor('"b"', "a", "c"), (2, 7)),
        ("He said … no", Anchor("no", "said ...", ""), (10, 12)),
        ("one 🙂 two", Anchor("two", "🙂", ""), (6, 9)),
    ],
)
def test_words_are_placed(text, anchor, place):
    assert _anchors.placed(text, anchor) == place


@pytest.mark.parametrize(
    ("text", "anchor", "reason"),
    [
        ("Minsk waits.", Anchor("Brest", "", "waits"), "not on the page"),
        ("Minsk waits. Minsk waits.", Anchor("Minsk", "", "waits"), "2 places"),
        ("Minsk waits.", Anchor("Minsk", "In", "slept"), "what stood before or behind"),
        ("Minsk waits.", Anchor("Minsk"), "what stood before or behind"),
        ("Minsk waits.", Anchor("  ", "", "Minsk"), "not on the page"),
    ],
)
def test_words_that_are_not_sure_are_not_placed(text, anchor, reason):
    with pytest.raises(PlaceError, match=reason):
        _anchors.placed(text, anchor)


def test_one_side_is_enough_for_words_that_stood_once_and_no_less_than_its_length():
    behind = "x" * _anchors.ONE_SIDE
    assert _anchors.placed(f"new Minsk {behind}", Anchor("Minsk", "old", behind, True)) == (4, 9)
    for anchor in (Anchor("Minsk", "old", behind[1:], True), Anchor("Minsk", "old", behind, False)):
        with pytest.raises(PlaceError):
            _anchors.placed(f"new Minsk {behind}", anchor)


def test_what_stands_around_grows_until_it_tells_two_places_apart():
    same = "x" * 100
    text = f"1{same}Minsk{same}2{same}Minsk{same}3"
    anchor = _anchors.made(text, text.index("Minsk"), text.index("Minsk") + 5)
    assert len(anchor.prefix) > _anchors.CONTEXT
    assert _anchors.placed(f"new {text}", anchor)[0] == text.index("Minsk") + 4
    far = "x" * (_anchors.LONGEST_CONTEXT + 10)
    text = f"1{far}Minsk{far}2{far}Minsk{far}3"
    assert _anchors.made(text, text.index("Minsk"), text.index("Minsk") + 5)[1:3] == ("", "")


PIECES = st.sampled_from(["Minsk waits. ", "We go. ", "«Мост» 🙂 ", "He said so. ", '"No," he said. ', "\n\n"])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12), st.data())
def test_a_placed_anchor_has_its_words_and_its_surroundings(pieces, data):
    text = "".join(pieces)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    anchor = _anchors.made(text, start, end)
    cut = data.draw(st.integers(0, len(pieces)))
    after = "".join([*pieces[:cut], data.draw(PIECES), *pieces[cut:]])
    try:
        place = _anchors.placed(after, anchor)
    except PlaceError:
        return
    assert _anchors.same(after[slice(*place)], text[start:end])
    assert _anchors._supported(after, anchor) in ([], [place])


def test_a_frame_with_places_of_another_text_is_anchored_or_orphaned():
    annotated = annotate(f"New 🙂.\n\n{TWICE}")
    row = {"id": "page", "item": 0, "layer": "quotes", "start": 34, "end": 67, "exact": TWICE[34:67]}
    around = {"prefix": TWICE[2:34], "suffix": TWICE[67:99]}
    assert cl.review.from_frame(pd.DataFrame([row | around]), annotated, coder="Jo", pages=[]).quotes[
        "status"
    ].tolist() == ["accepted", "unreviewed"]
    assert len(cl.review.from_frame(pd.DataFrame([row]), annotated, coder="Jo", pages=[]).orphans) == 1
