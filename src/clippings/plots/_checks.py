"""What a figure asks of its frames and options: declared beside each figure, checked here before anything is drawn."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Integral, Real
from typing import Any

import pandas as pd

from clippings.arguments import ArgumentError, MissingColumn
from clippings.display.escaping import href

# The largest count or number, the fastest rate, the largest ratio a label or an axis has room for.
MOST, FASTEST, LARGEST = 10**9, 10**12, 10**4
YEARS = (1700, 2200)
# Rows that fit one figure, groups of them that fit above each other, years whose names fit side by side, and those
# that do beside the names of rows.
ROWS, GROUPS, YEARS_ACROSS, YEARS_BESIDE = 40, 12, 10, 6
# In inches; beyond it no screen or page shows a figure.
TALLEST = 40
_DATE = re.compile(r"\d{4}-\d\d(-\d\d)?")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value of a column must be; ``span`` places it on a scale on which the values between take room too."""

    must: str
    fits: Callable[[Any], bool]
    span: Callable[[Any], int] | None = None


def _number(value: Any) -> bool:
    """Tell whether a value is a number that can be compared, and neither true nor false."""
    return isinstance(value, Real) and not isinstance(value, bool)


def _between(least: float, most: float) -> Callable[[Any], bool]:
    return lambda value: _number(value) and least <= value <= most


def _whole(least: int, most: int) -> Callable[[Any], bool]:
    within = _between(least, most)
    return lambda value: within(value) and value == int(value)


def _text(value: object) -> bool:
    return isinstance(value, str)


def _name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _label(value: object) -> bool:
    return _name(value) or (isinstance(value, Integral) and abs(int(value)) <= MOST)


def _address(value: object) -> bool:
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return True
    try:
        return isinstance(value, str) and bool(href(value))
    except ValueError:
        return False


def _date(value: object) -> bool:
    if not isinstance(value, datetime.date) and not (isinstance(value, str) and _DATE.fullmatch(value)):
        return False
    try:
        day = pd.Timestamp(value)
    except ValueError:
        return False
    return day.tzinfo is None and YEARS[0] <= day.year <= YEARS[1]


def _quarter(value: object) -> bool:
    if not isinstance(value, (str, pd.Period)) or not re.fullmatch(r"\d{4}Q[1-4]", str(value)):
        return False
    return YEARS[0] <= int(str(value)[:4]) <= YEARS[1]


NAME = Kind("a name must be (a string that is not empty)", _name)
LABEL = Kind("a name or a whole number must be", _label)
TEXT = Kind("a string must be (an empty one where there is none, as fillna('') makes it)", _text)
NOTE = Kind(TEXT.must, lambda value: value is None or _text(value))
COUNT = Kind(f"a count must be (a whole number from 0 to {MOST:,})", _whole(0, MOST))
BASE = Kind(f"a count must be (a whole number from 1 to {MOST:,})", _whole(1, MOST))
NUMBER = Kind(f"a number must be (from -{MOST:,} to {MOST:,})", _between(-MOST, MOST))
SHARE = Kind("a share must be (a number from 0 to 1)", _between(0, 1))
DIFFERENCE = Kind("a number from -1 to 1 must be", _between(-1, 1))
RATE = Kind(f"a rate must be (a number from 1 to {FASTEST:,})", _between(1, FASTEST))
RATIO = Kind(f"a ratio must be (a number from {1 / LARGEST:g} to {LARGEST:,})", _between(1 / LARGEST, LARGEST))
FLAG = Kind("true or false must be", lambda value: pd.api.types.is_bool(value) or _whole(0, 1)(value))
DAY = Kind(f"a day must be (ISO 8601, as '2007-11-02', from {YEARS[0]} to {YEARS[1]})", _date)
YEAR = Kind(f"a year must be (a whole number from {YEARS[0]} to {YEARS[1]})", _whole(*YEARS), int)
QUARTER = Kind(
    f"a quarter must be (as '2007Q4', from {YEARS[0]} to {YEARS[1]})",
    _quarter,
    lambda value: 4 * int(str(value)[:4]) + int(str(value)[5]),
)


# Where a mark leads, and what its link is called.
LINKS = {
    "link": Kind("an address of http or https, a relative one or None must be", _address),
    "link_name": Kind("the name of the link must be (a string that is not empty)", _name),
}
LINKED = {"link_name": ("link",)}


