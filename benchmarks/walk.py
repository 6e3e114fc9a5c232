"""Walk the path of somebody who has nothing of ours, from an empty environment to a corrected figure, step by step.

    .venv/bin/python -m build --no-isolation --wheel
    .venv/bin/python benchmarks/walk.py dist/*.whl

It records in data/walk.csv how long each step took. What people do in between, reading thirty quotations and correcting
a project in INCEpTION, is done here by a script, and not timed.
"""

from __future__ import annotations

import csv
import datetime
import io
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROWS, PAGES = 30, 12
PEOPLE = [("Anna Petrova", "Olga Marchenko"), ("Ivan Orlov", "Piotr Lech"), ("Vera Lis", "Jonas Balys")]
TOWNS = ["Minsk", "Brest", "Vilnius", "Warsaw"]
PAGE = """DATE:

{day:02}/{month:02}/2007

Talks about the road in {town}

"We wait for the ferry to open," said {first} in {town}. The talks went on for {day} hours.

{second} said that the road would be closed until Friday. "Nobody knows the price 🙂 of it," {surname} said.

According to {first}, the plan is old. Олег Зуев said: "Мы ждём {day} дней."
"""
FIGURE = """
import clippings as cl, matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
cl.plots.voices(cl.measures.voices(cl.load("both").corrected().quotes))
plt.savefig("voices.svg")
"""
AGREEMENT = "import clippings as cl; print(cl.load('both').agreement(layer='quotes', machine=True))"
STEPS = [
    ("make an environment", ["{python}", "-m", "venv", "env"]),
    ("install the library", ["env/bin/pip", "install", "-q", "{wheel}[interchange,documents]"]),
    ("annotate the pages", ["env/bin/clippings", "annotate", "press/", "-o", "tables/"]),
    (
        "draw quotations to review",
        ["env/bin/clippings", "review", "write", "tables/", "-o", "review.csv", "--sample", f"{ROWS}", "--by", "rule"],
    ),
    ("(judge them in a spreadsheet)", "filled"),
    (
        "read the verdicts",
        ["env/bin/clippings", "review", "read", "tables/", "--verdicts", "done.csv", "--coder", "anna", "-o", "first/"],
    ),
    ("export to INCEpTION", ["env/bin/clippings", "export", "tables/", "--to", "xmi", "-o", "inception"]),
    ("(correct the project)", "corrected"),
    (
        "read the corrected project",
        ["env/bin/clippings", "review", "read", "first/", "--verdicts", "project.zip", "--from", "xmi", "-o", "both/"],
    ),
    ("ask for agreement", ["env/bin/python", "-c", AGREEMENT]),
    ("draw the figure again", ["env/bin/python", "-c", FIGURE]),
]
"""Each step as a command, or the name of a function that does what people do there."""


def press(folder: Path) -> None:
    """Write the pages, all of them invented."""
    folder.mkdir()
    for number in range(1, PAGES + 1):
        first, second = PEOPLE[number % len(PEOPLE)]
        told = {
            "day": number + 2,
            "month": number,
            "town": TOWNS[number % len(TOWNS)],
            "first": first,
            "second": second,
        }
        text = PAGE.format(**told, surname=second.split()[1])
        (folder / f"{number:02}2007-{number}.txt").write_text(text, "utf-8")


def filled(folder: Path) -> None:
    """Judge the rows as somebody does in a spreadsheet that takes semicolons."""
    with (folder / "review.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        row["verdict"] = {3: "change", 7: "reject"}.get(number % 10, "accept")
        row["corrected_speaker"] = "Tamara Holub" if row["verdict"] == "change" else ""
    with (folder / "done.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def corrected(folder: Path) -> None:
    """Correct the project as INCEpTION exports it: a span moved, one added, one deleted, a layer of its own."""
    import cassis

    made = folder / "inception"
    types = cassis.load_typesystem(made / "TypeSystem.xml")
    stance = types.create_type("webanno.custom.Stance", "uima.tcas.Annotation")
    quote = types.get_type("webanno.custom.Quote")
    with zipfile.ZipFile(folder / "project.zip", "w") as project:
        project.writestr("exportedproject.json", "{}")
        for number, file in enumerate(sorted(made.glob("*.xmi"))):
            for user in ("INITIAL_CAS", "eva"):
                cas = cassis.load_cas_from_xmi(io.BytesIO(file.read_bytes()), types)
                if user == "eva":
                    cas.add(stance(begin=0, end=4))
                    first, *others = sorted(cas.select(quote.name), key=lambda one: one.begin)
                    if number == 0:
                        first.begin, first.end = first.begin + 1, first.end - 1
                    if number == 1:
                        cas.remove(others[0])
                    if number == 2:
                        at = cas.sofa_string.index("The talks went on")
                        cas.add(quote(begin=at, end=at + 17, value="reported", speaker="Vera Lis"))
                packed = io.BytesIO()
                with zipfile.ZipFile(packed, "w") as inner:
                    inner.writestr(f"{user}.xmi", cas.to_xmi().replace('version="1.0"', 'version="1.1"', 1))
                    inner.writestr("TypeSystem.xml", types.to_xml())
                project.writestr(f"annotation/{file.name}/{user}.zip", packed.getvalue())


def walk(wheel: Path) -> list[dict[str, object]]:
    """Return a row for each timed step."""
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        press(folder / "press")
        for name, step in STEPS:
            if isinstance(step, str):
                globals()[step](folder)
                continue
            words = [word.format(python=sys.executable, wheel=wheel) if "{" in word else word for word in step]
            begun = time.perf_counter()
            subprocess.run(words, cwd=folder, check=True)
            seconds = round(time.perf_counter() - begun, 1)
            shown = " ".join("..." if "(" in word else word for word in step)
            shown = shown.replace("env/bin/", "").replace("{wheel}", "WHEEL").replace("{python}", "python")
            print(f"{seconds:7.1f} s  {name}", flush=True)
            rows.append({"step": name, "command": shown, "seconds": seconds})
    return rows


def main() -> None:
    """Walk, and record the times."""
    (wheel,) = sys.argv[1:]
    rows = walk(Path(wheel).resolve())
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    with (ROOT / "data/walk.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "date"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {"date": day} for row in rows)


if __name__ == "__main__":
    main()
