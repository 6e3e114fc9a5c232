"""The commands ``fetch`` and ``verify``: what they print, their exit status, and that nothing else asks a network."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import clippings as cl
from clippings.cli import main
from clippings.comparing import anchors
from clippings.fetching import manifest, runs
from clippings.fetching.outside import Outside
from clippings.store import lock
from press_site import CONTACT, EXAMPLES, GATE, SITE, Reply, Site, catalogue, publish, running

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The site, as the world that the command asks."""
    with running() as one:
        publish(one)
        monkeypatch.setattr(runs, "Outside", one.outside)
        yield one


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with the small catalogue in ``catalogue``."""
    monkeypatch.chdir(tmp_path)
    catalogue(tmp_path / "catalogue")
    return tmp_path


FETCH = ["fetch", "catalogue/clippings.csv", "--to", "press", "--contact", CONTACT, "--archive", GATE]
VERIFY = ["verify", "press", "--catalogue", "catalogue"]


def test_fetch_verify_recompute(capsys):
    """What a reader does, from the catalogue to the sentence."""
    assert main(FETCH) == 0
    told = capsys.readouterr()
    assert told.err == "clippings: 4 pages: 4 fetched (2 live, 2 archive)\n"
    lines = told.out.splitlines()
    assert lines[0].split() == ["id", "state", "source", "captured", "days_off", "file", "from_or_why"]
    assert lines[1].split()[:3] == ["112031-1", "fetched", "live"]
    assert lines[4].endswith(f"{EXAMPLES[3].url} (the capture is 426 days from the day wanted)")
    assert lines[-1] == runs.RIGHTS

    assert main([*VERIFY, "--agreement"]) == 1
    told = capsys.readouterr()
    assert told.err == "clippings: 4 pages: 4 whole; 3 of 4 anchors found\n"
    assert '"If the treaty falls, everybody loses," Veras said.' in told.out
    assert "both, where they agree" in told.out

    assert main(["annotate", "press", "--format", "csv"]) == 0
    assert "Pavel Orlov" in capsys.readouterr().out


def test_the_library_beside_two_codings_is_what_one_computes_by_hand():
    main(FETCH)
    found = cl.verify("press", "catalogue", agreement=True).agreement
    themes = {page.clipping.id: set(page.document_themes) for page in cl.read("press").annotate(layers=["themes"])}
    for theme, at in (("alliances", 0), ("missile_defense", 1), ("treaty_questions", 2)):
        agreed = sum((one.codes[at] == "1") == (theme in themes[one.id]) for one in EXAMPLES)
        rows = found[found["theme"] == theme]
        assert (rows["pages"].tolist(), rows["agreed"].tolist()) == ([4, 4, 4], [agreed] * 3)
    table = found[found["theme"] == "treaty_questions"].iloc[0]
    coding = [(n, "library", int("treaty_questions" in themes[one.id])) for n, one in enumerate(EXAMPLES)]
    coding += [(n, "coder", int(one.codes[2])) for n, one in enumerate(EXAMPLES)]
    frame = cl.measures.alpha(pd.DataFrame(coding, columns=["unit", "coder", "value"]))
    assert table["alpha"] == frame["alpha"][0]


@pytest.mark.parametrize(("code", "pages", "agreed"), [("1", 4, 3), ("", 3, 3)], ids=["they differ", "not coded"])
def test_a_page_counts_where_it_is_coded_and_agrees_where_both_coders_do(here, code, pages, agreed):
    path = here / "catalogue" / "blind_pages.csv"
    coded = path.read_text("utf-8").replace("112031-2,whole,0,1,0,", f"112031-2,whole,{code},1,0,")
    path.write_text(coded, "utf-8")
    main(FETCH)
    found = cl.verify("press", "catalogue", agreement=True).agreement
    rows = found[found["theme"] == "alliances"].set_index("against")
    assert rows["pages"].tolist() == [3, 4, pages]
    assert rows["agreed"].tolist() == [3, 4, agreed]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("112031-1,whole,0,1,0,\n112031-2,whole,0,1,0,", "blind_pages: the id '112031-1' stands in two rows"),
        ("112031-2,whole,0,yes,0,", "blind_pages, id '112031-2': missile_defense is 'yes'; write 0 or 1"),
        ("112031-2,whole,2,1,0,", "blind_pages, id '112031-2': alliances is '2'; write 0 or 1"),
    ],
)
def test_codes_that_cannot_be_taken_are_told(row, told, here):
    path = here / "catalogue" / "blind_pages.csv"
    path.write_text(path.read_text("utf-8").replace("112031-2,whole,0,1,0,", row), "utf-8")
    main(FETCH)
    with pytest.raises(cl.ClippingsError, match=told):
        cl.verify("press", "catalogue", agreement=True)
    path.write_text(path.read_text("utf-8").replace("id,read", "page,read"), "utf-8")
    with pytest.raises(cl.ClippingsError, match="blind_pages: needs the column id"):
        cl.verify("press", "catalogue", agreement=True)


def test_a_failed_page_is_told_and_counts(site, capsys):
    site.routes[SITE + EXAMPLES[0].path] = Reply(404)
    assert main(FETCH) == 1
    told = capsys.readouterr()
    assert "live: answered 404; archive: not in the archive" in told.out
    assert told.err.endswith("4 pages: 3 fetched, 1 failed (1 live, 2 archive)\n")
    assert main([*VERIFY, "--format", "jsonl"]) == 1
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (first["state"], first["code"], first["anchors"], first["found"]) == ("missing", "CLP721", 2, 0)


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "txt"])
def test_a_report_is_written_as_its_suffix_says(here, capsys, suffix):
    assert main([*FETCH, "-o", f"report.{suffix}", "-q"]) == 0
    assert capsys.readouterr() == ("", "")
    report = (here / f"report.{suffix}").read_text("utf-8")
    assert report.startswith(
        {"csv": "id,state,source,", "jsonl": '{"id":"112031-1",', "txt": "id        state"}[suffix]
    )
    assert main([*VERIFY, "-o", f"pages.{suffix}"]) == 1
    assert "112031-4" in (here / f"pages.{suffix}").read_text("utf-8")


@pytest.mark.parametrize("frame", ["pages", "anchors", "agreement"])
def test_verify_writes_any_of_its_frames(capsys, frame):
    main(FETCH)
    capsys.readouterr()
    main([*VERIFY, "--format", "csv", "--frame", frame])
    head = {"pages": "id,state,file", "anchors": "id,speaker_no,target", "agreement": "theme,against,pages"}[frame]
    assert capsys.readouterr().out.startswith(head)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fetch", "catalogue/clippings.csv", "--to", "press"], "fetch needs --contact"),
        ([*FETCH[:4], "--contact", "me"], "the contact must be an address"),
        ([*FETCH, "--near", "soon"], "near must be a date such as 2007-11-02, not 'soon'"),
        ([*FETCH, "--delay", "0.1"], "delay must be from 1 to 3,600 seconds, not 0.1"),
        ([*FETCH, "-o", "report.xml"], "no format is known by the suffix .xml"),
        ([*FETCH, "-o", "catalogue/clippings.csv"], "is one of the files read"),
        (["fetch", "no.csv", *FETCH[2:]], "no.csv: cannot be read as a table: No such file"),
        (["fetch", "catalogue/stances.csv", *FETCH[2:]], "needs the columns id, url; url missing"),
        ([*FETCH[:2], "--to", "catalogue/clippings.csv", *FETCH[4:]], "clippings.csv is a file; give a folder"),
        (VERIFY, "press: no such folder; give the one that clippings fetch wrote"),
        (["verify", "catalogue", "--catalogue", "."], ".: no clippings.csv there; give the folder of a catalogue"),
        (["verify", "catalogue", "--catalogue", "catalogue", "--frame", "anchors"], "a table has all frames"),
    ],
)
def test_wrong_usage_is_told_in_one_line(site, capsys, words, said):
    assert main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert told.err.count("\n") == 1
    assert site.asked == []


def test_ctrl_c_says_how_to_resume(site, capsys):
    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "Outside", lambda: site.outside()._replace(sleep=stop))
        assert main(FETCH) == 130
    assert capsys.readouterr().err == "clippings: stopped; the same command resumes where press ends\n"
    assert main(FETCH) == 0


def test_a_folder_in_use_is_refused(here, capsys):
    (here / "press").mkdir()
    with lock.held(here / "press"):
        assert main(FETCH) == 2
    assert "another run writes press" in capsys.readouterr().err


def test_without_the_extra_the_command_says_what_to_install():
    code = f"import sys; sys.modules['protego'] = None\nfrom clippings.cli import main; sys.exit(main({FETCH!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("clippings: this needs protego: pip install ")
    assert "warcio" in done.stderr


# Verify.


def states(folder: Path) -> dict[str, tuple[str, str]]:
    found = cl.verify(folder, "catalogue").pages
    return {row.id[-1]: (row.state, row.code) for row in found.itertuples()}


def test_each_thing_that_is_wrong_with_a_page(here):
    main(FETCH)
    first, second, third, fourth = (
        here / "press" / name for name in ("112031-1.html", "112031-2.html", "112031-3.html", "112031-4.txt")
    )
    assert set(states(here / "press").values()) == {("whole", "")}
    first.write_bytes(first.read_bytes() + b" ")
    second.unlink()
    (here / "press" / "112031-3.txt").write_text(
        "Milk\n\nMilk prices rose again in Brest, and this is another copy of it.", "utf-8"
    )
    assert states(here / "press") == {
        "1": ("damaged", "CLP722"),
        "2": ("damaged", "CLP722"),
        "3": ("doubtful", "CLP726"),
        "4": ("whole", ""),
    }
    (here / "press" / manifest.NAME).unlink()
    third.unlink()
    fourth.write_text("06/11/2031\n\nQuite another page\n\nIt has another text.", "utf-8")
    first.write_bytes(b"\x00\x01\x02\x00")
    assert states(here / "press") == {
        "1": ("unreadable", "CLP723"),
        "2": ("missing", "CLP721"),
        "3": ("whole", ""),  # Saved by hand, and the catalogue has no title for it.
        "4": ("doubtful", "CLP724"),
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("112031-1,{url}\n", [("whole", "")]),
        ("112031-1,\n", [("whole", "")]),  # The catalogue says nothing of the address.
        ("112031-1,{url}x\n", [("doubtful", "CLP728")]),
        ("112031-1,{url}\n112031-1,{url}\n", [("doubtful", "CLP727")] * 2),
        ("112031-1,{url}\nNO,\nno,\n", [("whole", ""), ("missing", "CLP721"), ("missing", "CLP721")]),
    ],
)
def test_a_page_of_another_row_or_address_is_doubtful(here, rows, expected):
    main(FETCH)
    table = here / "other" / "clippings.csv"
    table.parent.mkdir()
    table.write_text("id,url\n" + rows.format(url=EXAMPLES[0].url), "utf-8")
    found = cl.verify(here / "press", table.parent).pages
    assert list(zip(found["state"], found["code"], strict=True)) == expected


@pytest.mark.parametrize(
    ("letters", "charset", "state"),
    [("б", "windows-1251", "doubtful"), ("é", "windows-1252", "whole"), ("é", "utf-8", "whole"), ("é", "", "whole")],
)
def test_a_page_read_in_another_encoding_than_its_sender_names_is_doubtful(site, letters, charset, state):
    text = EXAMPLES[1].text.replace("Iskander", f"Iskander {letters}")
    headers = {"Content-Type": f"text/plain; charset={charset}" if charset else "text/plain"}
    site.routes[SITE + EXAMPLES[1].path] = Reply(200, text.encode(charset or "utf-8"), headers)
    main(FETCH)
    found = cl.verify("press", "catalogue").pages.set_index("id").loc["112031-2"]
    assert (found["state"], found["code"]) == (state, "CLP725" if state == "doubtful" else "")
    assert (letters in cl.read("press/112031-2.txt")[0].text) == (state == "whole")


def test_the_page_of_the_collection_has_its_anchors():
    data = cl.collection().path / "data"
    found = cl.verify(data / "clippings", data / "catalogue", agreement=True)
    assert found.pages[found.pages["state"] == "whole"]["id"].tolist() == ["112007-14"]
    stances = cl.collection().table("blind_stances").query("id == '112007-14'")
    there = found.anchors[found.anchors["state"] == "found"]
    assert there["sentence_sha256"].tolist() == stances["sentence_sha256"].tolist()
    assert there["at_paragraph"].tolist() == stances["paragraph"].tolist()
    text = found.corpus[0].text
    for row in there.itertuples():
        assert anchors.sentence_hash(text[row.start : row.end]) == row.sentence_sha256
    assert not found.is_whole
    assert found.agreement["pages"].max() == 1


def test_a_catalogue_without_codings_has_no_anchors(here):
    main(FETCH)
    for file in (here / "catalogue").iterdir():
        if file.stem != "clippings":
            file.unlink()
    found = cl.verify("press", "catalogue")
    assert found.is_whole
    assert len(found.anchors) == 0
    with pytest.raises(cl.ClippingsError, match="no table blind_pages in the catalogue"):
        cl.verify("press", "catalogue", agreement=True)


@pytest.mark.parametrize(
    ("printed", "coded", "state"),
    [
        ("He said “no” twice.", 'He said "no" twice.', "as typed"),
        ("He said ``no'' twice.", 'He said "no" twice.', "as typed"),
        ("The pact — the last — holds.", "The pact - the last - holds.", "as typed"),
        ("The pact\n  holds.", "The pact holds.", "found"),
        ("THE PACT holds.", "The pact holds.", "found"),
        ("The pact held.", "The pact holds.", ""),
    ],
)
def test_a_sentence_is_found_as_printed_or_as_typed(printed, coded, state):
    text = f"Before it. {printed} Behind it."
    found = anchors.places(text, [(0, len(text))], [anchors.sentence_hash(coded)])
    place = found.get(anchors.sentence_hash(coded))
    assert (place is not None) == bool(state)
    if place:
        assert text[place.start : place.end] == printed
        assert (place.ratio == 1) == (state == "found")
        assert place.ratio > 0.7


@pytest.mark.parametrize(("parts", "is_found"), [(anchors.MOST_PARTS, True), (anchors.MOST_PARTS + 1, False)])
def test_a_sentence_of_the_coders_has_a_longest_length(parts, is_found):
    text = " ".join(f"Part {number}." for number in range(parts))
    assert bool(anchors.places(text, [(0, len(text))], [anchors.sentence_hash(text)])) == is_found


def test_a_long_paragraph_takes_little_time():
    text = "A word. " * 5_000
    assert anchors.places(text, [(0, len(text))], ["0" * anchors.SIGNS]) == {}


# The one door.

BLOCKED = """
import socket, sys
def blocked(*_, **__):
    raise SystemExit("asked the network")
