"""The command ``clippings codebook``: check a codebook, show it, or begin one."""

from __future__ import annotations

import argparse
import shlex
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clippings.cli._shared import Commands, Parser, add_voice, added
from clippings.display.escaping import printable

if TYPE_CHECKING:
    from clippings.codebook import Codebook, Fault, Indicator, Theme

_WIDTH = 100
_EXAMPLES = """examples:
  clippings codebook new mycodes
  clippings codebook check mycodes
  clippings codebook check security --extend moreverbs
  clippings codebook show security --theme alliances
  clippings annotate press/ --codebook mycodes

A codebook is a folder, or the name of one in this package or announced by another. A folder that holds some of the
files extends it: rows with the same id are replaced, others are added.

exit status: 0 the codebook is good, 1 it has faults, 2 wrong usage
"""


def add(commands: Commands) -> None:
    """Add the command and its actions to those of the program."""
    command = added(commands, "codebook", "check a codebook, show it, or begin one of your own", _EXAMPLES)
    command.set_defaults(output=None)
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    helps = {
        "check": "print every fault with its file, line and column; try the examples of the themes, and other orders",
        "show": "print the themes with their rules, and what else there is",
        "new": "write a small codebook with comments into a new folder",
    }
    made = {name: added(actions, name, summary, _EXAMPLES) for name, summary in helps.items()}
    for name in made:
        add_voice(made[name])
    for name in ("check", "show"):
        made[name].add_argument("codebook", nargs="?", metavar="NAME|FOLDER", help="a codebook (security)")
        add_extend(made[name])
    made["show"].add_argument("--theme", metavar="ID", help="only the theme of this id")
    made["new"].add_argument("folder", metavar="FOLDER", help="a folder that does not exist yet, or is empty")


def add_extend(command: Parser) -> None:
    """Add the option that lays more rules over a codebook."""
    command.add_argument(
        "--extend", action="append", metavar="FOLDER", help="add the rules of a folder; may be repeated"
    )


def load(name: str, extensions: Sequence[str]) -> Codebook:
    """Load a codebook and extend it by each folder in turn."""
    from clippings.codebook import Codebook

    codebook = Codebook.load(name)
    for folder in extensions:
        codebook = codebook.extend(folder)
    return codebook


def run(options: argparse.Namespace) -> tuple[int, list[str]]:
    """Run the action and return the exit status and the lines to print.

    Raises:
        CodebookError: no such codebook or theme, or the folder to write is not empty.
    """
    status, lines = _acted(options)
    return status, list(map(printable, lines))


def _acted(options: argparse.Namespace) -> tuple[int, Iterable[str]]:
    if options.action == "new":
        return _new(options.folder)
    if options.action == "check":
        return _check(options.codebook, options.extend)
    return 0, _show(load(options.codebook, options.extend), options.theme)


def _new(folder: str) -> tuple[int, Sequence[str]]:
    from clippings.codebook import FILES, create

    target = create(folder)
    return 0, [*(str(target / name) for name in FILES), f"next: clippings codebook check {shlex.quote(str(target))}"]


def _check(name: str, extensions: Sequence[str]) -> tuple[int, list[str]]:
    """Check a codebook, then what extends it, then the examples of them all, and whether its form alone decides any."""
    faults = _faults(name)
    if faults:
        return 1, faults
    codebook = load(name, ())
    for folder in extensions:
        faults = _faults(folder, codebook)
        if faults:
            return 1, faults
        codebook = codebook.extend(folder)
    faults = list(_failing_examples(codebook, [name, *extensions])) or _form_decides(name)
    if faults:
        return 1, faults
    tried = sum(len(theme.positive) + len(theme.negative) for theme in codebook.themes)
    counts = f"themes {len(codebook.themes)}, examples {tried}, actors {len(codebook.actors):,}"
    return 0, [f"{codebook.ref.name} {codebook.ref.version}: no faults ({counts})"]


def _form_decides(name: str) -> list[str]:
    """A line for each change of form (rows, keys, quotes ...) that changes an annotation."""
    from clippings.cli import reshaping
    from clippings.codebook import Codebook, sources

    told = reshaping.unlike(sources.read(name), reshaping.texts(Codebook.load(name)))
    return [f"{name}: error: {line}" for line in told]


def _faults(folder: str, base: Codebook | None = None) -> list[str]:
    from clippings.codebook import find_faults

    return [_compiled(folder, fault) for fault in find_faults(folder, base)]


