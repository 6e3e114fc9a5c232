"""The commands: their help, the wire format, the table, and the same bytes every time."""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import clippings as cl
from clippings.cli import main
from clippings.layers import registry

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT / "data" / "clippings" / "112007-14.txt"
ZOO = ROOT / "tests" / "zoo"
CORPUS = cl.read(ZOO, REAL)
WARNINGS = (CORPUS.diagnostics["severity"] == "warning").sum() - len(CORPUS.unread)
READ = f"clippings: {CORPUS.summary}\nclippings: {WARNINGS} warnings; clippings check lists them\n".encode()

# The wire format, key by key.
PAGE = (
    *("schema", "id", "path", "item", "sha256", "encoding", "form", "date", "date_precision", "date_basis"),
    *("title", "publisher", "outlet", "outlet_basis", "byline", "dateline", "source_url"),
    *("blocks", "fields", "body", "bom", "diagnostics", "language", "given"),
)
LAYERS = ("codebook", "sentences", "quotes", "mentions", "dates", "themes", "document_themes", "errata")
KEYS = {
    "blocks": ["start", "end", "kind"],
    "diagnostics": ["code", "severity", "message", "hint", "file", "line", "column"],
    "quotes": [
        *("start", "end", "kind", "rule", "speaker", "speaker_id", "role", "affiliation", "country"),
        *("source_start", "source_end", "cue_start", "cue_end", "resolved_by", "source_type"),
        *(f"{name}_{part}" for name in ("via", "addressee", "relayed_by") for part in ("start", "end", "id")),
    ],
    "mentions": ["start", "end", "id", "kind", "country", "form", "nested", "wikidata"],
    "dates": ["start", "end", "iso", "precision", "rule", "first", "last", "anchor"],
    "themes": ["start", "end", "theme", "evidence", "rule", "weight"],
    "errata": ["start", "end", "expected", "rule"],
}
MENTION_KINDS = {
    *("country", "capital", "demonym", "organization", "alliance", "treaty", "weapon", "person", "think_tank"),
    *("media", "government_body", "place", "region"),
}


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "clippings", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


def records(output: bytes) -> list[dict]:
    return [json.loads(line) for line in output.decode("utf-8").splitlines()]


@pytest.fixture(scope="module")
def annotated() -> list[dict]:
    done = run("annotate", ZOO, REAL)
    assert (done.returncode, done.stderr) == (0, READ)
    return records(done.stdout)


@pytest.fixture(scope="module")
def items() -> list[tuple[str, int]]:
    return [(clipping.id, clipping.item) for clipping in cl.read(ZOO, REAL)]


@pytest.mark.parametrize("command", [[], ["parse"], ["annotate"]])
def test_help_shows_examples(command, capsys):
    with pytest.raises(SystemExit) as caught:
        main([*command, "--help"])
    told = capsys.readouterr()
    assert (caught.value.code, told.err) == (0, "")
    assert told.out.startswith(" ".join(["usage: clippings", *command]))
    assert "clippings parse press/ --format table" in told.out
    assert "exit status: 0" in told.out


def test_version():
    done = run("--version")
    assert (done.returncode, done.stdout.decode().split()) == (0, ["clippings", version("press-clippings")])


