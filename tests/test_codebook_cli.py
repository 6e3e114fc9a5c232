"""The commands that check a codebook, show it, and begin one."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import clippings as cl
from clippings.cli import main
from clippings.codebook import FILES, Codebook
from clippings.layers import registry

SHIPPED = sorted(path for path in (Path(cl.__file__).parent / "codebooks").iterdir() if path.is_dir())


@pytest.fixture
def own(tmp_path, monkeypatch, capsys) -> Path:
    monkeypatch.chdir(tmp_path)
    assert main(["codebook", "new", "own"]) == 0
    capsys.readouterr()
    return Path("own")


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("action", [[], ["check"], ["show"], ["new"]])
def test_help_shows_examples(action, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["codebook", *action, "--help"])
    told = capsys.readouterr().out
    assert caught.value.code == 0
    assert told.startswith(" ".join(["usage: clippings codebook", *action]))
    assert "clippings codebook check mycodes" in told
    assert "exit status: 0" in told


@pytest.mark.parametrize("arguments", [[], ["chek"], ["new"], ["check", "a", "b"], ["check", "--theme", "x"]])
def test_wrong_usage(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["codebook", *arguments])
    assert caught.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_each_folder_that_is_shipped_is_a_codebook_without_faults(folder, capsys):
    assert main(["codebook", "check", folder.name]) == 0, capsys.readouterr().out
    assert Codebook.load(folder.name).ref.name == folder.name


def test_the_shipped_codebook_passes(capsys):
    assert main(["codebook", "check"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith(f"security {Codebook.load().ref.version}: no faults (themes 3, examples ")
    assert told.err == ""


def test_new_writes_a_codebook_that_passes_and_annotates(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["codebook", "new", "more/My codes"]) == 0
    folder = Path("more/My codes")
    written = [str(folder / name) for name in FILES]
    assert capsys.readouterr().out.splitlines() == [*written, f"next: clippings codebook check '{folder}'"]
    assert sorted(map(str, folder.iterdir())) == sorted(written)
    assert main(["codebook", "check", str(folder)]) == 0
    assert capsys.readouterr().out == "My-codes 0.1.0: no faults (themes 1, examples 4, actors 4)\n"
    text = '"The gas dispute is over," said Alexei Miller of Gazprom in Minsk.'
    (page,) = cl.Corpus(cl.parse(text, layout="plain")).annotate(str(folder))
    assert page.codebook.name == "My-codes"
    assert page.document_themes == ("gas_transit",)
    assert page.quotes[0].speaker == "Alexei Miller"
    assert [mention.id for mention in page.mentions] == ["Alexei Miller", "Gazprom", "BY"]


def test_new_does_not_overwrite(own, capsys):
    before = {file: file.read_bytes() for file in own.iterdir()}
    assert main(["codebook", "new", "own"]) == 2
    assert capsys.readouterr() == ("", "clippings: own: the folder is not empty; name a new one\n")
    assert {file: file.read_bytes() for file in own.iterdir()} == before


def test_new_that_is_stopped_leaves_nothing(tmp_path, monkeypatch):
    write = Path.write_text

    def stop(path, *words, **options):
        write(path, *words, **options)
        if path.name == FILES[2]:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", stop)
        assert main(["codebook", "new", str(tmp_path)]) == 130
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("target", ["own/themes.yaml", "own/themes.yaml/below"])
def test_new_where_no_folder_can_be(target, capsys):
    assert main(["codebook", "new", target]) == 2
    assert capsys.readouterr().err.startswith(f"clippings: {target}: cannot be written: ")


def test_new_takes_an_empty_folder(tmp_path):
    assert main(["codebook", "new", str(tmp_path)]) == 0
    assert main(["codebook", "check", str(tmp_path)]) == 0


def test_check_prints_every_fault_as_a_compiler_does(own, capsys):
    change(own / "themes.yaml", "  definition:", "  defintion:")
    change(own / "actors.csv", "organization,RU", "organisation,RU")
    (own / "cues.yaml").unlink()
    assert main(["codebook", "check", "own"]) == 1
    told = capsys.readouterr()
    assert told.err == ""
    theme, actor, cues = told.out.splitlines()
    assert theme == "own/themes.yaml:8:3: error: unknown key 'defintion' (did you mean 'definition'?)"
    assert actor.startswith("own/actors.csv:4:17: error: kind 'organisation' is none of alliance, ")
    assert actor.endswith("(did you mean 'organization'?)")
    assert cues.startswith("own/cues.yaml: error: the file is missing (a codebook needs ")


def test_check_tries_the_examples(own, capsys):
    change(own / "themes.yaml", "Gazprom threatened to cut gas deliveries", "Everyone sent flowers")
    change(own / "themes.yaml", "The old pipeline was painted green", "The old pipeline has its price")
    assert main(["codebook", "check", "own"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "own/themes.yaml:18:7: error: the theme 'gas_transit' does not show in its positive example "
        "(give an indicator a term of it)",
        "own/themes.yaml:21:7: error: the theme 'gas_transit' shows in its negative example by 'pipeline, price' "
        '(ask for more through "with")',
    ]


@pytest.fixture
def more(tmp_path) -> Path:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "cues.yaml").write_text("verbs:\n  - {forms: [quip, quipped], frame: say}\n", encoding="utf-8")
    return folder


def test_an_extension_is_checked_shown_and_used(own, more, capsys):
    assert main(["codebook", "check", "own", "--extend", str(more)]) == 0
    assert capsys.readouterr().out == "own+more 0.1.0: no faults (themes 1, examples 4, actors 4)\n"
    assert main(["codebook", "show", "own", "--extend", str(more)]) == 0
    assert "\ncues: verbs 5, phrases 1, " in capsys.readouterr().out
    Path("a.txt").write_text('"We wait," quipped Anna Petrova.\n', encoding="utf-8")
    arguments = ["annotate", "a.txt", "--layout", "plain", "--codebook", str(own), "--extend", str(more)]
    assert main(arguments) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["codebook"]["name"] == "own+more"
    assert [quote["speaker"] for quote in record["quotes"]] == ["Anna Petrova"]


@pytest.mark.usefixtures("own")
def test_a_fault_of_an_extension(more, capsys):
    change(more / "cues.yaml", "frame: say", "frame: sya")
    assert main(["codebook", "check", "own", "--extend", str(more)]) == 1
    expected = f"{more}/cues.yaml:2:37: error: 'sya' is none of call, say, tell, think (did you mean 'say'?)\n"
    assert capsys.readouterr() == (expected, "")
    assert main(["annotate", str(more), "--codebook", "own", "--extend", str(more)]) == 2
    assert "clippings: cues.yaml:2: 'sya' is none of" in capsys.readouterr().err


@pytest.mark.usefixtures("own")
def test_an_example_is_told_in_the_folder_it_stands_in(more, capsys):
    theme = """\