def _failing_examples(codebook: Codebook, folders: Sequence[str]) -> Iterator[str]:
    """A line for each positive example that does not show its theme, and each negative one that does."""
    for theme in codebook.themes:
        for side in ("positive", "negative"):
            for number, text in enumerate(getattr(theme, side)):
                shown = _shown_by(text, theme, codebook)
                if (shown is None) == (side == "positive"):
                    yield _failing(theme, side, number, shown, folders)


def _failing(theme: Theme, side: str, number: int, shown: str | None, folders: Sequence[str]) -> str:
    """The line of a failing example, in the last of the folders that has its theme."""
    from clippings.codebook import Fault, example_line

    places = [(folder, place) for folder in folders if (place := example_line(folder, theme.id, side, number))]
    folder, place = places[-1]
    return _compiled(folder, Fault("themes.yaml", *place, *_failure(theme, shown)))


def _shown_by(text: str, theme: Theme, codebook: Codebook) -> str | None:
    """The rule by which a text shows a theme, None where it does not."""
    from clippings import parse
    from clippings.layers import registry

    found = [registry.annotate(clipping, codebook) for clipping in parse(text, layout="plain")]
    return next((hit.rule for page in found for hit in page.themes if hit.theme == theme.id), None)


def _failure(theme: Theme, shown: str | None) -> tuple[str, str]:
    if shown is None:
        return f"the theme {theme.id!r} does not show in its positive example", "give an indicator a term of it"
    return f"the theme {theme.id!r} shows in its negative example by {shown!r}", 'ask for more through "with"'


def _compiled(name: str, fault: Fault) -> str:
    file = Path(name) / fault.file
    place = f"{file}:{fault.line}:{fault.column}" if fault.line else str(file)
    return f"{place}: error: {fault.message}" + (f" ({fault.hint})" if fault.hint else "")


def _show(codebook: Codebook, theme_id: str | None) -> Iterator[str]:
    if theme_id is not None:
        yield from _theme(_named(codebook, theme_id))
        return
    yield f"{codebook.ref.name} {codebook.ref.version}: {codebook.title}"
    yield f"sha256 {codebook.ref.sha256}"
    if codebook.description:
        yield ""
        yield from _wrapped(codebook.description.strip(), "")
    for theme in codebook.themes:
        yield ""
        yield from _theme(theme)
    yield ""
    yield from _counts(codebook)


def _named(codebook: Codebook, theme_id: str) -> Theme:
    from clippings.codebook import CodebookError, nearest

    themes = {theme.id: theme for theme in codebook.themes}
    if theme_id not in themes:
        near = nearest(theme_id, themes, cutoff=0.0)
        raise CodebookError(f"{codebook.ref.name} has no theme {theme_id!r}; did you mean {near!r}?")
    return themes[theme_id]


def _theme(theme: Theme) -> Iterator[str]:
    yield f"theme {theme.id}: {theme.label}"
    yield from _wrapped(theme.definition, "  ")
    listed = {"counts": theme.include, "does not count": theme.exclude}
    rows = [_rule(row) for row in theme.indicators]
    for heading, items in (*listed.items(), ("shown by", rows), ("as in", theme.positive), ("not in", theme.negative)):
        if items:
            yield f"  {heading}:"
        for item in items:
            yield from _wrapped(item, "    - ")


def _rule(row: Indicator) -> str:
    groups = [*(("AND", group) for group in row.and_), *(("ON THE PAGE", group) for group in row.page)]
    company = [("WITH", row.with_), *groups, ("WITHOUT", row.without)]
    rule = ", ".join(row.terms) + "".join(f" - {word} {', '.join(terms)}" for word, terms in company if terms)
    return rule + " - counts a half" * row.passing


def _counts(codebook: Codebook) -> Iterator[str]:
    yield f"{len(codebook.actors):,} actors with {sum(len(actor.forms) for actor in codebook.actors):,} forms"
    for kind, count in sorted(Counter(actor.kind for actor in codebook.actors).items()):
        yield f"  {kind:<16}{count:>7,}"
    cues = codebook.cues
    yield f"cues: verbs {len(cues.verbs)}, phrases {len(cues.phrases)}, roles {len(cues.roles)}"
    yield f"rules for ambiguous forms {len(codebook.contexts)}, confused words {len(codebook.confusions)}"


def _wrapped(text: str, indent: str) -> list[str]:
    hanging = " " * len(indent)
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=hanging, break_on_hyphens=False)
