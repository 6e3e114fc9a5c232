"""Draw the annotated clipping, for the README and for the card that is shown where a page of the book is shared.

A picture is drawn again only where what it shows has changed, which a note inside it tells. Without Chromium it is left
as it is. With --check nothing is drawn, and the exit status is 1 if a picture would change.

Usage: pictures.py [--check] [CHROMIUM]
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import re
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
import yaml
from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

import clippings as cl

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "book" / "_static"
STYLE = Path(__file__).with_name("pictures.css")
NOTE = "Drawn from"
LINE = "From a saved page to voices, allies and treaties, each with its place in the text."
# Fonts that come with matplotlib, so that a picture is the same on every machine: family, file, and what it is for.
REGULAR, BOLD, ITALIC = "font-weight: 400", "font-weight: 700", "font-style: italic"
# STIX leaves room for formulas, which would set underlines far below their words.
TIGHT = "ascent-override: 89%; descent-override: 22%; line-gap-override: 0%"
FONTS = (
    ("Picture Serif", "STIXGeneral", f"{REGULAR}; {TIGHT}"),
    ("Picture Serif", "STIXGeneralBol", f"{BOLD}; {TIGHT}"),
    ("Picture Serif", "STIXGeneralItalic", f"{REGULAR}; {ITALIC}; {TIGHT}"),
    ("Picture Sans", "DejaVuSans", REGULAR),
    ("Picture Sans", "DejaVuSans-Bold", BOLD),
    ("Picture Sans", "DejaVuSans-Oblique", f"{REGULAR}; {ITALIC}"),
    ("Picture Title", "DejaVuSerif-Bold", BOLD),
)
HEADLESS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"),
    *("--run-all-compositor-stages-before-draw", "--virtual-time-budget=5000"),
)
# Taller than any picture: what is blank below it is cut off.
TALLEST = 2_000
COLORS = 255
SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)


class Picture(NamedTuple):
    """A picture to draw: the body of its page, and its size in CSS pixels; without a height it is as tall as needed."""

    name: str
    body: str
    width: int
    scale: int
    height: int | None = None

    @property
    def path(self) -> Path:
        """Where the picture is stored."""
        return STATIC / self.name

    def source(self) -> str:
        """Return a hash of all that decides what the picture shows."""
        drawn = (self.body, STYLE.read_text("utf-8"), self.width, self.height, self.scale, FONTS)
        return f"sha256:{hashlib.sha256(repr(drawn).encode()).hexdigest()}"

    def is_current(self) -> bool:
        """Tell whether the stored picture shows what would be drawn now."""
        if not self.path.is_file():
            return False
        with Image.open(self.path) as stored:
            return stored.info.get(NOTE) == self.source()


def pictures() -> list[Picture]:
    """Return the pictures as the library and the settings of the book have them now."""
    # A picture answers to nobody: it is drawn as the page is without its script.
    page = SCRIPT.sub("", cl.collection().read().annotate()[0].show().html)
    title = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["title"]
    book = f'<div class="book"><h1>{escape(title)}</h1><p>{escape(LINE)}</p></div>'
    return [
        Picture("annotated-clipping.png", f'<div class="clipping">{page}</div>', 820, 2),
        Picture("annotated-clipping-phone.png", f'<div class="clipping phone">{page}</div>', 358, 2),
        Picture("og-card.png", f'<div class="card">{book}{page}</div>', 1200, 1, 630),
    ]


def draw(picture: Picture, chromium: str) -> None:
    """Draw a picture and store it, in few enough colors to stay small, with the note of what it shows."""
    image = trimmed(screenshot(picture, chromium), picture)
    note = PngInfo()
    note.add_text(NOTE, picture.source())
    image.quantize(COLORS, dither=Image.Dither.NONE).save(picture.path, optimize=True, pnginfo=note)


def screenshot(picture: Picture, chromium: str) -> Image.Image:
    """Return what Chromium shows of the page, with blank paper below."""
    html = (
        f'<!DOCTYPE html>\n<html lang="en" data-theme="light"><head><meta charset="utf-8"><style>{faces()}'
        f"{STYLE.read_text('utf-8')}</style></head><body>{picture.body}</body></html>\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder, "page.html"), Path(folder, "page.png")
        page.write_text(html, "utf-8")
        asked = (
            *(f"--user-data-dir={folder}/profile", f"--force-device-scale-factor={picture.scale}"),
            *(f"--window-size={picture.width},{TALLEST}", f"--screenshot={shot}", page.as_uri()),
        )
        done = subprocess.run([chromium, *HEADLESS, *asked], capture_output=True, text=True, check=False)
        if done.returncode or not shot.is_file():
            raise RuntimeError(f"{chromium} drew no {picture.name}: {done.stderr[-500:]}")
        return Image.open(io.BytesIO(shot.read_bytes())).convert("RGB")


def faces() -> str:
    """Return the fonts as style rules that need no other file."""
    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    coded = {file: base64.b64encode((folder / f"{file}.ttf").read_bytes()).decode() for _, file, _ in FONTS}
    rules = (
        f'@font-face {{ font-family: "{family}"; {rule}; src: url(data:font/ttf;base64,{coded[file]}); }}\n'
        for family, file, rule in FONTS
    )
    return "".join(rules)


def trimmed(shot: Image.Image, picture: Picture) -> Image.Image:
    """Cut off what is blank below the picture; refuse one of a set height that does not fit into it."""
    blank = Image.new("RGB", shot.size, shot.getpixel((0, shot.height - 1)))
    drawn = ImageChops.difference(shot, blank).getbbox()
    if drawn is None:
        raise RuntimeError(f"nothing is drawn in {picture.name}")
    wanted = picture.height * picture.scale if picture.height else drawn[3]
    if drawn[3] > wanted:
        raise RuntimeError(f"{picture.name}: {drawn[3] - wanted} pixels do not fit; show less in {STYLE.name}")
    return shot.crop((0, 0, picture.width * picture.scale, wanted))


def main() -> int:
    """Draw what has changed, and say of each picture what was done."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("chromium", nargs="?", default="", help="the browser; without it no picture is drawn")
    parser.add_argument("--check", action="store_true", help="draw nothing; exit 1 if a picture would change")
    arguments = parser.parse_args()
    stale = [picture for picture in pictures() if not picture.is_current()]
    for picture in stale:
        if arguments.chromium and not arguments.check:
            draw(picture, arguments.chromium)
    said = "would change" if arguments.check else "stored"
    if not arguments.chromium and not arguments.check:
        said = "out of date, but left as it is: no Chromium found to draw it (Debian: apt-get install chromium)"
    for picture in stale:
        print(f"refresh: {picture.path.relative_to(ROOT)}: {said}", flush=True)
    return 1 if arguments.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
