"""Draw the card that is shown where a page of the book is shared: its title beside the annotated clipping.

Usage: og_card.py, after the picture of the clipping or the title has changed.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

import matplotlib as mpl
import yaml
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "book" / "_static"
SIZE, PANEL = (1200, 630), 440
# Where the article begins in the picture of the page.
ARTICLE = (192, 572, 1236, 1300)
PAPER, INK, MUTED, RULE = "#fdfcf9", "#1f1f1c", "#5c5a54", "#f0c419"
LINES = ("From a saved page to voices,", "allies and treaties, each", "with its place in the text.")


def main() -> None:
    """Write the card, in few enough colors to stay small."""
    card = Image.new("RGB", SIZE, PAPER)
    article = Image.open(STATIC / "annotated-clipping.png").convert("RGB").crop(ARTICLE)
    height = SIZE[1]
    shown = article.resize((round(article.width * height / article.height), height), Image.Resampling.LANCZOS)
    card.paste(shown, (PANEL, 0))
    draw = ImageDraw.Draw(card)
    draw.rectangle((PANEL - 28, 0, PANEL - 22, height), fill=RULE)
    title = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["title"]
    at = write(draw, textwrap.wrap(title, 12), 170, font("DejaVuSerif-Bold", 50), INK)
    write(draw, LINES, at + 34, font("DejaVuSans", 22), MUTED)
    card.quantize(255, dither=Image.Dither.NONE).save(STATIC / "og-card.png", optimize=True)


def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font that comes with matplotlib, so that the card is the same on every machine."""
    return ImageFont.truetype(Path(mpl.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf", size)


def write(
    draw: ImageDraw.ImageDraw, lines: list[str] | tuple[str, ...], top: int, chosen: ImageFont.FreeTypeFont, color: str
) -> int:
    """Write lines below each other and return where the next would begin."""
    for line in lines:
        draw.text((48, top), line, font=chosen, fill=color)
        top += round(chosen.size * 1.3)
    return top


if __name__ == "__main__":
    main()
