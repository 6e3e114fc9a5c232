"""Weight of the built pages: of the icons of the theme, three fonts and a script, only those shown are kept."""

import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx

SCRIPT = re.compile(r'\s*<script src="(?:\.\./)?_static/vendor/fontawesome/[^"]*"></script>')
PRELOAD = re.compile(r'\s*<link rel="preload" as="font"[^>]*href="(?:\.\./)?_static/vendor/fontawesome/[^>]*>')
NAME = re.compile(r"\bfa-[a-z0-9-]+")
RULE = re.compile(r"(?P<names>\.fa-[a-z0-9-]+:before(?:,\.fa-[a-z0-9-]+:before)*)\{content:\"\\(?P<code>[0-9a-f]+)\"\}")
CODE = re.compile(r"[\"']\\(?P<code>[ef][0-9a-f]{3})[\"']")
COMPRESSED = re.compile(r'url\([^)]*\.woff2\) format\("woff2"\),')


def keep_icons_shown(app: Sphinx, exception: Exception | None) -> None:
    """Cut the icon fonts and their style sheet down to what the pages, scripts and style sheets name."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    pages = {path: path.read_text("utf-8") for path in sorted(Path(app.outdir).rglob("*.html"))}
    others = [path for path in static.rglob("*") if path.suffix in {".css", ".js"} and "fontawesome" not in path.parts]
    texts = [*pages.values(), *(path.read_text("utf-8") for path in others)]
    names = {name for text in texts for name in NAME.findall(text)}
    codes = {int(code, 16) for text in texts for code in CODE.findall(text)}
    for folder in (static / "vendor" / "fontawesome").glob("*"):
        cut_down(folder, names, codes)
    for path, page in pages.items():
        path.write_text(PRELOAD.sub("", SCRIPT.sub("", page)), "utf-8", newline="\n")


def cut_down(folder: Path, names: set[str], codes: set[int]) -> None:
    """Keep in one version of the icons what is named, or asked for by its code."""
    style = folder / "css" / "all.min.css"
    rules = style.read_text("utf-8")
    shown = [rule for rule in RULE.finditer(rules) if names & set(NAME.findall(rule["names"]))]
    kept = {rule.start() for rule in shown}
    rules = RULE.sub(lambda rule: rule[0] if rule.start() in kept else "", rules)
    style.write_text(COMPRESSED.sub("", rules), "utf-8", newline="\n")
    wanted = codes | {int(rule["code"], 16) for rule in shown}
    for path in folder.glob("webfonts/*.ttf"):
        font = TTFont(path, recalcTimestamp=False)
        cutter = subset.Subsetter(subset.Options(notdef_outline=True))
        cutter.populate(unicodes=wanted)
        cutter.subset(font)
        font.save(path)
    for unused in [*folder.glob("webfonts/*.woff2"), *folder.glob("js/*.js")]:
        unused.unlink()


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("build-finished", keep_icons_shown)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
