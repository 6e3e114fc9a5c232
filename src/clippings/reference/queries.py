"""Questions to the tables: treaties, their parties, alliances, members of organisations, events, what came of it.

Each frame ends with the source of its rows: ``citation`` (keys of the bibliography, the best first), ``url``,
``verified`` (a source among the keys states the fact), ``source_grade`` (``primary``, ``scholarly``, ``agency`` or
``weak``) and ``contested_note`` (what is in doubt, and between whom).
"""

from __future__ import annotations

import pandas as pd

from clippings.reference.days import Day, covers, day, span
from clippings.reference.tables import UnknownName, find, load

_BOUND = ("party", "successor")


def treaties(*, in_force_on: Day | None = None) -> pd.DataFrame:
    """Return the treaties, all of them or those in force on a day.

    Args:
        in_force_on: a day, as ISO text, ``datetime.date`` or ``Timestamp``.

    Returns:
        One row a treaty, in the order of the table: ``id``, ``short_name``, ``full_name``, ``kind``,
        ``signed``, ``in_force``, ``end_date``, ``end_mode``, ``scope``, and the source.

    Raises:
        ValueError: if the day is not one.

    >>> treaties(in_force_on="2007-11-02").query("short_name.str.contains('START')")["id"].tolist()
    ['START-I']
    """
    table = load("treaties")
    if in_force_on is None:
        return table.copy()
    return _rows(table, covers(table["in_force"], table["end_date"], day(in_force_on, what="in_force_on")))


def parties(treaty: str, *, on: Day | None = None) -> pd.DataFrame:
    """Return who was bound by a treaty on a day, or the treaty's whole history.

    Bound is a country with a ``party`` or ``successor`` period that covers the day. One that had suspended
    the treaty is still listed, for suspension lifts performance and not the bond (Vienna Convention on the
    Law of Treaties, Art. 72); its row is then the one of the suspension, with ``status`` ``suspended``.
    A signature alone, a withdrawal, or a suspension after the country ceased to be a party binds nobody:
    those rows are seen in the history only.

    Args:
        treaty: its id, short name or full name, in any capitals.
        on: a day, as ISO text, ``datetime.date`` or ``Timestamp``.

    Returns:
        ``treaty``, ``country`` (ISO 3166-1 alpha-2), ``status``, ``from``, ``to``, ``basis``, and the
        source. With ``on`` one row a country, by code, and ``status`` one of ``party``,
        ``successor``, ``suspended``. Without it one row a period, by country and start, and ``status`` may
        also be ``signatory`` or ``withdrew``.

    Raises:
        UnknownName: if no treaty has that name; the message has the nearest.
        ValueError: if the day is not one.

    >>> parties("CFE Treaty", on="2008-01-01").set_index("country")["status"][["BY", "RU"]].tolist()
    ['party', 'suspended']
    """
    table = load("treaty_parties")
    rows = table[table["treaty"] == find("treaties", "treaty", treaty)].sort_values(["country", "from"])
    if on is None:
        return rows.reset_index(drop=True)
    that_day = rows[covers(rows["from"], rows["to"], day(on))]
    bound = that_day.loc[that_day["status"].isin(_BOUND), "country"]
    shown = that_day[that_day["country"].isin(bound) & that_day["status"].isin([*_BOUND, "suspended"])]
    last = shown.sort_values("status", key=lambda status: status == "suspended", kind="stable")
    return last.drop_duplicates("country", keep="last").sort_values("country").reset_index(drop=True)


def members(organisation: str, *, on: Day | None = None) -> pd.DataFrame:
    """Return who belonged to an organisation on a day, or all its periods of membership.

    Args:
        organisation: its id, short name or full name, in any capitals.
        on: a day, as ISO text, ``datetime.date`` or ``Timestamp``.

    Returns:
        One row a country and period, by country and start: ``country`` (ISO 3166-1 alpha-2),
        ``organisation``, ``from``, ``to``, ``basis``, and the source.

    Raises:
        UnknownName: if no organisation has that name; the message has the nearest.
        ValueError: if the day is not one.

    >>> members("CSTO", on="2007-11-02")["country"].tolist()
    ['AM', 'BY', 'KG', 'KZ', 'RU', 'TJ', 'UZ']
    """
    table = load("memberships")
    wanted = find("organisations", "organisation", organisation)
    rows = table[table["organisation"] == wanted].sort_values(["country", "from"])
    if on is None:
        return rows.reset_index(drop=True)
    return _rows(rows, covers(rows["from"], rows["to"], day(on)))


