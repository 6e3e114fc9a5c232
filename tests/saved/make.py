"""Make a folder such as a researcher keeps: files of every kind, in several folders, some damaged.

``python tests/saved/make.py FOLDER`` writes it. Texts stand in ``files.yaml``; what is packed or set is made here from
them, so that nothing but words is kept.
"""

from __future__ import annotations

import datetime
import gzip
import io
import sys
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import yaml

HERE = Path(__file__).parent
STAMP = (2020, 1, 1, 0, 0, 0)


def pdf(pages: list[list[tuple[int, int, str]]]) -> bytes:
    """Return a PDF of lines, each with its place from the left and from below."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects, kids = [b"<</Type/Catalog/Pages 2 0 R>>", b"", font], []
    for page in pages:
        lines = [b"/F1 11 Tf 1 0 0 1 %d %d Tm (%s) Tj" % (x, y, _escaped(text)) for x, y, text in page]
        content = b"BT\n" + b"\n".join(lines) + b"\nET"
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
        what = b"/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R" % len(objects)
        objects.append(b"<</Type/Page%s>>" % what)
        kids.append(len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        data + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    )


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def pages(text: str, head: str = "") -> list[list[tuple[int, int, str]]]:
    """Set a text, pages apart at form feeds: a head above, the number below, more room between paragraphs."""
    found = []
    for number, page in enumerate(text.split("\f"), 1):
        lines, y = [(72, 810, head)] if head else [], 780
        for line in page.strip("\n").split("\n"):
            if line:
                lines.append((72, y, line))
            y -= 14 if line else 10
        found.append([*lines, (290, 30, str(number))])
    return found


def locked(data: bytes) -> bytes:
    """Return a PDF that asks for a password."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def docx(text: str, title: str = "", author: str = "", table: list[list[str]] | None = None) -> bytes:
    """Return a Word document: a paragraph for each of a text, and a table behind them."""
    import docx

    document = docx.Document()
    for number, words in enumerate(text.strip().split("\n\n")):
        document.add_paragraph(words, style="Heading 1" if number == 0 else None)
    for row in table or ():
        cells = document.add_table(1, len(row)).rows[0].cells
        for cell, words in zip(cells, row, strict=True):
            cell.text = words
    if author:
        core = document.core_properties
        core.author, core.title, core.created = author, title, datetime.datetime(2008, 3, 15, tzinfo=datetime.UTC)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def rtf(text: str) -> bytes:
    """Return a text in rich text format, a paragraph a line."""
    words = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}").replace("\n", "\\par\n")
    coded = "".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in words)
    return b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0 " + coded.encode() + b"}"


def xlsx(rows: list[list[object]]) -> bytes:
    """Return a workbook of one sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def mail(subject: str, date: str, text: str, markup: str = "", attached: str = "") -> bytes:
    """Return a mail, with a part in HTML and an attachment if asked for."""
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = subject, "Anna Lee <lee@example.org>", date
    message.set_content(text)
    if markup:
        message.add_alternative(markup, subtype="html")
    if attached:
        message.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename=attached)
    return message.as_bytes()


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(zipfile.ZipInfo(name, STAMP), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    """Return a tar file packed with gzip."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as packed:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return gzip.compress(file.getvalue(), mtime=0)


def made(texts: dict[str, str]) -> dict[str, bytes]:
    """Return the files of the folder that are made from texts or damaged, by their paths."""
    letter, nexis, factiva = texts["letter"], texts["nexis"], texts["factiva"]
    return {
        "documents/letter.docx": docx(letter, table=[["Minsk", "12"], ["Brest", "7"]]),
        "documents/untitled.docx": docx(texts["body"], "Talks behind a door", "Oleg Zhuk"),
        "documents/letter.rtf": rtf(letter),
        "documents/letter.pdf": pdf(pages(texts["set"], "The Neman Herald")),
        "documents/scan.pdf": pdf([[], []]),
        "documents/locked.pdf": locked(pdf(pages(letter))),
        "documents/letter.eml": mail("A bridge at Brest", "Fri, 14 Mar 2008 10:00:00 +0200", texts["body"]),
        "documents/page.eml": mail(
            "A ferry", "Sat, 15 Mar 2008 10:00:00 +0200", "", "<p>It sails.<p>It is white.", "a.gif"
        ),
        "documents/box.mbox": b"".join(
            b"From lee@example.org Fri Mar 14 10:00:00 2008\n" + mail(title, date, text) + b"\n"
            for title, date, text in (
                ("First mail", "Fri, 14 Mar 2008 10:00:00 +0200", "They met."),
                ("Second mail", "Sun, 16 Mar 2008 10:00:00 +0200", "They met again."),
            )
        ),
        "documents/sheet.xlsx": xlsx(
            [
                ["Headline", "Date", "Newspaper", "Text"],
                ["A sheet", datetime.datetime(2008, 3, 14), "BelTA", "They met."],
            ]
        ),
        "documents/broken.docx": docx(letter)[:-400],
        "documents/bomb.docx": zipped({"word/document.xml": bytes(60_000_000)}),
        "exports/nexis.docx": docx(nexis),
        "exports/nexis.rtf": rtf(nexis),
        "exports/factiva.rtf": rtf(factiva),
        "packed/letter.txt.gz": gzip.compress(letter.encode(), mtime=0),
        "packed/pages.zip": zipped(
            {"a/001.txt": texts["first"].encode(), "a/talk.key": b"key", "b/001.txt": texts["second"].encode()}
        ),
        "packed/pages.tar.gz": tarred({"001.txt": texts["third"].encode()}),
        "packed/broken.zip": zipped({"001.txt": letter.encode()})[:-30],
        "damaged/empty.txt": b"",
        "damaged/wide.txt": letter.encode("utf-16"),
        "damaged/western.txt": texts["cafe"].encode("cp1252"),
        "damaged/picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "other/talk.key": b"key",
        "other/photo.jpg": b"\xff\xd8\xff",
        "copies/letter.txt": letter.encode(),
        "copies/again/letter.txt": letter.encode(),
    }


def write(folder: Path) -> list[str]:
    """Write the folder, and return the paths of its files."""
    source = yaml.safe_load((HERE / "files.yaml").read_text(encoding="utf-8"))
    files = {name: text.encode() for name, text in source["files"].items()} | made(source["texts"])
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return sorted(files)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
