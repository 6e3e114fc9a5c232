"""Pages to review, and what a coder and a spreadsheet do to the table of their annotations."""

import clippings as cl

PAGE = (
    '"We wait for the bridge," said Anna Petrova in Minsk. The talks went on.\n\n'
    'Ivan Orlov said the port would open on Tuesday. "Nobody knows," Orlov said.\n\n'
    "«Мы ждём», said Олег Зуев 🙂 of the Brest Institute. According to Maria Novak, the road is closed."
)
PAGES = {
    "a.txt": '"We wait," said Anna Petrova. "We go," said Ivan Orlov. "No," said Anna Petrova in Minsk.',
    "b.txt": '"We came," Vera Lis said. Jan Kos said that the road was closed. «Мы ждём», said Олег Зуев 🙂.',
}


def annotate(text: str = PAGE, path: str = "page.txt", **options) -> cl.AnnotatedCorpus:
    return cl.Corpus(cl.parse(text, path=path, layout="plain")).annotate(**options)


def annotated_pages() -> cl.AnnotatedCorpus:
    return cl.Corpus(
        [page for path, text in PAGES.items() for page in cl.parse(text, path=path, layout="plain")]
    ).annotate()


def read(rows, annotated, tmp_path, *, coder="Jo", name="done.csv", encoding="utf-8", **options):
    """What a table comes to that was saved in some way."""
    options.setdefault("index", False)
    path = tmp_path / name
    if name.endswith(".xlsx"):
        rows.to_excel(path, index=False)
    else:
        path.write_bytes(rows.to_csv(**options).encode(encoding, "replace"))
    return cl.review.read(path, annotated, coder=coder)


def fill(rows, *verdicts, **corrected):
    """The rows with verdicts from the first on, and corrected values in the last of these."""
    rows = rows.copy()
    rows.loc[: len(verdicts) - 1, "verdict"] = verdicts
    for name, value in corrected.items():
        rows.loc[len(verdicts) - 1, f"corrected_{name}"] = value
    return rows


def codes(curated):
    return [note.code for note in curated.notes]


def statuses(curated):
    return curated.quotes["status"].tolist()


def reviewed(annotated, folder, verdicts, coder="Jo", **options):
    """The annotations with verdicts from the first on: a word, or a word and a corrected speaker."""
    path = folder / f"{coder}{len(list(folder.iterdir()))}.csv"
    rows = cl.review.write(annotated, path, **options).astype(object)
    for at, verdict in enumerate(verdicts):
        word, _, speaker = verdict.partition(" ")
        rows.loc[at, ["verdict", "corrected_speaker"]] = [word, speaker]
    rows.to_csv(folder / f"done-{path.name}", index=False)
    return cl.review.read(folder / f"done-{path.name}", annotated, coder=coder)


def marks(annotated, **changes):
    """The quotations as another program gives them, with changes to the first."""
    frame = annotated.quotes[["id", "item", "start", "end", "kind", "speaker", "source_start", "source_end"]]
    frame = (
        frame.rename(columns={"kind": "value"}).astype(object).assign(layer="quotes", exact=annotated.quotes["text"])
    )
    for name, value in changes.items():
        frame.loc[0, name] = value
    return frame