- id: gas_transit
  label: Gas
  definition: Gas.
  include: []
  exclude: []
  indicators:
    - terms: [gas]
  positive:
    - Gas is dear.
    - Oil is dear.
  negative:
    - It rains.
"""
    (more / "themes.yaml").write_text(theme, encoding="utf-8")
    assert main(["codebook", "check", "own", "--extend", str(more)]) == 1
    assert capsys.readouterr().out.startswith(f"{more}/themes.yaml:10:7: error: the theme 'gas_transit' does not show")


def test_what_an_indicator_asks_of_the_page_is_shown_and_is_in_the_rule(own, capsys):
    change(own / "themes.yaml", 'cut, "@Gazprom"]', "cut]\n      page: [[debt, bill], [winter]]")
    assert main(["codebook", "show", "own", "--theme", "gas_transit"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "gas, pipeline - WITH price, debt, cut - ON THE PAGE debt, bill - ON THE PAGE winter" in shown
    text = "The winter was long. The bill was not paid. The gas price rose."
    page = registry.annotate(cl.parse(text, layout="plain")[0], Codebook.load(own))
    assert [hit.rule for hit in page.themes] == ["bill, gas, price, winter"]


@pytest.mark.parametrize("arguments", [["check", "securty"], ["show", "securty"]])
def test_an_unknown_codebook(arguments, capsys):
    assert main(["codebook", *arguments]) == 2
    expected = "clippings: no codebook named 'securty' and no such folder; did you mean 'security'?\n"
    assert capsys.readouterr() == ("", expected)


def test_show(capsys):
    book = Codebook.load()
    assert main(["codebook", "show"]) == 0
    told = capsys.readouterr().out
    lines = told.splitlines()
    assert lines[:2] == [f"security {book.ref.version}: {book.title}", f"sha256 {book.ref.sha256}"]
    assert [line for line in lines if line.startswith("theme ")] == [
        f"theme {theme.id}: {theme.label}" for theme in book.themes
    ]
    people = sum(actor.kind == "person" for actor in book.actors)
    assert f"  person          {people:>7,}" in lines
    assert f"{len(book.actors):,} actors with" in told
    assert all(len(line) <= 100 and line == line.rstrip() for line in lines)


@pytest.mark.usefixtures("own")
def test_show_one_theme(capsys):
    assert main(["codebook", "show", "own", "--theme", "gas_transit"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("theme gas_transit: Gas transit\n  Deliveries of natural gas")
    assert "    - gas, pipeline - WITH price, debt, cut, @Gazprom\n" in told
    assert "    - The old pipeline was painted green.\n" in told
    assert "actors" not in told


def test_show_an_unknown_theme(capsys):
    assert main(["codebook", "show", "--theme", "aliances"]) == 2
    assert capsys.readouterr().err == "clippings: security has no theme 'aliances'; did you mean 'alliances'?\n"


def test_show_of_a_broken_codebook(own, capsys):
    (own / "themes.yaml").write_bytes(b"[]\n- a")
    assert main(["codebook", "show", "own"]) == 2
    assert capsys.readouterr().err.startswith("clippings: themes.yaml:2: not YAML: ")


def test_the_version_needs_no_codebook():
    code = (
        "import sys, clippings.cli\n"
        "try: clippings.cli.main(['--version'])\n"
        "except SystemExit: print(*sorted({'yaml', 'pandas', 'msgspec'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split()[2:] == []