def events(*, between: tuple[Day, Day] | None = None, theme: str | None = None) -> pd.DataFrame:
    """Return dated events, by date.

    Args:
        between: first and last day, both counted; here a month or a year may stand too and counts in full.
        theme: ``alliances``, ``missile_defense`` or ``treaty_questions``: the main theme of the event.

    Returns:
        ``date``, ``label``, ``theme``, ``description``, and the source.

    Raises:
        UnknownName: if no event has that theme.
        ValueError: if a date is not one, or the first lies after the last.

    >>> events(between=("2007-11", "2007-12"), theme="treaty_questions")["label"].tolist()
    ['Russian law suspending CFE', 'CFE suspension takes effect']
    """
    table = load("events").sort_values("date", kind="stable")
    keep = pd.Series(True, index=table.index)
    if theme is not None:
        keep &= table["theme"] == _theme(theme)
    if between is not None:
        keep &= _overlaps(table["date"], between)
    return _rows(table, keep)


def alliances(*, on: Day | None = None) -> pd.DataFrame:
    """Return Russia's bilateral treaties and declarations of alliance, all of them or those signed by a day.

    Args:
        on: a day; texts signed later, or ended by then, are left out.

    Returns:
        One row a text, in the order of the table: ``id``, ``party``, ``partner``, ``short_name``, ``full_name``,
        ``form`` (treaty or declaration), ``signed``, ``in_force``, ``end_date``, ``mutual_defence`` (``yes``, ``no``,
        ``in name`` where only the title was seen, ``not seen``), ``clause``, ``in_force_2007_11_02``, and the source.

    Raises:
        ValueError: if the day is not one.

    >>> alliances(on="2007-11-02").query("partner == 'AM'")["mutual_defence"].tolist()
    ['yes', 'no']
    """
    table = load("bilateral_alliances")
    return table.copy() if on is None else _rows(table, covers(table["signed"], table["end_date"], day(on)))


def aftermath(*, theme: str | None = None) -> pd.DataFrame:
    """Return what came of the matters of the book after its years, by date.

    Args:
        theme: ``alliances``, ``missile_defense`` or ``treaty_questions``.

    Returns:
        One row a sentence: ``id``, ``theme``, ``subject``, ``date``, ``what_came``, and the source.

    Raises:
        UnknownName: if no event has that theme.

    >>> aftermath(theme="treaty_questions").set_index("id").loc["INF-END", "date"]
    '2019-08-02'
    """
    table = load("aftermath").sort_values("date", kind="stable")
    return _rows(table, table["theme"].notna() if theme is None else table["theme"] == _theme(theme))


def _theme(theme: str) -> str:
    known = sorted(load("events")["theme"].unique())
    if theme not in known:
        raise UnknownName("theme", theme, known)
    return theme


def _overlaps(dates: pd.Series[str], between: tuple[Day, Day]) -> pd.Series[bool]:
    try:
        first_day, last_day = between
    except (TypeError, ValueError):
        raise ValueError(f"between={between!r} is not understood; expected a first and a last day") from None
    first, after = span(first_day, what="between")[0], span(last_day, what="between")[1]
    if first >= after:
        raise ValueError(f"between={between!r} is not understood; the first day lies after the last")
    spans = [span(text) for text in dates]
    return pd.Series([a < after and first < b for a, b in spans], index=dates.index, dtype=bool)


def _rows(table: pd.DataFrame, keep: pd.Series[bool]) -> pd.DataFrame:
    return table[keep].reset_index(drop=True)