def one_of(values: Sequence[str]) -> Kind:
    """Return the kind of a value that is one of some words."""
    known = tuple(values)
    return Kind(f"one of {', '.join(known)} must be", lambda value: isinstance(value, str) and value in known)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a frame must hold. A column written ``=rows`` is the one that the option ``rows`` names.

    Attributes:
        columns: the columns it must have, and what their values must be.
        optional: columns that it may have; those that stand together are needed together.
        where: columns whose values are asked only in rows in which one of some columns has a value.
        firsts: a column that groups the rows: the first row of each needs every value.
        ordered: pairs of columns of which the first is at most the second.
        key: columns that no two rows share.
        fits: how many different values of a column fit a figure.
        rows: how many rows fit.
    """

    columns: Mapping[str, Kind]
    optional: Sequence[Mapping[str, Kind]] = ()
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    firsts: str | None = None
    ordered: Sequence[tuple[str, str]] = ()
    key: Sequence[str] = ()
    fits: Mapping[str, int] = field(default_factory=dict)
    rows: int = ROWS


# Events lie under a band that names each; those outside the days shown take no room.
EVENTS = Frame({"date": DAY, "label": NAME}, rows=200)


def _days(value: object) -> bool:
    """Tell whether a value is two days or months that leave time between them."""
    if value is None:
        return True
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        return False
    if not all(_text(one) and _date(one) for one in value):
        return False
    last = pd.Period(value[1], freq="M" if len(value[1]) == len("2007-08") else "D").end_time
    return bool(pd.Timestamp(value[0]) < last.floor("D"))


_OPTIONAL_TEXT = Kind("a string or None", lambda value: value is None or _name(value))
_DAYS = Kind("None or two days or months, the first before the last, as ('2007-01', '2008-12')", _days)
# An option means the same in every figure.
_OPTIONS = {
    "between": _DAYS,
    "shade": _DAYS,
    "most": Kind("a whole number of at least 1", _whole(1, MOST)),
    "on": Kind(
        "None or a day (ISO 8601, as '2007-11-02')", lambda value: value is None or (_text(value) and _date(value))
    ),
    "order": Kind(
        "a list of names or None",
        lambda value: value is None or (isinstance(value, (list, tuple)) and all(map(_label, value))),
    ),
    "panels": _OPTIONAL_TEXT,
    "rest": Kind("a string", _text),
    "rows": Kind("the name of a column", _name),
    "scale": Kind("a string", _text),
    "title": Kind("a string", _text),
    "unknown": Kind("a string", _text),
}


def check(given: Mapping[str, Any], frames: Mapping[str, Frame]) -> None:
    """Refuse arguments that a figure cannot draw.

    Args:
        given: the arguments, by name, with their defaults.
        frames: what each frame must hold, by the name of its argument.

    Raises:
        ArgumentError: an option, a frame or a value in it is not what the figure takes, or more than fits it.
        MissingColumn: a column is not there.

    >>> check({"speakers": pd.DataFrame({"words": [1e300]})}, {"speakers": Frame({"words": COUNT})})
    Traceback (most recent call last):
    clippings.arguments.ArgumentError: speakers: the column 'words' holds 1e+300 in row 0, where a count must be
    (a whole number from 0 to 1,000,000,000); mend such rows or leave them out
    """
    for name, value in given.items():
        if name in _OPTIONS and name not in frames and not _OPTIONS[name].fits(value):
            raise ArgumentError(f"{name} must be {_OPTIONS[name].must}, not {_short(value)}")
    for name, declared in frames.items():
        frame = given[name]
        # Frames beside the first, such as events, may be left out.
        if frame is None and name != next(iter(frames)):
            continue
        if not isinstance(frame, pd.DataFrame):
            raise ArgumentError(f"{name} must be a DataFrame, not {type(frame).__name__}; a figure takes a tidy frame")
        _check_frame(name, frame, declared, given)


def _check_frame(name: str, frame: pd.DataFrame, declared: Frame, given: Mapping[str, Any]) -> None:
    columns = _present(name, frame, declared, given)
    if len(frame) > declared.rows:
        raise ArgumentError(
            f"{name} has {len(frame):,} rows, and {declared.rows} fit one figure; "
            f"give those to be shown, as {name}.head({declared.rows})"
        )
    for column, kind in columns.items():
        _check_values(name, frame, column, kind, declared)
    for column, most in declared.fits.items():
        if (column := _named(column, given)) in columns:
            _check_room(name, frame[column], columns[column], most)
    for low, high in declared.ordered:
        if low in columns and high in columns:
            _check_order(name, frame, (low, high), columns[low] is DAY, declared)
    if declared.key and (twice := frame.duplicated(list(declared.key)).tolist()).count(True):
        raise ArgumentError(
            f"{name}: row {twice.index(True)} repeats the {' and '.join(declared.key)} of a row before it, "
            "and one would be drawn over the other; add such rows up or leave them out"
        )


def _present(name: str, frame: pd.DataFrame, declared: Frame, given: Mapping[str, Any]) -> dict[str, Kind]:
    """Return the columns to check, with their kinds; of those that go together all or none are there."""
    wanted = {column: kind for written, kind in declared.columns.items() if (column := _named(written, given))}
    for together in declared.optional:
        if any(column in frame for column in together):
            wanted = {**together, **wanted}
    for column in wanted:
        if column not in frame.columns:
            raise MissingColumn(name, column, frame.columns)
        if isinstance(frame[column], pd.DataFrame):
            raise ArgumentError(f"{name} has several columns {column!r}; rename or drop all but one")
    return wanted


def names_of(declared: Frame, name: str, given: Mapping[str, Any]) -> list[str]:
    """Return the columns of a frame that hold names, as far as it has them; those of panels stand apart."""
    kinds = [declared.columns, *declared.optional]
    every = (column for some in kinds for column, kind in some.items() if kind in (NAME, LABEL) and column != "=panels")
    columns = (_named(column, given) for column in every)
    return [column for column in dict.fromkeys(columns) if column in given[name].columns]


def _named(column: str, given: Mapping[str, Any]) -> str:
    """Return a column as it is called in the frame; an option that is None names none."""
    return column if not column.startswith("=") else given[column[1:]] or ""


def _check_values(name: str, frame: pd.DataFrame, column: str, kind: Kind, declared: Frame) -> None:
    for row, value in _asked(frame, column, declared):
        if not kind.fits(value):
            raise ArgumentError(
                f"{name}: the column {column!r} holds {_short(value)} in row {row}, where {kind.must}; "
                "mend such rows or leave them out"
            )


def _asked(frame: pd.DataFrame, column: str, declared: Frame) -> list[tuple[int, Any]]:
    """Return the values of a column that are asked for, each with the place of its row."""
    values = list(enumerate(frame[column].tolist()))
    if column not in declared.where:
        return values
    asked = frame[list(declared.where[column])].notna().any(axis=1)
    if declared.firsts:
        asked |= ~frame[declared.firsts].duplicated()
    return [found for found, is_asked in zip(values, asked, strict=True) if is_asked]


def _check_room(name: str, values: pd.Series, kind: Kind, most: int) -> None:
    found = values.nunique()
    if kind.span and len(values):
        places = [kind.span(value) for value in values]
        found = max(places) - min(places) + 1
    if found > most:
        raise ArgumentError(
            f"{name}: the column {values.name!r} {'spans' if kind.span else 'has'} {found:,} values, and {most} fit "
            f"one figure; give the rows of those to be shown"
        )


def _check_order(name: str, frame: pd.DataFrame, pair: tuple[str, str], are_days: bool, declared: Frame) -> None:
    lows, highs = (dict(_asked(frame, column, declared)) for column in pair)
    for row in sorted(lows.keys() & highs.keys()):
        low, high = lows[row], highs[row]
        if pd.Timestamp(low) > pd.Timestamp(high) if are_days else low > high:
            raise ArgumentError(
                f"{name}: in row {row} {pair[0]!r} is {_short(low)}, more than {pair[1]!r} with {_short(high)}; "
                "mend such rows or leave them out"
            )


def fitting(height: float, frame: str) -> None:
    """Refuse a figure that is higher than any page.

    >>> fitting(40, "clippings")
    >>> fitting(41, "clippings")
    Traceback (most recent call last):
    clippings.arguments.ArgumentError: the figure of clippings is 41 inches high, and 40 fit; give fewer rows
    """
    if height > TALLEST:
        raise ArgumentError(f"the figure of {frame} is {height:.0f} inches high, and {TALLEST} fit; give fewer rows")


def _short(value: object) -> str:
    """Return a value as it is written, cut where it is long."""
    written = repr(value)
    return written if len(written) <= 60 else f"{written[:60]}..."
