"""Small charts as inline SVG, each with its numbers as a table; they need no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clippings.display.escaping import label

Row = tuple[str, int]
_WIDTH = 16
"""The width of a chart of few columns, in em, so that one alone is no wall."""


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, attributes: str = "") -> str:
    """Return a table of cells that are HTML already, its first column as heads of the rows.

    >>> "<td>1</td></tr></tbody>" in table("A", ["name", "n"], [["a", "1"]])
    True
    """
    named = "".join(f"<th scope='col'>{label(head)}</th>" if head else "<td></td>" for head in heads)
    drawn = "".join(
        f"<tr><th scope='row'>{first}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        for first, *cells in rows
    )
    return (
        f"<div class='wide' tabindex='0' role='group' aria-label='{label(caption)}'><table{attributes}>"
        f"<caption>{label(caption)}</caption><thead><tr>{named}</tr></thead><tbody>{drawn}</tbody></table></div>"
    )


def bar(share: float) -> str:
    """Return a bar of a share of the whole width, 0 to 1; the number stands beside it.

    >>> "<rect width='50' height='8'/>" in bar(0.5)
    True
    """
    drawn = f"<rect width='{100 * share:.4g}' height='8'/>"
    return f"<svg class='bar' viewBox='0 0 100 8' preserveAspectRatio='none' aria-hidden='true'>{drawn}</svg>"


def bars(caption: str, heads: tuple[str, str], rows: Sequence[tuple[Row, Sequence[str]]], *more: str) -> str:
    """Return a table with a bar in each row.

    Args:
        caption: the title of the table.
        heads: of the names and of the numbers.
        rows: a name with its number, and the cells of further columns.
        more: the heads of these columns.

    >>> "<td>2</td>" in bars("Speakers", ("speaker", "quotations"), [(("Anna", 2), ())])
    True
    """
    most = max((number for (_, number), _ in rows), default=1) or 1
    cells = ([label(name), bar(number / most), f"{number:,}", *map(label, rest)] for (name, number), rest in rows)
    return table(caption, [heads[0], "", heads[1], *more], cells, attributes=" class='bars'")


def columns(caption: str, heads: tuple[str, str], rows: Sequence[Row]) -> str:
    """Return a chart with a column for each row in order, such as months, and its table to unfold.

    >>> drawn = columns("Months", ("month", "n"), [("2007-11", 0), ("2007-12", 3)])
    >>> "<rect x='10' y='0' width='8' height='100'/>" in drawn
    True
    """
    most = max((number for _, number in rows), default=0)
    drawn = "".join(
        f"<rect x='{10 * place}' y='{100 - 100 * number / most:.4g}' width='8' height='{100 * number / most:.4g}'/>"
        for place, (_, number) in enumerate(rows)
        if number
    )
    cells = ([label(name), f"{number:,}"] for name, number in rows)
    width = max(_WIDTH, 4 * len(rows))
    first, last = (label(rows[place][0]) for place in (0, -1))
    said = label(f"{caption}: {first} to {last}, at most {most:,} in one {heads[0]}")
    size = f"viewBox='0 0 {10 * len(rows)} 100' preserveAspectRatio='none'"
    return (
        f"<figure style='max-width: {width}em'><svg class='columns' {size} role='img' aria-label='{said}'>{drawn}</svg>"
        f"<div class='axis'><span>{first}</span><span>most: {most:,}</span><span>{last}</span></div>"
        f"<figcaption>{label(caption)}</figcaption></figure>"
        f"<details><summary>The numbers as a table</summary>{table(caption, heads, cells)}</details>"
    )