for name in ("connect", "connect_ex", "sendto", "bind"):
    setattr(socket.socket, name, blocked)
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = blocked
import clippings as cl
for name in cl.__all__:
    getattr(cl, name)
assert not {"httpx", "httpcore", "protego", "warcio"} & set(sys.modules), "network libraries are loaded"
from clippings.cli import main
page = sys.argv[1]
commands = [["parse", page], ["annotate", page], ["check", page], ["codebook", "show"], ["diff", "a.jsonl", "a.jsonl"]]
assert main(["annotate", page, "-o", "a.jsonl"]) == 0
for words in commands:
    assert main(words) in (0, 1), words
main(["verify", sys.argv[2], "--catalogue", sys.argv[3], "--agreement"])
assert not {"httpx", "httpcore"} & set(sys.modules), "network libraries are loaded"
print("quiet", file=sys.stderr)
"""


def test_nothing_but_fetch_asks_a_network():
    data = ROOT / "data"
    command = [sys.executable, "-c", BLOCKED, str(data / "clippings"), str(data / "clippings"), str(data / "catalogue")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr.endswith("quiet\n"), done.stderr[-2_000:]


def test_fetch_is_the_command_that_does():
    code = BLOCKED.replace("import clippings as cl", f"from clippings.cli import main; main({FETCH!r})", 1)
    done = subprocess.run([sys.executable, "-c", code, "", "", ""], capture_output=True, text=True, check=False)
    assert "asked the network" in done.stderr


def test_the_default_world_is_the_real_one():
    assert Outside().is_allowed("127.0.0.1") is False