def test_the_version_costs_little():
    """Each of these takes longer to import than all that the version needs."""
    code = (
        "import sys; before = set(sys.modules); from clippings.cli import main; main(['--version']);"
        "print(*sorted({'argparse', 'typing', 'pathlib', 'pandas', 'pyarrow'} & (set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"clippings {cl.__version__}", ""]


def test_parse_prints_a_page_without_layers(items):
    done = run("parse", ZOO, REAL)
    assert (done.returncode, done.stderr) == (0, READ)
    found = records(done.stdout)
    assert [(record["id"], record["item"]) for record in found] == items
    assert all(tuple(key for key in record if key != "text") == PAGE for record in found)


def test_annotate_prints_the_page_and_its_layers(annotated, items):
    assert [(record["id"], record["item"]) for record in annotated] == items
    others = {"text", *registry.KEPT} - set(LAYERS)  # A further layer has a key of its own.
    assert all(tuple(key for key in record if key not in others) == (*PAGE, *LAYERS) for record in annotated)
    assert {record["schema"] for record in annotated} == {2}
    assert not any("text" in record for record in annotated)  # It stands in their files.
    assert all(list(record["codebook"]) == ["name", "version", "sha256"] for record in annotated)
    assert all(list(record["body"]) == ["start", "end"] for record in annotated)


@pytest.mark.parametrize("layer", KEYS)
def test_the_keys_of_each_part(annotated, layer):
    rows = [row for record in annotated for row in record[layer] or []]
    assert rows
    for row in rows:
        assert list(row) == KEYS[layer]


def test_the_values_of_a_page(annotated):
    for record in annotated:
        assert record["item"] in range(3)
        assert record["form"] in {"F1", "F2", "F3", "F4", "plain"}
        assert record["date_precision"] in {"day", "month", None}
        assert record["date_basis"] in {"printed", "dateline", "path", None}
        assert (record["date"] is None) == (record["date_precision"] is None) == (record["date_basis"] is None)
        assert record["outlet_basis"] in {"printed", "dateline", "domain", None}
        assert (record["outlet"] is None) == (record["outlet_basis"] is None)
        assert record["publisher"] in {None, record["outlet"]}
        assert {told["severity"] for told in record["diagnostics"]} <= {"error", "warning", "info"}
        assert {quote["kind"] for quote in record["quotes"]} <= {"speech", "mixed", "scare", "name", "reported"}
        assert {mention["kind"] for mention in record["mentions"]} <= MENTION_KINDS
        assert record["document_themes"] == sorted(
            {hit["theme"] for hit in record["themes"]} & set(record["document_themes"])
        )


def test_output_to_a_file_is_what_standard_output_gets(tmp_path, capsysbinary):
    target = tmp_path / "evidence.jsonl"
    assert main(["annotate", str(REAL), "-o", str(target)]) == 0
    assert capsysbinary.readouterr() == (b"", b"clippings: 1 file: 1 read (1 clipping)\n")
    assert main(["annotate", str(REAL), "-q"]) == 0
    assert capsysbinary.readouterr() == (target.read_bytes(), b"")


def test_plain_layout(capsysbinary):
    assert main(["parse", str(REAL), "--layout", "plain"]) == 0
    (record,) = records(capsysbinary.readouterr().out)
    assert (record["form"], record["title"], record["date"]) == ("plain", None, "2007-11")
    assert {block["kind"] for block in record["blocks"]} == {"paragraph", "blank"}
    assert record["body"] == {"start": 0, "end": len(REAL.read_text(encoding="utf-8"))}


@pytest.mark.parametrize(("command", "columns"), [
    ("parse", ["id", "form", "date", "outlet", "paragraphs", "diagnostics", "title"]),
    ("annotate", ["id", "date", "quotes", "mentions", "dates", "errata", "themes", "speakers"]),
])  # fmt: skip
def test_table_is_aligned(command, columns, items, capsysbinary):
    assert main([command, str(ZOO), str(REAL), "--format", "table"]) == 0
    told = capsysbinary.readouterr()
    assert told.err == READ
    lines = told.out.decode("utf-8").splitlines()
    head = lines[0]
    starts = [head.index(column) for column in columns]
    assert head.split() == columns
    assert starts == sorted(starts)
    rows = [[line[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)] for line in lines]
    assert [row[0].strip() for row in rows[1:]] == [name for name, _ in items]
    assert all(cell.strip() for row in rows for cell in row)
    assert all(cell.endswith("  ") and not cell.startswith(" ") for row in rows for cell in row[:-1])
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize(("command", "layout"), [("annotate", "jsonl"), ("parse", "table")])
def test_two_runs_write_the_same_bytes(command, layout):
    first, second = (
        run(command, ZOO, REAL, "nowhere", "--format", layout, PYTHONHASHSEED=seed, LC_ALL=locale)
        for seed, locale in (("1", "C"), ("4242", "C.UTF-8"))
    )
    assert first.stdout == second.stdout != b""
    assert (first.returncode, first.stderr) == (second.returncode, second.stderr)


def test_the_command_is_installed():
    done = subprocess.run([Path(sys.executable).parent / "clippings", "--version"], capture_output=True, check=True)
    assert done.stdout.startswith(b"clippings ")
